"""Finds a Chromium for the tests, or gets one: Playwright's own, the system's, Debian's package; else it says so.

`python -m tests.browser` does it ahead of the tests, so that the wait shows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

REMEMBERED = Path(__file__).parent.parent / ".cache" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# Without these a closed network is asked for updates at every start.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def launch_options(path: str) -> dict:
    """Arguments for Playwright's launch(). Root, as in a container, cannot have Chromium's sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path or None, "args": [*QUIET, *(["--no-sandbox"] if root else [])]}


def find() -> str:
    """The path of a Chromium that starts ("" for Playwright's own). Raises RuntimeError when none can be had."""
    if REMEMBERED.exists() and _starts(path := REMEMBERED.read_text("utf-8")):
        return path
    for path in _candidates():
        if _starts(path):
            REMEMBERED.parent.mkdir(exist_ok=True)
            REMEMBERED.write_text(path, "utf-8")
            return path
    raise RuntimeError(
        "The tests need a browser, and none could be found or installed: Playwright's download failed, there is no "
        "Chromium or Chrome on the PATH, and Debian's package could not be installed. Install one and run again."
    )


def _candidates() -> Iterator[str]:
    """Paths to try, in order; the slow ways are gone only when the quick ones gave nothing that starts."""
    say("Asking Playwright for its Chromium …")
    if _run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300):
        yield ""
    say("Not to be had. Looking for a Chromium or Chrome on this system …")
    yield from filter(None, (shutil.which(name) for name in NAMES))
    if Path(MAC).exists():
        yield MAC
    say("None here. Installing Debian's package …")
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get"):
        _run([*sudo, "apt-get", "update", "-q"], seconds=300)
        if _run([*sudo, "apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"], seconds=600):
            yield shutil.which("chromium") or "/usr/bin/chromium"


def _starts(path: str) -> bool:
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(**launch_options(path)).close()
    except Error:
        return False
    return True


def _run(command: list[str], seconds: int) -> bool:
    try:
        return subprocess.run(command, timeout=seconds, stdin=subprocess.DEVNULL).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        say(f"Browser for the tests: {find() or 'Playwright’s own Chromium'}")
    except RuntimeError as error:
        sys.exit(str(error))
