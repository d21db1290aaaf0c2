// The days of a plan: what schedule.js makes of the record, as the reader's own calendar counts.
import { isFar, today } from "./days.js";
import { listsFor, plan } from "./schedule.js";
import { readerDay } from "./zones.js";

/** In: the record's plan; `items` of data/items.json; ids of those ticked. Out: as `plan`, or null without a day. */
export function scheduleOf({ interview, people }, items, ticked) {
  if (!interview.day) return null;
  const { zone, decision, outcome } = interview;
  const outcomeDay = outcome ? today() : null;
  const given = { items, today: today(), ticked, lists: listsFor(interview), decision, outcomeDay };
  if (isFar(interview.day, given.today)) return plan({ ...given, interview: interview.day }); // no clock knows its time
  return plan({ ...given, interview: readerDay(interview.day, zone, people) });
}
