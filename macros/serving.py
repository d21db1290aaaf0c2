"""While `mkdocs serve` runs: an edit shows at once, and broken content shows its problems in place of every page.

Sheets and search are made by a process of their own, which a build does not wait for: it ends it and begins anew.
MkDocs loads a hook file anew for each build; this module is imported once, so what it remembers stays.
"""

from __future__ import annotations

import functools
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jinja2
import mkdocs.commands.serve
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page
from watchdog.observers.polling import PollingObserver

ROOT = Path(__file__).resolve().parent.parent
active = False  # set when the command is `serve`
problems: list[str] = []  # a line each; while there are any, they stand in place of every page
log = logging.getLogger("mkdocs.serving")
_work: Work | None = None
_server: LiveReloadServer | None = None


def begin() -> None:
    """Once, before the first build: from here on no build ends the server."""
    global active
    active = True
    logging.getLogger("mkdocs").addHandler(Noting(logging.ERROR))
    mkdocs.commands.serve.build = attempt(mkdocs.commands.serve.build)
    Page.render = remember(Page.render)


def adopt(server: LiveReloadServer) -> None:
    """Once, when the server is ready to start."""
    global _server
    _server = server
    server.builder = attempt(server.builder)  # the first build has been; later ones read mkdocs.yml again
    server.set_app(functools.partial(_answer, server))
    _watch_closely(server)


# ---------------------------------------------------------------- pages that stay as they were


def remember(render: Callable[..., None]) -> Callable[..., None]:
    """`render`, but a page whose Markdown is that of the build before keeps its HTML: most of a build's time.

    What else HTML is made from are the files that there are to link to, and mkdocs.yml.
    """
    made: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {}

    @functools.wraps(render)
    def remembered(page: Any, config: Any, files: Any) -> None:
        name = page.file.src_uri
        made_from = (page.markdown, frozenset(files.src_uris), Path(config.config_file_path).read_bytes())
        if name in made and made[name][0] == made_from:
            page.__dict__.update(made[name][1])
            page.links_to_anchors = {files.src_uris[to]: links for to, links in made[name][2].items()}
        else:
            render(page, config, files)
            kept = ("content", "toc", "_title_from_render", "present_anchor_ids")
            links = {to.src_uri: links for to, links in (page.links_to_anchors or {}).items()}
            made[name] = (made_from, {key: page.__dict__[key] for key in kept}, links)

    return remembered


# ---------------------------------------------------------------- what is broken


class Noting(logging.Handler):
    """Keeps each error that a build or the making of sheets logs. The server's own are about requests."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "mkdocs.livereload":
            problems.append(" ".join(record.getMessage().split()))


def attempt(build: Callable[..., None]) -> Callable[..., None]:
    """`build`, but what it raises becomes a line of `problems` unless the log has named the cause already.

    It ends the work of the build before, which writes into the folder that this one empties.
    """

    @functools.wraps(build)
    def attempted(*args: Any, **options: Any) -> None:
        stop()
        problems.clear()
        try:
            build(*args, **options)
        except (Exception, SystemExit) as error:
            if not problems:
                log.error(f"{type(error).__name__}: {error}", exc_info=not isinstance(error, SystemExit | OSError))
            log.info("Not built. The pages show why, and come back when it is mended.")

    return attempted


def _answer(server: LiveReloadServer, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    """The answer to a request: what was built, or, for a page while something is broken, the problems."""
    path = environ["PATH_INFO"]
    name = path.rpartition("/")[2]
    if path.startswith("/livereload/") or ("." in name and not name.endswith(".html")):
        return server.serve_request(environ, start_response)
    with server._epoch_cond:  # a build that is running decides
        server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
        shown, epoch = list(dict.fromkeys(problems)), server._visible_epoch
    if not shown:
        return server.serve_request(environ, start_response)
    page = server._inject_js_into_html(_template().render(problems=shown).encode(), epoch)
    start_response("500 Broken content", [("Content-Type", "text/html; charset=utf-8")])
    return [page]


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    return jinja2.Environment(loader=loader, autoescape=True).get_template("problems.html.jinja")


# ---------------------------------------------------------------- sheets and search


class Work:
    """A command that runs beside the server: each line that it prints when it fails is a problem."""

    def __init__(self, command: list[str]):
        self.stopped = False
        self.folder = tempfile.TemporaryDirectory()  # for its temporary files: it may be ended before it removes them
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": self.folder.name},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # a group, so that the processes it has started end with it
        )
        self.follower = threading.Thread(target=self._follow, name="publish", daemon=True)
        self.follower.start()

    def _follow(self) -> None:
        with self.process.stdout as printed:
            lines = printed.read().splitlines()
        if self.process.wait() and not self.stopped:
            for line in lines or ["sheets and search are not made: see the terminal"]:
                log.error(line)
            _reload()

    def stop(self) -> None:
        """End it, with all that it has started."""
        self.stopped = True
        if self.process.poll() is None:
            if os.name == "nt":
                subprocess.run(["taskkill", "/F", "/T", "/PID", str(self.process.pid)], capture_output=True)
            else:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.follower.join()
        self.folder.cleanup()


def start(*command: str) -> None:
    """Run a command of `python -m macros` beside the server, until the next build."""
    global _work
    _work = Work([sys.executable, "-m", "macros", *command])


def stop() -> None:
    """End what runs beside the server, if anything does."""
    global _work
    if _work:
        _work.stop()
    _work = None


def _reload() -> None:
    """Have all browsers load their page again, unless a build is running, which does so when it is done."""
    if _server:
        with _server._epoch_cond:
            if _server._visible_epoch == _server._wanted_epoch:
                _server._visible_epoch = _server._wanted_epoch = _server._visible_epoch + 1
                _server._epoch_cond.notify_all()


def _watch_closely(server: LiveReloadServer) -> None:
    """Look for changes ten times a second: MkDocs looks twice, and the wait is felt."""
    watched = dict(server._watched_paths)  # path -> how often it was asked for
    for path, times in watched.items():
        for _ in range(times):
            server.unwatch(path)
    server.observer = PollingObserver(timeout=0.1)
    for path in watched:
        server.watch(path)
