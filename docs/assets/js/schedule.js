// Puts the items of the checklists on their days, and says what gives way when too few days are left.
//
// The rules, in this order:
// 1. What is ticked keeps its day. So does, once the interview is over, all that was to be done before or during it.
// 2. An essential item whose day is still to come stays on that day.
// 3. One whose day has passed moves: what takes minutes to today, the rest evenly over the days that are left, in the
//    order of the plan, until a day holds `limit` minutes. What finds no room is named in `misfits`.
// 4. Useful items get what room is left. One on its own day gives way only where something had to move to that day.
//    The others are named in `dropped`.
// What an item calls `always` is never put out, whatever it takes.
// When the interview is today or tomorrow, there is only today, and what the clock leaves of it. Then what is never
// dropped comes first, the essential next, the useful last, and in each what stands closest to the interview. The first
// that finds no room ends its kind, so that nothing small and far away takes the last minutes.
// What is overdue after the interview is for today, up to the limit, and then for the next days.
import { addDays, addWorkingDays, daysBetween, isFar } from "./days.js";

export const LIMIT = 150; // minutes a day; only what has always stood on a day may make it longer
export const LIMIT_ON_THE_DAY = 75; // minutes of preparation on the interview day
export const DEFAULT_MINUTES = 10; // an item that does not say
const QUICK = 5; // minutes: an overdue item as short as this is for today
const DAYS_AFTER = 3; // days over which what is overdue after the interview is spread
const STEP = 5; // minutes, in the search for an even load
const BEDTIME = 23 * 60; // minutes after midnight: no preparation is worth more than sleep from then on,
const MORNING = 5 * 60; // nor before this on the interview day
const SHARE = 1 / 2; // of the time until the first talk, when it is today: the rest is for the way

/** The item that a promised decision date moves. */
export const CHASE = "waiting-chase-once";

const OUTCOMES = ["offer", "no-offer"];
const AFTER = ["within-24-hours", "waiting", ...OUTCOMES];
const EVERY_PLAN = ["invited", "week-before", "day-before", "on-the-day", "within-24-hours", "waiting"];

/** The checklists that apply. `format`: 'video' or anything else; `outcome`: 'offer', 'no-offer' or null. */
export function listsFor({ format = null, outcome = null } = {}) {
  return [...EVERY_PLAN, ...(format === "video" ? ["video"] : []), ...(OUTCOMES.includes(outcome) ? [outcome] : [])];
}

/** The day to ask for news: the second working day after the date they promised to decide by. */
export const chaseDay = (decision) => addWorkingDays(decision, 2);

/**
 * The minutes that the clock leaves to prepare, for `minutesLeft` of plan. The interview is tomorrow: until bedtime. It is
 * today: a share of the time until the first talk, below zero once that has begun, null when its time is not known.
 * In: daysLeft, 0 or 1; the minute of the reader's day; minutes until the first talk, or null.
 */
export function minutesLeft(daysLeft, minute, untilTalk) {
  if (daysLeft > 0) return Math.max(0, BEDTIME - minute);
  if (untilTalk !== null && untilTalk <= 0) return -1;
  if (minute < MORNING || minute >= BEDTIME) return 0;
  return untilTalk === null ? null : Math.floor(untilTalk * SHARE);
}

/**
 * The plan. Every item of `lists` is in exactly one of rows, past, dropped, misfits and undated. None is in any of them
 * when the interview is `far`: nobody plans such a day item by item.
 *
 * In: `items` [{ id, list, priority, when, always?, minutes?, … }] in the order of the checklists, `when` in days from
 * the interview; `interview` and `today` as 'YYYY-MM-DD', both as the reader's calendar counts; `ticked` ids; `lists`
 * slugs (see listsFor); `limit` minutes a day; `minutesLeft` of today by the clock (see there), or null, which matters
 * when the interview is today or tomorrow; `decision`, the date promised, or null; `outcomeDay`, the date from which
 * items without a day are to be done, or null to leave them undated.
 *
 * Out: { interview, today, daysLeft, far, short, limit, decision, compressed, rows, past, dropped, misfits, undated }.
 * `far`: more than ten years away or ago; a `decision` so far off is null. `short`: today or tomorrow. A row is { day,
 * offset (days from the interview), label, past, minutes, items }: `minutes` are those of the items not ticked, without
 * what is done during the interview; each item has `ticked` and `movedFrom` (the date it had, or null). `rows` begin
 * today, `past` ends yesterday. `dropped` and `misfits` hold { item, day, why }. Throws RangeError for what is not a date.
 */
