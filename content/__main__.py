"""python -m content trials --json: every study. python -m content figures --csv: every figure, one row each.
python -m content audit --source FILE: hold the content against a reader's own copy of the text.
python -m content map --source FILE: write anew what claims each number of the text (tests/number_map.csv).
"""
from __future__ import annotations

import argparse
import csv
import json
import signal
import sys
from pathlib import Path

from content.audit import Number, claims, not_found, numbers_of_text, read_text
from content.load import HERE, Knowledge, knowledge
from content.reading import DataError

MAP = HERE.parent / "tests/number_map.csv"
LINES = 1672


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when something was not found, 2 when it could not be run."""
    parser = argparse.ArgumentParser(prog="python -m content", description=__doc__)
    parser.add_argument("command", choices=("trials", "figures", "audit", "map"))
    parser.add_argument("--json", action="store_true", help="trials: JSON, which is the only form")
    parser.add_argument("--csv", action="store_true", help="figures: CSV, which is the only form")
    parser.add_argument("--source", type=Path, help="your copy of the guideline's discussion text")
    options = parser.parse_args(arguments)
    try:
        known = knowledge()
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    if options.command in ("trials", "figures"):
        return {"trials": trials, "figures": figures}[options.command](known)
    if options.source is None or not options.source.is_file():
        print("NOT AUDITED: no copy of the guideline text; name yours with --source FILE")
        return 0 if options.command == "audit" and options.source is None else 2
    try:
        text = read_text(options.source)
    except (OSError, UnicodeDecodeError):
        print(f"{options.source.name} cannot be read as UTF-8 text", file=sys.stderr)
        return 2
    if len(text) != LINES:
        print(f"{options.source.name} has {len(text)} lines, the text that was read has {LINES}", file=sys.stderr)
        return 2
    return audit(known, text) if options.command == "audit" else write_map(known, text)


def trials(known: Knowledge) -> int:
    """Print every study as JSON."""
    print(json.dumps([trial.model_dump(mode="json", exclude_none=True, exclude={"file"}) for trial in
                      known.trials.values()], ensure_ascii=False, indent=1))
    return 0


def figures(known: Knowledge) -> int:
    """Print every figure as CSV."""
    from content.tables import table
    print(table(known, known.figures()).to_csv(index=False), end="")
    return 0


def audit(known: Knowledge, text: list[str]) -> int:
    """Print what of the content does not stand in the text, and what of the text nothing claims."""
    every, lost = list(claims(known)), not_found(known, text)
    found = numbers_of_text(known, text)
    open_ones = [number for number in found if not number.by]
    figures = sum(1 for _ in known.figures())
    print(f"{figures} figures of {len(known.trials)} studies and {len(known.facts)} topics: "
          f"{len(every)} numbers looked for, {len(lost)} not found where they should stand")
    for claim in lost:
        print(f"  {claim.by}: {claim.printed} not in lines {claim.lines}")
    print(f"{len(found)} numbers in the text: {len(found) - len(open_ones)} claimed, {len(open_ones)} not")
    for number in open_ones:
        print(f"  line {number.line}: {number.token} is claimed by nothing")
    return 1 if lost or open_ones else 0


def write_map(known: Knowledge, text: list[str]) -> int:
    """Write which number of the text is claimed by what; numbers and line numbers only."""
    rows: list[Number] = numbers_of_text(known, text)
    with MAP.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("line", "token", "claimed_by"))
        writer.writerows((row.line, row.token, row.by) for row in rows)
    print(f"{len(rows)} numbers, {sum(not row.by for row in rows)} unclaimed")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)              # `| head` ends quietly
    sys.exit(main())
