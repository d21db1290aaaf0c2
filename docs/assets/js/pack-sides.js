// The sides of a pack in the order they leave the printer, and how much paper that takes. Knows nothing of what is on them.
import { create } from "./dom.js";
import { isTwoSided } from "./sheets.js";

const createBlank = () => create("section", "si-sheet si-sheet--blank");
/** Whether a side is a back that stays blank. */
export const isBlank = (side) => side.matches(".si-sheet--blank");

/** The order of cards that suits the printer: backs behind their fronts if it prints both sides, else all at the end. */
export const suiting = (order, bothSides) => (isTwoSided(order) ? (bothSides ? "duplex" : "stacks") : order);

/**
 * Put parts behind each other. Printed on both sides, each part starts on a new sheet of paper, and cards that need a
 * blank back get one. In: the sheets of each part, those of the cards, the order of the cards, whether on both sides.
 * Out: the sides of one pack, and the backs to print when all packs are out (only when the paper is turned by hand).
 */
export function arrange(parts, cards, order, bothSides) {
  if (!bothSides) {
    const fronts = order === "stacks" ? cards.length / 2 : cards.length;
    return { sides: [...parts.flat(), ...cards.slice(0, fronts)], backs: cards.slice(fronts) };
  }
  const filled = parts.flatMap((sheets) => (sheets.length % 2 ? [...sheets, createBlank()] : sheets));
  return { sides: [...filled, ...(order === "duplex" ? cards : cards.flatMap((card) => [card, createBlank()]))], backs: [] };
}

/** What sides take: sheets of paper, sides that are printed, and sides left blank. `backs` are on paper counted already. */
export function countPaper(sides, backs, bothSides) {
  const blank = sides.filter(isBlank).length;
  return { paper: bothSides ? sides.length / 2 : sides.length, printed: sides.length - blank + backs.length, blank };
}

/** Several counts of paper as one, each with how many times it is printed. */
export const sum = (...counts) =>
  counts.reduce((all, [times, count]) => Object.fromEntries(Object.entries(all).map(([name, number]) => [name, number + times * count[name]])), { paper: 0, printed: 0, blank: 0 });
