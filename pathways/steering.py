"""What a lesion does when it is found: the decisions it takes part in, the risk groups it leaves open or takes away.

Worked out from the rules, over all children that keep the constraints; nothing of it is typed.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathways.conditions import atom_truth, facts_of, kleene
from pathways.facts import Case, read_case
from pathways.model import Guideline, Outcome
from pathways.reach import reach

OUTSIDE = ("not_applicable", "not_stated")


@dataclass(frozen=True)
class AtNode:
    """A decision whose rules ask for the lesion. `targets`: the ways open once found; `closed`: those it takes."""

    node: str
    targets: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True)
class InScheme:
    """A scheme whose rules ask for the lesion: groups open once it is found, and those it takes away."""

    scheme: str
    groups: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True)
class Steering:
    """Everywhere a lesion counts, in the order of the guideline.

    `implies`: findings that every child with it has too; where they count, it counts. `notes`: ambiguities whose
    condition it meets.
    """

    nodes: tuple[AtNode, ...]
    schemes: tuple[InScheme, ...]
    definitions: tuple[str, ...]
    implies: tuple[str, ...]
    notes: tuple[str, ...]


def steering(g: Guideline, facts: Iterable[str], lineage: str = "") -> Steering:
    """Where a lesion counts, and what follows from it alone.

    Parameters
    ----------
    g : Guideline
        The guideline.
    facts : iterable of str
        Keys that stand for the lesion. It is taken as found where exactly one of them is a finding; a number, or
        several findings of which one is enough, only say where it counts.
    lineage : str
        The lineage in which it occurs; empty for both.

    Returns
    -------
    Steering
        Empty where no rule asks for it.
    """
    keys = set(facts)
    before = {"lineage": lineage} if lineage else {}
    findings = [key for key in keys if g.facts[key].kind == "finding"]
    found = {findings[0]: "present"} if len(findings) == 1 else {}
    r, at_first, then = reach(g), _box(g, before), _box(g, before | found)
    meets = g.space.diagrams.meets
    implies = tuple(key for key, fact in g.facts.items() if found and fact.kind == "finding" and key not in keys
                    and not meets(r.children, _box(g, before | found | {key: "absent"}), {}))
    keys |= set(implies)

    nodes = []
    for name, outcomes in g.outcomes.items():
        if _asked(g, outcomes, keys):
            ways = [(target, taken.who) for taken in r.taken[name] for target in taken.targets]
            nodes.append(AtNode(name, *_parted(meets, ways, at_first, then)))
    schemes = []
    for name, outcomes in g.scheme_outcomes.items():
        if _asked(g, outcomes, keys):
            groups = [(group, who) for group, who in r.groups[name].items() if group not in OUTSIDE]
            schemes.append(InScheme(name, *_parted(meets, groups, at_first, then)))
    definitions = tuple(name for name, tree in g.definitions.items() if keys & set(facts_of(tree, g.definitions)))
    order = {name: place for place, name in enumerate(g.order)}
    return Steering(tuple(sorted(nodes, key=lambda node: order[node.node])), tuple(schemes), definitions, implies,
                    tuple(_notes(g, keys, read_case(g.facts, before | found))) if found else ())


def _box(g: Guideline, entries: Mapping[str, str]) -> list[int]:
    return g.space.box(read_case(g.facts, entries))


def _asked(g: Guideline, outcomes: list[Outcome], keys: set[str]) -> bool:
    return any(keys & set(facts_of(outcome.tree, g.definitions)) for outcome in outcomes)


def _notes(g: Guideline, keys: set[str], case: Case) -> dict[str, None]:
    """Ambiguities whose condition asks for the lesion and is met by it."""
    found: dict[str, None] = {}
    r, box = reach(g), g.space.box(case)
    met = [node for name, node in g.nodes.items() if g.space.diagrams.meets(r.may[name], box, {})]
    for home in (*met, *g.schemes.values()):
        for note in home.notes:
            tree = g.conditions.get(note.when)
            if tree is not None and keys & set(facts_of(tree, g.definitions)) \
                    and kleene(tree, g.definitions, lambda atom: atom_truth(atom, case.values)):
                found[note.id] = None
    return found


def _parted(meets, ways: list[tuple[str, int]], at_first: list[int], then: list[int]) -> tuple[tuple, tuple]:
    """Ways that some child can still take, and those that only children without the lesion take."""
    left = dict.fromkeys(name for name, who in ways if meets(who, then, {}))
    gone = dict.fromkeys(name for name, who in ways if name not in left and meets(who, at_first, {}))
    return tuple(left), tuple(gone)
