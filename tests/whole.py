"""One page of each kind, and a plan with something in every field, for tests of what holds on all pages."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TODAY = "2027-03-04T09:00:00Z"
# The pages that are mostly drawn by a script, and what each has once it is.
DRAWN = {
    "plan/": ".si-plan__hands li",
    "plan/days/": ".si-plan-days__list .si-checklist",
    "plan/kit/": "[data-kit=stories] [data-row]",
    "plan/day/": ".si-talk >> visible=true",
    "plan/print/": ".si-plan-print .si-sheet",
    "practice/": ".si-practice__decks label",
    "print/pack/": ".si-pack__said p",
}
KINDS = [
    "",
    "guide/week-before/",
    "guide/week-before/pay/",
    "guide/week-before/debrief/",
    "guide/invited/reply/",
    "ask/",
    "ask/growth/",
    "ask/for/hiring-manager/",
    "answer/judgement/",
    "checklists/",
    "checklists/week-before/",
    "print/",
    "sources/",
    "coaches/",
    "privacy/",
    "404.html",
    *DRAWN,
]
PUT = """async (plan) => {
  const { update } = await import("/second-interview/assets/js/store.js");
  return update((record) => Object.assign(record.plan, plan));
}"""


def whole_plan(catalog, word: str = "Rota") -> dict:
    """Five people five days from TODAY, and `word` in every text that a reader can type."""
    dealt = [card.id for deck in catalog.ask.values() for card in deck.questions][:16]
    texts = ("name", "team", "note", "hook", "promised", "answered")
    people = [
        {"id": f"p{at}", "role": "peer", "start": f"{10 + at}:00", "minutes": 45} | dict.fromkeys(texts, word)
        for at in range(5)
    ]
    day = {"day": "2027-03-09", "zone": "UTC", "format": "in-person"}
    skills = list(catalog.answer)[:2]
    return {
        "interview": day | dict.fromkeys(("company", "job", "candidate", "place", "link"), word),
        "people": people,
        "own": [{"id": "own-1", "text": word}],
        "hands": {f"p{at}": [*dealt[3 * at : 3 * at + 3], "own-1"] for at in range(5)},
        "spare": dealt[15:],
        "kit": {"pieces": [{"id": "piece-1", "what": word, "proves": word}]},
        "doubts": [{"id": "d1", "doubt": word, "proof": word, "who": "p0"}, {"id": "d2", "doubt": word, "who": word}],
        "said": [{"id": "s1", "what": word, "said": word, "who": word}],
        "stories": [{"id": "t1", "name": word, "did": word, "came": word, "competencies": skills}],
    }


def put(page: Page, address: str, plan: dict) -> None:
    """Save a plan, at nine in the morning of TODAY."""
    page.clock.set_fixed_time(TODAY)
    page.goto(address + "privacy/")
    assert page.evaluate(PUT, plan)["saved"]


def drawn(page: Page, path: str) -> None:
    """Wait until the script of a page of KINDS has drawn it."""
    page.wait_for_load_state("networkidle")
    if path in DRAWN:
        page.locator(DRAWN[path]).first.wait_for(state="attached")


def visit(page: Page, address: str, path: str) -> None:
    """Open a page of KINDS, and wait until its script has drawn it."""
    page.goto(address + path)
    drawn(page, path)


def open_all(page: Page) -> None:
    """Open all that can be opened on a page, the menu of the site as well."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def find_violations(page: Page, tag: str = "") -> list[tuple[str, str]]:
    """The rules of axe that a page breaks, those of one tag or all, each with the start of what breaks it."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "tag", "values": [tag]}} if tag else {})
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found]
