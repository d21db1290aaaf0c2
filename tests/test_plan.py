"""My interview, in a real browser: from nothing to five people with different questions, and whatever changes then."""

from __future__ import annotations

import gzip
import json
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from macros.pages import PLANNER
from tests.whole import find_violations

PEOPLE = [("Ana Lima", "hiring-manager"), ("Bo", "peer"), ("", "recruiter"), ("Dr Chen", "executive"), ("Eve", "")]
PAGES = [f"{path}/" for path in PLANNER]
BUDGET = 30_000  # bytes of gzip for all scripts of a page


@pytest.fixture
def plan(page, address):
    page.goto(f"{address}plan/")
    expect(page.get_by_role("button", name="Add a person")).to_be_visible()
    return page


def add(page, name, role, **more):
    page.get_by_role("button", name="Add a person").click()
    row = page.locator(".si-plan__people > li").last
    expect(row.get_by_label("Name")).to_be_focused()
    row.get_by_label("Name").fill(name)
    row.get_by_label("Who they are").select_option(role)
    for label, value in more.items():
        row.get_by_label(label).fill(value)
    return row


def deal(page, name="Deal the questions"):
    page.get_by_role("button", name=name, exact=True).click()


def hands(page):
    """The questions of each person, as they are shown."""
    sections = page.locator(".si-plan__hands > section:has(> ol)")
    return [
        [re.sub(r"\s+", " ", text).strip() for text in sections.nth(at).locator(".si-plan__ask").all_inner_texts()]
        for at in range(sections.count())
    ]


def saved(page):
    return json.loads(page.evaluate("localStorage.getItem('second-interview')"))["plan"]


def first(page, name):
    return page.locator(f".si-plan__hands [data-name={name}]").first


@pytest.fixture
def five(plan):
    """Five people with their questions."""
    for name, role in PEOPLE:
        add(plan, name, role)
    deal(plan)
    return plan


def test_five_people_each_get_three_questions_they_can_answer_and_none_comes_twice(five, catalog):
    dealt = hands(five)
    assert [len(hand) for hand in dealt] == [3] * 5
    assert len({question for hand in dealt for question in hand}) == 15
    by_id = {question.id: (question, deck.topic) for deck in catalog.ask.values() for question in deck.questions}
    plan = saved(five)
    topics = set()
    for person in plan["people"]:
        for at, key in enumerate(plan["hands"][person["id"]]):
            question, topic = by_id[key]
            topics.add(topic)
            assert person["role"] is None or person["role"] in question.roles
            assert question.timing != "in-writing" and (question.timing != "late" or at > 0)
    assert {"success-measures", "work-environment", "growth"} <= topics
    assert len(plan["spare"]) == 2
    expect(five.locator(".si-plan__short li")).to_have_count(0)


