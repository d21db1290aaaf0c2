"""What is published and why, what anyone may ask for, and the drawing of it: languages, glyphs, offsets, time."""

from __future__ import annotations

import json
import multiprocessing
import re
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

import pypdfium2
import pytest
import typst

from macros import sheets as drawing
from macros import shop
from macros.__main__ import main
from macros.catalog import UNPRINTABLE, load
from macros.documents import CatalogError
from macros.sheet_content import create_content
from tests import paper
from tests.conftest import ENVIRONMENT

ADDRESS = "https://example.org/"


@pytest.fixture(scope="module")
def growth(catalog):
    """A deck of cards to fold."""
    return next(sheet for sheet in shop.published(catalog) if sheet.name == "ask-growth-fold")


def draw(catalog, sheet, content=None):
    """The drawn PDF of a sheet, open."""
    return pypdfium2.PdfDocument(drawing.render(catalog, sheet, content or create_content(catalog, sheet, ADDRESS)))


def create(catalog, subject, paper="a4", card="field", order="duplex", **more):
    return shop.create_sheet(catalog, subject, paper, card, order, **more)


# ---------------------------------------------------------------- what is published


def test_between_40_and_140_files_of_at_most_40_mb_are_published(site):
    files = [*(site / "sheets").glob("*.pdf")]
    assert 40 <= len(files) <= 140
    assert sum(file.stat().st_size for file in files) <= 40_000_000


def test_every_record_can_be_printed_on_both_papers(catalog):
    papers = {}
    for sheet in shop.published(catalog):
        papers.setdefault(sheet.subject, set()).update({"a4", "letter"} if sheet.paper == "any" else {sheet.paper})
    wanted = {f"{kind}:{slug}" for kind, slugs in shop.subjects(catalog).items() for slug in slugs}
    # A plan for coaches and the starter deck are in the packs.
    wanted -= {f"session:{slug}" for slug in catalog.sessions} | {"ask:starter"}
    assert {subject: found for subject, found in papers.items() if found != {"a4", "letter"}} == {}
    assert set(papers) == wanted


def test_cards_checklists_and_blank_cards_come_in_what_the_shop_promises(catalog):
    sheets = shop.published(catalog)
    assert {sheet.order for sheet in sheets if sheet.kind == "cards"} == set(shop.ORDERS)
    assert {sheet.card for sheet in sheets if sheet.kind == "cards"} == set(shop.SIZES)
    blank = {(sheet.card, sheet.order) for sheet in sheets if sheet.kind == "blank"}
    assert blank >= {(card, order) for card in shop.SIZES for order in ("fold", "duplex")} | {("field", "single")}
    for slug in catalog.checklists:
        kinds = {(sheet.paper, sheet.full) for sheet in sheets if sheet.subject == f"checklist:{slug}"}
        assert kinds == {("a4", False), ("letter", False), ("any", False), ("any", True)}


def test_no_two_sheets_share_a_file_or_a_picture(catalog):
    sheets = shop.published(catalog)
    assert len({sheet.file for sheet in sheets}) == len(sheets)
    pages = {}
    for sheet in sheets:
        pages.setdefault(sheet.name, set()).add((sheet.subject, sheet.card, sheet.order, sheet.full))
    assert {name: of for name, of in pages.items() if len(of) > 1} == {}


def test_a_pack_holds_what_its_page_says(catalog):
    def kinds(name):
        pack = next(sheet for sheet in shop.published(catalog) if sheet.name == name)
        return [part.kind for part in shop.packs(catalog, pack)]

    assert kinds("candidate-pack").count("checklist") == len(catalog.checklists)
    assert kinds("candidate-pack").count("worksheet") == len(catalog.worksheets)
    assert kinds("candidate-pack").count("cards") == 2
    asked = {subject for session in catalog.sessions.values() for subject in session.sheets}
    coach = next(sheet for sheet in shop.published(catalog) if sheet.name == "coach-pack")
    held = [part.subject for part in shop.packs(catalog, coach)]
    assert len(held) == len(set(held)) and set(held) == asked | {f"session:{slug}" for slug in catalog.sessions}


def test_the_pocket_edition_asks_what_each_person_can_be_asked_first_each_of_another_topic(catalog):
    sheet = next(sheet for sheet in shop.published(catalog) if sheet.kind == "pocket")
    panels = create_content(catalog, sheet, ADDRESS)["parts"][0]["panels"]
    asks = [line for panel in panels for line in panel["lines"] if line["kind"] == "ask"]
    cards = {question.code: (question, deck) for question, deck in catalog.cards.values()}
    found = [cards[line["note"].rpartition(", ")[2]] for line in asks]
    assert len(found) > 3 and len({deck.topic for _, deck in found}) == len(found)
    for line, (question, _) in zip(asks, found, strict=True):
        assert line["text"] == question.question and question.timing == "any"
        assert line["note"].lower().startswith(catalog.vocabulary.roles[question.roles[0]].label.lower())


