"""Facts: one thing known about one child at a named time; reading what a person or a case file says of them."""
from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

TIMES = ("always", "presentation", "day_8", "day_15", "end_of_induction", "end_of_consolidation", "maintenance",
         "after_therapy", "at_relapse", "after_reinduction")
GROUPS = ("situation", "presentation", "genetics", "early_response", "end_of_induction", "end_of_consolidation",
          "after_therapy", "relapse")
MRD_POSITIVE = Fraction("0.01")
NUMBER = re.compile(r"\s*(\d{1,9}(?:\.\d{1,12})?)(?:\s*([^\s\d.,+\-].*?))?\s*", re.ASCII)
FINDING_WORDS = {"present": "found", "absent": "looked for, not found"}


@dataclass(frozen=True)
class Fact:
    """One entry of `facts.yaml`. `units`: factor into the first, which `range` is in; `short`: choices in rules."""

    key: str
    kind: str
    label: str
    ask: str
    plain: str
    group: str
    known: str
    origin: str
    units: Mapping[str, Fraction] = field(default_factory=dict)
    range: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    plausible: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=lambda: FINDING_WORDS)
    synonyms: tuple[str, ...] = ()
    term: str = ""
    whole: bool = False
    only_when: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def unit(self) -> str:
        """The first unit, the one of the key's name; "" where there is none."""
        return next(iter(self.units), "")


@dataclass(frozen=True)
class Value:
    """What is known of one fact: a choice, an exact number (low == high), or an interval from a laboratory's call."""

    choice: str | None = None
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    closed: bool = True
    positive: bool | None = None
    unit: str = ""
    text: str = ""
    sensitivity: Fraction | None = None
    called: bool = False

    def contains(self, number: Fraction) -> bool:
        """Whether the interval, closed below, holds `number`."""
        return self.low <= number < self.high or (number == self.high and (self.closed or self.low == self.high))


@dataclass(frozen=True)
class Problem:
    """Why an entry is not taken as it stands. kind: invalid | needs_confirmation."""

    key: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class Case:
    """What is known about one child: values by fact key, and what was refused or must be confirmed."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    name: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value as entered, in words; "not known" where there is none."""
        return self.values[key].text if key in self.values else "not known"


def plain_number(number: Fraction) -> str:
    """A number with thousands marks and without needless zeros: exact where it ends, else to 6 digits."""
    rest = number.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    ends = rest == 1
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):{',f' if ends else ',.6g'}}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_case(facts: Mapping[str, Fact], entries: Mapping[str, object], confirmed: Iterable[str] = (),
              name: str = "") -> Case:
    """Read what was entered. Never raises for what a person may enter.

    Parameters
    ----------
    facts : mapping of key to Fact
    entries : mapping of fact key to entry
        A number (in the fact's first unit), "50000 /uL", a choice, present / absent, or for MRD a percentage or
        {call: positive | negative, sensitivity: percent}. A missing key, or None, is not known.
    confirmed : keys whose implausible value was confirmed

    Returns
    -------
    Case
        With one Problem for each entry that is refused or must be confirmed.
    """
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    confirmed = set(confirmed)
    for key, entry in entries.items():
        if entry is None:
            continue
        fact = facts.get(key)
        if fact is None:
            problems.append(Problem(str(key)[:60], "invalid", _unknown(facts, str(key))))
            continue
        try:
            value = _read(fact, entry)
        except ValueError as error:
            problems.append(Problem(key, "invalid", str(error)))
            continue
        values[key] = value
        doubt = _doubt(fact, value)
        if doubt and key not in confirmed:
            problems.append(Problem(key, "needs_confirmation", doubt))
    return Case(values, tuple(problems), name, {key: fact.label for key, fact in facts.items()})


def _unknown(facts: Mapping[str, Fact], key: str) -> str:
    for fact in facts.values():
        if key in fact.refused:
            return fact.refused[key]
    near = difflib.get_close_matches(key, facts, 1)
    hint = f"; the nearest is '{near[0]}'" if near else ""
    return f"No fact is called '{key[:60]}'{hint}."


def _read(fact: Fact, entry: object) -> Value:
    if fact.kind == "mrd":
        return _read_mrd(fact, entry)
    if fact.kind == "number":
        return _read_number(fact, entry)
    text = str(entry).strip()
    options = {"present": "present", "absent": "absent"} if fact.kind == "finding" else fact.choices
    match = next((value for value in options if value.lower() == text.lower()), None)
    if match is None or isinstance(entry, (bool, Mapping, list)):
        raise ValueError(f"{fact.label}: '{text[:40]}' is not one of {', '.join(options)}.")
    words = fact.words[match] if fact.kind == "finding" else fact.choices[match]
    return Value(choice=match, text=words)


