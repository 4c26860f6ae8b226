"""Invented patients to practice on: what is told in which step, and what is asked. No right answer is written here.

Facts and nodes are plain words in this place; `pathways/lessons/lesson.py` holds them against the pathways.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from content.load import ADVICE, HERE
from content.model import Identifier, Part, Short
from content.reading import Block, DataError, read_yaml
from content.shapes import build, listing, mapping, same_name

MOST_ASKED = 8               # questions a case: at most ten minutes and forty presses
MOST_STEPS = 5
Told = Annotated[str, Field(min_length=1, max_length=600)]
Remark = Annotated[str, Field(min_length=1, max_length=160)]


class Item(Part):
    """One thing that is told: a fact with its value, or a remark that no rule asks for."""

    fact: str | None = None
    value: object = None
    says: Remark | None = None
    distractor: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Item:
        if (self.fact is None) == (self.says is None) or (self.fact is None) != (self.value is None):
            raise ValueError("it is neither a fact nor a remark; write 'fact' with 'value', or 'says' alone")
        if self.says is not None and not self.distractor:
            raise ValueError("a remark decides nothing here; tag it 'distractor: true', or write it as a fact")
        return self


class Step(Part):
    """One point in a patient's course. `at`: a point of first-line therapy, or a later situation.

    `retracts`: facts that no longer hold; `solved`: decisions shown with their reasons; `ask`: those asked after them.
    """

    at: str
    story: Told
    items: list[Item] = []
    retracts: list[str] = []
    solved: list[str] = []
    ask: list[str] = []


class TeachingCase(Part):
    """One invented patient. `fades`: the worked example of the same kind, of which a part is now asked."""

    id: Identifier
    title: Short
    aims: Annotated[str, Field(min_length=1, max_length=200)]
    level: Literal["basic", "limit", "unclear"]
    kind: Literal["case", "worked"] = "case"
    fades: Identifier | None = None
    steps: Annotated[list[Step], Field(min_length=1)]

    @property
    def asked(self) -> int:
        """How many questions it asks."""
        return sum(len(step.ask) for step in self.steps)


@dataclass(frozen=True)
class Cases:
    """All invented patients by id; `remarks` fill cases made by chance; `places`: file and line of each part."""

    cases: Mapping[str, TeachingCase]
    remarks: tuple[str, ...]
    places: Mapping[str, tuple[Path, int]]


@lru_cache(maxsize=1)
def teaching_cases() -> Cases:
    """The project's invented patients, read once a process. Raises DataError at the first mistake."""
    return load_cases(HERE / "cases")


def load_cases(folder: Path) -> Cases:
    """Read `_remarks.yaml` and every case of `folder`."""
    places: dict[str, tuple[Path, int]] = {}
    cases = {case.id: case for case in (_case(path, places) for path in sorted(folder.glob("[!_]*.yaml")))}
    for case in cases.values():
        path, line = places[f"{case.id}.fades"]
        if case.fades and (case.fades not in cases or cases[case.fades].kind != "worked"):
            raise DataError(path, line, f"'{case.fades}' under 'fades' is no worked example", "name one")
    path = folder / "_remarks.yaml"
    remarks = listing(read_yaml(path), path, 1)
    for remark, line in zip(remarks, remarks.item_lines, strict=True):
        if not isinstance(remark, str):
            raise DataError(path, line, "a remark is no sentence", "write one short sentence an item")
    return Cases(cases, tuple(remarks), places)


def _case(path: Path, places: dict[str, tuple[Path, int]]) -> TeachingCase:
    data = mapping(read_yaml(path), path)
    case = build(TeachingCase, data, path, 1, ADVICE)
    same_name(case.id, path, data.line_of("id"))
    _places(case.id, data, path, places)
    if case.kind == "case" and not case.asked:
        raise DataError(path, 1, f"the case '{case.id}' asks nothing", "add 'ask', or write kind: worked")
    if case.kind == "worked" and (case.asked or not any(step.solved for step in case.steps)):
        raise DataError(path, data.line_of("kind"), "a worked example shows everything solved and asks nothing",
                        "write 'solved' instead of 'ask'")
    if len(case.steps) > MOST_STEPS:
        raise DataError(path, data.line_of("steps"), f"the case has {len(case.steps)} steps", f"keep to {MOST_STEPS}")
    if case.asked > MOST_ASKED:
        raise DataError(path, 1, f"the case asks {case.asked} questions", f"ask at most {MOST_ASKED}")
    return case


def _places(name: str, data: Block, path: Path, places: dict[str, tuple[Path, int]]) -> None:
    """Where a case, its steps, their items and lists stand: `case`, `case.0`, `case.0.items.2`, `case.0.ask.1`."""
    places[name], places[f"{name}.fades"] = (path, data.line), (path, data.line_of("fades"))
    for number, step in enumerate(data["steps"]):
        places[f"{name}.{number}"] = (path, step.line)
        for key in ("items", "retracts", "solved", "ask"):
            for place, line in enumerate(getattr(step.get(key), "item_lines", ())):
                places[f"{name}.{number}.{key}.{place}"] = (path, line)
