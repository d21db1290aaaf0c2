// Who is met on the day, in which order, under which name, and which doubts they settle. Every page, sheet and file says
// it as it is worked out here. Pure.

const tidy = (text) => text.trim().replace(/\s+/g, " ");

/** A name as it is compared: large or small letters, blanks, and the way its accents were typed make no difference. */
const alike = (name) => tidy(name.replace(/\p{Cf}/gu, "")).toUpperCase().toLowerCase().normalize(); // Cf: signs unseen

/** The first letter large. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The people by their start, else as they were entered: who has none stays behind the one before them. Those of one
 * panel stand together, at the first start among them. A new list.
 */
export function inOrder(people) {
  const talks = new Map();
  for (const person of people) {
    const talk = person.panel || person;
    talks.set(talk, [...(talks.get(talk) ?? []), person]);
  }
  const startOf = (talk) => talk.map(({ start }) => start).filter(Boolean).sort()[0];
  return byStart([...talks.values()].map((talk) => byStart(talk, ({ start }) => start)), startOf).flat();
}

function byStart(list, startOf) {
  let last = "";
  const starts = new Map(list.map((one) => [one, (last = startOf(one) || last)]));
  return [...list].sort((one, other) => starts.get(one).localeCompare(starts.get(other)));
}

/**
 * The people of a plan as they are said. In: the plan; `roles`, a Map of their words by id.
 * Out: `people` in order, and of each: name(person), what was typed, else the role, else the place in the day, which is
 * added where two would be called the same; isNamed(person); role(person), in words, "" where it is the name already;
 * title(person), both; panel(person), the others in the same talk; start(person), the time they gave, else that of the talk,
 * or ""; doubts(person), those that name them, by id or name.
 * `open`: the doubts that name nobody who is met. settler(doubt): { id, title }, the id null unless one person is meant.
 */
export function readPeople({ people, doubts }, roles) {
  const met = inOrder(people);
  const isNamed = ({ name }) => alike(name) !== "";
  const spell = ({ role }) => tidy(roles.get(role) ?? role?.replaceAll("-", " ") ?? "");
  const call = (person, at) => (isNamed(person) ? tidy(person.name) : capital(spell(person)) || `Person ${at + 1}`);
  const names = tellApart(met.map(call));
  const name = ({ id }) => names[met.findIndex((person) => person.id === id)];
  const role = (person) => (isNamed(person) ? spell(person) : "");
  const keys = met.map((person) => alike(person.name));
  const settlers = ({ who }) => {
    const key = alike(who);
    return met.filter(({ id }, at) => who === id || (key && key === keys[at]));
  };
  const byWhom = new Map(doubts.filter(({ doubt }) => doubt.trim()).map((doubt) => [doubt, settlers(doubt)]));
  const those = (isTheirs) => [...byWhom.keys()].filter((doubt) => isTheirs(byWhom.get(doubt)));
  const panel = (person) => met.filter((other) => person.panel && other.panel === person.panel && other.id !== person.id);
  return {
    people: met,
    name,
    isNamed,
    role,
    title: (person) => [name(person), role(person)].filter(Boolean).join(", "),
    panel,
    start: (person) => person.start || (panel(person).find(({ start }) => start)?.start ?? ""),
    doubts: ({ id }) => those((found) => found.some((person) => person.id === id)),
    open: those((found) => !found.length),
    settler(doubt) {
      const [person, other] = settlers(doubt);
      if (person && !other) return { id: person.id, title: name(person) };
      const isGone = /^person-[0-9a-z]{8}$/.test(doubt.who); // the id of somebody who was removed since
      return { id: null, title: isGone || !alike(doubt.who) ? "" : tidy(doubt.who) };
    },
  };
}

/** Names of which no two are alike. */
function tellApart(names) {
  const numbered = names.map((name, at) => `${name} (no. ${at + 1})`);
  const all = [...names, ...numbered].map(alike);
  return names.map((name, at) => (all.filter((other) => other === all[at]).length > 1 ? numbered[at] : name));
}
