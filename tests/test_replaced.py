"""A record answers for those it took the place of, and a question is found by its id, one's own among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parent.parent / "docs" / "assets" / "js").glob("*.js"))


@pytest.mark.parametrize(
    ("record", "ids"),
    [
        ({"id": "a"}, ["a"]),
        ({"id": "a", "was": []}, ["a"]),
        ({"id": "a", "was": ["b", "c"]}, ["a", "b", "c"]),
        ({"id": "a", "was": ""}, ["a"]),  # of an element
        ({"id": "a", "was": " b  c "}, ["a", "b", "c"]),
    ],
)
def test_the_ids_of_a_record_are_its_own_and_those_it_replaced(modules, record, ids):
    assert modules("replaced.js", "idsOf", record) == ids


@pytest.mark.parametrize(
    ("saved", "found"),
    [({}, None), ({"x": 1}, None), ({"a": 1, "b": 2}, 1), ({"c": 3, "b": 2}, 2), ({"a": "", "c": 3}, 3)],
)
def test_what_is_saved_of_a_record_is_under_the_first_of_its_ids(modules, saved, found):
    assert modules("replaced.js", "savedOf", {"id": "a", "was": ["b", "c"]}, saved) == found


QUESTION = """async ([id, own]) => {
  const { byId, questionOf } = await import('/assets/js/replaced.js');
  const why = { id: "a", was: ["b"], question: "Why?", code: "A1" };
  const cards = byId([why, { id: "c", question: "How?", code: "C1" }]);
  const found = questionOf(id, cards, own);
  return found ? [found.question, found.code] : null;
}"""


@pytest.mark.parametrize(
    ("id_", "found"),
    [
        ("a", ["Why?", "A1"]),
        ("b", ["Why?", "A1"]),
        ("c", ["How?", "C1"]),
        ("own-1", ["Who keeps the rota?", "Mine"]),
        ("own-2", None),  # nothing is written in it yet
        ("own-3", None),
        ("gone", None),
    ],
)
def test_a_question_is_found_by_any_of_its_ids_and_ones_own_has_a_code_of_its_own(browser, sources, id_, found):
    page = browser.new_page()
    page.goto(f"{sources}assets/js/")
    own = [{"id": "own-1", "text": "Who keeps the rota?", "roles": []}, {"id": "own-2", "text": " ", "roles": []}]
    assert page.evaluate(QUESTION, [id_, own]) == found
    page.close()


@pytest.mark.parametrize(
    ("written", "only_in"),
    [
        (r"\.was\b|\bwas\b *(=|\}|,)", "replaced.js"),
        (r"Person \$\{", "people.js"),
        (r"[\"'](M|m)ine[\"']", "replaced.js"),
    ],
)
def test_no_script_works_it_out_again(written, only_in):
    lines = [(path.name, line) for path in SCRIPTS for line in path.read_text("utf-8").split("\n")]
    code = [(name, line) for name, line in lines if not re.match(r"\s*(//|/\*\*|\* )", line)]
    assert {name for name, line in code if re.search(written, line)} == {only_in}
