// What is saved: as a file out, a file in, or gone. On the privacy page and in the planner.
import { create, focusOn } from "./dom.js";
import { erase, exportText, importText, isSecondPlan, KEY, onChange, read, unreadable } from "./store.js";

const REFUSED = { full: "this browser has no room left for it", forbidden: "this browser does not let the site save anything", newer: "this page is older than what is saved: reload it" };

/** Hand the reader a text as a file. */
function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function attach(box) {
  const said = box.querySelector("[role=status]");
  const say = (text, ...buttons) => {
    const { ticks, print, plan } = read();
    const sums = [`${Object.keys(ticks).length} ticks`, `${print.chosen.length} cards chosen to print`, `${plan.people.length} people in your plan`];
    said.replaceChildren(`${text} Saved here now: ${sums.join(", ")}. `.trimStart(), ...buttons);
  };
  const button = (label, act) => {
    const made = create("button", "si-btn si-btn--quiet", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const offerUndo = (text, undo) => say(text, button("Undo", () => {
    undo();
    say("All is back.");
  }));
  const on = (name, act) => box.querySelector(`[data-do=${name}]`).addEventListener("click", act);
  const file = box.querySelector("input[type=file]");

  const take = (text, takesPlan) => {
    const { saved, why, undo } = importText(text, takesPlan);
    if (saved) offerUndo("The file is taken over.", undo);
    else say(`The file is not saved: ${REFUSED[why]}.`);
  };
  const offerPlans = (text) => {
    const choices = [button("Keep the plan that is here", () => take(text, false)), button("Take the plan of the file", () => take(text, true))];
    say("Both the file and this browser have a plan.", ...choices);
    focusOn(choices[0]);
  };

  on("export", () => {
    download(exportText(), `${KEY}.json`);
    say("The file is in your downloads.");
  });
  on("import", () => file.click());
  on("erase", () => {
    offerUndo("Everything is erased.", erase());
    focusOn(said.querySelector("button"));
  });
  file.addEventListener("change", async () => {
    const text = await file.files[0].text();
    file.value = "";
    try {
      if (isSecondPlan(text)) offerPlans(text);
      else take(text, false);
    } catch (error) {
      say(`${error.message} Nothing here has changed.`);
    }
  });
  onChange(() => { if (!said.querySelector("button")) say(""); });
  say("");
  if (unreadable()) {
    const keep = button("Save it as a file", () => download(unreadable(), `${KEY}-unreadable.txt`));
    said.after(create("p", "si-saved__unreadable", "Something that was saved here could not be read. It is kept aside until you erase everything. ", keep));
  }
  box.hidden = false;
}
