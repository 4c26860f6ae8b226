"""An invented child for every box: what is typical where nothing decides, and no more than the way to the box needs."""
from __future__ import annotations

from functools import cache
from pathlib import Path

from content.reading import Block, read_yaml
from pathways.facts import Case, read_case
from pathways.model import Guideline
from pathways.reach import reach
from pathways.walk import walk

TYPICAL = Path(__file__).with_name("typical.yaml")
ON_THE_WAY = ("visited", "offered")


def example(g: Guideline, node: str) -> Case:
    """An invented child who comes to a node, with only the facts that bring it there.

    Parameters
    ----------
    g : Guideline
    node : str
        Any node; the proof shows that some child comes to each.

    Returns
    -------
    Case
        Without any one of its facts the way to the node would be open or lost. The first that are tried to be left out
        are those learned last.
    """
    entries = likely(g, reach(g).may[node])
    out = g.nodes[node].status == "out_of_scope"
    for key in reversed([key for key in g.facts if key in entries and key != "situation"]):
        fewer = {name: entry for name, entry in entries.items() if name != key}
        found = walk(g, read_case(g.facts, fewer))
        if found.status == "out_of_scope" if out else found.states[node] in ON_THE_WAY:
            entries = fewer
    return read_case(g.facts, entries)


@cache
def typical() -> Block:
    """What is usual, fact by fact, read once a process."""
    return read_yaml(TYPICAL)


def likely(g: Guideline, who: int) -> dict[str, object]:
    """A child of a set as entries, as typical as the set allows.

    Parameters
    ----------
    who : int
        A set of children that is not empty.
    """
    space, d = g.space, g.space.diagrams
    entries: dict[str, object] = {}
    for key, fact in g.facts.items():
        for entry in typical().get(key, ("absent", "present") if fact.kind == "finding" else ()):
            if d.meets(who, space.box(read_case(g.facts, entries | {key: entry})), {}):
                entries[key] = entry
                break
    return space.child(who, space.box(read_case(g.facts, entries))) | entries
