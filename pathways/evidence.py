"""Studies, errata and later results held against the pathways: which node they bear on, and whom a study took."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from content.load import Knowledge, knowledge
from content.model import Age, Erratum, Later, Trial
from content.reading import DataError
from pathways.conditions import ConditionError, Tree, atom_truth, kleene, parse
from pathways.load import guideline
from pathways.model import Guideline
from pathways.walk import Walk

NO_AGES = "the text states no ages"


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
        """Would the entered child fall inside the study's population? `none` where the study treated nobody.

        Where the text prints no ages it is never "yes": a child of six is not known to fit a study of "AYA".
        """
        if not self.conditions[trial.id]:
            return Fit("none")
        truths = [(what, kleene(tree, self.definitions, lambda atom: atom_truth(atom, w.case.values)))
                  for what, tree in self.conditions[trial.id]]
        if not any(what == "age" for what, _ in truths):
            truths.append((NO_AGES, None))
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
        _nodes(g, known, trial.bears_on.nodes, f"bears_on.{trial.id}")
        for page in trial.bears_on.pages:
            if page not in g.pages:
                raise DataError(*known.places[f"bears_on.{trial.id}.{page}"], f"'{page}' is no page",
                                "write it as PEDALL-4")
    for kind, entries in (("errata", known.errata), ("since_2020", known.later)):
        for key, entry in entries.items():
            _nodes(g, known, entry.shown.nodes, f"{kind}.{key}")
    for facts in known.facts.values():
        for figure in facts.figures:
            _nodes(g, known, figure.nodes, f"{facts.topic}.{figure.id}")
    _care(g, known)
    worst = ("dangerous", "material", "cosmetic")
    return Evidence(
        _by_node((trial, trial.bears_on.nodes) for trial in trials),
        _by_node((entry, entry.shown.nodes) for entry in sorted(
            known.errata.values(), key=lambda entry: worst.index(entry.severity))),
        _by_node((entry, entry.shown.nodes) for entry in sorted(
            known.later.values(), key=lambda entry: entry.published, reverse=True)),
        {trial.id: tuple(_conditions(g, known, trial)) for trial in trials}, g.definitions)


def _care(g: Guideline, known: Knowledge) -> None:
    """Lesions stand for facts that can be known, their classes for choices, agents and phases at nodes."""
    for kind in ("agents", "phases"):
        for key, entry in getattr(known, kind).items():
            _nodes(g, known, entry.nodes, f"{kind}.{key}")
    for key, lesion in known.lesions.items():
        for fact in lesion.facts:
            if fact not in g.facts:
                raise DataError(*known.places[f"lesions.{key}"], f"'{fact}' is no fact", "use a key of facts.yaml")
    for key, kind in known.kinase_classes.items():
        if kind.choice not in g.facts["ph_like_lesion"].choices:
            raise DataError(*known.places[f"kinase_classes.{key}"], f"'{kind.choice}' is no class of Ph-like lesion",
                            "use a choice of ph_like_lesion in facts.yaml")


def _by_node(entries: Iterable[tuple[object, list[str]]]) -> dict[str, tuple]:
    found: dict[str, tuple] = {}
    for entry, nodes in entries:
        for node in nodes:
            found[node] = (*found.get(node, ()), entry)
    return found


def _nodes(g: Guideline, known: Knowledge, names: list[str], where: str) -> None:
    """Every name is a node; `where` is the place of the list that holds them."""
    for name in names:
        if name not in g.nodes:
            place = known.places.get(f"{where}.{name}") or known.places[where]
            raise DataError(*place, f"'{name}' is no node", "use an id of pathways/graphs")


def _conditions(g: Guideline, known: Knowledge, trial: Trial) -> Iterable[tuple[str, Tree]]:
    """What a study asked of its people, each with its word; nothing where no child was treated in it."""
    if not any("when" in known.vocabulary["settings"][word] for word in trial.setting):
        return
    for what, sort, words in (("setting", "settings", trial.setting), ("lineage", "lineages", trial.lineage),
                              ("Ph status", "ph", trial.ph)):
        whens = [when for word in words if (when := known.vocabulary[sort][word].get("when"))]
        if whens:
            place = ("vocabulary.yaml", known.vocabulary[sort].line_of(words[0]))
            yield what, _parse(g, " or ".join(f"({when})" for when in whens), place, what)
    if trial.population.age:
        at_relapse = "relapsed_refractory" in trial.setting and "front_line" not in trial.setting
        key = "age_now_years" if at_relapse else "age_at_diagnosis_years"
        yield "age", _parse(g, " and ".join(_age(key, trial.population.age)), (trial.file, 1), "age")
    elif trial.age_groups and all("when" in known.vocabulary["age_groups"][word] for word in trial.age_groups):
        whens = [known.vocabulary["age_groups"][word]["when"] for word in trial.age_groups]
        place = ("vocabulary.yaml", known.vocabulary["age_groups"].line_of(trial.age_groups[0]))
        yield "age", _parse(g, " or ".join(f"({when})" for when in whens), place, "age")
    for number, criterion in enumerate(trial.population.criteria):
        place = known.places[f"criteria.{trial.id}.{number}"]
        yield criterion.what, _parse(g, criterion.when, place, criterion.what)


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


def _parse(g: Guideline, text: str, place: tuple[str, int], what: str) -> Tree:
    try:
        return parse(text, g.facts, set(g.definitions))
    except ConditionError as error:
        raise DataError(*place, f"in '{text[:80]}' ({what}): {error}", "mend the condition") from None
