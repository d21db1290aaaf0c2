// Plain dates, 'YYYY-MM-DD', and the one place that asks which of them is today. They are counted in UTC, where every
// day has 24 hours, so daylight saving cannot lose or double one.

const DAY = 86_400_000; // milliseconds
const TEN_YEARS = 3653; // days

/** The day on the reader's own clock and calendar, of now or of another moment. UTC may have another, for up to 14 hours. */
export function today(now = new Date()) {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Whole days from 1970-01-01 to `day`. Throws RangeError for what is no date, such as '2027-02-30'. */
export function dayNumber(day) {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00Z`) : NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) throw new RangeError(`“${day}” is not a date.`);
  return time / DAY;
}

/** The date `count` days after `day`, before it when negative. */
export const addDays = (day, count) => new Date((dayNumber(day) + count) * DAY).toISOString().slice(0, 10);

/** Days from one date to another, negative when `to` is earlier. */
export const daysBetween = (from, to) => dayNumber(to) - dayNumber(from);

/** Whether a day is more than ten years from `today`: mistyped, not meant. */
export const isFar = (day, today) => Math.abs(daysBetween(today, day)) > TEN_YEARS;

/** The date `count` working days (Monday to Friday) after `day`. Holidays differ from place to place and count here. */
export function addWorkingDays(day, count) {
  let found = day;
  while (count > 0) {
    found = addDays(found, 1);
    if (![0, 6].includes(new Date(dayNumber(found) * DAY).getUTCDay())) count -= 1;
  }
  return found;
}
