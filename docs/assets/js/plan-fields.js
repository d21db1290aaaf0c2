// Fields that are saved as one types, and lists of rows, for the pages of the planner. Typing changes one field of one
// row, found by its id, so that two tabs lose nothing; what changes in another tab is shown, but not under one's hands.
import { create, focusOn } from "./dom.js";
import { newId, onChange, read, update } from "./store.js";

const REFUSED = {
  full: "Not saved: this browser has no room left for this site. Save your plan as a file before you close the page.",
  forbidden: "Not saved: this browser does not let the site save anything. Save your plan as a file before you close the page.",
  newer: "Not saved: this page is older than what is saved. Reload it.",
};

/** Change the record, and say in the page's `.si-plan__said` when that could not be saved. Out: as `update`. */
export function save(change) {
  const result = update(change);
  const line = document.querySelector(".si-plan__said");
  if (line) line.textContent = result.saved ? "" : REFUSED[result.why];
  return result;
}

/** Call `show(record)` now and whenever the record changes. */
export function follow(show) {
  onChange(show);
  show(read());
}

const isBox = ({ type }) => type === "checkbox" || type === "radio";

/** What stands in a field as it is saved: a text; for data-kind "number" a number or null; for "id" and "day" null when empty. */
function valueOf(field) {
  if (isBox(field)) return field.checked;
  if (field.dataset.kind === "number") return Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : null;
  return field.value || (field.dataset.kind ? null : "");
}

/** Show a saved value in a field, unless the reader is in it. */
function show(field, value) {
  if (field === document.activeElement && !isBox(field)) return;
  if (isBox(field)) field.checked = Boolean(value);
  else if (field.value !== String(value ?? "")) field.value = value ?? "";
}

/**
 * Ties a field to the record. In: an input, select or textarea, with data-kind "number", "id" or "day" where null stands
 * for empty; get(record) returns what to show; set(record, value) saves it, and may run more than once.
 */
export function bindField(field, get, set) {
  field.autocomplete = "off";
  field.addEventListener("input", () => {
    const value = valueOf(field);
    save((record) => set(record, value));
  });
  follow((record) => show(field, get(record)));
}

/** Ties every `[data-field]` in `form` to the property of that name of the object that `of(record)` returns. */
export function bindForm(form, of) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const name = field.dataset.field;
    bindField(field, (record) => of(record)[name], (record, value) => { of(record)[name] = value; });
  }
}

/**
 * Ties a list of rows to the record.
 *
 * In: `list`, the element that holds the rows; `template`, a <template> with one element, in which `[data-field=name]` are
 * fields of the row, `[data-in=name][value]` are boxes that put their value into a list of the row, and
 * `[data-do=remove|up|down]` are buttons; `add`, a button, or null; `of(record)`, the rows; `prefix` of new ids; `make()`,
 * the other properties of a new row; `said`, the element (role=status) that says what was removed, and offers to undo;
 * `most`, how many rows there may be; `draw(element, row, place, record)`, called for each row whenever the record changes.
 * Labels and ids inside the template get ids of their own: write `for` and `id` as usual.
 */
export function bindRows({ list, template, add = null, of, prefix, make = () => ({}), said, most = Infinity, draw = () => {} }) {
  const elementOf = (id) => [...list.children].find((element) => element.dataset.row === id);
  const placeOf = (record, id) => of(record).findIndex((row) => row.id === id);
  const focus = (element) => focusOn(element?.querySelector("input:not([type=checkbox]), select, textarea") ?? add);

  follow((record) => {
    const rows = of(record);
    for (const element of [...list.children]) {
      if (!rows.some(({ id }) => id === element.dataset.row)) element.remove();
    }
    rows.forEach((row, place) => {
      const element = elementOf(row.id) ?? createRow(template, row.id);
      if (list.children[place] !== element) moveTo(list, element, place);
      for (const field of element.querySelectorAll("[data-field]")) show(field, row[field.dataset.field]);
      for (const box of element.querySelectorAll("[data-in]")) box.checked = row[box.dataset.in].includes(box.value);
      draw(element, row, place, record);
      disable(element, "up", place === 0);
      disable(element, "down", place === rows.length - 1);
    });
    if (add) add.disabled = rows.length >= most;
  });

  const change = (id, act) => save((record) => {
    const row = of(record).find((one) => one.id === id);
    if (row) act(row);
  });

  list.addEventListener("input", ({ target }) => {
    const id = target.closest("[data-row]")?.dataset.row;
    const { field, in: name } = target.dataset;
    const value = valueOf(target);
    if (field) change(id, (row) => { row[field] = value; });
    else if (name) change(id, (row) => { row[name] = [...row[name].filter((one) => one !== target.value), ...(value ? [target.value] : [])]; });
  });

  const acts = {
    up: (id) => move(id, -1),
    down: (id) => move(id, 1),
    remove(id) {
      const place = placeOf(read(), id);
      const row = of(read())[place];
      save((record) => { of(record).splice(0, Infinity, ...of(record).filter((one) => one.id !== id)); });
      offerUndo(said, () => {
        save((record) => { if (placeOf(record, id) < 0) of(record).splice(place, 0, row); });
        focus(elementOf(id));
      });
    },
  };
  function move(id, by) {
    save((record) => {
      const rows = of(record);
      const from = placeOf(record, id);
      if (from + by >= 0 && from + by < rows.length) rows.splice(from + by, 0, ...rows.splice(from, 1));
    });
    const button = elementOf(id).querySelector(`[data-do=${by < 0 ? "up" : "down"}]`);
    focusOn(button.disabled ? elementOf(id).querySelector(`[data-do=${by < 0 ? "down" : "up"}]`) : button);
  }
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-do]");
    acts[button?.dataset.do]?.(button.closest("[data-row]").dataset.row);
  });
  add?.addEventListener("click", () => {
    const row = { id: newId(prefix), ...make() };
    save((record) => { of(record).push(structuredClone(row)); });
    focus(elementOf(row.id));
  });
}

let made = 0;

/** A row of a template, its ids made its own so that several rows stand side by side. */
function createRow(template, id) {
  const element = template.content.firstElementChild.cloneNode(true);
  element.dataset.row = id;
  made += 1;
  for (const name of ["id", "for", "aria-describedby", "aria-labelledby", "name"]) {
    for (const one of element.querySelectorAll(`[${name}]`)) {
      one.setAttribute(name, one.getAttribute(name).split(" ").map((word) => `${word}-${made}`).join(" "));
    }
  }
  for (const field of element.querySelectorAll("input, select, textarea")) field.autocomplete = "off";
  return element;
}

/** Put an element at a place of a list, and leave the focus where it is. */
function moveTo(list, element, place) {
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  list.insertBefore(element, list.children[place] ?? null);
  focusOn(active);
}

function disable(element, act, on) {
  const button = element.querySelector(`[data-do=${act}]`);
  if (button) button.disabled = on;
}

/** Say that something is gone, with a button that brings it back; the button gets the focus. */
export function offerUndo(said, undo, words = "Removed.") {
  const button = create("button", "si-btn si-btn--quiet", "Undo");
  button.type = "button";
  button.addEventListener("click", () => {
    said.replaceChildren("Back again.");
    undo();
  });
  said.replaceChildren(words, " ", button);
  focusOn(button);
}
