"""Pathways: PEDALL-1 to PEDALL-11 without a patient; every box with its rule and its place in the text."""
import streamlit as st

from pages.ui import box, navigation, outline, panel, pathway_graph, studies
from pages.ui.panel import text
from pathways.drawing import page_name
from pathways.load import guideline

PAGE, BOX, ADDRESS = "pathways_page", "pathways_box", "pathways_address"
SWITCH = ('<div class="switch" role="group" aria-label="Part of the page">'
          '<button type="button" data-view="list" data-default>List</button>'
          '<button type="button" data-view="drawing">Drawing</button></div>')


def render() -> None:
    """The pages, one of them drawn, and the box that is looked at."""
    g = guideline()
    known = _follow_address(g)
    page, chosen = g.pages[st.session_state.setdefault(PAGE, next(iter(g.pages)))], st.session_state.get(BOX)
    heading = f"{page.id}: {page.title}" if page.id.startswith("PEDALL") else page.title
    with st.container(key="pathways_body"):
        with st.container(key="pathways_bar"):
            panel.show("pathways_pages", _bar(g, page.id), on_press=_turn)
        with st.container(key="pathways_switch"):
            panel.show("pathways_views", SWITCH)
        with st.container(key="pathways_map"):
            pathway_graph.show(page.id, None, None, "pathways_graph", chosen, on_pick=_look, heading=heading)
        with st.container(key="pathways_list"):
            outline.show(page.id, None, None, "pathways_outline", chosen, on_pick=_look, heading=heading)
        with st.container(key="pathways_say"), st.container(key=f"pathways_say_{'open' if chosen else 'none'}"):
            said = box.detail(g, chosen) if chosen else box.hint() if known else box.unknown()
            panel.show("pathways_detail", said, on_press=_pressed)


def _bar(g, now: str) -> str:
    buttons = "".join(f'<li><button type="button" data-press="{text(name)}" title="{text(page.title)}"'
                      f'{" aria-current=true" if name == now else ""}>{text(page_name(name))}</button></li>'
                      for name, page in g.pages.items())
    return f'<nav aria-label="Pages of the guideline"><ul class="page-bar all">{buttons}</ul></nav>'


def _look(node: str | None) -> None:
    """Look at a box; its page comes with it."""
    g = guideline()
    if node in g.nodes:
        st.session_state[PAGE] = g.nodes[node].page
    st.session_state[BOX] = node if node in g.nodes else None
    _write_address()


def _turn() -> None:
    name = st.session_state["pathways_pages"].get("press")
    if name in guideline().pages:
        st.session_state[PAGE] = name
        st.session_state[BOX] = None
        _write_address()


def _pressed() -> None:
    press = st.session_state["pathways_detail"].get("press") or ""
    if press and not studies.follow(press):
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
