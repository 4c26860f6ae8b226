"""Read all that is known: studies, facts, errata, later results. Bad data fails here: file, line, remedy."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from content.care import Agent, KinaseClass, Lesion, Phase, check, passages
from content.model import (
    Comparison,
    Erratum,
    Facts,
    Figure,
    Later,
    Lines,
    Measure,
    Section,
    Shown,
    SourceCard,
    Term,
    Trial,
)
from content.reading import Block, DataError, Sequence, read_yaml
from content.shapes import build, in_text, listing, mapping, same_name

HERE = Path(__file__).parent
ADVICE = "see content/README.md"
CARE = {"lesions": Lesion, "kinase_classes": KinaseClass, "agents": Agent, "phases": Phase}
SORTS = ("settings", "lineages", "ph", "age_groups", "groups", "agents")


@dataclass(frozen=True)
class Knowledge:
    """Everything read and checked. Treat as immutable; shared by all sessions."""

    trials: Mapping[str, Trial]
    facts: Mapping[str, Facts]
    measures: Mapping[str, Measure]
    errata: Mapping[str, Erratum]
    later: Mapping[str, Later]
    terms: Mapping[str, Term]
    vocabulary: Mapping[str, Mapping[str, Mapping[str, str]]]
    sections: list[tuple[int, int, str]]
    places: Mapping[str, tuple[str, int]]
    card: SourceCard
    lesions: Mapping[str, Lesion] = field(default_factory=dict)
    kinase_classes: Mapping[str, KinaseClass] = field(default_factory=dict)
    agents: Mapping[str, Agent] = field(default_factory=dict)
    phases: Mapping[str, Phase] = field(default_factory=dict)

    def label(self, sort: str, key: str) -> str:
        """What people read for a word of the vocabulary."""
        return self.vocabulary[sort][key]["label"]

    def section(self, lines: Lines) -> str:
        """Title of the section of the text in which the first line stands."""
        return next((title for low, high, title in self.sections if low <= lines[0][0] <= high), "")

    def figures(self) -> Iterator[tuple[Trial | Facts, Figure]]:
        """Every figure with the study or the topic it stands in."""
        for source in (*self.trials.values(), *self.facts.values()):
            for figure in source.figures:
                yield source, figure


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The project's content, read once a process.

    Raises
    ------
    DataError
        The first mistake found in a data file.
    """
    return load(HERE)


def load(folder: Path) -> Knowledge:
    """Read the content of `folder` (measures.yaml, vocabulary.yaml, trials/, facts/ ...)."""
    return Loader(folder).load()


