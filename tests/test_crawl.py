"""The command that looks at the published site: on a made-up site with one fault at a time, and on the real one."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
import typst

from macros import crawl, links, sheets
from macros.__main__ import main
from tests.conftest import ENVIRONMENT, ROOT

FOLDER = "/made-up"
PLACE = "https://example.org/made-up/"
FILES = {
    "index.html": f"""<!doctype html><html><head><meta charset="utf-8"><title>A</title>
        <link rel="canonical" href="{PLACE}"><link rel="stylesheet" href="assets/look.css">
        <script type="module" src="assets/main.js"></script></head>
        <body style="background: url(assets/dot.svg)"><h1 id="top-of-all">A</h1>
        <a href="#">top</a> <a href="#top">top</a> <a href="#top-of-all">same page</a> <a href="{PLACE}page/">full</a>
        <a href="page/?from=here#caf%C3%A9">part</a> <a href="page/#old-name">old</a> <a href="./">here</a>
        <a href="page/#:~:text=B">text</a> <a href="mailto:a@example.org">m</a> <a href="tel:1">t</a>
        <a href="https://elsewhere.example/nowhere/">other host</a> <a href="sheets/one.pdf#page=2">paper</a>
        <img src="assets/dot.svg" srcset="assets/dot.svg 1x, assets/dot2.svg 2x" alt="">
        <video poster="assets/dot2.svg"></video></body></html>""",
    "page/index.html": """<!doctype html><title>B</title><h1 id="café">B</h1><a name="old-name"></a>
        <a href="../#top-of-all">up</a><template><i id="later"></i></template>""",
    "404.html": f"""<!doctype html><title>Not here</title><a href="{FOLDER}/page/">B</a>""",
    "sitemap.xml": f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>{PLACE}</loc></url><url><loc>{PLACE}page/</loc></url></urlset>""",
    "assets/look.css": """@import "more.css"; /* url(gone.svg) */ b { background: url("dot.svg") }""",
    "assets/more.css": "i { background: url(data:image/svg+xml,x) }",
    "assets/main.js": """import { a } from "./part.js"; const b = import('./part.js'); const c = {"./name.js": a};
        const d = new URL("../page/", import.meta.url); fetch(new URL("data/list.json", d)); const e = "text/plain";""",
    "assets/part.js": "export const a = 1;",
    "assets/dot.svg": "<svg/>",
    "assets/dot2.svg": "<svg/>",
    "data/list.json": "[]",
}


def draw(address: str) -> bytes:
    """A sheet with an address at its foot, in our fonts, after other words."""
    text = f'#set document(title: "S")\n#set text(font: "Public Sans")\nFirst 1/2.\n\n#[{address}] #h(1fr) CC/BY'
    return typst.compile(text.encode(), format="pdf", font_paths=[str(sheets.TYPST / "fonts")])


class Server(http.server.ThreadingHTTPServer):
    """A folder of files below /made-up/ or another folder. All else is missing, lists of folders too."""

    def __init__(self, files: Path, folder: str):
        self.folder, self.asked = folder, []
        self.special: dict[str, list[tuple[int, dict[str, str], bytes]]] = {}  # path -> answers in turn, the last stays
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(files)))
        self.host = f"http://127.0.0.1:{self.server_port}"
        self.address = f"{self.host}{folder}/"


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        answers = self.server.special.get(path.removeprefix(self.server.folder + "/"))
        if answers:
            status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        elif not path.startswith(f"{self.server.folder}/"):
            self.send_error(404)
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.server.folder))

    def list_directory(self, path: str) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts a server for a folder of files."""
    running = []

    def start(files: Path, folder: str = FOLDER) -> Server:
        server = Server(files, folder)
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The made-up site, without a fault."""
    for name, text in FILES.items():
        write(tmp_path / name, text.encode())
    write(tmp_path / "sheets" / "one.pdf", draw("example.org/made-up/page/"))
    return tmp_path


def write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """The lines that the command prints for a server, without the server's address; its status must go with them."""
    monkeypatch.setattr(crawl, "PAUSE", 0)

    def run(server: Server, *options: str) -> list[str]:
        status = main(["crawl", server.address, "--built-for", PLACE, *options])
        lines = capsys.readouterr().out.splitlines()
        assert status == (0 if lines[-1].endswith("nothing is wrong") else 1)
        return [line.replace(server.address, "") for line in lines]

    return run