export function plan({
  items,
  interview,
  today,
  ticked = [],
  lists = listsFor(),
  limit = LIMIT,
  minutesLeft: left = null,
  decision = null,
  outcomeDay = null,
}) {
  const daysLeft = daysBetween(today, interview);
  const far = isFar(interview, today);
  const short = daysLeft === 0 || daysLeft === 1;
  const done = new Set(ticked);
  const promised = decision && !isFar(decision, today) ? decision : null;
  const dated = (item) => dateOf(item, { interview, decision: promised, outcomeDay });
  const ours = far ? [] : items.filter(({ list }) => lists.includes(list));
  const entries = ours.map((item) => entryOf(item, dated(item), done));
  const undated = entries.filter(({ day }) => day === null).map(({ item }) => item);
  const open = entries.filter(({ day, item }) => day !== null && !item.ticked);

  const toPrepare = open.filter(isPreparation);
  const before = short
    ? squeeze(toPrepare, today, roomToday({ daysLeft, limit, left }))
    : arrange(toPrepare, daysToPrepare(today, far ? 0 : daysLeft, limit));
  const after = arrange(open.filter(({ item }) => isAfter(item)), daysAfter(today, limit));
  const out = [...before, ...after];

  const gone = new Set(out.map(({ entry }) => entry));
  const placed = entries.filter((entry) => entry.day !== null && !gone.has(entry));
  const rows = toRows(placed, { interview, today, order: short ? inOrderOfNeed : inOrderOfPhase });
  const named = (useful) => out.filter(({ entry }) => isUseful(entry) === useful).map(toNote);
  return {
    interview,
    today,
    daysLeft,
    far,
    short,
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
const isAlways = ({ item }) => item.always === true;
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
const daysToPrepare = (today, daysLeft, limit) => range(today, Math.max(daysLeft, 0)).map((day) => ({ day, limit }));

/** The minutes to prepare today when that is the last day; below zero once the interview has begun. */
const roomToday = ({ daysLeft, limit, left }) => Math.min(daysLeft ? limit : LIMIT_ON_THE_DAY, limit, left ?? limit);

const daysAfter = (today, limit) => range(today, DAYS_AFTER).map((day) => ({ day, limit, soon: true }));

/**
 * Give every entry one of `days` [{ day, limit, soon? }], or put it out. Changes the entries' days.
 * Returns those put out, as [{ entry, why }]. Entries later than the last of the days keep theirs.
 */
function arrange(entries, days) {
  if (!days.length) return [];
  const loads = new Map(days.map(({ day }) => [day, 0]));
  const crowded = new Set(); // days that something had to move to
  const late = (entry) => entry.planned < days[0].day;
  const overdue = entries.filter(late).sort((a, b) => daysBetween(b.planned, a.planned));
  const onTime = entries.filter((entry) => !late(entry));
  const mayYield = (entry) => isUseful(entry) && !isAlways(entry);

  for (const entry of onTime) if (!mayYield(entry)) take(entry, entry.day, loads);
  for (const entry of spread(overdue.filter(isAlways), days, loads, crowded)) take(entry, days[0].day, loads);
  const misfits = spread(overdue.filter((entry) => !isUseful(entry) && !isAlways(entry)), days, loads, crowded);
  const yielding = giveWay(onTime.filter(mayYield), days, loads, crowded);
  const dropped = spread(overdue.filter(mayYield), days, loads, crowded);
  return [...misfits, ...dropped].map((entry) => ({ entry, why: whyNot(entry, days) })).concat(yielding);
}

/**
 * Put all that is to prepare on `today`, the last day, as far as `limit` minutes go. Changes the entries' days and
 * returns those put out, as `arrange`. Once the interview has begun (a limit below zero) all keeps its day.
 */
function squeeze(entries, today, limit) {
  if (limit < 0) return [];
  const loads = new Map([[today, 0]]);
  const sorted = [...entries].sort(inOrderOfNeed);
  for (const entry of sorted.filter(isAlways)) take(entry, today, loads);
  const others = sorted.filter((entry) => !isAlways(entry));
  const out = [];
  for (const kind of [others.filter((entry) => !isUseful(entry)), others.filter(isUseful)]) {
    while (kind.length && loads.get(today) + kind[0].minutes <= limit) take(kind.shift(), today, loads);
    out.push(...kind);
  }
  return out.map((entry) => ({ entry, why: whyNotToday(entry, today, limit) }));
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

function whyNotToday(entry, today, limit) {
  if (limit < entry.minutes) return `It takes ${Math.round(entry.minutes)} minutes, and too little of today is left.`;
  if (entry.planned < today) return whyNot(entry, [{ limit }]);
  return `That day is full (${limit} minutes) with what is essential.`;
}

// ------------------------------------------------------------------ what comes out

const toNote = ({ entry, why }) => ({ item: entry.item, day: entry.planned, why });

function toRows(entries, { interview, today, order }) {
  const days = [...new Set(entries.map(({ day }) => day))].sort();
  return days.map((day) => {
    const here = entries.filter((entry) => entry.day === day).sort(order);
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
const inOrderOfPhase = (a, b) => phase(a) - phase(b);

// The order when the interview is today or tomorrow: what is never dropped, the essential, the useful, and of each what
// stands closest to the interview.
function turn(entry) {
  if (isAfter(entry.item)) return 4;
  if (isAlways(entry)) return 0;
  if (phase(entry) === DURING) return 3;
  return isUseful(entry) ? 2 : 1;
}

function inOrderOfNeed(a, b) {
  return turn(a) - turn(b) || daysBetween(a.planned, b.planned);
}

/** How far a day is from that of the interview, in words that stay true. */
export function distance(offset) {
  if (offset === 0) return "the interview day";
  const side = offset < 0 ? "before" : "after";
  return Math.abs(offset) === 1 ? `the day ${side}` : `${Math.abs(offset)} days ${side}`;
}
