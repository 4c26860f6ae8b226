"""Where an answer would lead this child: the boxes on its way, what the right way has instead, what would allow it."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pathways.cells import Cell
from pathways.conditions import facts_of, kleene
from pathways.facts import MRD_POSITIVE, Fact, Value
from pathways.lessons.points import OPEN, WAIT, Point, Standing, standing
from pathways.questions import changed_box, sub_cells
from pathways.reach import reach
from pathways.side_by_side import span
from pathways.walk import Walk

FIXED = ("situation", "reached")
SAID = ("action", "choice", "silent", "stop")


@dataclass(frozen=True)
class Box:
    """One box on a way, with what the text says there. `sure`: on every way that goes on from the answer."""

    node: str
    title: str
    page: str
    sure: bool
    says: tuple[str, ...]


@dataclass(frozen=True)
class Consequence:
    """What an answer would come to. `way`: the boxes met; `added`: those the right way has not; `lost`: those it has.

    `sentence`: the same in one sentence; `changes`: single results that would make the answer right, nearest first.
    """

    way: tuple[Box, ...]
    added: tuple[Box, ...]
    lost: tuple[Box, ...]
    sentence: str
    changes: tuple[str, ...]


def consequence(w: Walk, p: Point, now: Standing, answer: str) -> Consequence:
    """What following an answer would come to with the rest of the case as it is."""
    right = _boxes(w, now.possible) if not p.scheme else ()
    way = () if p.scheme or answer in (WAIT, OPEN) else _boxes(w, (answer,))
    met, wanted = {box.node for box in way}, {box.node for box in right}
    added = tuple(box for box in way if box.node not in wanted)
    lost = tuple(box for box in right if box.node not in met)
    if answer == now.answer:
        return Consequence(way, (), (), f"This child comes to: {_titles(way)}." if way else "", ())
    allowed = () if answer == WAIT else tuple(allowing(w, p, answer))
    return Consequence(way, added, lost, _sentence(p, now, answer, added, lost), allowed)


def _sentence(p: Point, now: Standing, answer: str, added: tuple[Box, ...], lost: tuple[Box, ...]) -> str:
    """What a wrong answer would come to. Where the right one is to wait, or both, nothing of it is added."""
    if p.scheme:
        return "The group stands beside the way; what follows from it is for the scheme's own protocols to say."
    decided = now.answer not in (WAIT, OPEN)
    missed = f" What stands on the right way is left out: {_titles(lost)}." if lost else ""
    if answer in (WAIT, OPEN):
        return f"No step would be taken.{missed if decided else ''}"
    if added:
        return f"This child would come to: {_titles(added)}.{missed}"
    if decided:
        return f"Nothing would be added.{missed}"
    why = "the result that decides is not known" if now.answer == WAIT else "the text keeps the other answer as well"
    return f"One way would be closed although {why}{f': {_titles(lost)}' if lost else ''}."


def _titles(boxes: Iterable[Box]) -> str:
    """Titles of the boxes that are sure, else of all; the first five."""
    boxes = list(boxes)
    some = [box for box in boxes if box.sure] or boxes
    names = list(dict.fromkeys(box.title for box in some))
    return "; ".join(names[:5]) + (f"; and {len(names) - 5} more" if len(names) > 5 else "")


def _boxes(w: Walk, starts: tuple[str, ...]) -> tuple[Box, ...]:
    """Boxes that say something, from some starts on, in the guideline's order."""
    g, ways = w.guideline, _ways(w, starts)
    every = ways.pop("")
    return tuple(Box(key, g.nodes[key].title, g.nodes[key].page, ways[key] == every,
                     tuple(s.say for s in g.nodes[key].statements) or tuple(filter(None, [g.nodes[key].say])))
                 for key in ways if g.nodes[key].kind in SAID)


def _ways(w: Walk, starts: tuple[str, ...]) -> dict[str, int]:
    """For each node reached from the starts the number of ways through it, and under "" the number of all ways."""
    order = list(w.guideline.order)
    coming, going = dict.fromkeys(starts, 1), {}
    after = {}
    for key in order:
        if key in coming:
            after[key] = tuple(dict.fromkeys(_next(w, key)))
            for target in after[key]:
                coming[target] = coming.get(target, 0) + coming[key]
    met = [key for key in order if key in coming]
    for key in reversed(met):
        going[key] = sum(going[target] for target in after[key]) or 1
    return {key: coming[key] * going[key] for key in met} | {"": sum(going[start] for start in starts)}


