"""Every content rule that goes beyond the shape of one record. The docstring of a rule is the rule."""

from __future__ import annotations

import inspect
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from markdown import Markdown
from rapidfuzz import fuzz

from macros import shop, upkeep
from macros.active_content import find_active
from macros.catalog import Call, Catalog, Source, did_you_mean
from macros.documents import Document, Loc, Problem

DATA_FILE = re.compile(
    r"data/((vocabulary|sources|synonyms|retired)|(checklists|letters|worksheets|sessions|questions/(ask|answer))/[^/]+)\.yml"
)
LETTER_WORDS = 120
TIME_LIMIT = re.compile(r"\btime limits?\b", re.IGNORECASE)
LEGAL = re.compile(r"\b(advice|claim|complain|courts?\b|discriminat|sue\b|tribunal|unfair)", re.IGNORECASE)
FIGURE = re.compile(
    r"\b(\d+|one|two|three|four|five|six|nine|twelve)(?: calendar| working)? (day|week|month|year)s?\b", re.IGNORECASE
)
LEADS_TO_A_PART = re.compile(r"\]\(/[^)]*#")
SIMILARITY = 85  # per cent of the token set: from here on two questions are the same question (design.md)


@dataclass(frozen=True)
class Entry:
    """One card or checklist item as it stands in its file, even when its record is broken."""

    document: Document
    loc: Loc
    data: dict[str, Any]

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        return value if isinstance(value, str) else None

    def words(self, key: str) -> list[tuple[Loc, str]]:
        value = self.data.get(key)
        rows = value if isinstance(value, tuple) else ()
        return [((*self.loc, key, index), word) for index, word in enumerate(rows) if isinstance(word, str)]

    def problem(self, key: str, text: str) -> Problem:
        return self.document.problem((*self.loc, key), text)


def entries(catalog: Catalog) -> Iterator[Entry]:
    """Every card and checklist item of every file, in the order of the files."""
    for name, document in catalog.documents.items():
        if name.startswith("data/questions/"):
            yield from _rows(document, ("questions",))
        elif name.startswith("data/checklists/"):
            sections = document.at("sections")
            for index in range(len(sections) if isinstance(sections, tuple) else 0):
                yield from _rows(document, ("sections", index, "items"))


def _rows(document: Document, loc: Loc) -> Iterator[Entry]:
    rows = document.at(*loc)
    for index, row in enumerate(rows if isinstance(rows, tuple) else ()):
        if isinstance(row, dict):
            yield Entry(document, (*loc, index), row)


def ids_are_unique(catalog: Catalog) -> Iterator[Problem]:
    """An id names one card or item in the whole catalog, and none that was retired or replaced."""
    taken = {id_: "is retired: it may never come back" for id_ in catalog.retired.ids}
    found = list(entries(catalog))
    for entry in found:
        for _, old in entry.words("was"):
            taken[old] = f"is in the 'was' list of {entry.text('id')}: it may never come back"
    for entry in found:
        id_ = entry.text("id")
        if id_ in taken:
            yield entry.problem("id", f"'{id_}' {taken[id_]}")
        elif id_:
            taken[id_] = f"is also at {entry.document.file}:{entry.document.line((*entry.loc, 'id'))}"


def codes_are_unique(catalog: Catalog) -> Iterator[Problem]:
    """A code stands on one card or item in the whole catalog, and none that was retired."""
    found = list(entries(catalog))
    used = {code for entry in found if (code := entry.text("code"))} | set(catalog.retired.codes)
    seen = {code: "is retired" for code in catalog.retired.codes}
    for entry in found:
        code = entry.text("code")
        if code in seen:
            yield entry.problem("code", f"'{code}' {seen[code]}; the next free one is {_free_code(code, used)}")
        elif code:
            seen[code] = f"is also at {entry.document.file}:{entry.document.line((*entry.loc, 'code'))}"


