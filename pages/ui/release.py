"""Which version this is, and of what day: read from the changelog, the one place that says so."""
import re
from functools import cache
from pathlib import Path

CHANGES = Path(__file__).parents[2] / "CHANGELOG.md"


@cache
def releases() -> dict[str, str]:
    """First and latest version with their dates, from the changelog; the latest stands first there."""
    found = re.findall(r"(?m)^## (\S+) - (\S+)$", CHANGES.read_text(encoding="utf-8"))
    return {"first_version": found[-1][0], "first": found[-1][1], "last_version": found[0][0], "last": found[0][1]}
