// Practice mode: draws a card, counts the time, and keeps the piles.
import { count, create, focusOn } from "./dom.js";
import { clock, draw, sort } from "./piles.js";
import { bindField, follow, offerUndo, save } from "./plan-fields.js";
import { forget, idsOf } from "./replaced.js";
import { read } from "./store.js";
import { startTimer } from "./timer.js";

const SITE = new URL("../../", import.meta.url);
const HTML = `
  <form class="si-form si-practice__choose">
    <fieldset><legend>What to practise</legend>
      <p><button type="button" class="si-btn si-btn--quiet" data-all="1">All</button>
        <button type="button" class="si-btn si-btn--quiet" data-all="">None</button></p>
      <div class="si-practice__decks"></div></fieldset>
    <p><label>Time for an answer <select><option value="60">1 minute</option><option value="90">90 seconds</option>
      <option value="120">2 minutes</option><option value="180">3 minutes</option><option value="0">No timer</option></select></label></p>
    <p class="si-practice__keys"><label><input type="checkbox"> Act on single keys</label>
      <small><kbd>W</kbd> what they look for, <kbd>A</kbd> again, <kbd>D</kbd> done, <kbd>P</kbd> pause</small></p>
    <p><button class="si-btn">Start</button> <button type="button" class="si-btn si-btn--quiet" data-do="over">Start these over</button></p>
    <p class="si-practice__sum"></p>
    <div class="si-practice__undo" role="status"></div>
  </form>
  <section class="si-practice__card" aria-label="Practice card" hidden>
    <p class="si-practice__top"><a></a> <span class="si-practice__sum"></span></p>
    <h2 tabindex="-1"></h2>
    <p class="si-practice__time"><span role="timer"></span> <progress aria-hidden="true"></progress></p>
    <p class="si-practice__said" role="status"></p>
    <dl hidden></dl>
    <div class="si-practice__acts"><button type="button" class="si-btn si-btn--quiet" data-do="look" aria-expanded="false">What they look for</button>
      <button type="button" class="si-btn si-btn--quiet" data-do="pause">Pause</button>
      <button type="button" class="si-btn si-btn--quiet" data-do="again">Again</button>
      <button type="button" class="si-btn" data-do="done">Done</button></div>
    <p><button type="button" class="si-btn si-btn--quiet" data-do="stop">Choose other cards</button></p>
  </section>
  <section class="si-practice__end" hidden><h2 tabindex="-1">All of these are done</h2>
    <p>Choose other skills, or start these over. A day later you will see what has stayed.</p>
    <p><button type="button" class="si-btn" data-do="stop">Choose cards</button></p></section>
  <p class="si-plan__said" role="status"></p>
  <div class="si-practice__piles si-on-paper"></div>`;

const KEYS = { w: "look", a: "again", d: "done", p: "pause" };
const PILES = { done: "Done", again: "To come again", left: "Not practised yet" };

