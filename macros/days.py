"""How a date reads. The only place that writes one: the system's own way follows the machine's language, and the day
without its zero is written differently on each system."""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date | str) -> str:
    """`5 March 2027`, of a date or of its text: engines other than MkDocs hand the dates of a page on as text.

    Of the text of a month, `2027-03`, it is `March 2027`, and of that of a year the year.
    """
    year, *rest = (value.isoformat() if isinstance(value, date) else value).split("-")
    if not rest:
        return year
    month, *days = map(int, rest)
    return " ".join([*map(str, days), MONTHS[month - 1], year])
