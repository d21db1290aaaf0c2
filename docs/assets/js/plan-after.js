// The thank-you notes of the day: a draft for each person, to change, to copy, or to open in the mail program.
import { copyText } from "./copy.js";
import { focusOn } from "./dom.js";
import { draft, mailto } from "./drafts.js";
import { save } from "./plan-fields.js";

const MOST = 120; // words: a note stays below this

const wordsOf = (text) => text.split(/\s+/).filter(Boolean).length;

/** A list in a sentence: “Ann”, “Ann and Ben”, “Ann, Ben and Cleo”. */
const listed = (names) => [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");

/**
 * Fills the part of the page for the notes. In: the part; the Follower of the day; `write(id)`, which lets the reader
 * write down the hook of a person. What the reader has changed in a draft is saved, until the reader asks for a new one.
 */
export function attachDrafts(part, follower, write) {
  const [list, template, missing, said] = ["drafts", "draft", "missing", "copied"].map((name) => part.querySelector(`.si-day__${name}`));
  const notes = new WeakMap(); // element -> the note in it

  follower.followPeople(list, template, (element, person, day) => {
    if (!notes.has(element)) notes.set(element, new Note(element, person.id, said, () => write(person.id)));
    notes.get(element).draw(person, day);
  });
  follower.follow(({ people, name }) => {
    const bare = people.filter(({ hook }) => !hook.trim()).map(name);
    const words = bare.length ? `No hook yet for ${listed(bare)}. In place of it stands a gap: [one thing that only they said].` : "";
    if (missing.textContent !== words) missing.textContent = words;
  });
}

/** One note: `now` is the draft as the plan has it, `letter` what the reader made of it or null, `gone` what was undone. */
class Note {
  constructor(element, id, said, write) {
    this.element = element;
    this.id = id;
    this.field = element.querySelector("textarea");
    this.say = (sentence) => { said.textContent = sentence; };
    this.field.addEventListener("input", () => {
      const { value } = this.field;
      this.keep(value === this.now.body ? null : value);
    });
    for (const [name, act] of [["copy", () => this.copy()], ["again", () => this.draftAgain()], ["back", () => this.putBack()], ["write", write]]) {
      this.control(name).addEventListener("click", act);
    }
  }

  control(name) {
    return this.element.querySelector(`[data-act=${name}]`);
  }

  part(name) {
    return this.element.querySelector(`.si-draft__${name}`);
  }

  draw(person, { plan: { interview }, people, name, isNamed }) {
    this.now = draft({
      person: { ...person, name: isNamed(person) ? person.name : "", called: name(person) },
      candidate: { name: interview.candidate, job: interview.job },
      company: interview.company,
      index: people.indexOf(person),
    });
    this.name = name(person);
    this.part("name").textContent = this.name;
    this.part("gap").hidden = person.hook.trim() !== "";
    this.part("label").textContent = `Note to ${this.name}`;
    this.part("subject").textContent = this.now.subject;
    this.letter = person.letter;
    const text = this.letter ?? this.now.body;
    const isUnderHand = this.field === document.activeElement; // another tab may have written
    if (this.field.value !== text && !isUnderHand) this.field.value = text;
    this.refresh();
  }

  /** Save the note as the reader wrote it; null for the draft. */
  keep(letter) {
    save(({ plan }) => {
      const person = plan.people.find(({ id }) => id === this.id);
      if (person) person.letter = letter;
    });
  }

  /** Show what follows from the text in the field: its length, its link, and whether it is the reader's own. */
  refresh() {
    const words = wordsOf(this.field.value);
    this.part("words").textContent = words < MOST ? `${words} words` : `${words} words. Bring it below ${MOST}.`;
    const link = mailto({ subject: this.now.subject, body: this.field.value });
    this.control("mail").hidden = link === null;
    if (link) this.control("mail").href = link;
    this.part("long").hidden = link !== null;
    this.part("own").hidden = this.letter === null;
    this.part("gone").hidden = this.letter !== null || !this.gone;
    this.control("copy").textContent = "Copy the note";
  }

  draftAgain() {
    this.gone = this.letter;
    this.keep(null);
    focusOn(this.control("back"));
    this.say(`The note to ${this.name} is drafted again.`);
  }

  putBack() {
    this.keep(this.gone);
    focusOn(this.field);
    this.say(`Your note to ${this.name} is back.`);
  }

  async copy() {
    if (await copyText(`Subject: ${this.now.subject}\n\n${this.field.value}`, () => this.field.select())) {
      this.control("copy").textContent = "Copied";
      this.say(`The note to ${this.name} is copied.`);
    } else {
      this.say("The browser refused to copy. The note is selected: copy it by hand.");
    }
  }
}
