// The parts of a printed plan, for fill-sheets.js to flow over sheets (pack-parts.js says what a part is). Pure but for
// the elements it makes; the reader's own words stand in them as text.
import { create } from "./dom.js";
import { countCopies, saySum } from "./kit.js";
import { isTicked } from "./plan-items.js";

const LINE_ROOMS = [12, 11, 10, 9, 8, 7, 6.3]; // mm, the height of a line to write on
const TODO_ROOMS = [1, 0.8, 0.6, 0.4, 0.25]; // of the room between two items
const EACH = 3; // questions for each person
const ANSWER_LINES = 2;

const group = (title, rows, box = "div") => ({
  open() {
    const slot = create(box, "");
    return { slot, root: create("div", "si-part", ...(title ? [create("p", "si-part__title", title)] : []), slot) };
  },
  rows,
});
const lines = (count) => Array.from({ length: count }, () => create("p", "si-part__line"));
const texts = (list) => list.filter(Boolean).map((text) => create("p", "si-part__text", text));
const todo = (text, code = "") => create("li", "si-todo", create("span", "si-todo__box"), create("span", "si-todo__text", text), create("small", "", code));

const part = (kind, title, rooms, groups) => ({ kind, title, rooms, page: document, reviewed: [], named: false, groups: groups.filter(({ rows }) => rows.length) });

/** A day as people write it. */
export const written = (day) =>
  new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** What to call a person: a name, a role, or their number. In: their place from 0; role -> label. */
function nameOf({ name, role }, place, labels) {
  return [name || `Person ${place + 1}`, labels.get(role)].filter(Boolean).join(", ");
}

/** First sheet: the day, the people with their times, what to bring. `packing`: items of the day-before list. */
export function createDay(record, { labels, packing }) {
  const { interview, people, kit } = record.plan;
  const copies = countCopies(record.plan);
  const counted = copies.own === null ? ` (${saySum(copies)})` : "";
  const title = [interview.job, interview.company].filter(Boolean).join(" at ") || "My interview";
  const facts = [interview.day && written(interview.day), interview.zone && `Times in ${interview.zone.replaceAll("_", " ")}`, interview.place, interview.link];
  const met = people.map((person, place) => `${person.start || "__:__"}  ${nameOf(person, place, labels)}${person.team ? `, ${person.team}` : ""}`);
  return part("Checklist", title, TODO_ROOMS, [
    group("", texts(facts)),
    group("Whom I meet", texts(met)),
    group("To bring", [
      todo(copies.number ? `Résumés: ${copies.number}${counted}` : "Résumé as a PDF, ready to send"),
      ...kit.pieces.map(({ what, proves }) => todo([what, proves].filter(Boolean).join(": "))),
      ...packing.map((item) => todo(item.text, item.code)),
    ], "ul"),
  ]);
}

/** A sheet for one person. `questionOf(id)`: { question, code } or undefined. */
export function createPerson(record, place, { labels, questionOf }) {
  const { plan } = record;
  const person = plan.people[place];
  const asks = (plan.hands[person.id] ?? []).map(questionOf).filter((one) => one?.question);
  const empty = Array.from({ length: Math.max(0, EACH - asks.length) }, (_, at) => group(`Question ${asks.length + at + 1}`, lines(ANSWER_LINES + 1)));
  const names = [person.id, person.name].filter(Boolean);
  const doubts = plan.doubts.filter(({ who, settled, doubt }) => names.includes(who) && !settled && doubt);
  const about = [person.start, person.minutes && `${person.minutes} minutes`, person.team].filter(Boolean).join(", ");
  return part("Worksheet", `${place + 1}. ${nameOf(person, place, labels)}`, LINE_ROOMS, [
    group("", person.name ? texts([about]) : [...texts([about]), create("p", "si-part__name", "Name")]),
    ...asks.map(({ question, code }) => group(`${question} (${code})`, lines(ANSWER_LINES))),
    ...empty,
    group("Doubts to settle", doubts.map(({ doubt, proof }) => create("p", "si-part__text", [doubt, proof].filter(Boolean).join(": ")))),
    group("What they said", [...texts([person.note]), ...lines(4)]),
    group("Thank-you hook: one thing only they said", [...texts([person.hook]), ...lines(1)]),
    group("I promised to send", [...texts([person.promised]), ...lines(1)]),
  ]);
}

/** The days that are left, with what is open on each. In: what `plan` of schedule.js returns, or null without a day. */
export function createDays(record, schedule) {
  if (!schedule) return null;
  const days = schedule.rows.map(({ label, day, items }) => {
    const open = items.filter((item) => !isTicked(record, item));
    return group(`${label[0].toUpperCase()}${label.slice(1)}, ${written(day)}`, open.map((item) => todo(item.text, item.code)), "ul");
  });
  return part("Checklist", "My days", TODO_ROOMS, days);
}

/** Last: what belongs to nobody in particular, such as questions to spare; null when there is nothing. */
export function createRest({ plan }, { questionOf }) {
  const asks = (ids) => texts(ids.map(questionOf).filter(Boolean).map(({ question, code }) => `${question} (${code})`));
  const stories = plan.stories.filter(({ name, did }) => name || did).map(({ name, came }) => [name || "A story", came].filter(Boolean).join(": "));
  const ids = plan.people.flatMap(({ id, name }) => [id, name].filter(Boolean));
  const doubts = plan.doubts.filter(({ who, settled, doubt }) => !settled && doubt && !ids.includes(who));
  const said = plan.said.map(({ what, said: words, who }) => [[what, words].filter(Boolean).join(": "), who && `(to ${who})`].filter(Boolean).join(" "));
  const made = part("Worksheet", "For any of them", LINE_ROOMS, [
    group("Questions to spare", asks(plan.spare)),
    group("Doubts to settle with anyone", texts(doubts.map(({ doubt, proof }) => [doubt, proof].filter(Boolean).join(": ")))),
    group("What I have already said", texts(said)),
    group("Better sent in writing", asks(plan.inWriting)),
    group("My stories", texts(stories)),
  ]);
  return made.groups.length ? made : null;
}
