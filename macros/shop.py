"""What is printed: papers, sizes of card, orders, and the sheets that the site publishes.

Whatever else someone wants, `python -m macros sheet` makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal

from macros.catalog import UNPRINTABLE, AnswerDeck, AskDeck, Catalog, Question, Term

# mm, upright. `any` lies inside both A4 and US Letter: printed at 100 % it comes out the same on either.
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4), "any": (210.0, 279.0)}
# mm, lying. Of the field card 2 x 4 fit all three papers; an index card is 3 x 5 in; A7 is ISO 216.
SIZES = {"field": (90.0, 62.0), "index": (127.0, 76.2), "a7": (105.0, 74.0)}
ORDERS = {
    "fold": "fold-over",
    "duplex": "long-edge duplex",
    "stacked": "long-edge duplex, all fronts then all backs",
    "single": "single-sided",
}
# How a sheet goes through the printer, and how that is said; what its PDF asks for is in sheets.py.
SIDES = {
    "one": "one side",
    "by hand": "one side, turned by hand",
    "long edge": "both sides, flipped on the long edge",
    "any": "",  # comes out right either way
}
SIDES_OF = {"fold": "one", "single": "one", "stacked": "by hand", "duplex": "long edge"}  # order -> of SIDES
# mm that backs may be moved each way, as in docs/assets/js/record.js: a back that is further off lies on another paper.
MOST_OFFSET = 10.0
# Of the two numbers read off the duplex test, wherever they are written or typed: as the scales on it say.
SIGN = "Right and up are plus, left and down are minus."
MARGIN = 15.0  # mm above and below a grid of cards: room for the title, how to print, the ruler and the printer's edge

Kind = Literal["checklist", "cards", "worksheet", "session", "pack", "pocket", "blank", "test", "empty"]
Card = tuple[Question, AskDeck | AnswerDeck]


@dataclass(frozen=True)
class Sheet:
    """One PDF to print: what is on it and how, not yet drawn.

    `subject` is the key of what it shows, as in `checklist:week-before`; `paper` and `card` are a name of
    PAPERS or SIZES or `<width>x<height>` in mm; `back_offset` moves the backs right and down, in mm, for a
    printer that is off; `back_text` stands on every back in place of the card's own.
    """

    name: str
    title: str
    kind: Kind
    subject: str
    paper: str
    about: str = ""
    card: str | None = None  # cards and blank only
    order: str | None = None  # of ORDERS: cards, blank, and packs (single or duplex)
    full: bool = False  # a checklist with its reasons
    ids: tuple[str, ...] = ()  # these cards only
    organisation: str = ""
    back_offset: tuple[float, float] = (0.0, 0.0)
    back_text: str = ""

    @property
    def file(self) -> str:
        return f"{self.name}-{self.paper}.pdf"

    @property
    def sides(self) -> str:
        """How it goes through the printer, of SIDES: it follows from the order of its cards."""
        return "long edge" if self.kind == "test" else SIDES_OF.get(self.order, "any")


@dataclass(frozen=True)
class Grid:
    """Cards on a page: all in mm, the page as it lies."""

    page: tuple[float, float]
    card: tuple[float, float]
    columns: int
    rows: int


def measure(text: str, names: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """Width and height in mm of a name of `names`, or of `<width>x<height>`. Raises ValueError for anything else."""
    if text in names:
        return names[text]
    if not re.fullmatch(r"\d+(\.\d+)?x\d+(\.\d+)?", text):
        raise ValueError(f"'{text}' is not one of {', '.join(names)} and not <width>x<height> in mm, like 100x70")
    width, height = map(float, text.split("x"))
    if not width * height:
        raise ValueError(f"'{text}' has no area")
    return width, height


def create_grid(card: str, paper: str, order: str) -> Grid:
    """The grid that holds most cards. Raises ValueError when not even one card fits.

    Two-sided sheets stand upright, so that "flip on the long edge" is always right; the others may lie.
    """
    size, (width, height) = measure(card, SIZES), measure(paper, PAPERS)
    pages = [(width, height)] if order in ("duplex", "stacked") else [(width, height), (height, width)]
    grids = []
    for page in pages:
        columns, rows = int(page[0] // size[0]), int((page[1] - 2 * MARGIN) // size[1])
        columns -= columns % 2 if order == "fold" else 0  # front and back side by side
        grids.append(Grid(page, size, columns, rows))
    best = max(grids, key=lambda grid: grid.columns * grid.rows)
    if not best.columns * best.rows:
        raise ValueError(
            f"a card of {size[0]:g} x {size[1]:g} mm does not fit on {width:g} x {height:g} mm, with {MARGIN:g} mm "
            "kept above and below: change --card, --paper or --order"
        )
    return best


def page_size(sheet: Sheet) -> tuple[float, float]:
    """Width and height in mm of a sheet's first page, as it lies."""
    if sheet.card:
        return create_grid(sheet.card, sheet.paper, sheet.order).page
    width, height = measure(sheet.paper, PAPERS)
    return (height, width) if sheet.kind == "pocket" else (width, height)


