"""Dates read the same on every machine."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import html

from macros.days import day
from tests.test_repository import text_files


class ForeignDate(date):
    """A date of a machine that has another language, or another C library: what the system would write is wrong."""

    def strftime(self, _):
        return "2027年3月5日"

    __format__ = __str__ = strftime


@pytest.mark.parametrize("value", [ForeignDate(2027, 3, 5), date(2027, 3, 5), "2027-03-05"])
def test_a_date_reads_the_same_in_every_language_of_the_machine_and_as_text(value):
    assert day(value) == "5 March 2027"


@pytest.mark.parametrize(("text", "said"), [("2027-03", "March 2027"), ("2027-12", "December 2027"), ("2027", "2027")])
def test_a_month_or_a_year_is_said_without_what_is_not_known(text, said):
    assert day(text) == said


def test_every_month_has_its_name_and_no_day_a_zero():
    written = [day(date(2028, month, month)) for month in range(1, 13)]
    assert written[1] == "2 February 2028" and written[11] == "12 December 2028"
    assert len({re.fullmatch(r"[1-9]\d? ([A-Z][a-z]+) 2028", text)[1] for text in written}) == 12


def test_no_file_asks_the_system_to_write_a_date():
    """strftime, a date in a format string, or the names in `calendar`: all follow the machine."""
    asks = re.compile(r"strftime|\{[^{}\n]*:[^{}\n]*%[#-]?[a-zA-Z]|calendar\.(day|month)_")
    found = [name for name, text in text_files() if asks.search(text) and name != "tests/test_days.py"]
    assert found == []


def test_a_page_says_when_it_was_reviewed(site, catalog):
    """Every page whose front matter has the day; the same words on screen and on paper."""
    dated = {path: day_ for path in catalog.pages if (day_ := catalog.documents[path].at("reviewed"))}
    assert len(dated) > 50
    for path, reviewed in dated.items():
        file = site / path.removesuffix(".md").removesuffix("index") / "index.html"
        document = html.parse(str(file)).getroot()
        assert f"Reviewed {day(reviewed)}." in document.find_class("si-foot")[0].text_content(), path
        assert f"reviewed {day(reviewed)}" in document.find_class("si-colophon")[0].text_content(), path
