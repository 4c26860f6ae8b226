"""How often each lesion is found, as dots, dumbbells and bars on one axis from 0 to 100 %; and the same as rows."""
from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from content import tables
from content.care import Lesion
from content.load import Knowledge
from content.model import Facts, Figure, Trial
from pages.ui.charts import INK, PAPER, QUIET, REPORT, TEXT, plain
from pages.ui.charts import LINE as LINES

if TYPE_CHECKING:
    import plotly.graph_objects as go

GROUPS = {"children": "Children", "adults": "Adults", "others": "Another population, named in its row"}
COLOURS = {"children": TEXT, "adults": REPORT, "others": QUIET}
SIGNS = {"children": "circle", "adults": "diamond", "others": "square"}
ROW, LINE, LONG = 46, 17, 46             # height of a row and of a line of its label [px]; longest line of a label
ABOVE, BELOW, SIDE = 44, 34, 55          # room for the key and the axis [px]; beyond this, words stand on the left [%]
READING = ("Hyperdiploidy and ETV6-RUNX1 are common in children and rare in adults; BCR-ABL1 is the other way round.")
CAVEAT = ("Each figure has the population named in its row, and only three lesions are printed for both ages; "
          "figures of different populations cannot be added up.")


@dataclass(frozen=True)
class Mark:
    """One printed frequency. [%]"""

    group: str
    low: Decimal
    high: Decimal
    bound: str
    words: str
    source: Trial | Facts
    figure: Figure


@dataclass(frozen=True)
class Row:
    """One lesion in one or two populations."""

    name: str
    whom: str
    marks: tuple[Mark, ...]


def rows(known: Knowledge) -> list[Row]:
    """Every printed frequency of a lesion: children and adults in one row, any other population in its own."""
    at = {f"{home(source)}.{figure.id}": (source, figure) for source, figure in known.figures()}
    found = []
    for lesion in known.lesions.values():
        pair = [_mark(group, *at[name]) for group, name in
                (("children", lesion.children), ("adults", lesion.adults)) if name]
        if pair:
            found.append(_row(lesion, pair))
        found += [_row(lesion, [_mark("others", *at[name])]) for name in lesion.others
                  if at[name][1].measure == "frequency"]
    return found


def home(source: Trial | Facts) -> str:
    """Id of the study or topic in which a figure stands."""
    return source.id if isinstance(source, Trial) else source.topic


def _row(lesion: Lesion, marks: list[Mark]) -> Row:
    first, *more = [mark.figure.population for mark in marks]
    whom = "; ".join([first, *(name[:1].lower() + name[1:] for name in more)])
    what = marks[0].figure.what or lesion.name
    return Row(what if marks[0].group == "others" else lesion.name, whom, tuple(marks))


def _mark(group: str, source: Trial | Facts, figure: Figure) -> Mark:
    low, high = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    return Mark(group, low, high, figure.bound, tables.amount(figure, "percent"), source, figure)


def chart(found: Iterable[Row]) -> go.Figure:
    """The rows from top to bottom. Ranges are bars, single values signs, limits arrows; nothing is known on hover only.

    The vertical axis counts pixels, so that a label of two lines has room on a phone.
    """
    import plotly.graph_objects as go

    found = list(found)
    heights = [ROW + LINE * (len(_label(row)) - 1) for row in found]
    places = [sum(heights[place + 1:]) + ROW // 4 for place in range(len(found))]
    drawn = go.Figure([_signs(found, places, group, name) for group, name in GROUPS.items()])
    for row, y in zip(found, places, strict=True):
        _draw(drawn, row, y)
    drawn.update_layout(
        height=sum(heights) + ABOVE + BELOW, margin={"l": 16, "r": 24, "t": ABOVE, "b": BELOW}, dragmode=False,
        hovermode=False, plot_bgcolor="rgba(0,0,0,0)", paper_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False, "font": {"size": 14}, "title": {"text": ""}},
        xaxis={"range": [0, 100], "tickvals": [0, 25, 50, 75, 100],
               "ticktext": ["0%", "25%", "50%", "75%", "100%"], "showgrid": True, "gridcolor": LINES,
               "fixedrange": True, "zeroline": False, "ticklabeloverflow": "allow",
               "tickfont": {"size": 14, "color": QUIET}, "title": {"text": ""}},
        yaxis={"range": [0, sum(heights)], "visible": False, "fixedrange": True})
    return drawn


