// Remembers which boxes of a checklist are ticked, by the id of the item.
import { today } from "./days.js";
import { forget, savedOf } from "./replaced.js";
import { onChange, read, update } from "./store.js";

removeEventListener("change", globalThis.siPutTickAside); // the lines in main.html, which stood in for this script

export function attach(list) {
  const boxes = [...list.querySelectorAll("li[data-id] input[type=checkbox]")];
  if (!boxes.length) return;
  const itemOf = (box) => box.closest("li[data-id]").dataset;

  const progress = list.previousElementSibling; // empty until now, so that nothing moves

  const show = ({ ticks }) => {
    for (const box of boxes) box.checked = Boolean(savedOf(itemOf(box), ticks));
    say();
  };
  const say = (note = "") => {
    const done = boxes.filter((box) => box.checked).length;
    progress.textContent = `${done} of ${boxes.length} done. ${note || "Ticks stay in this browser."}`;
  };

  const save = (box) => {
    const { saved } = update(({ ticks }) => {
      forget(itemOf(box), ticks);
      if (box.checked) ticks[itemOf(box).id] = today();
    });
    say(saved ? "" : "This browser does not let the site save ticks.");
  };
  list.addEventListener("change", ({ target }) => save(target));
  boxes.filter((box) => box.checked).forEach(save); // ticked before this script had loaded
  onChange(show);
  show(read());
}
