"""Method two of the proof: lay out every combination and look at each by plain truth tables.

A grid holds every combination of the facts that a decision and the conditions leading to it name; cells that no such
condition tells apart are one. What comes to the decision is walked through the grid, answers are counted, and the
result is compared with method one cell by cell.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod

import numpy as np

from pathways.cells import Space
from pathways.conditions import And, Name, Not, Or, Pair, Tree, atoms, facts_of
from pathways.model import Guideline
from pathways.reach import work_out

MOST_ROWS = 300_000


@dataclass(frozen=True)
class Hole:
    """A child that falls through: where, what is wrong, the child, file and line."""

    file: str
    line: int
    what: str
    child: dict


@dataclass
class Proof:
    """What was proven, with the numbers, or the holes found."""

    holes: list[Hole] = field(default_factory=list)
    facts: int = 0
    cells: int = 0
    combinations: int = 0
    pages: list[dict] = field(default_factory=list)
    schemes: list[dict] = field(default_factory=list)
    constraints: list[dict] = field(default_factory=list)
    ends: dict[str, dict] = field(default_factory=dict)
    rows: int = 0

    @property
    def totals(self) -> dict[str, int]:
        """Sums over all pages."""
        keys = ("nodes", "decisions", "residual", "statements", "ends", "ambiguities")
        return {key: sum(page[key] for page in self.pages) for key in keys}


def place_of(g: Guideline, key: str) -> tuple[str, int]:
    """File and line of a node."""
    node = g.nodes[key]
    return g.pages[node.page].file, node.line


class Counting:
    """Method two: plain truth tables over every combination of the facts that matter to a decision."""

    def __init__(self, g: Guideline) -> None:
        self.g, self.space = g, g.space
        self.free = work_out(g, children=1, closed=True)

    def decision(self, key: str, proof: Proof) -> int:
        """Check one decision and compare with method one; returns the combinations looked at."""
        outcomes = self.g.outcomes[key]
        facts = self._facts(self.free.may[key], [o.tree for o in outcomes])
        rows, place = 0, place_of(self.g, key)
        for grid in grids(self.g, facts, [*self._leading(key), *(o.tree for o in outcomes)]):
            reached = self._reach(key, grid) & grid.kept
            expected = grid.members(self.free.may[key]) & grid.kept
            self._compare(reached, expected, grid, proof, place, f"'{key}': the two methods differ")
            self._answers(outcomes, reached, grid, proof, place, f"'{key}'")
            rows += grid.rows
        return rows

    def scheme(self, key: str, proof: Proof) -> int:
        """The same for one scheme."""
        outcomes = self.g.scheme_outcomes[key]
        trees = [o.tree for o in outcomes]
        rows, place = 0, (self.g.schemes[key].file, 1)
        for grid in grids(self.g, self._facts(1, trees), trees):
            self._answers(outcomes, grid.kept, grid, proof, place, f"'{key}'")
            for tree in trees:
                expected = grid.members(self.space.diagram(tree))
                self._compare(grid.truth(tree), expected, grid, proof, place, f"'{key}': the two methods differ")
            rows += grid.rows
        return rows

    def _facts(self, who: int, trees: list[Tree]) -> list[str]:
        named = {self.space.order[v] for v in self.space.diagrams.support(who)}
        for tree in trees:
            named.update(facts_of(tree, self.g.definitions))
        return [key for key in self.g.facts if key in named]

    def _above(self, key: str) -> set[str]:
        found, stack = set(), [key]
        while stack:
            for source in self.free.before[stack.pop()]:
                if source not in found:
                    found.add(source)
                    stack.append(source)
        return found

    def _leading(self, key: str) -> Iterator[Tree]:
        for source in self._above(key):
            for outcome in self.g.outcomes.get(source, []):
                yield outcome.tree

    def _reach(self, key: str, grid: Grid) -> np.ndarray:
        """Combinations that come to a node for some value of the facts outside the grid."""
        above = self._above(key) | {key}
        may = {node: np.zeros(grid.rows, bool) for node in above}
        may[self.g.start] = np.ones(grid.rows, bool)
        for node in self.g.order:
            if node not in above or node == key:
                continue
            for place, taken in enumerate(self.free.taken[node]):
                tree = self.g.outcomes[node][place].tree if node in self.g.outcomes else None
                passed = may[node] if tree is None else may[node] & grid.possible(tree)[0]
                for target in taken.targets:
                    if target in above:
                        may[target] = may[target] | passed
        return may[key]

    def _answers(self, outcomes: list, reached: np.ndarray, grid: Grid, proof: Proof, place: tuple, name: str) -> None:
        answers = sum(grid.truth(outcome.tree).astype(np.int8) for outcome in outcomes)
        for wrong, what in ((reached & (answers == 0), "no answer"), (reached & (answers > 1), "two answers")):
            if wrong.any():
                row = int(np.flatnonzero(wrong)[0])
                proof.holes.append(Hole(*place, f"{name} has {what} by counting", grid.entries(row)))

    def _compare(self, one: np.ndarray, two: np.ndarray, grid: Grid, proof: Proof, place: tuple, what: str) -> None:
        differ = np.flatnonzero((one != two) & grid.kept)
        if differ.size:
            proof.holes.append(Hole(*place, what, grid.entries(int(differ[0]))))


def grids(g: Guideline, facts: list[str], trees: list[Tree]) -> Iterator[Grid]:
    """All combinations of the cells of some facts, in slices that fit into the processor's cache."""
    inside = set(facts)
    keep = [(key, tree) for key, (_, tree) in g.constraints.items() if _is_inside(g, key, tree, inside)]
    named = [atom for tree in (*trees, *(tree for _, tree in keep)) for atom in atoms(tree, g.definitions)]
    chosen = {key: _merged(g.space, key, [atom for atom in named if atom.fact == key]) for key in facts}
    pinned, rows = [], prod(len(cells) for cells in chosen.values())
    while rows > MOST_ROWS:
        pinned.append(facts[len(pinned)])
        rows //= len(chosen[pinned[-1]])
    for cells in product(*(chosen[key] for key in pinned)):
        yield Grid(g, chosen | {key: [cell] for key, cell in zip(pinned, cells, strict=True)}, keep)


