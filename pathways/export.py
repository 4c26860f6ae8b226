"""Case files in, walks out: what the command line and the tests read and write."""
from __future__ import annotations

from collections.abc import Mapping

from content.reading import Block, DataError, parse_yaml, read_yaml
from pathways.facts import Case, Fact, read_case
from pathways.model import Guideline
from pathways.walk import Walk

CASE_FIELDS = {"name", "facts", "confirmed"}


def read_cases(g: Guideline, source: str, text: str | None = None, extra: frozenset[str] = frozenset()) -> list:
    """Cases of a file, each as (name, Case, block); a course comes as its snapshots, in order.

    Parameters
    ----------
    source : str
        Path of a YAML or JSON file, or a name for `text`.
    extra : names of further fields a case may have (the tests' expectations)

    Raises
    ------
    DataError
        With file, line, field and remedy.
    """
    data = read_yaml(source) if text is None else parse_yaml(text, source)
    entries = data if isinstance(data, list) else [data]
    lines = getattr(data, "item_lines", [1])
    found = []
    for entry, line in zip(entries, lines, strict=True):
        if isinstance(entry, Block) and "course" in entry:
            for number, (snapshot, at) in enumerate(_snapshots(entry, source), 1):
                found.append(_one(g, snapshot, source, extra, at, f"{entry.get('name', 'course')} ({number})"))
        else:
            found.append(_one(g, entry, source, extra, line, ""))
    return found


def _snapshots(entry: Block, source: str) -> list:
    for key in entry:
        if key not in ("name", "course"):
            raise DataError(source, entry.line_of(key), f"a course has no '{key}'", "use name, course")
    if not isinstance(entry["course"], list):
        raise DataError(source, entry.line_of("course"), "'course' is no list", "write one case an item")
    return list(zip(entry["course"], entry["course"].item_lines, strict=True))


def _one(g: Guideline, entry: object, source: str, extra: frozenset[str], line: int,
         name: str) -> tuple[str, Case, Block]:
    if not isinstance(entry, Block):
        raise DataError(source, line, "a case is missing here", "write facts: {key: value}")
    for key in entry:
        if key not in CASE_FIELDS | extra:
            raise DataError(source, entry.line_of(key), f"a case has no '{key}'", "use name, facts, confirmed")
    facts = entry.get("facts")
    if not isinstance(facts, Mapping):
        raise DataError(source, entry.line_of("facts"), "the case has no 'facts'", "write facts: {key: value}")
    confirmed = entry.get("confirmed") or []
    if not isinstance(confirmed, list):
        raise DataError(source, entry.line_of("confirmed"), "'confirmed' is no list", "write confirmed: [key]")
    name = name or str(entry.get("name", ""))
    return name, read_case(g.facts, facts, [str(key) for key in confirmed], name), entry


def is_single(source: str, text: str | None = None) -> bool:
    """Whether a case file holds one case, not a list or a course."""
    data = read_yaml(source) if text is None else parse_yaml(text, source)
    return not isinstance(data, list) and "course" not in data


def walk_json(found: Walk) -> dict:
    """A walk as plain data: everything the command line prints with --json."""
    g = found.guideline
    return {
        "name": found.case.name,
        "status": found.status,
        "reason": found.reason,
        "problems": [{"fact": p.key, "kind": p.kind, "text": p.sentence} for p in found.problems],
        "waits_for": [{"fact": key, "when": "later" if found.is_later(key) else "now"} for key in found.ask],
        "pages": found.pages,
        "nodes": dict(found.states),
        "steps": [{"page": s.page, "node": s.node, "branch": s.branch, "because": s.because,
                   "source": place(g, s.lines)} for s in found.steps],
        "statements": [{"id": s.id, "kind": s.kind, "text": s.say, "strength": s.strength, "category": s.category,
                        "certainty": s.certainty, "page": s.page, "node": s.node, "source": place(g, s.lines)}
                       for s in found.statements],
        "schemes": {key: {"groups": [{"group": r.group, "because": r.because} for r in result.groups],
                          "separated_by": result.separated_by} for key, result in found.schemes.items()},
        "definitions": found.definitions,
        "ask": found.ask,
        "notes": [{"id": n.id, "text": n.say, "severity": n.severity} for n in found.notes],
    }


def place(g: Guideline, lines: tuple) -> dict:
    """Where in the text something stands: sections and line ranges."""
    return {"sections": list(dict.fromkeys(g.section(low) for low, _ in lines)), "lines": [list(r) for r in lines]}


def walk_text(found: Walk) -> str:
    """A walk as a few readable lines."""
    g = found.guideline
    lines = [f"{found.case.name or 'case'}: {found.status}"]
    if found.reason:
        lines.append(f"  {found.reason}")
    for step in found.steps:
        because = f"  because {step.because}" if step.because else ""
        lines.append(f"  {step.page:10} {g.nodes[step.node].title}{because}")
    for s in found.statements:
        if s.certainty != "possible" and s.kind == "recommendation":
            lines.append(f"  - {s.say} [{s.strength}, {s.category}, {s.certainty}]")
    for key, result in found.schemes.items():
        if result.groups:
            apart = f"  apart by {', '.join(result.separated_by)}" if result.separated_by else ""
            lines.append(f"  {key}: {' or '.join(r.group for r in result.groups)}{apart}")
    if found.ask:
        lines.append("  waits for: " + ", ".join(g.facts[key].label for key in found.ask))
    lines += [f"  note {note.id}: {note.title}" for note in found.notes]
    return "\n".join(lines)


def facts_json(g: Guideline) -> dict:
    """The fact dictionary as plain data."""
    return {key: _fact_json(g, fact) for key, fact in g.facts.items()}


def _fact_json(g: Guideline, fact: Fact) -> dict:
    low, high = fact.range
    found = {"kind": fact.kind, "label": fact.label, "ask": fact.ask, "plain": fact.plain, "group": fact.group,
             "known": fact.known, "from": fact.origin, "synonyms": list(fact.synonyms)}
    if fact.units:
        found |= {"unit": fact.unit, "units": {unit: str(factor) for unit, factor in fact.units.items()},
                  "range": [float(low), float(high)],
                  "plausible": {unit: [float(a), float(b)] for unit, (a, b) in fact.plausible.items()}}
    if fact.choices:
        found["choices"] = dict(fact.choices)
    if fact.kind == "finding":
        found["choices"] = dict(fact.words)
    if fact.only_when:
        found["only_when"] = fact.only_when
    return found

