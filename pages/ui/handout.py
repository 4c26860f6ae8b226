"""One page of paper about a walk, typeset from `handout.typ`; everything in it is passed as data, never as source."""
import json
from datetime import date
from pathlib import Path

from pages.ui import frame, handout_drawing, studies
from pages.ui.flags import DOSE, HEADINGS, better
from pages.ui.note import plain_finding
from pages.ui.panel import inside
from pages.ui.provenance import prose
from pages.ui.release import releases
from pages.ui.standing import ASIDE, STATES, because_of, points, ranked_notes, said, speaker, stands
from pages.ui.statements import STRENGTHS
from pathways.drawing import page_name
from pathways.evidence import evidence
from pathways.model import Guideline
from pathways.walk import Walk

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FONTS = ROOT / "static/fonts"
TITLE = "Where one child stands in the 2020 text"
AS_STUDIED = " (dose as studied, not for dosing)"
PAPERS = {"a4": "a4", "letter": "us-letter"}
READ = {"open": "Left open by the text", "ask": "Asked, since the text does not say", "fixed": "How the text was read",
        "note": "Worth knowing", "display": "Wording of the text"}
BOXES = (12, 9, 7, 5, 4, 3, 2, 1)
# How much is said, from all to little; the fullest that fits one page is taken. What applies where the child stands is
# never shortened. `boxes` is the least the drawing shows; `words` and `finding` are what explains a title.
MOST = {"route": (99, 99, 99, 12, 10, 8, 7, 6, 5, 4, 3, 2), "entered": (99, 99, 99, 40, 30, 24, 20, 18, 16, 12, 8, 6),
        "unknown": (99, 99, 99, 20, 14, 12, 10, 8, 8, 6, 4, 3), "notes": (99, 99, 99, 8, 6, 5, 4, 3, 3, 2, 2, 1),
        "later": (99, 99, 99, 6, 5, 4, 4, 3, 3, 2, 1, 1), "errata": (99, 99, 99, 4, 3, 3, 3, 2, 2, 2, 1, 1),
        "trials": (99, 99, 99, 9, 8, 7, 6, 5, 4, 3, 2, 1), "offered": (99, 99, 99, 99, 99, 99, 16, 12, 9, 7, 4, 2),
        "boxes": (7, 6, 5, 5, 4, 4, 4, 3, 3, 2, 2, 1), "size": (9.5, 9.5, 9.5, *[9] * 9),
        "finding": (True, False, *[False] * 10), "words": (True, True, *[False] * 10),
        "tight": (*[False] * 7, *[True] * 5)}
LEVELS = [dict(zip(MOST, row, strict=True)) for row in zip(*MOST.values(), strict=True)]


def pdf(g: Guideline, w: Walk, paper: str, unread: tuple[str, ...] = (), today: date | None = None) -> bytes:
    """The page as a tagged PDF.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    paper : str
        `a4` or `letter`.
    unread : sequence of str
        Fact keys that were begun but are not read yet.
    today : date or None
        Day that is printed; today when None.
    """
    return typeset(content(g, w, unread, today) | {"paper": PAPERS[paper]})


def typeset(data: dict, template: str = "handout.typ") -> bytes:
    """Typeset a page; a compiler of its own each time, so that nothing of a case outlives it."""
    return _compiler(data, template).compile(format="pdf", pdf_standards=["ua-1"])


def sides(data: dict, template: str) -> int:
    """How many sides of paper a page takes whose template says so at its end."""
    return json.loads(_compiler(data, template).query("<sides>", field="value", one=True))


def _compiler(data: dict, template: str):
    import typst  # some MB of code, loaded when the first page is asked for

    return typst.Compiler(HERE / template, root=HERE, font_paths=[FONTS], ignore_system_fonts=True,
                          sys_inputs={"data": json.dumps(data)})


