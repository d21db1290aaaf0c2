"""The content: its records, and load(), the only way to read it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any, get_args

import jinja2
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from macros.documents import CatalogError, Document, Loc, Problem, read_yaml

ROOT = Path(__file__).resolve().parent.parent


# ---------------------------------------------------------------- kinds of value


# What both of our fonts can draw: Latin letters with all their accents, and typographic signs (tests/test_sheets.py).
UNPRINTABLE = re.compile(r"[^ -~¡-¬®-ıĴ-ňŊ-žȘ-ț–—‘’‚“”„…€−]")


def _plain(text: str) -> str:
    """Plain text: spaces run together, nothing our fonts cannot print, not empty. It is shown as it is typed, whatever
    it would mean in HTML or Markdown (pages.escape)."""
    text = " ".join(text.split())
    if not text:
        raise ValueError("is empty")
    if strange := UNPRINTABLE.search(text):
        raise ValueError(f"'{strange[0]}' is a character our fonts cannot print: write it in words")
    return text


def _matching(pattern: str, shape: str):
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"'{text}' must be {shape}")
        return text

    return AfterValidator(check)


def _word(vocabulary: str):
    """A word of one of the closed lists in vocabulary.yml; the list is the validation context."""

    def check(word: str, info: ValidationInfo) -> str:
        terms = getattr(info.context, vocabulary)
        if word not in terms:
            raise ValueError(f"'{word}' is not one of {', '.join(terms)}{did_you_mean(word, terms)}")
        return word

    return Annotated[str, AfterValidator(check), Field(json_schema_extra={"vocabulary": vocabulary})]


def did_you_mean(word: str, terms: dict[str, Term] | list[str]) -> str:
    """` (did you mean 'x'?)` for the nearest of `terms`, or nothing."""
    for name, term in terms.items() if isinstance(terms, dict) else ():
        if word.lower() in (other.lower() for other in (term.label, *term.also)):
            return f" (did you mean '{name}'?)"
    near = difflib.get_close_matches(word, list(terms), n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


Text = Annotated[str, AfterValidator(_plain)]
Id = Annotated[str, _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "kebab-case: small letters, digits and single hyphens")]
Code = Annotated[str, _matching(r"[A-Z]{1,2}[1-9][0-9]{0,2}", "one or two capital letters and a number, like W2")]
Url = Annotated[str, _matching(r"https?://\S+", "an address that begins with https://")]
# YAML reads 2026 as a number and 2026-05-11 as a date; only the text has all three forms.
PartOfDate = Annotated[
    str,
    BeforeValidator(str),
    _matching(
        r"undated|\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", "a date, a month (2026-05), a year, or undated"
    ),
]
Doi = Annotated[str, _matching(r"10\.\d{4,}/\S+", "a DOI like 10.1037/apl0000994, without https://doi.org/")]


def _staff(value: int | str) -> int | str:
    if value in ("all", "not-checked") or (isinstance(value, int) and value > 0):
        return value
    raise ValueError(f"'{value}' must be the least number of staff, all, or not-checked")


Employers = Annotated[int | str, AfterValidator(_staff)]


# ---------------------------------------------------------------- records


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Term(Record):
    """One word of a closed list."""

    id: str
    label: Text
    also: tuple[str, ...] = ()
    note: Text = ""
    when: Text = ""
    advice: Text = ""
    deck_only: bool = False  # competencies: the subject of a deck, but no skill that a story proves


class Source(Record):
    title: Text
    authors: tuple[Text, ...] = Field(min_length=1)
    year: int | None = None
    kind: _word("kinds")
    where: Text
    url: Url | None = None
    doi: Doi | None = None
    read: _word("reads")
    checked: date
    kept_out: Text | None = None  # why nothing may cite it
    place: _word("places") | None = None  # this and the next two: law only
    as_of: PartOfDate | None = None  # of the text that was read
    employers: Employers | None = None  # which it binds: least number of staff, all, or not-checked

    @property
    def link(self) -> str | None:
        """The DOI if there is one, else the address, else None."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


