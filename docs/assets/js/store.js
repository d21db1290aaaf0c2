// All that the site remembers: one versioned record in this browser, under one key. Nothing leaves the browser.
// Every write reads the record afresh and changes only its own part, so two open tabs do not overwrite each other.

export const KEY = "second-interview";
export const VERSION = 1;

const empty = () => ({ version: VERSION, ticks: {}, scheme: null });

// From the version that is the index to the next. Version 0 is a record without a number.
const MIGRATIONS = [(old) => ({ ...old, version: 1, ticks: old.ticks ?? {}, scheme: old.scheme ?? null })];

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
  return { ...empty(), ...record, ticks, scheme };
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
    return true;
  } catch {
    return false;
  }
}

/** Call `listener(record)` whenever another tab has changed the record. */
export function onChange(listener) {
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) listener(read());
  });
}

/** The record as the text of a file. */
export const exportText = () => JSON.stringify(read(), null, 2);

/** Take over the text of an exported file: its ticks are added to those here. Throws with a sentence to show. */
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
  });
}

/** Forget everything. */
export const erase = () => localStorage.removeItem(KEY);
