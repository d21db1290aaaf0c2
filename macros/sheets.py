"""Records -> PDF, by Typst: what stands on a sheet (create_content), and the sheet itself (render)."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from macros.catalog import ORDERS, AnswerDeck, AskDeck, Catalog, Checklist, Question, Sheet, Worksheet
from macros.documents import CatalogError, Problem
from macros.pages import back_rows, front_notes, people

TYPST = Path(__file__).parent / "typst"
CARD = {"width": 90, "height": 62}  # mm: the field card, chosen so that 2 x 4 fit A4 and Letter alike
LICENCE = "CC BY 4.0"
HOW = {
    "fold": "Print at 100 %. Cut on the dashes, fold on the dots.",
    "duplex": "Print at 100 %, both sides, flip on the long edge.",
}


def create_content(catalog: Catalog, sheet: Sheet, site: str) -> dict[str, Any]:
    """All that a sheet shows, as plain data: the same data make the same bytes. `site` is the site's address."""
    kind, _, slug = sheet.subject.partition(":")
    if kind == "checklist":
        return _checklist(catalog, sheet, catalog.checklists[slug], _address(site, f"checklists/{slug}/"))
    if kind == "worksheet":
        return _worksheet(sheet, catalog.worksheets[slug], _address(site, _page_of(catalog, slug)))
    if kind == "role":
        chosen = catalog.for_role(slug)
        address = _address(site, f"ask/for/{slug}/")
    else:
        deck = getattr(catalog, kind)[slug]
        chosen = [(question, deck) for question in deck.questions]
        address = _address(site, f"{kind}/{slug}/")
    reviewed = max(deck.reviewed for _, deck in chosen)
    return {
        **_common(sheet, address, reviewed),
        **CARD,
        "order": sheet.order,
        "how": HOW[sheet.order],
        "cards": [_card(catalog, question, deck) for question, deck in chosen],
    }


def _common(sheet: Sheet, address: str, reviewed: date) -> dict[str, Any]:
    licence = f"{LICENCE} · reviewed {reviewed.strftime('%-d %B %Y')}"
    return {
        "title": sheet.title,
        "paper": sheet.paper,
        "address": address,
        "licence": licence,
        "reviewed": reviewed.isoformat(),
    }


def _address(site: str, path: str) -> str:
    """An address as people type it."""
    return f"{site.rstrip('/')}/{path}".partition("://")[2]


def _card(catalog: Catalog, question: Question, deck: AskDeck | AnswerDeck) -> dict[str, Any]:
    asking = isinstance(deck, AskDeck)
    terms = catalog.vocabulary.topics if asking else catalog.vocabulary.competencies
    kind = catalog.badge(question.sources)
    return {
        "id": question.id,
        "code": question.code,
        "subject": terms[deck.subject].label,
        "question": question.question,
        "who": ("Ask: " if asking else "Asked by: ") + people(catalog, question),
        "notes": front_notes(catalog, question),
        "rows": [(label, [value] if isinstance(value, str) else value) for label, value in back_rows(question, asking)],
        "badge": kind and {"kind": kind, "label": catalog.vocabulary.kinds[kind].label},
        "write": "I heard" if asking else "My story",
    }


def _checklist(catalog: Catalog, sheet: Sheet, checklist: Checklist, address: str) -> dict[str, Any]:
    moments = catalog.vocabulary.moments
    return {
        **_common(sheet, address, checklist.reviewed),
        "moments": [term.label for term in moments.values()],
        "here": list(moments).index(checklist.moment) + 1,
        "about": f"Checklist · {len(checklist.items)} items",
        "sections": [
            {
                "title": section.title,
                "minutes": section.minutes,
                "items": [{"text": item.text, "code": item.code} for item in section.items],
            }
            for section in checklist.sections
        ],
        "words": checklist.words,
        "lines": checklist.lines and checklist.lines.model_dump(),
    }


def _worksheet(sheet: Sheet, worksheet: Worksheet, address: str) -> dict[str, Any]:
    return {
        **_common(sheet, address, worksheet.reviewed),
        "intro": worksheet.intro,
        "parts": [part.model_dump() for part in worksheet.parts],
    }


def _page_of(catalog: Catalog, slug: str) -> str:
    """The address of the first page that shows a worksheet; a rule sees to it that there is one."""
    shown = ((page, call) for page in catalog.pages.values() for call in page.calls)
    page = next(page for page, call in shown if call.macro == "worksheet" and call.args == (slug,))
    return page.path.removesuffix(".md") + "/"


# ---------------------------------------------------------------- drawing


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(TYPST / "fonts")])


def render(catalog: Catalog, sheet: Sheet, content: dict[str, Any]) -> bytes:
    """The PDF of a sheet: tagged (PDF/UA-1), fonts embedded, the same bytes for the same content.

    Raises CatalogError, at the question's line, for each card whose text leaves its side at the smallest
    size allowed, and TypstError for what no content causes: a font that is missing, a glyph it lacks.
    """
    template = TYPST / f"{sheet.kind}.typ"
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    compiler = typst.Compiler(input=str(template), root=str(TYPST), font_paths=_fonts(), sys_inputs=inputs)
    made = datetime.fromisoformat(content["reviewed"]).replace(tzinfo=UTC)
    pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=made)
    if warnings:
        raise typst.TypstError(f"{sheet.file}: {warnings[0].message}")
    fits = json.loads(compiler.query("<fit>", field="value"))
    if problems := [_too_long(catalog, fit) for fit in fits if not fit["fits"]]:
        raise CatalogError(problems)
    return _with_print_hints(pdf, sheet)


def _too_long(catalog: Catalog, fit: dict[str, Any]) -> Problem:
    for name, document in catalog.documents.items():
        for index, row in enumerate(document.at("questions") or () if name.startswith("data/questions/") else ()):
            if row["id"] == fit["id"]:
                key = "question" if fit["side"] == "front" else "why"
                size = f"{CARD['width']} x {CARD['height']} mm"
                text = f"the {fit['side']} of the card does not fit on {size}: shorten it"
                return document.problem(("questions", index, key), text)
    raise KeyError(fit["id"])


def _with_print_hints(pdf: bytes, sheet: Sheet) -> bytes:
    """What Typst cannot say: print at 100 %, and how to flip. Recompressed; the same bytes every time."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
        duplex = {"fold": "/Simplex", "duplex": "/DuplexFlipLongEdge"}.get(sheet.order)
        if duplex:
            document.Root.ViewerPreferences.Duplex = pikepdf.Name(duplex)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return out.getvalue()


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
        "paper": sheet.paper,
        "kind": sheet.kind,
        "card": [CARD["width"], CARD["height"]] if sheet.kind == "cards" else None,
        "order": ORDERS[sheet.order] if sheet.order else None,
        "pages": pages,
        "smallest_pt": smallest,
    }
