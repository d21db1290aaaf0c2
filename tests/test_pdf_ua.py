"""Two checkers read every published PDF: `page` against PDF/UA-1, `outloud` as a screen reader would."""

from __future__ import annotations

import json
import re

import pytest

# Where outloud is wrong about our sheets: rule -> why, and what its evidence must look like to be let pass.
RUNNING = r"\S+/ CC BY 4\.0 · reviewed \d+ \w+ \d{4}( · \d+ / \d+)?|.*Print (at 100 %|the first half).*"
WRONG = {
    # ISO 32000-1, 14.8.2.2.2: running heads and feet are pagination artifacts. outloud 0.2.1 knows them only by their
    # repeating (rules/tagging.py, furniture_keys); on a sheet of one page, or in a pack of sheets, nothing repeats.
    "TAG-002": ("a running foot or head is an artifact", RUNNING),
    # The marks to cut by make a grid around cards, and cards are no table: each stands alone, under its own heading.
    # Of a worksheet with several tables it makes one grid (rules/tables.py), of which no table covers half.
    "TBL-014": ("marks to cut by are no table, and two tables are not one", r".+"),
    # The cells are empty because they are there to be filled in by hand. Their heads say with what.
    "TBL-012": ("the empty cells of a form are for the pen", r"None"),
    # The word before the line to write on, and the subject of each card, stand on every card: they are no page header.
    "PAG-001": ("what stands on every card is content of each", r".+"),
}


@pytest.fixture(scope="module")
def sheets(site):
    """Every published sheet: its row of the index, and where it is."""
    index = json.loads((site / "sheets" / "index.json").read_text("utf-8"))
    return {row["file"]: (row, str(site / "sheets" / row["file"])) for row in index}


def one_of_each(sheets):
    """Of each kind of sheet, size and order of its cards, the one with the fewest pages."""
    by_length = sorted(sheets.values(), key=lambda sheet: sheet[0]["pages"], reverse=True)
    kinds = {str((row["kind"], row["card"], row["order"])): row["file"] for row, _ in by_length}
    return {file: sheets[file] for file in kinds.values()}


def test_page_finds_every_pdf_conformant_with_pdf_ua_1(sheets):
    import page

    for file, (_, path) in sheets.items():
        report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
        assert report.is_compliant, (file, [(failure.rule_id, failure.message) for failure in report.failures])
        assert report.rules.total > 50


def test_page_would_see_what_breaks_pdf_ua(sheets, tmp_path):
    """The check can fail: without its title or its tags a sheet is refused."""
    import page
    import pikepdf

    path = next(path for _, path in sheets.values())
    with pikepdf.open(path) as document:
        del document.Root.StructTreeRoot
        document.save(tmp_path / "untagged.pdf")
    report = page.validate_pdf(str(tmp_path / "untagged.pdf"), profile=page.ValidationProfile.PDF_UA_1)
    assert not report.is_compliant


@pytest.mark.filterwarnings("ignore:builtin type .* has no __module__ attribute:DeprecationWarning")  # PyMuPDF's SWIG
@pytest.mark.parametrize("choose", [one_of_each, pytest.param(dict, id="all", marks=pytest.mark.heavy)])
def test_outloud_finds_nothing_in_any_pdf_but_what_it_is_wrong_about(sheets, choose):
    import outloud

    seen = set()
    for file, (row, path) in choose(sheets).items():
        result = outloud.check(path)
        assert result.error is None, (file, result.error)
        for finding in result.findings:
            assert finding.rule in WRONG, (file, finding)
            why, evidence = WRONG[finding.rule]
            for sample in str(finding.evidence).split("; "):
                assert re.fullmatch(evidence, sample.strip(" …")) or sample.endswith("…"), (file, why, finding)
            if finding.rule == "TBL-014":
                assert row["card"] or row["kind"] in ("pack", "worksheet"), (file, finding)
            seen.add(finding.rule)
    assert seen == set(WRONG), "what outloud has learnt since needs no exception"
