// My interview: the day, the people, and the questions dealt to them.
import { create, focusOn } from "./dom.js";
import { isJoined, join, mend } from "./panels.js";
import { capital, readPeople } from "./people.js";
import { bindForm, bindRows, follow, save } from "./plan-fields.js";
import { dealFor, exchange, instead, isStale, leaveOut, pin, reasons } from "./plan-questions.js";
import { byId, questionOf } from "./replaced.js";
import { read } from "./store.js";

const SITE = new URL("../../", import.meta.url);
const MOST = 12; // people
const OFFERS = 6; // other questions to swap for

const options = (terms, first) => [new Option(first, ""), ...terms.map(({ id, label }) => new Option(capital(label), id))];

function zones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [new Option(`Mine (${own})`, ""), ...Intl.supportedValuesOf("timeZone").map((zone) => new Option(zone.replaceAll("_", " "), zone))];
}

export async function attach(place) {
  const response = await fetch(new URL("data/ask.json", SITE)).catch(() => null);
  if (!response?.ok) return; // what to do without scripts stays on the page
  const data = await response.json();
  const find = (selector) => place.querySelector(selector);
  const act = (name) => find(`[data-act=${name}]`);
  const labels = new Map([...data.roles, ...data.topics].map(({ id, label }) => [id, label]));
  const labelOf = (id) => labels.get(id) ?? "a question of your own";
  const cards = byId(data.questions);
  const dayOf = (plan) => ({ ...readPeople(plan, labels), question: (id) => questionOf(id, cards, plan.own) });
  const numbered = ({ people, name }, person) => `${people.indexOf(person) + 1}. ${name(person)}`;
  let told = []; // why the last deal falls short

  // ---- The day and the people

  find("#si-zone").append(...zones());
  find("#si-level").append(...options(data.levels.filter(({ id }) => id !== "any"), "Neither early career nor senior"));
  find(".si-plan__person").content.querySelector("select").append(...options(data.roles, "I do not know yet"));
  bindForm(find("form"), ({ plan }) => plan.interview);

  const people = find(".si-plan__people");
  bindRows({
    list: people,
    template: find(".si-plan__person"),
    add: act("add-person"),
    of: ({ plan }) => plan.people,
    prefix: "person",
    make: () => ({ panel: null }),
    said: find(".si-plan__gone"),
    most: MOST,
    draw(element, person, at, { plan }) {
      element.querySelector("legend").textContent = numbered(dayOf(plan), person);
      element.querySelector(".si-plan__together").hidden = at === 0;
      element.querySelector(".si-plan__together input").checked = isJoined(plan.people, at);
    },
  });
  people.addEventListener("change", ({ target }) => {
    if (!target.closest(".si-plan__together")) return;
    const { row } = target.closest("[data-row]").dataset;
    const isOn = target.checked;
    save(({ plan }) => join(plan.people, plan.people.findIndex(({ id }) => id === row), isOn));
  });
  follow(({ plan }) => {
    if (mend(structuredClone(plan.people))) save((record) => mend(record.plan.people));
  });

  const own = find(".si-plan__own");
  own.querySelector("template").content.querySelector("select").append(...options(data.roles, "Anyone"));
  bindRows({
    list: own.querySelector("ol"),
    template: own.querySelector("template"),
    add: act("add-own"),
    of: ({ plan }) => plan.own,
    prefix: "own",
    said: find(".si-plan__own-gone"),
    draw: (element, { roles }) => { element.querySelector(".si-plan__answers").value = roles[0] ?? ""; },
  });
  own.addEventListener("change", ({ target }) => {
    if (!target.matches(".si-plan__answers")) return;
    const { row } = target.closest("[data-row]").dataset;
    const roles = target.value ? [target.value] : [];
    save(({ plan }) => { Object.assign(plan.own.find(({ id }) => id === row) ?? {}, { roles }); });
  });

  // ---- The questions

  function button(label, [person, question, name], isOn = null) {
    const made = create("button", "si-btn si-btn--quiet", label);
    made.type = "button";
    Object.assign(made.dataset, { person, question, name });
    if (isOn !== null) made.setAttribute("aria-pressed", String(isOn));
    return made;
  }

  function createAsk(plan, person, id, question) {
    const link = create("a", "", question.code);
    if (question.topic) link.href = new URL(`ask/${question.topic}/#${question.id}`, SITE);
    const key = (name) => [person.id, id, name];
    const notes = [question.timing === "late" && "not first", plan.twice === id && "asked twice, to compare"].filter(Boolean).join(", ");
    const acts = create("p", "si-plan__acts",
      button("Pin", key("pin"), plan.pins[person.id]?.includes(id) ?? false), button("Swap", key("swap")),
      button("Not this one", key("drop")), button("Ask two people", key("twice"), plan.twice === id));
    return create("li", "", create("p", "si-plan__ask", question.question, " ", link, notes ? create("small", "", ` ${notes}`) : ""), acts);
  }

  function createHand(plan, person, day) {
    const about = [day.role(person), person.team, day.start(person)].filter(Boolean).join(", ");
    const heading = create("h3", "", `${numbered(day, person)} `, create("small", "", about));
    const hand = (plan.hands[person.id] ?? []).filter(day.question);
    const asks = hand.map((id) => createAsk(plan, person, id, day.question(id)));
    return create("section", "", heading, asks.length ? create("ol", "", ...asks) : create("p", "", "No question yet."));
  }

  function createRest(title, ids, { question: wordsOf }) {
    const found = ids.map(wordsOf).filter(Boolean);
    const items = found.map(({ question, code }) => create("li", "", `${question} `, create("small", "", code)));
    return found.length ? [create("section", "", create("h3", "", title), create("ul", "", ...items))] : [];
  }

  function state(plan) {
    if (!plan.people.length) return "Add the people first.";
    if (!Object.keys(plan.hands).length) return "Three for each, none of them twice, and two to spare.";
    const isOld = isStale(plan, dayOf(plan).question);
    if (isOld) return "Your people or questions have changed since you dealt. Deal them once more: pinned ones stay.";
    return "Pin what must stay. The rest changes when you deal again.";
  }

  follow(({ plan }) => {
    const day = dayOf(plan);
    const isDealt = Object.keys(plan.hands).length > 0;
    const { person, question, name } = document.activeElement?.dataset ?? {};
    const hands = day.people.map((one) => createHand(plan, one, day));
    const spare = createRest("To spare", plan.spare, day);
    const rest = [...spare, ...createRest("Better sent in writing", plan.inWriting, day)];
    if (plan.dropped.length) {
      const back = button(`Bring back ${plan.dropped.length} left out`, ["", "", "back"]);
      rest.push(create("p", "si-plan__acts", back));
    }
    find(".si-plan__hands").replaceChildren(...(isDealt ? [...hands, ...rest] : []));
    find(".si-plan__state").textContent = state(plan);
    act("deal").disabled = !plan.people.length;
    act("again").hidden = !isDealt;
    find(".si-plan__short").replaceChildren(...told.map((text) => create("li", "", text)));
    const same = name && [...find(".si-plan__hands").querySelectorAll(`[data-name=${name}]`)];
    focusOn(same?.find(({ dataset }) => dataset.person === person && dataset.question === question));
  });

  function dealNow(isAgain) {
    const { plan } = read();
    const { dealt, apply } = dealFor(plan, data, isAgain);
    told = reasons(dealt, (id) => dayOf(plan).name({ id }), labelOf);
    save((record) => apply(record.plan));
    const lacking = told.length ? " Read below who has too few and what is left out." : "";
    find(".si-plan__done").textContent = `Dealt ${Object.values(dealt.hands).flat().length} questions.${lacking}`;
  }

  function offerSwap(personId, questionId) {
    const { plan } = read();
    const day = dayOf(plan);
    const dialog = find(".si-plan__swap");
    const offers = instead(plan, data, personId, questionId).slice(0, OFFERS).map(({ id, uncovers }) => {
      const { question, code } = day.question(id);
      const choice = button(`${question} ${code}`, [personId, questionId, "take"]);
      choice.dataset.other = id;
      const loss = uncovers.length ? create("small", "", `Then nobody is asked about “${uncovers.map(labelOf).join("” or “")}”.`) : "";
      return create("li", "", choice, loss);
    });
    dialog.querySelector("ul").replaceChildren(...(offers.length ? offers : [create("li", "", "Nothing else suits them. Add a question of your own.")]));
    dialog.showModal();
    focusOn(dialog.querySelector("button")); // Safari 16 leaves it on the page
  }

  const acts = {
    pin: (person, question, on) => save(({ plan }) => pin(plan, person, question, !on)),
    swap: offerSwap,
    take(person, question, _, other) {
      find(".si-plan__swap").close();
      save(({ plan }) => exchange(plan, person, question, other));
      find(".si-plan__done").textContent = "Swapped, and pinned.";
      focusOn(find(`.si-plan__hands [data-question="${other}"][data-name=swap]`));
    },
    drop(person, question) {
      const change = leaveOut(read().plan, data, person, question);
      save(({ plan }) => change(plan));
      find(".si-plan__done").textContent = "Left out. The best other one has its place.";
      focusOn(find(".si-plan__hands [data-name=back]") ?? act("deal"));
    },
    twice(person, question, on) {
      save(({ plan }) => {
        plan.twice = on ? null : question;
        if (!on) pin(plan, person, question, true);
      });
      dealNow(false);
    },
    back() {
      save(({ plan }) => { plan.dropped = []; });
      focusOn(act("deal"));
    },
  };
  place.addEventListener("click", ({ target }) => {
    const pressed = target.closest("button[data-name]");
    if (!pressed) return;
    const { person, question, name, other } = pressed.dataset;
    acts[name](person, question, pressed.getAttribute("aria-pressed") === "true", other);
  });
  act("deal").addEventListener("click", () => dealNow(false));
  act("again").addEventListener("click", () => dealNow(true));
  act("close").addEventListener("click", () => find(".si-plan__swap").close());

  place.previousElementSibling.hidden = true;
  place.hidden = false;
}
