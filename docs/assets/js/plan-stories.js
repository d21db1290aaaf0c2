// The story bank: the skills of the advert, the stories with the skills they show, and the skills without one.
import { count } from "./dom.js";
import { coverCompetencies, STORIES_WANTED } from "./kit.js";
import { numberRow, partsOf, say } from "./kit-rows.js";
import { bindRows, follow, save } from "./plan-fields.js";

const FEWEST = 5;
const MOST = 8;
const number = numberRow("Story");

/** Tick the skills of the advert; what counts below are these. */
function attachWanted(field) {
  const boxes = [...field.querySelectorAll("input")];
  field.addEventListener("change", ({ target }) => {
    save(({ plan }) => {
      plan.wanted = plan.wanted.filter((id) => id !== target.value);
      if (target.checked) plan.wanted.push(target.value);
    });
  });
  follow(({ plan }) => {
    for (const box of boxes) box.checked = plan.wanted.includes(box.value);
    const chosen = boxes.filter((box) => box.checked).length;
    const advice = chosen > MOST ? "Most adverts test five to eight: which matter most?" : chosen && chosen < FEWEST ? "Five to eight is usual." : "";
    say(field.querySelector(".si-kit__chosen"), chosen ? `${chosen} chosen. ${advice}`.trim() : `None chosen: until then, all ${boxes.length} count.`);
  });
}

/** In each story, offer the skills of the advert, and none but them once they are chosen. */
function drawSkills(element, { name, competencies }, place, { plan }) {
  number(element, null, place);
  for (const box of element.querySelectorAll("[data-in]")) {
    const isOffered = !plan.wanted.length || plan.wanted.includes(box.value) || box.checked || box === document.activeElement;
    box.closest("label").hidden = !isOffered;
  }
  const chosen = [...element.querySelectorAll("[data-in]")].filter((box) => competencies.includes(box.value));
  say(element.querySelector("summary b"), chosen.map((box) => box.closest("label").textContent.trim()).join(", ") || "none yet");
}

/** Write which skills have stories: first those without one, each with its questions, then the others. */
function attachCover(box) {
  const rows = new Map([...box.querySelectorAll("li")].map((row) => [row.dataset.id, row]));
  const [bareList, toldList] = ["bare", "told"].map((name) => box.querySelector(`[data-cover=${name}]`));
  const all = [...rows.keys()];
  follow(({ plan }) => {
    const cover = coverCompetencies(plan.stories, plan.wanted, all);
    for (const { id, names } of cover) {
      say(rows.get(id).querySelector("span"), names.length ? describe(names) : "");
      rows.get(id).querySelector("a").hidden = names.length > 0;
    }
    const bare = cover.filter(({ names }) => !names.length);
    fill(bareList, bare.map(({ id }) => rows.get(id)));
    fill(toldList, cover.filter(({ names }) => names.length).map(({ id }) => rows.get(id)));
    const twice = cover.filter(({ names }) => names.length >= STORIES_WANTED).length;
    say(box.querySelector("[role=status]"), `Of ${count(cover.length, "skill")}, ${twice} ${twice === 1 ? "has" : "have"} two stories, ${cover.length - twice - bare.length} one, and ${bare.length} none.`);
  });
}

/** Have exactly these rows in a list; an empty list and the heading above it are not shown. */
function fill(list, rows) {
  const same = list.children.length === rows.length && rows.every((row, place) => row === list.children[place]);
  if (!same) list.replaceChildren(...rows);
  list.hidden = list.previousElementSibling.hidden = !rows.length;
}

function describe(names) {
  const missing = STORIES_WANTED - names.length;
  const stories = `${names.length} ${names.length === 1 ? "story" : "stories"} (${names.join(", ")}).`;
  return missing > 0 ? `${stories} One more, for the person who asks twice.` : stories;
}

export function attach(box, cover) {
  const of = ({ plan }) => plan.stories;
  attachWanted(box.querySelector(".si-kit__wanted"));
  bindRows({
    ...partsOf(box),
    of,
    prefix: "story",
    make: () => ({ name: "", did: "", came: "", competencies: [] }),
    draw: drawSkills,
  });
  attachCover(cover);
}
