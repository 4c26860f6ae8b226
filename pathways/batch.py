"""Tables of de-identified children, one a row: status, ends and risk groups, exactly as `walk` gives them one by one.

A set of children is a diagram; whether a row's box meets it is worked out for all rows at once, each diagram node a row
of bits. Columns are keys of `facts.yaml`; an empty cell is not known; `confirmed` names keys, `id` is passed on.
"""
from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np

from content.reading import DataError
from pathways.conditions import Pair, pair_truth
from pathways.facts import Value, read_case
from pathways.model import Guideline
from pathways.questions import panel
from pathways.reach import reach

CHUNK = 32_768
MOST = 12
EXTRA = ("id", "confirmed")
UNEVEN = "The row has not as many cells as the table's head."
LATER = ("out_of_scope", "stopped", "incomplete", "ambiguous", "ok")


class Entry(NamedTuple):
    """One text of a column, read: its value, the cells it leaves open, and what is wrong with it."""

    value: Value | None
    mask: int
    kind: str = ""
    sentence: str = ""


class Table:
    """Reads rows into boxes, and asks all of a chunk's rows the same question at once."""

    def __init__(self, g: Guideline, columns: Sequence[str]) -> None:
        self.g, self.r = g, reach(g)
        self.columns = [key for key in columns if key not in EXTRA]
        self.entries: dict[str, dict[str, Entry]] = {key: {} for key in self.columns}
        self.ends = [node for node in g.order if not self.r.taken[node]]
        self.decisions = [node for node in g.order if g.nodes[node].kind == "decision"]

    def read(self, cells: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
        """One result a row of a chunk: status, what is wrong, ends, the panel's groups, and each scheme's groups.

        `cells` holds the chunk's texts by column. A text is read once, however often it stands in a column.
        """
        space, number = self.g.space, len(cells["situation"])
        masks = np.array(space.full, dtype=np.int64).repeat(number).reshape(len(space.full), number)
        problems: dict[int, tuple[str, str]] = {}
        columns: dict[str, tuple[list[Entry], np.ndarray]] = {}
        for key in self.columns:
            found, at = columns[key] = self._column(key, cells[key])
            masks[space.variable[key]] = np.array([entry.mask for entry in found], dtype=np.int64)[at]
            self._note(problems, key, cells.get("confirmed"), found, at)
        for item in (item for item in space.order if isinstance(item, Pair)):
            if item.fact in columns or item.other in columns:
                masks[space.variable[item]] = self._pair(item, columns, number)
        return self._results([problems.get(at, ("", "")) for at in range(number)], Boxes(self.g, masks))

    def _column(self, key: str, texts: Sequence[str]) -> tuple[list[Entry], np.ndarray]:
        """The different texts of a column, read, and for each row which of them stands in it."""
        place = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        known = self.entries[key]
        known.update((text, self._entry(key, text.strip())) for text in place if text not in known)
        return [known[text] for text in place], np.fromiter(map(place.__getitem__, texts), dtype=np.int64,
                                                            count=len(texts))

    @staticmethod
    def _note(problems: dict[int, tuple[str, str]], key: str, confirmed: Sequence[str] | None, found: list[Entry],
              at: np.ndarray) -> None:
        """The first thing wrong with each row; what cannot be read comes before what must be confirmed."""
        for number in [number for number, entry in enumerate(found) if entry.kind]:
            entry = found[number]
            for row in np.flatnonzero(at == number).tolist():
                may = entry.kind == "needs_confirmation" and confirmed and key in confirmed[row].split()
                if not may and (row not in problems or
                                (entry.kind == "invalid" and problems[row][0] != "invalid")):
                    problems[row] = (entry.kind, entry.sentence)

    def _entry(self, key: str, text: str) -> Entry:
        full = self.g.space.full[self.g.space.variable[key]]
        if not text:
            return Entry(None, full)
        case = read_case(self.g.facts, {key: _as_entry(self.g.facts[key].kind, text)})
        value, problem = case.values.get(key), next(iter(case.problems), None)
        mask = full if value is None else self.g.space.mask(key, value)
        return Entry(value, mask, problem.kind if problem else "", problem.sentence if problem else "")

    def _pair(self, item: Pair, columns: Mapping[str, tuple[list[Entry], np.ndarray]], number: int) -> np.ndarray:
        """For each row whether two numbers compare so, as a mask; each combination that occurs is compared once."""
        nothing = [Entry(None, 0)], np.zeros(number, dtype=np.int64)
        (ones, at), (others, on) = columns.get(item.fact, nothing), columns.get(item.other, nothing)
        codes, back = np.unique(at * len(others) + on, return_inverse=True)
        space, found = self.g.space, []
        for one, other in ((ones[code // len(others)], others[code % len(others)]) for code in codes.tolist()):
            truth = pair_truth(one.value or space.anything(item.fact), item.op,
                               other.value or space.anything(item.other))
            found.append(0b11 if truth is None else 0b10 if truth else 0b01)
        return np.array(found, dtype=np.int64)[back]

    def _results(self, problems: list[tuple[str, str]], boxes: Boxes) -> list[dict[str, object]]:
        g, r = self.g, self.r
        possible = boxes.meets(r.children)
        in_scope, goes_on = boxes.meets(r.not_out), boxes.meets(r.not_stopped)
        waiting, unsettled = self._waiting(boxes)
        sets = {"ends": {node: r.may[node] for node in self.ends}, "panel": {node: r.may[node] for node in panel(g)},
                **{f"group_{key}": groups for key, groups in r.groups.items()}}
        columns = {name: boxes.names({one: boxes.meets(who) for one, who in some.items()})
                   for name, some in sets.items()}
        flags = [boxes.unpacked(bits).tolist() for bits in (possible, in_scope, goes_on, waiting, unsettled)]
        statuses = [_status(kind, *row) for (kind, _), *row in zip(problems, *flags, strict=True)]
        names, told = list(columns), {"invalid", "needs_confirmation"}
        return [{"status": status, "problem": sentence if status in told else "",
                 **dict(zip(names, row if status in LATER else [""] * len(row), strict=True))}
                for status, (_, sentence), row in
                zip(statuses, problems, zip(*columns.values(), strict=True), strict=True)]

    def _waiting(self, boxes: Boxes) -> tuple[np.ndarray, np.ndarray]:
        """Rows that wait at some decision on every way, and rows that the text itself leaves unsettled at one."""
        r, never_any = self.r, boxes.meets(0)
        waiting, unsettled = never_any.copy(), never_any.copy()
        for key in self.decisions:
            here = boxes.meets(r.may[key]) & ~boxes.meets(r.never[key])
            ways: dict[tuple, np.ndarray] = {}
            plain = doubtful = never_any
            for taken in r.taken[key]:
                bits = boxes.meets(taken.who)
                ways[taken.targets] = ways.get(taken.targets, never_any) | bits
                plain, doubtful = (plain, doubtful | bits) if taken.ambiguity else (plain | bits, doubtful)
            once = twice = never_any
            for bits in ways.values():
                once, twice = once | bits, twice | (once & bits)
            waiting |= here & twice
            unsettled |= here & ~twice & doubtful & ~plain
        return waiting, unsettled


class Boxes:
    """Boxes of many rows; which of them meet a diagram, as bits."""

    def __init__(self, g: Guideline, masks: np.ndarray) -> None:
        self.d, self.masks, self.rows = g.space.diagrams, masks, masks.shape[1]
        self.known: dict[int, np.ndarray] = {0: self._packed(np.zeros(self.rows, dtype=bool)),
                                             1: self._packed(np.ones(self.rows, dtype=bool))}
        self.parts: dict[tuple[int, int], np.ndarray] = {}

    @staticmethod
    def _packed(bits: np.ndarray) -> np.ndarray:
        return np.packbits(bits)

    def unpacked(self, bits: np.ndarray) -> np.ndarray:
        """Bits as one boolean a row."""
        return np.unpackbits(bits, count=self.rows).astype(bool)

    def names(self, sets: Mapping[str, np.ndarray]) -> list[str]:
        """For each row the names of the sets that hold it, with a space between."""
        code = np.zeros(self.rows, dtype=np.int64)
        for place, bits in enumerate(sets.values()):
            code |= self.unpacked(bits).astype(np.int64) << place
        codes, back = np.unique(code, return_inverse=True)
        words = [" ".join(name for place, name in enumerate(sets) if one >> place & 1) for one in codes.tolist()]
        return [words[at] for at in back.tolist()]

    def meets(self, a: int) -> np.ndarray:
        """Rows whose box holds some child of `a`."""
        stack = [a]
        while stack:
            at = stack[-1]
            if at in self.known:
                stack.pop()
                continue
            waits = [arc for _, arc in self.d.groups[at] if arc not in self.known]
            if waits:
                stack += waits
                continue
            self.known[at] = self._joined(at)
            stack.pop()
        return self.known[a]

    def _joined(self, at: int) -> np.ndarray:
        variable, result = self.d.variable[at], self.known[0]
        for cells, arc in self.d.groups[at]:
            part = self.parts.get((variable, cells))
            if part is None:
                part = self.parts[variable, cells] = self._packed(self.masks[variable] & cells != 0)
            result = result | (part if arc == 1 else part & self.known[arc])
        return result


def _status(kind: str, possible: bool, in_scope: bool, goes_on: bool, waiting: bool, unsettled: bool) -> str:
    if kind == "invalid":
        return "invalid"
    if not possible:
        return "contradictory"
    if kind:
        return "needs_confirmation"
    if not in_scope:
        return "out_of_scope"
    if not goes_on:
        return "stopped"
    return "incomplete" if waiting else "ambiguous" if unsettled else "ok"


def _as_entry(kind: str, text: str) -> object:
    """A cell as an entry: an MRD may be a laboratory's call, "negative" or "negative 0.01" with its sensitivity."""
    if kind == "mrd" and text[:1].isalpha():
        call, _, sensitivity = text.partition(" ")
        return {"call": call, "sensitivity": sensitivity} if sensitivity else {"call": call}
    return text


def run(g: Guideline, source: Path, rows: Iterable[Sequence[str]], columns: Sequence[str],
        ) -> Iterator[dict[str, object]]:
    """One result a row, in order; the rows' own mistakes are results, the file's are errors.

    Parameters
    ----------
    source : Path
        Names the table in messages.
    rows : iterable of sequence of str
        The cells of each row, in the order of `columns`.

    Raises
    ------
    DataError
        A column that is no fact or stands twice, or none at all.
    """
    unknown = [key for key in columns if key not in g.facts and key not in EXTRA]
    if unknown:
        raise DataError(source, 1, f"the column '{unknown[0][:60]}' is no fact",
                        "use keys of `python -m pathways facts`")
    if len(set(columns)) < len(columns):
        raise DataError(source, 1, "a column stands twice", "keep one of them")
    if "situation" not in columns:
        raise DataError(source, 1, "there is no column 'situation'", "it is the one fact every row needs")
    table, rows, first = Table(g, columns), iter(rows), 2
    while chunk := list(islice(rows, CHUNK)):
        odd = {at for at, row in enumerate(chunk) if len(row) != len(columns)}
        whole = [[""] * len(columns) if at in odd else row for at, row in enumerate(chunk)] if odd else chunk
        cells = dict(zip(columns, zip(*whole, strict=True), strict=True))
        ids = ({"id": name} for name in cells["id"]) if "id" in columns else repeat({})
        for number, (name, result) in enumerate(zip(ids, table.read(cells), strict=False)):
            if number in odd:
                result = {**dict.fromkeys(result, ""), "status": "invalid", "problem": UNEVEN}
            yield {"row": first + number, **name, **result}
        first += len(chunk)


def read(source: Path) -> tuple[list[str], Iterator[list[str]]]:
    """The columns and rows of a CSV file.

    Raises
    ------
    DataError
        Not readable, not UTF-8, or empty; also while the rows are read.
    """
    try:
        reader = csv.reader(source.open(encoding="utf-8-sig", newline=""))
        columns = next(reader, None)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(source, 1, error) from None
    if not columns:
        raise DataError(source, 1, "the table is empty", "write the keys of facts in its first line")
    return [name.strip() for name in columns], _rows(source, reader)


def _rows(source: Path, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from (row for row in reader if row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(source, reader.line_num, error) from None


def _unreadable(source: Path, line: int, error: Exception) -> DataError:
    reason = getattr(error, "strerror", None) or "it is no UTF-8 table"
    return DataError(source, line, f"cannot be read: {reason}", "check the name and the encoding")


def summary(results: Iterable[Mapping[str, object]]) -> str:
    """How many rows have each status, and how many each set of ends."""
    results = list(results)
    parts = []
    for name, title in (("status", "Status"), ("ends", "Ends still open")):
        counts = Counter(str(result[name]) or "none" for result in results)
        lines = [f"  {count:>8,}  {key}" for key, count in counts.most_common(MOST)]
        rest = [f"  and {len(counts) - MOST} more combinations"] if len(counts) > MOST else []
        parts.append("\n".join([f"{title}:", *lines, *rest]))
    return "\n".join([f"{len(results):,} rows", *parts])
