"""The files of the invented patients: enough of them, at every limit, with much that decides nothing, naming nobody."""
from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from content.cases import MOST_ASKED, teaching_cases
from pathways.lessons.judge import judge
from pathways.lessons.lesson import Lesson, project_lessons
from pathways.lessons.points import OPEN, WAIT, leaned_on, standing
from pathways.load import guideline

LESSONS = project_lessons()
CASES = [lesson for lesson in LESSONS.values() if lesson.kind == "case"]
ASKED = [(lesson, step, one.id) for lesson in LESSONS.values() for step, one in lesson.asked()]
DAYS = ("January|February|March|April|May|June|July|August|September|October|November|December|"
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday")
MAY_BE_CAPITAL = {"I", "B", "T", "ALL", "T-ALL", "B-ALL", "B-lineage", "CNS", "MRD", "Philadelphia",
                  "Philadelphia-positive"}


def answers(lesson: Lesson) -> set[str]:
    return {standing(lesson.steps[step].walk, one).answer for step, one in lesson.asked()}


def values(key: str) -> set[Fraction]:
    """Every exact value of a fact that is told in some case."""
    return {step.walk.case.values[key].low for lesson in CASES for step in lesson.steps if key in step.walk.case.values}


# what the files hold --------------------------------------------------------------------------------------------------
def test_there_are_at_least_sixteen_cases_besides_worked_examples():
    assert len(CASES) >= 16 and len(LESSONS) - len(CASES) >= 2


def test_every_page_is_visited_by_a_case():
    g = guideline()
    pages = {g.nodes[key].page for lesson in CASES for step in lesson.steps for key in step.walk.visited}
    assert {f"PEDALL-{number}" for number in range(1, 12)} <= pages


@pytest.mark.parametrize(("key", "limit"), [
    ("age_at_diagnosis_years", 1), ("age_at_diagnosis_years", 10), ("wbc_10e9_per_l", 50),
    ("eoi_mrd_percent", Fraction("0.01")), ("eoc_mrd_percent", Fraction("0.1")),
    ("age_at_diagnosis_years", Fraction(3, 12)), ("age_at_diagnosis_years", Fraction(6, 12)), ("months_to_relapse", 18),
    ("months_to_relapse", 36)])
def test_case_stands_exactly_on_a_limit(key, limit):
    assert limit in values(key)


def test_limit_of_t_all_is_met_by_t_all():
    assert any(step.walk.case.values["lineage"].choice == "T-ALL" for lesson in CASES for step in lesson.steps
               if getattr(step.walk.case.values.get("eoc_mrd_percent"), "low", None) == Fraction("0.1"))


def test_waiting_and_leaving_open_are_right_answers_of_several_cases():
    assert sum(WAIT in answers(lesson) for lesson in CASES) >= 2
    assert sum(OPEN in answers(lesson) for lesson in CASES) >= 1


def test_case_meets_a_rule_that_the_text_prints_wrongly():
    verdicts = [judge(*asked, "?") for asked in ASKED]
    assert any("interfant06_hr_age" in verdict.errata for verdict in verdicts)


def test_case_meets_a_rule_that_later_evidence_has_moved():
    assert any("aall1731_2024" in judge(*asked, "?").later for asked in ASKED)


def test_two_cases_take_over_part_of_a_worked_example():
    fading = [lesson for lesson in CASES if lesson.fades]
    assert len({lesson.fades for lesson in fading}) >= 2
    for lesson in fading:
        shown = {one.id for step in LESSONS[lesson.fades].steps for one in step.solved}
        assert shown & {one.id for _, one in lesson.asked()} and any(step.solved for step in lesson.steps)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_quarter_of_what_is_told_decides_nothing(lesson):
    items = [item for step in lesson.steps for item in step.items]
    assert 4 * sum(item.distractor for item in items) >= len(items)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_fact_is_a_distractor_exactly_where_no_rule_leans_on_it(lesson):
    leaned = [leaned_on(step.walk, step.ask + step.solved) for step in lesson.steps]
    wrong = []
    for number, step in enumerate(lesson.steps):
        for item in filter(lambda item: item.fact, step.items):
            until = next((later for later in range(number + 1, len(lesson.steps))
                          if item.label in lesson.steps[later].taken_back
                          or item.fact in [one.fact for one in lesson.steps[later].items]), len(lesson.steps))
            if any(item.fact in some for some in leaned[number:until]) is item.distractor:
                wrong.append(f"step {number + 1}: {item.fact}")
    assert not wrong


@pytest.mark.parametrize("lesson", CASES, ids=lambda lesson: lesson.id)
def test_case_can_be_done_in_ten_minutes_and_forty_presses(lesson):
    asked = len(list(lesson.asked()))
    presses = 4 * asked + len(lesson.steps)
    words = sum(len(text.split()) for step in lesson.steps for text in (step.story, *(i.text for i in step.items)))
    assert 1 <= asked <= MOST_ASKED and presses <= 40 and words <= 400


def told(name: str) -> list[str]:
    case = teaching_cases().cases[name]
    return [case.title, case.aims, *(step.story for step in case.steps),
            *(item.says for step in case.steps for item in step.items if item.says)]


@pytest.mark.parametrize("name", LESSONS)
def test_case_names_no_person_place_or_date(name):
    for text in [*told(name), *teaching_cases().remarks]:
        assert not re.search(rf"\b(?:19|20)\d\d\b|\b(?:{DAYS})\b|\d[./]\d+[./]\d|@", text), text
        inside = re.findall(r"(?<![.!?:] )(?<!^)\b[A-Z][\w-]*", text)
        assert set(inside) <= MAY_BE_CAPITAL, text


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "content" / "cases").glob("[!_]*.yaml")),
                         ids=lambda path: path.stem)
def test_case_file_says_that_the_patient_is_invented_and_holds_no_answer(path):
    text = path.read_text(encoding="utf-8")
    assert "invented patient" in text.splitlines()[0]
    assert not re.search(r"(?m)^\s*-?\s*(answer|right|correct|solution)\w*:", text)


def test_titles_and_aims_name_no_answer():
    for lesson, step, question in ASKED:
        right = judge(lesson, step, question, "?").answer_text.lower()
        assert right not in lesson.title.lower() and right not in lesson.aims.lower()
