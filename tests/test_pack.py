"""The pack builder: what it counts is what it prints, nothing is cut or lost, and a link brings a pack back."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.whole import find_violations

BUILDER = "print/pack/"
PAPERS = ["A4", "Letter"]
MM = 96 / 25.4  # CSS pixels
CANDIDATE = (
    "parts=checklist.week-before+checklist.day-before+checklist.on-the-day+checklist.within-24-hours"
    "+worksheet.debrief+worksheet.story-bank+worksheet.interviewer+role.hiring-manager+ask.universal"
)
# What is on each sheet, measured as it is printed, in mm from the sheet's own left and top.
MEASURE = """() => [...document.querySelectorAll(".si-paper > .si-sheet:not(.si-sheet--blank)")].map((sheet) => {
  const box = sheet.getBoundingClientRect();
  const boxes = (selector) => [...sheet.querySelectorAll(selector)].map((part) => part.getBoundingClientRect());
  const body = boxes(".si-sheet__body")[0];
  const inside = boxes(".si-sheet__body *:not(.si-cells)").filter(({ width }) => width);
  const foot = boxes(".si-sheet__foot, .si-sheet__foot *");
  const small = [];
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const size = parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize);
    if (walker.currentNode.textContent.trim() && size < 10.66) small.push(walker.currentNode.textContent);
  }
  const far = (side, parts) => Math.max(...parts.map((part) => part[side]));
  const isTooNarrow = (part) => part.clientWidth && part.scrollWidth > part.clientWidth + 1;
  return {
    height: box.height, small,
    width: far("right", [...inside, ...foot]) - Math.min(...[...inside, ...foot].map(({ left }) => left)),
    room: body.bottom - far("bottom", inside),
    foot: box.bottom - far("bottom", foot),
    wide: [...sheet.querySelectorAll(".si-flow, .si-flow *")].filter(isTooNarrow).map((part) => part.outerHTML),
  };
})"""
SMALL = """() => {
  const controls = "button, select, summary, .si-pack__tick, input:not([type=checkbox])";
  return [...document.querySelectorAll(`.si-pack :is(${controls})`)]
    .filter((control) => control.offsetHeight && control.getBoundingClientRect().height < 44)
    .map((control) => control.outerHTML);
}"""


def open_pack(page, address, choices=""):
    """Open the builder with a shared link and wait for its count."""
    page.goto("about:blank")
    page.goto(f"{address}{BUILDER}#{choices}")
    return counted(page)


def counted(page):
    """What the builder says when it has counted."""
    said = page.locator(".si-pack [role=status]")
    expect(said).not_to_be_empty()
    expect(said).not_to_contain_text("Counting")
    return said.inner_text()


def numbers(said, start):
    """(sheets of paper, sides printed, sides left blank) of the sentence with this beginning."""
    pattern = start + r": (\d+) sheets? of paper, (\d+) sides? printed(?:, (\d+) left blank)?"
    return tuple(int(number or 0) for number in re.search(pattern, said).groups())


def print_pack(page, path, paper="A4"):
    """The printed sides as text; "" for a blank one."""
    page.pdf(path=str(path), format=paper, prefer_css_page_size=False)
    return [" ".join(side.get_textpage().get_text_range().split()) for side in pypdfium2.PdfDocument(path)]


def lay_out(page):
    """Put the sheets in the page as the browser does before it prints, and leave them there to be measured."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def every(catalog, kind):
    return "+".join(f"{kind}.{slug}" for slug in getattr(catalog, f"{kind}s"))


