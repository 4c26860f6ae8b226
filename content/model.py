"""The shape of what is known: studies, their figures, facts, errata, later results, terms. What each field must be."""
from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from content.printed import numbers, prose_numbers

Unit = Literal[
    "percent", "probability", "ratio", "patients", "people", "count", "years", "months", "weeks", "days",
    "hours", "per 100,000 per year", "per microliter", "x10^9/L", "mg/m2", "mg/m2/day", "micrograms/m2/day",
    "chromosomes", "drugs", "cycles", "blocks", "year", "index", "grade", "regimens",
    "entities"]
Bound = Literal["exact", "below", "above", "about", "at_least", "at_most"]
Review = Literal["read_once", "read_twice"]


def identifier(value: str) -> str:
    """A readable id that can stand in an address."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", value) or len(value) > 60:
        raise ValueError(f"'{value[:60]}' is no id; write small letters, digits and underscores, a letter first")
    return value


def month(value: object) -> object:
    """A year, or a year and a month, of this century."""
    if not isinstance(value, str) or not re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", value):
        raise ValueError(f"'{str(value)[:20]}' is no date; write '2024' or, with its month, '2024-12', in quotes")
    return value


def spread_form(value: object) -> object:
    """An uncertainty with its kind, or one of two words where there is none."""
    if not isinstance(value, dict) and value not in ("none_reported", "not_applicable"):
        raise ValueError("no uncertainty is named; write none_reported, not_applicable, or {kind: ...} as printed")
    if isinstance(value, dict) and "kind" not in value:
        raise ValueError("it has no kind; write se, sd, unlabelled, ci95 or range, as the text calls it")
    return value


Identifier = Annotated[str, AfterValidator(identifier)]
Short = Annotated[str, Field(min_length=1, max_length=90)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
LAST_CITATION = 226


def plain_number(value: object) -> object:
    """A number as the reader of files makes it; text that looks like one (2e1, '80') is refused."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, Decimal))):
        raise ValueError(f"'{str(value)[:20]}' is no plain number; write it as 80 or 0.01, without quotes or exponent")
    return value


def citation(value: object) -> object:
    """A number of the text's list of references."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LAST_CITATION:
        raise ValueError(f"'{str(value)[:20]}' is no reference of the text; its list goes from 1 to {LAST_CITATION}")
    return value


Number = Annotated[Decimal, BeforeValidator(plain_number)]
Whole = Annotated[int, BeforeValidator(plain_number)]
Citation = Annotated[int, BeforeValidator(citation)]


def ranges(value: object) -> object:
    """`[from, to]` or `[[from, to], ...]` as a tuple of pairs."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(item, int) for item in value):
        value = [value]
    if not isinstance(value, list) or not value:
        raise ValueError("no lines of the text are named; write [from, to] or [[from, to], [from, to]]")
    for item in value:
        whole = isinstance(item, list) and len(item) == 2 and all(isinstance(n, int) for n in item)
        if not whole or item[0] > item[1]:
            raise ValueError("the lines are no range; write [from, to], the earlier one first")
    return tuple(tuple(item) for item in value)


def without_figures(value: object) -> object:
    """Own words without a number of their own: a number stands once, in a figure."""
    found = prose_numbers(value) if isinstance(value, str) else []
    if found:
        raise ValueError(f"holds the number {found[0]}; numbers stand in figures, so say it without")
    return value


def web_address(value: object) -> object:
    """The address of a public page."""
    if not isinstance(value, str) or not re.fullmatch(r"https://\S+", value):
        raise ValueError(f"'{str(value)[:40]}' is no address; write it whole, from https:// on")
    return value


Address = Annotated[str, BeforeValidator(web_address)]
Lines = Annotated[tuple[tuple[int, int], ...], BeforeValidator(ranges)]
Prose = Annotated[Sentence, BeforeValidator(without_figures)]


