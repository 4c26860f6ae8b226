"""What would change the answer: every limit a known result could cross, the nearest first, in words made from data."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pages.ui.panel import late_fold, listed, text
from pages.ui.schemes import named
from pathways.drawing import page_name
from pathways.facts import Fact, Value, plain_number
from pathways.questions import Change, changes, differences

SHOWN = 5
NODES_SHOWN = 3
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Row:
    """Changes across one limit, or one other answer; `before` is the nearer limit on the same side."""

    changes: tuple[Change, ...]
    before: Change | None = None


def listing(g, w, opened: Collection[str]) -> str:
    """Five rows, then, folded, the rest.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    opened : collection of str
        Names of the folds that are open.
    """
    rows = [_row(g, w, row) for row in grouped(changes(w), w.case.values)]
    if not rows:
        return '<p class="quiet">No other value of a single answer would lead to another end or risk group.</p>'
    first = ('<div class="listing"><p class="small quiet">One answer changed, all others as they are; the nearest '
             f'limit first.</p><ol class="steps changes">{"".join(rows[:SHOWN])}</ol></div>')
    rest = "".join(rows[SHOWN:])
    if not rest:
        return first
    title = f"All {len(rows)} changes"
    return first + late_fold("all_changes", title, lambda: f'<ol class="steps changes">{rest}</ol>', opened)


def grouped(found: Sequence[Change], values) -> list[Row]:
    """Changes across the same limit together; one that brings nothing beyond the nearer limit of its side is left out.

    Parameters
    ----------
    found : sequence of Change
        The nearest first.
    values : mapping
        Fact key to value as known.
    """
    rows: dict[tuple, list[Change]] = {}
    nearer: dict[tuple, Change] = {}
    first: dict[tuple, Change | None] = {}
    for change in sorted(found, key=_exactly_first(found)):
        if change.limit is None:
            rows[change.fact, change.target] = [change]
            continue
        side = (change.fact, change.target.startswith("above") or change.limit > values[change.fact].low)
        key = (change.fact, change.limit, side[1])
        if side in nearer and nearer[side].after == change.after:
            if key in rows:
                rows[key].append(change)
            continue
        first.setdefault(key, nearer.get(side))
        rows.setdefault(key, []).append(change)
        nearer[side] = change
    return [Row(tuple(some), first.get(key)) for key, some in rows.items()]


def _exactly_first(found: Sequence[Change]):
    """A key that keeps the order of limits and puts "exactly" before what lies beyond."""
    place: dict[tuple, int] = {}
    for number, change in enumerate(found):
        place.setdefault((change.fact, change.limit) if change.limit is not None else (number,), number)

    def key(change: Change) -> tuple:
        at = (change.fact, change.limit)
        return (place[at], not change.target.startswith("exactly")) if change.limit is not None else (len(found),)

    return key


def _row(g, w, row: Row) -> str:
    fact, value = g.facts[row.changes[0].fact], w.case.values[row.changes[0].fact]
    if row.changes[0].limit is None:
        head = f"{fact.label}: {row.changes[0].target} instead of {w.case.text(fact.key)}"
        told = [brings(g, row.changes[0])]
    else:
        head, told = distance(fact, value, row.changes[0]), _told(g, fact, value, row)
    said = "".join(f"<p>{text(words[:1].upper() + words[1:])}.</p>" for words in told)
    return f'<li><p class="to">{text(head)}</p>{said}</li>'


def distance(fact: Fact, value: Value, change: Change) -> str:
    """How far a result is from a limit: "WBC at diagnosis 48 is 2 below the limit of 50 x10^9/L"."""
    unit = _unit(fact, value, change.limit)
    now, away = _amount(fact, value.low, unit), _amount(fact, change.distance, unit)
    now += f" {unit}" if unit != value.unit else ""
    limit = _with_unit(fact, change.limit, unit)
    if not change.distance:
        return f"{fact.label} {now} is exactly at the limit of {limit}"
    return f"{fact.label} {now} is {away} {'below' if value.low < change.limit else 'above'} the limit of {limit}"


def _unit(fact: Fact, value: Value, limit: Fraction) -> str:
    """The unit entered, or, where the limit is no whole number in it, one in which it is."""
    units = [value.unit, *fact.units] if value.unit else list(fact.units)
    whole = [unit for unit in units if (limit / fact.units[unit]).denominator == 1]
    return (whole or units or [""])[0]


def _amount(fact: Fact, number: Fraction, unit: str) -> str:
    return plain_number(number / fact.units[unit] if unit else number)


def _with_unit(fact: Fact, number: Fraction, unit: str) -> str:
    one = unit in ("years", "months") and number == fact.units[unit]
    return f"{_amount(fact, number, unit)} {unit.removesuffix('s') if one else unit}".strip()


def _told(g, fact: Fact, value: Value, row: Row) -> list[str]:
    """When and what, across one limit; "exactly" and beyond in one line where they bring the same."""
    unit = _unit(fact, value, row.changes[0].limit)
    limit = row.changes[0].limit
    words = _with_unit(fact, limit, unit)
    exactly = [change for change in row.changes if change.target.startswith("exactly")]
    beyond = [change for change in row.changes if change not in exactly]
    besides = ""
    if row.before and not any(_leaves(g, change) for change in row.changes):
        besides = f", besides what changes at {_with_unit(fact, row.before.limit, unit)}"
    if exactly and len(beyond) == 1 and exactly[0].after == beyond[0].after:
        more = "more" if beyond[0].target.startswith("above") else "less"
        return [f"at {words} or {more}{besides}: {brings(g, beyond[0], row.before)}"]
    found = [f"at exactly {words}{besides}: {brings(g, change, row.before)}" for change in exactly]
    for change in beyond:
        way, _, _ = change.target.partition(" ")
        also, before = (", besides that", exactly[0]) if exactly else (besides, row.before)
        found.append(f"{way} {words}{also}: {brings(g, change, before)}")
    return found


def brings(g, change: Change, before: Change | None = None) -> str:
    """What a change takes away and brings, seen from now or from another change: ends, ways, groups of each scheme."""
    change = replace(change, before=before.after) if before else change
    if _leaves(g, change):
        return f"leaves this guideline, {_titles(g, change.after.ends)}"
    parts = []
    for where, (gone, come) in differences(g, change).items():
        if where in ("ends", "panel"):
            parts += [_nodes(g, where, "opens", come), _nodes(g, where, "closes", gone)]
        else:
            parts.append(_scheme(g, where, change))
    return "; ".join(filter(None, parts))


def _leaves(g, change: Change) -> bool:
    """Whether every end that would be left is outside the guideline's scope."""
    return bool(change.after.ends) and all(g.nodes[end].status == "out_of_scope" for end in change.after.ends)


def _nodes(g, where: str, verb: str, nodes: Sequence[str]) -> str:
    what = ("end" if where == "ends" else "way") + ("" if len(nodes) == 1 else "s")
    return f"{verb} the {what} {_titles(g, nodes)}" if nodes else ""


def _titles(g, nodes: Sequence[str]) -> str:
    titles = [f"“{g.nodes[node].title}” ({page_name(g.nodes[node].page)})" for node in nodes[:NODES_SHOWN]]
    more = len(nodes) - NODES_SHOWN
    return listed(titles + ([f"{more} more"] if more > 0 else []))


def _scheme(g, key: str, change: Change) -> str:
    """What becomes of one scheme's groups, the shared "does not apply" left out."""
    scheme, before, after = g.schemes[key], dict(change.before.groups)[key], dict(change.after.groups)[key]
    if after == (NOT_APPLICABLE,):
        return f"{scheme.name} no longer applies"
    if NOT_APPLICABLE in before and NOT_APPLICABLE in after:
        before, after = ([one for one in some if one != NOT_APPLICABLE] for some in (before, after))
    verb = "opens to" if set(before) < set(after) else "narrows to" if set(after) < set(before) else "becomes"
    return f"{scheme.name} {verb} {listed(named(scheme, after), 'or')}"
