"""Each content rule: the real content keeps it, and breaking it gives one line that says where and what."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from macros.catalog import CALL_ONLY, Page, PageMeta, load, parts_of_page
from macros.documents import Document
from macros.rules import RULES, pages_run_nothing

GROWTH = "docs/data/questions/ask/growth.yml"
WORK = "docs/data/questions/ask/work-environment.yml"
WEEK = "docs/data/checklists/week-before.yml"
SOURCES = "docs/data/sources.yml"
WHAT = "docs/guide/invited/what-it-is.md"
COACHES = "docs/coaches.md"
KIT = "docs/plan/kit.md"
SESSION = "docs/data/sessions/30-minutes.yml"

# file, what stands there, what to put in its place, the line that changes, the message (the path of the value first)
BROKEN = {
    "unknown vocabulary": (
        GROWTH,
        "roles: [hiring-manager, executive]",
        "roles: [boss]",
        "questions[0].roles: 'boss' is not one of recruiter, hiring-manager, peer, executive, direct-report, "
        "cross-functional, client, assessor (did you mean 'hiring-manager'?)",
    ),
    "a word that is nearly right": (
        GROWTH,
        "timing: any",
        "timing: lat",
        "questions[0].timing: 'lat' is not one of any, late, in-writing (did you mean 'late'?)",
    ),
    "no is read as false": (
        GROWTH,
        "follow_up: What did you do to help it happen?",
        "follow_up: no",
        "questions[0].follow_up: 'no' is read as false: put it in quotes",
    ),
    "a number where text belongs": (
        GROWTH,
        "follow_up: What did you do to help it happen?",
        "follow_up: 1.10",
        "questions[0].follow_up: '1.10' is read as a number: put it in quotes",
    ),
    "an empty value": (
        GROWTH,
        "follow_up: What did you do to help it happen?",
        "follow_up:",
        "questions[0].follow_up: is empty",
    ),
    "an unknown key": (
        GROWTH,
        "follow_up: What did you do",
        "folow_up: What did you do",
        "questions[0].folow_up: is not a key we know (did you mean 'follow_up'?)",
    ),
    "a wrong type": (
        WEEK,
        "when: -7",
        "when: soon",
        "sections[0].items[0].when: must be a whole number, not 'soon'",
    ),
    "a date that is none": (
        GROWTH,
        "reviewed: 2026-11-23",
        "reviewed: soon",
        "reviewed: must be a date like 2026-11-23, not 'soon'",
    ),
    "a single word where a list belongs": (
        GROWTH,
        "roles: [hiring-manager, executive]",
        "roles: executive",
        "questions[0].roles: must be a list, not 'executive'",
    ),
    "an empty list": (
        GROWTH,
        "roles: [hiring-manager, executive]",
        "roles: []",
        "questions[0].roles: needs at least one entry",
    ),
    "a character that cannot be printed": (
        GROWTH,
        "why: One real move",
        "why: One → move",
        "questions[0].why: '→' is a character our fonts cannot print: write it in words",
    ),
    "an id that is not kebab-case": (
        GROWTH,
        "id: growth-last-promotion",
        "id: Growth Last",
        "questions[0].id: 'Growth Last' must be kebab-case: small letters, digits and single hyphens",
    ),
    "a code that is none": (
        GROWTH,
        "code: G1",
        "code: g1",
        "questions[0].code: 'g1' must be one or two capital letters and a number, like W2",
    ),
    "a source that is not there": (
        WEEK,
        "sources: [robert-half-2017]",
        "sources: [robert-half-2018]",
        "sections[0].items[1].sources: 'robert-half-2018' is not in docs/data/sources.yml "
        "(did you mean 'robert-half-2017'?)",
    ),
    "a dead page": (
        WEEK,
        "page: guide/week-before/ask-each-interviewer.md",
        "page: guide/week-before/ask-each-interview.md",
        "'guide/week-before/ask-each-interview.md' is not a page in docs/ "
        "(did you mean 'guide/week-before/ask-each-interviewer.md'?)",
    ),
    "a deck in the wrong file": (
        GROWTH,
        "topic: growth",
        "topic: strategy",
        "topic: 'strategy' must be 'growth', the name of the file",
    ),
    "an item that is never dropped and has no day": (
        WEEK,
        "        when: -7\n",
        "        always: true\n",
        "items[0].when: is missing: what is never dropped (always: true) has a day",
    ),
    "never dropped, said with a word": (
        WEEK,
        "        when: -7\n",
        "        when: -7\n        always: often\n",
        "items[0].always: must be true or false, not 'often'",
    ),
    "a law without a place": (
        SOURCES,
        "  kind: practitioner",
        "  kind: law",
        "place: is missing: say where this law holds",
    ),
    "a law without the date of its text": (
        SOURCES,
        "  kind: practitioner",
        "  kind: law",
        "as_of: is missing: say the date of the text that was read, its month or year, or undated",
    ),
    "a law that does not say whom it binds": (
        SOURCES,
        "  kind: practitioner",
        "  kind: law",
        "employers: is missing: say which employers it binds: the least number of staff, all, or not-checked",
    ),
    "a law of an odd date": (
        SOURCES,
        "  kind: practitioner",
        "  kind: law\n  as_of: 2026-13",
        "as_of: '2026-13' must be a date, a month (2026-05), a year, or undated",
    ),
    "a law for nobody": (
        SOURCES,
        "  kind: practitioner",
        "  kind: law\n  employers: 0",
        "employers: '0' must be the least number of staff, all, or not-checked",
    ),
    "a study that binds employers": (
        SOURCES,
        "  kind: practitioner",
        "  kind: practitioner\n  employers: all",
        "employers: only a source of kind 'law' has employers",
    ),
    "a card that says that nothing is known": (
        GROWTH,
        "why: One real move",
        "why: We found no study of it. One real move",
        "questions[0].why: says that something is not known: say so on a page, with the day on which we looked",
    ),
    "a plan that asks for what is not printed": (
        "docs/data/sessions/30-minutes.yml",
        "worksheet:debrief",
        "worksheet:debreif",
        "sheets: 'worksheet:debreif' is nothing we print (did you mean 'worksheet:debrief'?)",
    ),
    "a plan that does not tell of what it has printed": (
        "docs/data/sessions/30-minutes.yml",
        "[worksheet:debrief",
        "[worksheet:scorecard, worksheet:debrief",
        "which is to be printed",
    ),
    "a macro that is not there": (
        WHAT,
        '{{ say("When',
        '{{ sey("When',
        "sey(): there is no such macro (did you mean 'say'?)",
    ),
    "a part of a checklist that is not there": (
        KIT,
        '{{ checklist_part("day-before", "Pack") }}',
        '{{ checklist_part("day-before", "Pak") }}',
        "checklist_part(): 'Pak' is not a section of day-before (did you mean 'Pack'?)",
    ),
    "a part of a checklist that is none": (
        KIT,
        '{{ checklist_part("day-before", "Pack") }}',
        '{{ checklist_part("day-befor", "Pack") }}',
        "checklist_part(): 'day-befor' is not a checklist (did you mean 'day-before'?)",
    ),
    "a part of the kit that is not there": (
        KIT,
        '{{ kit("said") }}',
        '{{ kit("sad") }}',
        "kit(): 'sad' is not a part of the kit (did you mean 'said'?)",
    ),
    "a worksheet that is not there": (
        KIT,
        '"already-said"',
        '"already-sad"',
        "worksheet_links(): 'already-sad' is not a worksheet (did you mean 'already-said'?)",
    ),
    "a macro with a wrong argument": (
        WHAT,
        'cite("bock-2015")',
        'cite("bok-2015")',
        "cite(): 'bok-2015' is not in docs/data/sources.yml (did you mean 'bock-2015'?)",
    ),
    "a macro with a wrong number of arguments": (
        WHAT,
        '{{ say("When you accept the invitation", ',
        "{{ say(",
        "say(): missing a required argument: 'words'",
    ),
    "notes left out": (WHAT, "{{ notes() }}", "", "cites a source: end the page with {{ notes() }}"),
    "a guide page without minutes": (WHAT, "minutes: 5\n", "", "minutes: is missing"),
    "a page made from nothing": (
        "docs/ask/growth.md",
        "made_from: data/questions/ask/growth.yml",
        "made_from: data/questions/ask/grow.yml",
        "made_from: 'data/questions/ask/grow.yml' is not in docs/ (did you mean 'data/questions/ask/growth.yml'?)",
    ),
    "broken template syntax": (WHAT, "{{ notes() }}", "{{ notes( }}", "cannot be read: unexpected '}', expected ')'"),
    "a synonym of itself": (
        "docs/data/synonyms.yml",
        "panel: [interview board",
        "panel: [panel, interview board",
        "panel[0]: 'panel' is the word itself",
    ),
    "a session that does not keep its time": (
        SESSION,
        "minutes: 30",
        "minutes: 45",
        "minutes: the steps add up to 30, not 45",
    ),
    "a session that is not there": (
        COACHES,
        'session("30-minutes")',
        'session("30-minute")',
        "session(): '30-minute' is not a session (did you mean '30-minutes'?)",
    ),
    "an alias": (
        GROWTH,
        "keywords: [promotion, career path, advancement, progression]",
        "keywords: &k [promotion]\n    was: *k",
        "questions[0].was: repeats a block by an alias: write it out",
    ),
}


def test_the_real_content_keeps_every_rule(content):
    assert content.problems() == []


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.replace(" ", "-"))
def test_a_broken_rule_names_file_and_value(content, case):
    file, old, new, message = BROKEN[case]
    content.replace(file, old, new)
    found = content.problems()
    assert any(line.startswith(f"{file}:") and line.endswith(message) for line in found), found


WITHDRAWN = """
{key}:
  title: "A study, withdrawn"
  authors: ["Nobody"]
  kind: experiment
  where: "A journal"
  read: unread
  checked: 2026-11-27