def content(g: Guideline, w: Walk, unread: tuple[str, ...] = (), today: date | None = None) -> dict:
    """All that may stand on the page, as plain data."""
    standing, last = stands(g, w), releases()
    here, offered = said(g, w) if standing else ([], [])
    old, limits = frame.notice()
    statement = prose("intended_use.md")
    return {
        "title": TITLE, "levels": LEVELS, "old": old, "limits": limits, "intended": " ".join(statement.split()),
        "version": f"NCCN Pediatric ALL, Version 2.2020 (2020). Explorer {last['last_version']}, content of "
                   f"{last['last']}. Printed {today or date.today()}.",
        "where": _where(g, w), **_entered(g, w), "unread": [g.facts[key].label for key in unread],
        "here": [_statement(g, s) for s in here], "offered": [_statement(g, s) for s in offered],
        "elsewhere": len([s for s in w.statements if s.certainty == "applies"]) - len(here) if standing else 0,
        "now": [g.facts[key].label for key in w.waits_now], "after": [g.facts[key].label for key in w.waits_later],
        "route": _route(g, w) if standing else [],
        "notes": [{"lead": READ[note.effect], "title": note.title, "id": note.id, "say": note.say}
                  for note in ranked_notes(w)],
        **_flags(g, w), "trials": _trials(g, w) if standing else [],
        "drawings": [vars(one) for one in handout_drawing.drawings(g, w, BOXES)] if standing else [],
    }


def _where(g: Guideline, w: Walk) -> dict:
    if not stands(g, w):
        reasons = " ".join(dict.fromkeys([w.reason, *(problem.sentence for problem in w.problems)])).strip()
        title = STATES.get(w.status, "The situation is not entered yet")
        return {"title": title, "page": "", "because": "", "state": reasons}
    node, because = g.nodes[w.current], because_of(g, w)
    state = "What comes next depends on what is not known yet." if w.status == "incomplete" else \
        f"{STATES[w.status]}. {w.reason or ''}".strip()
    return {"title": node.title, "page": f"{page_name(node.page)}, {node.id}",
            "because": f"because {inside(because)}" if because else "", "state": state}


def _entered(g: Guideline, w: Walk) -> dict[str, list[str]]:
    """Entries with their values; beside them the names of what was found, and of what was looked for and not found."""
    known = [key for key in g.facts if key in w.case.values]
    return {"entered": [f"{g.facts[key].label}: {w.case.values[key].text}" for key in known
                        if not plain_finding(g, w, key)],
            "found": [g.facts[key].label for key in known if plain_finding(g, w, key) == "present"],
            "absent": [g.facts[key].label for key in known if plain_finding(g, w, key) == "absent"]}


def _statement(g: Guideline, s) -> dict:
    tags = [STRENGTHS.get(s.strength, s.strength), f"category {s.category}"] if s.strength else \
        ["for information"] if s.kind == "description" else []
    lines = ", ".join(f"{first} to {last}" if first != last else f"{first}" for first, last in s.lines)
    many = "s" if len(s.lines) > 1 or " to " in lines else ""
    return {"say": s.say, "tags": ", ".join(tags), "place": f"text line{many} {lines}"}


def _route(g: Guideline, w: Walk) -> list[dict]:
    """Each question that was answered: its rule in words, and where that led."""
    steps = [step for step in w.steps if step.because and step.page != ASIDE]
    return [{"question": g.nodes[step.node].title, "rule": step.because,
             "to": g.nodes[step.branch].title if step.branch else ""} for step in steps]


def _flags(g: Guideline, w: Walk) -> dict:
    e, later, errata = evidence(), {}, {}
    for node in points(g, w):
        later.update({entry.id: entry for entry in e.later.get(node, ())})
        errata.update({entry.id: entry for entry in e.errata.get(node, ())})
    return {
        "later": [{"title": _titled(f"{entry.title} ({entry.published[:4]})"),
                   "finding": "" if DOSE.search(entry.finding) else entry.finding} for entry in later.values()],
        "errata": [{"lead": HEADINGS[entry.heading].rstrip(":"), "title": _titled(entry.about),
                    "finding": "" if DOSE.search(entry.better) else f"{better(entry)}: {entry.better}"}
                   for entry in errata.values()],
    }


def _titled(words: str) -> str:
    return words + AS_STUDIED if DOSE.search(words) else words


def _trials(g: Guideline, w: Walk) -> list[dict]:
    return [{"name": trial.name, "fit": inside(studies.fit_words(trial, w))}
            for trial in studies.at([w.current, speaker(g, w)])]