# ---------------------------------------------------------------- what stands on a sheet


def chosen(catalog: Catalog, sheet: Sheet) -> list[Card]:
    """The cards of a sheet, in order."""
    direction, _, slug = sheet.subject.partition(":")
    if direction == "role":
        found = catalog.for_role(slug)
    elif slug == "starter":
        found = starter(catalog)
    else:
        decks = getattr(catalog, direction)
        found = [(q, deck) for name, deck in decks.items() if slug in ("all", name) for q in deck.questions]
    return [card for card in found if not sheet.ids or card[0].id in sheet.ids]


def starter(catalog: Catalog) -> list[Card]:
    """A first deck to ask: all that suit everyone, and the first card of each other topic."""
    for_all = [(question, catalog.ask["universal"]) for question in catalog.ask["universal"].questions]
    return for_all + [(deck.questions[0], deck) for slug, deck in catalog.ask.items() if slug != "universal"]


def packs(catalog: Catalog, sheet: Sheet) -> list[Sheet]:
    """The sheets a pack is bound from, in order. All cards fold over, so that nothing in it needs a back.

    In a pack for both sides each part begins on a leaf of its own, and the back of a page of cards stays empty: it ends
    inside the fold.
    """
    subjects = _of_candidate(catalog) if sheet.subject == "pack:candidate" else _of_coach(catalog)
    parts = [_bound(catalog, sheet, subject) for subject in subjects]
    return _on_leaves(catalog, sheet, parts) if sheet.order == "duplex" else parts


def _of_candidate(catalog: Catalog) -> list[str]:
    records = [f"{kind}:{slug}" for kind in ("checklist", "worksheet") for slug in getattr(catalog, f"{kind}s")]
    return [*records, "ask:starter", "answer:round-two"]


def _of_coach(catalog: Catalog) -> list[str]:
    """The plans, and what they have printed, each once."""
    asked = [subject for session in catalog.sessions.values() for subject in session.sheets]
    return [*(f"session:{slug}" for slug in catalog.sessions), *dict.fromkeys(asked)]


def _bound(catalog: Catalog, pack: Sheet, subject: str) -> Sheet:
    kind, _, slug = subject.partition(":")
    title = _title_of(catalog, kind, slug)
    more = {"card": "field", "order": "fold"} if KINDS[kind] == "cards" else {}
    return Sheet(slug, title, KINDS[kind], subject, pack.paper, organisation=pack.organisation, **more)


def _on_leaves(catalog: Catalog, pack: Sheet, parts: list[Sheet]) -> list[Sheet]:
    empty = Sheet("empty", "Empty side", "empty", "empty:side", pack.paper, organisation=pack.organisation)
    leaves: list[Sheet] = []
    for part in parts:
        for page in _pages_of_cards(catalog, part) if part.kind == "cards" else [part]:
            leaves += [page] if pages(catalog, page) % 2 == 0 else [page, empty]
    return leaves


def _pages_of_cards(catalog: Catalog, sheet: Sheet) -> list[Sheet]:
    """A deck to fold as one sheet a page."""
    grid = create_grid(sheet.card, sheet.paper, sheet.order)
    room = grid.columns * grid.rows // 2
    ids = [question.id for question, _ in chosen(catalog, sheet)]
    return [replace(sheet, ids=tuple(ids[start : start + room])) for start in range(0, len(ids), room)]


def _title(catalog: Catalog, kind: Kind, slug: str) -> str:
    return BLANK if kind == "blank" else getattr(catalog, f"{kind}s")[slug].title


