"""Every way in for words from outside: what good words look like there, and what is done with bad ones."""
from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from content.reading import DataError, parse_yaml, read_yaml
from pages.ui import search
from pages.ui.case_code import decode, encode
from pages.ui.fields.entries import as_facts, clean
from pages.ui.fields.notes import notes
from pathways import batch
from pathways.conditions import ConditionError, in_words, kleene, parse
from pathways.expect import expected_cases
from pathways.export import read_cases, walk_json, walk_text
from pathways.facts import read_case
from pathways.lessons import results, review
from pathways.lessons.lesson import project_lessons
from pathways.load import guideline
from pathways.look_up import index
from pathways.walk import walk
from tests.fuzz.pages import ADDRESSES, PRESSES, press, visit
from tests.fuzz.run import Entry

ROOT = Path(__file__).parents[2]
PLACED = re.compile(r"[\w .-]+:\d+: .+ - .+", re.DOTALL)
CONDITION = re.compile(r"^\s*(?:- )?(?:when|must|only_when): (.+)$", re.MULTILINE)
HALF = re.compile("[\ud800-\udfff]")
COLUMNS = ("situation", "age_at_diagnosis_years", "wbc_10e9_per_l", "lineage", "eoi_mrd_percent", "confirmed", "id")
G = guideline()


class Wrong(Exception):
    """An answer that is not what it should be."""


def sentence(said: str) -> int:
    """One refusal, as people are to see it."""
    if not said.strip() or "Traceback" in said or 'File "' in said:
        raise Wrong(f"no sentence for a person: {said[:200]}")
    return 1


def placed(error: DataError) -> int:
    """One refusal with file, line and remedy."""
    if not PLACED.fullmatch(str(error)) or error.line < 1:
        raise Wrong(f"no place: {error}")
    return sentence(str(error))


def one(feed: Callable[[str], int]) -> Callable[[Sequence[str]], int]:
    """A way in that takes one text at a time."""
    return lambda texts: sum(map(feed, texts))


@cache
def scratch() -> Path:
    """A file that is written anew with each input."""
    return Path(tempfile.mkdtemp(prefix="fuzz-")) / "case.yaml"


def written(text: str) -> Path:
    """The text as a file; a half of a pair of signs makes it no UTF-8."""
    scratch().write_bytes(text.encode("utf-8", "surrogatepass"))
    return scratch()


def in_memory(text: str) -> bool:
    """Most texts need no file; one that is no UTF-8 does, and some of the others."""
    return len(text) % 4 > 0 and not HALF.search(text)


# what they do ---------------------------------------------------------------------------------------------------------
def condition(text: str) -> int:
    try:
        tree = parse(text, G.facts, G.definitions, pairs=len(text) % 2 == 0)
    except ConditionError as error:
        return sentence(str(error))
    in_words(tree, G.facts, {name: model.label for name, model in G.definition_data.items()})
    kleene(tree, G.definitions, lambda atom: None)
    return 0


def data_file(text: str) -> int:
    try:
        parse_yaml(text, "data.yaml") if in_memory(text) else read_yaml(written(text))
    except DataError as error:
        return placed(error)
    return 0


def case_file(text: str) -> int:
    try:
        cases = read_cases(G, "case.yaml", text) if in_memory(text) else read_cases(G, str(written(text)))
    except DataError as error:
        return placed(error)
    refused = 0
    for _, case, _ in cases[:1]:
        refused = max(sentence(problem.sentence) for problem in case.problems) if case.problems else 0
        found = walk(G, case)
        sentence(walk_text(found) if len(text) % 4 else json.dumps(walk_json(found)))
    return refused


def table_head(text: str) -> int:
    try:
        columns, rows = batch.read(written(text))
        list(rows)
        list(batch.run(G, scratch(), [], columns))
    except DataError as error:
        return placed(error)
    return 0


def table_rows(texts: Sequence[str]) -> int:
    cells = [text.split(",") for text in texts]
    whole = [(row + [""] * len(COLUMNS))[:len(COLUMNS)] if len(row) % 2 else row for row in cells]
    found = list(batch.run(G, scratch(), whole, COLUMNS))
    if len(found) != len(texts):
        raise Wrong(f"{len(found)} results for {len(texts)} rows")
    return sum(sentence(row["problem"]) for row in found if row["status"] == "invalid")


def case_code(text: str) -> int:
    opened = decode(text, G.facts)
    if opened.problem:
        return sentence(opened.problem)
    told, confirmed = as_facts(opened.entries, G.facts)
    sentence(walk(G, read_case(G.facts, told, confirmed)).status)
    return 0


def result_code(text: str) -> int:
    opened = results.decode(text, project_lessons())
    review.table(text, project_lessons())
    return sentence(opened.problem) if opened.problem else 0


def searched(text: str) -> int:
    found = index().find(text)
    search.place({"kind": text[:8], "id": text})
    return sentence(search.said(found)) if found.refused else 0


