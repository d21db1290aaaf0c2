// The notes of the day as they print: everything written down about each person, and nothing to fill in.
import { aboutOf } from "./day-talk.js";
import { create } from "./dom.js";

/** A part of the paper for each person, and one for the doubts that anyone can settle. `day` is what `readDay` gave. */
export const createPaper = (day) => [
  ...day.people.map((person) => createPart(day.name(person), aboutOf(person, day), notesOf(person, day))),
  ...(day.open.length ? [createPart("For any of them", "", doubtNotes(day.open))] : []),
];

const createPart = (title, about, notes) =>
  create("section", "si-day__sheet", create("h2", "", title), create("p", "", about), createNotes(notes));

/** Titles with texts, as notesOf gives them. */
const doubtNotes = (doubts) => [[true, "Doubts settled"], [false, "Doubts still open"]].map(([isSettled, title]) =>
  [title, doubts.filter(({ settled }) => settled === isSettled).map(({ doubt }) => doubt)]);

/** What is known about a person, as pairs of a title and a text or a list of texts. */
function notesOf(person, { plan, question, doubts }) {
  const asked = plan.asked[person.id] ?? [];
  const dealt = plan.hands[person.id] ?? [];
  const words = (ids) => ids.map((id) => question(id, person.role)?.text).filter(Boolean);
  return [
    ["Asked", words(asked)],
    ["Not asked", words(dealt.filter((id) => !asked.includes(id)))],
    ...doubtNotes(doubts(person)),
    ["What they answered, and other notes", person.note.trim()],
    ["One thing only they said", person.hook.trim()],
    ["I promised to send", person.promised.trim()],
    ["Their question that I can answer better", person.answered.trim()],
  ];
}

function createNotes(notes) {
  const given = notes.filter(([, content]) => content.length);
  const show = (content) => (Array.isArray(content) ? create("ul", "", ...content.map((text) => create("li", "", text))) : content);
  return create("dl", "", ...given.flatMap(([title, content]) => [create("dt", "", title), create("dd", "", show(content))]));
}