def test_a_site_without_a_fault_passes_and_no_other_host_is_asked(serve, files, look):
    other = serve(files)
    page = files / "page" / "index.html"
    page.write_text(
        page.read_text("utf-8") + f'<a href="{other.host}/gone/">other</a><img src="//{other.host[7:]}/x">', "utf-8"
    )
    server = serve(files)
    assert look(server) == [
        f": {len(FILES) + 2} addresses, nothing is wrong"
    ]  # the sheet, and the page that is not there
    assert other.asked == []
    assert all(path.startswith(f"{FOLDER}/") for path in server.asked)
    assert len(server.asked) == len(set(server.asked))


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("page/index.html", "../#top", "../gone/#top", "page/: ../gone/#top-of-all: answers 404"),
        ("page/index.html", "../#top-of-all", "../#gone", "page/: ../#gone: has no such part"),
        ("page/index.html", "../#top-of-all", "#later", "page/: #later: has no such part"),
        ("index.html", "page/?from=here#caf%C3%A9", "page/#caf%C3%A8", ": page/#caf%C3%A8: has no such part"),
        ("page/index.html", "../#top", "../../#top", "page/: ../../#top-of-all: leaves the site or is no address"),
        ("page/index.html", "../#top", "/#top", "page/: /#top-of-all: leaves the site or is no address"),
        ("page/index.html", "../#top-of-all", "http://[", "page/: http://[: leaves the site or is no address"),
        (
            "page/index.html",
            "../#top-of-all",
            "https://example.org/other/",
            "page/: https://example.org/other/: leaves the site or is no address",
        ),
        ("index.html", 'href="./"', 'href="assets/"', ": assets/: answers 404"),
        ("index.html", "assets/main.js", "assets/gone.js", ": assets/gone.js: answers 404"),
        ("index.html", "assets/dot2.svg 2x", "assets/gone.svg 2x", ": assets/gone.svg: answers 404"),
        ("index.html", 'poster="assets/dot2.svg"', 'poster="gone.png"', ": gone.png: answers 404"),
        ("index.html", "url(assets/dot.svg)", "url(gone.svg)", ": gone.svg: answers 404"),
        ("index.html", "sheets/one.pdf#page=2", "page/", ": leads to no PDF"),
        ("index.html", "</body>", "<script>import('./gone.js')</script></body>", ": ./gone.js: answers 404"),
        ("index.html", "<title>", "<base href='page/'><title>", ": sheets/one.pdf#page=2: answers 404"),
        (
            "page/index.html",
            "../#top-of-all",
            f"{PLACE}../other/",
            f"page/: {PLACE}../other/: leaves the site or is no address",
        ),
        (
            "index.html",
            "<title>",
            f"<meta property='og:image' content='{PLACE}gone.png'><title>",
            f": {PLACE}gone.png: answers 404",
        ),
        ("index.html", "<title>", "<meta http-equiv='refresh' content='9; url=gone/'><title>", ": gone/: answers 404"),
        ("assets/look.css", 'url("dot.svg")', "url(gone.svg)", "assets/look.css: gone.svg: answers 404"),
        ("assets/look.css", '@import "more.css"', "@import 'gone.css'", "assets/look.css: gone.css: answers 404"),
        ("assets/main.js", 'from "./part.js"', 'from "./gone.js"', "assets/main.js: ./gone.js: answers 404"),
        ("assets/main.js", "'./part.js'", "'./gone.js'", "assets/main.js: ./gone.js: answers 404"),
        ("assets/main.js", '"../page/"', '"../gone/"', "assets/main.js: ../gone/: answers 404"),
        ("assets/main.js", "data/list", "data/gone", "assets/main.js: data/gone.json: answers 404"),
        ("404.html", f"{FOLDER}/page/", "page/", "404.html: page/: answers 404"),
        ("sitemap.xml", "made-up/page/", "made-up/gone/", f"sitemap.xml: {PLACE}gone/: answers 404"),
        (
            "sitemap.xml",
            "https://example.org/made-up/page/",
            "https://example.org/",
            "sitemap.xml: https://example.org/: leaves the site or is no address",
        ),
        (
            "index.html",
            f'canonical" href="{PLACE}"',
            f'canonical" href="{PLACE}page/"',
            f": says that its address is '{PLACE}page/', not {PLACE}",
        ),
    ],
)
def test_a_fault_is_named_with_its_page_and_its_link(serve, files, look, file, old, new, line):
    text = (files / file).read_text("utf-8")
    assert text.count(old) == 1
    (files / file).write_text(text.replace(old, new), "utf-8")
    assert line in look(serve(files))


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("localhost:8000/page/", "sheets/one.pdf: does not print the address example.org/made-up/"),
        ("example.org/page/", "sheets/one.pdf: does not print the address example.org/made-up/"),
        ("an-example.org/made-up/page/", "sheets/one.pdf: does not print the address example.org/made-up/"),
        ("example.org/made-up/gone/", "sheets/one.pdf: example.org/made-up/gone/: is printed and answers 404"),
    ],
)
def test_the_address_on_paper_is_read_and_must_be_alive(serve, files, look, printed, line):
    (files / "sheets" / "one.pdf").write_bytes(draw(printed))
    assert look(serve(files)) == [line]


def test_a_printed_address_may_be_broken_over_lines(serve, files, look):
    (files / "sheets" / "one.pdf").write_bytes(draw("example.org/made-\\ up/pa\\ ge/"))
    assert look(serve(files))[-1].endswith("nothing is wrong")


def test_a_sheet_that_is_no_pdf_is_a_fault(serve, files, look):
    (files / "sheets" / "one.pdf").write_bytes(b"<html>")
    assert look(serve(files)) == ["sheets/one.pdf: does not print the address example.org/made-up/"]


