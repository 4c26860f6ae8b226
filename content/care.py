"""The shape of lesions, agents and phases of therapy, and how their references are held against the rest."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from content.model import Identifier, Lines, Part, Prose, Short
from content.reading import DataError

Moment = Literal["induction", "consolidation", "maintenance", "all_phases", "cns", "transplant", "front_line",
                 "relapse", "side_effects"]
Family = Literal["chemotherapy", "steroid", "asparaginase", "kinase", "antibody", "cells", "radiation_transplant",
                 "supportive"]


class Lesion(Part):
    """A genetic lesion that the text names: its class in the text's own words, and how often it is found.

    `facts` are keys of pathways/facts.yaml (none where the walk does not ask for it); `children`, `adults`, `others`
    and `defined_by` name figures. What it means in the pathways and schemes is worked out from those, never typed.
    """

    id: Identifier
    name: Short
    synonyms: list[Short] = []
    lineage: Literal["B-ALL", "T-ALL", "both"]
    facts: list[str] = []
    prognosis: Literal["favorable", "intermediate", "unfavorable", "stated"]
    say: Prose
    lines: Lines
    children: str | None = None
    adults: str | None = None
    others: list[str] = []
    defined_by: list[str] = []

    def figures(self) -> list[str]:
        """Every figure that the lesion names."""
        pair = [name for name in (self.children, self.adults) if name]
        return [*pair, *self.others, *self.defined_by]


class Mention(Part):
    """One passage that lists a gene, and as what."""

    place: Short
    change: Literal["rearrangement", "mutation", "rearrangement or mutation", "not told apart"]
    lines: Lines


class Gene(Part):
    """A gene of a class of Ph-like lesions, with every passage that prints it there."""

    name: Short
    mentions: Annotated[list[Mention], Field(min_length=1)]


class KinaseClass(Part):
    """A class of Ph-like lesions: its genes as printed, what is studied for it; `choice` is one of the fact's."""

    id: Identifier
    name: Short
    choice: str
    say: Prose
    lines: Lines
    genes: Annotated[list[Gene], Field(min_length=1)]
    agents: list[str] = []
    trials: list[str] = []


class Role(Part):
    """What an agent is for at one moment of care."""

    when: Moment
    say: Prose
    lines: Lines


class Approval(Part):
    """An approval as the text states it: its terms in words, its numbers as figures of facts/approvals.yaml."""

    terms: Prose
    figures: list[str] = []
    lines: Lines


class Caveat(Part):
    """What the text warns of; numbers as figures."""

    say: Prose
    figures: list[str] = []
    lines: Lines


class Agent(Part):
    """An agent, or a class of agents, that the text names. Never a dose."""

    id: Identifier
    name: Short
    also: list[Short] = []
    family: Family
    what: Prose
    lines: Lines
    roles: list[Role] = []
    approvals: list[Approval] = []
    caveats: list[Caveat] = []
    nodes: list[str] = []


class Phase(Part):
    """A part of therapy. `during` names the phases that it runs through; empty for a phase of its own."""

    id: Identifier
    name: Short
    aim: Prose
    what: Prose
    during: list[str] = []
    figures: list[str] = []
    agents: list[str] = []
    lines: Lines
    nodes: list[str] = []


def references(entry: Part) -> Iterable[tuple[str, str]]:
    """What an entry names elsewhere in the content, as (sort, name)."""
    if isinstance(entry, Lesion):
        yield from (("figure", name) for name in entry.figures())
    if isinstance(entry, KinaseClass):
        yield from (("agent", name) for name in entry.agents)
        yield from (("trial", name) for name in entry.trials)
    if isinstance(entry, Agent):
        for part in (*entry.approvals, *entry.caveats):
            yield from (("figure", name) for name in part.figures)
    if isinstance(entry, Phase):
        yield from (("figure", name) for name in entry.figures)
        yield from (("agent", name) for name in entry.agents)
        yield from (("phase", name) for name in entry.during)


def passages(entry: Part) -> Iterable[Lines]:
    """The lines of every part of an entry."""
    yield entry.lines
    if isinstance(entry, KinaseClass):
        yield from (mention.lines for gene in entry.genes for mention in gene.mentions)
    if isinstance(entry, Agent):
        yield from (part.lines for part in (*entry.roles, *entry.approvals, *entry.caveats))


def check(entry: Part, known: Mapping[str, Iterable[str]], file: str, line: int) -> None:
    """Hold an entry's references against what exists, by sort.

    Raises
    ------
    DataError
        It names something that is not there.
    """
    for sort, name in references(entry):
        if name not in known[sort]:
            raise DataError(file, line, f"'{name}' is no {sort}", REMEDIES[sort])


REMEDIES = {"figure": "write file.figure, e.g. genetics.iamp21_children", "agent": "use an id of agents.yaml",
            "trial": "use the name of a file in content/trials", "phase": "use an id of phases.yaml"}