def _is_inside(g: Guideline, key: str, tree: Tree, inside: set[str]) -> bool:
    if any(isinstance(atom, Pair) for atom in atoms(tree, g.definitions)):
        return False
    named = set(facts_of(tree, g.definitions))
    if key.endswith("_only_when"):
        named.add(key.removesuffix("_only_when"))
    return named <= inside


class Grid:
    """Every combination of chosen cells of some facts (cells no condition at hand tells apart are merged)."""

    def __init__(self, g: Guideline, chosen: dict[str, list[int]], keep: list[tuple[str, Tree]]) -> None:
        self.g, self.space, self.facts = g, g.space, list(chosen)
        counts = [len(cells) for cells in chosen.values()]
        self.rows = prod(counts)
        numbers = np.indices(counts, dtype=np.uint8).reshape(len(counts), -1) if counts else []
        self.columns = {key: np.asarray(cells, dtype=np.uint8)[column]
                        for (key, cells), column in zip(chosen.items(), numbers, strict=True)}
        self._truth: dict[Tree, np.ndarray] = {}
        self._possible: dict[Tree, tuple[np.ndarray, np.ndarray]] = {}
        self.kept = np.ones(self.rows, bool)
        for key, tree in keep:
            self.kept &= self._constraint(key, tree)

    def _constraint(self, key: str, tree: Tree) -> np.ndarray:
        if not key.endswith("_only_when"):
            return self.truth(tree)
        fact = key.removesuffix("_only_when")
        return self.truth(tree) == (self.columns[fact] != len(self.space.cells[fact]) - 1)

    def truth(self, tree: Tree) -> np.ndarray:
        """Truth of a condition for every combination."""
        found = self._truth.get(tree)
        if found is None:
            found = self._truth[tree] = self._work_out(tree)
        return found

    def _work_out(self, tree: Tree) -> np.ndarray:
        if isinstance(tree, Name):
            return self.truth(self.g.definitions[tree.name])
        if isinstance(tree, Not):
            return ~self.truth(tree.part)
        if isinstance(tree, (And, Or)):
            join = np.logical_and if isinstance(tree, And) else np.logical_or
            return join.reduce([self.truth(part) for part in tree.parts])
        mask = self.space.atom_mask(tree)
        table = np.array([mask >> cell & 1 for cell in range(len(self.space.cells[tree.fact]))], bool)
        return table[self.columns[tree.fact]]

    def possible(self, tree: Tree) -> tuple[np.ndarray, np.ndarray]:
        """Where a condition can be true, and where it can be false; a fact outside the grid can be anything."""
        found = self._possible.get(tree)
        if found is None:
            found = self._possible[tree] = self._spread(tree)
        return found

    def _spread(self, tree: Tree) -> tuple[np.ndarray, np.ndarray]:
        if isinstance(tree, Name):
            return self.possible(self.g.definitions[tree.name])
        if isinstance(tree, Not):
            return self.possible(tree.part)[::-1]
        if isinstance(tree, (And, Or)):
            true, false = zip(*(self.possible(part) for part in tree.parts), strict=True)
            every, some = np.logical_and.reduce, np.logical_or.reduce
            return (every(true), some(false)) if isinstance(tree, And) else (some(true), every(false))
        if tree.fact not in self.columns:
            anything = np.ones(self.rows, bool)
            return anything, anything
        return self.truth(tree), ~self.truth(tree)

    def members(self, who: int) -> np.ndarray:
        """Which combinations lie in a diagram (whose facts are all among the grid's)."""
        d, memo = self.space.diagrams, {0: np.zeros(self.rows, bool), 1: np.ones(self.rows, bool)}

        def below(at: int) -> np.ndarray:
            if at not in memo:
                column = self.columns[self.space.order[d.variable[at]]]
                result = memo[0]
                for mask, arc in d.groups[at]:
                    table = np.array([mask >> cell & 1 for cell in range(d.sizes[d.variable[at]])], bool)
                    result = result | (table[column] & below(arc))
                memo[at] = result
            return memo[at]

        return below(who)

    def entries(self, row: int) -> dict:
        """One combination as entries of a case."""
        return self.space.entries({key: int(self.columns[key][row]) for key in self.facts})


def _merged(space: Space, key: str, named: list[Tree]) -> list[int]:
    masks = [space.atom_mask(atom) for atom in dict.fromkeys(named)]
    seen: dict[tuple, int] = {}
    for number, cell in enumerate(space.cells[key]):
        seen.setdefault((cell.na, *(mask >> number & 1 for mask in masks)), number)
    return list(seen.values())
