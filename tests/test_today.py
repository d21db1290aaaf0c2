"""Today is the day on the reader's own clock, whatever they do with it: UTC may be a day ahead or behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

SCRIPTS = sorted((Path(__file__).parent.parent / "docs" / "assets" / "js").glob("**/*.js"))

# Instants at which the reader's day is not that of UTC: zone, instant, the reader's day.
READERS = {
    "America/Los_Angeles": ("2027-03-02T03:30:00Z", "2027-03-01"),
    "Asia/Kolkata": ("2027-03-01T19:30:00Z", "2027-03-02"),
    "Pacific/Apia": ("2027-03-01T20:00:00Z", "2027-03-02"),
    "Europe/Istanbul": ("2026-12-31T22:30:00Z", "2027-01-01"),
}
SAVED = "async () => Object.values((await import('/second-interview/assets/js/store.js')).read().ticks)"
SET = """async (day) => {
  (await import('/second-interview/assets/js/store.js')).update(({ plan }) => { plan.interview.day = day; });
}"""


@pytest.fixture(params=READERS)
def reader(browser, request):
    """A page in a zone whose day is not that of UTC, and that day."""
    instant, day = READERS[request.param]
    context = browser.new_context(timezone_id=request.param)
    page = context.new_page()
    page.clock.set_fixed_time(instant)
    yield page, day
    context.close()


def tick_on_its_list(page, address, catalog):
    page.goto(f"{address}checklists/week-before/")
    expect(page.locator(".si-progress")).not_to_be_empty()
    page.locator(".si-checklist input").first.check()


def tick_as_a_guest(page, address, catalog):
    page.goto(f"{address}plan/kit/")
    expect(page.locator(".si-progress").first).not_to_be_empty()
    page.locator(".si-checklist input").first.check()


def tick_by_its_code(page, address, catalog):
    page.goto(f"{address}checklists/")
    page.locator("#si-codes").fill(catalog.checklists["week-before"].items[0].code)
    page.get_by_role("button", name="Tick them").click()
    expect(page.locator(".si-codes [role=status] p").first).to_be_visible()


def tick_in_the_planner(page, address, catalog):
    page.goto(f"{address}plan/days/")
    page.evaluate(SET, "2027-03-20")
    page.locator(".si-plan-days__list [data-item]").first.check()


WAYS = [tick_on_its_list, tick_as_a_guest, tick_by_its_code, tick_in_the_planner]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_tick_bears_the_day_of_the_reader(reader, address, catalog, way):
    page, day = reader
    way(page, address, catalog)
    assert page.evaluate(SAVED) == [day]


def test_the_planner_and_the_front_page_count_from_the_day_of_the_reader(reader, address):
    page, day = reader
    page.goto(f"{address}plan/days/")
    page.evaluate(SET, day)
    expect(page.locator(".si-plan-days__say")).to_contain_text(re.compile(r"Your interview is on .*, today\."))
    page.goto(address)
    expect(page.locator(".si-stops [aria-current=step] strong")).to_have_text("On the day")


# A day made of the present instant: by cutting its text, by its parts, in words, or on the clock of a zone.
NOW = r"(new Date\(\)|Date\.now\(\))"
ITS_DAY = r"\.(day\b|toISOString|toJSON|toLocale|getUTC(Date|Month|FullYear))"
A_DAY_OF_NOW = re.compile(rf"{NOW}[^;\n]*?{ITS_DAY}|\.get(Date|Month|FullYear)\(")
A_TICK = re.compile(r"ticks\[[^\]]+\] = (?!today\(\);)")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_but_one_works_out_today(script):
    """The kind: one day worked out in two places, which then differ. Each asks `today` of days.js."""
    text = script.read_text("utf-8")
    assert not A_TICK.findall(text)
    if script.name != "days.js":
        assert not A_DAY_OF_NOW.search(text)


@pytest.mark.parametrize(
    "line",
    [
        "const day = new Date().toISOString().slice(0, 10);",
        'wallClock(new Date(), "").day',
        "wallClock(Date.now(), zone).day",
        "new Date().toLocaleDateString('sv')",
        "const now = new Date();\nconst day = now.getDate();",
    ],
)
def test_another_way_to_work_out_today_is_noticed(line):
    assert A_DAY_OF_NOW.search(line)
