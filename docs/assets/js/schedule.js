// Puts the items of the checklists on their days, and says what gives way when too few days are left.
//
// The rules, in this order:
// 1. What is ticked keeps its day. So does, once the interview is over, all that was to be done before or during it.
// 2. An essential item whose day is still to come stays on that day.
// 3. One whose day has passed moves: what takes minutes to today, the rest evenly over the days that are left, in the
//    order of the plan, until a day holds `limit` minutes. What finds no room is named in `misfits`.
// 4. Useful items get what room is left. One on its own day gives way only where something had to move to that day.
//    The others are named in `dropped`.
// On the interview day itself only an hour of preparation fits, and what stands closest to the interview comes first.
// What is overdue after the interview is for today, up to the limit, and then for the next days.
import { addDays, addWorkingDays, daysBetween, isFar } from "./days.js";

export const LIMIT = 150; // minutes a day; only what has always stood on a day may make it longer
export const LIMIT_ON_THE_DAY = 60; // minutes of preparation on the interview day
export const DEFAULT_MINUTES = 10; // an item that does not say
const QUICK = 5; // minutes: an overdue item as short as this is for today
const DAYS_AFTER = 3; // days over which what is overdue after the interview is spread
const STEP = 5; // minutes, in the search for an even load

/** The item that a promised decision date moves. */
export const CHASE = "waiting-chase-once";

const OUTCOMES = ["offer", "no-offer"];
const AFTER = ["within-24-hours", "waiting", ...OUTCOMES];
const ALWAYS = ["invited", "week-before", "day-before", "on-the-day", "within-24-hours", "waiting"];

/** The checklists that apply. `format`: 'video' or anything else; `outcome`: 'offer', 'no-offer' or null. */
export function listsFor({ format = null, outcome = null } = {}) {
  return [...ALWAYS, ...(format === "video" ? ["video"] : []), ...(OUTCOMES.includes(outcome) ? [outcome] : [])];
}

/** The day to ask for news: the second working day after the date they promised to decide by. */
export const chaseDay = (decision) => addWorkingDays(decision, 2);

/**
 * The plan. Every item of `lists` is in exactly one of rows, past, dropped, misfits and undated. None is in any of them
 * when the interview is `far`: nobody plans such a day item by item.
 *
 * In: `items` [{ id, list, priority, when, minutes?, … }] in the order of the checklists, `when` in days from the
 * interview; `interview` and `today` as 'YYYY-MM-DD', both as the reader's calendar counts; `ticked` ids; `lists`
 * slugs (see listsFor); `limit` minutes a day; `decision`, the date promised, or null; `outcomeDay`, the date from which
 * items without a day are to be done, or null to leave them undated.
 *
 * Out: { interview, today, daysLeft, far, limit, decision, compressed, rows, past, dropped, misfits, undated }. `far`:
 * more than ten years away or ago; a `decision` so far off is null. A row is { day, offset (days from the interview),
 * label, past, minutes, items }: `minutes` are those of the items not ticked, without what is done during the interview;
 * each item has `ticked` and `movedFrom` (the date it had, or null). `rows` begin today, `past` ends yesterday. `dropped`
 * and `misfits` hold { item, day, why }. Throws RangeError for what is not a date.
 */
export function plan({
  items,
  interview,
  today,
  ticked = [],
  lists = listsFor(),
  limit = LIMIT,
  decision = null,
  outcomeDay = null,
}) {
  const daysLeft = daysBetween(today, interview);
  const far = isFar(interview, today);
  const done = new Set(ticked);
  const promised = decision && !isFar(decision, today) ? decision : null;
  const dated = (item) => dateOf(item, { interview, decision: promised, outcomeDay });
  const ours = far ? [] : items.filter(({ list }) => lists.includes(list));
  const entries = ours.map((item) => entryOf(item, dated(item), done));
  const undated = entries.filter(({ day }) => day === null).map(({ item }) => item);
  const open = entries.filter(({ day, item }) => day !== null && !item.ticked);

  const before = arrange(open.filter(isPreparation), daysToPrepare({ today, interview, daysLeft: far ? -1 : daysLeft, limit }));
  const after = arrange(open.filter(({ item }) => isAfter(item)), daysAfter(today, limit));
  const out = [...before.out, ...after.out];

  const gone = new Set(out.map(({ entry }) => entry));
  const placed = entries.filter((entry) => entry.day !== null && !gone.has(entry));
  const rows = toRows(placed, interview, today);
  const named = (useful) => out.filter(({ entry }) => isUseful(entry) === useful).map(toNote);
  return {
    interview,
    today,
    daysLeft,
    far,
    limit,
    decision: promised,
    compressed: out.length > 0 || placed.some(({ item }) => item.movedFrom),
    rows: rows.filter((row) => !row.past),
    past: rows.filter((row) => row.past),
    dropped: named(true),
    misfits: named(false),
    undated,
  };
}

// ------------------------------------------------------------------ the items, one by one

const isAfter = (item) => AFTER.includes(item.list);
const isUseful = ({ item }) => item.priority === "useful";
const isPreparation = ({ item }) => !isAfter(item) && item.when < 0;

function dateOf(item, { interview, decision, outcomeDay }) {
  if (item.id === CHASE && decision) return chaseDay(decision);
  if (item.when == null) return isAfter(item) ? outcomeDay : null;
  return addDays(interview, item.when);
}

const minutesOf = (item) => (item.minutes > 0 ? item.minutes : DEFAULT_MINUTES);

// `day` is where the entry stands and changes as it is placed; `planned` is where the checklist has it.
const entryOf = (item, day, done) => ({
  item: { ...item, ticked: done.has(item.id), movedFrom: null },
  minutes: minutesOf(item),
  planned: day,
  day,
});

