// The day as the page says it: the plan, with the words of the questions and roles that it names by id.
import { inOrder } from "./day-order.js";

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

function wordsOf({ questions, roles }) {
  const ids = (card) => [card.id, ...(card.was ?? [])]; // a card answers for those it replaced
  return {
    questions: new Map(questions.flatMap((card) => ids(card).map((id) => [id, card]))),
    roles: new Map(roles.map(({ id, label }) => [id, label])),
  };
}

const spell = (id) => (id ?? "").replaceAll("-", " ");

/**
 * The day as it is said. Out: plan; people, in the order they are met; role(id), its label or ""; name(person), the name,
 * else the role, else the place in the day; question(id, role), { text, more, link }, or null for one of the candidate's
 * own that is gone. A question without words is called by its id, with a link to its card while all words are missing.
 */
export function readDay({ plan }, words) {
  const people = inOrder(plan.people);
  const role = (id) => words.roles.get(id) ?? spell(id);
  const name = (person) => {
    const label = role(person.role);
    return person.name.trim() || label.charAt(0).toUpperCase() + label.slice(1) || `Person ${people.indexOf(person) + 1}`;
  };
  const question = (id, asked = null) => {
    const mine = plan.own.find((one) => one.id === id);
    if (mine) return { text: mine.text, more: "" };
    if (id.startsWith("own-")) return null;
    const card = words.questions.get(id);
    if (card) return { text: card.question, more: moreOf(card) };
    const link = words === NO_WORDS ? new URL(`${asked ? `for/${asked}/` : ""}#${id}`, CARDS).href : undefined;
    return { text: spell(id), more: "", link };
  };
  return { plan, people, role, name, question };
}

const moreOf = ({ code, timing, follow_up: then }) =>
  [code, timing === "late" && "not as the first question", then && `then ask: ${then}`].filter(Boolean).join(" · ");
