// One person of the day: who, when, what to ask and which doubts to settle, each with a box to tick.
import { count, create, focusOn } from "./dom.js";
import { save } from "./plan-fields.js";

/** When and how long, as far as it is known: “10:00, 45 minutes”. */
export const timesOf = ({ start, minutes }) => [start, minutes && count(minutes, "minute")].filter(Boolean).join(", ");

/** When, how long, in which role and team, as far as it is known and not in the name already. */
export const aboutOf = (person, { role }) => [timesOf(person), role(person), person.team].filter(Boolean).join(" · ");

/** Note that a question was asked of a person, or that it was not. */
export function saveAsked(person, question, on) {
  save(({ plan: { asked } }) => {
    asked[person] = [...(asked[person] ?? []).filter((id) => id !== question), ...(on ? [question] : [])];
  });
}

function saveSettled(id, on) {
  save(({ plan }) => {
    const doubt = plan.doubts.find((one) => one.id === id);
    if (doubt) doubt.settled = on;
  });
}

/** Draws a person into the element that the page's template gave them. `day` is what `readDay` gave. */
export function drawTalk(element, person, day) {
  const find = (part) => element.querySelector(`.si-talk__${part}`);
  const { plan, name, question } = day;
  const panel = day.panel(person);
  find("name").textContent = name(person);
  find("about").textContent = aboutOf(person, day);
  find("panel").textContent = panel.length ? `In one talk with ${panel.map(name).join(", ")}.` : "";

  const asked = plan.asked[person.id] ?? [];
  const asks = (plan.hands[person.id] ?? []).map((id) => toBox(id, question(id, person.role), asked.includes(id))).filter(Boolean);
  drawBoxes(find("asks"), asks, (id, on) => saveAsked(person.id, id, on));
  find("none").hidden = asks.length > 0;

  drawDoubts(find("doubts"), day.doubts(person));
}

/** The doubts to settle with anyone, with who was to settle them. Whether there are any. */
export const drawOpen = (group, { open, settler }) => drawDoubts(group, open, (doubt) => settler(doubt).title);

function drawDoubts(group, doubts, noteOf = () => "") {
  const toRow = (doubt) => toBox(doubt.id, { text: doubt.doubt, more: doubt.proof }, doubt.settled, noteOf(doubt));
  drawBoxes(group, doubts.map(toRow), saveSettled);
  return doubts.length > 0;
}

/** The questions to spare: ticked, they count as asked of the person who is shown, by id. Whether there are any. */
export function drawSpare(group, { plan, people, name, question }, shown) {
  const dealt = new Set(Object.values(plan.hands).flat());
  const askers = (id) => people.filter((person) => plan.asked[person.id]?.includes(id));
  const boxes = plan.spare.filter((id) => !dealt.has(id)).map((id) => {
    const names = askers(id).map(name).join(", ");
    return toBox(id, question(id), names !== "", names && `asked: ${names}`);
  }).filter(Boolean);
  drawBoxes(group, boxes, (id, on) => {
    for (const person of on ? [{ id: shown() }] : askers(id)) saveAsked(person.id, id, on);
  });
  return boxes.length > 0;
}

const toBox = (id, question, on, note = "") =>
  question && { id, ...question, on, more: [question.more, note].filter(Boolean).join(" · ") };

const drawn = new WeakMap(); // group -> what stands in it

/**
 * Rows with a box to tick, at the end of a group that hides while it has none. Rows that say the same stay, and so does
 * the focus. In: boxes of { id, text, more, link, on }; `tick(id, on)` is called when the reader ticks.
 */
function drawBoxes(group, boxes, tick) {
  const content = JSON.stringify(boxes.map(({ on: _, ...rest }) => rest));
  if (drawn.get(group) !== content) {
    const at = [...group.querySelectorAll("input")].indexOf(document.activeElement);
    for (const row of group.querySelectorAll(".si-ask")) row.remove();
    group.append(...boxes.map((box) => createRow(box, tick)));
    focusOn(group.querySelectorAll("input")[at]);
    drawn.set(group, content);
  }
  group.hidden = !boxes.length;
  group.querySelectorAll("input").forEach((input, place) => { input.checked = boxes[place].on; });
}

function createRow({ id, text, more, link }, tick) {
  const box = Object.assign(create("input", ""), { type: "checkbox", autocomplete: "off" });
  box.addEventListener("change", () => tick(id, box.checked));
  const row = create("div", "si-ask", create("label", "", box, create("span", "", text)));
  if (more) row.append(create("p", "", more));
  if (link) row.append(create("p", "", Object.assign(create("a", "", "Open the card"), { href: link })));
  return row;
}
