"""What can be asked of a walk: a decision or a risk scheme, the answers it has, and what is right for one child."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathways.conditions import And, Name, Not, Or, Tree, in_words, kleene, unresolved
from pathways.model import Guideline, Outcome
from pathways.reach import reach
from pathways.walk import Walk
from pathways.why import deciding

WAIT, OPEN = "wait", "open"


@dataclass(frozen=True)
class Point:
    """A decision or a scheme. `answers`: boxes or groups it can come to, each with its short name."""

    id: str
    scheme: bool
    title: str
    page: str
    lines: tuple
    answers: dict[str, str]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Standing:
    """How a point stands for one child: one answer, WAIT or OPEN; the answers still possible, what is missing."""

    answer: str
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    ambiguities: tuple[str, ...]


def point(g: Guideline, key: str) -> Point | None:
    """A decision or scheme by its id; None where there is none."""
    if key in g.schemes:
        scheme = g.schemes[key]
        names = {group.id: _plain(group.name) for group in scheme.groups}
        return Point(key, True, f"{scheme.name}: which group?", "", scheme.lines, names, tuple(g.scheme_outcomes[key]))
    if key not in g.outcomes:
        return None
    node, outcomes = g.nodes[key], g.outcomes[key]
    names = {target: _leads(g, target) for outcome in outcomes for target in outcome.targets}
    return Point(key, False, node.title, node.page, node.lines, names, tuple(outcomes))


def _plain(name: str) -> str:
    """A group's name without the rule in it."""
    return name.partition(" (")[0].partition(":")[0]


def _leads(g: Guideline, target: str) -> str:
    node = g.nodes[target]
    return f"On to the question “{node.title}”" if node.kind == "decision" else node.title


def on_way(w: Walk, node: str) -> bool:
    """Whether every child of the walk comes to a node, on every way or on one that the text leaves open."""
    r = reach(w.guideline)
    return bool(w.box) and w.meets(r.may[node]) and not w.meets(r.never[node])


def standing(w: Walk, p: Point) -> Standing:
    """The right answer at a point, from the walk."""
    if p.scheme:
        return _group(w, p)
    open_now = [taken for taken in reach(w.guideline).taken[p.id] if w.meets(taken.who)]
    possible = tuple(dict.fromkeys(target for taken in open_now for target in taken.targets))
    notes = tuple(taken.ambiguity for taken in open_now if taken.ambiguity)
    if len({taken.targets for taken in open_now}) > 1:
        return Standing(WAIT, possible, _missing(w, p), notes)
    if open_now[0].ambiguity:
        return Standing(OPEN, possible, (), notes)
    return Standing(possible[0], possible, (), ())


def _group(w: Walk, p: Point) -> Standing:
    r = reach(w.guideline)
    groups = tuple(group for group in p.answers if w.meets(r.groups[p.id].get(group, 0)))
    notes = tuple(o.ambiguity for o in p.outcomes
                  if o.ambiguity and kleene(o.tree, w.guideline.definitions, w.truth) is not False)
    if len(groups) == 1:
        return Standing(groups[0], groups, (), ())
    if any(w.meets(r.outside[p.id][group]) for group in groups):
        return Standing(WAIT, groups, _missing(w, p), notes)
    return Standing(OPEN, groups, (), notes)


def _missing(w: Walk, p: Point) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for o in p.outcomes for key in unresolved(o.tree, w.guideline.definitions, w.truth)))


def rule(w: Walk, p: Point, answer: str) -> str:
    """What leads to an answer, in words: its own rule, else the cell in which the text leaves it open."""
    return "; or ".join(dict.fromkeys(_spelled_out(w.guideline, o.rule) for o in _leading(p, answer)))


def _spelled_out(g: Guideline, tree: Tree) -> str:
    """A condition in words; where it is a bare name whose label does not explain itself, with its meaning."""
    labels = g.labels()
    words = in_words(tree, g.facts, labels)
    if isinstance(tree, Name) and "(" not in words:
        return f"{words} ({in_words(g.definitions[tree.name], g.facts, labels)})"
    return words


def _leading(p: Point, answer: str) -> list[Outcome]:
    """The outcomes that come to an answer; those of ambiguous cells only where there is no other."""
    found = [o for o in p.outcomes if answer in o.targets]
    return [o for o in found if not o.ambiguity] or found


def facts_for(w: Walk, p: Point, answer: str, wanted: bool) -> tuple[str, ...]:
    """Known facts that make an answer's rule hold (`wanted`), or fail."""
    return known(w, (key for o in _leading(p, answer) for key in deciding(o.tree, w.guideline, w.truth, wanted)))


def leaning(w: Walk, p: Point) -> tuple[str, ...]:
    """Every known fact that settles an answer of a point, for it or against it, or a part of its rule."""
    return known(w, (key for o in p.outcomes for key in _settled(w, o.tree)))


def _settled(w: Walk, tree: Tree) -> Iterator[str]:
    g = w.guideline
    value = kleene(tree, g.definitions, w.truth)
    if value is not None:
        yield from deciding(tree, g, w.truth, value)
    elif isinstance(tree, Name):
        yield from _settled(w, g.definitions[tree.name])
    elif isinstance(tree, Not):
        yield from _settled(w, tree.part)
    elif isinstance(tree, (And, Or)):
        for part in tree.parts:
            yield from _settled(w, part)


def leaned_on(w: Walk, asked: Iterable[Point]) -> set[str]:
    """Known facts on which some decision leans to which the walk comes, or some point that is asked."""
    g = w.guideline
    points = [*asked, *(point(g, key) for key in g.outcomes if on_way(w, key))]
    return {key for one in points for key in leaning(w, one)}


def known(w: Walk, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of the keys that have a value, each once."""
    return tuple(key for key in dict.fromkeys(keys) if key in w.case.values)


def told(w: Walk, keys: Iterable[str]) -> tuple[str, ...]:
    """Facts with their values, as people read them."""
    facts = w.guideline.facts
    return tuple(f"{facts[key].label}: {w.case.text(key)}" for key in keys)
