"""The page for the day: the next person on a phone, what is written down about them, and the notes after it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.whole import find_violations

PATH = "plan/day/"
NAMES = ["Ann Lee", "Ben Okoro", "Cleo Diaz", "Dev Rao", "Eve Sand", "Finn Moe", "Gus Hill", "Hana Ito", "Ida Berg"]
NAMES += ["Jon Vale", "Kay Reed", "Lou Park"]
QUESTIONS = ["success-last-strong-holder", "growth-last-promotion", "team-habit-dropped"]


def person(place, **known):
    """The person at a place of the day, from 0: at ten, eleven, …"""
    start = f"{10 + place:02}:00"
    return {"id": f"p{place}", "name": NAMES[place], "role": "peer", "start": start, "minutes": 45, **known}


def plan(people, **known):
    day = {"day": "2027-03-09", "zone": "Europe/London", "company": "Northgate", "job": "ward manager"}
    interview = {**day, "candidate": "Sam Poe", **known.pop("interview", {})}
    return {"interview": interview, "people": people, **known}


@pytest.fixture
def put(page, address):
    """Puts a plan into the store, sets the clock, and opens the page."""

    def put(given, at="2027-03-09T08:00:00Z"):
        page.clock.install(time=at)
        page.goto(address + "privacy/")
        change = """async (plan) => {
          const { update } = await import("/second-interview/assets/js/store.js");
          return update((record) => Object.assign(record.plan, plan));
        }"""
        assert page.evaluate(change, given)["saved"]
        page.goto(address + PATH)
        expect(page.locator(".si-plan-day, .si-day__empty").locator("visible=true").first).to_be_visible()
        return page

    return put


def saved(page):
    return json.loads(page.evaluate("localStorage.getItem('second-interview')"))["plan"]


def person_of(page, id_):
    return next(one for one in saved(page)["people"] if one["id"] == id_)


def expect_shown(page, name):
    expect(page.locator(".si-talk h2 >> visible=true")).to_have_text(name)


def field(page, label):
    return page.get_by_label(label).locator("visible=true")


NOTE, HOOK = "What they answered", "one thing only they said"


def entries(page):
    return page.locator(".si-day__list button")


def open_notes(page):
    # Not by a click: after a reload the page opens again what stood open, sooner or later than this.
    page.locator(".si-day__after").evaluate("(notes) => { notes.open = true; }")
    return page.locator(".si-draft textarea")


# ---------------------------------------------------------------- who is next


def test_without_people_the_page_says_so_and_leads_to_the_plan(put):
    page = put(plan([]))
    expect(page.get_by_text("Nobody is in your plan yet.")).to_be_visible()
    expect(page.get_by_role("link", name="Enter the people")).to_have_attribute("href", "../")
    expect(page.locator(".si-plan-day")).to_be_hidden()


def test_the_people_stand_in_the_order_of_their_time(put):
    page = put(plan([person(2), person(0), person(3, start=""), person(1)]))
    names = page.locator(".si-day__list button span:nth-child(2)")
    expect(names).to_have_text(["Ann Lee", "Dev Rao", "Ben Okoro", "Cleo Diaz"])


def test_without_times_the_people_stand_in_the_order_of_the_plan(put):
    page = put(plan([person(2, start=""), person(0, start=""), person(1, start="")]))
    expect(page.locator(".si-day__list button span:nth-child(2)")).to_have_text(["Cleo Diaz", "Ann Lee", "Ben Okoro"])
    expect_shown(page, "Cleo Diaz")


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("2027-03-08T12:00:00Z", "Ann Lee"),
        ("2027-03-09T09:59:00Z", "Ann Lee"),
        ("2027-03-09T10:44:00Z", "Ann Lee"),
        ("2027-03-09T10:45:00Z", "Ben Okoro"),
        ("2027-03-09T20:00:00Z", "Cleo Diaz"),
    ],
)
def test_the_clock_says_who_is_next(put, at, name):
    expect_shown(put(plan([person(0), person(1), person(2)]), at), name)


@pytest.mark.parametrize(
    ("lengths", "at", "name"),
    [
        ([None, None, None], "10:59", "Ann Lee"),  # until the next one starts
        ([None, None, None], "11:00", "Ben Okoro"),
        ([None, None, None], "19:00", "Cleo Diaz"),
        ([90, 30, None], "11:20", "Ann Lee"),  # as long as it was to last
    ],
)
def test_a_talk_lasts_its_minutes_or_until_the_next(modules, lengths, at, name):
    people = [person(place, minutes=minutes) for place, minutes in enumerate(lengths)]
    interview = {"day": "2027-03-09", "zone": "UTC"}
    instant = datetime.fromisoformat(f"2027-03-09T{at}:00+00:00").timestamp() * 1000
    assert modules("day-order.js", "personByClock", people, interview, instant)["name"] == name


def test_someone_without_a_time_is_next_between_the_two_around_them(modules):
    people = [person(0), person(1, start=""), person(2)]
    instant = datetime.fromisoformat("2027-03-09T10:50:00+00:00").timestamp() * 1000
    found = modules("day-order.js", "personByClock", people, {"day": "2027-03-09", "zone": "UTC"}, instant)
    assert found["name"] == "Ben Okoro"


def test_times_are_those_of_the_place_of_the_interview(put):
    """At 02:30 UTC it is 11:30 in Tokyo."""
    page = put(plan([person(0), person(1)], interview={"zone": "Asia/Tokyo"}), "2027-03-09T02:30:00Z")
    expect_shown(page, "Ben Okoro")
    expect(page.get_by_text("Times are those of Asia/Tokyo.")).to_be_visible()


def test_without_times_the_first_of_whom_nothing_is_written_is_next(put):
    people = [person(0, start="", hook="the rota"), person(1, start=""), person(2, start="")]
    expect_shown(put(plan(people)), "Ben Okoro")


def test_the_clock_offers_the_next_person_and_does_not_turn_the_page(put):
    page = put(plan([person(0), person(1)]), "2027-03-09T10:30:00Z")
    field(page, NOTE).press_sequentially("two nurses")
    page.clock.fast_forward("20:00")
    offer = page.locator(".si-day__clock")
    expect(offer).to_contain_text("By the clock: 11:00, 45 minutes, Ben Okoro.")
    expect_shown(page, "Ann Lee")
    expect(field(page, NOTE)).to_be_focused()
    offer.get_by_role("button").click()
    expect_shown(page, "Ben Okoro")
    expect(offer.get_by_role("button", include_hidden=True)).to_be_hidden()


def test_the_buttons_step_forward_and_back_and_stop_at_the_ends(put):
    page = put(plan([person(0), person(1)]))
    back, on = (page.get_by_role("button", name=name, exact=True) for name in ("Previous", "Next"))
    expect(back).to_have_attribute("aria-disabled", "true")
    on.click()
    expect_shown(page, "Ben Okoro")
    expect(page.locator(".si-day__at")).to_contain_text("2 of 2")
    expect(on).to_have_attribute("aria-disabled", "true")
    on.click(force=True)
    expect_shown(page, "Ben Okoro")
    back.click()
    expect_shown(page, "Ann Lee")


def test_the_person_on_the_page_survives_a_reload(put):
    page = put(plan([person(0), person(1), person(2)]), "2027-03-09T10:00:00Z")
    entries(page).nth(2).click()
    expect(page.locator(".si-talk h2 >> visible=true")).to_be_focused()
    page.reload()
    expect_shown(page, "Cleo Diaz")


def test_a_person_without_a_name_is_called_by_the_role_or_the_place(put):
    page = put(plan([person(0, name="", role="hiring-manager"), person(1, name=" ", role=None)]))
    names = page.locator(".si-day__list button span:nth-child(2)")
    expect(names).to_have_text(["Your manager", "Person 2"])


# ---------------------------------------------------------------- what the page says


def test_place_and_link_stand_at_the_top(put):
    link = "https://meet.example/abc?x=1"
    page = put(plan([person(0)], interview={"place": "1 High St\nDoor B", "link": link, "format": "in-person"}))
    top = page.locator(".si-day__where")
    expect(top).to_contain_text("Tuesday, 9 March 2027 · In person")
    assert "1 High St\nDoor B" in top.inner_text()
    expect(top.get_by_role("link")).to_have_attribute("href", link)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "room 4, ask for Ann", "//evil.example"])
def test_only_a_web_address_becomes_a_link(put, link):
    page = put(plan([person(0)], interview={"link": link}))
    expect(page.locator(".si-day__where")).to_contain_text(link)
    expect(page.locator(".si-day__where a")).to_have_count(0)


def test_what_was_typed_is_text_and_never_markup(put):
    page = put(plan([person(0, name="<img src=x>", team="<b>x</b>")], interview={"place": "<i>y</i>"}))
    expect_shown(page, "<img src=x>")
    expect(page.locator(".si-plan-day :is(img, i)")).to_have_count(0)


def test_each_person_has_their_questions_their_doubts_and_who_else_is_there(put, catalog):
    doubts = [
        {"id": "d1", "doubt": "No budget so far", "proof": "Ran the 2025 move", "who": "p0", "settled": False},
        {"id": "d2", "doubt": "Too junior", "proof": "", "who": "someone else", "settled": False},
    ]
    own = [{"id": "own-1", "text": "Who keeps the rota?", "roles": []}]
    people = [person(0, panel="board"), person(1, panel="board"), person(2)]
    page = put(plan(people, hands={"p0": [QUESTIONS[0], "own-1", "own-gone"]}, own=own, doubts=doubts))
    asked = {question.id: question.question for deck in catalog.ask.values() for question in deck.questions}
    talk = page.locator(".si-talk >> visible=true")
    expect(talk.locator(".si-talk__about")).to_have_text("10:00, 45 minutes · a future colleague")
    expect(talk).to_contain_text("In one talk with Ben Okoro.")
    expect(talk.locator(".si-talk__asks label")).to_have_text([asked[QUESTIONS[0]], "Who keeps the rota?"])
    expect(talk.locator(".si-talk__doubts label")).to_have_text(["No budget so far"])
    expect(talk).to_contain_text("Ran the 2025 move")


def test_questions_are_big_enough_for_arms_length(put):
    page = put(plan([person(0)], hands={"p0": QUESTIONS}))
    expect(page.locator(".si-ask label").first).to_contain_text("Who has done this job")
    size = page.locator(".si-ask label").first.evaluate("(label) => parseFloat(getComputedStyle(label).fontSize)")
    assert size >= 22


# ---------------------------------------------------------------- what is written down


def test_what_is_typed_is_saved_as_it_is_typed(put):
    page = put(plan([person(0), person(1)]))
    labels = {NOTE: "note", HOOK: "hook", "promised to send": "promised", "answer better": "answered"}
    for label, name in labels.items():
        field(page, label).press_sequentially(f"the {name}")
        assert person_of(page, "p0")[name] == f"the {name}"
    page.reload()
    expect(field(page, HOOK)).to_have_value("the hook")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(field(page, HOOK)).to_have_value("")


def test_a_question_is_ticked_as_asked_and_a_doubt_as_settled(put):
    doubts = [{"id": "d1", "doubt": "No budget", "proof": "", "who": "Ann Lee", "settled": False}]
    page = put(plan([person(0)], hands={"p0": QUESTIONS}, doubts=doubts))
    expect(entries(page)).to_contain_text("no hook yet, 0 of 3 asked")
    boxes = page.locator(".si-talk__asks input")
    boxes.nth(1).check()
    page.locator(".si-talk__doubts input").check()
    assert saved(page)["asked"] == {"p0": [QUESTIONS[1]]}
    assert saved(page)["doubts"][0]["settled"] is True
    expect(entries(page)).to_contain_text("1 of 3 asked")
    page.reload()
    expect(boxes.nth(1)).to_be_checked()
    boxes.nth(1).uncheck()
    assert saved(page)["asked"] == {"p0": []}


def test_a_spare_question_counts_for_the_person_on_the_page(put):
    page = put(plan([person(0), person(1)], spare=QUESTIONS[:2]))
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_text("Questions to spare").click()
    page.locator(".si-day__spare input").first.check()
    assert saved(page)["asked"] == {"p1": [QUESTIONS[0]]}
    expect(page.locator(".si-day__spare .si-ask").first).to_contain_text("asked: Ben Okoro")
    page.locator(".si-day__spare input").first.uncheck()
    assert saved(page)["asked"] == {"p1": []}


def test_the_list_says_what_is_still_missing(put):
    page = put(plan([person(0, hook="the rota"), person(1)]))
    expect(entries(page).nth(0)).not_to_contain_text("no hook")
    expect(entries(page).nth(1)).to_contain_text("no hook yet")
    field(page, HOOK).fill("")
    expect(entries(page).nth(0)).to_contain_text("no hook yet")


def test_two_tabs_with_two_people_lose_nothing(put, address):
    page = put(plan([person(0), person(1)], hands={"p0": QUESTIONS}))
    other = page.context.new_page()
    other.goto(address + PATH + "#p1")
    expect_shown(other, "Ben Okoro")
    # The tabs may be two processes: each waits until it has what the other has saved.
    has = "(text) => localStorage.getItem('second-interview').includes(text)"
    for at, letter in enumerate("night shift", 1):
        field(page, HOOK).press_sequentially(letter)
        other.wait_for_function(has, arg=f'"hook":"{"night shift"[:at]}"')
        field(other, NOTE).press_sequentially(letter)
        page.wait_for_function(has, arg=f'"note":"{"night shift"[:at]}"')
    page.locator(".si-talk__asks input").first.check()
    other.wait_for_function(has, arg='"asked":{"p0"')
    field(other, HOOK).press_sequentially("two sites")
    page.wait_for_function(has, arg="two sites")
    assert person_of(page, "p0")["hook"] == "night shift"
    assert (person_of(page, "p1")["note"], person_of(page, "p1")["hook"]) == ("night shift", "two sites")
    assert saved(page)["asked"] == {"p0": [QUESTIONS[0]]}
    expect(entries(page).nth(1)).not_to_contain_text("no hook")
    expect(field(page, HOOK)).to_have_value("night shift")


def test_a_browser_that_refuses_to_save_is_said_and_the_text_stays(put, address):
    page = put(plan([person(0), person(1)]))
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    field(page, HOOK).fill("the rota")
    expect(page.locator(".si-plan__said")).to_contain_text("no room left")
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Previous", exact=True).click()
    expect(field(page, HOOK)).to_have_value("the rota")


# ---------------------------------------------------------------- the network


def test_everything_works_when_the_network_goes_after_the_page_was_opened(put):
    page = put(plan([person(0), person(1)], hands={"p1": QUESTIONS[:1]}))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".si-talk >> visible=true").locator(".si-ask label")).to_contain_text(
        "Who has done this job, or one like it"
    )
    page.locator(".si-talk >> visible=true").locator(".si-ask input").check()
    field(page, HOOK).fill("the night shift runs on two people")
    notes = open_notes(page)
    expect(notes.nth(1)).to_have_value(re.compile("the night shift runs on two people"))
    assert saved(page)["asked"] == {"p1": QUESTIONS[:1]}


def test_words_that_cannot_be_loaded_are_said_and_replaced_by_links(put, page):
    page.route("**/data/ask.json", lambda route: route.abort())
    put(plan([person(0)], hands={"p0": QUESTIONS[:1]}))
    lost = page.get_by_text("could not be loaded")
    expect(lost).to_be_visible()
    ask = page.locator(".si-ask")
    expect(ask.locator("label")).to_have_text("success last strong holder")
    expect(ask.get_by_role("link")).to_have_attribute("href", re.compile(r"/ask/for/peer/#success-last-strong-holder$"))
    ask.locator("input").check()
    page.unroute("**/data/ask.json")
    page.get_by_role("button", name="Try again").click()
    expect(lost).to_be_hidden()
    expect(ask.locator("label")).not_to_have_text("success last strong holder")
    expect(ask.locator("input")).to_be_checked()


# ---------------------------------------------------------------- the notes


def full(place):
    return person(place, hook=f"fact {place} of the night shift", promised="the rota", answered="why I left")


def test_twelve_people_get_twelve_short_notes_that_differ(put):
    page = put(plan([full(place) for place in range(12)]))
    notes = [note.input_value() for note in open_notes(page).all()]
    assert len(notes) == 12
    openings = {note.split("\n\n")[1] for note in notes}
    assert len(openings) == 12
    for place, note in enumerate(notes):
        assert note.startswith(f"Dear {NAMES[place]},") and f"fact {place} of the night shift" in note
        assert len(note.split()) < 120
    counts = page.locator(".si-draft__words").all_inner_texts()
    assert counts == [f"{len(note.split())} words" for note in notes]
    assert len(set(page.locator(".si-draft__subject").all_inner_texts())) == 12


def test_people_in_one_panel_each_have_a_note(put):
    page = put(plan([person(0, panel="a"), person(1, panel="a")]))
    expect(open_notes(page)).to_have_count(2)


def test_people_without_a_hook_are_named_and_their_gap_is_shown(put):
    page = put(plan([full(0), person(1), person(2)]))
    notes = open_notes(page)
    expect(page.locator(".si-day__missing")).to_have_text(
        re.compile("^No hook yet for Ben Okoro and Cleo Diaz. .*one thing that only they said")
    )
    assert "[one thing that only they said]" in notes.nth(1).input_value()
    page.get_by_role("button", name="Write it down").locator("visible=true").last.click()
    expect_shown(page, "Cleo Diaz")
    expect(field(page, HOOK)).to_be_focused()
    page.keyboard.type("we lost two nurses")
    expect(notes.nth(2)).to_have_value(re.compile("we lost two nurses"))
    expect(page.locator(".si-day__missing")).to_have_text(re.compile("^No hook yet for Ben Okoro. "))


def test_a_draft_that_was_changed_is_not_made_again_unasked(put):
    page = put(plan([full(0)]))
    note = open_notes(page).first
    note.fill("My own words")
    field(page, HOOK).fill("another fact")
    expect(note).to_have_value("My own words")
    again, back = (page.get_by_role("button", name=name) for name in ("Draft it again", "Put my version back"))
    again.click()
    expect(note).to_have_value(re.compile("another fact"))
    expect(again).to_be_hidden()
    expect(back).to_be_focused()
    back.click()
    expect(note).to_have_value("My own words")
    expect(back).to_be_hidden()


def test_a_draft_that_was_changed_is_saved_and_one_that_was_not_follows_the_notes(put):
    page = put(plan([full(0), full(1)]))
    open_notes(page).first.fill("My own words")
    assert [one["letter"] for one in saved(page)["people"]] == ["My own words", None]
    page.reload()
    notes = open_notes(page)
    expect(notes.first).to_have_value("My own words")
    expect(notes.nth(1)).to_have_value(re.compile("fact 1 of the night shift"))
    link = page.get_by_role("link", name="Open in my mail program").first
    assert unquote(link.get_attribute("href")).endswith("&body=My own words")
    notes.first.fill("")
    page.reload()
    expect(open_notes(page).first).to_have_value("")  # an emptied note does not fill itself


def test_a_draft_brought_back_by_hand_is_a_draft_again(put):
    page = put(plan([full(0)]))
    note = open_notes(page).first
    drafted = note.input_value()
    note.fill("My own words")
    note.fill(drafted)
    assert person_of(page, "p0")["letter"] is None
    expect(page.locator(".si-draft__own")).to_be_hidden()


def test_a_changed_draft_reaches_another_tab(put):
    page = put(plan([full(0)]))
    other = page.context.new_page()
    other.goto(page.url)
    open_notes(other)
    open_notes(page).first.fill("My own words")
    expect(other.locator(".si-draft textarea")).to_have_value("My own words")


def test_too_many_words_are_said(put):
    page = put(plan([full(0)]))
    note = open_notes(page).first
    note.fill("word " * 119)
    expect(page.locator(".si-draft__words")).to_have_text("119 words")
    note.fill("word " * 120)
    expect(page.locator(".si-draft__words")).to_have_text("120 words. Bring it below 120.")


def test_a_note_is_copied_as_it_stands_in_the_field(put):
    page = put(plan([full(0)]))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    note = open_notes(page).first
    note.fill("Dear Ann,\n\nMy own words")
    page.get_by_role("button", name="Copy the note").click()
    expect(page.locator(".si-day__copied")).to_have_text("The note to Ann Lee is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Subject: Thank you: ward manager\n\nDear Ann,\n\nMy own words"


@pytest.mark.parametrize(
    "refusal",
    [
        "void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))",
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }), 0",
    ],
)
def test_a_refused_copy_leaves_the_note_selected(put, refusal):
    page = put(plan([full(0)]))
    page.evaluate(refusal)
    open_notes(page)
    page.get_by_role("button", name="Copy the note").click()
    expect(page.locator(".si-day__copied")).to_contain_text("copy it by hand")
    assert page.evaluate("getSelection().toString()").startswith("Dear Ann Lee,")


def test_the_mail_link_holds_the_note_as_it_stands_in_the_field(put):
    page = put(plan([full(0)]))
    note = open_notes(page).first
    link = page.get_by_role("link", name="Open in my mail program")
    for text in (note.input_value(), "Dear Ann,\n\n50 % & more? é # + ok"):
        note.fill(text)
        parts = urlsplit(link.get_attribute("href"))
        assert parts.scheme == "mailto"
        raw = parts.query.replace("+", "%2B")
        assert parse_qs(raw)["subject"] == ["Thank you: ward manager"]
        assert unquote(raw.split("&body=")[1]).replace("\r\n", "\n") == text
    note.fill("é" * 1000)
    expect(link).to_be_hidden()
    expect(page.get_by_text("Too long to hand to a mail program")).to_be_visible()


def test_the_notes_come_first_when_the_day_is_over_where_it_was(put):
    """At 15:30 UTC on the 9th it is past midnight in Tokyo."""
    page = put(plan([full(0)], interview={"zone": "Asia/Tokyo"}), "2027-03-09T15:30:00Z")
    expect(page.locator(".si-draft textarea")).to_be_visible()
    notes, talk = (page.locator(part).bounding_box()["y"] for part in (".si-day__after", ".si-talk"))
    assert notes < talk


def test_the_notes_wait_below_until_the_day_is_over(put):
    page = put(plan([full(0)]), "2027-03-09T23:59:00Z")
    expect(page.locator(".si-draft textarea")).to_be_hidden()
    field(page, HOOK).focus()
    page.clock.fast_forward("02:00")
    expect(page.locator(".si-draft textarea")).to_be_hidden()
    field(page, HOOK).blur()
    page.clock.fast_forward("01:00")
    expect(page.locator(".si-draft textarea")).to_be_visible()


def test_the_page_says_what_is_known_about_notes_and_where_to_read_more(put):
    page = put(plan([full(0)]))
    open_notes(page)
    expect(page.get_by_text("We found no study in which one led to an offer")).to_be_visible()
    link = page.get_by_role("link", name="what a note can and cannot do")
    expect(link).to_have_attribute("href", "../../guide/within-24-hours/thank-you/")


# ---------------------------------------------------------------- the screen kept awake

LOCK = """(refuses) => {
  window.held = 0;
  const lock = { release: () => { window.held -= 1; } };
  const request = async () => { if (refuses) throw new Error("no"); window.held += 1; return lock; };
  Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({ request }), configurable: true });
}"""


def test_the_screen_stays_awake_only_on_the_readers_wish(put, page):
    page.add_init_script(f"({LOCK})(false)")
    put(plan([person(0)]))
    assert page.evaluate("held") == 0
    page.get_by_label("Keep the screen awake").check()
    page.wait_for_function("held === 1")
    page.get_by_label("Keep the screen awake").uncheck()
    page.wait_for_function("held === 0")


def test_a_refusal_to_keep_awake_is_said(put, page):
    page.add_init_script(f"({LOCK})(true)")
    put(plan([person(0)]))
    page.get_by_label("Keep the screen awake").click()
    expect(page.locator(".si-plan__said")).to_contain_text("refused to keep the screen awake")
    expect(page.get_by_label("Keep the screen awake")).not_to_be_checked()


# ---------------------------------------------------------------- hands, eyes, paper


def test_arrow_keys_step_but_not_while_typing(put):
    page = put(plan([person(0), person(1)], hands={"p0": QUESTIONS}))
    page.keyboard.press("ArrowRight")
    expect_shown(page, "Ben Okoro")
    page.keyboard.press("ArrowLeft")
    expect_shown(page, "Ann Lee")
    field(page, NOTE).fill("abc")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect_shown(page, "Ann Lee")
    page.locator(".si-ask input").first.focus()
    page.keyboard.press("ArrowRight")
    expect_shown(page, "Ben Okoro")
    expect(page.locator(".si-talk h2 >> visible=true")).to_be_focused()


def test_the_keyboard_alone_is_enough(put):
    page = put(plan([person(0), person(1)], hands={"p0": QUESTIONS[:1]}))
    page.locator(".si-plan-menu a").last.focus()

    def tab_to(target):
        for _ in range(40):
            page.keyboard.press("Tab")
            if target.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not reach {target}")

    tab_to(page.locator(".si-ask input").first)
    page.keyboard.press("Space")
    tab_to(field(page, HOOK))
    page.keyboard.type("the rota")
    tab_to(page.get_by_role("button", name="Next", exact=True))
    page.keyboard.press("Enter")
    expect_shown(page, "Ben Okoro")
    tab_to(entries(page).first)
    page.keyboard.press("Enter")
    expect_shown(page, "Ann Lee")
    tab_to(page.locator(".si-day__after > summary"))
    page.keyboard.press("Enter")
    tab_to(page.locator(".si-draft textarea").first)
    tab_to(page.locator("[data-act=copy]").first)
    assert saved(page)["asked"] == {"p0": QUESTIONS[:1]}
    assert person_of(page, "p0")["hook"] == "the rota"


LONG = {
    "name": "Maximiliane-Alexandra Wolfeschlegelsteinhausenbergerdorff",
    "team": "Donaudampfschifffahrtsgesellschaft",
}


@pytest.fixture
def crowded(put):
    """The page with all its parts filled and open, with words that are too long for a phone."""
    doubts = [{"id": "d1", "doubt": "No budget", "proof": "x" * 60, "who": "p0", "settled": False}]
    people = [full(0) | LONG, full(1), person(2)]
    hands = {"p0": QUESTIONS}
    spare = ["universal-least-sure"]
    interview = {"place": "y" * 80, "link": f"https://meet.example/{'z' * 80}"}
    page = put(plan(people, hands=hands, doubts=doubts, spare=spare, interview=interview), "2027-03-09T11:30:00Z")
    page.get_by_role("button", name="Previous", exact=True).click()
    page.get_by_text("Questions to spare").click()
    open_notes(page)
    return page


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone(crowded, width):
    crowded.set_viewport_size({"width": width, "height": 700})
    assert crowded.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_thumb_meets_is_48_pixels_high(crowded):
    crowded.set_viewport_size({"width": 390, "height": 844})
    targets = ".si-plan-day :is(button, textarea, summary, a.si-btn, label:has([type=checkbox]))"
    small = crowded.locator(f"{targets} >> visible=true").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().height < 48).map((one) => one.outerHTML)"
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_a_full_page(crowded, width, scheme):
    crowded.set_viewport_size({"width": width, "height": 844})
    crowded.emulate_media(color_scheme=scheme)
    assert find_violations(crowded) == []


def test_the_field_with_the_focus_is_not_under_the_bar(crowded):
    crowded.set_viewport_size({"width": 390, "height": 560})
    for label in (NOTE, HOOK, "promised to send", "answer better"):
        field(crowded, label).focus()
        bottom = field(crowded, label).evaluate("(one) => one.getBoundingClientRect().bottom")
        assert bottom <= crowded.locator(".si-day__steps").bounding_box()["y"] + 1


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_notes_print_and_no_field_or_button_does(put, tmp_path, paper):
    import pypdfium2

    doubts = [{"id": "d1", "doubt": "No budget", "proof": "", "who": "p0", "settled": True}]
    people = [full(0) | {"note": "first line\n" + "long " * 300 + "end of it"}, full(1)]
    page = put(plan(people, hands={"p0": QUESTIONS[:1]}, asked={"p0": QUESTIONS[:1]}, doubts=doubts))
    page.pdf(path=str(tmp_path / "print.pdf"), format=paper)
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    for written in (
        "Ann Lee",
        "end of it",
        "fact 1 of the night shift",
        "the rota",
        "Doubts settled No budget",
        "Asked",
    ):
        assert written in text
    for chrome in (
        "Previous",
        "Next",
        "Copy the note",
        "Keep the screen awake",
        "Everyone",
        "With JavaScript on",
    ):
        assert chrome not in text
    assert all(sheet.get_textpage().count_chars() > 20 for sheet in document)


def test_with_javascript_off_the_page_leads_to_paper(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.get_by_text("With JavaScript on")).to_be_visible()
    expect(page.get_by_role("link", name="one interviewer sheet")).to_be_visible()
    expect(page.locator(":is(.si-plan-day, .si-day__empty, .si-day__why) >> visible=true")).to_have_count(0)
    context.close()


def test_all_scripts_of_the_page_are_light(put, page):
    """At most 30 kB compressed, as the issue asks."""
    import gzip

    put(plan([full(0)]))
    urls = set()
    page.on("response", lambda answer: urls.add(answer.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    # Asked for again: an answer that says “not modified” has no body.
    scripts = {url: page.request.get(url).body() for url in urls if url.endswith(".js")}
    weight = {url.rsplit("/", 1)[1]: len(gzip.compress(body, mtime=0)) for url, body in scripts.items()}
    assert "plan-day.js" in weight
    print("/plan/day/", sum(weight.values()))
    assert sum(weight.values()) <= 30_000, weight
