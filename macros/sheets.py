"""What stands on a sheet -> PDF, by Typst; its picture; its row in the index."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from macros.catalog import UNPRINTABLE, Catalog
from macros.documents import CatalogError, Problem
from macros.shop import ORDERS, PAPERS, SIDES, SIZES, Sheet, measure

TYPST = Path(__file__).parent / "typst"
DUPLEX = {"one": "/Simplex", "by hand": "/Simplex", "long edge": "/DuplexFlipLongEdge"}  # ISO 32000-1, table 150
PICTURE_PPI = 24  # pixels per inch: a page becomes 198 px wide, twice what the print shop shows
MIN_PT = 8  # pt: the smallest text on paper


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(TYPST / "fonts")])


def _compiler(content: dict[str, Any]) -> typst.Compiler:
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    return typst.Compiler(input=str(TYPST / "sheet.typ"), root=str(TYPST), font_paths=_fonts(), sys_inputs=inputs)


def render(catalog: Catalog, sheet: Sheet, content: dict[str, Any]) -> bytes:
    """The PDF of a sheet: tagged (PDF/UA-1), fonts embedded, the same bytes for the same content.

    Raises CatalogError, at the line of its file, for each card whose text leaves its side at the smallest
    size allowed or has a character that our fonts lack, ValueError when an option of the
    command is to blame, and TypstError for what no content causes.
    """
    if problems := [*_missing_glyphs(catalog, content)]:
        raise CatalogError(problems)
    compiler = _compiler(content)
    made = datetime.fromisoformat(content["reviewed"]).replace(tzinfo=UTC)
    pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=made)
    if warnings:
        raise typst.TypstError(f"{sheet.file}: {warnings[0].message}")
    fits = json.loads(compiler.query("<fit>", field="value"))
    if option := _too_small(sheet, [fit for fit in fits if not fit["fits"]]):
        raise ValueError(option)
    if problems := [_too_long(catalog, sheet, fit) for fit in fits if not fit["fits"]]:
        raise CatalogError(problems)
    return _with_print_hints(pdf, sheet)


def _missing_glyphs(catalog: Catalog, content: dict[str, Any]) -> Iterator[Problem]:
    """What load() refuses in content files may still come from the command line: name the card and the glyph."""
    for part in content["parts"]:
        for card in part.get("cards", ()):
            for text in _texts(card):
                if strange := UNPRINTABLE.search(text):
                    yield _at_card(catalog, card["id"], "question", f"our fonts have no glyph for '{strange[0]}'")
        for text in _texts({key: value for key, value in part.items() if key != "cards"}):
            if strange := UNPRINTABLE.search(text):
                yield Problem(part["title"], 1, f"our fonts have no glyph for '{strange[0]}'")


def _texts(value: Any) -> Iterator[str]:
    """Every text within plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _texts(child)


def _too_small(sheet: Sheet, unfit: list[dict[str, Any]]) -> str:
    """Why an option of the command, not a content file, is to blame that something does not fit; "" if none is.

    What we publish fits: on a size of its own it is the size.
    """
    sides = {fit["side"] for fit in unfit}
    size = "{:g} x {:g} mm".format(*measure(sheet.card or "field", SIZES))
    if "foot" in sides:
        option = next(fit["id"] for fit in unfit if fit["side"] == "foot")
        return f"--{option}: does not fit the foot of this sheet: shorten it, or take larger paper"
    if "back text" in sides:
        return f"--back-text: too long for a card of {size}, or a word of it is: shorten it"
    if sides & {"front", "back"} and sheet.card not in SIZES:
        cards = len({fit["id"] for fit in unfit})
        return f"--card {sheet.card}: the words of {cards} card(s) do not fit: ask for a larger one"
    if "panel" in sides and sheet.paper not in PAPERS:
        return f"--paper {sheet.paper}: too small for the pocket edition"
    return ""


def _too_long(catalog: Catalog, sheet: Sheet, fit: dict[str, Any]) -> Problem:
    if fit["side"] == "panel":
        return Problem("docs/data/checklists", 1, f"the panel '{fit['id']}' of the pocket edition is too full")
    width, height = measure(sheet.card or "field", SIZES)
    key = "question" if fit["side"] == "front" else "why"
    text = f"the {fit['side']} of the card does not fit on {width:g} x {height:g} mm: shorten it"
    return _at_card(catalog, fit["id"], key, text)


def _at_card(catalog: Catalog, id_: str, key: str, text: str) -> Problem:
    for name, document in catalog.documents.items():
        for index, row in enumerate(document.at("questions") or () if name.startswith("data/questions/") else ()):
            if row["id"] == id_:
                return document.problem(("questions", index, key), text)
    raise KeyError(id_)


def _with_print_hints(pdf: bytes, sheet: Sheet) -> bytes:
    """What Typst cannot say: print at 100 %, and how to flip. Recompressed; the same bytes every time."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
        if duplex := DUPLEX.get(sheet.sides):
            document.Root.ViewerPreferences.Duplex = pikepdf.Name(duplex)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return out.getvalue()


def render_picture(content: dict[str, Any]) -> bytes:
    """The first page of a sheet as a small PNG."""
    part = content["parts"][0]
    if "cards" in part:
        room = part["columns"] * part["rows"] // (2 if part["order"] == "fold" else 1)
        part = {**part, "cards": part["cards"][:room]}
    pages = _compiler({**content, "parts": [part]}).compile(format="png", ppi=PICTURE_PPI)
    return pages[0] if isinstance(pages, list) else pages


def describe(sheet: Sheet, pdf: bytes) -> dict[str, Any]:
    """The sheet's row in sheets/index.json; pages and the smallest font size (pt) are read from the PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
        smallest = min(
            float(operands[1])
            for page in document.pages
            for operands, operator in pikepdf.parse_content_stream(page, "Tf")
            if str(operator) == "Tf"
        )
    return {
        "file": sheet.file,
        "title": sheet.title,
        "about": sheet.about,
        "paper": sheet.paper,
        "kind": sheet.kind,
        "card": list(measure(sheet.card, SIZES)) if sheet.card else None,
        "order": ORDERS[sheet.order] if sheet.order else None,
        "sides": SIDES[sheet.sides] or None,
        "pages": pages,
        "smallest_pt": smallest,
    }
