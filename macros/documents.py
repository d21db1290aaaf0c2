"""Reading content files: plain values, the line of every value, and the problems found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

Loc = tuple[str | int, ...]  # where a value stands in its file: ("questions", 2, "roles")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to change: `file` from the repository's root, `line` of the value, `text` what is wrong."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class CatalogError(Exception):
    """The content breaks its rules; `problems` lists every place."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Document:
    """A file as it was read: plain values, and where and how each of them was written."""

    file: str
    data: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    raw: dict[Loc, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    body: str = ""  # of a page: what follows the front matter
    body_line: int = 1  # the line it begins on

    def line(self, loc: Loc) -> int:
        """The line of the value at `loc`, or of the nearest thing that holds it."""
        while loc not in self.lines and loc:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, text: str) -> Problem:
        name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
        return Problem(self.file, self.line(loc), f"{name}: {text}" if name else text)

    def at(self, *loc: str | int) -> Any:
        """The value at `loc`, or None when there is none, whatever state the file is in."""
        value = self.data
        for part in loc:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def read_yaml(text: str, file: str, first_line: int = 1) -> Document:
    """Parse one YAML mapping; duplicate keys, aliases and broken syntax become problems, not exceptions.

    `first_line` is the line of the file on which `text` begins (front matter starts on line 2).
    """
    document = Document(file)
    try:
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        hint = ' (put text that contains ": " in quotes)' if "mapping values" in said else ""
        document.problems.append(Problem(file, line, f"cannot be read as YAML: {said}{hint}"))
        return document
    if node is None:
        document.problems.append(Problem(file, first_line, "is empty"))
    elif not isinstance(node, yaml.MappingNode):
        document.problems.append(Problem(file, first_line, "must be a block of `key: value` lines"))
    else:
        document.data = _Reader(document, loader, first_line).read(node, ())
    return document


class _Reader:
    """Turns YAML nodes into plain values and notes in the document where each one stands."""

    def __init__(self, document: Document, loader: yaml.CSafeLoader, first_line: int):
        self.document, self.loader, self.first_line = document, loader, first_line
        self.seen: set[int] = set()

    def read(self, node: yaml.Node, loc: Loc) -> Any:
        """The value of `node`: lists become tuples, keys become text."""
        self.document.lines[loc] = self.first_line + node.start_mark.line
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, loc)
        if id(node) in self.seen:
            self._problem(loc, "repeats a block by an alias: write it out")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.read(child, (*loc, index)) for index, child in enumerate(node.value))
        return self._mapping(node, loc)

    def _scalar(self, node: yaml.ScalarNode, loc: Loc) -> Any:
        self.document.raw[loc] = node.value
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.YAMLError) as error:
            self._problem(loc, f"'{node.value}' cannot be read: {getattr(error, 'problem', error)}")
            return node.value

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        """PyYAML keeps the last of two equal keys in silence; here the second is a problem."""
        values: dict[str, Any] = {}
        for key, child in node.value:
            name = str(key.value)
            if name in values:
                where = (*loc, name)
                text = self.document.problem(where, f"appears twice (first on line {self.document.line(where)})").text
                line = self.first_line + key.start_mark.line
                self.document.problems.append(Problem(self.document.file, line, text))
            else:
                values[name] = self.read(child, (*loc, name))
        return values

    def _problem(self, loc: Loc, text: str) -> None:
        self.document.problems.append(self.document.problem(loc, text))
