"""The shape of a guideline: facts, pages, nodes, statements, schemes, ambiguities. What each field must be."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from content.model import Part
from pathways.cells import Space
from pathways.conditions import And, Not, Tree
from pathways.facts import Fact

Strength = Literal["recommended", "should", "preferred", "consider", "may", "option", "encouraged"]
Category = Literal["1", "2A", "2B", "3"]


def _ranges(value: object) -> object:
    """`[from, to]` or `[[from, to], ...]` as a tuple of pairs."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(item, int) for item in value):
        value = [value]
    if not isinstance(value, list):
        raise ValueError("write [from, to] or [[from, to], [from, to]]")
    for item in value:
        whole = isinstance(item, list) and len(item) == 2 and all(isinstance(n, int) for n in item)
        if not whole or item[0] > item[1]:
            raise ValueError("write [from, to] with from <= to")
    return tuple(tuple(item) for item in value)


def _category(value: object) -> object:
    return str(value)


Lines = Annotated[tuple[tuple[int, int], ...], BeforeValidator(_ranges)]
Short = Annotated[str, Field(min_length=1, max_length=48)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]


class Statement(Part):
    """What the text says at a node: a recommendation with its strength, or a description without."""

    id: str
    kind: Literal["recommendation", "description"]
    strength: Strength | None = None
    category: Annotated[Category | None, BeforeValidator(lambda v: None if v is None else _category(v))] = None
    say: Sentence
    lines: Lines


class Note(Part):
    """An ambiguity shown at a node; with `when`, only where that is known to be true."""

    id: str
    when: str = ""


class Residual(Part):
    """Where the text itself leaves "the rest"."""

    lines: Lines
    note: str


class Branch(Part):
    """One answer of a decision."""

    when: str
    to: str
    residual: Residual | None = None


class Opening(Part):
    """A declared ambiguous cell: in it, `open` replaces the branch."""

    id: str
    when: str
    open: list[str]


class Way(Part):
    """One way of a choice."""

    to: str


class Node(Part):
    """One node of a page."""

    kind: Literal["decision", "action", "choice", "link", "silent", "stop"]
    title: Short
    lines: Lines
    say: Sentence | None = None
    statements: list[Statement] = []
    notes: list[Note] = []
    branches: list[Branch] = []
    ambiguous: list[Opening] = []
    ways: list[Way] = []
    next: str | None = None
    to: str | None = None
    situation: str | None = None
    risk: bool = False
    status: Literal["out_of_scope", "stopped"] | None = None
    id: str = ""
    page: str = ""
    line: int = 0


class Page(Part):
    """One page of the guideline as a graph."""

    page: str
    title: str
    printed_page: int | None = None
    review: Literal["read_once", "read_twice"]
    start: str
    nodes: dict[str, Node]
    file: str = ""

    @property
    def id(self) -> str:
        return self.page


class Group(Part):
    """One group of a risk scheme."""

    id: str
    name: str
    when: str
    residual: Residual | None = None
    lines: Lines


class Scheme(Part):
    """A risk scheme: one decision whose answers are groups."""

    scheme: str
    name: str
    made: Literal["initial", "after_induction"]
    review: Literal["read_once", "read_twice"]
    lines: Lines
    groups: list[Group]
    ambiguous: list[Opening] = []
    notes: list[Note] = []
    file: str = ""

    @property
    def id(self) -> str:
        return self.scheme


class Definition(Part):
    """A named condition."""

    when: str
    label: str
    lines: Lines
    notes: list[str] = []


class Constraint(Part):
    """What cannot be true together."""

    id: str
    must: str
    reason: str


class Ambiguity(Part):
    """Where the text is silent or contradicts itself."""

    effect: Literal["open", "ask", "fixed", "note", "display"]
    title: str
    say: str
    lines: Lines
    severity: Literal["info", "caution", "danger"]


@dataclass(frozen=True)
class Edge:
    """From one node to the next; `when` is None where no condition decides. `label` is in words."""

    source: str
    target: str
    when: Tree | None
    label: str
    page: str
    residual: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a decision can come to: one target, or, in an ambiguous cell, several. `index` is the branch's place.

    `rule` is the condition as written, `cells` are the ambiguous cells in which it does not decide.
    """

    rule: Tree
    targets: tuple[str, ...]
    ambiguity: str = ""
    index: int = -1
    cells: tuple[Tree, ...] = ()

    @cached_property
    def tree(self) -> Tree:
        """Where this is what the decision comes to: the rule without the ambiguous cells."""
        return reduce(lambda tree, cell: And((tree, Not(cell))), self.cells, self.rule)


@dataclass
class Guideline:
    """Everything read and checked. Treat as immutable; shared by all sessions."""

    facts: Mapping[str, Fact]
    pages: Mapping[str, Page]
    nodes: Mapping[str, Node]
    schemes: Mapping[str, Scheme]
    definitions: Mapping[str, Tree]
    definition_data: Mapping[str, Definition]
    constraints: Mapping[str, tuple[Constraint, Tree]]
    ambiguities: Mapping[str, Ambiguity]
    sections: list[tuple[int, int, str]]
    outcomes: Mapping[str, list[Outcome]]
    scheme_outcomes: Mapping[str, list[Outcome]]
    edges: list[Edge]
    space: Space
    start: str = "situation"
    order: list[str] = field(default_factory=list)
    conditions: Mapping[str, Tree] = field(default_factory=dict)
    cache: dict = field(default_factory=dict)

    def section(self, line: int) -> str:
        """Title of the section of the text in which a line stands."""
        return next((title for low, high, title in self.sections if low <= line <= high), "")

    def apart(self, first: Sequence[str] | None = None) -> Guideline:
        """The same guideline with sets of its own, so that work on it stands in nobody's way; see `Space.anew`."""
        return replace(self, space=self.space.anew(first), cache={})

    def labels(self) -> dict[str, str]:
        """Definitions in words."""
        return {name: data.label for name, data in self.definition_data.items()}
