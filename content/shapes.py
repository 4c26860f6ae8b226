"""Blocks of YAML held against what they must be; the first mistake is named with file, line and remedy."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ValidationError

from content.reading import Block, DataError, Sequence

PLAIN = {"extra_forbidden": ("is not a known field", "remove it or check the spelling"),
         "missing": ("is missing", "add it"), "string_too_short": ("is empty", "write it out"),
         "too_short": ("is empty", "write at least one")}


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
        where = _name(block, first["loc"], first["type"] == "missing")
        what, remedy = _said(first, advice)
        raise DataError(path, _line_at(block, first["loc"], line), f"'{where}' {what}", remedy) from None


def _said(error: dict, advice: str) -> tuple[str, str]:
    """What is wrong and what to do about it; a check of ours says both, parted by a semicolon."""
    if error["type"] in PLAIN:
        return PLAIN[error["type"]]
    message, _, remedy = error["msg"].removeprefix("Value error, ").partition("; ")
    return f"is not right: {message[0].lower()}{message[1:]}", remedy or advice


def _name(block: object, where: tuple, missing: bool) -> str:
    """The way to a mistake as people call it: an item of a list by its id, else by its place."""
    names, whole = [], block
    for part in where:
        if isinstance(block, dict) and part not in block and not (missing and part == where[-1]):
            continue                            # one of several shapes that were tried: not in the file
        block = block[part] if isinstance(block, (dict, list)) and _has(block, part) else None
        names.append(f".{_own(block, '')}" if isinstance(part, int) and _own(block, "") else
                     f", item {part + 1}" if isinstance(part, int) else f".{part}")
    return "".join(names).lstrip(".") or _own(whole, "this entry")


def _own(block: object, otherwise: str) -> str:
    name = block.get("id") if isinstance(block, dict) else None
    return name if isinstance(name, str) and name else otherwise


def _line_at(block: object, where: tuple, line: int) -> int:
    for part in where:
        if isinstance(block, dict) and part not in block and part != where[-1]:
            continue
        if isinstance(block, Block):
            line = block.line_of(part) if part in block.key_lines else block.line
        elif isinstance(block, list) and isinstance(part, int) and part < len(block):
            line = getattr(block, "item_lines", {part: line})[part]
        block = block[part] if isinstance(block, (dict, list)) and _has(block, part) else None
    return line


def _has(block: object, part: object) -> bool:
    return part in block if isinstance(block, dict) else isinstance(part, int) and part < len(block)


def same_name(name: object, path: Path, line: int) -> None:
    """A file holds what it is called after.

    Raises
    ------
    DataError
        Its content has another name.
    """
    if name != path.stem:
        raise DataError(path, line, f"the file is called '{path.stem}', its content '{name}'",
                        "give both the same name")


def in_text(ranges: Iterable[tuple[int, int]], last: int, path: Path, line: int) -> None:
    """Lines of the text exist; `last` is its last one.

    Raises
    ------
    DataError
        A range begins before the text or ends after it.
    """
    for low, high in ranges:
        if low < 1 or high > last:
            raise DataError(path, line, f"lines {low} to {high} are not in the text", f"use lines 1 to {last}")
