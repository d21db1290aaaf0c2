// One thank-you note for each person of the day, from what the candidate wrote down about them. They may compare, so
// each of twelve has its own opening, sentences and order. A note is a custom and decides nothing; what counts is the
// one thing that only this person said (the hook), so it is in every note, and where it is missing there is a gap.

const WORDS = 120; // a note stays below this

// The most words of what was typed. What is cut off leaves a gap behind, so nobody sends half a sentence unawares.
const ROOM = { hook: 30, promised: 15, answered: 15, job: 5, company: 4, name: 4, candidate: 4 };
const LESS_ROOM = { ...ROOM, hook: 16, promised: 10, answered: 10 };

// What gives way in a note that would be too long, one more at a time.
const STEPS = [
  { without: [], room: ROOM },
  { without: ["close"], room: ROOM },
  { without: ["close", "work"], room: ROOM },
  { without: ["close", "work"], room: LESS_ROOM },
];

// `order`: the parts, "/" between paragraphs. A part without anything to say falls away, and so does its paragraph.
// What was typed comes after a colon, so that a few words fit as well as a sentence.
const SHAPES = [
  {
    subject: "Thank you: {job}",
    thanks: "Thank you for taking the time to talk with me about the {job} role.",
    hook: "One thing you said has stayed with me: {hook}",
    work: "I would like to do this work with that in mind.",
    close: "If anything is still open on your side, I am glad to answer it.",
    order: "thanks / hook work / answered / promised / close",
    end: "Kind regards,",
  },
  {
    subject: "Our talk about the {job} role",
    hook: "I wrote this down while we spoke: {hook}",
    thanks: "Thank you for telling me. It says more than the advert could.",
    work: "I would be glad to work on this with you at {company}.",
    order: "hook thanks / answered / work promised",
    end: "With thanks,",
  },
  {
    subject: "{job}: it was good to meet you",
    close: "It was good to meet you and to hear about {company} from the inside.",
    work: "I left with a clearer idea of what the {job} role asks for, and I like it.",
    hook: "What I am still thinking about: {hook}",
    thanks: "Thank you for your time.",
    order: "close work / answered / hook / promised thanks",
    end: "Best wishes,",
  },
  {
    subject: "Thank you, and one thing you said",
    hook: "You told me something that I could not have read anywhere: {hook}",
    work: "It helps me to see what the first months as {job} could be like.",
    thanks: "So thank you, both for the time and for being open with me.",
    order: "hook / work / thanks / answered / promised",
    end: "Kind regards,",
  },
  {
    subject: "After our talk at {company}",
    thanks: "A short note to say thank you for seeing me.",
    hook: "If I had to name one thing I took away, it would be this: {hook}",
    close: "Do write if there is something you would like to know more about.",
    order: "thanks hook / promised / answered / close",
    end: "Yours,",
  },
  {
    subject: "The {job} role: a note of thanks",
    work: "I have gone through my notes on the {job} role again.",
    hook: "This line of yours matters most to me: {hook}",
    thanks: "I am grateful for the part of your day that you gave me.",
    order: "work hook / thanks / promised / answered",
    end: "With kind regards,",
  },
  {
    subject: "Thank you for meeting me",
    thanks: "I enjoyed our conversation, and I thank you for it.",
    hook: "You gave me a clearer picture of one thing in particular: {hook}",
    work: "That is where I would like to be of use to {company}.",
    order: "thanks / answered / hook / work / promised",
    end: "All the best,",
  },
  {
    subject: "{job}: what I took from our talk",
    hook: "There is a side of the work that I had not seen before we met: {hook}",
    work: "Now I look at the {job} role with better questions.",
    thanks: "For that, and for your time, thank you.",
    order: "hook work thanks / answered promised",
    end: "Kind regards,",
  },
  {
    subject: "With thanks for your time at {company}",
    thanks: "Thanks for talking with me about how things are done at {company}.",
    close: "I would like to be part of that.",
    hook: "The point that I keep coming back to: {hook}",
    order: "thanks close / promised / hook / answered",
    end: "Sincerely,",
  },
  {
    subject: "A short thank you: {job}",
    thanks: "I am glad that we had the chance to talk, and thank you for making room for it.",
    hook: "Your words made one thing plain to me: {hook}",
    work: "I have been thinking since about where I would begin.",
    close: "I look forward to hearing from {company}, whatever you decide.",
    order: "thanks hook work / promised / answered / close",
    end: "Best regards,",
  },
  {
    subject: "{company}: thanks for the conversation",
    hook: "Of all that I heard that day, this helped me most: {hook}",
    thanks: "I wanted you to know that, and to say thank you.",
    close: "Should a question about me remain, please send it on.",
    order: "hook thanks / promised / close / answered",
    end: "With best wishes,",
  },
  {
    subject: "Following our meeting: {job}",
    thanks: "Thank you for your questions, and for answering mine.",
    work: "They showed me what you look for in the {job} role.",
    hook: "Before we met I would not have known to ask about this: {hook}",
    order: "thanks work / hook / answered promised",
    end: "Many thanks,",
  },
];

