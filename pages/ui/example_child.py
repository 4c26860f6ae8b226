"""An invented child for a box, on request: what is known about it in words, and its way, shown in the drawing."""
from functools import lru_cache

from pages.ui.panel import text
from pathways.examples import example
from pathways.load import guideline
from pathways.walk import Walk, walk

OFFER = "Show me an invented child who comes here"
TITLE = "An invented child"


@lru_cache(maxsize=256)
def route(node: str) -> Walk:
    """The walk of the invented child of a box; kept, since nobody entered anything about it."""
    g = guideline()
    return walk(g, example(g, node))


def offer(node: str) -> str:
    """The button that asks for the child."""
    return f'<p><button type="button" class="take" data-press="child:{text(node)}">{OFFER}</button></p>'


def told(node: str) -> str:
    """What is known about the child; its button presses `child:`."""
    w, g = route(node), guideline()
    reason = f'<p class="small">{text(w.reason)}</p>' if w.status in ("out_of_scope", "stopped") else ""
    rows = "".join(f"<li>{text(entry)}</li>" for entry in known(node))
    title = f"{TITLE} who comes to “{text(g.nodes[node].title)}”"
    return (f'<section class="example" aria-label="{TITLE}"><h3>{title}</h3><ul class="dotted">{rows}</ul>{reason}'
            '<p class="small quiet">Nothing else is known about the child. The drawing shows the way.</p>'
            '<p><button type="button" class="goto" data-press="child:">Without the child</button></p></section>')


def known(node: str) -> list[str]:
    """What is known about the invented child of a box, one line a fact."""
    w = route(node)
    return [f"{w.guideline.facts[key].label}: {value.text}" for key, value in w.case.values.items()]
