"""A published file -> the links in it, as they are written, and the parts of a page that a link may name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from lxml import etree, html

# Beside a stylesheet; beside a script; below the top of the site. What a script puts together as it runs is not read.
IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
BESIDE_SCRIPT = re.compile(
    r"""["'`](\.{1,2}/[\w./-]*\.\w+)["'`]|new URL\(\s*["'`](\.{1,2}/[\w./-]*)["'`]\s*,\s*import\.meta\.url"""
)
BELOW_TOP = re.compile(r"""["'`]([\w-]+(?:/[\w-]+)+\.(?:js|json|css|pdf))["'`]""")
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.S)
SCRIPT_KEY = re.compile(r"""[{,]\s*["'][^"'\n]*["']\s*:""")  # the name of a value, however much it looks like a file


def read_page(body: bytes) -> html.HtmlElement:
    """The tree of a page; of a page without a word, an empty one."""
    return html.document_fromstring(body if body.strip() else b"<html></html>", html.HTMLParser(encoding="utf-8"))


def in_page(page: html.HtmlElement) -> Iterator[str]:
    """What a page loads and where it leads to, its own styles included."""
    for element, attribute, link, _ in page.iterlinks():
        if element.tag != "base" and attribute != "srcset":
            yield link
    for several in page.xpath("//@srcset"):
        for candidate in several.split(","):
            yield from candidate.split()[:1]
    yield from page.xpath("//@poster")
    yield from (content for content in page.xpath("//meta/@content") if re.match("https?://", content))
    for script in page.xpath("//script[not(@src) and (not(@type) or @type='module')]/text()"):
        yield from in_script(script)


def base(page: html.HtmlElement) -> str:
    """What the links of a page start from, when it says so itself."""
    return "".join(page.xpath("//base/@href")[:1])


def canonical(page: html.HtmlElement) -> str:
    """The address that a page says it has."""
    return "".join(page.xpath("//link[@rel='canonical']/@href")[:1])


def parts_of(page: html.HtmlElement) -> set[str]:
    """The ids and names that the part of a link after # may name. What a template holds is not on the page yet."""
    return {*page.xpath("//*[not(ancestor::template)]/@id | //a[not(ancestor::template)]/@name")}


def in_style(text: str) -> Iterator[str]:
    """What a stylesheet loads."""
    for address, imported in IN_STYLE.findall(STYLE_COMMENT.sub("", text)):
        yield address or imported


def in_script(text: str) -> Iterator[str]:
    """The modules that a script imports, and what it addresses from where it lies."""
    for file, address in BESIDE_SCRIPT.findall(SCRIPT_KEY.sub("", text)):
        yield file or address


def in_script_from_top(text: str) -> Iterator[str]:
    """The files that a script names from the top of the site."""
    yield from BELOW_TOP.findall(text)


def in_sitemap(body: bytes) -> list[str]:
    """The addresses of a sitemap."""
    return etree.fromstring(body).xpath("//*[local-name()='loc']/text()")


def printed(pdf: bytes) -> str:
    """The words of a sheet's first page as they are drawn there, a line for each run; of what is no PDF, none."""
    drawn: list[str] = []
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            page, letters = document.pages[0], {}
            for operands, operator in pikepdf.parse_content_stream(page, "BT Tf Tj TJ"):
                if str(operator) == "BT":
                    drawn.append("\n")
                elif str(operator) == "Tf":
                    letters = _letters(page.Resources.Font[str(operands[0])])
                else:
                    strings = operands[0] if str(operator) == "TJ" else operands
                    drawn += [_spell(bytes(item), letters) for item in strings if isinstance(item, pikepdf.String)]
    except pikepdf.PdfError:
        return ""
    return "".join(drawn)


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """Number of a glyph (two bytes) -> what it says, by the table that a subset of a font carries for readers."""
    table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>", table)
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _spell(glyphs: bytes, letters: dict[bytes, str]) -> str:
    numbers = (glyphs[place : place + 2] for place in range(0, len(glyphs), 2))
    return "".join(letters.get(number, "\N{REPLACEMENT CHARACTER}") for number in numbers)