def pages(catalog: Catalog, sheet: Sheet) -> int:
    """How many pages a sheet has. Those of fixed length fit theirs: tests/test_sheets.py holds them to it."""
    turned = 2 if sheet.order in ("duplex", "stacked") else 1
    if sheet.kind == "cards":
        cards, grid = len(chosen(catalog, sheet)), create_grid(sheet.card, sheet.paper, sheet.order)
        room = grid.columns * grid.rows // (2 if sheet.order == "fold" else 1)
        return -(-cards // room) * turned
    if sheet.kind == "blank":
        return turned
    if sheet.kind == "pack":
        return sum(pages(catalog, part) for part in packs(catalog, sheet))
    return 2 if sheet.kind in ("test", "session") else 1


# ---------------------------------------------------------------- what is published

PACKS = {
    "candidate": "Every checklist and worksheet, and two decks to fold.",
    "coach": "Plans for a session of 30 and of 60 minutes, and each sheet and deck that they ask for.",
}
BLANK = "Blank cards"
BLANK_SIZES = {"field": "90 × 62 mm", "index": "3 × 5 in", "a7": "A7, 105 × 74 mm"}
BLANK_ABOUT = "For questions of your own, a sheet full."


def published(catalog: Catalog) -> list[Sheet]:
    """Every sheet of the site: what people want ready-made.

    Each deck is published once, as fold-over cards inside both papers, because that prints right on any
    printer. The two whole decks come in every order. Lists and forms come for each paper, which they fill.
    Every other combination (a thousand files) is left to the choice of cards on a deck's page and to
    `python -m macros sheet`.
    """
    return [*_lists(catalog), *_decks(catalog), *_others(catalog)]


def gathers(sheet: Sheet) -> bool:
    """Whether all that stands on a published sheet stands on others too, each with fewer records."""
    kind, _, slug = sheet.subject.partition(":")
    return kind in ("role", "pack") or slug == "all"


def _lists(catalog: Catalog) -> Iterator[Sheet]:
    for slug, record in catalog.checklists.items():
        for paper in PAPERS:
            yield Sheet(slug, record.title, "checklist", f"checklist:{slug}", paper, record.intro)
        about = "The same, with the reasons."
        yield Sheet(f"{slug}-full", record.title, "checklist", f"checklist:{slug}", "any", about, full=True)
    for slug, record in catalog.worksheets.items():
        for paper in ("a4", "letter"):
            yield Sheet(f"worksheet-{slug}", record.title, "worksheet", f"worksheet:{slug}", paper, record.intro)


def _decks(catalog: Catalog) -> Iterator[Sheet]:
    for role, term in catalog.vocabulary.roles.items():
        if catalog.for_role(role):
            yield _fold(f"ask-for-{role}", f"Questions for {term.label}", f"role:{role}", _for_role(term))
    for direction in ("ask", "answer"):
        for slug, deck in getattr(catalog, direction).items():
            yield _fold(f"{direction}-{slug}", deck.title, f"{direction}:{slug}", deck.intro)
    for direction, title in (("ask", "All questions to ask"), ("answer", "All questions to be ready for")):
        name, subject = f"{direction}-all", f"{direction}:all"
        yield _fold(name, title, subject, "Cut, fold, done: for any printer.")
        yield Sheet(f"{name}-single", title, "cards", subject, "any", "Fronts only.", "field", "single")
        for paper in ("a4", "letter"):
            for order, about in TWO_SIDED.items():
                yield Sheet(f"{name}-{order}", title, "cards", subject, paper, about, "field", order)
    for card, about in (("index", "On 3 × 5 in, larger."), ("a7", "On A7, larger.")):
        name = f"ask-all-{card}-fold"
        yield Sheet(name, "All questions to ask", "cards", "ask:all", "any", about, card, "fold")


TWO_SIDED = {
    "duplex": "For a printer that turns the paper: front, back, front, back.",
    "stacked": "For turning the pile by hand: all fronts, then all backs.",
}


def _fold(name: str, title: str, subject: str, about: str) -> Sheet:
    return Sheet(f"{name}-fold", title, "cards", subject, "any", about, "field", "fold")


def _for_role(term: Term) -> str:
    return f"Everything {term.label} can answer."


def _others(catalog: Catalog) -> Iterator[Sheet]:
    for card in BLANK_SIZES:
        for order in ("fold", "duplex") + ("single",) * (card == "field"):
            name = f"blank-{card}" if order == "duplex" else f"blank-{card}-{order}"  # it was the only one for long
            yield Sheet(name, _blank_title(card), "blank", "blank:cards", "any", BLANK_ABOUT, card, order)
    for paper in ("a4", "letter"):
        about = "The day on one sheet, folded to eight small pages."
        yield Sheet("pocket", "Pocket edition", "pocket", "pocket:day", paper, about)
        for slug, about in PACKS.items():
            for name, order in ((f"{slug}-pack", "single"), (f"{slug}-pack-two-sided", "duplex")):
                title = f"{slug.capitalize()} pack"
                yield Sheet(name, title, "pack", f"pack:{slug}", paper, about, order=order)
        about = "Shows a flip on the wrong edge, and how far your printer’s backs are off, as two numbers."
        yield Sheet("duplex-test", "Duplex test", "test", "test:duplex", paper, about)


def _blank_title(card: str) -> str:
    return f"{BLANK}, {BLANK_SIZES.get(card) or '{:g} × {:g} mm'.format(*measure(card, SIZES))}"


# ---------------------------------------------------------------- what anyone may ask for

KINDS: dict[str, Kind] = {  # the first half of a subject -> what that prints
    "ask": "cards",
    "answer": "cards",
    "role": "cards",
    "checklist": "checklist",
    "worksheet": "worksheet",
    "session": "session",
    "pack": "pack",
    "pocket": "pocket",
    "blank": "blank",
    "test": "test",
}


def subjects(catalog: Catalog) -> dict[str, list[str]]:
    """Everything that can be printed: the first half of a subject -> each second half."""
    return {
        "ask": [*catalog.ask, "all", "starter"],
        "answer": [*catalog.answer, "all"],
        "role": [role for role in catalog.vocabulary.roles if catalog.for_role(role)],
        "checklist": [*catalog.checklists],
        "worksheet": [*catalog.worksheets],
        "session": [*catalog.sessions],
        "pack": [*PACKS],
        "pocket": ["day"],
        "blank": ["cards"],
        "test": ["duplex"],
    }


def create_sheet(catalog: Catalog, subject: str, paper: str, card: str, order: str, **more: Any) -> Sheet:
    """A sheet that is not published: any subject, in any size. `more` are further fields of Sheet.

    Raises ValueError, with a sentence for whoever asked, when the subject or a size is none, no card fits, or
    a text has a character that our fonts lack.
    """
    kind, _, slug = subject.partition(":")
    known = subjects(catalog)
    if slug not in known.get(kind, ()):
        raise ValueError(f"'{subject}' is nothing we print; near it: {', '.join(_near(subject, known))}; see --help")
    measure(paper, PAPERS)
    for text in (more.get("organisation", ""), more.get("back_text", "")):
        if strange := UNPRINTABLE.search(text):
            raise ValueError(f"our fonts have no glyph for '{strange[0]}' in '{text}'")
    name, title = f"{kind}-{slug}", _title_of(catalog, kind, slug)
    sheet = Sheet(name, title, KINDS[kind], subject, paper, **more)
    if sheet.kind == "pack":
        return replace(sheet, order="duplex" if order == "duplex" else "single")
    if sheet.kind not in ("cards", "blank"):
        return sheet
    create_grid(card, paper, order)
    if sheet.kind == "blank":
        return replace(sheet, title=_blank_title(card), card=card, order=order)
    return replace(sheet, card=card, order=order)


def title_of(catalog: Catalog, subject: str) -> str | None:
    """What the sheet of a subject is called, None when it is nothing we print."""
    kind, _, slug = subject.partition(":")
    return _title_of(catalog, kind, slug) if slug in subjects(catalog).get(kind, ()) else None


def _near(subject: str, known: dict[str, list[str]]) -> list[str]:
    """Subjects that may be meant: like the one asked for, else of the same kind, else one of each kind."""
    kind = subject.partition(":")[0]
    within = {kind: known[kind]} if kind in known else known
    names = [f"{name}:{slug}" for name, slugs in within.items() for slug in slugs]
    return get_close_matches(subject, names, 3, 0.6) or (names if kind in known else [f"{name}:…" for name in known])


def with_cards(catalog: Catalog, sheet: Sheet, names: list[str]) -> Sheet:
    """The sheet with only the cards of these ids or printed codes, in any case of letters. Raises ValueError."""
    cards = [question for question, _ in chosen(catalog, sheet)]
    known = {name.lower(): card.id for card in cards for name in (card.id, card.code)}
    for name in names:
        if name.lower() not in known:
            near = get_close_matches(name.lower(), known, 3, 0.6) or [card.code for card in cards[:3]]
            raise ValueError(f"--ids: '{name}' is no card of {sheet.subject}; near it: {', '.join(near)}")
    return replace(sheet, ids=tuple(known[name.lower()] for name in names))


def _title_of(catalog: Catalog, kind: str, slug: str) -> str:
    same = (sheet.title for sheet in published(catalog) if sheet.subject == f"{kind}:{slug}")
    return next(same, None) or ("A starter deck" if slug == "starter" else _title(catalog, KINDS[kind], slug))
