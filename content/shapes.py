"""Blocks of YAML held against what they must be; the first mistake is named with file, line and remedy."""
from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ValidationError

from content.reading import Block, DataError, Sequence


def mapping(value: object, path: Path, line: int = 1) -> Block:
    if not isinstance(value, Block):
        line = getattr(value, "line", line)
        raise DataError(path, line, "a list or single value stands where named fields belong", "write key: value")
    return value


def listing(value: object, path: Path, line: int) -> Sequence:
    if not isinstance(value, Sequence):
        raise DataError(path, getattr(value, "line", line), "a list belongs here", "start each item with a dash")
    return value


def notes(block: Block, path: Path) -> list:
    """Notes as written: an id alone stands for one without a condition."""
    if "notes" not in block:
        return []
    return [{"id": note} if isinstance(note, str) else note
            for note in listing(block["notes"], path, block.line_of("notes"))]


def build(model: type[BaseModel], block: object, path: Path, line: int,
          advice: str = "see pathways/README.md") -> BaseModel:
    """Check a block against its model; the first mistake is named with its line."""
    if not isinstance(block, dict):
        raise DataError(path, line, "named fields are missing here", "write key: value")
    try:
        return model.model_validate(block)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        what = {"extra_forbidden": "is not a known field", "missing": "is missing"}.get(
            first["type"], f"is not right: {message[0].lower()}{message[1:]}")
        remedy = {"extra_forbidden": "remove it or check the spelling", "missing": "add it"}.get(
            first["type"], advice)
        raise DataError(path, _line_at(block, first["loc"], line), f"'{where}' {what}", remedy) from None


def _line_at(block: object, where: tuple, line: int) -> int:
    for part in where:
        if isinstance(block, Block):
            line = block.line_of(part) if part in block.key_lines else block.line
        elif isinstance(block, list) and isinstance(part, int) and part < len(block):
            line = getattr(block, "item_lines", {part: line})[part]
        block = block[part] if isinstance(block, (dict, list)) and _has(block, part) else None
    return line


def _has(block: object, part: object) -> bool:
    return part in block if isinstance(block, dict) else isinstance(part, int) and part < len(block)
