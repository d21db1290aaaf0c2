// The days of a plan: what schedule.js makes of the record, as the reader's own calendar counts.
import { today } from "./days.js";
import { listsFor, plan } from "./schedule.js";
import { readerDay } from "./zones.js";

/** In: the plan of the record; `items` of data/items.json; ids of those that are ticked. Out: as `plan`, or null without a day. */
export function scheduleOf({ interview, people }, items, ticked) {
  if (!interview.day) return null;
  const { zone, decision, outcome } = interview;
  const day = readerDay(interview.day, zone, people);
  return plan({ items, interview: day, today: today(), ticked, lists: listsFor(interview), decision, outcomeDay: outcome ? today() : null });
}
