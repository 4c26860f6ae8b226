"""Studies, errata and later results held against the pathways: which node they bear on, and whom a study took."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from content.load import Knowledge, knowledge
from content.model import Age, Erratum, Later, Trial
from content.reading import DataError
from pathways.conditions import ConditionError, Tree, atom_truth, kleene, parse
from pathways.load import guideline
from pathways.model import Guideline
from pathways.walk import Walk


@dataclass(frozen=True)
class Fit:
    """Whether a child would have belonged to a study's people: yes, no, unknown or none, and for which reasons."""

    verdict: str
    reasons: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The verdict as people read it: "yes", "no: age", "not known: lineage"."""
        head = {"yes": "yes", "no": "no", "unknown": "not known", "none": ""}[self.verdict]
        return f"{head}: {', '.join(self.reasons)}" if self.reasons else head


@dataclass(frozen=True)
class Evidence:
    """What bears on each node, in the order of the text, and the conditions of each study."""

    trials: Mapping[str, tuple[Trial, ...]]
    errata: Mapping[str, tuple[Erratum, ...]]
    later: Mapping[str, tuple[Later, ...]]
    conditions: Mapping[str, tuple[tuple[str, Tree], ...]]
    definitions: Mapping[str, Tree]

    def fit(self, trial: Trial, w: Walk) -> Fit:
        """Would the entered child fall inside the study's population? `none` where the study treated nobody."""
        if not self.conditions[trial.id]:
            return Fit("none")
        truths = [(what, kleene(tree, self.definitions, lambda atom: atom_truth(atom, w.case.values)))
                  for what, tree in self.conditions[trial.id]]
        failed = dict.fromkeys(what for what, truth in truths if truth is False)
        open_ones = dict.fromkeys(what for what, truth in truths if truth is None)
        if failed:
            return Fit("no", tuple(failed))
        return Fit("unknown", tuple(open_ones)) if open_ones else Fit("yes")


@lru_cache(maxsize=1)
def evidence() -> Evidence:
    """The evidence of the project's guideline, put together once a process.

    Raises
    ------
    DataError
        A study, an erratum or a later result names a page, node or condition that does not exist.
    """
    return collect(guideline(), knowledge())


def collect(g: Guideline, known: Knowledge) -> Evidence:
    """Check every reference of the content into the pathways, and turn them round."""
    trials = sorted(known.trials.values(), key=lambda trial: trial.in_text)
    for trial in trials:
        _nodes(g, trial.bears_on.nodes, trial.file, 1)
        for page in trial.bears_on.pages:
            if page not in g.pages:
                raise DataError(trial.file, 1, f"'{page}' is no page", "write it as PEDALL-4")
    for kind, entries in (("errata", known.errata), ("since_2020", known.later)):
        for key, entry in entries.items():
            _nodes(g, entry.shown.nodes, *known.places[f"{kind}.{key}"])
    for facts in known.facts.values():
        for figure in facts.figures:
            _nodes(g, figure.nodes, *known.places[f"{facts.topic}.{figure.id}"])
    worst = ("dangerous", "material", "cosmetic")
    return Evidence(
        _by_node((trial, trial.bears_on.nodes) for trial in trials),
        _by_node((entry, entry.shown.nodes) for entry in sorted(
            known.errata.values(), key=lambda entry: worst.index(entry.severity))),
        _by_node((entry, entry.shown.nodes) for entry in sorted(
            known.later.values(), key=lambda entry: entry.published, reverse=True)),
        {trial.id: tuple(_conditions(g, known, trial)) for trial in trials}, g.definitions)


def _by_node(entries: Iterable[tuple[object, list[str]]]) -> dict[str, tuple]:
    found: dict[str, tuple] = {}
    for entry, nodes in entries:
        for node in nodes:
            found[node] = (*found.get(node, ()), entry)
    return found


def _nodes(g: Guideline, names: list[str], file: str, line: int) -> None:
    for name in names:
        if name not in g.nodes:
            raise DataError(file, line, f"'{name}' is no node", "use an id of pathways/graphs")


def _conditions(g: Guideline, known: Knowledge, trial: Trial) -> Iterable[tuple[str, Tree]]:
    """What a study asked of its people, each with its word; nothing where no child was treated in it."""
    if not any("when" in known.vocabulary["settings"][word] for word in trial.setting):
        return
    for what, sort, words in (("setting", "settings", trial.setting), ("lineage", "lineages", trial.lineage),
                              ("Ph status", "ph", trial.ph)):
        whens = [when for word in words if (when := known.vocabulary[sort][word].get("when"))]
        if whens:
            yield what, _parse(g, " or ".join(f"({when})" for when in whens), "vocabulary.yaml", what)
    if trial.population.age:
        at_relapse = "relapsed_refractory" in trial.setting and "front_line" not in trial.setting
        key = "age_now_years" if at_relapse else "age_at_diagnosis_years"
        yield "age", _parse(g, " and ".join(_age(key, trial.population.age)), trial.file, "age")
    elif trial.age_groups and all("when" in known.vocabulary["age_groups"][word] for word in trial.age_groups):
        whens = [known.vocabulary["age_groups"][word]["when"] for word in trial.age_groups]
        yield "age", _parse(g, " or ".join(f"({when})" for when in whens), "vocabulary.yaml", "age")
    for criterion in trial.population.criteria:
        yield criterion.what, _parse(g, criterion.when, trial.file, criterion.what)


def _age(key: str, age: Age) -> Iterable[str]:
    """The limits of an age in years; `up_to` counts completed years or months."""
    def years(number: Decimal) -> str:
        if age.unit == "years":
            return str(number)
        return f"{number / 12:.6f}".rstrip("0").rstrip(".")
    if age.at_least is not None:
        yield f"{key} >= {years(age.at_least)}"
    if age.up_to is not None:
        yield f"{key} < {years(age.up_to + 1)}"
    if age.under is not None:
        yield f"{key} < {years(age.under)}"


def _parse(g: Guideline, text: str, file: str, what: str) -> Tree:
    try:
        return parse(text, g.facts, set(g.definitions))
    except ConditionError as error:
        raise DataError(Path(file), 1, f"in '{text[:80]}' ({what}): {error}", "mend the condition") from None
