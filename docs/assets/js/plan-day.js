// On the day: the next person, what to ask them, and room to write down what they say. Afterwards the thank-you notes.
import { followClock } from "./day-clock.js";
import { Follower } from "./day-follow.js";
import { firstToShow } from "./day-order.js";
import { createPaper } from "./day-paper.js";
import { drawOpen, drawSpare, drawTalk } from "./day-talk.js";
import { createWhere } from "./day-where.js";
import { create, focusOn } from "./dom.js";
import { attachDrafts } from "./plan-after.js";
import { createWakeBox } from "./wake.js";

const TYPED_IN = "textarea, select, dialog *, input:not([type=checkbox])";
const KEYS = { ArrowLeft: -1, ArrowRight: 1 };

/** Out: a promise that is kept when the words of the questions are there, or cannot be had. */
export function attach(place) {
  const page = new DayPage(place);
  document.querySelector(".si-noscript").hidden = true;
  return page.drawn;
}

class DayPage {
  #place;
  #shown = location.hash.slice(1); // the id of the person on the page; in its address, so that a reload keeps it
  #follower = new Follower();
  #top = "";
  #look = () => {};

  constructor(place) {
    this.#place = place;
    this.#follower.followPeople(this.#find("rows"), this.#find("talk"), drawTalk);
    this.#follower.followPeople(this.#find("list"), this.#find("entry"), drawEntry);
    this.#attachAfter();
    this.#follower.follow((day) => this.#draw(day));
    this.#look = followClock({
      offer: this.#find("clock"),
      after: this.#find("after"),
      top: this.#find("where"),
      day: this.#follower.today,
      shown: () => this.#shown,
      show: (id) => this.#show(id, true),
    });
    this.#look();
    document.documentElement.classList.add("si-has-steps");
    this.#listen();
    this.drawn = this.#load();
  }

  #find = (name) => this.#place.querySelector(`.si-day__${name}`);
  #elementOf = (id) => this.#find("rows").querySelector(`[data-row="${CSS.escape(id)}"]`);

  #attachAfter() {
    const after = this.#find("after");
    const why = document.querySelector(".si-day__why");
    after.firstElementChild.after(why);
    why.hidden = false;
    attachDrafts(after, this.#follower, (id) => {
      this.#show(id);
      focusOn(this.#elementOf(id).querySelector("[data-field=hook]"));
    });
  }

  // ---- Drawing

  #draw(day) {
    const { plan, people } = day;
    this.#place.hidden = !people.length;
    document.querySelector(".si-day__empty").hidden = people.length > 0;
    if (!people.length) return;
    if (!people.some(({ id }) => id === this.#shown)) this.#setShown(firstToShow(people, plan, Date.now()).id);
    const top = JSON.stringify(plan.interview);
    if (top !== this.#top) this.#find("where").replaceChildren(...createWhere(plan.interview));
    this.#top = top;
    const shared = [drawSpare(this.#find("spare"), day, () => this.#shown), drawOpen(this.#find("open"), day)];
    this.#find("spares").hidden = !shared.includes(true);
    this.#drawShown(day);
  }

  #drawShown({ people, name }) {
    const at = people.findIndex(({ id }) => id === this.#shown);
    for (const element of this.#find("rows").children) element.hidden = element.dataset.row !== this.#shown;
    for (const entry of this.#find("list").children) {
      entry.firstElementChild.setAttribute("aria-current", String(entry.dataset.row === this.#shown));
    }
    const position = `${at + 1} of ${people.length}`;
    if (this.#find("at").textContent !== position + name(people[at])) {
      this.#find("at").replaceChildren(position, create("small", "", name(people[at])));
    }
    for (const button of this.#place.querySelectorAll("[data-step]")) {
      button.setAttribute("aria-disabled", String(!people[at + Number(button.dataset.step)]));
    }
  }

  // ---- Who is shown

  #setShown(id) {
    this.#shown = id;
    history.replaceState(history.state, "", `#${id}`);
  }

  /** Show a person. The focus goes to the name if `moves`, or if it was on what is hidden now. */
  #show(id, moves = false) {
    const loses = moves || this.#find("rows").contains(document.activeElement);
    this.#setShown(id);
    this.#draw(this.#follower.today());
    this.#look();
    const heading = this.#elementOf(id).querySelector("h2");
    if (loses) heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }

  #step(by) {
    const { people } = this.#follower.today();
    const next = people[people.findIndex(({ id }) => id === this.#shown) + by];
    if (next) this.#show(next.id);
  }

  #listen() {
    this.#find("steps").addEventListener("click", ({ target }) => this.#step(Number(target.closest("[data-step]")?.dataset.step)));
    this.#find("list").addEventListener("click", ({ target }) => {
      const entry = target.closest("[data-row]");
      if (entry) this.#show(entry.dataset.row, true);
    });
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest?.(TYPED_IN)) return;
      if (KEYS[event.key] && !this.#place.hidden) this.#step(KEYS[event.key]);
    });
    addEventListener("hashchange", () => {
      const id = location.hash.slice(1);
      if (this.#elementOf(id)) this.#show(id);
    });
    addEventListener("beforeprint", () => this.#find("paper").replaceChildren(...createPaper(this.#follower.today())));
    const awake = createWakeBox((sentence) => { this.#find("said").textContent = sentence; });
    if (awake) this.#find("now").after(awake);
  }

  /** Fetch the words of the questions; when that fails, say so, and try again when asked or when back online. */
  #load() {
    const lost = this.#find("lost");
    const load = async () => { lost.hidden = await this.#follower.load(); };
    lost.querySelector("button").addEventListener("click", load);
    addEventListener("online", () => lost.hidden || load());
    return load();
  }
}

/** A person in the list of all: the time, the name, and what is still missing. */
function drawEntry(element, person, { plan, name, start }) {
  const dealt = plan.hands[person.id] ?? [];
  const asked = dealt.filter((id) => plan.asked[person.id]?.includes(id));
  const missing = [!person.hook.trim() && "no hook yet", asked.length < dealt.length && `${asked.length} of ${dealt.length} asked`];
  const [time, who, rest] = element.querySelectorAll("span");
  time.textContent = start(person);
  who.textContent = name(person);
  rest.textContent = missing.filter(Boolean).join(", ");
}
