// What the site remembers: the shape of the record, its versions, and what can be kept of a damaged one. Pure.

export const VERSION = 4;

const FOREIGN = "This is not a file of this site.";
const NEWER = "This file was made by a newer version of the site.";

/** Thrown for a record of a version that this page does not know yet. */
export class Newer extends Error {}

// ---- Kinds of value. Each takes (value, path, spoilt), returns what is valid or its default, and calls `spoilt(path)`
// ---- for a value that is there and not valid.

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";

const kind = (isValid, otherwise) => (value, path, spoilt) => {
  if (isValid(value)) return value;
  if (value !== undefined) spoilt(path);
  return otherwise;
};
const text = kind(isText, "");
const maybe = (isValid) => kind((value) => value === null || isValid(value), null);
const maybeText = maybe(isText);
const day = maybe((value) => {
  const time = isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value); // 31 February would become 3 March
});
const time = kind((value) => isText(value) && /^(([01]\d|2[0-3]):[0-5]\d)?$/.test(value), "");
const oneOf = (...words) => maybe((value) => words.includes(value));
const number = (least, most) => (value) => Number.isFinite(value) && value >= least && value <= most;

const listOf = (isValid) => (value, path, spoilt) => {
  const found = Array.isArray(value) ? [...new Set(value.filter(isValid))] : [];
  if (value !== undefined && value?.length !== found.length) spoilt(path);
  return found;
};
const ids = listOf(isText);

const mapOf = (each) => (value, path, spoilt) => {
  if (value !== undefined && !isObject(value)) spoilt(path);
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(entries.map(([key, one]) => [key, each(one, `${path}.${key}`, spoilt)]).filter(([, one]) => one !== undefined));
};
const entry = (isValid) => kind(isValid, undefined); // of a map: left out when it is not valid

const shape = (fields) => (value, path, spoilt) => {
  if (value !== undefined && !isObject(value)) spoilt(path);
  const from = isObject(value) ? value : {};
  return Object.fromEntries(Object.entries(fields).map(([name, clean]) => [name, clean(from[name], `${path}.${name}`, spoilt)]));
};

const rowsOf = (fields) => (value, path, spoilt) => {
  const isRow = (row, place, all) => isText(row?.id) && row.id && all.findIndex((other) => other?.id === row.id) === place;
  const found = Array.isArray(value) ? value.filter(isRow) : [];
  if (value !== undefined && value?.length !== found.length) spoilt(path);
  return found.map((row, place) => ({ id: row.id, ...shape(fields)(row, `${path}.${place + 1}`, spoilt) }));
};

// ---- The record

/** The ways to lay out cards on paper, the first by default (sheets.js says what each is). */
const ORDERS = ["fold", "duplex", "stacks", "fronts"];
/** mm that a printer may be off each way: MOST_OFFSET in macros/shop.py. */
export const FARTHEST = 10;

const isOffset = (value) => Array.isArray(value) && value.length === 2 && value.every(number(-FARTHEST, FARTHEST));
const offset = (value, path, spoilt) => [...kind(isOffset, [0, 0])(value, path, spoilt)];

const PRINT = shape({
  paper: oneOf("a4", "letter", "both"),
  order: kind((value) => ORDERS.includes(value), ORDERS[0]),
  offset, // mm that backs move right and down
  chosen: ids, // cards
});