# ---------------------------------------------------------------- the count


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "choices",
    [
        "parts=checklist.invited&cards=fold",
        "parts=checklist.week-before+worksheet.story-bank+ask.growth&cards=duplex&sides=2&copies=3",
        "parts=ask.growth+ask.team&cards=fronts&sides=2&copies=2",
        "parts=ask.hard-parts+checklist.offer&cards=fold&sides=2",
        "parts=role.recruiter+cards.blank&cards=stacks&copies=4",
        "parts=session.60-minutes+session.30-minutes+answer.conflict&cards=fold&copies=2&organisation=Northside",
        f"{CANDIDATE}&cards=duplex&sides=2&reasons=1&copies=2",
    ],
)
def test_the_paper_that_is_counted_is_what_is_printed(page, address, tmp_path, choices, paper):
    said = open_pack(page, address, choices)
    texts = print_pack(page, tmp_path / "pack.pdf", paper)
    start = "All of it, with .+?" if "All of it" in said else "One pack"
    leaves, printed, blank = numbers(said, start)
    assert len(texts) == printed + blank
    assert texts.count("") == blank
    if "sides=2" in choices:
        assert len(texts) == 2 * leaves
    elif "stacks" not in choices:
        assert len(texts) == leaves


def test_each_pack_takes_the_same_and_plans_are_printed_once(page, address):
    said = open_pack(page, address, f"{CANDIDATE}+session.30-minutes&cards=fold&copies=30")
    one, plan = numbers(said, "One pack"), numbers(said, "Plans for coaches, printed once")
    assert plan[0] > 0
    assert numbers(said, "All of it, with 30 packs")[0] == 30 * one[0] + plan[0]


def test_backs_for_a_printer_fed_by_hand_come_last_and_it_says_on_which_pages(page, address, tmp_path):
    said = open_pack(page, address, "parts=checklist.invited+ask.growth&cards=stacks&copies=3")
    assert "First print pages 1 to 6 on one side. Then turn the 3 sheets of cards over" in said
    assert "put them back, and print pages 7 to 9. Try it with one sheet first: page 2, then page 7." in said
    assert numbers(said, "All of it, with 3 packs") == (6, 9, 0)
    texts = print_pack(page, tmp_path / "pack.pdf")
    assert ["I heard" in text for text in texts] == [False] * 6 + [True] * 3
    assert ["Checklist" in text for text in texts] == [True, False] * 3 + [False] * 3


# ---------------------------------------------------------------- what is on the sheets


def choices_with_everything(catalog):
    decks = [f"ask.{slug}" for slug in catalog.ask] + [f"answer.{slug}" for slug in catalog.answer]
    flows = [every(catalog, kind) for kind in ("checklist", "worksheet", "session")]
    return "parts=" + "+".join([*flows, *decks, "cards.blank"])


@pytest.mark.parametrize("width", [210, 215.9])
@pytest.mark.parametrize("choices", ["cards=fold", "cards=duplex&sides=2&reasons=1&copies=2&numbered=1"])
def test_nothing_leaves_its_sheet_and_no_text_is_smaller_than_8_points(page, address, catalog, choices, width):
    page.set_viewport_size({"width": round(width * MM), "height": 1000})
    name = "The+Very+Long+Name+of+a+Careers+Service+for+Northern+Counties"[:60]
    open_pack(page, address, f"{choices_with_everything(catalog)}&{choices}&organisation={name}")
    lay_out(page)
    sheets = page.evaluate(MEASURE)
    assert len(sheets) > 40
    for sheet in sheets:
        assert sheet["height"] / MM <= 279 and sheet["width"] / MM <= 186.1
        assert sheet["room"] >= 0 and sheet["foot"] >= 5 * MM
        assert sheet["small"] == [] and sheet["wide"] == []


@pytest.mark.parametrize("reasons", ["", "&reasons=1"])
def test_every_item_of_every_checklist_is_there_once(page, address, catalog, tmp_path, reasons):
    open_pack(page, address, f"parts={every(catalog, 'checklist')}{reasons}")
    text = " ".join(print_pack(page, tmp_path / "pack.pdf"))
    for checklist in catalog.checklists.values():
        for item in checklist.items:
            assert len(re.findall(rf"(?<= ){item.code}(?= )", text)) == 1, item.code
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    items = [item for checklist in catalog.checklists.values() for item in checklist.items]
    titles = page.locator(".si-paper .si-part__title").all_text_contents()
    assert all(titles.count(checklist.lines.title) >= 1 for checklist in catalog.checklists.values())
    shown = page.locator(".si-paper .si-todo__text").all_text_contents()
    assert shown == [item.text for item in items]
    why = page.locator(".si-paper .si-todo__why").all_text_contents()
    expected = [item.why for item in items if item.why] if reasons else []
    assert [text for text in expected if not any(found.startswith(text) for found in why)] == []
    assert bool(why) == bool(reasons)


