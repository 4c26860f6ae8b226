"""What is said after an answer was given: right or not, the rule and its place, why each other option is wrong."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathways.conditions import kleene
from pathways.evidence import Evidence, evidence
from pathways.lessons.ask import keys, letter, text
from pathways.lessons.lesson import Lesson
from pathways.lessons.points import (
    OPEN,
    WAIT,
    Point,
    Standing,
    facts_for,
    leaning,
    rule,
    standing,
    told,
)
from pathways.lessons.turns import Consequence, consequence
from pathways.walk import Walk


@dataclass(frozen=True)
class Verdict:
    """One question after its answer. Options are named by their letters.

    `because`: the rule that applies, in words; `facts`: what is known and decides; `missing`: labels of what is not
    known and would decide; `wrong`: for every other option why it is not right; the last four are ids.
    """

    question: str
    chosen: str
    right: bool
    answer: str
    answer_text: str
    because: str
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    sections: tuple[str, ...]
    lines: tuple
    wrong: Mapping[str, str]
    trials: tuple[str, ...]
    errata: tuple[str, ...]
    later: tuple[str, ...]
    ambiguities: tuple[str, ...]


def judge(lesson: Lesson, step: int, question: str, option: str) -> Verdict:
    """Right or not, and why. Only for after the answer was given.

    Parameters
    ----------
    lesson : Lesson
        The invented patient.
    step : int
        Number of the step, from 0.
    question : str
        The decision or scheme, asked or solved.
    option : str
        A letter of the question's options; anything else is a wrong answer.
    """
    w, p, g = lesson.steps[step].walk, lesson.point(step, question), lesson.guideline
    now = standing(w, p)
    right = letter(lesson.id, step, p, now.answer)
    wrong = {one: _why_not(w, p, now, key) for one, key in keys(lesson.id, step, p).items() if one != right}
    near = (p.id, *(now.possible if not p.scheme else ()))
    known = evidence()
    return Verdict(
        question, option, option == right, right, text(p, now.answer), _because(w, p, now),
        told(w, _settling(w, p, now)), tuple(g.facts[key].label for key in now.missing),
        tuple(dict.fromkeys(g.section(low) for low, _ in p.lines)), p.lines, wrong,
        _ids(known, "trials", near), _ids(known, "errata", near), _ids(known, "later", near), _notes(w, p, now))


def solution(lesson: Lesson, step: int, question: str) -> Verdict:
    """The verdict on the right answer, for decisions that are shown solved."""
    p = lesson.point(step, question)
    return judge(lesson, step, question, letter(lesson.id, step, p, standing(lesson.steps[step].walk, p).answer))


def turn(lesson: Lesson, step: int, question: str, option: str) -> Consequence:
    """What following one option would come to; for the right one, what it does come to."""
    w, p = lesson.steps[step].walk, lesson.point(step, question)
    return consequence(w, p, standing(w, p), keys(lesson.id, step, p)[option])


def _settling(w: Walk, p: Point, now: Standing) -> tuple[str, ...]:
    """Known facts that make the right answer right."""
    if now.answer in (WAIT, OPEN):
        return leaning(w, p)
    return facts_for(w, p, now.answer, wanted=True) or leaning(w, p)


def _because(w: Walk, p: Point, now: Standing) -> str:
    g = w.guideline
    if now.answer == WAIT:
        return f"Not known yet: {_listed(w, now.missing)}. Until then these stay open: {_names(p, now.possible)}."
    if now.answer == OPEN:
        says = " ".join(dict.fromkeys(g.ambiguities[note].say for note in now.ambiguities))
        return says or f"The text gives more than one answer: {_names(p, now.possible)}."
    return rule(w, p, now.answer)


def _why_not(w: Walk, p: Point, now: Standing, key: str) -> str:
    """At least one sentence why an option is not the right one."""
    if key == WAIT:
        return _not_waiting(w, p, now)
    if key == OPEN:
        if now.answer == WAIT:
            return f"The text has an answer; it is {_listed(w, now.missing)} that is not known."
        return f"The text gives one answer for this child: {p.answers[now.answer]}."
    if key in now.possible and now.answer == OPEN:
        others = _names(p, [one for one in now.possible if one != key])
        return f"It is one reading, and the text does not choose between it and: {others}."
    if key in now.possible:
        return f"It may come to that, yet not as long as this is not known: {_listed(w, now.missing)}."
    facts = told(w, facts_for(w, p, key, wanted=False))
    here = f" Here it is: {'; '.join(facts)}." if facts else " That does not hold here."
    return f"This needs: {rule(w, p, key)}.{here}"


def _not_waiting(w: Walk, p: Point, now: Standing) -> str:
    if now.answer == OPEN:
        return "No result is missing here; the text itself stops short of one answer."
    facts = "; ".join(told(w, _settling(w, p, now)))
    return f"Nothing that decides here is missing: {facts}." if facts else "Nothing that decides here is missing."


def _listed(w: Walk, names: tuple[str, ...]) -> str:
    return ", ".join(w.guideline.facts[key].label for key in names) or "a result"


def _names(p: Point, names: object) -> str:
    return "; ".join(p.answers[name] for name in names)


def _ids(known: Evidence, kind: str, nodes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.id for node in nodes for entry in getattr(known, kind).get(node, ())))


def _notes(w: Walk, p: Point, now: Standing) -> tuple[str, ...]:
    g = w.guideline
    if p.scheme:
        return tuple(dict.fromkeys((*now.ambiguities, *(hit.id for hit in w.scheme_notes(p.id)))))
    holding = (note.id for note in g.nodes[p.id].notes
               if not note.when or kleene(g.conditions[note.when], g.definitions, w.truth) is True)
    return tuple(dict.fromkeys((*now.ambiguities, *holding)))
