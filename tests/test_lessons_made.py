"""Patients made up by chance: the same for a seed, true to the page and the difficulty asked for, and quick."""
from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.facts import MRD_POSITIVE
from pathways.lessons.ask import questions
from pathways.lessons.generate import DIFFICULTIES, MADE, generate
from pathways.lessons.judge import judge
from pathways.lessons.lesson import Lesson, project_lessons
from pathways.lessons.points import WAIT, leaned_on, on_way, standing
from pathways.load import guideline
from pathways.reach import reach

PAGES = [f"PEDALL-{number}" for number in range(1, 12)]
ANY = settings(deadline=None, derandomize=True, max_examples=120)
DRAWN = (st.sampled_from(PAGES), st.sampled_from(DIFFICULTIES), st.integers(0, 9_999))


@cache
def made(page: str, difficulty: str, seed: int) -> Lesson:
    return generate(guideline(), page, difficulty, seed)


def waiting(lesson: Lesson) -> list[str]:
    return [one.id for step, one in lesson.asked() if standing(lesson.steps[step].walk, one).answer == WAIT]


@ANY
@given(*DRAWN)
def test_patient_asks_decisions_of_its_page_only_and_stands_in_scope_of_the_walk(page, difficulty, seed):
    lesson = made(page, difficulty, seed)
    (step,), g = lesson.steps, guideline()
    assert 1 <= len(step.ask) <= 8 and {one.page for one in step.ask} == {page}
    assert step.walk.status not in ("invalid", "contradictory", "needs_confirmation")
    assert lesson.id == f"made_{page.lower().replace('-', '_')}_{difficulty}" and MADE.fullmatch(lesson.id)
    assert all(on_way(step.walk, one.id) for one in step.ask) and lesson.guideline is g


@ANY
@given(st.sampled_from(PAGES), st.sampled_from(["plain", "limits"]), st.integers(0, 9_999))
def test_patient_with_all_results_comes_to_an_end_of_the_page(page, difficulty, seed):
    lesson = made(page, difficulty, seed)
    w, g = lesson.steps[0].walk, guideline()
    assert not waiting(lesson)
    last = [key for key, node in g.pages[page].nodes.items() if on_way(w, key) and (
        node.kind in ("silent", "stop", "link") or not any(t in g.pages[page].nodes for taken in reach(g).taken[key]
                                                            for t in taken.targets))]
    assert last


@ANY
@given(st.sampled_from(PAGES), st.integers(0, 9_999))
def test_patient_with_a_missing_result_waits_for_a_named_one(page, seed):
    lesson = made(page, "missing", seed)
    stuck = waiting(lesson)
    assert stuck and all(judge(lesson, 0, one, "?").missing for one in stuck)
    assert set(lesson.steps[0].walk.ask) & {key for one in lesson.steps[0].ask if one.id in stuck
                                            for key in standing(lesson.steps[0].walk, one).missing}


@cache
def limits() -> dict[str, set]:
    """Every number at which a rule cuts a fact, the ends of its range left out."""
    g = guideline()
    called = {key: {MRD_POSITIVE} if fact.kind == "mrd" else set() for key, fact in g.facts.items()}
    return {key: {cell.low for cell in cells if not cell.na and cell.low == cell.high and cell.choice is None}
            - set(g.facts[key].range) | called[key] for key, cells in g.space.cells.items()}


@ANY
@given(st.sampled_from(PAGES), st.integers(0, 9_999))
def test_plain_values_lie_clear_of_every_limit(page, seed):
    for key, value in made(page, "plain", seed).steps[0].walk.case.values.items():
        whole = guideline().facts[key].whole
        for limit in limits()[key] if value.choice is None and not whole and key != "age_now_years" else ():
            assert abs(value.low - limit) >= limit / 25, f"{key} {value.text}"


@ANY
@given(st.sampled_from(PAGES), st.integers(0, 9_999))
def test_values_at_limits_lie_on_one_or_right_beside_it(page, seed):
    for key, value in made(page, "limits", seed).steps[0].walk.case.values.items():
        whole = guideline().facts[key].whole
        if value.choice is None and key != "age_now_years":
            beside = [abs(value.low - limit) <= max(limit / 50, whole) for limit in limits()[key]]
            assert any(beside), f"{key} {value.text}"


@ANY
@given(*DRAWN)
def test_quarter_of_what_is_told_decides_nothing_and_the_rest_does(page, difficulty, seed):
    step = made(page, difficulty, seed).steps[0]
    assert 4 * sum(item.distractor for item in step.items) >= len(step.items)
    leaned = leaned_on(step.walk, step.ask)
    assert all((item.fact in leaned) is not item.distractor for item in step.items if item.fact)


@ANY
@given(*DRAWN)
def test_same_seed_makes_the_same_patient(page, difficulty, seed):
    one, other = made(page, difficulty, seed), generate(guideline(), page, difficulty, seed)
    assert one == other and questions(one, 0, seed) == questions(other, 0, seed)


@pytest.mark.parametrize("page", PAGES)
def test_seeds_make_different_patients_with_different_answers(page):
    lessons = [made(page, "plain", seed) for seed in range(25)]
    assert len({tuple(item.text for item in lesson.steps[0].items) for lesson in lessons}) >= 20
    assert len({standing(lesson.steps[0].walk, one).answer for lesson in lessons for _, one in lesson.asked()}) >= 3


def test_every_decision_of_the_pages_is_asked_of_some_patient():
    g = guideline()
    wanted = {key for key in g.outcomes if g.nodes[key].page in PAGES}
    asked = {one.id for page in PAGES for seed in range(40) for one in made(page, "plain", seed).steps[0].ask}
    never = {"b_tisagenlecleucel_age", "b_persistent_mrd"} - wanted
    assert wanted - asked <= never, wanted - asked


def test_made_patients_share_no_id_with_written_ones():
    assert not [name for name in project_lessons() if name.startswith("made_")]


def test_patient_is_made_in_less_than_fifty_milliseconds():
    made("PEDALL-1", "plain", 0)
    times = []
    for page in PAGES:
        for difficulty in DIFFICULTIES:
            start = time.process_time()
            for seed in range(4):
                generate(guideline(), page, difficulty, seed)
            times.append((time.process_time() - start) / 4)
    assert sorted(times)[len(times) // 2] < 0.05