def _free_code(code: str, used: set[str]) -> str:
    """The lowest number above all used ones, with the same letters."""
    letters = re.match(r"[A-Z]*", code)[0]
    numbers = [int(other.removeprefix(letters)) for other in used if re.fullmatch(letters + r"\d+", other)]
    return f"{letters}{max(numbers, default=0) + 1}"


def sources_exist(catalog: Catalog) -> Iterator[Problem]:
    """A source that a card or an item names is in sources.yml."""
    if not _readable(catalog, "data/sources.yml"):
        return
    for entry in entries(catalog):
        for loc, key in entry.words("sources"):
            for text in _not_to_cite(catalog, key):
                yield Problem(entry.document.file, entry.document.line(loc), entry.problem("sources", text).text)


def _not_to_cite(catalog: Catalog, key: str) -> Iterator[str]:
    yield from _unknown(key, _source_keys(catalog), "in docs/data/sources.yml")
    if key in catalog.sources and catalog.sources[key].kept_out:
        yield f"'{key}' is kept out: {catalog.sources[key].kept_out}"


def what_is_kept_out_does_not_come_back(catalog: Catalog) -> Iterator[Problem]:
    """A work that is kept out is not cited under another key either."""
    out = {mark: key for key, source in catalog.sources.items() if source.kept_out for mark in _marks(source)}
    for key, source in catalog.sources.items():
        same = next((out[mark] for mark in _marks(source) if mark in out), key)
        if same != key:
            text = f"is the same work as '{same}', which is kept out: {catalog.sources[same].kept_out}"
            yield catalog.documents["data/sources.yml"].problem((key,), text)


def _marks(source: Source) -> set[str]:
    """What tells a work: its DOI, and its title without signs."""
    return {source.doi or "", re.sub(r"\W", "", source.title).casefold()} - {""}


def sources_are_cited(catalog: Catalog) -> Iterator[Problem]:
    """A source that nothing cites is left out, unless it says why nothing may."""
    cited = {key for entry in entries(catalog) for _, key in entry.words("sources")}
    # The text of the pages, not their calls: a page with a broken call still cites what it cites.
    bodies = "".join(document.body for document in catalog.documents.values())
    for key in _source_keys(catalog):
        if (source := catalog.sources.get(key)) and source.kept_out:
            continue
        if key not in cited and f'"{key}"' not in bodies:
            yield catalog.documents["data/sources.yml"].problem((key,), "is cited nowhere: cite it or take it out")


def _source_keys(catalog: Catalog) -> list[str]:
    document = catalog.documents.get("data/sources.yml")
    return list(document.data or {}) if document else []


OF_LAW = {
    "place": "where this law holds",
    "as_of": "the date of the text that was read, its month or year, or undated",
    "employers": "which employers it binds: the least number of staff, all, or not-checked",
}


def law_says_where_when_and_whom(catalog: Catalog) -> Iterator[Problem]:
    """A source of law names its place, the date of the text that was read and the employers it binds; no other does."""
    document = catalog.documents.get("data/sources.yml")
    for key, source in catalog.sources.items():
        for field, what in OF_LAW.items():
            if source.kind == "law" and getattr(source, field) is None:
                yield document.problem((key, field), f"is missing: say {what}")
            if source.kind != "law" and getattr(source, field) is not None:
                yield document.problem((key, field), f"only a source of kind 'law' has {field}")


def law_pages_say_where(catalog: Catalog) -> Iterator[Problem]:
    """A page that cites law names each place in its front matter, which prints the date and the warning."""
    for page in catalog.pages.values():
        places = {catalog.sources[key].place for key in page.cited if key in catalog.sources} - {None}
        for place in sorted(places - set(page.meta.law)):
            text = f"law: the page cites the law of '{place}': add it to the list `law:`"
            yield Problem(f"docs/{page.path}", catalog.documents[page.path].line(("law",)), text)


def time_limits_are_figures(catalog: Catalog) -> Iterator[Problem]:
    """The time limit of a claim is a figure, or a link to the part of a page that has it, or said to be not checked."""
    for problem, text in _statements(catalog):
        answered = FIGURE.search(text) or LEADS_TO_A_PART.search(text) or "not checked" in text
        if TIME_LIMIT.search(text) and LEGAL.search(text) and not answered:
            yield problem("a time limit needs its figure, a link to the part of a page with it, or ‘not checked’")


