"""Where the boxes and lines of a page are drawn: laid out beforehand by Graphviz `dot`, read back here.

`write_layouts` is the only function that needs Graphviz. It is run by `python -m pathways layout`, its files are
committed under `pathways/layout/`, and `stale_layouts` names the pages whose graph has changed since.
All lengths are CSS pixels at scale 1, measured from the top left corner of the page.
"""
import hashlib
import json
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from content.reading import DataError, read_words
from pathways import routing
from pathways.lettering import LABEL_FONT, LABEL_LINE, label_lines, short_labels, text_width, wrap

FOLDER = Path(__file__).parent / "layout"
FORMAT = 1                   # raise it when sizes or settings below change, so that every page counts as stale
NODE_FONT, NODE_LINE = 14, 18
NODE_TEXT_WIDTH = 172        # a node's title is wrapped at this width
MARGIN = 28                  # room for the ring around the current node and for the marks on a node's corner
SIDES = {"decision": 22, "action": 16, "choice": 22, "link": 24, "silent": 18, "stop": 20}


def page_edges(guideline, page_id: str) -> list:
    """Edges that start on a page, in the order of the page's file."""
    nodes = guideline.pages[page_id].nodes
    return [edge for edge in guideline.edges if edge.source in nodes]


def graph_hash(guideline, page_id: str) -> str:
    """Hash of what the drawing of a page shows: ids, kinds, titles, edges and labels."""
    page = guideline.pages[page_id]
    nodes = [[n.id, n.kind, n.title, _tag(guideline, n)] for n in page.nodes.values()]
    edges = [[e.source, e.target, e.label] for e in page_edges(guideline, page_id)]
    content = json.dumps([FORMAT, page.id, page.start, nodes, edges, _entries(guideline, page_id)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def page_name(page_id: str) -> str:
    """A page's id as people read it: PEDALL-4, Alongside."""
    return page_id if page_id.startswith("PEDALL") else page_id.capitalize()


def _tag(guideline, node) -> str:
    """Second, smaller line of a link: where it leads."""
    if node.kind != "link":
        return ""
    page = page_name(guideline.nodes[node.to].page) if node.to in guideline.nodes else "PEDALL"
    if page.lower() in node.title.lower():
        return ""
    return f"goes on at {page}" if node.to in guideline.nodes else "a new situation begins"


def _entries(guideline, page_id: str) -> dict[str, list[str]]:
    """Nodes that other pages lead to, with the names of these pages."""
    nodes = guideline.pages[page_id].nodes
    entries: dict[str, list[str]] = {}
    for edge in guideline.edges:
        if edge.target in nodes and edge.source not in nodes:
            names = entries.setdefault(edge.target, [])
            name = page_name(guideline.nodes[edge.source].page)
            if name not in names:
                names.append(name)
    return entries


def _sized(guideline, node) -> dict:
    lines = wrap(node.title, NODE_FONT, NODE_TEXT_WIDTH)
    tag = _tag(guideline, node)
    widest = max([text_width(line, NODE_FONT) for line in lines] + [text_width(tag, LABEL_FONT)])
    width = widest + 2 * SIDES.get(node.kind, 16)
    height = len(lines) * NODE_LINE + (LABEL_LINE if tag else 0) + 20
    return {"id": node.id, "kind": node.kind, "title": node.title, "lines": lines, "tag": tag,
            "w": round(max(width, 92)), "h": round(max(height, 44))}


def _joined(guideline, page_id: str) -> list[dict]:
    """The edges within a page; two answers that lead to the same box stay two edges."""
    nodes = guideline.pages[page_id].nodes
    edges = []
    for node in nodes.values():
        leaving = [e for e in guideline.edges if e.source == node.id and e.target in nodes]
        short = short_labels(node.title, [e.label for e in leaving]) if leaving and all(e.label for e in leaving) \
            else [e.label for e in leaving]
        for edge, label in zip(leaving, short, strict=True):
            lines = label_lines(label) if label else []
            edges.append({"source": edge.source, "target": edge.target, "label": edge.label, "lines": lines})
    return edges


def lay_out(guideline, page_id: str) -> dict:
    """Positions of one page, by Graphviz `dot` (needed here only).

    Returns
    -------
    dict
        The content of the page's file; see `write_layouts`.
    """
    page = guideline.pages[page_id]
    nodes = [_sized(guideline, node) for node in page.nodes.values()]
    edges = _joined(guideline, page_id)
    entries = [{"target": node, "lines": label_lines("from " + ", ".join(names))}
               for node, names in _entries(guideline, page_id).items()]
    boxes = {node["id"]: (node["w"], node["h"]) for node in nodes}
    boxes |= {f"entry {i}": _label_size(entry["lines"]) for i, entry in enumerate(entries)}
    lines = [{"source": e["source"], "target": e["target"], "box": _label_size(e["lines"])} for e in edges]
    lines += [{"source": f"entry {i}", "target": entry["target"]} for i, entry in enumerate(entries)]
    items, paths, width, height = routing.place(boxes, lines, _level(guideline, page.nodes))

    def at(value: float) -> float:
        return round(value + MARGIN, 1)

    for node in nodes:
        node["x"], node["y"] = at(items[node["id"]].x), at(items[node["id"]].y)
    for i, edge in enumerate(edges):
        edge["paths"] = [[[at(x), at(y)] for x, y in path] for path in paths[i]]
        if edge["lines"]:
            edge["label_x"], edge["label_y"] = at(items[f"label {i}"].x), at(items[f"label {i}"].y)
    for i, entry in enumerate(entries):
        entry["label_x"], entry["label_y"] = at(items[f"entry {i}"].x), at(items[f"entry {i}"].y)
        entry["paths"] = [[[at(x), at(y)] for x, y in path] for path in paths[len(edges) + i]]
    return {"page": page.id, "title": page.title, "start": page.start, "hash": graph_hash(guideline, page_id),
            "width": round(width + 2 * MARGIN), "height": round(height + 2 * MARGIN), "nodes": nodes, "edges": edges,
            "entries": entries}


def _level(guideline, nodes) -> list[list[str]]:
    """The ways of each choice that nothing else leads to."""
    coming = Counter(edge.target for edge in guideline.edges)
    rows = [[way.to for way in node.ways if coming[way.to] == 1 and way.to in nodes] for node in nodes.values()]
    return [row for row in rows if len(row) > 1]


def _label_size(lines: list[str]) -> tuple[float, float] | None:
    if not lines:
        return None
    return max(text_width(line, LABEL_FONT) for line in lines) + 8, len(lines) * LABEL_LINE + 4


def _labelled(layout: dict) -> list[tuple[str, dict]]:
    """Everything with words on its line, and the name under which its words are known."""
    named = [(f"label {i}", edge) for i, edge in enumerate(layout["edges"])]
    return named + [(f"entry {i}", entry) for i, entry in enumerate(layout["entries"])]


def _boxes(layout: dict) -> list[tuple[str, float, float, float, float]]:
    """Every box and label of a layout as (name, left, top, right, bottom)."""
    sizes = [(n["id"], n["x"], n["y"], n["w"], n["h"]) for n in layout["nodes"]]
    for name, line in _labelled(layout):
        if line["lines"]:
            width = max(text_width(words, LABEL_FONT) for words in line["lines"])
            sizes.append((name, line["label_x"], line["label_y"], width, len(line["lines"]) * LABEL_LINE))
    return [(name, x - w / 2, y - h / 2, x + w / 2, y + h / 2) for name, x, y, w, h in sizes]


def collisions(layout: dict) -> list[str]:
    """Where a line touches a label or a box that is not its end, or where two of these overlap; none in a good layout.

    Returns
    -------
    list of str
        One sentence for each.
    """
    boxes, found = _boxes(layout), []
    for i, (a, left, top, right, bottom) in enumerate(boxes):
        for b, left2, top2, right2, bottom2 in boxes[i + 1:]:
            if left < right2 and left2 < right and top < bottom2 and top2 < bottom:
                found.append(f"{a} and {b} overlap")
    for name, line in _labelled(layout):
        own = {line.get("source"), line["target"], name}
        pieces = [piece for path in line["paths"] for piece in pairwise(path)]
        for other, left, top, right, bottom in boxes:
            if other not in own and any(min(x0, x1) < right + 1 and left - 1 < max(x0, x1)
                                        and min(y0, y1) < bottom + 1 and top - 1 < max(y0, y1)
                                        for (x0, y0), (x1, y1) in pieces):
                found.append(f"the line of {name} to {line['target']} crosses {other}")
    return found


def layout_path(page_id: str, folder: Path = FOLDER) -> Path:
    """File that holds the positions of a page."""
    return Path(folder) / f"{page_id.lower().replace('-', '_')}.json"


def write_layouts(guideline, folder: Path = FOLDER) -> list[Path]:
    """Lay out every page and write one file each.

    Parameters
    ----------
    guideline : Guideline
        All pages.
    folder : Path
        Where the files go.

    Returns
    -------
    list of Path
        The files, in the order of the pages. Each holds `page`, `title`, `start`, `hash`, `width`, `height`,
        `nodes` (centre `x`, `y`, size `w`, `h`, wrapped `lines`, `tag`) and `edges` (`paths`: the corners of
        its line, or of one before and one after the label; `label` in full, its wrapped `lines`, `label_x`, `label_y`)
        and `entries` (the same for lines that come from other pages).
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for page_id in guideline.pages:
        path = layout_path(page_id, folder)
        path.write_text(_dump(lay_out(guideline, page_id)), encoding="utf-8")
        paths.append(path)
    return paths


ROWS = ("nodes", "edges", "entries")


def _dump(layout: dict) -> str:
    """JSON with one node or edge a line, so that a change reads well in a diff."""
    head = {k: v for k, v in layout.items() if k not in ROWS}
    parts = [f'"{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in head.items()]
    for key in ROWS:
        rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in layout[key])
        parts.append(f'"{key}": [\n{rows}\n]')
    return "{" + ",\n".join(parts) + "}\n"


@lru_cache(maxsize=64)
def drawing(page_id: str) -> dict:
    """Committed positions of a page, read once. Not to be changed by the caller.

    Raises
    ------
    DataError
        No file for this page, or a damaged one.
    """
    path = layout_path(page_id)
    try:
        return json.loads(read_words(path))
    except ValueError as error:
        raise DataError(path, getattr(error, "lineno", 1), "the positions are damaged",
                        "run `python -m pathways layout`") from None


def stale_layouts(guideline, folder: Path = FOLDER) -> list[str]:
    """Pages whose graph is not the one that was laid out, and pages without positions."""
    stale = []
    for page_id in guideline.pages:
        path = layout_path(page_id, folder)
        if not path.exists() or json.loads(path.read_text(encoding="utf-8"))["hash"] != graph_hash(guideline, page_id):
            stale.append(page_id)
    return stale
