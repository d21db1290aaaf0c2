"""What was typed after `python -m macros` -> what is asked for, or a sentence that names what cannot be meant."""

from __future__ import annotations

import math
import os
import re
from argparse import Namespace
from pathlib import Path
from urllib.parse import urlsplit

from macros import shop
from macros.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
SHEETS = ROOT / "sheets"  # drawn sheets land here, out of git's sight
LOCAL = re.compile(r"localhost|.+\.localhost|127\..+|0\.0\.0\.0|::1")  # hosts that lead every reader to his own machine
MOST_ADDRESS = 200  # letters: more fits the foot of no paper that people have
LARGEST = 1189.0  # mm: the long side of A0 (ISO 216); no printer of ours takes more
# mm: across, the ruler with its label (113) needs it between margins of 18; down, a list gets half a page at least.
SMALLEST_PAGE = (148.0, 180.0)
SMALLEST_CARD = 25.0  # mm: 5 at each edge stay clear, and two words need the rest
# Option -> the kinds of sheet that it means something for, as people call them, and as shop.py does.
MEANT_FOR = {
    "card": ("cards and blank cards", ("cards", "blank")),
    "order": ("cards, blank cards and packs", ("cards", "blank", "pack")),
    "ids": ("cards", ("cards",)),
    "full": ("checklists", ("checklist",)),
    "organisation": (
        "all but the pocket edition",
        ("cards", "blank", "checklist", "worksheet", "session", "pack", "test"),
    ),
    "back_text": ("cards", ("cards",)),
    "back_offset": ("cards", ("cards",)),
}
# Option -> the orders in which it means something: the others have no backs, or none that can be off.
IN_ORDER = {"back_text": ("fold", "duplex", "stacked"), "back_offset": ("duplex", "stacked")}


class Refused(ValueError):
    """What was asked for cannot be meant or done; the message is one line for whoever asked."""


def _flag(option: str) -> str:
    return f"--{option.replace('_', '-')}"


# ---------------------------------------------------------------- a sheet


def sheet(catalog: Catalog, options: Namespace) -> shop.Sheet:
    """The sheet that the options of the command describe; an option that was not typed is None. Raises Refused."""
    subject = options.subject.strip().lower()
    kind = shop.KINDS.get(subject.partition(":")[0])
    order = options.order or "fold"
    if kind:
        _refuse_idle(options, kind, order)
    more = {
        "full": bool(options.full),
        "organisation": " ".join((options.organisation or "").split()),
        "back_text": " ".join((options.back_text or "").split()),
        "back_offset": _offset(options.back_offset or (0.0, 0.0)),
    }
    for option in ("organisation", "back_text"):
        if strange := shop.UNPRINTABLE.search(more[option]):
            raise Refused(f"{_flag(option)}: our fonts have no glyph for {strange[0]!r}")
    paper, card = (options.paper or "any").strip().lower(), (options.card or "field").strip().lower()
    _check_sizes(kind, paper, card)
    try:
        asked = shop.create_sheet(catalog, subject, paper, card, order, **more)
        return asked if options.ids is None else shop.with_cards(catalog, asked, _names(options.ids))
    except ValueError as error:
        raise Refused(str(error)) from None


def _refuse_idle(options: Namespace, kind: shop.Kind, order: str) -> None:
    """Whoever types an option means it to do something."""
    for option, (called, kinds) in MEANT_FOR.items():
        if getattr(options, option) in (None, False):
            continue
        if kind not in kinds:
            raise Refused(f"{_flag(option)} means nothing for {options.subject}: it is for {called}")
        orders = IN_ORDER.get(option, (order,))
        if order not in orders:
            raise Refused(f"{_flag(option)} means nothing with --order {order}: it is for {', '.join(orders)}")


