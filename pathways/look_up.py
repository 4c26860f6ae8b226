"""Everything that can be looked up by name: pages and boxes of the pathways, and what the content knows."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from content.entries import known_entries, synonyms
from content.load import Knowledge, knowledge
from content.search import Entry, Index
from pathways.drawing import page_name
from pathways.load import guideline
from pathways.model import Guideline


@lru_cache(maxsize=1)
def index() -> Index:
    """The one index, made once a process."""
    g, known = guideline(), knowledge()
    return Index([*pathway_entries(g), *(_asked_as(g, known, entry) for entry in known_entries(known))])


def pathway_entries(g: Guideline) -> Iterator[Entry]:
    """Pages and boxes as entries.

    Parameters
    ----------
    g : Guideline
        The guideline.
    """
    more = synonyms()
    for page in g.pages.values():
        yield Entry("page", page.id, page.title, page_name(page.id), (page.id, *more.get(f"page:{page.id}", ())),
                    " ".join(g.nodes[node].title for node in page.nodes))
    for node in g.nodes.values():
        said = " ".join(filter(None, (node.say, *(statement.say for statement in node.statements))))
        page = g.pages[node.page]
        yield Entry("node", node.id, node.title, page_name(page.id), more.get(f"node:{node.id}", ()),
                    f"{page.id} {page.title} {said}")


def _asked_as(g: Guideline, known: Knowledge, entry: Entry) -> Entry:
    """A lesion is also found by the names of the facts that ask for it."""
    if entry.kind != "lesion":
        return entry
    facts = [g.facts[key] for key in known.lesions[entry.id].facts if key in g.facts]
    names = [name for fact in facts for name in (fact.label, fact.ask, *fact.synonyms)]
    return replace(entry, also=(*entry.also, *names), words=" ".join([entry.words, *(fact.plain for fact in facts)]))
