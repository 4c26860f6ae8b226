"""What the Sources page says of itself: intended use, origin, what the text leaves open, rights; and its two shapes."""
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

from content.reading import read_words
from pages.ui import frame
from pages.ui.panel import late_fold, text
from pages.ui.statements import source
from pathways.model import Guideline

CONTENT = Path(__file__).parents[2] / "content"
LINK = f'<a href="{frame.CURRENT}" target="_blank" rel="noreferrer noopener">nccn.org</a>'
PROSE = ("intended_use.md", "origin.md", "rights.md")
READ = {"read_once": "read once", "read_twice": "read twice"}
EFFECTS = {
    "open": "Both readings stay open together",
    "ask": "A named fact settles it, and is asked",
    "fixed": "One reading, its note always within reach",
    "note": "A note under a stated condition",
    "display": "Wording, or a correction",
}


def row(title: str, body: str) -> str:
    """One part of the page: its title, and beside it, or below on a narrow screen, what it says."""
    return f'<section class="ledger"><h2>{text(title)}</h2><div class="said-of">{body}</div></section>'


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], kind: str = "") -> str:
    """A table of text; the first cell of each row is its head.

    Parameters
    ----------
    columns : sequence of str
        Heads of the columns.
    rows : iterable of sequence
        The cells; each is escaped.
    kind : str
        A class for its style: `numbers` sets all but the first column to the right.
    """
    head = "".join(f'<th scope="col" role="columnheader">{text(name)}</th>' for name in columns)
    lines = []
    for first, *rest in rows:
        cells = "".join(f'<td role="cell" data-column="{text(name)}">{text(cell)}</td>'
                        for name, cell in zip(columns[1:], rest, strict=True))
        lines.append(f'<tr role="row"><th scope="row" role="rowheader">{text(first)}</th>{cells}</tr>')
    return framed(head, "".join(lines), kind)


def framed(head: str, body: str, kind: str = "") -> str:
    """Markup of a table around its rows; roles are named, since on a phone its rows stand below one another."""
    return (f'<table class="sheet {kind}" role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{body}</tbody></table>')


def intended_use() -> str:
    """The full statement, from its one file."""
    return row("Intended use", _prose("intended_use.md"))


def origin() -> str:
    """Where the content comes from, how old it is, and where the current version stands."""
    return row("Where it comes from", _prose("origin.md") + f"<p>Current versions are at {LINK}.</p>")


def rights() -> str:
    """Whose the guideline is, and what hosting this publicly needs."""
    return row("Rights", _prose("rights.md") + f"<p>The guideline itself, in its current version, is at {LINK}.</p>")


@cache
def prose(name: str) -> str:
    """The words of a file of `content/`, read once a process."""
    return read_words(CONTENT / name)


def _prose(name: str) -> str:
    words = prose(name).replace("{year}", str(frame.GUIDELINE_YEAR)).replace("{age}", str(frame.age()))
    return "".join(f"<p>{text(part.strip())}</p>" for part in words.split("\n\n"))


def ambiguities(g: Guideline, opened: Collection[str]) -> str:
    """Where the text is silent or contradicts itself, by what is done about it."""
    folds = []
    for effect, title in EFFECTS.items():
        some = {key: a for key, a in g.ambiguities.items() if a.effect == effect}
        if some:
            folds.append(late_fold(f"effect-{effect}", f"{title} ({len(some)})", lambda some=some: _open(g, some),
                                   opened))
    return row("Where the text leaves things open",
               f"<p>{len(g.ambiguities)} places where the text is silent or contradicts itself. Nothing is decided in "
               f'its place: where it has no answer, both readings stand.</p><div class="folds">{"".join(folds)}</div>')


def _open(g: Guideline, some: dict) -> str:
    items = "".join(f'<li><h3>{text(a.title)}</h3><p>{text(a.say)}</p><div class="meta"><span>{text(key)}</span>'
                    f"{source(g, a.lines, None, key)}</div></li>" for key, a in some.items())
    return f'<ul class="entries">{items}</ul>'
