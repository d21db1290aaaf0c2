// Opens the search; the search itself is loaded with the first opening, not before.
let dialog;

async function open() {
  dialog ??= import("./search.js").then(({ createDialog }) => createDialog());
  (await dialog).showModal();
}

export function attach(button) {
  button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" || event.key === "s") {
      event.preventDefault();
      open();
    }
  });
  button.hidden = false;
}
