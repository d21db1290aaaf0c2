"""The planner's days: a timeline to tick, honest when time is short, and a file for the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from playwright.sync_api import expect

from macros.days import MONTHS

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)  # a Monday
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SET = """async ([interview, people]) => {
  const { update } = await import("../../assets/js/store.js");
  update(({ plan }) => { Object.assign(plan.interview, interview); plan.people = people; });
}"""


def in_days(days):
    return (date(2027, 3, 1) + timedelta(days=days)).isoformat()


@pytest.fixture
def days(browser, address):
    """A function: the page as a reader sees it whose interview is in so many days."""
    contexts = []

    def visit(ahead, people=(), zone="UTC", at="09:00", **interview):
        contexts.append(browser.new_context(timezone_id=zone, accept_downloads=True))
        page = contexts[-1].new_page()
        page.clock.set_fixed_time(datetime.combine(NOW, time.fromisoformat(at), UTC))
        page.goto(f"{address}plan/days/")
        day = None if ahead is None else in_days(ahead)
        page.evaluate(SET, [{"day": day, "zone": "UTC", **interview}, list(people)])
        page.reload()
        expect(page.locator(".si-plan-days__say")).not_to_be_empty()
        return page

    yield visit
    for context in contexts:
        context.close()


def person(name, start):
    return {"id": name, "name": name, "role": "peer", "start": start, "minutes": 45}


def day(page, ahead):
    """The section of a day of the timeline."""
    then = date(2027, 3, 1) + timedelta(days=ahead)
    written = f"{WEEKDAYS[then.weekday()]} {then.day} {MONTHS[then.month - 1]}"
    return page.locator(".si-plan-days .si-checklist", has=page.get_by_role("heading", name=written))


def test_without_a_day_it_asks_for_one(days):
    page = days(None)
    expect(page.locator(".si-plan-days__say")).to_contain_text("When is your interview?")
    expect(page.get_by_role("button", name="Add to my calendar")).to_be_hidden()


def test_a_month_ahead_everything_has_its_day_and_nothing_is_left_out(days, catalog):
    page = days(30)
    expect(page.locator(".si-plan-days__say")).to_have_text("Your interview is on Wednesday 31 March, in 30 days.")
    expect(page.locator(".si-plan-days__gone")).to_be_empty()
    for slug in ("week-before", "day-before", "on-the-day"):
        for item in catalog.checklists[slug].items:
            if item.when is not None:
                expect(
                    day(page, 30 + item.when).get_by_role("checkbox", name=f"{item.text} {item.code}", exact=True)
                ).to_be_attached()
    assert page.locator(".si-plan-days [data-item]").count() > 60
    expect(page.get_by_role("checkbox", name=catalog.checklists["video"].items[0].text)).to_have_count(0)


def test_a_video_interview_brings_its_list(days, catalog):
    page = days(30, format="video")
    expect(page.get_by_role("checkbox", name=catalog.checklists["video"].items[0].text)).to_have_count(1)


def test_three_days_left_says_what_moved_and_what_to_drop(days, catalog):
    page = days(3)
    expect(page.locator(".si-plan-days__say")).to_contain_text(
        "in 3 days. Fewer days are left than the plan is made for"
    )
    dropped = page.locator(".si-plan-days__gone").inner_text()
    assert "Leave these out" in dropped
    shown = page.locator(".si-plan-days__list").inner_text()
    for slug in ("invited", "week-before", "day-before"):
        for item in catalog.checklists[slug].items:
            assert (item.text in shown) != (item.text in dropped), item.text
    expect(day(page, 0)).to_be_visible()
    assert "moved from" in shown


def test_tomorrow_still_fits_today(days):
    page = days(1)
    expect(page.locator(".si-plan-days__say")).to_contain_text("Your interview is on Tuesday 2 March, in 1 day.")
    expect(day(page, 0).get_by_role("heading")).to_contain_text("Today, Monday 1 March")


# ---------------------------------------------------------------- today is all there is


BEFORE = ("invited", "week-before", "day-before")


def never_dropped(catalog, of=BEFORE):
    """The ids of what comes first, what stands closest to the interview at their head."""
    always = [item for slug in of for item in catalog.checklists[slug].items if item.always]
    return [item.id for item in sorted(always, key=lambda item: -item.when)]


def to_do(page):
    """The ids of the boxes that show, in their order, none of them in a fold."""
    return page.locator(".si-plan-days__list > section [data-item]").evaluate_all(
        "all => all.map((one) => one.dataset.item)"
    )


def left_out(page):
    return page.locator(".si-plan-days__gone").text_content()


LAST_HOURS = {
    "the morning before": (1, "09:00", None),
    "the evening before": (1, "21:00", None),
    "late the evening before": (1, "23:00", None),
    "the night before": (0, "01:00", "09:00"),
    "an hour before": (0, "07:00", "08:00"),
    "the day itself, time not known": (0, "07:00", None),
}


@pytest.mark.parametrize("hour", LAST_HOURS, ids=lambda hour: hour.replace(" ", "-"))
def test_what_is_never_dropped_comes_first_and_is_not_left_out(days, catalog, hour):
    ahead, at, start = LAST_HOURS[hour]
    page = days(ahead, [person("Ana", start or "")], at=at)
    always = never_dropped(catalog, BEFORE if ahead else (*BEFORE, "on-the-day"))
    assert len(always) > 2
    assert to_do(page)[: len(always)] == always
    text = left_out(page)
    assert not [
        item.text
        for record in catalog.checklists.values()
        for item in record.items
        if item.always and item.text in text
    ]


@pytest.mark.parametrize("hour", ["late the evening before", "the night before", "an hour before"])
def test_with_no_time_left_to_prepare_nothing_else_is(days, catalog, hour):
    ahead, at, start = LAST_HOURS[hour]
    page = days(ahead, [person("Ana", start or "")], at=at)
    prepared = [item.id for slug in BEFORE for item in catalog.checklists[slug].items]
    assert [id_ for id_ in to_do(page) if id_ in prepared] == never_dropped(catalog)


@pytest.mark.parametrize("hour", LAST_HOURS, ids=lambda hour: hour.replace(" ", "-"))
def test_what_is_to_do_is_not_longer_than_what_can_be_done(days, hour):
    """What is left out, and what comes after today, is folded: the page was 20 screens of a phone long."""
    ahead, at, start = LAST_HOURS[hour]
    page = days(ahead, [person("Ana", start or "")], at=at)
    folds = page.locator(".si-plan-days details")
    expect(folds.first).to_be_visible()
    expect(page.locator(".si-plan-days details[open]")).to_have_count(0)
    expect(page.locator(".si-plan-days details li:visible")).to_have_count(0)
    parts = page.locator(".si-plan-days__list, .si-plan-days__gone").evaluate_all(
        "all => all.map((one) => one.className)"
    )
    assert parts == ["si-plan-days__list", "si-plan-days__gone"]


def test_what_the_reader_has_unfolded_stays_open_when_a_box_is_ticked(days):
    page = days(1)
    page.get_by_text("The interview day, and after it").click()
    box = page.locator(".si-plan-days__list details [data-item]").first
    box.check()
    expect(page.locator(".si-plan-days details[open]")).to_have_count(1)
    expect(box).to_be_checked()
    expect(box).to_be_visible()


def test_once_the_interview_has_begun_nothing_is_left_to_prepare(days, catalog):
    page = days(0, [person("Ana", "11:00")], at="11:05")
    assert not set(never_dropped(catalog, of=["day-before"])) & set(to_do(page))
    expect(page.locator(".si-plan-days__gone")).to_be_empty()


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/Los_Angeles"])
def test_the_last_hours_are_those_of_the_reader(days, catalog, zone):
    """At 09:30 UTC it is late the evening before in Apia, and the night before in Los Angeles."""
    page = days(0, [person("Ana", "20:00")], zone, at="09:30")
    prepared = [item.id for slug in BEFORE for item in catalog.checklists[slug].items]
    assert [id_ for id_ in to_do(page) if id_ in prepared] == never_dropped(catalog)


def test_the_printed_plan_and_the_calendar_begin_with_the_same(days, address, catalog, tmp_path):
    page = days(1)
    first = never_dropped(catalog)
    texts = {item.id: item.text for record in catalog.checklists.values() for item in record.items}
    with page.expect_download() as download:
        page.get_by_role("button", name="Add to my calendar").click()
    download.value.save_as(tmp_path / "plan.ics")
    events = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
    (eve,) = [event for event in events if event.decoded("DTSTART") == NOW.date()]
    wanted = [texts[id_] for id_ in first]
    assert str(eve["DESCRIPTION"]).split("\n")[: len(first)] == [f"• {text}" for text in wanted]
    page.goto(f"{address}plan/print/")
    today = page.locator(".si-preview .si-part", has=page.get_by_text("Today", exact=False)).first
    expect(today.locator(".si-todo__text").first).to_be_attached()
    assert today.locator(".si-todo__text").all_text_contents()[: len(first)] == wanted


# ---------------------------------------------------------------- a day that nobody means

# The pages that read the plan, and what each still has: the people, or the moment that the plan is at.
STILL_THERE = {
    "plan/": ".si-plan__people > li:nth-child(2)",
    "plan/kit/": ".si-plan-kit input >> nth=0",
    "plan/day/": ".si-plan-day:has-text('Ana')",
    "plan/print/": ".si-preview .si-sheet:has-text('Bo') >> nth=0",
    "": ".si-stops [aria-current=step]",
}


@pytest.mark.parametrize(
    ("wrong", "zone", "side"),
    [
        ("2427-03-09", "UTC", "away"),
        ("9999-12-31", "Pacific/Apia", "away"),
        ("9999-12-31", "America/Los_Angeles", "away"),  # where it ends, the year 10000 has begun in UTC
        ("0000-01-01", "Pacific/Apia", "ago"),  # where it begins, UTC is still before the year 0
        ("0000-01-01", "America/Los_Angeles", "ago"),
        ("1999-12-31", "UTC", "ago"),
    ],
)
def test_a_year_that_nobody_means_kills_no_page(page, address, wrong, zone, side):
    """An error of a script fails the test as well."""
    page.clock.set_fixed_time(NOW)
    page.goto(f"{address}plan/days/")
    people = [person("Ana", "00:10"), person("Bo", "23:50")]
    page.evaluate(SET, [{"day": wrong, "zone": zone, "decision": wrong}, people])
    say = page.locator(".si-plan-days__say")
    expect(say).to_contain_text(f"{wrong[:4]}. That is more than ten years {side}")
    expect(say.get_by_role("link")).to_have_attribute("href", f"{address}plan/")
    expect(page.locator(".si-plan-days [data-item]")).to_have_count(0)
    expect(page.get_by_role("button", name="Add to my calendar")).to_be_hidden()
    for path, what in STILL_THERE.items():
        page.goto(address + path)
        expect(page.locator(what)).to_be_visible()
        if path == "plan/print/":
            expect(page.locator(".si-plan-print__said")).to_contain_text("more than ten years")


def test_a_promised_date_that_nobody_means_leaves_the_calendar_whole(days, tmp_path):
    page = days(5, [person("Ana", "13:00")], decision="9999-12-31")
    with page.expect_download() as download:
        page.get_by_role("button", name="Add to my calendar").click()
    download.value.save_as(tmp_path / "plan.ics")
    events = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
    assert any("Ana" in str(event["SUMMARY"]) for event in events)


@pytest.mark.parametrize("wrong", ["20275-03-09", "+020275-03-09", "2027-02-30", "soon"])
def test_a_day_that_is_none_is_asked_for(days, wrong):
    page = days(None)
    page.evaluate(SET, [{"day": wrong}, []])
    page.reload()
    expect(page.locator(".si-plan-days__say")).to_contain_text("When is your interview?")


# ---------------------------------------------------------------- after it


def test_yesterday_leaves_what_comes_after(days, catalog):
    page = days(-1)
    expect(page.locator(".si-plan-days__say")).to_contain_text("Your interview was on Sunday 28 February, 1 day ago.")
    first = catalog.checklists["within-24-hours"].items[0]
    expect(page.locator(".si-plan-days__list > section").get_by_role("checkbox", name=first.text)).to_be_visible()
    expect(page.get_by_text("Days that have passed")).to_be_visible()


def test_a_tick_is_the_same_on_the_checklist_and_moves_nothing_away(days, address, catalog):
    page = days(3)
    box = day(page, 0).get_by_role("checkbox").first
    words = box.locator("xpath=..").locator("span").inner_text()
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    slug = next(slug for slug, record in catalog.checklists.items() for item in record.items if item.text == words)
    page.goto(f"{address}checklists/{slug}/")
    expect(page.get_by_role("checkbox", name=words)).to_be_checked()


ROWS = """() => Object.fromEntries([...document.querySelectorAll(".si-checklist label")].map((label) => {
  const [box, text, code] = label.children;
  const words = document.createRange();
  words.selectNodeContents(text);
  const line = words.getClientRects()[0];
  const place = (element) => Math.round(element.getBoundingClientRect().top - line.top);
  const { width, height } = label.getBoundingClientRect();
  return [code.textContent, [Math.round(width), Math.round(height), place(box), place(code)]];
}))"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_row_is_laid_out_as_on_its_checklist(days, address, catalog, width):
    page = days(5)
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    rows = page.evaluate(ROWS)
    assert len(rows) > 60
    listed = {}
    for slug, record in catalog.checklists.items():
        if any(item.code in rows for item in record.items):
            page.goto(f"{address}checklists/{slug}/")
            listed |= page.evaluate(ROWS)
    assert rows == {code: row for code, row in listed.items() if code in rows}
    assert all(abs(box) < 8 and abs(code) < 8 for *_, box, code in rows.values())


