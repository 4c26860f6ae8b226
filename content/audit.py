"""Hold the content against a reader's own copy of the text: every figure's digits in its lines, every number claimed.

The copy was extracted from PDF and has damaged symbols: `$` for >=, `,` or `.` before a number for < or >, `5` for =,
`6` for a plus-minus sign, `1024` for 10^-4, `3109/L` for x 10^9/L, `;` for about. The checks allow for these and for
nothing else.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content.load import Knowledge
from content.model import Facts, Lines, Trial
from content.printed import WORDS, tokens

CHUNK = re.compile(r"\d[\d.,]*\d|\d")
DAMAGED = {"10^-4": "1024", "10^-3": "1023"}
LAST_CITATION = 226
# What may stand before and after a number: nothing of a number, a lost = or plus-minus sign, a citation glued on.
BEFORE = re.compile(r"(?:^|[^\d.]|[^\d]\.|(?:\bn|\bP|\) ?)5|[\d%]6)$")
AFTER = re.compile(r"(?!\d|[.,]\d)|6\d|\.\d{1,3}(?![\d%.])|,\d{1,2}(?!\d)|\d{1,3}(?![\d%.])(?=[.,\s])")
GENES = ("IKZF|KMT2|NUDT|NOTCH|RUNX|TCF|PAX|PAR|TP|ETV|ABL|JAK|CRLF|CSF|SH2B|IL|FLT|NTRK|TLX|LYL|TAL|FBXW|FGFR|TYK|"
         "CDKN2|HOX|AF|E")
NAMES = re.compile("|".join((
    r"PEDALL-\d+", r"A?ALL\d{4}", r"AALL\d\dP\d", "E2993", "P9407", r"UKALL R\d", r"BFM (?:90|95|2000)",
    "(?:90|95)(?= (?:and|trials))", "ALL 2000", r"\d\d-001", r"Interfant-\d\d", r"CNS-?\d", r"CR[12]\b", r"CD\d+\b",
    "4-1BB", "19-28z", "CTL019", "KTE-C19", r"R3\b", r"E3\b", r"M[12]\b",
    r"\d+p\d+(?:\.\d+)?", r"[tT]\([^)]*\)(?:\([^)]*\))*(?:/t\([^)]*\)\([^)]*\))?", "iAMP21", r"\bp\d{3}\b",
    rf"(?:{GENES})\d+[A-Z\d]*", "CDKN2[AB]", "PTK2B", r"HOX11L?\d?", "T315I", "interleukin-6", "histamine-2",
    r"(?:[Cc]ohort|[Gg]rade|[Cc]ategory) \d+", r"\bblocks? \d(?:, \d)*", "hydrolase 15",
    "6-(?:MP|mercaptopurine|thioguanine)", r"chromosomes? \d+(?:, \d+)*(?:,? and \d+)?")))
PLACES = re.compile(r"\bpages? \d+(?:, \d+)*|^\d+$|Volume \d+|Issue \d+|January 2020|Version 2\.2020|2016 WHO")
LISTED = re.compile(r"\(\d\)")
# What a citation number is glued to: a word, a bracket, a mark, the number before it in a range; n and P are no words.
GLUED = re.compile(r"(?:(?<!\bn)(?<!\bP)[^\W\d_]|[^\w\s$(–-]|\d[–-])$")
SIGN = re.compile(r"(?<=% )6(?= )|(?<=\()6(?=[sS])|(?<=mean )6(?= )|(?<=arm [AB] )5\b")
LEVEL = re.compile(r"95% CI|per 100,000")
REASONS = {"name": NAMES, "place": PLACES, "list": LISTED, "sign": SIGN, "unit": LEVEL}
# Citations that the copy sets apart from their word by a space.
APART = {(44, "1"), (45, "2"), (1040, "188"), (1044, "189"), (1282, "203")}


@dataclass(frozen=True)
class Claim:
    """A number that the content says stands in certain lines."""

    by: str
    printed: str
    lines: Lines

    def forms(self) -> tuple[str, ...]:
        """How it can stand in the damaged copy."""
        if self.printed in DAMAGED:
            return (DAMAGED[self.printed],)
        return (self.printed, f"{self.printed}3109") if self.printed not in WORDS else ()


def read_text(path: Path) -> list[str]:
    """Lines of a copy of the text, ligatures undone."""
    return [unicodedata.normalize("NFKC", line) for line in path.read_text(encoding="utf-8").splitlines()]


def claims(known: Knowledge) -> Iterator[Claim]:
    """Every number of the content with its lines."""
    for source in (*known.trials.values(), *known.facts.values()):
        name = source.id if isinstance(source, Trial) else source.topic
        for figure in source.figures:
            for token, _ in tokens(figure.as_printed):
                yield Claim(f"{name}.{figure.id}", token, figure.lines)
            if figure.at:
                yield Claim(f"{name}.{figure.id}", f"{figure.at.value.normalize():f}", figure.lines)
        yield from _of_trial(source)


def _of_trial(source: Trial | Facts) -> Iterator[Claim]:
    if isinstance(source, Facts):
        return
    for comparison in source.comparisons:
        for token, _ in tokens(comparison.as_printed or ""):
            yield Claim(f"{source.id}.{comparison.id}", token, comparison.lines)
    if source.population.age:
        for token, _ in tokens(source.population.age.as_printed):
            yield Claim(f"{source.id}.age", token, source.population.age.lines)


def _mentions(known: Knowledge) -> Iterator[Claim]:
    """Numbers in the name of what a figure measures, such as the year of an estimate."""
    for source, figure in known.figures():
        for token, _ in tokens(figure.what or ""):
            yield Claim(f"{source.file.removesuffix('.yaml')}.{figure.id}", token, figure.lines)


def not_found(known: Knowledge, text: list[str]) -> list[Claim]:
    """Numbers of the content that do not stand in the lines they name."""
    return [claim for claim in claims(known) if claim.printed not in WORDS and not _stands(claim, text)
            or claim.printed in WORDS and not _word_stands(claim, text)]


def _passage(lines: Lines, text: list[str]) -> str:
    return "\n".join(line for low, high in lines for line in text[low - 1:high])


def _stands(claim: Claim, text: list[str]) -> bool:
    passage = _passage(claim.lines, text)
    return any(BEFORE.search(passage[:match.start()]) and AFTER.match(passage[match.end():])
               for form in claim.forms() for match in re.finditer(re.escape(form), passage))


def _word_stands(claim: Claim, text: list[str]) -> bool:
    return re.search(rf"\b{claim.printed}\b", _passage(claim.lines, text), re.IGNORECASE) is not None


@dataclass(frozen=True)
class Number:
    """One run of digits of the text and what claims it."""

    line: int
    token: str
    by: str


def numbers_of_text(known: Knowledge, text: list[str]) -> list[Number]:
    """Every run of digits of the text with its claim: figures, a citation, a name, a place; empty without any."""
    by_line: dict[int, list[Claim]] = {}
    for claim in (*claims(known), *_mentions(known)):
        for low, high in claim.lines:
            for line in range(low, high + 1):
                by_line.setdefault(line, []).append(claim)
    found = []
    for number, line in enumerate(text, 1):
        before = re.search(r"(page|chromosome)\s*$", text[number - 2]) if number > 1 else None
        for match in CHUNK.finditer(line):
            by = _claimed(line, match, by_line.get(number, []))
            if before and match.start() == 0:
                by = {"page": "place", "chromosome": "name"}[before.group(1)]
            elif (number, match.group()) in APART:
                by = "citation"
            found.append(Number(number, match.group(), by))
    return found


def _claimed(line: str, match: re.Match, here: list[Claim]) -> str:
    for reason, pattern in REASONS.items():
        for other in pattern.finditer(line):
            if other.start() <= match.start() and match.end() <= other.end():
                return reason
            if other.start() <= match.start() < other.end() and _explain(line[other.end():match.end()], [], True):
                return reason
    glued = GLUED.search(line[:match.start()]) is not None and not line[match.end():].startswith("%")
    explained = _explain(match.group(), _pieces(here), glued, first=True)
    return " ".join(dict.fromkeys(explained or ()))


def _pieces(here: list[Claim]) -> list[tuple[str, str]]:
    """How the claimed numbers of a line can stand in a run of digits, longest first."""
    pieces = {(form.lstrip("."), claim.by) for claim in here for form in claim.forms()}
    return sorted(pieces, key=lambda piece: (-len(piece[0]), piece))


def _explain(rest: str, pieces: list[tuple[str, str]], glued: bool, first: bool = False) -> list[str] | None:
    """What a run of digits is made of: claimed numbers, lost signs between, citations at its end. None: not known."""
    if not rest:
        return []
    for form, by in pieces:
        if rest.startswith(form):
            follow = _explain(rest[len(form):], pieces, glued=True)
            if follow is not None:
                return [by, *follow]
    if glued and all(part.isdigit() and 1 <= int(part) <= LAST_CITATION for part in rest.strip(".,").split(",")):
        return ["citation"]
    if rest[0] in ("56" if first else "6.,") and len(rest) > 1:
        return _explain(rest[1:], pieces, glued=not first and rest[0] != "6")
    return None
