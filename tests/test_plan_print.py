"""Print my plan: what comes out of the printer, on both papers, for one person or twelve."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import expect

SET = """async (plan) => {
  const { update } = await import("../../assets/js/store.js");
  update((record) => { Object.assign(record.plan, plan); });
}"""
QUESTIONS = ["success-last-strong-holder", "team-load-taken-off-you", "growth-last-promotion"]
LONG = (
    "A question of my own that goes on and on, with a reason, an example and a second half that nobody asked for. " * 4
)


def person(at, **more):
    return {"id": f"p{at}", "name": f"Person Nr{at}", "role": "peer", "start": f"{8 + at:02}:30", "minutes": 45, **more}


def plan_of(number, **more):
    people = [person(at) for at in range(number)]
    return {
        "interview": {"day": "2031-03-12", "company": "Northwind", "job": "Analyst", "place": "12 Harbour Street"},
        "people": people,
        "hands": {one["id"]: QUESTIONS for one in people},
        **more,
    }


@pytest.fixture
def printed(page, address, tmp_path):
    """A function: the texts of the pages that a plan prints, without white space between words being sure."""

    def run(plan, paper="A4", leave_out=()):
        page.clock.set_fixed_time("2031-03-01T09:00:00Z")
        page.goto(f"{address}plan/print/")
        page.evaluate(SET, plan)
        page.reload()
        expect(page.locator(".si-preview .si-sheet").first).to_be_visible()
        for name in leave_out:
            page.get_by_label(name).uncheck()
        expect(page.locator(".si-plan-print__said")).to_contain_text("of paper")
        expect(page.locator(".si-plan-print form")).to_have_attribute("aria-busy", "false")
        page.pdf(path=str(tmp_path / "plan.pdf"), format=paper)
        document = pypdfium2.PdfDocument(tmp_path / "plan.pdf")
        return ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]

    return run


def said_sides(page):
    return int(page.locator(".si-plan-print__said").inner_text().split()[0])


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_person_has_a_page_with_their_questions(printed, page, catalog, paper):
    pages = printed(plan_of(5), paper)
    assert len(pages) == said_sides(page)
    for at in range(5):
        (sheet,) = [text for text in pages if text.startswith(f"SecondInterview·Worksheet{at + 1}.PersonNr{at}")]
        for key in QUESTIONS:
            question = catalog.cards[key][0]
            assert "".join(question.question.split()) in sheet and f"({question.code})" in sheet
        assert "Thank-youhook" in sheet and "Whattheysaid" in sheet
    assert "AnalystatNorthwind" in pages[0] and "12HarbourStreet" in pages[0]
    assert "Résumés:6(5peopleandonespare)" in pages[0]
    assert "Wednesday,12March2031" in pages[0] and "09:30PersonNr1" in pages[0]
    assert any("Mydays" in text for text in pages)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_twelve_people_and_long_words_fill_as_many_pages_as_they_need_and_none_is_blank(printed, page, paper):
    own = [{"id": "own-1", "text": LONG, "roles": []}]
    people = [person(at % 12, id=f"p{at}", name=f"Nr{at} {'Verylong ' * 8}", note=LONG, hook=LONG) for at in range(12)]
    hands = {one["id"]: ["own-1", *QUESTIONS[:2]] for one in people}
    stories = [{"id": f"s{n}", "name": f"Story {n}", "did": "x", "came": LONG, "competencies": []} for n in range(12)]
    pages = printed(plan_of(0, people=people, own=own, hands=hands, stories=stories), paper)
    assert len(pages) == said_sides(page)
    assert all(len(text) > 80 for text in pages)
    whole = "".join(pages)
    for at in range(12):
        assert f"{at + 1}.Nr{at}Verylong" in whole
        assert f"Story{at}:" in whole
    assert whole.count("".join(LONG.split())) >= 12
    for navigation in ("Howwecheck", "Search", "Whattoprint"):
        assert navigation not in whole


def test_nothing_leaves_its_sheet(printed, page):
    printed(plan_of(12, own=[{"id": "own-1", "text": LONG, "roles": []}]))
    page.set_viewport_size({"width": 794, "height": 1000})  # A4 is 794 CSS pixels wide
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # the sheets stand in the page, as before a real print
    rooms = page.evaluate("""() => [...document.querySelectorAll(".si-paper > .si-sheet")].map((sheet) => {
      const bottoms = [...sheet.querySelectorAll(".si-flow *")].map((one) => one.getBoundingClientRect().bottom);
      return sheet.querySelector(".si-sheet__foot").getBoundingClientRect().top - Math.max(...bottoms);
    })""")
    assert len(rooms) > 13 and min(rooms) >= 0


def test_an_unknown_name_and_no_deal_leave_lines_to_write_on(printed, page):
    pages = printed(plan_of(0, people=[{"id": "a", "role": "peer"}, {"id": "b"}], hands={}))
    assert "1.Afuturecolleague" in pages[1] and "2.Person2" in pages[2] and "Name" in pages[1]
    assert all(f"Question{n}" in pages[2] for n in (1, 2, 3))
    expect(page.locator(".si-plan-print__said")).to_contain_text("No questions are dealt yet")


def test_what_is_not_wanted_is_not_printed(printed):
    pages = printed(plan_of(2), leave_out=("A page for each person", "My days"))
    assert len(pages) == 1 and "Whattheysaid" not in "".join(pages) and "Mydays" not in "".join(pages)


def test_doubts_stand_on_the_page_of_whom_can_settle_them(printed):
    doubts = [
        {"id": "d1", "doubt": "Too little Python", "proof": "The pipeline of 2030", "who": "p1", "settled": False},
        {"id": "d3", "doubt": "Long way to work", "proof": "", "who": "", "settled": False},
        {"id": "d2", "doubt": "Already cleared", "proof": "", "who": "p1", "settled": True},
    ]
    said = [{"id": "s1", "what": "Notice", "said": "six weeks", "who": "Bo"}]
    pages = printed(plan_of(2, doubts=doubts, said=said))
    (sheet,) = [text for text in pages if "2.PersonNr1" in text and "Worksheet" in text]
    assert "Longwaytowork" in pages[-1] and "Notice:sixweeks(toBo)" in pages[-1]
    assert "ToolittlePython:Thepipelineof2030" in sheet and "Alreadycleared" not in "".join(pages)


def test_what_the_reader_typed_is_text_and_never_markup(printed, page):
    printed(plan_of(1, people=[person(0, name="<img src=x>")]))
    assert page.locator(".si-preview img").count() == 0


def test_nobody_in_the_plan_is_said(page, address):
    page.goto(f"{address}plan/print/")
    expect(page.locator(".si-plan-print__said")).to_contain_text("Nobody is in your plan yet")
    expect(page.locator(".si-plan-print__said").get_by_role("link", name="My interview")).to_be_visible()


def test_without_scripts_the_page_says_what_it_would_do_and_gives_forms_on_paper(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}plan/print/")
    expect(page.locator(".si-plan__plain")).to_contain_text("makes sheets of your own plan")
    expect(page.locator(".si-plan__plain").get_by_role("link", name="one interviewer sheet")).to_be_visible()
    context.close()


def test_a_day_with_five_interviewers_from_nothing_to_paper(page, address, tmp_path):
    """As a candidate does it: typed in, reloaded in the middle, gone on in a second tab, dealt, and printed."""
    page.goto(f"{address}plan/")
    page.get_by_label("Company").fill("Northwind")
    page.get_by_label("Day of the interview").fill("2031-03-12")

    def add(tab, name, role):
        tab.get_by_role("button", name="Add a person").click()
        row = tab.locator(".si-plan__people > li").last
        row.get_by_label("Name").fill(name)
        row.get_by_label("Who they are").select_option(role)

    add(page, "Ana Lima", "hiring-manager")
    add(page, "Bo Sand", "peer")
    page.reload()
    other = page.context.new_page()
    other.goto(f"{address}plan/")
    add(other, "Cy Vale", "executive")
    add(page, "Dee Moor", "recruiter")
    add(other, "Eve Holt", "peer")
    expect(page.locator(".si-plan__people > li")).to_have_count(5)
    page.get_by_role("button", name="Deal the questions").click()
    asked = page.locator(".si-plan__ask").all_inner_texts()
    assert len(set(asked)) == 15
    page.get_by_role("link", name="Print it").click()
    expect(page.locator(".si-plan-print__said")).to_contain_text("of paper")
    expect(page.locator(".si-preview .si-sheet").first).to_be_attached()
    page.pdf(path=str(tmp_path / "plan.pdf"), format="A4")
    pages = [
        "".join(sheet.get_textpage().get_text_range().split()) for sheet in pypdfium2.PdfDocument(tmp_path / "plan.pdf")
    ]
    assert len(pages) == said_sides(page)
    sheets = {
        name: [text for text in pages if "Whattheysaid" in text and name in text]
        for name in ("AnaLima", "BoSand", "CyVale", "DeeMoor", "EveHolt")
    }
    assert all(len(found) == 1 for found in sheets.values())
    whole = "".join(pages)
    for question in asked:
        assert "".join(question.split())[:40] in whole
