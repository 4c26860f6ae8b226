"""What a walk can be asked: ends still open, the result that narrows them most, what would change it. Exact."""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pathways.cells import Cell, cells_of
from pathways.conditions import Pair, kleene, pair_truth
from pathways.diagrams import LeftOfEach
from pathways.facts import MRD_POSITIVE, Case, Value, plain_number
from pathways.model import Guideline
from pathways.reach import reach
from pathways.walk import Walk

FIXED = ("situation", "reached", "lineage", "sex")
UNANSWERED = ("invalid", "contradictory", "needs_confirmation")


@dataclass(frozen=True)
class Answer:
    """What a box of children comes to: ends that some way reaches, groups of each scheme, the panel's risk groups."""

    ends: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    panel: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One missing fact: ends open now, at worst and on average after its answer; `later`: it cannot be known yet.

    `groups` are the risk groups still open, at worst and on average; they settle ties.
    """

    fact: str
    later: bool
    now: int
    worst: int
    average: Fraction
    groups: tuple[int, Fraction]


@dataclass(frozen=True)
class Change:
    """One known result as it might be instead, and what that would come to.

    `value` is what `Case` holds; `target` names the new values in words; `limit` and `distance` are numbers of the
    fact's first unit, None where the fact is no number.
    """

    fact: str
    value: Value
    target: str
    limit: Fraction | None
    distance: Fraction | None
    before: Answer
    after: Answer


def answer(w: Walk, box: Sequence[int] | None = None) -> Answer:
    """What the walk's children come to, or those of another box."""
    g, r = w.guideline, reach(w.guideline)
    masks, memo = (w.box, w.memo) if box is None else (box, {})
    meets = g.space.diagrams.meets
    ends = tuple(node for node in g.order if not r.taken[node] and meets(r.may[node], masks, memo))
    groups = tuple((key, tuple(group for group, who in found.items() if meets(who, masks, memo)))
                   for key, found in r.groups.items())
    return Answer(ends, groups, tuple(node for node in panel(g) if meets(r.may[node], masks, memo)))


def panel(g: Guideline) -> list[str]:
    """What the decisions marked `risk` lead to: the panel's own groups."""
    found = g.cache.get("panel")
    if found is None:
        found = [target for node in g.order if g.nodes[node].risk for target in
                 dict.fromkeys(branch.to for branch in g.nodes[node].branches)]
        g.cache["panel"] = found
    return found


def possible_ends(w: Walk) -> list[str]:
    """Ends that some way still reaches, in the guideline's order."""
    return [] if w.status in UNANSWERED else list(answer(w).ends)


def next_questions(w: Walk) -> list[Question]:
    """Missing facts by how far the ends shrink: worst case, then average; what cannot be known yet comes last.

    Ties go by the risk groups left open, then by the guideline's order. A fact that narrows no end is left out, unless
    the walk waits for it; so is one of which it is not known yet whether it applies.
    """
    if w.status in UNANSWERED or w.status == "out_of_scope":
        return []
    r, place, now = reach(w.guideline), list(w.guideline.facts), answer(w)
    ends = [r.may[end] for end in now.ends]
    groups = [r.groups[key][group] for key, some in now.groups for group in some]
    left, all_ends = _left(w, ends + groups + [r.may[node] for node in now.panel]), (1 << len(ends)) - 1
    asked, found = set(w.ask), []
    for key in place:
        if key in w.case.values or not _applies(w, key):
            continue
        having = [left.having(variable, cell) for variable, cell in _cells(w, key)]
        after = [((some & all_ends).bit_count(), (some & ~all_ends).bit_count()) for some in having]
        if after and (key in asked or min(after)[0] < len(now.ends)):
            some, size = ([pair[i] for pair in after] for i in (0, 1))
            found.append(Question(key, w.is_later(key), len(now.ends), max(some), Fraction(sum(some), len(some)),
                                  (max(size), Fraction(sum(size), len(size)))))
    return sorted(found, key=lambda q: (q.later, q.worst, q.average, q.groups, place.index(q.fact)))


def _applies(w: Walk, key: str) -> bool:
    """Whether a fact that has a value only under a condition is known to have one."""
    condition = w.guideline.constraints.get(f"{key}_only_when")
    return condition is None or kleene(condition[1], w.guideline.definitions, w.truth) is True


def _left(w: Walk, sets: Sequence[int]) -> LeftOfEach:
    """Which of some sets of children, all still possible for the walk, have a child of it in each cell."""
    return w.guideline.space.diagrams.left_of_each(sets, w.box, w.memo)


def _cells(w: Walk, key: str) -> list[tuple[int, int]]:
    """A fact's variable and, a bit mask each, the cells (also "not applicable") that some child of the walk has."""
    g = w.guideline
    variable = g.space.variable[key]
    left = w.left.get(variable, g.space.full[variable])
    return [(variable, 1 << number) for number in range(len(g.space.cells[key])) if left >> number & 1]


