"""The risk schemes on one child: a set of groups each, and what separates them."""
from pages.ui.panel import fold, inside, listed, text

OPEN = {"not_stated": "Not stated in the text", "not_applicable": "Does not apply", "too_early": "Too early to say"}
ORDER = ("nci", "cog_b", "cog_b_after", "cog_t", "st_jude", "st_jude_after", "dfci", "dfci_after", "bfm_factors")
APART_SHOWN = 4
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


def cards(g, results) -> str:
    """Every scheme as a card: groups, what separates them, and why; those that do not apply in one line."""
    known = [name for name in ORDER if results[name].groups]
    none = [name for name in known if {r.group for r in results[name].groups} == {"not_applicable"}]
    shown = "".join(_card(g, name, results[name]) for name in known if name not in none)
    left_out = listed([g.schemes[name].name for name in none])
    rest = f'<p class="quiet">Not for this child: {text(left_out)}.</p>' if none else ""
    return f'<div class="cards">{shown}</div>{rest}'


def _card(g, name: str, result) -> str:
    scheme = g.schemes[name]
    open_names = set(_names(result)) <= set(OPEN.values())
    why = "".join(f"<li><p>{text(r.name)}<br><span class='quiet'>{BECAUSE[r.because]}</span></p></li>"
                  for r in result.groups)
    labels = [inside(g.facts[key].label) for key in result.separated_by]
    parted = f'<p class="quiet">Separated by {text(listed(labels))}.</p>' if len(result.groups) > 1 and labels else ""
    return (f'<article class="card{" quiet-card" if open_names else ""}"><h2>{text(scheme.name)}</h2>'
            f'<p class="small quiet">{MADE[scheme.made]}</p><p class="groups">{text(groups(result))}</p>{parted}'
            f'{fold("because-" + name, "Why", f"""<ul class="steps">{why}</ul>""")}</article>')
