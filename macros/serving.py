"""While `mkdocs serve` runs, sheets and search are made behind its back, so that an edit shows at once.

MkDocs loads a hook file anew for each build; this module is imported once, so what it remembers stays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

active = False  # set when the command is `serve`
_work: threading.Thread | None = None


def start(task: Callable[[], None]) -> None:
    """Run `task` in the background; call wait() before the next one."""
    global _work
    _work = threading.Thread(target=task, name="publish", daemon=True)
    _work.start()


def wait() -> None:
    """Until the work of the build before is done: it writes into the folder that the next build empties."""
    if _work:
        _work.join()


def watch_closely(server: LiveReloadServer) -> None:
    """Look for changes ten times a second: MkDocs looks twice, and the wait is felt."""
    watched = dict(server._watched_paths)  # path -> how often it was asked for
    for path, times in watched.items():
        for _ in range(times):
            server.unwatch(path)
    server.observer = PollingObserver(timeout=0.1)
    for path in watched:
        server.watch(path)