def test_a_checklist_too_long_for_one_sheet_goes_on_with_its_title(page, address, tmp_path):
    page.route(
        "**/checklists/invited/",
        lambda route: route.fulfill(
            body=(answer := route.fetch())
            .text()
            .replace("</li>", "</li>" + "<li data-id='x'><label><span>Extra</span> <small>X1</small></label></li>" * 3),
            headers=answer.headers,
        ),
    )
    said = open_pack(page, address, "parts=checklist.invited+checklist.offer&sides=2")
    texts = print_pack(page, tmp_path / "pack.pdf")
    assert len(texts) == sum(numbers(said, "One pack")[1:])
    long = [text for text in texts if "X1" in text]
    assert [re.search(r"\((\d) of (\d)\)", text).groups() for text in long] == [
        (str(number), str(len(long))) for number in range(1, len(long) + 1)
    ]
    assert len(long) > 1 and all("Name" in text and "Date" in text for text in long)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_worksheet_has_all_its_rows_and_lines(page, address, catalog, paper):
    open_pack(page, address, f"parts={every(catalog, 'worksheet')}")
    lay_out(page)
    parts = [part for worksheet in catalog.worksheets.values() for part in worksheet.parts]
    assert page.locator(".si-paper tbody tr").count() == sum(part.rows or len(part.labels) for part in parts)
    assert page.locator(".si-paper .si-part__line").count() == sum(part.lines or 0 for part in parts)
    titles = page.locator(".si-paper .si-part__title").all_text_contents()
    assert list(dict.fromkeys(titles)) == list(dict.fromkeys(part.title for part in parts))
    lowest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.si-paper tbody tr')].map((row) => row.offsetHeight))"
    )
    assert lowest / MM >= 6.2


def test_a_plan_has_every_step_in_order(page, address, catalog):
    open_pack(page, address, f"parts={every(catalog, 'session')}")
    lay_out(page)
    steps = [step.title for session in catalog.sessions.values() for step in session.steps]
    assert page.locator(".si-paper .si-session__title").all_text_contents() == steps


def test_a_card_in_two_chosen_decks_is_printed_once(page, address, catalog, tmp_path):
    said = open_pack(page, address, "parts=role.hiring-manager+ask.universal+ask.growth&cards=fronts")
    cards = {question.id for question, _ in catalog.for_role("hiring-manager")}
    cards |= {question.id for slug in ("universal", "growth") for question in catalog.ask[slug].questions}
    assert f"with {len(cards)} cards." in said
    lay_out(page)
    ids = page.locator(".si-paper .si-card").evaluate_all("(cards) => cards.map((card) => card.dataset.id)")
    assert sorted(ids) == sorted(cards)


@pytest.mark.parametrize(
    ("choices", "cards"),
    [
        ("parts=cards.blank&cards=fold", 4),
        ("parts=cards.blank&cards=fronts", 8),
        ("parts=ask.process-and-pay+cards.blank&cards=fronts", 8),  # 3 cards and 5 blank ones
        ("parts=ask.growth+cards.blank&cards=fronts", 16),  # 7 cards: a single blank one would be too few
        ("parts=ask.growth+cards.blank&cards=fold", 12),
    ],
)
def test_blank_cards_fill_the_last_sheet_of_cards(page, address, choices, cards):
    assert f"with {cards} cards." in open_pack(page, address, choices)


