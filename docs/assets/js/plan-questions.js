// The questions of a day: what deal.js is given, what to say about what it dealt, and changes to single questions. Pure.
import { deal, swap } from "./deal.js";

export const EACH = 3; // questions for each person
export const SPARE = 2; // questions to spare on the day

/** The input of `deal` for a plan. In: the plan of the record; data/ask.json; more of deal's own input. */
export function inputOf(plan, { questions, essential, likely }, more = {}) {
  const own = plan.own.filter(({ text }) => text.trim()).map(({ id, roles }) => ({ id, roles, topic: id, timing: "any", level: "any" }));
  return {
    people: plan.people.map(({ id, role, panel }) => ({ id, role, panel })),
    questions: [...own, ...questions],
    essential, likely, each: EACH, spare: SPARE,
    pins: pinsOf(plan), dropped: plan.dropped, twice: plan.twice, seed: plan.seed,
    level: plan.interview.level ?? "any",
    ...more,
  };
}

/** The pins of people who are still in the plan. */
const pinsOf = ({ pins, people }) => Object.fromEntries(people.filter(({ id }) => pins[id]).map(({ id }) => [id, pins[id]]));

/** Deals, and returns { dealt, apply(plan) }: `apply` writes the deal into a plan. `isAgain`: other questions, pins hold. */
export function dealFor(plan, data, isAgain = false) {
  const seed = plan.seed + (isAgain ? 1 : 0);
  const dealt = deal(inputOf(plan, data, { seed, last: isAgain ? plan.hands : null }));
  const { hands, spare, inWriting } = dealt;
  return { dealt, apply: (to) => Object.assign(to, structuredClone({ hands, spare, inWriting, seed })) };
}

/** Whether the deal no longer suits the people: somebody has no hand, or holds what they cannot answer or is gone. */
export function isStale(plan, questionOf) {
  if (!Object.keys(plan.hands).length) return false;
  return plan.people.some(({ id, role }) => {
    const open = (plan.hands[id] ?? []).filter((one) => !plan.pins[id]?.includes(one));
    const isWrong = (one) => !one || (role && one.roles.length && !one.roles.includes(role));
    return !plan.hands[id] || open.map(questionOf).some(isWrong);
  });
}

const without = (list = [], id) => list.filter((one) => one !== id);

/** What could be asked in place of a question: [{ id, uncovers }], the best first. */
export const instead = (plan, data, personId, questionId) => swap(inputOf(plan, data), plan.hands, personId, questionId);

/** Put `other` in the place of a question and pin it. Changes the plan. */
export function exchange(plan, personId, questionId, other) {
  plan.hands[personId] = plan.hands[personId].map((one) => (one === questionId ? other : one));
  plan.pins[personId] = [...without(plan.pins[personId], questionId), other];
  plan.spare = without(plan.spare, other);
}

/** Leave a question out for good; the best other one takes its seat. Out: a change of the plan to apply. */
export function leaveOut(plan, data, personId, questionId) {
  const [best] = instead({ ...plan, dropped: [...plan.dropped, questionId] }, data, personId, questionId);
  return (to) => {
    to.dropped = [...without(to.dropped, questionId), questionId];
    for (const id of Object.keys(to.hands)) {
      const gives = id === personId && best;
      to.hands[id] = gives ? to.hands[id].map((one) => (one === questionId ? best.id : one)) : without(to.hands[id], questionId);
      if (to.pins[id]) to.pins[id] = without(to.pins[id], questionId);
    }
    to.spare = without(to.spare, best?.id);
    if (to.twice === questionId) to.twice = null;
  };
}

/** Pin a question to a person, or unpin it. Changes the plan. */
export function pin(plan, personId, questionId, isOn) {
  plan.pins[personId] = [...without(plan.pins[personId], questionId), ...(isOn ? [questionId] : [])];
}

// ---- Words

const list = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

/** Sentences that say who has too few questions and which essential topic nobody is asked about, each with its reason. */
export function reasons({ short, uncovered }, nameOf, labelOf) {
  return [...short.map((one) => shortage(one, nameOf)), ...uncovered.map((one) => gap(one, labelOf))];
}

function shortage({ person, missing, reason, ...more }, nameOf) {
  const why = {
    "too-few-for-role": () => `there are only ${more.available} that they can answer${more.dropped ? `, and you left out ${more.dropped}` : ""}`,
    "only-late": () => "the others should not open a conversation",
    "all-pinned-elsewhere": () => "the others that they can answer are pinned to someone else",
    shared: () => `${list(more.people.map(nameOf))} can answer the same ones, and there are not enough for all`,
  }[reason]();
  return `${nameOf(person)} has ${EACH - missing} of ${EACH}: ${why}. Add a question of your own, or ask one of another person’s.`;
}

function gap({ topic, reason, ...more }, labelOf) {
  const why = {
    "no-question": () => (more.dropped ? "you left its questions out" : "its questions are better sent in writing"),
    "nobody-to-ask": () => `it takes ${list(more.roles.map(labelOf))} to answer. Ask the recruiter who could tell you`,
    "no-room": () => "everyone’s questions are taken by others that matter as much",
  }[reason]();
  return `Nobody is asked about “${labelOf(topic)}”: ${why}.`;
}
