// The day as the page says it: the plan, with the words of the questions and roles that it names by id.
import { readPeople } from "./people.js";
import { byId, questionOf } from "./replaced.js";

const FILE = new URL("../../data/ask.json", import.meta.url);
const CARDS = new URL("../../ask/", import.meta.url);
const PATIENCE = 8000; // milliseconds

/** No words at all, as while they are on their way: { questions, roles }, each by id. */
export const NO_WORDS = { questions: new Map(), roles: new Map() };

/** The words of the site's questions and roles, fetched once and then kept; null when they cannot be had. */
export async function loadWords() {
  // The second try takes what the planner's other pages have left in the browser, however old.
  for (const cache of ["default", "force-cache"]) {
    const found = await fetch(FILE, { cache, signal: AbortSignal.timeout(PATIENCE) }).then((answer) => answer.json()).catch(() => null);
    if (found) return wordsOf(found);
  }
  return null;
}

const wordsOf = ({ questions, roles }) =>
  ({ questions: byId(questions), roles: new Map(roles.map(({ id, label }) => [id, label])) });

/**
 * The day as it is said. Out: what readPeople gives; the plan; question(id, role), { text, more, link }, or null for one
 * of the candidate's own that is gone. A question without words is called by its id, with a link to its card while all
 * words are missing.
 */
export function readDay({ plan }, words) {
  const question = (id, asked = null) => {
    const found = questionOf(id, words.questions, plan.own);
    if (found) return { text: found.question, more: moreOf(found) };
    if (id.startsWith("own-")) return null;
    const link = words === NO_WORDS ? new URL(`${asked ? `for/${asked}/` : ""}#${id}`, CARDS).href : undefined;
    return { text: id.replaceAll("-", " "), more: "", link };
  };
  return { ...readPeople(plan, words.roles), plan, question };
}

const moreOf = ({ code, timing, follow_up: then }) =>
  [code, timing === "late" && "not as the first question", then && `then ask: ${then}`].filter(Boolean).join(" · ");
