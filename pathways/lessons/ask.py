"""The questions of a lesson as they are asked: options shuffled by a seed, and nothing of the answer with them."""
from __future__ import annotations

from dataclasses import dataclass
from random import Random
from string import ascii_lowercase

from pathways.lessons.lesson import Lesson
from pathways.lessons.points import OPEN, WAIT, Point, on_way
from pathways.model import Guideline
from pathways.reach import reach

ALWAYS = {WAIT: "Cannot be decided yet: a result is missing",
          OPEN: "The text leaves this open: more than one answer stands"}


@dataclass(frozen=True)
class Option:
    """One answer to choose. `id`: a letter without meaning, the same under every seed."""

    id: str
    text: str


@dataclass(frozen=True)
class Question:
    """One question of a step. `page` is "" where a risk scheme is asked for."""

    id: str
    title: str
    page: str
    scheme: bool
    options: tuple[Option, ...]


def questions(lesson: Lesson, step: int, seed: int) -> tuple[Question, ...]:
    """What a step asks; the two answers that every question has stand last, the others as the seed shuffles them.

    Parameters
    ----------
    lesson : Lesson
        The invented patient.
    step : int
        Number of the step, from 0.
    seed : int
        The same seed gives the same order, in every process.
    """
    found = []
    for one in lesson.steps[step].ask:
        names = keys(lesson.id, step, one)
        own = sorted(letter for letter, key in names.items() if key not in ALWAYS)
        Random(f"{seed}/{lesson.id}/{step}/{one.id}").shuffle(own)
        last = [letter for always in ALWAYS for letter, key in names.items() if key == always]
        options = tuple(Option(letter, text(one, names[letter])) for letter in (*own, *last))
        found.append(Question(one.id, one.title, one.page, one.scheme, options))
    return tuple(found)


def text(one: Point, key: str) -> str:
    """An answer as people read it."""
    return ALWAYS.get(key) or one.answers[key]


def keys(lesson: str, step: int, one: Point) -> dict[str, str]:
    """What each letter of a question stands for: a box, a group, WAIT or OPEN."""
    order = [*one.answers, *ALWAYS]
    Random(f"{lesson}/{step}/{one.id}").shuffle(order)
    return dict(zip(ascii_lowercase, order, strict=False))


def letter(lesson: str, step: int, one: Point, key: str) -> str:
    """The letter that stands for an answer."""
    return next(name for name, value in keys(lesson, step, one).items() if value == key)


def seen(lesson: Lesson, step: int, question: str) -> frozenset[str]:
    """Boxes that a drawing may show as passed while a question waits for its answer: the way up to it, nothing beyond.

    A scheme stands beside the way: while it is asked, the way is shown up to the decision asked before it in its step.
    """
    points = (*lesson.steps[step].solved, *lesson.steps[step].ask)
    place = next(number for number, one in enumerate(points) if one.id == question)
    node = next((one.id for one in reversed(points[:place + 1]) if not one.scheme), None)
    if node is None:
        return frozenset()
    w = lesson.steps[step].walk
    return frozenset(key for key in before(lesson.guideline)[node] | {node} if on_way(w, key))


def before(g: Guideline) -> dict[str, frozenset[str]]:
    """For each node all nodes from which a way leads to it."""
    found = g.cache.get("before")
    if found is None:
        sources, found = reach(g).before, {}
        for key in g.order:
            found[key] = frozenset(sources[key]).union(*(found[source] for source in sources[key]))
        g.cache["before"] = found
    return found
