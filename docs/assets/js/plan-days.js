// The planner's days: the items of the checklists as a timeline to tick, and as a file for the reader's calendar.
import { calendar } from "./calendar.js";
import { count, create, focusOn } from "./dom.js";
import { capital, readPeople } from "./people.js";
import { bindForm, follow } from "./plan-fields.js";
import { bindTicks, createItem, isTicked } from "./plan-items.js";
import { scheduleOf } from "./plan-schedule.js";
import { read } from "./store.js";

const SITE = new URL("../../", import.meta.url);
const HTML = `
  <p class="si-plan-days__say" role="status"></p>
  <div class="si-plan-days__gone"></div>
  <form class="si-form">
    <p><label>They promised to decide by <input type="date" data-field="decision" data-kind="day"></label></p>
    <p><label>What they decided <select data-field="outcome" data-kind="id"><option value="">I do not know yet</option>
      <option value="offer">An offer</option><option value="no-offer">No offer</option></select></label></p>
    <p><button class="si-btn">Add to my calendar</button> <small>A file that Apple, Google and Outlook calendars read. If your plan
      changes, load a new one: it replaces what moved, and cannot remove what fell away.</small></p>
    <p class="si-plan-days__file" role="status"></p>
  </form>
  <p class="si-plan__said" role="status"></p>
  <div class="si-plan-days__list"></div>`;

/** A day as people write it, with its year where it is not this one's. */
function written(day, today) {
  const year = day.slice(0, 4);
  const parts = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  const words = new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", parts);
  return year === today.slice(0, 4) ? words : `${words} ${year}`;
}

function howFar(daysLeft) {
  if (daysLeft === 0) return "today";
  const days = count(Math.abs(daysLeft), "day");
  return daysLeft > 0 ? `in ${days}` : `${days} ago`;
}

export async function attach(place) {
  const response = await fetch(new URL("data/items.json", SITE)).catch(() => null);
  if (!response?.ok) return; // what to do without scripts stays on the page
  const { items, lists, roles } = await response.json();
  place.nextElementSibling.hidden = true;
  place.innerHTML = HTML;
  const find = (selector) => place.querySelector(selector);
  const titles = new Map(lists.map(({ id, title }) => [id, title]));
  // An item that is ticked now stays where it stands until the page is opened again, so that nothing jumps away.
  const ticked = items.filter((item) => isTicked(read(), item)).map(({ id }) => id);

  const schedule = (record) => scheduleOf(record.plan, items, ticked);

  // ---- What the page says

  function createDay(row, record, today) {
    const minutes = row.minutes ? create("small", "", `${row.minutes} min`) : "";
    const heading = create("h2", "", `${capital(row.label)}, ${written(row.day, today)} `, minutes);
    return create("section", "si-checklist", heading, create("ul", "si-plain", ...row.items.map((item) => createItem(item, record, titles.get(item.list), item.movedFrom ? `moved from ${written(item.movedFrom, item.movedFrom)}` : ""))));
  }

  // Folded when little time is left, so that what is left out is not longer than what is to be done.
  function createGone({ dropped, misfits, short }) {
    const line = ({ item, why }) => create("li", "", `${item.text}. `, create("small", "", why));
    const list = (title, notes) => {
      if (!notes.length) return [];
      const lines = create("ul", "", ...notes.map(line));
      if (short) return [createFold(`${title} (${notes.length})`, lines)];
      return [create("p", "", create("b", "", title)), lines];
    };
    const matter = short
      ? "No room is left for these. What stands first in your list matters more now."
      : "No room is left for these, and they matter. Do them in place of something else, or make them short.";
    return [...list("Leave these out: they are useful, and there is no time for them.", dropped), ...list(matter, misfits)];
  }

  function createFold(title, ...content) {
    const fold = create("details", "", create("summary", "", title), ...content);
    fold.open = unfolded().includes(title);
    return fold;
  }

  /** What the reader has opened, by its title. */
  const unfolded = () => [...place.querySelectorAll("details[open] > summary")].map(({ textContent }) => textContent);

  function sentence(made) {
    const day = `Your interview ${made.daysLeft < 0 ? "was" : "is"} on ${written(made.interview, made.today)}`;
    const side = made.daysLeft < 0 ? "ago" : "away";
    if (made.far) return `${day}. That is more than ten years ${side}, so nothing is put on days. Is its year right? `;
    const when = `${day}, ${howFar(made.daysLeft)}.`;
    if (!made.compressed) return when;
    const first = "Little time is left: the first lines come before all else. What you cannot reach may go.";
    if (made.short) return `${when} ${first}`;
    return `${when} Fewer days are left than the plan is made for, so what is overdue has moved closer together, up to ${made.limit / 60} hours a day.`;
  }

  const createLink = (words) => Object.assign(create("a", "", words), { href: new URL("plan/", SITE) });

  function saying(made) {
    const rest = ", and this page puts everything on its days.";
    if (!made) return ["When is your interview? ", createLink("Enter the day"), rest];
    return made.far ? [sentence(made), createLink("Change the day"), "."] : [sentence(made)];
  }

  /** The days to come; when the interview is today or tomorrow, all but today are folded. */
  function createList({ rows, past, short, today }, record) {
    const sections = (some) => some.map((row) => createDay(row, record, today));
    const fold = (title, some) => (some.length ? [createFold(title, ...sections(some))] : []);
    const isLater = ({ day }) => short && day > today;
    const later = rows.filter(isLater);
    const title = later.some(({ offset }) => offset === 0) ? "The interview day, and after it" : "After the interview";
    return [
      ...sections(rows.filter((row) => !isLater(row))),
      ...fold(title, later),
      ...fold("Days that have passed", past),
    ];
  }

  /** What is left out stands above the days, but below them when little time is left; so does the form. */
  function setOrder(short) {
    if (place.dataset.short === String(short)) return; // moving would take the focus away
    place.dataset.short = short;
    const list = find(".si-plan-days__list");
    const others = [find(".si-plan-days__gone"), find("form"), find(".si-plan__said")];
    find(".si-plan-days__say").after(...(short ? [list, ...others] : [...others, list]));
  }

  function show(record) {
    const made = schedule(record);
    setOrder(Boolean(made?.short));
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.item : null;
    find("form").hidden = !made || made.far;
    find(".si-plan-days__say").replaceChildren(...saying(made));
    find(".si-plan-days__gone").replaceChildren(...(made ? createGone(made) : []));
    find(".si-plan-days__list").replaceChildren(...(made ? createList(made, record) : []));
    if (focused) focusOn(find(`[data-item="${focused}"]`));
  }

  // ---- What the reader does

  bindForm(find("form"), (record) => record.plan.interview);
  bindTicks(find(".si-plan-days__list"), items);
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const record = read();
    const met = readPeople(record.plan, new Map(roles.map(({ id, label }) => [id, label])));
    const people = met.people.map((person) => ({ ...person, title: met.title(person) }));
    const made = schedule(record);
    const given = { schedule: made, decision: made.decision, interview: record.plan.interview, people };
    const text = calendar({ ...given, now: new Date(), site: String(SITE), perDay: true });
    const said = find(".si-plan-days__file");
    if (!text) {
      said.textContent = "Nothing is left to come, so there is nothing for a calendar.";
      return;
    }
    const link = create("a", "");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.download = "second-interview.ics";
    link.click();
    URL.revokeObjectURL(link.href);
    said.textContent = "The file is in your downloads. Open it, and your calendar takes it over.";
  });
  follow(show);
}
