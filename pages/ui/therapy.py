"""What the Therapy page says of phases and agents: role, approval as stated, caveats, later flags. No dose."""
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from content.care import Agent, Approval, Caveat, Phase
from content.load import Knowledge, knowledge
from content.model import Figure, Later
from pages.ui import flags
from pages.ui.panel import fold, inside, listed, text
from pages.ui.statements import source
from pathways.drawing import page_name
from pathways.load import guideline

FAMILIES = {"chemotherapy": "Chemotherapy", "steroid": "Corticosteroids", "asparaginase": "Asparaginases",
            "kinase": "Kinase and proteasome inhibitors", "antibody": "Antibodies", "cells": "CAR T cells",
            "radiation_transplant": "Transplant and radiation", "supportive": "Against side effects, and support"}
MOMENTS = {"induction": "Induction", "consolidation": "Consolidation", "maintenance": "Maintenance",
           "all_phases": "In any phase", "cns": "CNS-directed", "transplant": "Before transplant",
           "front_line": "Front line, studied or an option", "relapse": "Relapse", "side_effects": "Side effects"}
SHOWN = 2                                 # later results in sight above an agent
DOSE = re.compile(r"\d[\d.,]*\s*(?:mg|mcg|µg|micrograms?)\b|(?:mg|mcg|µg|micrograms?)/|/m2|/m²", re.IGNORECASE)
WITHHELD = "Doses of this report stand on trial cards only."


def at(known: Knowledge) -> dict[str, Figure]:
    """Name to figure, for every figure of the content."""
    homes = {**known.trials, **known.facts}
    return {f"{name}.{figure.id}": figure for name, home in homes.items() for figure in home.figures}


@cache
def phases() -> str:
    """The timeline: phases side by side, what runs through them below. Not to scale, since the text gives no scale."""
    known = knowledge()
    own = [phase for phase in known.phases.values() if not phase.during]
    through = [phase for phase in known.phases.values() if phase.during]
    columns = [phase.id for phase in own]
    steps = "".join(f'<li class="phase">{_phase(known, phase)}</li>' for phase in own)
    spans = "".join(
        f'<li class="phase through" style="--first: {columns.index(phase.during[0]) + 1}; '
        f'--last: {columns.index(phase.during[-1]) + 2}"><p class="span small">'
        f'{text(listed([inside(known.phases[name].name) for name in phase.during]))}</p>{_phase(known, phase)}</li>'
        for phase in through)
    return ('<section><h2>Phases</h2><p class="prose">In the order of care, not to scale. Length and drugs vary by '
            f'study and risk group.</p><ol class="timeline">{steps}</ol>'
            f'<h3 class="hidden">Alongside the phases</h3><ul class="timeline alongside">{spans}</ul></section>')


def _phase(known: Knowledge, phase: Phase) -> str:
    figures = at(known)
    numbers = "".join(f"<div><dt>{text(_about(figures[name]))}</dt><dd>{text(printed(figures[name]))}</dd></div>"
                      for name in phase.figures)
    agents = ", ".join(f'<button type="button" class="goto" data-press="agent:{text(name)}">'
                       f"{text(known.agents[name].name)}</button>" for name in phase.agents)
    place = source(guideline(), phase.lines, None, f"phase-{phase.id}")
    return (f'<h3>{text(phase.name)}</h3><p>{text(phase.aim)}</p><p class="small quiet">{text(phase.what)}</p>'
            + (f'<dl class="pairs small">{numbers}</dl>' if numbers else "")
            + f'<p class="small named">{agents}</p><div class="meta">{place}</div>')


def printed(figure: Figure) -> str:
    """A figure as printed, its signs as people write them."""
    return figure.as_printed.replace(">=", "≥").replace("<=", "≤")


def _about(figure: Figure) -> str:
    return f"{figure.what or 'Number'}; {inside(figure.population)}"


def agents(opened: str | None, visit: int = 0) -> str:
    """Every agent by its kind, as markup; its buttons press `node:` and `trial:`.

    Parameters
    ----------
    opened : str or None
        Id of the agent that stands open and comes into sight.
    visit : int
        How often a button led here, so that the same agent can be shown again.
    """
    known = knowledge()
    unknown = opened is not None and opened not in known.agents
    said = ('<p role="status">The address names an agent that is not among these.</p>' if unknown else
            '<p class="prose">Role, approval and caveats as the text of 2020 states them. No doses: those that were '
            "studied stand on trial cards.</p>")
    groups = "".join(_family(known, name, title, opened, visit) for name, title in FAMILIES.items())
    return f'<section class="agents"><h2>Agents</h2>{said}<div class="columns">{groups}</div></section>'


def _family(known: Knowledge, name: str, title: str, opened: str | None, visit: int) -> str:
    rows = "".join(_agent(agent, agent.id == opened, visit) for agent in known.agents.values() if agent.family == name)
    return f'<div class="family"><h3>{title}</h3><div class="folds">{rows}</div></div>'


