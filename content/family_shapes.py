"""The shape of the words for families: topics, public pages, figures to ask for, sentences said everywhere."""
from __future__ import annotations

import re
from datetime import date
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from content.model import Identifier, Lines, Part, Short, Whole

MEASURES = ("efs", "dfs", "os")


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"'{value[:20]}' is no day; write it as '2026-11-22', in quotes") from None
    return value


def _form(pattern: str, message: str) -> BeforeValidator:
    """A text of one form; `message` says what is wrong and, after a semicolon, what to do."""
    def check(value: object) -> object:
        if not isinstance(value, str) or not re.search(pattern, value):
            raise ValueError(message)
        return value
    return BeforeValidator(check)


def _fills(*names: str) -> AfterValidator:
    """A sentence with exactly these places to fill in."""
    def check(value: str) -> str:
        found = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
        if found != set(names):
            wanted = ", ".join(f"{{{name}}}" for name in names)
            raise ValueError(f"its places to fill in are not the ones it needs; write {wanted}, each in braces")
        return value
    return AfterValidator(check)


def _at_least(number: int, remedy: str) -> AfterValidator:
    def check(value: list) -> list:
        if len(value) < number:
            raise ValueError(f"it has {len(value)}; {remedy}")
        return value
    return AfterValidator(check)


Plain = Annotated[str, Field(min_length=1, max_length=1200)]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Question = Annotated[Line, _form(r"\?$", "it is no question; end it with a question mark")]
FigureName = Annotated[str, _form(r"^\w+\.\w+$", "it names no figure; write study.figure, e.g. aall0232.efs_hd_mtx")]
Address = Annotated[str, _form(r"^https://\S+$", "it is no address; write it whole, https:// first, without a space")]


class PublicSource(Part):
    """A public page that the topics lean on beyond the guideline's text.

    `seen`: the day it was read. `copy_read`: which copy that was, where it was not the page as it stands today.
    """

    id: Identifier
    title: Annotated[str, Field(min_length=1, max_length=200)]
    publisher: Short
    address: Address
    seen: Annotated[str, AfterValidator(_day)]
    copy_read: Annotated[str, Field(min_length=1, max_length=160)] | None = None


class Passage(Part):
    """A few plain sentences under one heading, and where they come from: lines of the text, public pages, or both.

    `paragraphs`: each a few short sentences. `picture`: a drawing that the page makes from data.
    """

    heading: Short
    paragraphs: Annotated[list[Plain], Field(min_length=1)]
    lines: Lines | None = None
    sources: list[Identifier] = []
    picture: Literal["phases"] | None = None


class Topic(Part):
    """One page of plain words. `short`: what to take home, also on paper; `numbers`: what may be asked for."""

    id: Identifier
    title: Short
    part: Short
    order: Annotated[int, Field(ge=1, le=99)]
    lead: Annotated[str, Field(min_length=1, max_length=200)]
    short: Annotated[list[Line], Field(max_length=5), _at_least(2, "write two sentences or more")]
    passages: Annotated[list[Passage], Field(min_length=1)]
    numbers: list[Identifier] = []
    ask: Annotated[list[Question], Field(max_length=6), _at_least(3, "write three questions or more")]
    see: list[Identifier] = []

    def strings(self) -> list[str]:
        """Every sentence that the page of this topic says."""
        told = [words for passage in self.passages for words in (passage.heading, *passage.paragraphs)]
        return [self.title, self.lead, *self.short, *told, *self.ask]


class Number(Part):
    """A figure of a study that a family may ask for; its digits are those of the figure.

    `figure` and `against`: `study.figure`; `against` only an arm randomised against the first. `people`: who was in the
    study. `group` and `against_group` end the words "children who got ..." and stand only where two groups are told.
    `note`: what else belongs beside the years in which children joined.
    """

    id: Identifier
    title: Short
    figure: FigureName
    against: FigureName | None = None
    people: Annotated[str, Field(min_length=1, max_length=200)]
    group: Short | None = None
    against_group: Short | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _two_groups_or_one(self) -> Number:
        if len({self.against is None, self.group is None, self.against_group is None}) > 1:
            raise ValueError("'against', 'group' and 'against_group' stand together; add the others, or leave all out")
        return self

    def strings(self) -> list[str]:
        """Every word of it that a page says."""
        return [self.title, self.people, *filter(None, (self.group, self.against_group, self.note))]


class Band(Part):
    """What a share of 100 children, from this number on, is called in words."""

    at_least: Annotated[Whole, Field(ge=0, le=100)]
    say: Short


class MeasureWords(Part):
    """A measure in plain words: what it counts, what the counted children did, what the others had.

    `when` takes `{years}`; `others` takes `{n}` and is told only where both sides are asked for.
    """

    name: Short
    meaning: Line
    did: Line
    when: Annotated[Short, _fills("years")]
    others: Annotated[Line, _fills("n")]


def _down_to_nothing(bands: list[Band]) -> list[Band]:
    limits = [band.at_least for band in bands]
    if limits != sorted(set(limits), reverse=True) or limits[-1:] != [0]:
        raise ValueError("the limits leave a gap; write them from the highest down to 0")
    return bands


def _every_measure(words: dict[str, MeasureWords]) -> dict[str, MeasureWords]:
    if set(words) != set(MEASURES):
        raise ValueError(f"it has words for {', '.join(words) or 'none'}; write {', '.join(MEASURES)}")
    return words


class Fixed(Part):
    """Sentences that are said in the same words everywhere."""

    general: Plain
    plan_note: Short
    no_range: Line
    range: Annotated[Line, _fills("low", "high")]
    joined: Annotated[Line, _fills("first", "last")]
    joined_open: Annotated[Line, _fills("first")]
    in_words: Annotated[Line, _fills("study", "band", "did", "when")]
    in_words_both: Annotated[Line, _fills("study", "band", "did", "when")]
    in_words_group: Annotated[Line, _fills("study", "band", "group", "did", "when")]
    of_100: Annotated[Line, _fills("n", "did", "when")]
    of_100_group: Annotated[Line, _fills("n", "group", "did", "when")]
    not_in_group: Line
    more: Annotated[Line, _fills("n", "group")]
    same: Line
    unclear: Line
    after: Line
    bands: Annotated[list[Band], AfterValidator(_down_to_nothing)]
    measures: Annotated[dict[str, MeasureWords], AfterValidator(_every_measure)]
