"""Speed of the engine: one walk, ten unknown facts, what it is asked, the proof, a cold import; an empty start."""
from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from pathways.expect import expected_cases
from pathways.facts import read_case
from pathways.load import guideline
from pathways.proof import prove
from pathways.questions import changes, ends_apart, next_questions
from pathways.side_by_side import maps, parting
from pathways.walk import walk
from pathways.why import why_not


def times(action: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of each round, after three that do not count."""
    found = []
    for number in range(rounds + 3):
        start = time.perf_counter()
        action()
        if number >= 3:
            found.append(time.perf_counter() - start)
    return found


def row(name: str, seconds: list[float], goal: str) -> None:
    """One line of the table: median and p95."""
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:58} median {statistics.median(ordered) * 1e3:9.2f} ms   p95 {high * 1e3:9.2f} ms   goal {goal}")


def cold(code: str, rounds: int = 5) -> list[float]:
    """Seconds of a new Python process that runs `code`."""
    return times(lambda: subprocess.run([sys.executable, "-c", code], check=True), rounds)


def main() -> None:
    """Print the table."""
    g = guideline()
    cases = [expected.case for expected in expected_cases(g) if not expected.case.problems]
    full = max(cases, key=lambda case: len(case.values))
    keys = list(full.values)
    fewer = type(full)({key: full.values[key] for key in keys[:-10]})
    row(f"one walk, {len(keys)} facts known", times(lambda: walk(g, full), 200), "<= 1 ms")
    row("the same with its last ten facts unknown", times(lambda: walk(g, fewer), 200), "<= 10 ms")
    row("nothing known at all", times(lambda: walk(g, read_case(g.facts, {})), 100), "<= 10 ms")
    row("one walk with its words and schemes", times(lambda: _whole(g, full), 50), "none")
    seconds = times(lambda: [walk(g, case) for case in cases], 3)
    row(f"each of {len(cases)} cases", [value / len(cases) for value in seconds], "<= 1 ms")
    _asked(g, {"full": full, "ten unknown": fewer, "only the situation known": type(full)(
        {"situation": full.values["situation"]})})
    row("the proof, both methods", times(lambda: prove(g), 3), "<= 5 s")
    empty = cold("pass")
    loaded = cold("from pathways.load import guideline; guideline()")
    row("empty Python process", empty, "none")
    row("import pathways, all files read and checked", loaded, "<= 700 ms")
    print(f"{'ratio of the two':58} {statistics.median(loaded) / statistics.median(empty):.1f}")


def _asked(g: object, cases: dict) -> None:
    """What a walk can be asked, the walk itself not counted."""
    for name, case in cases.items():
        w = walk(g, case)
        row(f"next question, {name}", times(lambda w=w: next_questions(w), 50), "<= 50 ms")
        row(f"what would change it, {name}", times(lambda w=w: changes(w), 50), "<= 50 ms")
        row(f"possible ends and what parts them, {name}", times(lambda w=w: ends_apart(w), 50), "<= 50 ms")
        row(f"why not, every node, {name}", times(lambda w=w: [why_not(w, node) for node in w.states], 20), "none")
        row(f"schemes as maps and where they part, {name}", times(lambda w=w: (maps(w), parting(w)), 20), "none")


def _whole(g: object, case: object) -> None:
    found = walk(g, case)
    _ = found.steps, found.statements, found.schemes, found.notes, found.ask


if __name__ == "__main__":
    main()
