"""Result codes of the cases: there and back, never a crash, tables of a group, what to try again, scores."""
from __future__ import annotations

import random
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.lessons import results
from pathways.lessons.ask import keys
from pathways.lessons.generate import generate
from pathways.lessons.judge import judge
from pathways.lessons.lesson import Lesson, project_lessons
from pathways.lessons.results import LONGEST, SEEDS, Choice, Result, decode, encode, find
from pathways.lessons.review import MOST_CODES, NO_ANSWER, replay, score, table
from pathways.load import guideline

LESSONS = project_lessons()
CASES = [lesson for lesson in LESSONS.values() if lesson.kind == "case"]


def chosen(lesson: Lesson, draw: random.Random) -> tuple[Choice, ...]:
    """Any option of each question, or none."""
    return tuple(draw.choice([Choice(), *(Choice(letter, sure) for letter in keys(lesson.id, step, one)
                                          for sure in (1, 2, 3))]) for step, one in lesson.asked())


def run(lesson: Lesson, right: bool = True, seed: int = 3, wrong_at: int = -1) -> Result:
    """A run with all answers right, or all wrong; the answer at one place is the other way round."""
    choices = []
    for number, (step, one) in enumerate(lesson.asked()):
        answer = judge(lesson, step, one.id, "?").answer
        other = next(letter for letter in keys(lesson.id, step, one) if letter != answer)
        choices.append(Choice(answer if right is not (number == wrong_at) else other, 3))
    return Result(lesson.id, seed, tuple(choices))


def code(lesson: Lesson, **how: object) -> str:
    return encode(run(lesson, **how), lesson)


# there and back -------------------------------------------------------------------------------------------------------
@settings(deadline=None, derandomize=True)
@given(st.sampled_from(CASES), st.integers(0, SEEDS - 1), st.randoms(use_true_random=False))
def test_result_comes_back_from_its_code(lesson, seed, draw):
    result = Result(lesson.id, seed, chosen(lesson, draw))
    text = encode(result, lesson)
    assert decode(text, LESSONS).result == result
    assert len(text) <= LONGEST and re.fullmatch(r"[A-Za-z0-9._-]+", text)


@pytest.mark.parametrize("difficulty", ["plain", "limits", "missing"])
def test_result_of_a_patient_made_by_chance_comes_back_from_its_code(difficulty):
    lesson = generate(guideline(), "PEDALL-3", difficulty, 41)
    result = run(lesson, seed=41)
    assert decode(encode(result, lesson), LESSONS).result == result
    assert find(LESSONS, lesson.id, 41) == lesson


def test_white_space_in_a_pasted_code_does_not_count():
    text = code(CASES[0])
    assert decode(f"  {text[:20]}\n {text[20:]} ", LESSONS).result == run(CASES[0])


@pytest.mark.parametrize("result", [
    Result("nobody", 1, ()), Result("fifty", 1, ()), Result("fifty", SEEDS, (Choice(),) * 8),
    Result("fifty", -1, (Choice(),) * 8), Result("fifty", 1, (Choice("z", 1),) * 8),
    Result("fifty", 1, (Choice("a", 4),) * 8)])
def test_result_that_is_not_of_the_lesson_gets_no_code(result):
    with pytest.raises(ValueError, match="no result of 'fifty'"):
        encode(result, LESSONS["fifty"])


def test_longest_code_has_at_most_200_characters():
    assert max(len(code(lesson, seed=SEEDS - 1)) for lesson in CASES) <= 200


# never a crash --------------------------------------------------------------------------------------------------------
def test_two_thousand_damaged_codes_are_refused_with_a_sentence_or_are_whole():
    draw, good = random.Random(11), [code(lesson) for lesson in CASES]
    letters = "abcxyz019.-_ PALLR\n\u00e9\u0660\x00"
    for _ in range(2_000):
        text = list(draw.choice(good))
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(text))
            text[place:place + draw.randint(0, 3)] = draw.choices(letters, k=draw.randint(0, 3))
        opened = decode("".join(text), LESSONS)
        assert (opened.result is None) is bool(opened.problem)
        assert opened.result is None or encode(opened.result, LESSONS[opened.result.lesson]) in good


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(max_size=300))
def test_any_text_is_refused_with_a_sentence(text):
    opened = decode(text, LESSONS)
    assert opened.result is None and opened.problem.endswith(".")


def resealed(text: str, **change: str) -> str:
    """A code with parts replaced and a checksum that fits."""
    names = ("form", "case", "seed", "mark", "choices")
    parts = dict(zip(names, text.split(".")[:5], strict=True)) | change
    body = ".".join(parts.values())
    return f"{body}.{results._digest(body)[:6]}"


@pytest.mark.parametrize(("change", "problem"), [
    ({"form": "PALLR2"}, results.NEWER), ({"form": "PALLR0"}, results.OLDER), ({"case": "nobody"}, results.STRANGE),
    ({"case": "made_pedall_12_plain"}, results.STRANGE), ({"mark": "0000"}, results.CHANGED),
    ({"choices": "a1"}, results.CHANGED), ({"choices": "z1" * 8}, results.CHANGED),
    ({"choices": "a4" * 8}, results.UNREADABLE)])
def test_code_of_another_version_says_so(change, problem):
    assert decode(resealed(code(LESSONS["fifty"]), **change), LESSONS).problem == problem


