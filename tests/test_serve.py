"""`make serve`: it starts on broken content, says in the page what is broken, heals, and waits for no sheet."""

from __future__ import annotations

import contextlib
import functools
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page
from playwright.sync_api import expect

from macros import serving, shop
from macros.catalog import load
from tests.conftest import ENVIRONMENT, copy_project

GROWTH = "docs/data/questions/ask/growth.yml"
PATIENT = 120_000  # ms: for a build beside busy neighbours


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def write(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


# ---------------------------------------------------------------- the real command, with nothing in its cache


@contextlib.contextmanager
def served(root):
    """`make serve` of a project, once it answers: its address."""
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "SITE_URL"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    # A test run in the background of a shell has Ctrl+C turned off, and so would all that it starts.
    heed = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=root, env=environment, preexec_fn=heed, **pipes)
    ready = threading.Event()

    def follow():
        with process.stdout as printed:
            for line in printed:
                if "Serving on" in line:
                    ready.set()
        ready.set()  # it has ended

    follower = threading.Thread(target=follow)
    follower.start()
    ready.wait()
    try:
        yield f"http://127.0.0.1:{port}/"
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        follower.join()


def test_it_starts_on_broken_content_says_what_is_broken_and_heals(browser, tmp_path):
    """In one run of the server, as a contributor has it: a browser that nobody touches follows what is saved."""
    page = browser.new_page()  # a script may be gone while the site is built anew
    root = copy_project(tmp_path / "project")
    reply, growth = root / "docs/guide/invited/reply.md", root / "docs/ask/growth.md"
    write(root / GROWTH, "roles: [executive]", "roles: ['<b>boss']")
    with served(root) as address:
        page.goto(f"{address}ask/growth/")
        expect(page.locator("li")).to_have_text(
            re.compile(rf"^{GROWTH}:\d+: questions\[3\]\.roles: '<b>boss' is not one")
        )
        write(reply, "title:", "titel:")
        expect(page.locator("li").filter(has_text="reply.md:").first).to_be_visible(timeout=PATIENT)
        write(reply, "titel:", "title:")
        write(root / GROWTH, "roles: ['<b>boss']", "roles: [executive]")
        expect(page.locator(".si-deck").first).to_be_attached(timeout=PATIENT)

        write(growth, "{{ deck(", "A line that is new.\n\n{{ deck(")
        expect(page.get_by_text("A line that is new.")).to_be_attached(timeout=PATIENT)
        drawn = [*(root / ".cache" / "sheets").glob("*.json")]
        assert len(drawn) < len(shop.published(load())), "the edit has waited for the sheets"

        for file, old, new in (
            ("docs/overrides/main.html", "{% extends", "{% extends % "),
            ("mkdocs.yml", "nav:", "nav: ["),
        ):
            write(root / file, old, new)
            expect(page).to_have_title(re.compile("To mend: "), timeout=PATIENT)
            write(root / file, new, old)
            expect(page.get_by_text("A line that is new.")).to_be_attached(timeout=PATIENT)
    page.close()


