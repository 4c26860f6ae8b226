"""The walked part of a page's drawing as SVG for paper: the committed positions, without the room of what is left out.

Black on white and one blue; a state shows by its line and its mark, so it can be read in grey.
"""
import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pages.ui.pathway_graph import edge_letters
from pathways.drawing import drawing, page_name
from pathways.model import Guideline
from pathways.walk import Walk

INK, ACCENT, SOFT, PAPER = "#14191c", "#00497a", "#e9f1f7", "#ffffff"
FONT = "Atkinson Hyperlegible Next"
GAP = 18                     # what an empty band shrinks to [px]
EDGE = 24                    # room around, for the ring and the marks [px]
NEARER = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
SHOWN = ("visited", "offered")
CORNER = {"decision": 14, "choice": 10, "stop": 10}


@dataclass(frozen=True)
class Printed:
    """A drawing for paper: the SVG, its size [px], what it shows in words, how many boxes it has and leaves out."""

    svg: str
    width: float
    height: float
    alt: str
    boxes: int
    left_out: int


def drawings(g: Guideline, w: Walk, sizes: Sequence[int]) -> list[Printed]:
    """The boxes around the one where the child stands: all that were reached or are open, then fewer.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and a walk that stands somewhere.
    sizes : sequence of int
        Most boxes of each drawing; the first is of all.
    """
    near = _nearest(g, w)
    counts = sorted({len(near), *(size for size in sizes if size < len(near))}, reverse=True)
    return [_printed(g, w, near[:count], len(near) - count) for count in counts]


def _nearest(g: Guideline, w: Walk) -> list[str]:
    """Boxes of the page that were reached or are open, those next to the child first."""
    page = g.nodes[w.current].page
    shown = [node["id"] for node in drawing(page)["nodes"] if w.states.get(node["id"]) in SHOWN]
    beside: dict[str, list[str]] = {name: [] for name in shown}
    for edge in drawing(page)["edges"]:
        if edge["source"] in beside and edge["target"] in beside:
            beside[edge["source"]].append(edge["target"])
            beside[edge["target"]].append(edge["source"])
    found, ends = [w.current], [w.current]
    while ends:
        here = ends.pop(0)
        new = [name for name in beside.get(here, ()) if name not in found]
        found += dict.fromkeys(new)
        ends += dict.fromkeys(new)
    return [*found, *(name for name in reversed(g.order) if name in shown and name not in found)]


def _printed(g: Guideline, w: Walk, names: list[str], left_out: int) -> Printed:
    page = drawing(g.nodes[w.current].page)
    nodes = [node for node in page["nodes"] if node["id"] in names]
    letters = edge_letters(page["edges"], w.states, w.steps)
    edges = [(edge, letter) for edge, letter in zip(page["edges"], letters, strict=True)
             if letter != "x" and edge["source"] in names and edge["target"] in names]
    labelled = [edge for edge, _ in edges if edge["lines"]]
    down = Squeezed([_span(node["y"], node["h"] + 8) for node in nodes]
                    + [_span(edge["label_y"], 16 * len(edge["lines"])) for edge in labelled])
    wide = Squeezed([_span(node["x"], node["w"] + 12) for node in nodes]
                    + [_span(edge["label_x"], _wide(edge["lines"])) for edge in labelled])
    across = next(place for share in NEARER if _clear(place := Nearer(wide, share), down, nodes, edges) or share == 1)
    sides = [across(node["x"]) + end * (node["w"] / 2 + 6) for node in nodes for end in (-1, 1)]
    sides += [across(edge["label_x"]) + end * _wide(edge["lines"]) / 2 for edge in labelled for end in (-1, 1)]
    sides += [across(x) for edge, _ in edges for path in edge["paths"] for x, _ in path]
    left, width, height = min(sides) - EDGE, max(sides) - min(sides) + 2 * EDGE, down.length + 2 * EDGE
    parts = [_edge(edge, letter, across, down) for edge, letter in edges]
    parts += [_node(node, w, across, down) for node in nodes]
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
           f'viewBox="{left:.0f} {-EDGE} {width:.0f} {height:.0f}" font-family="{FONT}" fill="{INK}">'
           f'{"".join(parts)}</svg>')
    return Printed(svg, width, height, _alt(g, w, names, left_out), len(names), left_out)


