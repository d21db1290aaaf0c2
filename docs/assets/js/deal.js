// Deals questions to the people of an interview day: "My interview" without its page. Pure: reads and saves nothing.
import {
  FOR_EVERYONE, GUESS, JITTER, NOT_TWICE, SAME_KIND, SAME_TALK, SAME_TOPIC, UNEVEN,
  asked, chance, compare, count, covers, distance, isAsLast, isFree, isHeard, isLate, isPanel, kindOf, named, opensLate, prepare, remember, repeats, room,
  talkOf, times, worth,
} from "./deal-day.js";
import { gap, shortage } from "./deal-reasons.js";
import { Network } from "./flow.js";

/**
 * The best deal of the day.
 *
 * In: { people: [{ id, role: role | null, panel: name | null }], questions: [{ id, roles, topic, timing, level }],
 *   essential: [topic], likely: [role], pins: { personId: [questionId] }, dropped: [questionId],
 *   twice: questionId | null, level, each: 3, spare: 2, seed: 0, last: hands | null }. All but the first two may be left out.
 *   - `roles`: the first can answer it best; none means anyone can. The candidate's own questions are like any other.
 *   - `role: null`: unknown; gets what anyone can answer, then what one of the `likely` roles could.
 *   - `panel`: people who name the same one share a conversation and hear each other's questions.
 *   - `level`: questions of this level or of level `any` are dealt. Left out, all are.
 *   - `last`: the hands on the table. With another `seed` it makes "deal again"; see below.
 *
 * Rules: a question goes to someone who can answer it, and to one person a day; `twice` to two, in two conversations.
 * `in-writing` ones are dealt to nobody. The first of a conversation is never a `late` one: if only late ones can be had,
 * a seat stays empty for one to open with. Pins hold whatever the rules say, even beyond `each`, and count like the rest.
 *
 * Objective, in this order: (1) the most seats filled, up to `each` a person; (2) the most essential topics asked
 * about; (3) the fewest points, as deal-day.js counts them. The deal is a cheapest largest flow, so all three are exact:
 *   source → person → kind → question → topic → sink.
 * One exception: points for a topic that comes twice in a panel cut across this order. They are exact when the panel is
 * the whole day. In a day of a panel and others, `improve` comes near: (1) and (2) stay exact, (3) nearly always is.
 *
 * Deals that are equal in all three: those that take least from `last` come first, then `seed` decides. If nothing but
 * `last` itself is that good, the points give way, never (1) and (2). So "deal again" differs from `last` whenever
 * pins, seats and topics leave a choice. The same input gives the same deal.
 *
 * Out: { hands: { personId: [questionId, in the order to ask: essential topics first, late ones at the end] },
 *   conversations: [[{ person, question }, in the order to ask, late ones at the end]],
 *   spare: [questionId], inWriting: [questionId], short: [{ person, missing, reason, … }],
 *   uncovered: [{ topic, reason, … }], unknown: [{ person, question } of pins that name nobody or nothing] }
 * Reasons of `short`, the first that is true:
 *   too-few-for-role { available, dropped } fewer than `each` exist for this person; so many were rejected
 *   only-late                               there are more, but none to begin the conversation with
 *   all-pinned-elsewhere { pinned: [id] }   enough exist, but these are pinned to others
 *   shared { people: [id] }                 these others need the same ones, and there are not enough for all
 * Reasons of `uncovered`: no-question { dropped, inWriting } none is left to deal · nobody-to-ask { roles } who could
 *   answer is not met · no-room: it would cost a seat or another essential topic, or pins have all seats.
 */
export function deal(input) {
  const day = prepare(input);
  let hands = best(day, false);
  if (isAsLast(day, hands)) hands = best(day, true);
  const first = ({ topic }) => day.essential.includes(topic);
  for (const hand of hands.values()) hand.sort((a, b) => isLate(a) - isLate(b) || first(b) - first(a));
  return {
    hands: Object.fromEntries([...hands].map(([id, hand]) => [id, hand.map((question) => question.id)])),
    conversations: [...day.talks.values()].map((people) => askingOrder(people, hands)),
    spare: spare(day, hands),
    inWriting: day.questions.filter((q) => q.timing === "in-writing" && day.wanted(q) && !asked(hands, q)).map((q) => q.id),
    short: day.people.filter((p) => hands.get(p.id).length < day.each).map((p) => shortage(day, hands, p)),
    uncovered: day.essential.filter((topic) => !covers(hands, topic)).map((topic) => gap(day, topic)),
    unknown: day.unknown,
  };
}

