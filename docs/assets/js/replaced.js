// A record by its id and by those it took the place of (`was`), under which readers may have saved it; and a question
// by its id, the candidate's own among them. Pure.

/** The code of a question of the candidate's own. */
export const OWN = "Mine";

/** The ids of a record, its own first. In: { id, was }, or the dataset of an element, where `was` is a text. */
export const idsOf = ({ id, was = [] }) => [id, ...(was.match?.(/\S+/g) ?? was)];

/** What is saved of a record in a map by id, undefined when nothing is. */
export const savedOf = (record, saved) => saved[idsOf(record).find((id) => saved[id])];

/** Take a record out of a map by id. Changes the map. */
export function forget(record, saved) {
  for (const id of idsOf(record)) delete saved[id];
}

/** The records as a Map, each under all of its ids. */
export const byId = (records) => new Map(records.flatMap((record) => idsOf(record).map((id) => [id, record])));

/** A question by its id: one of the plan's `own`, else of `cards`, made by byId; undefined when gone or empty. */
export function questionOf(id, cards, own) {
  const mine = own.find((one) => one.id === id);
  if (!mine) return cards.get(id);
  return mine.text.trim() ? { ...mine, question: mine.text, code: OWN } : undefined;
}
