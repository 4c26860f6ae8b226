"""Dot and whisker, one panel a study: plotly figures made of reported point estimates only. Nothing is estimated here.

Labels stand at the rows, in the figure itself, so that a picture of it says all it needs. Colors are the placeholders
that Streamlit's own theme for plotly replaces in the browser by those of `.streamlit/config.toml`, light or dark.
"""
from __future__ import annotations

import html
import textwrap
import tomllib
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from content.load import knowledge
from pages.ui.outcome_panels import TOPS, Mark, Panel, Row

if TYPE_CHECKING:
    import plotly.graph_objects as go

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION = PROJECT["version"]
SOURCE = ("{study}. Reported in: NCCN Pediatric ALL v2.2020 discussion text, section {section}, as printed; "
          "explorer {version}.")
OTHER = " Diamond: {sources}."
TEXT, REPORT, INK, QUIET, LINE, PAPER = "#000001", "#000002", "#000003", "#000004", "#000005", "#000038"
CONFIG = {"displayModeBar": False, "staticPlot": True}
LEFT, RIGHT, TOP, AXIS = 6, 22, 8, 30                           # margins, and room for the axis [px]
NARROWEST = 256                                                 # room for the scale on the narrowest phone [px]
HEAD, BOLD, SMALL = (39, 15, 20), (39, 14, 18), (47, 12.5, 16)  # signs a line, size, line height [px]
SIGN = 7.4                                                      # widest mean width of a sign of the text at a dot [px]
MARK, GAP, REACH = 24, 14, 10                                   # a row's mark, the gap below it, from dot to text [px]
ALT_WORDS = 40
BREAK = "//"
STOP = "the line stops at the end of the scale"


def plain(lines: Iterable[str]) -> str:
    """Lines of a text in a figure, with no markup of their own: plotly reads some of it."""
    return "<br>".join(html.escape(line, quote=False) for line in lines)


class Sheet:
    """What a figure is made of, collected from the top down; places on it are in pixels from its top."""

    def __init__(self, panel: Panel, low: Decimal, high: Decimal) -> None:
        self.panel, self.low, self.high = panel, low, high
        self.y = float(TOP)
        self.annotations: list[dict] = []
        self.guides: list[float] = []
        self.dots: dict[tuple[str, bool], list[tuple[Mark, Row, float]]] = {}

    def words(self, text: str, style: tuple[int, float, int], color: str = INK, weight: int = 400) -> None:
        """Lines of text at the left, in one piece: each piece costs the browser time."""
        signs, size, height = style
        lines = textwrap.wrap(text, signs)
        middle = self.y + height * len(lines) / 2
        self.y += height * len(lines)
        if lines:
            self.annotations.append({
                "x": 0, "xref": "paper", "y": middle, "text": plain(lines), "xanchor": "left", "xshift": -LEFT,
                "font": {"size": size, "color": color, "weight": weight}})

    def row(self, row: Row) -> None:
        """An estimate: whose, of how many, how uncertain, its dot; below it that of a report that says otherwise."""
        self.words(row.name, BOLD, weight=650)
        unsaid = row.spread if row.mark and row.spread else ""
        self.words("; ".join(filter(None, (*row.details, unsaid))), SMALL, QUIET)
        if row.mark:
            self._mark(row.mark, row, False)
        else:
            self.words(f"{row.amount} {row.when}: {row.why_not}".replace(" :", ":"), SMALL)
        if row.second:
            size = f"n = {row.figure.corrected.n:,}" if row.figure.corrected.n else ""
            self.words("; ".join(filter(None, (row.second.report, size, row.second.spread))), SMALL, QUIET)
            self._mark(row.second, row, True)
        self.y += GAP

    def _mark(self, mark: Mark, row: Row, report: bool) -> None:
        if any(mark.stops):
            self.words(STOP, SMALL, QUIET)
        ends = [float((value - self.low) / (self.high - self.low)) for value in (mark.low or mark.value,
                                                                                mark.high or mark.value)]
        shown = mark.amount if mark.when == self.panel.time else f"{mark.amount} {mark.when or '(time not printed)'}"
        need = (len(shown) * SIGN + REACH) / NARROWEST
        beside = max(ends[0], 1 - ends[1]) >= need
        if not beside:
            self.y += 12
        y = self.y + MARK / 2
        self.y += MARK
        self.guides.append(y)
        self.dots.setdefault((mark.kind, report), []).append((mark, row, y))
        left = ends[0] >= 1 - ends[1]
        at = ends[0 if left else 1] if beside else (1 if left else 0)
        self.annotations.append({
            "x": float(self.low + (self.high - self.low) * Decimal(at)), "y": y if beside else y - 15,
            "text": plain([shown]), "xanchor": "right" if left else "left",
            "xshift": (-REACH if left else REACH) if beside else 0,
            "bgcolor": PAPER, "borderpad": 1, "font": {"size": 13.5, "color": INK, "weight": 550}})

    def traces(self) -> list[dict]:
        """One trace a kind of uncertainty: an interval has caps, a "±" has none, a hollow dot has no line."""
        return [_trace(kind, report, dots) for (kind, report), dots in self.dots.items()]


