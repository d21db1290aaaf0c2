"""The command line: what is asked for is drawn, what cannot be meant is refused in a line that names it, and nothing
that anyone types ends in a traceback. Most calls are refused before anything is drawn, and so take no time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from macros import asked, shop
from macros.__main__ import main
from tests.conftest import ROOT

SITE = "https://example.org/guide/"
ONE = ("sheet", "ask:growth", "--ids", "G1")
DUPLEX = ("sheet", "ask:growth", "--paper", "a4", "--order", "duplex")
NO_ADDRESS = "is not an address of a site"


@pytest.fixture
def call(tmp_path, monkeypatch, capsys, catalog):
    """Calls the command: its status, standard output, standard error. Nothing lands outside a folder of the test."""
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setattr("macros.__main__.load", lambda: catalog)
    monkeypatch.setattr(asked, "SHEETS", tmp_path / "sheets")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main([*arguments])
        except SystemExit as end:  # of argparse
            status = end.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


REFUSED = {  # call -> what its last line on standard error says
    ("sheet",): "are required: subject",
    (): "are required: COMMAND",
    ("shet", "ask:growth"): "invalid choice: 'shet'",
    ("sheet", "ask:growth", "answer:conflict"): "sheet: 'answer:conflict' is not known here",
    ("sheet", "ask:growth", "--language", "fr"): "sheet: '--language' is not known here",
    ("check", "everything"): "check: 'everything' is not known here",
    ("sheet", ""): "'' is nothing we print; near it: ask:…",
    ("sheet", "ask"): "near it: ask:",
    ("sheet", "ask:growht"): "near it: ask:growth",
    ("sheet", "role:boss"): "near it: role:",
    ("sheet", "ask:growth", "--order", "backwards"): "--order: invalid choice: 'backwards'",
    # sizes
    ("sheet", "ask:growth", "--paper", "legal"): "--paper: 'legal' is not one of a4, letter, any",
    ("sheet", "ask:growth", "--paper", "0x0"): "--paper: '0x0' has no area",
    ("sheet", "ask:growth", "--paper", "nanxnan"): "--paper: 'nanxnan' is not one of",
    ("sheet", "ask:growth", "--paper", "9000x9000"): "--paper 9000x9000: no side may be over 1189 mm",
    ("sheet", "checklist:waiting", "--paper", "74x105"): "--paper 74x105: a full page needs 148 x 180 mm",
    ("sheet", "ask:growth", "--card=-1x-1"): "--card: '-1x-1' is not one of field, index, a7",
    ("sheet", "ask:growth", "--card", "90mm"): "--card: '90mm' is not one of",
    ("sheet", "ask:growth", "--card", "10x10"): "--card 10x10: no side may be under 25 mm",
    ("sheet", "ask:growth", "--card", "40x30"): "--card 40x30: the words of",
    ("sheet", "answer:all", "--card", "85x55"): "--card 85x55: the words of",
    ("sheet", "ask:growth", "--card", "500x500"): "does not fit on 210 x 279 mm, with 15 mm kept",
    ("sheet", "blank:cards", "--card", "index", "--paper", "127x76.2"): "with 15 mm kept above and below",
    # numbers
    (*DUPLEX, "--back-offset", "nan", "0"): "--back-offset nan: a number from -10 to 10 mm",
    (*DUPLEX, "--back-offset", "0", "inf"): "--back-offset inf: a number from -10 to 10 mm",
    (*DUPLEX, "--back-offset", "500", "500"): "--back-offset 500: a number from -10 to 10 mm",
    (*DUPLEX, "--back-offset", "a", "b"): "--back-offset: invalid float value: 'a'",
    (*DUPLEX, "--back-offset", "1"): "--back-offset: expected 2 arguments",
    ("crawl", SITE, "--wait", "nan"): "--wait: 'nan' is not a time",
    ("crawl", SITE, "--wait", "-1"): "--wait: '-1' is not a time",
    # what means nothing for the sheet
    ("sheet", "ask:growth", "--back-offset", "1", "1"): "--back-offset means nothing with --order fold: it is for dup",
    ("sheet", "ask:growth", "--order", "single", "--back-text", "x"): "--back-text means nothing with --order single",
    ("sheet", "ask:growth", "--full"): "--full means nothing for ask:growth: it is for checklists",
    ("sheet", "checklist:waiting", "--card", "a7"): "--card means nothing for checklist:waiting",
    ("sheet", "worksheet:debrief", "--order", "fold"): "--order means nothing for worksheet:debrief",
    ("sheet", "blank:cards", "--ids", "G1"): "--ids means nothing for blank:cards",
    ("sheet", "pocket:day", "--organisation", "Club"): "--organisation means nothing for pocket:day",
    # words
    (*ONE, "--organisation", "工会"): "--organisation: our fonts have no glyph for '工'",
    (*ONE, "--back-text", "ding\a"): r"--back-text: our fonts have no glyph for '\x07'",
    (*ONE, "--back-text", "n" * 70): "--back-text: too long for a card of 90 x 62 mm",
    (*ONE, "--back-text", "Breathe. " * 300): "--back-text: too long for a card of 90 x 62 mm",
    (*ONE, "--organisation", "n" * 500): "--organisation: does not fit the foot",
    (*ONE, "--organisation", "Job club of the north " * 15): "--organisation: does not fit the foot",
    ("sheet", "checklist:waiting", "--organisation", "n" * 500): "--organisation: does not fit the foot",
    ("sheet", "ask:growth", "--ids", "nope"): "--ids: 'nope' is no card of ask:growth; near it: G",
    ("sheet", "ask:growth", "--ids", " , "): "--ids names no card",
    # addresses
    (*ONE, "--address", "example.org"): NO_ADDRESS,
    (*ONE, "--address", ""): NO_ADDRESS,
    (*ONE, "--address", "ftp://example.org"): NO_ADDRESS,
    (*ONE, "--address", "https://exa mple.org"): NO_ADDRESS,
    (*ONE, "--address", "http://["): NO_ADDRESS,
    (*ONE, "--address", "http://example.org:99999"): NO_ADDRESS,
    (*ONE, "--address", "https://me:secret@example.org"): "no name and password",
    (*ONE, "--address", f"https://example.org/{'n' * 327}"): "--address: an address of 347 letters",
    (*ONE, "--address", f"https://example.org/{'n' * 150}"): "--address: does not fit the foot",
    ("crawl", "example.org"): NO_ADDRESS,
    ("crawl", SITE, "--built-for", "http://["): "--built-for: 'http://[' is not",
    ("publish", ".", "ftp://x"): ". holds no built site",
    # files
    (*ONE, "-o", "."): "-o .: is a folder; name a file in it",
    (*ONE, "-o", ""): "-o .: is a folder",
    (*ONE, "-o", "missing/x.pdf"): "-o missing/x.pdf: there is no folder missing",
    (*ONE, "-o", "cards.md"): "end its name in .pdf",
    (*ONE, "-o", "/proc/x.pdf"): "/proc/x.pdf: ",
    (*ONE, "-o", f"{'n' * 300}.pdf"): "File name too long",
    (*ONE, "-o", "a\0.pdf"): "null byte",
    (*ONE, "-o"): "-o/--output: expected one argument",
    ("publish", "mistyped"): "mistyped holds no built site",
    ("publish",): "are required: site",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda arguments: " ".join(arguments)[:60] or "nothing")
def test_what_cannot_be_meant_is_refused_by_name_and_leaves_nothing(call, tmp_path, arguments):
    status, out, err = call(*arguments)
    lines = err.splitlines()
    assert (status, out) == (2, "")
    assert REFUSED[arguments] in lines[-1]
    usage = lines[:-1]
    assert len(usage) <= 1 and all(line.startswith("usage: python -m macros") for line in usage)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
    assert not (tmp_path / "mistyped").exists()


DRAWN = {  # call -> pages
    ONE: 1,
    ("sheet", "Ask:Growth", "--paper", "A4", "--card", "Field", "--order", "FOLD", "--ids", "g1"): 1,
    ("sheet", "ask:growth", "--ids", "G1, growth-last-promotion", "--back-text", "two\nlines"): 1,
    (*DUPLEX, "--ids", "G1", "--back-offset", "-1.5", "10"): 2,
    ("sheet", "blank:cards", "--card", "index", "--order", "single", "--organisation", "Łódź  Job Club"): 1,
    ("sheet", "checklist:waiting", "--full"): 1,
    ("sheet", "pocket:day"): 1,
}


@pytest.mark.parametrize("arguments", DRAWN, ids=" ".join)
def test_what_is_meant_is_drawn_into_a_folder_of_its_own(call, tmp_path, arguments):
    status, out, err = call(*arguments)
    (file,) = (tmp_path / "sheets").iterdir()
    assert (status, out) == (0, f"{file}: {DRAWN[arguments]} page(s)\n")
    assert err == "python -m macros: no address at the foot: give one by --address or SITE_URL\n"
    assert len(pypdfium2.PdfDocument(file)) == DRAWN[arguments]


def test_the_folder_of_drawn_sheets_is_out_of_the_sight_of_git():
    assert asked.SHEETS == ROOT / "sheets"
    assert "/sheets/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_file_that_was_there_is_replaced_and_that_is_said(call, tmp_path):
    assert call(*ONE, "-o", "own.pdf")[1] == "own.pdf: 1 page(s)\n"
    assert call(*ONE, "-o", "own.pdf")[1] == "own.pdf: 1 page(s), in place of what was there\n"


HERE = "http://localhost:8000/"


@pytest.mark.parametrize(
    ("typed", "variable", "foot"),
    [
        (SITE, None, "example.org/guide/"),
        (None, SITE.rstrip("/"), "example.org/guide/"),
        (SITE, HERE, "example.org/guide/"),
        (None, HERE, ""),
        (None, "http://127.0.0.1:8000", ""),
        (None, "", ""),
        (HERE, None, "localhost:8000/"),
    ],
)
def test_the_address_printed_is_said_and_this_machine_only_when_typed(
    call, tmp_path, monkeypatch, typed, variable, foot
):
    if variable is not None:
        monkeypatch.setenv("SITE_URL", variable)
    status, _, err = call(*ONE, *(("--address", typed) if typed else ()), "-o", "x.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "x.pdf")[0].get_textpage().get_text_range()
    assert status == 0
    assert f"at the foot: {typed or variable}".rstrip("/") in err if foot else "no address at the foot" in err
    assert re.findall(r"\S*/ask/growth/", text) == ([f"{foot}ask/growth/"] if foot else [])
    assert foot.startswith("localhost") == ("localhost" in text)


def test_a_variable_that_is_no_address_is_named(call, monkeypatch):
    monkeypatch.setenv("SITE_URL", "example.org")
    assert "SITE_URL: 'example.org' is not an address of a site" in call(*ONE)[2]


@pytest.mark.parametrize("written", ["https://example.net/g/", HERE, '!ENV [SITE_URL, "http://localhost:8000/"]'])
def test_a_fork_may_keep_its_address_in_its_settings(monkeypatch, tmp_path, written):
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nsite_url: {written}\n", "utf-8")
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setattr(asked, "ROOT", tmp_path)
    assert asked.address_to_print(None) == (written if "example" in written else "")


def test_every_option_is_known_to_mean_something_for_some_sheet(catalog):
    kinds = set(shop.KINDS.values())
    for option, (_, meant) in asked.MEANT_FOR.items():
        assert meant and set(meant) <= kinds, option


def test_the_real_command_ends_without_a_traceback(tmp_path):
    command = [sys.executable, "-m", "macros", "sheet", "ask:growth", "-o", str(tmp_path / "missing" / "x.pdf")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and Path(tmp_path).name in done.stderr
