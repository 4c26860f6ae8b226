"""The hazard log: every hazard is complete, and every test it leans on exists."""
import ast
from pathlib import Path

import pytest

from content.reading import read_yaml

ROOT = Path(__file__).parents[1]
HAZARDS = read_yaml(ROOT / "docs" / "hazards.yaml")


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_hazard_is_complete_and_its_tests_exist(hazard):
    assert all(hazard.get(field) for field in ("id", "hazard", "cause", "effect", "control"))
    assert bool(hazard["tests"]) != bool(hazard.get("later")), "name a test, or say why there is none yet"
    for test in hazard["tests"]:
        path, name = test.split("::")
        names = {node.name for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
                 if isinstance(node, ast.FunctionDef)}
        assert name in names, f"{test} does not exist"


def test_there_are_at_least_twelve_hazards_with_unique_ids():
    ids = [hazard["id"] for hazard in HAZARDS]
    assert len(ids) >= 12 and len(set(ids)) == len(ids)
