// On the day: the next person, what to ask them, and room to write down what they say. Afterwards the thank-you notes.
import { followClock } from "./day-clock.js";
import { firstToShow } from "./day-order.js";
import { createPaper } from "./day-paper.js";
import { drawSpare, drawTalk } from "./day-talk.js";
import { createWhere } from "./day-where.js";
import { loadWords, NO_WORDS, readDay } from "./day-words.js";
import { create } from "./dom.js";
import { attachDrafts } from "./plan-after.js";
import { bindRows, follow } from "./plan-fields.js";
import { read } from "./store.js";
import { createWakeBox } from "./wake.js";

const TYPED_IN = "textarea, select, dialog *, input:not([type=checkbox])";
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

export function attach(place) {
  const find = (name) => place.querySelector(`.si-day__${name}`);
  const [rows, list, where, said] = ["rows", "list", "where", "said"].map(find);
  let words = NO_WORDS;
  let shown = location.hash.slice(1); // the id of the person on the page; in its address, so that a reload keeps it
  const dayOf = (record) => readDay(record, words);
  const today = () => dayOf(read());
  const elementOf = (id) => rows.querySelector(`[data-row="${CSS.escape(id)}"]`);

  // ---- Drawing: when the record has changed, and again when the words of the questions are here

  const again = [];
  function followDay(draw) {
    again.push((record) => draw(dayOf(record)));
    follow(again.at(-1));
  }
  function followPeople(list, template, draw) {
    const drawAll = (day) => day.people.forEach((person, at) => draw(list.children[at], person, day));
    bindRows({ list, template, of: (record) => dayOf(record).people, draw: (element, person, _, record) => draw(element, person, dayOf(record)) });
    again.push((record) => drawAll(dayOf(record)));
  }

  let top;
  function drawPage(day) {
    const { plan, people, name } = day;
    place.hidden = !people.length;
    document.querySelector(".si-day__empty").hidden = people.length > 0;
    if (!people.length) return;
    if (!people.some(({ id }) => id === shown)) setShown(firstToShow(people, plan, Date.now()).id);
    if (top !== JSON.stringify(plan.interview)) where.replaceChildren(...createWhere(plan.interview));
    top = JSON.stringify(plan.interview);
    find("spares").hidden = !drawSpare(find("spare"), day, () => shown);
    drawShown(people, name);
  }

  function drawShown(people, name) {
    const at = people.findIndex(({ id }) => id === shown);
    for (const element of rows.children) element.hidden = element.dataset.row !== shown;
    for (const entry of list.children) entry.firstElementChild.setAttribute("aria-current", String(entry.dataset.row === shown));
    const position = `${at + 1} of ${people.length}`;
    if (find("at").textContent !== position + name(people[at])) find("at").replaceChildren(position, create("small", "", name(people[at])));
    for (const button of place.querySelectorAll("[data-step]")) {
      button.setAttribute("aria-disabled", String(!people[at + Number(button.dataset.step)]));
    }
  }

  // ---- Who is shown

  function setShown(id) {
    shown = id;
    history.replaceState(history.state, "", `#${id}`);
  }

  /** Show a person. The focus goes to the name if `moves`, or if it was on what is hidden now. */
  function show(id, moves = false) {
    const loses = moves || rows.contains(document.activeElement);
    setShown(id);
    drawPage(today());
    look();
    const heading = elementOf(id).querySelector("h2");
    if (loses) heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const { people } = today();
    const next = people[people.findIndex(({ id }) => id === shown) + by];
    if (next) show(next.id);
  }

  followPeople(rows, find("talk"), drawTalk);
  followPeople(list, find("entry"), drawEntry);
  attachDrafts(find("after"), {
    followPeople,
    followDay,
    write(id) {
      show(id);
      elementOf(id).querySelector("[data-field=hook]").focus();
    },
  });
  followDay(drawPage);
  const look = followClock({ offer: find("clock"), after: find("after"), top: where, day: today, shown: () => shown, show: (id) => show(id, true) });
  look();

  for (const button of place.querySelectorAll("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  list.addEventListener("click", ({ target }) => {
    const entry = target.closest("[data-row]");
    if (entry) show(entry.dataset.row, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest?.(TYPED_IN)) return;
    if (STEPS[event.key] && !place.hidden) step(STEPS[event.key]);
  });
  addEventListener("hashchange", () => {
    if (elementOf(location.hash.slice(1))) show(location.hash.slice(1));
  });

  // ---- What needs the browser

  async function load() {
    const found = await loadWords();
    words = found ?? NO_WORDS;
    find("lost").hidden = found !== null;
    for (const draw of again) draw(read());
  }
  find("lost").querySelector("button").addEventListener("click", load);
  addEventListener("online", () => find("lost").hidden || load());
  load();

  const awake = createWakeBox((sentence) => { said.textContent = sentence; });
  if (awake) find("now").after(awake);
  addEventListener("beforeprint", () => find("paper").replaceChildren(...createPaper(today())));
  const why = document.querySelector(".si-day__why");
  find("after").firstElementChild.after(why);
  why.hidden = false;
  document.querySelector(".si-noscript").hidden = true;
}

/** A person in the list of all: the time, the name, and what is still missing. */
function drawEntry(element, person, { plan, name }) {
  const dealt = plan.hands[person.id] ?? [];
  const asked = dealt.filter((id) => plan.asked[person.id]?.includes(id));
  const missing = [!person.hook.trim() && "no hook yet", asked.length < dealt.length && `${asked.length} of ${dealt.length} asked`];
  const [time, who, rest] = element.querySelectorAll("span");
  time.textContent = person.start;
  who.textContent = name(person);
  rest.textContent = missing.filter(Boolean).join(", ");
}
