"""Cells: each fact's values cut at every number that any rule names; conditions as diagrams over those cells.

A cut point is a cell of its own, so `< 50`, `= 50` and `> 50` are told apart. An MRD cell also says whether the
laboratory calls it positive. A fact with `only_when` has one more cell, "not applicable". A comparison of two facts is
a variable of its own, tied to the cells of both, so that it stays exact where both values fall into the same cell.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction

from pathways.conditions import (
    COMPARE,
    OPPOSITE,
    And,
    Name,
    Not,
    Number,
    OneOf,
    Or,
    Pair,
    Positive,
    Tree,
    atom_truth,
    pair_truth,
)
from pathways.diagrams import ALL, NONE, Diagrams
from pathways.facts import Case, Fact, Value, plain_number


@dataclass(frozen=True)
class Cell:
    """One cell: a choice, a cut point (low == high), an open interval, or not applicable (`na`)."""

    choice: str | None = None
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    low_in: bool = True
    high_in: bool = True
    positive: bool | None = None
    na: bool = False

    def meets(self, value: Value) -> bool:
        """Whether a value (or interval) can lie in this cell."""
        if self.na:
            return False
        if value.choice is not None:
            return self.choice == value.choice
        if value.positive is not None and value.positive != self.positive:
            return False
        if value.low == value.high:
            return self.has(value.low)
        low_ok = value.low < self.high or (value.low == self.high and self.high_in)
        high_in = value.closed and self.low_in
        return low_ok and (value.high > self.low or (value.high == self.low and high_in))

    def has(self, number: Fraction) -> bool:
        above = number > self.low or (number == self.low and self.low_in)
        return above and (number < self.high or (number == self.high and self.high_in))

    def sample(self, whole: bool = False) -> Fraction:
        """A number inside the cell."""
        if self.low == self.high or self.low_in:
            return self.low
        if whole:
            return Fraction(int(self.low) + 1)
        return (self.low + self.high) / 2


def cells_of(fact: Fact, cuts: Iterable[Fraction]) -> list[Cell]:
    """The cells of one fact, cut at the given numbers."""
    if fact.kind == "finding":
        cells = [Cell(choice="present"), Cell(choice="absent")]
    elif fact.kind == "choice":
        cells = [Cell(choice=value) for value in fact.choices]
    else:
        cells = _number_cells(fact, sorted(set(cuts)))
        if fact.kind == "mrd":
            cells = [Cell(low=c.low, high=c.high, low_in=c.low_in, high_in=c.high_in, positive=positive)
                     for c in cells for positive in (False, True)]
    if fact.only_when:
        cells.append(Cell(na=True))
    return cells


def _number_cells(fact: Fact, cuts: list[Fraction]) -> list[Cell]:
    low, high = fact.range
    cells, start, start_in = [], low, True
    for cut in cuts:
        if start < cut:
            cells.append(Cell(low=start, high=cut, low_in=start_in, high_in=False))
        cells.append(Cell(low=cut, high=cut))
        start, start_in = cut, False
    if start < high:
        cells.append(Cell(low=start, high=high, low_in=start_in))
    if fact.whole:
        cells = [cell for cell in cells if _holds_whole(cell)]
    return cells


def _holds_whole(cell: Cell) -> bool:
    first = -(-cell.low.numerator // cell.low.denominator)
    if first == cell.low and not cell.low_in:
        first += 1
    return cell.has(Fraction(first))


class Space:
    """All facts with their cells, and conditions as diagrams over them.

    Parameters
    ----------
    facts, definitions : mapping
        By their keys.
    atoms : iterable of Tree
        Every comparison of the rules; they cut numbers into cells.
    first : sequence of str
        Facts on which diagrams split first; the others follow as they stand in `facts`. Any order gives the same sets.
    """

    def __init__(self, facts: Mapping[str, Fact], definitions: Mapping[str, Tree], atoms: Iterable[Tree],
                 first: Sequence[str] = ()) -> None:
        self.facts, self.definitions = facts, definitions
        cuts: dict[str, set[Fraction]] = {key: set() for key in facts}
        pairs: dict[Pair, None] = {}
        for atom in atoms:
            if isinstance(atom, Number):
                cuts[atom.fact].add(atom.value)
            elif isinstance(atom, Pair):
                pairs[atom] = None
        for pair in pairs:
            shared = cuts[pair.fact] | cuts[pair.other]
            cuts[pair.fact] = cuts[pair.other] = shared
        self.cells = {key: cells_of(fact, cuts[key]) for key, fact in facts.items()}
        self.pairs = tuple(pairs)
        self._begin(first)

    def anew(self, first: Sequence[str] | None = None) -> Space:
        """The same cells, with diagrams of its own; in the same order where none is given."""
        other = copy(self)
        other._begin(self.order_of_facts if first is None else first)
        return other

    @property
    def order_of_facts(self) -> list[str]:
        """Facts in the order in which diagrams split on them."""
        return [item for item in self.order if isinstance(item, str)]

    def _begin(self, first: Sequence[str]) -> None:
        self._conditions: dict[Tree, int] = {}
        self._ties: dict[Pair, int] = {}
        self._atoms: dict[Tree, tuple[int, int]] = {}
        self.order = order = self._with_pairs((*first, *self.facts))
        self.variable = {item: number for number, item in enumerate(order)}
        self.diagrams = Diagrams([len(self.cells[item]) if isinstance(item, str) else 2 for item in order])
        self.full = [(1 << size) - 1 for size in self.diagrams.sizes]

    def _with_pairs(self, keys: Iterable[str]) -> list[str | Pair]:
        """Facts in an order, and each comparison of two as soon as both have come."""
        order: list[str | Pair] = []
        placed: set[str] = set()
        for key in dict.fromkeys(keys):
            order.append(key)
            placed.add(key)
            order += [pair for pair in self.pairs if {pair.fact, pair.other} <= placed and pair not in order]
        return order

    def with_definitions(self, definitions: Mapping[str, Tree]) -> Space:
        """The same cells and diagrams under other definitions."""
        other = copy(self)
        other.definitions, other._conditions = definitions, {}
        return other

    def diagram(self, tree: Tree) -> int:
        """All children for whom a condition holds."""
        found = self._conditions.get(tree)
        if found is None:
            found = self._conditions[tree] = self._build(tree)
        return found

    def _build(self, tree: Tree) -> int:
        d = self.diagrams
        if isinstance(tree, Name):
            return self.diagram(self.definitions[tree.name])
        if isinstance(tree, Not):
            return d.other(self.diagram(tree.part))
        if isinstance(tree, And):
            result = ALL
            for part in reversed(tree.parts):
                result = d.both(result, self.diagram(part))
            return result
        if isinstance(tree, Or):
            return d.union(self.diagram(part) for part in reversed(tree.parts))
        if isinstance(tree, Pair):
            return d.cells(self.variable[tree], 0b10)
        return d.cells(self.variable[tree.fact], self.atom_mask(tree))

    def atom_mask(self, atom: Number | OneOf | Positive) -> int:
        """Bit mask of the cells in which an atom holds."""
        return _mask(_cell_holds(atom, cell) for cell in self.cells[atom.fact])

    def truth(self, atom: Tree, case: Case, left: Mapping[int, int]) -> bool | None:
        """Three-valued truth of an atom: by the exact value where one is entered, else by the cells still left."""
        if atom.fact in case.values or isinstance(atom, Pair):
            return atom_truth(atom, case.values)
        mask = left.get(self.variable[atom.fact])
        if mask is None:
            return None
        if atom not in self._atoms:
            cells = self.cells[atom.fact]
            self._atoms[atom] = (self.atom_mask(atom), _mask(_cell_fails(atom, cell) for cell in cells))
        holds, fails = self._atoms[atom]
        return True if not mask & ~holds else False if not mask & ~fails else None

    def tie(self, pair: Pair) -> int:
        """What the cells of two facts leave open of their comparison."""
        if pair in self._ties:
            return self._ties[pair]
        d, result = self.diagrams, NONE
        for i, a in enumerate(self.cells[pair.fact]):
            for j, b in enumerate(self.cells[pair.other]):
                box = d.both(d.cells(self.variable[pair.fact], 1 << i), d.cells(self.variable[pair.other], 1 << j))
                result = d.either(result, d.both(box, d.cells(self.variable[pair], _pair_mask(a, pair.op, b))))
        self._ties[pair] = result
        return result

    def box(self, case: Case) -> list[int]:
        """The case as one bit mask a variable."""
        masks = list(self.full)
        for key, value in case.values.items():
            masks[self.variable[key]] = self.mask(key, value)
        for item in self.order:
            if isinstance(item, Pair):
                one, other = (case.values.get(key) or self.anything(key) for key in (item.fact, item.other))
                truth = pair_truth(one, item.op, other)
                if truth is not None:
                    masks[self.variable[item]] = 0b10 if truth else 0b01
        return masks

    def anything(self, key: str) -> Value:
        """The whole range of a number as one interval."""
        low, high = self.facts[key].range
        return Value(low=low, high=high)

    def mask(self, key: str, value: Value) -> int:
        """Bit mask of the cells in which a value can lie."""
        return _mask(cell.meets(value) for cell in self.cells[key])

    def child(self, who: int, masks: Sequence[int] = ()) -> dict[str, object]:
        """A child of a set as entries, fact by fact as in the dictionary, each with its first answer that is left.

        Parameters
        ----------
        who : int
            The set; where it is empty, so are the entries.
        masks : sequence of int
            A box in which the child lies.
        """
        first = [self.variable[item] for item in self._with_pairs(self.facts)]
        chosen = self.diagrams.one(who, masks, first) or {}
        return self.entries({item: cell for variable, cell in chosen.items()
                             if isinstance(item := self.order[variable], str)})

    def entries(self, chosen: Mapping[str, int]) -> dict[str, object]:
        """Cells of facts as entries that `read_case` takes."""
        return {key: self.entry(key, chosen[key]) for key in self.facts
                if key in chosen and not self.cells[key][chosen[key]].na}

    def entry(self, key: str, number: int) -> object:
        """One cell as an entry."""
        cell, fact = self.cells[key][number], self.facts[key]
        if cell.choice is not None:
            return cell.choice
        value = cell.sample(fact.whole)
        text = plain_number(value).replace(",", "")
        if fact.kind == "mrd" and cell.positive != (value >= Fraction("0.01")):
            return {"call": "positive" if cell.positive else "negative"}
        return text if fact.kind == "mrd" or value.denominator == 1 else _exact(fact, value)


def _exact(fact: Fact, value: Fraction) -> str:
    for unit, factor in fact.units.items():
        scaled = value / factor
        digits = scaled.denominator
        while digits % 2 == 0:
            digits //= 2
        while digits % 5 == 0:
            digits //= 5
        if digits == 1:
            return f"{float(scaled):.12g} {unit}".strip()
    return f"{float(value):.12g}"


def _mask(which: Iterable[bool]) -> int:
    """A bit for each that is true."""
    return sum(1 << number for number, one in enumerate(which) if one)


def _cell_holds(atom: Number | OneOf | Positive, cell: Cell) -> bool:
    if cell.na:
        return False
    if isinstance(atom, OneOf):
        return cell.choice in atom.choices
    if isinstance(atom, Positive):
        return bool(cell.positive)
    if cell.low == cell.high:
        return COMPARE[atom.op](cell.low, atom.value)
    if atom.op in ("<", "<="):
        return cell.high <= atom.value
    if atom.op in (">", ">="):
        return cell.low >= atom.value
    inside = cell.has(atom.value)
    return inside if atom.op == "==" else not inside


def _cell_fails(atom: Number | OneOf | Positive, cell: Cell) -> bool:
    """Whether an atom holds nowhere in a cell; a number inside an uncut cell is neither held nor failed."""
    if isinstance(atom, Number) and not cell.na:
        return _cell_holds(Number(atom.fact, OPPOSITE[atom.op], atom.value), cell)
    return not _cell_holds(atom, cell)


def _pair_mask(a: Cell, op: str, b: Cell) -> int:
    if a.na or b.na:
        return 0b11
    if a.low == a.high and b.low == b.high:
        return 0b10 if COMPARE[op](a.low, b.low) else 0b01
    if (a.low, a.high) == (b.low, b.high):
        return 0b11
    return 0b10 if COMPARE[op](a.low + a.high, b.low + b.high) else 0b01
