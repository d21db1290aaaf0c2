"""The print shop, in a real browser: every sheet with its picture and page count, and the reader's paper."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect


@pytest.fixture
def shop_page(browser, address):
    """A function: the print shop as a reader with this locale sees it."""
    contexts = []

    def visit(locale, **options):
        contexts.append(browser.new_context(locale=locale, **options))
        page = contexts[-1].new_page()
        page.goto(f"{address}print/")
        return page

    yield visit
    for context in contexts:
        context.close()


def test_every_sheet_is_offered_with_its_picture_and_number_of_pages(shop_page, site, address):
    page = shop_page("en-GB", java_script_enabled=False)
    index = {row["file"]: row for row in json.loads((site / "sheets" / "index.json").read_text("utf-8"))}
    ways = page.locator(".si-shop__way").evaluate_all(
        "ways => ways.flatMap((way) => [...way.querySelectorAll('a')].map((a) => [a.href, way.textContent.trim()]))"
    )
    offered = {link.rpartition("/sheets/")[2]: words for link, words in ways}
    assert offered.keys() == index.keys()
    for file, words in offered.items():
        pages = index[file]["pages"]
        sides = f", {index[file]['sides']}" if index[file]["sides"] else ""
        assert f", {pages} page{'' if pages == 1 else 's'}{sides}:" in words, file
    for picture in page.locator(".si-shop img").all():
        picture.scroll_into_view_if_needed()
        width, height, natural = picture.evaluate(
            "async i => { await i.decode(); return [i.width, i.height, i.naturalWidth / i.naturalHeight]; }"
        )
        assert width / height == pytest.approx(natural, rel=0.03)


@pytest.mark.parametrize(
    ("locale", "shown", "hidden"),
    [
        ("en-US", "US Letter", "A4"),
        ("de-CH", "A4", "US Letter"),
        ("es-MX", "US Letter", "A4"),
        ("pl", "A4", "US Letter"),
    ],
)
def test_the_paper_is_first_guessed_from_the_locale(shop_page, locale, shown, hidden):
    page = shop_page(locale)
    expect(page.get_by_role("radio", name=shown)).to_be_checked()
    expect(page.get_by_role("link", name=f"Candidate pack, Print, {shown}")).to_be_visible()
    expect(page.get_by_role("link", name=f"Candidate pack, Print, {hidden}")).to_be_hidden()


def test_the_chosen_paper_is_remembered_on_every_page(shop_page, address):
    page = shop_page("en-US")
    page.get_by_role("radio", name="A4", exact=True).check()
    page.reload()
    expect(page.get_by_role("radio", name="A4", exact=True)).to_be_checked()
    page.goto(f"{address}checklists/week-before/")
    expect(page.locator(".si-print [data-paper=a4]").first).to_be_visible()
    expect(page.locator(".si-print [data-paper=letter]")).to_be_hidden()
    expect(page.locator(".si-print [data-paper=any]").first).to_be_visible()
    page.goto(f"{address}print/")
    page.get_by_role("radio", name="Show both").check()
    expect(page.get_by_role("link", name="Candidate pack, Print, A4")).to_be_visible()
    expect(page.get_by_role("link", name="Candidate pack, Print, US Letter")).to_be_visible()


def test_without_scripts_both_papers_are_offered_and_no_choice(shop_page):
    page = shop_page("en-US", java_script_enabled=False)
    expect(page.locator(".si-papers")).to_be_hidden()
    expect(page.get_by_role("link", name="Candidate pack, Print, A4")).to_be_visible()
    expect(page.get_by_role("link", name="Candidate pack, Print, US Letter")).to_be_visible()
