"""Finds a Chromium for the tests, or gets one: Playwright's own, the system's, Debian's package; else it says so.

`python -m tests.browser` does it ahead of the tests, so that the wait shows; `python -m tests.browser all` does it for
WebKit and Firefox too.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

REMEMBERED = Path(__file__).parent.parent / ".cache" / "browser"
# The shell is the same engine without the window of a browser around it, which costs a second at every new profile:
# what Playwright's own download is as well.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# Without these a closed network is asked for updates at every start.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# Letters as wide as on paper: the shell would fit them to the dots of a screen.
LETTERS = "--font-render-hinting=none"


def launch_options(path: str) -> dict:
    """Arguments for Playwright's launch(). Root, as in a container, cannot have Chromium's sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path or None, "args": [*QUIET, LETTERS, *(["--no-sandbox"] if root else [])]}


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
    for package in (SHELL, "chromium"):
        if _install(package):
            yield shutil.which(package) or f"/usr/bin/{package}"


# ---------------------------------------------------------------- the other engines

PYTHON = "/usr/bin/python3"  # the system's: it alone sees the package with WebKit's bindings
WEBKIT = ("webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb")
# What a program is called on different systems, and the Debian packages that bring it with all it needs.
PROGRAMS = {
    "firefox": (("firefox-esr", "firefox"), ("firefox-esr",)),
    "WebKitWebDriver": (("WebKitWebDriver",), WEBKIT),
    "Xvfb": (("Xvfb",), WEBKIT),
    "WPEWebDriver": (("WPEWebDriver",), ("wpewebkit-driver",)),
    "wpe": (("*/wpe-webkit-*/MiniBrowser",), ("wpewebkit-driver",)),
}


def program(name: str) -> str:
    """The path of one of PROGRAMS, installed if need be. Raises RuntimeError when it cannot be had."""
    names, packages = PROGRAMS[name]
    if not (path := _path(names)) and _install(*packages):
        path = _path(names)
    if not path:
        raise RuntimeError(f"The tests of `make test-all` need {names[0]}. Install {' '.join(packages)} and run again.")
    return path


def _path(names: tuple[str, ...]) -> str | None:
    inside = (str(path) for name in names for path in Path("/usr/lib").glob(name) if "*" in name)
    return next(filter(None, itertools.chain(map(shutil.which, names), inside)), None)


def _install(*packages: str) -> bool:
    """Install Debian's packages, where there are any."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    _run([*sudo, "apt-get", "update", "-q"], seconds=300)
    return _run([*sudo, "apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], seconds=600)


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
        for name in PROGRAMS if "all" in sys.argv else ():
            say(f"{name} for the tests: {program(name)}")
    except RuntimeError as error:
        sys.exit(str(error))