def _split(fact: Fact, entry: object) -> tuple[Fraction, str, str]:
    """Number, unit as entered, and whether a unit was written."""
    if isinstance(entry, (bool, Mapping, list, tuple, set)):
        raise ValueError(f"{fact.label}: a number is needed.")
    text = format(entry, "f") if isinstance(entry, Decimal) else str(entry)
    match = NUMBER.fullmatch(text) if len(text) <= 60 else None
    if match is None:
        raise ValueError(f"{fact.label}: '{text[:40]}' is not a plain number. {_number_hint(fact, text)}")
    number, unit = match.groups(default="")
    unit = _unit(fact, unit)
    try:
        return Fraction(Decimal(number)), unit, number
    except InvalidOperation:
        raise ValueError(f"{fact.label}: '{text[:40]}' is not a plain number.") from None


def _number_hint(fact: Fact, text: str) -> str:
    bare = text.strip()
    if re.fullmatch(r"\d{1,3}([, ]\d{3})+(\D.*)?", bare):
        whole = re.sub(r"[, ]", "", re.match(r"[\d, ]+", bare).group()).strip()
        first = re.match(r"\d+", bare).group()
        return f"Is {whole} or {first} meant? Write it without comma or space."
    if bare.startswith("-"):
        return "It cannot be negative."
    return "Use digits with at most one decimal point."


def _unit(fact: Fact, written: str) -> str:
    if not written:
        return fact.unit
    folded = written.replace("×", "x").replace("µ", "u").replace("μ", "u").replace(" ", "").lower()
    for unit in fact.units:
        if unit.replace(" ", "").lower() == folded or (unit.rstrip("s") == folded and unit):
            return unit
    known = ", ".join(unit for unit in fact.units if unit) or "none"
    raise ValueError(f"{fact.label}: the unit '{written[:20]}' is not known here; units are {known}.")


def _read_number(fact: Fact, entry: object) -> Value:
    number, unit, _ = _split(fact, entry)
    value = number * fact.units[unit]
    low, high = fact.range
    if not low <= value <= high:
        raise ValueError(_out_of_range(fact, number, unit))
    if fact.whole and value.denominator != 1:
        raise ValueError(f"{fact.label}: {plain_number(number)} is not a whole number.")
    return Value(low=value, high=value, unit=unit, text=_with_units(fact, number, unit))


def _out_of_range(fact: Fact, number: Fraction, unit: str) -> str:
    low, high = (plain_number(limit / fact.units[unit]) for limit in fact.range)
    sentence = f"{fact.label}: {plain_number(number)} {unit} is outside the range {low} to {high} {unit}."
    others = [other for other in fact.units if other != unit
              and fact.range[0] <= number * fact.units[other] <= fact.range[1]]
    return sentence + (f" Is {plain_number(number)} {others[0]} meant?" if others else "")


def _with_units(fact: Fact, number: Fraction, unit: str) -> str:
    text = f"{plain_number(number)} {unit}".strip()
    if len(fact.units) > 1 and "/uL" in fact.units:
        other = next(name for name in fact.units if name != unit)
        text += f" (= {plain_number(number * fact.units[unit] / fact.units[other])} {other})"
    return text


def _doubt(fact: Fact, value: Value) -> str:
    if value.unit not in fact.plausible:
        return ""
    low, high = fact.plausible[value.unit]
    entered = value.low / fact.units[value.unit]
    if low <= entered <= high:
        return ""
    other = next(unit for unit in fact.units if unit != value.unit)
    size = "low" if entered < low else "high"
    return (f"{fact.label}: {plain_number(entered)} {value.unit} is unusually {size}. "
            f"Is it {value.unit}, or {plain_number(entered)} {other}? Confirm it or change the unit.")


def _read_mrd(fact: Fact, entry: object) -> Value:
    if not isinstance(entry, Mapping):
        number, unit, _ = _split(fact, entry)
        if number > 100:
            raise ValueError(f"{fact.label}: {plain_number(number)} % is outside the range 0 to 100 %.")
        return Value(low=number, high=number, unit=unit, positive=number >= MRD_POSITIVE,
                     text=f"{plain_number(number)} %")
    unknown = set(entry) - {"call", "sensitivity"}
    call = str(entry.get("call", "")).strip().lower()
    if unknown or call not in ("positive", "negative"):
        raise ValueError(f"{fact.label}: enter a percentage, or the laboratory's call (positive or negative).")
    if entry.get("sensitivity") in (None, ""):
        return Value(low=Fraction(0), high=Fraction(100), positive=call == "positive", called=True,
                     text=f"{call}, sensitivity not stated")
    limit = _split(fact, entry["sensitivity"])[0]
    if not 0 < limit <= 100:
        raise ValueError(f"{fact.label}: the sensitivity must be above 0 and at most 100 %.")
    text = f"{call} at a sensitivity of {plain_number(limit)} %"
    if call == "negative":
        return Value(low=Fraction(0), high=limit, closed=False, positive=False, called=True, text=text,
                     sensitivity=limit)
    return Value(low=limit, high=Fraction(100), positive=True, called=True, text=text, sensitivity=limit)
