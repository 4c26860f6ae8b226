"""The clinic's sentences: every case under tests/cases walks as the text says."""
import pytest

from pathways.expect import expected_cases, judge, strengths
from pathways.load import guideline

CASES = expected_cases(guideline())


@pytest.mark.parametrize("expected", CASES, ids=[f"{c.file}: {c.name}"[:120] for c in CASES])
def test_walk_of_a_case_comes_out_as_the_text_says(expected):
    wrong = judge(guideline(), expected)
    place = f"{expected.file}:{expected.block.line}, text lines {expected.block.get('lines')}"
    assert not wrong, f"{place}: {'; '.join(wrong)}"


def test_every_case_names_its_lines_of_the_text():
    assert all(c.block.get("lines") for c in CASES)


def test_every_case_expects_something():
    fields = ("visited", "offered", "possible", "excluded", "status", "schemes", "waits_for", "notes", "no_notes")
    assert not [c.name for c in CASES if not any(c.block.get(field) for field in fields)]


def test_case_names_are_unique():
    names = [(c.file, c.name) for c in CASES]
    assert len(names) == len(set(names))


def test_there_are_at_least_150_cases_and_8_courses():
    courses = {c.name.rsplit(" (", 1)[0] for c in CASES if c.file == "courses.yaml"}
    assert len(CASES) >= 150 and len(courses) >= 8


def test_every_recommendation_has_the_strength_and_category_typed_from_the_text():
    pages = {s.id: (s.strength, s.category or "2A") for node in guideline().nodes.values() for s in node.statements
             if s.kind == "recommendation"}
    assert pages == strengths()
