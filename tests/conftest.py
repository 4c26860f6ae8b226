"""What many tests need: the guideline, read once."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from pathways.load import guideline

BESIDE = Path(__file__).parents[2] / "shared/source/guideline-discussion.txt"


def pytest_terminal_summary(terminalreporter):
    """Say whether the content was held against a copy of the text."""
    held = Path(os.environ.get("GUIDELINE_TEXT", BESIDE)).is_file()
    said = ("AUDITED: figures and numbers were held against a copy of the guideline text" if held else
            "NOT AUDITED: no copy of the guideline text; name yours in GUIDELINE_TEXT")
    terminalreporter.write_line(said)
    for line in sorted(readings(terminalreporter)):
        terminalreporter.write_line(f"READS: {line}")


def readings(terminalreporter) -> list[str]:
    """How each topic for families reads, as its test recorded it."""
    ended = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    return [line for report in ended for name, line in getattr(report, "user_properties", []) if name == "reading"]


@pytest.fixture(scope="session")
def g():
    """The project's guideline."""
    return guideline()
