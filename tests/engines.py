"""One way to drive three engines: Chromium by Playwright, WebKit by its WebDriver, Firefox by Marionette.

The two last speak the commands of W3C WebDriver, over HTTP and over TCP. Each engine shows one window of a phone's size
(WPE's alone is 1280 x 720), remembers nothing, and puts what it saves into a folder.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from tests import browser as browsers

PHONE = {"width": 390, "height": 844}  # pixels
PAPERS = {"A4": {"width": 21.0, "height": 29.7}, "Letter": {"width": 21.59, "height": 27.94}}  # cm
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, section 12.2
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015"}  # W3C WebDriver, section 17.4.2
SCRIPT = 5  # seconds, after which Firefox gives up a script whose page has gone
START = 60  # seconds within which an engine starts, or answers


class EngineError(Exception):
    """An engine refuses a command, or its page has gone."""


class Chromium:
    def __init__(self, browser: Browser, folder: Path):
        self._context = browser.new_context(viewport=PHONE)
        self._page = self._context.new_page()
        self._page.on("download", lambda file: file.save_as(folder / file.suggested_filename))

    def open(self, address: str) -> None:
        self._page.goto(address)

    def back(self) -> None:
        self._page.go_back()

    def run(self, function: str, *args: Any) -> Any:
        """What a function of JavaScript returns, or its promise."""
        try:
            return self._page.evaluate(f"(args) => ({function})(...args)", list(args))
        except PlaywrightError as error:
            raise EngineError(error) from error

    def find(self, function: str, *args: Any) -> Any:
        """The element that a function of JavaScript returns."""
        return self._page.evaluate_handle(f"(args) => ({function})(...args)", list(args)).as_element()

    def click(self, element: Any) -> None:
        element.click()

    def type(self, element: Any, text: str) -> None:
        element.type(text)

    def press(self, element: Any, key: str) -> None:
        element.press(key)

    def pdf(self, paper: str) -> bytes:
        """The page as it is printed on one of PAPERS."""
        return self._page.pdf(format=paper)

    def close(self) -> None:
        self._context.close()


class _WebDriver:
    """An engine that takes the commands of W3C WebDriver, by the names that Marionette gives them."""

    def ask(self, command: str, **body: Any) -> Any:
        raise NotImplementedError

    def open(self, address: str) -> None:
        self.ask("Navigate", url=address)

    def back(self) -> None:
        self.ask("Back")

    def run(self, function: str, *args: Any) -> Any:
        script = f"""const [args, done] = arguments;
          const run = async () => ({{ value: await ({function})(...args) }});
          run().catch((error) => ({{ error: String(error) }})).then(done);"""
        answer = self.ask("ExecuteAsyncScript", script=script, args=[list(args)])
        if not answer or "error" in answer:
            raise EngineError(answer["error"] if answer else "the page has gone")
        return answer.get("value")

    def find(self, function: str, *args: Any) -> str:
        return self.run(function, *args)[ELEMENT]

    def click(self, element: str) -> None:
        self.ask("ElementClick", id=element)

    def type(self, element: str, text: str) -> None:
        self.ask("ElementSendKeys", id=element, text=text)

    def press(self, element: str, key: str) -> None:
        self.type(element, KEYS.get(key, key))


class WebKit(_WebDriver):
    PATHS = {  # noqa: RUF012
        "Navigate": "url",
        "Back": "back",
        "ExecuteAsyncScript": "execute/async",
        "ElementClick": "element/{id}/click",
        "ElementSendKeys": "element/{id}/value",
    }

    def __init__(self, address: str, name: str, command: list[str], folder: Path):
        self._folder = folder
        binary, *args = command
        options = {f"{name}:browserOptions": {"binary": binary, "args": args}}
        made = _post(f"{address}/session", {"capabilities": {"alwaysMatch": options}})
        self.version = made["capabilities"]["browserVersion"]
        self._session = f"{address}/session/{made['sessionId']}"

    def ask(self, command: str, **body: Any) -> Any:
        path = self.PATHS[command].format(id=body.pop("id", ""))
        return _post(f"{self._session}/{path}", body)

    def pdf(self, paper: str) -> bytes:
        file = self._folder / "printed.pdf"
        (self._folder / "paper").write_text(json.dumps(PAPERS[paper]), "utf-8")
        os.kill(int((self._folder / "pid").read_text("utf-8")), signal.SIGUSR1)
        deadline = time.monotonic() + START
        while not file.exists():
            assert time.monotonic() < deadline, "nothing was printed"
            self.run("() => new Promise((keep) => setTimeout(keep, 50))")
        printed = file.read_bytes()
        file.unlink()
        return printed

    def close(self) -> None:
        _call(urllib.request.Request(self._session, method="DELETE"))


def _post(address: str, body: dict[str, Any]) -> Any:
    data = json.dumps(body).encode()
    return _call(urllib.request.Request(address, data, {"Content-Type": "application/json"}))


def _call(request: urllib.request.Request) -> Any:
    try:
        with urllib.request.urlopen(request, timeout=START) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise EngineError(error.read().decode()) from error


class Firefox(_WebDriver):
    # The window of a browser is never as narrow as a phone; the page in it may be.
    NARROW = """const { style } = window.gBrowser.selectedBrowser;
      for (const [name, value] of Object.entries(arguments[0])) {
        for (const limit of ["", "min-", "max-"]) style.setProperty(limit + name, `${value}px`);
      }
      style.flex = "none";"""

    def __init__(self, port: int):
        with socket.create_connection(("127.0.0.1", port), START) as connection:
            self._stream = connection.makefile("rwb")  # stays open until this is closed
        self._numbers = itertools.count()
        self._read()  # its greeting
        self.version = self.ask("NewSession")["capabilities"]["browserVersion"]
        self.ask("SetTimeouts", script=SCRIPT * 1000)
        self._call("Marionette:SetContext", value="chrome")
        self.ask("ExecuteScript", script=self.NARROW, args=[PHONE])
        self._call("Marionette:SetContext", value="content")

    def ask(self, command: str, **body: Any) -> Any:
        answer = self._call(f"WebDriver:{command}", **body)
        return answer["value"] if answer.keys() == {"value"} else answer

    def _call(self, command: str, **body: Any) -> Any:
        message = json.dumps([0, next(self._numbers), command, body]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, error, answer = self._read()
        if error:
            raise EngineError(error)
        return answer

    def _read(self) -> Any:
        """A message: its length in bytes, a colon, and that much JSON."""
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise EngineError("Firefox has gone")
            length += byte
        return json.loads(self._stream.read(int(length)))

    def pdf(self, paper: str) -> bytes:
        return base64.b64decode(self.ask("Print", page=PAPERS[paper]))

    def close(self) -> None:
        self.ask("DeleteSession")
        self._stream.close()


Engine = Chromium | WebKit | Firefox


# ---------------------------------------------------------------- starting and stopping


@contextlib.contextmanager
def start(name: str, browser: Browser, folder: Path) -> Iterator[Engine]:
    """An engine: "chromium" (in the `browser` of Playwright), "webkit", "wpe" or "firefox"."""
    with contextlib.ExitStack() as stack:
        if name == "chromium":
            engine: Engine = Chromium(browser, folder)
        elif name == "firefox":
            engine = Firefox(stack.enter_context(_firefox(folder)))
        elif name == "webkit":
            display = stack.enter_context(_display())
            address = stack.enter_context(_driver(browsers.program("WebKitWebDriver"), display))
            command = [browsers.PYTHON, str(Path(__file__).with_name("webkitgtk.py")), str(folder)]
            engine = WebKit(address, "webkitgtk", command, folder)
        else:
            address = stack.enter_context(_driver(browsers.program("WPEWebDriver"), {}))
            engine = WebKit(address, "wpe", [browsers.program("wpe"), "--headless", "--automation"], folder)
        try:
            yield engine
        finally:
            with contextlib.suppress(EngineError, OSError):  # its processes are ended all the same
                engine.close()


@contextlib.contextmanager
def _running(command: list[str], more: dict[str, str] | None = None, **options: Any) -> Iterator[subprocess.Popen]:
    environment = {**os.environ, **(more or {})}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, start_new_session=True, **quiet, **options)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # and what it has started
        process.wait(START)


@contextlib.contextmanager
def _display() -> Iterator[dict[str, str]]:
    """A screen that nobody sees."""
    ours, its = os.pipe()
    screen = ["-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with _running([browsers.program("Xvfb"), "-displayfd", str(its), *screen], pass_fds=[its]):
        os.close(its)
        with os.fdopen(ours) as answer:
            yield {"DISPLAY": f":{answer.readline().strip()}", "GDK_BACKEND": "x11"}


@contextlib.contextmanager
def _driver(program: str, environment: dict[str, str]) -> Iterator[str]:
    # Root, as in a container, cannot have WebKit's sandbox.
    environment = environment | {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
    port = _free_port()
    with _running([program, f"--port={port}"], environment) as process:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _firefox(folder: Path) -> Iterator[int]:
    port = _free_port()
    profile = folder / "profile"
    profile.mkdir()
    wanted = {
        "marionette.port": port,
        "browser.download.folderList": 2,
        "browser.download.dir": str(folder),
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.enabled": False,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items()]
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [
        browsers.program("firefox"),
        "--headless",
        "--marionette",
        "--remote-allow-system-access",
        "--no-remote",
        "--profile",
        str(profile),
    ]
    with _running(command) as process:
        _wait_for(port, process)
        yield port


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    """Until something listens at the port. Raises EngineError when the process ends, or takes too long."""
    for _ in range(START * 10):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            raise EngineError(f"{process.args[0]} ended")
    raise EngineError(f"{process.args[0]} does not listen")
