"""For every node, exactly which children come to it: on some way, and not on every way. Worked out once a process.

`may[n]` holds the children for whom some way passes n. A way misses n only by ending before n or by an edge that jumps
over n in the fixed order of nodes, so `missed[n]`, the children for whom n is not on every way, is a union of edges.
Everything is cut down to children that keep the constraints.
"""
from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import cached_property

from pathways.conditions import Pair
from pathways.diagrams import NONE
from pathways.model import Guideline

WORKING = threading.Lock()


@dataclass(frozen=True)
class Taken:
    """One outcome of a node: its targets, and the children who take it."""

    targets: tuple[str, ...]
    who: int
    ambiguity: str = ""
    index: int = -1


@dataclass
class Reach:
    """Sets of children as diagrams: who keeps the constraints, who reaches, misses, never meets each node."""

    guideline: Guideline
    children: int
    may: dict[str, int]
    taken: dict[str, list[Taken]]
    before: dict[str, list[str]]
    not_out: int
    not_stopped: int
    groups: dict[str, dict[str, int]]
    ends: dict[str, frozenset[str]]

    @cached_property
    def missed(self) -> dict[str, int]:
        """For each node the children for whom it is not on every way."""
        return _missed(self.guideline, self.may, self.taken, self.children)

    @cached_property
    def never(self) -> dict[str, int]:
        """For each node the children for whom it is on no way."""
        d = self.guideline.space.diagrams
        return {key: d.without(self.children, may) for key, may in self.may.items()}

    @cached_property
    def outside(self) -> dict[str, dict[str, int]]:
        """For each scheme and group the children who are surely not in it."""
        d = self.guideline.space.diagrams
        return {key: {group: d.without(self.children, who) for group, who in groups.items()}
                for key, groups in self.groups.items()}


def constraints(g: Guideline) -> int:
    """All children that keep every constraint."""
    space, d = g.space, g.space.diagrams
    children = 1
    for variable in reversed(space.order):
        if isinstance(variable, Pair):
            children = d.both(space.tie(variable), children)
    for constraint, tree in g.constraints.values():
        children = d.both(children, constraint_diagram(g, constraint.id, tree))
    return children


def constraint_diagram(g: Guideline, key: str, tree: object) -> int:
    """One constraint; a fact with `only_when` is not applicable exactly where that does not hold."""
    space, d = g.space, g.space.diagrams
    if not key.endswith("_only_when"):
        return space.diagram(tree)
    fact = key.removesuffix("_only_when")
    last = 1 << len(space.cells[fact]) - 1
    na, condition = d.cells(space.variable[fact], last), space.diagram(tree)
    return d.either(d.both(condition, d.other(na)), d.both(d.other(condition), na))


def reach(g: Guideline) -> Reach:
    """The sets of one guideline, worked out at the first call; one thread works, others wait."""
    found = g.cache.get("reach")
    if found is None:
        with WORKING:
            found = g.cache.get("reach")
            if found is None:
                found = work_out(g)
                _ = found.missed, found.never, found.outside
                g.cache["reach"] = found
    return found


def work_out(g: Guideline, children: int | None = None, closed: bool = False) -> Reach:
    """See the head of this module. `closed`: the last answer of a decision takes all whom the others leave."""
    d = g.space.diagrams
    children = constraints(g) if children is None else children
    may = dict.fromkeys(g.order, NONE)
    may[g.start] = children
    taken: dict[str, list[Taken]] = {}
    before: dict[str, list[str]] = {key: [] for key in g.order}
    for key in g.order:
        taken[key] = _taken(g, key, may[key], closed)
        for outcome in taken[key]:
            for target in outcome.targets:
                may[target] = d.either(may[target], outcome.who)
                if key not in before[target]:
                    before[target].append(key)
    out = d.union(may[key] for key in g.order if g.nodes[key].status == "out_of_scope")
    stopped = d.union(may[key] for key in g.order if g.nodes[key].status == "stopped")
    groups = {scheme: _groups(g, outcomes, children) for scheme, outcomes in g.scheme_outcomes.items()}
    return Reach(g, children, may, taken, before, d.without(children, out),
                 d.without(children, d.either(out, stopped)), groups, _ends(g, taken))


def _taken(g: Guideline, key: str, who: int, closed: bool) -> list[Taken]:
    node, space, d = g.nodes[key], g.space, g.space.diagrams
    if node.kind == "decision":
        found = [Taken(o.targets, d.both(who, space.diagram(o.tree)), o.ambiguity, o.index) for o in g.outcomes[key]]
        if closed:
            rest = d.without(who, d.union(taken.who for taken in found[:-1]))
            found[-1] = replace(found[-1], who=rest)
        return found
    targets = tuple(target for target in (node.next, node.to, *(way.to for way in node.ways)) if target)
    return [Taken(targets, who)] if targets else []


def _missed(g: Guideline, may: dict[str, int], taken: dict[str, list[Taken]], children: int) -> dict[str, int]:
    d = g.space.diagrams
    place = {key: number for number, key in enumerate(g.order)}
    jumps: dict[int, int] = {}
    ended, missed = NONE, {}
    for number, key in enumerate(g.order):
        jumps.pop(number, None)
        over = ended
        for target in sorted(jumps, reverse=True):
            over = d.either(over, jumps[target])
        missed[key] = d.either(over, d.without(children, may[key]))
        if not taken[key]:
            ended = d.either(ended, may[key])
        for outcome in taken[key]:
            for target in outcome.targets:
                jumps[place[target]] = d.either(jumps.get(place[target], NONE), outcome.who)
    return missed


def _groups(g: Guideline, outcomes: list, children: int) -> dict[str, int]:
    space, d = g.space, g.space.diagrams
    found: dict[str, int] = {}
    for outcome in outcomes:
        who = d.both(children, space.diagram(outcome.tree))
        for group in outcome.targets:
            found[group] = d.either(found.get(group, NONE), who)
    return found


def _ends(g: Guideline, taken: dict[str, list[Taken]]) -> dict[str, frozenset[str]]:
    ends: dict[str, frozenset[str]] = {}
    for key in reversed(g.order):
        targets = [target for outcome in taken[key] for target in outcome.targets]
        ends[key] = frozenset().union(*(ends[target] for target in targets)) if targets else frozenset([key])
    return ends


