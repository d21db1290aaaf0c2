"""The kit of the plan: what to bring, doubts, what was already said, stories, saved as one types."""

from __future__ import annotations

import gzip
import json
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.whole import find_violations

PATH = "plan/kit/"
ANA, PEER = "person-ana00001", "person-peer0002"
PEOPLE = [
    {"id": ANA, "name": "Ana Ruiz", "role": "hiring-manager"},
    {"id": PEER, "name": "", "role": "peer"},
    {"id": "person-tom00003", "name": "Tom Hale", "role": "executive"},
]
FILLED = {
    "people": PEOPLE,
    "kit": {"pieces": [{"id": "piece-1", "what": "The rota, before and after", "proves": "Planning"}]},
    "doubts": [
        {"id": "doubt-1", "doubt": "Never led so many", "proof": "Winter rota,\n14 people", "who": ANA},
        {"id": "doubt-2", "doubt": "Long notice", "proof": "", "who": "the agency"},
    ],
    "said": [{"id": "said-1", "what": "Notice", "said": "Eight weeks", "who": "Recruiter"}],
    "stories": [
        {
            "id": "story-1",
            "name": "The flooded ward",
            "did": "Moved 12 people",
            "competencies": ["planning", "conflict"],
        },
        {"id": "story-2", "name": "", "did": "Said no", "competencies": ["planning"]},
    ],
    "wanted": ["planning", "conflict", "quality"],
}


@pytest.fixture
def put(page, address):
    """Puts a plan into the store and opens the page."""

    def put(given):
        page.goto(address + "privacy/")
        change = """async (plan) => {
          const { update } = await import("/second-interview/assets/js/store.js");
          return update((record) => Object.assign(record.plan, plan));
        }"""
        page.evaluate(change, given)
        return opened(page, address)

    return put


def opened(page, address):
    page.goto(address + PATH)
    expect(part(page, "bring")).to_be_visible()
    return page


def part(page, name):
    return page.locator(f"[data-kit={name}]")


def rows(page, name):
    return part(page, name).locator("[data-row]")


def add(page, name):
    part(page, name).locator("[data-do=add]").click()
    return rows(page, name).last


def saved(page):
    return json.loads(page.evaluate("localStorage.getItem('second-interview')"))["plan"]


def printed(page, tmp_path):
    page.pdf(path=str(tmp_path / "kit.pdf"), format="A4")
    sheets = [sheet.get_textpage() for sheet in pypdfium2.PdfDocument(tmp_path / "kit.pdf")]
    assert all(sheet.count_chars() > 20 for sheet in sheets), "a sheet is nearly empty"
    return " ".join(" ".join(sheet.get_text_range() for sheet in sheets).split())


# ---------------------------------------------------------------- what to bring


def test_the_résumés_to_print_are_one_for_each_person_and_one_spare(put):
    page = put({"people": PEOPLE})
    expect(page.locator(".si-kit__sum")).to_contain_text("4 résumés to print: 3 people and one spare.")


def test_a_number_of_ones_own_takes_the_place_of_the_sum_until_it_is_cleared(put):
    page = put({"people": PEOPLE})
    field = page.get_by_label("Another number")
    field.fill("9")
    expect(page.locator(".si-kit__sum")).to_contain_text(
        "9 résumés to print, your own number. For 3 people and one spare it would be 4."
    )
    page.reload()
    expect(field).to_have_value("9")
    field.fill("")
    expect(page.locator(".si-kit__sum")).to_contain_text("4 résumés")
    assert saved(page)["kit"]["copies"] is None


def test_no_résumé_is_printed_for_a_talk_by_video(put):
    page = put({"people": PEOPLE, "interview": {"format": "video"}})
    expect(page.locator(".si-kit__sum")).to_have_text(re.compile("^No résumé to print.*PDF"))


def test_what_is_packed_here_is_ticked_on_the_list_of_the_day_before(page, address, catalog):
    opened(page, address)
    section = next(one for one in catalog.checklists["day-before"].sections if one.title == "Pack")
    boxes = page.locator(".si-checklist li")
    assert boxes.evaluate_all("all => all.map((one) => one.dataset.id)") == [item.id for item in section.items]
    page.get_by_role("checkbox", name=section.items[2].text).check()
    page.goto(address + "checklists/day-before/")
    expect(page.locator(f"#{section.items[2].id} input")).to_be_checked()
    expect(page.locator(".si-checklist input:checked")).to_have_count(1)