class Item(Record):
    """One line of a checklist. `when` counts days from the interview: -1 is the day before.

    The planner never drops what is marked `always`, however little time is left.
    """

    id: Id
    code: Code
    text: Text
    why: Text | None = None
    priority: _word("priorities") = "essential"
    when: int | None = Field(default=None, ge=-60, le=365)
    always: bool = False
    page: str | None = None
    sources: tuple[str, ...] = ()
    was: tuple[Id, ...] = ()


class Section(Record):
    title: Text | None = None
    minutes: int | None = Field(default=None, ge=1)
    items: tuple[Item, ...] = Field(min_length=1)


class Lines(Record):
    """Room to write on the printed list."""

    title: Text
    count: int = Field(ge=1, le=10)


class Checklist(Record):
    title: Text
    moment: _word("moments")
    reviewed: date
    intro: Text
    sections: tuple[Section, ...] = Field(min_length=1)
    words: Text | None = None
    lines: Lines | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def minutes(self) -> int:
        """Minutes in all, 0 when no section says."""
        return sum(section.minutes or 0 for section in self.sections)


class Question(Record):
    """One card. Of an ask card the first role is the one it counts for."""

    id: Id
    code: Code
    question: Text
    roles: tuple[_word("roles"), ...] = Field(min_length=1)
    why: Text
    listen_for: tuple[Text, ...] = Field(min_length=1)
    follow_up: Text
    trap: Text | None = None
    they_may_ask_back: Text | None = None
    timing: _word("timings") = "any"
    level: _word("levels") = "any"
    keywords: tuple[Text, ...] = ()
    sources: tuple[str, ...] = ()
    was: tuple[Id, ...] = ()


class Deck(Record):
    title: Text
    reviewed: date
    intro: Text
    questions: tuple[Question, ...] = Field(min_length=1)


class AskDeck(Deck):
    topic: _word("topics")

    @property
    def subject(self) -> str:
        return self.topic


class AnswerDeck(Deck):
    competency: _word("competencies")

    @property
    def subject(self) -> str:
        return self.competency


class Letter(Record):
    """Words to send, with gaps [like this]."""

    title: Text
    reviewed: date
    subject: Text
    body: tuple[Text, ...] = Field(min_length=1)
    when_not: Text

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.body)


class Part(Record):
    """A part of a worksheet: a table (columns, and empty rows or rows with a printed first cell), or ruled lines."""

    title: Text
    columns: tuple[Text, ...] = ()
    rows: int | None = Field(default=None, ge=1, le=30)
    labels: tuple[Text, ...] = ()
    lines: int | None = Field(default=None, ge=1, le=30)

    @model_validator(mode="after")
    def _is_one_thing(self) -> Part:
        if self.columns and bool(self.rows) == bool(self.labels):
            raise ValueError("a table has either `rows` (how many are empty) or `labels` (first cells)")
        if bool(self.columns) == bool(self.lines):
            raise ValueError("is either a table (`columns`) or `lines`")
        return self


class Worksheet(Record):
    title: Text
    reviewed: date
    intro: Text
    parts: tuple[Part, ...] = Field(min_length=1)


class Step(Record):
    """A part of a session: what the coach does, the words to say, and the sheet to hand out."""

    minutes: int = Field(ge=1)
    title: Text
    do: Text
    say: Text | None = None
    hand_out: Text | None = None


class Session(Record):
    """A plan for a coach, of `minutes` in all."""

    title: Text
    reviewed: date
    minutes: int = Field(ge=1)
    intro: Text
    bring: tuple[Text, ...] = Field(min_length=1)
    sheets: tuple[str, ...] = Field(min_length=1)  # of what `bring` names, all that is printed: worksheet:debrief
    steps: tuple[Step, ...] = Field(min_length=1)
    after: tuple[Text, ...] = ()

    @property
    def timed(self) -> tuple[tuple[int, int, Step], ...]:
        """Each step with the minutes at which it starts and ends, counted from the start of the session."""
        ends = accumulate(step.minutes for step in self.steps)
        return tuple((end - step.minutes, end, step) for end, step in zip(ends, self.steps, strict=True))


