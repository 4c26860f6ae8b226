"""Where the child stands and what stands there, for the answer panel, the note and the handout. No display here."""
from pathways.model import Guideline
from pathways.walk import NoteHit, StatementState, Walk

STATES = {
    "invalid": "One entry cannot be read",
    "contradictory": "Two entries cannot both be true",
    "needs_confirmation": "One entry is unusual and needs your confirmation",
    "out_of_scope": "Outside this guideline",
    "stopped": "The guideline goes no further here",
    "ambiguous": "The guideline text leaves this open",
    "ok": "Nothing that decides this way is missing",
}
BLOCKED = ("invalid", "contradictory", "needs_confirmation", "out_of_scope")
ASIDE = "ALONGSIDE"
WEIGHT = ("danger", "caution", "info")


def stands(g: Guideline, w: Walk) -> bool:
    """Whether the walk leads somewhere: a situation was chosen and nothing in the entries blocks it."""
    return w.current in g.nodes and w.status not in BLOCKED and "situation" in w.case.values


def speaker(g: Guideline, w: Walk) -> str | None:
    """The last visited node that says something, up to where the child stands; what runs alongside comes last."""
    talks = [step for step in w.steps if g.nodes[step.node].statements]
    if w.current in [step.node for step in talks]:
        return w.current
    upto = [step.node for step in w.steps].index(w.current) if w.current in w.states else 0
    before = [step for step in w.steps[:upto] if step in talks and step.page != ASIDE]
    return before[-1].node if before else None


def said(g: Guideline, w: Walk) -> tuple[list[StatementState], list[StatementState]]:
    """What the guideline says where the child stands, and the ways it leaves open on this page."""
    speaking = speaker(g, w)
    here = [s for s in w.statements if s.certainty == "applies" and s.node == speaking]
    page = g.nodes[w.current].page if w.current in g.nodes else None
    return here, [s for s in w.statements if s.certainty == "offered" and s.page == page]


def points(g: Guideline, w: Walk) -> list[str]:
    """The nodes whose flags concern the child: where it stands, and back over the way on this page."""
    if w.current not in g.nodes or w.status in BLOCKED:
        return []
    page = g.nodes[w.current].page
    way = [node for node in reversed(w.visited) if g.nodes[node].page == page]
    return list(dict.fromkeys([w.current, *filter(None, [speaker(g, w)]), *way]))


def ranked_notes(w: Walk) -> list[NoteHit]:
    """Ambiguities met: open readings first, then by weight."""
    return sorted(w.notes, key=lambda note: (note.effect != "open", WEIGHT.index(note.severity)))


def because_of(g, w) -> str:
    """The rule of the last decision without which the child would not stand here."""
    before = _leading_to(g, w.current)
    parting = {edge.source for edge in g.edges if edge.source in before and edge.target not in before}
    rules = [step.because for step in w.steps if step.because and step.node in parting]
    return rules[-1] if rules else ""


def _leading_to(g, node: str) -> set[str]:
    """The node and every node from which a way leads to it."""
    sources: dict[str, list[str]] = {}
    for edge in g.edges:
        sources.setdefault(edge.target, []).append(edge.source)
    found, ends = {node}, [node]
    while ends:
        new = [source for source in sources.get(ends.pop(), ()) if source not in found]
        found.update(new)
        ends += new
    return found
