"""What many tests need: the guideline, the naive reading of it, and complete children to start from."""
from __future__ import annotations

from pathlib import Path

import pytest
from naive import Naive

from pathways.facts import read_case
from pathways.load import guideline
from pathways.walk import walk

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def g():
    """The project's guideline."""
    return guideline()


@pytest.fixture(scope="session")
def naive():
    """The project's files, read a second time and independently."""
    return Naive(ROOT / "pathways")


@pytest.fixture(scope="session")
def walk_of(g):
    """Walk entries: `walk_of(lineage="B-ALL", ...)`."""

    def run(confirmed=(), **entries):
        return walk(g, read_case(g.facts, entries, confirmed))

    return run
