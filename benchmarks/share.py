"""Speed of what is taken along from a walk: the note, the case code there and back, the page of paper."""
from __future__ import annotations

from benchmarks.engine import row, times
from pages.ui import handout
from pages.ui.case_code import decode, encode
from pages.ui.note import note
from pathways.expect import expected_cases
from pathways.facts import FINDING_WORDS
from pathways.load import guideline
from pathways.walk import walk


def main() -> None:
    """Print the table."""
    g = guideline()
    fullest = max((one.case for one in expected_cases(g) if not one.case.problems), key=lambda case: len(case.values))
    found = walk(g, fullest)
    entries = {key: {"finding": value.choice} for key, value in fullest.values.items()
               if g.facts[key].kind == "finding" and g.facts[key].words == FINDING_WORDS}
    row("the note", times(lambda: note(g, found), 30), "none")
    row(f"case code, {len(entries)} facts, there and back",
        times(lambda: decode(encode(entries, g.facts), g.facts), 30), "none")
    seen = iter(range(1_000))                                # another text each time, so that nothing is remembered
    row("the page as PDF, its layout as before", times(lambda: handout.pdf(g, found, "a4"), 20), "<= 300 ms")
    row("the page as PDF, each with another text", times(lambda: _page(handout.content(g, found), next(seen)), 20),
        "<= 300 ms")


def _page(data: dict, number: int) -> bytes:
    """A page on which every text is new to the typesetter."""
    def new(part: object) -> object:
        if isinstance(part, str):
            return part if part.startswith("<svg") else f"{part} {number}"
        if isinstance(part, list):
            return [new(one) for one in part]
        return {key: new(one) for key, one in part.items()} if isinstance(part, dict) else part
    return handout.typeset(new(data) | {"paper": "a4"})


if __name__ == "__main__":
    main()
