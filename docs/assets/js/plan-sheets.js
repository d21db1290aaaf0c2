// The parts of a printed plan, for fill-sheets.js to flow over sheets (pack-parts.js says what a part is). Pure but for
// the elements it makes; the reader's own words stand in them as text.
import { create } from "./dom.js";
import { countCopies, saySum } from "./kit.js";
import { capital } from "./people.js";
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

/** With whom a person is met, or "". */
const together = (met, person) => {
  const others = met.panel(person).map(met.name).join(", ");
  return others && `In one talk with ${others}.`;
};

/** A doubt with its proof and, in brackets, who is to settle it, if it is nobody of the day. */
const doubtText = ({ doubt, proof }, who = "") => `${[doubt, proof].filter(Boolean).join(": ")}${who && ` (${who})`}`;

/** First sheet: the day, the people with their times, what to bring. `met`: of readPeople; `packing`: items to pack. */
export function createDay(record, { met, packing }) {
  const { interview, kit } = record.plan;
  const copies = countCopies(record.plan);
  const counted = copies.own === null ? ` (${saySum(copies)})` : "";
  const title = [interview.job, interview.company].filter(Boolean).join(" at ") || "My interview";
  const facts = [interview.day && written(interview.day), interview.zone && `Times in ${interview.zone.replaceAll("_", " ")}`, interview.place, interview.link];
  const aboutOf = (person) => [met.title(person), person.team].filter(Boolean).join(", ");
  const lineOf = (person) => `${met.start(person) || "__:__"}  ${aboutOf(person)}`;
  return part("Checklist", title, TODO_ROOMS, [
    group("", texts(facts)),
    group("Whom I meet", texts(met.people.map(lineOf))),
    group("To bring", [
      todo(copies.number ? `Résumés: ${copies.number}${counted}` : "Résumé as a PDF, ready to send"),
      ...kit.pieces.map(({ what, proves }) => todo([what, proves].filter(Boolean).join(": "))),
      ...packing.map((item) => todo(item.text, item.code)),
    ], "ul"),
  ]);
}

/** A sheet for the person at a place of the day. `questionOf(id)`: { question, code } or undefined. */
export function createPerson(record, place, { met, questionOf }) {
  const { plan } = record;
  const person = met.people[place];
  const asks = (plan.hands[person.id] ?? []).map(questionOf).filter(Boolean);
  const empty = Array.from({ length: Math.max(0, EACH - asks.length) }, (_, at) => group(`Question ${asks.length + at + 1}`, lines(ANSWER_LINES + 1)));
  const doubts = met.doubts(person).filter(({ settled }) => !settled);
  const about = [met.start(person), person.minutes && `${person.minutes} minutes`, person.team].filter(Boolean).join(", ");
  const toName = met.isNamed(person) ? [] : [create("p", "si-part__name", "Name")];
  return part("Worksheet", `${place + 1}. ${met.title(person)}`, LINE_ROOMS, [
    group("", [...texts([about, together(met, person)]), ...toName]),
    ...asks.map(({ question, code }) => group(`${question} (${code})`, lines(ANSWER_LINES))),
    ...empty,
    group("Doubts to settle", texts(doubts.map((doubt) => doubtText(doubt)))),
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
    return group(`${capital(label)}, ${written(day)}`, open.map((item) => todo(item.text, item.code)), "ul");
  });
  return part("Checklist", "My days", TODO_ROOMS, days);
}

/** Last: what belongs to nobody in particular, such as questions to spare; null when there is nothing. */
export function createRest({ plan }, { met, questionOf }) {
  const asks = (ids) => texts(ids.map(questionOf).filter(Boolean).map(({ question, code }) => `${question} (${code})`));
  const stories = plan.stories.filter(({ name, did }) => name || did).map(({ name, came }) => [name || "A story", came].filter(Boolean).join(": "));
  const doubts = met.open.filter(({ settled }) => !settled);
  const said = plan.said.map(({ what, said: words, who }) => [[what, words].filter(Boolean).join(": "), who && `(to ${who})`].filter(Boolean).join(" "));
  const made = part("Worksheet", "For any of them", LINE_ROOMS, [
    group("Questions to spare", asks(plan.spare)),
    group("Doubts to settle with anyone", texts(doubts.map((doubt) => doubtText(doubt, met.settler(doubt).title)))),
    group("What I have already said", texts(said)),
    group("Better sent in writing", asks(plan.inWriting)),
    group("My stories", texts(stories)),
  ]);
  return made.groups.length ? made : null;
}
