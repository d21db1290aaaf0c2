// All that the site remembers: one versioned record in this browser, under one key. Nothing leaves the browser.
// Every write reads the record afresh and changes only its own part, so two open tabs do not overwrite each other.

export const KEY = "second-interview";
export const VERSION = 2;

/** The ways to lay out cards on paper, the first by default (sheets.js says what each is). */
const ORDERS = ["fold", "duplex", "stacks", "fronts"];
const PAPERS = ["a4", "letter", "both"];
const FARTHEST = 10; // mm that a printer may be off

const noPrint = () => ({ paper: null, order: ORDERS[0], offset: [0, 0], chosen: [] });
const empty = () => ({ version: VERSION, ticks: {}, scheme: null, print: noPrint() });

// From the version that is the index to the next. Version 0 is a record without a number.
const MIGRATIONS = [
  (old) => ({ ...old, version: 1, ticks: old.ticks ?? {}, scheme: old.scheme ?? null }),
  (old) => ({ ...old, version: 2, print: noPrint() }),
];

/** How to print, with what is not valid left out: paper, order, mm that backs move right and down, ids of chosen cards. */
function cleanPrint(print) {
  const { paper, order, offset, chosen } = { ...noPrint(), ...print };
  const inReach = (mm) => Number.isFinite(mm) && Math.abs(mm) <= FARTHEST;
  return {
    paper: PAPERS.includes(paper) ? paper : null,
    order: ORDERS.includes(order) ? order : ORDERS[0],
    offset: Array.isArray(offset) && offset.length === 2 && offset.every(inReach) ? offset : [0, 0],
    chosen: Array.isArray(chosen) ? [...new Set(chosen.filter((id) => typeof id === "string"))] : [],
  };
}

/** A record of today's version from one of any earlier version; throws on what is not a record of ours. */
export function migrate(record) {
  if (record === null || typeof record !== "object" || Array.isArray(record)) throw new Error("This is not a file of this site.");
  let version = record.version ?? 0;
  if (!Number.isInteger(version) || version < 0) throw new Error("This is not a file of this site.");
  if (version > VERSION) throw new Error("This file was made by a newer version of the site.");
  for (; version < VERSION; version += 1) record = MIGRATIONS[version](record);
  if (typeof record.ticks !== "object" || record.ticks === null) throw new Error("This is not a file of this site.");
  const ticks = Object.fromEntries(Object.entries(record.ticks).filter(([, day]) => typeof day === "string"));
  const scheme = ["light", "dark"].includes(record.scheme) ? record.scheme : null;
  return { ...empty(), ...record, ticks, scheme, print: cleanPrint(record.print) };
}

/** What is saved, or an empty record when there is nothing, or nothing readable. */
export function read() {
  try {
    const text = localStorage.getItem(KEY);
    return text ? migrate(JSON.parse(text)) : empty();
  } catch {
    return empty();
  }
}

/** Change the record with `change(record)` and save it. False when the browser refuses to save. */
export function update(change) {
  const record = read();
  change(record);
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
  } catch {
    return false;
  }
  for (const listener of listeners) listener(record);
  return true;
}

const listeners = [];

/** Call `listener(record)` whenever the record has changed, here or in another tab. */
export function onChange(listener) {
  listeners.push(listener);
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) listener(read());
  });
}

/** The record as the text of a file. */
export const exportText = () => JSON.stringify(read(), null, 2);

/** Take over the text of an exported file: its ticks and chosen cards are added to those here. Throws with a sentence to show. */
export function importText(text) {
  let record;
  try {
    record = migrate(JSON.parse(text));
  } catch (error) {
    throw error instanceof SyntaxError ? new Error("This is not a file of this site.") : error;
  }
  return update((here) => {
    Object.assign(here.ticks, record.ticks);
    here.scheme = record.scheme ?? here.scheme;
    const { paper, order, offset, chosen } = record.print;
    here.print = {
      paper: paper ?? here.print.paper,
      order: order === ORDERS[0] ? here.print.order : order,
      offset: offset.some(Boolean) ? offset : here.print.offset,
      chosen: [...new Set([...here.print.chosen, ...chosen])],
    };
  });
}

/** Forget everything. */
export const erase = () => localStorage.removeItem(KEY);
