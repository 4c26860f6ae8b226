"""The answer panel: where the child stands, what the guideline says there, what is still needed, and why."""
from collections.abc import Callable, Collection, Iterable, Sequence

from pages.ui import flags, panel, questions, schemes, studies
from pages.ui.panel import LIVE_WORDS, inside, late_fold, listed, text
from pages.ui.standing import BLOCKED, STATES, because_of, points, ranked_notes, said, speaker
from pages.ui.statements import source, statement_list
from pages.ui.terms import marked
from pathways.drawing import page_name
from pathways.questions import Question

NAMED = 3
NOTES_SHOWN = 2
WORDS = {"open": "Left open by the text:", "ask": "Asked, since the text does not say:",
         "fixed": "How the text was read:", "note": "Worth knowing:", "display": "Wording of the text:"}


def show_head(g, w, waiting: Iterable[str], ranked: Sequence[Question], key: str) -> None:
    """Where the child stands, in one look, and what is needed next.

    Parameters
    ----------
    g : Guideline
        The guideline.
    w : Walk
        The walk of the case.
    waiting : iterable of str
        Fact keys that were begun but are not read yet.
    ranked : sequence of Question
        What to find out, the fact that narrows the ends most first.
    key : str
        Key of the panel.
    """
    because = inside(because_of(g, w))
    panel.show(key, _where(g, w, because), questions.needed(g, w, list(waiting), ranked), live=_live(g, w, because))


def show_body(g, w, key: str, detail: str, opened: Collection[str], on_press: Callable[[], None], foot: str = "",
              hand: dict | None = None) -> None:
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
    foot : str
        Markup of what comes last.
    hand : dict or None
        Something that was asked for, to copy or to save.
    """
    noted, more_notes = _notes(g, w, opened)
    panel.show(key, detail, _flags(g, w, opened), noted, _said_here(g, w), _folds(g, w, more_notes, opened),
               foot, on_press=on_press, hand=hand)


def _where(g, w, because: str) -> str:
    node = g.nodes.get(w.current)
    if node is None or w.status in BLOCKED:
        return (f'<section class="where none"><h2>{text(STATES.get(w.status, "Where does this child stand?"))}</h2>'
                f'<p>{_problem(w)}</p></section>')
    if "situation" not in w.case.values:
        return ('<section class="where none"><h2>Where in the course of the disease is this child?</h2>'
                "<p>Choose the situation first; everything else follows from it.</p></section>")
    because = f", because {marked(because)}" if because else ""
    return (f'<section class="where"><h2><span class="eyebrow">You are at</span> {marked(node.title)}</h2>'
            f'<p><span class="quiet">on {text(page_name(node.page))}{because}.</span> {_state(g, w)}</p></section>')


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


def _flags(g, w, opened: Collection[str]) -> str:
    """What changed since 2020 and where the source is wrong, at the point reached and on the way over its page."""
    if w.current not in g.nodes or w.status in BLOCKED:
        return ""
    shown = flags.on_the_way(points(g, w), opened)
    return f"<section>{shown}</section>" if shown else ""


def _notes(g, w, opened: Collection[str]) -> tuple[str, str]:
    """Ambiguities met: two at most in sight, the rest folded."""
    here = {w.current, speaker(g, w)}
    ranked = ranked_notes(w)
    first = [note for note in ranked if note.effect == "open" or note.node in here][:NOTES_SHOWN]
    more = [note for note in ranked if note not in first]
    shown = "".join(_note(note) for note in first)
    title = f"About the wording of the text ({len(more)} {'more' if first else 'notes'})"
    rest = late_fold("notes", title, lambda: "".join(_note(note) for note in more), opened) if more else ""
    return (f"<section>{shown}</section>" if shown else ""), rest


def _note(note) -> str:
    return (f'<details class="note-line" data-keep="note-{text(note.id)}"><summary><b>{WORDS[note.effect]}</b> '
            f'{text(note.title)}</summary><p>{text(note.say)}</p></details>')


def _said_here(g, w) -> str:
    here, open_now = said(g, w)
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
    parts += questions.folds(g, w, opened)
    if w.statements:
        title = f"Every statement so far ({len(w.statements)})"
        parts.append(late_fold("all", title, lambda: _all_statements(g, w), opened))
    bearing = studies.at([w.current, speaker(g, w)])
    if bearing and w.status not in BLOCKED:
        title = f"Studies that bear on this point ({len(bearing)})"
        parts.append(late_fold("studies", title, lambda: studies.listing(bearing, w), opened))
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
