"""Markup of our own, escaped here, shown in one block: folds stay open and focus stays when it changes."""
import html
from collections.abc import Callable, Collection

import streamlit as st

from pages.ui import client, terms

NAMES = ("Down", "Ph-", "St.")
LIVE_WORDS = 25               # of what is read out
COUNTS = "x10^9/L"            # as the data write it


def show(key: str, *blocks: str, live: str = "", on_press: Callable[[], None] | None = None,
         hand: dict | None = None) -> None:
    """Show blocks of markup.

    Parameters
    ----------
    key : str
        Key of this panel on its page.
    *blocks : str
        Markup whose every value went through `text`.
    live : str
        One sentence that is read out when it changes; at most 25 words.
    on_press : callable or None
        Called when a button with `data-press` was pressed.
    hand : dict or None
        Something to copy or to save that was asked for, handed over once; see `share`.
    """
    events = {"press": on_press} if on_press else {}
    client.mount("panel", key, {"html": terms.once("".join(blocks)), "live": live} | ({"hand": hand} if hand else {}),
                 **events)


def pressed(key: str) -> str:
    """What was pressed in the panel `key`; empty for nothing, and for what is no text: nobody's button sends that."""
    found = st.session_state[key].get("press")
    return found if isinstance(found, str) else ""


def text(value: object) -> str:
    """A value as text inside markup; the unit of counts as people write it."""
    return html.escape(str(value).replace(COUNTS, client.UNIT_WORDS[COUNTS]), quote=True)


def fold(name: str, title: str, body: str) -> str:
    """A fold that remembers whether it is open; `body` is markup, `title` is text."""
    return f'<details class="fold" data-keep="{text(name)}"><summary>{text(title)}</summary><div>{body}</div></details>'


def late_fold(name: str, title: str, body: Callable[[], str], opened: Collection[str]) -> str:
    """A fold whose body is made, and sent, only while it is open; it presses `fold:<name>` when it turns."""
    is_open = name in opened
    state, content = (" open", body()) if is_open else ("", "")
    return (f'<details class="fold" data-late="{text(name)}"{state}><summary>{text(title)}</summary>'
            f"<div>{content}</div></details>")


def inside(words: str) -> str:
    """Words as they stand inside a sentence: a small first letter, names and abbreviations kept."""
    return words[:1].lower() + words[1:] if words[1:2].islower() and not words.startswith(NAMES) else words


def listed(words: list[str], last: str = "and") -> str:
    """Words as a list in a sentence: a, b and c."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def wide(label: str, table: str) -> str:
    """A table that scrolls sideways in a box of its own where it does not fit; `table` is markup, `label` is text."""
    return f'<div class="sideways" role="region" tabindex="0" aria-label="{text(label)}">{table}</div>'
