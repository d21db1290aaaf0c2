// Practice: which card comes next, and what is on which pile. Pure.
import { savedOf } from "./replaced.js";

const REST = 3; // other cards that come before one marked "again" returns

/**
 * The next card: at random from those that are not done, and none that has just been shown.
 * In: `questions` [{ id, was }]; `piles`, question -> "again" or "done"; `shown`, ids in the order they were shown;
 * `random()`, from 0 up to 1. Out: a question, or null when all are done.
 */
export function draw(questions, piles, shown, random = Math.random) {
  const open = questions.filter((question) => savedOf(question, piles) !== "done");
  // With few cards left they have to come back sooner.
  for (let rest = Math.min(REST, open.length - 1); rest >= 0; rest -= 1) {
    const resting = rest ? shown.slice(-rest) : [];
    const ready = open.filter(({ id }) => !resting.includes(id));
    if (ready.length) return ready[Math.floor(random() * ready.length)];
  }
  return null;
}

/** The questions by pile: { done, again, left }. */
export function sort(questions, piles) {
  const sorted = { done: [], again: [], left: [] };
  for (const question of questions) sorted[savedOf(question, piles) ?? "left"].push(question);
  return sorted;
}

/** Minutes and seconds, as in 1:05. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
