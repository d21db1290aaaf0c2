// Opens the search; the search itself is loaded with the first opening, not before.
let dialog;

async function open() {
  dialog ??= import("./search.js").then(({ createDialog }) => createDialog());
  const shown = await dialog;
  if (!shown.open) shown.showModal(); // asked for again while it loaded
  shown.querySelector("input").focus(); // Safari 16 leaves it on the page
}

export function attach(button) {
  button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    // The field of the closed search keeps the focus for a moment.
    const typing = field && !field.closest("dialog:not([open])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" || event.key === "s") {
      event.preventDefault();
      open();
    }
  });
  button.hidden = false;
}
