"""The front page lights the moment that the reader's plan is at."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SET = """async (interview) => {
  const { update } = await import("./assets/js/store.js");
  update(({ plan }) => { Object.assign(plan.interview, interview); });
}"""


@pytest.mark.parametrize(
    ("day", "outcome", "moment"),
    [
        ("2027-03-20", None, "Invited"),
        ("2027-03-08", None, "Week before"),
        ("2027-03-03", None, "Week before"),
        ("2027-03-02", None, "Day before"),
        ("2027-03-01", None, "On the day"),
        ("2027-02-28", None, "Within 24 hours"),
        ("2027-02-20", None, "Waiting"),
        ("2027-02-20", "offer", "Outcome"),
    ],
)
def test_the_moment_of_the_plan_is_lit(page, address, day, outcome, moment):
    page.clock.set_fixed_time("2027-03-01T09:00:00Z")
    page.goto(address)
    page.evaluate(SET, {"day": day, "outcome": outcome})
    here = page.locator(".si-stops [aria-current=step]")
    expect(here).to_have_count(1)
    expect(here.locator("strong")).to_have_text(moment)
    page.reload()
    expect(here.locator("strong")).to_have_text(moment)
    page.set_viewport_size({"width": 390, "height": 844})
    lines = page.locator(".si-stops strong a").evaluate_all("(names) => names.map((name) => name.offsetHeight)")
    assert len(set(lines)) == 1, "a name is broken"


def test_without_a_day_no_moment_is_lit(page, address):
    page.goto(address)
    expect(page.locator(".si-stops > li")).to_have_count(7)
    expect(page.locator(".si-stops [aria-current]")).to_have_count(0)