def test_pieces_are_added_and_moved_by_keyboard_and_kept(page, address):
    opened(page, address)
    for what in ("The rota", "The letter"):
        part(page, "pieces").get_by_role("button", name="Add a piece").press("Enter")
        page.keyboard.type(what)  # the focus went to the new row
        page.keyboard.press("Tab")
        page.keyboard.type("Planning")
    rows(page, "pieces").last.get_by_role("button", name="Up").press("Enter")
    page.reload()
    expect(rows(page, "pieces").first.get_by_label("What it is")).to_have_value("The letter")
    assert [(piece["what"], piece["proves"]) for piece in saved(page)["kit"]["pieces"]] == [
        ("The letter", "Planning"),
        ("The rota", "Planning"),
    ]


@pytest.mark.parametrize("name", ["pieces", "doubts", "said", "stories"])
def test_what_is_removed_comes_back_with_undo(put, name):
    page = put(FILLED)
    before = saved(page)
    removed = rows(page, name).first
    removed.get_by_role("button", name="Remove").click()
    expect(rows(page, name)).to_have_count(len(rows_of(before, name)) - 1)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page, name)).to_have_count(len(rows_of(before, name)))
    by_id = lambda plan: sorted(rows_of(plan, name), key=lambda row: row["id"])  # noqa: E731
    assert by_id(saved(page)) == by_id(before)


def rows_of(plan, name):
    return plan["kit"]["pieces"] if name == "pieces" else plan[name]


# ---------------------------------------------------------------- doubts


def test_the_board_says_how_many_doubts_are_without_a_proof(put):
    page = put(FILLED)
    said = part(page, "doubts").locator(".si-kit__count")
    expect(said).to_have_text("2 doubts: 1 still without a proof, 0 settled.")
    rows(page, "doubts").first.get_by_label("My proof").fill("They wait for the right person")
    expect(said).to_have_text("2 doubts: none without a proof, 0 settled.")
    rows(page, "doubts").first.get_by_label("Settled").check()
    expect(said).to_have_text("2 doubts: none without a proof, 1 settled.")


def test_doubts_without_a_proof_come_first_once_the_reader_leaves_the_list(put):
    page = put(FILLED)
    doubts = rows(page, "doubts").get_by_label("The doubt")
    expect(doubts.first).to_have_value("Long notice")
    rows(page, "doubts").first.get_by_label("My proof").press_sequentially("In writing")
    expect(doubts.first).to_have_value("Long notice")  # not under one's hands
    rows(page, "doubts").last.get_by_label("My proof").fill("")
    page.get_by_role("button", name="Add a doubt").focus()
    expect(doubts.first).to_have_value("Never led so many")
    assert [doubt["id"] for doubt in saved(page)["doubts"]] == ["doubt-1", "doubt-2"]


def test_the_people_of_the_plan_can_settle_a_doubt_and_a_new_name_follows(put):
    page = put({"people": PEOPLE})
    row = add(page, "doubts")
    row.get_by_label("Who can settle it").select_option(label="A future colleague")
    assert saved(page)["doubts"][0]["who"] == PEER
    named = [{**one, "name": one["name"] or "Bo Lind"} for one in PEOPLE]
    page = put({"people": named})
    expect(row.get_by_label("Who can settle it").locator(":checked")).to_have_text("Bo Lind")


def test_somebody_who_is_not_in_the_plan_can_settle_a_doubt(put):
    page = put({"people": PEOPLE})
    row = add(page, "doubts")
    row.get_by_label("Who can settle it").select_option("Someone else")
    expect(row.get_by_label("Who else")).to_be_focused()
    page.keyboard.type("The agency")
    page.reload()
    expect(row.get_by_label("Who else")).to_have_value("The agency")
    row.get_by_label("Who can settle it").select_option("Tom Hale")
    expect(row.get_by_label("Who else")).to_be_hidden()


