"""Feeds one entry point with bad input and counts: refused with a sentence, taken; the rest are errors of ours."""
from __future__ import annotations

import gc
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from tests.fuzz.inputs import bad

LIMIT = 1.0                  # of processor time for one input [s]
HANGS = 60                   # of wall clock for one batch, since machines are shared [s]
SHOWN = 10


@dataclass(frozen=True)
class Entry:
    """One entry point. `feed` gets a batch of texts and says how many were refused; it raises for an error of ours."""

    name: str
    feed: Callable[[Sequence[str]], int]
    good: Callable[[], Sequence[str]]
    words: Callable[[], Sequence[str]]
    batch: int = 1


@dataclass
class Tally:
    """What came of it. `slowest`: processor time of the slowest batch [s]; `wrong`: kind, input, what happened."""

    inputs: int = 0
    refused: int = 0
    slowest: float = 0.0
    slowest_kind: str = ""
    kinds: set[str] = field(default_factory=set)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many were read as something."""
        return self.inputs - self.refused - len(self.wrong)


class Hang(Exception):
    """An input that does not come to an end."""


@contextmanager
def watched() -> Iterator[None]:
    """End what hangs; keep the collector's pauses out of the times."""
    def ended(*_: object) -> None:
        raise Hang(f"no end after {HANGS} s")

    before = signal.signal(signal.SIGALRM, ended)
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        gc.unfreeze()


def run(entry: Entry, count: int, seed: int = 2020) -> Tally:
    """Feed an entry point with so many inputs, in batches where one alone is too costly."""
    tally, texts = Tally(), bad(entry.good(), entry.words(), count, seed)
    entry.feed([entry.good()[0]] * entry.batch)               # what is made once a process is no cost of an input
    with watched():
        while some := list(islice(texts, entry.batch)):
            _feed(entry, some, tally)
            if len(tally.wrong) >= SHOWN:
                break
    return tally


def _feed(entry: Entry, some: list[tuple[str, str]], tally: Tally) -> None:
    kind = some[0][0]
    tally.inputs += len(some)
    tally.kinds.update(name for name, _ in some)
    signal.alarm(HANGS)
    start = time.thread_time()
    try:
        tally.refused += entry.feed([text for _, text in some])
    except Exception as error:                                # whatever it is, it is what is looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error} ({where.filename.rsplit('/', 1)[-1]}:{where.lineno})"
        tally.wrong.append((kind, repr(some[0][1][:300]), said))
    spent = time.thread_time() - start
    signal.alarm(0)
    if spent > tally.slowest:
        tally.slowest, tally.slowest_kind = spent, kind
    if spent > LIMIT:
        tally.wrong.append((kind, repr(some[0][1][:300]), f"{spent:.1f} s"))
