"""Records -> what stands on a sheet, as plain data for Typst: the same data make the same bytes."""

from __future__ import annotations

from datetime import date
from typing import Any

from macros import shop
from macros.catalog import AskDeck, Catalog, Item
from macros.days import day
from macros.pages import back_rows, front_notes, people
from macros.shop import Card, Sheet

LICENCE = "CC BY 4.0"
HOW = {  # `first`, `then` and `back` are pages, for turning the pile by hand
    "fold": "Print at 100 %, on one side only. Cut on the dashes, fold on the dots.",
    "duplex": "Print at 100 %, on both sides, flipped on the long edge. Cut on the dashes.",
    "stacked": "Print at 100 %, on one side: {first}; turn the pile like the page of a book; {then}. First try one "
    "leaf, 1 and {back}. If the printer stacks in reverse, print {then} in reverse order.",
    "single": "Print at 100 %, on one side only. Cut on the dashes.",
}
# Left of each line to write on.
BLANK_FRONT = ("Ask", "", "", "For whom")
BLANK_BACK = ("Why", "Listen for", "Then ask", "I heard", "")
POCKET_ROLES = ("recruiter", "hiring-manager", "peer", "executive", "cross-functional")
POCKET_LINES = {  # panel of the pocket edition -> what is written there by hand
    "My day": ("With", "On", "At", "Place or link", "Phone", "Ask for"),
    "My three stories": tuple(line for n in "123" for line in (n, "It shows", "What came of it")),
    "Who I met": ("Name", "They said") * 4 + ("Next step by",),
}
EMPTY = "This side is empty so that what follows begins on a leaf of its own."
TEST = {
    "how": (
        "Print this sheet at 100 %, on both sides, and flip it on the long edge.",
        "Hold it to the light with this side towards you. There must be a cross of the back on each of the five "
        "scales, and the word TOP at the top.",
        "Read the middle scale: how many mm the cross is off across, and how many up or down.",
        "Write both numbers at the foot. What you read here, type where you print cards on both sides: the backs then "
        "move into place.",
    ),
    "seen": (
        (
            "TOP is at the foot, and no cross is on a scale:",
            "the paper was flipped on the wrong edge. In the printer’s settings change “short edge” (or “flip up”, "
            "“tablet”) to “long edge” (or “flip over”, “book”), and print this sheet again.",
        ),
        (
            "TOP is at the top, and still no cross is on a scale:",
            "in the printer’s settings switch “mirror” off, and see that the paper named there is that in the tray.",
        ),
        (
            "Upper and lower crosses differ up or down by 1 mm or more, or left and right ones across:",
            "the back is stretched. Print again at 100 % or “Actual size”, not with “Fit to page”. The ruler of either "
            "side must be 100 mm long.",
        ),
        (
            "Left and right crosses differ up or down by 1 mm or more:",
            "the paper went in askew. Push the guides of the tray against the pile, and print again.",
        ),
    ),
    "write": ("Across:", "Up or down:"),
    "sign": shop.SIGN,
    "back": ("TOP", "This is the back. Hold the sheet to the light with the other side towards you."),
}


def create_content(catalog: Catalog, sheet: Sheet, site: str) -> dict[str, Any]:
    """All that a sheet shows. `site` is the site's address. Raises ValueError when its cards do not fit its paper."""
    parts = shop.packs(catalog, sheet) if sheet.kind == "pack" else [sheet]
    drawn = [_part(catalog, part, site) for part in parts]
    reviewed = max(part.pop("reviewed") for part in drawn)
    return {"title": sheet.title, "lang": catalog.language, "reviewed": reviewed.isoformat(), "parts": drawn}


def _part(catalog: Catalog, sheet: Sheet, site: str) -> dict[str, Any]:
    slug = sheet.subject.partition(":")[2]
    path, reviewed, more = PARTS[sheet.kind](catalog, sheet, slug)
    return {
        "kind": sheet.kind,
        "title": sheet.title,
        "page": shop.page_size(sheet),
        "address": f"{site.rstrip('/')}/{path}".partition("://")[2] if site else "",  # as people type it
        "licence": f"{LICENCE} · reviewed {day(reviewed)}",
        "organisation": sheet.organisation,
        "reviewed": reviewed,
        **more,
    }


Part = tuple[str, date, dict[str, Any]]  # the path of its page, its review date, what it alone shows


# ---------------------------------------------------------------- cards


