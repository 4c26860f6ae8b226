"""Places the boxes of one page in layers with Graphviz `dot` and draws right-angled lines between them.

`dot` decides layers, order and columns. The lines are ours: they run down through a layer only in a column kept free
for them, and sideways only between two layers, so that no line touches a label or a box that is not its end.
Every label is a box of its own in the middle of its edge and so gets real room. Lengths are CSS pixels.
"""
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, permutations

PASS_WIDTH = 8               # column kept free for a line that passes a layer
TRACK = 12                   # distance between two lines that run side by side between layers
LEAVE, ENTER, ARROW = 8, 6, 13   # free length below a box, above a label, above a box (for the arrow head)
BESIDE = 18                  # between neighbours of a layer
NARROW = 760                 # what a laptop shows beside the form at a readable size
NEAR = 7                     # two vertical lines nearer than this would be read as one
# How straight `dot` draws what: plainly, or with each box below the one it follows, while lines that pass by give way.
WEIGHTS = [
    {("box", "box"): 2, ("box", "label"): 10, ("label", "box"): 6, ("box", "pass"): 12, ("label", "pass"): 12,
     ("pass", "pass"): 12, ("pass", "box"): 12, ("pass", "label"): 12},
    {("box", "box"): 8, ("box", "label"): 12, ("label", "box"): 8, ("box", "pass"): 2, ("label", "pass"): 2,
     ("pass", "pass"): 4, ("pass", "box"): 1, ("pass", "label"): 2}]
FIRST = 4                    # the second way: the first answer goes straight on
SETTINGS = [{"ordering": order, "nodesep": 24, "back": back, "spine": spine}
            for spine in (0, 1) for back in (False, True) for order in ("out", "")]


@dataclass
class Item:
    """A box, a label, or the place where a line passes a layer."""

    w: float
    h: float
    kind: str                # "box", "label" or "pass"
    x: float = 0.0
    y: float = 0.0
    rank: int = 0


def place(boxes: dict, edges: list[dict], level: list[list[str]] = ()) -> tuple:
    """Find the best of a few layouts.

    Parameters
    ----------
    boxes : dict of str to (float, float)
        Width and height of each node. [px]
    edges : list of dict
        `source`, `target` and, for a labelled edge, the label's size `box`. [px]
    level : list of list of str
        Nodes that stand side by side in this order: the ways of a choice, none before the other.

    Returns
    -------
    items : dict of str to Item
        Centres of nodes and of labels (`label 3` for the label of edge 3).
    paths : list
        For each edge its lines, corner by corner: one, or one before and one after the label.
    width, height : float
        Size of the whole. [px]
    """
    tried = []
    for i, setting in enumerate(SETTINGS):
        items, chains = _layered(boxes, edges, level, setting)
        _straighten(items, chains)
        ways, crossings, bends = _route(items, chains)
        width = max(t.x + t.w / 2 for t in items.values()) - min(t.x - t.w / 2 for t in items.values())
        swapped = 24 * _swapped(items, level) + _swapped(items, list(_forks(chains)))
        wide = width / 25 + max(0, width - NARROW) / 12
        tried.append((12 * crossings + bends + swapped + wide, i, items, chains, ways))
    _, _, items, chains, ways = min(tried, key=lambda t: t[:2])
    return _finished(items, chains, ways)


def _forks(chains: list[list[str]]) -> Iterable[list[str]]:
    below = defaultdict(list)
    for chain in chains:
        below[chain[0]].append(chain[1])
    return below.values()


def _swapped(items: dict[str, Item], rows: list[list[str]]) -> int:
    """How many neighbours of these rows do not stand in the order of the source."""
    return sum(items[a].x > items[b].x for row in rows for a, b in pairwise(row))


def _layered(boxes: dict, edges: list[dict], level: list[list[str]],
             setting: dict) -> tuple[dict[str, Item], list[list[str]]]:
    """Layers and columns from `dot`; lines over several layers get a place in each."""
    items = {name: Item(w, h, "box") for name, (w, h) in boxes.items()}
    chains = []
    for i, edge in enumerate(edges):
        middle = []
        if edge.get("box"):
            items[f"label {i}"] = Item(*edge["box"], "label")
            middle = [f"label {i}"]
        chains.append([edge["source"], *middle, edge["target"]])
    _run_dot(items, chains, level, setting)
    for _ in range(4):
        longer = [_with_passes(items, chain, i) for i, chain in enumerate(chains)]
        if longer == chains:
            break
        chains = longer
        _run_dot(items, chains, level, setting)
    return items, chains


def _with_passes(items: dict[str, Item], chain: list[str], i: int) -> list[str]:
    out = chain[:1]
    for upper, lower in pairwise(chain):
        for rank in range(items[upper].rank + 1, items[lower].rank):
            name = f"pass {i} {rank}"
            while name in items:
                name += "'"
            items[name] = Item(PASS_WIDTH, 4, "pass", rank=rank)
            out.append(name)
        out.append(lower)
    return out


