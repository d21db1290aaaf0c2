// Making elements and saying numbers.

/** An element with a class and, as text or as elements, what is in it. */
export function create(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

/** A part of a sentence: “1 sheet”, “2 sheets”. */
export const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
