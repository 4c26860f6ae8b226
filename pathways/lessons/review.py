"""After the cases: what a group of learners chose, what one missed and when to try it again, a score by decision."""
from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pathways.lessons.ask import text
from pathways.lessons.lesson import Lesson
from pathways.lessons.points import Point, standing
from pathways.lessons.results import SURE, Choice, Result, answer, decode, find

MOST_CODES = 100
NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Row:
    """One question of a group's table. `answers`: each code's answer in words, in the order of the codes."""

    step: int
    question: str
    title: str
    right: str
    answers: tuple[str, ...]

    @property
    def parted(self) -> bool:
        """Whether the learners gave different answers."""
        return len(set(self.answers)) > 1

    @property
    def counts(self) -> dict[str, int]:
        """How many gave each answer, the most frequent first."""
        found = {one: self.answers.count(one) for one in dict.fromkeys(self.answers)}
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@dataclass(frozen=True)
class Group:
    """All codes of one patient. `codes`: their places in what was pasted; `parts`: the first row where they part."""

    lesson: Lesson
    codes: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def parts(self) -> Row | None:
        return next((row for row in self.rows if row.parted), None)


@dataclass(frozen=True)
class Table:
    """A table a patient, and one sentence for each code that could not be read."""

    groups: tuple[Group, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Missed:
    """One question that was answered wrongly or not at all."""

    lesson: Lesson
    seed: int
    step: int
    question: str


@dataclass(frozen=True)
class Replay:
    """Missed questions in an order made from a seed, and when to try them: in a day, a week, a month."""

    missed: tuple[Missed, ...]
    dates: tuple[date, date, date]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How one decision or scheme was answered, over all results."""

    question: str
    title: str
    page: str
    asked: int
    right: int
    sure_and_wrong: int


def read(pasted: str, lessons: Mapping[str, Lesson]) -> tuple[dict[int, Result], tuple[str, ...]]:
    """Codes by their place in what was pasted, one a line, and a sentence for each that could not be read."""
    lines = [line for line in pasted[:MOST_CODES * 1_000].splitlines() if line.strip()]
    found, problems = {}, []
    for place, line in enumerate(lines[:MOST_CODES], 1):
        opened = decode(line, lessons)
        if opened.result is None:
            problems.append(f"Code {place}: {opened.problem}")
        else:
            found[place] = opened.result
    if len(lines) > MOST_CODES:
        problems.append(f"Only the first {MOST_CODES} codes were read.")
    return found, tuple(problems)


def table(pasted: str, lessons: Mapping[str, Lesson]) -> Table:
    """What each learner chose, question by question, and where they first part. Never raises.

    Parameters
    ----------
    pasted : str
        Result codes, one a line.
    lessons : mapping
        The written lessons by id.
    """
    results, problems = read(pasted, lessons)
    places: dict[tuple[str, int], list[int]] = {}
    for place, result in results.items():
        places.setdefault(_patient(lessons, result), []).append(place)
    groups = []
    for (name, seed), some in places.items():
        lesson = find(lessons, name, seed)
        groups.append(Group(lesson, tuple(some), tuple(_rows(lesson, [results[place] for place in some]))))
    return Table(tuple(groups), problems)


def _patient(lessons: Mapping[str, Lesson], result: Result) -> tuple[str, int]:
    """One patient whatever the order of its options; one made by chance is another under another seed."""
    return result.lesson, 0 if result.lesson in lessons else result.seed


def _rows(lesson: Lesson, results: list[Result]) -> Iterator[Row]:
    for number, (step, one) in enumerate(lesson.asked()):
        words = tuple(_words(lesson, step, one, result.choices[number]) for result in results)
        yield Row(step, one.id, one.title, text(one, _right(lesson, step, one)), words)


def _words(lesson: Lesson, step: int, one: Point, choice: Choice) -> str:
    key = answer(lesson, step, one, choice)
    return text(one, key) if key else NO_ANSWER


def _right(lesson: Lesson, step: int, one: Point) -> str:
    return standing(lesson.steps[step].walk, one).answer


def _marked(lesson: Lesson, result: Result) -> Iterator[tuple[int, Point, Choice, bool]]:
    for (step, one), choice in zip(lesson.asked(), result.choices, strict=True):
        yield step, one, choice, answer(lesson, step, one, choice) == _right(lesson, step, one)


def replay(pasted: str, lessons: Mapping[str, Lesson], seed: int, day: date) -> Replay:
    """The questions missed in one code or several, each once, shuffled; `day` is the day on which it is asked."""
    results, problems = read(pasted, lessons)
    missed: dict[tuple, Missed] = {}
    for result in results.values():
        lesson = find(lessons, result.lesson, result.seed)
        for step, one, _, right in _marked(lesson, result):
            if not right:
                name = (*_patient(lessons, result), step, one.id)
                missed.setdefault(name, Missed(lesson, result.seed, step, one.id))
    order = [missed[name] for name in sorted(missed)]
    Random(f"{seed}/replay").shuffle(order)
    return Replay(tuple(order), (day + timedelta(days=1), day + timedelta(days=7), _next_month(day)), problems)


def _next_month(day: date) -> date:
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def score(results: Iterable[Result], lessons: Mapping[str, Lesson]) -> list[Score]:
    """How each decision was answered, in the order in which they were asked first; no mark, no rank, no time."""
    points: dict[str, Point] = {}
    counts: dict[str, list[int]] = {}
    for result in results:
        lesson = find(lessons, result.lesson, result.seed)
        for _, one, choice, right in _marked(lesson, result):
            points[one.id] = one
            count = counts.setdefault(one.id, [0, 0, 0])
            count[0] += 1
            count[1] += right
            count[2] += not right and choice.confidence == SURE
    return [Score(key, points[key].title, points[key].page, *count) for key, count in counts.items()]
