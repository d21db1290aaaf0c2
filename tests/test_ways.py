"""The main ways through the site on a phone, each told once and gone in each engine.

Chromium in every run; WebKit of today, WebKit 2.38 (it calls itself Safari 16.0) and Firefox in the weekly one. After
every step what has the focus is in sight.
"""

from __future__ import annotations

import datetime
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests import engines
from tests import paper as printed
from tests.engines import Engine, EngineError
from tests.whole import whole_plan

PATIENCE = 20  # seconds for one step
KEY = "second-interview"

# What can be pressed: the first that is shown and whose words begin with `name`; in an open dialog, only what is in it.
NAMED = """(name, within) => {
  const root = document.querySelector("dialog[open]") ?? document.querySelector(within);
  const isFolded = (one) => one.localName !== "summary" && one.closest("details:not([open])");
  const isShown = (one) => one.getClientRects().length && !isFolded(one);
  const found = [...root?.querySelectorAll("button, a, summary, label, [role=option]") ?? []].filter(isShown);
  return found.find((one) => one.innerText.trim().startsWith(name)) ?? null;
}"""
FIELD = f"(label, within) => ({NAMED})(label, within)?.control ?? null"
# A date, a time or one of a list, as the browser's own picker gives it.
PICK = """(field, value) => {
  field.value = [...field.options ?? []].find(({ text }) => text === value)?.value ?? value;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  return field.value !== "";
}"""
SEEN = """(selector, words) => [...document.querySelectorAll(selector)].some((one) =>
  one.getClientRects().length && (one.matches("input, textarea") ? one.value : one.innerText).includes(words))"""
# What is wrong with the place of what has the focus: it is off the window, or something lies over it.
OUT_OF_SIGHT = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.matches("dialog")) return "";
  const box = one.getBoundingClientRect();
  const where = `${one.localName} ${one.innerText ?? one.name} at ${Math.round(box.top)} to ${Math.round(box.bottom)}`;
  const end = Math.min(box.bottom, box.top + innerHeight / 2); // of a tall one, its beginning
  if (box.top < 0 || end > innerHeight) return where;
  const over = document.elementFromPoint(box.left + box.width / 2, (box.top + end) / 2);
  const isFree = one.contains(over) || over?.contains(one) || over?.closest("label")?.control === one;
  return isFree ? "" : `${where} under ${over?.className}`;
}"""
# Waits in the page for 250 ms at most.
WAIT = """async (args) => {{
  for (let turn = 0; turn < 5; turn += 1) {{
    const found = await ({function})(...args);
    if (found) return found;
    await new Promise((keep) => setTimeout(keep, 50));
  }}
  return null;
}}"""


class Reader:
    """Someone who goes a way: acts by the words on the page."""

    def __init__(self, engine: Engine, address: str, folder: Path):
        self.engine = engine
        self._address = address
        self._folder = folder

    def open(self, path: str) -> None:
        self.engine.open(self._address + path)

    def until(self, function: str, *args: Any) -> Any:
        """What a function of JavaScript returns, as soon as it is true."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if found := self.engine.run(WAIT.format(function=function), list(args)):
                    return found
            except EngineError as error:  # between two pages
                last = error
                continue
            last = None
        raise AssertionError(f"{function} {args}: never true {last or ''}")

    def find(self, function: str, *args: Any) -> Any:
        self.until(f"(...args) => Boolean(({function})(...args))", *args)
        return self.engine.find(function, *args)

    def press(self, name: str, within: str = "body") -> None:
        self.engine.click(self.find(NAMED, name, within))

    def fill(self, label: str, text: str, within: str = "body") -> None:
        self.engine.type(self.find(FIELD, label, within), text)

    def pick(self, label: str, value: str, within: str = "body") -> None:
        pick = f"(label, within, value) => ({PICK})(({FIELD})(label, within), value)"
        self.find(FIELD, label, within)
        assert self.engine.run(pick, label, within, value), f"{label} took no {value}"

    def key(self, key: str) -> None:
        self.engine.press(self.engine.find("() => document.activeElement"), key)

    def type(self, text: str) -> None:
        self.engine.type(self.engine.find("() => document.activeElement"), text)

    def sees(self, selector: str, words: str = "") -> None:
        """Wait for what a step has done; then what has the focus is in sight."""
        self.until(SEEN, selector, words)
        try:
            self.until(f"() => !({OUT_OF_SIGHT})()")
        except AssertionError:
            raise AssertionError(f"the focus is out of sight: {self.engine.run(OUT_OF_SIGHT)}") from None

    def misses(self, selector: str, words: str = "") -> None:
        self.until(f"(...args) => !({SEEN})(...args)", selector, words)

    def saved(self) -> dict[str, Any]:
        return json.loads(self.engine.run(f"() => localStorage.getItem('{KEY}')") or "{}")

    def save(self, **record: Any) -> None:
        self.open("404.html")
        self.engine.run("(key, record) => localStorage.setItem(key, JSON.stringify(record))", KEY, record)

    def file(self, name: str) -> str:
        """A file that the engine has saved."""
        path = self._folder / name
        deadline = time.monotonic() + PATIENCE
        while not path.exists() or not path.stat().st_size:
            assert time.monotonic() < deadline, f"{name} has not arrived"
            self.engine.run("() => new Promise((keep) => setTimeout(keep, 50))")
        return path.read_text("utf-8")

    def sheets(self, paper: str = "A4") -> list[str]:
        """The words on each page of a print, as they are compared. Each has a ruler, and its 100 mm are true."""
        pages = pypdfium2.PdfDocument(self.engine.pdf(paper))
        for page in pages:
            lines = [line.right - line.left for line in printed.paths(page) if 0 < line.bottom < 8]
            assert any(abs(line - 100) < 0.4 for line in lines), lines
        return [bare(page.get_textpage().get_text_range()) for page in pages]


