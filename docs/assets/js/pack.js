// The pack builder: a form of the parts a pack may hold, that counts the paper and prints packs in place of the page.
import { count, create } from "./dom.js";
import { fillSheets } from "./fill-sheets.js";
import { OFFSET_FIELDS, offsetOf, refuse } from "./offset-fields.js";
import { gather } from "./pack-content.js";
import { cleanCopies, fromLink, MOST_PACKS, toLink } from "./pack-link.js";
import { arrange, countPaper, isBlank, suiting, sum } from "./pack-sides.js";
import { createCardSheets, howToTurn, isTwoSided, ORDERS, printInstead, RULER, sourceOf } from "./sheets.js";
import { onChange, read, update } from "./store.js";

const FONTS = ["10pt 'Public Sans'", "600 10pt 'Public Sans'", "10pt Bitter", "600 10pt Bitter"];
const MOST_SHOWN = 12; // sides in the preview: more would only slow down a phone
const SETTINGS = `
  <fieldset><legend>How to print it</legend>
    <label class="si-pack__tick"><input type="checkbox" name="bothSides"> My printer prints on both sides</label>
    <p><label>Layout of cards <select name="order"></select></label></p>
    <p class="si-pack__offset">${OFFSET_FIELDS}</p>
    <label class="si-pack__tick"><input type="checkbox" name="reasons"> Checklists with the reason for each item</label>
    <p><label>Organisation’s name, for the foot of each sheet <input name="organisation" maxlength="60" autocomplete="organization"></label></p>
    <p><label>How many packs? <input type="number" name="copies" min="1" max="${MOST_PACKS}" value="1" required></label></p>
    <label class="si-pack__tick"><input type="checkbox" name="numbered"> Number them: “Pack 1 of 30”</label>
  </fieldset>
  <div class="si-pack__said" role="status"></div>
  <p><button class="si-btn">Print</button></p>
  <p><small>${RULER}</small></p>
  <div class="si-pack__preview" aria-hidden="true" inert></div>`;

/** A part of the list as a box to tick. Out: the box, and what is known of the part. */
function createTick(item) {
  const link = item.querySelector("a");
  const box = Object.assign(create("input", ""), { type: "checkbox", name: "parts", value: item.dataset.part });
  const part = { key: item.dataset.part, title: link.textContent, address: link.href, ids: item.dataset.cards?.split(" ") ?? [] };
  item.replaceChildren(create("label", "si-pack__tick", box, create("span", "", part.title), item.querySelector("small")));
  return { box, part };
}

/** A form of the parts in the place of their list. */
function createForm(place) {
  const form = create("form", "si-form si-pack__form", ...place.childNodes);
  form.autocomplete = "off";
  form.noValidate = true; // what cannot be is said here, also of a field that is hidden
  form.insertAdjacentHTML("beforeend", SETTINGS);
  form.querySelector(".si-pack__starts").hidden = false;
  place.append(form);
  document.querySelector(".si-pack__plain")?.remove();
  return form;
}

/** Small pictures of the sides, out of reach of the page's own styles. Out: a function that shows sides. */
function createPreview(place) {
  const root = place.attachShadow({ mode: "open" });
  const sheets = create("div", "si-preview");
  root.append(...[...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.cloneNode()), sheets);
  return (sides) => {
    const more = sides.length - MOST_SHOWN;
    sheets.replaceChildren(...sides.slice(0, MOST_SHOWN), ...(more > 0 ? [`and ${count(more, "more side")}`] : []));
  };
}

/** Write on a sheet whose pack it is. */
function sign(sheet, organisation, number) {
  const foot = sheet.querySelector(".si-sheet__foot");
  if (!foot) return sheet;
  foot.querySelector(".si-sheet__own")?.remove();
  foot.prepend(create("span", "si-sheet__own", create("b", "", organisation), create("span", "", number)));
  return sheet;
}

