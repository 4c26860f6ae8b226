"""What the last whole run of `mutate` found, kept with the version of the rules it was made of."""
from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from content.reading import read_yaml

HERE = Path(__file__).parent
FILE = HERE.parent / "docs/mutation.yaml"
RULES = ("constraints.yaml", "definitions.yaml", "facts.yaml", "graphs/*.yaml", "schemes/*.yaml")
HEAD = "# Written by `python -m pathways mutate --record`: what changing the rules one step at a time showed.\n"


class Found(BaseModel):
    """Mutants by what became of them; `lacking`: atoms without a pair of cases that shows their effect."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    cases: int
    mutants: int
    proof: int
    case: int
    equivalent: list[str]
    survivors: list[str]
    lacking: list[str]


class Record(Found):
    """What a whole run found, its day, and the version of the rules."""

    day: date
    rules: str

    @property
    def present(self) -> bool:
        """Whether the rules are still those of the run."""
        return self.rules == rules_version()


def rules_version() -> str:
    """A short hash of every file that holds a rule."""
    paths = sorted(path for form in RULES for path in HERE.glob(form))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def write(found: Found) -> None:
    """Keep what a whole run found."""
    data = {"day": date.today().isoformat(), "rules": rules_version(), **found.model_dump()}
    FILE.write_text(HEAD + yaml.safe_dump(data, sort_keys=False, width=110), encoding="utf-8")


def last() -> Record:
    """The last whole run."""
    return Record.model_validate(read_yaml(FILE))
