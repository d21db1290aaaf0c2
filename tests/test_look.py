"""What readers see is our own look: none of the theme's colours, nothing that only paper has."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.look import THEME, foreign_colours, hold, hold_still
from tests.whole import DRAWN, open_all, put, visit, whole_plan

# What Markdown can write and a page may one day hold, with something in each that takes the focus.
MARKDOWN = """<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
  <p><code>c</code> <kbd>d</kbd> <mark>e</mark> <ins>f</ins> <del>g</del> <abbr title="h">h</abbr></p><hr>
  <pre><code>i</code></pre><blockquote><p>j</p></blockquote><dl><dt>k</dt><dd>l</dd></dl>
  <details><summary>m</summary><p><a href="#m">m</a></p></details>"""
NOTE = '<div class="admonition {0}"><p class="admonition-title">n</p><p><a href="#n">n</a></p></div>'


@pytest.fixture(scope="module")
def planned(browser, address, catalog):
    """A page in a browser that holds a whole plan."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    put(page, address, whole_plan(catalog))
    yield page
    context.close()


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