/** Lay out what a pack holds. Out: the sides printed once, those of one pack, the backs to print last, and how many cards. */
async function layOut({ plans, flows, cards }, { order, bothSides, offset }) {
  await Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {}); // printed with the same fallback
  const stage = create("div", "si-stage");
  document.body.append(stage);
  const [once, parts] = [plans, flows].map((some) => some.map((part) => fillSheets(part, stage)));
  stage.remove();
  const homes = [...new Set(cards.map(({ page }) => page).filter(Boolean))];
  const source = sourceOf(homes.length === 1 ? homes[0] : document, cards.map(({ reviewed }) => reviewed));
  const sheets = createCardSheets(cards.map(({ card }) => card), order, offset, source, ORDERS[bothSides ? "duplex" : order].print);
  return { once: arrange(once, [], order, bothSides).sides, ...arrange(parts, sheets, order, bothSides), cards: cards.length };
}

const sizeOf = ({ paper, printed, blank }) => `${count(paper, "sheet")} of paper, ${count(printed, "side")} printed${blank ? `, ${blank} left blank` : ""}`;

/** What a pack takes, in sentences. */
function describe({ once, sides, backs, cards }, { copies, bothSides }) {
  const [plan, one] = [countPaper(once, [], bothSides), countPaper(sides, backs, bothSides)];
  const all = sum([1, plan], [copies, one]);
  const first = once.length + copies * sides.length;
  const turned = copies * backs.length;
  return [
    sides.length && `One pack: ${sizeOf(one)}${cards ? `, with ${count(cards, "card")}` : ""}.`,
    plan.paper && `Plans for coaches, printed once: ${sizeOf(plan)}.`,
    (copies > 1 || (plan.paper && sides.length)) && `All of it, with ${count(copies, "pack")}: ${sizeOf(all)}.`,
    all.paper && (bothSides ? "Print at 100 %, on both sides, flipped on the long edge." : "Print at 100 %, on one side."),
    turned && howToTurn(turned, " of cards", [once.length + sides.length - backs.length + 1, first], [first + 1, first + turned]),
  ].filter(Boolean);
}