def _trace(kind: str, report: bool, dots: list[tuple[Mark, Row, float]]) -> dict:
    color, shape = (REPORT, "diamond") if report else (TEXT, "circle")
    trace = {"type": "scatter", "mode": "markers", "name": f"{'report' if report else 'text'}, {kind}",
             "x": [float(mark.value) for mark, _, _ in dots], "y": [y for _, _, y in dots],
             "customdata": [row.figure.id for _, row, _ in dots], "hoverinfo": "skip", "cliponaxis": False,
             "marker": {"symbol": shape, "size": 11 if report else 10, "color": PAPER if kind == "none" else color,
                        "line": {"color": color, "width": 2}, "opacity": 1}}
    if kind != "none":
        trace["error_x"] = {"type": "data", "symmetric": False, "color": color, "thickness": 2,
                            "width": 4 if kind == "ci95" else 0,
                            "array": [float(mark.high - mark.value) for mark, _, _ in dots],
                            "arrayminus": [float(mark.value - mark.low) for mark, _, _ in dots]}
    return trace


def ends(panel: Panel, zoomed: bool) -> tuple[Decimal, Decimal]:
    """The scale of a panel: 0 to 100 %, 0 to 1, or 0 to beyond the longest time; zoomed, it begins below the lowest."""
    top = TOPS.get(panel.unit)
    highest = max((mark.high or mark.value for mark in panel.marks), default=Decimal(1))
    if top is None:
        top = (highest * Decimal("1.15") / 5).to_integral_value(ROUND_CEILING) * 5
    return (start(panel) if zoomed else Decimal(0)), top


def start(panel: Panel) -> Decimal:
    """Where a zoomed scale begins: a whole ten at least five below the lowest end; 0 where there is nothing to gain."""
    if panel.unit != "percent" or not panel.marks:
        return Decimal(0)
    lowest = min(mark.low if mark.low is not None else mark.value for mark in panel.marks)
    begin = ((lowest - 5) / 10).to_integral_value(ROUND_FLOOR) * 10
    return begin if begin >= 20 else Decimal(0)


@cache
def figure(panel: Panel, zoomed: bool = False) -> go.Figure:
    """The figure of one panel; the same for everybody, whatever is known of a child.

    Parameters
    ----------
    panel : Panel
        One study and end point.
    zoomed : bool
        Whether the scale begins above 0, which is then said in the figure.
    """
    import plotly.graph_objects as go  # here, so that other pages do not wait for it

    low, high = ends(panel, zoomed)
    sheet = Sheet(panel, low, high)
    sheet.words(panel.title, HEAD, weight=650)
    sheet.y += GAP
    for row in panel.rows:
        sheet.row(row)
    bottom = sheet.y - GAP / 2
    sheet.y = bottom + AXIS
    if low:
        sheet.annotations.append({"x": float(low), "y": bottom, "text": BREAK, "xanchor": "center",
                                  "font": {"size": 16, "color": INK, "weight": 650}})
        sheet.words(f"Axis starts at {low}%", SMALL, weight=550)
        sheet.y += 5
    for words in filter(None, (*panel.compared, panel.alone)):
        sheet.words(words, SMALL)
        sheet.y += 5
    sheet.words(source(panel), SMALL, QUIET)
    return go.Figure(data=sheet.traces(), layout=_layout(sheet, bottom))