def test_a_person_who_was_taken_out_of_the_plan_settles_nothing(put):
    page = put({**FILLED, "people": PEOPLE[1:]})
    row = rows(page, "doubts").last
    expect(row.get_by_label("Who can settle it").locator(":checked")).to_have_text("Not decided yet")
    expect(row.get_by_label("Who else")).to_be_hidden()


# ---------------------------------------------------------------- already said, and all lists


def test_what_was_said_is_saved_as_it_is_typed(page, address):
    opened(page, address)
    row = add(page, "said")
    row.get_by_label("What:").press_sequentially("Notice")
    row.get_by_label("What I said").press_sequentially("Eight we")
    assert saved(page)["said"][0] | {"id": ""} == {"id": "", "what": "Notice", "said": "Eight we", "who": ""}
    page.reload()
    expect(row.get_by_label("What I said")).to_have_value("Eight we")


def test_two_tabs_lose_nothing_of_each_other(put, address):
    page = put(FILLED)
    other = opened(page.context.new_page(), address)
    rows(page, "said").first.get_by_label("To whom").fill("Recruiter and Ana")
    rows(other, "said").first.get_by_label("What I said").fill("Nine weeks")
    add(other, "stories").get_by_label("Name in three words").fill("The lost file")
    add(page, "stories").get_by_label("Name in three words").fill("The late train")
    for tab in (page, other):
        expect(rows(tab, "stories")).to_have_count(4)
        expect(rows(tab, "said").first.get_by_label("To whom")).to_have_value("Recruiter and Ana")
        expect(rows(tab, "said").first.get_by_label("What I said")).to_have_value("Nine weeks")
    assert [story["name"] for story in saved(page)["stories"]][2:] == ["The lost file", "The late train"]


def test_the_kit_goes_out_as_a_file_from_its_own_page_even_when_the_browser_refuses_to_save(page, address, tmp_path):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    opened(page, address)
    add(page, "said").get_by_label("What I said").fill("Eight weeks")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "saved.json")
    assert json.loads((tmp_path / "saved.json").read_text("utf-8"))["plan"]["said"][0]["said"] == "Eight weeks"


def test_a_browser_that_refuses_to_save_keeps_what_is_typed_and_says_so(page, address):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    opened(page, address)
    add(page, "said").get_by_label("What I said").fill("Eight weeks")
    add(page, "doubts").get_by_label("The doubt").fill("Long notice")
    expect(page.locator(".si-plan__said")).to_contain_text("Not saved")
    expect(page.locator(".si-plan__said")).to_be_in_viewport()
    expect(rows(page, "said").first.get_by_label("What I said")).to_have_value("Eight weeks")


# ---------------------------------------------------------------- stories


def covered(page, name):
    return part(page, "cover").locator(f"[data-cover={name}] li").locator("visible=true")


def test_the_bank_says_which_skills_of_the_advert_are_covered_and_which_are_bare(put):
    page = put(FILLED)
    expect(part(page, "cover").get_by_role("status")).to_have_text("Of 3 skills, 1 has two stories, 1 one, and 1 none.")
    expect(covered(page, "told")).to_have_text(
        [
            re.compile(r"^Planning and delivery 2 stories \(The flooded ward, Story 2\)\."),
            re.compile(r"^Conflict and hard conversations 1 story \(The flooded ward\)\. One more"),
        ]
    )
    expect(covered(page, "bare")).to_have_count(1)
    covered(page, "bare").get_by_role("link").click()
    page.wait_for_url("**/answer/quality/")


def test_until_skills_are_chosen_all_that_a_story_can_prove_count(page, address, catalog):
    opened(page, address)
    skills = [term.id for term in catalog.vocabulary.competencies.values() if not term.deck_only]
    assert len(skills) == 16 and not {"pay-and-logistics", "situational"} & set(skills)
    expect(covered(page, "bare")).to_have_count(16)
    wanted = part(page, "stories").locator(".si-kit__wanted")
    wanted.get_by_label("Teamwork").check()
    expect(covered(page, "bare")).to_have_count(1)
    page.reload()
    expect(wanted.get_by_label("Teamwork")).to_be_checked()


