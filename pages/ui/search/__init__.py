"""Search on every page: what is typed is answered and forgotten; what is opened is named by a curated id."""
from collections.abc import Mapping

import streamlit as st

from content.search import Entry, Found
from pages.ui import client
from pathways.load import guideline
from pathways.look_up import index

KEY = "search"
# The page that shows a kind, and the name of its id in the address.
PLACES = {"trial": ("trials", "trial"), "node": ("pathways", "node"), "page": ("pathways", "node"),
          "term": ("glossary", "term"), "lesion": ("genetics", "lesion"), "agent": ("therapy", "agent")}


@st.fragment
def show() -> None:
    """Mount the search; a letter typed runs this alone, not the page."""
    sent = st.session_state.get(KEY) or {}
    data = _answer(sent.get("query"))
    opened = place(sent.get("open"))
    client.mount("search", KEY, data, query=_nothing, open=_nothing)
    if opened:
        from pages.ui import navigation  # it imports the frame, and the frame this

        name, query = opened
        navigation.go(name, **query)
        st.rerun()


def _nothing() -> None:
    """The event itself is read where the search is shown."""


def _answer(asked: object) -> dict:
    """What the browser shows for a text; the text itself is not in it."""
    if not isinstance(asked, Mapping) or not isinstance(asked.get("text"), str):
        return {"n": 0}
    found = index().find(asked["text"])
    rows = [[entry.kind, entry.id, entry.title, entry.note] for entry in found.entries]
    return {"n": asked.get("n"), "rows": rows, "said": said(found), "near": found.near}


def said(found: Found) -> str:
    """One sentence about what was found, read out when it changes.

    Parameters
    ----------
    found : Found
        What the search gave.
    """
    if found.refused:
        return found.refused
    if found.near:
        return "Nothing here has that name. The nearest:"
    count = len(found.entries)
    return "Nothing here has that name." if not count else "1 result." if count == 1 else f"{count} results."


def place(asked: object) -> tuple[str, dict[str, str]] | None:
    """The page and its address for an entry that was chosen; None for anything that is no entry.

    Parameters
    ----------
    asked : object
        What the browser says: a mapping of `kind` and `id`.
    """
    if not isinstance(asked, Mapping):
        return None
    entry = index().entry(str(asked.get("kind")), str(asked.get("id")))
    if entry is None:
        return None
    page, name = PLACES[entry.kind]
    return page, {name: _named(entry)}


def _named(entry: Entry) -> str:
    """The id in the address; a page of the guideline is shown by its first box."""
    return guideline().pages[entry.id].start if entry.kind == "page" else entry.id
