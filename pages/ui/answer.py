"""The answer panel: where the child stands, what the guideline says there, what is still needed, and why."""
from collections.abc import Callable, Collection, Iterable

from pages.ui import panel, schemes
from pages.ui.panel import inside, late_fold, listed, text
from pages.ui.statements import source, statement_list
from pathways.drawing import page_name

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
NOW_SHOWN = 4
ALSO_SHOWN = 4
NAMED = 3
NOTES_SHOWN = 2
LIVE_WORDS = 25
ASIDE = "ALONGSIDE"
WEIGHT = ("danger", "caution", "info")
WORDS = {"open": "Left open by the text:", "ask": "Asked, since the text does not say:",
         "fixed": "How the text was read:", "note": "Worth knowing:", "display": "Wording of the text:"}


def show_head(g, w, waiting: Iterable[str], key: str) -> None:
    """Where the child stands, in one look, and what is needed next.

    Parameters
    ----------
    g : Guideline
        The guideline.
    w : Walk
        The walk of the case.
    waiting : iterable of str
        Fact keys that were begun but are not read yet.
    key : str
        Key of the panel.
    """
    because = inside(_because(g, w))
    panel.show(key, _where(g, w, because), _needed(g, w, list(waiting)), live=_live(g, w, because))


def show_body(g, w, key: str, detail: str, opened: Collection[str], on_press: Callable[[], None]) -> None:
    """What the guideline says at this point, then, folded, why and everything said so far.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    key : str
        Key of the panel.
    detail : str
        Markup of the box that was picked in the drawing; it comes first.
    opened : collection of str
        Names of the folds that are open.
    on_press : callable
        Called when a button of the detail or a fold is pressed.
    """
    noted, more_notes = _notes(g, w, opened)
    panel.show(key, detail, noted, _said_here(g, w), _folds(g, w, more_notes, opened), on_press=on_press)


def _where(g, w, because: str) -> str:
    node = g.nodes.get(w.current)
    if node is None or w.status in BLOCKED:
        return (f'<section class="where none"><h2>{text(STATES.get(w.status, "Where does this child stand?"))}</h2>'
                f'<p>{_problem(w)}</p></section>')
    if "situation" not in w.case.values:
        return ('<section class="where none"><h2>Where in the course of the disease is this child?</h2>'
                "<p>Choose the situation first; everything else follows from it.</p></section>")
    because = f", because {text(because)}" if because else ""
    return (f'<section class="where"><h2><span class="eyebrow">You are at</span> {text(node.title)}</h2>'
            f'<p><span class="quiet">on {text(page_name(node.page))}{because}.</span> {_state(g, w)}</p></section>')


def _because(g, w) -> str:
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


def decisive(w) -> list[str]:
    """Facts that decide what comes after the node where the child stands."""
    keys = next((keys for node, keys in w.waiting if node == w.current), [])
    return [key for key in w.waits_now if key in keys]


def _problem(w) -> str:
    return text(" ".join(dict.fromkeys([w.reason, *(problem.sentence for problem in w.problems)])))


def _state(g, w) -> str:
    if w.status != "incomplete":
        return f"<b>{text(STATES[w.status])}.</b> {text(w.reason or '')}"
    keys = decisive(w)
    if keys:
        labels = [inside(g.facts[key].label) for key in keys[:NAMED]]
        return f"<b>What comes next depends on {text(listed(labels, 'and' if len(labels) == len(keys) else 'or'))}.</b>"
    if not w.waits_now:
        return "<b>Nothing more can be known today.</b> What comes next depends on later results."
    return "<b>Some answers on the way are still missing.</b>"


def _live(g, w, because: str) -> str:
    node = g.nodes.get(w.current)
    if w.status in BLOCKED:
        words = f"{STATES[w.status]}."
    elif node is None or "situation" not in w.case.values:
        words = ""
    else:
        words = f"You are at {node.title}, because {because}" if because else f"You are at {node.title}"
    return " ".join(words.split()[:LIVE_WORDS])


def _needed(g, w, waiting: list[str]) -> str:
    if w.status in ("out_of_scope", "stopped"):
        return ""
    first = waiting + [key for key in decisive(w) if key not in waiting]
    rest = [key for key in w.waits_now if key not in first]
    later = [inside(g.facts[key].label) for key in w.waits_later]
    if "situation" not in w.case.values or not (first or rest or later):
        return ""
    lead = (first or rest[:1])[:NOW_SHOWN]
    also = [key for key in [*first, *rest] if key not in lead]
    buttons = "".join(f"<li>{_jump(g, key)}</li>" for key in lead)
    asked = f'<h2 class="sub">Needed now</h2><ul class="needs">{buttons}</ul>' if buttons else ""
    named = [_jump(g, key) for key in also[:ALSO_SHOWN]]
    more = len(also) - ALSO_SHOWN
    rest = f" and {more} more" if more > 0 else ""
    others = f'<p class="small quiet also">Also on the way: {", ".join(named)}{rest}.</p>' if also else ""
    after = f'<p class="small quiet">Later: {text(listed(later))}.</p>' if later else ""
    return f'<section class="asked">{asked}{others}{after}</section>'


