"""The thank-you drafts: short, all different, and a link that mail programs open."""

from __future__ import annotations

import random
import re
from itertools import combinations
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

CANDIDATE = {"name": "Sam Poe", "job": "ward manager"}
FULL = {
    "name": "Ann Lee",
    "called": "Your manager",
    "hook": "the night shift runs on two people",
    "promised": "the rota sheet",
    "answered": "how I handle two sites",
}


@pytest.fixture
def draft(modules):
    def draft(index=0, company="Northgate", candidate=CANDIDATE, **person):
        given = {"person": person, "candidate": candidate, "company": company, "index": index}
        return modules("drafts.js", "draft", given)

    return draft


@pytest.fixture
def mailto(modules):
    return lambda **mail: modules("drafts.js", "mailto", mail)


def words(text: str) -> int:
    return len(text.split())


def sentences(body: str) -> list[str]:
    """Of the letter without its greeting and its end."""
    middle = " ".join(body.split("\n\n")[1:-1])
    return [found for found in re.split(r"(?<=[.?!\]:]) ", middle) if found]


HOOKS = {
    "no hooks": [None] * 12,
    "the same hook": ["the night shift runs on two people"] * 12,
    "some hooks": [None, "", "  ", "we lost two nurses"] * 3,
}


@pytest.mark.parametrize("hooks", HOOKS.values(), ids=HOOKS)
@pytest.mark.parametrize("rest", [{}, {"promised": "the file", "answered": "why I left"}], ids=["bare", "full"])
def test_twelve_notes_share_no_subject_opening_or_order(draft, hooks, rest):
    notes = [draft(index, name="Ann", hook=hook, **rest) for index, hook in enumerate(hooks)]
    assert len({note["subject"] for note in notes}) == 12
    assert len({sentences(note["body"])[0] for note in notes}) == 12
    for one, other in combinations(notes, 2):
        assert phrases(one["body"], hooks).isdisjoint(phrases(other["body"], hooks))


def phrases(body: str, hooks: list[str | None]) -> set[str]:
    """Every six words in a row of what is ours and not about a promise or an answer."""
    for hook in filter(None, hooks):
        body = body.replace(hook, "[]")
    ours = [text for text in body.split("\n\n")[1:-1] if "[attach it]" not in text and "what you did" not in text]
    lines = [re.sub(r"\[.*?\]", "[]", text).split() for text in ours]
    return {" ".join(line[n : n + 6]) for line in lines for n in range(len(line) - 5)}


def test_twelve_notes_differ_in_their_order(draft):
    """The same parts, in other places: where the hook, the thanks, the promise and the answer stand."""

    def order(body):
        marks = {
            "hook": "night shift",
            "thanks": r"[Tt]hank|grateful|appreciate",
            "promise": "rota",
            "answer": "two sites",
        }
        paragraphs = body.split("\n\n")[1:-1]
        at = {
            mark: next(n for n, text in enumerate(paragraphs) if re.search(found, text))
            for mark, found in marks.items()
        }
        return (len(paragraphs), *at.values())

    orders = [order(draft(index, **FULL)["body"]) for index in range(12)]
    assert len(set(orders)) >= 9


@pytest.mark.parametrize("index", range(40))
def test_the_longest_note_stays_under_120_words(draft, index):
    long = {key: "word " * 60 for key in ("name", "hook", "promised", "answered")}
    candidate = {"name": "word " * 60, "job": "word " * 60}
    note = draft(index, "word " * 60, candidate, called="A technical assessor or panel chair (no. 12)", **long)
    assert words(note["body"]) < 120
    assert note["body"].count("… [shorten]") >= 4
    nameless = draft(
        index, "word " * 60, candidate, called="A technical assessor or panel chair (no. 12)", **{**long, "name": ""}
    )
    assert words(nameless["body"]) < 120


@pytest.mark.parametrize("index", range(12))
def test_a_note_says_what_was_typed(draft, index):
    body = draft(index, **FULL)["body"]
    assert body.startswith("Dear Ann Lee,\n\n") and body.endswith(",\nSam Poe")
    assert re.search(r"thank|grateful", body, re.I)
    for text in ("the night shift runs on two people.", "the rota sheet. [attach it]", "how I handle two sites."):
        assert f": {text}" in body


