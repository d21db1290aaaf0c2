"""The planner's calendar files, read back by a second library, and their times by a second table of time zones."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from playwright.sync_api import Error

DAY = "2027-03-30"
NOW = datetime(2027, 3, 20, 8, 0, tzinfo=UTC)
SITE = "https://example.org/second-interview/"
ZONES = [
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Adelaide",
    "Pacific/Apia",
    "America/St_Johns",
    "Australia/Lord_Howe",  # its clocks change by half an hour
]
ITEMS = [
    {"id": "say-yes", "list": "invited", "text": "Say yes, with thanks", "priority": "essential", "when": -3},
    {"id": "ask-topics", "list": "invited", "text": "Ask; then listen", "priority": "useful", "when": -3},
    {"id": "pack", "list": "day-before", "text": "Pack: résumé, pen", "priority": "essential", "when": -1},
    {"id": "arrive", "list": "on-the-day", "text": "Arrive early", "priority": "essential", "when": 0},
    {"id": "score", "list": "within-24-hours", "text": "Score the job", "priority": "essential", "when": 1},
    {"id": "waiting-chase-once", "list": "waiting", "text": "Ask for news", "priority": "essential", "when": 9},
]
PEOPLE = [
    {"id": "p1", "title": "Ann Lee, your manager", "start": "09:30", "minutes": 60},
    {"id": "p2", "title": "Bo Ek, a future colleague", "start": "11:00", "minutes": 30},
]


@pytest.fixture
def write(modules):
    """The text of a file; `interview`, `plan` and what else is given add to the defaults."""

    def write(interview=None, plan=None, **options) -> str:
        where = {"day": DAY, "zone": "Europe/London", **(interview or {})}
        planned = {"items": ITEMS, "interview": where["day"], "today": "2027-03-20", **(plan or {})}
        made = {"people": PEOPLE, "now": NOW, "site": SITE, "readerZone": "Europe/London", **options}
        return modules(
            "calendar.js", "calendar", {"schedule": modules("schedule.js", "plan", planned), "interview": where, **made}
        )

    return write


@pytest.fixture
def events(write):
    return lambda *args, **options: read(write(*args, **options))


def read(text: str) -> dict[str, icalendar.Event]:
    """The entries of a file by the id in their UID."""
    found = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert not any(event.errors for event in found)
    by_id = {re.sub(r"-\d{4}-\d\d-\d\d@second-interview$", "", event["UID"]): event for event in found}
    assert len(by_id) == len(found)
    return by_id


def changes(zone: str, year: int) -> list[date]:
    """The days of a year on which the clocks of a zone change."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    offset = [datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() for day in [*days, date(year + 1, 1, 1)]]
    return [day for n, day in enumerate(days) if offset[n] != offset[n + 1]]


def instant(day: str | date, clock: str, zone: str) -> datetime:
    """What RFC 5545 means by a time, by Python: the first of two, and the offset before a gap."""
    return datetime.combine(date.fromisoformat(str(day)), time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)


def rings(event, reader="Europe/London") -> list[datetime]:
    """The instants of an entry's reminders; an entry for a day begins at the reader's midnight."""
    start = event.start if isinstance(event.start, datetime) else instant(event.start, "00:00", reader)
    return [start + alarm.TRIGGER for alarm in event.walk("VALARM")]


# ---------------------------------------------------------------- the form of the file


def test_every_line_ends_in_crlf_and_holds_at_most_75_octets(write):
    words = {"place": "Sörmlandsgatan 3, våning 2 — fråga efter Åsa 🙂 " * 5, "company": "株式会社テスト" * 12}
    text = write(words, people=[{"id": "p", "title": "🧑‍💻é" * 40, "start": "10:00"}])
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.encode("utf-8").split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert all(line.decode("utf-8") is not None for line in lines)  # no character is cut in two
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)


def test_typed_text_comes_back_as_it_was(events):
    name = r"O’Brien, Zoë; \n is no “line” 🙂 BEGIN:VEVENT"
    place = "Floor 2\nDoor 3, left; ring\\knock"
    found = events({"place": place}, people=[{"id": "p", "title": name, "start": "10:00"}])["person-p"]
    assert found["SUMMARY"] == f"Interview: {name}"
    assert found["LOCATION"] == place


def test_typed_text_cannot_add_lines_to_the_file(events):
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:y\u0000\u0007"
    assert set(events({"company": evil, "place": evil, "link": f"https://a.example/{evil}"}, people=[])) == set(
        events(people=[])
    )


