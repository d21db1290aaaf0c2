"""Every published PDF, measured: fronts and backs coincide, text stays in its card, fonts and tags are there."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from statistics import mean

import pikepdf
import pypdfium2
import pytest

from macros import sheets as drawing
from macros import shop
from macros.sheet_content import TEST
from tests import paper

TOLERANCE = 0.1  # mm
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4), "any": (210, 279)}  # mm
SIZES = {"field": (90, 62), "index": (127, 76.2), "a7": (105, 74)}  # mm
# Size of card, whether front and back stand side by side -> columns and rows of cards, and whether the paper lies.
GRIDS = {
    ("field", True): (2, 4, False),
    ("field", False): (2, 4, False),
    ("index", True): (2, 2, True),
    ("index", False): (1, 3, False),
    ("a7", True): (2, 3, False),
    ("a7", False): (2, 3, False),
}
INSIDE = 3  # mm that text keeps from the edge of its card


@pytest.fixture(scope="module")
def index(site):
    return json.loads((site / "sheets" / "index.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def sheets(site, catalog):
    """Every published sheet with its pages."""
    return [(sheet, [*pypdfium2.PdfDocument(site / "sheets" / sheet.file)]) for sheet in shop.published(catalog)]


@pytest.fixture(scope="module")
def parts(sheets, catalog):
    """Every sheet, those of a pack one by one, with its pages."""
    found = []
    for sheet, pages in sheets:
        first = 0
        for part in shop.packs(catalog, sheet) if sheet.kind == "pack" else [sheet]:
            number = shop.pages(catalog, part)
            found.append((sheet.file, part, pages[first : first + number]))
            first += number
        assert first == len(pages), sheet.file
    return found


@pytest.fixture(scope="module")
def decks(parts):
    return [(file, part, pages) for file, part, pages in parts if part.kind == "cards"]


@pytest.fixture(scope="module")
def grids(parts):
    """Every page of cards, printed or blank, with its sheet and whether it is the back of another page."""
    found = [(file, part, page, backs(part, pages)) for file, part, pages in parts if part.card for page in pages]
    return [(file, part, page, page in behind) for file, part, page, behind in found]


def backs(part, pages):
    """Of the pages of a sheet, those that are printed behind others."""
    return [back for _, back in sides(part, pages)] if part.order in ("duplex", "stacked") else []


def grid(part):
    """Left, top, columns and rows of the cards on a page, in mm, from their sizes alone."""
    columns, rows, lies = GRIDS[part.card, part.order == "fold"]
    width, height = sorted(PAPERS[part.paper], reverse=lies)
    card = SIZES[part.card]
    return (width - columns * card[0]) / 2, (height - rows * card[1]) / 2, columns, rows


def cell_of(part, x, y):
    """(column, row) of the card at a place in mm, None outside all."""
    left, top, columns, rows = grid(part)
    column, row = (x - left) / SIZES[part.card][0], (y - top) / SIZES[part.card][1]
    return (int(column), int(row)) if 0 <= column < columns and 0 <= row < rows else None


def cut_lines(part, page):
    """The dashed and dotted lines on edges of cards: whether upright, where it stands, from and to, in mm."""
    left, top, columns, rows = grid(part)
    width, height = SIZES[part.card]
    edges = [left + n * width for n in range(columns + 1)], [top + n * height for n in range(rows + 1)]
    found = []
    for box in paper.dashes(page):
        upright = box.right - box.left < 0.5
        across, along = [(box.left, box.right), (box.top, box.bottom)][:: 1 if upright else -1]
        if any(abs(mean(across) - edge) < 0.5 for edge in edges[not upright]):
            found.append((upright, mean(across), *along))
    return sorted(found)


def edges_of(part, used):
    """The edges of the first `used` cards of a page, as cut_lines() has them."""
    left, top, columns, rows = grid(part)
    width, height = SIZES[part.card]
    filled = [min(max(used - row * columns, 0), columns) for row in range(rows)]
    level = [max(above, below) for above, below in zip([0, *filled], [*filled, 0], strict=True)]
    upright = [sum(number >= max(column, 1) for number in filled) for column in range(columns + 1)]
    lines = [(False, top + n * height, left, left + number * width) for n, number in enumerate(level) if number]
    lines += [(True, left + n * width, top, top + number * height) for n, number in enumerate(upright) if number]
    return sorted(lines)


@pytest.fixture(scope="module")
def codes(catalog):
    """A function: cell -> (code of the card in it, mm from there to the right edge of the cell), read from a page."""

    @cache
    def read(part, page):
        found = {}
        for code in [question.code for question, _ in shop.chosen(catalog, part)]:
            for box in paper.find(page, code):
                cell = cell_of(part, box.right, box.top)
                if cell and box.top - grid(part)[1] - cell[1] * SIZES[part.card][1] < 10:  # at its head
                    found[cell] = (code, grid(part)[0] + (cell[0] + 1) * SIZES[part.card][0] - box.right, box.top)
        return found

    return read


def test_the_index_tells_the_truth_about_every_sheet(site, index, sheets):
    assert [row["file"] for row in index] == [sheet.file for sheet, _ in sheets]
    assert {row["file"] for row in index} == {path.name for path in (site / "sheets").glob("*.pdf")}
    for row, (sheet, pages) in zip(index, sheets, strict=True):
        assert row["pages"] == len(pages)
        assert (row["title"], row["paper"], row["kind"]) == (sheet.title, sheet.paper, sheet.kind)
        assert row["card"] == (list(SIZES[sheet.card]) if sheet.card else None)


def test_every_page_has_the_size_of_its_paper(sheets):
    for sheet, pages in sheets:
        for page in pages:
            assert sorted(paper.size(page)) == pytest.approx(sorted(PAPERS[sheet.paper]), abs=TOLERANCE), sheet.file


def test_what_is_for_any_printer_fits_both_papers(sheets):
    for sheet, pages in sheets:
        if sheet.paper == "any":
            for page in pages:
                width, height = sorted(paper.size(page))
                assert width <= 210 + TOLERANCE and height <= 279 + TOLERANCE


def test_no_page_is_blank(sheets):
    for sheet, pages in sheets:
        for page in pages:
            assert len(paper.characters(page)) > 40, sheet.file


def test_nothing_is_smaller_than_8_pt(index):
    assert min(row["smallest_pt"] for row in index) >= 8


def test_the_cut_lines_are_the_edges_of_the_cards_on_fronts_alone(grids, codes):
    """An empty place has none, and no back: a printer that is off would leave them on the cards."""
    short = 0
    for file, part, page, is_back in grids:
        used = len(codes(part, page)) if part.kind == "cards" else grid(part)[2] * grid(part)[3]
        short += used < grid(part)[2] * grid(part)[3]
        wanted = [] if is_back else edges_of(part, used)
        found = cut_lines(part, page)
        assert len(found) == len(wanted), file
        for line, edge in zip(found, wanted, strict=True):
            assert line == pytest.approx(edge, abs=0.25), file  # a line reaches beyond its ends by half its thickness
    assert short


def test_no_line_runs_through_words(sheets):
    """To cut, to fold, to write on, or to part one thing from another: on every page, level and upright."""
    for sheet, pages in sheets:
        for number, page in enumerate(pages, 1):
            crossed = [(box.text, round(line.left), round(line.top)) for box, line in paper.crossings(page)]
            assert crossed == [], f"{sheet.file}, page {number}"


def leaves(pages, both_sides):
    """The pages on each leaf of paper."""
    step = 2 if both_sides else 1
    return [pages[at : at + step] for at in range(0, len(pages), step)]


@pytest.mark.parametrize("both_sides", [False, True])
def test_a_pack_printed_as_its_name_says_has_no_two_parts_on_a_leaf_and_nothing_behind_cards(parts, both_sides):
    """Which part a page belongs to is read off the page: its title, or the code of a card."""
    packs = {}
    for file, part, pages in parts:
        if "-pack-" in file and ("two-sided" in file) == both_sides:
            packs.setdefault(file, []).extend((part, page) for page in pages)
    assert len(packs) == 4
    for file, pages in packs.items():
        for leaf in leaves(pages, both_sides):
            subjects = {part.subject for part, _ in leaf if part.kind != "empty"}
            assert len(subjects) == 1, file
            assert [part.kind for part, _ in leaf[1:]] in ([], ["empty"], ["session"]), file
        for part, page in pages:
            text = " ".join(page.get_textpage().get_text_range().split())
            assert ("This side is empty" in text) == (part.kind == "empty"), file
            assert part.kind in ("empty", "session") or part.title in text, (file, part.title)


def tokens():
    """The sizes of theme.typ by name, in pt."""
    theme = (drawing.TYPST / "theme.typ").read_text("utf-8")
    return {name: float(size) for name, size in re.findall(r"^  (\w+): ([\d.]+)pt,$", theme, re.M)}


def display_sizes(document):
    """The sizes in pt at which a PDF sets the font of headings."""
    found = set()
    for page in document.pages:
        fonts = {name: str(font.BaseFont) for name, font in page.Resources.Font.items()}
        for operands, operator in pikepdf.parse_content_stream(page, "Tf"):
            if str(operator) == "Tf" and "Bitter" in fonts[str(operands[0])]:
                found.add(round(float(operands[1]), 1))
    return found


def test_headings_and_questions_are_as_large_as_the_theme_says(site, sheets):
    """Typst would make a heading larger than it is told to be."""
    size = tokens()
    assert size["title"] > size["section"] > size["text"]
    for sheet, _ in sheets:
        with pikepdf.open(site / "sheets" / sheet.file) as document:
            found = display_sizes(document)
        if sheet.kind in ("checklist", "worksheet"):
            assert found >= {size["title"]} and found <= {size["title"], size["section"], size["words"]}, sheet.file
        if sheet.kind == "cards":
            largest = max(15 * SIZES[sheet.card][1] / 62, 11)
            assert found and all(11 <= one <= largest for one in found), (sheet.file, found)


def sides(part, pages):
    """Each page of fronts with the page of backs that is printed behind it."""
    if part.order == "duplex":
        return list(zip(pages[::2], pages[1::2], strict=True))
    half = len(pages) // 2
    return list(zip(pages[:half], pages[half:], strict=True))


def test_two_sided_fronts_and_backs_coincide_and_belong_to_the_same_card(decks, codes):
    """Turned on the long edge, the back page is mirrored left to right: the first column lies behind the last."""
    found = [(file, part, pages) for file, part, pages in decks if part.order in ("duplex", "stacked")]
    assert {part.order for _, part, _ in found} == {"duplex", "stacked"}
    for file, part, pages in found:
        for front, back in sides(part, pages):
            fronts, backs = codes(part, front), codes(part, back)
            assert len(fronts) == len(backs) > 0
            last = grid(part)[2] - 1
            for (column, row), (code, gap, height) in fronts.items():
                other, other_gap, other_height = backs[(last - column, row)]
                assert code == other, file
                assert (gap, height) == pytest.approx((other_gap, other_height), abs=TOLERANCE)


def test_fold_over_fronts_and_backs_stand_side_by_side(decks, codes):
    for file, part, pages in decks:
        if part.order != "fold":
            continue
        for page in pages:
            found = codes(part, page)
            assert found
            for (column, row), (code, gap, height) in found.items():
                assert column + 1 < grid(part)[2] or column % 2, file
                other, other_gap, other_height = found[(column ^ 1, row)]
                assert code == other, file
                assert (gap, height) == pytest.approx((other_gap, other_height), abs=TOLERANCE)


def test_every_card_of_a_deck_is_on_its_sheet(decks, catalog, codes):
    """In order; twice where it has a back, once where it has none."""
    for file, part, pages in decks:
        wanted = [question.code for question, _ in shop.chosen(catalog, part)]
        shown = [code for page in pages for code, _, _ in codes(part, page).values()]
        assert sorted(shown) == sorted(wanted * (1 if part.order == "single" else 2)), file


def test_all_text_keeps_3_mm_from_the_edge_of_its_card(grids):
    for file, part, page, _ in grids:
        left, top, _, _ = grid(part)
        width, height = SIZES[part.card]
        for box in paper.characters(page):
            cell = cell_of(part, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
            if cell:
                x, y = left + cell[0] * width, top + cell[1] * height
                held = x + INSIDE <= box.left and box.right <= x + width - INSIDE
                held = held and y + INSIDE <= box.top and box.bottom <= y + height - INSIDE
                assert held, f"{file}: '{box.text}' at {box.left:.1f}, {box.top:.1f} mm"


def test_all_text_stays_where_printers_reach(sheets):
    for sheet, pages in sheets:
        for page in pages:
            width, height = paper.size(page)
            for box in paper.characters(page):
                assert box.left > 4 and box.top > 4 and box.right < width - 4 and box.bottom < height - 4, sheet.file


def test_every_page_has_a_ruler_of_100_mm(sheets):
    for sheet, pages in sheets:
        for page in pages:
            sides = [(box.right - box.left, box.bottom - box.top) for box in paper.paths(page)]
            # Its line is 0.5 pt thick, and lies or, in the pocket edition, stands.
            assert any(100 <= max(side) <= 100.5 and min(side) < 0.5 for side in sides), sheet.file


REACH = 8  # mm that each scale of the duplex test shows to each side, and each cross its arms


def marks(page):
    """The middles of the scales or crosses of a page, in mm, from the left and the top."""
    level = [box for box in paper.paths(page) if 15.9 < box.right - box.left < 16.6 and box.bottom - box.top < 1]
    return sorted(((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in level)


def readings(scales, crosses):
    """Middle of a scale -> (mm right, mm up) at which a cross stands on it. None where no arm of a cross meets it."""
    read = {}
    for x, y in scales:
        near = [(cross[0] - x, y - cross[1]) for cross in crosses]
        read[x, y] = next((off for off in near if max(map(abs, off)) <= 2 * REACH), None)
    return read


@pytest.fixture(scope="module")
def duplex_tests(parts):
    """Of each paper: its size, the scales of the front, the crosses of the back as seen from the front on a light."""
    found = []
    for _, _, (front, back) in parts_of(parts, "test"):
        width, height = paper.size(front)
        found.append(((width, height), marks(front), [(width - x, y) for x, y in marks(back)]))
    return found


def test_a_right_print_of_the_duplex_test_reads_nothing_on_every_scale(duplex_tests):
    for _, scales, crosses in duplex_tests:
        assert len(scales) == len(crosses) == 5
        for off in readings(scales, crosses).values():
            assert off == pytest.approx((0, 0), abs=TOLERANCE)


def test_the_scales_of_the_duplex_test_are_mm(parts):
    for file, _, (front, _) in parts_of(parts, "test"):
        for x, y in marks(front):
            upright = [box for box in paper.paths(front) if abs((box.top + box.bottom) / 2 - y) < 0.1]
            near = [box for box in upright if 2 < box.bottom - box.top < 6 and abs(box.left - x) < REACH + 1]
            ticks = sorted({round((box.left + box.right) / 2 - x, 1) for box in near})
            assert ticks == [float(n) for n in range(-REACH, REACH + 1)], file


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(lambda x, y, w, h: (w - x, h - y), id="flipped on the short edge"),
        pytest.param(lambda x, y, w, h: (w - x, y), id="mirrored across"),
        pytest.param(lambda x, y, w, h: (x, h - y), id="mirrored up and down"),
    ],
)
@pytest.mark.parametrize("off", [(0, 0), (3, -3)])
def test_a_back_that_lies_the_wrong_way_meets_no_scale_of_the_duplex_test(duplex_tests, turn, off):
    """Not even a back that is some mm off as well."""
    for (width, height), scales, crosses in duplex_tests:
        turned = [turn(x + off[0], y + off[1], width, height) for x, y in crosses]
        assert set(readings(scales, turned).values()) == {None}


@pytest.mark.parametrize(("right", "up"), [(2, 1.5), (-3.5, 0), (0.5, -7)])
def test_every_scale_of_the_duplex_test_reads_the_shift_of_the_back(duplex_tests, right, up):
    for _, scales, crosses in duplex_tests:
        for off in readings(scales, [(x + right, y - up) for x, y in crosses]).values():
            assert off == pytest.approx((right, up), abs=TOLERANCE)


def differences(scales, crosses):
    """Of what the crosses read, in mm: between upper and lower ones up or down, left and right ones across, and those
    up or down."""
    upper_left, lower_left, _, upper_right, _ = (readings(scales, crosses)[at] for at in scales)
    return (
        abs(upper_left[1] - lower_left[1]),
        abs(upper_left[0] - upper_right[0]),
        abs(upper_left[1] - upper_right[1]),
    )


def test_the_duplex_test_tells_a_stretch_from_a_skew(duplex_tests):
    """As its words say: differences from 1 mm on are seen."""
    cos, sin = math.cos(math.radians(1)), math.sin(math.radians(1))
    for (width, height), scales, crosses in duplex_tests:
        stretched, across, askew = differences(scales, [(x * 1.02, y * 1.02) for x, y in crosses])
        assert stretched > 1 and across > 1 and askew < TOLERANCE
        stretched, _, askew = differences(scales, [(x, y * 1.02) for x, y in crosses])  # along the feed alone
        assert stretched > 1 and askew < TOLERANCE
        about = [(x - width / 2, y - height / 2) for x, y in crosses]
        turned = [(width / 2 + x * cos - y * sin, height / 2 + x * sin + y * cos) for x, y in about]
        stretched, across, askew = differences(scales, turned)
        assert askew > 1 and stretched < TOLERANCE and across < TOLERANCE


def test_the_duplex_test_says_top_where_the_top_must_be_and_what_to_do(parts):
    for file, _, (front, back) in parts_of(parts, "test"):
        (top,) = paper.find(back, TEST["back"][0])
        assert top.bottom < paper.size(back)[1] / 4, file
        text = " ".join(front.get_textpage().get_text_range().split())
        for words in (*TEST["how"], *(part for seen in TEST["seen"] for part in seen), shop.SIGN):
            assert " ".join(words.split()) in text, file


def test_the_words_of_the_duplex_test_stay_clear_of_its_marks(parts):
    for file, _, pages in parts_of(parts, "test"):
        for page in pages:
            inside = [
                box.text
                for box in paper.characters(page)
                for x, y in marks(page)
                if box.left < x + REACH + 1
                and x - REACH - 1 < box.right
                and box.top < y + REACH + 1
                and y - REACH - 1 < box.bottom
            ]
            assert set(inside) <= set("+−5"), file


def test_the_pocket_edition_is_a_booklet(parts):
    """Folded and cut, page 1 is in front: lower right. The upper row stands on its head."""
    for file, _, (page,) in parts_of(parts, "pocket"):
        width, height = paper.size(page)
        assert width > height
        numbers = {}
        for box in paper.characters(page):
            at_foot = [abs(box.bottom - height + 6) < 1.5, abs(box.top - 6) < 1.5]
            if box.text.isdigit() and any(at_foot):
                column = int(box.left // (width / 4))
                corner = box.right if at_foot[0] else width - box.left
                if abs(corner % (width / 4) - (width / 4 - 6)) < 2:
                    numbers[int(box.text)] = (column, 1 if at_foot[0] else 0)
        expected = {1: (3, 1), 2: (3, 0), 3: (2, 0), 4: (1, 0), 5: (0, 0), 6: (0, 1), 7: (1, 1), 8: (2, 1)}
        assert numbers == expected, file


def parts_of(parts, kind):
    found = [row for row in parts if row[1].kind == kind]
    assert found
    return found


def test_every_checklist_is_on_one_page_with_all_its_items_and_codes(parts, catalog):
    for file, part, pages in parts_of(parts, "checklist"):
        (page,) = pages
        text = page.get_textpage().get_text_range()
        items = catalog.checklists[part.subject.partition(":")[2]].items
        for item in items:
            assert item.code in text.split(), (file, item.code)
        squares = [(box.right - box.left, box.bottom - box.top) for box in paper.paths(page)]
        boxes = [sides for sides in squares if sides == pytest.approx((5.2, 5.2), abs=0.2)]
        assert len(boxes) == len(items), file
        assert "With" in text and "On" in text


def test_a_full_checklist_gives_its_reasons_and_a_short_one_does_not(parts, catalog):
    for file, part, (page,) in parts_of(parts, "checklist"):
        text = " ".join(page.get_textpage().get_text_range().split())
        items = catalog.checklists[part.subject.partition(":")[2]].items
        reasons = [item.why for item in items if item.why]
        shown = [why for why in reasons if why.split()[0] in text and " ".join(why.split()[:3]) in text]
        if part.full:
            assert len(shown) >= 0.8 * len(reasons), file  # where columns run together, words may be parted
        else:
            assert len(shown) <= 0.2 * len(reasons), file


def test_each_sheet_has_a_small_picture(site, catalog):
    for sheet in shop.published(catalog):
        picture = (site / "sheets" / "pictures" / f"{sheet.name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG") and 1000 < len(picture) < 40_000, sheet.name


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


SAID = {  # order -> what the first page of such cards says of the sides of the paper, and what its PDF asks for
    "fold": ("on one side only", "/Simplex"),
    "single": ("on one side only", "/Simplex"),
    "stacked": ("on one side: page", "/Simplex"),
    "duplex": ("on both sides, flipped on the long edge", "/DuplexFlipLongEdge"),
}


def test_every_sheet_of_cards_says_and_asks_how_it_goes_through_the_printer(site, sheets, index):
    for row, (sheet, pages) in zip(index, sheets, strict=True):
        words, hint = SAID.get(sheet.order, ("", "/DuplexFlipLongEdge" if sheet.kind == "test" else None))
        with pikepdf.open(site / "sheets" / sheet.file) as document:
            asked = document.Root.ViewerPreferences.get("/Duplex")
            assert (asked and str(asked)) == hint, sheet.file
        if sheet.card:
            assert words in " ".join(pages[0].get_textpage().get_text_range().split()), sheet.file
        assert bool(row["sides"]) == bool(hint) and ("one" in (row["sides"] or "")) == (hint == "/Simplex"), sheet.file


def test_cards_to_turn_by_hand_name_the_pages_of_their_fronts_and_backs(parts):
    stacked = [(file, pages) for file, part, pages in parts if part.order == "stacked"]
    assert stacked
    for file, pages in stacked:
        text, half = " ".join(pages[0].get_textpage().get_text_range().split()), len(pages) // 2
        assert f"pages 1–{half}; turn" in text and f"pages {half + 1}–{2 * half}. First try" in text, file
        assert f"one leaf, 1 and {half + 1}." in text and "reverse order" in text, file


def test_every_font_is_embedded_and_ours(site, index):
    for row in index:
        with pikepdf.open(site / "sheets" / row["file"]) as document:
            fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
            assert fonts
            for font in fonts:
                assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                assert str(font.FontName).partition("+")[2].startswith(("Bitter", "PublicSans"))
