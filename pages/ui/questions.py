"""What the walk can be asked: what to find out next, where it may still end, what would change its answer."""
from collections.abc import Collection, Sequence

from pages.ui import changes
from pages.ui.panel import inside, late_fold, listed, text
from pathways.drawing import page_name
from pathways.questions import Question, ends_apart, next_questions, possible_ends

NOW_SHOWN = 4
ALSO_SHOWN = 4
APART_SHOWN = 3
SILENT = ("invalid", "contradictory", "needs_confirmation")


def needed(g, w, waiting: Sequence[str], ranked: Sequence[Question]) -> str:
    """What to find out next, the fact that narrows the ends most first; each button leads to its field.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    waiting : sequence of str
        Fact keys that were begun but are not read yet; they come first.
    ranked : sequence of Question
        What to find out, the fact that narrows the ends most first.
    """
    if w.status in ("out_of_scope", "stopped") or "situation" not in w.case.values:
        return ""
    now = [*waiting, *(question.fact for question in ranked if not question.later and question.fact not in waiting)]
    later = [inside(g.facts[question.fact].label) for question in ranked if question.later]
    if not now and not later:
        return ""
    gains = {question.fact: _gain(question) for question in ranked}
    buttons = "".join(f"<li>{_jump(g, key, gains.get(key, '') if not i else '')}</li>"
                      for i, key in enumerate(now[:NOW_SHOWN]))
    also = [_jump(g, key) for key in now[NOW_SHOWN:][:ALSO_SHOWN]]
    more = len(now) - NOW_SHOWN - ALSO_SHOWN
    parts = [f'<div class="asked-head"><h2 class="sub">Needed now</h2>{_count(ranked)}</div>'
             f'<ul class="needs">{buttons}</ul>' if buttons else ""]
    if also:
        rest = f" and {more} more" if more > 0 else ""
        parts.append(f'<p class="small quiet also">Also on the way: {", ".join(also)}{rest}.</p>')
    if later:
        parts.append(f'<p class="small quiet">Later: {text(listed(later))}.</p>')
    return f'<section class="asked">{"".join(parts)}</section>'


def _count(ranked: Sequence[Question]) -> str:
    return f'<p class="small quiet">{text(ends_possible(ranked[0].now))}</p>' if ranked else ""


def ends_possible(number: int) -> str:
    """How many ends are still possible, in words."""
    return f"{number} {'end' if number == 1 else 'ends'} still possible"


def _gain(question: Question) -> str:
    """What an answer would leave, in a few words; "" where it leaves all."""
    if question.worst < question.now:
        return f"at most {question.worst} of {question.now} ends would remain"
    if question.average < question.now:
        return f"some answers would leave fewer than {question.now} ends"
    return ""


def _jump(g, key: str, gain: str = "") -> str:
    """A button that leads to the field of a fact."""
    small = f" <small>{text(gain)}</small>" if gain else ""
    return f'<button type="button" data-focus="{text(key)}"><span>{text(g.facts[key].label)}{small}</span></button>'


def folds(g, w, opened: Collection[str]) -> list[str]:
    """Two folds, made when they are opened: ends still possible, and what would change the answer."""
    if w.status in SILENT:
        return []
    parts = []
    if w.status == "incomplete":
        parts.append(late_fold("ends", f"Ends still possible ({len(possible_ends(w))})", lambda: _ends(g, w), opened))
    parts.append(late_fold("changes", "What would change this answer", lambda: changes.listing(g, w, opened), opened))
    return parts


def _ends(g, w) -> str:
    apart = ends_apart(w)
    ranked = [question.fact for question in next_questions(w)]
    rows = []
    for end, keys in apart.items():
        node = g.nodes[end]
        keys = sorted(keys, key=lambda key: ranked.index(key) if key in ranked else len(ranked))
        labels = [inside(g.facts[key].label) for key in keys[:APART_SHOWN]]
        more = len(keys) - APART_SHOWN
        named_facts = listed(labels + ([f"{more} more"] if more > 0 else []), "and" if more > 0 else "or")
        said = f"An answer to {named_facts} could rule it out." if labels else "No single answer rules it out."
        rows.append(f'<li><p class="to"><button type="button" class="goto" data-press="box:{text(end)}">'
                    f'{text(node.title)}</button></p><p class="small quiet">{text(page_name(node.page))}. {text(said)}'
                    "</p></li>")
    return (f'<div class="listing"><p class="small quiet">{text(ends_possible(len(apart)))}, from here to where the '
            f'text stops.</p><ul class="steps">{"".join(rows)}</ul></div>')