export async function attach(place) {
  const response = await fetch(new URL("data/answer.json", SITE)).catch(() => null);
  if (!response?.ok) return; // what to do without scripts stays on the page
  const { questions, competencies } = await response.json();
  place.nextElementSibling.hidden = true;
  place.innerHTML = HTML;
  const find = (selector) => place.querySelector(selector);
  const [form, card, end] = [".si-practice__choose", ".si-practice__card", ".si-practice__end"].map(find);
  const doing = (name) => card.querySelector(`[data-do=${name}]`);
  const inCard = (selector) => card.querySelector(selector);
  const shown = [];
  let current = null;
  let timer = null;

  const chosen = ({ practice }) => questions.filter(({ competency }) => practice.competencies.includes(competency));

  // ---- Choosing

  const choose = ({ practice }, ids, isOn) => {
    practice.competencies = [...practice.competencies.filter((id) => !ids.includes(id)), ...(isOn ? ids : [])];
  };
  const decks = competencies.map(({ id, label }) => {
    const box = create("input", "");
    box.type = "checkbox";
    box.value = id;
    find(".si-practice__decks").append(create("label", "", box, create("span", "", label), create("small", "")));
    bindField(box, ({ practice }) => practice.competencies.includes(id), (record, isOn) => choose(record, [id], isOn));
    return box;
  });
  bindField(find("select"), ({ practice }) => practice.seconds, (record, value) => { record.practice.seconds = Number(value); });
  bindField(find(".si-practice__keys input"), ({ practice }) => practice.keys, (record, value) => { record.practice.keys = value; });
  form.addEventListener("click", ({ target }) => {
    if (target.dataset.all === undefined) return;
    save((record) => choose(record, competencies.map(({ id }) => id), Boolean(target.dataset.all)));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    next();
  });

  follow((record) => {
    const { done, again, left } = sort(chosen(record), record.practice.piles);
    const all = done.length + again.length + left.length;
    for (const sum of place.querySelectorAll(".si-practice__sum")) {
      sum.textContent = all ? `${done.length} of ${count(all, "card")} done, ${again.length} to come again.` : "Choose at least one skill.";
    }
    for (const box of decks) {
      const of = questions.filter(({ competency }) => competency === box.value);
      box.parentElement.lastChild.textContent = `${sort(of, record.practice.piles).done.length} of ${of.length}`;
    }
    find(".si-btn:not([type])").disabled = !all;
    find("[data-do=over]").disabled = !(done.length + again.length);
  });

  // ---- A card

  function view(section) {
    for (const one of [form, card, end]) one.hidden = one !== section;
    timer?.stop();
    focusOn(section.querySelector("h2, .si-btn:not([type])"));
  }

  function next() {
    const record = read();
    current = draw(chosen(record), record.practice.piles, shown);
    if (!current) return view(end);
    shown.push(current.id);
    inCard("h2").textContent = current.question;
    const link = inCard(".si-practice__top a");
    link.textContent = `${competencies.find(({ id }) => id === current.competency).label} · ${current.code}`;
    link.href = new URL(`answer/${current.competency}/#${current.id}`, SITE);
    const rows = current.back.map(([label, texts]) => [create("dt", "", label), ...texts.map((text) => create("dd", "", text))]);
    inCard("dl").replaceChildren(...rows.flat());
    look(false);
    view(card);
    startClock(record.practice.seconds);
  }

  function look(isOpen) {
    inCard("dl").hidden = !isOpen;
    doing("look").setAttribute("aria-expanded", String(isOpen));
  }

  function startClock(seconds) {
    const [time, said] = [inCard(".si-practice__time"), inCard(".si-practice__said")];
    said.textContent = "";
    time.hidden = doing("pause").hidden = !seconds;
    doing("pause").textContent = "Pause";
    timer = null;
    if (!seconds) return;
    timer = startTimer(seconds, (left, total) => {
      inCard("[role=timer]").textContent = clock(left);
      Object.assign(inCard("progress"), { max: total, value: total - left });
      if (left === Math.floor(total / 2)) said.textContent = "Half of the time is left.";
      if (!left) said.textContent = "Time is up. Finish your sentence.";
    });
  }

  function put(pile) {
    const card = current; // the change may run again later
    save(({ practice }) => {
      forget(card, practice.piles);
      practice.piles[card.id] = pile;
    });
    next();
  }

  const acts = {
    look: () => look(inCard("dl").hidden),
    pause() {
      if (!timer) return;
      if (timer.isPaused) timer.go();
      else timer.pause();
      doing("pause").textContent = timer.isPaused ? "Go on" : "Pause";
    },
    again: () => put("again"),
    done: () => put("done"),
    stop: () => view(form),
    over() {
      const record = read();
      const keys = chosen(record).flatMap(idsOf);
      const before = Object.fromEntries(Object.entries(record.practice.piles).filter(([key]) => keys.includes(key)));
      save(({ practice }) => { for (const key of keys) delete practice.piles[key]; });
      offerUndo(find(".si-practice__undo"), () => {
        save(({ practice }) => Object.assign(practice.piles, before));
        focusOn(find("[data-do=over]"));
      }, "Started over.");
    },
  };
  place.addEventListener("click", ({ target }) => acts[target.closest("button[data-do]")?.dataset.do]?.());
  addEventListener("keydown", (event) => {
    const act = KEYS[event.key.toLowerCase()];
    const isElsewhere = event.target.closest?.("input, textarea, select, dialog");
    if (!act || card.hidden || isElsewhere || event.ctrlKey || event.metaKey || event.altKey || !read().practice.keys) return;
    event.preventDefault();
    acts[act]();
  });

  // ---- Paper: the piles as lists

  addEventListener("beforeprint", () => {
    const record = read();
    const piles = sort(chosen(record).length ? chosen(record) : questions, record.practice.piles);
    const lists = Object.entries(PILES).filter(([pile]) => piles[pile].length).map(([pile, title]) => {
      const items = piles[pile].map(({ code, question }) => create("li", "", create("b", "", code), ` ${question}`));
      return create("section", "", create("h2", "", `${title}: ${items.length}`), create("ul", "si-plain", ...items));
    });
    find(".si-practice__piles").replaceChildren(...lists);
  });
}
