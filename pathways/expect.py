"""What a case expects of its walk, and what of it the walk misses. Read by the tests and by `mutate`."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.reading import Block, DataError, read_yaml
from pathways.export import read_cases
from pathways.facts import Case
from pathways.model import Guideline
from pathways.walk import Walk, walk

CASES = Path(__file__).parent.parent / "tests" / "cases"
STRENGTHS = CASES.parent / "strengths.yaml"
STATES = ("visited", "offered", "possible", "excluded")
FIELDS = frozenset((*STATES, "status", "waits_for", "schemes", "notes", "no_notes", "lines"))


@dataclass(frozen=True)
class Expected:
    """One case of a file with what it expects."""

    file: str
    name: str
    case: Case
    block: Block


def expected_cases(g: Guideline, folder: Path = CASES) -> list[Expected]:
    """All cases under a folder, courses as their snapshots.

    Raises
    ------
    DataError
        An expectation names a node, scheme, group or note that does not exist.
    """
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for name, case, block in read_cases(g, str(path), extra=FIELDS):
            _check(g, path, block)
            found.append(Expected(path.name, name, case, block))
    return found


def _check(g: Guideline, path: Path, block: Block) -> None:
    def refuse(key: str, what: str) -> None:
        raise DataError(path, block.line_of(key), f"'{what}' in '{key}' does not exist", "check the name")

    for state in STATES:
        for node in block.get(state, []):
            if node not in g.nodes:
                refuse(state, node)
    for scheme, groups in block.get("schemes", {}).items():
        names = {group.id for group in g.schemes[scheme].groups} if scheme in g.schemes else set()
        for group in groups:
            if group not in names | {"too_early"}:
                refuse("schemes", f"{scheme}: {group}")
    for note in (*block.get("notes", []), *block.get("no_notes", [])):
        if note not in g.ambiguities:
            refuse("notes", note)


def misses(found: Walk, block: Block) -> list[str]:
    """What a walk misses of what its case expects; empty where all holds."""
    wrong = []
    if "status" in block and found.status != block["status"]:
        wrong.append(f"status is {found.status}, not {block['status']}")
    for state in STATES:
        for node in block.get(state, []):
            if found.states[node] != state:
                wrong.append(f"{node} is {found.states[node]}, not {state}")
    for key in block.get("waits_for", []):
        if key not in found.ask:
            wrong.append(f"does not wait for {key}")
    for scheme, groups in block.get("schemes", {}).items():
        got = sorted(result.group for result in found.schemes[scheme].groups)
        if got != sorted(groups):
            wrong.append(f"{scheme} is {got}, not {sorted(groups)}")
    wrong += _notes(found, block)
    return wrong


def _notes(found: Walk, block: Block) -> list[str]:
    if not block.get("notes") and not block.get("no_notes"):
        return []
    shown = {note.id for note in found.notes}
    for scheme in block.get("schemes", {}):
        shown |= {note.id for note in found.scheme_notes(scheme)}
    wrong = [f"note {note} is not shown" for note in block.get("notes", []) if note not in shown]
    return wrong + [f"note {note} is shown" for note in block.get("no_notes", []) if note in shown]


def strengths(path: Path = STRENGTHS) -> dict[str, tuple[str, str]]:
    """Strength and category of every recommendation, as a second reader typed them from the text."""
    return {key: (entry["strength"], str(entry["category"])) for key, entry in read_yaml(path).items()}


def judge(g: Guideline, expected: Expected) -> list[str]:
    """What one case's walk misses."""
    return misses(walk(g, expected.case), expected.block)
