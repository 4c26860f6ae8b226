"""What a learner chose, as a short text to copy, and back: which patient, which order, each choice, how sure; no name.

`PALLR1.fifty.17.3f2a.a3c1--b2.9c41d0`: form and version, patient, seed, mark of its questions, choices, checksum.
"""
from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pathways.lessons.ask import keys
from pathways.lessons.generate import MADE, remake
from pathways.lessons.lesson import Lesson
from pathways.lessons.points import Point

FORMAT = 1                   # raise it when what a code holds changes its meaning
LONGEST = 200
SEEDS = 10_000
NOT_CHOSEN = "-"
SURE = 3                     # confidence: 1 unsure, 2 fairly sure, 3 sure
SHAPE = re.compile(r"PALLR([0-9]{1,3})\.([a-z0-9_]{1,60})\.([0-9]{1,4})\."
                   r"([0-9a-f]{4})\.((?:[a-z][1-3]|--)+)\.([0-9a-f]{6})")
EMPTY = "There is no result code here."
UNREADABLE = "This is no result code, or a part of it is missing."
TOO_LONG = "This is too long for a result code."
NEWER = "This result code was made by a newer explorer."
OLDER = "This result code was made by an older explorer and can no longer be read."
STRANGE = "This result code belongs to a patient that this version does not have."
CHANGED = "The questions of this patient have changed since this result code was made."


@dataclass(frozen=True)
class Choice:
    """One answer: the option's letter and how sure it was given, 1 to 3; "" and 0 where none was given."""

    option: str = ""
    confidence: int = 0


@dataclass(frozen=True)
class Result:
    """One run of a case. `choices`: one for each of `lesson.asked()`, in order."""

    lesson: str
    seed: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Opened:
    """What a code says: a result, or one sentence why it was not read."""

    result: Result | None = None
    problem: str = ""


def find(lessons: Mapping[str, Lesson], name: str, seed: int) -> Lesson | None:
    """A lesson by its id: one of those written, or one made by chance, again; None where there is no such one."""
    if name in lessons:
        return lessons[name]
    return remake(name, seed) if MADE.fullmatch(name) and 0 <= seed < SEEDS else None


def encode(result: Result, lesson: Lesson) -> str:
    """A result as a code of at most 200 characters.

    Raises
    ------
    ValueError
        The result is not one of this lesson.
    """
    asked = list(lesson.asked())
    if result.lesson != lesson.id or len(result.choices) != len(asked) or not 0 <= result.seed < SEEDS:
        raise ValueError(f"this is no result of '{lesson.id}'")
    chosen = "".join(f"{one.option}{one.confidence}" if one.option else NOT_CHOSEN * 2 for one in result.choices)
    body = f"PALLR{FORMAT}.{lesson.id}.{result.seed}.{_mark(lesson)}.{chosen}"
    code = f"{body}.{_digest(body)[:6]}"
    if SHAPE.fullmatch(code) is None or not _chosen(lesson, result.choices):
        raise ValueError(f"this is no result of '{lesson.id}'")
    return code


def decode(code: str, lessons: Mapping[str, Lesson]) -> Opened:
    """What a code says. Never raises, whatever it is given.

    Parameters
    ----------
    code : str
        As pasted; white space in it does not count.
    lessons : mapping
        The written lessons by id.
    """
    code = "".join(code[:4 * LONGEST + 1].split())
    if not code:
        return Opened(problem=EMPTY)
    if len(code) > LONGEST:
        return Opened(problem=TOO_LONG)
    shape = SHAPE.fullmatch(code)
    if shape is None or _digest(code.rpartition(".")[0])[:6] != shape[6]:
        return Opened(problem=UNREADABLE)
    if int(shape[1]) != FORMAT:
        return Opened(problem=NEWER if int(shape[1]) > FORMAT else OLDER)
    lesson = find(lessons, shape[2], int(shape[3]))
    if lesson is None:
        return Opened(problem=STRANGE)
    pairs = re.findall("..", shape[5])
    choices = tuple(Choice() if pair[0] == NOT_CHOSEN else Choice(pair[0], int(pair[1])) for pair in pairs)
    if _mark(lesson) != shape[4] or len(choices) != len(list(lesson.asked())) or not _chosen(lesson, choices):
        return Opened(problem=CHANGED)
    return Opened(Result(lesson.id, int(shape[3]), choices))


def answer(lesson: Lesson, step: int, one: Point, choice: Choice) -> str:
    """What a choice stands for: a box, a group, to wait, left open; "" where none was made."""
    return keys(lesson.id, step, one).get(choice.option, "")


def _chosen(lesson: Lesson, choices: tuple[Choice, ...]) -> bool:
    """Whether every choice is an option of its question."""
    pairs = zip(lesson.asked(), choices, strict=True)
    return all(not choice.option or answer(lesson, step, one, choice) for (step, one), choice in pairs)


def _mark(lesson: Lesson) -> str:
    """Four characters that change when the questions of a lesson or their options do."""
    told = ";".join(f"{step}:{one.id}:{','.join(one.answers)}" for step, one in lesson.asked())
    return _digest(told)[:4]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
