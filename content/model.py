"""The shape of what is known: studies, their figures, facts, errata, later results, terms. What each field must be."""
from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from content.printed import numbers, prose_numbers

Unit = Literal[
    "percent", "probability", "ratio", "patients", "people", "count", "years", "months", "weeks", "days",
    "hours", "per 100,000 per year", "per microliter", "x10^9/L", "mg/m2", "mg/m2/day", "micrograms/m2/day",
    "chromosomes", "drugs", "cycles", "blocks", "year", "index", "grade", "regimens",
    "entities"]
Bound = Literal["exact", "below", "above", "about", "at_least", "at_most"]
Review = Literal["read_once", "read_twice"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
Short = Annotated[str, Field(min_length=1, max_length=90)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
Citation = Annotated[int, Field(ge=1, le=226)]


def ranges(value: object) -> object:
    """`[from, to]` or `[[from, to], ...]` as a tuple of pairs."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(item, int) for item in value):
        value = [value]
    if not isinstance(value, list) or not value:
        raise ValueError("write [from, to] or [[from, to], [from, to]]")
    for item in value:
        whole = isinstance(item, list) and len(item) == 2 and all(isinstance(n, int) for n in item)
        if not whole or item[0] > item[1]:
            raise ValueError("write [from, to] with from <= to")
    return tuple(tuple(item) for item in value)


def without_figures(value: object) -> object:
    """Own words without a number of their own: a number stands once, in a figure."""
    found = prose_numbers(value) if isinstance(value, str) else []
    if found:
        raise ValueError(f"holds the number {found[0]}; numbers stand in figures, say it without")
    return value


Lines = Annotated[tuple[tuple[int, int], ...], BeforeValidator(ranges)]
Prose = Annotated[Sentence, BeforeValidator(without_figures)]


class Part(BaseModel):
    """Anything read from a file: no unknown field, never changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Spread(Part):
    """How uncertain an estimate is, as the text says: an error of one number, or an interval."""

    kind: Literal["se", "sd", "unlabelled", "ci95", "range"]
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Spread:
        interval = self.kind in ("ci95", "range")
        if interval and (self.value is not None or self.low is None or self.high is None or self.low > self.high):
            raise ValueError(f"a spread of kind {self.kind} has 'low' and 'high', low <= high")
        if not interval and (self.value is None or self.low is not None or self.high is not None):
            raise ValueError(f"a spread of kind {self.kind} has one 'value'")
        return self


class Time(Part):
    """When an estimate holds."""

    value: Decimal
    unit: Literal["years", "months", "weeks", "days"]
    counted_from: Literal["diagnosis", "start", "relapse", "transplant", "infusion", "not_stated"] = "not_stated"


class Figure(Part):
    """One number of the text, with all that belongs to it.

    `as_printed` holds the printed numbers with symbols decoded and the source's own errors kept; its numbers are those
    of `value`, `low`, `high`, `spread`, `n`, `count` and `of`, no more and no fewer. [unit: `unit`, else the measure's]
    """

    id: Identifier
    measure: str
    what: Short | None = None
    population: Short
    subgroup: bool = False
    arm: str | None = None
    at: Time | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = "exact"
    unit: Unit | None = None
    spread: Spread | Literal["none_reported", "not_applicable"]
    n: int | None = None
    count: int | None = None
    of: int | None = None
    denominator: Short | None = None
    as_printed: str
    lines: Lines
    citations: list[Citation] = []
    nodes: list[str] = []

    @model_validator(mode="after")
    def _agrees_with_print(self) -> Figure:
        if (self.low is None) != (self.high is None) or (self.low is not None and self.low > self.high):
            raise ValueError("'low' and 'high' stand together, low <= high")
        if self.value is None and self.low is None and not isinstance(self.spread, Spread) and self.count is None:
            raise ValueError("there is no value: add 'value', or 'low' and 'high', or 'count'")
        if self.count is not None and self.of is not None and self.count > self.of:
            raise ValueError("'count' is larger than 'of'")
        mine, printed = sorted(self.numbers()), sorted(numbers(self.as_printed))
        if mine != printed:
            raise ValueError(f"its numbers {_list(mine)} are not those of as_printed {_list(printed)}")
        return self

    def numbers(self) -> list[Decimal]:
        """Every number of the figure but its time point."""
        spread = self.spread if isinstance(self.spread, Spread) else None
        every = [self.value, self.low, self.high, self.n, self.count, self.of]
        every += [spread.value, spread.low, spread.high] if spread else []
        return [Decimal(number) for number in every if number is not None]


class Comparison(Part):
    """A comparison that the text makes between figures, or of `what` it prints no rates; `p` only where printed."""

    id: Identifier
    between: list[str] = []
    what: Short | None = None
    randomised: bool
    subgroup: bool = False
    verdict: Literal["better_first", "better_second", "no_difference", "not_significant", "stated_only"] = "stated_only"
    p: Decimal | None = None
    p_bound: Literal["exact", "below"] = "exact"
    sides: Literal["one", "two", "not_stated"] = "not_stated"
    as_printed: str | None = None
    lines: Lines
    citations: list[Citation] = []

    @model_validator(mode="after")
    def _p_as_printed(self) -> Comparison:
        if (len(self.between) < 2) == (self.what is None):
            raise ValueError("name two figures in 'between', or say 'what' was compared where no rates are printed")
        if (self.p is None) != (self.as_printed is None):
            raise ValueError("'p' and 'as_printed' stand together")
        if self.p is not None and not 0 <= self.p <= 1:
            raise ValueError("a P lies between 0 and 1")
        if self.p is not None and numbers(self.as_printed) != [self.p]:
            raise ValueError(f"'p' is {self.p}, as_printed says {self.as_printed}")
        return self


class Age(Part):
    """Ages of a study's people. `up_to` counts completed years or months: 30 lets 30.9 years in."""

    at_least: Decimal | None = None
    up_to: Decimal | None = None
    under: Decimal | None = None
    unit: Literal["years", "months"] = "years"
    basis: Literal["eligibility", "observed", "not_stated"]
    as_printed: str
    lines: Lines

    @model_validator(mode="after")
    def _agrees_with_print(self) -> Age:
        mine = sorted(number for number in (self.at_least, self.up_to, self.under) if number is not None)
        if not mine or (self.up_to is not None and self.under is not None):
            raise ValueError("give 'at_least' and one of 'up_to' or 'under'")
        if mine != sorted(numbers(self.as_printed)):
            raise ValueError(f"its numbers {_list(mine)} are not those of as_printed '{self.as_printed}'")
        return self


class Criterion(Part):
    """Who belongs to a study, as a pathway condition; age, setting, lineage and Ph status come by themselves."""

    what: Short
    when: str
    lines: Lines


class Population(Part):
    """Who was studied."""

    who: Prose
    age: Age | None = None
    n: str | None = None
    criteria: list[Criterion] = []


class Arm(Part):
    """What one group of a study received."""

    id: Identifier
    name: Short
    what: Prose | None = None


class Design(Part):
    """How a study was made, as far as the text says."""

    randomised: Literal["randomised", "partly", "not_randomised", "not_stated"]
    phase: Literal["1", "1/2", "2", "3", "retrospective", "registry", "review", "laboratory", "not_stated"]
    single_arm: bool = False


class Registration(Part):
    """A study's entry in a public register."""

    id: str
    kind: Literal["nct", "isrctn", "eudract", "other"]
    address: str | None = None

    @model_validator(mode="after")
    def _well_formed(self) -> Registration:
        form = {"nct": r"NCT\d{8}", "isrctn": r"ISRCTN\d{8}", "eudract": r"\d{4}-\d{6}-\d{2}"}.get(self.kind, r".+")
        if not re.fullmatch(form, self.id):
            raise ValueError(f"'{self.id}' is no {self.kind} number")
        return self


class Report(Part):
    """A published report of a study."""

    citation: Annotated[str, Field(min_length=1, max_length=600)]
    doi: str | None = None
    pmid: Annotated[str | None, Field(pattern=r"^\d{1,8}$")] = None
    address: str | None = None
    note: str | None = None


class BearsOn(Part):
    """Pages and nodes of the pathways that a study bears on; checked when the pathways are read."""

    pages: list[str] = []
    nodes: list[str] = []


class Trial(Part):
    """One trial, study or analysis that the text describes."""

    id: Identifier
    name: Short
    also: list[Short] = []
    review: Review
    status: Literal["reported", "under_way"]
    setting: list[str]
    lineage: list[str] = []
    ph: list[Literal["Ph-positive", "Ph-negative", "Ph-like"]] = []
    age_groups: list[str] = []
    groups: list[str] = []
    agents: list[str] = []
    design: Design
    question: Prose
    population: Population
    arms: list[Arm] = []
    follow_up: str | None = None
    finding: Prose
    caveats: list[Prose] = []
    in_text: Lines
    citations: list[Citation] = []
    bears_on: BearsOn = BearsOn()
    registry: list[Registration] = []
    reports: list[Report] = []
    note: str | None = None
    figures: list[Figure] = []
    comparisons: list[Comparison] = []
    file: str = ""


class Facts(Part):
    """Numbers that belong to no trial: one topic a file."""

    topic: Identifier
    title: Short
    review: Review
    figures: list[Figure]
    file: str = ""


class Measure(Part):
    """What a figure measures."""

    name: Short
    short: Annotated[str, Field(min_length=1, max_length=24)]
    unit: Unit
    kind: Literal["time_to_event", "response", "share", "count", "duration", "dose", "threshold", "other"]
    definition: Sentence
    plain: Sentence


def _list(values: list[Decimal]) -> str:
    return "[" + ", ".join(str(value) for value in values) + "]"


class Shown(Part):
    """Where a correction or a later result is shown; names are checked when the pathways are read."""

    trials: list[str] = []
    figures: list[str] = []
    nodes: list[str] = []


class Witness(Part):
    """What an erratum leans on."""

    what: Annotated[str, Field(min_length=1, max_length=300)]
    address: str | None = None


class Erratum(Part):
    """A place where the text is wrong, leaves something out or was replaced, or where our copy of it is damaged."""

    id: Identifier
    heading: Literal["printed_wrongly", "left_out", "since_replaced", "damaged_copy"]
    about: Short
    as_printed: Annotated[str, Field(min_length=1, max_length=300)]
    better: Annotated[str, Field(min_length=1, max_length=400)]
    known: Literal["extraction", "visible", "primary_report", "not_verified"]
    witnesses: list[Witness] = []
    severity: Literal["dangerous", "material", "cosmetic"]
    lines: Lines
    shown: Shown
    note: Annotated[str, Field(max_length=500)] | None = None

    @model_validator(mode="after")
    def _leans_on_something(self) -> Erratum:
        if self.known == "primary_report" and not self.witnesses:
            raise ValueError("a primary report is claimed and none is named: add 'witnesses'")
        if not (self.shown.trials or self.shown.nodes or self.shown.figures):
            raise ValueError("it is shown nowhere: name a trial, a figure or a node")
        return self


class Later(Part):
    """A result or approval after the text: a flag at the nodes it touches, never part of the 2020 answer."""

    id: Identifier
    title: Short
    finding: Annotated[str, Field(min_length=1, max_length=500)]
    figures: list[Annotated[str, Field(min_length=1, max_length=300)]] = []
    topics: list[Short] = []
    published: Annotated[str, Field(pattern=r"^20\d\d(-\d\d)?$")]
    citation: Annotated[str, Field(min_length=1, max_length=400)]
    address: str | None = None
    not_seen: list[Short] = []
    lines: Lines
    shown: Shown


class Term(Part):
    """A term of the field, for professionals and in plain words."""

    id: Identifier
    term: Short
    full: Short | None = None
    also: list[Short] = []
    short: Sentence
    plain: Sentence
    lines: Lines | None = None
    origin: Literal["text", "field"]