def _label(row: Row) -> list[str]:
    """The lines of a row's label, short enough for a phone."""
    if len(row.name) + len(row.whom) <= LONG:
        return [f"<b>{plain([row.name])}</b>  {plain([row.whom])}"]
    names = [f"<b>{plain([line])}</b>" for line in textwrap.wrap(row.name, LONG)]
    return [*names, plain(textwrap.wrap(row.whom, LONG))]


def _signs(found: list[Row], places: list[int], group: str, name: str) -> go.Scatter:
    """One trace a group, which makes the key; the sign of a range stands on both of its ends."""
    points = [(float(end), y, _sign(mark)) for row, y in zip(found, places, strict=True) for mark in row.marks
              if mark.group == group for end in dict.fromkeys((mark.low, mark.high))]
    import plotly.graph_objects as go

    return go.Scatter(x=[x for x, _, _ in points], y=[y for _, y, _ in points], mode="markers", name=name,
                      cliponaxis=False, hoverinfo="skip",
                      marker={"color": COLOURS[group], "size": 11, "symbol": [sign for _, _, sign in points]})


def _sign(mark: Mark) -> str:
    limits = {"below": "triangle-left", "at_most": "triangle-left", "above": "triangle-right",
              "at_least": "triangle-right"}
    return limits.get(mark.bound, SIGNS[mark.group])


def _draw(drawn: go.Figure, row: Row, y: int) -> None:
    """A row's line, its bars, its label above, and its values in words."""
    ends = [float(end) for mark in row.marks for end in (mark.low, mark.high)]
    if len(row.marks) > 1:
        drawn.add_shape(type="line", x0=min(ends), x1=max(ends), y0=y, y1=y, layer="below",
                        line={"color": QUIET, "width": 2})
    for mark in row.marks:
        x0, x1 = _bar(mark)
        if x0 != x1:
            drawn.add_shape(type="line", x0=x0, x1=x1, y0=y, y1=y, layer="below",
                            line={"color": COLOURS[mark.group], "width": 5 if mark.low != mark.high else 2,
                                  "dash": "solid" if mark.low != mark.high else "dot"})
    words = {"showarrow": False, "font": {"size": 14, "color": INK}, "bgcolor": PAPER, "borderpad": 1}
    drawn.add_annotation(x=0, y=y, xanchor="left", yanchor="bottom", yshift=6, align="left",
                         text="<br>".join(_label(row)), **words)
    left = max(ends) > SIDE or any(_bar(mark)[1] > mark.high for mark in row.marks)
    said = ", ".join(f"{mark.words} {_group(mark)}" for mark in row.marks) if len(row.marks) > 1 else row.marks[0].words
    drawn.add_annotation(x=min(ends) if left else max(ends), y=y, xanchor="right" if left else "left",
                         xshift=-9 if left else 9, text=plain([said]), **words)


def _bar(mark: Mark) -> tuple[float, float]:
    """From where to where a range, or what lies beyond a limit, reaches."""
    if mark.bound in ("below", "at_most"):
        return 0.0, float(mark.high)
    if mark.bound in ("above", "at_least"):
        return float(mark.low), 100.0
    return float(mark.low), float(mark.high)


def _group(mark: Mark) -> str:
    return f"of {GROUPS[mark.group].lower()}"


def alt(found: Iterable[Row]) -> str:
    """The finding in at most 40 words."""
    pairs = [row for row in found if len(row.marks) > 1]
    said = "; ".join(f"{row.name} {row.marks[0].words} and {row.marks[1].words}" for row in pairs)
    return f"Share of patients with each lesion, axis from 0 to 100%. Children and adults: {said}. Others in the table."
