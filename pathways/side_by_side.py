"""One child through every risk scheme: on which facts the schemes part, and each scheme as a map of age by WBC. Pure.

A map holds every other fact as it is, changes age and WBC, and tells for each cell which groups are possible. Cells are
those of the rules, limits cells of their own, so a map is exact on its edges.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pathways.cells import Cell
from pathways.facts import Value, plain_number
from pathways.questions import UNANSWERED, changed_box, changes, next_questions, sub_cells
from pathways.reach import reach
from pathways.walk import Walk

AGE, WBC = "age_at_diagnosis_years", "wbc_10e9_per_l"


@dataclass(frozen=True)
class Map:
    """One scheme by age and WBC. `groups[i][j]`: the groups possible at `ages[i]` and `counts[j]`, none where no child
    can be. Neighbours that are alike throughout are one range; a range of one number is a limit on its own.
    """

    scheme: str
    ages: tuple[Cell, ...]
    counts: tuple[Cell, ...]
    groups: tuple[tuple[tuple[str, ...], ...], ...]

    def at(self, age: object, count: object) -> tuple[str, ...]:
        """The groups at one age [years] and WBC [10^9/L]; none outside the map."""
        found = [self.groups[i][j] for i, a in enumerate(self.ages) for j, b in enumerate(self.counts)
                 if a.has(age) and b.has(count)]
        return found[0] if found else ()


@dataclass(frozen=True)
class Parting:
    """One fact on which schemes part: those whose group it decides now, those it keeps open, and those it leaves alone.

    A known fact decides in a scheme when another value of it alone would change the scheme's groups.
    """

    fact: str
    decides: tuple[str, ...]
    opens: tuple[str, ...]
    alone: tuple[str, ...]


def maps(w: Walk) -> list[Map]:
    """Every scheme that names a group for some age and WBC, as a map; none where the case is not walked."""
    if w.status in UNANSWERED or w.status == "out_of_scope":
        return []
    ages, counts = [], w.guideline.space.cells[WBC]
    columns: dict[str, list[tuple]] = {key: [] for key in w.guideline.schemes}
    for age in sub_cells(w, AGE):
        column = _column(w, age, len(counts))
        if column is None:
            break
        ages.append(age)
        for key, groups in column.items():
            columns[key].append(groups)
    return [one for one in (_merged(key, ages, counts, found) for key, found in columns.items())
            if _names_a_group(one)]


def _column(w: Walk, age: Cell, size: int) -> dict[str, tuple[tuple[str, ...], ...]] | None:
    """The groups of each scheme at one age, by WBC; None where no child of that age is in the guideline's scope."""
    g, r, memo = w.guideline, reach(w.guideline), {}
    number = age.sample()
    box = changed_box(w, AGE, Value(low=number, high=number))
    count = g.space.variable[WBC]
    box[count] = g.space.full[count]

    def cells(who: int) -> int:
        if not g.space.diagrams.meets(who, box, memo):
            return 0
        return g.space.diagrams.left(who, box, memo).get(count, box[count])

    if cells(r.children) and not cells(r.not_out):
        return None
    found = {}
    for key, groups in r.groups.items():
        where = {group.id: cells(groups[group.id]) for group in g.schemes[key].groups if group.id in groups}
        found[key] = tuple(tuple(group for group, mask in where.items() if mask >> j & 1) for j in range(size))
    return found


def _merged(key: str, ages: Sequence[Cell], counts: Sequence[Cell], columns: Sequence[tuple]) -> Map:
    wide, columns = _runs(ages, columns)
    high, rows = _runs(counts, list(zip(*columns, strict=True)))
    return Map(key, wide, high, tuple(zip(*rows, strict=True)))


def _runs(cells: Sequence[Cell], found: Sequence[tuple]) -> tuple[tuple[Cell, ...], tuple[tuple, ...]]:
    """Neighbours with the same content as one cell."""
    runs: list[Cell] = []
    kept: list[tuple] = []
    for cell, content in zip(cells, found, strict=True):
        if kept and content == kept[-1]:
            first = runs[-1]
            runs[-1] = Cell(low=first.low, high=cell.high, low_in=first.low_in, high_in=cell.high_in)
        else:
            runs.append(cell)
            kept.append(content)
    return tuple(runs), tuple(kept)


def _names_a_group(one: Map) -> bool:
    return any(group not in ("not_stated", "not_applicable") for column in one.groups for cell in column
               for group in cell)


def span(cell: Cell, lowest: object, highest: object) -> str:
    """A range in words, exact on its ends: "1 to under 10", "50 or more", "exactly 50"."""
    low, high = plain_number(cell.low), plain_number(cell.high)
    if cell.low == cell.high:
        return f"exactly {low}"
    if cell.low <= lowest and cell.high >= highest:
        return "any"
    if cell.low <= lowest:
        return f"up to {high}" if cell.high_in else f"under {high}"
    if cell.high >= highest:
        return f"{low} or more" if cell.low_in else f"above {low}"
    return f"{'' if cell.low_in else 'above '}{low} to {'' if cell.high_in else 'under '}{high}"


def separating(w: Walk, schemes: Iterable[str]) -> list[str]:
    """Missing facts that keep groups of some schemes open: those of most schemes first, then as in the dictionary."""
    many = Counter(key for name in schemes for key in w.schemes[name].separated_by)
    return sorted((key for key in w.guideline.facts if key in many), key=many.get, reverse=True)


def parting(w: Walk) -> list[Parting]:
    """Facts that matter to some of the schemes that apply and not to all: known ones by nearness, then missing ones."""
    apply = [key for key, result in w.schemes.items()
             if result.groups and {one.group for one in result.groups} != {"not_applicable"}]
    decides: dict[str, set[str]] = {}
    for change in changes(w) if apply else ():
        before, after = dict(change.before.groups), dict(change.after.groups)
        decides.setdefault(change.fact, set()).update(key for key in apply if before[key] != after[key])
    ranked = [question.fact for question in next_questions(w)]
    missing = sorted(separating(w, apply), key=lambda key: ranked.index(key) if key in ranked else len(ranked))
    found = []
    for fact in [*decides, *missing]:
        one = tuple(key for key in apply if key in decides.get(fact, ()))
        other = tuple(key for key in apply if fact in w.schemes[key].separated_by and fact not in w.case.values)
        alone = tuple(key for key in apply if key not in (*one, *other))
        if (one or other) and (alone or one and other):
            found.append(Parting(fact, one, other, alone))
    return found
