"""What has to be looked at again: what we did not find, what was read long ago, and law stated without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from macros.catalog import Catalog, Page
from macros.documents import Problem

YEAR = timedelta(days=365)
SHORT = 6  # words
CALL = re.compile(r"\{\{.*?\}\}")
SEARCHED = re.compile(r"\{\{\s*searched\(")
# The ways in which a sentence says that something is not known.
NOT_KNOWN = re.compile(
    r"\b(we|have|had|could) (find|found|know of) (no|none)\b|\bno (\w+ )?that we (found|know of)\b"
    r"|\b(find|found) (none|it nowhere)\b|\bwe (do|did) not know\b|\bwe (have|had|did) not (check|search|look)(ed)?\b"
    r"|\bnobody (has )?(counts|counted|studied)\b|\bnot been (tested|studied)\b|\bas far as we know\b",
    re.IGNORECASE,
)
# Words with which law is stated. A sentence with one and no source near it is shown, not refused: it may be about a
# rule of a firm, or lean on the sentence before.
OF_LAW = re.compile(
    r"\b(the law|by law|laws?|legal(ly)?|illegal|unlawful|forbids?|forbidden|regulations?|directive|statutes?) "
    r"|\brights? to\b|\b[A-Z]\w+ Act\b",
)


@dataclass(frozen=True)
class Unknown:
    """A sentence that says that something is not known: where it stands, what was searched for it, and when."""

    page: Page
    line: int
    sentence: str
    where: str
    on: date


def unknowns(catalog: Catalog) -> Iterator[Unknown]:
    """All of them, in the order of the pages."""
    for path, page in catalog.pages.items():
        document = catalog.documents[path]
        lines = document.body.splitlines()
        seen: dict[int, int] = {}
        for call in page.calls:
            if call.macro != "searched":
                continue
            text = lines[call.line - document.body_line]
            place = seen[call.line] = seen.get(call.line, -1) + 1
            before = text[: [*SEARCHED.finditer(text)][place].start()]
            where, on = call.args
            yield Unknown(page, call.line, _last(sentences(before)), where, date.fromisoformat(on))


def _last(said: list[str]) -> str:
    """The last sentence, with the one before it where it is too short to be understood alone."""
    return " ".join(said[-2:] if len(said[-1].split()) < SHORT else said[-1:])


def sentences(text: str) -> list[str]:
    """The sentences of a line of Markdown, without calls, links and signs. At least one, which may be empty."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", CALL.sub("", text))
    text = " ".join(re.sub(r"^\s*[-#]+ |[*_`|]", "", text).split())
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", text)] or [""]


def undated(catalog: Catalog) -> Iterator[tuple[str, int]]:
    """(path, line) of each line of a page that says that something is not known, and not where and when we looked."""
    for path in catalog.pages:
        document = catalog.documents[path]
        for number, line in enumerate(document.body.splitlines(), document.body_line):
            if NOT_KNOWN.search(CALL.sub("", line)) and not SEARCHED.search(line):
                yield path, number


def overdue(catalog: Catalog, today: date) -> Iterator[Problem]:
    """What was looked for, read or reviewed more than twelve months before `today`."""
    for unknown in unknowns(catalog):
        if today - unknown.on > YEAR:
            yield Problem(f"docs/{unknown.page.path}", unknown.line, f"searched on {unknown.on}: {unknown.sentence}")
    sources = catalog.documents["data/sources.yml"]
    for key, source in catalog.sources.items():
        if today - source.checked > YEAR:
            yield sources.problem((key, "checked"), f"a source checked on {source.checked}")
    for document in catalog.documents.values():
        reviewed = document.data.get("reviewed") if isinstance(document.data, dict) else None
        if isinstance(reviewed, date) and today - reviewed > YEAR:
            yield document.problem(("reviewed",), f"a file reviewed on {reviewed}")


def uncited_law(catalog: Catalog) -> Iterator[Problem]:
    """Sentences of guide pages that speak of law in a paragraph that cites no law."""
    laws = {key for key, source in catalog.sources.items() if source.kind == "law"}
    for path, page in catalog.pages.items():
        document = catalog.documents[path]
        cited = {call.line for call in page.calls if call.macro == "cite" and laws & set(call.args)}
        for number, line in enumerate(document.body.splitlines(), document.body_line):
            if page.moment and number not in cited:
                for sentence in filter(OF_LAW.search, sentences(line)):
                    yield Problem(f"docs/{path}", number, sentence)