def _jump(g, key: str) -> str:
    """A button that leads to the field of a fact."""
    return f'<button type="button" data-focus="{text(key)}">{text(g.facts[key].label)}</button>'


def _notes(g, w, opened: Collection[str]) -> tuple[str, str]:
    """Ambiguities met: two at most in sight, the rest folded."""
    here = {w.current, _speaker(g, w)}
    ranked = sorted(w.notes, key=lambda note: (note.effect != "open", WEIGHT.index(note.severity)))
    first = [note for note in ranked if note.effect == "open" or note.node in here][:NOTES_SHOWN]
    more = [note for note in ranked if note not in first]
    shown = "".join(_note(note) for note in first)
    title = f"About the wording of the text ({len(more)} {'more' if first else 'notes'})"
    rest = late_fold("notes", title, lambda: "".join(_note(note) for note in more), opened) if more else ""
    return (f"<section>{shown}</section>" if shown else ""), rest


def _speaker(g, w) -> str | None:
    """The last visited node that says something, up to where the child stands; what runs alongside comes last."""
    talks = [step for step in w.steps if g.nodes[step.node].statements]
    if w.current in [step.node for step in talks]:
        return w.current
    upto = [step.node for step in w.steps].index(w.current) if w.current in w.states else 0
    before = [step for step in w.steps[:upto] if step in talks and step.page != ASIDE]
    return before[-1].node if before else None


def _note(note) -> str:
    return (f'<details class="note-line" data-keep="note-{text(note.id)}"><summary><b>{WORDS[note.effect]}</b> '
            f'{text(note.title)}</summary><p>{text(note.say)}</p></details>')


def _said_here(g, w) -> str:
    speaker = _speaker(g, w)
    here = [s for s in w.statements if s.certainty == "applies" and s.node == speaker]
    page = g.nodes[w.current].page if w.current in g.nodes else None
    open_now = [s for s in w.statements if s.certainty == "offered" and s.page == page]
    if not here and not open_now:
        return ""
    parts = []
    if here:
        parts.append(f'<h2 class="sub">What the guideline says here</h2>{statement_list(g, here)}')
    if open_now:
        parts.append(f'<h2 class="sub">Ways the text leaves open, in its order</h2>{statement_list(g, open_now)}')
    return "".join(f"<section>{part}</section>" for part in parts)


def _folds(g, w, more_notes: str, opened: Collection[str]) -> str:
    if "situation" not in w.case.values:
        return ""
    parts = [late_fold("schemes", "Risk groups in each scheme", lambda: schemes.summary(g, w.schemes), opened)]
    if w.steps:
        parts.append(late_fold("why", "Why: each step and its rule", lambda: _steps(g, w), opened))
    if w.statements:
        title = f"Every statement so far ({len(w.statements)})"
        parts.append(late_fold("all", title, lambda: _all_statements(g, w), opened))
    parts.append(more_notes)
    return f'<div class="folds">{"".join(parts)}</div>'


def _steps(g, w) -> str:
    rows = []
    for i, step in enumerate(w.steps):
        node = g.nodes[step.node]
        to = g.nodes.get(step.branch) if step.branch else None
        rule = f'<p>{text(step.because[:1].upper() + step.because[1:])}.</p>' if step.because else ""
        arrow = f' <span class="quiet">then</span> {text(to.title)}' if to else ""
        place = source(g, step.lines, step.page, f"step-{i}")
        rows.append(f'<li><p class="to">{text(node.title)}{arrow}</p>{rule}'
                    f'<div class="meta"><span>{text(page_name(step.page))}</span>{place}</div></li>')
    return f'<ol class="steps">{"".join(rows)}</ol>'


def _all_statements(g, w) -> str:
    pages = dict.fromkeys(s.page for s in w.statements)
    titles = {"applies": "Applies", "offered": "One of the open ways",
              "possible": "Possible, depends on what is still unknown"}
    parts = []
    for page in pages:
        parts.append(f"<h3>{text(page_name(page))}: {text(g.pages[page].title)}</h3>")
        for certainty, title in titles.items():
            some = [s for s in w.statements if s.page == page and s.certainty == certainty]
            if some:
                parts.append(f'<p class="small quiet">{title}</p>{statement_list(g, some)}')
    return f'<div class="prose">{"".join(parts)}</div>'
