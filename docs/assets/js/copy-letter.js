// A button below a letter that copies its text, gaps in brackets, ready to paste into a message.
import { copyText } from "./copy.js";
import { create } from "./dom.js";

const REFUSED = "The browser refused to copy. The text is selected: copy it by hand.";

const paragraphsOf = (letter) => [...letter.querySelectorAll("p:not(.si-say__label)")];

/** Put the gaps of a letter in brackets, once: what is copied has no dotted lines. */
function bracketGaps(letter) {
  for (const gap of letter.querySelectorAll(".si-gap")) {
    if (!gap.textContent.startsWith("[")) gap.textContent = `[${gap.textContent}]`;
  }
}

function textOf(letter) {
  const copy = letter.cloneNode(true);
  bracketGaps(copy);
  return paragraphsOf(copy).map((paragraph) => paragraph.textContent.trim()).join("\n\n");
}

/** Select the text of a letter, its gaps as they are copied. */
function select(letter) {
  bracketGaps(letter);
  const [first, ...others] = paragraphsOf(letter);
  const last = others.at(-1) ?? first;
  getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
}

export function attach(letter) {
  const button = create("button", "si-btn si-btn--quiet", "Copy the text");
  const said = create("span", "si-letter__said");
  button.type = "button";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const isCopied = await copyText(textOf(letter), () => select(letter));
    button.textContent = isCopied ? "Copied" : "Copy the text";
    said.textContent = isCopied ? "" : REFUSED;
  });
  letter.after(button, said);
}