def _layout(sheet: Sheet, bottom: float) -> dict:
    height = sheet.y + 6
    values, labels = _ticks(sheet)
    common = {"showarrow": False, "yanchor": "middle", "align": "left"}
    ticks = [{"x": value, "y": bottom + 15, "text": label, **common,
              "xanchor": "center" if value > values[0] else "left", "xshift": 0 if value > values[0] else -LEFT,
              "font": {"size": 12, "color": QUIET}} for value, label in zip(values, labels, strict=True) if label]
    across = [(float(sheet.low), y, float(sheet.high), y) for y in sheet.guides]
    scale = [(float(sheet.low), bottom, float(sheet.high), bottom)]
    scale += [(value, bottom, value, bottom + 4) for value in values]
    bare = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False, "automargin": False}
    return {
        "template": {}, "height": height, "showlegend": False, "hovermode": False, "dragmode": False,
        "margin": {"l": LEFT, "r": RIGHT, "t": 0, "b": 0, "pad": 0}, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER,
        "xaxis": {**bare, "range": [float(sheet.low), float(sheet.high)]}, "yaxis": {**bare, "range": [height, 0]},
        "annotations": [{**common, **annotation} for annotation in sheet.annotations] + ticks,
        "shapes": [_strokes(across, LINE), _strokes(scale, QUIET)],
        "meta": {"study": sheet.panel.trial.id, "title": sheet.panel.title, "source": source(sheet.panel)},
    }


def _strokes(lines: list[tuple[float, float, float, float]], color: str) -> dict:
    """Straight lines of one color, below the dots, in one piece."""
    path = "".join(f"M{x0},{y0}L{x1},{y1}" for x0, y0, x1, y1 in lines)
    return {"type": "path", "path": path, "layer": "below", "line": {"color": color, "width": 1}}


def _ticks(sheet: Sheet) -> tuple[list[float], list[str]]:
    """Places and labels of the scale: quarters, every other one labeled; or tens where it is zoomed."""
    low, high, unit = sheet.low, sheet.high, sheet.panel.unit
    step = (high - low) / 4
    if low:
        step = Decimal(20) if high - low > 50 and (high - low) % 20 == 0 else Decimal(10)
    values = [low + step * number for number in range(int((high - low) / step) + 1)]
    tail = "%" if unit == "percent" else ""
    labels = [f"{value.normalize():f}{tail}" if low or not number % 2 else "" for number, value in enumerate(values)]
    if unit not in TOPS:
        labels[-1] += f" {unit}"
    return [float(value) for value in values], labels


def source(panel: Panel) -> str:
    """Study, place in the text, version; and the reports behind the diamonds."""
    sections = dict.fromkeys(knowledge().section(row.figure.lines) for row in panel.rows)
    said = SOURCE.format(study=panel.trial.name, section=" / ".join(sections), version=VERSION)
    reports = dict.fromkeys(row.figure.corrected.source for row in panel.rows if row.figure.corrected)
    return said + (OTHER.format(sources="; ".join(reports)) if reports else "")


def alt(panel: Panel) -> str:
    """The finding in at most 40 words: study, end point, each estimate, and a P between randomized arms."""
    head = f"{panel.trial.name}: {panel.title}."
    ps = " ".join(words.split(" for ")[0] + ", randomized." for words in panel.compared if words.startswith("P"))
    times = [row.when if panel.time is None else "" for row in panel.rows]
    parts = [f"{row.name} {row.amount} {time}".strip() for row, time in zip(panel.rows, times, strict=True) if row.mark]
    parts += [f"{row.name} {row.second.amount} in a report" for row in panel.rows if row.second and not row.mark]
    for many in range(len(parts), -1, -1):
        rest = f", {len(parts) - many} more in the table" if many < len(parts) else ""
        said = f"{head} {'; '.join(parts[:many])}{rest}. {ps}".strip()
        if len(said.split()) <= ALT_WORDS:
            return said
    return " ".join(head.split()[:ALT_WORDS])
