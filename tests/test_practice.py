"""Practice mode: cards at random from the chosen skills, a timer, and piles that are remembered."""

from __future__ import annotations

import json
import random
import re

import pytest
from playwright.sync_api import expect

from tests.whole import find_violations


@pytest.fixture(scope="module")
def piles(browser, sources):
    """The pure module in a browser: a function of its name and arguments."""
    page = browser.new_page()
    page.goto(f"{sources}assets/js/")
    yield lambda body, data: page.evaluate(
        f"async (data) => {{ const {{ draw, sort, clock }} = await import('/assets/js/piles.js'); {body} }}", data
    )
    page.close()


# Plays `rounds` rounds of practice: who is shown, and on which pile each is put.
PLAY = """
  let seed = data.seed;
  const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  const piles = {}; const shown = []; const trail = [];
  for (let round = 0; round < data.rounds; round += 1) {
    const card = draw(data.questions, piles, shown, random);
    if (!card) { trail.push(null); break; }
    shown.push(card.id);
    piles[card.id] = random() < data.again ? "again" : "done";
    trail.push([card.id, piles[card.id]]);
  }
  return trail;
"""


@pytest.mark.parametrize("seed", range(40))
def test_any_practice_shows_each_card_until_it_is_done_and_never_again_after(piles, seed):
    chance = random.Random(seed)
    cards = [{"id": f"q{n}"} for n in range(chance.randint(1, 12))]
    again = chance.choice([0, 0.3, 0.6])
    trail = piles(PLAY, {"seed": seed + 1, "rounds": 600, "questions": cards, "again": again})
    assert trail[-1] is None, "it ends"
    shown = [card for card, _ in trail[:-1]]
    assert set(shown) == {card["id"] for card in cards}
    done = [card for card, pile in trail[:-1] if pile == "done"]
    assert sorted(done) == sorted(card["id"] for card in cards)
    open_ = {card["id"] for card in cards}
    for at, (card, pile) in enumerate(trail[:-1]):
        assert card in open_
        others = min(3, len(open_) - 1)
        assert card not in shown[max(0, at - others) : at], (
            "it comes back after as many others as there are, up to three"
        )
        if pile == "done":
            open_.remove(card)


def test_a_question_that_took_the_place_of_another_is_on_its_pile(piles):
    sorted_ = piles(
        "return sort(data, { old: 'done', b: 'again' })", [{"id": "a", "was": ["old"]}, {"id": "b"}, {"id": "c"}]
    )
    assert {pile: [card["id"] for card in cards] for pile, cards in sorted_.items()} == {
        "done": ["a"],
        "again": ["b"],
        "left": ["c"],
    }


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (9, "0:09"), (65, "1:05"), (180, "3:00")])
def test_the_clock_shows_minutes_and_seconds(piles, seconds, shown):
    assert piles("return clock(data)", seconds) == shown


# ---------------------------------------------------------------- the page


@pytest.fixture
def practice(page, address):
    page.goto(f"{address}practice/")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    return page


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def question(page):
    return page.locator(".si-practice__card h2")


def start(page, *skills):
    for skill in skills:
        page.get_by_role("checkbox", name=re.compile(f"^{skill}")).check()
    button(page, "Start").click()
    expect(question(page)).to_be_visible()


def test_cards_come_from_the_chosen_skills_only(practice, catalog):
    start(practice, "Teamwork", "The big picture")
    wanted = {q.question for slug in ("teamwork", "big-picture") for q in catalog.answer[slug].questions}
    seen = set()
    while question(practice).is_visible():
        seen.add(question(practice).inner_text())
        button(practice, "Done").click()
    assert seen == wanted
    expect(practice.get_by_role("heading", name="All of these are done")).to_be_visible()


def test_the_card_turns_over(practice, catalog):
    start(practice, "Teamwork")
    expect(practice.locator(".si-practice__card dl")).to_be_hidden()
    button(practice, "What they look for").click()
    expect(practice.locator(".si-practice__card dl")).to_be_visible()
    shown = next(q for q in catalog.answer["teamwork"].questions if q.question == question(practice).inner_text())
    expect(practice.locator(".si-practice__card dl")).to_contain_text(shown.follow_up)


def test_piles_are_remembered_and_again_comes_again(practice):
    start(practice, "Teamwork")
    again = question(practice).inner_text()
    button(practice, "Again").click()
    button(practice, "Done").click()
    practice.reload()
    expect(practice.get_by_role("checkbox", name=re.compile("^Teamwork"))).to_be_checked()
    expect(practice.locator(".si-practice__choose .si-practice__sum")).to_have_text(
        re.compile(r"^1 of \d+ cards done, 1 to come again\.$")
    )
    button(practice, "Start").click()
    seen = []
    while question(practice).is_visible():
        seen.append(question(practice).inner_text())
        button(practice, "Done").click()
    assert again in seen and len(seen) == len(set(seen))


