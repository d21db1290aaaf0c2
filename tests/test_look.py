"""What readers see is our own look: nothing that only paper has."""

from __future__ import annotations

import pytest

from tests.whole import KINDS, open_all, put, visit, whole_plan


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
    return planned


def test_what_only_paper_has_is_not_on_the_screen(opened):
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")  # what scripts add for paper is there as well
    shown = opened.locator(".si-on-paper, .si-paper")
    assert shown.count() or not opened.locator(".si-page").count(), "the page has nothing of the kind"
    assert shown.evaluate_all("(all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML)") == []
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
