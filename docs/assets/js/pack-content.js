// Fetches the pages of the chosen parts and makes of them what a pack holds. Knows nothing of the form.
import { createBlankCard, readPart } from "./pack-parts.js";
import { idsOf } from "./replaced.js";

const FEWEST_BLANKS = 4;
const pages = new Map();

/** The page at an address as a document, fetched once; after a failure it is asked for again the next time. */
function openPage(address) {
  const url = address.split("#")[0];
  if (!pages.has(url)) {
    const page = fetch(url).then(async (answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    });
    page.catch(() => pages.delete(url));
    pages.set(url, page);
  }
  return pages.get(url);
}

/** The cards of a page, each with where it is from. */
async function readCards(address) {
  const page = await openPage(address);
  return [...page.querySelectorAll(".si-deck .si-card")].map((card) => ({ card, page, reviewed: card.closest(".si-deck").dataset.reviewed }));
}

/** The cards with these ids, in their order. `decks`: [{ address, ids }] of all decks; only those needed are fetched. */
async function readChosen(ids, decks) {
  const needed = decks.filter((deck) => deck.ids.some((id) => ids.includes(id)));
  const cards = (await Promise.all(needed.map(({ address }) => readCards(address)))).flat();
  return ids.flatMap((id) => cards.filter(({ card }) => idsOf(card.dataset).includes(id)).slice(0, 1));
}

/** Blank cards that fill the last sheet of cards, or one more where too few would fit. */
function createBlanks(cards, perSheet) {
  const free = (perSheet - (cards % perSheet)) % perSheet;
  return Array.from({ length: free < FEWEST_BLANKS ? free + perSheet : free }, () => ({ card: createBlankCard() }));
}

/**
 * What the chosen parts hold. In: parts of { key, title, address }, whether checklists have their reasons, ids of the
 * cards chosen on other pages, all decks, and how many cards make a sheet.
 * Out: { plans, flows } (parts to flow over sheets), cards (each once), and the titles of what could not be loaded.
 */
export async function gather(parts, { reasons, chosen, decks, perSheet }) {
  const content = { plans: [], flows: [], cards: [], failed: [] };
  const read = async ({ key, address }) => {
    const [kind] = key.split(".");
    if (key === "cards.blank") return {};
    if (key === "cards.chosen") return { cards: await readChosen(chosen, decks) };
    if (["role", "ask", "answer"].includes(kind)) return { cards: await readCards(address) };
    const part = readPart(kind, await openPage(address), address.split("#")[1], reasons);
    return { [kind === "session" ? "plans" : "flows"]: [part] };
  };
  const results = await Promise.allSettled(parts.map(read));
  results.forEach(({ status, value }, place) => {
    if (status === "rejected") content.failed.push(parts[place].title);
    for (const [name, found] of Object.entries(value ?? {})) content[name].push(...found);
  });
  const seen = new Set();
  content.cards = content.cards.filter(({ card: { dataset: { id } } }) => !seen.has(id) && seen.add(id));
  if (parts.some(({ key }) => key === "cards.blank")) content.cards.push(...createBlanks(content.cards.length, perSheet));
  return content;
}