// ------------------------------------------------------------------ room

const range = (first, count) => Array.from({ length: count }, (_, index) => addDays(first, index));

/** The days on which to prepare, each with its limit in minutes. None once the interview is over: all keeps its day. */
function daysToPrepare({ today, interview, daysLeft, limit }) {
  if (daysLeft === 0) return [{ day: interview, limit: Math.min(limit, LIMIT_ON_THE_DAY), onTheDay: true }];
  return range(today, Math.max(daysLeft, 0)).map((day) => ({ day, limit }));
}

const daysAfter = (today, limit) => range(today, DAYS_AFTER).map((day) => ({ day, limit, soon: true }));

/**
 * Give every entry one of `days` [{ day, limit, onTheDay?, soon? }], or put it out. Changes the entries' days.
 * Returns { out: [{ entry, why }] }. Entries later than the last of the days keep theirs.
 */
function arrange(entries, days) {
  if (!days.length) return { out: [] };
  const loads = new Map(days.map(({ day }) => [day, 0]));
  const crowded = new Set(); // days that something had to move to
  const late = (entry) => entry.planned < days[0].day;
  const overdue = inOrder(entries.filter(late), days);
  const onTime = entries.filter((entry) => !late(entry));

  for (const entry of onTime) if (!isUseful(entry)) take(entry, entry.day, loads);
  const misfits = spread(overdue.filter((entry) => !isUseful(entry)), days, loads, crowded);
  const yielding = giveWay(onTime.filter(isUseful), days, loads, crowded);
  const dropped = spread(overdue.filter(isUseful), days, loads, crowded);
  return { out: [...misfits, ...dropped].map((entry) => ({ entry, why: whyNot(entry, days) })).concat(yielding) };
}

/** Overdue entries as the plan has them; on the interview day what stands closest to it first. */
function inOrder(entries, days) {
  const sign = days[0].onTheDay ? -1 : 1;
  return [...entries].sort((a, b) => sign * daysBetween(b.planned, a.planned));
}

function take(entry, day, loads) {
  if (day !== entry.planned) Object.assign(entry, { day, item: { ...entry.item, movedFrom: entry.planned } });
  if (loads.has(day)) loads.set(day, loads.get(day) + entry.minutes);
}

/** Place overdue entries at the lowest level that holds them all, or else at the limit (`soon`: at once at the limit).
 *  Returns those without room. */
function spread(entries, days, loads, crowded) {
  const highest = Math.max(...days.map(({ limit }) => limit));
  let trial;
  for (let level = days[0].soon ? highest : STEP; ; level += STEP) {
    trial = fit(entries, days, loads, level);
    if (!trial.left.length || level >= highest) break;
  }
  for (const [entry, day] of trial.places) {
    take(entry, day, loads);
    crowded.add(day);
  }
  return trial.left;
}

/** Each entry on the first day where it stays within `level` minutes: { places: Map entry → day, left }. */
function fit(entries, days, loads, level) {
  const loaded = new Map(loads);
  const places = new Map();
  for (const entry of entries) {
    const ceiling = ({ limit }, index) => (index === 0 && entry.minutes <= QUICK ? limit : Math.min(level, limit));
    const found = days.find((day, index) => loaded.get(day.day) + entry.minutes <= ceiling(day, index));
    if (!found) continue;
    places.set(entry, found.day);
    loaded.set(found.day, loaded.get(found.day) + entry.minutes);
  }
  return { places, left: entries.filter((entry) => !places.has(entry)) };
}

/** Useful entries on their own days. Returns those that give way, as { entry, why }. */
function giveWay(entries, days, loads, crowded) {
  const limits = new Map(days.map(({ day, limit }) => [day, limit]));
  return entries.flatMap((entry) => {
    const full = crowded.has(entry.day) && loads.get(entry.day) + entry.minutes > limits.get(entry.day);
    if (full) return [{ entry, why: `That day is full (${limits.get(entry.day)} minutes) with what is essential.` }];
    take(entry, entry.day, loads);
    return [];
  });
}

function whyNot({ minutes }, days) {
  const when = days.length === 1 ? "today" : `on each of the next ${days.length} days`;
  return `Its day has passed. It takes ${Math.round(minutes)} minutes, and the ${days[0].limit} minutes ${when} are spoken for.`;
}

// ------------------------------------------------------------------ what comes out

const toNote = ({ entry, why }) => ({ item: entry.item, day: entry.planned, why });

function toRows(entries, interview, today) {
  const days = [...new Set(entries.map(({ day }) => day))].sort();
  return days.map((day) => {
    const here = entries.filter((entry) => entry.day === day).sort((a, b) => phase(a) - phase(b));
    const offset = daysBetween(interview, day);
    const work = here.filter((entry) => !entry.item.ticked && phase(entry) !== DURING);
    return {
      day,
      offset,
      label: day === today ? "today" : distance(offset),
      past: day < today,
      minutes: Math.round(work.reduce((sum, { minutes }) => sum + minutes, 0)),
      items: here.map(({ item }) => item),
    };
  });
}

// The order on the interview day: what is still to prepare, what to do there, what comes after.
const DURING = 1;
const phase = (entry) => (isPreparation(entry) ? 0 : isAfter(entry.item) ? 2 : DURING);

/** How far a day is from that of the interview, in words that stay true. */
export function distance(offset) {
  if (offset === 0) return "the interview day";
  const side = offset < 0 ? "before" : "after";
  return Math.abs(offset) === 1 ? `the day ${side}` : `${Math.abs(offset)} days ${side}`;
}