def _clear(across: "Nearer", down: "Squeezed", nodes: list[dict], edges: list[tuple[dict, str]]) -> bool:
    """Whether no box or label lies on another, and no line runs through one that is not its own."""
    places = [(node["id"], across(node["x"]), down(node["y"]), node["w"] + 14, node["h"] + 10) for node in nodes]
    places += [(i, across(edge["label_x"]), down(edge["label_y"]), _wide(edge["lines"]), 16 * len(edge["lines"]))
               for i, (edge, _) in enumerate(edges) if edge["lines"]]
    for number, (_, x, y, wide, tall) in enumerate(places):
        if any(abs(x - u) < (wide + broad) / 2 and abs(y - v) < (tall + high) / 2
               for _, u, v, broad, high in places[number + 1:]):
            return False
    for i, (edge, _) in enumerate(edges):
        others = [place for place in places if place[0] not in (i, edge["source"], edge["target"])]
        points = [(across(x), down(y)) for path in edge["paths"] for x, y in path]
        for (x, y), (u, v) in pairwise(points):
            if any(min(x, u) < a + wide / 2 and max(x, u) > a - wide / 2 and min(y, v) < b + tall / 2
                   and max(y, v) > b - tall / 2 for _, a, b, wide, tall in others):
                return False
    return True


class Nearer:
    """Places along one axis with all distances made smaller by one factor; boxes keep their size."""

    def __init__(self, places: Callable[[float], float], share: float) -> None:
        self.places, self.share = places, share

    def __call__(self, place: float) -> float:
        """Where a place goes."""
        return self.places(place) * self.share


class Squeezed:
    """Places along one axis, moved together: what is drawn keeps its size, empty bands shrink."""

    def __init__(self, spans: Iterable[tuple[float, float]]) -> None:
        merged: list[list[float]] = []
        for low, high in sorted(spans):
            if merged and low <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], high)
            else:
                merged.append([low, high])
        self.bands, at = [], 0.0                               # first, last, and where the first goes
        for low, high in merged:
            at += min(GAP, low - self.bands[-1][1]) if self.bands else 0
            self.bands.append((low, high, at))
            at += high - low
        self.length = at

    def __call__(self, place: float) -> float:
        """Where a place goes."""
        before = [band for band in self.bands if band[0] <= place]
        if not before:
            return -min(GAP / 2, self.bands[0][0] - place)
        low, high, at = before[-1]
        if place <= high:
            return at + place - low
        end = at + high - low
        after = self.bands[len(before):]
        if not after:
            return end + min(GAP / 2, place - high)
        return end + (place - high) / (after[0][0] - high) * (after[0][2] - end)


def _span(middle: float, size: float) -> tuple[float, float]:
    return middle - size / 2, middle + size / 2


def _wide(lines: list[str]) -> float:
    return 7 * max(map(len, lines)) + 8


def _words(lines: list[str], x: float, y: float, size: int, step: int, weight: int) -> str:
    rows = "".join(f'<tspan x="{x:.1f}" y="{y + (i - (len(lines) - 1) / 2) * step + size * 0.35:.1f}">'
                   f"{html.escape(line)}</tspan>" for i, line in enumerate(lines))
    return f'<text text-anchor="middle" font-size="{size}" font-weight="{weight}">{rows}</text>'


