"""python -m tests.audit: known weaknesses of the locked packages, by pip-audit; loud where nobody could be asked."""
from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
ALLOWED = ROOT / "docs/audit_allowed.yaml"
COMMAND = (sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--disable-pip", "--no-deps", "--format", "json",
           "--progress-spinner", "off", "--timeout", "20")
LOUD = "NOT AUDITED: {why}. Run `make audit` where the advisory service can be reached."


def allowed(entries: Sequence[Mapping[str, str]], today: date) -> set[tuple[str, str]]:
    """What is accepted on a day, as package and advisory."""
    return {(entry["package"], entry["id"]) for entry in entries if date.fromisoformat(entry["until"]) >= today}


def judged(found: Mapping[str, Sequence[Mapping]], accepted: set[tuple[str, str]]) -> tuple[list[str], int]:
    """The weaknesses that are not accepted, and how many packages nobody could say anything about."""
    some = found["dependencies"]
    weak = [f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version'}"
            for one in some for flaw in one.get("vulns", ())
            if not {(one["name"], name) for name in (flaw["id"], *flaw.get("aliases", ()))} & accepted]
    return weak, sum("skip_reason" in one for one in some)


def main() -> int:
    """1 where a weakness is known and not accepted; 0 also where nothing could be asked, which is said loudly."""
    try:
        told = subprocess.run(COMMAND, capture_output=True, text=True, timeout=300, check=False).stdout
        found = json.loads(told)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        print(LOUD.format(why="the advisory service gave no answer"))
        return 0
    entries = yaml.safe_load(ALLOWED.read_text(encoding="utf-8"))["allowed"]
    weak, unknown = judged(found, allowed(entries, date.today()))
    number = len(found["dependencies"])
    if weak:
        print("\n".join(weak))
    if unknown:
        print(LOUD.format(why=f"nothing was told about {unknown} of {number} packages"))
    elif not weak:
        print(f"AUDITED: {number} packages, no weakness known that is not accepted in {ALLOWED.name}")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
