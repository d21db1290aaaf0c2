// The days of a plan: what schedule.js makes of the record, as the reader's own clock and calendar count.
import { daysBetween, isFar, today } from "./days.js";
import { listsFor, minutesLeft, plan } from "./schedule.js";
import { firstStart, minuteOfDay, readerDay, wallClock } from "./zones.js";

const MINUTE = 60_000; // milliseconds

/** In: the record's plan; `items` of data/items.json; ids of those ticked. Out: as `plan`, or null without a day. */
export function scheduleOf({ interview, people }, items, ticked) {
  if (!interview.day) return null;
  const { decision, outcome } = interview;
  const outcomeDay = outcome ? today() : null;
  const given = { items, today: today(), ticked, lists: listsFor(interview), decision, outcomeDay };
  if (isFar(interview.day, given.today)) return plan({ ...given, interview: interview.day }); // no clock knows its time
  const day = readerDay(interview.day, interview.zone, people);
  return plan({ ...given, interview: day, minutesLeft: leftToday(interview, people, daysBetween(given.today, day)) });
}

/** The minutes that the reader's clock leaves today to prepare, null where they do not matter or nobody knows. */
function leftToday({ day, zone }, people, daysLeft) {
  if (daysLeft !== 0 && daysLeft !== 1) return null;
  const now = Date.now();
  const start = firstStart(day, zone, people);
  return minutesLeft(daysLeft, minuteOfDay(wallClock(now, "").time), start === null ? null : (start - now) / MINUTE);
}
