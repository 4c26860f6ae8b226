"""Statements of the text, each with its strength and its place; and why a child is led to a box, or not."""
from pages.ui.panel import listed, text
from pathways.walk import why_not

STRENGTHS = {"option": "an option"}
HERE = {
    "visited": "This child is led here.",
    "offered": "One of the ways the text leaves open.",
    "possible": "Possible: it depends on what is still unknown.",
    "excluded": "Not on this child's way.",
}
RULED = {"failed": "not so", "unknown": "not known yet"}


def statement_list(g, statements) -> str:
    """Statements with their strength, category and source.

    Parameters
    ----------
    g : Guideline
        The guideline.
    statements : sequence of StatementState or Statement
        In the order of the source.
    """
    return f'<ul class="said">{"".join(_statement(g, s) for s in statements)}</ul>'


def _statement(g, s) -> str:
    tags = []
    if s.strength:
        tags.append(f'<span class="tag">{text(STRENGTHS.get(s.strength, s.strength))}</span>')
        tags.append(f'<span class="tag">category {text(s.category)}</span>')
    elif s.kind == "description":
        tags.append('<span class="tag">for information</span>')
    kinds = f"{s.kind} {getattr(s, 'certainty', '')}"
    return (f'<li class="{text(kinds)}"><p>{text(s.say)}</p>'
            f'<div class="meta">{"".join(tags)}{source(g, s.lines, getattr(s, "page", None), s.id)}</div></li>')


def source(g, lines, page: str | None, name: str) -> str:
    """The place in the text, one press away.

    Parameters
    ----------
    g : Guideline
        The guideline.
    lines : sequence
        Pairs of first and last line.
    page : str or None
        Id of the page of the drawing.
    name : str
        Name under which the browser remembers whether it is open.
    """
    if not lines:
        return ""
    sections = dict.fromkeys(g.section(first) for first, _ in lines)
    spans = listed([f"{first} to {last}" if first != last else f"{first}" for first, last in lines])
    where = g.pages.get(page) if page else None
    printed = f"; {where.id}, printed page {where.printed_page}" if where and where.printed_page else ""
    place = f"{' / '.join(filter(None, sections))}{printed}; text lines {spans}"
    return (f'<details class="source" data-keep="source-{text(name)}"><summary>Source</summary>'
            f"<span>{text(place)}</span></details>")


def why_here(g, w, node_id: str) -> str:
    """Why the child is led to a box of the drawing, or not.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    node_id : str
        Id of the node.
    """
    state = w.states[node_id]
    reasons = [] if state in ("visited", "offered") else why_not(g, w, node_id)
    rows = "".join(f'<li><p>{text(g.nodes[r.decision].title)}: {text(r.rule)} '
                   f'<span class="quiet">({RULED[r.state]})</span></p></li>' for r in reasons)
    more = f'<ul class="steps">{rows}</ul>' if rows else ""
    return f'<section><h3>This child</h3><p>{HERE[state]}</p>{more}</section>'
