"""Any part of a file replaced by anything: every place inside it, and putting something else there."""
from __future__ import annotations


def spots(value: object, where: tuple = ()) -> list[tuple]:
    """Every place inside a nested value."""
    found = [where]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += spots(inner, (*where, key))
    return found


def put(value: object, where: tuple, new: object) -> object:
    if not where:
        return new
    value[where[0]] = put(value[where[0]], where[1:], new)
    return value
