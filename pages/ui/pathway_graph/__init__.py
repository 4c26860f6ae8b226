"""The drawing of one page: positions are sent once, then each change of state is a few letters.

Two mounts make one drawing. The first holds code, styles and positions; it is constant for a page and large enough that
the server sends it once and then only names it. The second holds one letter a box and line, sent with each change.
"""
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.ui import client
from pathways.drawing import drawing

HERE = Path(__file__).parent
SCRIPTS = ("shapes.js", "view.js", "graph.js", "list.js", "mount.js")
LETTERS = {"visited": "v", "offered": "o", "possible": "p", "excluded": "x"}
RANK = "xpov"                # how far a line reaches is how far the weaker of its ends reaches

_page = st.components.v2.component(
    "pathway_page", html='<div class="graph"></div>\n', css=(HERE / "graph.css").read_text(encoding="utf-8"),
    js="\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS))
_state = st.components.v2.component(
    "pathway_state", html="<span hidden></span>\n", js=(HERE / "state.js").read_text(encoding="utf-8"))


def show(page_id: str, states: Mapping[str, str] | None, current: str | None, key: str, selected: str | None = None,
         steps: Iterable = (), on_pick: Callable[[str | None], None] | None = None, heading: str = "",
         how: Mapping[str, bool] | None = None) -> str | None:
    """Draw a page and tell which box is looked at.

    Parameters
    ----------
    page_id : str
        Page of the guideline.
    states : mapping of str to str, or None
        Node id to visited, offered, possible or excluded; None draws the page without a patient.
    current : str or None
        Node where the child stands.
    key : str
        Key of this drawing.
    selected : str or None
        Box to mark as looked at. Without `on_pick` it is only where to begin: the last box pressed counts.
    steps : iterable of Step
        The steps of the walk: they tell which answer led on where two boxes are both reached.
    on_pick : callable or None
        Called with the id of a box when it is pressed; the caller then keeps the selection.
    heading : str
        Heading above the drawing; otherwise it says where the child stands.
    how : mapping of str to bool
        `teach`: answers stay hidden until they are pressed; `stage`: large, for an audience.

    Returns
    -------
    str or None
        Id of the box that is looked at.
    """
    made = page_of("drawing", drawing, page_id, key, heading, frozenset((how or {}).items()))
    return mount(*made, states, current, key, selected, steps, on_pick)


@lru_cache(maxsize=256)
def page_of(view: str, read: Callable[[str], dict], page_id: str, key: str, heading: str,
            how: frozenset) -> tuple[dict, bytes]:
    """A page with its heading and ways of showing, as it is and packed: the same for every child, so made once."""
    page = read(page_id) | {"heading": heading} | dict(how)
    return page, packed(view, page, key)


def packed(view: str, page: dict, key: str) -> bytes:
    """A page as `mount` sends it: `view` is `drawing` or `list`."""
    return client.packed({"key": key, "view": view, "page": page})


def mount(page: dict, sent: bytes, states: Mapping[str, str] | None, current: str | None, key: str,
          selected: str | None, steps: Iterable, on_pick: Callable[[str | None], None] | None) -> str | None:
    """Show a page as a drawing or as a list; see `show`.

    Parameters
    ----------
    page : dict
        `page`, `hash`, `nodes`, `edges` and what the view needs beside.
    sent : bytes
        The same, packed.
    """
    ids = [node["id"] for node in page["nodes"]]
    holds = on_pick is not None
    if not holds:
        selected = pressed(key, selected)
    with st.container(key=f"{key}_place", gap=None):
        _page(key=key, data=sent, on_node_change=lambda: on_pick(pressed(key, None)) if holds else None)
        _state(key=f"{key}_state", data=client.packed({
            "key": key, "page": page["page"], "states": _letters(ids, states),
            "edges": edge_letters(page["edges"], states, steps), "current": current if current in ids else None,
            "selected": selected if selected in ids else None}))
    return selected if selected in ids else None


def pressed(key: str, otherwise: str | None) -> str | None:
    """Id of the box last pressed in a drawing or list, or another where none was."""
    value = (st.session_state.get(key) or {}).get("node")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return value if isinstance(value, str) else otherwise


def _letters(ids: list[str], states: Mapping[str, str] | None) -> str:
    return "" if states is None else "".join(LETTERS[states.get(node, "excluded")] for node in ids)


def edge_letters(edges: list[dict], states: Mapping[str, str] | None, steps: Iterable = ()) -> str:
    """One letter for each line: the weaker of its ends, but no line counts as walked before its answer is given.

    Parameters
    ----------
    edges : list of dict
        `source`, `target` and `label` of each.
    states : mapping of str to str, or None
        Node id to its state.
    steps : iterable of Step
        Steps of the walk, with the answer given (`branch`) and its rule (`because`).
    """
    if states is None:
        return ""
    given = {step.node: step for step in steps if step.branch}
    weaker = [min((LETTERS[states.get(edge[end], "excluded")] for end in ("source", "target")), key=RANK.index)
              for edge in edges]
    letters = []
    for edge, letter in zip(edges, weaker, strict=True):
        beside = [(e, found) for e, found in zip(edges, weaker, strict=True) if e["source"] == edge["source"]]
        step = given.get(edge["source"])
        if step and edge["label"]:
            letter = letter if edge is _answer([e for e, _ in beside], step) else "x"
        elif letter == "v" and sum(found != "x" for _, found in beside) > 1:
            letter = "p" if edge["label"] else "o"
        letters.append(letter)
    return "".join(letters)


def _answer(edges: list[dict], step) -> dict | None:
    """The line of the answer that was given; where two answers lead to one box, the one whose rule held."""
    there = [edge for edge in edges if edge["target"] == step.branch]
    return next((edge for edge in there if edge["label"] == step.because), there[0] if there else None)
