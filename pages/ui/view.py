"""Which page of the drawing and which of its boxes are looked at, and on a phone, which part of the screen."""
import streamlit as st

from pages.ui import panel, share, studies
from pages.ui.panel import text
from pathways.drawing import page_name

PAGE = "view_page"
BOX = "view_box"
FOLDS = "view_folds"
PARTS = (("list", "List", " data-default"), ("drawing", "Drawing", ""),
         ("answer", "Answer", ' class="narrow"'), ("questions", "Questions", ' class="narrow"'))


def views() -> str:
    """The switch between the parts of the page; on a wide screen only between drawing and list."""
    buttons = "".join(f'<button type="button" data-view="{name}"{marks}>{label}</button>'
                      for name, label, marks in PARTS)
    return f'<div class="switch" role="group" aria-label="Part of the page">{buttons}</div>'


def pages(g, w, now: str) -> str:
    """The pages that concern this child, as buttons.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    now : str
        Id of the page that is shown.
    """
    here = g.nodes[w.current].page if w.current in g.nodes else None
    ids = list(w.pages) if now in w.pages else [*w.pages, now]
    items = []
    for name in ids:
        words = f"<b>{text(page_name(name))}</b> {text(g.pages[name].title)}" if name == now else text(page_name(name))
        mark = ' <span class="tag">child is here</span>' if name == here != now else ""
        current = ' aria-current="true"' if name == now else ""
        items.append(f'<li><button type="button" data-press="{text(name)}"{current}>{words}{mark}</button></li>')
    return f'<nav aria-label="Pages that concern this child"><ul class="page-bar">{"".join(items)}</ul></nav>'


def page(g, w) -> str:
    """Id of the page to show: the one that was picked while the child stands still, else the child's."""
    here = g.nodes[w.current].page if w.current in g.nodes else next(iter(g.pages))
    picked = st.session_state.get(PAGE)
    if picked and picked["standing"] == w.current and picked["page"] in g.pages:
        return picked["page"]
    return here


def turn(bar: str, standing: str | None) -> None:
    """Show the page whose button was pressed in the panel `bar`."""
    page = panel.pressed(bar)
    if page:
        st.session_state[PAGE] = {"page": page, "standing": standing}
        st.session_state.pop(BOX, None)


def press(bar: str) -> None:
    """Follow what was pressed in the panel `bar`: a study, a fold, something to share, another box, or close."""
    press = panel.pressed(bar)
    what, _, name = press.partition(":")
    if studies.follow(press) or share.follow(press):
        return
    if what == "fold":
        st.session_state[FOLDS] = opened() ^ {name}
    else:
        pick(name if what == "box" else None)


def opened() -> set[str]:
    """Names of the folds that are open."""
    return st.session_state.get(FOLDS, set())


def pick(box: str | None) -> None:
    """Look at one box of the drawing."""
    st.session_state[BOX] = box


def selected() -> str | None:
    """Id of the box that is looked at."""
    return st.session_state.get(BOX)