def test_the_file_has_what_every_file_and_entry_must_have(write):
    calendar = icalendar.Calendar.from_ical(write())
    assert calendar["VERSION"] == "2.0" and "Second interview" in calendar["PRODID"]
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"} <= set(event)
        assert event.DTSTAMP == NOW
        for alarm in event.walk("VALARM"):
            assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] and alarm.TRIGGER is not None


def test_half_a_character_does_not_break_the_file(events):
    assert "person-p" in events(people=[{"id": "p", "title": "a\ud83d", "start": "10:00"}])


# ---------------------------------------------------------------- days


def test_an_item_takes_its_whole_day_and_ends_where_the_next_begins(events):
    found = events()
    assert {key: (event.start, event.end) for key, event in found.items() if type(event.start) is date} == {
        "say-yes": (date(2027, 3, 27), date(2027, 3, 28)),
        "ask-topics": (date(2027, 3, 27), date(2027, 3, 28)),
        "pack": (date(2027, 3, 29), date(2027, 3, 30)),
        "interview": (date(2027, 3, 30), date(2027, 3, 31)),
        "score": (date(2027, 3, 31), date(2027, 4, 1)),
        "waiting-chase-once": (date(2027, 4, 8), date(2027, 4, 9)),
    }
    assert found["pack"]["URL"] == f"{SITE}checklists/day-before/#pack"


def test_the_interview_day_is_one_entry_with_its_order_and_its_list(events):
    text = events({"job": "Nurse", "company": "Northgate"})["interview"]
    assert text["SUMMARY"] == "Second interview: Nurse (Northgate)"
    assert text["DESCRIPTION"].split("\n") == [
        "Times of Europe/London:",
        "09:30: Ann Lee, your manager",
        "11:00: Bo Ek, a future colleague",
        "",
        "• Arrive early",
    ]


def test_an_entry_can_stand_for_all_items_of_a_day(events):
    found = events(perDay=True)
    assert found["day-3"]["DESCRIPTION"] == "• Say yes, with thanks\n• Ask; then listen"
    assert not {"say-yes", "ask-topics", "pack"} & set(found)
    assert {"day-1", "day1", "interview", "person-p1"} <= set(found)


@pytest.mark.parametrize("today", ["2027-03-27", "2027-03-29", "2027-03-30", "2027-03-31"])
def test_no_title_says_when_by_a_word_that_is_wrong_tomorrow(events, today):
    """Made on any day: what stands in a calendar stands there for good."""
    titles = {key: str(event["SUMMARY"]) for key, event in events(perDay=True, plan={"today": today}, now=NOW).items()}
    assert not [title for title in titles.values() if re.search(r"\b(today|tomorrow|yesterday|now|ago)\b", title)]
    assert titles["day1"] == "Second interview, the day after: 1 to do"


def test_the_title_of_a_day_names_the_firm_and_how_far_it_is_from_the_interview(events):
    titles = {key: str(event["SUMMARY"]) for key, event in events({"company": "Northgate"}, perDay=True).items()}
    assert titles["day-3"] == "Second interview (Northgate), 3 days before: 2 to do"


def test_one_reminder_a_day_rings_at_nine(events):
    found = events()
    assert rings(found["say-yes"]) == [instant("2027-03-27", "09:00", "Europe/London")]
    assert rings(found["ask-topics"]) == []


def test_what_is_ticked_is_not_written(events):
    assert "say-yes" not in events(plan={"ticked": ["say-yes"]})


# ---------------------------------------------------------------- a second import


def test_a_second_file_replaces_the_first(write):
    first = read(write())
    moved = {"today": "2027-03-28"}
    second = read(write(plan=moved, people=[{**PEOPLE[0], "start": "14:00"}], now=NOW + timedelta(seconds=1)))
    assert second["say-yes"]["UID"] == first["say-yes"]["UID"] == "say-yes-2027-03-30@second-interview"
    assert second["say-yes"].start == date(2027, 3, 28)
    assert second["person-p1"]["UID"] == first["person-p1"]["UID"]
    assert all(second[key]["SEQUENCE"] > first[key]["SEQUENCE"] for key in second.keys() & first.keys())


def test_another_interview_day_makes_entries_of_its_own(events):
    uids = {str(event["UID"]) for event in events().values()}
    assert not uids & {str(event["UID"]) for event in events({"day": "2027-04-06"}).values()}