/** Out: a promise that is kept when the pack of the choices is laid out. */
export function attach(place) {
  const form = createForm(place);
  const ticks = [...form.querySelectorAll("[data-part]")].map(createTick);
  const [said, button, preview] = [".si-pack__said", ".si-btn:not([data-start])", ".si-pack__preview"].map((name) => form.querySelector(name));
  const show = createPreview(preview);
  const field = form.elements;
  let pack = null; // the sheets of one pack, while they are those of the choices
  let failed = [];
  let turn = 0;

  const choices = () => ({
    parts: ticks.filter(({ box }) => box.checked).map(({ part }) => part.key),
    organisation: field.organisation.value.trim(),
    copies: cleanCopies(field.copies.value),
    order: field.order.value,
    offset: offsetOf(field, read().print.offset),
    ...Object.fromEntries(["bothSides", "reasons", "numbered"].map((name) => [name, field[name].checked])),
  });
  const numberOf = (number, { numbered, copies }) => (numbered && copies > 1 ? `Pack ${number} of ${copies}` : "");

  const offerOrders = (order) => {
    const fitting = Object.keys(ORDERS).filter((name) => suiting(name, field.bothSides.checked) === name);
    field.order.replaceChildren(...fitting.map((name) => new Option(ORDERS[name].label, name)));
    field.order.value = suiting(fitting.includes(order) || isTwoSided(order) ? order : fitting[0], field.bothSides.checked);
    form.querySelector(".si-pack__offset").hidden = !isTwoSided(field.order.value);
  };
  const sayChosen = ({ print }) => {
    const decks = ticks.flatMap(({ part }) => part.ids);
    form.querySelector('[data-part="cards.chosen"] small').textContent = count(print.chosen.filter((id) => decks.includes(id)).length, "card");
  };
  const sayGroups = () => {
    for (const group of form.querySelectorAll(".si-pack__group")) {
      const number = group.querySelectorAll(":checked").length;
      group.querySelector("summary small").textContent = number ? `${number} chosen` : "";
    }
  };
  const say = () => {
    const now = choices();
    const lost = failed.length ? [`Could not be loaded, and is left out: ${failed.join(", ")}. The rest is ready.`] : [];
    const size = pack ? describe(pack, now) : ["Counting the paper …"];
    const sentences = [...lost, ...(now.parts.length ? size : ["Choose at least one part."])];
    said.replaceChildren(...sentences.map((sentence) => create("p", "", sentence)));
    const sides = pack ? [...pack.once, ...pack.sides, ...pack.backs] : [];
    button.disabled = (refuse(form) && isTwoSided(now.order)) || !sides.length;
    if (pack) show(sides.filter((side) => !isBlank(side)).map((sheet) => sign(sheet, now.organisation, numberOf(1, now))));
  };

  const refresh = async () => {
    const mine = ++turn;
    const now = choices();
    pack = null;
    sayGroups();
    say();
    const wanted = ticks.filter(({ box }) => box.checked).map(({ part }) => part);
    const decks = ticks.map(({ part }) => part).filter(({ ids }) => ids.length);
    const content = await gather(wanted, { reasons: now.reasons, chosen: read().print.chosen, decks, perSheet: ORDERS[now.order].cards });
    if (mine !== turn) return;
    const laid = await layOut(content, now);
    if (mine !== turn) return;
    [pack, failed] = [laid, content.failed];
    say();
  };
  const choose = (keys) => {
    for (const { box, part } of ticks) box.checked = keys.includes(part.key);
    for (const group of form.querySelectorAll(".si-pack__group")) group.open ||= Boolean(group.querySelector(":checked"));
  };
  const keep = () => history.replaceState(history.state, "", toLink(choices()));
  const restore = () => {
    const linked = fromLink(location.hash);
    const { print } = read();
    if (linked) {
      choose(linked.parts);
      for (const name of ["organisation", "copies"]) field[name].value = linked[name];
      for (const name of ["reasons", "numbered"]) field[name].checked = linked[name];
    }
    field.bothSides.checked = linked ? linked.bothSides : print.order === "duplex";
    [field.right.value, field.down.value] = print.offset;
    offerOrders(linked?.order ?? print.order);
    sayChosen(read());
    return refresh();
  };

  form.addEventListener("change", ({ target }) => {
    if (target.name === "bothSides" || target.name === "order") offerOrders(field.order.value);
    if (target.name === "copies") target.value = cleanCopies(target.value);
    if (["bothSides", "order", "right", "down"].includes(target.name)) {
      const { order, offset } = choices();
      update(({ print }) => Object.assign(print, { order, offset }));
    }
    keep();
    if (!["organisation", "copies", "numbered"].includes(target.name)) refresh();
  });
  form.addEventListener("input", ({ target }) => { if (["organisation", "copies", "numbered"].includes(target.name)) say(); });
  form.addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.start === undefined) return;
    choose(dataset.start.split(" "));
    keep();
    refresh();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    print();
  });
  let chosen = read().print.chosen.join();
  onChange((record) => {
    sayChosen(record);
    if (record.print.chosen.join() === chosen) return;
    chosen = record.print.chosen.join();
    refresh();
  });
  addEventListener("hashchange", () => { if (fromLink(location.hash)) restore(); });

  // The sheets of one pack are made once; here they are only copied.
  printInstead(() => {
    if (!pack) return [];
    const now = choices();
    const copies = (sheets, number) => sheets.map((sheet) => sign(sheet.cloneNode(true), now.organisation, numberOf(number, now)));
    const times = (sheets) => Array.from({ length: now.copies }, (_, place) => copies(sheets, place + 1)).flat();
    const plans = pack.once.map((sheet) => sign(sheet.cloneNode(true), now.organisation, ""));
    return [...plans, ...times(pack.sides), ...times(pack.backs)];
  });
  return restore();
}
