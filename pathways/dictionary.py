"""Read `facts.yaml`: the dictionary of everything that can be known about a child."""
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from content.reading import Block, DataError, read_yaml
from content.shapes import mapping
from pathways.facts import GROUPS, TIMES, Fact

FACT_FIELDS = {"kind", "label", "ask", "plain", "units", "range", "plausible", "choices", "words", "synonyms", "group",
               "short", "known", "from", "term", "whole", "only_when", "refused"}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_text, value.values()))


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(
        isinstance(n, (int, Decimal)) and not isinstance(n, bool) for n in value) and value[0] < value[1]


FACT_SHAPES = {
    **dict.fromkeys(("kind", "label", "ask", "plain", "group", "known", "from", "term", "only_when"), _is_text),
    "choices": _is_texts, "refused": _is_texts,
    "words": lambda value: _is_texts(value) and set(value) == {"present", "absent"},
    "range": _is_range, "whole": lambda value: isinstance(value, bool),
    "units": lambda value: isinstance(value, dict) and bool(value),
    "plausible": lambda value: isinstance(value, dict) and all(map(_is_range, value.values())),
    "synonyms": lambda value: isinstance(value, list) and all(map(_is_text, value)),
}


def read_facts(path: Path) -> dict[str, Fact]:
    """The fact dictionary."""
    facts = {}
    data = mapping(read_yaml(path), path)
    for key, block in data.items():
        line = data.line_of(key)
        mapping(block, path, line)
        for name in block:
            if name not in FACT_FIELDS:
                raise DataError(path, block.line_of(name), f"a fact has no '{name}'", "remove it or check the spelling")
        for name in ("kind", "label", "ask", "plain", "group", "known", "from"):
            if name not in block:
                raise DataError(path, line, f"the fact '{key}' has no '{name}'", f"add '{name}:'")
        facts[key] = _fact(key, block, path, line)
    return facts


def _fact(key: str, block: Block, path: Path, line: int) -> Fact:
    if block["kind"] not in ("number", "mrd", "choice", "finding"):
        raise DataError(path, line, f"'{block['kind']}' is no kind of fact", "use number, mrd, choice or finding")
    if block["group"] not in GROUPS or block["known"] not in TIMES:
        raise DataError(path, line, f"the group or time of '{key}' is not known", "see the head of facts.yaml")
    for name in {"number": ["units", "range"], "mrd": ["units", "range"], "choice": ["choices"]}.get(block["kind"], []):
        if name not in block:
            raise DataError(path, line, f"the {block['kind']} '{key}' has no '{name}'", f"add '{name}:'")
    for name in sorted(set(block) & set(FACT_SHAPES)):
        if not FACT_SHAPES[name](block[name]):
            raise DataError(path, block.line_of(name), f"the '{name}' of '{key}' cannot be read", "see the other facts")
    try:
        return _made(key, block, line)
    except (ValueError, ZeroDivisionError):
        raise DataError(path, block.line_of("units"), f"the units of '{key}' cannot be read",
                        "write each with its factor into the first, such as months: 1/12") from None


def _made(key: str, block: Block, line: int) -> Fact:
    units = {unit: Fraction(str(factor)) for unit, factor in block.get("units", {}).items()}
    if any(factor <= 0 for factor in units.values()):
        raise ValueError("a factor is above 0")
    plausible = {unit: tuple(Fraction(str(n)) for n in limits) for unit, limits in block.get("plausible", {}).items()}
    extra = {name: block[name] for name in ("choices", "short", "words", "refused") if name in block}
    return Fact(
        key=key, kind=block["kind"], label=block["label"], ask=block["ask"], plain=block["plain"],
        group=block["group"], known=block["known"], origin=block["from"], units=units, plausible=plausible,
        range=tuple(Fraction(str(n)) for n in block.get("range", (0, 0))), term=block.get("term", ""),
        synonyms=tuple(str(word) for word in block.get("synonyms", ())), whole=block.get("whole", False),
        only_when=block.get("only_when", ""), line=line, **extra)
