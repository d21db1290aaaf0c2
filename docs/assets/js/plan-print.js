// Print my plan: the sheets, shown small, and printed in place of the page.
import { count, create } from "./dom.js";
import { fillSheets } from "./fill-sheets.js";
import { readPeople } from "./people.js";
import { isTicked } from "./plan-items.js";
import { scheduleOf } from "./plan-schedule.js";
import { createDay, createDays, createPerson, createRest } from "./plan-sheets.js";
import { byId, questionOf } from "./replaced.js";
import { printInstead } from "./sheets.js";
import { onChange, read } from "./store.js";

const SITE = new URL("../../", import.meta.url);
const FONTS = ["400 10pt 'Public Sans'", "600 10pt 'Public Sans'", "600 10pt Bitter"];
const HTML = `
  <form class="si-form">
    <fieldset><legend>What to print</legend>
      <label><input type="checkbox" name="day" checked autocomplete="off"> The day, and what to bring</label>
      <label><input type="checkbox" name="people" checked autocomplete="off"> A page for each person</label>
      <label><input type="checkbox" name="days" checked autocomplete="off"> My days</label>
      <label><input type="checkbox" name="rest" checked autocomplete="off"> Spare questions, other doubts, what I have said, stories</label></fieldset>
    <p class="si-plan-print__said" role="status"></p>
    <p><button class="si-btn">Print</button></p>
  </form>
  <div class="si-preview" aria-hidden="true" inert></div>`;

export async function attach(place) {
  const [ask, todo] = await Promise.all(["ask", "items"].map((name) => fetch(new URL(`data/${name}.json`, SITE)).then((answer) => answer.json(), () => null)));
  if (!ask || !todo) return; // what to do without scripts stays on the page
  place.innerHTML = HTML;
  const form = place.querySelector("form");
  const cards = byId(ask.questions);
  const labels = new Map(ask.roles.map(({ id, label }) => [id, label]));
  const packing = todo.items.filter(({ list, section }) => list === "day-before" && section === "Pack");

  function schedule(record) {
    const ticked = todo.items.filter((item) => isTicked(record, item)).map(({ id }) => id);
    return scheduleOf(record.plan, todo.items, ticked);
  }

  function partsOf(record) {
    const met = readPeople(record.plan, labels);
    const about = { met, packing, questionOf: (id) => questionOf(id, cards, record.plan.own) };
    const is = (name) => form.elements[name].checked;
    return [
      is("day") && createDay(record, about),
      ...(is("people") ? met.people.map((_, at) => createPerson(record, at, about)) : []),
      is("days") && createDays(record, schedule(record)),
      is("rest") && createRest(record, about),
    ].filter((part) => part && part.groups.length);
  }

  let sheets = [];
  async function lay() {
    form.setAttribute("aria-busy", "true");
    await Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {}); // printed with the same fallback
    const record = read();
    const stage = create("div", "si-stage");
    document.body.append(stage);
    sheets = partsOf(record).flatMap((part) => fillSheets(part, stage));
    stage.remove();
    place.querySelector(".si-preview").replaceChildren(...sheets.map((sheet) => sheet.cloneNode(true)));
    form.querySelector("button").disabled = !sheets.length;
    say(record.plan, schedule(record)?.far);
    form.setAttribute("aria-busy", "false");
  }

  function say({ people, hands }, far) {
    const link = create("a", "", "My interview");
    link.href = new URL("plan/", SITE);
    const lack = !people.length ? "Nobody is in your plan yet: enter the people in " : !Object.keys(hands).length ? "No questions are dealt yet, so their lines are empty: deal them in " : "";
    const size = sheets.length ? `${count(sheets.length, "side")} of paper, A4 or US Letter. Print at 100 %: the ruler at the top of each sheet is then 100 mm long. ` : "Choose at least one part. ";
    const year = far ? "Your days are left out: the interview is more than ten years from now. Is its year right? " : "";
    form.querySelector(".si-plan-print__said").replaceChildren(size, year, ...(lack ? [lack, link, "."] : []));
  }

  form.addEventListener("change", lay);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    print();
  });
  onChange(lay);
  await lay();
  printInstead(() => sheets.map((sheet) => sheet.cloneNode(true)));
  place.previousElementSibling.hidden = true;
  place.hidden = false;
}
