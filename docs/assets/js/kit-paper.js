// The kit as it is printed: a table for each list, of what is written in it, without controls.
import { create } from "./dom.js";
import { nameStory, orderDoubts } from "./kit.js";
import { readPeople } from "./people.js";

/** For each list of the plan: the columns on paper, and what stands in them. `words`: competencies and roles, id -> label. */
const TABLES = {
  pieces: {
    columns: ["What it is", "What it proves"],
    rows: ({ kit }) => kit.pieces.map(({ what, proves }) => [what, proves]),
  },
  doubts: {
    columns: ["The doubt", "My proof", "Who can settle it", "Settled"],
    rows(plan, { roles }) {
      const { settler } = readPeople(plan, roles);
      return orderDoubts(plan.doubts)
        .filter(({ doubt, proof }) => (doubt + proof).trim())
        .map((row) => [row.doubt, row.proof, settler(row).title, row.settled ? "yes" : ""]);
    },
  },
  said: {
    columns: ["What", "What I said", "To whom"],
    rows: ({ said }) => said.map((fact) => [fact.what, fact.said, fact.who]),
  },
  stories: {
    columns: ["Name", "What I did", "What came of it", "Skills"],
    rows: ({ stories }, { competencies }) =>
      stories
        .map((story, place) => [nameStory(story, place), story.did, story.came, story.competencies.map((id) => competencies[id] ?? id).join(", ")])
        .filter((cells, place) => stories[place].name.trim() || cells.slice(1).some((cell) => cell.trim())),
  },
};

/** The list `name` of `plan` (pieces, doubts, said, stories) as a table, or a line that says there is nothing in it. */
export function createKitTable(name, plan, words) {
  const { columns, rows } = TABLES[name];
  const filled = rows(plan, words).filter((row) => row.some((cell) => cell.trim()));
  if (!filled.length) return create("p", "", "Nothing is written here yet.");
  const head = create("tr", "", ...columns.map((title) => create("th", "", title)));
  for (const cell of head.children) cell.scope = "col";
  const body = filled.map((row) => create("tr", "", ...row.map((cell) => create("td", "", cell))));
  return create("table", "si-worksheet__table si-kit__table", create("thead", "", head), create("tbody", "", ...body));
}
