"""A built page -> what the search index reads: the page, with the words people type beside the words we use.

Only the index sees the result. The page itself stays as it is.
"""

from __future__ import annotations

import re

from lxml import html

HEADINGS = "self::h1 or self::h2 or self::h3"
IN_HEADING = "5"  # Pagefind's weights go up to 10; its own for an h2 is 6, so a heading's own words still win
IN_TEXT = "0.5"


def create_indexed(page: str, synonyms: dict[str, tuple[str, ...]]) -> str | None:
    """The page for the index, or None for a page without a searchable body.

    Keywords of a card or page (`data-keywords`) and synonyms of words in a heading go behind that heading;
    synonyms of words that stand only in the text go, with little weight, behind the title of the page.
    """
    document = html.document_fromstring(page)
    bodies = document.xpath("//*[@data-pagefind-body]")
    if not bodies:
        return None
    body = bodies[0]
    known = [(_pattern(term), words) for term, words in synonyms.items()]
    text = " ".join(body.text_content().split()).lower()
    mentioned = [pair for pair in known if pair[0].search(text)]
    in_headings: set[str] = set()
    for heading in body.xpath(f".//*[{HEADINGS}]"):
        title = heading.text_content().lower()
        found = [word for pattern, words in mentioned if pattern.search(title) for word in words]
        in_headings.update(found)
        found += _keywords(heading)
        if found:
            heading.addnext(_hidden(found, IN_HEADING))
    if body.get("data-keywords"):
        body.insert(0, _named(body.get("data-keywords")))
    rest = [word for _, words in mentioned for word in words if word not in in_headings]
    title = body.find(".//h1")
    if rest and title is not None:
        title.addnext(_hidden(rest, IN_TEXT))
    return html.tostring(document, encoding="unicode", doctype="<!doctype html>")


def _pattern(term: str) -> re.Pattern[str]:
    """The term as a word, with the endings of a plural or a verb."""
    return re.compile(rf"\b{re.escape(term.lower())}(s|es|d|ed|ing)?\b")


def _keywords(heading: html.HtmlElement) -> list[str]:
    """The keywords of the card or page this heading is the first of."""
    for holder in heading.xpath("ancestor::*[@data-keywords]"):
        if holder.xpath(f"(.//*[{HEADINGS}])[1]")[0] is heading:
            return [word.strip() for word in holder.get("data-keywords").split(",") if word.strip()]
    return []


def _hidden(words: list[str], weight: str) -> html.HtmlElement:
    element = html.Element("p", {"data-pagefind-weight": weight})
    element.text = ". ".join(words) + "."
    return element


def _named(keywords: str) -> html.HtmlElement:
    """The keywords of a page as its metadata: search.js puts a page first when a query is one of them."""
    element = html.Element("p", {"data-pagefind-meta": "keywords", "data-pagefind-ignore": "index"})
    element.text = "|".join(word.strip().lower() for word in keywords.split(","))
    return element
