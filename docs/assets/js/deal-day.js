// The day of a deal: who may be asked what, and what hands are worth. The rules and the objective stand in deal.js.

// What the third part of the objective counts, in points. Only their proportions matter.
const LATER_ROLE = 2; // for each role that is named before this person's, up to three
export const FOR_EVERYONE = 10; // a question of the topic `universal` to someone who has questions of their own
export const GUESS = 14; // an unknown role: one of the likely roles could answer; a point less for each that could, up to three
export const SAME_KIND = 3; // each pair of one kind in one hand: the same topic, or two that cannot come first
export const SAME_TOPIC = 1; // each pair of one topic on the day
export const SAME_TALK = 3; // each pair of one topic in a panel, where everybody hears both
export const UNEVEN = 40; // each pair of seats filled with one person: too few questions are shared out evenly
export const NOT_TWICE = 200; // each time that the question to ask twice is not asked
export const JITTER = 64; // steps of chance among equal deals, below one point in all; a power of two
const pairs = (count) => (count * (count - 1)) / 2;

// ---- The day, made easy to ask about

export function prepare({ people, questions, essential = [], likely = [], pins = {}, dropped = [], twice = null, level = null, ...rest }) {
  const { each = 3, spare = 2, seed = 0, last = null } = rest;
  const known = new Map(questions.map((question) => [question.id, question]));
  const rejected = new Set(dropped);
  const wanted = (q) => !rejected.has(q.id) && (level === null || q.level === "any" || q.level === level);
  const talks = new Map();
  for (const person of people) talks.set(talkOf(person), [...(talks.get(talkOf(person)) ?? []), person]);
  const pinned = new Map(people.map(({ id }) => [id, [...new Set(pins[id])].flatMap((pin) => known.get(pin) ?? [])]));
  return {
    people, talks, pinned, wanted, rejected, likely, each, spare, seed, last, twice,
    questions: [...known.values()],
    offers: [...known.values()].filter((q) => wanted(q) && q.timing !== "in-writing"),
    essential: [...new Set(essential)],
    hash: remember((text) => text, hashOf),
    unknown: Object.entries(pins).flatMap(([person, ids]) =>
      ids.filter((id) => !pinned.has(person) || !known.has(id)).map((question) => ({ person, question }))),
    // In a day that is one panel, every pair of the day is one in the panel.
    sameTopic: SAME_TOPIC + (talks.size === 1 && [...talks.values()].every(isPanel) ? SAME_TALK : 0),
  };
}

export const talkOf = ({ id, panel }) => (panel === null || panel === undefined ? `alone ${id}` : `panel ${panel}`);
export const isPanel = (talk) => talk.length > 1;
export const room = (day, { id }) => Math.max(0, day.each - day.pinned.get(id).length);
export const isLate = ({ timing }) => timing === "late";
export const kindOf = (question) => (isLate(question) ? "late" : `about ${question.topic}`);
export const times = (day, { id }) => (id === day.twice ? 2 : 1);
export const count = (list, test) => list.reduce((sum, item) => sum + (test(item) ? 1 : 0), 0);
export const asked = (hands, question) => count([...hands.values()], (hand) => hand.includes(question));
export const covers = (hands, topic) => [...hands.values()].some((hand) => hand.some((question) => question.topic === topic));

/** Hands of ids as hands of questions, for everybody of the day. */
export function named(day, hands) {
  const known = new Map(day.questions.map((question) => [question.id, question]));
  return new Map(day.people.map(({ id }) => [id, (hands[id] ?? []).flatMap((question) => known.get(question) ?? [])]));
}

/** Points for asking this person; Infinity when they cannot answer. */
export function distance(day, { role }, { roles, topic }) {
  if (!roles.length) return 0;
  if (role === null || role === undefined) {
    const guesses = count(day.likely, (guess) => roles.includes(guess));
    if (topic === "universal") return 0;
    return guesses ? GUESS - Math.min(guesses, 3) : Infinity;
  }
  const place = roles.indexOf(role);
  if (place < 0) return Infinity;
  return topic === "universal" ? FOR_EVERYONE : LATER_ROLE * Math.min(place, 3);
}

