"""Decision diagrams over the cells of facts: exact sets of children, shared and compared by identity.

A diagram is an integer: 0 is the empty set, 1 is everything, any other a node that splits on one variable. Each
variable stands for one fact; its values are that fact's cells. Equal sets have equal integers, so emptiness, equality
and inclusion are one comparison.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NONE, ALL = 0, 1


@dataclass(frozen=True)
class LeftOfEach:
    """Which of some sets, a bit each, still have a child in the cells of each variable.

    A set that does not split on a variable, or that some way passes over it, keeps all its cells.
    """

    all: int
    whose: list[list[tuple[int, int]]]                    # by variable: cells, and the sets that keep them
    split: list[int]                                      # by variable: the sets that may have lost cells of it

    def having(self, variable: int, cell: int) -> int:
        """The sets that still have a child in one cell (a bit mask of it)."""
        found = self.all & ~self.split[variable]
        for cells, who in self.whose[variable]:
            if cells & cell:
                found |= who
        return found


class Diagrams:
    """A family of diagrams over variables with the given numbers of cells.

    Parameters
    ----------
    sizes : sequence of int
        Cells of each variable, in the order in which diagrams split.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        last = len(self.sizes)
        self.variable: list[int] = [last, last]
        self.arcs: list[tuple[int, ...]] = [(), ()]
        self.groups: list[tuple[tuple[int, int], ...]] = [(), ()]
        self._ids: dict[tuple[int, tuple[int, ...]], int] = {}
        self._and: dict[tuple[int, int], int] = {}
        self._or: dict[tuple[int, int], int] = {}
        self._not: dict[int, int] = {NONE: ALL, ALL: NONE}

    def node(self, variable: int, arcs: tuple[int, ...]) -> int:
        """The diagram that goes on with `arcs[cell]`."""
        first = arcs[0]
        if all(arc == first for arc in arcs):
            return first
        key = (variable, arcs)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self.arcs)
            self.variable.append(variable)
            self.arcs.append(arcs)
            masks: dict[int, int] = {}
            for cell, arc in enumerate(arcs):
                masks[arc] = masks.get(arc, 0) | 1 << cell
            self.groups.append(tuple((mask, arc) for arc, mask in masks.items() if arc != NONE))
        return found

    def cells(self, variable: int, mask: int) -> int:
        """All children whose cell of `variable` is in the bit mask."""
        return self.node(variable, tuple(mask >> cell & 1 for cell in range(self.sizes[variable])))

    def both(self, a: int, b: int) -> int:
        """Intersection."""
        if a == b or b == ALL:
            return a
        if a == ALL:
            return b
        if a == NONE or b == NONE:
            return NONE
        key = (a, b) if a < b else (b, a)
        found = self._and.get(key)
        if found is None:
            found = self._and[key] = self._apply(self.both, a, b)
        return found

    def either(self, a: int, b: int) -> int:
        """Union."""
        if a == b or b == NONE:
            return a
        if a == NONE:
            return b
        if a == ALL or b == ALL:
            return ALL
        key = (a, b) if a < b else (b, a)
        found = self._or.get(key)
        if found is None:
            found = self._or[key] = self._apply(self.either, a, b)
        return found

    def _apply(self, operation, a: int, b: int) -> int:
        first, second = self.variable[a], self.variable[b]
        if first < second:
            arcs = tuple([operation(arc, b) for arc in self.arcs[a]])
        elif second < first:
            arcs = tuple([operation(a, arc) for arc in self.arcs[b]])
            first = second
        else:
            arcs = tuple([operation(x, y) for x, y in zip(self.arcs[a], self.arcs[b], strict=True)])
        return self.node(first, arcs)

    def other(self, a: int) -> int:
        """Complement."""
        found = self._not.get(a)
        if found is None:
            found = self.node(self.variable[a], tuple([self.other(arc) for arc in self.arcs[a]]))
            self._not[a], self._not[found] = found, a
        return found

    def without(self, a: int, b: int) -> int:
        """`a` less `b`."""
        return self.both(a, self.other(b))

    def union(self, parts: Iterable[int]) -> int:
        """Union of many."""
        result = NONE
        for part in parts:
            result = self.either(result, part)
        return result

    def meets(self, a: int, masks: Sequence[int], memo: dict[int, bool]) -> bool:
        """Whether some child of `a` lies in the box of bit masks; `memo` is kept for one box."""
        if a < 2:
            return a == ALL
        found = memo.get(a)
        if found is None:
            mask, found = masks[self.variable[a]], False
            for cells, arc in self.groups[a]:
                if cells & mask:
                    below = arc == ALL or memo.get(arc)
                    if below is None:
                        below = self.meets(arc, masks, memo)
                    if below:
                        found = True
                        break
            memo[a] = found
        return found

    def left(self, a: int, masks: Sequence[int], memo: dict[int, bool]) -> dict[int, int]:
        """Cells of each variable that some child of `a` in the box still has; others keep all."""
        kept: dict[int, int] = {}
        seen: set[int] = set()
        spans: list[tuple[int, int]] = []
        stack = [a] if self.meets(a, masks, memo) else []
        while stack:
            at = stack.pop()
            if at in seen or at < 2:
                continue
            seen.add(at)
            variable = self.variable[at]
            for cells, arc in self.groups[at]:
                if cells & masks[variable] and self.meets(arc, masks, memo):
                    kept[variable] = kept.get(variable, 0) | cells & masks[variable]
                    spans.append((variable, self.variable[arc]))
                    stack.append(arc)
        for start, end in set(spans):
            for skipped in range(start + 1, end):
                if skipped in kept:
                    kept[skipped] = masks[skipped]
        return kept

    def left_of_each(self, sets: Sequence[int], masks: Sequence[int], memo: dict[int, bool]) -> LeftOfEach:
        """Of many sets that all meet the box at once: which of them still have a child in each cell.

        Each shared part of the diagrams is passed once, with the sets that lead to it.
        """
        ahead: list[dict[int, int]] = [{} for _ in range(len(self.sizes) + 1)]
        for number, a in enumerate(sets):
            nodes = ahead[self.variable[a]]
            nodes[a] = nodes.get(a, 0) | 1 << number
        found = LeftOfEach((1 << len(sets)) - 1, [[] for _ in self.sizes], [0] * len(self.sizes))
        spans: dict[tuple[int, int], int] = {}
        for variable, nodes in enumerate(ahead[:-1]):
            mask, whose = masks[variable], {}
            for at, who in nodes.items():
                found.split[variable] |= who
                for cells, arc in self.groups[at]:
                    inside = cells & mask
                    if inside and (memo.get(arc) or self.meets(arc, masks, memo)):
                        whose[inside] = whose.get(inside, 0) | who
                        after = self.variable[arc]
                        nodes_after = ahead[after]
                        nodes_after[arc] = nodes_after.get(arc, 0) | who
                        if after > variable + 1:
                            spans[variable, after] = spans.get((variable, after), 0) | who
            found.whose[variable] = list(whose.items())
        for (start, end), who in spans.items():
            for skipped in range(start + 1, end):
                found.split[skipped] &= ~who
        return found

    def support(self, a: int) -> set[int]:
        """Variables on which a diagram splits."""
        seen: set[int] = set()
        stack, found = [a], set()
        while stack:
            at = stack.pop()
            if at > 1 and at not in seen:
                seen.add(at)
                found.add(self.variable[at])
                stack.extend(self.arcs[at])
        return found

    def one(self, a: int, masks: Sequence[int] = (), first: Iterable[int] = ()) -> dict[int, int] | None:
        """One child of `a` as cell by variable, only of the variables that matter; None where there is none.

        Parameters
        ----------
        a : int
            The set.
        masks : sequence of int
            A box in which the child lies: a bit mask of cells for each variable.
        first : iterable of int
            Variables that are settled before the others, each by its first cell that leaves a child.
        """
        for variable, mask in enumerate(masks):
            a = self.both(a, self.cells(variable, mask))
        matter = self.support(a)
        for variable in first:
            if variable in matter:
                cells = (self.both(a, self.cells(variable, 1 << cell)) for cell in range(self.sizes[variable]))
                a = next(left for left in cells if left != NONE)
                matter = self.support(a)
        if a == NONE:
            return None
        chosen: dict[int, int] = {}
        while a != ALL:
            cells, arc = self.groups[a][0]
            chosen[self.variable[a]] = (cells & -cells).bit_length() - 1
            a = arc
        return chosen

    def count(self, a: int) -> int:
        """How many combinations of cells lie in `a`."""
        memo: dict[int, int] = {}

        def below(at: int) -> int:
            if at < 2:
                return at
            if at not in memo:
                memo[at] = sum(below(arc) * self._skipped(at, arc) for arc in self.arcs[at])
            return memo[at]

        total = below(a)
        for size in self.sizes[:self.variable[a]] if a > 1 else self.sizes:
            total *= size
        return total if a else 0

    def _skipped(self, above: int, below: int) -> int:
        product = 1
        for variable in range(self.variable[above] + 1, self.variable[below]):
            product *= self.sizes[variable]
        return product
