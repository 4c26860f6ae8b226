"""Read the project's YAML: exact numbers, line numbers kept, mistakes named with file, line and remedy."""
from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20
MAX_BYTES = 1_000_000
MAX_NUMBER = 40


class DataError(Exception):
    """A mistake in a data file or case file: where it is, what is wrong, what to do."""

    def __init__(self, file: str | Path, line: int, what: str, remedy: str) -> None:
        self.file, self.line, self.what, self.remedy = Path(file).name, line, what, remedy
        super().__init__(f"{self.file}:{line}: {what} - {remedy}")


class Block(dict):
    """A YAML mapping that remembers its own line and the line of each key."""

    line: int = 0
    key_lines: dict[str, int]

    def line_of(self, key: str) -> int:
        """Line of `key`, or of the mapping itself where the key is absent."""
        return self.key_lines.get(key, self.line)


class Sequence(list):
    """A YAML list that remembers the line of each item."""

    line: int = 0
    item_lines: list[int]


def read_yaml(path: str | Path) -> Block | Sequence:
    """The content of a YAML file, numbers as int or Decimal.

    Raises
    ------
    DataError
        Not readable, not UTF-8, broken YAML, duplicate key, alias or tag, a bare yes / no, nesting too deep.
    """
    return parse_yaml(read_words(path), path)


def read_words(path: str | Path) -> str:
    """The text of a file. Raises DataError when it is not readable or not UTF-8."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise DataError(path, 1, f"cannot be read: {reason}", "check the name and the encoding") from None


def parse_yaml(text: str, path: str | Path) -> Block | Sequence:
    """Like `read_yaml`, for text already at hand; `path` names it in messages."""
    if len(text) > MAX_BYTES:
        raise DataError(path, 1, "the file is larger than 1 MB", "split it")
    try:
        _check_depth(text, path)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "broken YAML"
        raise DataError(path, line, f"broken YAML: {what}", "mend the indentation or quoting at this line") from None
    except RecursionError:
        raise DataError(path, 1, "the nesting is too deep", "flatten it") from None
    if root is None:
        raise DataError(path, 1, "the file is empty", "add its content or remove it")
    return _build(root, path)


def _check_depth(text: str, path: str | Path) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise DataError(path, event.start_mark.line + 1, "an alias (*) stands here", "write the value out")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                raise DataError(path, event.start_mark.line + 1, "the nesting is too deep", "flatten it")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _build(node: yaml.Node, path: str | Path) -> object:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode) and node.tag.rsplit(":", 1)[-1] not in ("map", "seq"):
        raise DataError(path, line, f"the tag '{node.tag}' is not allowed", "write plain text or a number")
    if isinstance(node, yaml.MappingNode):
        block = Block()
        block.line, block.key_lines = line, {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise DataError(path, key_node.start_mark.line + 1, "a key is not a plain word", "use a plain word")
            key = key_node.value
            if key in block:
                raise DataError(path, key_node.start_mark.line + 1, f"the key '{key}' stands twice", "keep one of them")
            block.key_lines[key] = key_node.start_mark.line + 1
            block[key] = _build(value_node, path)
        return block
    if isinstance(node, yaml.SequenceNode):
        items = Sequence(_build(item, path) for item in node.value)
        items.line, items.item_lines = line, [item.start_mark.line + 1 for item in node.value]
        return items
    return _scalar(node, path, line)


def _scalar(node: yaml.ScalarNode, path: str | Path, line: int) -> object:
    kind, text = node.tag.rsplit(":", 1)[-1], node.value
    if kind == "int" and text.lstrip("+-").isdigit():
        if len(text) > MAX_NUMBER:
            raise DataError(path, line, "a number is too long", "write a number of at most 40 digits")
        return int(text)
    if kind == "float":
        try:
            if len(text) <= MAX_NUMBER and "e" not in text.lower() and Decimal(text).is_finite():
                return Decimal(text)
        except ArithmeticError:
            pass
        raise DataError(path, line, f"'{text[:40]}' is not a plain number", "write it as 0.01, without exponent")
    if kind == "bool":
        if text in ("true", "false"):
            return text == "true"
        raise DataError(path, line, f"a bare '{text}' stands here", "quote it, or write true or false")
    if kind == "null":
        return None
    if kind in ("str", "int", "timestamp"):
        return text
    raise DataError(path, line, f"the tag '{node.tag}' is not allowed", "write plain text or a number")
