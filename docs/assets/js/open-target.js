// A link to a card opens its back, on arrival and within the page.

/** The element that the address of the page names behind its #, or null: anything at all may stand there. */
function target() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // not the code of any letter, as “%E0%A4%A”
  }
}

function open() {
  const back = target()?.closest(".si-card")?.querySelector("details");
  if (back) back.open = true;
}

export function attach() {
  open();
  addEventListener("hashchange", open);
}
