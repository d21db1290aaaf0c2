"""What in a piece of HTML could run a script or load something that does. Nothing of that kind stands in a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import document_fromstring

# Elements that run or load something, move the page's addresses, or have text that a browser may read as elements.
# (SVG's <animate> and <set> can write an address into a link that was harmless.)
ELEMENTS = re.compile(
    "animate|applet|base|embed|frame|frameset|iframe|link|meta|noembed|noframes|noscript|object|plaintext|portal|"
    "script|set|style|title|xmp"
)
# Attributes that hold an address, in HTML and SVG.
ADDRESSES = re.compile("action|background|cite|data|formaction|href|manifest|ping|poster|src|srcset")
SCHEMES = frozenset(["http", "https", "mailto", "tel"])  # any other may run or hold a page of its own


def find_active(source: str) -> Iterator[str]:
    """What is wrong with each element and attribute of `source` (HTML, as a browser gets it) that could run."""
    if not source.strip():
        return
    for element in document_fromstring(f"<body>{source}</body>").iter(etree.Element):
        name = element.tag.lower()
        if ELEMENTS.fullmatch(name):
            yield f"<{name}> may not stand in a page: it could run or load a script"
        for attribute, value in element.attrib.items():
            yield from _find_in_attribute(attribute.lower().rpartition(":")[2], value)


def _find_in_attribute(name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name == "srcdoc":
        yield f"{name}= may not stand in a page: it runs a script"
    if ADDRESSES.fullmatch(name):
        for address in value.split(",") if name == "srcset" else [value]:
            scheme = _scheme(address)
            if scheme is not None and scheme not in SCHEMES:
                yield f"an address may not begin with '{scheme}:': write https://, mailto:, or / for a page of ours"


def _scheme(address: str) -> str | None:
    """The scheme of an address as a browser reads it: whatever the case, and past spaces and control characters."""
    plain = re.sub(r"[\0-\x20\x7f-\xa0]", "", address).lower()
    found = re.match(r"([a-z][a-z0-9+.\-]*):", plain)
    return found[1] if found else None
