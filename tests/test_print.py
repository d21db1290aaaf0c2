"""What the browser prints: cards at their true size, and what scripts lay out, measured in real PDFs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import expect

from macros import shop
from macros.pages import FRONT_ROOM
from tests.whole import find_violations

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
    assert "Print at 100 %, on one side only. Cut on the dashes, fold on the dots." in texts[0] or path.startswith(
        "guide/"
    )
    assert all(len(text) > 100 for text in texts), "a sheet is nearly empty"
    assert not any(word in text for text in texts for word in CHROME)
    if not path.startswith("guide/"):
        assert len(document) == 1 + -(-(count - 3) // 4)  # three cards below the title, then four to a sheet


# ---------------------------------------------------------------- chosen cards


def choose(page, *codes):
    """Open the toolbar and choose cards by their codes."""
    page.get_by_role("button", name="Choose cards to print").click()
    for code in codes:
        page.get_by_label(f"Print this card: {code}", exact=True).check()


def places(sheet, codes):
    """code -> (right edge, top) of it in mm from the left and the top of the sheet, for each time it stands there."""
    text, found = sheet.get_textpage(), []
    for code in codes:
        search = text.search(code, match_case=True, match_whole_word=True)
        while match := search.get_next():
            boxes = [text.get_charbox(place) for place in range(match[0], match[0] + match[1])]
            top = sheet.get_height() - max(box[3] for box in boxes)
            found.append((code, max(box[2] for box in boxes) / 72 * 25.4, top / 72 * 25.4))
    return found


def lines_reach(sheet):
    """The left and right end in mm of all that is drawn with lines: the cut lines."""
    drawn = [item.get_bounds() for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    wide = [bounds for bounds in drawn if bounds[2] - bounds[0] < 181 / 25.4 * 72]
    return min(bounds[0] for bounds in wide) / 72 * 25.4, max(bounds[2] for bounds in wide) / 72 * 25.4


@pytest.mark.parametrize("paper", PAPERS)
def test_only_the_chosen_cards_print_at_true_size_and_the_page_is_as_it_was(page, address, tmp_path, paper):
    page.goto(address + DECK)
    choose(page, "G2", "G5")
    expect(page.locator(".si-choose [role=status]")).to_have_text("2 of 7 cards chosen.")
    expect(page.locator(".si-choose output")).to_have_text("1 sheet of paper.")
    before = page.locator("main").inner_html()
    document = pdf_of(page, tmp_path / "chosen.pdf", paper)
    (sheet,) = document
    text = text_of(sheet)
    assert re.findall(r"\bG\d\b", text) == ["G2", "G2", "G5", "G5"]
    assert not any(word in text for word in (*CHROME, "Growing into larger roles Ask who"))
    assert f"example.org/second-interview/{DECK} · reviewed" in text and "CC BY 4.0" in text
    rights = sorted(x for _, x, _ in places(sheet, ["G2"]))
    assert rights[1] - rights[0] == pytest.approx(90, abs=0.1)
    assert page.locator(".si-paper").count() == 0
    assert page.locator("main").inner_html() == before


@pytest.mark.parametrize("paper", PAPERS)
def test_two_sided_fronts_and_backs_coincide(page, address, tmp_path, paper):
    page.goto(address + "answer/conflict/")
    page.get_by_role("button", name="Choose cards to print").click()
    page.get_by_role("button", name="All").click()
    page.get_by_label("Layout").select_option("duplex")
    codes = page.locator(".si-card__top a").all_inner_texts()
    document = pdf_of(page, tmp_path / "duplex.pdf", paper)
    assert len(document) == 2 * -(-len(codes) // 8)
    for number in range(0, len(document), 2):
        front, back = places(document[number], codes), places(document[number + 1], codes)
        assert len(front) == len(back) > 0
        for code, x, y in front:
            ((_, other, height),) = [place for place in back if place[0] == code]
            assert abs(x - other) == pytest.approx(90, abs=0.1)  # the columns have changed places
            assert y == pytest.approx(height, abs=0.1)
        left, right = lines_reach(document[number])
        assert right - left == pytest.approx(180, abs=0.1)
        assert left == pytest.approx(document[number].get_width() / 72 * 25.4 - right, abs=0.1)
        left, right = lines_reach(document[number + 1])
        assert right - left < 175  # no line to cut by stands on the backs


def test_the_offset_moves_the_backs_alone(page, address, tmp_path):
    page.goto(address + DECK)
    choose(page, "G1")
    page.get_by_label("Layout").select_option("stacks")
    straight = pdf_of(page, tmp_path / "straight.pdf", "A4")
    page.get_by_label("across").fill("1.5")
    page.get_by_label("up or down").fill("-2")
    moved = pdf_of(page, tmp_path / "moved.pdf", "A4")
    for side, (right, down) in enumerate([(0, 0), (1.5, -2)]):
        ((_, x, y),), ((_, x2, y2),) = places(straight[side], ["G1"]), places(moved[side], ["G1"])
        assert (x2 - x, y2 - y) == pytest.approx((right, down), abs=0.05)


@pytest.mark.parametrize("path", [DECK, "print/pack/#parts=ask.growth&cards=stacks"])
def test_a_number_no_printer_can_be_off_by_is_refused_and_said_and_changes_nothing(page, address, path):
    page.goto(address + path)
    if path == DECK:
        choose(page, "G1")
        page.get_by_label("Layout").select_option("stacks")
    form = page.locator("form", has=page.get_by_label("across"))
    across, button = form.get_by_label("across"), form.get_by_role("button", name="Print", exact=True)
    saved = "JSON.parse(localStorage.getItem('second-interview')).print.offset"
    across.fill("1.5")
    across.blur()
    expect(button).to_be_enabled()
    expect(form.get_by_role("alert")).to_be_empty()
    for wrong in (f"{shop.MOST_OFFSET + 0.1:g}", "-50", "0.25"):
        across.fill("")
        across.press_sequentially(wrong)
        across.blur()
        expect(form.get_by_role("alert")).to_contain_text(
            f"from −{shop.MOST_OFFSET:g} to {shop.MOST_OFFSET:g} is needed"
        )
        expect(button).to_be_disabled()
        expect(across).to_have_value(wrong)
        assert page.evaluate(saved) == [1.5, 0]
    form.get_by_label("Layout").select_option("fronts")  # no backs, no need
    expect(button).to_be_enabled()
    form.get_by_label("Layout").select_option("stacks")
    across.fill(f"-{shop.MOST_OFFSET:g}")
    across.blur()
    expect(form.get_by_role("alert")).to_be_empty()
    expect(button).to_be_enabled()
    assert page.evaluate(saved) == [-shop.MOST_OFFSET, 0]


def test_one_sheet_is_turned_with_no_word_of_a_pile(modules):
    one, two = (modules("sheets.js", "howToTurn", n, "", [1, n], [n + 1, 2 * n]) for n in (1, 2))
    assert one.endswith("turn the sheet over like the page of a book, put it back, and print page 2.")
    assert one.startswith("First print page 1 on one side.")
    assert "pages 1 to 2" in two and "pages 3 to 4 in reverse order" in two and "page 1, then page 3" in two


@pytest.mark.parametrize("path", [DECK, "print/pack/", "print/"])
def test_what_is_read_off_the_test_sheet_is_typed_in_the_same_words_everywhere(page, address, path):
    page.goto(address + path)
    expect(page.locator("main")).to_contain_text(re.compile("What you read there, type (here|where)"))
    expect(page.locator("main")).to_contain_text(shop.SIGN)


def test_fronts_first_then_backs_for_a_printer_fed_by_hand(page, address, tmp_path):
    page.goto(address + "ask/for/hiring-manager/")
    page.get_by_role("button", name="Choose cards to print").click()
    page.get_by_role("button", name="All").click()
    page.get_by_label("Layout").select_option("stacks")
    count = page.locator(".si-card").count()
    sheets = -(-count // 8)
    expect(page.locator(".si-choose output")).to_have_text(f"{sheets} sheets of paper.")
    said = page.locator(".si-choose__turn").inner_text()
    assert f"First print pages 1 to {sheets} on one side." in said
    assert f"print pages {sheets + 1} to {2 * sheets}" in said and f"page 1, then page {sheets + 1}." in said
    texts = [text_of(sheet) for sheet in pdf_of(page, tmp_path / "stacks.pdf", "Letter")]
    assert ["Ask:" in text for text in texts] == [True] * sheets + [False] * sheets
    assert ["I heard" in text for text in texts] == [False] * sheets + [True] * sheets


def test_with_the_toolbar_closed_the_page_prints_as_it_is(page, address, tmp_path):
    page.goto(address + DECK)
    choose(page, "G2")
    page.get_by_role("button", name="Choose cards to print").click()
    text = " ".join(map(text_of, pdf_of(page, tmp_path / "page.pdf", "A4")))
    assert "Growing into larger roles Ask who" in text
    assert {"G1", "G7"} <= set(re.findall(r"\bG\d\b", text))


def test_what_is_chosen_survives_a_reload_and_follows_to_other_pages(page, address):
    page.goto(address + DECK)
    choose(page, "G2", "G5")
    page.get_by_label("Layout").select_option("duplex")
    page.get_by_label("across").fill("0.7")
    page.reload()
    choose(page)
    expect(page.get_by_label("Print this card: G5")).to_be_checked()
    expect(page.get_by_label("Print this card: G1")).not_to_be_checked()
    expect(page.get_by_label("Layout")).to_have_value("duplex")
    expect(page.get_by_label("across")).to_have_value("0.7")
    page.goto(address + "ask/team/")
    choose(page)
    expect(page.locator(".si-choose__more")).to_have_text(
        "2 cards chosen on other pages. Print them all with the pack builder."
    )


def test_two_tabs_choose_together(page, address):
    page.goto(address + DECK)
    other = page.context.new_page()
    other.goto(address + DECK)
    choose(page, "G1")
    choose(other, "G2")
    expect(other.get_by_label("Print this card: G1")).to_be_checked()
    expect(page.get_by_label("Print this card: G2")).to_be_checked()
    saved = "JSON.parse(localStorage.getItem('second-interview')).print.chosen"
    assert page.evaluate(saved) == ["growth-last-promotion", "growth-share-filled-from-inside"]


def test_a_card_that_replaced_a_chosen_one_is_chosen(page, address):
    page.goto(address + DECK)
    record = {"version": 2, "ticks": {}, "print": {"chosen": ["old-id"]}}
    page.evaluate("(record) => localStorage.setItem('second-interview', JSON.stringify(record))", record)
    page.add_init_script(
        """document.addEventListener("readystatechange", () => {
          const card = document.querySelector(".si-card");
          if (card) card.dataset.was = "old-id older-id";
        })"""
    )
    page.reload()
    choose(page)
    expect(page.get_by_label("Print this card: G1")).to_be_checked()
    page.get_by_label("Print this card: G1").uncheck()
    assert page.evaluate("JSON.parse(localStorage.getItem('second-interview')).print.chosen") == []


@pytest.mark.parametrize(
    ("saved", "read"),
    [
        ({"order": "sideways", "offset": [99, 0], "chosen": ["a", 3, "a"], "paper": "a5"}, {"chosen": ["a"]}),
        ({"order": "duplex", "offset": [-1.5, 2], "paper": "a4"}, None),
        ("nonsense", {}),
        ({"offset": ["1", None]}, {}),
    ],
)
def test_what_is_not_valid_in_a_saved_choice_is_left_out(page, address, saved, read):
    page.goto(address)
    empty = {"paper": None, "order": "fold", "offset": [0, 0], "chosen": []}
    record = {"version": 2, "ticks": {}, "print": saved}
    migrated = page.evaluate("async (record) => (await import('./assets/js/store.js')).migrate(record)", record)
    assert migrated["print"] == empty | (saved if read is None else read)


def test_an_imported_file_adds_its_chosen_cards_and_keeps_ours(page, address):
    page.goto(address)
    chosen = page.evaluate(
        """async () => {
          const { importText, read, update } = await import("./assets/js/store.js");
          update(({ print }) => Object.assign(print, { chosen: ["a", "b"], offset: [1, 2] }));
          importText(JSON.stringify({ version: 2, ticks: {}, print: { chosen: ["b", "c"] } }));
          return read().print;
        }"""
    )
    assert chosen == {"paper": None, "order": "fold", "offset": [1, 2], "chosen": ["a", "b", "c"]}


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_the_open_toolbar_is_accessible_and_stays_on_the_screen(browser, address, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(address + DECK)
    choose(page)
    page.get_by_label("Layout").select_option("duplex")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(page) == []
    small = page.evaluate(
        """[...document.querySelectorAll(".si-choose :is(button, select, input), .si-pick")]
          .filter((control) => control.getBoundingClientRect().height < 44).map((control) => control.outerHTML)"""
    )
    page.close()
    assert small == []


# ---------------------------------------------------------------- from paper back to the screen


def type_codes(page, text):
    page.get_by_label("Ticked on paper? Type the codes").fill(text)
    page.get_by_role("button", name="Tick them").click()
    expect(page.locator(".si-codes [role=status] p").first).to_be_visible()
    return page.locator(".si-codes [role=status]")


def test_codes_tick_the_boxes_of_this_list_and_of_others(page, address, catalog):
    page.goto(address + "checklists/week-before/")
    code = catalog.checklists["on-the-day"].items[0].code
    expect(type_codes(page, f"w1, W2\n{code.lower()}  W2")).to_have_text("3 ticked.")
    for item in ("W1", "W2"):
        expect(page.locator("li", has=page.get_by_text(item, exact=True)).locator("input")).to_be_checked()
    expect(page.locator(".si-progress")).to_contain_text("2 of 18 done")
    page.goto(address + "checklists/on-the-day/")
    expect(page.locator(".si-checklist input").first).to_be_checked()


def test_codes_can_be_typed_on_the_page_of_all_lists_and_undone(page, address):
    page.goto(address + "checklists/week-before/")
    page.locator(".si-checklist input").first.check()
    page.goto(address + "checklists/")
    said = type_codes(page, "W1 W2 W3")
    expect(said).to_have_text("2 ticked. 1 was ticked already.")
    page.get_by_role("button", name="Undo").click()
    expect(said).to_have_text("Undone.")
    assert len(page.evaluate("JSON.parse(localStorage.getItem('second-interview')).ticks")) == 1


def test_an_unknown_code_is_named_with_the_one_it_may_mean(page, address, catalog):
    page.goto(address + "checklists/")
    item = next(item for item in catalog.checklists["on-the-day"].items if item.code.startswith("OD"))
    said = type_codes(page, f"0{item.code[1:]} QQ77")
    expect(said).to_contain_text(f"Not known: 0{item.code[1:]} (did you mean {item.code}: {item.text}?), QQ77.")


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("W02", "W2"),
        ("0D5", "OD5"),
        ("W-2", "W2"),
        ("OD55", "OD5"),
        ("WW2", "W2"),
        ("D5", "OD5"),
        ("W", None),
        ("X9", None),
    ],
)
def test_the_nearest_code_is_offered_only_when_there_is_one(page, address, code, meant):
    page.goto(address)
    near = "async (code) => (await import('./assets/js/type-codes.js')).nearest(code, ['W1', 'W2', 'OD5', 'OD11'])"
    assert page.evaluate(near, code) == meant


def test_the_list_of_codes_is_loaded_only_when_it_is_used(page, address):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "checklists/")
    page.wait_for_load_state("networkidle")
    assert not any("codes.json" in url for url in asked)
    type_codes(page, "W1")
    assert any("codes.json" in url for url in asked)


def test_every_code_of_a_checklist_is_in_the_file_of_codes(site, catalog):
    codes = json.loads((site / "data" / "codes.json").read_text("utf-8"))
    for slug, checklist in catalog.checklists.items():
        for item in checklist.items:
            assert codes.pop(item.code) == {"id": item.id, "list": slug, "text": item.text}
    assert codes == {}
