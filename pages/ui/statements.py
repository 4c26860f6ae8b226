"""Statements of the text, each with its strength and its place; and why a child is led to a box, or not."""
from pages.ui.panel import fold, inside, listed, text
from pages.ui.terms import marked
from pathways.drawing import page_name
from pathways.why import why_not

STRENGTHS = {"option": "an option"}
HERE = {
    "visited": "This child is led here.",
    "offered": "One of the ways the text leaves open.",
    "possible": "Possible: it depends on what is still unknown.",
    "excluded": "Not on this child's way.",
}
REASONS_SHOWN = 3
UNWALKED = ("invalid", "contradictory", "needs_confirmation", "out_of_scope")


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
    return (f'<li class="{text(kinds)}"><p>{marked(s.say)}</p>'
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
    if w.status in UNWALKED:
        return f'<section class="here-not"><h3>This child</h3><p>No way is drawn. {text(w.reason)}</p></section>'
    rows = [_reason(g, w, reason) for reason in why_not(w, node_id)]
    first, rest = "".join(rows[:REASONS_SHOWN]), "".join(rows[REASONS_SHOWN:])
    shown = f'<ul class="steps why-not">{first}</ul>' if first else ""
    more = fold("more-reasons", f"{len(rows) - REASONS_SHOWN} more, further back on the way",
                f'<ul class="steps why-not">{rest}</ul>') if rest else ""
    return f'<section class="here-not"><h3>This child</h3><p>{HERE[state]}</p>{shown}{more}</section>'


def _reason(g, w, reason) -> str:
    """One decision at which the way there ends, or is not settled: its rule, what is known of it, its place."""
    if reason.state == "unknown":
        lead, labels = "Leads", listed([inside(g.facts[key].label) for key in reason.facts])
        known = f"Waits for {labels}." if labels else ""
    else:
        entered = [f"{g.facts[key].label}: {w.case.text(key)}" for key in reason.facts if key in w.case.values]
        lead, known = "Would lead", f"Entered: {'; '.join(entered)}." if entered else "The other answers rule it out."
    place = source(g, reason.lines, reason.page, f"why-not-{reason.decision}")
    return (f'<li><p class="to"><button type="button" class="goto" data-press="box:{text(reason.decision)}">'
            f"{text(g.nodes[reason.decision].title)}</button></p>"
            f'<p><span class="quiet">{lead} there if</span> {text(inside(reason.rule))}. '
            f'<span class="quiet">{text(known)}</span></p>'
            f'<div class="meta"><span>{text(page_name(reason.page))}</span>{place}</div></li>')