def _run_dot(items: dict[str, Item], chains: list[list[str]], level: list[list[str]], setting: dict) -> None:
    from graphviz import Digraph

    inch = 72
    dot = Digraph(engine="dot", format="json", graph_attr={
        "rankdir": "TB", "nodesep": f"{setting['nodesep'] / inch:.3f}", "ranksep": "0.4",
        "ordering": setting["ordering"], "splines": "false", "mclimit": "8"})
    dot.attr("node", shape="box", fixedsize="true", label="")
    for name, item in items.items():
        dot.node(name, width=f"{item.w / inch:.4f}", height=f"{item.h / inch:.4f}")
    for row in level:
        with dot.subgraph(graph_attr={"rank": "same"}) as same:
            for name in row:
                same.node(name)
    firsts = {chain[0]: chain[1] for chain in reversed(chains)}
    for chain in chains[::-1] if setting["back"] else chains:
        for upper, lower in pairwise(chain):
            weight = WEIGHTS[setting["spine"]][items[upper].kind, items[lower].kind]
            weight += FIRST * (setting["spine"] == 1 and firsts.get(upper) == lower)
            dot.edge(upper, lower, weight=str(weight))
    placed = {o["name"]: o["pos"].split(",") for o in json.loads(dot.pipe())["objects"] if "pos" in o}
    layers = sorted({-float(y) for _, y in placed.values()})
    for name, (x, y) in placed.items():
        items[name].x, items[name].rank = float(x), layers.index(-float(y))


def _straighten(items: dict[str, Item], chains: list[list[str]]) -> None:
    """Move boxes sideways, alone or with what hangs straight on them, where that takes a bend out of a line."""
    pairs = sorted({pair for chain in chains for pair in pairwise(chain)})
    leaving, entering = Counter(upper for upper, _ in pairs), Counter(lower for _, lower in pairs)
    joined = defaultdict(list)
    for upper, lower in pairs:
        # A fork or a merge is bent anyhow; a single line should run straight.
        weight = 0.2 if leaving[upper] > 1 else 0.5 if entering[lower] > 1 else 1
        joined[upper].append((lower, weight))
        joined[lower].append((upper, weight))
    rows = defaultdict(list)
    for name in sorted(items, key=lambda n: items[n].x):
        rows[items[name].rank].append(name)
    beside = {name: (row[i - 1] if i else None, row[i + 1] if i + 1 < len(row) else None)
              for row in rows.values() for i, name in enumerate(row)}

    def straight(a: str, b: str) -> bool:
        return abs(items[a].x - items[b].x) <= 0.5

    def cost(group: set[str], shift: float) -> float:
        return sum(weight for name in group for other, weight in joined[name]
                   if other not in group and abs(items[name].x + shift - items[other].x) > 0.5)

    def fits(group: set[str], shift: float) -> bool:
        for name in group:
            item, (left, right) = items[name], beside[name]
            for other in (left, right):
                if other and other not in group:
                    gap = (item.w + items[other].w) / 2 + BESIDE
                    if (items[other].x - item.x - shift) * (1 if other == right else -1) < gap:
                        return False
        return True

    def hanging(name: str) -> set[str]:
        group, todo = {name}, [name]
        while todo:
            for other, _ in joined[todo.pop()]:
                if other not in group and straight(name, other):
                    group.add(other)
                    todo.append(other)
        return group

    for _ in range(12):
        moved = False
        for name in (n for row in rows.values() for n in row):
            for group in ({name}, hanging(name)):
                shifts = [items[o].x - items[n].x for n in sorted(group) for o, _ in joined[n] if o not in group]
                for shift in sorted(shifts, key=abs):
                    if abs(shift) > 0.01 and cost(group, shift) < cost(group, 0) - 0.01 and fits(group, shift):
                        for member in group:
                            items[member].x += shift
                        moved = True
                        break
        if not moved:
            break


