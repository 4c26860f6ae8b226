"""python -m tests.fuzz [COUNT]: bad input for every entry point, as a table. `guided NAME` lets coverage choose it."""
from __future__ import annotations

import sys

from tests.fuzz.entries import ENTRIES
from tests.fuzz.run import run

COUNT = 100_000
HEAD = ("entry point", "inputs", "refused", "taken", "slowest [ms]", "errors")


def main(arguments: list[str]) -> int:
    """Print one row an entry point; 1 where any input was an error of ours."""
    count = int(arguments[0]) if arguments else COUNT
    wrong = 0
    kinds: set[str] = set()
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    for entry in ENTRIES:
        tally = run(entry, count)
        slowest = f"{tally.slowest * 1e3:.0f}" + (f" for {entry.batch}" if entry.batch > 1 else "")
        counts = [f"{number:,}" for number in (tally.inputs, tally.refused, tally.taken)]
        row = (entry.name, *counts, slowest, str(len(tally.wrong)))
        print(f"| {' | '.join(row)} |", flush=True)
        for kind, text, said in tally.wrong:
            print(f"  {kind}: {said}\n    {text}", file=sys.stderr, flush=True)
        wrong += len(tally.wrong)
        kinds |= tally.kinds
    print(f"\nKinds of input: {', '.join(sorted(kinds))}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
