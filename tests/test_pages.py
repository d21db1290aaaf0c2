"""Records become Markdown without changing what they say."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import pairwise

import markdown
import pytest

from macros import pages, way_to_top

EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "md_in_html", "sane_lists", "tables", "toc"]
NASTY = [
    "*stars* and _lines_ and **both**",
    "# not a heading",
    "- not a list",
    "+ nor this",
    "1. nor that",
    "2026. A year",
    "[no](link) and ![no](picture) and [no][reference]",
    "`no code` and ~~no strike~~ and ^sup^ and ==mark==",
    "<b>no</b> &amp; <script>alert(1)</script>",
    "a \\ backslash \\* and a | pipe | table",
    "{ #not-an-id } and {: .class }",
    'a "quoted" and a ’curly’ one',
    "https://example.org/ and <https://example.org>",
    "> not a quotation",
    ": not a definition",
    "!!! note",
    "{{ not_a_macro() }} and {% raw %}",
    "$5 to £6, 50 % & more: yes",
    ":smile: *[HTML]: no",
    "a^b = c_d_e",
]


@pytest.mark.parametrize("text", NASTY)
def test_escaped_text_comes_out_as_it_went_in(text):
    made = markdown.markdown(str(pages.escape(text)), extensions=EXTENSIONS)
    assert html.unescape(re.sub(r"</?p>", "", made)).strip() == text


@pytest.mark.parametrize("text", NASTY)
def test_escaped_text_is_safe_in_a_quoted_attribute_and_inside_a_heading(text):
    made = markdown.markdown(
        f'<p title="{pages.escape(text)}"></p>\n\n## {pages.escape(text)} {{ #id }}', extensions=EXTENSIONS
    )
    title, heading = re.fullmatch(r'<p title="([^"<>]*)"></p>\s*<h2 id="id">(.*)</h2>', made, re.DOTALL).groups()
    assert html.unescape(title) == text
    assert html.unescape(heading) == text


def test_a_card_has_its_id_on_its_heading_and_its_roles(catalog):
    made = pages.card(catalog, "../", "growth-last-promotion")
    assert 'class="si-card" data-id="growth-last-promotion" data-roles="hiring-manager executive"' in made
    assert "### Who last moved up from your team, and what had they done in the year before?" in made
    assert "{ #growth-last-promotion .si-card__q }" in made


def test_the_cards_of_a_role_are_those_it_can_answer(catalog):
    made = pages.cards(catalog, "../", role="hiring-manager")
    shown = re.findall(r'data-id="([^"]+)"', made)
    assert shown == [question.id for question, _ in catalog.for_role("hiring-manager")]
    assert all("hiring-manager" in catalog.cards[id_][0].roles for id_ in shown)


def test_named_cards_keep_their_order(catalog):
    made = pages.cards(catalog, "../", ids=["growth-expert-route", "growth-last-promotion"])
    assert re.findall(r'data-id="([^"]+)"', made) == ["growth-expert-route", "growth-last-promotion"]


def test_a_checklist_has_a_real_box_in_a_label_for_each_item(catalog):
    made = pages.checklist(catalog, "../", "week-before")
    boxes = re.findall(r'<li id="([^"]+)" data-id="\1".*?<label><input type="checkbox" autocomplete="off">', made, re.S)
    assert boxes == [item.id for item in catalog.checklists["week-before"].items]


def test_a_section_of_a_checklist_is_a_guest_on_another_page_without_its_anchors(catalog):
    made = pages.checklist_part(catalog, "../", "day-before", "Pack")
    section = next(one for one in catalog.checklists["day-before"].sections if one.title == "Pack")
    assert re.findall(r'<li data-id="([^"]+)"', made) == [item.id for item in section.items]
    assert "data-pagefind-ignore" in made


def test_words_to_say_turn_brackets_into_gaps(catalog):
    made = pages.say(catalog, "", "Label", "Thank you, [name]. *Really*.")
    assert '<span class="si-gap">name</span>' in made
    assert "&#42;Really&#42;" in made


def test_a_session_says_for_each_step_when_it_starts_and_ends(catalog):
    made = pages.session(catalog, "../", "30-minutes")
    times = [(int(start), int(end)) for start, end in re.findall(r"<b>(\d+)–(\d+)</b>", made)]
    assert times[0][0] == 0 and times[-1][1] == 30
    assert all(end == start for (_, end), (start, _) in pairwise(times))
    assert [end - start for start, end in times] == [step.minutes for step in catalog.sessions["30-minutes"].steps]


def test_a_session_shows_words_to_say_and_sheets_only_where_it_has_them(catalog):
    record = catalog.sessions["60-minutes"]
    bare = record.steps[0].model_copy(update={"say": None, "hand_out": None})
    sessions = {"60-minutes": record.model_copy(update={"steps": (bare,), "after": ()})}
    made = pages.session(replace(catalog, sessions=sessions), "../", "60-minutes")
    assert bare.title in made
    assert not any(part in made for part in ("si-say", "si-session__sheet", "Afterwards"))


def test_the_bibliography_leads_back_to_each_use(catalog):
    for key, source in catalog.sources.items():
        assert bool(pages.uses(catalog, key)) != bool(source.kept_out), f"{key} is used nowhere, or is and may not be"
    assert ("The week before, W2", "/checklists/week-before.md#list-three-doubts") in pages.uses(
        catalog, "robert-half-2017"
    )


def test_the_badge_is_the_strongest_kind_among_the_sources(catalog):
    assert catalog.badge(("robert-half-2017", "earnest-2011")) == "meta-analysis"
    assert catalog.badge(()) is None


@pytest.mark.parametrize(
    ("source", "root"),
    [
        ("index.md", "./"),
        ("print.md", "../"),
        ("ask/index.md", "../"),
        ("ask/growth.md", "../../"),
        ("guide/invited/index.md", "../../"),
        ("guide/invited/reply.md", "../../../"),
    ],
)
def test_the_way_to_the_top_is_counted_from_the_source(source, root):
    assert way_to_top(source) == root
