// On the front page: with a day in the plan, marks the moment the reader is at.
import { onChange, read } from "./store.js";

/**
 * The place, from 0, of the moment that a plan is at, in the order of the moments in vocabulary.yml; null without a day.
 * In: `interview` of the plan; whole days from today to the interview, negative when it is over.
 */
export function placeOf({ day, outcome }, daysLeft) {
  if (!day) return null;
  if (outcome) return 6;
  if (daysLeft > 7) return 0;
  if (daysLeft > 1) return 1;
  return { 1: 2, 0: 3, [-1]: 4 }[daysLeft] ?? 5;
}

export function attach(stops) {
  const show = async ({ plan: { interview } }) => {
    const { daysBetween, today } = interview.day ? await import("./days.js") : {};
    const here = interview.day ? placeOf(interview, daysBetween(today(), interview.day)) : null;
    [...stops.children].forEach((stop, place) => {
      stop.classList.toggle("is-here", place === here);
      if (place === here) stop.setAttribute("aria-current", "step");
      else stop.removeAttribute("aria-current");
    });
  };
  onChange(show);
  show(read());
}
