"""The real guideline is proven by both methods; a planted mistake or a planted disagreement is found."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from naive import Naive, plain_child
from small import load_small

from content.reading import read_yaml
from pathways import counting
from pathways.counting import Counting
from pathways.facts import read_case
from pathways.load import HERE, guideline
from pathways.model import Outcome
from pathways.proof import prove, report
from pathways.reach import constraint_diagram, constraints
from pathways.walk import walk

G = guideline()
CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.fixture(scope="module")
def proof():
    return prove(G)


def test_guideline_has_no_hole_by_both_methods(proof):
    assert proof.holes == []
    assert report(proof).splitlines()[-1].startswith("proven: ")


def test_guideline_has_no_hole_by_the_first_method_alone():
    first = prove(G, by_counting=False)
    assert first.holes == [] and first.rows == 0


def test_counting_looks_at_every_decision_and_scheme(proof):
    decisions = [key for key, node in G.nodes.items() if node.kind == "decision"]
    assert proof.totals["decisions"] == len(decisions) == len(G.outcomes)
    assert [scheme["id"] for scheme in proof.schemes] == list(G.schemes)
    assert proof.rows > 100_000


def test_reported_numbers_agree_with_a_plain_count(proof):
    naive = Naive(HERE)
    assert proof.facts == len(naive.facts) and proof.totals["nodes"] == len(naive.nodes)
    assert proof.totals["statements"] == sum(len(node.get("statements", [])) for node in naive.nodes.values())
    assert proof.totals["residual"] == sum("residual" in b for n in naive.nodes.values() for b in n.get("branches", []))
    assert proof.totals["ambiguities"] == sum(len(node.get("ambiguous", [])) for node in naive.nodes.values())
    assert [page["page"] for page in proof.pages] == list(G.pages)
    for page in proof.pages:
        assert 0 < page["routes"] < 10**6 and page["nodes"] == len(naive.pages[page["page"]]["nodes"])
    assert proof.cells > 2 * proof.facts and proof.combinations > 10**15


def test_situation_page_has_the_routes_counted_by_hand(tmp_path):
    small = prove(load_small(tmp_path))
    routes = {page["page"]: page["routes"] for page in small.pages}
    # lineage: B to treat and on; T to two ways, one of them to the end; the ambiguous cell adds no new place
    assert routes == {"SITUATION": 2, "PEDALL-2": 3}
    assert (small.facts, small.totals["ends"], small.totals["decisions"]) == (6, 3, 2)


def test_cells_cut_each_number_at_each_limit():
    naive = Naive(HERE)
    for key, fact in G.facts.items():
        cells = G.space.cells[key]
        if fact.kind in ("number", "mrd") and not fact.whole:
            found = {cell.low for cell in cells if not cell.na and cell.low == cell.high}
            assert found >= naive.cuts[key]
        assert len(cells) >= 2 or fact.kind == "number"


def test_each_end_is_reached_by_the_child_that_is_printed(proof):
    ends = {key for key, node in G.nodes.items()
            if node.kind in ("silent", "stop") or (node.kind == "link" and node.situation)}
    assert set(proof.ends) == ends
    for end, entries in proof.ends.items():
        found = walk(G, read_case(G.facts, entries, confirmed=entries))
        if G.nodes[end].status == "out_of_scope":
            assert found.status == "out_of_scope" and G.nodes[end].say in found.reason
        else:
            assert found.states[end] != "excluded", end


# constraints ----------------------------------------------------------------------------------------------------------
def test_each_constraint_removes_some_cells_but_not_all(proof):
    assert [one["id"] for one in proof.constraints] == list(G.constraints)
    for one in proof.constraints:
        assert 0 < one["removes"] < one["of"] and one["reason"].endswith((".", ")"))


def test_plain_child_keeps_every_constraint_and_each_is_broken_by_some_child():
    naive = Naive(HERE)
    assert naive.keeps(plain_child(naive))
    for key, (_, tree) in G.constraints.items():
        assert constraint_diagram(G, key, tree) not in (0, 1)
    assert constraints(G) != 0


def every_case() -> list[tuple[str, dict]]:
    found = []
    for path in CASES:
        for entry in read_yaml(path):
            for one in entry.get("course", [entry]):
                found.append((f"{path.stem}: {one.get('name', entry.get('name'))}", one))
    return found


def test_constraints_remove_no_case_of_the_clinic():
    assert CASES
    checked = 0
    for name, one in every_case():
        found = walk(G, read_case(G.facts, one["facts"], one.get("confirmed") or []))
        if one.get("status") not in ("contradictory", "invalid"):
            assert found.status != "contradictory", f"{name}: {found.reason}"
            checked += 1
    assert checked > 50


# planted mistakes -----------------------------------------------------------------------------------------------------
def planted(key: str, index: int, tree: object):
    """The guideline with one outcome of one decision changed."""
    outcomes = dict(G.outcomes)
    changed = list(outcomes[key])
    changed[index] = Outcome(tree, changed[index].targets, changed[index].ambiguity, changed[index].index)
    outcomes[key] = changed
    return replace(G, outcomes=outcomes, cache={})


@pytest.mark.parametrize(("key", "index", "other"), [
    ("b_eoi_mrd", 0, 1), ("t_remission", 1, 0), ("surveillance_year", 2, 1), ("infant_kmt2a", 0, 1)])
def test_planted_mistake_in_a_decision_is_found_by_both_methods(key, index, other):
    found = prove(planted(key, index, G.outcomes[key][other].tree))
    texts = [hole.what for hole in found.holes if f"'{key}'" in hole.what]
    for answer in ("no answer", "two answers"):
        assert any(answer in text and "by counting" in text for text in texts)
        assert any(answer in text and "by counting" not in text for text in texts)
    for hole in found.holes:
        if f"'{key}' has" in hole.what:
            page = G.pages[G.nodes[key].page]
            assert (hole.file, hole.line) == (page.file, G.nodes[key].line) and hole.child


def test_planted_disagreement_of_the_two_methods_is_found(monkeypatch):
    original = counting.Grid.members

    def turned(self, who):
        answer = original(self, who).copy()
        answer[: 1 if who > 1 else 0] ^= True
        return answer

    monkeypatch.setattr(counting.Grid, "members", turned)
    holes = prove(G).holes
    assert holes and all("the two methods differ" in hole.what for hole in holes)
    assert all(hole.child for hole in holes)


def test_planted_mistake_in_the_diagrams_is_found_by_counting(monkeypatch):
    counted = Counting(G)
    key = "t_risk"
    before = counting.Proof()
    counted.decision(key, before)
    assert not before.holes
    counted.free.may[key] = G.space.diagrams.both(counted.free.may[key], G.space.diagram(
        G.outcomes["infant_kmt2a"][0].tree))
    after = counting.Proof()
    counted.decision(key, after)
    assert [hole.what for hole in after.holes] == [f"'{key}': the two methods differ"] and after.holes[0].child