def _statements(catalog: Catalog) -> Iterator[tuple[Callable[[str], Problem], str]]:
    """Each line of a page and each text of a card or an item, with what makes a problem of it."""
    for document in catalog.documents.values():
        for line, text in enumerate(document.body.splitlines(), document.body_line):
            yield partial(Problem, document.file, line), text
    for entry in entries(catalog):
        for key in entry.data:
            if text := entry.text(key):
                yield partial(entry.problem, key), text


def guide_pages_are_dated(catalog: Catalog) -> Iterator[Problem]:
    """A guide page says what the reader will be able to do, how long it takes and when it was last reviewed."""
    for page in catalog.pages.values():
        if page.moment and not page.path.endswith("/index.md"):
            for key in ("description", "minutes", "reviewed"):
                if getattr(page.meta, key) is None:
                    yield catalog.documents[page.path].problem((key,), "is missing")


def made_from_exists(catalog: Catalog) -> Iterator[Problem]:
    """The data file a page says it is made from is there."""
    for page in catalog.pages.values():
        file = page.meta.made_from
        if file and file not in catalog.documents:
            text = f"'{file}' is not in docs/{did_you_mean(file, list(catalog.documents))}"
            yield catalog.documents[page.path].problem(("made_from",), text)


def cited_pages_have_notes(catalog: Catalog) -> Iterator[Problem]:
    """A page that cites a source ends with its notes."""
    for page in catalog.pages.values():
        if page.cited and not any(call.macro == "notes" for call in page.calls):
            line = next(call.line for call in page.calls if call.macro == "cite")
            yield Problem(f"docs/{page.path}", line, "cites a source: end the page with {{ notes() }}")


def deck_is_its_file(catalog: Catalog) -> Iterator[Problem]:
    """The topic or competency of a deck is the name of its file."""
    for folder, key in (("ask", "topic"), ("answer", "competency")):
        for name, document in catalog.documents.items():
            slug = name.removeprefix(f"data/questions/{folder}/").removesuffix(".yml")
            subject = document.at(key)
            if name.startswith(f"data/questions/{folder}/") and isinstance(subject, str) and subject != slug:
                yield document.problem((key,), f"'{subject}' must be '{slug}', the name of the file")


def data_files_have_a_place(catalog: Catalog) -> Iterator[Problem]:
    """A file below data/ is one that something reads: a single file, or one of a folder, and ends in .yml."""
    for name, document in catalog.documents.items():
        if name.startswith("data/") and not DATA_FILE.fullmatch(name):
            yield Problem(document.file, 1, "nothing reads a file of this name: see CONTRIBUTING for where it belongs")


def item_pages_exist(catalog: Catalog) -> Iterator[Problem]:
    """The page a checklist item leads to is in docs/."""
    pages = [name for name in catalog.documents if name.endswith(".md")]
    for entry in entries(catalog):
        page = entry.text("page")
        if page and page not in pages:
            yield entry.problem("page", f"'{page}' is not a page in docs/{did_you_mean(page, pages)}")


def always_items_have_a_day(catalog: Catalog) -> Iterator[Problem]:
    """An item that is never dropped says on which day it stands."""
    for entry in entries(catalog):
        if entry.data.get("always") is True and entry.data.get("when") is None:
            yield entry.problem("when", "is missing: what is never dropped (always: true) has a day")


def questions_differ(catalog: Catalog) -> Iterator[Problem]:
    """No two questions say the same thing in nearly the same words."""
    found = [(entry, text) for entry in entries(catalog) if (text := entry.text("question"))]
    for index, (entry, text) in enumerate(found):
        for other, before in found[:index]:
            score = fuzz.token_set_ratio(text, before, score_cutoff=SIMILARITY)
            if score:
                place = f"{other.document.file}:{other.document.line((*other.loc, 'question'))}"
                yield entry.problem("question", f"is {score:.0f} % the same as the one at {place}")


