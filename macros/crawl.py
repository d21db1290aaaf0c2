"""The published site, seen from outside: follows every link from its address on and says what is wrong, a line each.

It asks this one site only. What is at the same host and not below the address is dead: on GitHub Pages that is
another project's, or nobody's.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lxml import etree

from macros import links

AT_ONCE = 8
ATTEMPTS = 3  # for what fails on its way, not for what is not there
TIMEOUT = 30  # seconds
PAUSE = 5  # seconds between two attempts, and between two looks for a new build
HOPS = 5
MISSING = "no-such-page/at-all/"
ANY_PAGE = {"", "top"}  # parts that every page has


@dataclass(frozen=True)
class Link:
    """A link as it is written, the address it leads to (None: out of the site) and the part it names there."""

    written: str
    target: str | None
    part: str = ""


@dataclass
class File:
    """What the site answers at an address."""

    status: int
    address: str  # where the answer is from, after redirections
    kind: str = ""  # text/html …
    body: bytes = b""
    problem: str = ""  # why there is no answer
    links: list[Link] = field(default_factory=list)
    parts: set[str] | None = None  # None: not a page
    canonical: str = ""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Every step is looked at before it is taken."""


class Site:
    """The site at `address`. `built_for` is the address that it says it has: the same one, unless it is tried out."""

    def __init__(self, address: str, built_for: str = ""):
        self.address = _checked(address)
        self.built_for = _checked(built_for or address)
        self._opener = build_opener(_NoRedirect)

    def find(self, written: str, base: str) -> Link | None:
        """Where a link of the page at `base` leads; None for what leads to another host or is no address to open."""
        try:
            address, part = urldefrag(urljoin(base, written.strip()))
            parts, own = urlsplit(address), urlsplit(self.address)
        except ValueError:  # like http://[
            return Link(written, None)
        hosts = (own.netloc, urlsplit(self.built_for).netloc)
        if parts.scheme not in ("http", "https") or parts.netloc not in hosts:
            return None
        address = urljoin(address, parts.path or "/")  # without ?…, and with each ../ taken
        if address.startswith(self.built_for):
            address = self.address + address.removeprefix(self.built_for)
        target = address if address.startswith(self.address) else None
        return Link(written, target, unquote(part.partition(":~:")[0]))

    def wait_for(self, commit: str, seconds: float) -> str:
        """Until the site is the one built from `commit`: "", or what its commit.txt still says after that time."""
        until = time.monotonic() + seconds
        while True:
            file, _ = self._ask(f"{self.address}commit.txt?{commit}")  # past what a cache has kept
            said = file.body.decode("utf-8", "replace").strip()[:40]
            found = _why_dead(file) or f"says '{said}'"
            if said == commit and file.status == 200:
                return ""
            if time.monotonic() > until:
                return f"{self.address}commit.txt: {found}, not '{commit}': the new build has not come"
            time.sleep(PAUSE)

    def open(self, address: str) -> File:
        """What is there, its links found. Tries again what fails on its way."""
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE)
            file = self._follow(address)
            if file.status and file.status < 500 and file.status != 429:
                break
        if file.status == 200:
            self._read(file, shown_at=self.address + MISSING if address == self.address + "404.html" else file.address)
        return file

    def _follow(self, address: str) -> File:
        """The answer at an address, or at the one within the site that it redirects to."""
        for _ in range(HOPS):
            file, location = self._ask(address)
            if not location:
                return file
            link = self.find(location, address)
            if not link or not link.target:
                return File(file.status, address, problem=f"redirects out of the site, to {location}")
            address = link.target
        return File(file.status, address, problem="redirects without end")

    def _ask(self, address: str) -> tuple[File, str]:
        """One answer, and where it redirects to."""
        request = Request(quote(address, safe="%/:=&?~+!$,;'@()*[]"), headers={"User-Agent": "second-interview-crawl"})
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return File(answer.status, address, answer.headers.get_content_type(), answer.read()), ""
        except HTTPError as error:
            with error:
                moved = error.headers.get("Location", "") if 300 <= error.code < 400 else ""
                return File(error.code, address, error.headers.get_content_type(), error.read()), moved
        except (OSError, HTTPException) as error:
            return File(0, address, problem=f"gives no answer: {getattr(error, 'reason', error)}"), ""

    def _read(self, file: File, shown_at: str) -> None:
        """Find the links of a file. They start from `shown_at`: the page for what is missing is shown anywhere."""
        try:
            found = dict.fromkeys(self._links(file, shown_at))
        except (etree.LxmlError, ValueError) as error:
            file.problem = f"cannot be read: {error}"
            return
        located = (self.find(written, base) for written, base in found)
        file.links = [link for link in located if link]

    def _links(self, file: File, shown_at: str) -> Iterator[tuple[str, str]]:
        """Each link of a file and the address that it starts from."""
        text = file.body.decode("utf-8", "replace")
        if file.kind == "text/html":
            page = links.read_page(file.body)
            file.parts, file.canonical = links.parts_of(page), links.canonical(page)
            base = urljoin(shown_at, links.base(page))
            yield from ((link, base) for link in links.in_page(page))
        elif file.kind == "text/css":
            yield from ((link, shown_at) for link in links.in_style(text))
        elif file.kind.endswith("javascript"):
            yield from ((link, shown_at) for link in links.in_script(text))
            yield from ((link, self.address) for link in links.in_script_from_top(text))
        elif file.kind.endswith("/xml"):
            yield from ((link, shown_at) for link in links.in_sitemap(file.body))