# ---------------------------------------------------------------- what anyone may ask for


@pytest.mark.parametrize(
    ("card", "sheet", "order", "columns", "rows"),
    [
        ("field", "any", "fold", 2, 4),
        ("index", "any", "fold", 2, 2),  # on paper that lies
        ("index", "letter", "duplex", 1, 3),  # upright, so that "flip on the long edge" is right
        ("a7", "a4", "duplex", 2, 3),
        ("100x70", "297x420", "fold", 4, 3),
        ("50.5x40", "148x210", "single", 2, 4),
    ],
)
def test_the_grid_holds_as_many_cards_as_fit(card, sheet, order, columns, rows):
    grid = shop.create_grid(card, sheet, order)
    assert (grid.columns, grid.rows) == (columns, rows)


@pytest.mark.parametrize(
    ("subject", "options", "said"),
    [
        ("ask:growht", {}, "'ask:growht' is nothing we print; near it: ask:growth"),
        ("growth", {}, "'growth' is nothing we print"),
        ("ask:growth", {"paper": "a3"}, "'a3' is not one of a4, letter, any and not <width>x<height> in mm"),
        ("ask:growth", {"card": "0x0"}, "'0x0' has no area"),
        ("ask:growth", {"card": "300x90"}, "a card of 300 x 90 mm does not fit on 210 x 297 mm"),
        ("pack:coach", {"organisation": "工会"}, "our fonts have no glyph for '工' in '工会'"),
        ("ask:growth", {"back_text": "→"}, "our fonts have no glyph for '→' in '→'"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(catalog, subject, options, said):
    with pytest.raises(ValueError, match="^" + re.escape(said)):
        create(catalog, subject, **options)


def test_the_command_draws_a_sheet_of_any_size(tmp_path, capsys):
    file = tmp_path / "cards.pdf"
    call = ["sheet", "ask:growth", "--paper", "297x420", "--card", "100x70", "--ids", "growth-last-promotion"]
    assert main([*call, "-o", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 1 page(s)\n"
    (page,) = pypdfium2.PdfDocument(file)
    assert sorted(paper.size(page)) == pytest.approx([297, 420], abs=0.1)


def test_the_command_asks_for_what_is_read_on_the_test_sheet_in_its_words(capsys):
    with pytest.raises(SystemExit):
        main(["sheet", "--help"])
    assert f"type here. {shop.SIGN}" in " ".join(capsys.readouterr().out.split())


def test_a_wrong_command_is_one_line(capsys):
    assert main(["sheet", "ask:growth", "--card", "huge"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("python -m macros: --card: 'huge' is not one of field, index, a7") and said.count("\n") == 1


@pytest.mark.parametrize("order", shop.ORDERS)
def test_blank_cards_come_in_every_order_and_size(catalog, order):
    for card in (*shop.SIZES, "80x50"):
        sheet = create(catalog, "blank:cards", card=card, order=order)
        grid, texts = (
            shop.create_grid(card, "a4", order),
            [page.get_textpage().get_text_range() for page in draw(catalog, sheet)],
        )
        assert len(texts) == shop.pages(catalog, sheet)
        places = grid.columns * grid.rows
        fronts, backs = ([text.split().count(word) for text in texts] for word in ("whom", "heard"))
        wanted = {"fold": ([places // 2], [places // 2]), "single": ([places], [0])}
        assert (fronts, backs) == wanted.get(order, ([places, 0], [0, places])), card
        assert f"{shop.measure(card, shop.SIZES)[0]:g}" in sheet.title or card == "index"


@pytest.mark.parametrize("order", ["duplex", "stacked"])
def test_an_offset_moves_the_backs_and_nothing_else(catalog, order):
    plain = draw(catalog, create(catalog, "ask:growth", order=order))
    moved = draw(catalog, create(catalog, "ask:growth", order=order, back_offset=(1.5, -2)))
    backs = range(1, len(plain), 2) if order == "duplex" else range(len(plain) // 2, len(plain))
    code = catalog.ask["growth"].questions[0].code
    for at in range(len(plain)):
        here, there = ([*paper.find(document[at], code)] for document in (plain, moved))
        shift = (1.5, -2) if at in backs else (0, 0)
        for a, b in zip(here, there, strict=True):
            assert (b.left - a.left, b.top - a.top) == pytest.approx(shift, abs=0.05)


def test_ones_own_words_stand_on_every_back(catalog):
    document = draw(catalog, create(catalog, "ask:growth", back_text="Breathe"))
    fronts, backs = (document[at].get_textpage().get_text_range() for at in (0, 1))
    assert "Breathe" not in fronts
    assert backs.count("Breathe") == len(catalog.ask["growth"].questions)
    assert "Listen for" not in backs


def test_an_organisation_stands_on_every_page(catalog):
    document = draw(catalog, create(catalog, "pack:coach", organisation="Łódź Job Club"))
    for page in document:
        assert "Łódź Job Club" in page.get_textpage().get_text_range()


# ---------------------------------------------------------------- glyphs and languages


@pytest.mark.parametrize(
    ("key", "text", "side"),
    [
        ("question", "word " * 90, "front"),
        ("question", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen?", "front"),
        ("why", "word " * 160, "back"),
        ("why", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "back"),
    ],
)
def test_text_that_leaves_its_card_stops_the_build_and_names_the_card(catalog, growth, key, text, side):
    content = create_content(catalog, growth, ADDRESS)
    card = content["parts"][0]["cards"][0]
    card |= {"question": text} if key == "question" else {"rows": [("Why", [text])]}
    with pytest.raises(CatalogError) as error:
        drawing.render(catalog, growth, content)
    (problem,) = error.value.problems
    assert str(problem).startswith("docs/data/questions/ask/growth.yml:")
    assert problem.text == f"questions[0].{key}: the {side} of the card does not fit on 90 x 62 mm: shorten it"


@pytest.mark.parametrize("letters", range(14, 42, 3))
def test_a_long_word_shrinks_or_is_refused_and_never_leaves_its_card(catalog, growth, letters):
    content = create_content(catalog, growth, ADDRESS)
    word = "n" * letters
    content["parts"][0]["cards"][0]["question"] = f"Who wrote your {word}, and why?"
    try:
        page = draw(catalog, growth, content)[0]
    except CatalogError:
        assert letters > 26
        return
    (box,) = paper.find(page, word)
    assert letters < 38 and box.right <= 15 + 90 - 5 + 0.1  # mm: two cards of 90 on 210, and the room at their edge


@pytest.mark.parametrize(("glyph", "text"), [("漢", "漢字?"), ("→", "Why → how?"), ("\u0301", "cafe\u0301")])
def test_a_missing_glyph_is_an_error_that_names_the_card_and_the_glyph(catalog, growth, glyph, text):
    content = create_content(catalog, growth, ADDRESS)
    content["parts"][0]["cards"][1]["question"] = text
    with pytest.raises(CatalogError) as error:
        drawing.render(catalog, growth, content)
    (problem,) = error.value.problems
    assert str(problem).startswith("docs/data/questions/ask/growth.yml:")
    assert problem.text == f"questions[1].question: our fonts have no glyph for '{glyph}'"


def test_every_character_that_content_may_use_can_be_printed(catalog, growth):
    """Both fonts, on both sides of a card; a glyph that is missing fails PDF/UA."""
    allowed = [chr(code) for code in range(0x20, 0x2300) if not UNPRINTABLE.match(chr(code))]
    assert len(allowed) > 300
    for start in range(0, len(allowed), 40):
        content = create_content(catalog, growth, ADDRESS)
        text = " ".join(allowed[start : start + 40])
        content["parts"][0]["cards"][0] |= {"question": text, "rows": [("Why", [text])], "who": text}
        assert drawing.render(catalog, growth, content)


PARTED = "\ufffe"  # what PDFium makes of a hyphen at the end of a line
LANGUAGES = {  # language -> a sentence, and a long word of it between its syllables
    "de": ("Wofür sind Sie größtenteils zuständig, und was übernähme ich?", "Ver-ant-wor-tungs-be-rei-che"),
    "fr": ("Où l’équipe a-t-elle échoué, et qu’a-t-elle appris de ça, cœur ouvert ?", "res-pon-sa-bi-li-tés"),
    "pl": ("Jak zażółcić gęślą jaźń, źle sądząc o ćwierci łąki?", "od-po-wie-dzial-no-ści"),
    "tr": ("Işığı görünce çok şaşırdığınız iş hangisiydi, İstanbul’da?", "so-rum-lu-luk-la-rı-nız-dan"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_latin_languages_print_their_letters_and_part_their_words(catalog, growth, language):
    sentence, parted = LANGUAGES[language]
    word = parted.replace("-", "")
    content = create_content(catalog, growth, ADDRESS) | {"lang": language}
    content["parts"][0]["cards"][0] |= {
        "question": sentence,
        "rows": [("Why", [" ".join(f"{'ab' * n} {word}" for n in range(8))])],
    }
    page = draw(catalog, growth, content)[0]
    text = re.sub(r"\s+", "", page.get_textpage().get_text_range())
    assert re.sub(r"\s", "", sentence) in text.replace(PARTED, "")
    assert text.replace(PARTED, "").count(word) == 8
    pieces = parted.split("-")
    allowed = {"".join(pieces[:n]) + PARTED + "".join(pieces[n:]) for n in range(1, len(pieces))}
    places = [match.start() for match in re.finditer(PARTED, text)]
    found = {text[at - n : at - n + len(word) + 1] for at in places for n in range(len(word)) if at >= n} & {
        word[:n] + PARTED + word[n:] for n in range(1, len(word))
    }
    assert found and found <= allowed


def test_english_words_stay_whole(catalog, growth):
    content = create_content(catalog, growth, ADDRESS)
    content["parts"][0]["cards"][0]["rows"] = [("Why", [" ".join(["responsibilities"] * 8)])]
    text = draw(catalog, growth, content)[0].get_textpage().get_text_range()
    assert text.count("responsibilities") == 8


# ---------------------------------------------------------------- time, and work that is not done again


def test_a_sheet_is_drawn_only_when_what_makes_it_has_changed(catalog, site, tmp_path, monkeypatch):
    """Drawn is here: taken from the site. That it is drawn, in what time and the same is for test_site.py to see."""
    from macros import publish

    drawn: list[str] = []
    pictures = {sheet.file: site / "sheets/pictures" / f"{sheet.name}.png" for sheet in shop.published(catalog)}

    def draw(_, sheet, __):
        drawn.append(sheet.file)
        return (site / "sheets" / sheet.file).read_bytes()

    monkeypatch.setattr(publish, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(drawing, "render", draw)
    monkeypatch.setattr(drawing, "render_picture", lambda _: pictures[drawn[-1]].read_bytes())
    publish.write_sheets(catalog, tmp_path / "site", ENVIRONMENT["SITE_URL"])
    assert len(drawn) == len(shop.published(catalog))
    for file in (tmp_path / "site" / "sheets").rglob("*.*"):
        assert file.read_bytes() == (site / file.relative_to(tmp_path / "site")).read_bytes(), file.name
    drawn.clear()
    publish.write_sheets(catalog, tmp_path / "site", ENVIRONMENT["SITE_URL"])
    assert drawn == []
    with monkeypatch.context() as patch:
        patch.setitem(shop.SIDES_OF, "single", "any")
        publish.write_sheets(catalog, tmp_path / "site", ENVIRONMENT["SITE_URL"])
    assert set(drawn) == {sheet.file for sheet in shop.published(catalog) if sheet.order == "single"}
    drawn.clear()
    question = catalog.ask["team"].questions[1].model_copy(update={"why": "Something else."})
    before = catalog.ask["team"]
    changed = (before.questions[0], question, *before.questions[2:])
    catalog.ask["team"] = before.model_copy(update={"questions": changed})
    try:
        publish.write_sheets(catalog, tmp_path / "site", ENVIRONMENT["SITE_URL"])
    finally:
        catalog.ask["team"] = before
    decks = {f"role:{role}" for role in question.roles} | {"ask:team", "ask:all"}
    assert set(drawn) == {sheet.file for sheet in shop.published(catalog) if sheet.subject in decks}


def typst_alone(content):
    """Seconds of processor time that Typst needs for a content."""
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    start = time.process_time()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(drawing.TYPST / "fonts")]
    )
    compiler = typst.Compiler(
        input=str(drawing.TYPST / "sheet.typ"), root=str(drawing.TYPST), font_paths=fonts, sys_inputs=inputs
    )
    compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=datetime(2026, 1, 1, tzinfo=UTC))
    return time.process_time() - start


def ours(content):
    """Seconds of processor time from the content to the file and its row of the index."""
    catalog = load()
    sheet = shop.create_sheet(catalog, "ask:all", "any", "field", "fold")
    start = time.process_time()
    drawing.describe(sheet, drawing.render(catalog, sheet, content))
    return time.process_time() - start


@pytest.mark.parametrize("number", [200, pytest.param(1000, marks=pytest.mark.heavy)])
def test_many_cards_take_at_most_one_and_a_half_times_what_typst_alone_needs(catalog, growth, number):
    content = create_content(catalog, growth, ADDRESS)
    both = [shop.create_sheet(catalog, f"{kind}:all", "any", "field", "fold") for kind in ("ask", "answer")]
    cards = [card for sheet in both for card in create_content(catalog, sheet, ADDRESS)["parts"][0]["cards"]]
    many = [
        {**cards[n % len(cards)], "question": f"{cards[n % len(cards)]['question'][:-1]} {n}?"} for n in range(number)
    ]
    content["parts"][0]["cards"] = many

    def seconds(action):  # in a process of its own: Typst remembers what it has set before
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            return pool.submit(action, content).result()

    alone, whole = (min(seconds(action) for _ in range(2)) for action in (typst_alone, ours))
    print(f"{number} cards: Typst alone {alone:.2f} s, ours {whole:.2f} s of processor time: {whole / alone:.2f} times")
    assert whole <= 1.5 * alone
