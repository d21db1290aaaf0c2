// Flows the rows of a part over sheets of paper, by measuring: nothing is cut, no row is parted, and no row is lost.
import { create } from "./dom.js";
import { createSheet, sourceOf } from "./sheets.js";

const HOW = "Print at 100 %.";
const SPARE = 8; // CSS pixels left free at the foot, as paper and screen may break a line differently

function createFlow(part, room) {
  const lines = ["Name", "Date"].map((name) => create("span", "si-flow__write", name));
  const top = create("p", "si-flow__top", create("span", "", `Second Interview · ${part.kind}`), ...(part.named ? lines : []));
  const flow = create("div", `si-flow si-flow--${part.kind.split(" ")[0].toLowerCase()}`, top, create("p", "si-flow__title", part.title));
  flow.style.setProperty("--si-room", room);
  return flow;
}

/** The sheets of a part with `room` for its rows. Each stands on the stage while it is filled. */
function fillWith(part, room, stage) {
  const sheets = [];
  let flow, bottom;
  const begin = () => {
    const sheet = createSheet(HOW, sourceOf(part.page, part.reviewed));
    flow = createFlow(part, room);
    sheet.querySelector(".si-sheet__body").append(flow);
    stage.append(sheet);
    bottom = flow.parentElement.getBoundingClientRect().bottom - SPARE;
    sheets.push(sheet);
  };
  const isFull = () => flow.getBoundingClientRect().bottom > bottom;
  begin();
  if (part.intro) flow.append(create("p", "si-flow__intro", part.intro));
  for (const group of part.groups) {
    let held;
    for (const row of group.rows) {
      if (!held) flow.append((held = group.open()).root);
      held.slot.append(row);
      // A row that is taller than a sheet stays where it is: there is no better place.
      if (!isFull() || (flow.lastElementChild === flow.querySelector(".si-part") && held.slot.children.length === 1)) continue;
      row.remove();
      if (!held.slot.children.length) held.root.remove();
      begin();
      flow.append((held = group.open()).root);
      held.slot.append(row);
    }
  }
  for (const sheet of sheets) sheet.remove();
  return sheets;
}

/**
 * The sheets of a part, as few as its rooms allow, and of these the airiest. Where there is more than one, each says
 * which it is. In: the part (pack-parts.js), and the stage: an element in the page, as wide as the paper.
 */
export function fillSheets(part, stage) {
  let best;
  for (const room of part.rooms) {
    const sheets = fillWith(part, room, stage);
    if (!best || sheets.length < best.count) best = { room, count: sheets.length };
    if (best.count === 1) break;
  }
  // Rows move from one attempt to the next, so the best is filled again.
  const sheets = fillWith(part, best.room, stage);
  if (sheets.length > 1) {
    sheets.forEach((sheet, number) => sheet.querySelector(".si-flow__title").append(` (${number + 1} of ${sheets.length})`));
  }
  return sheets;
}