def bare(text: str) -> str:
    """Letters and digits, without what engines print as one sign. (Firefox draws bold words: they are no text.)"""
    return re.sub("ff|f[il]", "", re.sub("[^A-Za-z0-9]", "", text))


def heavy(*names: str) -> list:
    return [pytest.param(name, marks=pytest.mark.heavy) for name in names]


# WPE, the engine alone, neither saves a file nor prints.
WHOLE = ["chromium", *heavy("webkit", "firefox")]
whole = pytest.mark.parametrize("engine", WHOLE, indirect=True)


@pytest.fixture(scope="module", params=[*WHOLE, *heavy("wpe")])
def engine(request, browser, tmp_path_factory) -> Iterator[tuple[Engine, Path]]:
    folder = tmp_path_factory.mktemp(request.param)
    with engines.start(request.param, browser, folder) as started:
        yield started, folder


@pytest.fixture
def reader(engine, address) -> Reader:
    """Someone whose browser remembers nothing yet."""
    started, folder = engine
    someone = Reader(started, address, folder)
    someone.open("404.html")
    started.run("() => localStorage.clear()")
    return someone


@pytest.fixture
def plan(catalog) -> dict[str, Any]:
    """A whole plan, ten days from now."""
    made = whole_plan(catalog)
    made["interview"]["day"] = str(datetime.date.today() + datetime.timedelta(days=10))
    for at, person in enumerate(made["people"]):
        person["name"] = f"Number{at}"
    return made


def test_search(reader):
    reader.open("")
    reader.key("/")
    reader.sees(".si-search input")
    reader.type("salary")
    reader.sees(".si-search [aria-selected=true]")
    reader.key("ArrowDown")
    second = "document.querySelectorAll('.si-search [role=option]')[1]"
    chosen = reader.until(f"() => {second}.matches('[aria-selected=true]') && {second}.pathname")
    reader.key("Enter")
    reader.until("(path) => location.pathname === path", chosen)
    reader.engine.back()
    reader.until("() => document.querySelector('.si-stops')")
    reader.press("Search")
    reader.sees(".si-search input")
    reader.type("pay")
    reader.key("Escape")
    reader.misses(".si-search input")


def test_tick(reader, catalog):
    items = catalog.checklists["week-before"].items
    reader.open("checklists/week-before/")
    reader.sees(".si-progress", "0 of")
    reader.engine.click(reader.find("(id) => document.querySelector(`li[data-id='${id}'] input`)", items[1].id))
    reader.sees(".si-progress", f"1 of {len(items)} done")
    reader.open("checklists/week-before/")
    reader.sees(".si-progress", f"1 of {len(items)} done")
    assert [*reader.saved()["ticks"]] == [items[1].id]
    reader.fill("Ticked on paper", items[0].code)
    reader.press("Tick them", ".si-codes")
    reader.sees(".si-progress", f"2 of {len(items)} done")
    reader.press("Undo", ".si-codes")
    reader.sees(".si-progress", f"1 of {len(items)} done")


NAMES = ("Ada", "Ben", "Cem", "Dee", "Eve")


