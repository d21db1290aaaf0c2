// Loads a behaviour only where the page has something for it. Without scripts every page still reads and prints.
const behaviours = {
  ".si-checklist": "./ticks.js",
  ".si-saved": "./saved.js",
  ".si-scheme": "./scheme-button.js",
  ".si-find": "./search-button.js",
  ".si-card": "./deep-link.js",
};

for (const [selector, module] of Object.entries(behaviours)) {
  const found = document.querySelectorAll(selector);
  if (found.length) import(module).then(({ attach }) => found.forEach(attach));
}