def letters_are_short(catalog: Catalog) -> Iterator[Problem]:
    """A letter has fewer than 120 words."""
    for slug, letter in catalog.letters.items():
        if letter.words >= LETTER_WORDS:
            text = f"{letter.words} words are too many: stay under {LETTER_WORDS}"
            yield catalog.documents[f"data/letters/{slug}.yml"].problem(("body",), text)


def sessions_keep_their_time(catalog: Catalog) -> Iterator[Problem]:
    """The minutes of the steps of a session add up to its minutes."""
    for slug, session in catalog.sessions.items():
        total = sum(step.minutes for step in session.steps)
        if total != session.minutes:
            text = f"the steps add up to {total}, not {session.minutes}"
            yield catalog.documents[f"data/sessions/{slug}.yml"].problem(("minutes",), text)


def letters_worksheets_and_sessions_have_a_page(catalog: Catalog) -> Iterator[Problem]:
    """Each letter, worksheet and session is shown on a page."""
    shown = {(call.macro, *call.args) for page in catalog.pages.values() for call in page.calls}
    for macro in ("letter", "worksheet", "session"):
        for slug in getattr(catalog, f"{macro}s"):
            if (macro, slug) not in shown:
                document = catalog.documents[f"data/{macro}s/{slug}.yml"]
                yield document.problem((), f'no page shows it: write {{{{ {macro}("{slug}") }}}} on one')


def synonyms_lead_elsewhere(catalog: Catalog) -> Iterator[Problem]:
    """A synonym is another word than the one it stands for."""
    document = catalog.documents.get("data/synonyms.yml")
    for term, words in catalog.synonyms.items():
        for index, word in enumerate(words):
            if word.lower() == term.lower():
                yield document.problem((term, index), f"'{word}' is the word itself")


def pages_run_nothing(catalog: Catalog) -> Iterator[Problem]:
    """Nothing in a page can run: no script, no handler of an event, no address such as `javascript:`."""
    for page in catalog.pages.values():
        for text in _active(page.prose, catalog.extensions):
            line = catalog.documents[page.path].body_line + _line_of_active(page.prose, catalog.extensions, text)
            yield Problem(f"docs/{page.path}", line, text)


@cache
def _active(prose: str, extensions: tuple[str, ...]) -> tuple[str, ...]:
    """What in a page could run. Kept, since most pages are the same when the content is read again."""
    return tuple(dict.fromkeys(find_active(_markdown(extensions).reset().convert(prose))))


@cache
def _markdown(extensions: tuple[str, ...]) -> Markdown:
    return Markdown(extensions=[*extensions])


def _line_of_active(prose: str, extensions: tuple[str, ...], text: str) -> int:
    """How many lines stand above the one that completes what is wrong: with it, and not before, the page has it."""
    lines = prose.splitlines(keepends=True)
    above = range(len(lines))
    return bisect_left(above, True, key=lambda last: text in _active("".join(lines[: last + 1]), extensions))


# ---------------------------------------------------------------- macros in pages


def macro_calls_are_right(catalog: Catalog) -> Iterator[Problem]:
    """A page calls macros that exist, with the right arguments, for records that exist."""
    for page in catalog.pages.values():
        for call in page.calls:
            for text in _wrong(catalog, call):
                yield Problem(f"docs/{page.path}", call.line, f"{call.macro}(): {text}")


def _wrong(catalog: Catalog, call: Call) -> Iterable[str]:
    if call.macro not in MACROS:
        return [f"there is no such macro{did_you_mean(call.macro, list(MACROS))}"]
    check = MACROS[call.macro]
    try:
        inspect.signature(check).bind(catalog, *call.args, **call.kwargs)
    except TypeError as error:
        return [f"{error}"]
    return check(catalog, *call.args, **call.kwargs)


def _unknown(name: Any, known: Iterable[str], what: str) -> Iterator[str]:
    known = list(known)
    if name not in known:
        yield f"'{name}' is not {what}{did_you_mean(str(name), known)}"


