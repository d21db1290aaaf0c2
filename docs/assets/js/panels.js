// People who are met together. Those of one panel stand one after the other, and share its name. Pure.

/** Whether somebody is in the same conversation as the person before. */
export const isJoined = (people, place) =>
  place > 0 && people[place].panel !== null && people[place].panel === people[place - 1].panel;

/** Name the panels anew: whoever `joins` the person before shares theirs; who is alone has none. Changes `people`. */
export function nameRuns(people, joins) {
  people.forEach((person, place) => {
    const isHere = place > 0 && joins[place];
    const isNext = place + 1 < people.length && joins[place + 1];
    person.panel = isHere ? people[place - 1].panel : isNext ? `panel-${person.id}` : null;
  });
}

/** Join a person to the one before, or part them. Changes `people`. */
export function join(people, place, isOn) {
  nameRuns(people, people.map((_, at) => (at === place ? isOn : isJoined(people, at))));
}

/** Panels whose people no longer stand together are parted. Changes `people`. Out: whether anything had to change. */
export function mend(people) {
  const before = people.map(({ panel }) => panel);
  const joins = people.map((_, place) => isJoined(people, place));
  const isRight = people.every(({ panel }, place) => (joins[place] || joins[place + 1] ? panel !== null : panel === null)
    && (joins[place] || !before.slice(0, place).includes(panel) || panel === null));
  if (!isRight) nameRuns(people, joins);
  return !isRight;
}
