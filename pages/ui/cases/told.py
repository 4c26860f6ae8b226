"""What is known about an invented patient so far: what is new at this step first, then what was known before."""
from __future__ import annotations

from collections.abc import Iterable

from pages.ui.cases.course import Course
from pages.ui.panel import fold, listed, text
from pages.ui.terms import marked
from pathways.lessons.lesson import Item, Lesson

INVENTED = "Invented patient"


def sheet(now: Course, said: str = "") -> str:
    """The patient as markup, empty at the end; the title of a step that brings news takes the focus.

    Parameters
    ----------
    now : Course
        Where the learner stands.
    said : str
        A sentence on what was pasted.
    """
    if now.ended:
        return ""
    screen = now.screen
    lesson, step = screen.lesson, screen.lesson.steps[screen.step]
    status = f'<p class="small" role="status">{text(said)}</p>' if said else ""
    arrive = f' tabindex="-1" data-arrive="step-{now.at}"' if screen.first else ""
    new = "New: " if screen.step and not now.replayed else ""
    back = f'<p>Taken back: {text(listed(list(step.taken_back)))}.</p>' if step.taken_back else ""
    return (f'<section class="patient" aria-label="{INVENTED}"><p class="invented">{INVENTED} '
            f'<button type="button" class="goto" data-press="all">All cases</button></p><h2>{text(lesson.title)}</h2>'
            f'{status}<h3{arrive}>{new}{text(step.at)}</h3><p>{marked(step.story)}</p>{_items(step.items)}{back}'
            f'{_before(lesson, screen.step)}</section>')


def _items(items: Iterable[Item]) -> str:
    rows = "".join(f"<li>{_item(item)}</li>" for item in items)
    return f'<ul class="known">{rows}</ul>' if rows else ""


def _item(item: Item) -> str:
    """A result or a remark; whether it decides anything is never told before the end."""
    if not item.label:
        return marked(item.text)
    changed = ' <span class="tag">changed</span>' if item.changed else ""
    return f'<span class="quiet">{marked(item.label)}</span> {text(item.text)}{changed}'


def _before(lesson: Lesson, step: int) -> str:
    """What earlier steps told and still holds, and their stories folded away."""
    known: dict[str, Item] = {}
    for number, earlier in enumerate(lesson.steps[:step + 1]):
        known = {key: item for key, item in known.items() if item.label not in earlier.taken_back}
        for item in earlier.items:
            known.pop(item.fact or item.text, None)
            if number < step:
                known[item.fact or item.text] = item
    stories = "".join(f"<h4>{text(earlier.at)}</h4><p>{marked(earlier.story)}</p>" for earlier in lesson.steps[:step])
    return (f'<div class="before"><h3>Known before</h3>{_items(known.values())}</div>'
            f'{fold("stories", "How it began", stories)}') if step else ""