def _next(w: Walk, key: str) -> Iterator[str]:
    """Where a node leads this child, also one to which its own way does not come."""
    g = w.guideline
    if key not in g.outcomes:
        for taken in reach(g).taken[key]:
            yield from taken.targets
        return
    for outcome in g.outcomes[key]:
        if kleene(outcome.tree, g.definitions, w.truth) is not False:
            yield from outcome.targets


def allowing(w: Walk, p: Point, answer: str) -> Iterator[str]:
    """Single results, changed or added, that would make an answer right; those nearest to what is known first."""
    g = w.guideline
    keys = dict.fromkeys(key for o in p.outcomes for key in facts_of(o.tree, g.definitions))
    found = []
    for place, key in enumerate(key for key in keys if key not in FIXED):
        cells = [cell for cell in _others(w, key) if _right_in(w, p, answer, key, cell)]
        if cells:
            distance = min(_distance(w.case.values[key].low, cell) for cell in cells) if key in w.case.values else 0
            found.append((key not in w.case.values, distance, place, _in_words(g.facts[key], _nearest(w, key, cells))))
    return (words for *_, words in sorted(found))


def _others(w: Walk, key: str) -> list[Cell]:
    """Cells of a fact in which its present value does not lie."""
    fact, value = w.guideline.facts[key], w.case.values.get(key)
    cells = w.guideline.space.cells[key] if fact.kind in ("finding", "choice") else sub_cells(w, key)
    return [cell for cell in cells if not cell.na and (value is None or not _holds(cell, value))]


def _holds(cell: Cell, value: Value) -> bool:
    return cell.choice == value.choice if value.choice is not None else cell.has(value.low)


def _right_in(w: Walk, p: Point, answer: str, key: str, cell: Cell) -> bool:
    """Whether an answer would be the right one if a fact lay in a cell and all else stayed as it is."""
    box = changed_box(w, key, _value(w.guideline.facts[key], cell))
    space, r = w.guideline.space, reach(w.guideline)
    if not space.diagrams.meets(r.children, box, {}):
        return False
    changed = replace(w, box=box, memo={}, left=space.diagrams.left(r.children, box, {}),
                      case=replace(w.case, values=w.case.values | {key: _value(w.guideline.facts[key], cell)}))
    if not p.scheme and not changed.meets(r.may[p.id]):
        return False
    return standing(changed, p).answer == answer


def _value(fact: Fact, cell: Cell) -> Value:
    if cell.choice is not None:
        return Value(choice=cell.choice)
    number = cell.sample(fact.whole)
    return Value(low=number, high=number, positive=number >= MRD_POSITIVE if fact.kind == "mrd" else None)


def _distance(number: object, cell: Cell) -> object:
    if cell.choice is not None:
        return 0
    return max(cell.low - number, number - cell.high, 0) / (cell.low or 1)


def _nearest(w: Walk, key: str, cells: list[Cell]) -> Cell:
    """The nearest cell, grown over its neighbors of the list."""
    if cells[0].choice is not None:
        return cells[0]
    number = w.case.values[key].low if key in w.case.values else cells[0].low
    place = min(range(len(cells)), key=lambda i: _distance(number, cells[i]))
    first = last = place
    while first and cells[first - 1].high == cells[first].low:
        first -= 1
    while last + 1 < len(cells) and cells[last + 1].low == cells[last].high:
        last += 1
    return Cell(low=cells[first].low, high=cells[last].high, low_in=cells[first].low_in, high_in=cells[last].high_in)


def _in_words(fact: Fact, cell: Cell) -> str:
    if cell.choice is not None:
        return f"{fact.label}: {(fact.words if fact.kind == 'finding' else fact.choices)[cell.choice]}"
    words, more, _ = span(cell, *fact.range).partition(" or more")
    unit = fact.unit.removesuffix("s") if words.split()[-1] == "1" else fact.unit
    return f"{fact.label}: {words} {unit}".strip() + more
