"""Why a node is not on the way: each line is true, each node gets one, and it names what was entered or is awaited."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import as_entries
from test_laws import CHILDREN, LAW, G, entered, run

from pathways.conditions import kleene
from pathways.reach import reach
from pathways.why import why_not


def leading(w, line, node):
    """The answers of a decision toward the node, past what is excluded only (if possible: open), worked out anew."""
    past = "excluded" if line.state == "failed" else ("visited", "offered", "possible")
    ahead = {}
    for key in reversed(G.order):
        onward = [t for taken in reach(G).taken[key] for t in taken.targets] if w.states[key] in past else []
        ahead[key] = {key}.union(*(ahead[target] for target in onward))
    return [o for o in G.outcomes[line.decision] if any(node in ahead[target] for target in o.targets)]


@settings(LAW, max_examples=60)
@given(entered(most_unknown=20))
def test_every_excluded_node_gets_a_line_and_no_line_names_a_satisfied_rule(entries):
    w = run(entries)
    walked = any(state != "excluded" for state in w.states.values())
    for node, state in w.states.items():
        lines = why_not(w, node)
        assert bool(lines) == (state in ("excluded", "possible") and walked), (node, state)
        assert len({line.decision for line in lines}) == len(lines)
        for line in lines:
            assert line.rule and line.lines and line.page == G.nodes[line.decision].page
            assert w.states[line.decision] != "excluded"
            assert line.state == ("failed" if state == "excluded" else "unknown")
            found = [kleene(o.tree, G.definitions, w.truth) for o in leading(w, line, node)]
            if line.state == "failed":
                assert found and True not in found
            else:
                assert None in found
                assert all(w.case.values[key].called for key in line.facts if key in w.case.values)
    if not walked:
        assert w.reason


@settings(LAW, max_examples=40)
@given(entered(most_unknown=10), st.data())
def test_no_way_leads_to_an_excluded_node_round_the_decisions_that_are_named(entries, data):
    w = run(entries)
    excluded = [node for node, state in w.states.items() if state == "excluded"]
    if not excluded or len(excluded) == len(w.states):
        return
    node = data.draw(st.sampled_from(excluded))
    named = {line.decision for line in why_not(w, node)}
    seen, ends = set(), [G.start]
    while ends:                                              # every way through the pages that avoids what is named
        key = ends.pop()
        if key in seen or key in named:
            continue
        seen.add(key)
        ends += [target for taken in reach(G).taken[key] for target in taken.targets]
    assert node not in seen


def test_line_nearest_to_the_node_comes_first_with_what_was_entered():
    w = run(as_entries(CHILDREN["B-ALL"]))
    first = why_not(w, "t_high_consolidation")[0]
    assert (first.page, first.state, first.facts) == ("PEDALL-2", "failed", ("lineage",))
    assert "Lineage is T-ALL" in first.rule


def test_possible_node_names_what_it_waits_for():
    w = run({"situation": "front_line", "age_at_diagnosis_years": "4", "lineage": "T-ALL",
             "all_established_by_pathology": "present", "remission_after_induction": "CR"})
    lines = why_not(w, "t_very_high_way")
    assert lines[0].state == "unknown" and "eoc_mrd_percent" in lines[0].facts


def test_page_before_the_present_situation_names_the_situation():
    w = run({"situation": "first_relapse", "age_now_years": "6", "lineage": "B-ALL"})
    assert [(line.page, line.facts) for line in why_not(w, "infant_treatment")] == [("SITUATION", ("situation",))]


@pytest.mark.parametrize("entries", [
    {"situation": "front_line", "wbc_10e9_per_l": "2000"}, {"situation": "front_line", "age_at_diagnosis_years": "31"},
    {"situation": "front_line", "sex": "female", "testicular_disease": "present"}])
def test_case_that_is_not_walked_has_a_reason_instead_of_lines(entries):
    w = run(entries)
    assert not any(why_not(w, node) for node in w.states) and w.reason


def test_nodes_on_the_way_have_no_lines():
    w = run(as_entries(CHILDREN["B-ALL"]))
    assert not any(why_not(w, node) for node, state in w.states.items() if state in ("visited", "offered"))