def ends_apart(w: Walk) -> dict[str, list[str]]:
    """For each end that is still open the missing facts of which one answer alone would rule it out."""
    if w.status in UNANSWERED:
        return {}
    r, ends = reach(w.guideline), answer(w).ends
    missing = {key: _cells(w, key) for key in w.guideline.facts if key not in w.case.values}
    left = _left(w, [r.may[end] for end in ends])
    alive = {key: [left.having(variable, cell) for variable, cell in cells] for key, cells in missing.items()}
    return {end: [key for key, having in alive.items() if any(not some >> number & 1 for some in having)]
            for number, end in enumerate(ends)}


def changes(w: Walk) -> list[Change]:
    """Every single change of one known result that leads to another end or risk group, nearest first.

    Numbers come first, by their distance to the limit as a share of it; then choices and findings, in the guideline's
    order. Situation, the point reached, lineage and sex stay as they are; a change that breaks a constraint is none.
    """
    if w.status in UNANSWERED:
        return []
    g, now, found = w.guideline, answer(w), []
    children = reach(g).children
    for key in g.facts:
        if key not in w.case.values or key in FIXED:
            continue
        for value, target, limit in _others(w, key):
            masks = changed_box(w, key, value)
            if g.space.diagrams.meets(children, masks, {}):
                after = answer(w, masks)
                if after != now:
                    distance = None if limit is None else abs(limit - w.case.values[key].low)
                    found.append(Change(key, value, target, limit, distance, now, after))
    return sorted(found, key=_nearness)


def _nearness(change: Change) -> tuple:
    if change.limit is None:
        return (True, 0)
    return (False, change.distance / change.limit if change.limit else change.distance)


def applied(w: Walk, change: Change) -> Case:
    """The case with the change made."""
    return Case({**w.case.values, change.fact: change.value})


def _others(w: Walk, key: str) -> Iterator[tuple[Value, str, Fraction | None]]:
    """Every other value of a known fact that a rule could tell from it: the value, in words, and the limit crossed."""
    g, fact, value = w.guideline, w.guideline.facts[key], w.case.values[key]
    if value.choice is not None:
        names = fact.words if fact.kind == "finding" else fact.choices
        for choice in [cell.choice for cell in g.space.cells[key] if not cell.na and cell.choice != value.choice]:
            yield Value(choice=choice, text=names[choice]), names[choice], None
        return
    if value.called:
        call = "negative" if value.positive else "positive"
        yield (Value(low=Fraction(0), high=Fraction(100), positive=not value.positive, called=True,
                     text=f"{call}, sensitivity not stated"), f"called {call}", None)
        return
    for cell in sub_cells(w, key):
        if cell.has(value.low):
            continue
        number = cell.sample(fact.whole)
        limit = cell.low if cell.low >= value.low else cell.high
        exact = cell.low == cell.high
        text = plain_number(limit)
        words = f"exactly {text}" if exact else f"above {text}" if cell.low >= value.low else f"below {text}"
        positive = number >= MRD_POSITIVE if fact.kind == "mrd" else None
        yield (Value(low=number, high=number, unit=fact.unit, positive=positive, text=words),
               f"{words} {fact.unit}".strip(), limit)


def sub_cells(w: Walk, key: str) -> list[Cell]:
    """The cells of a number fact, cut also at the values of the facts it is compared with."""
    g, fact = w.guideline, w.guideline.facts[key]
    cuts = {limit for cell in g.space.cells[key] if not cell.na for limit in (cell.low, cell.high)}
    cuts -= set(fact.range)
    cuts |= {cell.low for cell in g.space.cells[key] if not cell.na and cell.low == cell.high}
    for pair in (item for item in g.space.order if isinstance(item, Pair) and key in (item.fact, item.other)):
        other = w.case.values.get(pair.other if pair.fact == key else pair.fact)
        cuts |= {other.low, other.high} if other else set()
    cuts |= {MRD_POSITIVE} if fact.kind == "mrd" else set()
    inside = {cut for cut in cuts if fact.range[0] <= cut <= fact.range[1]}
    return cells_of(replace(fact, kind="number", only_when=""), inside)


def changed_box(w: Walk, key: str, value: Value) -> list[int]:
    """The walk's box with one value changed, comparisons with other facts included."""
    space, values = w.guideline.space, w.case.values | {key: value}
    masks = list(w.box)
    masks[space.variable[key]] = space.mask(key, value)
    for item in space.order:
        if isinstance(item, Pair) and key in (item.fact, item.other):
            one, other = (values.get(name) or space.anything(name) for name in (item.fact, item.other))
            truth = pair_truth(one, item.op, other)
            masks[space.variable[item]] = 0b11 if truth is None else 0b10 if truth else 0b01
    return masks


def differences(g: Guideline, change: Change) -> Mapping[str, tuple[list[str], list[str]]]:
    """What a change takes away and brings, by where: `ends`, `panel`, or a scheme's id; names of nodes and groups."""
    found = {}
    after = dict(change.after.groups)
    schemes = [(key, groups, after[key]) for key, groups in change.before.groups]
    for name, before, after in [("ends", change.before.ends, change.after.ends),
                                ("panel", change.before.panel, change.after.panel), *schemes]:
        if before != after:
            found[name] = ([one for one in before if one not in after], [one for one in after if one not in before])
    return found
