// Who is next on the day of the interview, by the clock. Pure: the instant is handed in.
import { minuteOfDay, wallClock } from "./zones.js";

/** What the clock of the interview shows, { day, time }; the reader's own clock when its zone is unknown here. */
export function clockOf({ zone }, instant) {
  try {
    return wallClock(instant, zone);
  } catch {
    return wallClock(instant, "");
  }
}

/** Whether the day of the interview has ended where it takes place. */
export const isOver = (interview, instant) => interview.day !== null && clockOf(interview, instant).day > interview.day;

/**
 * The person whose talk is on at an instant, or comes next; after the last talk the last person. Undefined on another
 * day, and while no start is known.
 * In: the people in order ({ start: 'HH:MM' or '', minutes: number or null }), and the interview ({ day, zone }).
 */
export function personByClock(people, interview, instant) {
  const { day, time } = clockOf(interview, instant);
  if (interview.day !== day || !people.some(({ start }) => minuteOfDay(start) !== null)) return undefined;
  return people.find((_, place) => endOf(people, place) > minuteOfDay(time)) ?? people.at(-1);
}

/** The minute of the day at which a talk ends: by its length, else as the next one starts. */
function endOf(people, place) {
  const { start, minutes } = people[place];
  const from = minuteOfDay(start);
  if (from !== null && minutes) return from + minutes;
  const later = people.slice(place + 1).map((person) => minuteOfDay(person.start));
  return later.find((next) => next !== null && next > (from ?? -1)) ?? Infinity;
}

/** Whom to show first: by the clock, else the first of whom nothing is written down yet, else the last. */
export function firstToShow(people, { interview, asked }, instant) {
  const isFresh = ({ id, note, hook, promised, answered }) => !(note + hook + promised + answered).trim() && !asked[id]?.length;
  return personByClock(people, interview, instant) ?? people.find(isFresh) ?? people.at(-1);
}
