// Attaches each behaviour where the page has something for it. Without scripts every page still reads and prints.
import { attach as attachScheme } from "./scheme-button.js";
import { attach as attachSearch } from "./search-button.js";

const drawn = []; // for each behaviour below, when it has drawn what it adds to the page

// What only some pages have is loaded only there.
async function load(found, module) {
  if (!found.length) return;
  const attached = import(module).then(({ attach }) => Promise.all([...found].map((element) => attach(element))));
  drawn.push(attached);
  await attached;
}
const all = (selector) => document.querySelectorAll(selector);

all(".si-scheme").forEach(attachScheme);
all(".si-find").forEach(attachSearch);
load(all(".si-checklist"), "./ticks.js");
load([...all(".si-deck")].slice(0, 1), "./choose-cards.js"); // one for all decks of the page
load([...all(".si-card")].slice(0, 1), "./open-target.js"); // and one for all cards
load(all(".si-pack"), "./pack.js");
if (document.querySelector("[data-paper]")) load([document.querySelector(".si-papers")], "./paper-choice.js");
load(all(".si-plan-day"), "./plan-day.js");
load(all(".si-codes"), "./type-codes.js");
load(all(".si-stops"), "./now.js");
load(all(".si-plan"), "./plan.js");
load(all(".si-plan-print"), "./plan-print.js");
load(all(".si-plan-days"), "./plan-days.js");
load(all(".si-practice"), "./practice.js");
load(all(".si-saved"), "./saved.js");
load(all(".si-letter"), "./copy-letter.js");
load(all(".si-plan-kit"), "./plan-kit.js");
load(CSS.supports("field-sizing", "content") ? [] : all(".si-plan-day, .si-plan-kit"), "./grow.js");
load(CSS.supports("selector(::details-content)") ? [] : all("details"), "./open-to-print.js");
if (drawn.length) import("./place.js").then(({ keepPlace }) => keepPlace(Promise.allSettled(drawn)));
