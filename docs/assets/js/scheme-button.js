// The button that steps through the colours: as the device says, light, dark.
import { read, update } from "./store.js";

const NAMES = { light: "Light", dark: "Dark" };
const NEXT = { "": "light", light: "dark", dark: null };

export function attach(button) {
  const show = (scheme) => {
    if (scheme) document.documentElement.dataset.siScheme = scheme;
    else delete document.documentElement.dataset.siScheme;
    button.textContent = NAMES[scheme] ?? "Auto";
    button.setAttribute("aria-label", `Colours: ${button.textContent}. Change`);
  };
  button.addEventListener("click", () => {
    const scheme = NEXT[read().scheme ?? ""];
    update((record) => { record.scheme = scheme; });
    show(scheme);
  });
  show(read().scheme);
  button.hidden = false;
}
