"""A page as a nested list: a question, its answers, what comes next. Made from the same data as the drawing."""
import html as markup
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from pages.ui import pathway_graph
from pathways.drawing import graph_hash, page_edges, page_name
from pathways.load import guideline

STATE_WORDS = {"visited": "reached", "offered": "one of the open ways", "possible": "still possible",
               "excluded": "not on this way"}


def tree(page_id: str) -> list[dict]:
    """The page as steps.

    A node stands once. What several answers lead to stands after the question at which they part; every other mention
    says where it goes on.

    Parameters
    ----------
    page_id : str
        Page of the guideline.

    Returns
    -------
    list of dict
        `node` and `answers`; an answer has `edge`, `label`, `to`, `title` and either `steps`, `then` (the next step of
        the same list) or, on another page, `page`.
    """
    g = guideline()
    nodes = g.pages[page_id].nodes
    edges = page_edges(g, page_id)
    order = _order(g.pages[page_id].start, nodes, edges)
    lead = _leads(order, edges)
    inside = {n: [m for m in order if lead[m] == n] for n in order}
    coming = {n: [e for e in edges if e.target == n] for n in order}

    def steps(first: str) -> list[dict]:
        leaving = [e for e in edges if e.source == first]
        own = {id(e) for e in leaving if len(leaving) > 1 and len(coming.get(e.target, [])) == 1 and e.target in nodes}
        nested = {e.target for e in leaving if id(e) in own}
        after = [step for n in inside[first] if n not in nested for step in steps(n)]
        answers = []
        for e in leaving:
            answer = {"edge": f"{e.source}--{e.target}", "label": e.label, "to": e.target}
            answer["title"] = g.nodes[e.target].title
            if e.target not in nodes:
                answer["page"] = page_name(g.nodes[e.target].page)
            elif id(e) in own:
                answer["steps"] = steps(e.target)
            elif len(leaving) == 1 and after and after[0]["node"] == e.target:
                answer["then"] = True
            answers.append(answer)
        return [{"node": first, "answers": answers}, *after]

    return [step for n in order if lead[n] is None for step in steps(n)]


def _order(start: str, nodes: Mapping, edges: list) -> list[str]:
    """Nodes from top to bottom: each after all that lead to it, in the order of the file."""
    waiting = {n: {e.source for e in edges if e.target == n} & set(nodes) for n in nodes}
    order: list[str] = []
    while waiting:
        free = [n for n in waiting if not waiting[n]] or list(waiting)
        first = start if start in free else free[0]
        order.append(first)
        del waiting[first]
        for sources in waiting.values():
            sources.discard(first)
    return order


def _leads(order: list[str], edges: list) -> dict[str, str | None]:
    """For each node the last one that every way to it passes; None where a way begins."""
    above: dict[str, set[str]] = {}
    lead: dict[str, str | None] = {}
    for node in order:
        sources = [e.source for e in edges if e.target == node and e.source in above]
        common = set.intersection(*(above[s] for s in sources)) if sources else set()
        lead[node] = max(common, key=order.index) if common else None
        above[node] = common | {node}
    return lead


def html(page_id: str, states: Mapping[str, str] | None = None, current: str | None = None,
         selected: str | None = None) -> str:
    """The list as markup, every label escaped.

    Parameters
    ----------
    page_id : str
        Page of the guideline.
    states : mapping of str to str, or None
        Node id to its state; None without a patient.
    current, selected : str or None
        Node where the child stands, and node that is looked at.

    Returns
    -------
    str
        Nested `ol` and `ul`; nodes carry `data-node`, ways from one to the next `data-edge`.
    """
    g = guideline()

    def step(item: dict) -> str:
        node = item["node"]
        words = [STATE_WORDS[states.get(node, "excluded")]] if states is not None else []
        words += ["you are here"] if node == current else []
        said = f' <span class="state">{_text(", ".join(words))}</span>' if words else ""
        here = ' aria-current="step"' if node == current else ""
        chosen = ' class="chosen"' if node == selected else ""
        answers = item["answers"]
        if len(answers) == 1 and not answers[0]["label"]:
            ways = way(answers[0], "span")
        else:
            ways = f'<ul>{"".join(way(answer, "li") for answer in answers)}</ul>' if answers else ""
        return f'<li data-node="{_text(node)}"{here}{chosen}><span>{_text(g.nodes[node].title)}</span>{said}{ways}</li>'

    def way(answer: dict, tag: str) -> str:
        parts = [f'<span class="answer">{_text(answer["label"])}</span>'] if answer["label"] else []
        if "steps" in answer:
            parts.append(f'<ol>{"".join(map(step, answer["steps"]))}</ol>')
        elif "page" in answer:
            parts.append(f' <span class="goes">goes on at {_text(answer["page"])}: {_text(answer["title"])}</span>')
        elif "then" not in answer:
            parts.append(f' <span class="goes">goes on at {_text(answer["title"])}</span>')
        return f'<{tag} data-edge="{_text(answer["edge"])}">{"".join(parts)}</{tag}>'

    return f'<ol class="outline">{"".join(map(step, tree(page_id)))}</ol>'


def _text(value: str) -> str:
    return markup.escape(value, quote=True)


def show(page_id: str, states: Mapping[str, str] | None, current: str | None, key: str, selected: str | None = None,
         steps: Iterable = (), on_pick: Callable[[str | None], None] | None = None, heading: str = "",
         how: Mapping[str, bool] | None = None) -> str | None:
    """The list with items that can be pressed, like the boxes of the drawing; see `pathway_graph.show`."""
    made = pathway_graph.page_of("list", page, page_id, key, heading, frozenset((how or {}).items()))
    return pathway_graph.mount(*made, states, current, key, selected, steps, on_pick)


@cache
def page(page_id: str) -> dict:
    """What the list needs of a page. Not to be changed by the caller."""
    g = guideline()
    here = g.pages[page_id]
    return {"page": page_id, "title": here.title, "hash": f"list {graph_hash(g, page_id)}", "list": tree(page_id),
            "nodes": [{"id": n.id, "kind": n.kind, "title": n.title} for n in here.nodes.values()],
            "edges": [{"source": e.source, "target": e.target, "label": e.label} for e in page_edges(g, page_id)]}
