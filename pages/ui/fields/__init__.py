"""The form's fields: number with unit, choice, found or not, residual disease. Everything starts at "not known yet"."""
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import case, client
from pages.ui.fields.notes import notes
from pathways.load import guideline


@dataclass(frozen=True)
class Section:
    """A block of the form: all its facts in the order of care, and those that are shown without unfolding."""

    id: str
    title: str
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    filter: bool = False


def show(key: str, sections: Sequence[Section], route, ask_next: str | None = None, compact: bool = False) -> None:
    """Show a form over the session's case. A change is taken over before the next run of the page.

    Parameters
    ----------
    key : str
        Key of this form on its page.
    sections : sequence of Section
        Blocks in the order of care.
    route : Walk
        The walk of the case: what clashes, and what else is to be said beside an answer.
    ask_next : str or None
        The fact to answer next, marked.
    compact : bool
        Labels only, without the line that explains them.
    """
    record = case.store()
    keys = {name for section in sections for name in section.keys}
    entries = {name: entry for name, entry in record["entries"].items() if name in keys}
    clash = dict.fromkeys(route.clashing, route.reason)
    said = notes(entries, guideline().facts, route.case, clash)
    if route.moved_forward and "reached" in entries:
        said["reached"] = {"tone": "", "text": route.moved_forward, "options": []}
    data = {
        "epoch": record["epoch"],
        "entries": entries,
        "sections": [_sent(section) for section in sections],
        "notes": said,
        "next": ask_next,
        "compact": compact,
    }
    client.mount("fields", key, data, entries=lambda: _change(key))


def _sent(section: Section) -> dict:
    """A section as the browser gets it; the facts of a whole group are known there."""
    group = tuple(key for key, fact in guideline().facts.items() if fact.group == section.id)
    return vars(section) | {"keys": None if section.keys == group else section.keys}


def _change(key: str) -> None:
    sent = st.session_state[key].get("entries")
    if isinstance(sent, dict) and isinstance(sent.get("values"), dict):
        case.hear(sent["values"], sent.get("epoch"))
