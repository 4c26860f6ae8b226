"""The studies that bear on a point of the drawings; for a child also whether it would have been among their people."""
from collections.abc import Iterable

from content.load import knowledge
from content.model import Trial
from pages.ui import navigation, trial_words
from pages.ui.panel import fold, inside, text
from pathways.evidence import evidence

PRESS = "trial"
INSIDE = {"yes": "inside the studied population", "no": "outside", "unknown": "not known"}
NOBODY = "Not a study of treatment in people"


def at(nodes: Iterable[str | None]) -> list[Trial]:
    """The studies that bear on any of some nodes, in the order of the text."""
    found = {trial.id: trial for node in nodes for trial in evidence().trials.get(node, ())}
    return sorted(found.values(), key=lambda trial: trial.in_text)


def listing(trials: Iterable[Trial], w=None) -> str:
    """Studies with size and ages, each leading to its card; with a walk, whether the child falls inside.

    Parameters
    ----------
    trials : iterable of Trial
        In the order shown.
    w : Walk or None
        The walk of a case.
    """
    known = knowledge()
    rows = []
    for trial in trials:
        said = f"{trial_words.size_words(trial)} · {trial_words.ages_words(known, trial)}"
        child = f'<p class="small fit">{text(fit_words(trial, w))}</p>' if w is not None else ""
        rows.append(f'<li><p><button type="button" class="goto" data-press="{PRESS}:{text(trial.id)}">'
                    f'{text(trial.name)}</button></p><p class="small quiet">{text(said)}</p>{child}</li>')
    return f'<ul class="steps bearing">{"".join(rows)}</ul>'


def fit_words(trial: Trial, w) -> str:
    """Whether the entered child falls inside the study's population: "This child: outside: age"."""
    fit = evidence().fit(trial, w)
    if fit.verdict == "none":
        return NOBODY
    return f"This child: {INSIDE[fit.verdict]}" + (f": {', '.join(map(inside, fit.reasons))}" if fit.reasons else "")


def at_box(node: str) -> str:
    """The fold of one box of the drawing without a child; empty where no study bears on it."""
    trials = at([node])
    return fold(f"studies-{node}", f"Studies that bear on this box ({len(trials)})", listing(trials)) if trials else ""


def follow(press: str) -> bool:
    """Go to the card that was pressed in a list; False when something else was pressed."""
    what, _, name = press.partition(":")
    if what == PRESS:
        navigation.go("trials", trial=name)
    return what == PRESS