@pytest.mark.parametrize("year", [2020, 2037, 2090])
def test_the_sequence_is_a_number_that_programs_can_hold(events, year):
    found = events({"day": "2099-03-30"}, now=datetime(year, 1, 1, tzinfo=UTC))
    assert all(0 <= event["SEQUENCE"] < 2**31 for event in found.values())


# ---------------------------------------------------------------- times


@pytest.mark.parametrize("zone", ZONES)
def test_times_are_those_of_the_place(events, zone):
    for day in ("2027-01-15", "2027-07-15"):
        found = events({"day": day, "zone": zone}, now=datetime(2026, 12, 1, tzinfo=UTC))
        first, second = found["person-p1"], found["person-p2"]
        assert (first.start, first.end) == (instant(day, "09:30", zone), instant(day, "10:30", zone))
        assert (second.start, second.end) == (instant(day, "11:00", zone), instant(day, "11:30", zone))
        assert f"09:30, time of {zone}." in first["DESCRIPTION"]


@pytest.mark.parametrize("zone", ZONES)
def test_every_quarter_of_an_hour_around_a_clock_change_is_right(page, sources, zone):
    chance = random.Random(zone)
    around = [change + timedelta(days=near) for change in changes(zone, 2027) for near in (-1, 0, 1)]
    days = [str(day) for day in around] + [
        f"2027-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(9)
    ]
    asked = [[day, f"{hour:02}:{minute:02}", zone] for day in days for hour in range(24) for minute in (0, 15, 30, 59)]
    page.goto(f"{sources}assets/js/")
    script = """async (asked) => {
      const { instantOf } = await import('/assets/js/zones.js');
      return asked.map(([day, time, zone]) => instantOf(day, time, zone).instant.toISOString().slice(0, 16));
    }"""
    expected = [instant(*one).isoformat()[:16] for one in asked]
    assert page.evaluate(script, asked) == expected


def test_both_hemispheres_change_their_clocks_in_the_days_tested():
    assert changes("Europe/London", 2027) == [date(2027, 3, 28), date(2027, 10, 31)]
    assert changes("America/New_York", 2027) == [date(2027, 3, 14), date(2027, 11, 7)]
    assert changes("Australia/Adelaide", 2027) == [date(2027, 4, 4), date(2027, 10, 3)]
    assert changes("Asia/Kolkata", 2027) == changes("Pacific/Apia", 2027) == []


@pytest.mark.parametrize(
    ("day", "clock", "zone", "utc", "occurs"),
    [
        ("2027-03-28", "01:30", "Europe/London", "2027-03-28T01:30", "never"),
        ("2027-10-31", "01:30", "Europe/London", "2027-10-31T00:30", "twice"),
        ("2027-03-14", "02:00", "America/New_York", "2027-03-14T07:00", "never"),
        ("2027-03-14", "03:00", "America/New_York", "2027-03-14T07:00", "once"),
        ("2027-11-07", "01:00", "America/New_York", "2027-11-07T05:00", "twice"),
        ("2027-11-07", "02:00", "America/New_York", "2027-11-07T07:00", "once"),
        ("2027-10-03", "02:15", "Australia/Lord_Howe", "2027-10-02T15:45", "never"),
        ("2027-03-30", "09:30", "Asia/Kolkata", "2027-03-30T04:00", "once"),
        ("2011-12-30", "12:00", "Pacific/Apia", "2011-12-30T22:00", "never"),  # a whole day left out
        ("2027-03-30", "00:00", "Pacific/Apia", "2027-03-29T11:00", "once"),
    ],
)
def test_a_time_that_never_comes_or_comes_twice_is_known_for_it(modules, day, clock, zone, utc, occurs):
    found = modules("zones.js", "instantOf", day, clock, zone)
    assert (found["instant"].isoformat()[:16], found["occurs"]) == (utc, occurs)


def test_the_entry_says_when_a_time_never_comes_or_comes_twice(events):
    early = [{"id": "p", "start": "01:30", "minutes": 30}]
    spring = events({"day": "2027-03-28"}, people=early)["person-p"]["DESCRIPTION"]
    assert "02:30, time of Europe/London." in spring
    assert "01:30 does not exist that day, because the clocks go forward. This is 02:30." in spring
    autumn = events({"day": "2027-10-31"}, people=early)["person-p"]["DESCRIPTION"]
    assert "01:30 comes twice that day, because the clocks go back. This is the first." in autumn


