// Above the cards of a page: choose some of them, and print those at their true size as the printer needs them.
import { count } from "./dom.js";
import { OFFSET_FIELDS, offsetOf, refuse } from "./offset-fields.js";
import { idsOf } from "./replaced.js";
import { createCardSheets, howToTurn, isTwoSided, ORDERS, printInstead, RULER, sourceOf } from "./sheets.js";
import { onChange, read, update } from "./store.js";

const BUILDER = new URL("../../print/pack/", import.meta.url);
const OPTIONS = Object.entries(ORDERS).map(([order, { label }]) => `<option value="${order}">${label}</option>`).join("");
const HTML = `
  <button type="button" class="si-btn si-btn--quiet" aria-expanded="false" aria-controls="si-choose">Choose cards to print</button>
  <form id="si-choose" novalidate hidden>
    <p><button type="button" class="si-btn si-btn--quiet" data-all="1">All</button>
      <button type="button" class="si-btn si-btn--quiet" data-all="">None</button>
      <span role="status"></span> <span class="si-choose__more" hidden><span></span> <a href="${BUILDER}">Print them all with the pack builder</a>.</span></p>
    <p><label>Layout <select name="order" autocomplete="off">${OPTIONS}</select></label></p>
    <p class="si-choose__offset">${OFFSET_FIELDS}</p>
    <p class="si-choose__turn"></p>
    <p><button class="si-btn">Print</button> <output></output></p>
    <p><small>${RULER}</small></p>
  </form>`;

function createPick(card) {
  const label = document.createElement("label");
  label.className = "si-pick";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.autocomplete = "off";
  label.append(box, ` Print this card: ${card.querySelector(".si-card__top a").textContent}`);
  label.hidden = true;
  card.prepend(label);
  return box;
}

export function attach() {
  const cards = [...document.querySelectorAll(".si-deck .si-card")];
  const boxes = cards.map(createPick);
  const keysOf = (card) => idsOf(card.dataset); // one that replaced others is chosen if one of them was

  const bar = document.querySelector(".si-choose");
  bar.innerHTML = HTML;
  const [button, form, said, more, offset, turn, paper] = ["button", "form", "[role=status]", ".si-choose__more", ".si-choose__offset", ".si-choose__turn", "output"].map((name) => bar.querySelector(name));
  const { order, right, down } = form.elements;
  let before = read().print.offset; // what stands again after a number that cannot be, whatever its first digit said
  const shift = () => offsetOf(form.elements, before);
  const chosen = () => cards.filter((_, place) => boxes[place].checked);

  const say = () => {
    const number = chosen().length;
    const sheets = Math.ceil(number / ORDERS[order.value].cards);
    said.textContent = `${number} of ${count(cards.length, "card")} chosen.`;
    paper.textContent = number ? `${count(sheets, "sheet")} of paper.` : "Choose at least one card.";
    offset.hidden = !isTwoSided(order.value);
    turn.hidden = !number || order.value !== "stacks";
    turn.textContent = howToTurn(sheets, "", [1, sheets], [sheets + 1, 2 * sheets]);
    form.querySelector(".si-btn:not([data-all])").disabled = (refuse(form) && isTwoSided(order.value)) || !number;
  };
  const show = ({ print }) => {
    const here = cards.flatMap(keysOf);
    const elsewhere = print.chosen.filter((id) => !here.includes(id)).length;
    cards.forEach((card, place) => { boxes[place].checked = keysOf(card).some((id) => print.chosen.includes(id)); });
    more.hidden = !elsewhere;
    more.firstChild.textContent = `${count(elsewhere, "card")} chosen on other pages.`;
    order.value = print.order;
    [right, down].forEach((field, axis) => { if (field !== document.activeElement) field.value = print.offset[axis]; });
    say();
  };
  const choose = (some, on) => {
    const ids = some.flatMap(keysOf);
    update(({ print }) => {
      print.chosen = [...print.chosen.filter((id) => !ids.includes(id)), ...(on ? some.map((card) => card.dataset.id) : [])];
    });
    say();
  };

  button.addEventListener("click", () => {
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    for (const box of boxes) box.parentElement.hidden = form.hidden;
  });
  boxes.forEach((box, place) => box.addEventListener("change", () => choose([cards[place]], box.checked)));
  form.addEventListener("click", ({ target }) => {
    if (target.dataset.all === undefined) return;
    for (const box of boxes) box.checked = Boolean(target.dataset.all);
    choose(cards, Boolean(target.dataset.all));
  });
  form.addEventListener("focusin", () => { before = read().print.offset; });
  form.addEventListener("input", () => {
    update(({ print }) => Object.assign(print, { order: order.value, offset: shift() }));
    say();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    print();
  });
  // Closed, the page prints as it is.
  printInstead(() => (form.hidden ? [] : createCardSheets(chosen(), order.value, shift(), sourceOf(document, chosen().map((card) => card.parentElement.dataset.reviewed)))));
  onChange(show);
  show(read());
}
