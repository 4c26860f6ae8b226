"""python -m pathways walk | batch | facts | prove | mutate | layout | order. Bad input: one line, exit code 2."""
from __future__ import annotations

import argparse
import gc
import json
import signal
import sys
from pathlib import Path

from content.reading import DataError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pathways", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("walk", help="walk the cases of a file (YAML or JSON; - for standard input)")
    one.add_argument("file")
    one.add_argument("--json", action="store_true")
    two = commands.add_parser("facts", help="the fact dictionary")
    two.add_argument("--json", action="store_true")
    table = commands.add_parser("batch", help="walk every row of a CSV table of de-identified children")
    table.add_argument("file", type=Path)
    table.add_argument("-o", "--output", type=Path, required=True)
    commands.add_parser("prove", help="prove every graph; exit 1 on a hole")
    mutate = commands.add_parser("mutate", help="change the data one step at a time; exit 1 on a survivor")
    mutate.add_argument("--share", default="1", help="a seeded share of all mutants, for example 0.1")
    mutate.add_argument("--seed", type=int, default=0)
    mutate.add_argument("--record", action="store_true", help="keep what a whole run finds, for the Sources page")
    commands.add_parser("layout", help="write pathways/layout/*.json")
    order = commands.add_parser("order", help="look for an order of facts that makes walks faster; writes order.yaml")
    order.add_argument("--tries", type=int, default=2000)
    order.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    try:
        return {"walk": _walk, "batch": _batch, "facts": _facts, "prove": _prove, "mutate": _mutate,
                "layout": _layout, "order": _order}[given.command](given)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2


def _walk(given: argparse.Namespace) -> int:
    from pathways.export import is_single, read_cases, walk_json, walk_text
    from pathways.load import guideline
    from pathways.walk import walk

    text, source = None, given.file
    if given.file == "-":
        try:
            text, source = sys.stdin.buffer.read().decode("utf-8"), "standard input"
        except UnicodeDecodeError:
            raise DataError("standard input", 1, "it is not UTF-8 text", "send UTF-8") from None
    g = guideline()
    walks = [walk(g, case) for _, case, _ in read_cases(g, source, text)]
    if given.json:
        found = [walk_json(one) for one in walks]
        print(json.dumps(found[0] if is_single(source, text) else found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(walk_text(one) for one in walks))
    for one in walks:
        for problem in one.problems:
            if problem.kind == "invalid":
                print(f"{Path(source).name}: {problem.key}: {problem.sentence}", file=sys.stderr)
    return 2 if any(one.status == "invalid" for one in walks) else 0


def _batch(given: argparse.Namespace) -> int:
    import csv

    from tqdm import tqdm

    from pathways.batch import read, run, summary
    from pathways.load import guideline

    columns, rows = read(given.file)
    results = list(tqdm(run(guideline(), given.file, rows, columns), unit=" rows", disable=None, delay=0.5))
    try:
        with given.output.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(results[0] if results else ["row", "status"])
            writer.writerows(result.values() for result in results)
    except OSError as error:
        raise DataError(given.output, 1, f"cannot be written: {error.strerror}", "name a file you may write") from None
    for result in [one for one in results if one["status"] == "invalid"][:20]:
        print(f"{given.file.name}: row {result['row']}: {result['problem']}", file=sys.stderr)
    print(summary(results))
    return 0


def _facts(given: argparse.Namespace) -> int:
    from pathways.export import facts_json
    from pathways.load import guideline

    g = guideline()
    if given.json:
        print(json.dumps(facts_json(g), ensure_ascii=False, indent=1))
        return 0
    for fact in g.facts.values():
        options = ", ".join(fact.choices) or ("present, absent" if fact.kind == "finding" else ", ".join(fact.units))
        print(f"{fact.key:45} {fact.kind:8} {fact.known:20} {options}")
    return 0


def _prove(_: argparse.Namespace) -> int:
    from pathways.load import guideline
    from pathways.proof import prove, report

    proof = prove(guideline())
    print(report(proof))
    return 1 if proof.holes else 0


def _mutate(given: argparse.Namespace) -> int:
    from pathways.mutate import run

    try:
        share = float(given.share)
    except ValueError:
        share = -1
    if not 0 < share <= 1:
        raise DataError("--share", 1, f"'{given.share}' is not a share", "write a number above 0, at most 1")
    if given.record and share < 1:
        raise DataError("--record", 1, "only a whole run is kept", "leave --share out")
    return run(share, given.seed, given.record)


def _layout(_: argparse.Namespace) -> int:
    from pathways.drawing import write_layouts
    from pathways.load import guideline

    for path in write_layouts(guideline(), Path(__file__).parent / "layout"):
        print(path.name)
    return 0


def _order(given: argparse.Namespace) -> int:
    from tqdm import tqdm

    from pathways.load import HERE, guideline
    from pathways.ordering import climb, nodes, write

    g = guideline()
    with tqdm(total=given.tries, unit=" tries", disable=None) as bar:
        def tell(fewest: int) -> None:
            bar.set_postfix(nodes=fewest, refresh=False)
            bar.update()
        order = climb(g, given.tries, given.seed, tell)
    write(HERE / "order.yaml", order)
    print(f"{nodes(g, g.space.order_of_facts):,} nodes before, {nodes(g, order):,} now")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)              # `| head` ends quietly
    gc.freeze()
    gc.set_threshold(100_000)                                  # nearly all that is made here lives to the end
    sys.exit(main())