class Retired(Record):
    """Ids and codes that are on somebody's paper or in somebody's browser and must never mean anything else."""

    ids: tuple[Id, ...] = ()
    codes: tuple[Code, ...] = ()


class PageMeta(Record):
    """The front matter of a page."""

    title: Text
    description: Text | None = None
    minutes: int | None = Field(default=None, ge=1)
    reviewed: date | None = None
    made_from: str | None = None  # the data file that "Improve this page" opens, from docs/
    law: tuple[_word("places"), ...] = ()
    keywords: tuple[Text, ...] = ()
    front: bool = False


@dataclass(frozen=True)
class Call:
    """One use of a macro in a page."""

    macro: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    line: int


@dataclass(frozen=True)
class Page:
    """A page of docs/: its path from there, front matter, the macros it uses, and its own text in Markdown, line by
    line as in its file, with a word in place of each call."""

    path: str
    meta: PageMeta
    calls: tuple[Call, ...]
    prose: str

    @property
    def moment(self) -> str | None:
        """The folder below guide/, or None for a page that is no guide page."""
        folder, _, rest = self.path.removeprefix("guide/").partition("/")
        return folder if self.path.startswith("guide/") and rest else None

    @property
    def cited(self) -> tuple[str, ...]:
        """The sources it cites, each once, in order."""
        return tuple(dict.fromkeys(key for call in self.calls if call.macro == "cite" for key in call.args))


@dataclass(frozen=True)
class Vocabulary:
    """The closed lists, each id -> Term, in the order of the file."""

    moments: dict[str, Term]
    roles: dict[str, Term]
    topics: dict[str, Term]
    competencies: dict[str, Term]
    checklists: dict[str, Term]
    levels: dict[str, Term]
    timings: dict[str, Term]
    priorities: dict[str, Term]
    kinds: dict[str, Term]
    reads: dict[str, Term]
    searches: dict[str, Term]
    places: dict[str, Term]


@dataclass(frozen=True)
class Catalog:
    """Everything the site says that is not prose. Records are keyed by slug, in the order of the vocabulary."""

    vocabulary: Vocabulary
    sources: dict[str, Source]
    synonyms: dict[str, tuple[str, ...]]
    retired: Retired
    checklists: dict[str, Checklist]
    ask: dict[str, AskDeck]
    answer: dict[str, AnswerDeck]
    letters: dict[str, Letter]
    worksheets: dict[str, Worksheet]
    sessions: dict[str, Session]
    pages: dict[str, Page]
    documents: dict[str, Document]  # by path from docs/
    language: str = "en"  # ISO 639: of every text
    extensions: tuple[str, ...] = ()  # of Markdown, in which the pages are written

    @property
    def cards(self) -> dict[str, tuple[Question, AskDeck | AnswerDeck]]:
        """Every card by id, with its deck."""
        decks = (*self.ask.values(), *self.answer.values())
        return {question.id: (question, deck) for deck in decks for question in deck.questions}

    def for_role(self, role: str) -> list[tuple[Question, AskDeck]]:
        """The ask cards this person can answer, in the order of the topics."""
        return [(q, deck) for deck in self.ask.values() for q in deck.questions if role in q.roles]

    def badge(self, keys: tuple[str, ...]) -> str | None:
        """The strongest kind of evidence among sources, None without any."""
        kinds = {self.sources[key].kind for key in keys}
        return next((kind for kind in self.vocabulary.kinds if kind in kinds), None)


# ---------------------------------------------------------------- reading the files


