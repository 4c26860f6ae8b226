"""What is shown one after another: the decisions of a case, or those missed in several; and where a learner is."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pathways.lessons.ask import Option, Question, keys, questions, text
from pathways.lessons.judge import Verdict, judge, solution
from pathways.lessons.lesson import Lesson, project_lessons
from pathways.lessons.points import Point
from pathways.lessons.results import Choice, Result, find
from pathways.lessons.review import Replay


@dataclass(frozen=True)
class Screen:
    """One decision. `asked`: a choice is wanted; otherwise it is shown solved. `first`: new facts come with it."""

    lesson: Lesson
    seed: int
    step: int
    point: Point
    asked: bool
    first: bool

    def question(self) -> Question:
        """What is asked, its options in the order of the seed."""
        return next(one for one in questions(self.lesson, self.step, self.seed) if one.id == self.point.id)

    def options(self) -> tuple[Option, ...]:
        """What can be answered; of a decision that is shown solved in no order of a seed."""
        if self.asked:
            return self.question().options
        found = keys(self.lesson.id, self.step, self.point)
        return tuple(Option(letter, text(self.point, found[letter])) for letter in sorted(found))

    def words(self, letter: str) -> str:
        """An option as people read it; "" where there is no such option."""
        return next((one.text for one in self.options() if one.id == letter), "")

    def verdict(self, choice: Choice | None) -> Verdict:
        """What is said after a choice, or of a decision that is shown solved. Never before."""
        if choice is None:
            return solution(self.lesson, self.step, self.point.id)
        return judge(self.lesson, self.step, self.point.id, choice.option)


@dataclass
class Course:
    """Screens, and the choices made on them by number from 0.

    `at`: the number of the screen that is shown, or their count at the end; `dates`: of a replay, when to try again.
    """

    screens: tuple[Screen, ...]
    choices: dict[int, Choice] = field(default_factory=dict)
    at: int = 0
    dates: tuple[date, ...] = ()

    @property
    def replayed(self) -> bool:
        return bool(self.dates)

    @property
    def ended(self) -> bool:
        return self.at >= len(self.screens)

    @property
    def screen(self) -> Screen:
        return self.screens[self.at]

    @property
    def solved(self) -> bool:
        """Whether the answer of the present screen may be shown."""
        return not self.screen.asked or self.at in self.choices

    @property
    def complete(self) -> bool:
        """Whether every choice was made."""
        return all(number in self.choices for number, screen in enumerate(self.screens) if screen.asked)

    def waiting(self) -> tuple[Screen, ...]:
        """Screens of the present patient, from here on, on which no choice is made yet."""
        ahead = ((number, self.screens[number]) for number in range(self.at, len(self.screens)))
        return tuple(screen for number, screen in ahead
                     if screen.asked and number not in self.choices and screen.lesson is self.screen.lesson)

    def closed(self) -> frozenset[str]:
        """Their decisions, whose answers may not be told."""
        return frozenset(screen.point.id for screen in self.waiting())

    def kept_back(self) -> frozenset[str]:
        """Ambiguities that bear on them, for what is said of these would tell their answers."""
        return frozenset(key for screen in self.waiting() for key in screen.verdict(None).ambiguities)

    def result(self) -> Result:
        """The choices of a case, those not made left empty."""
        screen = self.screens[0]
        asked = [self.choices.get(number, Choice()) for number, one in enumerate(self.screens) if one.asked]
        return Result(screen.lesson.id, screen.seed, tuple(asked))


@lru_cache(maxsize=64)
def lesson(name: str, seed: int) -> Lesson | None:
    """An invented patient by id and seed, kept, since one made by chance takes a while; None where there is none."""
    return find(project_lessons(), name, seed)


def of_lesson(one: Lesson, seed: int, choices: dict[int, Choice]) -> Course:
    """All decisions of a patient in order, those shown solved before those asked at the same step."""
    found = []
    for number, step in enumerate(one.steps):
        points = [(point, False) for point in step.solved] + [(point, True) for point in step.ask]
        found += [Screen(one, seed, number, point, asked, place == 0) for place, (point, asked) in enumerate(points)]
    return Course(tuple(found), choices)


def of_replay(replay: Replay) -> Course:
    """The missed decisions of one result or several; each brings the facts known at its step."""
    found = []
    for missed in replay.missed:
        point = missed.lesson.point(missed.step, missed.question)
        found.append(Screen(missed.lesson, missed.seed, missed.step, point, True, True))
    return Course(tuple(found), dates=replay.dates)


def counted(one: Lesson) -> int:
    """How many decisions a patient has, asked or shown."""
    return sum(len(step.solved) + len(step.ask) for step in one.steps)


def following(one: Lesson, done: Mapping[str, object]) -> Lesson:
    """The case to go on with: after a worked example the one that takes it up, else the next one not yet done."""
    order = list(project_lessons().values())
    taken_up = [other for other in order if other.fades == one.id and other.id not in done]
    if taken_up:
        return taken_up[0]
    place = order.index(one) + 1 if one in order else 0
    ahead = [*order[place:], *order[:place]]
    return next((other for other in ahead if other.id not in done and other is not one), ahead[0])