def _checked(address: str) -> str:
    if not re.match(r"https?://[^/]", address):
        raise ValueError(f"'{address}' is not an address: write https://…")
    return address.rstrip("/") + "/"


def crawl(site: Site) -> dict[str, File]:
    """Every address of the site that something on it leads to, and what is there."""
    files: dict[str, File] = {}
    new = {site.address + name for name in ("", "sitemap.xml", "404.html", MISSING)}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while new:
            answers = dict(zip(new, pool.map(site.open, new), strict=True))
            files |= answers
            new = {link.target for file in answers.values() for link in file.links if link.target} - files.keys()
    return files


def faults(site: Site, files: dict[str, File]) -> Iterator[str]:
    """Everything that is wrong with what was found, a line each: where, the link, and why."""
    for name in ("", "sitemap.xml", "404.html"):
        if why := _why_dead(files[site.address + name]):
            yield f"{site.address}{name}: {why}"
    if (status := files[site.address + MISSING].status) != 404:
        yield f"{site.address}{MISSING}: answers {status}, not 404, though there is no such page"
    if files[site.address].canonical != site.built_for:
        yield f"{site.address}: says that its address is '{files[site.address].canonical}', not {site.built_for}"
    for address, file in sorted(files.items()):
        for link in file.links:
            if why := _why_broken(link, files):
                yield f"{address}: {link.written}: {why}"
    yield from _faults_on_paper(site, files)


def _why_dead(file: File) -> str:
    return file.problem or ("" if file.status == 200 else f"answers {file.status}")


def _why_broken(link: Link, files: dict[str, File]) -> str:
    if not link.target:
        return "leaves the site or is no address"
    file = files[link.target]
    if why := _why_dead(file):
        return why
    lacks = file.parts is not None and link.part not in ANY_PAGE and link.part not in file.parts
    return "has no such part" if lacks else ""


def _faults_on_paper(site: Site, files: dict[str, File]) -> Iterator[str]:
    """One sheet stands for all: they are drawn in one go, for one address."""
    sheets = [address for address, file in files.items() if file.kind == "application/pdf" and file.status == 200]
    if not sheets:
        yield f"{site.address}: leads to no PDF"
        return
    sheet = min(sheets)
    typed = site.built_for.partition("://")[2]  # as it stands on paper
    found = [*_readings(links.printed(files[sheet].body), typed)]
    if not found:
        yield f"{sheet}: does not print the address {typed}"
    for paths in found:
        why = [_why_dead(files.get(site.address + path) or site.open(site.address + path)) for path in paths]
        if all(why):
            yield f"{sheet}: {typed}{paths[0]}: is printed and {why[0]}"


def _readings(text: str, typed: str) -> Iterator[list[str]]:
    """The path behind each printed address of the site, read to the end of its line, and on in the next two."""
    broken = "\n?".join(map(re.escape, typed))
    for match in re.finditer(rf"(?<![\w.:/-]){broken}", text):
        lines = text[match.end() :].split("\n")
        joined = ("".join(lines[:count]) for count in (1, 2, 3))
        yield [*dict.fromkeys(re.match(r"(?:[\w.-]+/)*", path)[0] for path in joined)]
