"""The figures as tables: one row a figure, for charts, for the table behind each chart, and for CSV."""
from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from content.load import Knowledge
from content.model import Facts, Figure, Spread, Trial

if TYPE_CHECKING:
    import pandas as pd

SPREADS = {"se": "SE", "sd": "SD", "unlabelled": "± (not named in the text)", "ci95": "95% CI", "range": "range",
           "none_reported": "none reported", "not_applicable": ""}
BOUNDS = {"exact": "", "below": "<", "above": ">", "about": "about ", "at_least": "≥", "at_most": "≤"}
UNITS = {"percent": "%", "probability": "", "ratio": "", "index": "", "count": "", "x10^9/L": " ×10⁹/L", "times": "",
         "mg/m2": " mg/m²", "mg/m2/day": " mg/m²/day", "micrograms/m2/day": " micrograms/m²/day",
         "per microliter": " per µL", "month of a year": "", "year": ""}


def number(value: Decimal) -> str:
    """A number as the source prints it: its own precision, thousands marked but not in a year."""
    return f"{value:,f}" if abs(value) >= 1000 else f"{value:f}"


def amount(figure: Figure, unit: str) -> str:
    """The value in words and signs: "88.9%", "75 to 80%", "<0.01%", "16 of 20", "7.7 months".

    Parameters
    ----------
    figure : Figure
    unit : str
        The figure's own unit or its measure's.
    """
    tail = UNITS.get(unit, f" {unit}")
    if unit == "year":
        return f"{figure.value:f}"
    if figure.value is not None:
        shown = f"{BOUNDS[figure.bound]}{number(figure.value)}{tail}"
    elif figure.low is not None:
        shown = f"{BOUNDS[figure.bound]}{number(figure.low)} to {number(figure.high)}{tail}"
    else:
        shown = ""
    if figure.count is None:
        return shown
    of = f" of {figure.of:,}" if figure.of is not None else ""
    counted = f"{figure.count:,}{of}"
    return f"{shown} ({counted})" if shown else counted


def spread(figure: Figure) -> str:
    """The uncertainty in words: "± 1.2 SE", "95% CI 84 to 89", "none reported", or nothing where none belongs."""
    kind = figure.spread
    if not isinstance(kind, Spread):
        return SPREADS[kind]
    if kind.value is not None:
        name = {"unlabelled": "(not named in the text)"}.get(kind.kind, SPREADS[kind.kind])
        return f"± {number(kind.value)} {name}"
    return f"{SPREADS[kind.kind]} {number(kind.low)} to {number(kind.high)}"


def when(figure: Figure) -> str:
    """The time point: "at 5 years", "on day 29"; nothing where the text names none."""
    if figure.at is None:
        return ""
    if figure.at.unit == "days":
        return f"on day {number(figure.at.value)}"
    unit = figure.at.unit if figure.at.value != 1 else figure.at.unit.removesuffix("s")
    return f"at {number(figure.at.value)} {unit}"


def years(source: Trial | Facts) -> str:
    """When a study took people in: "2004 to 2011", "from 2010"; nothing where that is not known."""
    found = source.recruited if isinstance(source, Trial) else None
    if found is None:
        return ""
    return f"{found.first} to {found.last}" if found.last else f"from {found.first}"


def row(known: Knowledge, source: Trial | Facts, figure: Figure) -> dict[str, object]:
    """One figure as a row; numbers as text with the precision of the source."""
    measure = known.measures[figure.measure]
    unit = figure.unit or measure.unit
    kind = figure.spread if isinstance(figure.spread, Spread) else None
    arms = {arm.id: arm.name for arm in source.arms} if isinstance(source, Trial) else {}
    return {
        "source": source.id if isinstance(source, Trial) else source.topic,
        "name": source.name if isinstance(source, Trial) else source.title, "years_enrolled": years(source),
        "figure": figure.id, "measure": measure.short, "what": figure.what or "", "population": figure.population,
        "subgroup": "yes" if figure.subgroup else "", "arm": arms.get(figure.arm, ""),
        "time": when(figure).partition(" ")[2], "value": _text(figure.value), "low": _text(figure.low),
        "high": _text(figure.high), "bound": figure.bound, "unit": unit,
        "spread": SPREADS[kind.kind if kind else figure.spread], "spread_value": _text(kind.value if kind else None),
        "spread_low": _text(kind.low if kind else None), "spread_high": _text(kind.high if kind else None),
        "n": _text(figure.n), "count": _text(figure.count), "of": _text(figure.of), "as_printed": figure.as_printed,
        "section": known.section(figure.lines),
        "lines": "; ".join(f"{low}-{high}" if high > low else str(low) for low, high in figure.lines),
        "citations": " ".join(str(citation) for citation in figure.citations),
    }


def table(known: Knowledge, figures: Iterable[tuple[Trial | Facts, Figure]]) -> pd.DataFrame:
    """Figures as a table, in the order given; numbers stay text, so that no digit is lost or made up."""
    import pandas as pd  # here, so that pages without this table do not wait for it

    return pd.DataFrame([row(known, source, figure) for source, figure in figures], dtype="object")


def _text(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
