"""Sources: the source card, each field answered; where age and sex decide is read from the rules themselves."""
from collections.abc import Collection
from functools import cache

from content.load import knowledge
from content.reading import DataError, Sequence, read_yaml
from pages.ui.panel import late_fold, text
from pages.ui.provenance import CONTENT, row
from pages.ui.release import releases
from pathways.conditions import facts_of
from pathways.drawing import page_name
from pathways.model import Guideline

FIELDS = {
    "intended_user": "Intended user", "population": "Population", "inputs": "Inputs", "exclusions": "Not covered",
    "developer": "Developer", "funding": "Funding", "source": "Source", "release": "First release",
    "revision": "Latest revision", "tested": "How it was tested", "limits": "Known limits", "age": "Use of age",
    "sex": "Use of sex", "race": "Use of race",
}
FACTS_OF = {"age": ("age_at_diagnosis_years", "age_now_years"), "sex": ("sex",)}


def card(g: Guideline, opened: Collection[str]) -> str:
    """For whom this is, what it leans on, how it was tested, what is known to be missing."""
    fold = late_fold("card", f"Source card ({len(FIELDS)} fields)", lambda: _fields(g), opened)
    return row("Source card", "<p>For whom this is, what goes in, who made it, how it was tested, what is known to be "
               f'missing, and where age, sex and race play a part.</p><div class="folds">{fold}</div>')


def _fields(g: Guideline) -> str:
    rows = "".join(f"<div><dt>{name}</dt><dd>{''.join(filled(g, key))}</dd></div>" for key, name in FIELDS.items())
    return f'<dl class="record">{rows}</dl>'


def filled(g: Guideline, key: str) -> list[str]:
    """One field of the card as paragraphs of markup."""
    said = getattr(knowledge().card, key)
    if isinstance(said, list):
        return [_dotted(said)]
    if key in MADE:
        return [f"<p>{text(MADE[key](said))}</p>"]
    places = ["<p>It decides at:</p>", _dotted(where_it_decides(g, FACTS_OF[key]))] if key in FACTS_OF else []
    return [f"<p>{text(said)}</p>", *places]


def _dotted(items: list[str]) -> str:
    return f'<ul class="dotted">{"".join(f"<li>{text(item)}</li>" for item in items)}</ul>'


@cache
def sources() -> Sequence:
    """The list of sources, read once a process."""
    return read_yaml(CONTENT / "sources.yaml")


def citation(name: str) -> str:
    """The source as it is cited, from the list of sources."""
    one = next(entry for entry in sources() if entry["id"] == name)
    return f"{one['authors']} {one['title']}, version {one['version']}. {one['citation']}. {one['part_used']}"


def released(said: str) -> str:
    """A version with its day, from the changelog."""
    return said.format(**releases())


MADE = {"source": citation, "release": released, "revision": released}


def check() -> None:
    """Raises DataError where a field of the card names what is not there."""
    for key, made in MADE.items():
        try:
            made(getattr(knowledge().card, key))
        except (StopIteration, LookupError, TypeError, ValueError):
            raise DataError(CONTENT / "source_card.yaml", 1, f"'{key}' cannot be filled in",
                            "name a source of sources.yaml that is whole; in braces only dates, versions") from None


def where_it_decides(g: Guideline, facts: Collection[str]) -> list[str]:
    """The questions, risk schemes and constraints that lean on some facts, read from the rules that are executed."""
    def leans(trees) -> bool:
        return any(key in facts for tree in trees for key in facts_of(tree, g.definitions))
    found = [f"{node.title} ({page_name(node.page)})" for node in g.nodes.values()
             if leans(outcome.tree for outcome in g.outcomes.get(node.id, []))]
    found += [f"{g.schemes[key].name} (risk scheme)" for key, outcomes in g.scheme_outcomes.items()
              if leans(outcome.tree for outcome in outcomes)]
    return found + [f"{constraint.reason} (entry refused)" for constraint, tree in g.constraints.values()
                    if leans([tree])]
