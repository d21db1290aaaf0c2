// The clock on the wall in a named time zone, and the instant it stands for. The rules of the zones are the browser's.
import { dayNumber } from "./days.js";

const DAY = 86_400_000; // milliseconds
const MINUTE = 60_000;

/** Minutes since midnight of a time like '09:30' or '9:30', null for what is none. */
export function minuteOfDay(time) {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d\d)\s*$/.exec(time ?? "") ?? [];
  return hours < 24 && minutes < 60 ? hours * 60 + Number(minutes) : null;
}

/** What the clock in `zone` shows at an instant: { day: 'YYYY-MM-DD', time: 'HH:MM' }. */
export function wallClock(instant, zone) {
  const shown = new Date(Math.floor(shownAt(Number(instant), zone) / MINUTE) * MINUTE).toISOString();
  return { day: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/**
 * The instant at which the clock in `zone` shows `time` on `day`: { instant: Date, occurs: 'once'|'twice'|'never' }.
 *
 * As RFC 5545 (section 3.3.5) reads such times: one that occurs twice, as the clocks go back, is the first of the two;
 * one that never occurs, as they go forward, is as long after the change as the clock would have been without it
 * (02:30 becomes 03:30). An empty zone is the reader's own. Throws RangeError for a zone, day or time that is none.
 */
export function instantOf(day, time, zone) {
  const minutes = minuteOfDay(time);
  if (minutes === null) throw new RangeError(`“${time}” is not a time.`);
  const wall = dayNumber(day) * DAY + minutes * MINUTE;
  // No zone is more than 14 hours from UTC: a day on either side of it lie the offsets before and after any change.
  const [before, after] = [wall - DAY, wall + DAY].map((at) => shownAt(at, zone) - at);
  const found = [...new Set([before, after])].filter((offset) => shownAt(wall - offset, zone) === wall);
  const instant = found.length ? wall - Math.max(...found) : wall - before;
  return { instant: new Date(instant), occurs: ["never", "once", "twice"][found.length] };
}

/** What the clock in `zone` shows, as if it were UTC, in milliseconds since 1970. */
function shownAt(milliseconds, zone) {
  const parts = formatOf(zone).formatToParts(milliseconds);
  const { year, month, day, hour, minute, second } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second) + (milliseconds % 1000);
}

const formats = new Map(); // making one is slow

function formatOf(zone) {
  if (!formats.has(zone)) formats.set(zone, newFormat(zone));
  return formats.get(zone);
}

const newFormat = (zone) =>
  new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone: zone || undefined,
    hourCycle: "h23",
    ...Object.fromEntries(["year", "month", "day", "hour", "minute", "second"].map((part) => [part, "numeric"])),
  });

/**
 * The date of the interview in the reader's calendar, for `interview` of plan(): on the other side of the world it may
 * be the day before or after. Without any time of `people` [{ start: 'HH:MM' }] it is the day as given.
 */
export function readerDay(day, zone, people, readerZone = "") {
  const start = firstStart(day, zone, people);
  return start === null ? day : wallClock(start, readerZone).day;
}

/** The instant, in milliseconds, at which the first of `people` [{ start: 'HH:MM' }] is met; null: no time is known. */
export function firstStart(day, zone, people) {
  const times = people.filter(({ start }) => minuteOfDay(start) !== null);
  const starts = times.map(({ start }) => Number(instantOf(day, start, zone).instant));
  return starts.length ? Math.min(...starts) : null;
}
