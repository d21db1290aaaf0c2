// Making elements and saying numbers.

/** An element with a class and, as text or as elements, what is in it. */
export function create(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

/**
 * Give an element the focus and bring it into sight. Not both by focus() alone: WebKit scrolls to where the element was
 * before what the act has shown and hidden, and a question then stands above the window.
 */
export function focusOn(element) {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
}

/** A part of a sentence: “1 sheet”, “2 sheets”. */
export const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
