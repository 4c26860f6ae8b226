"""The note for a record: where the child stands, on which entries, what is unknown, which version. Plain text only.

Lists are shortened with "and N more" until the note fits; a value is never cut.
"""
import unicodedata
from collections.abc import Iterable
from datetime import date

from pages.ui.release import releases
from pages.ui.standing import STATES, points, stands
from pathways.drawing import page_name
from pathways.evidence import evidence
from pathways.facts import FINDING_WORDS
from pathways.model import Guideline
from pathways.walk import Walk

LONGEST = 800
SIGNS = str.maketrans({"×": "x", "≥": ">=", "≤": "<=", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"',
                       "”": '"', "µ": "u", "μ": "u", "±": "+/-", "→": "->", "⁹": "^9", "…": "...", "·": "-", "ß": "ss"})
TITLES = {"way": "Way", "entered": "Entered", "present": "Found", "absent": "Not found", "unread": "Not read yet",
          "groups": "Groups", "unknown": "Not known, asked now", "later": "Not known, later",
          "open": "Left open by the text"}
# What is shortened, in this order, each down to so many: the entries come last.
SPARE = (("way", 2), ("later", 0), ("unknown", 4), ("absent", 4), ("groups", 2), ("open", 2), ("way", 0),
         ("unknown", 2), ("absent", 2), ("groups", 0), ("unread", 1), ("entered", 4), ("present", 2), ("open", 0),
         ("unknown", 0), ("absent", 0), ("present", 0), ("unread", 0), ("entered", 0))
NAMED = 3                    # of the entries that clash
FIRST = ("nci", "cog_b", "cog_t")
NO_GROUP = ("not_stated", "not_applicable", "too_early")


def note(g: Guideline, w: Walk, unread: Iterable[str] = (), today: date | None = None) -> str:
    """The note of a walk.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    unread : iterable of str
        Fact keys that were begun but are not read yet.
    today : date or None
        Day of access; today when None.

    Returns
    -------
    str
        Plain ASCII, at most 800 characters, without anything that names a child.
    """
    fixed = {"where": _where(g, w), "flags": _flags(g, w), "version": version(today)}
    found = {answer: [g.facts[key].label for key in g.facts if plain_finding(g, w, key) == answer]
             for answer in ("present", "absent")}
    lists = {"entered": [entry for _, entry in entered(g, w)], "present": found["present"], "absent": found["absent"],
             "unread": [g.facts[key].label for key in unread], "groups": _groups(g, w),
             "unknown": [g.facts[key].label for key in w.waits_now],
             "later": [g.facts[key].label for key in w.waits_later],
             "open": [hit.id for hit in w.notes if hit.effect == "open"], "way": _way(g, w)}
    shown = {name: len(items) for name, items in lists.items()}
    while len(text := ascii_only(_written(fixed, lists, shown))) > LONGEST:
        shown[next(name for name, least in SPARE if shown[name] > least)] -= 1
    return text


def _written(fixed: dict[str, str], lists: dict[str, list[str]], shown: dict[str, int]) -> str:
    lines = [f"{TITLES[name]}: {shortened(lists[name], shown[name], from_end=name == 'way')}."
             for name in TITLES if lists[name]]
    return "\n".join(filter(None, [fixed["where"], *lines, fixed["flags"], fixed["version"]]))


def shortened(items: list[str], count: int, from_end: bool = False) -> str:
    """Items of a list, the first or the last so many, and how many more there are."""
    more = len(items) - count
    some = items[len(items) - count:] if from_end else items[:count]
    if not more:
        return "; ".join(some)
    return f"{'; '.join(some)} and {more} more" if some else f"{more}, see the explorer"


def version(today: date | None = None) -> str:
    """The line that says what this leans on."""
    last = releases()
    return (f"NCCN Pediatric ALL v2.2020 (2020), explorer v{last['last_version']}, content {last['last']}, "
            f"accessed {today or date.today()}; not a treatment order.")


def entered(g: Guideline, w: Walk) -> list[tuple[str, str]]:
    """Fact key and entry with its unit, in the order of care; what was only found or not found stands elsewhere."""
    found = []
    for key, fact in g.facts.items():
        value = w.case.values.get(key)
        if value is not None and not plain_finding(g, w, key):
            words = fact.short.get(value.choice, value.text) if value.choice else value.text.partition(" (= ")[0]
            found.append((key, f"{fact.label} {words}"))
    return found


def plain_finding(g: Guideline, w: Walk, key: str) -> str:
    """The answer where a fact is one that is found or looked for and not found; "" otherwise."""
    plain = key in w.case.values and g.facts[key].kind == "finding" and g.facts[key].words == FINDING_WORDS
    return w.case.values[key].choice if plain else ""


def _where(g: Guideline, w: Walk) -> str:
    if not stands(g, w):
        about = [g.facts[key].label for key in dict.fromkeys([*(p.key for p in w.problems), *w.clashing])
                 if key in g.facts]
        head = STATES.get(w.status, "The situation is not entered yet") if w.case.values or w.problems else \
            "Nothing is entered yet"
        return f"{head}: {'; '.join(about[:NAMED])}." if about else f"{head}."
    node = g.nodes[w.current]
    state = STATES.get(w.status, "Some facts are still open")
    return f"Stands at {page_name(node.page)}: {node.title} [{node.id}]. {state}."


def _way(g: Guideline, w: Walk) -> list[str]:
    """Ids of the questions answered on the way."""
    return [step.node for step in w.steps if step.because] if stands(g, w) else []


def _groups(g: Guideline, w: Walk) -> list[str]:
    """The groups still open in each scheme that says something: "COG standard or high"."""
    found = []
    for name in sorted(w.schemes, key=lambda name: (name not in FIRST, name == "bfm_factors")) if stands(g, w) else []:
        groups = [group.name for group in w.schemes[name].groups if group.group not in NO_GROUP]
        if groups:
            others = [" ".join(_rest(one.split(), groups[0].split())) for one in groups[1:]]
            silent = ["none stated"] if len(groups) < len(w.schemes[name].groups) else []
            after = " (after induction)" if g.schemes[name].made == "after_induction" else ""
            found.append(" or ".join([groups[0], *others, *silent]) + after)
    return found


def _rest(words: list[str], known: list[str]) -> list[str]:
    while len(words) > 1 and known and words[0] == known[0]:
        words, known = words[1:], known[1:]
    return words


def _flags(g: Guideline, w: Walk) -> str:
    e, later, errata = evidence(), set(), set()
    for node in points(g, w):
        later.update(entry.id for entry in e.later.get(node, ()))
        errata.update(entry.id for entry in e.errata.get(node, ()))
    counts = [f"{len(some)} {words[len(some) != 1]}" for some, words in (
        (later, ("change since 2020", "changes since 2020")), (errata, ("error of the source", "errors of the source")))
        if some]
    touch = "touches" if len(later) + len(errata) == 1 else "touch"
    return f"{' and '.join(counts)} {touch} this point: see the explorer." if counts else ""


def ascii_only(text: str) -> str:
    """A text in plain ASCII: signs as words or letters, accents left out."""
    return unicodedata.normalize("NFKD", text.translate(SIGNS)).encode("ascii", "ignore").decode()
