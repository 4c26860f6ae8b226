"""What the Sources page says: intended use, origin, readings, what the text leaves open, rights."""
from pathlib import Path

from pages.ui import frame
from pages.ui.panel import fold, text
from pages.ui.statements import source
from pathways.drawing import page_name

CONTENT = Path(__file__).parents[2] / "content"
READ = {"read_once": "read once", "read_twice": "read twice"}
EFFECTS = {
    "open": "Both readings stay open together",
    "ask": "A named fact settles it, and is asked",
    "fixed": "One reading, its note always within reach",
    "note": "A note under a stated condition",
    "display": "Wording, or a correction",
}


def abreast(left: str, right: str) -> str:
    """Two columns of sections; one below the other where there is no room."""
    return f'<div class="abreast"><div>{left}</div><div>{right}</div></div>'


def intended_use() -> str:
    """The full statement, from its one file."""
    return _prose("Intended use", "intended_use.md")


def origin() -> str:
    """Where the content comes from, how old it is, and where the current version stands."""
    link = f'<a href="{frame.CURRENT}" target="_blank" rel="noreferrer noopener">nccn.org</a>'
    return _prose("Where it comes from", "origin.md", f"<p>Current versions are at {link}.</p>")


def rights() -> str:
    """Whose the guideline is, and what hosting this publicly needs."""
    return _prose("Rights", "rights.md")


def _prose(title: str, name: str, last: str = "") -> str:
    words = (CONTENT / name).read_text(encoding="utf-8")
    words = words.replace("{year}", str(frame.GUIDELINE_YEAR)).replace("{age}", str(frame.age()))
    paragraphs = "".join(f"<p>{text(part.strip())}</p>" for part in words.split("\n\n"))
    return f'<section class="prose"><h2>{text(title)}</h2>{paragraphs}{last}</section>'


def readings(g) -> str:
    """How often each page of the drawings was read against the text."""
    rows = "".join(f'<tr><th scope="row">{text(page_name(page.id))}</th><td>{text(page.title)}</td>'
                   f"<td>{text(READ[page.review])}</td></tr>" for page in g.pages.values())
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Page", "About", "Against the text"))
    return ('<section><h2>What was checked</h2><p class="prose"><b>No clinician has reviewed the content.</b></p>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>")


def ambiguities(g) -> str:
    """Where the text is silent or contradicts itself, by what is done about it."""
    folds = []
    for effect, title in EFFECTS.items():
        some = {key: a for key, a in g.ambiguities.items() if a.effect == effect}
        items = "".join(f'<li><b>{text(a.title)}</b><p>{text(a.say)}</p><div class="meta"><span>{text(key)}</span>'
                        f"{source(g, a.lines, None, key)}</div></li>" for key, a in some.items())
        if some:
            folds.append(fold(f"effect-{effect}", f"{title} ({len(some)})", f'<ul class="plain-list">{items}</ul>'))
    return ('<section><h2>Where the text leaves things open</h2>'
            f'<p class="prose">{len(g.ambiguities)} places where the text is silent or contradicts itself. Nothing is '
            "decided in its place: where it has no answer, both readings stand.</p>"
            f'<div class="folds">{"".join(folds)}</div></section>')
