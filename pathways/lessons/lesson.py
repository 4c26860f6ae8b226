"""Invented patients held against the pathways: each step is a whole case with its walk. Bad data fails here."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from content.cases import Cases, TeachingCase, teaching_cases
from content.cases import Step as ToldStep
from content.reading import DataError
from pathways.facts import Case, read_case
from pathways.lessons.points import WAIT, Point, on_way, point, standing
from pathways.load import guideline
from pathways.model import Guideline
from pathways.walk import Walk, walk

FIRST = "front_line"
UNTOLD = ("situation", "reached")            # said by `at`
REFUSED = ("invalid", "contradictory", "needs_confirmation")


@dataclass(frozen=True)
class Item:
    """One thing told: a fact's label and value, or a remark without both. `distractor`: it decides nothing."""

    fact: str
    label: str
    text: str
    distractor: bool
    changed: bool = False


@dataclass(frozen=True)
class Step:
    """One point of the course. `walk` is that of all that is known by then; `taken_back`: labels of facts retracted."""

    at: str
    story: str
    items: tuple[Item, ...]
    taken_back: tuple[str, ...]
    solved: tuple[Point, ...]
    ask: tuple[Point, ...]
    walk: Walk = field(repr=False, compare=False)


@dataclass(frozen=True)
class Lesson:
    """One invented patient with all steps. `fades`: the worked example of the same kind."""

    id: str
    title: str
    aims: str
    level: str
    kind: str
    fades: str
    steps: tuple[Step, ...]
    guideline: Guideline = field(repr=False, compare=False)

    def asked(self) -> Iterator[tuple[int, Point]]:
        """Every question with the number of its step, in order."""
        for number, step in enumerate(self.steps):
            for one in step.ask:
                yield number, one

    def point(self, step: int, question: str) -> Point:
        """A point of a step, asked or solved, by its id."""
        return next(one for one in (*self.steps[step].solved, *self.steps[step].ask) if one.id == question)


@lru_cache(maxsize=1)
def project_lessons() -> Mapping[str, Lesson]:
    """The project's lessons, made once a process. Raises DataError at the first mistake."""
    return lessons(guideline(), teaching_cases())


def lessons(g: Guideline, cases: Cases) -> dict[str, Lesson]:
    """Every invented patient as a lesson, worked examples first, then by level, then by title.

    Raises
    ------
    DataError
        A fact, value or point that does not exist, a case that contradicts itself, a question to which its walk does
        not come, one that an earlier step gave away, or a worked example of which nothing is asked.
    """
    made = [lesson_of(g, case, cases.places) for case in cases.cases.values()]
    found = {lesson.id: lesson for lesson in sorted(made, key=_rank)}
    for lesson in found.values():
        shown = {one.id for step in found[lesson.fades].steps for one in step.solved} if lesson.fades else set()
        if lesson.fades and not shown & {one.id for _, one in lesson.asked()}:
            raise DataError(*cases.places[f"{lesson.id}.fades"], f"nothing that '{lesson.fades}' shows is asked here",
                            "ask one of its solved decisions")
    return found


def lesson_of(g: Guideline, case: TeachingCase, places: Mapping[str, tuple[Path, int]]) -> Lesson:
    """One invented patient as a lesson; `places` name file and line of its parts. Raises as `lessons` does."""
    return _Maker(g, case, places).lesson()


def _rank(lesson: Lesson) -> tuple:
    return lesson.kind != "worked", ("basic", "limit", "unclear").index(lesson.level), lesson.title