# ---------------------------------------------------------------- its parts


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A server of a page and a style, whose builds do `server.task()`; `server.get(path)` is a status and a text."""
    for name in ("index.html", "style.css"):
        (tmp_path / name).write_text("as built", "utf-8")
    server = LiveReloadServer(lambda: server.task(), "127.0.0.1", free_port(), str(tmp_path))
    server.task = lambda: None
    noting = serving.Noting(logging.ERROR)
    logging.getLogger("mkdocs").addHandler(noting)
    monkeypatch.setattr(serving, "problems", [])
    monkeypatch.setattr(serving, "_server", None)
    serving.adopt(server)
    server.server_bind()
    server.server_activate()
    server.serve_thread = threading.Thread(target=server.serve_forever)
    server.serve_thread.start()

    def get(path):
        try:
            with urllib.request.urlopen(f"{server.url}{path}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    server.get = get
    yield server
    server.shutdown(wait=False)
    logging.getLogger("mkdocs").removeHandler(noting)


@pytest.mark.parametrize(
    "error", [ValueError("<i>no</i>\nreally"), SystemExit("<i>no</i> really"), OSError("<i>no</i> really")]
)
def test_whatever_a_build_raises_stands_in_place_of_every_page_on_one_line(server, error):
    def fail():
        raise error

    server.task = fail
    server.builder()
    for path in ("", "index.html", "nowhere/", "nowhere"):
        status, text = server.get(path)
        assert status == 500
        assert f"<li>{type(error).__name__}: &lt;i&gt;no&lt;/i&gt; really</li>" in text
        assert "livereload(" in text
    assert server.get("style.css") == (200, "as built")
    server.task = lambda: None
    server.builder()
    status, text = server.get("")
    assert status == 200 and text.startswith("as built")


def test_a_build_that_names_its_problems_is_not_said_to_be_anything_else(server):
    def fail():
        for line in ("docs/a.md:1: first", "docs/b.md:2: second", "docs/a.md:1: first"):
            logging.getLogger("mkdocs.anything").error(line)
        raise SystemExit("2 problems")

    server.task = fail
    server.builder()
    assert re.findall("<li>(.+)</li>", server.get("")[1]) == ["docs/a.md:1: first", "docs/b.md:2: second"]


def test_what_is_found_while_sheets_are_drawn_reloads_the_page_and_stands_in_it(server):
    epoch = server._visible_epoch
    work = serving.Work([sys.executable, "-c", "print('docs/a.yml:9: does not fit'); raise SystemExit(1)"])
    work.follower.join()
    work.stop()
    assert server._visible_epoch > epoch
    assert re.findall("<li>(.+)</li>", server.get("")[1]) == ["docs/a.yml:9: does not fit"]


def test_a_build_ends_the_work_of_the_one_before_with_all_that_it_has_started(server, monkeypatch):
    """It does not wait: this work never ends by itself. What was ended is no problem, and leaves no file behind."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        place = listening.getsockname()
        inner = (
            f"import socket, tempfile; call = socket.create_connection({place}); "
            "call.sendall(tempfile.mkdtemp().encode()); call.recv(1)"
        )
        outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
        monkeypatch.setattr(serving, "_work", serving.Work([sys.executable, "-c", outer]))
        call, _ = listening.accept()
        call.settimeout(PATIENT / 1000)
        folder = Path(call.recv(1000).decode())
        assert folder.is_dir()
        building = threading.Thread(target=server.builder, daemon=True)
        building.start()
        building.join(PATIENT / 1000)
        assert not building.is_alive(), "the build waits for the work"
        with contextlib.suppress(ConnectionResetError):
            assert call.recv(1) == b"", "what the work has started is still there"
        call.close()
    assert serving.problems == [] and not folder.exists()


# ---------------------------------------------------------------- pages that stay as they were

SMALL = {
    "mkdocs.yml": "site_name: Small\nvalidation: {links: {anchors: warn}}\n",
    "docs/index.md": "# Front\n\n[To a part](a.md#part), [to a page](b.md)\n",
    "docs/a.md": "# A\n\n## Part\n\nWords.\n",
    "docs/b.md": "Title: B\n\n# B\n\n[Back](index.md)\n",
}
CHANGES = {
    "words": ({"docs/a.md": "# A\n\n## Part\n\nOther words.\n"}, ["a.md"]),
    "a title": ({"docs/a.md": "# Other\n\n## Part\n"}, ["a.md"]),
    "a part that another page links to": ({"docs/a.md": "# A\n\n## Gone\n"}, ["a.md"]),
    "a page more": ({"docs/c.md": "# C\n"}, ["a.md", "b.md", "c.md", "index.md"]),
    "the settings": (
        {"mkdocs.yml": SMALL["mkdocs.yml"] + "markdown_extensions: [{toc: {permalink: true}}]\n"},
        ["a.md", "b.md", "index.md"],
    ),
}


@pytest.fixture
def small(tmp_path, caplog, monkeypatch):
    """Builds a small site with what renders its pages: its pages, and what was warned of."""
    for name, text in SMALL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", ENVIRONMENT["SOURCE_DATE_EPOCH"])

    def build_with(render):
        caplog.clear()
        with monkeypatch.context() as patched:
            patched.setattr(Page, "render", render)
            build(load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
        pages = {str(file): file.read_text("utf-8") for file in (tmp_path / "site").rglob("*.html")}
        return pages, [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]

    return build_with


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_that_is_kept_is_the_page_that_would_be_made(small, tmp_path, change):
    """And only what has changed is made: the rest is most of the time that an edit takes."""
    made = []
    render = Page.render
    remembering = serving.remember(lambda page, *more: made.append(page.file.src_uri) or render(page, *more))
    small(remembering)
    made.clear()
    files, expected = CHANGES[change]
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    kept = small(remembering)
    assert sorted(made) == expected
    assert kept == small(render)