def _cards(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    cards = shop.chosen(catalog, sheet)
    direction = sheet.subject.partition(":")[0]
    if direction == "role":
        path = f"ask/for/{slug}/"
    else:
        path = f"{direction}/{slug}/" if slug in getattr(catalog, direction) else f"{direction}/"
    return (
        path,
        max(deck.reviewed for _, deck in cards),
        {
            **_layout(catalog, sheet),
            "back_offset": sheet.back_offset,
            "back_text": sheet.back_text,
            "cards": [_card(catalog, card) for card in cards],
        },
    )


def _layout(catalog: Catalog, sheet: Sheet) -> dict[str, Any]:
    grid = shop.create_grid(sheet.card, sheet.paper, sheet.order)
    half = shop.pages(catalog, sheet) // 2
    how = HOW[sheet.order].format(first=_pages(1, half), then=_pages(half + 1, 2 * half), back=half + 1)
    return {"card": grid.card, "columns": grid.columns, "rows": grid.rows, "order": sheet.order, "how": how}


def _pages(first: int, last: int) -> str:
    return f"page {first}" if first == last else f"pages {first}–{last}"


def _card(catalog: Catalog, card: Card) -> dict[str, Any]:
    question, deck = card
    asking = isinstance(deck, AskDeck)
    terms = catalog.vocabulary.topics if asking else catalog.vocabulary.competencies
    return {
        "id": question.id,
        "code": question.code,
        "subject": terms[deck.subject].label,
        "question": question.question,
        "who": ("Ask: " if asking else "Asked by: ") + people(catalog, question),
        "notes": front_notes(catalog, question),
        "rows": [(label, [value] if isinstance(value, str) else value) for label, value in back_rows(question, asking)],
        "badge": _badge(catalog, question.sources),
        "write": "I heard" if asking else "My story",
    }


def _badge(catalog: Catalog, sources: tuple[str, ...]) -> dict[str, str] | None:
    kind = catalog.badge(sources)
    return {"kind": kind, "label": catalog.vocabulary.kinds[kind].label} if kind else None


def _blank(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    return (
        "print/",
        max(deck.reviewed for deck in catalog.ask.values()),
        {
            **_layout(catalog, sheet),
            "front": {"title": "A question of my own", "right": "", "lines": BLANK_FRONT},
            "back": {"title": "A question of my own", "right": "", "lines": BLANK_BACK},
        },
    )


# ---------------------------------------------------------------- full pages


def _checklist(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    record, moments = catalog.checklists[slug], catalog.vocabulary.moments
    sections = [
        {
            "title": section.title,
            "minutes": section.minutes,
            "items": [_item(catalog, item, sheet.full) for item in section.items],
        }
        for section in record.sections
    ]
    return (
        f"checklists/{slug}/",
        record.reviewed,
        {
            "moments": [term.label for term in moments.values()],
            "here": list(moments).index(record.moment) + 1,
            "about": f"Checklist · {len(record.items)} items",
            "sections": sections,
            # With the reasons there is no room to write; the short list has it.
            "words": None if sheet.full else record.words,
            "lines": record.lines.model_dump() if record.lines and not sheet.full else None,
        },
    )


def _item(catalog: Catalog, item: Item, full: bool) -> dict[str, Any]:
    return {
        "text": item.text,
        "code": item.code,
        "why": item.why if full else None,
        "badge": _badge(catalog, item.sources) if full and item.why else None,
    }


def _worksheet(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    record = catalog.worksheets[slug]
    return (
        _page_of(catalog, "worksheet", slug),
        record.reviewed,
        {"intro": record.intro, "parts": [part.model_dump() for part in record.parts]},
    )


def _session(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    record = catalog.sessions[slug]
    start, steps = 0, []
    for step in record.steps:
        steps.append({"from": start, "to": start + step.minutes, **step.model_dump(exclude={"minutes"})})
        start += step.minutes
    more = {"intro": record.intro, "about": f"Plan · {record.minutes} minutes", "steps": steps}
    return (
        _page_of(catalog, "session", slug),
        record.reviewed,
        {**more, "bring": record.bring, "after": record.after},
    )


def _page_of(catalog: Catalog, macro: str, slug: str) -> str:
    """The address of the first page that shows a record; a rule sees to it that there is one."""
    shown = ((page, call) for page in catalog.pages.values() for call in page.calls)
    page = next(page for page, call in shown if call.macro == macro and call.args == (slug,))
    return page.path.removesuffix(".md").removesuffix("index") + "/"


# ---------------------------------------------------------------- the pocket edition, the test


def _pocket(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    lists = catalog.checklists
    panels = [
        _written("My day"),
        _panel("The day before", _ticks(lists["day-before"].sections)),
        _panel("On the day", _ticks(lists["on-the-day"].sections[:2])),
        _panel("Before you leave", _ticks(lists["on-the-day"].sections[2:])),
        _panel("One question each", _one_each(catalog)),
        _written("My three stories"),
        _written("Who I met"),
        _panel("Within 24 hours", _ticks(lists["within-24-hours"].sections)),
    ]
    reviewed = max(lists[name].reviewed for name in ("day-before", "on-the-day", "within-24-hours"))
    return "checklists/", reviewed, {"panels": panels}


def _panel(title: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "lines": lines}


def _written(title: str) -> dict[str, Any]:
    return _panel(title, [{"kind": "write", "text": text, "note": None} for text in POCKET_LINES[title]])


def _ticks(sections: Any) -> list[dict[str, Any]]:
    items = [item for section in sections for item in section.items if item.priority == "essential"]
    return [{"kind": "tick", "text": item.text, "note": item.code} for item in items]


def _one_each(catalog: Catalog) -> list[dict[str, Any]]:
    """For each of the people most often met, a question that counts for them and may come first, each of another topic
    as far as there are topics, with its code."""
    rows, topics = [], set()
    for role in POCKET_ROLES:
        first = [(q, deck) for q, deck in catalog.for_role(role) if q.roles[0] == role and q.timing == "any"]
        for question, deck in sorted(first, key=lambda row: row[1].topic in topics)[:1]:  # stable: else in their order
            topics.add(deck.topic)
            label = catalog.vocabulary.roles[role].label
            note = f"{label[:1].upper()}{label[1:]}, {question.code}"
            rows.append({"kind": "ask", "text": question.question, "note": note})
    return rows


def _test(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    return "print/", max(deck.reviewed for deck in catalog.ask.values()), dict(TEST)


def _empty(catalog: Catalog, sheet: Sheet, slug: str) -> Part:
    return "print/", min(deck.reviewed for deck in catalog.ask.values()), {"says": EMPTY}


PARTS = {
    "empty": _empty,
    "cards": _cards,
    "blank": _blank,
    "checklist": _checklist,
    "worksheet": _worksheet,
    "session": _session,
    "pocket": _pocket,
    "test": _test,
}
