// The doubts board: each doubt with its proof and who can settle it, those without a proof first.
import { count, create, focusOn } from "./dom.js";
import { countDoubts, orderDoubts } from "./kit.js";
import { numberRow, partsOf, say } from "./kit-rows.js";
import { readPeople } from "./people.js";
import { bindRows, follow, save } from "./plan-fields.js";
import { read } from "./store.js";

const ELSE = "*"; // the choice that opens a field for anybody who is not among the people of the plan
const number = numberRow("Doubt");

/** Offer the people of the plan, and show who was chosen: one of them, or somebody written in the field beside. */
function drawWho(element, doubt, { people, name, settler }) {
  const select = element.querySelector("[data-who]");
  const other = element.querySelector(".si-row__else");
  const named = people.map((person) => [person.id, name(person)]);
  const options = [["", "Not decided yet"], ...named, [ELSE, "Someone else"]];
  if (select.dataset.shows !== JSON.stringify(options)) {
    select.replaceChildren(...options.map(([value, title]) => Object.assign(create("option", "", title), { value })));
    select.dataset.shows = JSON.stringify(options);
  }
  const found = settler(doubt);
  const isElse = other.contains(document.activeElement) || (!found.id && found.title !== "");
  select.value = isElse ? ELSE : (found.id ?? "");
  other.hidden = !isElse;
}

function chooseWho(select) {
  const element = select.closest("[data-row]");
  const other = element.querySelector(".si-row__else");
  const who = select.value === ELSE ? "" : select.value;
  if (select.value === ELSE) {
    other.hidden = false;
    other.querySelector("input").value = "";
    focusOn(other.querySelector("input"));
  }
  save(({ plan }) => {
    const row = plan.doubts.find(({ id }) => id === element.dataset.row);
    if (row) row.who = who;
  });
}

function sentenceOf({ all, settled, bare }) {
  if (!all) return "Three doubts are enough. Write the doubt first, then look for its proof.";
  const proofs = bare ? `${bare} still without a proof` : "none without a proof";
  return `${count(all, "doubt")}: ${proofs}, ${settled} settled.`;
}

export function attach(box, roles) {
  const parts = partsOf(box);
  const of = ({ plan }) => plan.doubts;
  bindRows({
    ...parts,
    of,
    prefix: "doubt",
    make: () => ({ doubt: "", proof: "", who: "", settled: false }),
    draw(element, row, place, { plan }) {
      number(element, row, place);
      drawWho(element, row, readPeople(plan, roles));
    },
  });
  parts.list.addEventListener("change", ({ target }) => target.matches("[data-who]") && chooseWho(target));
  follow(({ plan }) => say(box.querySelector(".si-kit__count"), sentenceOf(countDoubts(plan.doubts))));

  // Put in order only when the reader has left the list: rows must not move under one's hands.
  const tidy = () => {
    const doubts = of(read());
    if (orderDoubts(doubts).some(({ id }, place) => id !== doubts[place].id)) {
      save((record) => { record.plan.doubts = orderDoubts(of(record)); });
    }
  };
  parts.list.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !parts.list.contains(relatedTarget)) tidy();
  });
  tidy();
}
