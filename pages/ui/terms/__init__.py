"""Terms where they stand: a term in a sentence is a button, and one press tells in place what it means."""
import html
import re
from functools import cache

from content.load import knowledge

# Everyday words and letters: as names of a term they would be marked where something else is meant.
PLAIN_WORDS = {"p", "range", "bridge", "flow", "arm", "panel", "clone", "clonal", "compliance", "continuation",
               "median", "pulses", "favorable", "unfavorable", "rearrangement", "incidence", "phase", "follow-up",
               "lesion", "relapsed", "germline", "as treated", "low risk", "clinical trial", "peg", "bone marrow",
               "marrow", "gene", "genes", "chromosome", "chromosomes", "platelets", "platelet", "side effect",
               "stem cells"}
MARK = '<button class="term" data-term="{}">{}</button>'
MARKED = re.compile(r'<button class="term" data-term="(\w+)">(.*?)</button>')


def marked(words: object, only: tuple[str, ...] = ()) -> str:
    """A text as markup, escaped; the first place of each known term in it is a button.

    Parameters
    ----------
    words : object
        Plain text; everything in it is escaped.
    only : sequence of str
        Ids of the terms to look for; all when empty. Inside `data-plain` a press tells their plain meaning alone.
    """
    plain, parts, end, seen = str(words), [], 0, set()
    names = _names(only)
    for found in _pattern(only).finditer(plain):
        term = names[found["name"]]
        if term not in seen:
            seen.add(term)
            parts += [html.escape(plain[end:found.start()]), MARK.format(term, html.escape(found.group()))]
            end = found.end()
    return "".join(parts) + html.escape(plain[end:])


def once(markup: str) -> str:
    """Markup in which only the first button of each term is left; the others are plain words again."""
    seen: set[str] = set()

    def keep(found: re.Match) -> str:
        if found[1] in seen:
            return found[2]
        seen.add(found[1])
        return found[0]

    return MARKED.sub(keep, markup)


def dictionary() -> dict[str, list[str]]:
    """Term, full form, short and plain definition by id; sent to the browser once."""
    return {term.id: [term.term, term.full or "", term.short, term.plain] for term in knowledge().terms.values()}


@cache
def _names(only: tuple[str, ...]) -> dict[str, str]:
    """How a term may stand in a sentence, to its id. Abbreviations keep their letters, words begin small or large."""
    found: dict[str, str] = {}
    for term in map(knowledge().terms.__getitem__, only or knowledge().terms):
        for name in filter(None, (term.term, term.full, *term.also)):
            if len(name) < 2 or (name.lower() in PLAIN_WORDS and not only):
                continue
            found.setdefault(name, term.id)
            if name[1:] == name[1:].lower() and name.isascii() and len(name) > 3:
                found.setdefault(name[0].lower() + name[1:], term.id)
                found.setdefault(name[0].upper() + name[1:], term.id)
    return found


@cache
def _pattern(only: tuple[str, ...]) -> re.Pattern:
    longest_first = sorted(_names(only), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?P<name>{'|'.join(map(re.escape, longest_first))})s?(?![\w-]|::)")
