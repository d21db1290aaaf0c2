// What the clock changes on the day: it offers the next person, and once the day is over it puts the notes first. It never
// turns the page under someone who writes.
import { isOver, personByClock } from "./day-order.js";
import { timesOf } from "./day-talk.js";

const MINUTE = 60_000; // milliseconds

/**
 * Follows the clock. In: `offer`, the element with a sentence and a button; `after`, the part to put first when the day is
 * over; `top`, what that part then stands behind; `day()`, as `readDay` gives it; `shown()` and `show(id)`, the person on
 * the page. Out: `look()`, to look at the clock now.
 */
export function followClock({ offer, after, top, day, shown, show }) {
  const [sentence, button] = offer.children;
  let next;

  function look() {
    const { plan, people, name } = day();
    next = personByClock(people, plan.interview, Date.now());
    const isNews = next && next.id !== shown();
    const words = isNews ? `By the clock: ${[timesOf(next), name(next)].filter(Boolean).join(", ")}.` : "";
    if (sentence.textContent !== words) sentence.textContent = words;
    button.hidden = !isNews;
    if (isOver(plan.interview, Date.now())) putFirst();
  }

  function putFirst() {
    if (top.nextElementSibling === after || top.parentElement.contains(document.activeElement)) return;
    top.after(after);
    after.open = true;
  }

  button.addEventListener("click", () => show(next.id));
  setInterval(look, MINUTE / 2);
  document.addEventListener("visibilitychange", look);
  return look;
}
