"""What readers see is our own look: none of the theme's colours, nothing that only paper has."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from tests.conftest import ROOT
from tests.whole import DRAWN, KINDS, open_all, put, visit, whole_plan

THEME = next(Path(material.__file__).parent.glob("templates/assets/stylesheets/main.*.min.css"))
COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\([^()]*\)"
# What Markdown can write and a page may one day hold, with something in each that takes the focus.
MARKDOWN = """<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
  <p><code>c</code> <kbd>d</kbd> <mark>e</mark> <ins>f</ins> <del>g</del> <abbr title="h">h</abbr></p><hr>
  <pre><code>i</code></pre><blockquote><p>j</p></blockquote><dl><dt>k</dt><dd>l</dd></dl>
  <details><summary>m</summary><p><a href="#m">m</a></p></details>"""
HELD = "details, summary, .admonition, tr, td, a, button, label, input, select, textarea"
NOTE = '<div class="admonition {0}"><p class="admonition-title">n</p><p><a href="#n">n</a></p></div>'

# In: colours of the theme, names of our tokens. Out: where on the page one of the former shows that is none of the
# latter, by element, pseudo-element and property. A colour counts at every strength, black and white as it is written.
FOREIGN = """([theirs, tokens]) => {
  const PSEUDO = [null, "::before", "::after", "::marker", "::placeholder", "::selection", "::backdrop"];
  const ALWAYS = ["::marker", "::placeholder", "::selection", "::backdrop"];
  const ANYWHERE = ["color", "background-color", "background-image", "box-shadow", "text-shadow", "filter",
    "caret-color", "accent-color", "scrollbar-color"];
  const SIDES = ["border-top", "border-right", "border-bottom", "border-left"];
  const WHERE_DRAWN = { outline: "outline-style", "text-decoration": "text-decoration-line",
    "text-emphasis": "text-emphasis-style", "column-rule": "column-rule-style",
    ...Object.fromEntries(SIDES.map((side) => [side, `${side}-style`])) };
  const probe = document.body.appendChild(document.createElement("i"));
  const resolve = (colour) => { probe.style.color = colour; return getComputedStyle(probe).color; };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const keyOf = (colour) => {
    const [red, green, blue, strength = 1] = parts(colour);
    return red === green && green === blue ? String([red, green, blue, strength]) : String([red, green, blue]);
  };
  const palette = new Set(theirs.map(resolve).filter((colour) => parts(colour)[3] !== 0).map(keyOf));
  for (const sheet of ["", "si-sheet"]) { // of the page, and of paper on it, which is always light
    probe.className = sheet;
    for (const token of tokens) palette.delete(keyOf(resolve(`var(${token})`)));
  }
  probe.remove();
  const found = new Set();
  const look = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const isThere = !pseudo || ALWAYS.includes(pseudo) || !["none", "normal"].includes(style.content);
    if (!isThere || style.display === "none") return;
    const values = ANYWHERE.map((name) => [name, style.getPropertyValue(name)]);
    for (const [name, when] of Object.entries(WHERE_DRAWN)) {
      if (style.getPropertyValue(when) !== "none") values.push([name, style.getPropertyValue(`${name}-color`)]);
    }
    if (element instanceof SVGElement) values.push(["fill", style.fill], ["stroke", style.stroke]);
    for (const [name, value] of values) {
      for (const colour of value.match(/rgba?\\([^)]*\\)/g) ?? []) {
        const where = `${element.localName}.${element.getAttribute("class")}${pseudo ?? ""}`;
        if (palette.has(keyOf(colour))) found.add(`${where} ${name}: ${colour}`);
      }
    }
  };
  for (const element of document.querySelectorAll("body, body *")) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    for (const pseudo of PSEUDO) look(element, pseudo);
  }
  return [palette.size, ...found];
}"""


@pytest.fixture(scope="module")
def planned(browser, address, catalog):
    """A page in a browser that holds a whole plan."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    put(page, address, whole_plan(catalog))
    yield page
    context.close()


@pytest.fixture(scope="module", params=KINDS)
def opened(request, planned, address):
    """Each kind of page in turn, with all open that can be opened."""
    visit(planned, address, request.param)
    open_all(planned)
    hold_still(planned)
    return planned


def hold_still(page):
    """Have no colour change step by step."""
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")


def foreign_colours(page):
    """Where a colour of the theme shows that our tokens lack."""
    theirs = sorted(set(re.findall(COLOUR, THEME.read_text("utf-8"))))
    tokens = re.findall(
        r"^ +(--si-[\w-]+): (?:#|var\(--si-light)", (ROOT / "docs/assets/css/tokens.css").read_text("utf-8"), re.M
    )
    size, *found = page.evaluate(FOREIGN, [theirs, tokens])
    assert size > 30, "the theme's palette was not found"
    return found


