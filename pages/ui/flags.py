"""Flags: what changed since 2020, and where the source is wrong; always before the content they touch."""
import re
from collections.abc import Callable, Collection, Iterable

from content.model import Erratum, Later
from pages.ui.panel import late_fold, text
from pathways.evidence import evidence

HEADINGS = {"printed_wrongly": "Error in the source:", "left_out": "Left out in the source:",
            "since_replaced": "Replaced by a later report:", "damaged_copy": "Damaged in our copy of the source:"}
KNOWN = {"extraction": "Symbols were lost when the text was taken out of its PDF; it need not be so in print.",
         "visible": "The text itself shows it.",
         "primary_report": "Known from reports outside the text, named below.",
         "not_verified": "Remembered or inferred; not looked up."}
LATER = "Changed since 2020:"
DOSE = re.compile(r"\d ?(?:mg|micrograms?|g)\b|/kg\b|\bGy\b")


def at_node(node: str) -> str:
    """The flags of one box of the drawing, as markup; empty where it has none."""
    e = evidence()
    return together([*e.later.get(node, ())], [*e.errata.get(node, ())], f"at-{node}")


def on_the_way(nodes: Iterable[str], opened: Collection[str]) -> str:
    """One line for what changed since 2020, one for errors of the source, over several boxes; the rest folded."""
    e, later, errata = evidence(), {}, {}
    for node in nodes:
        later.update({entry.id: entry for entry in e.later.get(node, ())})
        errata.update({entry.id: entry for entry in e.errata.get(node, ())})
    return (_counted(list(later.values()), changed, "way-later", "changed since 2020", opened)
            + _counted(list(errata.values()), wrong, "way-errata", "errors and gaps of the source", opened))


def together(later: list[Later], errata: list[Erratum], keep: str) -> str:
    """A group of flags under one another: what changed, then what is wrong."""
    rows = [changed(entry, keep) for entry in later] + [wrong(entry, keep) for entry in errata]
    return f'<div class="flags" role="group" aria-label="Flags">{"".join(rows)}</div>' if rows else ""


def changed(entry: Later, keep: str) -> str:
    """One later result: what, figures, reference; apart from the 2020 answer."""
    figures = "".join(f"<li>{text(figure)}</li>" for figure in entry.figures)
    unseen = f" Not seen by us: {text(', '.join(entry.not_seen))}." if entry.not_seen else ""
    source = f'<p class="small quiet">{linked(entry.citation, entry.address)}.{unseen}</p>'
    year = entry.published[:4]
    return (f'<details class="note-line flag later" data-flag="{text(entry.id)}" '
            f'data-keep="{text(keep)}-{text(entry.id)}">'
            f"<summary><b>{LATER}</b> {text(entry.title)} ({text(year)})</summary><div><p>{text(entry.finding)}</p>"
            f'<ul class="dotted small">{figures}</ul>{not_for_dosing(entry.finding, *entry.figures)}{source}</div>'
            "</details>")


def wrong(entry: Erratum, keep: str) -> str:
    """One error: as printed, what is right, and how it is known."""
    witnesses = "".join(f"<li>{linked(witness.what, witness.address)}</li>" for witness in entry.witnesses)
    note = f"<p>{text(entry.note)}</p>" if entry.note else ""
    danger = " danger" if entry.severity == "dangerous" else ""
    return (f'<details class="note-line flag error{danger}" data-flag="{text(entry.id)}" '
            f'data-keep="{text(keep)}-{text(entry.id)}"><summary><b>{HEADINGS[entry.heading]}</b> {text(entry.about)}'
            f'</summary><div><dl class="pairs"><div><dt>As printed</dt><dd>{text(entry.as_printed)}</dd></div>'
            f"<div><dt>{better(entry)}</dt><dd>{text(entry.better)}</dd></div></dl>{note}"
            f'{not_for_dosing(entry.as_printed, entry.better)}<p class="small quiet">{KNOWN[entry.known]}</p>'
            f'<ul class="dotted small">{witnesses}</ul></div></details>')


def better(entry: Erratum) -> str:
    """What the right-hand side of an erratum is called."""
    known = {"left_out": "What is missing", "since_replaced": "Later report"}
    return known.get(entry.heading, "Right, or likely right")


def not_for_dosing(*words: str) -> str:
    """The mark beside words that name a dose; empty beside others."""
    named = any(DOSE.search(said) for said in words)
    return '<p class="small">Doses as studied, not for dosing.</p>' if named else ""


def _counted(entries: list, show: Callable, keep: str, name: str, opened: Collection[str]) -> str:
    """The first flag in sight, the others behind one press, and sent only then."""
    if not entries:
        return ""
    first, rest = show(entries[0], keep), entries[1:]
    if not rest:
        return first
    title = f"{len(rest)} more {name}"
    return first + late_fold(keep, title, lambda: "".join(show(one, keep) for one in rest), opened)


def linked(words: str, address: str | None) -> str:
    """Words, as a link where there is an address."""
    if not address:
        return text(words)
    return f'<a href="{text(address)}" target="_blank" rel="noreferrer noopener">{text(words)}</a>'