@pytest.mark.parametrize(("text", "problem"), [
    ("", results.EMPTY), ("  \n", results.EMPTY), ("a" * 201, results.TOO_LONG), ("a" * 10**6, results.TOO_LONG),
    ("PALL1-abc", results.UNREADABLE)])
def test_what_is_no_code_says_so(text, problem):
    assert decode(text, LESSONS).problem == problem


# a group --------------------------------------------------------------------------------------------------------------
def test_table_names_the_first_question_where_learners_part():
    lesson = LESSONS["fifty"]
    pasted = "\n".join([code(lesson), code(lesson, seed=8), code(lesson, wrong_at=2)])
    (group,) = table(pasted, LESSONS).groups
    assert group.codes == (1, 2, 3) and group.parts.question == "nci_group" and group.parts.step == 0
    assert [row.parted for row in group.rows] == [False, False, True, False, False, False, False, False]
    assert group.rows[2].answers[:2] == ("NCI high risk", "NCI high risk") and group.rows[2].right == "NCI high risk"
    assert list(group.rows[2].counts.values()) == [2, 1]


def test_table_names_a_bad_code_by_its_place_and_counts_the_others():
    lesson = LESSONS["fifty"]
    found = table("\n".join([code(lesson), "nonsense", "", code(lesson)]), LESSONS)
    assert found.problems == (f"Code 2: {results.UNREADABLE}",)
    assert [group.codes for group in found.groups] == [(1, 3)] and found.groups[0].parts is None


def test_table_keeps_patients_apart():
    one, other = generate(guideline(), "PEDALL-8", "plain", 1), generate(guideline(), "PEDALL-8", "plain", 2)
    pasted = "\n".join([code(LESSONS["fifty"]), code(LESSONS["t_tenth"]), code(one, seed=1), code(other, seed=2)])
    found = table(pasted, LESSONS)
    assert [group.lesson.title for group in found.groups] == [
        LESSONS["fifty"].title, LESSONS["t_tenth"].title, one.title, other.title]


def test_question_without_an_answer_is_said_to_have_none():
    lesson = LESSONS["fifty"]
    (group,) = table(encode(Result("fifty", 1, (Choice(),) * 8), lesson), LESSONS).groups
    assert {answer for row in group.rows for answer in row.answers} == {NO_ANSWER}


def test_table_holds_the_codes_of_thirty_learners_of_written_and_made_cases():
    made = [generate(guideline(), "PEDALL-4", "plain", seed) for seed in range(5)]
    pasted = "\n".join([code(lesson) for lesson in CASES] + [code(lesson, seed=n) for n, lesson in enumerate(made)] +
                       [code(LESSONS["fifty"], wrong_at=n) for n in range(6)])
    assert sum(len(group.codes) for group in table(pasted, LESSONS).groups) >= 30


def test_more_codes_than_a_class_has_are_not_read():
    found = table("\n".join([code(LESSONS["fifty"])] * (MOST_CODES + 20)), LESSONS)
    assert len(found.groups[0].codes) == MOST_CODES
    assert found.problems == (f"Only the first {MOST_CODES} codes were read.",)


# again, and scores ----------------------------------------------------------------------------------------------------
def test_replay_holds_only_what_was_missed_in_an_order_of_the_seed():
    pasted = "\n".join([code(LESSONS["fifty"], right=False), code(LESSONS["t_tenth"], wrong_at=4)])
    found = replay(pasted, LESSONS, 5, date(2026, 1, 31))
    names = [(one.lesson.id, one.step, one.question) for one in found.missed]
    assert sorted(names) == sorted([("fifty", step, one.id) for step, one in LESSONS["fifty"].asked()]
                                   + [("t_tenth", 1, "t_risk")])
    assert found.missed == replay(pasted, LESSONS, 5, date(2026, 1, 31)).missed
    assert len({tuple(one.question for one in replay(pasted, LESSONS, seed, date(2026, 1, 1)).missed)
                for seed in range(10)}) > 5


@pytest.mark.parametrize(("day", "month"), [
    (date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 12, 5), date(2027, 1, 5)),
    (date(2028, 1, 30), date(2028, 2, 29)), (date(2026, 3, 1), date(2026, 4, 1))])
def test_replay_suggests_a_day_a_week_and_a_month(day, month):
    tomorrow, week, later = replay("", LESSONS, 1, day).dates
    assert ((tomorrow - day).days, (week - day).days, later) == (1, 7, month)


def test_same_miss_of_two_learners_is_tried_again_once():
    pasted = "\n".join([code(LESSONS["fifty"], wrong_at=2, seed=1), code(LESSONS["fifty"], wrong_at=2, seed=2)])
    assert [one.question for one in replay(pasted, LESSONS, 1, date(2026, 1, 1)).missed] == ["nci_group"]


def test_score_counts_each_decision_and_sure_mistakes():
    runs = [run(LESSONS["t_tenth"]), run(LESSONS["t_tenth"], wrong_at=2)]
    scores = {one.question: one for one in score(runs, LESSONS)}
    assert (scores["t_risk"].asked, scores["t_risk"].right, scores["t_risk"].sure_and_wrong) == (4, 3, 1)
    assert (scores["cog_t"].asked, scores["cog_t"].right, scores["cog_t"].sure_and_wrong) == (4, 4, 0)
    assert list(scores) == ["front_line_route", "t_remission", "t_risk", "cog_t"]
