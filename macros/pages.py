"""Records -> Markdown: one function for each macro, pure, so that screen and paper say the same.

`root` is the way from the page to the top of the site ("../../"), for what MkDocs does not know: the
sheets, and parts of other pages. Links between pages are Markdown links from the top of docs/, so that
MkDocs rewrites and checks them. Every text of a record goes through `escape`.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from macros import shop
from macros.catalog import Catalog, Checklist, Page, Question, Source
from macros.days import day
from macros.shop import Sheet
from macros.upkeep import unknowns

PAPER_NAMES = {"a4": "A4", "letter": "US Letter", "any": "A4 or Letter"}
SIZE_NAMES = {"field": "90 × 62 mm", "index": "3 × 5 in", "a7": "A7"}
WAYS = {
    "fold": "Fold-over cards",
    "duplex": "Two-sided cards",
    "stacked": "Two-sided, fronts then backs",
    "single": "Fronts only",
}
PICTURE_WIDTH = 99  # px, of a sheet in the print shop; the file is twice as wide for dense screens
# The parts of the print shop, in order: what they hold -> their heading.
GROUPS = {
    "pack": "Packs",
    "pocket": "The day in your pocket",
    "checklist": "Checklists",
    "worksheet": "Worksheets",
    "role": "Questions to ask, by person",
    "ask": "Questions to ask, by topic",
    "answer": "Questions to be ready for",
    "whole": "Whole decks",
    "blank": "Blank cards",
    "test": "For your printer",
}
# What a side of a printed card holds, by the size of its text in pt, the largest first: of a question so many
# characters, of a back so many lines, with so many letters in a line of text and of a label. Read off all our cards
# in Chromium, laid out by paper.css; tests/test_print.py measures every card again.
FRONT_ROOM = {"15": 120, "13": 170, "11": 240}
BACK_ROOM = {"9.5": 8, "9": 9, "8.5": 10, "8": 13}
LETTERS, LABEL_LETTERS = 39, 11
# The parts of a pack that are no record: (key, title, link, how much, no cards).
CARD_PARTS = [
    ("cards.chosen", "Cards you chose on other pages", "/ask/index.md", "", ""),
    ("cards.blank", "Blank cards", "/print.md", "4 or more, on the last sheet of cards", ""),
]
# Packs to start from: what each is called, and the keys of its parts. What a coach hands out is in coaches.md.
STARTS = {
    "A candidate": (
        "checklist.week-before checklist.day-before checklist.on-the-day checklist.within-24-hours "
        "worksheet.debrief worksheet.story-bank worksheet.interviewer role.hiring-manager ask.universal"
    ),
    "Each person, 30-minute session": "checklist.week-before worksheet.debrief worksheet.story-bank",
    "Each person, 60-minute session": (
        "checklist.week-before worksheet.debrief worksheet.story-bank worksheet.interviewer"
    ),
}
# Every character that means something to Markdown, its extensions or HTML, wherever it stands …
SPECIAL = re.compile(r"""[\\`*_{}\[\]<>&"'~^|!$=@]|(?<=:)//|:(?=\w)""")
# … and what means something only where a line begins: headings, lists, definitions, block quotes.
AT_START = re.compile(r"^([#+\-:]|\d+(?=[.)]))")


def escape(text: object) -> Markup:
    """`text` so that it stands unchanged in Markdown, in HTML inside it, and in a quoted attribute."""
    if isinstance(text, Markup):
        return text
    entities = lambda match: "".join(f"&#{ord(character)};" for character in match[0])  # noqa: E731
    return Markup(AT_START.sub(entities, SPECIAL.sub(entities, str(text))))


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = day
    return environment


def _render(template: str, **values: Any) -> str:
    return _templates().get_template(f"{template}.jinja").render(**values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- cards


def deck(catalog: Catalog, root: str, slug: str) -> str:
    """A whole deck: where to print it, what it is for, and its cards."""
    record = catalog.ask.get(slug) or catalog.answer[slug]
    direction = "ask" if slug in catalog.ask else "answer"
    links = print_links(catalog, root, f"{direction}:{slug}")
    cards_ = _cards(catalog, root, [question.id for question in record.questions], level=2)
    return _render("deck.md", links=links, intro=record.intro, cards=cards_, reviewed=record.reviewed, own=True)


def cards(
    catalog: Catalog, root: str, role: str | None = None, level: str | None = None, ids: list[str] | None = None
) -> str:
    """A selection of cards: those a role can answer, those for a level, or those named, in that order."""
    chosen = list(ids or catalog.cards)
    if role:
        able = {question.id for question, _ in catalog.for_role(role)}
        chosen = [id_ for id_ in chosen if id_ in able]
    if level:
        chosen = [id_ for id_ in chosen if catalog.cards[id_][0].level == level]
    links = print_links(catalog, root, f"role:{role}") if role and not (level or ids) else ""
    cards_ = _cards(catalog, root, chosen, level=3 if ids else 2)
    return _render("deck.md", links=links, intro=None, cards=cards_, reviewed=_reviewed(catalog, chosen), own=False)


def card(catalog: Catalog, root: str, id: str) -> str:
    """One card."""
    return cards(catalog, root, ids=[id])


def _reviewed(catalog: Catalog, ids: list[str]) -> date:
    return max(catalog.cards[id_][1].reviewed for id_ in ids)


def _cards(catalog: Catalog, root: str, ids: list[str], level: int) -> Markup:
    return Markup("\n".join(_card(catalog, root, id_, level) for id_ in ids))


def _card(catalog: Catalog, root: str, id_: str, level: int) -> str:
    question, deck_ = catalog.cards[id_]
    asking = hasattr(deck_, "topic")
    terms = catalog.vocabulary.topics if asking else catalog.vocabulary.competencies
    return _render(
        "card.md",
        card=question,
        heading=Markup("#" * level),
        subject=terms[deck_.subject].label,
        who=("Ask: " if asking else "Asked by: ") + people(catalog, question),
        rows=back_rows(question, asking),
        badge=_badge(catalog, catalog.badge(question.sources), f"{root}sources/#{(question.sources or ('',))[0]}"),
        notes=front_notes(catalog, question),
        opens="Why ask this" if asking else "What they measure",
        write="I heard" if asking else "My story",
        sizes=paper_sizes(catalog, question, asking),
    )


def paper_sizes(catalog: Catalog, question: Question, asking: bool) -> tuple[str, str]:
    """The sizes in pt of the question and of the back's text on the printed card, which paper.css has a rule for.

    Text longer than all of them gets the smallest; a text too long for the card does not pass the build (sheets.py).
    """
    badge = catalog.badge(question.sources)
    rows = [(label, [text] if isinstance(text, str) else [*text]) for label, text in back_rows(question, asking)]
    if badge:  # it stands at the end of the first row, with its sign
        rows[0][1][-1] += f" --{catalog.vocabulary.kinds[badge].label.replace(' ', '-')}"
    lines = sum(max(_lines([label], LABEL_LETTERS), _lines(texts, LETTERS)) for label, texts in rows)
    return _largest(FRONT_ROOM, len(question.question)), _largest(BACK_ROOM, lines)


def _lines(texts: list[str], letters: int) -> int:
    return sum(len(textwrap.wrap(text, letters)) for text in texts)


def _largest(room: dict[str, int], needed: int) -> str:
    return next((size for size, most in room.items() if needed <= most), list(room)[-1])


def people(catalog: Catalog, question: Question) -> str:
    """Who the card is for: its roles by their labels, the first one first; everyone when it is all of them."""
    if len(question.roles) == len(catalog.vocabulary.roles):
        return "everyone"
    return ", ".join(catalog.vocabulary.roles[role].label for role in question.roles)


def front_notes(catalog: Catalog, question: Question) -> list[str]:
    """What the front says beside the question: when to ask it, and for whom, where that matters."""
    vocabulary = catalog.vocabulary
    timing = vocabulary.timings[question.timing].label if question.timing != "any" else None
    level = vocabulary.levels[question.level].label if question.level != "any" else None
    return [note for note in (timing, level) if note]


def back_rows(question: Question, asking: bool) -> list[tuple[str, str | tuple[str, ...]]]:
    """The back of a card as (label, text or texts), in order; the badge belongs to the first row."""
    labels = (
        ("Why", "Listen for", "Then ask", "Beware", "They may ask")
        if asking
        else ("They measure", "Show", "They may probe", "Trap", "")
    )
    values = (question.why, question.listen_for, question.follow_up, question.trap, question.they_may_ask_back)
    return [(label, value) for label, value in zip(labels, values, strict=True) if value]


def decks(catalog: Catalog, root: str, direction: str) -> str:
    """The decks of one direction, and for questions to ask the people they suit, with how many cards each has."""
    topics = [
        (record.title, f"/{direction}/{slug}.md", record.intro, f"{len(record.questions)} cards")
        for slug, record in getattr(catalog, direction).items()
        if f"{direction}/{slug}.md" in catalog.pages
    ]
    people_ = [
        (f"Questions for {term.label}", f"/ask/for/{role}.md", "", f"{len(catalog.for_role(role))} cards")
        for role, term in catalog.vocabulary.roles.items()
        if direction == "ask" and f"ask/for/{role}.md" in catalog.pages
    ]
    return _render("decks.md", topics=topics, people=people_)


# ---------------------------------------------------------------- checklists


def checklist(catalog: Catalog, root: str, slug: str) -> str:
    """A checklist with a real box for each item."""
    record = catalog.checklists[slug]
    return _render(
        "checklist.md",
        slug=slug,
        record=record,
        links=print_links(catalog, root, f"checklist:{slug}"),
        badges=_item_badges(catalog, root, record),
        pages=catalog.pages,
        anchors=True,
        words=Markup(say(catalog, root, "Words to say", record.words)) if record.words else None,
    )


def checklist_part(catalog: Catalog, root: str, slug: str, title: str) -> str:
    """One section of a checklist, by its title, as a guest on another page: ticks are shared with the list itself."""
    record = catalog.checklists[slug]
    section = next(section for section in record.sections if section.title == title)
    badges = _item_badges(catalog, root, record)
    return _render("checklist_part.md", slug=slug, section=section, badges=badges, pages=catalog.pages, anchors=False)


def checklists(catalog: Catalog, root: str) -> str:
    """The lists there are, in the order of the moments."""
    rows = [(record.title, f"/checklists/{slug}.md", record.intro, _size(record)) for slug, record in _lists(catalog)]
    return _render("checklists.md", rows=rows)


def _lists(catalog: Catalog) -> list[tuple[str, Checklist]]:
    return [(slug, record) for slug, record in catalog.checklists.items() if f"checklists/{slug}.md" in catalog.pages]


def _size(record: Checklist) -> str:
    minutes = f", about {_duration(record.minutes)}" if record.minutes else ""
    return f"{len(record.items)} items{minutes}"


def _duration(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"


def _item_badges(catalog: Catalog, root: str, record: Checklist) -> dict[str, Markup]:
    return {item.id: _item_badge(catalog, root, item.sources) for item in record.items}


def _item_badge(catalog: Catalog, root: str, sources: tuple[str, ...]) -> Markup:
    return _badge(catalog, catalog.badge(sources), f"{root}sources/#{sources[0]}" if sources else None)


# ---------------------------------------------------------------- evidence


def cite(catalog: Catalog, root: str, page: Page, *keys: str) -> str:
    """A badge for each source: its kind of evidence, and the number of its note at the end of the page."""
    cited = page.cited
    return " ".join(_cited(catalog, catalog.sources[key], f"#note-{key}", cited.index(key) + 1) for key in keys)


def _cited(catalog: Catalog, source: Source, link: str, number: int) -> Markup:
    """A badge with the number of a note. That of a law says from how many staff it binds an employer."""
    staff = f", {source.employers}+ staff" if isinstance(source.employers, int) else ""
    return _badge(catalog, source.kind, link, number=number, more=staff)


def custom(catalog: Catalog, root: str) -> str:
    """The badge of advice that rests on custom, not on a source."""
    return _badge(catalog, "practitioner", f"{root}sources/#kinds")


def searched(catalog: Catalog, root: str, where: str, on: str) -> str:
    """When we looked for what a sentence says is not known, and a way to the list of all that we did not find."""
    said = "not looked up by" if where == "unchecked" else "searched"
    return f'<small class="si-searched"><a href="{root}sources/#not-found">{said} {day(on)}</a></small>'


def notes(catalog: Catalog, root: str, page: Page) -> str:
    """The sources a page cites, numbered as its badges are."""
    rows = [(key, catalog.sources[key], _badge(catalog, catalog.sources[key].kind, None)) for key in page.cited]
    return _render("notes.md", rows=rows, root=root, reads=catalog.vocabulary.reads) if rows else ""


def sources(catalog: Catalog, root: str) -> str:
    """The bibliography, grouped by strength, each source with the places it is used."""
    groups = []
    for kind, term in catalog.vocabulary.kinds.items():
        cited = ((key, source) for key, source in catalog.sources.items() if not source.kept_out)
        rows = [(key, source, uses(catalog, key)) for key, source in cited if source.kind == kind]
        if rows:
            groups.append((_badge(catalog, kind, None), term, sorted(rows, key=lambda row: row[1].authors)))
    kept_out = [(key, source) for key, source in catalog.sources.items() if source.kept_out]
    unknown = [*unknowns(catalog)]
    searches = catalog.vocabulary.searches.items()
    missing = [(term, [one for one in unknown if one.where == name]) for name, term in searches]
    return _render("sources.md", groups=groups, kept_out=kept_out, missing=missing, vocabulary=catalog.vocabulary)


def uses(catalog: Catalog, key: str) -> list[tuple[str, str]]:
    """(name, link from the top of docs/) of each page, card and checklist item that rests on a source."""
    found = [(page.meta.title, f"/{path}") for path, page in catalog.pages.items() if key in page.cited]
    for direction in ("ask", "answer"):
        for slug, record in getattr(catalog, direction).items():
            found += [
                (f"card {question.code}", f"/{direction}/{slug}.md#{question.id}")
                for question in record.questions
                if key in question.sources
            ]
    for slug, record in catalog.checklists.items():
        found += [
            (f"{record.title}, {item.code}", f"/checklists/{slug}.md#{item.id}")
            for item in record.items
            if key in item.sources
        ]
    return found


def evidence_key(catalog: Catalog, root: str) -> str:
    """What each badge means."""
    rows = [(_badge(catalog, kind, None), term.note) for kind, term in catalog.vocabulary.kinds.items()]
    return _render("evidence_key.md", rows=rows)


def _badge(catalog: Catalog, kind: str | None, link: str | None, number: int | None = None, more: str = "") -> Markup:
    if not kind:
        return Markup("")
    label = catalog.vocabulary.kinds[kind].label + more
    return Markup(_render("badge.html", kind=kind, label=label, link=link, number=number).strip())


# ---------------------------------------------------------------- the way through the guide


def say(catalog: Catalog, root: str, label: str, words: str) -> str:
    """Words to say; a gap to fill is written [like this]."""
    parts = re.split(r"\[([^\]]*)\]", words)
    return _render("say.md", label=label, parts=parts)


def letter(catalog: Catalog, root: str, slug: str) -> str:
    """Words to send, with gaps, and when not to send them."""
    record = catalog.letters[slug]
    paragraphs = [re.split(r"\[([^\]]*)\]", paragraph) for paragraph in (record.subject, *record.body)]
    return _render("letter.md", record=record, subject=paragraphs[0], body=paragraphs[1:])


def worksheet(catalog: Catalog, root: str, slug: str) -> str:
    """A worksheet as it looks, and where to print it."""
    links = print_links(catalog, root, f"worksheet:{slug}")
    return _render("worksheet.md", record=catalog.worksheets[slug], links=links, slug=slug)


def worksheet_links(catalog: Catalog, root: str, *slugs: str) -> Markup:
    """Where to print the empty sheets of these worksheets, each by its title."""
    found = [(slug, way) for slug in slugs for way in _ways(catalog, root, f"worksheet:{slug}")]
    ways = [replace(way, name=catalog.worksheets[slug].title) for slug, way in found]
    return Markup(_render("print_links.md", ways=ways, shop=f"{root}print/"))


def kit(catalog: Catalog, root: str, part: str) -> str:
    """The fields of one part of the kit, hidden until plan-kit.js has bound them."""
    skills = [term for term in catalog.vocabulary.competencies.values() if not term.deck_only]
    facts = [label for part_ in catalog.worksheets["already-said"].parts for label in part_.labels]
    words = {
        "competencies": {term.id: term.label for term in skills},
        "roles": {role: term.label for role, term in catalog.vocabulary.roles.items()},
    }
    return _render(f"kit_{part}.html", skills=skills, facts=facts, words=json.dumps(words), root=root)


def session(catalog: Catalog, root: str, slug: str) -> str:
    """The plan of a session for coaches: what to bring, and what to do, say and hand out, minute by minute."""
    record = catalog.sessions[slug]
    rows = [
        (start, end, step, Markup(say(catalog, root, "Say", step.say)) if step.say else None)
        for start, end, step in record.timed
    ]
    return _render("session.md", record=record, rows=rows, slug=slug)


def timeline(catalog: Catalog, root: str) -> str:
    """The seven moments, with a link to each that has a page."""
    rows = [
        (term, f"/guide/{slug}/index.md" if f"guide/{slug}/index.md" in catalog.pages else None)
        for slug, term in catalog.vocabulary.moments.items()
    ]
    return _render("timeline.md", rows=rows)


def moment(catalog: Catalog, root: str, slug: str) -> str:
    """The pages of a moment and the lists that belong to it."""
    rows = [
        (page.meta.title, f"/{path}", page.meta.description, f"{page.meta.minutes} min")
        for path, page in catalog.pages.items()
        if page.moment == slug and not path.endswith("/index.md")
    ]
    lists = [
        (record.title, f"/checklists/{name}.md", record.intro, _size(record))
        for name, record in _lists(catalog)
        if record.moment == slug
    ]
    return _render("moment.md", rows=rows, lists=lists)


def cover_card(catalog: Catalog, root: str, id: str) -> str:
    """The front of one card, large, as a link to it: the picture on the cover."""
    question, deck_ = catalog.cards[id]
    direction = "ask" if hasattr(deck_, "topic") else "answer"
    link = f"{root}{direction}/{deck_.subject}/#{id}"
    who = f"Ask: {people(catalog, question)}"
    return _render("cover_card.html", card=question, subject=deck_.title, who=who, link=link)


# ---------------------------------------------------------------- paper


def print_menu(catalog: Catalog, root: str) -> str:
    """The kinds of thing there are to print, each drawn, with how many."""
    asks = sum(len(record.questions) for record in catalog.ask.values())
    answers = sum(len(record.questions) for record in catalog.answer.values())
    rows = [
        ("cards", "Questions to ask", f"{asks} cards, 90 × 62 mm", "questions-to-ask-by-topic", asks),
        ("cards", "Questions to be ready for", f"{answers} cards, 90 × 62 mm", "questions-to-be-ready-for", answers),
        ("list", "Checklists", f"{len(catalog.checklists)} to tick by pen", "checklists", len(catalog.checklists)),
        ("lines", "Worksheets", f"{len(catalog.worksheets)} to fill in", "worksheets", len(catalog.worksheets)),
    ]
    return _render("print_menu.html", rows=[row for row in rows if row[-1]], root=root)


def print_links(catalog: Catalog, root: str, subject: str) -> Markup:
    """Links to the published sheets of one subject."""
    return Markup(_render("print_links.md", ways=_ways(catalog, root, subject), shop=f"{root}print/"))


@dataclass(frozen=True)
class Way:
    """One way to print a subject: its name, how many pages it takes and on which sides (of shop.SIDES, or nothing), and
    of each paper its id, name and address."""

    name: str
    about: str
    pages: int
    sides: str
    papers: list[tuple[str, str, str]]


def _ways(catalog: Catalog, root: str, subject: str) -> list[Way]:
    ways: dict[str, Way] = {}
    for sheet in shop.published(catalog):
        if sheet.subject == subject:
            name = _way_name(sheet)
            way = ways.setdefault(name, Way(name, sheet.about, shop.pages(catalog, sheet), shop.SIDES[sheet.sides], []))
            way.papers.append((sheet.paper, PAPER_NAMES[sheet.paper], f"{root}sheets/{sheet.file}"))
    return list(ways.values())


def _way_name(sheet: Sheet) -> str:
    if sheet.card:
        usual = sheet.kind == "cards" and sheet.card == "field"
        return WAYS[sheet.order] + ("" if usual else f", {SIZE_NAMES[sheet.card]}")
    if sheet.kind == "pack" and sheet.order == "duplex":
        return "For both sides"
    return "With the reasons" if sheet.full else "Print"


def print_shop(catalog: Catalog, root: str) -> str:
    """Every published sheet with its picture, by kind; each subject once, with its ways."""
    groups: dict[str, dict[str, dict[str, Any]]] = {}
    for sheet in shop.published(catalog):
        kind, _, slug = sheet.subject.partition(":")
        group = "whole" if slug == "all" else kind
        row = groups.setdefault(group, {}).setdefault(sheet.subject, {})
        row.setdefault("title", shop.BLANK if kind == "blank" else sheet.title)
        row.setdefault("about", sheet.about)
        row.setdefault("picture", f"{root}sheets/pictures/{sheet.name}.png")
        width, height = shop.page_size(sheet)
        row.setdefault("size", (PICTURE_WIDTH, round(PICTURE_WIDTH * height / width)))
        row.setdefault("ways", _ways(catalog, root, sheet.subject))
    return _render("print_shop.md", groups=[(GROUPS[name], groups[name].values()) for name in GROUPS if name in groups])


PLANNER = {  # the pages of the planner, in the order of their use
    "plan": "People and questions",
    "plan/days": "Days",
    "plan/kit": "Kit",
    "plan/day": "On the day",
    "plan/print": "Print it",
    "practice": "Practise",
}


def plan_menu(catalog: Catalog, root: str, page: Page) -> str:
    """Links from each page of the planner to the others."""
    links = [(f"/{path}.md", label, page.path == f"{path}.md") for path, label in PLANNER.items()]
    return _render("plan_menu.html", links=[link for link in links if link[0][1:] in catalog.pages])


def saved(catalog: Catalog, root: str) -> str:
    """What the browser remembers: to save as a file, to take over from one, to erase."""
    return _render("saved.md")


def how_to_print(catalog: Catalog, root: str) -> str:
    """How to print, cut and fold, drawn."""
    return _render("how_to_print.html", sign=shop.SIGN)


def pack_builder(catalog: Catalog, root: str) -> str:
    """What a pack may hold, by kind, each part with a link to where it is at home; a script makes the builder of it."""
    groups = [
        ("Checklists", [_part(catalog, "checklist", slug) for slug, _ in _lists(catalog)]),
        ("Worksheets", [_part(catalog, "worksheet", slug) for slug in catalog.worksheets]),
        ("Questions to ask, by person", _deck_parts(catalog, "role")),
        ("Questions to ask, by topic", _deck_parts(catalog, "ask")),
        ("Questions to be ready for", _deck_parts(catalog, "answer")),
        ("More cards", CARD_PARTS),
        ("Plans for coaches, printed once", [_part(catalog, "session", slug) for slug in catalog.sessions]),
    ]
    return _render("pack_builder.md", groups=[group for group in groups if group[1]], starts=STARTS)


def _part(catalog: Catalog, macro: str, slug: str) -> tuple[str, str, str, str, str]:
    """A record that one page shows as (key, title, link, how much, no cards)."""
    record = getattr(catalog, f"{macro}s")[slug]
    path = next(
        path for path, page in catalog.pages.items() if any((macro, slug) == (c.macro, *c.args) for c in page.calls)
    )
    anchor = "" if macro == "checklist" else f"#{macro}-{slug}"
    size = f"{len(record.items)} items" if macro == "checklist" else ""
    return f"{macro}.{slug}", record.title, f"/{path}{anchor}", size, ""


def _deck_parts(catalog: Catalog, kind: str) -> list[tuple[str, str, str, str, str]]:
    """The decks of a kind as (key, title, link, how many cards, their ids with those that they replaced)."""
    folder = {"role": "ask/for", "ask": "ask", "answer": "answer"}[kind]
    if kind == "role":
        decks_ = {
            role: (_capital(term.label), [q for q, _ in catalog.for_role(role)])
            for role, term in catalog.vocabulary.roles.items()
        }
    else:
        decks_ = {slug: (record.title, record.questions) for slug, record in getattr(catalog, kind).items()}
    return [
        (
            f"{kind}.{slug}",
            title,
            f"/{folder}/{slug}.md",
            f"{len(questions)} cards",
            "" if kind == "role" else " ".join(id_ for question in questions for id_ in (question.id, *question.was)),
        )
        for slug, (title, questions) in decks_.items()
        if f"{folder}/{slug}.md" in catalog.pages
    ]