/** Whether it is asked in this person's conversation. */
export const isHeard = (day, hands, person, question) =>
  day.talks.get(talkOf(person)).some(({ id }) => hands.get(id).includes(question));

/** Whether a person could still be asked this: they can answer, it is not asked elsewhere, nor in their own conversation. */
export const isFree = (day, hands, person, question) =>
  distance(day, person, question) < Infinity && asked(hands, question) < times(day, question) && !isHeard(day, hands, person, question);

/** Chance that is the same for the same seed: 0 up to JITTER, by person and question. */
export function chance({ seed, hash }, person, question) {
  const mixed = Math.imul(hash(`${seed} ${person.id}`) ^ hash(question.id), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & (JITTER - 1);
}

/** FNV-1a: a number that stands for a text. */
const hashOf = (text) => [...text].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 0x01000193), 0x811c9dc5);

/** `make(key, ...)` the first time that `keyOf` gives this key; what it made from then on. */
export function remember(keyOf, make) {
  const made = new Map();
  return (...about) => {
    const key = keyOf(about[0]);
    if (!made.has(key)) made.set(key, make(key, ...about));
    return made.get(key);
  };
}

// ---- What to say about hands

/** Whether a conversation has no seat left and nothing to begin with but a late question. */
export function opensLate(day, hands, people) {
  const dealt = people.map(({ id }) => hands.get(id));
  return dealt.every((hand) => hand.length && hand.length >= day.each && hand.every(isLate));
}

/** How many of these hands' questions the same people had in the last ones. */
const kept = ({ last }, hands) =>
  [...hands].reduce((sum, [id, hand]) => sum + count(hand, (question) => last?.[id]?.includes(question.id)), 0);

export const isAsLast = (day, hands) =>
  day.last !== null && [...hands].every(([id, hand]) => hand.length === day.last[id]?.length) && kept(day, hands) === [...hands.values()].flat().length;

/** The objective as numbers to `compare`, of which less is better. What hands keep of the last counts before the points if `fresh`. */
export function worth(day, hands, fresh) {
  const seats = [...hands.values()].reduce((sum, hand) => sum + Math.min(hand.length, day.each), 0);
  const topics = count(day.essential, (topic) => covers(hands, topic));
  const [sum, old] = [points(day, hands), kept(day, hands)];
  return [-seats, -topics, ...(fresh ? [old, sum] : [sum, old])];
}

/** How many pairs of these have the same key. */
export function repeats(questions, keyOf) {
  const seen = new Map();
  for (const question of questions) seen.set(keyOf(question), (seen.get(keyOf(question)) ?? 0) + 1);
  return [...seen.values()].reduce((sum, same) => sum + pairs(same), 0);
}

function points(day, hands) {
  const topicOf = ({ topic }) => topic;
  const twice = day.questions.find(({ id }) => id === day.twice);
  let sum = twice ? NOT_TWICE * Math.max(0, 2 - asked(hands, twice)) : 0;
  sum += SAME_TOPIC * repeats([...hands.values()].flat(), topicOf);
  for (const people of [...day.talks.values()].filter(isPanel))
    sum += SAME_TALK * repeats(people.flatMap(({ id }) => hands.get(id)), topicOf);
  for (const person of day.people) {
    const hand = hands.get(person.id);
    const far = hand.map((question) => distance(day, person, question)).filter(Number.isFinite); // a pin may be for anyone
    sum += far.reduce((a, b) => a + b, 0) + SAME_KIND * repeats(hand, kindOf) + UNEVEN * pairs(hand.length);
  }
  return sum;
}

/** For sorting lists of numbers: by the first in which two differ. */
export const compare = (a, b) => a.map((number, at) => number - b[at]).find(Boolean) ?? 0;

