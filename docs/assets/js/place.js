// Keeps the reader's place on Back and Reload, where scripts draw the page: it is too short for the browser to do so. The
// place stands in the history of the tab, and goes with it.

const STILL = 150; // milliseconds without scrolling, after which the place is noted
const ACTS = ["wheel", "touchmove", "pointerdown", "keydown"]; // the reader goes somewhere else

const parts = () => [...document.querySelectorAll(".md-content details")];

/** Go to the place that was kept, again and again until all is drawn or the reader acts; from then on keep it. */
export async function keepPlace(drawn) {
  const kept = history.state?.place;
  let hasActed = false;
  for (const act of ACTS) addEventListener(act, () => { hasActed = true; }, { once: true, passive: true });
  const goBack = () => hasActed || goTo(kept);
  const growth = new ResizeObserver(goBack);
  growth.observe(document.body);
  await drawn;
  goBack();
  growth.disconnect();

  let timer;
  const note = () => {
    const place = { top: scrollY, open: parts().map((part) => part.open) };
    history.replaceState({ ...history.state, place }, "");
  };
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(note, STILL);
  }, { passive: true });
  addEventListener("pagehide", note);
}

/** Open what stood open, and scroll; without a place, to the part that the address names. */
function goTo(kept) {
  if (!kept) {
    document.querySelector(":target")?.scrollIntoView();
    return;
  }
  const all = parts();
  if (all.length === kept.open.length) all.forEach((part, place) => { part.open ||= kept.open[place]; });
  scrollTo({ top: kept.top, behavior: "instant" });
}
