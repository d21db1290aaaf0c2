// The kit of the plan: résumé copies, portfolio pieces, doubts, what was already said, stories; and all of it on paper.
import { count, create } from "./dom.js";
import { countCopies, saySum } from "./kit.js";
import { createKitTable } from "./kit-paper.js";
import { numberRow, partsOf, say } from "./kit-rows.js";
import { attach as attachDoubts } from "./plan-doubts.js";
import { bindField, bindRows, follow } from "./plan-fields.js";
import { attach as attachStories } from "./plan-stories.js";
import { read } from "./store.js";

function sentenceOf(copies) {
  const toPrint = `${count(copies.number, "résumé")} to print`;
  if (copies.own !== null) return `${toPrint}, your own number. For ${saySum(copies)} it would be ${copies.sum}.`;
  if (copies.none) return "No résumé to print, since you do not meet in person. Have one PDF ready to send.";
  return `${toPrint}: ${saySum(copies)}.`;
}

function attachCopies(box, sum) {
  const field = box.querySelector("input");
  const inReach = (value) => (value === null ? null : Math.min(99, Math.max(0, Math.round(value))));
  bindField(field, ({ plan }) => plan.kit.copies, ({ plan }, value) => { plan.kit.copies = inReach(value); });
  follow(({ plan }) => say(sum, sentenceOf(countCopies(plan))));
  sum.hidden = false;
}

function attachPieces(box) {
  const of = ({ plan }) => plan.kit.pieces;
  const make = () => ({ what: "", proves: "" });
  bindRows({ ...partsOf(box), of, prefix: "piece", make, draw: numberRow("Piece") });
}

function attachSaid(box) {
  const of = ({ plan }) => plan.said;
  const make = () => ({ what: "", said: "", who: "" });
  bindRows({ ...partsOf(box), of, prefix: "said", make, draw: numberRow("Fact") });
}

/** Whenever the page is printed, each list stands on paper as a table in place of its fields. */
function printTables(boxes, words) {
  const papers = boxes.map((box) => {
    const paper = create("div", "si-on-paper");
    box.after(paper);
    return paper;
  });
  addEventListener("beforeprint", () => {
    const { plan } = read();
    boxes.forEach((box, place) => papers[place].replaceChildren(createKitTable(box.dataset.kit, plan, words)));
  });
}

export function attach(page) {
  const box = (name) => page.querySelector(`[data-kit=${name}]`);
  const { competencies, roles } = JSON.parse(box("bring").dataset.words);
  const words = { competencies, roles: new Map(Object.entries(roles)) };
  attachCopies(box("bring"), page.querySelector(".si-kit__sum"));
  attachPieces(box("pieces"));
  attachDoubts(box("doubts"), words.roles);
  attachSaid(box("said"));
  attachStories(box("stories"), box("cover"));
  printTables(["pieces", "doubts", "said", "stories"].map(box), words);
  for (const part of page.querySelectorAll("[data-kit]")) part.hidden = false;
  page.querySelector(".si-noscript").hidden = true;
}
