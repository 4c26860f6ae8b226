"""An invented child for every box: it comes there, and nothing that is said about it could be left out."""
from __future__ import annotations

import pytest

from pages.ui import example_child
from pathways.examples import ON_THE_WAY, example
from pathways.facts import Case
from pathways.load import guideline
from pathways.walk import walk

G = guideline()


@pytest.mark.parametrize("node", G.order)
def test_invented_child_of_a_box_comes_there_and_needs_all_that_is_known(node):
    case = example(G, node)
    w = walk(G, case)
    out = G.nodes[node].status == "out_of_scope"
    assert w.status == "out_of_scope" if out else w.states[node] in ON_THE_WAY
    assert not case.problems and "situation" in case.values
    for key in set(case.values) - {"situation"}:
        less = walk(G, Case({name: value for name, value in case.values.items() if name != key}))
        assert less.status != "out_of_scope" if out else less.states[node] not in ON_THE_WAY


def test_child_of_an_infant_box_is_an_infant_and_of_a_late_relapse_has_relapsed_late():
    assert float(example(G, "infant_treatment").values["age_at_diagnosis_years"].low) < 1
    assert example(G, "b_relapse_late").values["months_to_relapse"].low >= 18


def test_words_of_the_child_are_those_of_its_case_and_nothing_of_it_is_random():
    node = "nci_high_group"
    case = example(G, node)
    assert [line.split(": ")[0] for line in example_child.known(node)] == [G.facts[key].label for key in case.values]
    assert all(value.text in line for line, value in zip(example_child.known(node), case.values.values(), strict=True))
    assert {key: value.text for key, value in example(G, node).values.items()} == {
        key: value.text for key, value in case.values.items()}
