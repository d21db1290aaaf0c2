// Fields that grow with what is typed, where the browser does not see to it itself (`field-sizing`).
import { onChange } from "./store.js";

const fields = () => document.querySelectorAll(".si-page textarea");

function grow(field) {
  field.style.height = "auto";
  const edges = field.offsetHeight - field.clientHeight;
  if (field.scrollHeight) field.style.height = `${field.scrollHeight + edges}px`; // 0 while it is not on the page
}

export function attach(place) {
  const growAll = () => requestAnimationFrame(() => fields().forEach(grow)); // when what was saved stands in them
  place.addEventListener("input", ({ target }) => { if (target.matches("textarea")) grow(target); });
  place.addEventListener("toggle", growAll, true); // a part that opens shows its fields only now
  onChange(growAll);
  growAll();
}