const PLAN = shape({
  interview: shape({
    company: text,
    job: text,
    candidate: text,
    day,
    zone: text, // IANA name; empty: the browser's
    place: text,
    link: text,
    format: oneOf("in-person", "video", "phone"),
    level: maybeText, // id of a level
    decision: day, // by which they promised to decide
    outcome: oneOf("offer", "no-offer"),
  }),
  people: rowsOf({
    name: text,
    role: maybeText, // id of a role; null: not known yet
    team: text,
    panel: maybeText, // people who name the same one share a conversation
    start: time,
    minutes: maybe(number(1, 1440)),
    note: text,
    hook: text, // one thing that only this person said
    promised: text,
    answered: text,
    letter: maybeText, // their thank-you note as the candidate wrote it; null: as it is drafted
  }), // in the order they are met
  own: rowsOf({ text, roles: ids }), // questions of the candidate's own
  hands: mapOf(ids), // person -> questions, as are pins and asked
  pins: mapOf(ids),
  asked: mapOf(ids),
  dropped: ids,
  twice: maybeText, // the question to ask two people
  seed: kind(number(0, Number.MAX_SAFE_INTEGER), 0),
  spare: ids,
  inWriting: ids,
  kit: shape({ copies: maybe(number(0, 99)), pieces: rowsOf({ what: text, proves: text }) }), // null: see kit.js
  doubts: rowsOf({ doubt: text, proof: text, who: text, settled: kind((value) => typeof value === "boolean", false) }),
  said: rowsOf({ what: text, said: text, who: text }),
  stories: rowsOf({ name: text, did: text, came: text, competencies: ids }),
  wanted: ids, // competencies that the advert asks for
});

const RECORD = shape({
  version: () => VERSION,
  ticks: mapOf(entry(isText)), // item -> the day it was ticked
  scheme: oneOf("light", "dark"),
  print: PRINT,
  plan: PLAN,
  practice: shape({
    competencies: ids,
    seconds: kind(number(0, 3600), 120), // 0: no timer
    keys: kind((value) => typeof value === "boolean", true), // whether single letters act
    piles: mapOf(entry((value) => value === "again" || value === "done")), // question -> pile
  }),
});

/** A record in which nothing is saved yet. */
export const empty = () => clean({});

/** A record of today's version with every part valid: what is not valid is left out, all else is kept. */
export const clean = (record) => RECORD(record, "", () => {});

// From the version that is the index to the next. Version 0 is a record without a number. `clean` adds what is missing.
const MIGRATIONS = [
  (old) => ({ ...old, version: 1 }),
  (old) => ({ ...old, version: 2 }), // print
  (old) => ({ ...old, version: 3 }), // plan and practice
  (old) => ({ ...old, version: 4 }), // letter
];

function upgrade(record) {
  if (!isObject(record)) throw new Error(FOREIGN);
  const version = record.version ?? 0;
  if (!Number.isInteger(version) || version < 0) throw new Error(FOREIGN);
  if (version > VERSION) throw new Newer(NEWER);
  return MIGRATIONS.slice(version).reduce((old, next) => next(old), record);
}

/** A clean record from one of any version. Throws Newer, or Error for what is no record of ours. */
export const migrate = (record) => clean(upgrade(record));

/** The record in the text of an exported file. Throws, with a sentence to show, for one that is foreign, damaged or newer. */
export function parse(file) {
  let record;
  try {
    record = JSON.parse(file);
  } catch {
    throw new Error(FOREIGN);
  }
  if (!isObject(record?.ticks)) throw new Error(FOREIGN);
  const spoilt = [];
  const found = RECORD(upgrade(record), "", (path) => spoilt.push(path.slice(1)));
  if (spoilt.length) throw new Error(`This file is damaged at “${spoilt[0]}”.`);
  return found;
}

/** Whether anything of a plan has been entered. */
export const hasPlan = ({ plan }) => JSON.stringify(plan) !== JSON.stringify(empty().plan);

/** Adds to `here` what is in `other`: ticks, chosen cards and piles come together; the plan as the last argument says. */
export function merge(here, other, takesPlan) {
  Object.assign(here.ticks, other.ticks);
  here.scheme = other.scheme ?? here.scheme;
  const { paper, order, offset: shift, chosen } = other.print;
  here.print = {
    paper: paper ?? here.print.paper,
    order: order === ORDERS[0] ? here.print.order : order,
    offset: shift.some(Boolean) ? shift : here.print.offset,
    chosen: [...new Set([...here.print.chosen, ...chosen])],
  };
  Object.assign(here.practice.piles, other.practice.piles);
  if (takesPlan) here.plan = other.plan;
}
