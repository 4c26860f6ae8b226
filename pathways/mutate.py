"""Change the data one step at a time and see whether the proof or a case notices. A survivor is a gap in the cases."""
from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from pathways.cells import Space
from pathways.conditions import (
    And,
    Name,
    Not,
    Number,
    OneOf,
    Pair,
    Positive,
    Tree,
    atoms,
    facts_of,
    in_words,
    kleene,
    rewrite,
)
from pathways.expect import STATES, Expected, expected_cases, misses, strengths
from pathways.load import guideline
from pathways.model import Guideline, Outcome
from pathways.reach import Reach, constraint_diagram, reach, work_out
from pathways.record import Found, write
from pathways.walk import Walk, walk

ALWAYS = And(())
TURN = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": ">=", "!=": "=="}


@dataclass(frozen=True)
class Mutant:
    """One changed copy: where (node, scheme, definition, constraint or statement id), what, and how to make it."""

    where: str
    kind: str
    what: str
    make: Callable[[Guideline], Guideline]

    def __str__(self) -> str:
        return f"{self.kind} {self.where}: {self.what}"


def tree_changes(g: Guideline, tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Every one-step change of a condition (definitions are changed where they stand)."""
    for atom in dict.fromkeys(atoms(tree)):
        for what, new in _atom_changes(g, atom):
            yield what, rewrite(tree, lambda part, atom=atom, new=new: new if part == atom else None)
    for name in dict.fromkeys(_names(tree)):
        changed = rewrite(tree, lambda part, name=name: Not(part) if part == Name(name) else None)
        yield f"{name} negated", changed


def _names(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Name):
        yield tree.name
    for part in getattr(tree, "parts", ()):
        yield from _names(part)
    if isinstance(tree, Not):
        yield from _names(tree.part)


def _atom_changes(g: Guideline, atom: Tree) -> Iterator[tuple[str, Tree]]:
    if isinstance(atom, Number):
        low, high = g.facts[atom.fact].range
        step = 1 if g.facts[atom.fact].whole else atom.value / 10 or Fraction(1)
        for value in (atom.value + step, atom.value - step):
            if low <= value <= high:
                moved = f"{float(atom.value):g} moved to {float(value):g}"
                yield f"{atom.fact} {atom.op} {moved}", replace(atom, value=value)
        yield f"{atom.fact} {atom.op} turned to {TURN[atom.op]}", replace(atom, op=TURN[atom.op])
    elif isinstance(atom, Pair):
        yield f"{atom.fact} {atom.op} {atom.other} turned", replace(atom, op=TURN[atom.op])
    else:
        if isinstance(atom, OneOf) and len(atom.choices) > 1:
            for choice in atom.choices:
                yield f"{choice} dropped", replace(atom, choices=tuple(c for c in atom.choices if c != choice))
        name = "is_positive" if isinstance(atom, Positive) else "/".join(atom.choices)
        yield f"{atom.fact} {name} negated", Not(atom)


def mutants(g: Guideline) -> list[Mutant]:
    """Every mutant of the guideline, in a fixed order."""
    found: list[Mutant] = []
    for key, outcomes in g.outcomes.items():
        found += _outcome_mutants(g, key, outcomes, "node", _with_node)
        found += _branch_mutants(key, outcomes, "node", _with_node)
    for key, outcomes in g.scheme_outcomes.items():
        found += _outcome_mutants(g, key, outcomes, "scheme", _with_scheme)
        found += _branch_mutants(key, outcomes, "scheme", _with_scheme)
    for key, tree in g.definitions.items():
        for what, new in tree_changes(g, tree):
            found.append(Mutant(key, "definition", what, lambda g, key=key, new=new: _with_definition(g, key, new)))
    for key, (_, tree) in g.constraints.items():
        for what, new in tree_changes(g, tree):
            found.append(Mutant(key, "constraint", what, lambda g, key=key, new=new: _with_constraint(g, key, new)))
    for node in g.nodes.values():
        for place, s in enumerate(node.statements):
            if s.kind == "recommendation":
                other = "may" if s.strength != "may" else "recommended"
                category = "2A" if s.category == "2B" else "2B"
                for field, value in (("strength", other), ("category", category)):
                    found.append(Mutant(s.id, "statement", f"{field} to {value}",
                                        lambda g, node=node.id, place=place, field=field, value=value:
                                        _with_statement(g, node, place, field, value)))
    return found


def _outcome_mutants(g: Guideline, key: str, outcomes: list[Outcome], kind: str, put: Callable) -> Iterator[Mutant]:
    for place, outcome in enumerate(outcomes):
        name = outcome.ambiguity or f"to {outcome.targets[0]}"
        for what, new in tree_changes(g, outcome.rule):
            yield Mutant(key, kind, f"{name}: {what}", lambda g, p=place, new=new: put(
                g, key, _reruled(_of(g, key, kind), p, new)))


def _of(g: Guideline, key: str, kind: str) -> list[Outcome]:
    return list((g.outcomes if kind == "node" else g.scheme_outcomes)[key])


def _put(outcomes: list[Outcome], place: int, **changes: object) -> list[Outcome]:
    return [replace(o, **changes) if number == place else o for number, o in enumerate(outcomes)]


def _reruled(outcomes: list[Outcome], place: int, new: Tree) -> list[Outcome]:
    """Outcomes with one rule changed; that of an ambiguous cell is cut out of the branches anew."""
    changed = _put(outcomes, place, rule=new)
    cells = tuple(o.rule for o in changed if o.ambiguity)
    return [replace(o, cells=() if o.ambiguity else cells) for o in changed]


def _branch_mutants(key: str, outcomes: list[Outcome], kind: str, put: Callable) -> Iterator[Mutant]:
    for (i, one), (j, two) in combinations(enumerate(outcomes), 2):
        if one.targets != two.targets:
            what = f"{one.targets[0]} and {two.targets[0]} swapped"
            yield Mutant(key, kind, what, lambda g, i=i, j=j, a=one.targets, b=two.targets: put(
                g, key, _put(_put(_of(g, key, kind), i, targets=b), j, targets=a)))
    for place, outcome in enumerate(outcomes):
        yield Mutant(key, kind, f"{outcome.ambiguity or outcome.targets[0]} dropped", lambda g, p=place: put(
            g, key, [o for number, o in enumerate(_of(g, key, kind)) if number != p]))


def _with_node(g: Guideline, key: str, outcomes: list[Outcome]) -> Guideline:
    return replace(g, outcomes={**g.outcomes, key: outcomes}, cache={})


def _with_scheme(g: Guideline, key: str, outcomes: list[Outcome]) -> Guideline:
    return replace(g, scheme_outcomes={**g.scheme_outcomes, key: outcomes}, cache={})


def _with_definition(g: Guideline, key: str, tree: Tree) -> Guideline:
    definitions = {**g.definitions, key: tree}
    return replace(g, definitions=definitions, space=g.space.with_definitions(definitions), cache={})


def _with_constraint(g: Guideline, key: str, tree: Tree) -> Guideline:
    return replace(g, constraints={**g.constraints, key: (g.constraints[key][0], tree)}, cache={})


def _with_statement(g: Guideline, node: str, place: int, field: str, value: str) -> Guideline:
    old = g.nodes[node]
    statements = [s.model_copy(update={field: value}) if n == place else s for n, s in enumerate(old.statements)]
    return replace(g, nodes={**g.nodes, node: old.model_copy(update={"statements": statements})})


def ready(g: Guideline) -> Guideline:
    """The guideline on cells fine enough to tell every mutant apart."""
    trees = [*g.definitions.values(), *(tree for _, tree in g.constraints.values()),
             *(o.tree for outcomes in (*g.outcomes.values(), *g.scheme_outcomes.values()) for o in outcomes)]
    named = dict.fromkeys(atom for tree in trees for atom in atoms(tree))
    finer = [*named, *(new for atom in named for _, new in _atom_changes(g, atom) if isinstance(new, (Number, Pair)))]
    return replace(g, space=Space(g.facts, g.definitions, finer, g.space.order_of_facts), cache={})


def fate(g: Guideline, mutant: Mutant, cases: list[Expected], touched: Callable) -> str:
    """What becomes of a mutant: "equivalent", "proof", the case that catches it, or "" for a survivor."""
    changed = mutant.make(g)
    if mutant.kind == "statement":
        return "" if statements_agree(changed) else "strengths.yaml"
    before = reach(g)
    after = changed.cache["reach"] = work_out(changed, None if mutant.kind == "constraint" else before.children)
    if same(g, before, changed, after):
        return "equivalent"
    if not _proven(changed, after):
        return "proof"
    for expected in touched(mutant):
        if misses(walk(changed, expected.case), expected.block):
            return f"{expected.file}: {expected.name}"
    return ""


def statements_agree(g: Guideline) -> bool:
    """Whether every recommendation has the strength and category that the second reader typed."""
    found = {s.id: (s.strength, s.category or "2A") for node in g.nodes.values() for s in node.statements
             if s.kind == "recommendation"}
    return found == strengths()


def same(g: Guideline, before: Reach, changed: Guideline, after: Reach) -> bool:
    """Whether no child is treated otherwise: every answer and every group is given to exactly the same children."""
    if before.children != after.children or before.groups != after.groups:
        return False
    return all({(t.targets, t.ambiguity, t.who) for t in before.taken[key] if t.who}
               == {(t.targets, t.ambiguity, t.who) for t in after.taken[key] if t.who} for key in g.order)


def _proven(g: Guideline, r: Reach) -> bool:
    d = g.space.diagrams
    for key, tree_pair in g.constraints.items():
        if constraint_diagram(g, key, tree_pair[1]) == 0:
            return False
    for key in g.order:
        taken = r.taken[key]
        if r.may[key] == 0 or any(outcome.who == 0 for outcome in taken):
            return False
        if g.nodes[key].kind == "decision" and not _cut(d, r.may[key], [outcome.who for outcome in taken]):
            return False
    return all(_cut(d, r.children, [d.both(r.children, g.space.diagram(o.tree)) for o in outcomes])
               for outcomes in g.scheme_outcomes.values())


def _cut(d: object, whole: int, parts: list[int]) -> bool:
    """Whether the parts are disjoint and make up the whole."""
    if d.without(whole, d.union(parts)):
        return False
    return not any(d.both(one, two) for one, two in combinations(parts, 2))


def touching(g: Guideline, cases: list[Expected]) -> Callable[[Mutant], list[Expected]]:
    """Cases that a change could show in, the most telling first: those that come to the node, or name its facts."""
    walks = [(expected, walk(g, expected.case)) for expected in cases]
    users: dict[str, set[str]] = {}
    for key, outcomes in (*g.outcomes.items(), *g.scheme_outcomes.items()):
        for outcome in outcomes:
            for name in _names_deep(g, outcome.tree):
                users.setdefault(name, set()).add(key)

    def weight(expected: Expected, nodes: set[str]) -> tuple:
        named = {node for state in STATES for node in expected.block.get(state, [])}
        near = {t for node in nodes if node in g.outcomes for o in g.outcomes[node] for t in o.targets}
        return (-len(named & (near | nodes)), -len(expected.block.get("schemes", {})), len(expected.block))

    def touched(mutant: Mutant) -> list[Expected]:
        if mutant.kind == "constraint":
            named = set(facts_of(g.constraints[mutant.where][1], g.definitions))
            hits = [e for e, _ in walks if named & set(e.case.values)]
            return sorted(hits, key=lambda e: e.block.get("status") != "contradictory")
        nodes = users.get(mutant.where, set()) if mutant.kind == "definition" else {mutant.where}
        hits = [e for e, w in walks if any(w.states.get(node, "excluded") != "excluded" for node in nodes)
                or nodes & set(e.block.get("schemes", {}))]
        return sorted(hits, key=lambda e: weight(e, nodes))

    return touched


def _names_deep(g: Guideline, tree: Tree) -> set[str]:
    found: set[str] = set()
    for name in _names(tree):
        found |= {name} | _names_deep(g, g.definitions[name])
    return found


def lacking_pairs(g: Guideline, cases: list[Expected]) -> list[str]:
    """Atoms, each where it stands in the data, without a pair of cases that shows its own effect (masking MC/DC)."""
    walks = [(expected, walk(g, expected.case)) for expected in cases]
    walks, r = [(e, w) for e, w in walks if w.box], reach(g)
    everyone = [w for _, w in walks]
    lacking = [line for key, tree in g.definitions.items() for line in _lacking(g, key, tree, everyone)]
    for key, outcomes in (*g.outcomes.items(), *g.scheme_outcomes.items()):
        near = [w for e, w in walks if w.meets(r.may.get(key, r.children))]
        for outcome in outcomes:
            lacking += _lacking(g, f"{key} to {outcome.ambiguity or outcome.targets[0]}", outcome.rule, near)
    return lacking


def _lacking(g: Guideline, where: str, tree: Tree, walks: list[Walk]) -> list[str]:
    parts = dict.fromkeys([*atoms(tree), *(Name(name) for name in _names(tree))])
    found = []
    for part in parts:
        shown: set[bool] = set()
        for one in walks:
            value = _effect(g, tree, part, one)
            if value is not None:
                shown.add(value)
            if len(shown) == 2:
                break
        missing = [value for value in (False, True) if value not in shown and _can_show(g, tree, part, value)]
        if missing:
            found.append(f"{where}: {in_words(part, g.facts, g.labels())} (missing: {missing})")
    return found


def _can_show(g: Guideline, tree: Tree, part: Tree, value: bool) -> bool:
    """Whether any child that keeps the constraints could show the effect of a part at this value."""
    d, space = g.space.diagrams, g.space
    forced = [space.diagram(rewrite(tree, lambda other, end=end: end if other == part else None))
              for end in (ALWAYS, Not(ALWAYS))]
    own = space.diagram(part)
    decides = d.either(d.without(forced[0], forced[1]), d.without(forced[1], forced[0]))
    return d.both(d.both(reach(g).children, own if value else d.other(own)), decides) != 0


def _effect(g: Guideline, tree: Tree, part: Tree, one: Walk) -> bool | None:
    """The part's value where, everything else as it is, it alone decides the condition; else None."""
    value = kleene(part, g.definitions, one.truth)
    if value is None:
        return None
    ends = []
    for forced in (ALWAYS, Not(ALWAYS)):
        changed = rewrite(tree, lambda other, forced=forced: forced if other == part else None)
        ends.append(kleene(changed, g.definitions, one.truth))
    return value if None not in ends and ends[0] != ends[1] else None


def run(share: float, seed: int, keep: bool = False) -> int:
    """The command: prints counts, equivalents with their reason, survivors; 1 where there is a survivor.

    Parameters
    ----------
    share : float
        Of all mutants, above 0 and at most 1.
    seed : int
        Chooses them.
    keep : bool
        Whether to keep what was found, for Sources.
    """
    g = ready(guideline())
    cases = expected_cases(g)
    every = mutants(g)
    chosen = every if share >= 1 else random.Random(seed).sample(every, max(1, int(len(every) * share)))
    touched = touching(g, cases)
    fates = {mutant: fate(g, mutant, cases, touched) for mutant in chosen}
    ends = list(fates.values())
    equivalent = [str(mutant) for mutant, end in fates.items() if end == "equivalent"]
    found = Found(cases=len(cases), mutants=len(chosen), proof=ends.count("proof"),
                  case=sum(end not in ("", "proof", "equivalent") for end in ends), equivalent=equivalent,
                  survivors=[str(mutant) for mutant, end in fates.items() if not end],
                  lacking=lacking_pairs(g, cases))
    print(*[f"equivalent (no child is treated otherwise): {one}" for one in found.equivalent],
          *[f"SURVIVOR {one}" for one in found.survivors], *[f"NO PAIR OF CASES {one}" for one in found.lacking],
          f"mutants {found.mutants} of {len(every)}: caught by the proof {found.proof}, by a case {found.case}, "
          f"equivalent {len(equivalent)}, survivors {len(found.survivors)}",
          f"atoms without a pair of cases that shows their effect: {len(found.lacking)}", sep="\n")
    if keep:
        write(found)
    return 1 if found.survivors or found.lacking else 0
