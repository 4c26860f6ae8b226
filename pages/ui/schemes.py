"""The risk schemes on one child: a set of groups each, and what separates them."""
from collections.abc import Mapping, Sequence

from pages.ui.panel import LIVE_WORDS, fold, inside, listed, text

OPEN = {"not_stated": "Not stated in the text", "not_applicable": "Does not apply", "too_early": "Too early to say"}
ORDER = ("nci", "cog_b", "cog_b_after", "cog_t", "st_jude", "st_jude_after", "dfci", "dfci_after", "bfm_factors")
APART_SHOWN = 4
PARTINGS_SHOWN = 6
PARTED = ("Decides in", "Keeps open")
MADE = {"initial": "At diagnosis", "after_induction": "After induction"}
BECAUSE = {
    "": "the only group left",
    "unknown": "possible: a deciding fact is not known yet",
    "text": "the text itself leaves it open",
}


def summary(g, results, ids=None) -> str:
    """Each scheme in one line.

    Parameters
    ----------
    g : Guideline
        The guideline.
    results : mapping
        Scheme id to result.
    ids : sequence of str or None
        Which schemes, in which order; all when None.
    """
    rows = []
    for name in ids or ORDER:
        if set(_names(results[name])) <= set(OPEN.values()):
            continue
        rows.append(f"<div><dt>{text(g.schemes[name].name)}</dt><dd><b>{text(groups(results[name]))}</b>"
                    f"{apart(g, results[name])}</dd></div>")
    return f'<dl class="schemes">{"".join(rows)}</dl>'


def live(results, ids=None) -> str:
    """What is read out when an answer changes the groups: as many schemes, in their order, as it has room for."""
    said = []
    for name in ids or ORDER:
        if not set(_names(results[name])) <= set(OPEN.values()):
            said.append(groups(results[name]))
    while len(" ".join(said).split()) > LIVE_WORDS:
        said.pop()
    return f"{'; '.join(said)}." if said else ""


def groups(result) -> str:
    """The groups that are still possible, as words: "COG standard or high"."""
    first, *others = _names(result)
    return listed([first, *(_without_owner(name, first) for name in others)], "or")


def _without_owner(name: str, first: str) -> str:
    """A group's name without the words with which the first one begins too."""
    words, known = name.split(), first.split()
    while len(words) > 1 and known and words[0] == known[0]:
        words, known = words[1:], known[1:]
    return inside(" ".join(words))


def named(scheme, groups) -> list[str]:
    """Groups of a scheme by their names without the words with which the scheme's name begins: "standard"."""
    names = {group.id: OPEN.get(group.id) or group.name for group in scheme.groups}
    return [inside(names[key]) if key in OPEN else _without_owner(names[key], scheme.name.replace(",", ""))
            for key in groups]


def _names(result) -> list[str]:
    return [OPEN.get(r.group) or r.name for r in result.groups]


def apart(g, result) -> str:
    """What would separate the groups, as markup."""
    if len(result.groups) < 2 or not result.separated_by:
        return ""
    labels = [inside(g.facts[key].label) for key in result.separated_by]
    more = len(labels) - APART_SHOWN
    shown = labels[:APART_SHOWN] + ([f"{more} more"] if more > 0 else [])
    return f'<span class="quiet">, depending on {text(listed(shown))}</span>'


def cards(g, results, pictures: Mapping[str, str] | None = None) -> str:
    """Every scheme as a card: groups, what separates them, and why; those that do not apply in one line.

    Parameters
    ----------
    g : Guideline
        The guideline.
    results : mapping
        Scheme id to result.
    pictures : mapping of str to str, or None
        Scheme id to the markup of its picture.
    """
    pictures = pictures or {}
    known = [name for name in ORDER if results[name].groups]
    none = [name for name in known if {r.group for r in results[name].groups} == {"not_applicable"}]
    shown = "".join(_card(g, name, results[name], pictures.get(name, "")) for name in known if name not in none)
    left_out = listed([g.schemes[name].name for name in none])
    rest = f'<p class="quiet">Not for this child: {text(left_out)}.</p>' if none else ""
    return f'<div class="cards">{shown}</div>{rest}'


def _card(g, name: str, result, picture: str) -> str:
    scheme = g.schemes[name]
    open_names = set(_names(result)) <= set(OPEN.values())
    why = "".join(f"<li><p>{text(r.name)}<br><span class='quiet'>{BECAUSE[r.because]}</span></p></li>"
                  for r in result.groups)
    labels = [inside(g.facts[key].label) for key in result.separated_by]
    parted = f'<p class="quiet">Separated by {text(listed(labels))}.</p>' if len(result.groups) > 1 and labels else ""
    return (f'<article class="card{" quiet-card" if open_names else ""}"><h2>{text(scheme.name)}</h2>'
            f'<p class="small quiet">{MADE[scheme.made]}</p><p class="groups">{text(groups(result))}</p>{parted}'
            f'{picture}'
            f'{fold("because-" + name, "Why", f"""<ul class="steps">{why}</ul>""")}</article>')


def parted(g, w, found: Sequence) -> str:
    """Where the schemes part: for each fact the schemes it decides and those it keeps open; the others it leaves alone.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    found : sequence of Parting
        Known facts first.
    """
    if not found:
        return ""
    rows = [_parting(g, w, one) for one in found]
    shown = _parting_table(rows[:PARTINGS_SHOWN])
    rest = rows[PARTINGS_SHOWN:]
    more = fold("more-partings", f"{len(rest)} more facts", _parting_table(rest)) if rest else ""
    return ('<section><h2>Where the schemes part</h2><p class="quiet">A known fact decides where another value of it '
            "alone would change the group; a missing one keeps groups open. In schemes that are not named it makes no "
            f"difference.</p>{shown}{more}</section>")


def _parting(g, w, one) -> str:
    known = text(w.case.text(one.fact)) + (", too early to know" if w.is_later(one.fact) else "")
    cells = zip(PARTED, (one.decides, one.opens), strict=True)
    said = "".join(f'<td data-column="{column}">{text("; ".join(g.schemes[key].name for key in ORDER if key in keys))}'
                   "</td>" for column, keys in cells)
    return (f'<tr><th scope="row">{text(g.facts[one.fact].label)}<br><span class="quiet small">{known}</span></th>'
            f"{said}</tr>")


def _parting_table(rows: Sequence[str]) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Fact", *PARTED))
    return f'<table class="genes parting"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
