"""The scripts as they are published: the source, line by line, without its comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.scripts import without_comments

SOURCES = sorted((Path(__file__).parent.parent / "docs" / "assets" / "js").glob("*.js"))


@pytest.mark.parametrize(
    ("script", "published"),
    [
        ("// what it is\nlet a;\n", "\nlet a;\n"),
        ("  /** In: `a`; Out: */\n  let a;\n", "\n  let a;\n"),
        ("/**\n * One.\n * Two. */\nlet a;\n", "\n\n\nlet a;\n"),
        ("/** One. */\nlet a;\n/** Two. */\nlet b;\n", "\nlet a;\n\nlet b;\n"),
        ("let a = 1; // of it\n", "let a = 1; // of it\n"),
        ('let a = "https://example.org/"; /** b */\n', 'let a = "https://example.org/"; /** b */\n'),
        ("/** a */ let b;\n/** c */\n", "/** a */ let b;\n\n"),
    ],
)
def test_only_whole_lines_of_comment_go_and_their_lines_stay_empty(script, published):
    assert without_comments(script) == published


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_text_of_a_script_is_taken_for_a_comment(source):
    """Texts that go over several lines, such as markup, are those of the source."""
    script = source.read_text("utf-8")
    published = without_comments(script)
    assert published.count("\n") == script.count("\n")
    assert all(text in script for text in re.findall(r"`[^`]*`", published))
    gone = [one for one, other in zip(script.split("\n"), published.split("\n"), strict=True) if one != other]
    assert all(re.match(r"\s*(//|/\*\*|\*)", line) for line in gone)


def test_scripts_are_published_without_comments(site):
    for source in SOURCES:
        published = (site / "assets" / "js" / source.name).read_text("utf-8")
        assert published == without_comments(source.read_text("utf-8"))
