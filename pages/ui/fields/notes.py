"""What stands under a field: the value in words, a question back, or why it is not read."""
from collections.abc import Mapping
from fractions import Fraction

from pages.ui.fields.entries import as_facts, reading
from pages.ui.fields.numbers import thousands


def notes(entries: Mapping[str, dict], facts: Mapping, case,
          clash: Mapping[str, str] | None = None) -> dict[str, dict]:
    """A note for each entry that needs one.

    Parameters
    ----------
    entries : mapping
        Fact key to entry.
    facts : mapping
        The known facts.
    case : Case
        The entries as the engine reads them, with its problems.
    clash : mapping, optional
        Fact key to the reason why its entry cannot stand beside another.

    Returns
    -------
    dict
        Fact key to `{tone, text, options}`; an option is a label and the change of the entry it makes.
    """
    told, _ = as_facts(entries, facts)
    problems = {problem.key: problem for problem in case.problems}
    found = {key: _note(facts[key], entry, key in told, problems.get(key), case.text(key))
             for key, entry in entries.items()}
    told_off = {key: {"tone": "wrong", "text": reason, "options": []} for key, reason in (clash or {}).items()
                if key in entries}
    return {key: note for key, note in found.items() if note} | told_off


def _note(fact, entry: dict, told: bool, problem, words: str) -> dict | None:
    read = reading(fact, entry)
    if read is not None and read.value is None:
        name = next(name for name in ("value", "percent", "sensitivity") if entry.get(name))
        options = [_option(fact, entry, name, option) for option in read.options]
        return {"tone": "ask" if options else "wrong", "text": read.sentence, "options": options}
    if fact.kind == "number" and not told:
        return _incomplete(fact, entry)
    if problem is not None and problem.kind == "needs_confirmation":
        return {"tone": "ask", "text": problem.sentence, "options": _confirm(fact, entry)}
    if problem is not None:
        return {"tone": "wrong", "text": problem.sentence, "options": _other_unit(fact, entry)}
    return {"tone": "", "text": words.replace("(", "").replace(")", "")} if "=" in words else None


def _confirm(fact, entry: dict) -> list:
    as_entered = f"It is {thousands(str(entry['value']))} {entry.get('unit', '')}".strip()
    return [[as_entered, {"confirmed": True}], *_other_unit(fact, entry)]


def _other_unit(fact, entry: dict) -> list:
    """The same number in a unit that was not chosen, where it lies in the range."""
    number, chosen = str(entry.get("value") or ""), entry.get("unit")
    if not number or not chosen:
        return []
    others = [unit for unit in _units(fact, number) if unit != chosen]
    return [[f"It is {thousands(number)} {unit}", {"unit": unit}] for unit in others]


def _incomplete(fact, entry: dict) -> dict | None:
    if entry.get("value"):
        return {"tone": "ask", "text": "In which unit?"}
    return None if not entry.get("unit") else {"tone": "", "text": "And the number?"}


def _option(fact, entry: dict, name: str, number: str) -> list:
    """A number that may have been meant: its label, with the unit that was chosen or else the one that it fits."""
    units = _units(fact, number) if name == "value" and entry.get("unit") else []
    if not units:
        return [thousands(number), {name: number}]
    unit = entry["unit"] if entry["unit"] in units else units[0]
    return [f"{thousands(number)} {unit}".strip(), {name: number, "unit": unit}]


def _units(fact, number: str) -> list[str]:
    """The units in which a number lies in the range of its fact."""
    low, high = fact.range
    return [unit for unit, factor in fact.units.items() if low <= Fraction(number) * factor <= high]
