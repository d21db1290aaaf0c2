// Shows links to the reader's paper and not to the other. Chosen in the print shop; until then guessed from their locale.
import { onChange, read, update } from "./store.js";

// Where the paper of letters is US Letter: Unicode CLDR, supplemental data, paperSize. A4 is that of everywhere else.
const LETTER = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

/** The paper of a locale such as `en-US`: "letter" or "a4". A language alone stands for its most likely region. */
export function paperOf(locale) {
  try {
    return LETTER.includes(new Intl.Locale(locale).maximize().region) ? "letter" : "a4";
  } catch {
    return "a4"; // no locale that a browser knows
  }
}

/** In: the radio buttons of the print shop; none on other pages. */
export function attach(choice) {
  const show = ({ print }) => {
    const paper = print.paper ?? paperOf(navigator.language);
    document.documentElement.dataset.paperChoice = paper;
    for (const radio of choice?.querySelectorAll("input") ?? []) radio.checked = radio.value === paper;
  };
  choice?.addEventListener("change", ({ target }) => {
    update(({ print }) => { print.paper = target.value; });
    show(read());
  });
  if (choice) choice.hidden = false;
  onChange(show);
  show(read());
}
