"""The glossary as markup: terms by letter, each with its short and plain meaning, its other names and its place."""
from collections.abc import Mapping
from functools import cache

from content.load import knowledge
from content.model import Term
from content.spelling import plain
from pages.ui.panel import text
from pages.ui.statements import source
from pathways.load import guideline

NUMBERS = "0-9"
NONE = "No term holds these letters. Search, at the top, also understands misspellings."
ORIGINS = {"text": "Meaning as in the text.", "field": "Not defined in the text; general use in the field."}


def listing(named: str | None = None) -> str:
    """Every term, with a field that narrows the list and letters that jump.

    Parameters
    ----------
    named : str or None
        The term that the address names; it comes into sight.
    """
    if named is None:
        return _all()
    if named not in knowledge().terms:
        return f'<p role="status">The address names a term that is not in this glossary.</p>{_all()}'
    here = f'<div data-name="{text(named)}"'
    return _all().replace(here, f'{here} data-arrive="{text(named)}" tabindex="-1" class="here"', 1)


@cache
def _all() -> str:
    g, terms = guideline(), knowledge().terms
    groups = by_letter(terms)
    jumps = "".join(f'<li><button data-jump="{text(letter)}">{text(letter)}</button></li>' for letter in groups)
    parts = "".join(f'<section data-letter="{text(letter)}"><h2 tabindex="-1">{text(letter)}</h2><dl class="terms">'
                    f'{"".join(_term(g, term) for term in some)}</dl></section>'
                    for letter, some in groups.items())
    count = (f'<p class="small quiet" role="status" data-sifted data-one="term" data-many="terms" data-none="{NONE}">'
             f"{len(terms)} terms</p>")
    return ('<div class="sift"><label><span>Narrow the list</span><input type="search" data-sift '
            'autocomplete="off" spellcheck="false" maxlength="60"></label>'
            f'{count}</div><nav aria-label="Letters"><ul class="letters">{jumps}</ul></nav>'
            f'<div class="glossary">{parts}</div>')


def by_letter(terms: Mapping[str, Term]) -> dict[str, list[Term]]:
    """Terms sorted by name, under their first letter; numbers first."""
    groups: dict[str, list[Term]] = {}
    for term in sorted(terms.values(), key=lambda term: (plain(term.term), term.id)):
        first = plain(term.term)[0][0].upper()
        groups.setdefault(NUMBERS if first.isdigit() else first, []).append(term)
    return groups


def _term(g, term: Term) -> str:
    full = f' <span class="full">{text(term.full)}</span>' if term.full and term.full != term.term else ""
    known = {name.lower() for name in (term.term, term.full or "")}
    also = [name for name in term.also if name.lower() not in known]
    names = f'<p class="also small quiet">Also: {text(", ".join(also))}</p>' if also else ""
    place = source(g, term.lines, None, f"term-{term.id}") if term.lines else ""
    return (f'<div data-name="{text(term.id)}"><dt>{text(term.term)}{full}</dt><dd><p>{text(term.short)}</p>'
            f'<p><span class="quiet">In plain words:</span> {text(term.plain)}</p>{names}'
            f'<div class="meta"><span>{ORIGINS[term.origin]}</span>{place}</div></dd></div>')