/** [seats filled, essential topics asked about, points] of any hands: the objective of `deal`. */
export function score(input, hands) {
  const day = prepare(input);
  const [seats, topics, points] = worth(day, named(day, hands), false);
  return [-seats, -topics, points];
}

/**
 * The questions that could take the place of one, the best first, by the objective of `deal`.
 * In: the input of `deal`; hands, as dealt or as changed since; whose seat; the question in it, or null for an empty one.
 * Out: [{ id, uncovers: [essential topics that nobody would be asked about any more] }]. Questions in other hands are left out.
 */
export function swap(input, hands, personId, questionId) {
  const day = prepare(input);
  const person = day.people.find(({ id }) => id === personId);
  const before = named(day, hands);
  const rest = new Map(before).set(personId, before.get(personId).filter(({ id }) => id !== questionId));
  return day.offers
    .filter((question) => question.id !== questionId && isFree(day, rest, person, question))
    .map((question) => ({ question, hands: new Map(rest).set(personId, [...rest.get(personId), question]) }))
    .filter((option) => !opensLate(day, option.hands, day.talks.get(talkOf(person))))
    .map((option) => ({ ...option, worth: worth(day, option.hands, false) }))
    .sort((a, b) => compare(a.worth, b.worth) || chance(day, person, a.question) - chance(day, person, b.question))
    .map((option) => ({
      id: option.question.id,
      uncovers: day.essential.filter((topic) => covers(before, topic) && !covers(option.hands, topic)),
    }));
}

// ---- The deal

const ROUNDS = 4; // one or two are the rule

/** The best hands. Of a panel anyone may open; only if late questions took all its seats is a seat kept, with the best of them. */
function best(day, fresh, openers = new Set([...day.talks.values()].filter((talk) => !isPanel(talk)).flat())) {
  const hands = improve(day, fresh, openers);
  const stuck = [...day.talks.values()].find((talk) => opensLate(day, hands, talk) && talk.some((p) => room(day, p)));
  if (!stuck) return hands;
  const tries = stuck.filter((person) => room(day, person)).map((person) => best(day, fresh, new Set([...openers, person])));
  return tries.sort((a, b) => compare(worth(day, a, fresh), worth(day, b, fresh)))[0];
}

/**
 * Deals; in a day of a panel and others, several times, each time with points for the topics that the panel had in the
 * hands before: at first those it would have as a day of its own.
 */
function improve(day, fresh, openers) {
  const weight = weights(day, fresh);
  const panels = [...day.talks.values()].filter(isPanel);
  if (day.talks.size === 1 || !panels.length) return solve(day, weight, openers);
  const before = new Map(day.pinned);
  for (const people of panels) {
    const alone = solve({ ...day, people, sameTopic: SAME_TOPIC + SAME_TALK }, weight, openers);
    for (const { id } of people) before.set(id, alone.get(id));
  }
  let hands = solve(day, weight, openers, before);
  const isRepeated = (people) => repeats(people.flatMap(({ id }) => hands.get(id)), ({ topic }) => topic);
  for (let round = 0; round < ROUNDS && panels.some(isRepeated); round += 1) {
    const next = solve(day, weight, openers, hands);
    if (compare(worth(day, next, fresh), worth(day, hands, fresh)) >= 0) break;
    hands = next;
  }
  return hands;
}

/** What each part of the objective weighs, so that one unit of a part outweighs all of the parts below it. */
function weights({ people, pinned, each }, fresh) {
  const seats = 1 + people.length * each + count([...pinned.values()].flat(), () => true);
  const most = seats * (GUESS + 2 * NOT_TWICE + (SAME_KIND + SAME_TALK + SAME_TOPIC + UNEVEN) * seats);
  const point = JITTER * seats * (fresh ? 1 : seats + 1);
  const again = fresh ? point * most : JITTER * seats;
  return { point, again, topic: fresh ? again * (seats + 1) : point * most };
}

/** Tells of a question whether its topic was in the panel `before`, in the hand of another than this person, who keeps it. */
function takenTopics(day, before, person) {
  if (!before) return () => false;
  const talk = day.talks.get(talkOf(person));
  return remember(({ topic }) => topic, (topic) => {
    const first = talk.find(({ id }) => before.get(id).some((question) => question.topic === topic));
    return first !== undefined && first !== person;
  });
}

