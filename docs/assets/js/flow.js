// The largest flow through a network and, of the largest, the cheapest. Knows nothing of questions or people.

/**
 * A directed network. Edges carry whole units, from 0 up to a capacity, at a cost per unit; costs may be
 * negative as long as no circle of edges is. Costs should be whole numbers below 2^53, so that sums are exact.
 */
export class Network {
  nodes = 0;
  // Edge e and its way back e ^ 1 stand side by side: what flows through one is the room left in the other.
  #to = [];
  #room = [];
  #cost = [];
  #edges = []; // by node

  /** A new node; returns its number. */
  node() {
    this.#edges.push([]);
    return this.nodes++;
  }

  /** A new edge; returns its number, for `flow`. */
  edge(from, to, capacity, cost) {
    const edge = this.#to.push(to, from) - 2;
    this.#room.push(capacity, 0);
    this.#cost.push(cost, -cost);
    this.#edges[from].push(edge);
    this.#edges[to].push(edge + 1);
    return edge;
  }

  /** Units that go through an edge. */
  flow(edge) {
    return this.#room[edge + 1];
  }

  fill(source, sink) {
    for (let into; (into = this.#cheapest(source, sink)); ) {
      for (let node = sink; node !== source; node = this.#to[into[node] ^ 1]) {
        this.#room[into[node]] -= 1;
        this.#room[into[node] ^ 1] += 1;
      }
    }
  }

  /** For each node the last edge of the cheapest way to it, or null if none comes to the sink (Bellman and Ford, with a queue). */
  #cheapest(source, sink) {
    const [to, room, cost] = [this.#to, this.#room, this.#cost]; // in this loop every look-up counts
    const reach = new Float64Array(this.nodes).fill(Infinity);
    const into = new Int32Array(this.nodes).fill(-1);
    const waits = new Uint8Array(this.nodes);
    const queue = [source];
    reach[source] = 0;
    for (let first = 0; first < queue.length; first += 1) {
      const node = queue[first];
      waits[node] = 0;
      for (const edge of this.#edges[node]) {
        if (room[edge] === 0) continue;
        const next = to[edge];
        const sum = reach[node] + cost[edge];
        if (sum >= reach[next]) continue;
        reach[next] = sum;
        into[next] = edge;
        if (waits[next] || next === sink) continue;
        waits[next] = 1;
        queue.push(next);
      }
    }
    return into[sink] < 0 ? null : into;
  }
}
