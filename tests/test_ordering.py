"""The order in which diagrams split: it changes how large they are, and nothing else."""
from __future__ import annotations

from small import load_small

from pathways.load import HERE, guideline, load
from pathways.ordering import climb, nodes, write
from pathways.reach import reach

G = guideline()


def counts(g) -> dict[str, tuple[int, ...]]:
    """How many combinations of cells come to each node, and miss it; and how many are in each group of a scheme."""
    d, sets = g.space.diagrams, reach(g)
    nodes = {key: (d.count(sets.may[key]), d.count(sets.missed[key]), d.count(sets.never[key])) for key in g.order}
    return nodes | {f"{key} {group}": (d.count(who),) for key, groups in sets.groups.items()
                    for group, who in groups.items()}


PLAIN = G.apart(list(G.facts))


def test_every_set_holds_as_many_children_in_the_order_of_the_dictionary():
    assert PLAIN.space.order != G.space.order
    assert counts(PLAIN) == counts(G)


def test_the_child_that_stands_for_a_set_is_the_same_in_any_order():
    one, other = reach(PLAIN).may, reach(G).may
    for key in G.order:
        found = G.space.child(other[key])
        assert found == PLAIN.space.child(one[key])
        assert list(found) == [fact for fact in G.facts if fact in found]


def test_kept_order_names_every_fact_and_more_than_halves_the_diagrams():
    assert G.space.order_of_facts != list(G.facts)
    assert sorted(G.space.order_of_facts) == sorted(G.facts)
    assert nodes(G, G.space.order_of_facts) * 2 < nodes(G, list(G.facts))


def test_climb_finds_the_same_order_again_and_none_that_is_larger(tmp_path):
    g, told = load_small(tmp_path), []
    found = climb(g, 40, 1, told.append)
    assert found == climb(g, 40, 1, lambda _: None)
    assert sorted(found) == sorted(g.facts)
    assert told == sorted(told, reverse=True) and len(told) == 40
    assert nodes(g, found) == told[-1] <= nodes(g, g.space.order_of_facts)


def test_what_is_written_is_read_again(tmp_path):
    g = load_small(tmp_path)
    order = [*reversed(g.facts)]
    write(tmp_path / "order.yaml", order)
    assert load(tmp_path, tmp_path / "content").space.order_of_facts == order


def test_written_file_is_as_the_command_writes_it(tmp_path):
    write(tmp_path / "order.yaml", G.space.order_of_facts)
    assert (tmp_path / "order.yaml").read_text(encoding="utf-8") == (HERE / "order.yaml").read_text(encoding="utf-8")


def test_a_guideline_apart_shares_rules_and_no_sets():
    apart = G.apart()
    assert apart.nodes is G.nodes and apart.space.order == G.space.order
    assert apart.space.diagrams is not G.space.diagrams and apart.cache is not G.cache
    assert counts(apart) == counts(G)
