"""What is drawn on Outcomes: one panel a study and end point, its rows in the order of the text. No mark is drawn here.

A standard error is kept as it is printed and drawn as the value plus and minus one of it, labeled "SE"; an SD and a "±"
that the text does not name likewise. So no end of a line is computed but by adding or subtracting a printed number.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from content import tables
from content.load import Knowledge, knowledge
from content.model import Comparison, Correction, Erratum, Figure, Later, Spread, Time, Trial

TOPS = {"percent": Decimal(100), "probability": Decimal(1)}
POINTS = ("exact", "about")
SPREADS = {"se": "± {} SE", "sd": "± {} labeled SD in the text", "unlabelled": "± {} as printed, not named in the text"}
INTERVALS = {"ci95": "95% CI {} to {}", "range": "range {} to {}"}
NONE_REPORTED = "no uncertainty reported"
NOT_SEEN = "its uncertainty is not entered here"
WRONG = "printed value known to be wrong: in the table only"
NO_PERCENT = "no percentage printed: not drawn"
NO_POINT = "no single value printed: not drawn"
REASONS = {"more_digits": "With more digits in the study's report, {}", "later_report": "Later report, {}",
           "printed_wrongly": "Right value, report of {}"}


@dataclass(frozen=True)
class Group:
    """An end point, or a few that belong together."""

    id: str
    label: str
    name: str
    measures: tuple[str, ...]


GROUPS = (
    Group("efs", "EFS", "Event-free survival (EFS)", ("efs",)),
    Group("dfs", "DFS", "Disease-free survival (DFS)", ("dfs",)),
    Group("os", "OS", "Overall survival (OS)", ("os",)),
    Group("pfs_rfs", "PFS, RFS", "Progression- or relapse-free survival", ("pfs", "rfs")),
    Group("pefs", "pEFS", "Probability of event-free survival (pEFS)", ("pefs",)),
    Group("remission", "Remission", "Remission and response",
          ("cr", "cr2", "cr_any", "response", "partial_remission", "no_response")),
    Group("mrd", "MRD", "MRD negative", ("mrd_negative",)),
    Group("course", "Relapse, death, HSCT", "Relapse, death and transplant",
          ("relapse", "remained_in_remission", "death", "trm", "hsct_share")),
    Group("toxicity", "Adverse events", "Adverse events", ("toxicity",)),
    Group("times", "Median times", "Median and mean times",
          ("os_median", "os_mean", "pfs_median", "dfs_median", "remission_duration")),
)
BY_ID = {group.id: group for group in GROUPS}


@dataclass(frozen=True)
class Mark:
    """One dot: a value as printed, the ends of its line, and in words when it holds and how uncertain it is."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    stops: tuple[bool, bool]
    kind: str
    amount: str
    when: str
    spread: str
    report: str = ""


@dataclass(frozen=True)
class Row:
    """One estimate of the text: whose it is, its mark, and the mark of a report that gives another value."""

    figure: Figure
    name: str
    details: tuple[str, ...]
    amount: str
    when: str
    spread: str
    mark: Mark | None
    why_not: str
    second: Mark | None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The dots of this row."""
        return tuple(filter(None, (self.mark, self.second)))


@dataclass(frozen=True, eq=False)
class Panel:
    """One study and end point; made once a process, so that its figure is, too."""

    key: str
    trial: Trial
    group: Group
    unit: str
    rows: tuple[Row, ...]
    compared: tuple[str, ...]
    errata: tuple[Erratum, ...]
    later: tuple[Later, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All dots, in the order of the rows."""
        return tuple(mark for row in self.rows for mark in row.marks)

    @property
    def time(self) -> str | None:
        """The time point that all rows share, in words; None where they differ, or where the text names it for some."""
        times = {row.when for row in self.rows}
        return times.pop() if len(times) == 1 else None

    @property
    def title(self) -> str:
        """End point and time point."""
        measures = {row.figure.measure for row in self.rows}
        name = knowledge().measures[measures.pop()].name if len(measures) == 1 and len(self.group.measures) > 1 \
            else self.group.name
        if self.time is None:
            return f"{name}, time at each dot"
        timed = knowledge().measures[self.rows[0].figure.measure].kind == "time_to_event"
        return f"{name} {self.time}" if self.time else f"{name}, time not printed" if timed else name

    @property
    def alone(self) -> str:
        """What stands where the text compares nothing."""
        if self.trial.design.single_arm:
            return "No comparison group."
        return "" if self.compared else "No comparison between these groups is printed." if len(self.rows) > 1 else \
            "No comparison group printed."


def settings(known: Knowledge) -> list[str]:
    """The settings in which a study has something to show, in the order of the vocabulary."""
    return [key for key in known.vocabulary["settings"] if any(panels(key, group.id) for group in GROUPS)]


def groups(setting: str) -> list[Group]:
    """The end points that are printed in a setting."""
    return [group for group in GROUPS if panels(setting, group.id)]


@cache
def panels(setting: str, group: str) -> tuple[Panel, ...]:
    """The panels of a setting and an end point: studies in the order of the text."""
    return tuple(panel for panel in every() if panel.group.id == group and setting in panel.trial.setting)


@cache
def every() -> tuple[Panel, ...]:
    """Every panel there is: studies in the order of the text, their end points in that of GROUPS."""
    known = knowledge()
    studies = sorted(known.trials.values(), key=lambda trial: trial.in_text)
    return tuple(panel for trial in studies for group in GROUPS for panel in _panels(known, trial, group))


