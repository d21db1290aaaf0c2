"""The planner's schedule: what is on which day, and what gives way when there are too few."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from playwright.sync_api import Error

INTERVIEW = "2027-03-30"
AFTER = {"within-24-hours", "waiting", "offer", "no-offer"}


@pytest.fixture
def items(catalog):
    """All items of the site as the page hands them over; a section's minutes are shared by its items."""
    return [
        {
            "id": item.id,
            "list": slug,
            "text": item.text,
            "priority": item.priority,
            "when": item.when,
            "always": item.always,
            "minutes": section.minutes / len(section.items) if section.minutes else None,
        }
        for slug, checklist in catalog.checklists.items()
        for section in checklist.sections
        for item in section.items
    ]


@pytest.fixture
def plan(modules):
    return lambda **options: modules("schedule.js", "plan", options)


def shift(day: str, count: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


def item(name: str, when: int | None = -3, priority: str = "essential", minutes: int = 30, of: str = "week-before"):
    return {"id": name, "list": of, "priority": priority, "when": when, "minutes": minutes}


def days(result, part="rows"):
    """{day: ids}"""
    return {row["day"]: [item["id"] for item in row["items"]] for row in result[part]}


def names(notes):
    return [note["item"]["id"] for note in notes]


def prepares(item):
    return item["list"] not in AFTER and (item["when"] or 0) < 0


# ---------------------------------------------------------------- days


@pytest.mark.parametrize("reader", ["Europe/London", "America/New_York", "Australia/Adelaide", "Pacific/Apia"])
def test_days_are_counted_across_clock_changes_months_and_years(browser, sources, reader):
    context = browser.new_context(timezone_id=reader)
    page = context.new_page()
    page.goto(f"{sources}assets/js/")
    starts = [
        "2027-03-14",
        "2027-03-28",
        "2027-04-04",
        "2027-10-03",
        "2027-10-31",
        "2027-11-07",
        "2027-12-31",
        "2028-02-28",
    ]
    starts = [shift(start, near) for start in starts for near in (-1, 0, 1)]
    pairs = [[start, count] for start in starts for count in (-366, -31, -2, -1, 0, 1, 2, 31, 366)]
    script = """async (pairs) => {
      const { addDays, daysBetween } = await import('/assets/js/days.js');
      return pairs.map(([day, count]) => [addDays(day, count), daysBetween(day, addDays(day, count))]);
    }"""
    assert page.evaluate(script, pairs) == [[shift(start, count), count] for start, count in pairs]
    context.close()


@pytest.mark.parametrize("wrong", ["2027-02-29", "2027-2-01", "30/03/2027", "", None, "2027-03-30T10:00"])
def test_what_is_no_date_is_refused(plan, wrong):
    with pytest.raises(Error, match="is not a date"):
        plan(items=[], interview=wrong, today="2027-03-01")


def test_news_is_asked_for_on_the_second_working_day(modules):
    """Friday makes Tuesday, as on the page on silence; so do Saturday and Sunday."""
    found = [
        modules("schedule.js", "chaseDay", day) for day in ("2027-04-02", "2027-04-03", "2027-04-04", "2027-04-05")
    ]
    assert found == ["2027-04-06", "2027-04-06", "2027-04-06", "2027-04-07"]


def test_rows_say_how_far_their_day_is_from_the_interview(plan):
    result = plan(items=[item(str(n), n) for n in (-5, -2, -1, 0, 1, 3)], interview=INTERVIEW, today="2027-03-25")
    labels = [(row["offset"], row["label"]) for row in result["rows"]]
    assert labels == [
        (-5, "today"),
        (-2, "2 days before"),
        (-1, "the day before"),
        (0, "the interview day"),
        (1, "the day after"),
        (3, "3 days after"),
    ]


# ---------------------------------------------------------------- the whole plan


@pytest.mark.parametrize("form", ["video", "in-person"])
def test_with_time_enough_every_item_stands_on_its_own_day(plan, items, modules, form):
    lists = modules("schedule.js", "listsFor", {"format": form})
    result = plan(items=items, interview=INTERVIEW, today="2027-03-10", lists=lists)
    dated = [item for item in items if item["list"] in lists and item["when"] is not None]
    found = {item["id"]: row["day"] for row in result["rows"] for item in row["items"]}
    assert found == {item["id"]: shift(INTERVIEW, item["when"]) for item in dated}
    assert not (result["compressed"] or result["dropped"] or result["misfits"] or result["past"] or result["undated"])


def test_each_list_applies_when_its_case_does(modules, catalog):
    lists = {case: modules("schedule.js", "listsFor", options) for case, options in CASES.items()}
    everyone = lists.pop("nothing known")
    assert {case: set(found) - set(everyone) for case, found in lists.items()} == {
        "by video": {"video"},
        "an offer": {"offer"},
        "a no": {"no-offer"},
        "nonsense": set(),
    }
    assert {*everyone, "video", "offer", "no-offer"} == set(catalog.vocabulary.checklists)


CASES = {
    "nothing known": {},
    "by video": {"format": "video"},
    "an offer": {"outcome": "offer"},
    "a no": {"outcome": "no-offer"},
    "nonsense": {"outcome": "waiting", "format": "smoke"},
}


def test_the_item_that_a_decision_date_moves_exists(catalog):
    assert "waiting-chase-once" in {item.id for item in catalog.checklists["waiting"].items}
    assert "within-24-thank-each" in {item.id for item in catalog.checklists["within-24-hours"].items}


def test_a_decision_date_moves_the_day_to_ask(plan):
    chase = item("waiting-chase-once", 9, of="waiting")
    result = plan(items=[chase], interview=INTERVIEW, today="2027-03-20", decision="2027-04-16")
    assert days(result) == {"2027-04-20": ["waiting-chase-once"]}
    assert not result["compressed"]


def test_an_outcome_has_no_day_until_it_comes(plan):
    read = item("read-it", None, of="offer")
    waiting = {"items": [read], "interview": INTERVIEW, "today": "2027-04-20", "lists": ["offer"]}
    assert [found["id"] for found in plan(**waiting)["undated"]] == ["read-it"]
    assert days(plan(**waiting, outcomeDay="2027-04-20")) == {"2027-04-20": ["read-it"]}


# ---------------------------------------------------------------- too few days


def test_what_is_overdue_is_spread_over_the_days_that_are_left(plan):
    overdue = [item(f"i{n}", -7) for n in range(6)]
    result = plan(items=overdue, interview=INTERVIEW, today=shift(INTERVIEW, -3))
    assert days(result) == {
        shift(INTERVIEW, -3): ["i0", "i1"],
        shift(INTERVIEW, -2): ["i2", "i3"],
        shift(INTERVIEW, -1): ["i4", "i5"],
    }
    assert {item["movedFrom"] for row in result["rows"] for item in row["items"]} == {shift(INTERVIEW, -7)}
    assert result["compressed"]


def test_what_takes_minutes_is_for_today_even_on_a_full_day(plan):
    planned = [item("yes", -9, minutes=3), *(item(f"today{n}", -3) for n in range(4)), item("later", -2)]
    result = plan(items=planned, interview=INTERVIEW, today=shift(INTERVIEW, -3))
    assert "yes" in days(result)[shift(INTERVIEW, -3)]


def test_useful_items_give_way_to_essential_ones_that_had_to_move(plan):
    planned = [item("nice", -1, "useful"), item("old-nice", -5, "useful"), item("must", -6)]
    result = plan(items=planned, interview=INTERVIEW, today=shift(INTERVIEW, -1), limit=40)
    assert days(result) == {shift(INTERVIEW, -1): ["must"]}
    assert {note["item"]["id"]: note["why"] for note in result["dropped"]} == {
        "nice": "That day is full (40 minutes) with what is essential.",
        "old-nice": "Its day has passed. It takes 30 minutes, and the 40 minutes today are spoken for.",
    }
    assert result["misfits"] == []


def test_a_day_that_nothing_moved_to_keeps_its_useful_items_however_full(plan):
    planned = [item("long", -2, minutes=60), item("nice", -2, "useful"), item("old", -9, minutes=20)]
    result = plan(items=planned, interview=INTERVIEW, today=shift(INTERVIEW, -3), limit=60)
    assert days(result) == {shift(INTERVIEW, -3): ["old"], shift(INTERVIEW, -2): ["long", "nice"]}


def test_essential_items_without_room_are_named_with_the_reason(plan):
    result = plan(
        items=[item(f"i{n}", -7, minutes=50) for n in range(5)], interview=INTERVIEW, today="2027-03-28", limit=100
    )
    assert names(result["misfits"]) == ["i4"]
    assert result["misfits"][0]["day"] == "2027-03-23"
    assert result["misfits"][0]["why"] == (
        "Its day has passed. It takes 50 minutes, and the 100 minutes on each of the next 2 days are spoken for."
    )
    assert result["dropped"] == []


def test_an_item_of_unknown_priority_does_not_disappear(plan):
    result = plan(items=[item("odd", -9, "urgent")], interview=INTERVIEW, today=shift(INTERVIEW, -1))
    assert days(result) == {shift(INTERVIEW, -1): ["odd"]}


def test_an_interview_tomorrow_leaves_one_full_day(plan, items):
    result = plan(items=items, interview=INTERVIEW, today=shift(INTERVIEW, -1))
    today, the_day = result["rows"][:2]
    assert today["label"] == "today" and the_day["offset"] == 0
    assert 120 <= today["minutes"] <= result["limit"] == 150
    its_own = {item["id"] for item in items if item["list"] == "day-before"}
    assert its_own <= {item["id"] for item in today["items"]}
    assert {item["list"] for item in today["items"]} <= {"week-before", "day-before"}
    assert result["dropped"] and result["misfits"]


def test_on_the_interview_day_little_more_than_an_hour_goes_to_what_stands_closest_to_it(plan, items):
    result = plan(items=items, interview=INTERVIEW, today=INTERVIEW)
    today = result["rows"][0]
    ready = [item for item in today["items"] if prepares(item)]
    assert today["label"] == "today"
    assert sum(item["minutes"] or 10 for item in ready) <= 75
    closest = {item["id"] for item in items if item["list"] == "day-before" and item["priority"] == "essential"}
    assert closest <= {item["id"] for item in ready}
    assert "list-three-doubts" in names(result["misfits"])
    after = [item for item in today["items"] if item["list"] in AFTER]
    assert today["minutes"] == round(sum(item["minutes"] or 10 for item in [*ready, *after]))
    assert [item["id"] for item in today["items"]].index("on-the-day-arrive-civil") == len(ready)


def test_after_the_interview_only_what_comes_after_is_left(plan, items):
    result = plan(items=items, interview=INTERVIEW, today=shift(INTERVIEW, 2))
    coming = [item for row in result["rows"] for item in row["items"]]
    assert {item["list"] for item in coming} == {"within-24-hours", "waiting"}
    assert "within-24-note-questions" in {item["id"] for item in result["rows"][0]["items"]}
    assert result["dropped"] == result["misfits"] == []
    assert {item["list"] for row in result["past"] for item in row["items"]} == {
        "invited",
        "week-before",
        "day-before",
        "on-the-day",
    }


def test_what_is_ticked_keeps_its_day_and_takes_no_room(plan):
    planned = [item("done", -9), item("next", -1), item("open", -9, minutes=100)]
    options = {"items": planned, "interview": INTERVIEW, "today": shift(INTERVIEW, -1), "limit": 140}
    result = plan(**options, ticked=["done", "next"])
    assert days(result, "past") == {shift(INTERVIEW, -9): ["done"]}
    assert days(result) == {shift(INTERVIEW, -1): ["next", "open"]}
    assert [found["ticked"] for found in result["rows"][0]["items"]] == [True, False]
    assert result["rows"][0]["minutes"] == 100


# ---------------------------------------------------------------- today is all there is


@pytest.mark.parametrize(
    ("days_left", "clock", "until_talk", "left"),
    [
        (1, "09:00", None, 14 * 60),  # the day before: until eleven in the evening
        (1, "22:50", None, 10),
        (1, "23:00", None, 0),
        (1, "23:59", 600, 0),
        (1, "00:10", None, 22 * 60 + 50),
        (0, "07:00", 60, 30),  # the day itself: half of the time, and the other half is for the way
        (0, "07:00", None, None),
        (0, "00:30", 510, 0),  # the night before it
        (0, "04:59", None, 0),
        (0, "05:00", 45, 22),
        (0, "23:00", None, 0),
        (0, "12:00", 0, -1),  # it has begun
        (0, "02:00", -5, -1),
    ],
)
def test_the_clock_says_how_many_minutes_are_left(modules, days_left, clock, until_talk, left):
    hours, minutes = clock.split(":")
    assert modules("schedule.js", "minutesLeft", days_left, int(hours) * 60 + int(minutes), until_talk) == left


def test_late_in_the_evening_only_what_is_never_dropped_is_left(plan):
    planned = [
        item("early", -9, minutes=1),
        item("own", -1, minutes=1),
        {**item("sleep", -1, "useful"), "always": True},
    ]
    result = plan(items=planned, interview=INTERVIEW, today=shift(INTERVIEW, -1), minutesLeft=0)
    assert days(result) == {shift(INTERVIEW, -1): ["sleep"]}
    assert {note["item"]["id"]: note["why"] for note in result["misfits"]} == dict.fromkeys(
        ["early", "own"], "It takes 1 minutes, and too little of today is left."
    )


def test_nothing_small_and_far_away_takes_the_last_minutes(plan):
    planned = [item("letter", -9, minutes=2), item("far", -7), item("near", -3), item("own", -1)]
    result = plan(items=planned, interview=INTERVIEW, today=shift(INTERVIEW, -1), limit=70)
    assert days(result) == {shift(INTERVIEW, -1): ["own", "near"]}
    assert names(result["misfits"]) == ["far", "letter"]


def test_once_the_interview_has_begun_nothing_is_to_be_prepared(plan):
    planned = [item("early", -3), {**item("papers", -1), "always": True}, item("answer", 0, of="on-the-day")]
    result = plan(items=planned, interview=INTERVIEW, today=INTERVIEW, minutesLeft=-1)
    assert days(result) == {INTERVIEW: ["answer"]}
    assert result["dropped"] == result["misfits"] == []


# ---------------------------------------------------------------- days that nobody means


@pytest.mark.parametrize("wrong", ["2427-03-09", "9999-12-31", "0000-01-01", "0099-06-30", "1999-03-30", "2037-04-01"])
def test_a_day_more_than_ten_years_off_is_not_planned_item_by_item(plan, items, wrong):
    result = plan(items=items, interview=wrong, today="2027-03-30", decision=wrong, outcomeDay="2027-03-30")
    assert result["far"]
    assert not any(result[part] for part in ("rows", "past", "dropped", "misfits", "undated", "compressed", "decision"))


@pytest.mark.parametrize("interview", ["2017-03-31", "2037-03-29"])
def test_a_day_within_ten_years_is_planned(plan, items, interview):
    result = plan(items=items, interview=interview, today="2027-03-30")
    assert not result["far"] and result["rows"]


@pytest.mark.parametrize("wrong", ["9999-12-31", "2427-03-09", "0000-01-01"])
def test_a_promised_date_that_nobody_means_moves_nothing(plan, wrong):
    chase = item("waiting-chase-once", 9, of="waiting")
    result = plan(items=[chase], interview=INTERVIEW, today=INTERVIEW, decision=wrong)
    assert days(result) == {shift(INTERVIEW, 9): ["waiting-chase-once"]}


# ---------------------------------------------------------------- any items


def random_items(chance: random.Random):
    """Items that no content has: of any list, length and need, on any day, some never dropped."""
    places = {"invited": (-12, -1), "week-before": (-8, 0), "on-the-day": (0, 0), "waiting": (0, 20)}
    return [
        {
            **item(f"i{n}", chance.randint(*places[of]), chance.choice(["essential", "useful", "odd"]), of=of),
            "minutes": chance.choice([None, 1, 5, 20, 50, 200]),
            "always": chance.random() < 0.2,
        }
        for n, of in enumerate(chance.choices(list(places), k=chance.randint(1, 40)))
    ]


def random_days(chance: random.Random, *ahead):
    items = random_items(chance)
    return {
        "items": items,
        "interview": INTERVIEW,
        "today": shift(INTERVIEW, -chance.choice(ahead)),
        "ticked": [item["id"] for item in items if chance.random() < 0.1],
        "limit": chance.choice([1, 30, 150]),
        "minutesLeft": chance.choice([None, 0, 3, 40, 400]),
    }


@pytest.mark.parametrize("priority", ["essential", "useful"])
@pytest.mark.parametrize("ahead", [1, 2, 5])
def test_what_is_never_dropped_yields_to_nothing_on_its_day_or_after_it(plan, priority, ahead):
    today = shift(INTERVIEW, -ahead)
    always = [{**item(name, when, priority), "always": True} for name, when in (("own", -1), ("overdue", -9))]
    crowd = [item(f"i{n}", -7) for n in range(20)] + [item("nice", -1, "useful")]
    result = plan(items=[*crowd, *always], interview=INTERVIEW, today=today, limit=20)
    coming = days(result)
    assert "own" in coming[shift(INTERVIEW, -1)] and "overdue" in coming[today]
    assert len(result["misfits"]) == 20


@pytest.mark.parametrize("seed", range(40))
def test_what_is_never_dropped_has_a_day_in_any_plan(plan, seed):
    options = random_days(random.Random(seed), *range(-5, 15))
    result = plan(**options)
    coming = {item["id"] for row in result["rows"] for item in row["items"]}
    gone = {*names(result["dropped"]), *names(result["misfits"])}
    for always in (item for item in options["items"] if item["always"]):
        assert always["id"] not in gone
        if always["id"] not in options["ticked"] and options["today"] <= INTERVIEW:
            assert always["id"] in coming
    assert len(gone) + sum(len(row["items"]) for row in [*result["rows"], *result["past"]]) == len(options["items"])


@pytest.mark.parametrize("seed", range(40))
def test_when_it_is_today_or_tomorrow_need_comes_before_all_else(plan, seed):
    options = random_days(random.Random(seed), 0, 1)
    result = plan(**options)
    for row in (row for row in result["rows"] if row["offset"] <= 0):
        before = [item for item in row["items"] if item["list"] not in AFTER]
        needs = [
            0 if item["always"] else 3 if not prepares(item) else 1 + (item["priority"] == "useful") for item in before
        ]
        assert needs == sorted(needs)
        assert row["items"][: len(before)] == before


@pytest.mark.parametrize("seed", range(40))
def test_when_it_is_today_or_tomorrow_the_time_that_is_left_is_kept_to(plan, seed):
    options = random_days(random.Random(seed), 0, 1)
    result = plan(**options)
    kept = [item for row in result["rows"] for item in row["items"] if prepares(item) and not item["ticked"]]
    limit = min(options["limit"], 75 if options["today"] == INTERVIEW else 150)
    limit = limit if options["minutesLeft"] is None else min(limit, options["minutesLeft"])
    assert sum(item["minutes"] or 10 for item in kept) <= limit or all(item["always"] for item in kept)

    # What is left out stands no closer to the interview than what is kept of its kind.
    for out, useful in ((result["misfits"], False), (result["dropped"], True)):
        same = [item["when"] for item in kept if not item["always"] and (item["priority"] == "useful") is useful]
        assert all(note["item"]["when"] <= min(same, default=0) for note in out if prepares(note["item"]))


# ---------------------------------------------------------------- any plan


def random_options(chance: random.Random, items):
    return {
        "items": [item for item in items if chance.random() < 0.8],
        "interview": INTERVIEW,
        "today": shift(INTERVIEW, chance.randint(-12, 14)),
        "ticked": [item["id"] for item in items if chance.random() < chance.choice([0, 0.2, 0.7])],
        "lists": [slug for slug in {item["list"] for item in items} if chance.random() < 0.9],
        "limit": chance.choice([20, 60, 100, 150, 1000]),
        "outcomeDay": chance.choice([None, shift(INTERVIEW, 10)]),
    }


@pytest.mark.parametrize("seed", range(40))
def test_any_plan_keeps_its_promises(plan, items, seed):
    options = random_options(random.Random(seed), items)
    result = plan(**options)
    in_rows = {part: [(row, item) for row in result[part] for item in row["items"]] for part in ("rows", "past")}

    # Every item once.
    found = [item["id"] for part in in_rows.values() for _, item in part]
    found += [*names(result["dropped"]), *names(result["misfits"]), *(item["id"] for item in result["undated"])]
    assert sorted(found) == sorted(item["id"] for item in options["items"] if item["list"] in options["lists"])

    # Rows in order, from today on; preparation never after the interview day; nothing open is left in the past.
    assert [row["day"] for row in result["rows"]] == sorted({row["day"] for row in result["rows"]})
    assert all(row["day"] >= options["today"] for row in result["rows"])
    assert all(row["day"] < options["today"] and row["past"] for row in result["past"])
    assert all(row["day"] <= INTERVIEW for row, item in in_rows["rows"] if prepares(item))
    if options["today"] <= INTERVIEW:
        assert all(item["ticked"] for _, item in in_rows["past"])

    # Only useful items are dropped, only essential ones do not fit, and each says why.
    assert all(note["item"]["priority"] == "useful" and note["why"] for note in result["dropped"])
    assert all(note["item"]["priority"] == "essential" and note["why"] for note in result["misfits"])


@pytest.mark.parametrize("seed", range(40, 60))
def test_no_day_gets_more_than_the_limit_by_moving_and_none_with_room_is_overlooked(plan, items, seed):
    chance = random.Random(seed)
    options = {**random_options(chance, items), "today": shift(INTERVIEW, -chance.randint(2, 6))}
    result = plan(**options)

    def load(row, which=lambda item: True):
        open_ = [item for item in row["items"] if prepares(item) and not item["ticked"] and which(item)]
        return sum(item["minutes"] or 10 for item in open_)

    def stays(item):
        return item["always"] or item["priority"] == "essential"

    before = {row["day"]: row for row in result["rows"] if row["offset"] < 0}
    for row in before.values():
        if any(item["movedFrom"] for item in row["items"]):
            assert load(row) <= options["limit"] + 1e-6
    every_day = [shift(options["today"], n) for n in range(result["daysLeft"])]
    for note in result["misfits"]:
        if prepares(note["item"]):
            spare = [options["limit"] - (load(before[day], stays) if day in before else 0) for day in every_day]
            assert max(spare) < (note["item"]["minutes"] or 10)