def test_a_talk_across_a_clock_change_lasts_its_minutes(events):
    found = events({"day": "2027-10-31"}, people=[{"id": "p", "start": "00:30", "minutes": 120}])["person-p"]
    assert found.end - found.start == timedelta(minutes=120)


def test_without_a_zone_the_browsers_own_counts(browser, sources):
    context = browser.new_context(timezone_id="Australia/Adelaide")
    page = context.new_page()
    page.goto(f"{sources}assets/js/")
    script = (
        "async () => (await import('/assets/js/zones.js')).instantOf('2027-07-01', '09:30', '').instant.toISOString()"
    )
    assert page.evaluate(script) == "2027-07-01T00:00:00.000Z"
    context.close()


def test_the_interview_may_be_on_another_day_for_the_reader(modules, events):
    day = modules("zones.js", "readerDay", DAY, "Australia/Adelaide", PEOPLE, "America/New_York")
    assert day == "2027-03-29"
    there = {"zone": "Australia/Adelaide"}
    found = events(there, plan={"interview": day}, readerZone="America/New_York")
    assert found["interview"].start == date(2027, 3, 29)
    assert found["pack"].start == date(2027, 3, 28)
    assert found["person-p1"].start == datetime(2027, 3, 29, 23, 0, tzinfo=UTC)
    assert modules("zones.js", "readerDay", DAY, "Australia/Adelaide", [{"id": "x"}], "America/New_York") == DAY


def test_an_unknown_zone_is_refused(write):
    with pytest.raises(Error, match="RangeError"):
        write({"zone": "Mars/Olympus"})


# ---------------------------------------------------------------- people and places


@pytest.mark.parametrize("person", [{"title": "Ann Lee, your manager"}, {}])
def test_a_talk_is_called_by_its_person(events, person):
    found = events(people=[{"id": "p", "start": "9:30", **person}])["person-p"]
    assert found["SUMMARY"] == f"Interview: {person.get('title', 'Someone not named yet')}"


@pytest.mark.parametrize("starts", [("10:00", "10:00"), ("10:00", ""), ("", "10:00")])
def test_people_of_one_panel_share_one_entry(events, starts):
    people = [
        {"id": f"p{at}", "title": title, "panel": "board", "start": start, "minutes": minutes}
        for at, (title, start, minutes) in enumerate(zip(("Ann", "Ben"), starts, (30, 60), strict=True))
    ]
    found = events(people=[*people, PEOPLE[1], {"id": "x", "title": "Cy", "panel": None}])
    assert [key for key in found if key.startswith("person-")] == ["person-p0", "person-p2"]
    talk = found["person-p0"]
    assert talk["SUMMARY"] == "Interview: Ann; Ben" and talk.end - talk.start == timedelta(minutes=60)
    assert "10:00: Ann; Ben\n11:00: Bo Ek, a future colleague\nTime not known: Cy" in found["interview"]["DESCRIPTION"]


@pytest.mark.parametrize(
    ("times", "length"),
    [
        ([("10:00", 30), ("10:15", 30)], 45),  # the second stays longest
        ([("10:00", 60), ("10:15", 30)], 60),  # the first does
        ([("10:00", 30), ("11:00", 30)], 90),  # one after the other
        ([("10:00", 30), ("10:30", None)], 30),
        ([("10:00", None), ("10:30", 30)], 60),
        ([("", 90), ("10:00", 30)], 90),
        ([("10:00", None), ("", None)], 45),
    ],
)
def test_a_panel_ends_when_the_last_of_it_ends(events, times, length):
    people = [
        {"id": f"p{at}", "panel": "board", "start": start, "minutes": minutes}
        for at, (start, minutes) in enumerate(times)
    ]
    talk = next(event for key, event in events(people=people).items() if key.startswith("person-"))
    assert talk.start.minute == 0 and talk.end - talk.start == timedelta(minutes=length)


@pytest.mark.parametrize("start", [None, "", "later", "25:00", "09:60"])
def test_a_person_without_a_time_stands_in_the_entry_for_the_day(events, start):
    found = events(people=[{"id": "p", "title": "Cy", "start": start}, PEOPLE[0]])
    assert "person-p" not in found
    assert "Time not known: Cy\n09:30: Ann Lee, your manager" in found["interview"]["DESCRIPTION"]


