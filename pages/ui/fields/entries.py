"""What a person entered, as strings, and what the engine reads of it. No display here.

An entry is a small mapping: `{"value": "50", "unit": "x10^9/L"}`, `{"choice": "B-ALL"}`, `{"finding": "absent"}`,
`{"percent": "0.01"}`, `{"call": "negative", "sensitivity": "0.01"}`; `"confirmed": True` beside an unusual value.
"""
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from pages.ui.fields.numbers import Reading, read_number

Entry = dict[str, object]
WORDS = ("value", "unit", "choice", "finding", "percent", "call", "sensitivity")


def clean(entries: Mapping[str, object], facts: Mapping) -> dict[str, Entry]:
    """Keep what has the shape of an entry of a known fact: what comes from a browser is not trusted.

    Parameters
    ----------
    entries : mapping
        Fact key to entry, as received.
    facts : mapping
        The known facts.

    Returns
    -------
    dict
        Fact key to entry; empty entries left out.
    """
    kept: dict[str, Entry] = {}
    for key, entry in entries.items():
        if key not in facts or not isinstance(entry, Mapping):
            continue
        said = {name: str(entry[name])[:80].strip() for name in WORDS if entry.get(name) is not None}
        words: Entry = {name: text for name, text in said.items() if text}
        if not words or not _fits(facts[key], words):
            continue
        if entry.get("confirmed") is True:
            words["confirmed"] = True
        kept[key] = words
    return kept


def _fits(fact, entry: Entry) -> bool:
    if fact.kind == "number":
        return set(entry) <= {"value", "unit"} and entry.get("unit", "") in ("", *fact.units)
    if fact.kind == "choice":
        return entry.get("choice") in fact.choices
    if fact.kind == "finding":
        return entry.get("finding") in ("present", "absent")
    return entry.get("call") in (None, "negative", "positive", "percent")


def reading(fact, entry: Entry) -> Reading | None:
    """How the number of an entry reads; None when the entry holds no number.

    Parameters
    ----------
    fact : Fact
        The fact the entry is about.
    entry : dict
        The entry.
    """
    for name in ("value", "percent", "sensitivity"):
        if entry.get(name):
            return read_number(str(entry[name]), highest(fact))
    return None


def highest(fact) -> Decimal | None:
    """The largest number the fact takes in any of its units."""
    if not fact.units:
        return None
    top = max(Fraction(fact.range[1]) / Fraction(factor) for factor in fact.units.values())
    return Decimal(top.numerator) / Decimal(top.denominator)


def as_facts(entries: Mapping[str, Entry], facts: Mapping) -> tuple[dict[str, object], list[str]]:
    """What the engine is told: only entries that are complete and have one meaning.

    Parameters
    ----------
    entries : mapping
        Fact key to entry.
    facts : mapping
        The known facts.

    Returns
    -------
    tuple
        Fact key to value for `read_case`, and the keys that were confirmed.
    """
    told: dict[str, object] = {}
    for key, entry in entries.items():
        value = _value(facts[key], entry)
        if value is not None:
            told[key] = value
    return told, [key for key in told if entries[key].get("confirmed")]


def _value(fact, entry: Entry) -> object | None:
    read = reading(fact, entry)
    if read is not None and read.value is None:
        return None
    if fact.kind == "choice":
        return entry["choice"]
    if fact.kind == "finding":
        return entry["finding"]
    if fact.kind == "mrd":
        if entry.get("call") in ("negative", "positive"):
            call = {"call": entry["call"]}
            return call | {"sensitivity": read.value} if entry.get("sensitivity") else call
        return read.value if entry.get("percent") else None
    unit = entry.get("unit") or (next(iter(fact.units)) if len(fact.units) == 1 else None)
    if read is None or unit is None:
        return None
    return f"{read.value} {unit}".strip()


def waiting(entries: Mapping[str, Entry], facts: Mapping) -> list[str]:
    """Keys that were begun but are not read yet: a unit is missing, or a number has two meanings."""
    return [key for key, entry in entries.items() if _value(facts[key], entry) is None and not _only_percent(entry)]


def _only_percent(entry: Entry) -> bool:
    return entry.get("call") == "percent" and not entry.get("percent")
