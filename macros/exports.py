"""Records -> JSON: the whole catalog, and the JSON Schema of each kind of content file."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, TypeAdapter

from macros.catalog import AnswerDeck, AskDeck, Catalog, Checklist, Letter, Session, Source, Vocabulary, Worksheet
from macros.pages import back_rows

# Content file -> the record it holds; sources.yml maps keys to records.
SCHEMAS: dict[str, Any] = {
    "checklist": Checklist,
    "questions-ask": AskDeck,
    "questions-answer": AnswerDeck,
    "letter": Letter,
    "worksheet": Worksheet,
    "session": Session,
    "sources": dict[str, Source],
}


def create_catalog_json(catalog: Catalog) -> str:
    """Every record with its id, and the counts: of a role, the cards it counts for (its first place)."""
    content = {
        "counts": _counts(catalog),
        "vocabulary": {
            name: [term.model_dump() for term in getattr(catalog.vocabulary, name).values()]
            for name in Vocabulary.__dataclass_fields__
        },
        "checklists": _records(catalog.checklists),
        "ask": _records(catalog.ask),
        "answer": _records(catalog.answer),
        "letters": _records(catalog.letters),
        "worksheets": _records(catalog.worksheets),
        "sessions": _records(catalog.sessions),
        "sources": _records(catalog.sources),
        "synonyms": catalog.synonyms,
        "pages": {path: page.meta.model_dump(mode="json", exclude_none=True) for path, page in catalog.pages.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def create_codes_json(catalog: Catalog) -> str:
    """What each code on a printed checklist stands for: code -> id of the item, slug of its list, its text."""
    codes = {
        item.code: {"id": item.id, "list": slug, "text": item.text}
        for slug, checklist in catalog.checklists.items()
        for item in checklist.items
    }
    return json.dumps(codes, ensure_ascii=False) + "\n"


ESSENTIAL = ("success-measures", "work-environment", "growth")  # topics that no day should leave out
LIKELY = ("hiring-manager", "peer")  # whom someone of an unknown role is most likely to be


def create_ask_json(catalog: Catalog) -> str:
    """What the planner deals: the questions to ask, as deal.js takes them, with the words of a card's face."""
    fields = ("id", "code", "question", "roles", "timing", "level", "follow_up", "was")
    questions = [
        {"topic": deck.topic, **question.model_dump(include=set(fields), mode="json")}
        for deck in catalog.ask.values()
        for question in deck.questions
    ]
    terms = {
        name: [{"id": term.id, "label": term.label} for term in getattr(catalog.vocabulary, name).values()]
        for name in ("roles", "topics", "levels")
    }
    return (
        json.dumps({"questions": questions, **terms, "essential": ESSENTIAL, "likely": LIKELY}, ensure_ascii=False)
        + "\n"
    )


def create_items_json(catalog: Catalog) -> str:
    """What the planner puts on days: all items of checklists, as schedule.js takes them; names of lists and roles.

    The minutes of a section are shared out evenly among its items.
    """
    items = [
        {
            **item.model_dump(include={"id", "code", "text", "priority", "when", "always", "was"}, mode="json"),
            "list": slug,
            "section": section.title,
            "minutes": section.minutes and round(section.minutes / len(section.items), 1),
        }
        for slug, checklist in catalog.checklists.items()
        for section in checklist.sections
        for item in section.items
    ]
    lists = [{"id": slug, "title": checklist.title} for slug, checklist in catalog.checklists.items()]
    roles = [{"id": term.id, "label": term.label} for term in catalog.vocabulary.roles.values()]
    return json.dumps({"items": items, "lists": lists, "roles": roles}, ensure_ascii=False) + "\n"


def create_answer_json(catalog: Catalog) -> str:
    """What practice mode draws: the questions to be ready for, with the words of their cards, and the competencies."""
    questions = [
        {
            **question.model_dump(include={"id", "code", "question", "was"}, mode="json"),
            "competency": slug,
            "back": [(label, [text] if isinstance(text, str) else text) for label, text in back_rows(question, False)],
        }
        for slug, deck in catalog.answer.items()
        for question in deck.questions
    ]
    competencies = [{"id": slug, "label": deck.title} for slug, deck in catalog.answer.items()]
    return json.dumps({"questions": questions, "competencies": competencies}, ensure_ascii=False) + "\n"


def _records(records: dict[str, BaseModel]) -> dict[str, Any]:
    return {slug: record.model_dump(mode="json", exclude_none=True) for slug, record in records.items()}


def _counts(catalog: Catalog) -> dict[str, Any]:
    first = [question.roles[0] for deck in catalog.ask.values() for question in deck.questions]
    return {
        "ask": len(first),
        "ask_by_first_role": {role: first.count(role) for role in catalog.vocabulary.roles},
        "answer": sum(len(deck.questions) for deck in catalog.answer.values()),
        "checklists": len(catalog.checklists),
        "checklist_items": sum(len(checklist.items) for checklist in catalog.checklists.values()),
        "letters": len(catalog.letters),
        "worksheets": len(catalog.worksheets),
        "sessions": len(catalog.sessions),
        "guide_pages": sum(1 for page in catalog.pages.values() if page.moment and not page.path.endswith("index.md")),
        "sources": len(catalog.sources),
    }


def create_schema(model: Any, vocabulary: Vocabulary) -> str:
    """The JSON Schema of one kind of file, with the closed lists written out."""
    schema = TypeAdapter(model).json_schema()
    _write_out(schema, vocabulary)
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


def _write_out(node: Any, vocabulary: Vocabulary) -> None:
    """Replace each mark of a closed list, left by the record, with the words of that list."""
    if isinstance(node, dict):
        if "vocabulary" in node:
            node["enum"] = list(getattr(vocabulary, node.pop("vocabulary")))
        for child in node.values():
            _write_out(child, vocabulary)
    elif isinstance(node, list):
        for child in node:
            _write_out(child, vocabulary)
