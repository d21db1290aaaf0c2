// Remembers which boxes of a checklist are ticked, by the id of the item.
import { today } from "./days.js";
import { onChange, read, update } from "./store.js";

removeEventListener("change", globalThis.siPutTickAside); // the lines in main.html, which stood in for this script

export function attach(list) {
  const boxes = [...list.querySelectorAll("li[data-id] input[type=checkbox]")];
  if (!boxes.length) return;
  const idOf = (box) => box.closest("li[data-id]").dataset.id;
  // An item that replaced others takes over their ticks.
  const tickOf = (box, ticks) => [idOf(box), ...(box.closest("li").dataset.was ?? "").split(" ")].find((id) => ticks[id]);

  const progress = list.previousElementSibling; // empty until now, so that nothing moves

  const show = ({ ticks }) => {
    for (const box of boxes) box.checked = Boolean(tickOf(box, ticks));
    say();
  };
  const say = (note = "") => {
    const done = boxes.filter((box) => box.checked).length;
    progress.textContent = `${done} of ${boxes.length} done. ${note || "Ticks stay in this browser."}`;
  };

  const save = (box) => {
    const { saved } = update(({ ticks }) => {
      if (box.checked) ticks[idOf(box)] = today();
      else for (let id; (id = tickOf(box, ticks)); ) delete ticks[id];
    });
    say(saved ? "" : "This browser does not let the site save ticks.");
  };
  list.addEventListener("change", ({ target }) => save(target));
  boxes.filter((box) => box.checked).forEach(save); // ticked before this script had loaded
  onChange(show);
  show(read());
}
