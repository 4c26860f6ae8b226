"""Sources: errors and gaps of the text, what only our copy of it had lost, and what came later."""
from collections.abc import Collection, Iterable
from itertools import groupby

from content.load import Knowledge, knowledge
from content.model import Erratum, Later, Shown
from pages.ui import flags
from pages.ui.panel import late_fold, listed, text
from pages.ui.provenance import row
from pages.ui.statements import source
from pathways.drawing import page_name
from pathways.load import guideline

HEADINGS = {"printed_wrongly": "Printed wrongly", "left_out": "Left out", "since_replaced": "Since replaced"}
DAMAGED = "damaged_copy"
SEVERITY = {"dangerous": "Dangerous if taken literally.", "material": "It changes a result or how it reads.",
            "cosmetic": "It changes no result."}


def errata(opened: Collection[str]) -> str:
    """Errors of the source under three headings, and apart from them what only our copy of it had lost."""
    known = knowledge()
    by = {name: [entry for entry in known.errata.values() if entry.heading == name] for name in (*HEADINGS, DAMAGED)}
    folds = [_fold(name, f"{title} ({len(by[name])})", by[name], opened) for name, title in HEADINGS.items()]
    wrong = sum(len(by[heading]) for heading in HEADINGS)
    body = (f"<p>{wrong} places where the text is wrong, leaves out what a reader needs, or was replaced by a "
            "later report. Each stands as printed beside what is better, with how that is known, and as a flag before "
            f'the content that it touches.</p><div class="folds">{"".join(folds)}</div>'
            "<h3>Damaged in our copy</h3><p>Symbols were lost when the text was taken out of its file. That is no "
            "error of the guideline: it may be right in print.</p>"
            f'<div class="folds">{_fold(DAMAGED, f"Lost symbols ({len(by[DAMAGED])})", by[DAMAGED], opened)}</div>')
    return row("Errors and gaps in the source", body)


def later(opened: Collection[str]) -> str:
    """What was reported or approved after the text, by year; the latest year first."""
    every = sorted(knowledge().later.values(), key=lambda entry: entry.published, reverse=True)
    folds = []
    for year, some in groupby(every, key=lambda entry: entry.published[:4]):
        entries = list(some)
        folds.append(late_fold(f"later-{year}", f"{year} ({len(entries)})",
                               lambda entries=entries: _list(_later(entry) for entry in entries), opened))
    body = (f"<p>{len(every)} results, approvals and editions that the text does not know, or of which it "
            "prints earlier numbers. They are flags at the boxes they touch and never part of the 2020 answer. The "
            f'list is not complete.</p><div class="folds">{"".join(folds)}</div>')
    return row("Since 2020", body)


def _fold(heading: str, title: str, entries: list[Erratum], opened: Collection[str]) -> str:
    return late_fold(f"errata-{heading}", title, lambda: _list(_erratum(entry) for entry in entries), opened)


def _list(items: Iterable[str]) -> str:
    return f'<ul class="entries">{"".join(items)}</ul>'


def _erratum(entry: Erratum) -> str:
    note = f"<p>{text(entry.note)}</p>" if entry.note else ""
    witnesses = "".join(f"<li>{flags.linked(witness.what, witness.address)}</li>" for witness in entry.witnesses)
    return (f'<li data-entry="{text(entry.id)}"><h3>{text(entry.about)}</h3>'
            f'<dl class="pairs across"><div><dt>As printed</dt><dd>{text(entry.as_printed)}</dd></div>'
            f"<div><dt>{flags.better(entry)}</dt><dd>{text(entry.better)}</dd></div></dl>{note}"
            f'{flags.not_for_dosing(entry.as_printed, entry.better)}<p class="small quiet">'
            f'<span class="severity {entry.severity}">{SEVERITY[entry.severity]}</span> {flags.KNOWN[entry.known]}</p>'
            f'<ul class="dotted small">{witnesses}</ul>'
            f"{_touches(knowledge(), entry)}</li>")


def _later(entry: Later) -> str:
    figures = "".join(f"<li>{text(figure)}</li>" for figure in entry.figures)
    unseen = (f'<p class="small quiet">Not seen by us, known at second hand: {text(listed(entry.not_seen))}.</p>'
              if entry.not_seen else "")
    return (f'<li data-entry="{text(entry.id)}"><h3>{text(entry.title)}</h3><p>{text(entry.finding)}</p>'
            f'<ul class="dotted small">{figures}</ul>{flags.not_for_dosing(entry.finding, *entry.figures)}'
            f'<p class="small quiet">{flags.linked(entry.citation, entry.address)} '
            f"({text(entry.published)})</p>{unseen}{_touches(knowledge(), entry)}</li>")


def _touches(known: Knowledge, entry: Erratum | Later) -> str:
    """The studies and boxes where the entry is shown, each one press away, and its place in the text."""
    g = guideline()
    links = [("trial", name, known.trials[name].name) for name in trials_of(known, entry.shown)]
    links += [("box", name, f"{g.nodes[name].title} ({page_name(g.nodes[name].page)})") for name in entry.shown.nodes]
    buttons = "".join(f'<li><button type="button" class="goto" data-press="{kind}:{text(name)}">{text(title)}</button>'
                      "</li>" for kind, name, title in links)
    return (f'<ul class="touches small" aria-label="Where it is shown">{buttons}</ul>'
            f'<div class="meta">{source(g, entry.lines, None, entry.id)}</div>')


def trials_of(known: Knowledge, shown: Shown) -> list[str]:
    """The studies that an entry touches, named or by one of their figures."""
    figures = [name.partition(".")[0] for name in shown.figures]
    return list(dict.fromkeys([*shown.trials, *(name for name in figures if name in known.trials)]))