"""


def test_a_work_that_is_kept_out_is_cited_nowhere_and_under_no_other_key(content):
    content.append(SOURCES, WITHDRAWN.format(key="bad-1") + "  kept_out: Retracted.\n")
    assert content.problems() == []
    content.replace(WHAT, "---\n**", '---\n{{ cite("bad-1") }} **')
    content.replace(GROWTH, "    code: G1\n", "    code: G1\n    sources: [bad-1]\n")
    content.append(SOURCES, WITHDRAWN.format(key="good-1").replace("study, w", "Study – W"))
    content.replace(WHAT, '"bad-1"', '"bad-1", "good-1"')
    found = "\n".join(content.problems())
    assert re.search(rf"{WHAT}:\d+: cite\(\): 'bad-1' is kept out: Retracted\.$", found, re.M)
    assert re.search(rf"{GROWTH}:\d+: questions\[0\]\.sources: 'bad-1' is kept out: Retracted\.$", found, re.M)
    assert re.search(
        rf"{SOURCES}:\d+: good-1: is the same work as 'bad-1', which is kept out: Retracted\.$", found, re.M
    )
    assert found.count("\n") == 2


def test_the_line_is_the_line_of_the_value(content):
    content.replace(GROWTH, "roles: [peer, direct-report]", "roles:\n      - peer\n      - chief")
    (found,) = content.problems()
    assert found.startswith(f"{GROWTH}:{content.line_of(GROWTH, '- chief')}: questions[2].roles: 'chief' is not one of")


def test_a_missing_field_is_reported_at_the_line_of_its_item(content):
    content.replace(GROWTH, "    follow_up: What did you do to help it happen?\n", "")
    line = content.line_of(GROWTH, "- id: growth-last-promotion")
    assert content.problems() == [f"{GROWTH}:{line}: questions[0].follow_up: is missing"]


def test_a_key_written_twice_is_reported_at_the_second(content):
    content.replace(GROWTH, "    code: G1\n", "    code: G1\n    code: G9\n")
    first = content.line_of(GROWTH, "code: G1")
    assert f"{GROWTH}:{first + 1}: questions[0].code: appears twice (first on line {first})" in content.problems()


def test_an_id_used_twice_is_reported_with_the_first_place(content):
    content.replace(GROWTH, "id: growth-expert-route", "id: growth-last-promotion")
    first = content.line_of(GROWTH, "id: growth-last-promotion")
    line = content.line_of(GROWTH, "code: G7") - 1
    text = f"questions[6].id: 'growth-last-promotion' is also at {GROWTH}:{first}"
    assert content.problems() == [f"{GROWTH}:{line}: {text}"]


def test_a_code_used_twice_is_answered_with_the_next_free_one(content):
    content.replace(GROWTH, "code: G7", "code: G1")
    first = content.line_of(GROWTH, "code: G1")
    (found,) = content.problems()
    assert found.endswith(f"questions[6].code: 'G1' is also at {GROWTH}:{first}; the next free one is G7")


def test_a_retired_id_and_code_may_not_come_back(content):
    content.replace("docs/data/retired.yml", "ids: []\ncodes: []", "ids: [growth-last-promotion]\ncodes: [G2]")
    found = content.problems()
    assert any(line.endswith("'growth-last-promotion' is retired: it may never come back") for line in found)
    assert any(line.endswith("'G2' is retired; the next free one is G8") for line in found)


def test_an_id_that_was_replaced_may_not_come_back(content):
    content.replace(GROWTH, "    code: G1\n", "    code: G1\n    was: [growth-expert-route]\n")
    (found,) = content.problems()
    assert found.endswith("'growth-expert-route' is in the 'was' list of growth-last-promotion: it may never come back")


def test_nearly_the_same_question_is_found_in_another_file(content):
    content.replace(
        WORK, "question: Could you walk me", "question: Who last moved up from the team and what had they done #"
    )
    found = content.problems()
    assert any("the same as the one at" in line and "question" in line for line in found), found


def test_a_source_that_nothing_cites_is_found(content):
    text = '\nnobody-2020:\n  title: "A"\n  authors: ["B"]\n  kind: survey\n  where: "C"\n  read: full\n'
    content.append(SOURCES, text + "  checked: 2026-11-23\n")
    (found,) = content.problems()
    assert found.endswith("nobody-2020: is cited nowhere: cite it or take it out")


def test_a_page_that_cites_law_names_the_place(content):
    content.replace(WHAT, "{{ notes() }}", '{{ cite("va-code-40-1-28-7-12") }}\n\n{{ notes() }}')
    (found,) = content.problems()
    assert found.endswith("law: the page cites the law of 'Virginia': add it to the list `law:`")


VAGUE = "needs its figure, a link to the part of a page with it, or ‘not checked’"


@pytest.mark.parametrize(
    "text",
    [
        "Get advice soon: the time limit is strict.",
        "Time limits for a claim differ by place. [Read on](/guide/outcome/rejection.md)",
        "You may go to a tribunal, but mind the time limits.",
    ],
)
def test_a_time_limit_of_a_claim_without_its_figure_is_found(content, text):
    content.replace(WHAT, "{{ notes() }}", f"{text}\n\n{{{{ notes() }}}}")
    (found,) = content.problems()
    assert found == f"{WHAT}:{content.line_of(WHAT, text)}: a time limit {VAGUE}"


def test_a_time_limit_without_its_figure_is_found_on_a_card(content):
    content.replace(GROWTH, "why: One real move", "why: Time limits to complain are short. One real move")
    (found,) = content.problems()
    assert found.endswith(f"questions[0].why: a time limit {VAGUE}")


@pytest.mark.parametrize(
    "text",
    [
        "The time limit for a claim is 180 calendar days.",
        "Time limits for a claim differ: [yours](/guide/outcome/rejection.md#if-it-was-not-fair).",
        'Time limits to complain we have not checked. {{ searched("unchecked", "2026-11-27") }}',
        "Stop at the time limit, and keep some strength for the questions.",
    ],
)
def test_a_time_limit_with_its_figure_or_of_another_kind_is_left_alone(content, text):
    content.replace(WHAT, "{{ notes() }}", f"{text}\n\n{{{{ notes() }}}}")
    assert content.problems() == []


@pytest.mark.parametrize("when", [-60, -7, 0, 365])
def test_an_item_on_any_day_may_be_one_that_is_never_dropped(content, when):
    content.replace(WEEK, "        when: -7\n", f"        when: {when}\n        always: true\n")
    assert content.problems() == []


def test_a_session_may_give_a_minute_of_one_step_to_another(content):
    content.replace(SESSION, "  - minutes: 2\n", "  - minutes: 1\n")
    content.replace(SESSION, "  - minutes: 3\n", "  - minutes: 4\n")
    assert content.problems() == []


def test_a_session_that_no_page_shows_is_found(content):
    content.replace(COACHES, '{{ session("30-minutes") }}', "")
    (found,) = content.problems()
    assert found.startswith(f"{SESSION}:")
    assert found.endswith('no page shows it: write {{ session("30-minutes") }} on one')


def test_a_file_with_another_name_than_its_list_is_found(content):
    (content.root / GROWTH).rename(content.root / "docs/data/questions/ask/grwth.yml")
    found = content.problems()
    assert any("the file's name must be one of" in line and "(did you mean 'growth'?)" in line for line in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "cannot be read as YAML"),
        ("title: a: b", '(put text that contains ": " in quotes)'),
        ("title: \tx\n\ty: 1", "cannot be read as YAML"),
    ],
)
def test_broken_yaml_is_one_problem_with_a_line(content, text, message):
    (content.root / GROWTH).write_text(text, "utf-8")
    found = [line for line in content.problems() if line.startswith(GROWTH)]
    assert len(found) == 1 and message in found[0], found


@pytest.mark.parametrize("file", [GROWTH, SOURCES])
def test_a_file_that_cannot_be_read_is_one_problem_and_hides_no_other(content, file):
    content.append(file, "a: b: c\n")
    content.replace(WEEK, "when: -7", "when: soon")
    found = content.problems()
    assert [line.split(":")[0] for line in found] == sorted([file, WEEK])


NOBODY_PLANNED = {
    GROWTH: ["", "null", "[]", "text", "questions: text", "questions:\n  - text", "questions: {a: b}", "? [a, b]\n: c"],
    WEEK: ["sections: x", "sections: [x]", "sections:\n  - items: x", "a: 2026-13-45", "a: !foo b", "a: &x [*x]"],
    SOURCES: ["[]", "a: b", "a:\n  - b", "5: {title: x}"],
    "docs/data/synonyms.yml": ["", "text", "a: b", "a: [1, 2]", "a: []"],
    "docs/data/vocabulary.yml": ["", "[]", "roles: text", "moments: [{id: x}]"],
    "docs/data/letters/accept.yml": ["", "body: x"],
    "docs/data/worksheets/debrief.yml": ["parts: [x]", "title: a\nparts: [{title: b, columns: [x]}]"],
    SESSION: ["", "steps: x", "steps: [x]", "minutes: 30\nsteps: [{minutes: x}]"],
    WHAT: [
        "",
        "text",
        "---\n---\n",
        "---\n[]\n---\n",
        "---\ntitle: x\n---\n{{ card(5) }} {{ cards(ids=5) }} {{ say(1, 2) }} {{ a.b() }} {{ cite([1]) }}",
        "---\ntitle: x\n---\n{% for %}",
    ],
}


@pytest.mark.parametrize(("file", "text"), [(file, text) for file, texts in NOBODY_PLANNED.items() for text in texts])
def test_what_nobody_planned_for_is_a_line_with_a_place_and_never_a_crash(content, file, text):
    (content.root / file).write_text(text, "utf-8")
    found = content.problems()
    assert any(line.startswith(f"{file}:") for line in found)
    assert all(re.fullmatch(r"docs/[^:\n]+:\d+: [^\n]+", line) for line in found)


@pytest.mark.parametrize("name", ["data/questions/ask/team.yaml", "data/extra.yml", "data/questions/growth.yml"])
def test_a_data_file_in_the_wrong_place_or_with_the_wrong_ending_is_found(content, name):
    (content.root / "docs" / name).write_text("title: x\n", "utf-8")
    text = "nothing reads a file of this name: see CONTRIBUTING for where it belongs"
    assert content.problems() == [f"docs/{name}:1: {text}"]


def test_a_missing_list_of_sources_is_one_problem(content):
    (content.root / SOURCES).unlink()
    assert content.problems() == [f"{SOURCES}:1: is missing"]


def test_bytes_that_are_no_text_are_a_problem_not_a_crash(content):
    (content.root / GROWTH).write_bytes(b"title: \xff\xfe")
    assert f"{GROWTH}:1: is not UTF-8 text (byte 7)" in content.problems()


@pytest.mark.parametrize("file", [GROWTH, WHAT])
def test_a_file_that_vanishes_before_it_is_read_is_a_problem_not_a_crash(content, monkeypatch, file):
    """Editors save by taking the old file away; a server that looks ten times a second sees that."""
    read = Path.read_text

    def read_unless_gone(path, *encoding):
        if path == content.root / file:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return read(path, *encoding)

    monkeypatch.setattr(Path, "read_text", read_unless_gone)
    assert f"{file}:1: cannot be read: {os.strerror(errno.ENOENT)}" in content.problems()


def test_a_folder_or_a_broken_link_by_the_name_of_a_page_is_a_problem_not_a_crash(content):
    (content.root / "docs/guide/folder.md").mkdir()
    (content.root / "docs/guide/link.md").symlink_to("nowhere")
    found = [problem for problem in content.problems() if "cannot be read" in problem]
    assert [problem.partition(":")[0] for problem in found] == ["docs/guide/folder.md", "docs/guide/link.md"]


def test_all_problems_of_all_files_come_in_one_run(content):
    content.replace(GROWTH, "roles: [hiring-manager, executive]", "roles: [boss]")
    content.replace(GROWTH, "code: G7", "code: G2")
    content.replace(WEEK, "when: -7", "when: soon")
    content.replace(WHAT, "{{ notes() }}", "")
    found = content.problems()
    assert [line.split(":")[0] for line in found] == [WEEK, GROWTH, GROWTH, WHAT]


RUNS_A_SCRIPT = "onclick= may not stand in a page: it runs a script"
ACTIVE = {
    "<script>alert(1)</script>": "<script> may not stand in a page: it could run or load a script",
    "Text <ScRiPt src=x.js></ScRiPt> text": "<script> may not stand in a page: it could run or load a script",
    '<p onclick="alert(1)">Text</p>': RUNS_A_SCRIPT,
    "<p\nONCLICK=alert(1)>Text</p>": RUNS_A_SCRIPT,
    "<b/onclick=alert(1)>Text</b>": RUNS_A_SCRIPT,
    'Text\n{: onclick="alert(1)" }': RUNS_A_SCRIPT,
    "## Part { #part onclick=alert(1) }": RUNS_A_SCRIPT,
    '<div markdown="1">\n\n*Text*{: onclick="alert(1)" }\n\n</div>': RUNS_A_SCRIPT,
    "<svg><g onclick=alert(1)></g></svg>": RUNS_A_SCRIPT,
    "{% raw %}<p onclick=alert(1)>Text</p>{% endraw %}": RUNS_A_SCRIPT,
    '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>': "srcdoc= may not stand in a page: "
    "it runs a script",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>": "<noscript> may not stand in a page: "
    "it could run or load a script",
    '{{ "<script>alert(1)</script>" }}': CALL_ONLY,
    '{{ "<scr" ~ "ipt>" }}': CALL_ONLY,
    "{% set x = 1 %}": CALL_ONLY,
    '{% include "mkdocs.yml" %}': CALL_ONLY,
    "{{ config }}": CALL_ONLY,
    "{{ card }}": CALL_ONLY,
    '{{ notes() | replace("a", "b") }}': CALL_ONLY,
}
ADDRESSES = {
    "javascript": [
        "[text](javascript:alert(1))",
        "[text](<JavaScript:alert(1)>)",
        "[text][ref]\n\n[ref]: javascript:alert(1)",
        "![text](javascript:alert(1))",
        '<a href="&#106;avascript:alert(1)">text</a>',
        '<a href="javascript&colon;alert(1)">text</a>',
        '<a href=" java&Tab;script:alert(1)">text</a>',
        '<a href="java\nscript:alert(1)">text</a>',
        '<form action="javascript:alert(1)"></form>',
        '<button formaction="javascript:alert(1)">text</button>',
        '<svg><a xlink:href="javascript:alert(1)"><text>text</text></a></svg>',
    ],
    "data": [
        "[text](data:text/html,text)",
        "![text](data:image/svg+xml,text)",
        '<img srcset="a.png, data:text/html,x">',
    ],
    "vbscript": ["[text](vbscript:text)"],
    "blob": ["[text](blob:text)"],
}
ACTIVE |= {
    text: f"an address may not begin with '{scheme}:': write https://, mailto:, or / for a page of ours"
    for scheme, texts in ADDRESSES.items()
    for text in texts
}


@pytest.fixture(scope="module")
def problems_in(catalog):
    """The problems of a page with this text, alone in the catalog."""

    def find(text):
        document, found = Document("docs/page.md", body=text), []
        page = Page("page.md", PageMeta(title="Page"), *parts_of_page(document, found))
        alone = replace(catalog, pages={page.path: page}, documents={page.path: document})
        return [str(problem) for problem in (*found, *pages_run_nothing(alone))]

    return find


@pytest.mark.parametrize("text", ACTIVE)
def test_what_can_run_in_a_page_is_found_where_it_stands(problems_in, text):
    found = problems_in(f"Before.\n\n{text}\n\nAfter.\n")
    assert ACTIVE[text] in [line.split(": ", 1)[1] for line in found]
    assert all(3 <= int(line.split(":")[1]) <= 3 + text.count("\n") for line in found)


@pytest.mark.parametrize(
    "text",
    [
        "Write `<script>` and `onclick=`, [a note](mailto:me@example.org) and [a call](tel:123).",
        "JavaScript: a language. Data: what was measured. On the day = that day, on=1.",
        "    <script>alert(1)</script>",
        "```\n<script>alert(1)</script>\n```",
        "[A page](/ask/growth.md#growth-last-promotion), <https://example.org/a:b> and [a part](#in-short).",
        '<details class="once" open><summary>More</summary>Text</details>',
        "a < b and c > d",
        '{{ say("<script>", "javascript:alert(1)") }}',
    ],
)
def test_what_only_speaks_of_scripts_may_stand_in_a_page(problems_in, text):
    assert problems_in(text) == []


def test_what_can_run_in_a_page_is_one_line_of_the_check(content):
    content.append(WHAT, "\n[text](javascript:alert(1))\n")
    line = content.line_of(WHAT, "javascript:")
    assert content.problems() == [f"{WHAT}:{line}: {ACTIVE['[text](javascript:alert(1))']}"]


def test_plain_text_may_look_like_markup(content):
    content.replace(GROWTH, "why: One real move", "why: One `<b>real` **move** [x](y) {% if %} <script async>")
    assert content.problems() == []


def test_every_rule_says_what_it_is():
    assert all(rule.__doc__ and rule.__doc__.strip().endswith(".") for rule in RULES)


def test_the_macros_that_pages_may_call_are_the_ones_that_exist():
    from macros import pages
    from macros.rules import MACROS

    assert all(callable(getattr(pages, name)) for name in MACROS)


def test_loading_twice_gives_the_same(catalog):
    assert load() == catalog