def test_cards_chosen_on_other_pages_are_in_the_pack(page, address, tmp_path):
    page.goto(address + "ask/growth/")
    page.get_by_role("button", name="Choose cards to print").click()
    page.get_by_label("Print this card: G2", exact=True).check()
    page.goto(address + "answer/conflict/")
    page.get_by_role("button", name="Choose cards to print").click()
    page.get_by_role("button", name="All").click()
    codes = page.locator(".si-card__top a").all_inner_texts()
    assert f"with {1 + len(codes)} cards." in open_pack(page, address, "parts=cards.chosen&cards=fronts")
    text = " ".join(print_pack(page, tmp_path / "pack.pdf"))
    assert re.findall(r"\bG\d\b", text) == ["G2"]
    assert all(len(re.findall(rf"\b{code}\b", text)) == 1 for code in codes)


def test_the_organisation_is_on_every_sheet_and_packs_are_numbered(page, address, tmp_path):
    open_pack(
        page, address, "parts=checklist.waiting+ask.growth&cards=fold&organisation=Northside+%26+Co&copies=3&numbered=1"
    )
    texts = print_pack(page, tmp_path / "pack.pdf")
    assert all("Northside & Co" in text and "CC BY 4.0" in text for text in texts)
    assert [re.search(r"Pack \d of 3", text)[0] for text in texts] == [
        f"Pack {n} of 3" for n in (1, 1, 1, 2, 2, 2, 3, 3, 3)
    ]
    page.get_by_label("Number them").uncheck()
    assert not any("Pack 1" in text for text in print_pack(page, tmp_path / "pack.pdf"))


def test_on_two_sided_paper_each_part_starts_on_a_new_sheet(page, address, tmp_path):
    parts = "parts=checklist.invited+checklist.week-before+worksheet.debrief+session.60-minutes+ask.growth"
    open_pack(page, address, f"{parts}&cards=fold&sides=2&reasons=1&copies=2")
    texts = print_pack(page, tmp_path / "pack.pdf")
    assert not any("on one side" in text for text in texts)
    for start in ("Checklist Name", "Worksheet Name", "The 60-minute session", "Cut on the dashes"):
        found = [number for number, text in enumerate(texts) if start in text and not re.search(r"\([2-9] of", text)]
        assert found and all(number % 2 == 0 for number in found), start
    assert all(not texts[number + 1] for number, text in enumerate(texts) if "Cut on the dashes" in text)


# ---------------------------------------------------------------- the form


