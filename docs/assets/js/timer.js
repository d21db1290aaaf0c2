// Counts down. Time that the page slept through counts as well.

/**
 * In: whole seconds; `tick(left, total)`, called with the seconds left whenever they change, first at once.
 * Out: { pause(), go(), stop(), isPaused }.
 */
export function startTimer(total, tick) {
  let used = 0; // milliseconds, up to the last pause
  let since = performance.now();
  let shown = null;
  const timer = { isPaused: false };
  const show = () => {
    const left = Math.max(0, Math.ceil(total - (used + (timer.isPaused ? 0 : performance.now() - since)) / 1000));
    if (left !== shown) tick((shown = left), total);
    if (!left) timer.stop();
  };
  const interval = setInterval(show, 200);
  timer.stop = () => clearInterval(interval);
  timer.pause = () => {
    if (!timer.isPaused) used += performance.now() - since;
    timer.isPaused = true;
  };
  timer.go = () => {
    since = performance.now();
    timer.isPaused = false;
  };
  show();
  return timer;
}
