// Keeps the reader's place on Back and Reload. The browser does so itself on a page that is whole when it arrives; one
// that scripts draw is still short then. The place stands with the page's entry in the history, and goes with the tab.

const STILL = 150; // milliseconds without scrolling, after which the place is noted
const ACTS = ["wheel", "touchmove", "pointerdown", "keydown"]; // of a reader who goes somewhere by themselves

const parts = () => [...document.querySelectorAll(".md-content details")];

/** Go to the place that was kept, as soon as the page is long enough, until it is drawn or the reader acts; then keep it. */
export async function keepPlace(drawn) {
  const kept = history.state?.place;
  const acted = new Promise((resolve) => {
    for (const act of ACTS) addEventListener(act, resolve, { once: true, passive: true });
  });
  const growth = new ResizeObserver(() => goTo(kept));
  growth.observe(document.body);
  const isActed = await Promise.race([drawn.then(() => false), acted.then(() => true)]);
  growth.disconnect();
  if (!isActed) goTo(kept);
  await drawn;
  followPlace();
}

/** Open what stood open, and scroll; a page that was never left goes to the part that its address names, if any. */
function goTo(kept) {
  if (!kept) {
    document.querySelector(":target")?.scrollIntoView();
    return;
  }
  const all = parts();
  if (all.length === kept.open.length) all.forEach((part, place) => { part.open ||= kept.open[place]; });
  scrollTo({ top: kept.top, behavior: "instant" });
}

function followPlace() {
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