def load(root: Path = ROOT) -> Catalog:
    """Read and check all content below `root`/docs. Raises CatalogError with every problem of every file."""
    from macros import rules  # a rule reads records, so rules.py imports this module

    data = root / "docs" / "data"
    paths = [*sorted(path for path in data.rglob("*.*") if path.is_file()), *sorted((root / "docs").rglob("*.md"))]
    documents = {path.relative_to(data.parent).as_posix(): _read(path, root) for path in paths}
    reader = _Records(documents)
    catalog = Catalog(
        vocabulary=reader.vocabulary,
        sources=reader.entries("data/sources.yml", Source),
        synonyms=reader.synonyms("data/synonyms.yml"),
        retired=reader.one("data/retired.yml", Retired) or Retired(),
        checklists=reader.folder("data/checklists/", Checklist, reader.vocabulary.checklists),
        ask=reader.folder("data/questions/ask/", AskDeck, reader.vocabulary.topics),
        answer=reader.folder("data/questions/answer/", AnswerDeck, reader.vocabulary.competencies),
        letters=reader.folder("data/letters/", Letter),
        worksheets=reader.folder("data/worksheets/", Worksheet),
        sessions=reader.folder("data/sessions/", Session),
        pages=reader.pages(_nav_order(root)),
        documents=documents,
        language=_language(root),
        extensions=_extensions(root),
    )
    problems = [*reader.problems, *(problem for rule in rules.RULES for problem in rule(catalog))]
    if problems:
        raise CatalogError(problems)
    return catalog


def _nav_order(root: Path) -> list[str]:
    """The pages in the order of the navigation, which is kept in mkdocs.yml alone."""
    config = root / "mkdocs.yml"
    return re.findall(r"^\s*- (?:.+: )?(\S+\.md)$", config.read_text("utf-8"), re.M) if config.exists() else []


def _language(root: Path) -> str:
    """The language of the site, which is kept in mkdocs.yml alone: `language:` of its theme, else English."""
    config = root / "mkdocs.yml"
    found = re.search(r"^  language: (\w+)", config.read_text("utf-8"), re.M) if config.exists() else None
    return found[1] if found else "en"


def _extensions(root: Path) -> tuple[str, ...]:
    """The extensions of Markdown, which are kept in mkdocs.yml alone, and those that MkDocs always adds."""
    config = root / "mkdocs.yml"
    listed = yaml.load(config.read_text("utf-8"), yaml.BaseLoader)["markdown_extensions"] if config.exists() else []
    names = [name for entry in listed for name in ([entry] if isinstance(entry, str) else entry)]
    return tuple(dict.fromkeys(["toc", "tables", "fenced_code", *names]))