def _route(items: dict[str, Item], chains: list[list[str]]) -> tuple[dict, int, int]:
    """Between each two layers, give each bundle of lines its own height.

    Returns
    -------
    ways : dict of int to (dict of (str, str) to int or None, int)
        For each layer, the track of every line that leaves it downwards (None: straight), and the number of tracks.
    crossings, bends : int
    """
    steps = defaultdict(list)
    for chain in chains:
        for pair in pairwise(chain):
            if pair not in steps[items[pair[0]].rank]:
                steps[items[pair[0]].rank].append(pair)
    ways, crossings, bends = {}, 0, 0
    for rank, pairs in steps.items():
        entering = defaultdict(int)
        for _, lower in pairs:
            entering[lower] += 1
        nets = defaultdict(list)
        for upper, lower in pairs:
            if abs(items[upper].x - items[lower].x) > 0.5 or entering[lower] > 1:
                nets["to " + lower if entering[lower] > 1 else "from " + upper].append((upper, lower))
            else:
                nets["from " + upper].append((upper, lower))
        bundles = [_bundle(items, net) for net in nets.values()]
        order, crossed = _best_order(bundles)
        crossings += crossed
        tracks = _tracks([bundles[i] for i in order])
        level, most = {}, 0
        for i, track in zip(order, tracks, strict=True):
            for pair in bundles[i]["pairs"]:
                straight = abs(items[pair[0]].x - items[pair[1]].x) <= 0.5
                level[pair] = None if straight else track
                bends += not straight
            if bundles[i]["left"] != bundles[i]["right"]:
                most = max(most, track + 1)
        ways[rank] = level, most
    return ways, crossings, bends


def _bundle(items: dict[str, Item], pairs: list[tuple[str, str]]) -> dict:
    tops = sorted({items[upper].x for upper, _ in pairs})
    bottoms = sorted({items[lower].x for _, lower in pairs})
    return {"pairs": pairs, "tops": tops, "bottoms": bottoms, "left": min(tops + bottoms), "right": max(tops + bottoms)}


def _price(upper: dict, lower: dict) -> int:
    """Crossings, and lines that would be read as one, when one bundle runs above another."""
    price = sum(upper["left"] < x < upper["right"] for x in lower["tops"])
    price += sum(lower["left"] < x < lower["right"] for x in upper["bottoms"])
    price += 50 * sum(abs(a - b) < NEAR for a in upper["bottoms"] for b in lower["tops"])
    return price


def _best_order(bundles: list[dict]) -> tuple[list[int], int]:
    """Order from top to bottom with the fewest crossings."""
    n = len(bundles)
    price = [[_price(a, b) if a is not b else 0 for b in bundles] for a in bundles]

    def total(order: tuple) -> int:
        return sum(price[order[i]][order[j]] for i in range(n) for j in range(i + 1, n))

    if n <= 6:
        best = min(permutations(range(n)), key=lambda order: (total(order), order))
        return list(best), total(best)
    order = list(range(n))
    for _ in range(n):
        for i in range(n - 1):
            if price[order[i + 1]][order[i]] < price[order[i]][order[i + 1]]:
                order[i], order[i + 1] = order[i + 1], order[i]
    return order, total(tuple(order))


def _tracks(bundles: list[dict]) -> list[int]:
    """Bundles that do not meet share a height."""
    tracks = []
    for i, bundle in enumerate(bundles):
        track = 0
        for j in range(i):
            other = bundles[j]
            meets = bundle["left"] - NEAR < other["right"] and other["left"] < bundle["right"] + NEAR
            flat = other["left"] == other["right"] or bundle["left"] == bundle["right"]
            if meets and not flat:
                track = max(track, tracks[j] + 1)
        tracks.append(track)
    return tracks


def _finished(items: dict[str, Item], chains: list[list[str]], ways: dict) -> tuple:
    """Heights of layers and tracks, and from them the corners of every line."""
    left = min(t.x - t.w / 2 for t in items.values())
    ranks = sorted({t.rank for t in items.values()})
    top, track_y = 0.0, {}
    for rank in ranks:
        row = [t for t in items.values() if t.rank == rank]
        tall = max(t.h for t in row)
        for item in row:
            item.x, item.y = item.x - left, top + tall / 2
        bottom = top + tall
        _, most = ways.get(rank, ({}, 0))
        below = [t.kind for t in items.values() if t.rank == rank + 1]
        start = bottom + LEAVE + (2 if any(t.kind == "box" for t in row) else 0)
        track_y[rank] = [start + i * TRACK for i in range(most)]
        last = start + max(most - 1, 0) * TRACK
        top = last + (ARROW if "box" in below else ENTER) + (4 if most else 0)
    paths = []
    for chain in chains:
        lines, points = [], []
        for upper, lower in pairwise(chain):
            a, b = items[upper], items[lower]
            if not points:
                points = [(a.x, a.y + a.h / 2)]
            track = ways[a.rank][0][(upper, lower)]
            if track is not None:
                y = track_y[a.rank][track]
                points += [(a.x, y), (b.x, y)]
            if b.kind != "pass":
                points.append((b.x, b.y - b.h / 2))
                lines.append(_corners(points))
                points = []
        paths.append(lines)
    width = max(t.x + t.w / 2 for t in items.values())
    height = max(t.y + t.h / 2 for t in items.values())
    return items, paths, width, height


def _corners(points: list[tuple[float, float]]) -> list[list[float]]:
    """Points of a line without those on a straight stretch."""
    out = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            out.append(here)
    out.append(points[-1])
    return [[round(x, 1), round(y, 1)] for x, y in out]