def _check_sizes(kind: shop.Kind | None, paper: str, card: str) -> None:
    page = _measured("paper", paper, shop.PAPERS)
    if max(page) > LARGEST:
        raise Refused(f"--paper {paper}: no side may be over {LARGEST:g} mm, the long side of A0")
    if kind in ("cards", "blank"):
        if min(_measured("card", card, shop.SIZES)) < SMALLEST_CARD:
            raise Refused(f"--card {card}: no side may be under {SMALLEST_CARD:g} mm, or no words fit")
    elif page[0] < SMALLEST_PAGE[0] or page[1] < SMALLEST_PAGE[1]:
        least = "{:g} x {:g}".format(*SMALLEST_PAGE)
        raise Refused(f"--paper {paper}: a full page needs {least} mm at least, upright, for its lines and its ruler")


def _measured(option: str, text: str, names: dict[str, tuple[float, float]]) -> tuple[float, float]:
    try:
        return shop.measure(text, names)
    except ValueError as error:
        raise Refused(f"{_flag(option)}: {error}") from None


def _offset(offset: tuple[float, float]) -> tuple[float, float]:
    for number in offset:
        if not math.isfinite(number) or abs(number) > shop.MOST_OFFSET:
            most = shop.MOST_OFFSET
            raise Refused(f"--back-offset {number:g}: a number from -{most:g} to {most:g} mm is needed; {shop.SIGN}")
    return tuple(offset)


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise Refused("--ids names no card: write ids or printed codes, with commas between")
    return names


# ---------------------------------------------------------------- addresses


def address(text: str, named: str) -> str:
    """An address of a site as it can be printed, ending in a slash. Raises Refused, naming where it was `named`."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # both may be what cannot be read
    except ValueError:
        host = None
    if (
        not host
        or parts.scheme not in ("http", "https")
        or not re.fullmatch(r"[!-~]+", text)
        or host.strip(".") != host
    ):
        raise Refused(f"{named}: {text[:60]!r} is not an address of a site: write https://…")
    if parts.username is not None or parts.query or parts.fragment:
        raise Refused(f"{named}: an address of a site has no name and password, no '?' and no '#': {text[:60]!r}")
    if len(text) > MOST_ADDRESS:
        raise Refused(f"{named}: an address of {len(text)} letters does not fit the foot of a sheet")
    return text.rstrip("/") + "/"


def is_local(text: str) -> bool:
    """Whether an address leads whoever types it from paper to nothing but his own machine."""
    return bool(LOCAL.fullmatch(urlsplit(text).hostname or ""))


def address_to_print(typed: str | None) -> str:
    """The address at the foot of a sheet: the one typed, else SITE_URL, else what mkdocs.yml says, else none, "".

    One of this machine is printed only when it was typed: a sheet outlives the server it was tried on.
    """
    if typed is not None:
        return address(typed, "--address")
    if found := os.environ.get("SITE_URL", ""):
        return "" if is_local(address(found, "SITE_URL")) else address(found, "SITE_URL")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    written = re.search(r"^site_url: ['\"]?(https?://[^\s'\"]+)", config, re.M)
    return "" if not written or is_local(written[1]) else address(written[1], "site_url in mkdocs.yml")


# ---------------------------------------------------------------- files


def file(typed: Path | None, name: str) -> Path:
    """Where to write a sheet: the file typed, else `name` in sheets/, which is made. Raises Refused."""
    if typed is None:
        SHEETS.mkdir(exist_ok=True)
        typed = SHEETS / name
    if typed.is_dir():
        raise Refused(f"-o {typed}: is a folder; name a file in it, like {typed / name}")
    if typed.suffix.lower() != ".pdf":
        raise Refused(f"-o {typed}: a sheet is a PDF: end its name in .pdf")
    if not typed.parent.is_dir():
        raise Refused(f"-o {typed}: there is no folder {typed.parent}")
    if not os.access(typed if typed.exists() else typed.parent, os.W_OK):
        raise Refused(f"-o {typed}: may not be written")
    return typed


def built_site(folder: Path) -> Path:
    """A folder that holds a built site. Raises Refused: nothing is made in a mistyped one."""
    if not (folder / "index.html").is_file():
        raise Refused(f"{folder} holds no built site (no index.html): build it first, with python -m mkdocs build")
    return folder