def _read(path: Path, root: Path) -> Document:
    """A YAML file, or a page: its front matter as values and the rest as `body`."""
    file = path.relative_to(root).as_posix()
    try:
        text = path.read_text("utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        return Document(file, problems=[Problem(file, 1, f"is not UTF-8 text (byte {error.start})")])
    except OSError as error:  # a folder or a broken link by that name, or a file that was there a moment ago
        return Document(file, problems=[Problem(file, 1, f"cannot be read: {error.strerror}")])
    if path.suffix != ".md":
        return read_yaml(text, file)
    front = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not front:
        return Document(file, problems=[Problem(file, 1, "has no front matter: begin with a line '---'")])
    document = read_yaml(front[1], file, first_line=2)
    document.body = text[front.end() :]
    document.body_line = text[: front.end()].count("\n") + 1
    return document


class _Records:
    """Turns documents into records and keeps every problem met on the way."""

    def __init__(self, documents: dict[str, Document]):
        self.documents = documents
        self.problems = [problem for document in documents.values() for problem in document.problems]
        self.vocabulary = self._vocabulary("data/vocabulary.yml")

    def _vocabulary(self, name: str) -> Vocabulary:
        """Raises CatalogError at once: without its words nothing else can be checked."""
        document = self.documents.get(name, Document(f"docs/{name}"))
        terms: dict[str, dict[str, Term]] = {}
        for title in Vocabulary.__dataclass_fields__:
            rows = document.at(title)
            if not rows:
                self.problems.append(document.problem((), f"the list '{title}' is missing"))
                continue
            found = [validate(document, Term, None, self.problems, (title, index)) for index in range(len(rows))]
            terms[title] = {term.id: term for term in found if term}
        if any(problem.file == document.file for problem in self.problems):
            raise CatalogError(self.problems)
        return Vocabulary(**terms)

    def one(self, name: str, model: type[Record]) -> Any:
        """The record a file holds, None when there is no such file or it is broken."""
        document = self.documents.get(name)
        if not document or document.data is None:
            return None
        return validate(document, model, self.vocabulary, self.problems)

    def entries(self, name: str, model: type[Record]) -> dict[str, Any]:
        """The records of a file that maps keys to records."""
        document = self.documents.get(name, Document(f"docs/{name}"))
        if name not in self.documents:
            self.problems.append(Problem(document.file, 1, "is missing"))
        found = {key: validate(document, model, self.vocabulary, self.problems, (key,)) for key in document.data or {}}
        return {key: record for key, record in found.items() if record}

    def folder(self, folder: str, model: type[Record], order: dict[str, Term] | None = None) -> dict[str, Any]:
        """The records of a folder with a file each, by slug, in the order of a closed list of slugs or of the names."""
        files = [name for name in self.documents if name.startswith(folder) and name.endswith(".yml")]
        names = {name.removeprefix(folder).removesuffix(".yml"): name for name in files}
        for slug, name in names.items():
            if order is not None and slug not in order:
                text = f"the file's name must be one of {', '.join(order)}{did_you_mean(slug, order)}"
                self.problems.append(Problem(self.documents[name].file, 1, text))
        found = {slug: self.one(names[slug], model) for slug in order or names if slug in names}
        return {slug: record for slug, record in found.items() if record}

    def synonyms(self, name: str) -> dict[str, tuple[str, ...]]:
        """`word we use: [words people type]`."""
        document = self.documents.get(name, Document(f"docs/{name}"))
        found = {}
        for term, words in (document.data or {}).items():
            if isinstance(words, tuple) and words and all(isinstance(word, str) for word in words):
                found[term] = words
            else:
                self.problems.append(document.problem((term,), "must be a list of words: [CV, resume]"))
        return found

    def pages(self, order: list[str]) -> dict[str, Page]:
        """The pages of docs/ by path, those of the navigation first, with the macros each one calls."""
        found = {}
        for name, document in self.documents.items():
            if not name.endswith(".md") or document.data is None:
                continue
            meta = validate(document, PageMeta, self.vocabulary, self.problems)
            calls, prose = parts_of_page(document, self.problems)
            if meta:
                found[name] = Page(name, meta, calls, prose)
        return {name: found[name] for name in [*order, *found] if name in found}


CALL_ONLY = "only calls of macros may stand in braces, such as {{ notes() }}"


def parts_of_page(document: Document, problems: list[Problem]) -> tuple[tuple[Call, ...], str]:
    """The macros a page calls and its prose (see Page). Anything else that Jinja would run is a problem."""
    try:
        tree = jinja2.Environment().parse(document.body)
    except jinja2.TemplateSyntaxError as error:
        line = document.body_line + error.lineno - 1
        problems.append(Problem(document.file, line, f"cannot be read: {error.message}"))
        return (), ""
    calls: list[Call] = []
    prose = ""
    for node in (part for block in tree.body for part in getattr(block, "nodes", [block])):
        line = document.body_line + node.lineno - 1
        prose += "\n" * (node.lineno - 1 - prose.count("\n"))  # those inside of a call or a comment
        if isinstance(node, jinja2.nodes.TemplateData):
            prose += node.data
        elif isinstance(node, jinja2.nodes.Call):
            prose += "call"
            calls += _call(node, document.file, line, problems)
        else:
            problems.append(Problem(document.file, line, CALL_ONLY))
    return tuple(calls), prose


def _call(node: jinja2.nodes.Call, file: str, line: int, problems: list[Problem]) -> list[Call]:
    """The call as a list of one; a broken or computed one is a problem."""
    name = getattr(node.node, "name", "?")
    try:
        args = tuple(arg.as_const() for arg in node.args)
        kwargs = {pair.key: pair.value.as_const() for pair in node.kwargs}
    except jinja2.nodes.Impossible:
        problems.append(Problem(file, line, f"{name}(): its arguments must be written out"))
        return []
    if not all(isinstance(text, str) for text in args) or not all(map(_is_argument, kwargs.items())):
        problems.append(Problem(file, line, f"{name}(): its arguments must be text in quotes"))
        return []
    return [Call(name, args, kwargs, line)]


def _is_argument(named: tuple[str, Any]) -> bool:
    """Arguments of macros are text; only `ids` is a list of texts."""
    name, value = named
    if name == "ids":
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    return isinstance(value, str)


# ---------------------------------------------------------------- from values to records


def validate(
    document: Document, model: type[Record], vocabulary: Vocabulary | None, problems: list[Problem], loc: Loc = ()
) -> Any:
    """The record that stands at `loc` of a document, or None after adding what is wrong to `problems`."""
    try:
        return model.model_validate(document.at(*loc), context=vocabulary)
    except ValidationError as error:
        # pydantic calls a list too short when none of its entries is valid: those have their own problems.
        errors = [found for found in error.errors() if not (found["type"] == "too_short" and found["input"])]
        problems.extend(_problem(document, loc, found, model) for found in errors)
        return None


EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "date_type": "a date like 2026-11-23",
    "tuple_type": "a list",
    "bool_type": "true or false",
    "model_type": "a block of `key: value` lines",
}


