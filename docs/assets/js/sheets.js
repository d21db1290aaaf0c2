// Sheets of paper that fit A4 and US Letter alike (paper.css), and printing them in place of the page.
import { create } from "./dom.js";

const LICENCE = "CC BY 4.0";

/** The ways to lay out cards: what each is called, how many cards stand on a side, how to print it, and what then to do. */
export const ORDERS = {
  fold: { label: "Fold-over: any printer", cards: 4, print: "on one side only", then: "Cut on the dashes, fold on the dots." },
  duplex: { label: "Two-sided: front, back, front, back", cards: 8, print: "on both sides, flipped on the long edge", then: "Cut on the dashes." },
  stacks: { label: "Two-sided: all fronts, then all backs", cards: 8, print: "on one side: all fronts, then all backs behind them", then: "Cut on the dashes." },
  fronts: { label: "Fronts only", cards: 8, print: "on one side only", then: "Cut on the dashes." },
};

/** How to turn `number` sheets by hand. In: `of` what they are (" of cards"), and the first and last page of fronts and of backs. */
export function howToTurn(number, of, [front, lastFront], [back, lastBack]) {
  const pages = (first, last) => (first === last ? `page ${first}` : `pages ${first} to ${last}`);
  const [sheets, them] = number === 1 ? [`sheet${of}`, "it"] : [`${number} sheets${of}`, "them"];
  const turn = `First print ${pages(1, lastFront)} on one side. Then turn the ${sheets} over like the page of a book, put ${them} back, and print ${pages(back, lastBack)}.`;
  if (number === 1) return turn;
  return `${turn} Try it with one sheet first: page ${front}, then page ${back}. If the codes of front and back differ, your printer stacks in reverse: print ${pages(back, lastBack)} in reverse order.`;
}

/** Where the size of a print can be seen, and what to do when it is not true. HTML. */
export const RULER = `The ruler at the top of each sheet is 100 mm long when the size is true. If yours is not, take a PDF from
  <a href="${new URL("../../print/", import.meta.url)}">the print shop</a>.`;

/** Whether cards in this order have their backs on the other side of the paper. */
export const isTwoSided = (order) => order === "duplex" || order === "stacks";

/** Where something is from, for the foot of a sheet. In: its document, and the dates (ISO) its parts were reviewed. */
export function sourceOf(page, reviewed) {
  const address = page.querySelector("link[rel=canonical]")?.href.replace(/^https?:\/\//, "");
  const latest = reviewed.filter(Boolean).sort().at(-1);
  const day = latest && new Date(latest).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return [address, day && `reviewed ${day}`, LICENCE].filter(Boolean).join(" · ");
}

/** An empty sheet with a ruler, and a foot: how to print it, and where it is from. Its body is `.si-sheet__body`. */
export function createSheet(how, source) {
  const foot = create("p", "si-sheet__foot", create("span", "si-sheet__mark", how), create("span", "", source));
  return create("section", "si-sheet", create("div", "si-sheet__ruler", "100 mm"), create("div", "si-sheet__body"), foot);
}

function copyOf(card) {
  const copy = card.cloneNode(true);
  copy.querySelector(".si-pick")?.remove();
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  copy.querySelector("details").open = true;
  return copy;
}

function createSides(cards, side, order, source, print) {
  const { cards: most, then } = ORDERS[order];
  const how = `Print at 100 %, ${print}. ${then}`;
  const sheets = [];
  for (let first = 0; first < cards.length; first += most) {
    const sheet = createSheet(how, source);
    const grid = create("div", "", ...cards.slice(first, first + most).map(copyOf));
    sheet.querySelector(".si-sheet__body").append(create("div", `si-cells si-cells--${side}`, grid));
    sheets.push(sheet);
  }
  return sheets;
}

/**
 * The printed sides for `cards`, in the order they leave the printer. `offset`: mm that backs move right and down;
 * `print`: on which sides all is printed that they are printed with.
 */
export function createCardSheets(cards, order, offset, source, print = ORDERS[order].print) {
  const sides = (side) => createSides(cards, side, order, source, print);
  if (order === "fold") return sides("fold");
  const fronts = sides("fronts");
  if (order === "fronts") return fronts;
  const backs = sides("backs");
  for (const back of backs) back.querySelector(".si-cells > div").style.transform = `translate(${offset[0]}mm, ${offset[1]}mm)`;
  return order === "duplex" ? fronts.flatMap((front, number) => [front, backs[number]]) : [...fronts, ...backs];
}

// A page without margins, for all of the document: WebKit does not use those of a named page.
const PAGE = "@page { margin: 0; }";

/** Put a rule of style on the page. Out: a function that takes it away. */
function addRule(rule) {
  // The last has the last word; WebKit reads no new rule in one that is for paper alone.
  const sheet = [...document.styleSheets].filter(({ media }) => !media.length).at(-1);
  const made = sheet.cssRules[sheet.insertRule(rule, sheet.cssRules.length)];
  return () => sheet.deleteRule([...sheet.cssRules].indexOf(made));
}

/** Whenever the page is printed, print what `lay()` returns in its place; the page itself while that is empty. */
export function printInstead(lay) {
  let remove = () => {};
  addEventListener("beforeprint", () => {
    remove();
    const sheets = lay();
    if (!sheets.length) return;
    const paper = create("div", "si-paper si-on-paper", ...sheets);
    // Chromium alone has this; its middle of a page is another, and WebKit's mm too (paper.css).
    paper.classList.toggle("si-paper--chromium", "userAgentData" in navigator);
    paper.classList.toggle("si-paper--webkit", navigator.vendor.startsWith("Apple"));
    const takeBack = addRule(PAGE);
    document.body.append(paper);
    document.body.classList.add("si-prints-sheets");
    remove = () => {
      paper.remove();
      document.body.classList.remove("si-prints-sheets");
      takeBack();
      remove = () => {};
    };
  });
  addEventListener("afterprint", () => remove());
}
