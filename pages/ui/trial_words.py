"""What is said of a study in a few words: its size, its ages, its kind; the same on its card, in lists and on Walk."""
from collections.abc import Iterable, Iterator

from content import tables
from content.load import Knowledge
from content.model import Figure, Trial
from pages.ui.panel import inside

RANDOMISED = {"randomised": "randomized", "partly": "randomized in part", "not_randomised": "not randomized",
              "not_stated": "not stated whether randomized"}
PHASES = {"1": "phase I", "1/2": "phase I/II", "2": "phase II", "3": "phase III", "retrospective": "retrospective",
          "registry": "registry data", "review": "a review", "laboratory": "laboratory study"}
OUTCOMES = ("time_to_event", "response", "share")
ABOUT_PEOPLE = ("age", "follow_up")
COUNTED = ("enrolled", "evaluable", "infused", "treated", "randomized", "assigned", "transplanted")
NO_SIZE = "n not stated"
NO_AGES = "ages not stated"
NO_YEARS = "years of enrollment not found"


def size(trial: Trial) -> Figure | None:
    """The figure that tells how many people a study had."""
    return next((figure for figure in trial.figures if figure.id == trial.population.n), None)


def size_words(trial: Trial) -> str:
    """How many people, as a short word."""
    figure = size(trial)
    return f"n = {tables.number(figure.value)}" if figure and figure.value is not None else NO_SIZE


def ages_words(known: Knowledge, trial: Trial) -> str:
    """The ages as printed, else the groups of age."""
    if trial.population.age:
        return trial.population.age.as_printed
    groups = [known.label("age_groups", key) for key in trial.age_groups]
    return ", ".join(map(inside, groups)) if groups else NO_AGES


def years_words(trial: Trial) -> str:
    """When people were taken in, as a register or a report says."""
    return f"enrolled {tables.years(trial)}" if trial.recruited else NO_YEARS


def design_words(trial: Trial) -> str:
    """How it was made, as far as the text says."""
    said = [] if trial.design.randomised == "not_stated" else [RANDOMISED[trial.design.randomised]]
    said += ["single arm"] if trial.design.single_arm else []
    said += [PHASES[trial.design.phase]] if trial.design.phase in PHASES else []
    said += ["under way in 2020"] if trial.status == "under_way" else []
    return ", ".join(said) or "design not stated"


def subtypes(known: Knowledge, trial: Trial) -> list[str]:
    """Lineages and Ph status, as people read them."""
    return [known.label("lineages", key) for key in trial.lineage] + [known.label("ph", key) for key in trial.ph]


def is_dose(known: Knowledge, trial: Trial, figure: Figure) -> bool:
    """Whether a figure is a dose, or tells how long or how often one was given."""
    doses = {other.what for other in trial.figures if known.measures[other.measure].kind == "dose"} - {None}
    return known.measures[figure.measure].kind == "dose" or figure.what in doses


def is_result(known: Knowledge, figure: Figure) -> bool:
    """Whether a figure is an estimate of what happened to people."""
    if known.measures[figure.measure].kind in OUTCOMES:
        return True
    return figure.spread != "not_applicable" and figure.measure not in ABOUT_PEOPLE


def results(known: Knowledge, trial: Trial) -> list[Figure]:
    """The results of a study, in the order of the text."""
    return [figure for figure in trial.figures if is_result(known, figure) and not is_dose(known, trial, figure)]


def counted(figures: Iterable[Figure]) -> Iterator[str | None]:
    """Whom each result counts - enrolled, evaluable, infused - or None where the text does not say."""
    for figure in figures:
        named = [word for word in COUNTED if word in f"{figure.population} {figure.what or ''}".lower()]
        yield figure.denominator or (named[0] if named else None)