const PROMISED = [
  "As promised: {promised} [attach it]",
  "Here is what I said I would send: {promised} [attach it]",
  "I have not forgotten what we agreed: {promised} [attach it]",
  "With this comes what I promised you: {promised} [attach it]",
  "You were also to have this from me: {promised} [attach it]",
];

const ANSWERED = [
  "You asked me this: {answered} I left out what counts most: [what you did, and what came of it].",
  "One question I can answer better: {answered} [What happened, what you did, what came of it.]",
  "May I add to one answer? The question was: {answered} The fact that I left out: [what you did, and what came of it].",
  "One of your questions deserved more than I gave it: {answered} In short: [what you did, and what came of it].",
];

const GAPS = { hook: "[one thing that only they said].", job: "[job]", company: "[company]", candidate: "[your name]" };

/**
 * The note to one person: { subject, body }, the paragraphs of the body parted by an empty line, under 120 words.
 *
 * In: `person` { name, called, hook, promised, answered }: `called` is how
 * one speaks of somebody without a name, `hook` is the one thing that only they said, `promised`
 * what the candidate is to send them, `answered` a question of theirs whose answer the candidate wants to mend;
 * `candidate` { name, job }; `company`; `index`, the place of the person in the day from 0, which picks the shape: the
 * first twelve differ in all, later ones share an order with an earlier one. Everything but the index may be empty.
 */
export function draft({ person, candidate = {}, company = "", index }) {
  const shape = shapeOf(index);
  const typed = { ...person, job: candidate.job, candidate: candidate.name, company };
  const notes = STEPS.map(({ without, room }) => noteOf(shape, valuesOf(typed, room), without));
  return notes.find(({ body }) => wordsOf(body).length < WORDS) ?? notes.at(-1);
}

function noteOf(shape, values, without) {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]); // once: what was typed is not filled again
  const spoken = (key) => !without.includes(key) && values[key] !== "";
  const paragraphs = shape.order.split(" / ").map((keys) => keys.split(" ").filter(spoken).map((key) => fill(shape[key])));
  const middle = paragraphs.map((sentences) => sentences.join(" ")).filter(Boolean);
  const body = [`Dear ${values.name},`, ...middle, `${shape.end}\n${values.candidate}`].join("\n\n");
  return { subject: fill(shape.subject), body };
}

/** From the thirteenth on the shapes come again, each with the hook of another. */
function shapeOf(index) {
  const lap = Math.floor(index / SHAPES.length);
  return {
    ...SHAPES[index % SHAPES.length],
    hook: SHAPES[(index + lap) % SHAPES.length].hook,
    promised: PROMISED[index % PROMISED.length],
    answered: ANSWERED[index % ANSWERED.length],
  };
}

/** What stands for each {name} in a sentence: what was typed or a gap; empty for no promise and no answer. */
function valuesOf(typed, room) {
  const values = Object.fromEntries(Object.keys(room).map((key) => [key, cut(typed[key], room[key])]));
  for (const key of ["hook", "promised", "answered"]) values[key] &&= asSentence(values[key]);
  for (const [key, gap] of Object.entries(GAPS)) values[key] ||= gap;
  values.name ||= typed.called ? `[name: ${typed.called}]` : "[name]";
  return values;
}

const wordsOf = (text) => (text ?? "").split(/\s+/).filter(Boolean);

/** On one line, and no longer than `most` words. */
function cut(text, most) {
  const words = wordsOf(text);
  return words.length > most ? `${words.slice(0, most).join(" ")} … [shorten]` : words.join(" ");
}

const asSentence = (text) => (/[.!?…]["”’)]*$/.test(text) ? text : `${text.replace(/[,;:]+$/, "")}.`);

/**
 * The most characters of a mailto: link. Chromium opens none longer than 2,046 on Windows (kMaxUrlLength in
 * chrome/browser/platform_util_win.cc, less two quotation marks), after Windows’ own limit of 2,083; we keep below both.
 */
export const MAILTO_LIMIT = 2000;

/** A link that opens the note in a mail program (RFC 6068), or null when it would be too long: then it can be copied. */
export function mailto({ to = "", subject, body }) {
  const encode = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD")); // half a character would throw
  const address = encode(to.trim()).replaceAll("%40", "@");
  const lines = body.replace(/\r\n?|\n/g, "\r\n");
  const link = `mailto:${address}?subject=${encode(subject)}&body=${encode(lines)}`;
  return link.length > MAILTO_LIMIT ? null : link;
}
