"""What the browser remembers: nothing is lost, whatever happens to it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

KEY = "second-interview"


@pytest.fixture
def plan(page, address):
    """The planner with one person in it."""
    page.goto(f"{address}plan/")
    page.get_by_role("button", name="Add a person").click()
    page.locator(".si-plan__people").get_by_label("Name").fill("Ana Lima")
    expect(page.locator(".si-saved")).to_be_visible()  # its script is there
    return page


# ---------------------------------------------------------------- versions and damage


@pytest.mark.parametrize(
    "old",
    [
        {"ticks": {"a": "2026-01-01"}},
        {"version": 1, "ticks": {"a": "2026-01-01"}, "scheme": None},
        {"version": 2, "ticks": {"a": "2026-01-01"}, "print": {"order": "duplex", "offset": [1, 2], "chosen": ["x"]}},
        {"version": 3, "ticks": {"a": "2026-01-01"}, "plan": {"people": [{"id": "p1", "name": "Ana"}]}},
        {"version": 4, "ticks": {"a": "2026-01-01"}, "plan": {"people": [{"id": "p1", "name": "Ana", "letter": "Hi"}]}},
    ],
)
def test_every_version_becomes_todays_and_keeps_what_it_had(modules, old):
    new = modules("record.js", "migrate", old)
    assert new["version"] == 4
    assert new["ticks"] == old["ticks"]
    assert new["print"]["chosen"] == old.get("print", {}).get("chosen", [])
    assert [person["name"] for person in new["plan"]["people"]] == [
        person["name"] for person in old.get("plan", {}).get("people", [])
    ]
    assert modules("record.js", "migrate", new) == new


@pytest.mark.parametrize(
    ("part", "value", "left"),
    [
        ("interview", {"day": "2027-02-31", "company": "Northwind"}, {"day": None, "company": "Northwind"}),
        ("interview", {"day": 7, "format": "fax"}, {"day": None, "format": None}),
        ("people", [{"id": "a", "name": 3, "hook": "kept"}], [{"id": "a", "name": "", "hook": "kept"}]),
        ("people", [{"name": "nobody"}, {"id": "b"}, {"id": "b"}], [{"id": "b"}]),
        ("people", "twelve", []),
        ("hands", {"a": ["x", 1, "x"], "b": "y"}, {"a": ["x"], "b": []}),
        ("doubts", [{"id": "d", "settled": "yes", "doubt": "x"}], [{"id": "d", "settled": False, "doubt": "x"}]),
        ("twice", ["x"], None),
        ("kit", {"copies": -1, "pieces": None}, {"copies": None, "pieces": []}),
    ],
)
def test_a_damaged_part_takes_nothing_else_with_it(modules, part, value, left):
    cleaned = modules("record.js", "clean", {"ticks": {"a": "2026-01-01"}, "plan": {part: value}})
    assert cleaned["ticks"] == {"a": "2026-01-01"}

    def holds(found, wanted):
        if isinstance(wanted, dict):
            return all(holds(found[key], one) for key, one in wanted.items())
        if isinstance(wanted, list):
            return len(found) == len(wanted) and all(map(holds, found, wanted))
        return found == wanted

    assert holds(cleaned["plan"][part], left), cleaned["plan"][part]


# ---------------------------------------------------------------- files that are taken over

SOUND = {"version": 4, "ticks": {"a": "2026-01-01"}}
BROKEN = {
    "empty": "",
    "not JSON": "Dear diary",
    "cut off": json.dumps(SOUND)[:-4],
    "a list": "[]",
    "a number": "42",
    "null": "null",
    "a text": '"second-interview"',
    "an HTML page": "<!doctype html><title>x</title>",
    "a calendar": "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
    "a picture": "\x89PNG\r\n\x1a\n",
    "a package file": json.dumps({"name": "x", "version": "1.0.0"}),
    "another site's record": json.dumps({"todos": [{"id": 1}]}),
    "no ticks": json.dumps({"version": 3}),
    "ticks as a list": json.dumps({"version": 3, "ticks": []}),
    "ticks that are no days": json.dumps({"version": 3, "ticks": {"a": {"b": 1}}}),
    "a version below zero": json.dumps({**SOUND, "version": -1}),
    "half a version": json.dumps({**SOUND, "version": 2.5}),
    "a version to come": json.dumps({**SOUND, "version": 99}),
    "people as a text": json.dumps({**SOUND, "plan": {"people": "Ana"}}),
    "a person without an id": json.dumps({**SOUND, "plan": {"people": [{"name": "Ana"}]}}),
    "two people with one id": json.dumps({**SOUND, "plan": {"people": [{"id": "a"}, {"id": "a"}]}}),
    "a day that is none": json.dumps({**SOUND, "plan": {"interview": {"day": "2027-13-01"}}}),
    "hands of a wrong kind": json.dumps({**SOUND, "plan": {"hands": {"a": "x"}}}),
    "an unknown pile": json.dumps({**SOUND, "practice": {"piles": {"a": "lost"}}}),
}


def test_every_broken_file_is_refused_with_a_sentence_and_nothing_changes(plan, tmp_path):
    before = plan.evaluate(f"localStorage.getItem('{KEY}')")
    said = plan.locator(".si-saved [role=status]")
    for name, text in BROKEN.items():
        said.evaluate("(one) => one.replaceChildren()")  # what was said of the file before
        file = tmp_path / f"{name}.json"
        file.write_bytes(text.encode("latin-1"))
        plan.locator(".si-saved input[type=file]").set_input_files(file)
        expect(said).to_contain_text(re.compile(r"not a file of this site|damaged at “.+”|newer version of the site"))
        expect(said).to_contain_text("Nothing here has changed. Saved here now: 0 ticks, 0 cards chosen")
        assert plan.evaluate(f"localStorage.getItem('{KEY}')") == before, name
        expect(plan.locator(".si-plan__people").get_by_label("Name")).to_have_value("Ana Lima")


def exported(page, tmp_path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "saved.json")
    return tmp_path / "saved.json"


def test_a_saved_file_brings_the_whole_plan_to_another_browser(plan, browser, address, tmp_path):
    plan.get_by_label("Company").fill("Northwind")
    file = exported(plan, tmp_path)
    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{address}plan/")
    expect(other.locator(".si-saved")).to_be_visible()  # its script is there
    other.locator(".si-saved input[type=file]").set_input_files(file)
    expect(other.get_by_label("Company")).to_have_value("Northwind")
    expect(other.locator(".si-plan__people").get_by_label("Name")).to_have_value("Ana Lima")
    other.get_by_role("button", name="Undo").click()
    expect(other.get_by_label("Company")).to_have_value("")
    context.close()


@pytest.mark.parametrize(
    ("choice", "name"), [("Keep the plan that is here", "Bo"), ("Take the plan of the file", "Ana Lima")]
)
def test_of_two_plans_the_reader_chooses_one(plan, tmp_path, choice, name):
    file = exported(plan, tmp_path)
    plan.locator(".si-plan__people").get_by_label("Name").fill("Bo")
    plan.locator(".si-saved input[type=file]").set_input_files(file)
    expect(plan.locator(".si-saved [role=status]")).to_contain_text("Both the file and this browser have a plan.")
    plan.get_by_role("button", name=choice).click()
    expect(plan.locator(".si-plan__people").get_by_label("Name")).to_have_value(name)


# ---------------------------------------------------------------- two tabs, no room, no leave


def test_two_tabs_lose_nothing_of_each_other(plan, address):
    other = plan.context.new_page()
    other.goto(f"{address}plan/")
    plan.get_by_label("Company").fill("Northwind")
    other.get_by_label("Job", exact=True).fill("Analyst")
    other.get_by_role("button", name="Add a person").click()
    other.locator(".si-plan__people > li").nth(1).get_by_label("Name").fill("Bo")
    plan.locator(".si-plan__people > li").nth(0).get_by_label("Title or team").fill("Data")
    for tab in (plan, other):
        expect(tab.get_by_label("Company")).to_have_value("Northwind")
        expect(tab.get_by_label("Job", exact=True)).to_have_value("Analyst")
        people = tab.locator(".si-plan__people > li")
        expect(people).to_have_count(2)
        expect(people.nth(0).get_by_label("Name")).to_have_value("Ana Lima")
        expect(people.nth(0).get_by_label("Title or team")).to_have_value("Data")
        expect(people.nth(1).get_by_label("Name")).to_have_value("Bo")


def test_what_another_tab_saves_does_not_overwrite_what_is_being_typed(plan, address):
    other = plan.context.new_page()
    other.goto(f"{address}plan/")
    plan.bring_to_front()
    company = plan.get_by_label("Company")
    company.press_sequentially("North")
    other.get_by_label("Place").fill("Berlin")
    company.press_sequentially("wind")
    expect(company).to_have_value("Northwind")
    expect(plan.get_by_label("Place")).to_have_value("Berlin")
    expect(other.get_by_label("Company")).to_have_value("Northwind")


def test_a_full_storage_is_said_and_what_was_typed_is_saved_once_there_is_room(plan, tmp_path):
    plan.evaluate("""() => {
      window.set = Storage.prototype.setItem;
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    plan.get_by_label("Company").fill("Northwind")
    plan.get_by_label("Place").fill("Berlin")
    expect(plan.locator(".si-plan__said")).to_contain_text("Not saved: this browser has no room left")
    expect(plan.get_by_label("Company")).to_have_value("Northwind")
    saved = json.loads(exported(plan, tmp_path).read_text("utf-8"))
    assert saved["plan"]["interview"]["company"] == "Northwind" and saved["plan"]["people"][0]["name"] == "Ana Lima"
    plan.evaluate("() => { Storage.prototype.setItem = window.set; }")
    plan.get_by_label("Job", exact=True).fill("Analyst")
    expect(plan.locator(".si-plan__said")).to_be_empty()
    plan.reload()
    for label, value in (("Company", "Northwind"), ("Place", "Berlin"), ("Job", "Analyst")):
        expect(plan.get_by_label(label, exact=True)).to_have_value(value)


def test_a_storage_that_is_really_full_loses_nothing_that_was_saved(plan):
    plan.evaluate("""() => {
      for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) {
        for (let n = 0; ; n += 1) {
          try { localStorage.setItem(`filler-${size}-${n}`, "x".repeat(size)); } catch { break; }
        }
      }
    }""")
    plan.get_by_label("Company").fill("A company with a name that does not fit any more")
    expect(plan.locator(".si-plan__said")).to_contain_text("no room left")
    plan.reload()
    expect(plan.locator(".si-plan__people").get_by_label("Name")).to_have_value("Ana Lima")


def test_a_forbidden_storage_is_said_and_the_page_still_works(page, address):
    page.add_init_script("""
      Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    """)
    page.goto(f"{address}plan/")
    page.get_by_role("button", name="Add a person").click()
    page.locator(".si-plan__people").get_by_label("Name").fill("Ana Lima")
    expect(page.locator(".si-plan__said")).to_contain_text("does not let the site save anything")
    page.get_by_role("button", name="Deal the questions").click()
    expect(page.locator(".si-plan__hands li li, .si-plan__hands ol > li")).to_have_count(3)


def test_what_cannot_be_read_is_set_aside_and_can_be_saved(page, address, tmp_path):
    page.goto(address)
    page.evaluate(f"localStorage.setItem('{KEY}', '{{broken')")
    page.goto(f"{address}plan/")
    page.get_by_label("Company").fill("Northwind")
    assert page.evaluate(f"localStorage.getItem('{KEY}-unreadable')") == "{broken"
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    download.value.save_as(tmp_path / "aside.txt")
    assert (tmp_path / "aside.txt").read_text("utf-8") == "{broken"


def test_a_record_of_a_newer_version_is_not_written_over(page, address):
    newer = json.dumps({"version": 99, "ticks": {"a": "2026-01-01"}, "novel": True})
    page.goto(address)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, newer])
    page.goto(f"{address}plan/")
    page.get_by_label("Company").fill("Northwind")
    expect(page.locator(".si-plan__said")).to_contain_text("this page is older than what is saved")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == newer


def test_erasing_can_be_undone(plan):
    plan.get_by_role("button", name="Erase everything").click()
    expect(plan.locator(".si-plan__people > li")).to_have_count(0)
    assert plan.evaluate(f"localStorage.getItem('{KEY}')") is None
    expect(plan.get_by_role("button", name="Undo")).to_be_focused()
    plan.get_by_role("button", name="Undo").click()
    expect(plan.locator(".si-plan__people").get_by_label("Name")).to_have_value("Ana Lima")
