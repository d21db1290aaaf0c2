"""Reading printed pages: where lines and characters stand on them, in mm from the top left."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4  # points
THIN = 0.9  # mm: no thicker path is a line,
SHORT = 8  # nor any shorter than this: signs and boxes are drawn of such
LARGEST_SIGN = 9
ENDS = 0.4  # mm that the end of a line may reach under the sign that follows it, such as a comma


class Box(NamedTuple):
    """A character, or "" for a drawn path, and its edges in mm."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Width and height of a page."""
    return page.get_width() / MM, page.get_height() / MM


def _box(page: pypdfium2.PdfPage, text: str, edges: tuple[float, float, float, float]) -> Box:
    left, bottom, right, top = edges
    height = page.get_height()
    return Box(text, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)


@cache  # a page is read once for all tests that ask it
def _text(page: pypdfium2.PdfPage) -> pypdfium2.PdfTextPage:
    return page.get_textpage()


@cache
def characters(page: pypdfium2.PdfPage) -> list[Box]:
    """Every character that leaves ink."""
    text = _text(page)
    whole = text.get_text_range()
    boxes = (_box(page, whole[at : at + 1], text.get_charbox(at)) for at in range(text.count_chars()))
    return [box for box in boxes if box.right > box.left and not box.text.isspace()]


@cache
def paths(page: pypdfium2.PdfPage) -> list[Box]:
    """Every drawn path. The edges of a line reach beyond its ends by its thickness."""
    return [_box(page, "", path.get_bounds()) for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]


@cache
def dashes(page: pypdfium2.PdfPage) -> list[Box]:
    """Every dashed or dotted path of `paths`: to cut, to fold or to write on."""
    drawn = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
    return [_box(page, "", path.get_bounds()) for path in drawn if pdfium.FPDFPageObj_GetDashCount(path.raw) > 0]


def crossings(page: pypdfium2.PdfPage) -> list[tuple[Box, Box]]:
    """(character, line) wherever ink of a text meets a drawn line, level or upright, dashed or not.

    What stands in a sign, such as the number of a moment in its circle, is not crossed by the line behind the sign.
    """
    found = []
    signs = [path for path in paths(page) if all(THIN < side < LARGEST_SIGN for side in _sides(path))]
    for start, end, low, high in (("top", "bottom", "left", "right"), ("left", "right", "top", "bottom")):
        lines = [path for path in paths(page) if getattr(path, end) - getattr(path, start) < THIN]
        lines = sorted(line for line in ((getattr(path, start), path) for path in lines if max(_sides(path)) > SHORT))
        for box in characters(page):
            if any(_holds(sign, box) for sign in signs):
                continue
            first = bisect_left(lines, getattr(box, start) - THIN, key=itemgetter(0))
            for at, line in lines[first:]:
                if at > getattr(box, end):
                    break
                apart = getattr(box, high) - ENDS < getattr(line, low) or getattr(line, high) - ENDS < getattr(box, low)
                if not apart and getattr(line, end) > getattr(box, start):
                    found.append((box, line))
    return found


def _sides(path: Box) -> tuple[float, float]:
    return path.right - path.left, path.bottom - path.top


def _holds(path: Box, box: Box) -> bool:
    return path.left < box.left and box.right < path.right and path.top < box.top and box.bottom < path.bottom


def find(page: pypdfium2.PdfPage, word: str) -> Iterator[Box]:
    """Every place of a whole word."""
    text = _text(page)
    search = text.search(word, match_case=True, match_whole_word=True)
    while match := search.get_next():
        boxes = [_box(page, "", text.get_charbox(at)) for at in range(match[0], match[0] + match[1])]
        yield Box(
            word,
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
