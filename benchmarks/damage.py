"""For faults and tests: copies of the project with damaged files, a disk that cannot be written to, another year."""
from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from deploy.replicas import ROOT

PARTS = ("content", "pathways", "pages", "static", "docs", ".streamlit")
DATA = ("content", "pathways", "docs")
ENDINGS = {".yaml", ".json", ".md"}
# Python with another today; then `-m` and a module, as for Python itself.
LATER = """
import datetime, runpy, sys

class Later(datetime.date):
    year_of_today = int(sys.argv[1])

    @classmethod
    def today(cls):
        return datetime.date(cls.year_of_today, 6, 1)

datetime.date, sys.argv = Later, sys.argv[3:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
# A mount namespace of its own, in which one folder cannot be written to; then the command.
FROZEN = 'mount -o bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'
NAMESPACE = ("unshare", "--mount", "--map-root-user")


def copied(folder: Path) -> Path:
    """The project as it is served, in a folder of its own."""
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*ROOT.glob("*.py"), *ROOT.glob("*.md"), ROOT / "pyproject.toml"):
        shutil.copy(path, folder)
    return folder


def data_files(folder: Path) -> list[Path]:
    """Everything that is content, rule, drawing or log, as files."""
    found = [path for name in DATA for path in (folder / name).rglob("*") if path.suffix in ENDINGS]
    return sorted([*found, *folder.glob("*.md")])


def damage_all(folder: Path) -> int:
    """Make every file of data unreadable as what it is; how many there are."""
    files = data_files(folder)
    for path in files:
        path.write_text("\x00: [damaged", encoding="utf-8")
    return len(files)


def frozen(folder: Path) -> tuple[str, ...]:
    """The beginning of a command whose process cannot write below a folder, whoever runs it."""
    return (*NAMESPACE, "sh", "-c", FROZEN, str(folder), sys.executable)


def can_freeze() -> bool:
    """Whether this machine lets a process have a view of its disks of its own."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


def in_the_year(year: int) -> tuple[str, ...]:
    """The beginning of a command whose process takes each day for the first of June of a year."""
    return sys.executable, "-c", LATER, str(year)
