// The search dialog: a field, the results of Pagefind, and the keys to reach them.
const ROOT = new URL("../../", import.meta.url);
const PAGES = 16; // pages whose parts are looked at for one query
const SHOWN = 20; // results shown
const PARTS = 4; // results from one page, so that one long page does not fill the list

const HTML = `
  <form class="si-search__bar" method="dialog" role="search">
    <input type="search" role="combobox" aria-label="Search the guide and the cards" aria-controls="si-found" aria-expanded="false"
      aria-autocomplete="list" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go" placeholder="Try: salary, KPI, panel, nerves">
    <button value="close">Close</button>
  </form>
  <p class="si-search__said" role="status">Type to search.</p>
  <ol id="si-found" role="listbox" aria-label="Results"></ol>`;

/** The best parts of a page for a query: each with title, address and place in the list. `rank` is the page's own place. */
export function parts(page, rank) {
  const score = (part) => part.weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
  const scored = page.sub_results.map((part) => ({ title: part.title, url: part.url, page: page.meta.title, score: score(part) }));
  return scored.sort((a, b) => b.score - a.score).slice(0, PARTS).map((part, place) => ({ ...part, order: rank + place * 2 }));
}

/** Whether a page names the query, as it was typed, among its keywords: such a page comes first. */
const named = (page, query) => (page.meta.keywords ?? "").split("|").includes(query.toLowerCase());

/** Pagefind with our index, ready to search. */
export async function loadIndex() {
  const pagefind = await import(new URL("pagefind/pagefind.js", ROOT));
  await pagefind.options({ baseUrl: "/" });
  return pagefind;
}

/** What the dialog shows for a query, best first: title, address from the top of the site, and title of the page. */
export async function find(pagefind, query) {
  const { results } = await pagefind.search(query);
  const pages = await Promise.all(results.slice(0, PAGES).map((result) => result.data()));
  const ranked = [...pages].sort((a, b) => named(b, query) - named(a, query));
  return ranked.flatMap(parts).sort((a, b) => a.order - b.order).slice(0, SHOWN);
}

function createRow({ title, url, page }, index) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.id = `si-found-${index}`;
  link.href = new URL(url.replace(/^\//, ""), ROOT);
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  const name = document.createElement("strong");
  name.textContent = title;
  link.append(name);
  if (page !== title) {
    const where = document.createElement("span");
    where.textContent = page;
    link.append(where);
  }
  row.setAttribute("role", "presentation");
  row.append(link);
  return row;
}

/** The dialog, with Pagefind loaded, ready to be shown. */
export async function createDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "si-search";
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = HTML;
  document.body.append(dialog);
  const [field, said, list] = ["input", ".si-search__said", "ol"].map((selector) => dialog.querySelector(selector));
  let chosen = -1;
  let latest = 0;

  const links = () => [...list.querySelectorAll("a")];
  const choose = (index) => {
    const found = links();
    if (!found.length) return;
    chosen = (index + found.length) % found.length;
    found.forEach((link, i) => link.setAttribute("aria-selected", String(i === chosen)));
    field.setAttribute("aria-activedescendant", found[chosen].id);
    found[chosen].scrollIntoView({ block: "nearest" });
  };

  const pagefind = await loadIndex();

  field.addEventListener("input", async () => {
    const turn = (latest += 1);
    const query = field.value.trim();
    const rows = query ? await find(pagefind, query) : [];
    if (turn !== latest) return; // a later keystroke has its own results
    list.replaceChildren(...rows.map(createRow));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", String(rows.length > 0));
    said.textContent = query ? (rows.length ? `${rows.length} results` : `Nothing found for “${query}”. Try one plain word.`) : "Type to search.";
    if (rows.length) choose(0);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      links()[chosen]?.click();
    } else if (event.key === "Escape") { // some browsers would only empty the field
      event.preventDefault();
      dialog.close();
    }
  });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return dialog;
}
