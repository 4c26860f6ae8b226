"""What a walk can be asked, against plain enumeration: ends, the next question, what would change the answer."""
from __future__ import annotations

import os
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import Naive, as_entries, as_entry, fitted, plain_child
from test_laws import CHILDREN, LAW, SLICES, VALUES, children, entered, is_consistent

from pathways.facts import read_case
from pathways.load import HERE, guideline
from pathways.questions import FIXED, answer, applied, changes, differences, next_questions, possible_ends
from pathways.walk import Walk, walk

G, NAIVE = guideline(), Naive(HERE)
PAGES = ("PEDALL-3", "PEDALL-6", "PEDALL-7", "PEDALL-9")
EACH = int(os.environ.get("QUESTIONS_EACH", "60"))                # 1000 for the record


def run(entries: dict) -> Walk:
    return walk(G, read_case(G.facts, entries, confirmed=entries))


def plain_answer(full: list[dict]) -> tuple:
    """Ends, groups and panel groups over complete children, by the naive reading."""
    may = set.union(*(NAIVE.on_and_may(child)[1] for child in full))
    ends = {key for key in may if not any(NAIVE.targets(key, child) for child in full if key in
                                          NAIVE.on_and_may(child)[1])}
    groups = {scheme: set.union(*(NAIVE.groups(scheme, child) for child in full)) for scheme in NAIVE.schemes}
    panel = {branch["to"] for node in NAIVE.nodes.values() if node.get("risk") for branch in node["branches"]} & may
    return ends, groups, panel


def as_sets(found) -> tuple:
    return set(found.ends), {key: set(groups) for key, groups in found.groups}, set(found.panel)


def cases_of(page: str, number: int):
    """Generated cases about one page: a plain child of it, the facts of its slices varied, some not known."""
    draw = random.Random(f"{page} 2020")
    slices = [one for one in SLICES if one[0].startswith(page)]
    for _ in range(number):
        _, changed, unknown = draw.choice(slices)
        child = plain_child(NAIVE, **changed)
        for key in unknown:
            child = fitted(NAIVE, child | {key: draw.choice(VALUES[key])})
        if NAIVE.keeps(child):
            yield as_entries(child, draw.sample(list(child), draw.randrange(0, 8))), unknown


@pytest.mark.parametrize("page", PAGES)
def test_changes_equal_trying_every_value_of_the_facts_of(page):
    tried = told = 0
    for entries, facts in cases_of(page, EACH):
        w = run(entries)
        now = answer(w)
        found = {(c.fact, c.after) for c in changes(w) if c.fact in facts}
        brute = set()
        for key in facts:
            if key not in entries or key in FIXED or isinstance(entries[key], dict):
                continue
            for value in VALUES[key]:
                if value is None or not is_consistent(value):
                    continue
                other = run(entries | {key: as_entry(value)})
                if other.status != "contradictory" and answer(other) != now:
                    brute.add((key, answer(other)))
        assert brute <= found, f"{entries}: {brute - found}"
        tried, told = tried + 1, told + len(brute)
    assert tried > EACH / 2 and told > tried / 10


@settings(LAW, max_examples=60)
@given(entered(most_unknown=20))
def test_each_change_applied_gives_what_it_promised(entries):
    w = run(entries)
    for change in changes(w):
        again = walk(G, applied(w, change))
        assert again.status != "contradictory"
        assert answer(again) == change.after != change.before
        assert differences(G, change)


@settings(LAW, max_examples=40)
@given(children())
def test_answer_of_a_complete_child_is_that_of_the_naive_reading(child):
    w = run(as_entries(child))
    if w.status not in ("contradictory", "invalid"):
        assert as_sets(answer(w)) == plain_answer([child])


@pytest.mark.parametrize(("name", "changed", "unknown"), SLICES, ids=[one[0] for one in SLICES])
def test_ends_and_next_question_equal_every_completion_on_a_slice_of(name, changed, unknown):
    child = plain_child(NAIVE, **changed)
    guarded = [key for key, fact in NAIVE.facts.items() if any(u in fact.get("only_when", "") for u in unknown)]
    unknown = list(dict.fromkeys([*unknown, *guarded]))
    full = list(NAIVE.completions(child, unknown))
    w = run(as_entries(child, unknown))
    ends, groups, panel = plain_answer(full)
    assert as_sets(answer(w)) == (ends, groups, panel)
    for question in next_questions(w):
        assert question.now == len(ends)
        counts = []
        for cell in cells(question.fact):
            rest = [one for one in full if cell(one[question.fact])]
            if rest:
                counts.append(len(plain_answer(rest)[0]))
        assert (question.worst, question.average) == (max(counts), Fraction(sum(counts), len(counts))), question


def cells(key: str):
    """Tests for the cells of one fact, each a function of a complete child's value."""
    for cell in G.space.cells[key]:
        if cell.na:
            yield lambda value: value is None
        else:
            yield lambda value, cell=cell: value is not None and (
                cell.choice == value if cell.choice is not None else
                cell.has(value[0]) and cell.positive == value[1] if isinstance(value, tuple) else cell.has(value))


def test_ranking_is_worst_then_average_and_later_facts_come_last():
    w = run({"situation": "front_line", "reached": "presentation"})
    found = next_questions(w)
    assert [(q.later, q.worst, q.average) for q in found] == sorted((q.later, q.worst, q.average) for q in found)
    assert any(q.later for q in found) and not found[0].later
    assert [q.fact for q in found[:2]] == ["lineage", "age_at_diagnosis_years"]


def test_every_fact_the_walk_waits_for_is_asked_and_none_twice():
    for entries in ({"situation": "front_line"}, {"situation": "front_line", "age_at_diagnosis_years": "4"},
                    {"situation": "first_relapse"}, {"situation": "completed"}, {}):
        w = run(entries)
        asked = [question.fact for question in next_questions(w)]
        assert w.ask and set(w.ask) <= set(asked) and len(set(asked)) == len(asked)


@pytest.mark.parametrize(("wbc", "distance"), [("48", "2"), ("50", "0"), ("60.5", "10.5")])
def test_distance_to_the_white_cell_limit_is_exact(wbc, distance):
    w = run(as_entries(CHILDREN["B-ALL"]) | {"wbc_10e9_per_l": wbc})
    first = next(c for c in changes(w) if c.fact == "wbc_10e9_per_l")
    assert (first.limit, first.distance) == (50, Fraction(distance))


def test_changes_keep_situation_lineage_sex_and_the_constraints():
    w = run(as_entries(CHILDREN["T-ALL"]))
    assert {c.fact for c in changes(w)}.isdisjoint(FIXED)


@pytest.mark.parametrize("entries", [
    {"situation": "front_line", "wbc_10e9_per_l": "2000"},
    {"situation": "front_line", "sex": "female", "testicular_disease": "present"}])
def test_nothing_is_asked_of_a_case_that_is_not_read(entries):
    w = run(entries)
    assert (possible_ends(w), next_questions(w), changes(w)) == ([], [], [])


@settings(LAW, max_examples=30)
@given(entered(most_unknown=25), st.data())
def test_answering_a_question_never_leaves_more_ends_than_its_worst_case(entries, data):
    w = run(entries)
    asked = next_questions(w)
    if asked:
        question = data.draw(st.sampled_from(asked))
        value = data.draw(st.sampled_from([v for v in VALUES[question.fact] if v is not None and is_consistent(v)]))
        after = run(entries | {question.fact: as_entry(value)})
        if after.status not in ("contradictory", "invalid"):
            assert len(answer(after).ends) <= question.worst
