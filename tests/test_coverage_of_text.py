"""Every sentence of the guiding sections is a node of some page, or is left out for a reason."""
import csv
import os
from pathlib import Path

import pytest

from pathways.load import guideline

MAP = Path(__file__).parent / "text_map.csv"
REASONS = ("evidence", "background", "cross_reference", "section_of_full_guideline", "definition:", "scheme:", "fact:")
SECTIONS = [(97, 149), (151, 301), (303, 363), (365, 472), (474, 595), (801, 830), (1112, 1147), (1327, 1351),
            (1475, 1501), (1584, 1615), (1617, 1655)]
FURNITURE = set(range(809, 819)) | {319, 320, 321, 322}


def rows():
    with MAP.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def places(node):
    yield from node.lines
    for statement in node.statements:
        yield from statement.lines


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"lines {row['from']} to {row['to']}")
def test_sentence_is_claimed_by_nodes_at_its_place_or_by_a_reason(row):
    low, high = int(row["from"]), int(row["to"])
    nodes, reason = row["nodes"].split(), row["reason"].strip()
    assert bool(nodes) != bool(reason), "either nodes or a reason"
    if reason:
        assert reason.startswith(REASONS)
        kind, _, name = reason.split(";")[0].split()[0].partition(":")
        g = guideline()
        known = {"definition": g.definitions, "scheme": g.schemes, "fact": g.facts}.get(kind)
        assert known is None or name in known, f"'{name}' does not exist"
    for node in nodes:
        at = places(guideline().nodes[node])
        assert any(a <= high and low <= b for a, b in at), f"{node} names no line from {low} to {high}"


def test_every_section_is_mapped_from_end_to_end():
    covered = {line for row in rows() for line in range(int(row["from"]), int(row["to"]) + 1)}
    for low, high in SECTIONS:
        missing = [line for line in range(low, high + 1) if line not in covered | FURNITURE]
        gaps = [line for line in missing if line + 1 in missing and line + 2 in missing and line + 3 in missing]
        assert not gaps, f"four or more lines in a row are not mapped from {gaps[0]}"


def test_every_node_that_says_something_is_named_in_the_map_or_lies_outside_its_sections():
    named = {node for row in rows() for node in row["nodes"].split()}
    inside = set()
    for low, high in SECTIONS[6:]:
        inside.update(range(low, high + 1))
    lost = [s.id for node in guideline().nodes.values() if node.id not in named for s in node.statements
            if s.kind == "recommendation" and any(line in inside for a, b in s.lines for line in range(a, b + 1))]
    assert not lost


def test_mapped_lines_hold_text_in_the_guideline():
    beside = Path(__file__).parents[2] / "shared/source/guideline-discussion.txt"
    source = Path(os.environ.get("GUIDELINE_TEXT", beside))
    if not source.is_file():
        print("NOT AUDITED: no copy of the guideline text (GUIDELINE_TEXT)")
        assert rows()
        return
    lines = source.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1672
    assert all(lines[int(row["to"]) - 1].strip() for row in rows())
