"""The least browsers: Safari and iOS 16, Firefox 115, Chrome and Edge 110 know all that our styles and scripts use.

What they do not know is in newer.json (see compat.py), and may be used only where it stands below with its reason.
"""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests import browser as browser_finder
from tests.compat import FILE
from tests.conftest import ROOT
from tests.whole import DRAWN, KINDS, TODAY, drawn, put, visit, whole_plan

NEWER = json.loads(FILE.read_text("utf-8"))
STYLES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs/assets/css").glob("*.css"))}
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs/assets/js").rglob("*.js"))}
ONLY_LOOKS = "without it the page looks a little plainer"
REASONS = {
    "property": {
        "accent-color": ONLY_LOOKS,
        "contain-intrinsic-size": "only spares work",
        "content-visibility": "only spares work",
        "field-sizing": "grow.js does it where it is missing",
        "mask": "known with a prefix, and only taken off the theme's own signs",
        "orphans": ONLY_LOOKS,
        "resize": "phones have no corner to pull: the fields grow",
        "text-wrap": ONLY_LOOKS,
        "widows": ONLY_LOOKS,
        "zoom": "for WebKit alone, which has always known it",
    },
    "function": {},
    "selector": {
        "details-content": "open-to-print.js opens what is closed where it is missing",
        "has": "each of its rules stands alone and only looks: see the test below",
    },
    "at-rule": {"page": "Safari uses no named page: sheets.js takes the margins of all away while sheets print"},
    "script": {
        "pause": "of our own timer",
        "read": "of our own store",
        "role": "of our own people",
        "request": "of the wake lock, whose box is shown only where there is one",
        "wakeLock": "its box is shown only where there is one",
        "userAgentData": "asked for to tell Chromium from others",
    },
}


def code_of(text: str) -> str:
    """A style or script without its comments."""
    return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", text, flags=re.S)


def used(kind: str) -> set[str]:
    """The names of a kind that our styles or scripts use."""
    patterns = {
        "property": r"[{;]\s*([a-z-]+)\s*:",
        "function": r"(?<![\w-])([a-z][a-z-]*)\(",
        "selector": r"::?([a-z-]+)",
        "at-rule": r"@([a-z-]+)",
        "script": r"\.([A-Za-z]\w+)\(|new ([A-Z]\w+)|(?<![\w.])([A-Z]\w+)\.|navigator\.(\w+)|\"(\w+)\" in navigator",
    }
    files = SCRIPTS if kind == "script" else STYLES
    found = re.findall(patterns[kind], "\n".join(map(code_of, files.values())))
    return {name for names in found for name in ([names] if isinstance(names, str) else names) if name}


@pytest.mark.parametrize("kind", REASONS)
def test_what_the_least_browsers_do_not_know_is_used_for_a_reason_or_not_at_all(kind):
    assert len(NEWER[kind]) > 5, "the table of this kind is empty"
    late = {name: NEWER[kind][name] for name in used(kind) & NEWER[kind].keys()}
    assert {name: since for name, since in late.items() if name not in REASONS[kind]} == {}
    assert set(REASONS[kind]) - late.keys() == set(), "a reason for what is not used any more"


def test_a_rule_that_an_older_firefox_drops_takes_no_other_with_it():
    """Of a list of selectors with one that is not known, all are dropped; in a script it is an error."""
    for name, text in STYLES.items():
        for selectors in re.findall(r"([^{}]+)\{", code_of(text)):
            parts = re.split(r",(?![^(]*\))", selectors)
            assert len(parts) == 1 or len([part for part in parts if ":has(" in part]) in (0, len(parts)), (name, parts)
    assert [name for name, text in SCRIPTS.items() if ":has(" in code_of(text)] == []


def test_nothing_on_paper_is_measured_by_the_window_but_in_chromium():
    """In Safari `vw` on paper is that of the window. Chromium's is that of the page, and mends its rounding."""
    rules = re.findall(r"([^{}]+)\{([^{}]*\d(?:vw|vh)[^{}]*)\}", code_of(STYLES["paper.css"]))
    assert rules and all(".si-paper--chromium" in selectors for selectors, _ in rules)


# ---------------------------------------------------------------- with the functions taken away

# In: names, such as "URL.canParse" or "Array.prototype.toSorted". They are gone before any script of the page runs; a
# selector with :has() is an error.
TAKE_AWAY = """(names) => {
  for (const name of names) {
    const path = name.split(".");
    const last = path.pop();
    const owner = path.reduce((one, part) => one?.[part], globalThis);
    if (owner) delete owner[last];
  }
  for (const name of ["querySelector", "querySelectorAll", "matches", "closest"]) {
    for (const { prototype } of [Document, Element, DocumentFragment]) {
      const real = prototype[name];
      if (real) prototype[name] = function (selector) {
        if (selector.includes(":has(")) throw new SyntaxError(selector);
        return real.call(this, selector);
      };
    }
  }
  const supports = CSS.supports.bind(CSS);
  CSS.supports = (...what) => !/field-sizing|details-content/.test(what.join()) && supports(...what);
}"""
OWNERS = ["", "URL.", "AbortSignal.", "Object.", "Promise.", "Array.", "Map.", "Intl.", "Navigator.prototype."]
OWNERS += [
    f"{name}.prototype." for name in ("Array", "String", "Set", "Map", "Iterator", "Element", "Document", "Response")
]
KEPT = {"read", "pause", "request"}  # see REASONS


