"""The real PDFs: fronts and backs coincide, text stays in its card, fonts and tags are there, bytes repeat."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst

from macros import sheets
from macros.catalog import UNPRINTABLE
from macros.documents import CatalogError

MM = 72 / 25.4  # points
TOLERANCE = 0.1  # mm
WIDTH, HEIGHT, PADDING = 90, 62, 5  # mm, the field card
PAPER = {"a4": (210, 297), "letter": (215.9, 279.4)}


@pytest.fixture(scope="module")
def index(site):
    return json.loads((site / "sheets" / "index.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def cards(site, index):
    """Every sheet of cards: its row of the index and its open PDF."""
    rows = [row for row in index if row["kind"] == "cards"]
    return [(row, pypdfium2.PdfDocument(site / "sheets" / row["file"])) for row in rows]


def grid(row):
    """Left and top of the grid in mm, from the paper alone."""
    width, height = PAPER[row["paper"]]
    return (width - 2 * WIDTH) / 2, (height - 4 * HEIGHT) / 2


def cut_lines(page):
    """x of the vertical and y (from the top) of the horizontal cut lines, in mm."""
    across, down = set(), set()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        if top - bottom > 3 * HEIGHT * MM:
            across.add(round((left + right) / 2 / MM, 2))
        if right - left > 1.9 * WIDTH * MM:
            down.add(round((page.get_height() - (top + bottom) / 2) / MM, 2))
    return sorted(across), sorted(down)


def characters(page):
    """(character, left, top, right, bottom) in mm from the top left of the page."""
    text = page.get_textpage()
    whole = text.get_text_range()
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place)
        if right > left and not whole[place : place + 1].isspace():
            yield whole[place], left / MM, (page.get_height() - top) / MM, right / MM, (page.get_height() - bottom) / MM


def cell_of(row, x, y):
    """(column, row) of the grid at a place in mm, None outside it."""
    left, top = grid(row)
    column, line = (x - left) / WIDTH, (y - top) / HEIGHT
    return (int(column), int(line)) if 0 <= column < 2 and 0 <= line < 4 else None


def codes(row, page, catalog):
    """cell -> (code of the card in it, how far its right edge is from the cell's), read from the page."""
    known = {question.code for question, _ in catalog.cards.values()}
    found = {}
    text = page.get_textpage()
    for code in known:
        search = text.search(code, match_case=True, match_whole_word=True)
        while match := search.get_next():
            boxes = [text.get_charbox(place) for place in range(match[0], match[0] + match[1])]
            right = max(box[2] for box in boxes) / MM
            y = (page.get_height() - boxes[0][3]) / MM
            cell = cell_of(row, right, y)
            if cell:
                found[cell] = (code, grid(row)[0] + (cell[0] + 1) * WIDTH - right)
    return found


def test_there_are_sheets_for_both_papers_and_both_orders(index, catalog):
    names = {row["file"] for row in index}
    for slug in catalog.checklists:
        assert {f"{slug}-a4.pdf", f"{slug}-letter.pdf"} <= names
    for slug in catalog.ask:
        assert {f"ask-{slug}-{order}-{paper}.pdf" for order in ("fold", "duplex") for paper in PAPER} <= names


def test_the_index_tells_the_truth_about_every_sheet(site, index):
    assert {row["file"] for row in index} == {path.name for path in (site / "sheets").glob("*.pdf")}
    for row in index:
        document = pypdfium2.PdfDocument(site / "sheets" / row["file"])
        assert len(document) == row["pages"]
        width, height = PAPER[row["paper"]]
        for page in document:
            assert (page.get_width() / MM, page.get_height() / MM) == pytest.approx((width, height), abs=TOLERANCE)
        assert row["smallest_pt"] >= 8


def test_the_cut_lines_stand_on_the_card_edges(cards):
    for row, document in cards:
        left, top = grid(row)
        for page in document:
            across, down = cut_lines(page)
            assert across == pytest.approx([left, left + WIDTH, left + 2 * WIDTH], abs=TOLERANCE)
            assert down == pytest.approx([top + line * HEIGHT for line in range(5)], abs=TOLERANCE)


def test_duplex_fronts_and_backs_coincide_and_belong_to_the_same_card(cards, catalog):
    """Turned on the long edge, the back page is mirrored left to right: column 0 lies behind column 1."""
    for row, document in cards:
        if row["order"] != "long-edge duplex":
            continue
        assert len(document) % 2 == 0
        for number in range(0, len(document), 2):
            front, back = document[number], document[number + 1]
            width = front.get_width() / MM
            mirrored = sorted(width - x for x in cut_lines(back)[0])
            assert cut_lines(front)[0] == pytest.approx(mirrored, abs=TOLERANCE)
            assert cut_lines(front)[1] == pytest.approx(cut_lines(back)[1], abs=TOLERANCE)
            fronts, backs = codes(row, front, catalog), codes(row, back, catalog)
            assert len(fronts) == len(backs) > 0
            for (column, line), (code, gap) in fronts.items():
                other, other_gap = backs[(1 - column, line)]
                assert code == other, row["file"]
                assert gap == pytest.approx(other_gap, abs=TOLERANCE)


def test_fold_over_fronts_and_backs_stand_side_by_side(cards, catalog):
    for row, document in cards:
        if row["order"] != "fold-over":
            continue
        for page in document:
            found = codes(row, page, catalog)
            assert found
            for (column, line), (code, gap) in found.items():
                other, other_gap = found[(1 - column, line)]
                assert code == other, row["file"]
                assert gap == pytest.approx(other_gap, abs=TOLERANCE)


def test_every_card_is_on_its_sheet_once(cards, catalog):
    for row, document in cards:
        shown = [code for page in document for code, _ in codes(row, page, catalog).values()]
        assert len(shown) % 2 == 0 and all(shown.count(code) == 2 for code in shown), row["file"]
    deck = next(document for row, document in cards if row["file"] == "ask-growth-fold-a4.pdf")
    row = next(row for row, _ in cards if row["file"] == "ask-growth-fold-a4.pdf")
    shown = {code for page in deck for code, _ in codes(row, page, catalog).values()}
    assert shown == {question.code for question in catalog.ask["growth"].questions}


def test_all_text_lies_inside_its_card(cards):
    """Within the grid no character comes nearer to the edge of its card than the padding, less a hair."""
    inside = PADDING - 0.6  # mm: an overhanging glyph or a descender may use a little of the padding
    for row, document in cards:
        left, top = grid(row)
        for page in document:
            for character, x0, y0, x1, y1 in characters(page):
                cell = cell_of(row, (x0 + x1) / 2, (y0 + y1) / 2)
                if cell:
                    cx, cy = left + cell[0] * WIDTH, top + cell[1] * HEIGHT
                    held = cx + inside <= x0 and x1 <= cx + WIDTH - inside
                    held = held and cy + inside <= y0 and y1 <= cy + HEIGHT - inside
                    assert held, f"{row['file']}: '{character}' at {x0:.1f}, {y0:.1f} mm leaves its card"


def test_text_outside_the_cards_stays_where_printers_reach(cards):
    for row, document in cards:
        for page in document:
            width, height = PAPER[row["paper"]]
            for _, x0, y0, x1, y1 in characters(page):
                assert x0 > 4 and y0 > 4 and x1 < width - 4 and y1 < height - 4


def test_the_ruler_is_100_mm_long(site, index):
    for row in index:
        for page in pypdfium2.PdfDocument(site / "sheets" / row["file"]):
            lengths = [
                (right - left) / MM
                for left, _, right, _ in (
                    item.get_bounds() for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
                )
            ]
            # The bounds of a line reach beyond its ends by its thickness, 0.5 pt.
            assert any(100 <= length <= 100.5 for length in lengths), row["file"]


def test_every_sheet_is_tagged_titled_and_asks_not_to_be_scaled(site, index):
    for row in index:
        with pikepdf.open(site / "sheets" / row["file"]) as document:
            assert document.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in document.Root
            assert str(document.Root.Lang) == "en"
            assert str(document.Root.ViewerPreferences.PrintScaling) == "/None"
            with document.open_metadata() as metadata:
                assert metadata["dc:title"] == row["title"]
                assert metadata["pdfuaid:part"] == "1"


def test_every_font_is_embedded_and_ours(site, index):
    for row in index:
        with pikepdf.open(site / "sheets" / row["file"]) as document:
            fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
            assert fonts
            for font in fonts:
                assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                assert str(font.FontName).partition("+")[2].startswith(("Bitter", "PublicSans"))


def test_a_sheet_is_the_same_bytes_every_time(catalog):
    for sheet in catalog.sheets()[:6]:
        content = sheets.create_content(catalog, sheet, "https://example.org/")
        assert sheets.render(catalog, sheet, content) == sheets.render(catalog, sheet, content)


@pytest.mark.parametrize(
    ("key", "text", "side"),
    [
        ("question", "word " * 90, "front"),
        ("question", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen?", "front"),
        ("why", "word " * 160, "back"),
        ("why", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "back"),
    ],
)
def test_text_that_leaves_its_card_stops_the_build_and_names_the_card(catalog, key, text, side):
    sheet = next(sheet for sheet in catalog.sheets() if sheet.name == "ask-growth-fold")
    content = sheets.create_content(catalog, sheet, "https://example.org/")
    if key == "question":
        content["cards"][0]["question"] = text
    else:
        content["cards"][0]["rows"][0] = ("Why", [text])
    with pytest.raises(CatalogError) as error:
        sheets.render(catalog, sheet, content)
    (problem,) = error.value.problems
    assert str(problem).startswith("docs/data/questions/ask/growth.yml:")
    assert problem.text == f"questions[0].{key}: the {side} of the card does not fit on 90 x 62 mm: shorten it"


def test_a_missing_glyph_stops_the_build(catalog):
    sheet = next(sheet for sheet in catalog.sheets() if sheet.name == "ask-growth-fold")
    content = sheets.create_content(catalog, sheet, "https://example.org/")
    content["cards"][0]["question"] = "漢字?"
    with pytest.raises(typst.TypstError):
        sheets.render(catalog, sheet, content)


def test_every_character_that_content_may_use_can_be_printed(catalog):
    """Both fonts, on both sides of a card; a glyph that is missing fails PDF/UA."""
    allowed = [chr(code) for code in range(0x20, 0x2200) if not UNPRINTABLE.match(chr(code))]
    assert len(allowed) > 300
    sheet = next(sheet for sheet in catalog.sheets() if sheet.name == "ask-growth-fold")
    for start in range(0, len(allowed), 40):
        content = sheets.create_content(catalog, sheet, "https://example.org/")
        text = " ".join(allowed[start : start + 40])
        content["cards"][0] |= {"question": text, "rows": [("Why", [text])], "who": text}
        assert sheets.render(catalog, sheet, content)


def test_a_sheet_is_drawn_again_only_when_its_content_changes(catalog, tmp_path, monkeypatch):
    from macros import publish

    drawn: list[str] = []
    render = sheets.render
    monkeypatch.setattr(publish, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(sheets, "render", lambda *args: drawn.append(args[1].file) or render(*args))
    publish.write_sheets(catalog, tmp_path / "site", "https://example.org/")
    assert len(drawn) == len(catalog.sheets())
    drawn.clear()
    publish.write_sheets(catalog, tmp_path / "site", "https://example.org/")
    assert drawn == []
    question = catalog.ask["growth"].questions[0].model_copy(update={"why": "Something else."})
    deck = catalog.ask["growth"].model_copy(update={"questions": (question, *catalog.ask["growth"].questions[1:])})
    catalog.ask["growth"], before = deck, catalog.ask["growth"]
    try:
        publish.write_sheets(catalog, tmp_path / "site", "https://example.org/")
    finally:
        catalog.ask["growth"] = before
    assert sorted({Path(name).stem.rpartition("-")[0] for name in drawn}) == sorted(
        {f"ask-growth-{order}" for order in ("fold", "duplex")}
        | {f"ask-for-{role}-{order}" for role in question.roles for order in ("fold", "duplex")}
    )