def _slugs(catalog: Catalog, folder: str) -> list[str]:
    names = [name.removeprefix(folder) for name in catalog.documents if name.startswith(folder)]
    return [name.removesuffix(".yml") for name in names]


def _checklist(catalog: Catalog, slug: str) -> Iterator[str]:
    yield from _unknown(slug, _slugs(catalog, "data/checklists/"), "a checklist")


def _checklist_part(catalog: Catalog, slug: str, title: str) -> Iterator[str]:
    yield from (problems := list(_checklist(catalog, slug)))
    if not problems and slug in catalog.checklists:  # a list that could not be read says so itself
        titles = [section.title for section in catalog.checklists[slug].sections if section.title]
        yield from _unknown(title, titles, f"a section of {slug}")


def _deck(catalog: Catalog, slug: str) -> Iterator[str]:
    decks = _slugs(catalog, "data/questions/ask/") + _slugs(catalog, "data/questions/answer/")
    yield from _unknown(slug, decks, "a deck")


def _card(catalog: Catalog, id: str) -> Iterator[str]:
    if _readable(catalog, "data/questions/"):
        yield from _unknown(id, _card_ids(catalog), "the id of a card")


def _readable(catalog: Catalog, start: str) -> bool:
    """Whether every file below `start` could be read: one that could not hides what it holds, and says so itself."""
    found = [document for name, document in catalog.documents.items() if name.startswith(start)]
    return bool(found) and all(document.data is not None for document in found)


def _cards(catalog: Catalog, role: str | None = None, level: str | None = None, ids: list[str] = ()) -> Iterator[str]:
    if role:
        yield from _unknown(role, catalog.vocabulary.roles, "a role")
    if level:
        yield from _unknown(level, catalog.vocabulary.levels, "a level")
    for id_ in ids:
        yield from _card(catalog, id_)
    if not (role or level or ids):
        yield "say which: role, level or ids"


def _card_ids(catalog: Catalog) -> list[str]:
    return [entry.text("id") or "" for entry in entries(catalog) if "question" in entry.data]


def _cite(catalog: Catalog, *keys: str) -> Iterator[str]:
    if not keys:
        yield "name at least one source"
    for key in keys if _readable(catalog, "data/sources.yml") else ():
        yield from _not_to_cite(catalog, key)


def _moment(catalog: Catalog, slug: str) -> Iterator[str]:
    yield from _unknown(slug, {page.moment for page in catalog.pages.values()} - {None}, "a folder of docs/guide/")


def _decks(catalog: Catalog, direction: str) -> Iterator[str]:
    yield from _unknown(direction, ["ask", "answer"], "a direction")


def _say(catalog: Catalog, label: str, words: str) -> Iterator[str]:
    if words.count("[") != words.count("]"):
        yield "a gap is written [like this]: a bracket is missing"


def _letter(catalog: Catalog, slug: str) -> Iterator[str]:
    yield from _unknown(slug, _slugs(catalog, "data/letters/"), "a letter")


def _worksheet(catalog: Catalog, slug: str) -> Iterator[str]:
    yield from _unknown(slug, _slugs(catalog, "data/worksheets/"), "a worksheet")


def _worksheets(catalog: Catalog, *slugs: str) -> Iterator[str]:
    for slug in slugs:
        yield from _worksheet(catalog, slug)


def _kit(catalog: Catalog, part: str) -> Iterator[str]:
    yield from _unknown(part, ["bring", "pieces", "doubts", "said", "stories"], "a part of the kit")


def _session(catalog: Catalog, slug: str) -> Iterator[str]:
    yield from _unknown(slug, _slugs(catalog, "data/sessions/"), "a session")


def _searched(catalog: Catalog, where: str, on: str) -> Iterator[str]:
    yield from _unknown(where, catalog.vocabulary.searches, "one of the searches")
    try:
        day = date.fromisoformat(on)
    except ValueError:
        yield f"'{on}' is not a date like 2026-11-27"
    else:
        if day > date.today() + timedelta(days=1):
            yield f"{on} is still to come"