def test_the_promised_date_and_the_outcome_move_what_follows(days, catalog):
    page = days(5)
    page.get_by_label("They promised to decide by").fill(in_days(14))
    chase = next(item for item in catalog.checklists["waiting"].items if item.id == "waiting-chase-once")
    expect(day(page, 16).get_by_role("checkbox", name=chase.text)).to_be_visible()
    page.get_by_label("What they decided").select_option("no-offer")
    expect(page.get_by_role("checkbox", name=catalog.checklists["no-offer"].items[0].text)).to_be_visible()


def test_two_tabs_show_the_same(days):
    page = days(30)
    other = page.context.new_page()
    other.clock.set_fixed_time(NOW)
    other.goto(page.url)
    box = other.locator(".si-plan-days__list [data-item]").first
    box.check()
    expect(page.locator(f"[data-item={box.get_attribute('data-item')}]")).to_be_checked()


@pytest.mark.parametrize(("zone", "ahead"), [("UTC", 10), ("Asia/Tokyo", 3), ("America/Los_Angeles", 0)])
def test_the_calendar_file_is_read_back_whole_and_rings_never_in_the_past(days, tmp_path, zone, ahead):
    people = [person("Ana", "13:00"), person("Bo", "14:00")]
    page = days(ahead, people, zone, company="Northwind", job="Analyst")
    with page.expect_download() as download:
        page.get_by_role("button", name="Add to my calendar").click()
    assert download.value.suggested_filename == "second-interview.ics"
    download.value.save_as(tmp_path / "plan.ics")
    read = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
    events = read.walk("VEVENT")
    talks = {str(event["SUMMARY"]): event for event in events if isinstance(event.decoded("DTSTART"), datetime)}
    (ana,) = [event for title, event in talks.items() if "Ana" in title]
    assert ana.decoded("DTSTART") == datetime(2027, 3, 1, 13, 0, tzinfo=UTC) + timedelta(days=ahead)
    for event in events:
        start = event.decoded("DTSTART")
        for alarm in event.walk("VALARM"):
            if isinstance(start, datetime):
                assert start + alarm.decoded("TRIGGER") > NOW
            else:
                assert start >= NOW.date()


def test_nothing_to_come_makes_no_file(days):
    page = days(-300)
    for box in page.locator(".si-plan-days__list > section [data-item]").all():
        box.check()
    page.reload()
    page.get_by_role("button", name="Add to my calendar").click()
    expect(page.locator(".si-plan-days__file")).to_contain_text("Nothing is left to come")


def test_paper_shows_the_timeline_and_no_controls(days, tmp_path):
    import pypdfium2

    page = days(9)
    page.pdf(path=str(tmp_path / "days.pdf"), format="Letter")
    sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(tmp_path / "days.pdf")]
    assert all(text.strip() for text in sheets)
    assert "Add to my calendar" not in "".join(sheets)
    assert "Wednesday 10 March" in "".join(sheets)


def test_without_scripts_the_page_says_what_it_would_do_and_gives_the_checklists(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}plan/days/")
    expect(page.locator(".si-plan__plain")).to_contain_text("With JavaScript on, this page puts the items")
    expect(page.locator(".si-plan__plain").get_by_role("link", name="checklists")).to_be_visible()
    context.close()
