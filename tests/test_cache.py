"""Sheets are drawn once: for each address of the site, whichever was built last."""

from __future__ import annotations

import os

import pytest

from macros import publish, sheets, shop


@pytest.fixture
def draw(catalog, tmp_path, monkeypatch):
    """Writes three sheets for an address of the site, with a cache of its own: the files that were drawn for it."""
    some = [sheet for sheet in shop.published(catalog) if sheet.kind in ("checklist", "pocket")][:3]
    drawn = []
    render = sheets.render
    monkeypatch.setattr(publish, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(shop, "published", lambda _: some)
    monkeypatch.setattr(sheets, "render", lambda *args: drawn.append(args[1].file) or render(*args))

    def write_for(address):
        drawn.clear()
        publish.write_sheets(catalog, tmp_path / "site", address)
        return list(drawn)

    return write_for


def test_the_sheets_of_another_address_stay_drawn(draw):
    """The address stands on the sheet: a port of one's own, a build for elsewhere, and back."""
    assert len(draw("https://one.example/")) == len(draw("https://two.example/")) == 3
    assert draw("https://one.example/") == draw("https://two.example/") == []


def test_a_sheet_that_no_build_has_used_for_long_is_forgotten(draw, tmp_path):
    def let_time_pass():
        for file in (tmp_path / "cache").iterdir():
            os.utime(file, (file.stat().st_mtime - publish.KEPT * 0.6,) * 2)

    draw("https://one.example/")
    let_time_pass()
    draw("https://two.example/")
    let_time_pass()
    assert draw("https://two.example/") == []
    assert len([*(tmp_path / "cache").iterdir()]) == 3 * 3, "those of the first address are gone"
    let_time_pass()
    assert draw("https://two.example/") == draw("https://two.example/") == [], "those that are used stay"


def test_a_half_written_or_half_removed_sheet_is_drawn_again(draw, tmp_path):
    draw("https://one.example/")
    for lost in ("png", "pdf", "json"):
        next((tmp_path / "cache").glob(f"*.{lost}")).unlink()
        assert len(draw("https://one.example/")) == 1
