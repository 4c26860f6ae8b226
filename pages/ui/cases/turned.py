"""Where another answer would lead: what it adds, what it leaves out, and which single result would make it right."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from pages.ui.cases.course import Course
from pages.ui.panel import text
from pages.ui.terms import marked
from pathways.drawing import page_name
from pathways.lessons.ask import before
from pathways.lessons.judge import turn
from pathways.lessons.turns import Box, Consequence

SHOWN = 5
LATER = "What it would change further on lies behind decisions that are still to be made; look again at the end."


def turned(now: Course, letter: str) -> tuple[Consequence, bool]:
    """What an option would come to, and whether boxes were left out that lie behind a choice still to be made."""
    screen = now.screen
    found = turn(screen.lesson, screen.step, screen.point.id, letter)
    behind = before(screen.lesson.guideline)
    closed = now.closed()
    answers = {key for one in now.screens if one.lesson is screen.lesson and one.point.id in closed
               for key in one.point.answers}

    def open_ones(boxes: Iterable[Box]) -> tuple[Box, ...]:
        return tuple(box for box in boxes if box.node not in answers and not closed & behind[box.node])

    kept = replace(found, way=open_ones(found.way), added=open_ones(found.added), lost=open_ones(found.lost))
    return kept, len(kept.added) + len(kept.lost) < len(found.added) + len(found.lost)


def screen(now: Course, letter: str, text_of: str) -> str:
    """The consequence as markup; its button presses `turn:`.

    Parameters
    ----------
    now : Course
        Where the learner stands.
    letter, text_of : str
        The option that is followed, and its words.
    """
    found, cut = turned(now, letter)
    lead = "" if cut else f"<p>{marked(found.sentence)}</p>" if not (found.added or found.lost) else ""
    parts = [_boxes("It would add", found.added), _boxes("It would leave out", found.lost)]
    later = f'<p class="quiet">{LATER}</p>' if cut else ""
    return (f'<section class="decision"><p class="eyebrow">{text(now.screen.point.title)}</p>'
            f'<h2 tabindex="-1" data-arrive="turn-{now.at}-{text(letter)}">Where “{text(text_of)}” would lead</h2>'
            f'{lead}{"".join(parts)}{later}{_changes(found.changes)}'
            '<p><button type="button" class="act" data-press="turn:">Back to the answer</button></p></section>')


def _boxes(title: str, boxes: Collection[Box]) -> str:
    if not boxes:
        return ""
    some = [box for box in boxes if box.sure] or list(boxes)
    rows = "".join(f'<li><p><b>{text(box.title)}</b> <span class="small quiet">{text(page_name(box.page))}</span></p>'
                   f'{_says(box)}</li>' for box in some[:SHOWN])
    more = f'<li class="quiet">and {len(some) - SHOWN} more</li>' if len(some) > SHOWN else ""
    return f'<h3>{title}</h3><ul class="steps">{rows}{more}</ul>'


def _says(box: Box) -> str:
    return f'<p class="small">{marked(box.says[0])}</p>' if box.says else ""


def _changes(changes: Collection[str]) -> str:
    if not changes:
        return "<h3>What would make it right</h3><p>No single result would.</p>"
    rows = "".join(f"<li>{marked(change)}</li>" for change in changes)
    return f'<h3>What would make it right</h3><p class="quiet">One of these alone:</p><ul class="dotted">{rows}</ul>'