def _panels(known: Knowledge, trial: Trial, group: Group) -> Iterator[Panel]:
    """The panel of one study for one end point; one a unit, since months and weeks share no axis."""
    figures = [figure for figure in trial.figures if figure.measure in group.measures]
    units = dict.fromkeys(_unit(known, figure) for figure in figures)
    for unit in units:
        some = [figure for figure in figures if _unit(known, figure) == unit]
        ids = {f"{trial.id}.{name}" for name in (*(figure.id for figure in some), trial.population.n)}
        errata = [one for one in known.errata.values() if ids & set(one.shown.figures)
                  or (one.severity == "dangerous" and trial.id in one.shown.trials and not one.shown.figures)]
        later = [one for one in known.later.values() if trial.id in one.shown.trials or ids & set(one.shown.figures)]
        rows = tuple(_row(known, trial, figure, len({one.measure for one in some}) > 1) for figure in some)
        names = {row.figure.id: row.name for row in rows}
        compared = [words for one in trial.comparisons if (words := _compared(known, one, names, some))]
        key = f"{trial.id}_{group.id}" + (f"_{unit}" if len(units) > 1 else "")
        yield Panel(key, trial, group, unit, rows, tuple(compared), tuple(errata), tuple(later))


def _row(known: Knowledge, trial: Trial, figure: Figure, mixed: bool) -> Row:
    arm = next((arm.name for arm in trial.arms if arm.id == figure.arm), None)
    short = known.measures[figure.measure].short
    name = f"{short}: {arm or figure.population}" if mixed else arm or figure.population
    subgroup = "subgroup" if figure.subgroup else None
    details = (figure.what, figure.population if arm else None, subgroup, _people(figure))
    unit = _unit(known, figure)
    wrong = any(one.severity == "dangerous" and f"{trial.id}.{figure.id}" in one.shown.figures
                for one in known.errata.values())
    point = figure.value is not None and figure.bound in POINTS
    why_not = WRONG if wrong else "" if point else NO_POINT if figure.low is not None else NO_PERCENT
    mark = None if why_not else _mark(figure.value, figure.spread, figure.at, unit, figure.bound)
    words = tables.amount(figure, unit), tables.when(figure), _spread(figure.spread)
    return Row(figure, name, tuple(filter(None, details)), *words, mark, why_not, _second(figure, unit))


def _second(figure: Figure, unit: str) -> Mark | None:
    one: Correction | None = figure.corrected
    if one is None:
        return None
    report = REASONS[one.reason].format(one.year)
    return _mark(one.value, one.spread, one.at or figure.at, unit, report=report)


def _mark(value: Decimal, spread: Spread | str, at: Time | None, unit: str, bound: str = "exact",
          report: str = "") -> Mark:
    low = high = None
    if isinstance(spread, Spread):
        low = spread.low if spread.low is not None else value - spread.value
        high = spread.high if spread.high is not None else value + spread.value
    top = TOPS.get(unit)
    stops = (low is not None and low < 0, high is not None and top is not None and high > top)
    low, high = (Decimal(0) if stops[0] else low), (top if stops[1] else high)
    kind = spread.kind if isinstance(spread, Spread) else "none"
    amount = f"{tables.BOUNDS[bound]}{tables.number(value)}{tables.UNITS.get(unit, f' {unit}')}"
    return Mark(value, low, high, stops, kind, amount, _when(at), _spread(spread), report)


def _spread(spread: Spread | str) -> str:
    """How uncertain an estimate is, in words that keep apart what must not be mixed."""
    if not isinstance(spread, Spread):
        return {"none_reported": NONE_REPORTED, "not_seen": NOT_SEEN}.get(spread, "")
    if spread.value is not None:
        return SPREADS[spread.kind].format(tables.number(spread.value))
    return INTERVALS[spread.kind].format(tables.number(spread.low), tables.number(spread.high))


def _when(at: Time | None) -> str:
    return tables.when(Figure.model_construct(at=at))


def _people(figure: Figure) -> str:
    """How many, and of whom: enrolled, evaluable, infused - as far as the text says."""
    size = f"n = {figure.n:,}" if figure.n is not None else "n not printed"
    if figure.count is not None:
        size = f"{figure.count:,} of {figure.of:,}" if figure.of is not None else f"{figure.count:,} counted, {size}"
    return f"{size}, {figure.denominator}" if figure.denominator else size


def _unit(known: Knowledge, figure: Figure) -> str:
    return figure.unit or known.measures[figure.measure].unit


def _compared(known: Knowledge, one: Comparison, names: dict[str, str], figures: list[Figure]) -> str:
    """A comparison in words; its P only between arms randomized against each other."""
    if len([name for name in one.between if name in names]) < 2:
        return ""
    measure = known.measures[next(figure.measure for figure in figures if figure.id == one.between[0])].short
    sides = " against ".join(names[name].removeprefix(f"{measure}: ") for name in one.between if name in names)
    subgroup = "; subgroup" if one.subgroup else ""
    if not one.randomised:
        return f"Not randomized: {sides}{subgroup}."
    p = one.as_printed or "no P printed"
    tail = f", {one.sides}-sided" if one.sides != "not_stated" else ""
    return f"{p}{tail} for {measure}, randomized: {sides}{subgroup}."