@pytest.mark.parametrize("index", range(12))
def test_thanks_stay_in_the_longest_note(draft, index):
    long = {key: "word " * 60 for key in ("name", "hook", "promised", "answered")}
    note = draft(index, "word " * 60, {"name": "word " * 60, "job": "word " * 60}, **long)
    assert re.search(r"thank|grateful|appreciate", note["body"].rsplit("\n\n", 1)[0], re.I)


@pytest.mark.parametrize("index", range(12))
def test_what_is_missing_is_a_gap(draft, index):
    note = draft(index, "", {}, called="The recruiter")
    assert note["body"].startswith("Dear [name: The recruiter],")
    assert "[one thing that only they said]." in note["body"]
    assert note["body"].endswith("[your name]")
    assert not re.search(r"undefined|null|NaN|\{|\}|  |,,|\.\.|\n\n\n", note["subject"] + note["body"])
    assert "attach" not in note["body"] and "what you did" not in note["body"]
    assert draft(index, "", {})["body"].startswith("Dear [name],")


def test_a_sentence_keeps_its_own_end(draft):
    for hook, shown in {
        "Why now?": "Why now?",
        "two people.": "two people.",
        "two people;": "two people.",
        "“no!”": "“no!”",
    }.items():
        assert f": {shown}\n" in draft(2, hook=hook)["body"] + "\n"


def test_lines_and_marks_of_a_note_do_not_break_the_letter(draft):
    body = draft(0, name="Ann\n\nLee", hook="{job} and $& and\n\n[x]")["body"]
    assert body.startswith("Dear Ann Lee,\n\n")
    assert ": {job} and $& and [x]." in body


# ---------------------------------------------------------------- the link


def test_the_link_carries_the_note_as_it_is(mailto, draft):
    note = draft(3, **{**FULL, "hook": "50% & more? “Ça va” + 株式会社 = #1"})
    link = mailto(to="ann+jobs@example.org", **note)
    assert re.fullmatch(r"mailto:[\x21-\x7e]+", link)
    parts = urlsplit(link)
    assert unquote(parts.path) == "ann+jobs@example.org"
    read = parse_qs(parts.query, strict_parsing=True)
    assert read == {"subject": [note["subject"]], "body": [note["body"].replace("\n", "\r\n")]}
    assert "%0D%0A%0D%0A" in link and "+" not in parts.query


@pytest.mark.parametrize("to", ["", None, "  "])
def test_a_link_needs_no_address(mailto, to):
    assert mailto(**({} if to is None else {"to": to}), subject="s", body="b") == "mailto:?subject=s&body=b"


def test_an_address_cannot_add_a_header(mailto):
    link = mailto(to="a@example.org?bcc=b@example.org&x", subject="s", body="b")
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}


@pytest.mark.parametrize("body", ["a\r\nb", "a\nb", "a\rb"])
def test_every_end_of_line_becomes_crlf(mailto, body):
    assert mailto(subject="s", body=body).endswith("body=a%0D%0Ab")


def test_a_link_that_mail_programs_would_cut_is_not_made(mailto):
    start = len("mailto:?subject=s&body=")
    assert len(mailto(subject="s", body="x" * (2000 - start))) == 2000
    assert mailto(subject="s", body="x" * (2001 - start)) is None


def test_half_a_character_does_not_break_the_link(mailto):
    assert mailto(subject="s", body="a\ud83d!") == "mailto:?subject=s&body=a%EF%BF%BD!"


@pytest.mark.parametrize("seed", range(10))
def test_any_english_note_fits_into_a_link(draft, mailto, seed):
    chance = random.Random(seed)
    text = lambda most: " ".join("abcdefghij"[: chance.randint(1, 10)] for _ in range(chance.randint(0, most)))  # noqa: E731
    person = {key: text(30) for key in ("name", "hook", "promised", "answered")}
    note = draft(seed, text(8), {"name": text(5), "job": text(8)}, **person)
    assert mailto(to="first.last@a-long-company.example", **note)
