// What the lists of the kit share: where their parts are, and how their rows are called.

/** The elements that `bindRows` needs, of one part of the page. */
export const partsOf = (box) => ({
  list: box.querySelector(".si-rows"),
  template: box.querySelector("template"),
  add: box.querySelector("[data-do=add]"),
  said: box.querySelector(".si-kit__undo"),
});

/** Say something in an element, if it is not said there already: then nothing is read out twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Number the rows in what a screen reader calls them: “Story 2”. */
export const numberRow = (word) => (element, row, place) => say(element.querySelector("legend"), `${word} ${place + 1}`);
