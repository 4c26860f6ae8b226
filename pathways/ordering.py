"""Finds an order of facts in which the sets of children stay small diagrams. Any order gives the same sets."""
from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from pathways.model import Guideline
from pathways.reach import reach

HEAD = """\
# The order in which sets of children are split, fact by fact: any order gives the same sets, and in this one a walk is
# fast. A fact that is not named follows after these. Written by `python -m pathways order`.
"""
FAR, NEAR = 0.42, 0.28                      # how often one fact moves anywhere, or a few places; else several move
PLACES, TOGETHER = 6, 10                    # a few places, several facts: at most


def nodes(g: Guideline, order: Sequence[str]) -> int:
    """How many nodes all diagrams have together once every set of the guideline was worked out."""
    tried = g.apart(order)
    reach(tried)
    return len(tried.space.diagrams.arcs)


def climb(g: Guideline, tries: int, seed: int, tell: Callable[[int], None]) -> list[str]:
    """Move facts about, and keep what makes no more nodes.

    Parameters
    ----------
    g : Guideline
        Its own order is where this begins.
    tries, seed : int
        How many moves; the same seed makes the same moves.
    tell : callable
        Is given the number of nodes after each move.
    """
    moves, best = random.Random(seed), g.space.order_of_facts
    fewest = nodes(g, best)
    for _ in range(tries):
        order = _moved(moves, best)
        found = nodes(g, order)
        if found <= fewest:
            best, fewest = order, found
        tell(fewest)
    return best


def _moved(moves: random.Random, order: list[str]) -> list[str]:
    sort = moves.random()
    length = 1 if sort < FAR + NEAR else moves.randint(2, TOGETHER)
    at = moves.randrange(len(order))
    taken, rest = order[at:at + length], order[:at] + order[at + length:]
    if FAR <= sort < FAR + NEAR:
        to = min(max(at + moves.randint(-PLACES, PLACES), 0), len(rest))
    else:
        to = moves.randint(0, len(rest))
    return rest[:to] + taken + rest[to:]


def write(path: Path, order: Sequence[str]) -> None:
    """Keep an order."""
    path.write_text(HEAD + "".join(f"- {key}\n" for key in order), encoding="utf-8")