@pytest.mark.parametrize("name", ["index.html", "404.html", "sitemap.xml"])
def test_what_every_site_needs_must_be_there(serve, files, look, name):
    (files / name).unlink()
    address = name.removesuffix("index.html")
    assert f"{address}: answers 404" in look(serve(files))


def test_a_broken_sitemap_is_a_fault_and_not_a_crash(serve, files, look):
    (files / "sitemap.xml").write_text("<urlset>", "utf-8")
    (line,) = look(serve(files))
    assert line.startswith("sitemap.xml: cannot be read: ")


def test_a_missing_page_must_answer_404(serve, files, look):
    server = serve(files)
    server.special[crawl.MISSING] = [(200, {"Content-Type": "text/html"}, b"<p>Sorry")]
    assert look(server) == [f"{crawl.MISSING}: answers 200, not 404, though there is no such page"]


def test_a_redirection_within_the_site_is_followed_and_the_page_it_leads_to_is_checked(serve, files, look):
    server = serve(files)
    page = files / "page" / "index.html"
    page.write_text(
        page.read_text("utf-8") + '<a href="../moved/#café">moved</a> <a href="../moved/#gone">gone</a>', "utf-8"
    )
    server.special["moved/"] = [(301, {"Location": f"{FOLDER}/page/"}, b"")]
    assert "page/: ../moved/#gone: has no such part" in look(server)
    assert not [line for line in look(server) if "#café" in line]


@pytest.mark.parametrize("location", ["https://example.org/", "http://localhost:1/made-up/page/", "/", "../../x/"])
def test_a_redirection_out_of_the_site_is_a_fault(serve, files, look, location):
    server = serve(files)
    server.special["page/"] = [(302, {"Location": location}, b"")]
    assert f": page/#old-name: redirects out of the site, to {location}" in look(server)
    assert "/" not in server.asked


def test_a_redirection_without_end_is_a_fault(serve, files, look):
    server = serve(files)
    server.special["page/"] = [(302, {"Location": "./"}, b"")]
    assert ": page/#old-name: redirects without end" in look(server)


def test_what_fails_on_its_way_is_asked_for_again(serve, files, look):
    server = serve(files)
    fine = (200, {"Content-Type": "application/json"}, b"[]")
    server.special["data/list.json"] = [(503, {}, b""), (429, {}, b""), fine]
    assert look(server)[-1].endswith("nothing is wrong")
    server.special["data/list.json"] = [(503, {}, b"")]
    assert look(server) == ["assets/main.js: data/list.json: answers 503"]


def test_a_site_that_does_not_answer_is_a_fault(serve, files, look):
    server = serve(files)
    server.shutdown()
    server.server_close()
    assert any(line.startswith(": gives no answer: ") for line in look(server))


def test_the_command_waits_for_the_new_build_but_not_for_ever(serve, files, look):
    server = serve(files)
    old, new = ((200, {"Content-Type": "text/plain"}, f"{commit}\n".encode()) for commit in ("old", "new"))
    server.special["commit.txt"] = [(404, {}, b""), old, old, new]
    assert look(server, "--commit", "new")[-1].endswith("nothing is wrong")
    assert server.asked.count(f"{FOLDER}/commit.txt") == 4
    server.special["commit.txt"] = [old]
    assert look(server, "--commit", "new", "--wait", "0") == [
        "commit.txt: says 'old', not 'new': the new build has not come"
    ]
    del server.special["commit.txt"]
    assert look(server, "--commit", "new", "--wait", "0") == [
        "commit.txt: answers 404, not 'new': the new build has not come"
    ]


def test_what_is_no_address_is_a_wrong_call(capsys):
    assert main(["crawl", "example.org"]) == 2
    assert (
        capsys.readouterr().err
        == "python -m macros: address: 'example.org' is not an address of a site: write https://…\n"
    )


def test_nothing_is_wrong_with_our_own_site_in_a_sub_folder(site, serve):
    built_for = ENVIRONMENT["SITE_URL"]
    server = serve(site, "/second-interview")
    command = [sys.executable, "-m", "macros", "crawl", server.address, "--built-for", built_for]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    pages = {f"/second-interview/{path.parent.relative_to(site).as_posix()}/" for path in site.rglob("*/index.html")}
    papers = {f"/second-interview/sheets/{path.name}" for path in site.glob("sheets/*.pdf")}
    assert pages | papers <= set(server.asked)


def test_another_reader_finds_the_same_letters_on_a_sheet_of_each_kind(site):
    rows = json.loads((site / "sheets" / "index.json").read_text("utf-8"))
    for name in {row["kind"]: row["file"] for row in rows}.values():
        with pypdfium2.PdfDocument(site / "sheets" / name) as document:
            text = document[0].get_textpage().get_text_range().replace("\ufffe", "-")  # a hyphen where a word is parted
        read = links.printed((site / "sheets" / name).read_bytes())
        assert Counter("".join(read.split())) == Counter("".join(text.split())), name
