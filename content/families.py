"""Words for families: topics, the numbers that may be asked for, where each claim comes from. Never about one child."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from content.family_numbers import Told, compared, out_of_100, told
from content.family_shapes import MEASURES, Fixed, Number, Passage, PublicSource, Topic
from content.load import ADVICE, HERE, Knowledge, knowledge
from content.model import Figure, Term, Trial
from content.reading import DataError, read_yaml
from content.shapes import build, in_text, listing, mapping, same_name


@dataclass(frozen=True)
class Families:
    """Everything the Families page shows, read and checked."""

    topics: Mapping[str, Topic]
    numbers: Mapping[str, Number]
    sources: Mapping[str, PublicSource]
    words: tuple[str, ...]                       # ids of glossary terms that are explained at first use
    fixed: Fixed
    known: Knowledge

    def told(self, number: str) -> Told:
        """All that may be said of a number."""
        return told(self.numbers[number], self.known, self.fixed)

    def terms(self) -> list[Term]:
        """The glossary for families, in the order of its list."""
        return [self.known.terms[name] for name in self.words]


@lru_cache(maxsize=1)
def families() -> Families:
    """The project's words for families, read once a process. Raises DataError at the first mistake."""
    return load_families(HERE / "families", knowledge())


def load_families(folder: Path, known: Knowledge) -> Families:
    """Read `_fixed.yaml`, `_sources.yaml`, `_numbers.yaml`, `_words.yaml` and every topic of `folder`."""
    fixed = build(Fixed, read_yaml(folder / "_fixed.yaml"), folder / "_fixed.yaml", 1, ADVICE)
    places: dict[str, tuple[Path, int]] = {}
    sources = _entries(folder / "_sources.yaml", PublicSource, places)
    numbers = _entries(folder / "_numbers.yaml", Number, places)
    for number in numbers.values():
        _check_number(number, known, *places[number.id])
    words = _words(folder / "_words.yaml", known)
    names = {"numbers": set(numbers), "see": {path.stem for path in folder.glob("[!_]*.yaml")}, "sources": set(sources)}
    topics = sorted((_topic(folder / f"{name}.yaml", names, known) for name in sorted(names["see"])),
                    key=lambda topic: topic.order)
    for before, topic in pairwise(topics):
        if before.order == topic.order:
            raise DataError(folder / f"{topic.id}.yaml", 1, f"'{before.id}' has the same place in the order",
                            "give each its own 'order'")
    return Families({topic.id: topic for topic in topics}, numbers, sources, words, fixed, known)


def _entries(path: Path, model: type, places: dict[str, tuple[Path, int]]) -> dict:
    blocks, found = listing(read_yaml(path), path, 1), {}
    for block, line in zip(blocks, blocks.item_lines, strict=True):
        entry = build(model, block, path, line, ADVICE)
        if entry.id in found:
            raise DataError(path, line, f"'{entry.id}' stands twice", "rename one")
        found[entry.id], places[entry.id] = entry, (path, line)
    return found


def _check_number(number: Number, known: Knowledge, path: Path, line: int) -> None:
    """A number that misses one of what must stand beside it is refused, never shown without."""
    trials = [_checked_study(name, known, path, line) for name in filter(None, (number.figure, number.against))]
    if number.against and (trials[0] != trials[1] or compared(number, trials[0]) is None):
        raise DataError(path, line, "the two groups were not randomized against each other",
                        "compare only what the study compared by chance")


def _checked_study(name: str, known: Knowledge, path: Path, line: int) -> Trial:
    study, _, wanted = name.partition(".")
    trial = known.trials.get(study)
    figure = next((one for one in trial.figures if one.id == wanted), None) if trial else None
    if figure is None:
        raise DataError(path, line, f"'{name}' is no figure of a study", "write study.figure, e.g. aall0232.efs_hd_mtx")
    _check_figure(name, figure, path, line)
    if trial.recruited is None:
        raise DataError(path, line, f"the years in which '{study}' took children in are not known",
                        "add 'recruited' to the study, with its source, or leave the number out")
    return trial


def _check_figure(name: str, figure: Figure, path: Path, line: int) -> None:
    if figure.measure not in MEASURES or figure.value is None or figure.unit not in (None, "percent"):
        raise DataError(path, line, f"'{name}' is no share of children at a time",
                        f"use a figure of {', '.join(MEASURES)}")
    if figure.at is None or figure.at.unit != "years":
        raise DataError(path, line, f"'{name}' has no time point in years", "choose a figure that has one")
    later = figure.corrected
    if later and later.at is None and out_of_100(later.value) != out_of_100(figure.value):
        raise DataError(path, line, f"a report of the study gives another whole number for '{name}'",
                        "choose a figure whose reports agree")


def _words(path: Path, known: Knowledge) -> tuple[str, ...]:
    names = listing(read_yaml(path), path, 1)
    for number, (name, line) in enumerate(zip(names, names.item_lines, strict=True)):
        if not isinstance(name, str) or name not in known.terms:
            raise DataError(path, line, f"'{name}' is no term of the glossary", "use an id of glossary.yaml")
        if name in names[:number]:
            raise DataError(path, line, f"'{name}' stands twice", "remove one")
    return tuple(names)


def _topic(path: Path, names: Mapping[str, set[str]], known: Knowledge) -> Topic:
    data = mapping(read_yaml(path), path)
    topic = build(Topic, data, path, 1, ADVICE)
    same_name(topic.id, path, 1)
    for field, what in (("numbers", "number of _numbers.yaml"), ("see", "topic")):
        for name in getattr(topic, field):
            if name not in names[field]:
                raise DataError(path, data.line_of(field), f"'{name}' is no {what}", "add it there, or name another")
    for passage, line in zip(topic.passages, data["passages"].item_lines, strict=True):
        _check_passage(passage, names["sources"], known.sections[-1][1], path, line)
    return topic


def _check_passage(passage: Passage, sources: set[str], last: int, path: Path, line: int) -> None:
    if not passage.lines and not passage.sources:
        raise DataError(path, line, "the passage names no source", "add 'lines' of the text or 'sources'")
    in_text(passage.lines or (), last, path, line)
    for name in passage.sources:
        if name not in sources:
            raise DataError(path, line, f"'{name}' is no source of _sources.yaml", "add it there")