def test_a_reload_in_the_middle_loses_nothing(plan):
    plan.get_by_label("Company").fill("Northwind")
    plan.get_by_label("Day of the interview").fill("2027-03-31")
    plan.get_by_label("Time zone").select_option("Europe/Berlin")
    add(plan, "Ana Lima", "hiring-manager", **{"Begins at": "09:30", "Minutes": "45"})
    add(plan, "Bo", "peer")
    deal(plan)
    before = hands(plan)
    plan.reload()
    expect(plan.get_by_label("Company")).to_have_value("Northwind")
    expect(plan.get_by_label("Day of the interview")).to_have_value("2027-03-31")
    expect(plan.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    row = plan.locator(".si-plan__people > li").first
    expect(row.get_by_label("Begins at")).to_have_value("09:30")
    expect(row.get_by_label("Minutes")).to_have_value("45")
    assert hands(plan) == before


def test_pins_hold_when_dealt_again_and_the_rest_changes(five):
    pinned = hands(five)[0][0]
    first(five, "pin").click()
    expect(first(five, "pin")).to_have_attribute("aria-pressed", "true")
    before = hands(five)
    deal(five, "Deal again")
    after = hands(five)
    assert after[0].count(pinned) == 1
    kept = sum(question in after[at] for at, hand in enumerate(before) for question in hand)
    assert kept < 8
    assert [len(hand) for hand in after] == [3] * 5


def test_a_question_is_swapped_for_one_the_reader_chooses_and_then_stays(five):
    old = hands(five)[1][0]
    five.locator(".si-plan__hands > section").nth(1).locator("[data-name=swap]").first.click()
    choice = five.locator(".si-plan__swap li button").nth(1)
    words = choice.inner_text()
    choice.click()
    expect(five.locator(".si-plan__swap")).to_be_hidden()
    assert words in hands(five)[1][0] and old not in hands(five)[1]
    deal(five, "Deal again")
    assert any(words in question for question in hands(five)[1])


def test_what_is_left_out_is_replaced_and_can_be_brought_back(five):
    old = hands(five)[0][0]
    first(five, "drop").click()
    assert all(old not in hand for hand in hands(five))
    assert [len(hand) for hand in hands(five)] == [3] * 5
    deal(five, "Deal again")
    assert all(old not in hand for hand in hands(five))
    five.get_by_role("button", name="Bring back 1 left out").click()
    assert saved(five)["dropped"] == []


def test_a_question_is_asked_of_two_people_to_compare(five):
    code = five.locator(".si-plan__hands > section").nth(0).locator(".si-plan__ask a").first.inner_text()
    first(five, "twice").click()
    everyone = [question for hand in hands(five) for question in hand]
    assert sum(f" {code} " in f"{question} " for question in everyone) == 2
    assert sum(f" {code} " in f"{question} " for question in hands(five)[0]) == 1


def test_a_question_of_my_own_can_be_dealt(five):
    five.get_by_text("Questions of my own").click()
    five.get_by_role("button", name="Add a question").click()
    own = "What did <b>you</b> break in your first month?"
    five.locator(".si-plan__own").get_by_label("Question", exact=True).fill(own)
    five.locator(".si-plan__own").get_by_label("Who can answer it").select_option("peer")
    five.locator(".si-plan__hands > section").nth(1).locator("[data-name=swap]").first.click()
    five.locator(".si-plan__swap").get_by_role("button", name=own).click()
    assert any(own in question for question in hands(five)[1])
    assert five.locator(".si-plan__hands b").count() == 0, "what is typed is text, never markup"


def test_a_panel_shares_a_conversation_and_is_parted_when_it_no_longer_stands_together(plan):
    for name in ("Ana", "Bo", "Cy"):
        add(plan, name, "peer")
    together = plan.get_by_label("In the same conversation as the person above")
    together.nth(1).check()
    together.nth(2).check()
    assert len({person["panel"] for person in saved(plan)["people"]}) == 1
    plan.reload()
    expect(together.nth(2)).to_be_checked()
    add(plan, "Dee", "executive")
    plan.locator(".si-plan__people > li").nth(3).get_by_role("button", name="Earlier").click()
    panels = {person["name"]: person["panel"] for person in saved(plan)["people"]}
    assert panels["Ana"] == panels["Bo"] and panels["Ana"] is not None
    assert panels["Dee"] is None and panels["Cy"] is None


def test_people_move_go_and_come_back(plan):
    for name in ("Ana", "Bo", "Cy"):
        add(plan, name, "peer")
    rows = plan.locator(".si-plan__people > li")
    rows.nth(2).get_by_role("button", name="Earlier").click()
    expect(rows.nth(1).get_by_role("button", name="Earlier")).to_be_focused()
    assert [person["name"] for person in saved(plan)["people"]] == ["Ana", "Cy", "Bo"]
    rows.nth(0).get_by_role("button", name="Remove").click()
    expect(plan.locator(".si-plan__gone").get_by_role("button", name="Undo")).to_be_focused()
    assert [person["name"] for person in saved(plan)["people"]] == ["Cy", "Bo"]
    plan.keyboard.press("Enter")
    assert [person["name"] for person in saved(plan)["people"]] == ["Ana", "Cy", "Bo"]


def test_unknown_people_get_questions_too(plan):
    for _ in range(2):
        add(plan, "", "")
    deal(plan)
    assert [len(hand) for hand in hands(plan)] == [3, 3]


def test_twelve_people_are_the_most_and_all_get_questions(plan):
    roles = ["hiring-manager", "peer", "executive", "recruiter", "cross-functional", "direct-report"]
    for at in range(12):
        add(plan, f"P{at}", roles[at % 6])
    expect(plan.get_by_role("button", name="Add a person")).to_be_disabled()
    deal(plan)
    dealt = hands(plan)
    assert [len(hand) for hand in dealt] == [3] * 12
    assert len({question for hand in dealt for question in hand}) == 36


def test_where_there_are_not_enough_it_says_who_is_short_and_why(plan):
    for at in range(6):
        add(plan, f"Client {at}", "client")
    deal(plan)
    short = plan.locator(".si-plan__short li")
    assert short.count() >= 1
    expect(short.first).to_contain_text(re.compile(r"Client \d has [0-2] of 3: .+ can answer the same ones"))
    expect(plan.locator(".si-plan__done")).to_contain_text("who has too few")
    uncovered = [text for text in short.all_inner_texts() if text.startswith("Nobody is asked about")]
    assert uncovered and all("to answer" in text or "taken" in text for text in uncovered)


def test_a_change_of_people_after_the_deal_is_said_and_nothing_is_dealt_unasked(five):
    before = hands(five)
    five.locator(".si-plan__people > li").nth(0).get_by_label("Who they are").select_option("client")
    expect(five.locator(".si-plan__state")).to_contain_text("Your people or questions have changed since you dealt")
    assert hands(five) == before
    deal(five)
    expect(five.locator(".si-plan__state")).not_to_contain_text("have changed")
    assert len(hands(five)[0]) == 3


def test_the_keyboard_alone_makes_a_plan(plan):
    def press_until(target):
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            plan.keyboard.press("Tab")
        raise AssertionError("not reached by Tab")

    plan.get_by_label("Company").focus()
    plan.keyboard.type("Northwind")
    press_until(plan.get_by_role("button", name="Add a person"))
    plan.keyboard.press("Enter")
    plan.keyboard.type("Ana")
    plan.keyboard.press("Tab")
    plan.keyboard.type("Your m")
    press_until(plan.get_by_role("button", name="Deal the questions"))
    plan.keyboard.press("Enter")
    assert saved(plan)["people"][0]["role"] == "hiring-manager"
    press_until(first(plan, "pin"))
    plan.keyboard.press("Enter")
    expect(first(plan, "pin")).to_have_attribute("aria-pressed", "true")
    expect(first(plan, "pin")).to_be_focused()
    press_until(first(plan, "swap"))
    plan.keyboard.press("Enter")
    expect(plan.locator(".si-plan__swap")).to_be_visible()
    plan.keyboard.press("Escape")
    expect(first(plan, "swap")).to_be_focused()


def test_paper_shows_each_person_with_their_questions_and_no_controls(five, tmp_path):
    shown = hands(five)
    five.pdf(path=str(tmp_path / "plan.pdf"), format="A4")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "plan.pdf")]
    text = "".join("".join(pages).split())  # a reader of PDFs may lose a space between two words
    assert all(page.strip() for page in pages)
    for hand in shown:
        for question in hand:
            assert question[:40].replace(" ", "") in text
    for control in ("Add a person", "Swap", "Deal again", "Erase everything", "Time zone"):
        assert control.replace(" ", "") not in text


