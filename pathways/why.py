"""Why a node is not on the way: the decisions at which ways to it leave the open part, in words. Pure."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pathways.conditions import And, Name, Not, Or, Pair, Tree, in_words, kleene, unresolved
from pathways.model import Guideline, Outcome
from pathways.reach import Taken, reach
from pathways.walk import Walk


@dataclass(frozen=True)
class WhyNot:
    """A decision at which ways to a node leave the open part.

    `rule` is what would lead there, in words; `state` is failed or unknown; `facts` are those that fail it, or those it
    waits for; `lines` are the lines of the text.
    """

    decision: str
    page: str
    rule: str
    state: str
    facts: tuple[str, ...]
    lines: tuple


def why_not(w: Walk, node: str) -> list[WhyNot]:
    """Where ways to a node leave the open part, one line a decision, the one nearest to the node first.

    Parameters
    ----------
    w : Walk
        The walk of the case.
    node : str
        Any node. An excluded one gets the rules that failed, a possible one those that are not settled yet.

    Returns
    -------
    list of WhyNot
        Empty where the node is visited or offered, and where the case is not walked (`w.status` and `w.reason` say
        why).
    """
    state = w.states.get(node)
    if state not in ("excluded", "possible"):
        return []
    ahead = _beyond(w, node) if state == "excluded" else _toward(w, node)
    line = _failed if state == "excluded" else _unsettled
    decisions = [key for key in reversed(w.guideline.order) if key in w.guideline.outcomes and key != node]
    return list(filter(None, (line(w, key, ahead) for key in decisions if w.states[key] != "excluded")))


def _beyond(w: Walk, node: str) -> set[str]:
    """An excluded node and all excluded ones from which a way leads to it without coming back to an open one."""
    beyond, taken = {node}, reach(w.guideline).taken
    for key in reversed(w.guideline.order):
        if w.states[key] == "excluded" and any(beyond.intersection(one.targets) for one in taken[key]):
            beyond.add(key)
    return beyond


def _toward(w: Walk, node: str) -> set[str]:
    """The node and all from which a way leads to it that is still open."""
    toward, taken = {node}, reach(w.guideline).taken
    for key in reversed(w.guideline.order):
        if any(toward.intersection(one.targets) and w.meets(one.who) for one in taken[key]):
            toward.add(key)
    return toward


def _failed(w: Walk, key: str, ahead: set[str]) -> WhyNot | None:
    """An open decision from which ways to the node leave the open part for good."""
    return _line(w, key, _leading(w, key, ahead), "failed")


def _unsettled(w: Walk, key: str, ahead: set[str]) -> WhyNot | None:
    """A decision with an open answer toward the node and another that leads elsewhere."""
    leading = [one for one in _leading(w, key, ahead) if w.meets(one.who)]
    away = [one for one in reach(w.guideline).taken[key] if one not in leading and w.meets(one.who)]
    return _line(w, key, leading, "unknown") if leading and away else None


def _leading(w: Walk, key: str, ahead: set[str]) -> list[Taken]:
    return [one for one in reach(w.guideline).taken[key] if ahead.intersection(one.targets)]


def _line(w: Walk, key: str, some: list[Taken], state: str) -> WhyNot | None:
    g, node = w.guideline, w.guideline.nodes[key]
    plain = [one for one in some if not one.ambiguity] or some
    if not plain:
        return None
    rules: dict[str, None] = {}
    facts: dict[str, None] = {}
    for one in plain:
        outcome = next(o for o in g.outcomes[key] if (o.index, o.ambiguity) == (one.index, one.ambiguity))
        rules[_words(w, outcome)] = None
        facts.update(dict.fromkeys(deciding(outcome.tree, g, w.truth) if state == "failed" else
                                   unresolved(outcome.tree, g.definitions, w.truth)))
    return WhyNot(key, node.page, "; or ".join(rules), state, tuple(facts), node.lines)


def _words(w: Walk, outcome: Outcome) -> str:
    """The rule in words; where it holds and only its ambiguous cells stand against it, those."""
    g, labels = w.guideline, w.guideline.labels()
    if not outcome.cells or kleene(outcome.rule, g.definitions, w.truth) is not True:
        return in_words(outcome.rule, g.facts, labels)
    cells = [cell for cell in outcome.cells if kleene(cell, g.definitions, w.truth) is not False]
    return " and ".join(in_words(cell, g.facts, labels, negated=True) for cell in cells)


def deciding(tree: Tree, g: Guideline, truth: Callable[[Tree], bool | None], wanted: bool = False) -> list[str]:
    """Facts that make a condition what it is (`wanted`); empty where it is not known or otherwise."""
    return list(dict.fromkeys(_deciding(tree, g.definitions, truth, wanted)))


def _deciding(tree: Tree, definitions: Mapping[str, Tree], truth: Callable, wanted: bool) -> Iterator[str]:
    if kleene(tree, definitions, truth) is not wanted:
        return
    if isinstance(tree, Name):
        yield from _deciding(definitions[tree.name], definitions, truth, wanted)
    elif isinstance(tree, Not):
        yield from _deciding(tree.part, definitions, truth, not wanted)
    elif isinstance(tree, (And, Or)):
        for part in tree.parts:
            yield from _deciding(part, definitions, truth, wanted)
    else:
        yield tree.fact
        if isinstance(tree, Pair):
            yield tree.other
