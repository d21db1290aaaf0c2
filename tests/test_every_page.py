"""What holds on every kind of page, in one visit of each: with a whole plan and, where scripts draw, without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.look import foreign_colours, hold, hold_still
from tests.whole import DRAWN, KINDS, drawn, find_violations, open_all, put, whole_plan

UNKNOWN = "#%E0%A4%A"  # a hash that no page knows and that cannot even be decoded
HELD = "details, summary, .admonition, tr, td, a, button, label, input, select, textarea"
FULL, EMPTY = "with a plan", "with nothing saved"
VISITS = [*((path, FULL) for path in KINDS), *((path, EMPTY) for path in DRAWN)]


@dataclass
class Visit:
    """A page that was opened, the addresses it asked for and the errors of its scripts."""

    page: Page
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def readers(browser, address, catalog):
    """A page on a phone for each of what can be saved."""
    contexts = {saved: browser.new_context(viewport={"width": 390, "height": 844}) for saved in (FULL, EMPTY)}
    pages = {saved: context.new_page() for saved, context in contexts.items()}
    put(pages[FULL], address, whole_plan(catalog))
    yield pages
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module", params=VISITS, ids=lambda visit: f"{visit[0] or 'front'} {visit[1]}")
def visited(request, readers, address):
    """Each kind of page in turn, as it opens."""
    path, saved = request.param
    visit = Visit(readers[saved])
    visit.page.on("request", note_request := lambda request: visit.asked.append(request.url))
    visit.page.on("pageerror", note_error := lambda error: visit.errors.append(str(error)))
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.emulate_media(color_scheme="light")
    visit.page.goto("about:blank")  # else the hash alone would change, and nothing be opened
    visit.page.goto(f"{address}{path}{UNKNOWN}")
    if saved == FULL:
        drawn(visit.page, path)
    visit.page.wait_for_load_state("networkidle")
    hold_still(visit.page)
    yield visit
    visit.page.remove_listener("request", note_request)
    visit.page.remove_listener("pageerror", note_error)


@pytest.fixture(scope="module")
def opened(visited):
    """The same, with all open that can be opened. What needs the page as it opens stands above, and runs before."""
    open_all(visited.page)
    return visited.page


# ---------------------------------------------------------------- as it opens


def test_it_asks_no_other_host_and_sets_no_cookie(visited, address):
    hosts = {urlsplit(url).netloc for url in visited.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(address).netloc}
    assert visited.page.context.cookies() == []


def test_whatever_stands_behind_the_hash_breaks_nothing(visited):
    visited.page.evaluate("location.hash = '%E0%A4%Ax'")
    assert visited.errors == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_it_does_not_scroll_sideways(visited, width):
    visited.page.set_viewport_size({"width": width, "height": 800})
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(visited, width):
    """In the dark only colours can differ."""
    visited.page.set_viewport_size({"width": width, "height": 900})
    assert find_violations(visited.page) == []
    visited.page.emulate_media(color_scheme="dark")
    assert find_violations(visited.page, "cat.color") == []
    visited.page.emulate_media(color_scheme="light")


# ---------------------------------------------------------------- with all open


def test_no_colour_is_the_themes_own(opened):
    for states in ([], ["hover", "focus", "focus-within", "focus-visible", "active"]):
        held = hold(opened, HELD, states)
        for scheme in ("light", "dark"):
            opened.emulate_media(color_scheme=scheme)
            assert foreign_colours(opened) == []
        held.detach()


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
