// Draws the parts of the day whenever the plan has changed, and again once the words of the questions are here.
import { loadWords, NO_WORDS, readDay } from "./day-words.js";
import { bindRows, follow } from "./plan-fields.js";
import { read } from "./store.js";

/** The day that is followed; every `draw` gets what `readDay` gives. */
export class Follower {
  #words = NO_WORDS;
  #again = [];
  #seen = {}; // the day of the record that was drawn last: every row of every list asks for it
  #dayOf = (record) => {
    if (this.#seen.record !== record) this.#seen = { record, day: readDay(record, this.#words) };
    return this.#seen.day;
  };

  /** The day as it is now. */
  today = () => this.#dayOf(read());

  /** Call `draw(day)` now and at every change. */
  follow(draw) {
    const drawRecord = (record) => draw(this.#dayOf(record));
    follow(drawRecord);
    this.#again.push(drawRecord);
  }

  /** Keep an element for each person in `list`, made from `template`; call `draw(element, person, day)` at every change. */
  followPeople(list, template, draw) {
    bindRows({
      list,
      template,
      of: (record) => this.#dayOf(record).people,
      draw: (element, person, _, record) => draw(element, person, this.#dayOf(record)),
    });
    this.#again.push((record) => {
      const day = this.#dayOf(record);
      day.people.forEach((person, place) => draw(list.children[place], person, day));
    });
  }

  /** Fetch the words, and draw with them. Out: whether they could be had. */
  async load() {
    const words = await loadWords();
    this.#words = words ?? NO_WORDS;
    this.#seen = {};
    for (const draw of this.#again) draw(read());
    return words !== null;
  }
}