def test_without_scripts_the_page_says_what_it_would_do_and_gives_forms_on_paper(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}plan/")
    expect(page.locator(".si-plan__plain")).to_contain_text("deals each of them three questions")
    for name in ("one interviewer sheet", "a deck for each role", "story bank"):
        expect(page.locator(".si-plan__plain").get_by_role("link", name=name)).to_be_visible()
    expect(page.locator(".si-plan")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_a_full_plan_nor_in_the_choice_of_a_swap(five, width, scheme):
    five.emulate_media(color_scheme=scheme)
    five.set_viewport_size({"width": width, "height": 900})
    five.get_by_text("Questions of my own").click()
    five.get_by_role("button", name="Add a question").click()
    first(five, "pin").click()
    assert five.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(five) == []
    first(five, "swap").click()
    assert find_violations(five) == []


@pytest.mark.parametrize("path", ["plan/days/", "plan/print/"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_the_pages_of_a_full_plan(five, address, path, width, scheme):
    five.get_by_label("Day of the interview").fill("2031-03-12")
    five.emulate_media(color_scheme=scheme)
    five.set_viewport_size({"width": width, "height": 900})
    five.goto(address + path)
    expect(five.locator(".si-plan-days__list h2, .si-preview .si-sheet").first).to_be_visible()
    assert five.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(five) == []


# ---------------------------------------------------------------- what the scripts weigh


def scripts(page, address, path):
    """The bytes of each script that a page loads, by its name."""
    loaded = {}
    page.on("response", lambda got: loaded.update({got.url: got}) if got.url.endswith(".js") else None)
    page.goto(address + path, wait_until="networkidle")
    return {url.rpartition("/")[2]: len(gzip.compress(got.body(), 9)) for url, got in loaded.items()}


@pytest.mark.parametrize("path", PAGES)
def test_all_scripts_of_a_page_of_the_planner_are_at_most_30_kb(page, address, path):
    sizes = scripts(page, address, path)
    print(path, sum(sizes.values()), "bytes gzip in", len(sizes), "scripts")
    assert len(sizes) > 5 and sum(sizes.values()) <= BUDGET


@pytest.mark.parametrize("path", ["", "guide/week-before/research/", "ask/growth/", "checklists/week-before/"])
def test_no_other_page_loads_the_planner(page, address, path):
    assert not {"plan.js", "plan-fields.js", "deal.js", "schedule.js", "practice.js", "plan-day.js"} & set(
        scripts(page, address, path)
    )
