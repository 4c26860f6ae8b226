"""A search box and choices over a list: the browser shows them, the server finds."""
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import client

LONGEST = 80


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list: its key, its label, and its options as pairs of value and label."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]


def show(key: str, search: str, choices: Sequence[Choice], said: str, record: dict,
         on_change: Callable[[str, dict], None]) -> None:
    """Show the search box, the choices and one line that tells how many were found.

    Parameters
    ----------
    key : str
        Key of these filters on their page.
    search : str
        Label of the search box.
    choices : sequence of Choice
        In the order shown.
    said : str
        How many were found; read out when it changes.
    record : dict
        `word` and `chosen` as they are, and `epoch`, a number that changes when the page itself sets them.
    on_change : callable
        Called with the word and the choices (key to value) when one of them has changed.
    """
    data = {"search": search, "choices": [[c.key, c.label, c.options] for c in choices], "said": said, "most": LONGEST,
            **record}
    client.mount("filters", key, data, values=lambda: _change(key, choices, on_change))


def _change(key: str, choices: Sequence[Choice], on_change: Callable[[str, dict], None]) -> None:
    """Take over what was chosen; only what was offered counts."""
    sent = st.session_state[key].get("values")
    if not isinstance(sent, Mapping):
        return
    word, asked = sent.get("word"), sent.get("chosen")
    asked = asked if isinstance(asked, Mapping) else {}
    offered = {c.key: {value for value, _ in c.options} for c in choices}
    chosen = {name: value for name, value in asked.items() if isinstance(value, str) and value in offered.get(name, ())}
    on_change(word[:LONGEST] if isinstance(word, str) else "", chosen)