def _edge(edge: dict, letter: str, across: Squeezed, down: Squeezed) -> str:
    paths = [[(across(x), down(y)) for x, y in path] for path in edge["paths"]]
    colour, wide = (ACCENT, 2.6) if letter == "v" else (INK, 1.3)
    dashes = ' stroke-dasharray="5 4"' if letter == "p" else ""
    lines = "".join(f'<path d="M{"L".join(f"{x:.1f},{y:.1f}" for x, y in path)}" fill="none" stroke="{colour}" '
                    f'stroke-width="{wide}" stroke-linejoin="round"{dashes}/>' for path in paths)
    x, y = paths[-1][-1]
    tip = f'<path d="M{x:.1f},{y:.1f}l-4.5,-9h9z" fill="{colour}"/>'
    if not edge["lines"]:
        return lines + tip
    x, y = across(edge["label_x"]), down(edge["label_y"])
    tall, wide = 16 * len(edge["lines"]), _wide(edge["lines"])
    ground = f'<rect x="{x - wide / 2:.1f}" y="{y - tall / 2:.1f}" width="{wide}" height="{tall}" fill="{PAPER}"/>'
    return lines + tip + ground + _words(edge["lines"], x, y, 13, 16, 400)


def _node(node: dict, w: Walk, across: Squeezed, down: Squeezed) -> str:
    x, y, wide, tall = across(node["x"]), down(node["y"]), node["w"], node["h"]
    visited, here = w.states[node["id"]] == "visited", node["id"] == w.current
    ring = _shape(node["kind"], x, y, wide + 11, tall + 11, "none", ACCENT, 2) if here else ""
    box = _shape(node["kind"], x, y, wide, tall, SOFT if visited else PAPER, ACCENT if visited else INK,
                 2.6 if visited else 1.3)
    mark = _mark(x - wide / 2 + CORNER.get(node["kind"], 3), y - tall / 2, visited)
    return ring + box + _words(node["lines"], x, y, 14, 18, 600 if visited else 400) + mark


def _shape(kind: str, x: float, y: float, wide: float, tall: float, fill: str, line: str, stroke: float) -> str:
    a, b, cut = wide / 2, tall / 2, min(14, tall * 0.36)
    corners = {
        "decision": [(-a + cut, -b), (a - cut, -b), (a + 4, 0), (a - cut, b), (-a + cut, b), (-a - 4, 0)],
        "link": [(-a, -b), (a - cut, -b), (a + 4, 0), (a - cut, b), (-a, b)],
        "stop": [(-a + cut, -b), (a - cut, -b), (a, -b + cut), (a, b - cut), (a - cut, b), (-a + cut, b), (-a, b - cut),
                 (-a, -b + cut)],
        "silent": [(-a, -b), (a - cut, -b), (a, -b + cut), (a, b), (-a, b)],
    }
    look = f'fill="{fill}" stroke="{line}" stroke-width="{stroke}" stroke-linejoin="round"'
    if kind not in corners:
        radius = b if kind == "choice" else min(9, tall * 0.18)
        return f'<rect x="{x - a:.1f}" y="{y - b:.1f}" width="{wide}" height="{tall}" rx="{radius:.1f}" {look}/>'
    return f'<path d="M{"L".join(f"{x + u:.1f},{y + v:.1f}" for u, v in corners[kind])}Z" {look}/>'


def _mark(x: float, y: float, visited: bool) -> str:
    """A check for reached, a dot for an open way."""
    place = f'transform="translate({x:.1f},{y:.1f})"'
    if visited:
        return (f'<g {place}><circle r="8" fill="{ACCENT}" stroke="{PAPER}" stroke-width="1.5"/><path '
                f'd="M-3.8,0.4L-1,3.1L4,-2.9" fill="none" stroke="{PAPER}" stroke-width="2.2"/></g>')
    return (f'<g {place}><circle r="7" fill="{PAPER}" stroke="{INK}" stroke-width="1.6"/>'
            f'<circle r="3" fill="{INK}"/></g>')


def _alt(g: Guideline, w: Walk, names: list[str], left_out: int) -> str:
    def titles(state: str) -> list[str]:
        some = [name for name in g.order if name in names and w.states[name] == state]
        return [g.nodes[name].title + (" (the child stands here)" if name == w.current else "") for name in some]
    page = page_name(g.nodes[w.current].page)
    parts = [f"Part of the drawing of {page}. Reached: {', then '.join(titles('visited'))}."]
    if titles("offered"):
        parts.append(f"Open ways: {'; '.join(titles('offered'))}.")
    if left_out:
        parts.append(f"{left_out} more reached or open boxes are not drawn.")
    return " ".join(parts)
