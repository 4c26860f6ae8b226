"""The list of pages. A new page is one line here."""
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import streamlit as st

from pages.ui import frame, panel

GOING = "navigation_going"
HERE = "navigation_here"
TYPED = "navigation_typed"
SHOWN = "families_shown"                  # what a family asked to see
MARK = "/app/static/mark.svg"              # as an address: a file would be read, and sent, with each run


@dataclass(frozen=True)
class PageInfo:
    """One page: its file under pages/, its name in the navigation, its heading and the question it answers."""

    name: str
    title: str
    heading: str
    lead: str
    walks: bool = False
    for_families: bool = False


POINTS_TO = {"node": "pathways", "trial": "trials", "lesion": "genetics", "agent": "therapy"}
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
    PageInfo("genetics", "Genetics", "Genetics of ALL",
             "How common each lesion is, what the text says of it, and where the rules turn on it."),
    PageInfo("therapy", "Therapy", "Therapy and surveillance",
             "Phases, agents with their approvals as stated, CNS therapy, transplant by situation, and what follows."),
    PageInfo("trials", "Trials", "Trials in the text",
             "Every study the text describes: who was in it, what was compared, what was found, and where it bears."),
    PageInfo("outcomes", "Outcomes", "Outcomes as reported",
             "What the text reports of each study: estimates with their uncertainty, and the place they stand in."),
    PageInfo("cases", "Cases", "Cases to decide",
             "Decide for an invented patient first; then see the rule and the reasons."),
    PageInfo("families", "Families", "For families",
             "Plain words to read with your care team. Open what you want to know today; the rest can wait.",
             for_families=True),
    PageInfo("sources", "Sources", "Sources and limits",
             "Where this comes from, how old it is, what the text leaves open, and what nobody has checked."),
    PageInfo("glossary", "Glossary", "Glossary",
             "The terms of this field, each with a short meaning and one in plain words."),
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
    going = st.session_state.pop(GOING, None)
    if going:
        st.switch_page(known[going[0]], query_params=going[1])
    info = next(info for info in PAGES if info.title == page.title)
    title = frame.NAME if info.name == "start" else f"{info.title} · {frame.NAME}"
    if st.session_state.get(HERE) != info.name:               # what was typed or asked for is forgotten with its page
        st.session_state[HERE] = info.name
        for key in (TYPED, SHOWN):
            st.session_state.pop(key, None)
    st.set_page_config(page_title=title, page_icon=MARK, layout="wide", initial_sidebar_state="collapsed")
    st.logo(MARK, size="small")
    frame.begin(info.heading, info.lead, info.walks, info.for_families)
    page.run()


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


def named(key: str, before: str | None) -> str | None:
    """What the address names; what it named before where it speaks to another page, as one step of Back does.

    Parameters
    ----------
    key : str
        The word before the `=`.
    before : str or None
        What it named when the page was last run.
    """
    return before if st.query_params and key not in st.query_params else st.query_params.get(key)


def go(name: str, **query: str) -> None:
    """Go to a page from a callback; the session stays.

    Parameters
    ----------
    name : str
        Name of the page.
    **query : str
        What its address says after the `?`: curated ids only.
    """
    st.session_state[GOING] = (name, query)


def follow(bar: str) -> None:
    """Go where a button of the panel `bar` points: `node:`, `trial:`, `lesion:` or `agent:` with a curated id."""
    sort, _, name = panel.pressed(bar).partition(":")
    if sort in POINTS_TO:
        go(POINTS_TO[sort], **{sort: name})
