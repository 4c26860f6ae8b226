"""python -m tests.fuzz.guided NAME [COUNT]: input chosen by which new branches it reaches (atheris, Linux only)."""
from __future__ import annotations

import signal
import sys

import atheris

with atheris.instrument_imports(include=["content", "pathways", "pages"]):
    from tests.fuzz.entries import ENTRIES
    from tests.fuzz.run import HANGS

GUIDED = {"conditions": "conditions", "yaml": "data files (YAML)", "codes": "case codes", "results": "result codes",
          "addresses": "addresses", "numbers": "typed numbers"}
COUNT = 100_000
LONGEST = 2_048


def main(arguments: list[str]) -> None:
    """Try so many inputs from good ones on; any error of ours ends the process with the input that caused it."""
    name, count = arguments[0], int(arguments[1]) if len(arguments) > 1 else COUNT
    entry = next(entry for entry in ENTRIES if entry.name == GUIDED[name])
    good, words = entry.good(), entry.words()
    entry.feed([good[0]])

    def one(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        start = good[given.ConsumeIntInRange(0, len(good) - 1)] if given.ConsumeBool() else ""
        middle = words[given.ConsumeIntInRange(0, len(words) - 1)] if given.ConsumeBool() else ""
        cut = given.ConsumeIntInRange(0, len(start))
        signal.alarm(HANGS)
        entry.feed([start[:cut] + middle + given.ConsumeUnicode(LONGEST) + start[cut:]])
        signal.alarm(0)

    atheris.Setup([sys.argv[0], f"-runs={count}", "-seed=2020", f"-max_len={LONGEST}", "-timeout=10", "-verbosity=0",
                   "-print_final_stats=1"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