def _problem(document: Document, start: Loc, error: dict[str, Any], model: type[Record]) -> Problem:
    """One pydantic error in our words, at the line of the value it speaks of."""
    loc = (*start, *error["loc"])
    kind = error["type"]
    if kind == "missing":
        return document.problem(loc, "is missing")
    if kind == "extra_forbidden":
        return document.problem(loc, f"is not a key we know{did_you_mean(str(loc[-1]), _fields(model, error['loc']))}")
    if kind in EXPECTED:
        return document.problem(loc, _type_hint(document, loc, error["input"], EXPECTED[kind]))
    text = str(error["ctx"]["error"]) if kind == "value_error" else error["msg"].removeprefix("Input ")
    if kind == "too_short":
        text = "needs at least one entry"
    # A word of a list is named by its list, as in `questions[2].roles`: the line says which.
    at = loc[:-1] if loc and isinstance(loc[-1], int) else loc
    return Problem(document.file, document.line(loc), document.problem(at, text).text)


def _type_hint(document: Document, loc: Loc, value: Any, expected: str) -> str:
    """Why a value has the wrong type, with the cure where YAML has read a word as something else."""
    written = document.raw.get(loc)
    if value is None:
        return "is empty"
    if expected == "text" and isinstance(value, bool):
        return f"'{written}' is read as {str(value).lower()}: put it in quotes"
    if expected == "text" and written is not None:
        return f"'{written}' is read as a {'date' if isinstance(value, date) else 'number'}: put it in quotes"
    return f"must be {expected}" + (f", not '{written}'" if written else "")


def _fields(model: Any, loc: Loc) -> list[str]:
    """The keys allowed where a record of `model` has an unknown key at `loc`."""
    for part in loc[:-1]:
        if isinstance(part, str):
            annotation = model.model_fields[part].annotation
            inside = [annotation, *get_args(annotation)]
            model = next((kind for kind in inside if isinstance(kind, type) and issubclass(kind, Record)), model)
    return list(model.model_fields)