def test_the_timer_counts_down_is_said_twice_and_can_wait(page, address):
    page.clock.install()
    page.goto(f"{address}practice/")
    page.get_by_label("Time for an answer").select_option("60")
    start(page, "Teamwork")
    time, said = page.get_by_role("timer"), page.locator(".si-practice__said")
    expect(time).to_have_text("1:00")
    page.clock.run_for(30_000)
    expect(time).to_have_text("0:30")
    expect(said).to_have_text("Half of the time is left.")
    button(page, "Pause").click()
    page.clock.run_for(60_000)
    expect(time).to_have_text("0:30")
    button(page, "Go on").click()
    page.clock.run_for(30_000)
    expect(time).to_have_text("0:00")
    expect(said).to_have_text("Time is up. Finish your sentence.")
    button(page, "Again").click()
    expect(time).to_have_text("1:00")
    expect(said).to_be_empty()


def test_without_a_timer_there_is_none(practice):
    practice.get_by_label("Time for an answer").select_option("0")
    start(practice, "Teamwork")
    expect(practice.get_by_role("timer")).to_be_hidden()
    expect(button(practice, "Pause")).to_be_hidden()


def test_single_keys_act_and_can_be_switched_off(practice):
    start(practice, "Teamwork")
    first = question(practice).inner_text()
    practice.keyboard.press("w")
    expect(practice.locator(".si-practice__card dl")).to_be_visible()
    practice.keyboard.press("d")
    expect(question(practice)).not_to_have_text(first)
    practice.keyboard.press("p")
    expect(button(practice, "Go on")).to_be_visible()
    button(practice, "Choose other cards").click()
    practice.get_by_role("checkbox", name="Act on single keys").uncheck()
    button(practice, "Start").click()
    second = question(practice).inner_text()
    practice.keyboard.press("d")
    practice.keyboard.press("a")
    expect(question(practice)).to_have_text(second)


def test_the_keyboard_alone_is_enough(practice):
    practice.get_by_role("checkbox", name=re.compile("^Teamwork")).focus()
    practice.keyboard.press("Space")
    button(practice, "Start").focus()
    practice.keyboard.press("Enter")
    expect(question(practice)).to_be_focused()
    for name in ("What they look for", "Pause", "Again", "Done"):
        for _ in range(4):
            practice.keyboard.press("Tab")
            if button(practice, name).evaluate("b => b === document.activeElement"):
                break
        expect(button(practice, name)).to_be_focused()
    practice.keyboard.press("Enter")
    expect(question(practice)).to_be_focused()


def test_two_tabs_keep_each_others_piles(practice, address):
    other = practice.context.new_page()
    other.goto(f"{address}practice/")
    start(practice, "Teamwork")
    button(practice, "Done").click()
    start(other)
    button(other, "Done").click()
    for tab in (practice, other):
        expect(tab.locator(".si-practice__top .si-practice__sum")).to_contain_text("2 of ")


def test_starting_over_can_be_undone(practice):
    start(practice, "Teamwork")
    button(practice, "Done").click()
    button(practice, "Choose other cards").click()
    button(practice, "Start these over").click()
    expect(practice.locator(".si-practice__choose .si-practice__sum")).to_contain_text("0 of ")
    expect(button(practice, "Undo")).to_be_focused()
    button(practice, "Undo").click()
    expect(practice.locator(".si-practice__choose .si-practice__sum")).to_contain_text("1 of ")


def test_nothing_chosen_says_what_to_do(practice):
    expect(button(practice, "Start")).to_be_disabled()
    expect(practice.locator(".si-practice__choose .si-practice__sum")).to_have_text("Choose at least one skill.")
    button(practice, "All").click()
    expect(button(practice, "Start")).to_be_enabled()


def test_paper_lists_the_piles(practice, tmp_path):
    import pypdfium2

    start(practice, "Teamwork")
    done = question(practice).inner_text()
    button(practice, "Done").click()
    practice.pdf(path=str(tmp_path / "piles.pdf"), format="A4")
    text = " ".join(
        " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "piles.pdf")).split()
    )
    assert "Done: 1" in text and done[:30] in text and "Not practised yet:" in text
    assert "Choose other cards" not in text and "Start" not in text.split()


def test_without_scripts_the_page_says_what_it_would_do_and_how_paper_does_it(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}practice/")
    expect(page.locator(".si-practice__plain")).to_contain_text("takes JavaScript")
    expect(page.locator(".si-practice__plain").get_by_role("link", name="a deck of fold-over cards")).to_be_visible()
    context.close()


def test_the_data_hold_every_card_to_be_ready_for(site, catalog):
    data = json.loads((site / "data" / "answer.json").read_text("utf-8"))
    assert [q["id"] for q in data["questions"]] == [q.id for deck in catalog.answer.values() for q in deck.questions]
    assert [c["id"] for c in data["competencies"]] == [*catalog.answer]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_an_open_card(practice, width, scheme):
    practice.emulate_media(color_scheme=scheme)
    practice.set_viewport_size({"width": width, "height": 700})
    start(practice, "Teamwork")
    button(practice, "What they look for").click()
    assert practice.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(practice) == []
