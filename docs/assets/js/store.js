// Saves the record (record.js) in this browser, under one key. Nothing leaves the browser.
// Every write reads what is saved afresh and changes only its own part, so two open tabs do not overwrite each other.
import { today } from "./days.js";
import { clean, empty, hasPlan, merge, migrate, Newer, parse } from "./record.js";

export const KEY = "second-interview";
const UNREADABLE = `${KEY}-unreadable`; // what stood under KEY and was no record: kept until the reader erases it
// What was ticked before a page's script had come, written by the lines in main.html until ticks.js takes over: id of an
// item -> the time in ms, or 0 where a tick was taken away. The next change that is saved takes it in.
const EARLY = `${KEY}-early`;
const ALL = [KEY, UNREADABLE, EARLY];

const listeners = [];
let waiting = []; // changes that the browser has refused to save, in order

/** What is saved, and why it cannot be written over: "newer", "full", "forbidden" or null. */
function load() {
  let text = null;
  try {
    text = localStorage.getItem(KEY);
    return { record: takeInEarly(text ? migrate(JSON.parse(text)) : empty()), why: null };
  } catch (error) {
    if (error instanceof Newer) return { record: empty(), why: "newer" };
    return { record: empty(), why: text === null ? "forbidden" : setAside(text) };
  }
}

function takeInEarly(record) {
  const early = attempt(() => JSON.parse(localStorage.getItem(EARLY)));
  for (const [id, time] of Object.entries(early ?? {})) {
    if (time) record.ticks[id] ??= today(new Date(time));
    else delete record.ticks[id];
  }
  return record;
}

function setAside(text) {
  try {
    localStorage.setItem(UNREADABLE, text);
    localStorage.removeItem(KEY);
    return null;
  } catch {
    return "full";
  }
}

/** The record, with the changes that could not be saved. */
export function read() {
  const { record } = load();
  for (const change of waiting) change(record);
  return record;
}

/**
 * Change the record with `change(record)` and save it. The change may run more than once: make ids and dates outside.
 * Out: { saved, why }; when the browser refuses (`why`: "full" or "forbidden"), or a newer version of the site has
 * been here ("newer"), the change is kept in memory and tried again with the next one.
 */
export function update(change) {
  let { record, why } = load();
  waiting.push(change);
  for (const each of waiting) each(record);
  record = clean(record);
  if (!why) why = write(record);
  if (!why) waiting = [];
  tell(record);
  return { saved: !why, why };
}

/** Why a record could not be written, or null. */
function write(record) {
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
    localStorage.removeItem(EARLY);
    return null;
  } catch (error) {
    return error.name === "QuotaExceededError" ? "full" : "forbidden";
  }
}

function tell(record) {
  for (const listener of listeners) listener(record);
}

/** Call `listener(record)` whenever the record has changed, here or in another tab. */
export function onChange(listener) {
  if (!listeners.length) {
    addEventListener("storage", ({ key }) => {
      if (key === KEY || key === EARLY || key === null) tell(read());
    });
    // A page that comes back as it was left has heard of nothing since.
    addEventListener("pageshow", ({ persisted }) => { if (persisted) tell(read()); });
  }
  listeners.push(listener);
}

/** An id that no other row has, such as “person-k3v9x2ab”. */
export const newId = (prefix) => `${prefix}-${[...crypto.getRandomValues(new Uint8Array(8))].map((byte) => (byte % 36).toString(36)).join("")}`;

/** The record as the text of a file. */
export const exportText = () => JSON.stringify(read(), null, 2);

/** Whether taking over this file would have to choose between two plans. Throws as `importText` does. */
export const isSecondPlan = (file) => hasPlan(parse(file)) && hasPlan(read());

/**
 * Take over the text of an exported file: ticks, chosen cards and practised ones are added to those here. Its plan takes
 * the place of an empty one, and of any when `takesPlan`. Out: as `update`, and `undo()`. Throws with a sentence to show.
 */
export function importText(file, takesPlan = false) {
  const other = parse(file);
  const undo = createUndo();
  return { ...update((here) => merge(here, other, hasPlan(other) && (takesPlan || !hasPlan(here)))), undo };
}

/** Forget everything. Out: a function that brings it back. */
export function erase() {
  const undo = createUndo();
  waiting = [];
  for (const key of ALL) attempt(() => localStorage.removeItem(key));
  tell(read());
  return undo;
}

function createUndo() {
  const before = ALL.map((key) => [key, attempt(() => localStorage.getItem(key))]);
  const [...changes] = waiting;
  return () => {
    for (const [key, text] of before) attempt(() => (text ? localStorage.setItem(key, text) : localStorage.removeItem(key)));
    waiting = changes;
    tell(read());
  };
}

function attempt(action) {
  try {
    return action();
  } catch {
    return null; // storage is forbidden: there is nothing there
  }
}

/** What stood here and could not be read, to save as a file; null when there is none. */
export const unreadable = () => attempt(() => localStorage.getItem(UNREADABLE));

export { migrate };