def test_a_story_is_tagged_with_the_skills_of_the_advert(put):
    page = put({"wanted": ["quality", "teamwork"]})
    row = add(page, "stories")
    row.locator("summary").press("Enter")
    boxes = row.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    row.get_by_label("Teamwork").check()
    expect(row.locator("summary")).to_have_text("Skills it shows: Teamwork")
    assert saved(page)["stories"][0]["competencies"] == ["teamwork"]
    expect(covered(page, "bare")).to_have_count(1)


# ---------------------------------------------------------------- on paper, without scripts, for everyone


def test_the_filled_lists_print_as_tables_without_controls(put, tmp_path):
    text = printed(put(FILLED), tmp_path)
    for words in ("The rota, before and after", "Winter rota, 14 people", "Ana Ruiz", "the agency", "Eight weeks"):
        assert words in text
    assert "The flooded ward Moved 12 people Planning and delivery, Conflict" in text
    for control in ("Add a", "Remove", "Not decided yet", "Another number", "Who else", "Questions on it", "US Letter"):
        assert control not in text


def test_an_empty_kit_prints_no_empty_table(page, address, tmp_path):
    text = printed(opened(page, address), tmp_path)
    assert text.count("Nothing is written here yet.") == 4 and "Who can settle it" not in text


def test_without_scripts_the_page_says_what_it_would_do_and_gives_the_sheets(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.locator(".si-noscript")).to_contain_text("take the sheets and a pen")
    for slug in ("debrief", "already-said", "story-bank"):
        expect(page.locator(f".si-print a[href*='worksheet-{slug}']").first).to_be_visible()
    expect(page.locator("[data-kit] >> visible=true")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_filled_page_passes_axe_and_does_not_scroll_sideways(put, width, scheme):
    page = put(FILLED)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    rows(page, "stories").first.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(page) == []
    sizes = page.locator(".si-kit :is(button, input, select, textarea, summary)").evaluate_all(
        """all => all.filter((one) => one.offsetParent).map((one) => {
          const target = one.type === "checkbox" ? one.closest("label") : one;
          return [target.offsetHeight, target.outerHTML.slice(0, 80)];
        })"""
    )
    assert [(height, html) for height, html in sizes if height < 44] == []


def test_all_scripts_of_the_page_take_at_most_30_kb(page, address):
    scripts: dict[str, int] = {}
    page.on("response", lambda answer: answer.url.endswith(".js") and scripts.update({answer.url: weigh(answer)}))
    opened(page, address)
    page.wait_for_load_state("networkidle")
    assert sum(scripts.values()) <= 30_000, scripts


def weigh(answer):
    return len(gzip.compress(answer.body(), mtime=0))


# ---------------------------------------------------------------- the sums


@pytest.mark.parametrize(
    ("people", "meeting", "copies", "number"),
    [
        (0, None, None, 1),
        (5, "in-person", None, 6),
        (12, None, 3, 3),
        (5, "phone", None, 0),
        (5, "video", 1, 1),
        (1, None, 0, 0),
    ],
)
def test_copies_are_counted(modules, people, meeting, copies, number):
    plan = {"people": [{}] * people, "interview": {"format": meeting}, "kit": {"copies": copies}}
    assert modules("kit.js", "countCopies", plan)["number"] == number


def test_doubts_are_ordered_without_a_proof_with_one_and_settled_and_else_stay(modules):
    doubts = [
        {"id": id_, "doubt": "x", "proof": proof, "settled": settled}
        for id_, proof, settled in (
            ("a", "p", False),
            ("b", "", True),
            ("c", "  ", False),
            ("d", "p", False),
            ("e", "", False),
        )
    ]
    assert [doubt["id"] for doubt in modules("kit.js", "orderDoubts", doubts)] == ["c", "e", "a", "d", "b"]
    assert modules("kit.js", "countDoubts", doubts) == {"all": 5, "settled": 1, "bare": 2}


def test_a_competency_that_the_site_no_longer_has_does_not_count_as_chosen(modules):
    stories = [{"name": " One ", "competencies": ["a", "gone"]}]
    assert modules("kit.js", "coverCompetencies", stories, ["gone"], ["a", "b"]) == [
        {"id": "a", "names": ["One"]},
        {"id": "b", "names": []},
    ]
