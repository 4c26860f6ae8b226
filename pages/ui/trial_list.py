"""The list of studies: what narrows it, what matches, and one short row a study."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from content import search
from content.entries import known_entries
from content.load import Knowledge, knowledge
from content.model import Trial
from pages.ui import trial_words
from pages.ui.filters import Choice
from pages.ui.panel import text
from pathways.drawing import page_name
from pathways.load import guideline

DESIGNS = (("yes", "Randomized, or in part"), ("no", "Not randomized"), ("not_stated", "Not stated"))
DESIGN = {"randomised": "yes", "partly": "yes", "not_randomised": "no", "not_stated": "not_stated"}
TRAITS: Mapping[str, Callable[[Trial], Iterable[str]]] = {
    "setting": lambda trial: trial.setting,
    "subtype": lambda trial: [*trial.lineage, *trial.ph],
    "ages": lambda trial: trial.age_groups,
    "agent": lambda trial: trial.agents,
    "group": lambda trial: trial.groups,
    "randomised": lambda trial: [DESIGN[trial.design.randomised]],
    "page": lambda trial: _pages(trial),
}


def _pages(trial: Trial) -> list[str]:
    nodes = guideline().nodes
    return [*trial.bears_on.pages, *(nodes[name].page for name in trial.bears_on.nodes)]


@cache
def choices() -> tuple[Choice, ...]:
    """The ways to narrow the list; an option without a study is not offered."""
    known, g = knowledge(), guideline()
    labels = {sort: {key: word["label"] for key, word in known.vocabulary[sort].items()} for sort in known.vocabulary}
    every = {"setting": ("Setting", labels["settings"]), "subtype": ("Subtype", labels["lineages"] | labels["ph"]),
             "ages": ("Age group", labels["age_groups"]), "agent": ("Agent", labels["agents"]),
             "group": ("Cooperative group", labels["groups"]), "randomised": ("Randomized", dict(DESIGNS)),
             "page": ("Guideline page", {name: page_name(name) for name in g.pages})}
    used = {key: {value for trial in known.trials.values() for value in trait(trial)} for key, trait in TRAITS.items()}
    return tuple(Choice(key, label, tuple((value, words) for value, words in options.items() if value in used[key]))
                 for key, (label, options) in every.items())


@dataclass(frozen=True)
class Matches:
    """Studies that match, and one line about them; `ranked` when they stand by how well they fit a search."""

    trials: tuple[Trial, ...]
    said: str
    ranked: bool = False


def matching(known: Knowledge, word: str, chosen: Mapping[str, str]) -> Matches:
    """The studies that fit the search, best first, and belong to every choice.

    Parameters
    ----------
    known : Knowledge
        All that is known.
    word : str
        What is searched; it is not kept.
    chosen : mapping of str to str
        Key of a choice to its value.
    """
    fitting, near = sorted(known.trials.values(), key=lambda trial: trial.name.casefold()), False
    asked = bool(search.plain(word))
    if asked:
        found = _index().find(word, limit=len(known.trials))
        fitting, near = [known.trials[entry.id] for entry in found.entries], found.near
    some = tuple(trial for trial in fitting if all(value in TRAITS[key](trial) for key, value in chosen.items()))
    said = _counted(len(some), len(known.trials))
    return Matches(some, f"No study fits that. Nearest by name: {len(some)}" if near and some else said, asked)


@cache
def _index() -> search.Index:
    """The studies, ready to be searched; the words of their question count too."""
    known = knowledge()
    return search.Index(replace(entry, words=f"{entry.words} {known.trials[entry.id].question}")
                        for entry in known_entries(known) if entry.kind == "trial")


def _counted(many: int, whole: int) -> str:
    """How many match, in words."""
    if not many:
        return "No study matches."
    studies = "study" if many == 1 else "studies"
    return f"{many} {studies}" if many == whole else f"{many} of {whole} studies"


def html(known: Knowledge, matches: Matches, now: str | None, back: str | None) -> str:
    """The studies by setting, or by how well they fit a search; each a button that presses `open:<id>`.

    Parameters
    ----------
    known : Knowledge
        All that is known.
    matches : Matches
        Those that match.
    now : str or None
        Id of the study whose card is open.
    back : str or None
        Id of the study whose card was closed just now: the focus goes back to it.
    """
    if not matches.trials:
        return ('<section><h2>No study matches</h2><p>No study of the text has all that is chosen.</p>'
                '<p><button type="button" class="act" data-press="clear">Clear all filters</button></p></section>')

    def section(title: str, trials: Iterable[Trial]) -> str:
        rows = "".join(_marked(trial.id, trial.id == now, trial.id == back) for trial in trials)
        return f'<section><h2 class="sub">{text(title)}</h2><ul class="studies">{rows}</ul></section>' if rows else ""

    if matches.ranked:
        return section("Best match first", matches.trials)
    first = {name: [trial for trial in matches.trials if trial.setting[0] == name]
             for name in known.vocabulary["settings"]}
    return "".join(section(known.label("settings", name), trials) for name, trials in first.items())


def _marked(trial_id: str, now: bool, back: bool) -> str:
    here = ' aria-current="true"' if now else ""
    arrive = f' data-arrive="back-{text(trial_id)}"' if back else ""
    return f'<li><button type="button" data-press="open:{text(trial_id)}"{here}{arrive}>{_row(trial_id)}</button></li>'


@cache
def _row(trial_id: str) -> str:
    known = knowledge()
    trial = known.trials[trial_id]
    said = " · ".join((trial_words.size_words(trial), trial_words.ages_words(known, trial),
                       trial_words.design_words(trial)))
    return (f'<span class="study-name">{text(trial.name)}</span><span>{text(trial.question)}</span>'
            f'<span class="small quiet">{text(said)}</span>')
