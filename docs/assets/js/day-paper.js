// The notes of the day as they print: everything written down about each person, and nothing to fill in.
import { aboutOf, doubtsOf } from "./day-talk.js";
import { create } from "./dom.js";

/** A part of the paper for each person. `day` is what `readDay` gave. */
export const createPaper = (day) =>
  day.people.map((person) =>
    create("section", "si-day__sheet", create("h2", "", day.name(person)), create("p", "", aboutOf(person, day)), createNotes(notesOf(person, day))));

/** What is known about a person, as pairs of a title and a text or a list of texts. */
function notesOf(person, { plan, question }) {
  const asked = plan.asked[person.id] ?? [];
  const dealt = plan.hands[person.id] ?? [];
  const words = (ids) => ids.map((id) => question(id, person.role)?.text).filter(Boolean);
  const doubts = (settled) => doubtsOf(plan, person).filter((doubt) => doubt.settled === settled).map(({ doubt }) => doubt);
  return [
    ["Asked", words(asked)],
    ["Not asked", words(dealt.filter((id) => !asked.includes(id)))],
    ["Doubts settled", doubts(true)],
    ["Doubts still open", doubts(false)],
    ["What they answered, and other notes", person.note.trim()],
    ["One thing only they said", person.hook.trim()],
    ["I promised to send", person.promised.trim()],
    ["Their question that I can answer better", person.answered.trim()],
  ].filter(([, content]) => content.length);
}

function createNotes(notes) {
  const show = (content) => (Array.isArray(content) ? create("ul", "", ...content.map((text) => create("li", "", text))) : content);
  return create("dl", "", ...notes.flatMap(([title, content]) => [create("dt", "", title), create("dd", "", show(content))]));
}