def hold(page, selector, states):
    """Have all that a selector finds hovered, focused … at once, as the browser's own tools can, until they leave."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": states})
    return session


def test_no_colour_is_the_themes_own(opened):
    for states in ([], ["hover", "focus", "focus-within", "focus-visible", "active"]):
        held = hold(opened, HELD, states)
        for scheme in ("light", "dark"):
            opened.emulate_media(color_scheme=scheme)
            assert foreign_colours(opened) == []
        held.detach()


def test_no_colour_is_the_themes_own_in_whatever_markdown_can_write(planned, address):
    types = sorted(set(re.findall(r"\.admonition\.([a-z]+)", THEME.read_text("utf-8"))))
    assert {"note", "warning", "tip"} <= set(types)
    visit(planned, address, "privacy/")
    html = MARKDOWN + "".join(NOTE.format(name) for name in ["", *types])
    planned.evaluate("(html) => document.querySelector('.si-page').insertAdjacentHTML('beforeend', html)", html)
    open_all(planned)
    hold_still(planned)
    assert foreign_colours(planned) == []
    held = hold(planned, ".si-page *", ["hover", "focus", "focus-within"])
    assert foreign_colours(planned) == []
    held.detach()


def test_a_custom_property_holds_nothing_that_an_older_browser_cannot_read():
    """It is read only where it is used, and takes the whole declaration with it: every border, box and ring."""
    functions = set()
    for file in (ROOT / "docs/assets/css").glob("*.css"):
        for value in re.findall(r"[{;]\s*--[\w-]+:([^;}]*)", file.read_text("utf-8")):
            functions.update(re.findall(r"([\w-]+)\(", value))
    assert functions == {"var"}


@pytest.mark.parametrize(("device", "chosen", "dark"), [("light", None, 0), ("dark", None, 1), ("light", "dark", 1)])
def test_the_device_and_the_button_choose_the_colours_and_paper_stays_light(browser, address, device, chosen, dark):
    context = browser.new_context(color_scheme=device)
    page = context.new_page()
    page.goto(address + "privacy/")
    page.evaluate("(scheme) => localStorage.setItem('second-interview', JSON.stringify({ scheme }))", chosen)
    page.reload()
    sheet = "document.body.insertAdjacentHTML('beforeend', '<p class=\"si-sheet\"></p>')"
    page.evaluate(sheet)
    ink = "(one) => getComputedStyle(one).getPropertyValue('--md-typeset-color').trim()"
    assert page.locator("body").evaluate(ink) == ["#1b2622", "#e9ece5"][dark]
    assert page.locator(".si-sheet").last.evaluate(ink) == "#1b2622"
    assert page.locator("body").evaluate("(one) => getComputedStyle(one).colorScheme") == ["light", "dark"][dark]
    context.close()


def test_what_only_paper_has_is_not_on_the_screen(opened):
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")  # what scripts add for paper is there as well
    shown = opened.locator(".si-on-paper, .si-paper")
    assert shown.count() or not opened.locator(".si-page").count(), "the page has nothing of the kind"
    assert shown.evaluate_all("(all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML)") == []
    opened.evaluate("dispatchEvent(new Event('afterprint'))")


# In: a width. Out: what of the header does not stand within it.
CUT = """(width) => [...document.querySelectorAll(".si-header :is(a, button, summary)")].filter((one) => {
  const { left, right } = one.getBoundingClientRect();
  return one.checkVisibility() && (left < 0 || right > width);
}).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("width", [320, 390])
def test_text_of_twice_the_size_cuts_nothing_off(opened, width):
    opened.set_viewport_size({"width": width, "height": 844})
    opened.evaluate("document.documentElement.style.setProperty('font-size', '250%', 'important')")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate(CUT, width) == []
    opened.evaluate("document.documentElement.style.removeProperty('font-size')")


# ---------------------------------------------------------------- what readers type

LONG = "W" * 300
TYPED = ":is(.md-content, .si-search) :is(textarea, input:not([type]), input[type=text], input[type=search])"
# Sheets of paper are shown smaller than they are: nothing of one may stand beyond its own edge.
BEYOND = """() => [...document.querySelectorAll(".si-sheet *")].filter((one) =>
  one.getBoundingClientRect().right > one.closest(".si-sheet").getBoundingClientRect().right + 0.5)
  .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def crowded(browser, address, catalog):
    """A page on a narrow phone that holds a plan of very long words."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    put(page, address, whole_plan(catalog, LONG))
    yield page
    context.close()


@pytest.mark.parametrize("path", [*DRAWN, "checklists/", "checklists/week-before/", "ask/growth/", "print/"])
def test_a_long_word_typed_anywhere_widens_nothing(crowded, address, path):
    visit(crowded, address, path)
    open_all(crowded)
    for field in crowded.locator(f"{TYPED} >> visible=true").all():
        field.fill(LONG[: int(field.get_attribute("maxlength") or len(LONG))])
    for button in crowded.get_by_role("button", name="Tick them").all():
        button.click()
        crowded.locator(".si-codes [role=status] p").last.wait_for()
    assert crowded.evaluate("document.documentElement.scrollWidth") <= 320
    assert crowded.evaluate(BEYOND) == []


def test_a_long_word_that_is_searched_for_widens_nothing(crowded, address):
    visit(crowded, address, "plan/")
    crowded.keyboard.press("/")
    crowded.locator(".si-search input").fill("Zq" * 150)
    crowded.locator(".si-search__said", has_text="Nothing found").wait_for()
    assert crowded.evaluate("document.querySelector('.si-search__said').scrollWidth") <= 320
