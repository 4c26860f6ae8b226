"""Prove that no child falls through: every graph and scheme, by two methods that must agree.

Method one, here, works on diagrams: the exact set of children that reach a decision, cut by its answers. Method two
(`counting.py`) looks at every combination one by one.
"""
from __future__ import annotations

from itertools import combinations

from pathways.conditions import Pair, atoms, facts_of
from pathways.counting import Counting, Hole, Proof, place_of
from pathways.diagrams import NONE
from pathways.model import Guideline
from pathways.reach import constraint_diagram, reach


def prove(g: Guideline, by_counting: bool = True) -> Proof:
    """Check every property of every graph.

    Returns
    -------
    Proof
        `holes` is empty where all holds.
    """
    space = g.space
    proof = Proof(facts=len(g.facts), cells=sum(len(cells) for cells in space.cells.values()))
    r = reach(g)
    proof.combinations = space.diagrams.count(r.children)
    _constraints(g, proof)
    _nodes(g, proof)
    for key in g.order:
        if g.nodes[key].kind == "decision":
            _decision(g, proof, key)
    for key in g.schemes:
        _scheme(g, proof, key)
    if by_counting:
        counted = Counting(g)
        for key in g.order:
            if g.nodes[key].kind == "decision":
                proof.rows += counted.decision(key, proof)
        for key in g.schemes:
            proof.rows += counted.scheme(key, proof)
    _numbers(g, proof)
    return proof


def child(g: Guideline, who: int) -> dict:
    """One child of a set, as entries."""
    return g.space.child(who)


def _constraints(g: Guideline, proof: Proof) -> None:
    d, space = g.space.diagrams, g.space
    for key, (constraint, tree) in g.constraints.items():
        kept = constraint_diagram(g, key, tree)
        named = set(facts_of(tree, g.definitions))
        if key.endswith("_only_when"):
            named.add(key.removesuffix("_only_when"))
        pairs = {atom for atom in atoms(tree, g.definitions) if isinstance(atom, Pair)}
        for pair in pairs:
            kept = d.both(kept, space.tie(pair))
        rest = [v for v, item in enumerate(space.order) if item not in named and item not in pairs]
        outside = 1
        for variable in rest:
            outside *= d.sizes[variable]
        total = 1
        for item in (*named, *pairs):
            total *= d.sizes[space.variable[item]]
        proof.constraints.append({"id": key, "removes": total - d.count(kept) // outside, "of": total,
                                  "reason": constraint.reason})
        if kept == NONE:
            proof.holes.append(Hole("constraints.yaml", 1, f"the constraint '{key}' leaves no child", {}))


def _nodes(g: Guideline, proof: Proof) -> None:
    r = reach(g)
    for key in g.order:
        if r.may[key] == NONE:
            proof.holes.append(Hole(*place_of(g, key), f"no child ever reaches '{key}'", {}))
        elif not r.taken[key]:
            proof.ends[key] = child(g, r.may[key])


def _decision(g: Guideline, proof: Proof, key: str) -> None:
    r, d = reach(g), g.space.diagrams
    taken = r.taken[key]
    hole = d.without(r.may[key], d.union(outcome.who for outcome in taken))
    if hole:
        proof.holes.append(Hole(*place_of(g, key), f"'{key}' has no answer for this child", child(g, hole)))
    for one, two in combinations(taken, 2):
        both = d.both(one.who, two.who)
        if both:
            names = " and ".join(o.ambiguity or o.targets[0] for o in (one, two))
            proof.holes.append(Hole(*place_of(g, key), f"'{key}' has two answers, {names}", child(g, both)))
    for outcome in taken:
        if outcome.who == NONE:
            name = outcome.ambiguity or outcome.targets[0]
            proof.holes.append(Hole(*place_of(g, key), f"the answer {name} of '{key}' is never taken", {}))


def _scheme(g: Guideline, proof: Proof, key: str) -> None:
    r, d, space = reach(g), g.space.diagrams, g.space
    scheme = g.schemes[key]
    taken = [(o, d.both(r.children, space.diagram(o.tree))) for o in g.scheme_outcomes[key]]
    hole = d.without(r.children, d.union(who for _, who in taken))
    if hole:
        proof.holes.append(Hole(scheme.file, 1, f"'{key}' has no group for this child", child(g, hole)))
    for (one, who), (two, other) in combinations(taken, 2):
        if d.both(who, other):
            what = f"'{key}' has two groups, {one.targets[0]} and {two.targets[0]}"
            proof.holes.append(Hole(scheme.file, 1, what, child(g, d.both(who, other))))
    for outcome, who in taken:
        if who == NONE:
            proof.holes.append(Hole(scheme.file, 1, f"the group {outcome.targets} of '{key}' is never given", {}))
    proof.schemes.append({"id": key, "groups": len(scheme.groups), "ambiguities": len(scheme.ambiguous),
                          "residual": sum(group.residual is not None for group in scheme.groups)})


def _numbers(g: Guideline, proof: Proof) -> None:
    r = reach(g)
    for page in g.pages.values():
        nodes = list(page.nodes.values())
        proof.pages.append({
            "page": page.id, "nodes": len(nodes), "decisions": sum(node.kind == "decision" for node in nodes),
            "residual": sum(b.residual is not None for node in nodes for b in node.branches),
            "statements": sum(len(node.statements) for node in nodes),
            "ambiguities": sum(len(node.ambiguous) for node in nodes),
            "facts": len({key for node in nodes for o in g.outcomes.get(node.id, [])
                          for key in facts_of(o.tree, g.definitions)}),
            "routes": _routes(g, page.start), "ends": sum(not r.taken[node.id] for node in nodes)})


def _routes(g: Guideline, start: str) -> int:
    """Ways from a page's start to where it ends or leads to another page."""
    r, counts = reach(g), {}
    page = g.nodes[start].page
    for key in reversed(g.order):
        inner = [t for taken in r.taken[key] for t in dict.fromkeys(taken.targets) if g.nodes[t].page == page]
        counts[key] = sum(counts[t] for t in dict.fromkeys(inner)) if inner and g.nodes[key].kind != "link" else 1
    return counts[start]


def report(proof: Proof) -> str:
    """The proof in words and numbers."""
    lines = [f"facts {proof.facts}, cells {proof.cells}, combinations that keep the constraints "
             f"{float(proof.combinations):.3g}"]
    for page in proof.pages:
        lines.append(f"{page['page']:10} facts {page['facts']:2}  nodes {page['nodes']:2}  decisions "
                     f"{page['decisions']:2}  residual {page['residual']}  ambiguous {page['ambiguities']}  "
                     f"statements {page['statements']:2}  routes {page['routes']}  ends {page['ends']}")
    for scheme in proof.schemes:
        lines.append(f"{scheme['id']:14} groups {scheme['groups']}  residual {scheme['residual']}  "
                     f"ambiguous {scheme['ambiguities']}")
    for constraint in proof.constraints:
        lines.append(f"constraint {constraint['id']}: removes {constraint['removes']} of {constraint['of']} cells")
    for key, entries in proof.ends.items():
        lines.append(f"end {key}: {entries}")
    totals = ", ".join(f"{key} {value}" for key, value in proof.totals.items())
    lines.append(f"all pages: {totals}; combinations counted one by one {proof.rows:,}")
    for hole in proof.holes:
        lines.append(f"HOLE {hole.file}:{hole.line}: {hole.what}: {hole.child}")
    lines.append("not proven" if proof.holes else
                 "proven: acyclic, nothing dangling or unreachable, every decision and scheme exclusive and exhaustive "
                 "by both methods, every end reached")
    return "\n".join(lines)