def test_the_choices_stand_in_the_address_and_come_back_from_it(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    open_pack(page, address)
    page.get_by_label("The week before").check()
    page.get_by_role("article").get_by_text("Questions to be ready for").click()
    page.get_by_label("Conflict").check()
    page.get_by_label("My printer prints on both sides").check()
    page.get_by_label("Layout of cards").select_option("duplex")
    page.get_by_label("with the reason").check()
    page.get_by_label("Organisation’s name").fill("Nørd & Süd, 100 %")
    page.get_by_label("How many packs?").fill("30")
    page.get_by_label("Number them").check()
    said, link = counted(page), page.url
    assert parse_qs(urlsplit(link).fragment)["organisation"] == ["Nørd & Süd, 100 %"]
    assert not any("N%C3%B8rd" in url or "Nørd" in url for url in asked)
    assert page.evaluate("JSON.stringify(localStorage)").find("Nørd") < 0
    other = page.context.browser.new_context().new_page()
    other.goto(link)
    assert counted(other) == said
    expect(other.get_by_label("Conflict")).to_be_checked()
    expect(other.get_by_label("Layout of cards")).to_have_value("duplex")
    expect(other.get_by_label("Organisation’s name")).to_have_value("Nørd & Süd, 100 %")
    expect(other.get_by_label("How many packs?")).to_have_value("30")
    assert other.evaluate("localStorage.length") == 0  # a shared link changes nothing of the reader's own
    other.context.close()


def test_how_cards_are_printed_is_taken_from_the_deck_pages_and_given_back(page, address):
    page.goto(address + "ask/growth/")
    page.get_by_role("button", name="Choose cards to print").click()
    page.get_by_label("Layout").select_option("duplex")
    page.get_by_label("across").fill("0.7")
    open_pack(page, address)
    expect(page.get_by_label("My printer prints on both sides")).to_be_checked()
    expect(page.get_by_label("Layout of cards")).to_have_value("duplex")
    expect(page.get_by_label("across")).to_have_value("0.7")
    page.get_by_label("My printer prints on both sides").uncheck()
    expect(page.get_by_label("Layout of cards")).to_have_value("stacks")
    page.goto(address + "ask/growth/")
    page.get_by_role("button", name="Choose cards to print").click()
    expect(page.get_by_label("Layout")).to_have_value("stacks")


@pytest.mark.parametrize(("typed", "packs"), [("0", "1"), ("61", "60"), ("-5", "1"), ("2.6", "3"), ("", "1")])
def test_a_number_of_packs_that_cannot_be_is_set_right(page, address, typed, packs):
    open_pack(page, address, "parts=checklist.invited")
    page.get_by_label("How many packs?").fill(typed)
    page.get_by_label("How many packs?").blur()
    expect(page.get_by_label("How many packs?")).to_have_value(packs)
    assert ("All of it" in counted(page)) == (packs != "1")


def test_the_packs_to_start_from_hold_only_parts_that_exist(page, address):
    open_pack(page, address)
    known = page.locator("[data-part]").evaluate_all("(parts) => parts.map((part) => part.dataset.part)")
    for start in page.locator("[data-start]").all():
        wanted = start.get_attribute("data-start").split()
        start.click()
        counted(page)
        assert set(wanted) <= set(known)
        assert page.locator("[data-part] :checked").count() == len(wanted)
    expect(page.locator(".si-pack [role=status]")).to_have_text("Choose at least one part.")
    expect(page.get_by_role("button", name="Print")).to_be_disabled()


def test_a_part_that_cannot_be_fetched_is_named_and_the_rest_is_ready(page, address, tmp_path):
    page.route("**/ask/growth/", lambda route: route.abort())
    said = open_pack(page, address, "parts=checklist.invited+ask.growth")
    assert "Could not be loaded, and is left out: Growing into larger roles. The rest is ready." in said
    assert numbers(said, "One pack")[0] == len(print_pack(page, tmp_path / "pack.pdf")) == 1
    page.unroute("**/ask/growth/")
    page.get_by_label("with the reason").check()
    expect(page.locator(".si-pack [role=status]")).to_contain_text("with 7 cards")
    expect(page.locator(".si-pack [role=status]")).not_to_contain_text("Could not")


def test_with_nothing_chosen_the_page_prints_as_it_is(page, address, tmp_path):
    open_pack(page, address)
    assert "Good to know" in " ".join(print_pack(page, tmp_path / "page.pdf"))


def test_without_scripts_the_page_says_what_to_do_and_links_to_every_part(browser, address, catalog):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + BUILDER)
    expect(page.locator(".si-pack__plain")).to_be_visible()
    assert page.locator(".si-pack__plain a").get_attribute("href") == "../"
    assert page.get_by_role("button").count() == 0 and page.locator("input:visible").count() == 0
    assert page.locator("[data-part] a").count() == page.locator("[data-part]").count() > 50
    context.close()


def test_only_the_chosen_parts_are_fetched(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_pack(page, address, "parts=checklist.invited+worksheet.research+worksheet.interviewer")
    pages = [url.removeprefix(address) for url in asked if url.endswith("/")]
    assert sorted(pages) == ["checklists/invited/", "guide/week-before/research/", "print/pack/"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_the_form_is_accessible_and_stays_on_the_screen(browser, address, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    open_pack(page, address, f"{CANDIDATE}&cards=duplex&sides=2&organisation=Northside")
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(page) == []
    small = page.evaluate(SMALL)
    page.close()
    assert small == []


def test_thirty_packs_are_ready_to_print_at_once(page, address):
    """Copying is all that is left to do before the dialog opens, however many packs."""
    open_pack(page, address, f"{CANDIDATE}&cards=duplex&sides=2&copies=30&numbered=1&organisation=Northside")
    begin = time.monotonic()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert time.monotonic() - begin < 2
    assert page.locator(".si-paper > .si-sheet").count() == 720
