// The parts of a pack, taken from the pages of the site: what stands on screen is what is printed.
// A part to flow over sheets is { title, kind, page, reviewed, named, rooms, groups }. `rooms`: how much room its rows may
// have, the best first. A group is { open(), rows }: rows that may be parted, and what holds them on each sheet.
import { create } from "./dom.js";

const CHECKLIST_ROOMS = [1, 0.8, 0.6, 0.4, 0.25]; // of the room between two items
const WORKSHEET_ROOMS = [14, 12.5, 11, 10, 9, 8, 7, 6.3]; // mm, the height of a line to write on
const PLAN_ROOMS = [1, 0.6, 0.3, 0.1]; // of the room between two steps
const CARD_LINES = 3;

/** What holds rows: a title (or none) and a box, made anew on each sheet that the rows run over. */
const holder = (title, box) => () => {
  const slot = box();
  const root = create("div", "si-part", ...(title ? [create("p", "si-part__title", title)] : []), slot.table ?? slot);
  return { root, slot };
};

/** A copy for paper: no ids, no links, no heading marks. In: the element, and what to leave out. */
function paperCopy(element, leftOut = ".headerlink") {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll(leftOut)) part.remove();
  for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
  for (const link of copy.querySelectorAll("a")) {
    const isBadge = link.classList.contains("si-ev");
    link.replaceWith(isBadge ? create("span", "si-ev", ...link.childNodes) : `See “${link.textContent.trim()}”.`);
  }
  return copy;
}

const lines = (count) => Array.from({ length: count }, () => create("p", "si-part__line"));

function createItem(item, withReasons) {
  const [text, code] = ["label span", "label small"].map((name) => item.querySelector(name).textContent);
  const row = create("li", "si-todo", create("span", "si-todo__box"), create("span", "si-todo__text", text), create("small", "", code));
  const reason = [...item.querySelectorAll(":scope > p")].find((part) => !part.querySelector("label"));
  if (withReasons && reason) row.append(create("p", "si-todo__why", ...paperCopy(reason).childNodes));
  return row;
}

function readChecklist(page, withReasons) {
  const list = page.querySelector(".si-checklist");
  const groups = [...list.querySelectorAll("ul")].map((items) => {
    const heading = items.previousElementSibling;
    const title = heading && paperCopy(heading, ".headerlink, small").textContent.trim();
    const minutes = heading?.querySelector("small")?.textContent;
    return {
      open: holder(title && [title, minutes].filter(Boolean).join(" · "), () => create("ul", "")),
      rows: [...items.children].map((item) => createItem(item, withReasons)),
    };
  });
  const words = page.querySelector(".si-checklist ~ .si-say");
  if (words) groups.push({ open: holder("", () => create("div", "")), rows: [paperCopy(words)] });
  if (list.dataset.lines) groups.push({ open: holder(list.dataset.write, () => create("div", "")), rows: lines(list.dataset.lines) });
  return { title: page.querySelector("h1").textContent.trim(), kind: "Checklist", page, reviewed: [list.dataset.reviewed], named: true, rooms: CHECKLIST_ROOMS, groups };
}

/** A table's rows as those of a group: its head stands again on each sheet. */
function tableGroup(title, table) {
  const [row] = table.tBodies[0].rows;
  const rows = table.dataset.rows ? Array.from({ length: table.dataset.rows }, () => row) : [...table.tBodies[0].rows];
  const box = () => {
    const copy = table.cloneNode(true);
    copy.tBodies[0].replaceChildren();
    return Object.assign(copy.tBodies[0], { table: copy });
  };
  return { open: holder(title, box), rows: rows.map((each) => each.cloneNode(true)) };
}

function readWorksheet(page, id) {
  const sheet = page.getElementById(id);
  const [title, intro] = ["__title", " > p:not([class])"].map((name) => sheet.querySelector(`.si-worksheet${name}`).textContent);
  const parts = [...sheet.querySelectorAll(".si-worksheet__part")].map((part) => {
    const body = part.nextElementSibling;
    if (body.tagName === "TABLE") return tableGroup(part.textContent, body);
    return { open: holder(part.textContent, () => create("div", "")), rows: lines(body.dataset.lines) };
  });
  return { title: title.replace(/^Worksheet: /, ""), kind: "Worksheet", intro, page, reviewed: [sheet.dataset.reviewed], named: true, rooms: WORKSHEET_ROOMS, groups: parts };
}

function readSession(page, id) {
  const plan = page.getElementById(id);
  const steps = plan.querySelector(".si-session__steps");
  const groups = [...plan.querySelectorAll(".si-session__list, .si-session__steps")].map((part) => {
    const list = part === steps ? part : part.querySelector("ul");
    const title = part === steps ? "" : part.firstElementChild.textContent;
    return { open: holder(title, () => list.cloneNode(false)), rows: [...list.children].map((row) => paperCopy(row)) };
  });
  const intro = plan.querySelector(":scope > p:not([class])").textContent;
  return { title: paperCopy(plan.querySelector("h2")).textContent.trim(), kind: "Plan for coaches", intro, page, reviewed: [plan.dataset.reviewed], named: false, rooms: PLAN_ROOMS, groups };
}

const READERS = { checklist: readChecklist, worksheet: readWorksheet, session: readSession };

/** A checklist, worksheet or plan to flow over sheets. In: its kind, its page, the id it has there, whether with reasons. */
export const readPart = (kind, page, id, withReasons) => READERS[kind](page, kind === "checklist" ? withReasons : id);

/** A card to write on, laid out as the others. */
export function createBlankCard() {
  const top = () => create("p", "si-card__top", create("span", "", "\u00a0"));
  const room = () => create("div", "si-card__q", ...lines(CARD_LINES));
  const back = create("details", "si-card__back", create("summary", "", "Ask:"), top(), room(), create("p", "si-card__write", "I heard"));
  return create("section", "si-card si-card--blank", create("div", "si-card__front", top(), room()), back);
}
