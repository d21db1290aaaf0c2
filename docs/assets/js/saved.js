// On the privacy page: what is saved, as a file out, a file in, or gone.
import { erase, exportText, importText, KEY, read } from "./store.js";

export function attach(box) {
  const said = box.querySelector("[role=status]");
  const say = (text) => {
    const { ticks, print } = read();
    said.textContent = `${text} Saved here now: ${Object.keys(ticks).length} ticks, ${print.chosen.length} cards chosen to print.`;
  };
  const on = (name, act) => box.querySelector(`[data-do=${name}]`).addEventListener("click", act);
  const file = box.querySelector("input[type=file]");

  on("export", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([exportText()], { type: "application/json" }));
    link.download = `${KEY}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
    say("The file is in your downloads.");
  });
  on("import", () => file.click());
  on("erase", () => {
    if (!confirm("Erase everything this site has saved in this browser?")) return;
    erase();
    say("Everything is erased.");
  });
  file.addEventListener("change", async () => {
    try {
      importText(await file.files[0].text());
      say("The file is taken over.");
    } catch (error) {
      say(error.message);
    }
    file.value = "";
  });
  say("");
  box.hidden = false;
}
