// Items of the checklists on pages of the planner. Their ticks are those of the checklists.
import { today } from "./days.js";
import { create } from "./dom.js";
import { save } from "./plan-fields.js";
import { forget, savedOf } from "./replaced.js";

const SITE = new URL("../../", import.meta.url);

/** Whether an item of data/items.json is ticked, or one that it took the place of. */
export const isTicked = ({ ticks }, item) => Boolean(savedOf(item, ticks));

/** A line to tick, with a link to its checklist, whose title is given, and a note. */
export function createItem(item, record, title, note = "") {
  const box = create("input", "");
  box.type = "checkbox";
  box.autocomplete = "off";
  box.checked = isTicked(record, item);
  box.dataset.item = item.id;
  const link = create("a", "", title);
  link.href = new URL(`checklists/${item.list}/#${item.id}`, SITE);
  const label = create("label", "", box, " ", create("span", "", item.text), " ", create("small", "", item.code));
  return create("li", "", label, create("p", "", link, note && ` · ${note}`));
}

/** Saves what is ticked among the lines in `list`. */
export function bindTicks(list, items) {
  list.addEventListener("change", ({ target }) => {
    const item = items.find(({ id }) => id === target.dataset.item);
    if (!item) return;
    save(({ ticks }) => {
      forget(item, ticks);
      if (target.checked) ticks[item.id] = today();
    });
  });
}
