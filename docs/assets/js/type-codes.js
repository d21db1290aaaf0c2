// A box that ticks the items whose codes someone read off a printed checklist, whatever list they are on.
import { today } from "./days.js";
import { focusOn } from "./dom.js";
import { update } from "./store.js";

const FILE = new URL("../../data/codes.json", import.meta.url);
const HTML = `
  <form class="si-form">
    <p><label for="si-codes">Ticked on paper? Type the codes</label>
      <textarea id="si-codes" rows="2" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="si-codes-how"></textarea>
      <small id="si-codes-how">They stand at the end of each line, like W2 or OD5. Put a space or a comma between them.</small></p>
    <p><button class="si-btn">Tick them</button> <button type="button" class="si-btn si-btn--quiet" hidden>Undo</button></p>
    <div role="status"></div>
  </form>`;

/** The codes in a text, in capitals, each once. */
export const split = (text) => [...new Set(text.toUpperCase().split(/[\s,;]+/).filter(Boolean))];

// Letters and digits that look alike by hand, and zeros in front of a number.
const likeness = (code) => code.replace(/[^A-Z0-9]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").replace(/(\D)0+(?=\d)/, "$1");

function isOneAway(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (text, skip) => text.slice(start + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 0) === rest(b, 1) || rest(a, 1) === rest(b, 0);
}

/** The one known code that an unknown one is likely to mean, undefined when there is none or more than one. */
export function nearest(code, known) {
  for (const isNear of [(other) => likeness(other) === likeness(code), (other) => isOneAway(code, other)]) {
    const near = known.filter(isNear);
    if (near.length) return near.length === 1 ? near[0] : undefined;
  }
  return undefined;
}

/** Tick the items that are not ticked yet. Out: their ids, or null when the browser refuses to save. */
function tick(ids) {
  let fresh;
  const { saved } = update(({ ticks }) => {
    fresh = ids.filter((id) => !ticks[id]);
    for (const id of fresh) ticks[id] = today();
  });
  return saved ? fresh : null;
}

export function attach(place) {
  place.innerHTML = HTML;
  const [form, field, undo, said] = ["form", "textarea", "[type=button]", "[role=status]"].map((name) => place.querySelector(name));
  let ticked = [];
  const say = (...sentences) => {
    said.replaceChildren(...sentences.filter(Boolean).map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
    undo.hidden = !ticked.length;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const codes = await fetch(FILE).then((answer) => answer.json()).catch(() => null);
    if (!codes) {
      say("The list of codes could not be loaded. Try again when you are online.");
      return;
    }
    const typed = split(field.value);
    const known = typed.filter((code) => Object.hasOwn(codes, code));
    const fresh = tick(known.map((code) => codes[code].id));
    ticked = fresh ?? [];
    const before = known.length - ticked.length;
    const unknown = typed.filter((code) => !known.includes(code)).map((code) => {
      const near = nearest(code, Object.keys(codes));
      return near ? `${code} (did you mean ${near}: ${codes[near].text}?)` : code;
    });
    say(
      fresh ? `${ticked.length} ticked.${before ? ` ${before} ${before === 1 ? "was" : "were"} ticked already.` : ""}` : "This browser does not let the site save ticks.",
      unknown.length && `Not known: ${unknown.join(", ")}.`,
    );
  });
  undo.addEventListener("click", () => {
    update(({ ticks }) => { for (const id of ticked) delete ticks[id]; });
    ticked = [];
    say("Undone.");
    focusOn(field);
  });
}
