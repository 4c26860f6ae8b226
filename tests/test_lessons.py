"""Invented patients: what is said of every answer is what the text says, and nothing is given away before."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from content.cases import teaching_cases
from content.load import knowledge
from content.reading import read_yaml
from pathways.lessons.ask import ALWAYS, before, keys, questions, seen
from pathways.lessons.judge import judge, solution, turn
from pathways.lessons.lesson import Lesson, lessons, project_lessons
from pathways.lessons.points import OPEN, WAIT, on_way, point, standing
from pathways.load import guideline

EXPECTED = read_yaml(Path(__file__).parent / "lessons_expected.yaml")
LESSONS = project_lessons()
CASES = [lesson for lesson in LESSONS.values() if lesson.kind == "case"]
ASKED = [(lesson, step, one.id) for lesson in LESSONS.values() for step, one in lesson.asked()]
NAMES = [f"{lesson.id} {step + 1} {one}" for lesson, step, one in ASKED]


def options(lesson: Lesson, step: int, question: str, seed: int = 1) -> tuple:
    return next(one for one in questions(lesson, step, seed) if one.id == question).options


# what is right --------------------------------------------------------------------------------------------------------
def test_every_question_has_an_expected_answer_typed_from_the_text_and_no_more():
    typed = [(name, entry["step"] - 1, entry["ask"]) for name, entries in EXPECTED.items() for entry in entries]
    assert sorted(typed) == sorted((lesson.id, step, question) for lesson, step, question in ASKED)
    assert all(entry["lines"] and entry["why"] for entries in EXPECTED.values() for entry in entries)


@pytest.mark.parametrize(("lesson", "step", "question"), ASKED, ids=NAMES)
def test_right_answer_is_the_one_of_the_text(lesson, step, question):
    entry = next(one for one in EXPECTED[lesson.id] if (one["step"] - 1, one["ask"]) == (step, question))
    verdict = judge(lesson, step, question, "?")
    assert keys(lesson.id, step, lesson.point(step, question))[verdict.answer] == entry["answer"], entry["lines"]


def test_scheme_stands_as_the_walk_says():
    for lesson in LESSONS.values():
        for step in lesson.steps:
            for key, result in step.walk.schemes.items():
                groups = tuple(one.group for one in result.groups)
                open_ones = any(one.because == "unknown" for one in result.groups)
                wanted = WAIT if open_ones else groups[0] if len(groups) == 1 else OPEN
                if step.walk.status != "out_of_scope":
                    assert standing(step.walk, point(lesson.guideline, key)).answer == wanted


@pytest.mark.parametrize(("lesson", "step", "question"), ASKED, ids=NAMES)
def test_verdict_gives_rule_place_and_a_sentence_for_every_other_option(lesson, step, question):
    some = options(lesson, step, question)
    for option in some:
        verdict = judge(lesson, step, question, option.id)
        assert verdict.right is (option.id == verdict.answer)
        assert verdict.because and verdict.lines and verdict.sections and all(verdict.sections)
        assert set(verdict.wrong) == {one.id for one in some} - {verdict.answer}
        assert all(re.fullmatch(r"[A-Z].{15,}\.", why) for why in verdict.wrong.values()), verdict.wrong
    known, g = knowledge(), lesson.guideline
    assert set(verdict.trials) <= set(known.trials) and set(verdict.errata) <= set(known.errata)
    assert set(verdict.later) <= set(known.later) and set(verdict.ambiguities) <= set(g.ambiguities)


def test_answer_that_is_no_option_is_wrong_and_raises_nothing():
    lesson, step, question = ASKED[0]
    assert not judge(lesson, step, question, "?").right and not judge(lesson, step, question, "").right


def test_solved_decisions_come_with_their_reasons():
    shown = [(lesson, step, one.id) for lesson in LESSONS.values() for step, told in enumerate(lesson.steps)
             for one in told.solved]
    assert len(shown) >= 10
    for lesson, step, question in shown:
        verdict = solution(lesson, step, question)
        assert verdict.right and verdict.because and (verdict.facts or verdict.missing)


# what a wrong answer comes to -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("lesson", CASES, ids=lambda lesson: lesson.id)
def test_three_wrong_turns_of_a_case_lead_to_a_consequence(lesson):
    turns = []
    for step, one in lesson.asked():
        right = judge(lesson, step, one.id, "?").answer
        found = [turn(lesson, step, one.id, option.id) for option in options(lesson, step, one.id)
                 if option.id != right]
        turns += [each for each in found if each.way and (each.added or each.lost) and each.sentence]
    assert len(turns) >= 3


def test_consequence_names_what_the_wrong_way_adds_and_what_it_leaves_out():
    lesson = LESSONS["fifty"]
    p = lesson.point(1, "b_eoi_mrd")
    letters = {key: letter for letter, key in keys("fifty", 1, p).items()}
    found = turn(lesson, 1, "b_eoi_mrd", letters["b_risk_stratified"])
    assert "b_risk_stratified" in [box.node for box in found.added]
    assert "b_intensified_consolidation" in [box.node for box in found.lost]
    assert found.changes == ("EOI MRD: under 0.01 %",)
    assert turn(lesson, 1, "b_eoi_mrd", letters["b_intensified_consolidation"]).lost == ()


def test_single_change_makes_the_answer_right_when_it_is_walked():
    cases = teaching_cases()
    case = cases.cases["fifty"]
    items = [item.model_copy(update={"value": 49}) if item.fact == "wbc_10e9_per_l" else item
             for item in case.steps[0].items]
    step = case.steps[0].model_copy(update={"items": items, "ask": ["nci_group"]})
    other = case.model_copy(update={"steps": [step]})
    made = lessons(guideline(), type(cases)({other.id: other}, (), cases.places))["fifty"]
    lesson, letters = LESSONS["fifty"], keys("fifty", 0, LESSONS["fifty"].point(0, "nci_group"))
    standard = next(letter for letter, key in letters.items() if key == "nci_standard_group")
    assert turn(lesson, 0, "nci_group", standard).changes == ("WBC at diagnosis: under 50 x10^9/L",)
    assert not judge(lesson, 0, "nci_group", standard).right and judge(made, 0, "nci_group", standard).right


# nothing is given away ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("lesson", "step", "question"), ASKED, ids=NAMES)
def test_question_holds_nothing_of_its_answer(lesson, step, question):
    one = next(found for found in questions(lesson, step, 5) if found.id == question)
    verdict = judge(lesson, step, question, "?")
    sent = str(asdict(one))
    assert verdict.because not in sent and not any(why in sent for why in verdict.wrong.values())
    assert set(asdict(one)) == {"id", "title", "page", "scheme", "options"}
    assert all(set(asdict(option)) == {"id", "text"} for option in one.options)
    texts = [option.text for option in one.options]
    assert set(ALWAYS.values()) <= set(texts) and len(set(texts)) == len(texts) >= 3


def test_letter_and_place_of_the_right_answer_vary():
    letters = [judge(*asked, "?").answer for asked in ASKED]
    branches = [[option.id for option in options(*asked)].index(judge(*asked, "?").answer) for asked in ASKED]
    assert all(letters.count(letter) >= 10 for letter in "abc") and all(branches.count(place) >= 10 for place in (0, 1))


@pytest.mark.parametrize("always", ALWAYS)
def test_letter_says_nothing_of_what_it_stands_for(always):
    stand_for = [next(letter for letter, key in keys(lesson.id, step, lesson.point(step, question)).items()
                      if key == always) for lesson, step, question in ASKED]
    assert all(stand_for.count(letter) >= 10 for letter in "abc")


@pytest.mark.parametrize(("lesson", "step", "question"), ASKED, ids=NAMES)
def test_drawing_before_the_answer_shows_nothing_beyond_the_question(lesson, step, question):
    g, shown = lesson.guideline, seen(lesson, step, question)
    order = [one.id for one in (*lesson.steps[step].solved, *lesson.steps[step].ask)]
    waiting = [one for one in order[order.index(question):] if one in g.nodes]
    for node in waiting:
        beyond = {key for key in g.order if node in before(g)[key]}
        assert not beyond & shown, f"{beyond & shown} lies beyond {node}"
    assert all(on_way(lesson.steps[step].walk, key) for key in shown)


def test_order_of_options_is_that_of_the_seed_in_every_process():
    lesson = LESSONS["fifty"]
    wanted = [[option.id for option in one.options] for one in questions(lesson, 0, 17)]
    assert wanted == [[option.id for option in one.options] for one in questions(lesson, 0, 17)]
    orders = {tuple(option.id for one in questions(lesson, 0, seed) for option in one.options) for seed in range(20)}
    assert len(orders) > 10
    code = ("from pathways.lessons.ask import questions; from pathways.lessons.lesson import project_lessons; "
            "print([[o.id for o in q.options] for q in questions(project_lessons()['fifty'], 0, 17)])")
    told = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True,
                          check=True, env=os.environ | {"PYTHONHASHSEED": "7"}).stdout
    assert told.strip() == str(wanted)


def test_two_standing_answers_come_last():
    for lesson, step, question in ASKED:
        assert [option.text for option in options(lesson, step, question, 3)][-2:] == list(ALWAYS.values())