/** One deal: builds the network that the doc comment of `deal` draws, fills it, and reads the hands from it. */
function solve(day, weight, openers, before = null) {
  const net = new Network();
  const source = net.node();
  const sink = net.node();
  const questionNode = questionNodes(day, net, weight, sink);
  const places = [];
  const offers = day.offers.filter((question) => asked(day.pinned, question) < times(day, question));
  for (const person of day.people) {
    const shares = before !== null && isPanel(day.talks.get(talkOf(person)));
    const kindNode = kindNodes(day, net, weight, source, person, { opens: openers.has(person), shares });
    const isTaken = takenTopics(day, before, person);
    for (const question of offers) {
      const far = distance(day, person, question);
      if (far === Infinity || isHeard(day, day.pinned, person, question)) continue;
      const points = far + (isTaken(question) ? SAME_TALK : 0);
      const again = day.last?.[person.id]?.includes(question.id) ? weight.again : 0;
      const cost = points * weight.point + again + chance(day, person, question);
      places.push({ person, question, edge: net.edge(kindNode(question), questionNode(person, question), 1, cost) });
    }
  }
  net.fill(source, sink);
  const hands = new Map([...day.pinned].map(([id, hand]) => [id, [...hand]]));
  for (const { person, question, edge } of places) if (net.flow(edge)) hands.get(person.id).push(question);
  return hands;
}

/** The left of the network: a person's empty seats, then what each further question of a kind costs in their hand. */
function kindNodes(day, net, { point }, source, person, { opens, shares }) {
  const held = day.pinned.get(person.id);
  const node = net.node();
  for (let n = held.length; n < day.each; n += 1) net.edge(source, node, 1, point * UNEVEN * n);
  // Late ones get all the seats but one, unless a pin opens the conversation.
  const limit = (kind) => (kind === "late" && opens && held.every(isLate) ? day.each - 1 : held.length + day.each);
  return remember(kindOf, (kind) => {
    const before = count(held, (question) => kindOf(question) === kind);
    const kindNode = net.node();
    const last = Math.min(limit(kind), before + room(day, person));
    const step = SAME_KIND + (shares && kind !== "late" ? SAME_TALK : 0); // late ones are of many topics
    for (let n = before; n < last; n += 1) net.edge(node, kindNode, 1, point * step * n);
    return kindNode;
  });
}

/** The right of the network: how often a question may be asked, then what each further one of its topic costs or earns. */
function questionNodes(day, net, { point, topic: reward }, sink) {
  const pins = [...day.pinned.values()].flat();
  const topicNode = remember(({ topic }) => topic, (topic) => {
    const before = count(pins, (question) => question.topic === topic);
    const about = count(day.offers, (question) => question.topic === topic) + 1; // one may be asked twice
    const node = net.node();
    for (let n = before; n < before + Math.min(about, day.people.length * day.each); n += 1) {
      const first = n === 0 && day.essential.includes(topic);
      net.edge(node, sink, 1, point * day.sameTopic * n - (first ? reward : 0));
    }
    return node;
  });
  const questionNode = remember(({ id }) => id, (id, question) => {
    const node = net.node();
    const left = times(day, question) - asked(day.pinned, question);
    net.edge(node, topicNode(question), left, id === day.twice ? -NOT_TWICE * point : 0);
    return node;
  });
  // The one to ask twice is asked once in a conversation.
  const twiceNode = remember(talkOf, (_, person, question) => {
    const node = net.node();
    net.edge(node, questionNode(question), 1, 0);
    return node;
  });
  return (person, question) => (question.id === day.twice ? twiceNode(person, question) : questionNode(question));
}

/** The order of asking in a conversation: in turns, and late ones after all others. */
function askingOrder(people, hands) {
  const longest = Math.max(...people.map(({ id }) => hands.get(id).length));
  const turns = Array.from({ length: longest }, (_, turn) => people.map(({ id }) => ({ person: id, question: hands.get(id)[turn] })));
  const asks = turns.flat().filter(({ question }) => question);
  asks.sort((a, b) => isLate(a.question) - isLate(b.question));
  return asks.map(({ person, question }) => ({ person, question: question.id }));
}

/** Questions in nobody's hand, those that most people are sure to be able to answer first. */
function spare(day, hands) {
  const sure = (question) => count(day.people, (person) => distance(day, person, question) <= FOR_EVERYONE);
  return day.offers
    .filter((question) => !asked(hands, question) && day.people.some((person) => distance(day, person, question) < Infinity))
    .map((question) => ({ id: question.id, sure: sure(question), chance: chance(day, { id: "" }, question) }))
    .sort((a, b) => b.sure - a.sure || a.chance - b.chance)
    .slice(0, day.spare)
    .map(({ id }) => id);
}