def typed(text: str) -> int:
    refused = 0
    for key in ("age_at_diagnosis_years", "wbc_10e9_per_l", "eoi_mrd_percent"):
        fact = G.facts[key]
        entry = {"percent": text} if fact.kind == "mrd" else {"value": text, "unit": next(iter(fact.units))}
        entries = clean({key: entry}, G.facts)
        told, _ = as_facts(entries, G.facts)
        read = read_case(G.facts, told)
        said = notes(entries, G.facts, read).get(key, {})
        refused |= sentence(said["text"]) if said.get("tone") in ("wrong", "ask") else not told
    return int(refused)


# what good words look like --------------------------------------------------------------------------------------------
@cache
def conditions() -> tuple[str, ...]:
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "pathways").rglob("*.yaml")]
    found = {match.strip("'\"") for text in files for match in CONDITION.findall(text)}
    return tuple(sorted(text for text in found if not text.startswith(("|", ">"))))


@cache
def yaml_parts() -> tuple[str, ...]:
    files = sorted(path for name in ("content", "pathways") for path in (ROOT / name).rglob("*.yaml"))
    return tuple(path.read_text(encoding="utf-8")[:1_500] for path in files)


@cache
def cases() -> tuple[str, ...]:
    """Some of the tests' cases, as YAML and as JSON, alone, as a list and as a course."""
    facts = [dict(sorted(_plain(one.case).items())) for one in expected_cases(G)[::8]]
    some = [json.dumps({"name": "x", "facts": known, "confirmed": []}) for known in facts]
    lines = ["facts:\n" + "".join(f"  {key}: {value!r}\n" for key, value in known.items()) for known in facts if known]
    return (*some, *lines, f"[{some[0]}, {some[1]}]", f'{{"name": "c", "course": [{some[0]}, {some[1]}]}}')


def _plain(case) -> dict[str, object]:
    return {key: value.choice or f"{float(value.low):g}" for key, value in case.values.items()
            if value.choice or value.low == value.high}


@cache
def rows() -> tuple[str, ...]:
    some = [_plain(one.case) for one in expected_cases(G)[::8]]
    return tuple(",".join(str(known.get(key, "")) for key in COLUMNS) for known in some)


@cache
def codes() -> tuple[str, ...]:
    some = [clean({key: {G.facts[key].kind: value} for key, value in _plain(one.case).items()
                   if G.facts[key].kind in ("choice", "finding")}, G.facts) for one in expected_cases(G)[::8]]
    return tuple(sorted({encode(entries, G.facts) for entries in some if entries}))


@cache
def result_codes() -> tuple[str, ...]:
    lessons = [lesson for lesson in project_lessons().values() if lesson.kind == "case"]
    blank = results.Choice()
    return tuple(results.encode(results.Result(one.id, 17, (blank,) * len(list(one.asked()))), one) for one in lessons)


@cache
def words() -> tuple[str, ...]:
    """What these ways in know: facts, units, choices, signs."""
    known = [word for fact in G.facts.values() for word in (fact.key, *fact.choices, *filter(None, fact.units))]
    signs = (" and ", " or ", "not ", "(", ")", " == ", " <= ", " in ", "present", "absent", "months(", "is_positive(",
             "0.01", "10", "50000 /uL", "facts: ", "confirmed: [", "course: ", "{", "}", "[", "]", ",", ".")
    return (*known, *G.definitions, *signs)


@cache
def names() -> tuple[str, ...]:
    return tuple(name for entry in index().entries for name in (entry.title, *entry.also))


NUMBERS = ("7.5", "50.000", "50,000", "12,5", "1 000", "0.01", "123.45", "4", "1e3")
ENTRIES = (
    Entry("conditions", one(condition), conditions, words),
    Entry("data files (YAML)", one(data_file), yaml_parts, words),
    Entry("case files (YAML, JSON)", one(case_file), cases, words),
    Entry("tables: head and form (CSV)", one(table_head), lambda: (",".join(COLUMNS) + "\n" + rows()[0],), words),
    Entry("tables: rows (CSV)", table_rows, rows, words, batch=50),
    Entry("case codes", one(case_code), codes, lambda: ("PALL1-", "PALL", "-", "_", "=", "eJ")),
    Entry("result codes", one(result_code), result_codes, lambda: ("PALLR1.", ".", "--", "a1", "made_pedall_3_plain")),
    Entry("search", one(searched), names, names),
    Entry("typed numbers", one(typed), lambda: NUMBERS, lambda: (*NUMBERS, "years", "\u00a0", "\x0b\x1f", "'")),
    Entry("addresses", one(visit), lambda: ADDRESSES, lambda: ("?", "&", "=", "%", "%00", "+", "node=", "case=")),
    Entry("presses in the browser", one(press), lambda: PRESSES, lambda: (":", "fold:", "step:", "node:", "code:")),
)