@pytest.fixture(scope="module")
def least(browser, address, catalog):
    """A page in a browser without what came after the least ones, and with a whole plan."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    names = [owner + name for owner in OWNERS for name in NEWER["script"] if name not in KEPT]
    context.add_init_script(f"({TAKE_AWAY})({json.dumps(names)})")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    put(page, address, whole_plan(catalog))
    page.errors = errors
    yield page
    context.close()


def test_the_functions_are_really_gone(least, address):
    least.goto(address + "privacy/")
    gone = "['URL.canParse', 'Object.groupBy', 'Promise.withResolvers', 'navigator.userAgentData']"
    assert least.evaluate(f"{gone}.map((name) => eval(name) === undefined)") == [True] * 4


def some(paths: list[str], *quick: str) -> list:
    """The paths as parameters: `quick` in every run, the rest in the weekly one."""
    return [path if path in quick else pytest.param(path, marks=pytest.mark.heavy) for path in paths]


@pytest.mark.parametrize("path", some(KINDS, "", "ask/growth/", "plan/", "plan/day/", "print/pack/"))
def test_every_kind_of_page_works_without_what_is_newer(least, address, path):
    visit(least, address, path)
    assert least.errors == []
    assert least.evaluate("document.documentElement.scrollWidth") <= 390
    if path in DRAWN:
        expect(least.locator(DRAWN[path]).first).to_be_attached()


def test_a_field_grows_with_its_text_where_the_browser_does_not_see_to_it(least, address):
    visit(least, address, "plan/day/")
    least.add_style_tag(content="textarea { field-sizing: fixed !important }")
    field = least.locator(".si-talk textarea >> visible=true").first
    field.fill("One line\n" * 30)
    assert field.evaluate("(one) => one.scrollHeight - one.clientHeight") == 0
    least.reload()
    drawn(least, "plan/day/")
    least.add_style_tag(content="textarea { field-sizing: fixed !important }")
    least.wait_for_function("document.querySelector('.si-talk:not([hidden]) textarea').style.height !== ''")
    field = least.locator(".si-talk textarea >> visible=true").first
    expect(field).to_have_value("One line\n" * 30)
    assert field.evaluate("(one) => one.scrollHeight - one.clientHeight") <= 1


# ---------------------------------------------------------------- coming back

BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


SHOWING = [*DRAWN, "", "checklists/week-before/", "ask/growth/", "privacy/"]


@pytest.mark.parametrize("path", some(SHOWING, "plan/", "plan/day/", "checklists/week-before/", "privacy/"))
def test_a_page_that_comes_back_as_it_was_left_shows_what_is_saved_now(browser, address, catalog, path):
    """The browser keeps a page that is left, with all that stands on it, and runs no script while it is away."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    put(page, address, whole_plan(catalog))
    first = catalog.checklists["week-before"].items[0].id
    set_ = "(record) => localStorage.setItem('second-interview', JSON.stringify(record))"
    saved = page.evaluate("JSON.parse(localStorage.getItem('second-interview'))")
    page.evaluate(set_, saved | {"ticks": {first: "2027-03-01"}, "print": {"chosen": list(catalog.cards)}})
    state = """() => [document.querySelector("main").innerText.split(/\\s+/).join(" "),
      ...[...document.querySelectorAll("main :is(input, select, textarea)")].filter((one) => one.checkVisibility())
        .map((one) => one.value + one.checked)]"""
    visit(page, address, path)
    before = page.evaluate(state)
    page.evaluate("localStorage.clear()")
    page.evaluate(BACK)
    other = context.new_page()
    other.clock.set_fixed_time(TODAY)
    other.goto(address + path)
    other.wait_for_load_state("networkidle")
    fresh = other.evaluate(state)
    if path in DRAWN and path != "print/pack/":
        assert before != fresh, "the page shows nothing that is saved"
    page.wait_for_function(f"(fresh) => ({state})().join() === fresh.join()", arg=fresh)
    context.close()


def test_the_colours_that_were_chosen_elsewhere_are_shown_on_the_way_back(page, address):
    page.goto(address)
    expect(page.get_by_role("button", name="Colours: Auto")).to_be_visible()
    page.evaluate("localStorage.setItem('second-interview', JSON.stringify({ scheme: 'dark' }))")
    page.evaluate(BACK)
    expect(page.get_by_role("button", name="Colours: Dark")).to_be_visible()


def test_escape_closes_the_search_whatever_was_typed(page, address):
    page.goto(address)
    for words in ("", "pay"):
        page.keyboard.press("/")
        field = page.get_by_role("combobox")
        expect(field).to_be_focused()
        field.fill(words)
        page.keyboard.press("Escape")
        expect(field).to_be_hidden()


# Newer browsers forgive it; that of Safari 16 does not.
SHOWN_ONCE = """const real = HTMLDialogElement.prototype.showModal;
HTMLDialogElement.prototype.showModal = function () {
  if (this.open) throw new DOMException("It is open", "InvalidStateError");
  real.call(this);
};"""


def test_a_search_that_is_asked_for_twice_while_it_loads_opens_once(page, address):
    page.add_init_script(SHOWN_ONCE)
    page.goto(address)
    page.get_by_role("button", name="Search").evaluate("(button) => { button.click(); button.click(); }")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_be_hidden()


def test_an_engine_that_cannot_be_had_is_said_with_what_to_install(monkeypatch):
    monkeypatch.setattr(browser_finder, "_path", lambda names: None)
    monkeypatch.setattr(browser_finder, "_install", lambda *packages: False)
    for name, (_, packages) in browser_finder.PROGRAMS.items():
        with pytest.raises(RuntimeError, match=f"Install {' '.join(packages)} and run again"):
            browser_finder.program(name)