def test_deal_five_people_and_swap(reader, catalog):
    roles = [role.label[0].upper() + role.label[1:] for role in catalog.vocabulary.roles.values()][:5]
    reader.open("plan/")
    reader.fill("Company", "Acme")
    reader.pick("Day of the interview", str(datetime.date.today() + datetime.timedelta(days=10)))
    for at, (name, role) in enumerate(zip(NAMES, roles, strict=True), 1):
        row = f".si-plan__people > :nth-child({at})"
        reader.press("Add a person")
        reader.sees(f"{row} input")
        reader.type(name)  # the focus is in the new row
        reader.pick("Who they are", role, row)
        reader.sees(f"{row} legend", f"{at}. {name}")
    reader.press("Later", ".si-plan__people > :nth-child(1)")
    reader.sees(".si-plan__people > :nth-child(2) legend", "2. Ada")
    reader.press("Remove", ".si-plan__people > :nth-child(2)")
    reader.sees(".si-plan__gone", "Removed.")
    reader.press("Undo", ".si-plan__gone")
    reader.sees(".si-plan__people > :nth-child(2) legend", "2. Ada")
    reader.press("Deal the questions")
    reader.sees(".si-plan__done", "Dealt 15 questions.")
    before = reader.saved()["plan"]["hands"]
    reader.press("Swap", ".si-plan__hands")
    reader.sees("dialog[open] button")
    reader.until("() => document.activeElement.closest('dialog[open]')")
    reader.engine.click(reader.find("() => document.querySelector('dialog[open] li button')"))
    reader.sees(".si-plan__done", "Swapped, and pinned.")
    after = reader.saved()["plan"]["hands"]
    assert sum(before[one] != after[one] for one in before) == 1
    reader.press("Not this one", ".si-plan__hands")
    reader.sees(".si-plan__done", "Left out.")
    reader.press("Bring back 1 left out")
    reader.misses(".si-plan__hands [data-name=back]")
    reader.sees(".si-plan__hands li")


def test_notes_of_the_day(reader, plan):
    for person in plan["people"]:
        person |= dict.fromkeys(("note", "hook", "promised", "answered"), "")
    reader.save(plan=plan)
    reader.open("plan/day/")
    reader.sees(".si-day__at", "1 of 5")
    reader.press("Next")
    reader.sees(".si-day__at", "2 of 5")
    talk = ".si-talk:not([hidden])"
    reader.fill("What they answered", "They ship on Fridays", talk)
    reader.fill("The hook", "the blue bicycle", talk)
    reader.press("14:00", ".si-day__list")
    reader.sees(f"{talk} h2", "Number4")
    reader.open("plan/day/")
    reader.press("Next")
    reader.sees(f"{talk} textarea", "They ship on Fridays")
    reader.press("Thank-you notes")
    reader.sees(".si-draft textarea", "the blue bicycle")


def test_days_and_kit(reader, plan):
    reader.save(plan=plan)
    reader.open("plan/days/")
    reader.sees(".si-plan-days__list .si-checklist li")
    reader.engine.click(reader.find("() => document.querySelector('.si-plan-days__list li input')"))
    reader.until("() => document.querySelector('.si-plan-days__list li input:checked')")
    reader.sees(".si-plan-days__list")
    reader.open("plan/kit/")
    reader.sees("[data-kit=stories] [data-row]")
    for kit, words in (("stories", "Add a story"), ("doubts", "Add a doubt")):
        reader.press(words)
        reader.sees(f"[data-kit={kit}] [data-row]:nth-child(2)")
        reader.type("New")
        reader.press("Remove", f"[data-kit={kit}] [data-row]:nth-child(1)")
        reader.sees(f"[data-kit={kit}] [role=status]", "Removed.")
        reader.press("Undo", f"[data-kit={kit}]")
        reader.sees(f"[data-kit={kit}] [role=status]", "Back again.")


def test_practice(reader, catalog):
    reader.open("practice/")
    for deck in list(catalog.answer.values())[:2]:
        reader.press(deck.title, ".si-practice__decks")
    reader.press("Start")
    asked = []
    for act in ("Again", "Done", "Done"):
        reader.sees(".si-practice__card h2")
        asked.append(reader.until("() => document.querySelector('.si-practice__card h2').innerText"))
        reader.press("What they look for")
        reader.sees(".si-practice__card dl")
        reader.press(act)
        reader.misses(".si-practice__card dl")
    reader.sees(".si-practice__top .si-practice__sum", "2 of ")
    assert len(set(asked)) == 3
    reader.press("Choose other cards")
    reader.sees(".si-practice__choose")
    reader.press("Start these over")
    reader.sees(".si-practice__undo", "Started over.")
    reader.press("Undo")
    reader.sees(".si-practice__choose .si-practice__sum", "2 of ")


