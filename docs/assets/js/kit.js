// What the kit works out: how many résumés to print, which doubts come first, which competencies have stories. Pure.

const SPARE = 1; // résumés beside one for each person
const ON_SCREEN = ["video", "phone"];

/** Stories wanted for each competency: a second one for the person who asks twice. */
export const STORIES_WANTED = 2;

/**
 * How many résumés `plan` needs on paper.
 * Out: people (number of them), sum (one for each and one spare), own (the candidate's own number, or null), none (true
 * by video or phone), number (what to print: the own number, else 0 by video or phone, else the sum).
 */
export function countCopies({ people, interview, kit }) {
  const sum = people.length + SPARE;
  const none = ON_SCREEN.includes(interview.format);
  const own = kit.copies ?? null;
  return { people: people.length, sum, own, none, number: own ?? (none ? 0 : sum) };
}

/** What is counted, in words. */
export const saySum = ({ people }) => `${people === 1 ? "1 person" : `${people} people`} and one spare`;

const isOpen = (doubt) => !doubt.settled;
const isProved = (doubt) => doubt.proof.trim() !== "";
const rank = (doubt) => (isOpen(doubt) ? Number(isProved(doubt)) : 2);

/** The doubts in the order to work on them: without a proof, with one, settled; else as they were. A new list. */
export const orderDoubts = (doubts) => [...doubts].sort((one, other) => rank(one) - rank(other));

/** How many doubts there are, are settled, and are open without a proof. A row in which nothing is written is none. */
export function countDoubts(doubts) {
  const written = doubts.filter(({ doubt, proof }) => (doubt + proof).trim());
  return {
    all: written.length,
    settled: written.filter((doubt) => doubt.settled).length,
    bare: written.filter((doubt) => isOpen(doubt) && !isProved(doubt)).length,
  };
}

/** What to call a story: its name, or its place among the stories, from 1. */
export const nameStory = (story, place) => story.name.trim() || `Story ${place + 1}`;

/**
 * The stories of each competency that counts: the chosen ones, or all while none is chosen.
 * In: the stories, ids of the chosen competencies, ids of all, in order. Out: [{ id, names }] in the order of all.
 */
export function coverCompetencies(stories, wanted, all) {
  const counts = all.filter((id) => !wanted.some((one) => all.includes(one)) || wanted.includes(id));
  return counts.map((id) => ({
    id,
    names: stories.map(nameStory).filter((_, place) => stories[place].competencies.includes(id)),
  }));
}
