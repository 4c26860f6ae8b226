"""The list of pages. A new page is one line here."""
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import streamlit as st

from pages.ui import frame

MARK = Path(__file__).parents[2] / "static/mark.svg"


@dataclass(frozen=True)
class PageInfo:
    """One page: its file under pages/, its name in the navigation, its heading and the question it answers."""

    name: str
    title: str
    heading: str
    lead: str
    walks: bool = False


PAGES = (
    PageInfo("start", "Start", frame.NAME,
             "Follow the 2020 NCCN text on acute lymphoblastic leukemia for one child: where the child stands, "
             "what the text says there, and what is still unknown.", walks=True),
    PageInfo("walk", "Walk", "Walk one child",
             "", walks=True),
    PageInfo("pathways", "Pathways", "Pathways",
             "All pages of the guideline as drawings, without a patient; every box with its source."),
    PageInfo("risk_groups", "Risk groups", "Risk groups side by side",
             "The same child in every risk scheme of the text: one group, or several and what separates them.",
             walks=True),
    PageInfo("sources", "Sources", "Sources and limits",
             "Where this comes from, how old it is, what the text leaves open, and what nobody has checked."),
)


def pages() -> dict[str, st.Page]:
    """Page name to page, in the order of the navigation."""
    return {info.name: st.Page(_render(info.name), title=info.title, default=info.name == "start",
                               url_path="" if info.name == "start" else info.name) for info in PAGES}


def _render(name: str) -> Callable[[], None]:
    return import_module(f"pages.{name}").render


def run() -> None:
    """Show the page that the address names, inside the frame."""
    known = pages()
    page = st.navigation(list(known.values()), position="top")
    info = next(info for info in PAGES if info.title == page.title)
    title = frame.NAME if info.name == "start" else f"{info.title} · {frame.NAME}"
    st.set_page_config(page_title=title, page_icon=str(MARK), layout="wide", initial_sidebar_state="collapsed")
    st.logo(str(MARK), size="small")
    frame.begin(info.heading, info.lead, info.walks)
    page.run()
    frame.end()


def enter() -> None:
    """For a page file that was opened by its address on a fresh server: put it into the navigation and run again."""
    st.navigation(list(pages().values()), position="top")
    st.rerun()


def link(name: str, label: str) -> None:
    """A link to a page that keeps the session.

    Parameters
    ----------
    name : str
        Name of the page.
    label : str
        Its text.
    """
    st.page_link(pages()[name], label=label)
