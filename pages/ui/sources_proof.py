"""Sources: what the proof of the drawings finds, worked out once a process when it is first asked for."""
from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING

from pages.ui import example_child
from pages.ui.panel import late_fold, listed, text
from pages.ui.provenance import row, table
from pathways import record
from pathways.conditions import facts_of
from pathways.drawing import page_name
from pathways.load import guideline
from pathways.model import Guideline

if TYPE_CHECKING:
    from pathways.counting import Proof

BOTH = "Both methods: the exact set of children who come to it, and every combination counted one by one"
SETS = "The exact set of children who come to it"
READ = "Refused when the files are read"
PROPERTIES = (
    ("No page leads in a circle", READ, ()),
    ("Every arrow leads to a box that exists", READ, ()),
    ("Every box is reached by some child", SETS, ("no child ever reaches",)),
    ("Every question has an answer for every child who comes to it", BOTH, ("has no answer",)),
    ("No question has two answers for one child", BOTH, ("has two answers",)),
    ("Every answer is taken by some child", SETS, ("is never taken",)),
    ("Every risk scheme has one answer for every child, and only one", BOTH,
     ("has no group", "has two groups", "is never given")),
    ("Every constraint leaves children over", SETS, ("leaves no child",)),
)


@cache
def proven() -> tuple[Guideline, Proof]:
    """The proof, on sets of its own, so that no walk waits for it. What it needs to count loads only now."""
    from pathways.proof import prove

    g = guideline().apart()
    return g, prove(g)


@cache
def last_run() -> tuple[record.Record, bool]:
    """What the last whole run of mutate found, and whether the rules are still those of that run."""
    run = record.last()
    return run, run.present


def proof(opened: Collection[str]) -> str:
    """What was proven, page by page, every end with a child who reaches it."""
    parts: tuple[tuple[str, str, Callable[[Guideline, Proof], str]], ...] = (
        ("proof-properties", "What was proven, and how", _properties), ("proof-pages", "Page by page", _pages),
        ("proof-schemes", "Risk schemes", _schemes), ("proof-silent", "Where the text stops", _silent),
        ("proof-ends", "Every end, with a child who reaches it", _ends),
        ("proof-constraints", "What cannot be true together", _constraints),
        ("proof-mutants", "What changing the rules showed", _mutants))
    folds = "".join(late_fold(name, title, lambda made=made: made(*proven()), opened) for name, title, made in parts)
    return row("The proof", "<p>No child falls through and none gets two answers: shown for every page and every risk "
               "scheme, by two methods that must agree. It is run here when one of these is opened; the same as "
               f'<code>python -m pathways prove</code>.</p><div class="folds">{folds}</div>')


def holds(found: Proof, phrases: tuple[str, ...]) -> bool:
    """Whether no hole speaks against a property."""
    return not any(phrase in hole.what for hole in found.holes for phrase in phrases)


def _properties(g: Guideline, found: Proof) -> str:
    rows = []
    for what, how, phrases in PROPERTIES:
        good = holds(found, phrases)
        rows.append([what, "✓\u00a0holds" if good else "✗\u00a0fails", how])
    holes = "".join(f"<li>{text(hole.file)}, line {hole.line}: {text(hole.what)}</li>" for hole in found.holes)
    return (f"<p><b>{text(summary(found))}</b> {found.facts} facts, {found.cells} cells, {found.rows:,} combinations "
            f'counted one by one.</p><ul class="dotted">{holes}</ul>'
            + table(("Property", "Result", "How it was checked"), rows))


def _pages(g: Guideline, found: Proof) -> str:
    rows = []
    for page in found.pages:
        keys = {key for node in g.pages[page["page"]].nodes.values() for outcome in g.outcomes.get(node.id, [])
                for key in facts_of(outcome.tree, g.definitions)}
        cells = sum(len(g.space.cells.get(key, ())) for key in keys)
        rows.append([page_name(page["page"]), page["facts"], cells, page["nodes"], page["decisions"], page["routes"],
                     page["ends"], page["ambiguities"], page["residual"]])
    return table(("Page", "Facts", "Cells", "Boxes", "Questions", "Routes", "Ends", "Left open", "“Otherwise”"), rows,
                 "numbers")


def _schemes(g: Guideline, found: Proof) -> str:
    rows = [[g.schemes[scheme["id"]].name, scheme["groups"], scheme["ambiguities"], scheme["residual"]]
            for scheme in found.schemes]
    return table(("Scheme", "Groups", "Left open", "“Otherwise”"), rows, "numbers")


def _ends(g: Guideline, found: Proof) -> str:
    """Every end, pressed it opens in its drawing, with a child of whom no more is known than leads there."""
    rows = "".join(f'<tr><th scope="row"><button type="button" class="goto" data-press="box:{text(end)}">'
                   f"{text(g.nodes[end].title)}</button> ({text(page_name(g.nodes[end].page))})</th>"
                   f"<td>{text('; '.join(example_child.known(end)))}</td></tr>" for end in found.ends)
    return (f'<table><thead><tr><th scope="col">End</th><th scope="col">{example_child.TITLE} who reaches it</th></tr>'
            f"</thead><tbody>{rows}</tbody></table>")


def _silent(g: Guideline, found: Proof) -> str:
    """The ends at which the text says nothing more, each in the words that a walk shows there."""
    rows = [[node.title, page_name(node.page), node.say] for node in g.nodes.values() if node.kind == "silent"]
    named = sum(bool(fact.origin) for fact in g.facts.values())
    return (f"<p>{len(rows)} ends where the text itself stops; nothing is put in its place. {named} of {len(g.facts)} "
            f"facts name where their result comes from.</p>{table(('End', 'Page', 'What is said there'), rows)}")


def _mutants(g: Guideline, found: Proof) -> str:
    """The last whole run of `mutate`: a change of a rule that nothing notices would be a gap in the cases."""
    run, present = last_run()
    rows = [["A proof of the drawings no longer held", run.proof], ["A case came out otherwise than typed", run.case],
            ["No child is treated otherwise", len(run.equivalent)], ["Nobody noticed", len(run.survivors)]]
    state = "The rules are still those of that day." if present else (
        "The rules have changed since; what follows is about those of that day.")
    what = ("each limit moved, each comparison turned, each condition negated, answers swapped or dropped, strengths "
            "and categories changed")
    lines = [[noticed, f"{number:,}"] for noticed, number in rows]
    return (f"<p>On {run.day} every rule was changed one step at a time: {what}. {run.mutants:,} changes, "
            f"{run.cases:,} cases typed from the text. {state}</p>"
            + table(("What noticed the change", "Changes"), lines, "numbers")
            + f"<p>Conditions without a pair of cases that shows their own effect: {len(run.lacking)}.</p>")


def _constraints(g: Guideline, found: Proof) -> str:
    rows = [[constraint["reason"], f"{constraint['removes']} of {constraint['of']}"]
            for constraint in found.constraints]
    return table(("Reason", "Cells it removes"), rows)


def summary(found: Proof) -> str:
    """One sentence: proven, or what is not."""
    failed = [what for what, _, phrases in PROPERTIES if not holds(found, phrases)]
    return f"Not proven: {listed(failed)}." if failed else "All of it holds."
