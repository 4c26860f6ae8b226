"""Sources: the hazard log, what could go wrong and what stands against it."""
from collections.abc import Collection
from functools import cache
from pathlib import Path

from content.reading import read_yaml
from pages.ui.panel import late_fold, text
from pages.ui.provenance import framed, row

COLUMNS = ("Hazard", "Cause", "Effect", "Control", "Tests")
LOG = Path(__file__).parents[2] / "docs/hazards.yaml"


@cache
def log() -> list[dict]:
    """The hazards as they stand in their file, read once a process."""
    return read_yaml(LOG)


def hazards(opened: Collection[str]) -> str:
    """Every hazard with cause, effect, controls and the tests that watch them."""
    found = log()
    watched = sum(bool(hazard["tests"]) for hazard in found)
    return row("Hazards", f"<p>{len(found)} ways in which this could harm, each with its cause, its effect and what is "
               f"done against it; {watched} are watched by tests that run with every change.</p>"
               f'<div class="folds">{late_fold("hazards", f"Hazard log ({len(found)})", _table, opened)}</div>')


def _table() -> str:
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in COLUMNS)
    return framed(head, "".join(_hazard(hazard) for hazard in log()))


def _hazard(hazard: dict) -> str:
    tests = [f"<li>{text(_sentence(test))}</li>" for test in hazard["tests"]]
    later = f"<p>{text(hazard['later']).capitalize()}.</p>" if hazard.get("later") else ""
    controls = "".join(f"<li>{text(control)}</li>" for control in hazard["control"])
    cells = (f'<p>{text(hazard["cause"])}.</p>', f'<p>{text(hazard["effect"])}.</p>',
             f'<ul class="dotted">{controls}</ul>', f'<ul class="dotted small">{"".join(tests)}</ul>{later}')
    named = "".join(f'<td role="cell" data-column="{column}">{cell}</td>'
                    for column, cell in zip(COLUMNS[1:], cells, strict=True))
    return (f'<tr role="row"><th scope="row" role="rowheader"><span class="quiet small">{text(hazard["id"])}</span> '
            f'{text(hazard["hazard"])}</th>{named}</tr>')


def _sentence(test: str) -> str:
    """What a test says, from its name: tests are named by what they hold."""
    name = test.rpartition("::")[2].removeprefix("test_").replace("_", " ")
    return name[:1].upper() + name[1:]
