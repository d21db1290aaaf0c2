"""Who is met, in which order, under which name, and with which doubts: worked out once, and the same everywhere."""

from __future__ import annotations

import random
import unicodedata

import icalendar
import pytest
from playwright.sync_api import expect

ROLES = {"peer": "a future colleague", "hiring-manager": "your manager", "executive": "a senior leader"}
SAY = """async ([plan, roles]) => {
  const { readPeople } = await import('/assets/js/people.js');
  const day = readPeople(plan, new Map(Object.entries(roles)));
  const idsOf = (rows) => rows.map(({ id }) => id);
  return {
    people: day.people.map((one) => ({
      id: one.id, name: day.name(one), title: day.title(one), isNamed: day.isNamed(one),
      panel: idsOf(day.panel(one)), start: day.start(one), doubts: idsOf(day.doubts(one)),
    })),
    open: idsOf(day.open),
    settlers: plan.doubts.map((doubt) => day.settler(doubt)),
  };
}"""


@pytest.fixture(scope="module")
def said(browser, sources):
    """How the people of a plan are said, as people.js works it out."""
    page = browser.new_page()
    page.goto(f"{sources}assets/js/")
    yield lambda people, doubts=(): page.evaluate(SAY, [{"people": people, "doubts": list(doubts)}, ROLES])
    page.close()


def person(id_, name="", role=None, start="", panel=None):
    return {"id": id_, "name": name, "role": role, "start": start, "panel": panel}


def doubt(id_, who, text="Too junior", **more):
    return {"id": id_, "doubt": text, "proof": "", "who": who, "settled": False, **more}


# ---------------------------------------------------------------- in which order


def slowly_ordered(people):
    """The rule, word for word: put people in one by one, whoever belongs to somebody directly behind them."""
    talks = []  # [start, [person]]
    for one in people:
        same = next((talk for talk in talks if one["panel"] and talk[1][0]["panel"] == one["panel"]), None)
        if same:
            same[1].append(one)
        else:
            talks.append(["", [one]])
    for place, talk in enumerate(talks):
        before = talks[place - 1][0] if place else ""
        talk[0] = min((one["start"] for one in talk[1] if one["start"]), default=before)
        last = ""
        keys = []
        for one in talk[1]:
            last = one["start"] or last
            keys.append(last)
        talk[1] = [one for _, one in sorted(zip(keys, talk[1], strict=True), key=lambda pair: pair[0])]
    return [one["id"] for _, talk in sorted(talks, key=lambda talk: talk[0]) for one in talk]


def test_people_stand_by_their_time_then_as_entered_and_panels_together(said):
    chance = random.Random(13)
    for _ in range(200):
        people = [
            person(f"p{at}", start=chance.choice(["", "", "09:00", "09:30", "10:00", "23:59", "00:00"]),
                   panel=chance.choice([None, None, "a", "b", ""]))
            for at in range(chance.randrange(8))
        ]  # fmt: skip
        found = [one["id"] for one in said(people)["people"]]
        assert found == slowly_ordered(people), people
        starts = [one["start"] for one in people]
        if all(starts) and not any(one["panel"] for one in people):
            assert found == [one["id"] for one in sorted(people, key=lambda one: one["start"])]


def test_who_gave_no_time_has_that_of_their_talk(said):
    people = [person("a", panel="x"), person("b", start="10:15", panel="x"), person("c", start="10:00", panel="x")]
    people += [person("d", panel=""), person("e", panel="y"), person("f", start="09:00")]
    assert {one["id"]: one["start"] for one in said(people)["people"]} == {
        "a": "10:00", "b": "10:15", "c": "10:00", "d": "", "e": "", "f": "09:00",
    }  # fmt: skip


# ---------------------------------------------------------------- under which name

NAMES = ["", " ", "\u200b", "Ann Lee", "ann  lee ", "ANN\u00a0LEE", "Zoë", "Zoe\u0308", "李 小龍"]
NAMES += ["Person 2", "Your manager", "Ann Lee (no. 2)", "<b>Bo</b>", "Straße", "STRASSE", "İpek", "مريم"]