class Part(BaseModel):
    """Anything read from a file: no unknown field, never changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(Part):
    """A section of the text."""

    id: Short
    title: Short
    lines: Lines


class Spread(Part):
    """How uncertain an estimate is, as the text says: an error of one number, or an interval."""

    kind: Literal["se", "sd", "unlabelled", "ci95", "range"]
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Spread:
        interval = self.kind in ("ci95", "range")
        if interval and (self.value is not None or self.low is None or self.high is None or self.low > self.high):
            raise ValueError(f"a spread of kind {self.kind} is an interval; "
                             "write 'low' and 'high' alone, the lower one first")
        if not interval and (self.value is None or self.low is not None or self.high is not None):
            raise ValueError(f"a spread of kind {self.kind} is one number; write 'value' alone")
        return self


class Time(Part):
    """When an estimate holds."""

    value: Number
    unit: Literal["years", "months", "weeks", "days"]
    counted_from: Literal["diagnosis", "start", "relapse", "transplant", "infusion", "not_stated"] = "not_stated"


class Correction(Part):
    """What a report of the study gives for the same estimate; shown beside the text's value, never in its place.

    `at` only where its time differs from the figure's; `not_seen`: its uncertainty was not looked up or not printed.
    """

    reason: Literal["more_digits", "later_report", "printed_wrongly"]
    value: Number
    at: Time | None = None
    spread: Spread | Literal["not_seen"]
    n: Whole | None = None
    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Annotated[str, Field(min_length=1, max_length=300)]
    address: str | None = None


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
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    bound: Bound = "exact"
    unit: Unit | None = None
    spread: Annotated[Spread | Literal["none_reported", "not_applicable"], BeforeValidator(spread_form)]
    n: Whole | None = None
    count: Whole | None = None
    of: Whole | None = None
    denominator: Short | None = None
    as_printed: str
    lines: Lines
    citations: list[Citation] = []
    nodes: list[str] = []
    corrected: Correction | None = None

    @model_validator(mode="after")
    def _agrees_with_print(self) -> Figure:
        if (self.low is None) != (self.high is None) or (self.low is not None and self.low > self.high):
            raise ValueError("'low' and 'high' make no range; write both, the lower one first")
        if self.value is None and self.low is None and not isinstance(self.spread, Spread) and self.count is None:
            raise ValueError("it holds no value; add 'value', or 'low' and 'high', or 'count'")
        if self.count is not None and self.of is not None and self.count > self.of:
            raise ValueError("'count' is larger than 'of'; read the passage again, the part comes first")
        mine, printed = sorted(self.numbers()), sorted(numbers(self.as_printed))
        if mine != printed:
            raise ValueError(f"its numbers {_list(mine)} are not those of as_printed {_list(printed)}; "
                             "read the passage again, then mend one of them")
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
    p: Number | None = None
    p_bound: Literal["exact", "below"] = "exact"
    sides: Literal["one", "two", "not_stated"] = "not_stated"
    as_printed: str | None = None
    lines: Lines
    citations: list[Citation] = []

    @model_validator(mode="after")
    def _p_as_printed(self) -> Comparison:
        if (len(self.between) < 2) == (self.what is None):
            raise ValueError("it does not say what is compared; name two figures in 'between', or say it in 'what' "
                             "where no rates are printed")
        if (self.p is None) != (self.as_printed is None):
            raise ValueError("'p' and 'as_printed' stand together; add the other, or leave both out")
        if self.p is not None and not 0 <= self.p <= 1:
            raise ValueError(f"the P is {self.p}; a P lies from 0 to 1")
        if self.p is not None and numbers(self.as_printed) != [self.p]:
            raise ValueError(f"'p' is {self.p}, as_printed says {self.as_printed}; read the passage again")
        return self


class Age(Part):
    """Ages of a study's people. `up_to` counts completed years or months: 30 lets 30.9 years in."""

    at_least: Number | None = None
    up_to: Number | None = None
    under: Number | None = None
    unit: Literal["years", "months"] = "years"
    basis: Literal["eligibility", "observed", "not_stated"]
    as_printed: str
    lines: Lines

    @model_validator(mode="after")
    def _agrees_with_print(self) -> Age:
        mine = sorted(number for number in (self.at_least, self.up_to, self.under) if number is not None)
        if not mine or (self.up_to is not None and self.under is not None):
            raise ValueError("the ages make no range; write 'at_least' and one of 'up_to' or 'under'")
        if mine != sorted(numbers(self.as_printed)):
            raise ValueError(f"its numbers {_list(mine)} are not those of as_printed '{self.as_printed}'; "
                             "read the passage again")
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
            raise ValueError(f"'{self.id}' is no {self.kind.upper()} number; copy it from the register")
        return self


class Report(Part):
    """A published report of a study."""

    citation: Annotated[str, Field(min_length=1, max_length=600)]
    doi: str | None = None
    pmid: Annotated[str | None, Field(pattern=r"^\d{1,8}$")] = None
    address: str | None = None
    note: str | None = None


class Recruited(Part):
    """The years in which a study took people in, from its register entry or a report; the text seldom prints them."""

    first: Annotated[int, Field(ge=1960, le=2030)]
    last: Annotated[int, Field(ge=1960, le=2030)] | None = None
    source: Annotated[str, Field(min_length=1, max_length=200)]
    address: Address

    @model_validator(mode="after")
    def _in_order(self) -> Recruited:
        if self.last is not None and self.last < self.first:
            raise ValueError("'last' lies before 'first'; write the earlier year first")
        return self


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
    recruited: Recruited | None = None
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
            raise ValueError("a primary report is claimed and none is named; add it under 'witnesses'")
        if (self.heading == "damaged_copy") != (self.known == "extraction"):
            raise ValueError("what only our copy has lost is no error in print; "
                             "write heading damaged_copy and known extraction together")
        if not (self.shown.trials or self.shown.nodes or self.shown.figures):
            raise ValueError("it is shown nowhere; name a trial, a figure or a node under 'shown'")
        return self


class Later(Part):
    """A result or approval after the text: a flag at the nodes it touches, never part of the 2020 answer."""

    id: Identifier
    title: Short
    finding: Annotated[str, Field(min_length=1, max_length=500)]
    figures: list[Annotated[str, Field(min_length=1, max_length=300)]] = []
    topics: list[Short] = []
    published: Annotated[str, BeforeValidator(month)]
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


Told = Annotated[str, Field(min_length=1, max_length=500)]


class SourceCard(Part):
    """For whom the project is, what it leans on, how it was tested, its limits; no field may be left empty."""

    intended_user: Told
    population: Told
    inputs: Told
    exclusions: Told
    developer: Told
    funding: Told
    source: Told
    release: Told
    revision: Told
    tested: Annotated[list[Told], Field(min_length=1)]
    limits: Annotated[list[Told], Field(min_length=1)]
    age: Told
    sex: Told
    race: Told
