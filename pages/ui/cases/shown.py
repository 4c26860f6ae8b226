"""What the drawing of a case may show: the way so far, after a choice its right branch, and no rule still asked for."""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from pages.ui import outline
from pages.ui.cases.course import Course
from pages.ui.panel import text
from pathways.drawing import drawing, page_name
from pathways.lessons.ask import before, seen
from pathways.lessons.points import OPEN, WAIT, standing
from pathways.lessons.turns import Consequence
from pathways.load import guideline
from pathways.model import Guideline

AS_ANSWERED = {WAIT: "possible", OPEN: "offered"}


@dataclass(frozen=True)
class Given:
    """An answer that was given on the way, as the drawing asks for it."""

    node: str
    branch: str
    because: str


def page(g: Guideline, now: Course) -> str:
    """Page of the present decision; of a risk scheme, that of the decision beside which it stands."""
    numbers = [*range(min(now.at, len(now.screens) - 1), -1, -1), *range(now.at, len(now.screens))]
    here = now.screens[numbers[0]].lesson
    pages = [now.screens[n].point.page for n in numbers if now.screens[n].lesson is here and now.screens[n].point.page]
    return pages[0] if pages else next(iter(g.pages))


def passed(now: Course) -> frozenset[str]:
    """Boxes of which all may be told: on the way so far, with no choice still to be made at them."""
    if now.ended:
        return frozenset(now.screens[-1].lesson.guideline.nodes)
    way = seen(now.screen.lesson, now.screen.step, now.screen.point.id)
    here = {now.screen.point.id} if not now.screen.point.scheme else set()
    return (way - here - now.closed()) | (here if now.solved else set())


def states(g: Guideline, now: Course, turned: Consequence | None = None) -> dict[str, str] | None:
    """Node id to its state; None where nothing of a way may be shown yet.

    Parameters
    ----------
    g : Guideline
        The guideline.
    now : Course
        Where the learner stands. Before a choice only the way up to the decision is reached, and all that lies behind
        it is still possible; after it the answers stand as they are for this patient.
    turned : Consequence or None
        Another answer that is followed: its boxes take the place of the right ones.
    """
    if now.ended:                                             # the whole way; where it is cut short, its last decision
        whole = now.screens[-1].lesson.steps[-1].walk.states
        return dict(whole) if "visited" in whole.values() else states(g, replace(now, at=len(now.screens) - 1))
    screen = now.screen
    found = dict.fromkeys(seen(screen.lesson, screen.step, screen.point.id), "visited")
    if not found:
        return None
    edge = {screen.point.id} if not screen.point.scheme else {max(found, key=g.order.index)}
    if turned is not None:
        found |= {box.node: "visited" if box.sure else "possible" for box in turned.way}
        return found
    if now.solved and not screen.point.scheme:
        right = standing(screen.lesson.steps[screen.step].walk, screen.point)
        edge = set(right.possible)
        found = dict.fromkeys(edge, AS_ANSWERED.get(right.answer, "visited")) | found
    beyond = {node for node in g.order if node not in found and edge & before(g)[node]}
    return found | dict.fromkeys(beyond, "possible")


def current(now: Course) -> str | None:
    """The box of the present decision; a risk scheme has none."""
    return None if now.ended or now.screen.point.scheme else now.screen.point.id


def steps(g: Guideline, now: Course, found: Mapping[str, str] | None) -> tuple[Given, ...]:
    """Which answer led on at each box of the way: the one whose box is shown as reached.

    The walk says only which of two lines between the same boxes it was.
    """
    last = now.screens[-1] if now.ended else now.screen
    rules = {step.node: step.because for step in last.lesson.steps[last.step].walk.steps}
    given = []
    for node in passed(now) if found else ():
        on = {edge.target for edge in g.edges if edge.source == node and found.get(edge.target) == "visited"}
        if len(on) == 1 and found.get(node) == "visited":
            given.append(Given(node, *on, rules.get(node, "")))
    return tuple(given)


def tells(g: Guideline, now: Course, node: str) -> bool:
    """Whether all that the text says at a box may be told: the way has passed it, and no open decision leans on it."""
    noted = {one.id for one in (*g.nodes[node].ambiguous, *g.nodes[node].notes)}
    return now.ended or node in passed(now) and not noted & now.kept_back()


def said(node: str | None, detail: Callable[[Guideline, str], str]) -> str:
    """What the box that was pressed says, brought into sight; empty where none was."""
    return f'<div data-arrive="box-{text(node)}">{detail(guideline(), node)}</div>' if node else ""


def waits(g: Guideline, node: str) -> str:
    """For a box that was pressed before this patient came there."""
    return ('<section class="detail" aria-label="Selected box"><div class="detail-top">'
            f"<h2>{text(g.nodes[node].title)}</h2>"
            '<button type="button" class="goto" data-press="close">Close</button></div><p class="quiet">What the text '
            "says here, and by which rule one goes on, is shown when the patient has come here and the decisions that "
            "lean on it are made.</p></section>")


def answer(now: Course, page_id: str, found: Mapping[str, str] | None) -> str | None:
    """The box to bring into sight: after a choice that of the right answer, where it is one of the page."""
    if now.ended or not now.solved or now.screen.point.scheme or found is None:
        return None
    nodes = now.screen.lesson.guideline.pages[page_id].nodes
    return next((node for node in now.screen.point.answers if node in nodes and found.get(node) == "visited"), None)


def pictured(page_id: str, told: Collection[str]) -> dict:
    """A page for the drawing: rules stand on the lines of the told boxes alone, on the others a question mark."""
    return _without(drawing(page_id), told)


def listed(page_id: str, told: Collection[str]) -> dict:
    """The same page for the list."""
    found = _without(outline.page(page_id), told)
    return found | {"list": [_step(step, told) for step in found["list"]]}


def _without(content: Mapping, told: Collection[str]) -> dict:
    nodes = sorted(node["id"] for node in content["nodes"] if node["id"] in told)
    mark = hashlib.sha256(" ".join(nodes).encode()).hexdigest()[:12]
    edges = [edge if edge["source"] in told or not edge["label"] else edge | {"label": "", "lines": ["?"]}
             for edge in content["edges"]]
    name = page_name(content["page"])
    heading = f"{name}: {content['title']}" if name.startswith("PEDALL") else content["title"]
    return dict(content) | {"hash": f"{content['hash']} {mark}", "edges": edges, "heading": heading}


def _step(step: Mapping, told: Collection[str]) -> dict:
    answers = [dict(answer) if step["node"] in told else answer | {"label": ""} for answer in step["answers"]]
    for answer in answers:
        if "steps" in answer:
            answer["steps"] = [_step(inner, told) for inner in answer["steps"]]
    return step | {"answers": answers}