def folded(name):
    """A name as it is compared, by Python's own folding of letters."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFC", " ".join(seen.split()).casefold())


def test_no_two_people_are_called_alike_and_each_by_what_was_typed(said):
    chance = random.Random(21)
    for _ in range(200):
        people = [
            person(f"p{at}", chance.choice(NAMES), chance.choice([None, *ROLES, "chief-cat"]))
            for at in range(chance.randrange(1, 8))
        ]
        found = said(people)["people"]
        names = [one["name"] for one in found]
        assert len({folded(name) for name in names}) == len(names), names
        for place, (one, called) in enumerate(zip(people, found, strict=True)):
            typed, role = " ".join(one["name"].split()), ROLES.get(one["role"], (one["role"] or "").replace("-", " "))
            name = typed if folded(one["name"]) else (role[:1].upper() + role[1:]) or f"Person {place + 1}"
            assert called["name"] in (name, f"{name} (no. {place + 1})")
            assert called["isNamed"] == (folded(one["name"]) != "")
            assert called["title"] == ", ".join(filter(None, [called["name"], role if called["isNamed"] else ""]))


def test_who_is_called_like_nobody_else_has_no_number(said):
    people = [person("a", role="peer"), person("b", role="peer"), person("c", "Ann"), person("d")]
    names = [one["name"] for one in said(people)["people"]]
    assert names == ["A future colleague (no. 1)", "A future colleague (no. 2)", "Ann", "Person 4"]


# ---------------------------------------------------------------- with which doubts


def test_a_doubt_is_for_whom_it_names_however_it_is_typed_else_for_anyone(said):
    chance = random.Random(17)
    for _ in range(200):
        people = [person(f"p{at}", chance.choice(NAMES)) for at in range(chance.randrange(5))]
        doubts = [
            doubt(f"d{at}", chance.choice([*NAMES, "p0", "p3", "the agency"]), chance.choice(["x", "x", " "]))
            for at in range(5)
        ]
        found = said(people, doubts)
        written = [one for one in doubts if one["doubt"].strip()]
        for one in found["people"]:
            (given,) = [other for other in people if other["id"] == one["id"]]
            meant = [
                each["id"] for each in written
                if each["who"] == one["id"] or (folded(given["name"]) and folded(each["who"]) == folded(given["name"]))
            ]  # fmt: skip
            assert one["doubts"] == meant, (people, doubts)
        placed = {id_ for one in found["people"] for id_ in one["doubts"]}
        assert found["open"] == [one["id"] for one in written if one["id"] not in placed]


@pytest.mark.parametrize(
    ("who", "settler"),
    [
        ("a", {"id": "a", "title": "Ann Lee"}),
        ("ann lee ", {"id": "a", "title": "Ann Lee"}),
        ("bo", {"id": None, "title": "bo"}),  # two are called so
        (" the  agency ", {"id": None, "title": "the agency"}),
        ("person-0a1b2c3d", {"id": None, "title": ""}),  # somebody who was removed
        ("", {"id": None, "title": ""}),
        ("\u200b", {"id": None, "title": ""}),  # nothing that anybody sees
    ],
)
def test_who_settles_a_doubt_is_one_of_the_people_or_as_typed(said, who, settler):
    people = [person("a", "Ann Lee"), person("b", "Bo"), person("c", "BO"), person("d")]
    assert said(people, [doubt("d1", who)])["settlers"] == [settler]


# ---------------------------------------------------------------- the same on screen, on paper, in calendar and notes

TYPED = [  # name, role, begins at, together with the one above
    ("  Zoë   O’Brien ", "hiring-manager", "14:00", False),
    ("", "peer", "09:30", False),
    ("", "peer", "", True),
    ("Ann Le\u0301e", "executive", "11:15", False),
    ("李 小龍", "", "", True),
    ("", "", "10:00", False),
    ("zoe\u0308 o’brien", "recruiter", "", False),
]
CALLED = ["A future colleague (no. 1)", "A future colleague (no. 2)", "Person 3", "zoe\u0308 o’brien (no. 4)"]
CALLED += ["Ann Le\u0301e", "李 小龍", "Zoë O’Brien (no. 7)"]
TITLES = [*CALLED[:3], f"{CALLED[3]}, the recruiter", f"{CALLED[4]}, a senior leader", CALLED[5]]
TITLES += [f"{CALLED[6]}, your manager"]
DOUBTS = [  # the doubt, who can settle it as chosen, as typed
    ("Too junior", "Someone else", "ann  LÉE "),
    ("No budget so far", CALLED[1], None),
    ("Long way to work", None, None),
    ("Six weeks of notice", "Someone else", "the agency"),
    ("Talks too much", "Someone else", "ZOË O’BRIEN"),
]
FOR = {CALLED[1]: [DOUBTS[1][0]], CALLED[3]: [DOUBTS[4][0]], CALLED[4]: [DOUBTS[0][0]], CALLED[6]: [DOUBTS[4][0]]}
OPEN = [DOUBTS[2][0], DOUBTS[3][0]]


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.fixture
def typed(page, address):
    """The plan typed in as a reader does it: the people, a deal, the doubts."""
    page.clock.set_fixed_time("2031-03-01T09:00:00Z")
    page.goto(f"{address}plan/")
    page.get_by_label("Day of the interview").fill("2031-03-12")
    for name, role, start, together in TYPED:
        page.get_by_role("button", name="Add a person").click()
        row = page.locator(".si-plan__people > li").last
        row.get_by_label("Name").fill(name)
        row.get_by_label("Who they are").select_option(role)
        row.get_by_label("Begins at").fill(start)
        if together:
            row.get_by_label("In the same conversation").check()
    page.get_by_role("button", name="Deal the questions").click()
    page.goto(f"{address}plan/kit/")
    board = page.locator("[data-kit=doubts]")
    for text, who, words in DOUBTS:
        board.get_by_role("button", name="Add a doubt").click()
        row = board.locator("[data-row]").last
        row.get_by_label("The doubt").fill(text)
        if who:
            row.get_by_label("Who can settle it").select_option(label=who)
        if words:
            row.get_by_label("Who else").fill(words)
    return page


def test_screen_has_the_people_in_one_order_under_one_name(typed, address):
    page = typed
    choices = page.locator("[data-kit=doubts] [data-row] >> nth=0").locator("option")
    expect(choices).to_have_text(["Not decided yet", *CALLED, "Someone else"])
    page.goto(f"{address}plan/")
    numbered = [f"{at}. {name}" for at, name in enumerate(CALLED, 1)]
    headings = page.locator(".si-plan__hands h3")
    for at, name in enumerate(numbered):
        expect(headings.nth(at)).to_contain_text(name)
    assert sorted(page.locator(".si-plan__people legend").all_inner_texts()) == sorted(numbered)
    page.goto(f"{address}plan/day/")
    expect(page.locator(".si-day__list button span:nth-child(2)")).to_have_text(CALLED)


def test_screen_and_notes_of_the_day_have_each_doubt_where_it_belongs(typed, address):
    page = typed
    page.goto(f"{address}plan/day/")
    for at, name in enumerate(CALLED):
        page.locator(".si-day__list button").nth(at).click()
        talk = page.locator(".si-talk >> visible=true")
        expect(talk.locator("h2")).to_have_text(name)
        expect(talk.locator(".si-talk__doubts label")).to_have_text(FOR.get(name, []))
    page.locator(".si-day__spares > summary").click()
    open_ = page.locator(".si-day__open")
    expect(open_.locator("label")).to_have_text(OPEN)
    expect(open_.locator(".si-ask").nth(1)).to_contain_text("the agency")
    open_.locator("input").first.check()
    page.reload()
    expect(open_.locator("input").first).to_be_checked()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".si-day__sheet h2")).to_have_text([*CALLED, "For any of them"])
    expect(page.locator(".si-day__sheet").last.locator("li")).to_have_text(OPEN)
    page.locator(".si-day__after > summary").click()
    expect(page.locator(".si-draft__name")).to_have_text(CALLED)
    notes = [note.input_value().split("\n")[0] for note in page.locator(".si-draft textarea").all()]
    assert notes[:3] == [f"Dear [name: {name}]," for name in CALLED[:3]]
    assert notes[3:] == ["Dear zoe\u0308 o’brien,", "Dear Ann Le\u0301e,", "Dear 李 小龍,", "Dear Zoë O’Brien,"]


def test_paper_has_the_same_people_order_and_doubts(typed, address):
    page = typed
    page.goto(f"{address}plan/print/")
    expect(page.locator(".si-plan-print__said")).to_contain_text("of paper")
    expect(page.locator(".si-plan-print form")).to_have_attribute("aria-busy", "false")
    # The sheets as they are handed to the printer; a machine without a font for a name leaves it out of a PDF.
    sheets = [squeezed(text) for text in page.locator(".si-preview .si-sheet").all_text_contents()]
    met = sheets[0].split("WhomImeet")[1]
    places = [met.index(squeezed(title)) for title in TITLES]
    assert places == sorted(places)
    assert "Résumés:8(7peopleandonespare)" in sheets[0]
    own = [next(sheet for sheet in sheets if squeezed(f"{at}. {title}") in sheet) for at, title in enumerate(TITLES, 1)]
    assert [sheets.index(sheet) for sheet in own] == list(range(1, len(own) + 1))
    for name, sheet in zip(CALLED, own, strict=True):
        assert [text for text, *_ in DOUBTS if squeezed(text) in sheet] == FOR.get(name, [])
    assert squeezed(f"In one talk with {CALLED[0]}.") in own[1]
    (rest,) = [sheet for sheet in sheets if "Doubtstosettlewithanyone" in sheet]
    assert [text for text, *_ in DOUBTS if squeezed(text) in rest] == OPEN
    assert "Sixweeksofnotice(theagency)" in rest


def test_calendar_has_the_same_people_in_the_same_order(typed, address):
    page = typed
    page.goto(f"{address}plan/days/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Add to my calendar").click()
    events = icalendar.Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    (day,) = [event for event in events if str(event["UID"]).startswith("interview-")]
    lines = [line.partition(": ") for line in str(day["DESCRIPTION"]).split("\n")[1:6]]
    assert [time for time, *_ in lines] == ["09:30", "10:00", "Time not known", "11:15", "14:00"]
    assert "; ".join(who for *_, who in lines).split("; ") == TITLES
    talks = sorted((event for event in events if str(event["UID"]).startswith("person-")), key=lambda one: one.start)
    called = [str(event["SUMMARY"]).removeprefix("Interview: ") for event in talks]
    assert called == [who for time, _, who in lines if time != "Time not known"]
