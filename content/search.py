"""Search over entries with a name: exact before prefix before word before misspelled. What is typed is never kept."""
from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from content.spelling import SMALL, WEAK, plain

LONGEST = 60
TOO_LONG = f"That is longer than {LONGEST} characters. Search for a name, a trial, a lesion or a word."
PERSONAL = ("That looks like a date or a record number. Nothing about a patient belongs here; search for a name, "
            "a trial, a lesion or a word.")
REGISTRY = re.compile(r"\b(?:NCT|ISRCTN)\s?\d{1,8}\b|\b\d{4}-\d{6}-\d{2}\b", re.IGNORECASE)
DATE = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}")
RECORD = re.compile(r"\d(?:[\s.,/_-]?\d){5,}")
KINDS = ("page", "trial", "lesion", "agent", "term", "node")
EXACT, PREFIX, ALL_WORDS, ENOUGH = 100.0, 80.0, 60.0, 0.42


@dataclass(frozen=True)
class Entry:
    """Something that can be found: what it is, what it is called, and words that stand near it."""

    kind: str
    id: str
    title: str
    note: str = ""
    also: tuple[str, ...] = ()
    words: str = ""

    @property
    def key(self) -> str:
        """`kind:id`."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Found:
    """What a search gave: entries, best first; `near` where none fits and these are but the nearest; or a refusal."""

    entries: tuple[Entry, ...] = ()
    near: bool = False
    refused: str = ""


def refusal(typed: str) -> str:
    """Why a text is not searched for: too long, or like a date or record number. Empty when it may be."""
    if len(typed) > LONGEST:
        return TOO_LONG
    rest = REGISTRY.sub(" ", unicodedata.normalize("NFKC", typed))
    return PERSONAL if DATE.search(rest) or RECORD.search(rest) else ""


@dataclass
class _Names:
    """The names of one entry, made comparable."""

    squashed: list[str]
    words: dict[str, float] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


class Index:
    """All entries, made ready to be searched.

    Parameters
    ----------
    entries : iterable of Entry
        What can be found; among equals the first of `KINDS` comes first, then the first given.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: KINDS.index(entry.kind))
        self._by_key = {(entry.kind, entry.id): entry for entry in self.entries}
        self._names = [_names(entry) for entry in self.entries]
        self._places: dict[str, list[tuple[int, float]]] = {}
        for at, names in enumerate(self._names):
            for word, weight in names.words.items():
                self._places.setdefault(word, []).append((at, weight))
        self._vocabulary = sorted(self._places)
        squashed = sorted((name, at, place) for at, names in enumerate(self._names)
                          for place, name in enumerate(names.squashed))
        self._squashed = [name for name, _, _ in squashed]
        self._owner = [(at, place == 0) for _, at, place in squashed]

    def entry(self, kind: str, name: str) -> Entry | None:
        """The entry of this kind and id, or None."""
        return self._by_key.get((kind, name))

    def find(self, typed: str, limit: int = 8) -> Found:
        """The entries that fit best; where none fits, the nearest three.

        Parameters
        ----------
        typed : str
            What a person typed. It is neither kept nor repeated.
        limit : int
            How many entries at most.
        """
        if said := refusal(typed):
            return Found(refused=said)
        words = plain(typed)
        if not words:
            return Found()
        asked = self._joined([word for word in words if word not in SMALL] or words)
        scores = self._scores(asked)
        self._by_name("".join(words), scores)
        if asked != words:
            self._by_name("".join(asked), scores)
        ranked = sorted(scores, key=lambda at: (-round(scores[at], 2), at))
        if not ranked:
            return Found(tuple(self._nearest("".join(asked))), near=True)
        return Found(tuple(self._spread([self.entries[at] for at in ranked], limit)))

    def _joined(self, words: Sequence[str]) -> list[str]:
        """The words, two in a row made one where only that is a word here: "aall 434" is aall434."""
        made: list[str] = []
        for word in words:
            both = made[-1] + word if made else ""
            if both in self._places and word not in self._places:
                made[-1] = both
            else:
                made.append(word)
        return made

    def _scores(self, asked: Sequence[str]) -> dict[int, float]:
        """How far the words asked for stand in each entry, up to ALL_WORDS; rare words weigh more."""
        rows = [self._word(word, last=number == len(asked) - 1) for number, word in enumerate(asked)]
        weights = [self._weight(word, row) for word, row in zip(asked, rows, strict=True)]
        total = sum(weights)
        sums: dict[int, float] = {}
        for weight, row in zip(weights, rows, strict=True):
            for at, fit in row.items():
                sums[at] = sums.get(at, 0.0) + weight * fit
        found = {at: share / total for at, share in sums.items() if share / total >= ENOUGH}
        return {at: share * ALL_WORDS + self._closeness(at, asked) for at, share in found.items()}

    def _weight(self, word: str, row: dict[int, float]) -> float:
        """Rare words tell more; a word that stands nowhere, or everywhere in this field, tells little."""
        rare = log(1 + len(self.entries) / (1 + len(row)))
        return rare * (0.3 if word in WEAK or not row else min(1.0, max(row.values())))

    def _closeness(self, at: int, asked: Sequence[str]) -> float:
        """A little more where the name says little else than what was asked."""
        named = self._names[at].named
        return 6.0 * len(named & set(asked)) / len(named | set(asked))

    def _word(self, word: str, last: bool) -> dict[int, float]:
        """How well each entry holds one word: whole, begun, or misspelled."""
        fits: dict[str, float] = {}
        if word in self._places:
            fits[word] = 1.0
        if len(word) >= 3 or last:
            for place in _beginning(self._vocabulary, word):
                other = self._vocabulary[place]
                if other != word:
                    fits[other] = 0.7 + 0.25 * len(word) / len(other)
        if len(word) >= 4 and (word not in fits or word.isalpha()) and not word.isdigit():
            close = process.extract(word, self._vocabulary, scorer=DamerauLevenshtein.normalized_similarity,
                                    score_cutoff=0.8 if word in fits else 0.7, limit=12)
            for other, likeness, _ in close:
                if len(other) >= 4:
                    fits[other] = max(fits.get(other, 0.0), 0.85 * likeness)
        row: dict[int, float] = {}
        for other, fit in fits.items():
            for at, weight in self._places[other]:
                row[at] = max(row.get(at, 0.0), fit * weight)
        return row

    def _by_name(self, squashed: str, scores: dict[int, float]) -> None:
        """Raise entries whose whole name is, begins like, or nearly is what was asked, spaces and hyphens aside."""
        for place in _beginning(self._squashed, squashed):
            at, title = self._owner[place]
            if self._squashed[place] == squashed:
                scores[at] = max(scores.get(at, 0.0), EXACT + (2.0 if title else 0.0))
            elif len(squashed) >= 2:
                share = len(squashed) / len(self._squashed[place])
                scores[at] = max(scores.get(at, 0.0), PREFIX + 10.0 * share)
        if len(squashed) >= 5:
            for _, likeness, place in process.extract(squashed, self._squashed, limit=8, score_cutoff=0.78,
                                                      scorer=DamerauLevenshtein.normalized_similarity):
                at = self._owner[place][0]
                scores[at] = max(scores.get(at, 0.0), likeness * 75.0)

    def _nearest(self, squashed: str) -> Iterator[Entry]:
        """Three entries of the most similar names."""
        seen: list[int] = []
        for _, _, place in process.extract(squashed, self._squashed, scorer=fuzz.ratio, limit=20):
            at = self._owner[place][0]
            if at not in seen and len(seen) < 3:
                seen.append(at)
                yield self.entries[at]

    @staticmethod
    def _spread(ranked: Sequence[Entry], limit: int) -> Iterator[Entry]:
        """The first of them; boxes of one name stand after what else was found."""
        titles: set[str] = set()
        later = []
        given = 0
        for entry in ranked:
            if entry.kind == "node" and entry.title in titles:
                later.append(entry)
                continue
            titles.add(entry.title)
            if given < limit:
                given += 1
                yield entry
        yield from later[:limit - given]


def _beginning(words: Sequence[str], letters: str) -> Iterator[int]:
    """Places of the words, in order of the alphabet, that begin with these letters."""
    place = bisect_left(words, letters)
    while place < len(words) and words[place].startswith(letters):
        yield place
        place += 1


def _names(entry: Entry) -> _Names:
    names = [entry.title, *entry.also]
    made = _Names(list(dict.fromkeys("".join(plain(name)) for name in names)))
    for name in names:
        for word in plain(name):
            made.words[word] = 1.0
    made.named = frozenset(plain(entry.title)) - SMALL
    for word in plain(entry.words):
        if word not in SMALL:
            made.words.setdefault(word, 0.75)
    return made
