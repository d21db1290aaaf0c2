"""What has to be looked at again is found, and nothing says that it does not know without saying when it looked."""

from __future__ import annotations

from datetime import date

import pytest

from macros import upkeep
from macros.__main__ import main
from macros.catalog import load

PAGE = "docs/guide/waiting/silence.md"
NOT_KNOWN = [
    "We found no study of it.",
    "we have found none",
    "Of that we know of no count.",
    "No trial that we know of tests it.",
    "Nobody has counted.",
    "It has not been tested, as far as we know.",
    "We have not checked other countries.",
    "We did not look further.",
    "How often, we do not know.",
]
KNOWN = [
    "They found no one in the room.",
    "Say that you do not know.",
    "If you have not looked, look tonight.",
    "Ask if nobody has told them.",
]


def problems_with(content, sentence):
    content.append(PAGE, f"\n{sentence}\n")
    return [line for line in content.problems() if "is not known" in line]


@pytest.mark.parametrize("sentence", NOT_KNOWN)
def test_a_sentence_that_does_not_know_says_when_it_was_looked_for(content, sentence):
    (found,) = problems_with(content, sentence)
    assert found.startswith(f"{PAGE}:{content.line_of(PAGE, sentence)}: says that something is not known: add")
    assert problems_with(content, f'{sentence} {{{{ searched("studies", "2026-11-27") }}}}') == [found]


@pytest.mark.parametrize("sentence", KNOWN)
def test_other_sentences_need_not(content, sentence):
    assert problems_with(content, sentence) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('"studys", "2026-11-27"', "'studys' is not one of the searches (did you mean 'studies'?)"),
        ('"studies", "27 November"', "'27 November' is not a date like 2026-11-27"),
        ('"studies", "2999-01-01"', "2999-01-01 is still to come"),
    ],
)
def test_a_search_has_a_place_and_a_day(content, call, said):
    content.append(PAGE, f"\nWe found none. {{{{ searched({call}) }}}}\n")
    assert [line for line in content.problems() if line.endswith(f"searched(): {said}")]


def test_each_thing_not_found_is_told_with_its_sentence(content):
    content.append(PAGE, '\n- **Elsewhere.** We found [none](/print.md). {{ searched("law", "2026-01-31") }} More.\n')
    found = [one for one in upkeep.unknowns(load(content.root)) if one.on == date(2026, 1, 31)]
    assert [(one.sentence, one.where, f"docs/{one.page.path}") for one in found] == [
        ("Elsewhere. We found none.", "law", PAGE)
    ]


def test_what_is_older_than_a_year_is_overdue_and_no_day_sooner(content):
    content.append(PAGE, '\nWe found none. {{ searched("law", "2026-01-31") }}\n')
    catalog = load(content.root)
    line = content.line_of(PAGE, "2026-01-31")
    due = f"{PAGE}:{line}: searched on 2026-01-31: We found none."
    assert due not in map(str, upkeep.overdue(catalog, date(2027, 1, 31)))
    assert due in map(str, upkeep.overdue(catalog, date(2027, 2, 1)))
    assert len([*upkeep.overdue(catalog, date(2099, 1, 1))]) > len(catalog.sources)


def test_law_without_a_source_is_shown(content):
    content.append(PAGE, "\nBy law they must answer. It is a custom too.\n")
    found = [*map(str, upkeep.uncited_law(load(content.root)))]
    assert f"{PAGE}:{content.line_of(PAGE, 'By law')}: By law they must answer." in found


@pytest.mark.parametrize("command", ["overdue", "uncited-law"])
def test_both_lists_are_shown_by_a_command_that_is_no_check(command, capsys):
    assert main([command]) == 0
    assert capsys.readouterr().err == ""
