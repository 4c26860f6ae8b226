"""Pathways: PEDALL-1 to PEDALL-11 without a patient; every box with its rule and its place in the text."""
import streamlit as st

from pages.ui import around, example_child, navigation, outline, panel, pathway_graph, studies
from pathways.load import guideline

PAGE, BOX, CHILD, HOW, ADDRESS = (f"pathways_{name}" for name in ("page", "box", "child", "how", "address"))


def render() -> None:
    """The pages, one of them drawn, and the box that is looked at."""
    g = guideline()
    known = _follow_address(g)
    page, chosen = g.pages[st.session_state.setdefault(PAGE, next(iter(g.pages)))], st.session_state.get(BOX)
    heading = f"{page.id}: {page.title}" if page.id.startswith("PEDALL") else page.title
    child = st.session_state.get(CHILD)
    w = example_child.route(child) if child else None
    way = (w.states, child) if w else (None, None)
    asked = st.session_state.setdefault(HOW, frozenset())
    more = {"steps": w.steps if w else (), "on_pick": _look, "heading": heading, "how": dict.fromkeys(asked, True)}
    with st.container(key="pathways_stage" if "stage" in asked else "pathways_body"):
        panel.show("pathways_bar", around.bar(g, page.id, asked), on_press=_turn)
        panel.show("pathways_switch", around.SWITCH)
        pathway_graph.show(page.id, *way, "pathways_map", chosen, **more)
        outline.show(page.id, *way, "pathways_list", chosen, **more)
        panel.show("pathways_say", around.said(g, chosen, child, known, "teach" in asked), on_press=_pressed)


def _look(node: str | None) -> None:
    """Look at a box; its page comes with it."""
    g = guideline()
    if node in g.nodes:
        st.session_state[PAGE] = g.nodes[node].page
    st.session_state[BOX] = node if node in g.nodes else None
    _write_address()


def _turn() -> None:
    name = panel.pressed("pathways_bar")
    if name.removeprefix("how:") in around.WAYS:
        st.session_state[HOW] = st.session_state.get(HOW, frozenset()) ^ {name.removeprefix("how:")}
    elif name in guideline().pages:
        st.session_state[PAGE] = name
        st.session_state[BOX] = None
        _write_address()


def _pressed() -> None:
    press = panel.pressed("pathways_say")
    if press.startswith("child:"):
        name = press.removeprefix("child:")
        st.session_state[CHILD] = name if name in guideline().nodes else None
    elif press and not studies.follow(press):
        _look(press.removeprefix("box:") if press.startswith("box:") else None)


def _write_address() -> None:
    """`?node=` names the box that is looked at, a curated id; nothing about a patient is known here."""
    node = st.session_state.get(BOX)
    if node:
        st.query_params["node"] = node
    else:
        st.query_params.pop("node", None)
    st.session_state[ADDRESS] = node


def _follow_address(g) -> bool:
    """Take over a box named by an address that is new; False when there is no such box."""
    asked = navigation.named("node", st.session_state.get(ADDRESS))
    if asked != st.session_state.get(ADDRESS):
        st.session_state[ADDRESS] = asked
        st.session_state[BOX] = asked if asked in g.nodes else None
        if asked in g.nodes:
            st.session_state[PAGE] = g.nodes[asked].page
    return asked is None or asked in g.nodes


if __name__ == "__main__":
    navigation.enter()
