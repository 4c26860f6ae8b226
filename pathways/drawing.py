"""Where the boxes and lines of a page are drawn: laid out beforehand by Graphviz `dot`, read back here.

`write_layouts` is the only function that needs Graphviz. It is run by `python -m pathways layout`, its files are
committed under `pathways/layout/`, and `stale_layouts` names the pages whose graph has changed since.
All lengths are CSS pixels at scale 1, measured from the top left corner of the page.
"""
import hashlib
import json
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pathways import routing

FOLDER = Path(__file__).parent / "layout"
FORMAT = 1                   # raise it when sizes or settings below change, so that every page counts as stale
NODE_FONT, NODE_LINE = 14, 18
LABEL_FONT, LABEL_LINE = 13, 16
NODE_TEXT_WIDTH = 172        # a node's title is wrapped at this width
LABEL_SHAPES = ((180, 3), (215, 4), (250, 5))   # width and lines of an edge's label; the first it fits into
MARGIN = 28                  # room for the ring around the current node and for the marks on a node's corner
SIDES = {"decision": 22, "action": 16, "choice": 22, "link": 24, "silent": 18, "stop": 20}
# Widths of the characters from space to tilde in the shipped font at weight 600, in thousandths of its size.
# Fixed here so that a layout does not depend on the fonts of the machine that makes it.
WIDTHS = [
    303, 298, 362, 730, 604, 953, 727, 195, 324, 324, 485, 598, 252, 369, 253, 424, 656, 430, 569, 592, 621, 602, 617,
    529, 621, 578, 253, 253, 564, 617, 564, 526, 780, 662, 634, 654, 683, 589, 562, 711, 699, 415, 546, 654, 548, 848,
    710, 737, 617, 747, 639, 604, 592, 687, 628, 877, 666, 627, 615, 333, 424, 344, 573, 391, 274, 544, 587, 502, 586,
    555, 349, 582, 565, 285, 255, 536, 301, 870, 565, 567, 587, 591, 368, 497, 360, 559, 509, 723, 522, 499, 492, 370,
    249, 370, 543]
OTHER_WIDTH = 750


class NoLayout(ValueError):
    """No committed positions for this page: run `python -m pathways layout`."""


def text_width(text: str, size: float) -> float:
    """Width of a line of text in the shipped font. [px]"""
    return sum(WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else OTHER_WIDTH for c in text) * size / 1000


def wrap(text: str, size: float, width: float, most: int = 9) -> list[str]:
    """Break a text into lines of about equal length.

    Parameters
    ----------
    text : str
        Words separated by blanks.
    size : float
        Size of the font. [px]
    width : float
        No line is wider, except one that is a single word. [px]
    most : int
        A text that needs more lines is cut, and its last line ends in an ellipsis.

    Returns
    -------
    list of str
        As few lines as the width allows, at the smallest width that needs no more of them.
    """
    lines = _greedy(text, size, width)
    if len(lines) > most:
        kept = lines[:most]
        kept[-1] = kept[-1].rstrip(",;") + " \u2026"
        return kept
    narrow = int(max((text_width(word, size) for word in text.split()), default=0))
    while narrow < width and len(_greedy(text, size, narrow)) > len(lines):
        narrow += 4
    return _greedy(text, size, min(narrow, width))


def _greedy(text: str, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


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


def short_labels(question: str, labels: list[str]) -> list[str]:
    """Labels of one question as the drawing shows them; in full they stand in the list and the detail.

    Explanations in brackets are left out of long labels. Where all answers begin with the same name, and the question
    names it already, the answers do without it.

    Parameters
    ----------
    question : str
        Title of the decision.
    labels : list of str
        Its labels in full.
    """
    first = labels[0].split()
    same = 0
    while all(len(label.split()) > same + 1 and label.split()[same] == first[same] for label in labels):
        same += 1
    verbal = " is " in labels[0] or ":" in labels[0]
    while verbal and same and first[same - 1] != "is" and not first[same - 1].endswith(":"):
        same -= 1
    asked = set(re.findall(r"[a-z0-9-]{3,}", question.lower()))
    named = asked & {word.lower().strip(":") for word in first[:same]}
    rests = [" ".join(label.split()[same:]) for label in labels]
    if named and len(labels) > 1 and not any(re.search(r" is |:| and |\(A-", rest) for rest in rests):
        labels = rests
    return [_shorter(label) if len(label) > 44 else label for label in labels]


def _shorter(label: str) -> str:
    label = label.replace(": looked for, not found", ": not found")
    return re.sub(r"(?<=\w)(?<!\band)(?<!\bor)(?<!\bnot) \((?!A-)[^()]*\)", "", label)


def _label_lines(label: str) -> list[str]:
    for width, most in LABEL_SHAPES:
        if len(wrap(label, LABEL_FONT, width)) <= most:
            break
    return wrap(label, LABEL_FONT, width, most)


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
            lines = _label_lines(label) if label else []
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
    entries = [{"target": node, "lines": _label_lines("from " + ", ".join(names))}
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
    NoLayout
        No file for this page.
    """
    path = layout_path(page_id)
    if not path.exists():
        raise NoLayout(f"{path.name}: no positions for {page_id}. Run `python -m pathways layout`.")
    return json.loads(path.read_text(encoding="utf-8"))


def stale_layouts(guideline, folder: Path = FOLDER) -> list[str]:
    """Pages whose graph is not the one that was laid out, and pages without positions."""
    stale = []
    for page_id in guideline.pages:
        path = layout_path(page_id, folder)
        if not path.exists() or json.loads(path.read_text(encoding="utf-8"))["hash"] != graph_hash(guideline, page_id):
            stale.append(page_id)
    return stale
