// Applies the reader's choice of colours before the page is drawn; scheme-button.js makes the choice.
// A classic script in <head>, not a module: a module would run after the first paint, in the wrong colours.
try {
  const saved = JSON.parse(localStorage.getItem("second-interview"));
  if (saved && saved.scheme) document.documentElement.dataset.siScheme = saved.scheme;
} catch {
  // Storage may be blocked or hold something else: the device's own setting stands.
}
