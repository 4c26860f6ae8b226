"""A figure in words for families: out of 100 children, with its study, its people, its years and its range. Pure."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from content.family_shapes import Fixed, Number
from content.load import Knowledge
from content.model import Comparison, Figure, Spread, Trial
from content.printed import WORDS

HUNDRED = Decimal(100)
STANDARD_ERRORS = Decimal("1.96")
UNSURE = ("no_difference", "not_significant")
COUNTED = {number: word for word, number in WORDS.items()}


@dataclass(frozen=True)
class Side:
    """One group of a study. `sentence` tells the counted side, `others` the rest, where both sides are asked for."""

    group: str | None
    n: int
    rest: int
    sentence: str
    range: str
    others: str


@dataclass(frozen=True)
class Told:
    """All that may be said of a number. What each tier shows is the page's to choose, what it says is said here.

    Tier 0: `meaning`. Tier 1: `words`. Tier 2: `sides` without `others`, `not_in_group` for the empty dots, with
    `study`, `people`, `joined`, `time`, `difference` and `after`. Tier 3: `others` too.
    """

    id: str
    title: str
    measure: str
    meaning: str
    words: str
    study: str
    people: str
    joined: str
    time: str
    sides: tuple[Side, ...]
    not_in_group: str
    difference: str | None
    after: str


def out_of_100(value: Decimal | int) -> int:
    """A share in percent as a whole number of 100 children; halves go to the even number."""
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_EVEN))


def limits(figure: Figure) -> tuple[int, int] | None:
    """The range of a figure out of 100: its 95 % interval, or 1.96 standard errors to each side, never past 0 or 100.

    None where the source gives neither; an error without a name is neither.
    """
    spread = figure.spread
    if not isinstance(spread, Spread) or spread.kind not in ("se", "ci95"):
        return None
    if spread.kind == "ci95":
        return out_of_100(spread.low), out_of_100(spread.high)
    reach = STANDARD_ERRORS * spread.value
    return out_of_100(max(Decimal(0), figure.value - reach)), out_of_100(min(HUNDRED, figure.value + reach))


def band(n: int, fixed: Fixed) -> str:
    """What `n` of 100 children is called in words."""
    return next(one.say for one in fixed.bands if n >= one.at_least)


def told(number: Number, known: Knowledge, fixed: Fixed) -> Told:
    """Everything that a page or a handout may say of a number."""
    trial, figure = figure_of(known, number.figure)
    sides = [_side(figure, number.group, fixed)]
    if number.against:
        sides.append(_side(figure_of(known, number.against)[1], number.against_group, fixed))
    words = fixed.measures[figure.measure]
    return Told(id=number.id, title=number.title, measure=words.name, meaning=words.meaning,
                words=_in_words(sides, trial, figure, _unclear(number, trial, fixed), fixed), study=trial.name,
                people=number.people, joined=_joined(trial, number.note, fixed), time=f"{figure.at.value} years",
                sides=tuple(sides), not_in_group=fixed.not_in_group,
                difference=_difference(sides, _unclear(number, trial, fixed), fixed), after=fixed.after)


def figure_of(known: Knowledge, name: str) -> tuple[Trial, Figure]:
    """The study and the figure that `study.figure` names."""
    trial, _, figure = name.partition(".")
    return known.trials[trial], next(one for one in known.trials[trial].figures if one.id == figure)


def compared(number: Number, trial: Trial) -> Comparison | None:
    """The comparison by chance between the two groups of a number."""
    pair = {name.partition(".")[2] for name in (number.figure, number.against) if name}
    return next((one for one in trial.comparisons if one.randomised and pair <= set(one.between)), None)


def _side(figure: Figure, group: str | None, fixed: Fixed) -> Side:
    words, n, reach = fixed.measures[figure.measure], out_of_100(figure.value), limits(figure)
    sentence = (fixed.of_100_group if group else fixed.of_100).format(
        n=n, group=group, did=words.did, when=words.when.format(years=figure.at.value))
    said = fixed.range.format(low=reach[0], high=reach[1]) if reach else fixed.no_range
    return Side(group, n, 100 - n, sentence, said, words.others.format(n=100 - n))


def _in_words(sides: list[Side], trial: Trial, figure: Figure, unclear: str | None, fixed: Fixed) -> str:
    """No number but in words; groups that the study could not tell apart are called the same, by the smaller one."""
    names = [band(side.n, fixed) for side in sides]
    measure = fixed.measures[figure.measure]
    said = {"study": trial.name.partition(",")[0], "did": measure.did,
            "when": measure.when.format(years=COUNTED.get(figure.at.value, figure.at.value))}
    if len(set(names)) > 1 and not unclear:
        return " ".join(fixed.in_words_group.format(**said, band=name, group=side.group)
                        for name, side in zip(names, sides, strict=True))
    form = fixed.in_words if len(sides) == 1 else fixed.in_words_both
    fewest = band(min(side.n for side in sides), fixed)
    return " ".join(filter(None, (form.format(**said, band=fewest), unclear)))


def _joined(trial: Trial, note: str | None, fixed: Fixed) -> str:
    years = trial.recruited
    form = fixed.joined if years.last else fixed.joined_open
    return " ".join(filter(None, (form.format(first=years.first, last=years.last), note)))


def _unclear(number: Number, trial: Trial, fixed: Fixed) -> str | None:
    return fixed.unclear if number.against and compared(number, trial).verdict in UNSURE else None


def _difference(sides: list[Side], unclear: str | None, fixed: Fixed) -> str | None:
    """The difference of the numbers as shown, so that it can be counted in the dots; None for one group."""
    if len(sides) == 1:
        return None
    more, less = sorted(sides, key=lambda side: -side.n)
    said = fixed.more.format(n=more.n - less.n, group=more.group) if more.n > less.n else fixed.same
    return " ".join(filter(None, (said, unclear)))
