// The button that steps through the colours: as the device says, light, dark. What is saved is shown already (scheme.js).
const NAMES = { light: "Light", dark: "Dark" };
const NEXT = { "": "light", light: "dark", dark: "" };

export function attach(button) {
  const { dataset } = document.documentElement;
  const show = (scheme) => {
    if (scheme) dataset.siScheme = scheme;
    else delete dataset.siScheme;
    button.textContent = NAMES[scheme] ?? "Auto";
    button.setAttribute("aria-label", `Colours: ${button.textContent}. Change`);
  };
  button.addEventListener("click", async () => {
    const scheme = NEXT[dataset.siScheme ?? ""];
    show(scheme);
    const { update } = await import("./store.js"); // most pages have nothing else to save
    update((record) => { record.scheme = scheme || null; });
  });
  show(dataset.siScheme ?? "");
  addEventListener("pageshow", async ({ persisted }) => { // come back as it was left: another page may have chosen since
    if (persisted) show((await import("./store.js")).read().scheme ?? "");
  });
  button.hidden = false;
}