class _Maker:
    """One lesson in the making: what is known so far, and where everything stands in its file."""

    def __init__(self, g: Guideline, case: TeachingCase, places: Mapping[str, tuple[Path, int]]) -> None:
        self.g, self.case, self.places = g, case, places
        self.known: dict[str, object] = {}
        self.asked: set[str] = set()
        self.walks: list[Walk] = []

    def lesson(self) -> Lesson:
        steps = tuple(self._step(number, step) for number, step in enumerate(self.case.steps))
        case = self.case
        return Lesson(case.id, case.title, case.aims, case.level, case.kind, case.fades or "", steps, self.g)

    def _refuse(self, place: str, what: str, remedy: str) -> None:
        raise DataError(*self.places.get(f"{self.case.id}.{place}", (self.case.id, 1)), what, remedy)

    def _step(self, number: int, step: ToldStep) -> Step:
        at = self._at(number, step)
        for place, key in enumerate(step.retracts):
            if key not in self.known:
                self._refuse(f"{number}.retracts.{place}", f"'{key}' is not known here", "retract what was told before")
            del self.known[key]
        items = tuple(self._item(number, place, item) for place, item in enumerate(step.items))
        w = self._walk(number)
        solved, ask = self._points(number, "solved", step.solved, w), self._points(number, "ask", step.ask, w)
        self._in_order(number, solved + ask)
        self._not_given_away(number, solved + ask, w)
        self.walks.append(w)
        return Step(at, step.story, items, tuple(self.g.facts[key].label for key in step.retracts), solved, ask, w)

    def _at(self, number: int, step: ToldStep) -> str:
        """What `at` says, in words: the point of first-line therapy reached, or a later situation."""
        reached, situations = self.g.facts["reached"].choices, self.g.facts["situation"].choices
        if step.at in reached:
            self.known.update(situation=FIRST, reached=step.at)
            return reached[step.at]
        if step.at not in situations or step.at == FIRST:
            self._refuse(f"{number}", f"'{step.at}' under 'at' is no point of the course",
                         "use a choice of 'reached', or of 'situation' after first-line therapy")
        self.known.update(situation=step.at)
        self.known.pop("reached", None)
        return situations[step.at]

    def _item(self, number: int, place: int, item: object) -> Item:
        where = f"{number}.items.{place}"
        if item.says is not None:
            return Item("", "", item.says, True)
        if item.fact in UNTOLD:
            self._refuse(where, f"'{item.fact}' is said by 'at'", "remove it here")
        problems = read_case(self.g.facts, {item.fact: item.value}).problems
        if problems:
            self._refuse(where, problems[0].sentence.rstrip("."), "mend the fact or its value")
        changed = item.fact in self.known
        self.known[item.fact] = item.value
        fact = self.g.facts[item.fact]
        return Item(item.fact, fact.label, self._case().text(item.fact), item.distractor, changed)

    def _case(self) -> Case:
        return read_case(self.g.facts, self.known, (), self.case.id)

    def _walk(self, number: int) -> Walk:
        w = walk(self.g, self._case())
        if w.status in REFUSED:
            self._refuse(f"{number}", f"the patient of this step is {w.status}: {w.reason.rstrip('.')}", "mend a fact")
        if w.moved_forward:
            self._refuse(f"{number}", "a result is told that belongs to a later point", "tell it in a later step")
        return w

    def _points(self, number: int, key: str, names: list[str], w: Walk) -> tuple[Point, ...]:
        found: list[Point] = []
        for place, name in enumerate(names):
            where, one = f"{number}.{key}.{place}", point(self.g, name)
            if one is None:
                self._refuse(where, f"'{name}' is neither a decision nor a risk scheme", "name one of the pathways")
            if w.status == "out_of_scope" if one.scheme else not on_way(w, name):
                self._refuse(where, f"the walk of this step does not come to '{name}'", "ask what stands on its way")
            found.append(one)
        return tuple(found)

    def _in_order(self, number: int, points: tuple[Point, ...]) -> None:
        names = [one.id for one in points]
        nodes = [self.g.order.index(one.id) for one in points if not one.scheme]
        if len(set(names)) < len(names) or nodes != sorted(nodes):
            self._refuse(f"{number}", "decisions stand twice or not in the order of the way", "put them in order")

    def _not_given_away(self, number: int, points: tuple[Point, ...], now: Walk) -> None:
        """What an earlier step had decided already stood in the drawing there, before it is asked here."""
        for one in points:
            answer = WAIT if one.scheme else standing(now, one).answer
            shown = any(on_way(w, one.id) and standing(w, one).answer == answer != WAIT
                        for w in self.walks if not one.scheme)
            if shown and one.id not in self.asked:
                self._refuse(f"{number}", f"'{one.id}' was decided in an earlier step already", "ask or solve it there")
            self.asked.add(one.id)
