"""Flags: every later result and every erratum stands before the content it touches, under a true heading."""
from __future__ import annotations

import re

import pytest

from content.load import knowledge
from pages.ui import flags, sources_errata
from pages.ui.box import detail
from pages.ui.trial_card import card
from pathways.evidence import evidence

FLAG = re.compile(r'<details class="[^"]*\bflag (later|error)[^"]*" data-flag="(\w+)"')
ERRATA, LATER = knowledge().errata, knowledge().later
TOUCHED = sorted({node for entry in (*ERRATA.values(), *LATER.values()) for node in entry.shown.nodes})
BLAMED = "Error in the source"


def flagged(markup: str) -> list[tuple[str, str]]:
    """The flags in some markup: kind and id, in order."""
    return FLAG.findall(markup)


def at_node(node: str) -> list[tuple[str, str]]:
    return flagged(flags.at_node(node))


def test_there_is_something_to_flag():
    assert len(ERRATA) > 50 and len(LATER) > 20 and len(TOUCHED) > 40


def test_later_results_and_their_marks_at_nodes_are_one_to_one(g):
    written = sorted((node, entry.id) for entry in LATER.values() for node in entry.shown.nodes)
    rendered = sorted((node, name) for node in g.nodes for kind, name in at_node(node) if kind == "later")
    assert rendered == written


def test_errata_and_their_marks_at_nodes_are_one_to_one(g):
    written = sorted((node, entry.id) for entry in ERRATA.values() for node in entry.shown.nodes)
    rendered = sorted((node, name) for node in g.nodes for kind, name in at_node(node) if kind == "error")
    assert rendered == written


@pytest.mark.parametrize("node", TOUCHED)
def test_flags_of_a_box_stand_before_its_content(g, node):
    markup = detail(g, node)
    last = [match.end() for match in FLAG.finditer(markup)][-1]
    content = [markup.find(sign) for sign in ('<ul class="said"', '<ul class="steps"', '<div class="meta"')]
    assert last < min(at for at in content if at >= 0)
    assert [name for _, name in flagged(markup)] == [entry.id for entry in (
        *evidence().later.get(node, ()), *evidence().errata.get(node, ()))]


def test_every_entry_that_names_a_study_stands_on_its_card_before_its_content():
    for entry in (*ERRATA.values(), *LATER.values()):
        for name in sources_errata.trials_of(knowledge(), entry.shown):
            markup = card(name)
            found = [match for match in FLAG.finditer(markup) if match.group(2) == entry.id]
            assert len(found) == 1, f"{entry.id} on {name}"
            assert found[0].end() < markup.index('data-field="'), f"{entry.id} on {name}"


@pytest.mark.parametrize("name", [key for key, entry in ERRATA.items() if entry.heading == "damaged_copy"])
def test_damage_of_our_copy_is_never_called_an_error_of_the_source(g, name):
    entry = ERRATA[name]
    for markup in (flags.wrong(entry, "test"), flags.on_the_way(entry.shown.nodes[:1], {"way-errata"})):
        said = markup[markup.index(f'data-flag="{name}"'):].partition("</details>")[0]
        assert BLAMED not in said and "Damaged in our copy" in said
    listed = sources_errata.errata({f"errata-{heading}" for heading in sources_errata.HEADINGS})
    assert f'data-entry="{name}"' not in listed
    apart = sources_errata.errata({"errata-damaged_copy"})
    assert apart.index("Damaged in our copy") < apart.index(f'data-entry="{name}"')


def test_only_what_is_printed_wrongly_is_called_an_error_of_the_source():
    for entry in ERRATA.values():
        assert (BLAMED in flags.wrong(entry, "test")) == (entry.heading == "printed_wrongly"), entry.id


def test_each_flag_says_what_it_leans_on():
    for entry in ERRATA.values():
        markup = flags.wrong(entry, "test")
        assert flags.text(entry.as_printed) in markup and flags.text(entry.better) in markup
        assert flags.KNOWN[entry.known] in markup
        assert all(flags.text(witness.what) in markup for witness in entry.witnesses)
    for entry in LATER.values():
        markup = flags.changed(entry, "test")
        assert flags.text(entry.citation) in markup and entry.published[:4] in markup
        assert all(flags.text(part) in markup for part in (*entry.figures, *entry.not_seen))


def test_dangerous_errors_come_first_at_every_node():
    worst = ("dangerous", "material", "cosmetic")
    for node, entries in evidence().errata.items():
        ranks = [worst.index(entry.severity) for entry in entries]
        assert ranks == sorted(ranks), node


def test_words_that_name_a_dose_are_marked_as_not_for_dosing():
    assert flags.not_for_dosing("5 mg/m2/day") and not flags.not_for_dosing("5 of 7 grade 3", "P=.05")
    for entry in ERRATA.values():
        named = re.search(r"\d ?(mg|micrograms?)/m2", f"{entry.as_printed} {entry.better}")
        assert bool(named) <= ("not for dosing" in flags.wrong(entry, "test")), entry.id


def test_flags_on_the_way_show_the_first_and_count_the_rest(g):
    nodes = [node for node in TOUCHED if len(evidence().errata.get(node, ())) > 1][:1]
    count = len(evidence().errata[nodes[0]])
    shut, opened = flags.on_the_way(nodes, ()), flags.on_the_way(nodes, ("way-errata",))
    assert len([kind for kind, _ in flagged(shut) if kind == "error"]) == 1 and f"{count - 1} more" in shut
    assert len([kind for kind, _ in flagged(opened) if kind == "error"]) == count
