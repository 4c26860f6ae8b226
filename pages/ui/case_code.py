"""A case as a text to copy, and back: "PALL1-", then what was entered, compressed, with a checksum; nothing else.

A code comes from anywhere: it is bounded before and after it is unpacked, and taken as a whole or not at all.
"""
import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from pages.ui.fields.entries import Entry, as_facts, clean
from pages.ui.fields.numbers import read_number
from pathways.facts import Fact, read_case

FORMAT = 1                   # raise it when what a code holds changes its meaning
LONGEST = 2_000              # of a code [characters]
LARGEST = 20_000             # of what it unpacks to [bytes]
CHECK = 4                    # bytes of the checksum
SHAPE = re.compile(r"PALL([0-9]{1,4})-([A-Za-z0-9_-]+)")
KEPT = {"number": ("value", "unit"), "choice": ("choice",), "finding": ("finding",),
        "mrd": ("call", "percent", "sensitivity")}
TYPED = ("value", "percent", "sensitivity")
EMPTY = "There is no case code in the field."
UNREADABLE = "This is no case code, or a part of it is missing. The present case is unchanged."
TOO_LONG = "This is too long for a case code. The present case is unchanged."
NEWER = "This case code was made by a newer explorer. The present case is unchanged."
OLDER = "This case code was made by an older explorer and can no longer be read. The present case is unchanged."
STRANGE = ("This case code holds an answer that this version does not know; it was made by another one. "
           "The present case is unchanged.")


@dataclass(frozen=True)
class Opened:
    """What a code says: the entries, or one sentence why it was not read."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problem: str = ""


def encode(entries: Mapping[str, Entry], facts: Mapping[str, Fact]) -> str:
    """A case as a code; what cannot be read as an answer is left out, so no other words go along.

    Parameters
    ----------
    entries : mapping
        Fact key to entry.
    facts : mapping
        The known facts.
    """
    plain = json.dumps(shareable(entries, facts), separators=(",", ":"), sort_keys=True).encode()
    packed = zlib.compress(plain, 9)
    return f"PALL{FORMAT}-{base64.urlsafe_b64encode(_check(packed) + packed).decode().rstrip('=')}"


def decode(code: str, facts: Mapping[str, Fact]) -> Opened:
    """What a code says. Never raises, whatever it is given.

    Parameters
    ----------
    code : str
        As pasted; white space in it does not count.
    facts : mapping
        The known facts.
    """
    if len(code) > LONGEST:
        return Opened(problem=TOO_LONG)
    code = "".join(code.split())
    if not code:
        return Opened(problem=EMPTY)
    shape = SHAPE.fullmatch(code)
    if shape is None:
        return Opened(problem=UNREADABLE)
    if int(shape[1]) != FORMAT:
        return Opened(problem=NEWER if int(shape[1]) > FORMAT else OLDER)
    found = _unpacked(shape[2])
    if found is None:
        return Opened(problem=UNREADABLE)
    entries = shareable(clean(found, facts), facts)
    return Opened(entries) if entries and entries == found else Opened(problem=STRANGE)


def shareable(entries: Mapping[str, Entry], facts: Mapping[str, Fact]) -> dict[str, Entry]:
    """The entries that can be read, each with the parts that its kind of fact has: no free words are left."""
    kept = {}
    for key, entry in entries.items():
        names = (*KEPT[facts[key].kind], "confirmed")
        part = {name: entry[name] for name in names if name in entry}
        if set(part) - {"confirmed", "unit"} and all(_number(part[name]) for name in TYPED if name in part):
            kept[key] = part
    told, _ = as_facts(kept, facts)
    refused = {problem.key for problem in read_case(facts, told).problems if problem.kind == "invalid"}
    return {key: entry for key, entry in kept.items() if key not in refused}


def _number(typed: object) -> bool:
    read = read_number(str(typed))
    return read.value is not None or bool(read.options)


def _check(packed: bytes) -> bytes:
    return hashlib.sha256(packed).digest()[:CHECK]


def _unpacked(text: str) -> dict | None:
    """The mapping inside a code; None where anything about it is wrong."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text or _check(raw[CHECK:]) != raw[:CHECK]:
            return None
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(raw[CHECK:], LARGEST + 1)
        if len(plain) > LARGEST or not unpacking.eof or unpacking.unused_data:
            return None
        found = json.loads(plain)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
