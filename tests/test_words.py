"""The words themselves: easy to read, never copied, complete, and reached in three clicks."""

from __future__ import annotations

import json
import math
import re
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html

from macros import rules, shop
from macros.catalog import load
from tests.reading import grade

GRADE = 9  # Flesch-Kincaid, at most
PAGES = {path: page for path, page in load().pages.items() if page.moment}
GUIDE = [path for path in PAGES if not path.endswith("/index.md")]
# The example questions of the brief, which everybody asks: by the words that make them.
BANNED = [
    {"how", "performance", "measured"},
    {"work", "environment", "like", "now"},
    {"grow", "larger", "roles"},
    {"develop", "larger", "roles"},
]


def sentences(site, path):
    """The running text of a built page: paragraphs and items of lists, without cards, notes, tables and letters."""
    document = html.parse(str(site / path.removesuffix(".md").removesuffix("index") / "index.html")).getroot()
    (body,) = document.xpath("//*[contains(@class, 'si-page')]")
    for aside in body.xpath(
        ".//*[contains(@class, 'si-deck') or contains(@class, 'si-notes') or contains(@class, 'si-worksheet') or "
        "contains(@class, 'si-parts') or contains(@class, 'si-ev') or contains(@class, 'si-btn') or "
        "contains(@class, 'si-law') or self::table]"
    ):
        aside.drop_tree()
    texts = [" ".join(block.text_content().split()) for block in body.xpath(".//p | .//li[not(.//p)]")]
    return " ".join(text if text.endswith((".", "?", "!", "”", ":")) else f"{text}." for text in texts if text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # words of one syllable; a dash is no word, and two words are no sentence
        ("The cat sat on the mat.", 0.39 * 6 + 11.8 * 1 - 15.59),
        ("The cat sat on the mat – now! Not so.", 0.39 * 9 + 11.8 * 1 - 15.59),
        # a hyphen and an apostrophe make no second word; the dictionary parts em-ploy-ers and no other
        ("Employers don’t re-read.", 0.39 * 3 + 11.8 * 5 / 3 - 15.59),
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(text, expected):
    assert grade(text) == pytest.approx(expected)


@pytest.mark.parametrize("path", [*GUIDE, "coaches.md"])
def test_a_page_of_advice_is_easy_to_read(site, path):
    text = sentences(site, path)
    assert len(text.split()) > 200
    assert grade(text) <= GRADE


@pytest.mark.parametrize("path", GUIDE)
def test_a_guide_page_gives_something_to_use_and_a_next_step(path):
    used = {call.macro for call in PAGES[path].calls}
    body = load().documents[path].body
    assert used & {"say", "card", "cards", "letter", "worksheet", "checklist"}
    assert "**In short.**" in body.split("\n## ")[0]
    assert "\n## Next\n" in body
    assert re.search(r"\]\(/[^)]+\)\{ \.si-btn", body.partition("\n## Next\n")[2])


def test_the_bank_has_the_numbers_it_promises(catalog):
    """84 to ask, by first role as in the matrix, three of them for everyone; 130 to be ready for."""
    first = [question.roles[0] for deck in catalog.ask.values() for question in deck.questions]
    universal = [question for question in catalog.ask["universal"].questions]
    assert len(universal) == 3 and all(len(question.roles) == 8 for question in universal)
    counts = {role: first.count(role) for role in catalog.vocabulary.roles}
    counts["hiring-manager"] -= 3
    assert counts == {
        "recruiter": 9,
        "hiring-manager": 15,
        "peer": 13,
        "executive": 9,
        "direct-report": 11,
        "cross-functional": 9,
        "client": 6,
        "assessor": 9,
    }
    sizes = {slug: len(deck.questions) for slug, deck in catalog.answer.items()}
    other = {"situational": 12, "motivation": 10, "round-two": 8, "pay-and-logistics": 4}
    assert {slug: sizes.pop(slug) for slug in other} == other
    assert len(sizes) == 16 and set(sizes.values()) == {6}


def test_each_behavioural_set_has_a_senior_and_an_early_career_card(catalog):
    for slug, deck in list(catalog.answer.items())[:16]:
        levels = [question.level for question in deck.questions]
        assert levels.count("senior") == 1 and levels.count("early-career") == 1, slug


def test_every_card_is_complete(catalog):
    for question, deck in catalog.cards.values():
        assert len(question.listen_for) >= 2 and question.keywords, question.id
        assert question.follow_up.rstrip("”").endswith(("?", ".")), question.id
        if hasattr(deck, "competency"):
            assert question.trap, question.id


def test_no_question_is_one_of_the_three_that_everybody_asks(catalog):
    for question, _ in catalog.cards.values():
        words = set(re.findall(r"[a-z]+", question.question.lower()))
        assert not any(banned <= words for banned in BANNED), question.id


def test_checklists_worksheets_and_letters_are_all_there(catalog):
    assert list(catalog.checklists) == list(catalog.vocabulary.checklists)
    assert len(catalog.worksheets) == 7
    assert len(catalog.letters) == 9
    assert list(catalog.sessions) == ["30-minutes", "60-minutes"]
    assert len(GUIDE) == 48


def test_a_session_hands_out_sheets_by_the_titles_they_have(catalog):
    """`Worksheet: A. Cards: B; C, and more` names the sheets A, B and C."""
    titles = {sheet.title for sheet in shop.published(catalog)}
    for slug, session in catalog.sessions.items():
        handed = [step.hand_out for step in session.steps if step.hand_out]
        named = re.split(r"(?:\. )?(?:Worksheet|Cards|Checklist): |; ", " ".join(f"{text}." for text in handed))
        for name in filter(None, (part.strip(" .") for part in named)):
            assert any(name == title or name.startswith(f"{title}, ") for title in titles), (slug, name)


def test_the_leaves_a_coach_is_told_to_print_are_those_that_it_takes(site, catalog):
    rows = {row["file"]: row["pages"] for row in json.loads((site / "sheets" / "index.json").read_text("utf-8"))}
    leaves = {name: rows[f"{name}-fold-any.pdf"] for name in ("ask-for-hiring-manager", "ask-universal")}
    pair = rows["answer-round-two-fold-any.pdf"]
    for word, people in {"One": 1, "Twelve": 12, "Thirty": 30}.items():
        short = 3 * people + math.ceil(people / 4) * sum(leaves.values())
        long = short + people + math.ceil(people / 2) * pair
        assert f"| {word} | {short} | {long} |" in catalog.documents["coaches.md"].body


TIME_LIMITS = re.compile(r"^## [^\n]*\{ #how-long-you-have \}\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)


def figures(text):
    """What a text counts in days, weeks and months: {("180", "day"), ("three", "month")}."""
    return {(number.lower(), unit.lower()) for number, unit in rules.FIGURE.findall(text)}


def test_a_time_limit_to_complain_is_the_same_wherever_it_stands(catalog):
    """One table has the time limits. A text elsewhere that cites its sources or leads to it gives no other figure."""
    (table,) = (found[1] for page in catalog.documents.values() if (found := TIME_LIMITS.search(page.body)))
    keys = set(re.findall(r'"([^"]+)"', " ".join(re.findall(r"cite\(([^)]*)\)", table))))
    lines = [line for page in catalog.documents.values() for line in page.body.splitlines() if line not in table]
    texts = [line for line in lines if "#how-long-you-have)" in line or any(f'"{key}"' in line for key in keys)]
    items = [item for list_ in catalog.checklists.values() for section in list_.sections for item in section.items]
    texts += [item.why or "" for item in items if keys & set(item.sources)]
    assert figures(table) and sum(bool(figures(text)) for text in texts) >= 3
    for text in texts:
        assert figures(text) <= figures(table), text


def test_every_page_is_reached_in_three_clicks_from_the_front(site):
    base = "https://example.org/"
    reached, edge = {""}, {""}
    for _ in range(3):
        found = set()
        for path in edge:
            document = html.parse(str(site / path / "index.html")).getroot()
            for link in document.xpath("//a/@href"):
                target = urldefrag(urljoin(base + path, link))[0]
                if target.startswith(base) and (site / target.removeprefix(base) / "index.html").is_file():
                    found.add(target.removeprefix(base))
        edge = found - reached
        reached |= found
    every = {path.parent.relative_to(site).as_posix().replace(".", "", 1) for path in site.rglob("index.html")}
    assert {f"{path}/" if path else "" for path in every} - reached == set()