def plans_are_in_print(catalog: Catalog) -> Iterator[Problem]:
    """What a plan for coaches has printed is something we print, and `bring` tells the reader of it by its title."""
    for slug, session in catalog.sessions.items():
        document = catalog.documents[f"data/sessions/{slug}.yml"]
        told = " ".join(session.bring)
        for at, subject in enumerate(session.sheets):
            title = shop.title_of(catalog, subject)
            if title is None and _is_broken(catalog, subject):
                continue
            if title is None:
                known = [f"{kind}:{one}" for kind, slugs in shop.subjects(catalog).items() for one in slugs]
                text = f"'{subject}' is nothing we print{did_you_mean(subject, known)}"
            elif title not in told:
                text = f"`bring` does not name '{title}', which is to be printed"
            else:
                continue
            yield Problem(document.file, document.line(("sheets", at)), document.problem(("sheets",), text).text)


def _is_broken(catalog: Catalog, subject: str) -> bool:
    """Whether what a subject shows has a file, of which another problem tells."""
    kind, _, slug = subject.partition(":")
    folder = {"ask": "questions/ask", "answer": "questions/answer"}.get(kind, f"{kind}s")
    return f"data/{folder}/{slug}.yml" in catalog.documents or slug in catalog.vocabulary.roles


def what_is_not_known_is_dated(catalog: Catalog) -> Iterator[Problem]:
    """Where a page says that nothing is known, it says where we looked and when: `searched()` in the same paragraph."""
    for path, line in upkeep.undated(catalog):
        text = 'says that something is not known: add {{ searched("studies", "2026-11-27") }}, or "law" or "unchecked"'
        yield Problem(f"docs/{path}", line, text)
    for name, document in catalog.documents.items():
        if re.match(r"data/(?!sources|vocabulary)", name):  # these two say how far we read, and how we searched
            for loc, value in document.raw.items():
                if upkeep.NOT_KNOWN.search(value):
                    text = "says that something is not known: say so on a page, with the day on which we looked"
                    yield Problem(document.file, document.line(loc), document.problem(loc, text).text)


def _nothing(catalog: Catalog) -> Iterator[str]:
    return iter(())


# The macros a page may call, each with the check of its arguments. macros/__init__.py defines the same names.
MACROS: dict[str, Callable[..., Iterable[str]]] = {
    "card": _card,
    "cards": _cards,
    "checklist": _checklist,
    "checklist_part": _checklist_part,
    "checklists": _nothing,
    "cite": _cite,
    "cover_card": _card,
    "custom": _nothing,
    "deck": _deck,
    "decks": _decks,
    "evidence_key": _nothing,
    "how_to_print": _nothing,
    "kit": _kit,
    "letter": _letter,
    "moment": _moment,
    "notes": _nothing,
    "pack_builder": _nothing,
    "plan_menu": _nothing,
    "print_menu": _nothing,
    "print_shop": _nothing,
    "saved": _nothing,
    "say": _say,
    "searched": _searched,
    "session": _session,
    "sources": _nothing,
    "timeline": _nothing,
    "worksheet": _worksheet,
    "worksheet_links": _worksheets,
}

RULES: list[Callable[[Catalog], Iterator[Problem]]] = [
    ids_are_unique,
    codes_are_unique,
    sources_exist,
    sources_are_cited,
    what_is_kept_out_does_not_come_back,
    what_is_not_known_is_dated,
    plans_are_in_print,
    law_says_where_when_and_whom,
    law_pages_say_where,
    time_limits_are_figures,
    guide_pages_are_dated,
    made_from_exists,
    cited_pages_have_notes,
    deck_is_its_file,
    data_files_have_a_place,
    item_pages_exist,
    always_items_have_a_day,
    questions_differ,
    letters_are_short,
    sessions_keep_their_time,
    letters_worksheets_and_sessions_have_a_page,
    synonyms_lead_elsewhere,
    pages_run_nothing,
    macro_calls_are_right,
]