class Loader:
    """One reading of all files. Keeps where everything stands, for messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places: dict[str, tuple[str, int]] = {}

    def load(self) -> Knowledge:
        self.sections = self._sections()
        path = self.folder / "measures.yaml"
        data = mapping(read_yaml(path), path)
        self.measures = {key: build(Measure, block, path, data.line_of(key), ADVICE) for key, block in data.items()}
        self.vocabulary = self._vocabulary()
        trials = {trial.id: trial for trial in self._files("trials", Trial, self._check_trial)}
        facts = {topic.topic: topic for topic in self._files("facts", Facts, self._check_facts)}
        figures = {name for name in self.places if not name.startswith(("bears_on.", "criteria."))}
        errata = self._lists("errata", Erratum)
        later = self._lists("since_2020", Later)
        for kind, entries in (("errata", errata), ("since_2020", later)):
            for key, entry in entries.items():
                self._shown(entry.shown, trials, figures, f"{kind}.{key}")
        return Knowledge(trials, facts, self.measures, errata, later, self._terms(), self.vocabulary, self.sections,
                         self.places, self._card(), **self._care(trials, facts))

    def _sections(self) -> list[tuple[int, int, str]]:
        path = self.folder / "sections.yaml"
        blocks = listing(read_yaml(path), path, 1)
        made = [build(Section, block, path, blocks.item_lines[i], ADVICE) for i, block in enumerate(blocks)]
        if not made:
            raise DataError(path, 1, "no section is named", "name the sections of the text and their lines")
        return [(*section.lines[0], section.title) for section in made]

    def _card(self) -> SourceCard:
        path = self.folder / "source_card.yaml"
        return build(SourceCard, read_yaml(path), path, 1, "no field may be empty")

    def _vocabulary(self) -> Block:
        path = self.folder / "vocabulary.yaml"
        data = mapping(read_yaml(path), path)
        for sort in SORTS:
            if sort not in data:
                raise DataError(path, 1, f"'{sort}' is missing", "add it, with its words")
            for key, block in mapping(data.get(sort), path, data.line_of(sort)).items():
                if not isinstance(block, dict) or not isinstance(block.get("label"), str):
                    raise DataError(path, data[sort].line_of(key), f"'{key}' has no label", "write {label: ...}")
        return data

    def _files(self, kind: str, model: type, check) -> Iterator:
        for path in sorted((self.folder / kind).glob("*.yaml")):
            if path.stem.startswith("_"):
                continue
            data = mapping(read_yaml(path), path)
            same_name(data.get("id" if model is Trial else "topic"), path, 1)
            data["file"] = path.name
            made = build(model, data, path, 1, ADVICE)
            check(made, data, path)
            yield made

    def _lists(self, folder: str, model: type) -> dict:
        """Entries of every file of a folder, each file a list."""
        found: dict = {}
        for path in sorted((self.folder / folder).glob("*.yaml")):
            self._entries(path, folder, model, found)
        return found

    def _terms(self) -> dict[str, Term]:
        found: dict[str, Term] = {}
        if (self.folder / "glossary.yaml").exists():
            self._entries(self.folder / "glossary.yaml", "glossary", Term, found)
        return found

    def _care(self, trials: Mapping[str, Trial], facts: Mapping[str, Facts]) -> dict[str, dict]:
        """Lesions, classes of Ph-like lesions, agents and phases; whatever they name must be there."""
        found: dict[str, dict] = {}
        for kind, model in CARE.items():
            found[kind] = {}
            if (self.folder / f"{kind}.yaml").exists():
                self._entries(self.folder / f"{kind}.yaml", kind, model, found[kind])
        figures = {f"{name}.{figure.id}" for name, home in {**trials, **facts}.items() for figure in home.figures}
        known = {"figure": figures, "trial": trials, "agent": found["agents"], "phase": found["phases"]}
        for kind, entries in found.items():
            for key, entry in entries.items():
                file, line = self.places[f"{kind}.{key}"]
                check(entry, known, file, line)
                for lines in passages(entry):
                    self._lines(lines, Path(file), line)
        return found

    def _entries(self, path: Path, kind: str, model: type, found: dict) -> None:
        blocks = listing(read_yaml(path), path, 1)
        for number, block in enumerate(blocks):
            line = blocks.item_lines[number]
            entry = build(model, block, path, line, ADVICE)
            if entry.id in found:
                raise DataError(path, line, f"'{entry.id}' stands twice", "rename one")
            if entry.lines:
                self._lines(entry.lines, path, block.line_of("lines"))
            found[entry.id] = entry
            self.places[f"{kind}.{entry.id}"] = (path.name, line)
            self._places_of(block.get("shown"), f"{kind}.{entry.id}", path)

    def _places_of(self, block: object, prefix: str, path: Path) -> None:
        """Note where each name of the lists of a block stands; the pathways check them and point there."""
        for names in block.values() if isinstance(block, Block) else ():
            for number, name in enumerate(names if isinstance(names, Sequence) else ()):
                self.places[f"{prefix}.{name}"] = (path.name, names.item_lines[number])

    def _shown(self, shown: Shown, trials: Mapping[str, Trial], figures: set[str], prefix: str) -> None:
        for name in shown.trials:
            if name not in trials:
                raise DataError(*self.places[f"{prefix}.{name}"], f"'{name}' is no trial",
                                "use the name of a file in content/trials")
        for name in shown.figures:
            if name not in figures:
                raise DataError(*self.places[f"{prefix}.{name}"], f"'{name}' is no figure",
                                "write file.figure, e.g. aall0232.enrolled")

    def _check_trial(self, trial: Trial, data: Block, path: Path) -> None:
        for sort, words in (("settings", trial.setting), ("lineages", trial.lineage), ("age_groups", trial.age_groups),
                            ("groups", trial.groups), ("agents", trial.agents)):
            field = {"settings": "setting", "lineages": "lineage"}.get(sort, sort)
            for word in words:
                if word not in self.vocabulary[sort]:
                    raise DataError(path, data.line_of(field), f"'{word}' is not among the {sort}",
                                    "use a word of vocabulary.yaml")
        arms = [arm.id for arm in trial.arms]
        for number, name in enumerate(arms):
            if name in arms[:number]:
                raise DataError(path, data["arms"].item_lines[number], f"the arm '{name}' stands twice", "rename one")
        self._figures(trial.figures, arms, data, path)
        self._lines(trial.in_text, path, data.line_of("in_text"))
        self._places_of(data.get("bears_on"), f"bears_on.{trial.id}", path)
        for number, _ in enumerate(trial.population.criteria):
            line = data["population"]["criteria"].item_lines[number]
            self.places[f"criteria.{trial.id}.{number}"] = (path.name, line)
        known = {figure.id for figure in trial.figures}
        for field, name in (("population", trial.population.n), ("follow_up", trial.follow_up)):
            if name is not None and name not in known:
                raise DataError(path, data.line_of(field), f"'{name}' is no figure here", "name one of its figures")
        seen: set[str] = set()
        for number, comparison in enumerate(trial.comparisons):
            block = data["comparisons"][number]
            self._comparison(comparison, known, path, block)
            if comparison.id in seen:
                raise DataError(path, block.line, f"the comparison '{comparison.id}' stands twice", "rename one")
            seen.add(comparison.id)

    def _comparison(self, comparison: Comparison, known: set[str], path: Path, block: Block) -> None:
        self._lines(comparison.lines, path, block.line_of("lines"))
        for name in comparison.between:
            if name not in known:
                raise DataError(path, block.line_of("between"), f"'{name}' is no figure here",
                                "name figures of this file")

    def _check_facts(self, facts: Facts, data: Block, path: Path) -> None:
        self._figures(facts.figures, [], data, path)

    def _figures(self, figures: list[Figure], arms: list[str], data: Block, path: Path) -> None:
        for number, figure in enumerate(figures):
            block = data["figures"][number]
            where = f"{path.stem}.{figure.id}"
            if where in self.places:
                raise DataError(path, block.line, f"the figure '{figure.id}' stands twice", "rename one")
            self.places[where] = (path.name, block.line)
            if figure.measure not in self.measures:
                raise DataError(path, block.line_of("measure"), f"'{figure.measure}' is no measure",
                                "use one of measures.yaml")
            if figure.arm is not None and figure.arm not in arms:
                raise DataError(path, block.line_of("arm"), f"'{figure.arm}' is no arm of this study",
                                "use an id of its arms")
            self._lines(figure.lines, path, block.line_of("lines"))
            self._range(figure, block, path)

    def _range(self, figure: Figure, block: Block, path: Path) -> None:
        unit = figure.unit or self.measures[figure.measure].unit
        top = {"percent": 100, "probability": 1}.get(unit)
        remedy = "write 0 or more" if top is None else f"write a number from 0 to {top}, in the unit of the measure"
        for name in ("value", "low", "high"):
            number = getattr(figure, name)
            if number is not None and (number < 0 or (top is not None and number > top)):
                raise DataError(path, block.line_of(name), f"{name} is {number}, in {unit}", remedy)
        if figure.corrected and not 0 <= figure.corrected.value <= (top or figure.corrected.value):
            raise DataError(path, block.line_of("corrected"), f"value is {figure.corrected.value}, in {unit}", remedy)
        spread = figure.spread
        has_interval = not isinstance(spread, str) and spread.kind == "ci95" and figure.value is not None
        if has_interval and not spread.low <= figure.value <= spread.high:
            raise DataError(path, block.line_of("spread"), f"the value {figure.value} lies outside its interval",
                            "read the passage again")

    def _lines(self, ranges: Lines, path: Path, line: int) -> None:
        in_text(ranges, self.sections[-1][1], path, line)
