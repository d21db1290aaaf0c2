"""What the tests share: a really built site, a server for it, a real browser, and a copy of the content to break."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, expect, sync_playwright

from macros.catalog import Catalog, load
from macros.documents import CatalogError
from tests import browser as browsers

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000", "SITE_URL": "https://example.org/second-interview/"}
expect.set_options(timeout=60_000)  # ms; a busy machine is slow, and what never comes fails all the same
ENVIRONMENT.pop("NO_MKDOCS_2_WARNING", None)  # the build itself keeps the theme's banner away


def build(root: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the real build of the project at `root` into `site`."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site), *options]
    return subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True)


UNDRAWN = """
from macros import sheets
sheets.render = sheets.render_picture = lambda *_: b""
sheets.describe = lambda *_: {}
from mkdocs.__main__ import cli
cli()
"""


def build_pages(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """The same for what has nothing to do with paper, a quarter of the work: each sheet is an empty file."""
    command = [sys.executable, "-c", UNDRAWN, "build", "--strict", "--site-dir", str(site)]
    return subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True)


def copy_project(target: Path) -> Path:
    """The project without what is installed, built or remembered."""
    left_out = shutil.ignore_patterns(".git", ".venv", ".cache", "site", "__pycache__", ".*_cache")
    return Path(shutil.copytree(ROOT, target, ignore=left_out))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of two workers takes a half: while the first builds the site, the second does what needs none. Whole builds
    come first, so that no long test is left for the end."""
    last = [item for item in items if "site" not in item.fixturenames]
    first = [item for item in items if "site" in item.fixturenames]
    first.sort(key=lambda item: "project" not in item.fixturenames)
    half = len(items) // 2
    items[:] = first[:half] + last + first[half:]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site, built as CI builds it, by the first worker that asks for it."""
    alone = worker_id == "master"
    folder = tmp_path_factory.mktemp("build") if alone else tmp_path_factory.getbasetemp().parent
    target = folder / "site"
    with FileLock(folder / "site.lock"):
        if not target.exists():
            result = build(ROOT, folder / "built")
            assert result.returncode == 0, result.stdout + result.stderr
            (folder / "built").rename(target)
    return target


@contextlib.contextmanager
def serve(directory: Path, folder: str = "") -> Iterator[str]:
    """The address of a server for a directory, as the root or as a folder ("/name") with nothing beside it."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def send_head(self):
            if not self.path.startswith(f"{folder}/"):
                return self.send_error(404, "Outside the site")
            return super().send_head()

        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix(folder))

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(directory)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{folder}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served: in a sub-folder, as on GitHub Pages."""
    with serve(site, "/second-interview") as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browsers.find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**browsers.launch_options(path))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that remembers nothing; an error of a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors


@pytest.fixture(scope="session")
def sources() -> Iterator[str]:
    """Where docs/ itself is served, for modules that need no build."""
    with serve(ROOT / "docs") as where:
        yield where


@pytest.fixture(scope="session")
def modules(browser: Browser, sources: str) -> Iterator[Callable[..., Any]]:
    """Calls what a module of docs/assets/js exports: modules("days.js", "addDays", "2027-01-01", 1)."""
    page = browser.new_page()
    page.goto(f"{sources}assets/js/")
    call = "async ([file, name, args]) => (await import(`/assets/js/${file}`))[name](...args)"
    yield lambda file, name, *args: page.evaluate(call, [file, name, list(args)])
    page.close()


class Content:
    """A copy of docs/ to break."""

    def __init__(self, root: Path):
        self.root = root

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, file: str, text: str) -> None:
        path = self.root / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def problems(self) -> list[str]:
        try:
            load(self.root)
        except CatalogError as error:
            return [str(problem) for problem in error.problems]
        return []

    def line_of(self, file: str, text: str) -> int:
        lines = (self.root / file).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def content(tmp_path: Path) -> Content:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets", "overrides"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return Content(tmp_path)