def _agent(agent: Agent, is_open: bool, visit: int) -> str:
    mark = f' data-arrive="{text(agent.id)} {visit}"' if is_open else ""
    approved = ' <span class="tag">approval stated</span>' if agent.approvals else ""
    return (f'<details class="fold" data-keep="agent-{text(agent.id)}" data-agent="{text(agent.id)}"'
            f'{" open" if is_open else ""}><summary{mark}><span><b>{text(agent.name)}</b> '
            f'<span class="small quiet">{text(agent.what)}</span>{approved}</span></summary>'
            f'<div class="agent">{_card(agent.id)}</div></details>')


@cache
def _card(agent_id: str) -> str:
    known, g = knowledge(), guideline()
    agent = known.agents[agent_id]
    later = [without_doses(entry) for entry in concerning(known.later.values(), agent)]
    also = f'<p class="small quiet">Also {text(listed(list(agent.also)))}</p>' if agent.also else ""
    roles = "".join(f"<div><dt>{MOMENTS[role.when]}</dt><dd>{text(role.say)}</dd></div>" for role in agent.roles)
    boxes = "".join(f'<li><button type="button" class="goto" data-press="node:{text(name)}">'
                    f'{text(g.nodes[name].title)}</button> <span class="small quiet">on '
                    f"{text(page_name(g.nodes[name].page))}</span></li>" for name in agent.nodes)
    used = [trial for trial in known.trials.values() if agent_id in trial.agents]
    studies = "".join(f'<li><button type="button" class="goto" data-press="trial:{text(trial.id)}">'
                      f"{text(trial.name)}</button></li>" for trial in used)
    return (_later(later, agent_id) + also
            + (f'<dl class="pairs">{roles}</dl>' if roles else '<p class="quiet">Named only.</p>')
            + "".join(_approval(known, number, one, agent_id) for number, one in enumerate(agent.approvals))
            + "".join(_caveat(known, number, one, agent_id) for number, one in enumerate(agent.caveats))
            + (f"<h4>Boxes of the pathways</h4><ul class='bare'>{boxes}</ul>" if boxes else "")
            + (f"<h4>Studies in the text</h4><ul class='bare'>{studies}</ul>" if studies else "")
            + f'<div class="meta">{source(g, agent.lines, None, f"agent-{agent_id}")}</div>')


def _later(entries: list[Later], agent_id: str) -> str:
    """What changed since 2020: the newest in sight, the others one press away."""
    shown, more = entries[:SHOWN], entries[SHOWN:]
    rest = flags.together(more, [], f"more-{agent_id}")
    folded = fold(f"later-{agent_id}", f"{len(more)} more changed since 2020", rest) if more else ""
    return flags.together(shown, [], f"agent-{agent_id}") + folded


def _approval(known: Knowledge, number: int, one: Approval, agent_id: str) -> str:
    return f"<h4>Approval, as stated</h4>{_said(known, one.terms, one, f'approval-{agent_id}-{number}')}"


def _caveat(known: Knowledge, number: int, one: Caveat, agent_id: str) -> str:
    head = "<h4>Caveats</h4>" if not number else ""
    return head + _said(known, one.say, one, f"caveat-{agent_id}-{number}")


def _said(known: Knowledge, words: str, one: Approval | Caveat, keep: str) -> str:
    figures = at(known)
    rows = "".join(f"<div><dt>{text(_about(figures[name]))}</dt><dd>{text(printed(figures[name]))}</dd></div>"
                   for name in one.figures)
    return (f"<p>{text(words)}</p>" + (f'<dl class="pairs">{rows}</dl>' if rows else "")
            + f'<div class="meta">{source(guideline(), one.lines, None, keep)}</div>')


def concerning(entries: Iterable[Later], agent: Agent) -> list[Later]:
    """Later results about the agent, by title or topic, or naming it at a shared box; approvals, then the newest."""
    names = "|".join(re.escape(name) for name in (agent.name.partition(" (")[0], *agent.also))
    named = re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
    found = [entry for entry in entries if named.search(" ".join([entry.title, *entry.topics]))
             or (named.search(entry.finding) and set(agent.nodes) & set(entry.shown.nodes))]
    return sorted(found, key=lambda entry: ("approv" in entry.title.lower(), entry.published), reverse=True)


def without_doses(entry: Later) -> Later:
    """The entry without any figure or sentence that holds a dose."""
    if not any(DOSE.search(words) for words in (entry.title, entry.finding, *entry.figures)):
        return entry
    kept = [words for words in re.split(r"(?<=[.;])\s+", entry.finding) if not DOSE.search(words)]
    return entry.model_copy(update={"finding": " ".join([*kept, WITHHELD]),
                                    "figures": [words for words in entry.figures if not DOSE.search(words)]})
