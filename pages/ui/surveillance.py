"""Surveillance after therapy: what the pathways say, and an example calendar by months since completion."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from content.load import knowledge
from content.model import Figure
from pages.ui.box import graded
from pages.ui.panel import text, wide
from pages.ui.statements import statement_list
from pages.ui.therapy_care import ambiguity
from pathways.conditions import atom_truth, kleene
from pathways.facts import read_case
from pathways.load import guideline
from pathways.model import Node

ASKS, TIME = "surveillance_year", "months_since_completion"
LAST, YEAR = 60, 12                       # how far the example goes, and a year [months]
FIRST_SHOWN = 14
OTHERS = ("surveillance", "transcript_monitoring", "late_effects", "suspected_relapse")
NOT_A_SCHEDULE = "Example calendar, not a schedule for a child."
TOPIC = "surveillance"
FAR_KEY = '<span class="dot far" aria-hidden="true"></span> at the widest only '


@dataclass(frozen=True)
class Year:
    """What holds at a time after completion: its box, and the interval as printed. [months]"""

    node: Node
    figure: Figure

    @property
    def closest(self) -> Decimal:
        """The shortest time between two visits."""
        return self.figure.low

    @property
    def widest(self) -> Decimal:
        """The longest time between two visits."""
        return self.figure.high


@cache
def year(month: int) -> Year:
    """Which box of the pathways holds at a month, and its printed interval.

    Parameters
    ----------
    month : int
        Time since completion of therapy. [months]
    """
    g = guideline()
    values = read_case(g.facts, {TIME: f"{month} months"}).values
    node = next(target for outcome in g.outcomes[ASKS] for target in outcome.targets
                if kleene(outcome.tree, g.definitions, lambda atom: atom_truth(atom, values)))
    figure = next(one for one in knowledge().facts[TOPIC].figures if node in one.nodes)
    return Year(g.nodes[node], figure)


@cache
def visits(widest: bool) -> tuple[int, ...]:
    """Months of visits at the closest, or the widest, printed intervals, counted from completion; up to `LAST`."""
    found, month = [], 0
    while True:
        here = year(month)
        month += int(here.widest if widest else here.closest)
        if month > LAST:
            return tuple(found)
        found.append(month)


def following(month: int) -> tuple[int, int]:
    """From when to when the next visit falls after one in this month, by the interval printed for it. [months]"""
    here = year(month)
    return month + int(here.closest), month + int(here.widest)


@cache
def said() -> str:
    """What stands above the calendar: regular checks, transcript, late effects, suspected relapse."""
    g = guideline()
    rows = "".join(f'<div class="situation"><p><button type="button" class="goto" data-press="node:{text(name)}">'
                   f"{text(g.nodes[name].title)}</button></p>"
                   f"{statement_list(g, [graded(one) for one in g.nodes[name].statements])}</div>" for name in OTHERS)
    return f'<section><h2>Surveillance after therapy</h2><div class="situations">{rows}</div></section>'


@cache
def head() -> str:
    """What stands above the control of the calendar."""
    return (f'<section><h2>{NOT_A_SCHEDULE}</h2><p class="prose">It shows how the printed intervals fall on months '
            "since completion of all therapy, at the closest and at the widest.</p></section>")


def calendar(month: int) -> str:
    """What is due around a month, then the months as a table, a year a row.

    Parameters
    ----------
    month : int
        The chosen month since completion. [months]
    """
    g, here = guideline(), year(month)
    first, last = following(month)
    due = statement_list(g, [graded(one) for one in here.node.statements])
    turn = next((later for later in range(month + 1, last + 1) if year(later) != here), None)
    then = (f' With month {turn}, “{text(year(turn).node.title)}” begins.' if turn is not None and turn <= LAST else "")
    notes = dict.fromkeys(note.id for node in (g.nodes[ASKS], here.node) for note in node.notes)
    left_open = "".join(ambiguity(g, name, "calendar") for name in notes)
    return (f'<section class="due"><h3>Month {month}: {text(here.node.title)}</h3>'
            f"<p>After a visit in month {month} the next falls from month {first} to month {last} "
            f"({text(here.figure.as_printed)}).{then}</p>{due}</section>{_months(month)}<div>{left_open}</div>")


def _months(month: int) -> str:
    closest, widest = visits(False), visits(True)
    head = "".join(f'<th scope="col">{number}</th>' for number in range(1, YEAR + 1))
    rows = ""
    for start in range(0, LAST, YEAR):
        cells = "".join(_month(one, one in closest, one in widest, one == month)
                        for one in range(start + 1, start + YEAR + 1))
        rows += f'<tr><th scope="row">Year {start // YEAR + 1}</th>{cells}</tr>'
    return ('<section><h3>Months with a visit in this example</h3><p class="small key">'
            '<span class="dot both" aria-hidden="true"></span> at both the closest and the widest interval '
            '<span class="dot near" aria-hidden="true"></span> at the closest only '
            f'{FAR_KEY if set(widest) - set(closest) else ""}'
            '<span class="dot none" aria-hidden="true"></span> none</p>'
            + wide("Months with a visit",
                   f'<table class="months"><caption class="hidden">{NOT_A_SCHEDULE}</caption><thead><tr>'
                   f'<th scope="col"><span class="hidden">Year after completion</span></th>{head}</tr></thead>'
                   f"<tbody>{rows}</tbody></table>") + "</section>")


def _month(number: int, near: bool, far: bool, chosen: bool) -> str:
    kind, words = ("both", "visit at both") if near and far else ("near", "visit at the closest") if near else \
        ("far", "visit at the widest") if far else ("none", "none")
    mark = ' class="chosen"' if chosen else ""
    now = ", chosen month" if chosen else ""
    return (f'<td{mark} data-month="{number}"><span class="dot {kind}" aria-hidden="true"></span>'
            f'<span class="hidden">month {number}, {words}{now}</span></td>')


def live(month: int) -> str:
    """What is read out when the month changes."""
    first, last = following(month)
    return f"Month {month}: {year(month).node.title}; next visit from month {first} to {last}."