GIVE = """(text) => {
  const given = new DataTransfer();
  given.items.add(new File([text], "saved.json", { type: "application/json" }));
  const field = document.querySelector(".si-saved input[type=file]");
  field.files = given.files;
  field.dispatchEvent(new Event("change"));
}"""


EXPORT = """async () => {
  const { src } = document.querySelector("script[type=module]");
  return (await import(src.replace("main.js", "store.js"))).exportText();
}"""


@whole
def test_export(reader, plan):
    reader.save(plan=plan, ticks={}, print={})
    reader.open("privacy/")
    reader.press("Save as a file")
    saved = json.loads(reader.file(f"{KEY}.json"))
    assert [one["name"] for one in saved["plan"]["people"]] == [one["name"] for one in plan["people"]]
    assert saved["plan"]["hands"] == plan["hands"]


def test_erase_and_import(reader, plan):
    reader.save(plan=plan)
    reader.open("privacy/")
    reader.sees(".si-saved", "5 people in your plan")
    file = reader.until(EXPORT)
    reader.press("Erase everything")
    reader.sees(".si-saved", "Everything is erased. Saved here now: 0 ticks")
    assert "Number1" not in json.dumps(reader.saved())
    reader.engine.run(GIVE, file)
    reader.sees(".si-saved", "5 people in your plan")
    assert reader.saved()["plan"]["hands"] == plan["hands"]
    reader.press("Undo", ".si-saved")
    reader.sees(".si-saved", "0 people in your plan")


def test_back_shows_what_is_saved(reader, plan):
    reader.save(plan=plan)
    reader.open("plan/")
    reader.sees(".si-plan__people > :nth-child(5)")
    reader.open("privacy/")
    reader.press("Erase everything")
    reader.sees(".si-saved", "Everything is erased.")
    reader.engine.back()
    reader.until("() => document.querySelector('.si-plan:not([hidden])')")
    reader.misses(".si-plan__people > li")
    reader.press("Add a person")
    reader.sees(".si-plan__people > :nth-child(1)")
    reader.type("Ada")
    reader.until(f"() => localStorage.getItem('{KEY}').includes('Ada')")


# ---------------------------------------------------------------- paper

PAPERS = ["A4", pytest.param("Letter", marks=pytest.mark.heavy)]


def on_pages(pages: list[str], texts: list[str]) -> list[list[str]]:
    """For each page, which of the texts stand on it."""
    assert len(set(map(bare, texts))) == len(texts)
    return [[text for text in texts if bare(text) in page] for page in pages]


@whole
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("order", "each"), [("fold", 4), ("duplex", 8)])
def test_chosen_cards_are_printed_a_sheet_a_page(reader, catalog, order, each, paper):
    cards = catalog.answer["motivation"].questions
    reader.save(print={"chosen": [card.id for card in cards], "order": order})
    reader.open("answer/motivation/")
    reader.press("Choose cards to print")
    reader.sees(".si-choose [role=status]", f"{len(cards)} of {len(cards)} cards chosen")
    pages = reader.sheets(paper)
    backs = [card.follow_up for card in cards]
    groups = [backs[at : at + each] for at in range(0, len(backs), each)]
    sides = groups if order == "fold" else [side for group in groups for side in ([], group)]
    assert on_pages(pages, backs) == sides
    fronts = [page.count("Askedby") for page in pages]
    sizes = [len(side) for side in sides]
    assert fronts == (sizes if order == "fold" else [size for size in sizes[1::2] for size in (size, 0)])


@whole
@pytest.mark.parametrize("paper", PAPERS)
def test_a_pack_is_printed_a_sheet_a_page(reader, catalog, paper):
    names = ("week-before", "day-before")
    reader.open("print/pack/#parts=" + "+".join(f"checklist.{name}" for name in names))
    reader.sees(".si-pack__said", "One pack: 2 sheets of paper")
    items = [[item.text for item in catalog.checklists[name].items] for name in names]
    assert on_pages(reader.sheets(paper), [*items[0], *items[1]]) == items


@whole
@pytest.mark.parametrize("paper", PAPERS)
def test_a_plan_is_printed_a_sheet_a_page(reader, plan, paper):
    reader.save(plan=plan)
    reader.open("plan/print/")
    reader.sees(".si-plan-print__said", "of paper")
    sheets = reader.until("""() => [...document.querySelectorAll(".si-plan-print .si-sheet")].map((sheet) =>
      [...sheet.querySelectorAll(".si-todo__text")].map((text) => text.textContent))""")
    pages = reader.sheets(paper)
    assert len(pages) == len(sheets)
    for page, texts in zip(pages, sheets, strict=True):
        assert [text for text in texts if bare(text) not in page] == []
