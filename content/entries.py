"""What the content holds, as entries of the search: trials, lesions, agents, terms, and what else each is called."""
from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from content.load import HERE, Knowledge
from content.reading import read_yaml
from content.search import Entry


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """What people also call a thing, by `kind:id`."""
    return {key: tuple(names) for key, names in read_yaml(HERE / "synonyms.yaml").items()}


def known_entries(known: Knowledge) -> Iterator[Entry]:
    """Trials, lesions, agents and terms of the content.

    Parameters
    ----------
    known : Knowledge
        The content.
    """
    more = synonyms()
    for trial in known.trials.values():
        agents = [known.label("agents", agent) for agent in trial.agents]
        also = (trial.id.replace("_", " "), *trial.also, *(register.id for register in trial.registry))
        near = " ".join((*agents, *(known.label("settings", s) for s in trial.setting), *trial.lineage, *trial.ph,
                         *(known.label("groups", group) for group in trial.groups), trial.population.who))
        for agent in trial.agents:
            near += " " + " ".join(more.get(f"agent:{agent}", ()))
        yield Entry("trial", trial.id, trial.name, "Trial", also + more.get(f"trial:{trial.id}", ()), near)
    for lesion in known.lesions.values():
        also = (*lesion.synonyms, *more.get(f"lesion:{lesion.id}", ()))
        yield Entry("lesion", lesion.id, lesion.name, "Genetic lesion", also, lesion.say)
    for agent in known.agents.values():
        also = (agent.id.replace("_", " "), *agent.also, *more.get(f"agent:{agent.id}", ()))
        yield Entry("agent", agent.id, agent.name, "Agent", also, agent.what)
    for term in known.terms.values():
        also = tuple(filter(None, (term.full, *term.also))) + more.get(f"term:{term.id}", ())
        yield Entry("term", term.id, term.term, "Glossary", also, f"{term.short} {term.plain}")