@pytest.mark.parametrize("minutes", [None, 0, -5, "", "long"])
def test_a_talk_of_unknown_length_says_so(events, minutes):
    found = events(people=[{"id": "p", "start": "10:00", "minutes": minutes}])["person-p"]
    assert found.end - found.start == timedelta(minutes=45)
    assert "Nobody has said how long. 45 minutes are kept." in found["DESCRIPTION"]


def test_nobody_known_yet_still_makes_a_file(events):
    assert {"interview", "thank-you", "pack"} <= set(events(people=[]))


def test_only_a_web_address_becomes_a_link(events):
    safe = events({"link": "https://meet.example/a b?x=1,2;3"})["person-p1"]
    assert safe["URL"] == "https://meet.example/a%20b?x=1,2;3"
    for link in ("javascript:alert(1)", "Zoom, they will send it", "", None):
        assert "URL" not in events({"link": link})["person-p1"]
    assert events({"place": "Room 2", "link": "Zoom"})["person-p1"]["LOCATION"] == "Room 2 · Zoom"


# ---------------------------------------------------------------- reminders


def test_the_first_talk_rings_two_hours_before_and_each_ten_minutes_before(events):
    found = events(people=PEOPLE[::-1])
    start = instant(DAY, "09:30", "Europe/London")
    assert rings(found["person-p1"]) == [start - timedelta(hours=2), start - timedelta(minutes=10)]
    assert len(rings(found["person-p2"])) == 1


@pytest.mark.parametrize(
    ("last", "evening"),
    [("11:00", DAY), ("18:30", DAY), ("18:31", "2027-03-31"), ("23:50", "2027-03-31"), (None, DAY)],
)
def test_thank_you_notes_are_for_the_first_evening_after_the_last_talk(events, last, evening):
    found = events(people=[{"id": "p", "start": last, "minutes": 30}])["thank-you"]
    assert found.start == instant(evening, "19:00", "Europe/London")
    assert rings(found) == [found.start]


def test_the_evening_is_the_readers(events):
    found = events({"zone": "Australia/Adelaide"}, plan={"interview": "2027-03-29"}, readerZone="America/New_York")
    assert found["thank-you"].start == instant(DAY, "19:00", "America/New_York")


def test_who_has_thanked_everyone_is_not_reminded(events):
    thank = {
        "id": "within-24-thank-each",
        "list": "within-24-hours",
        "text": "Thank",
        "priority": "essential",
        "when": 1,
    }
    assert "thank-you" not in events(plan={"items": [thank], "ticked": ["within-24-thank-each"]})


def test_a_promised_date_moves_the_one_entry_that_asks_for_news(events):
    before, after = events()["waiting-chase-once"], events(decision="2027-04-16")["waiting-chase-once"]
    assert before["UID"] == after["UID"]
    assert (before.start, after.start) == (date(2027, 4, 8), date(2027, 4, 20))
    assert "decide by 2027-04-16" in after["DESCRIPTION"] and after["URL"] == f"{SITE}guide/waiting/silence/"
    both = {"plan": {"decision": "2027-04-16"}, "decision": "2027-04-16"}
    assert events(**both)["waiting-chase-once"].start == date(2027, 4, 20)


def test_who_has_asked_for_news_is_not_told_to_ask(events):
    ticked = {"plan": {"ticked": ["waiting-chase-once"]}, "decision": "2027-04-16"}
    assert "waiting-chase-once" not in events(**ticked)


@pytest.mark.parametrize("seed", range(25))
def test_nothing_that_is_written_is_past(events, seed):
    chance = random.Random(seed)
    zone, reader = chance.choice(ZONES), chance.choice(ZONES)
    now = datetime(2027, 3, 24, tzinfo=UTC) + timedelta(minutes=chance.randrange(18 * 24 * 60))
    today = now.astimezone(ZoneInfo(reader)).date().isoformat()
    found = events(
        {"zone": zone}, plan={"today": today}, now=now, readerZone=reader, decision=chance.choice([None, "2027-04-02"])
    )
    for event in found.values():
        end = event.end if isinstance(event.end, datetime) else instant(event.end, "00:00", reader)
        assert end > now
        assert all(ring > now for ring in rings(event, reader))


def test_when_all_is_past_there_is_no_file(write):
    assert write(plan={"items": []}, now=datetime(2027, 5, 1, tzinfo=UTC)) == ""
