"""Content as somebody hostile would write it: markup in every text that is no id, rule or word of a closed list."""
from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

PAYLOADS = (
    "<script>hit()</script>", "<img src=x onerror=hit()>", "\" onload=\"hit()", "</style><script>hit()</script>",
    "[go](javascript:hit())", "\u202etih\u202c", "<svg onload=hit()>", "</svg><hit-me>",
    "<a href='javascript:hit()'>go</a>", "' onfocus=hit() autofocus '", "]]><hit-me>", "&lt;hit-me&gt;", "#eval(hit)",
    "$hit$", "<iframe srcdoc='<script>parent.hit()</script>'>", "<math><hit-me>", "<br>", "<b>", "\"", "<")
IN_AN_ADDRESS = "#\"onmouseover=\"hit()\"><hit-me>"
DATA = ("content", "pathways", "docs")
PROSE = ("content", "docs")
DRAWN = ("title", "label", "lines", "tag")
# What is no free text: ids, rules, words of closed lists; "*" is a whole file. Whatever is not named here is spoiled.
CLOSED_KEYS = {
    "content/agents.yaml": "family figures id nodes when",
    "content/cases": "ask at call fact fades id kind level retracts solved value",
    "content/errata": "figures heading id known nodes severity trials",
    "content/facts": "bound id kind measure nodes review spread topic unit",
    "content/families": "against figure id numbers picture see seen sources",
    "content/glossary.yaml": "id origin",
    "content/kinase_classes.yaml": "agents change choice id others trials",
    "content/lesions.yaml": "adults children defined_by facts id lineage others prognosis",
    "content/measures.yaml": "kind unit",
    "content/phases.yaml": "agents during figures id nodes",
    "content/sections.yaml": "id",
    "content/source_card.yaml": "source",
    "content/since_2020": "id nodes published shown.figures trials",
    "content/sources.yaml": "agreement general_category id kind strength_of_evidence",
    "content/trials": "age_groups agents arm basis between bound counted_from doi follow_up groups id kind lineage"
                      " measure n nodes p_bound pages ph phase pmid randomised reason review setting sides spread"
                      " status unit verdict when",
    "content/vocabulary.yaml": "when",
    "docs/hazards.yaml": "id tests",
    "docs/mutation.yaml": "day rules",
    "pathways/ambiguities.yaml": "effect severity",
    "pathways/constraints.yaml": "id must",
    "pathways/definitions.yaml": "notes when",
    "pathways/facts.yaml": "/uL group kind known months only_when term",
    "pathways/graphs": "category id kind next note notes open page review situation start status strength to when",
    "pathways/order.yaml": "*",
    "pathways/schemes": "id made note notes open review scheme when",
    "pathways/typical.yaml": "*",
}
CLOSED = frozenset(f"{place}:{key}" for place, keys in CLOSED_KEYS.items() for key in keys.split(" ")) | {
    "content/families:"}                                       # a list of nothing but ids

# Some texts of a kind have a tighter limit than the longest of them; and a passage is quoted whole, for its numbers.
TIGHT = {"pathways/graphs:title": 40, "content/trials:what": 88, "content/facts:what": 88}
WHOLE = re.compile(r":as_printed$|:in_words|:of_100|:joined|:range$|:more$|:others$|:when$|:release$|:revision$")
ROOM = 300

Scalar = tuple[str, yaml.ScalarNode]


def kind(path: Path, root: Path) -> str:
    """What a file is: the folder of its like, or its own name."""
    place = path.relative_to(root)
    return place.parent.as_posix() if len(place.parts) > 2 else place.as_posix()


def texts(node: yaml.Node, place: str, key: str = "") -> Iterator[Scalar]:
    """Every text of a file with its place and the keys it stands under."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from texts(value, place, f"{key.rpartition('.')[2]}.{name.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from texts(item, place, key)
    elif node.tag.endswith(":str"):
        yield f"{place}:{key}", node


def free_texts(node: yaml.Node, place: str, closed: frozenset[str]) -> Iterator[Scalar]:
    """The texts of a file that may say anything, each with the kind it is of."""
    for where, one in texts(node, place):
        short = f"{place}:{where.rpartition(':')[2].rpartition('.')[2]}"
        if not {where, short, f"{place}:*"} & closed:
            yield short, one


def spoiled(text: str, place: str, longest: int, turn: int) -> str:
    """A text with markup before it, not longer than texts of its kind may be; what must stand in it stays."""
    if place.endswith(":address"):
        return text + IN_AN_ADDRESS
    whole = bool(WHOLE.search(place))
    room = ROOM - len(text) if whole else TIGHT.get(place, longest) - 2
    fitting = [one for one in PAYLOADS if len(one) <= room] or PAYLOADS[-1:]
    payload = fitting[turn % len(fitting)]
    kept = len(text) if whole else max(1, room + 1 - len(payload))
    return f"{payload} {text[-kept:] if text.endswith('?') else text[:kept]}"


def spoil(root: Path, closed: frozenset[str] = CLOSED) -> int:
    """Put markup into every free text below a copy of the project; how many there were."""
    files = sorted(path for name in DATA for path in (root / name).rglob("*.yaml"))
    nodes = {path: yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in files}
    free = [found for path, node in nodes.items() for found in free_texts(node, kind(path, root), closed)]
    longest: dict[str, int] = {}
    for place, one in free:
        longest[place] = max(longest.get(place, 0), len(one.value))
    for turn, (place, one) in enumerate(free):
        one.value, one.style = spoiled(one.value, place, longest[place], turn), '"'
    for path, node in nodes.items():
        words = yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000)
        path.write_text(words, encoding="utf-8")
    _spoil_prose(root)
    _spoil_drawings(root)
    return len(free)


def _spoil_prose(root: Path) -> None:
    for path in (path for name in PROSE for path in (root / name).glob("*.md")):
        path.write_text(path.read_text(encoding="utf-8") + "\n\n" + " ".join(PAYLOADS) + "\n", encoding="utf-8")


def _spoil_drawings(root: Path) -> None:
    """What is drawn stands in the files of positions too, line by line."""
    turn = iter(range(1_000_000))

    def change(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: change(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [change(part, key) for part in value]
        return spoiled(value, key, 80, next(turn)) if isinstance(value, str) and value and key in DRAWN else value

    for path in (root / "pathways/layout").glob("*.json"):
        path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")


def copied_and_spoiled(copy: Callable[[Path], Path], folder: Path) -> Path:
    """A copy of the project, spoiled."""
    spoil(copy(folder))
    return folder
