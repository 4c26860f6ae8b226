"""Speed of what goes through many entries: a table of children, result codes of a class, the search over everything."""
from __future__ import annotations

import random
from pathlib import Path

from benchmarks.engine import row, times
from content.reading import read_yaml
from pathways.batch import run
from pathways.lessons.lesson import project_lessons
from pathways.lessons.results import Choice, Result, encode
from pathways.lessons.review import table
from pathways.load import guideline
from pathways.look_up import index
from pathways.model import Guideline

ROWS = 100_000
COLUMNS = 16
LEARNERS = 30
QUERIES = Path(__file__).parents[1] / "tests/queries.yaml"


def invented(g: Guideline, columns: list[str], rng: random.Random) -> list[str]:
    """A row of invented entries, a quarter of them not known; many of them cannot be true together."""
    def cell(key: str) -> str:
        fact = g.facts[key]
        if key != "situation" and rng.random() < 0.25:
            return ""
        if fact.choices or fact.kind == "finding":
            return rng.choice(list(fact.choices or ("present", "absent")))
        return f"{rng.uniform(0, min(200, float(fact.range[1]))):.2f}" if fact.kind == "mrd" else str(
            rng.randrange(int(fact.range[0]), min(200, int(fact.range[1]))))
    return [cell(key) for key in columns]


def main() -> None:
    """Print the table."""
    g, rng = guideline(), random.Random(2020)
    columns = ["situation", *[key for key in g.facts if key != "situation"][:COLUMNS]]
    rows = [invented(g, columns, rng) for _ in range(ROWS)]
    row(f"{ROWS:,} rows of {len(columns)} facts in batch",
        times(lambda: list(run(g, Path("table.csv"), rows, columns)), 3), "<= 2000 ms")
    lessons = project_lessons()
    asked = [lesson for lesson in lessons.values() if list(lesson.asked())]
    codes = "\n".join(encode(Result(lesson.id, seed, (Choice("", 0),) * len(list(lesson.asked()))), lesson)
                      for seed, lesson in enumerate((asked * LEARNERS)[:LEARNERS]))
    row(f"table of {LEARNERS} result codes", times(lambda: table(codes, lessons), 5), "<= 2000 ms")
    queries = [entry["query"] for entry in read_yaml(QUERIES)]
    seconds = times(lambda: [index().find(query) for query in queries], 3)
    row(f"search, each of {len(queries)} queries", [value / len(queries) for value in seconds], "none")


if __name__ == "__main__":
    main()
