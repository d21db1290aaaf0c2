"""What the browser prints: cards at their true size, and what scripts lay out, measured in real PDFs."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from macros.pages import FRONT_ROOM

MM = 96 / 25.4  # CSS pixels
SMALLEST = 8 * 96 / 72  # 8 pt in CSS pixels
PAPERS = ["A4", "Letter"]
DECK = "ask/growth/"
# Nothing of the site around the page belongs on paper.
CHROME = ("Search", "Menu", "Improve this page", "Why ask this", "On this page", "Fold-over cards", "Print this card")

MEASURE = """() => [...document.querySelectorAll(".si-card")].map((card) => {
  const box = card.getBoundingClientRect();
  const sides = [".si-card__front", ".si-card__back"].map((name) => card.querySelector(name));
  const texts = [];
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const { left, top, right, bottom, width } of range.getClientRects()) {
      const size = parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize);
      if (width) texts.push([left - box.left, top - box.top, right - box.left, bottom - box.top, size]);
    }
  }
  const line = (name) => card.querySelector(name).getBoundingClientRect();
  return {
    id: card.dataset.id, width: box.width, height: box.height, texts,
    over: sides.map((side) => Math.max(side.scrollHeight - side.clientHeight, side.scrollWidth - side.clientWidth)),
    free: [line("summary").top - sides[0].lastElementChild.getBoundingClientRect().bottom,
           line(".si-card__write").top - line("dl").bottom],
  };
})"""


def open_for_print(page, url):
    page.goto(url)
    page.emulate_media(media="print")
    page.evaluate("document.fonts.ready")


def pdf_of(page, path: Path, paper: str) -> pypdfium2.PdfDocument:
    page.pdf(path=str(path), format=paper, prefer_css_page_size=False)
    return pypdfium2.PdfDocument(path)


def text_of(sheet) -> str:
    return " ".join(sheet.get_textpage().get_text_range().split())


def decks(site):
    pages = [file.parent.relative_to(site).as_posix() + "/" for file in sorted(site.rglob("index.html"))]
    return [path for path in pages if re.match(r"(ask|answer)/.", path)]


# ---------------------------------------------------------------- decks as they are


def test_every_card_of_every_deck_fits_its_two_sides_at_true_size(page, address, site, catalog):
    seen = set()
    for path in decks(site):
        open_for_print(page, address + path)
        for card in page.evaluate(MEASURE):
            where = f"{path}: {card['id']}"
            seen.add(card["id"])
            assert card["width"] / 2 / MM == pytest.approx(90, abs=0.1), where
            assert card["height"] / MM == pytest.approx(62, abs=0.1), where
            assert max(card["over"]) <= 0 and min(card["free"]) > 0, where
            for left, top, right, bottom, size in card["texts"]:
                side = 0 if left < 90 * MM else 90 * MM
                assert side + 3 * MM <= left and right <= side + 87 * MM, where
                assert top >= 3 * MM and bottom <= 59 * MM, where
                assert size >= SMALLEST - 0.01, where
    assert seen == set(catalog.cards)


def test_the_longest_question_that_each_size_may_get_fits(page, address):
    """The limits hold for words as long as ours, not only for the cards there are today."""
    open_for_print(page, address + DECK)
    words = "Who last moved up from your team after something difficult, and what had they already done before? "
    for size, most in FRONT_ROOM.items():
        page.evaluate(
            """([size, text]) => {
              const card = document.querySelector(".si-card");
              card.dataset.front = size;
              card.querySelector(".si-card__q").textContent = text;
            }""",
            [size, (words * 3)[:most]],
        )
        card = page.evaluate(MEASURE)[0]
        assert max(card["over"]) <= 0 and min(card["free"]) > 0, size


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", [DECK, "ask/for/hiring-manager/", "answer/conflict/", "guide/on-the-day/executives/"])
def test_a_page_with_cards_prints_without_scripts_and_wastes_no_sheet(browser, address, tmp_path, path, paper):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    count = page.locator(".si-card").count()
    codes = page.locator(".si-card__front .si-card__top a").all_inner_texts()
    document = pdf_of(page, tmp_path / "deck.pdf", paper)
    context.close()
    texts = [text_of(sheet) for sheet in document]
    for code in codes:
        assert len(re.findall(rf"\b{code}\b", " ".join(texts))) == 2, code
    assert "Print at 100 %. Cut on the dashes, fold on the dots." in texts[0] or path.startswith("guide/")
    assert all(len(text) > 100 for text in texts), "a sheet is nearly empty"
    assert not any(word in text for text in texts for word in CHROME)
    if not path.startswith("guide/"):
        assert len(document) == 1 + -(-(count - 3) // 4)  # three cards below the title, then four to a sheet
