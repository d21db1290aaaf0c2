// A box that keeps the screen awake while it is ticked, in browsers that can.
import { create } from "./dom.js";

/** The box in its label, or null in a browser that cannot. `say(sentence)` tells when the browser refuses. */
export function createWakeBox(say) {
  if (!navigator.wakeLock) return null;
  const box = Object.assign(create("input", ""), { type: "checkbox", autocomplete: "off" });
  let lock = null;

  async function hold() {
    try {
      lock = await navigator.wakeLock.request("screen");
      if (!box.checked) lock.release(); // unticked while the browser thought about it
    } catch {
      box.checked = false;
      say("The browser refused to keep the screen awake. A low battery is a common reason.");
    }
  }
  box.addEventListener("change", () => {
    say("");
    if (box.checked) hold();
    else lock?.release();
  });
  // The browser lets go whenever the page is out of sight.
  document.addEventListener("visibilitychange", () => {
    if (box.checked && document.visibilityState === "visible") hold();
  });
  return create("label", "si-day__wake", box, "Keep the screen awake");
}
