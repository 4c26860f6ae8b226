"""The one case of a session: what was entered about one child, shared by every page that asks or answers.

It lives in the session and, through the keeper, in the open tab; never in the URL, a log, a file or a cache.
"""
import secrets
from collections.abc import Mapping

import streamlit as st

from pages.ui.fields.entries import as_facts, clean, waiting
from pathways.facts import read_case
from pathways.load import guideline
from pathways.walk import walk

STORE = "case_store"
SESSION = "case_session"


def begins() -> bool:
    """Whether nothing was shown or heard in this session yet."""
    return STORE not in st.session_state


def store() -> dict:
    """The session's own record of the case: entries, an epoch that changes when all is replaced, and notices.

    `also` holds epochs of the same child from before a lost session came back: what a form says in them still counts.
    """
    if STORE not in st.session_state:
        st.session_state[STORE] = {"epoch": secrets.token_hex(4), "also": (), "entries": {}, "touched": set(),
                                   "fresh": True, "notice": ""}
    return st.session_state[STORE]


def session() -> str:
    """A name for this session; a new one tells the keeper that the old session is gone."""
    return st.session_state.setdefault(SESSION, secrets.token_hex(8))


def entries() -> dict[str, dict]:
    """Fact key to entry, as strings."""
    return store()["entries"]


def change(values: Mapping[str, object]) -> None:
    """Take over what a form says about the facts it shows; None takes an answer back."""
    record = store()
    known = clean({key: entry for key, entry in values.items() if entry}, guideline().facts)
    record["touched"].update(key for key, entry in values.items() if entry or key in record["entries"])
    for key in values:
        record["entries"].pop(key, None)
    record["entries"].update(known)
    record["notice"] = ""


def hear(values: Mapping[str, object], epoch: object) -> None:
    """Take over what a form says in an epoch.

    A form of another child is not heard. One that has not yet seen what a lost session gave back knows only the
    answers it holds; what it leaves empty stays as it was.
    """
    record = store()
    if epoch == record["epoch"]:
        change(values)
    elif record["fresh"] or epoch in record["also"]:
        change({key: entry for key, entry in values.items() if entry})


def give_back(kept: Mapping[str, object], epoch: object = None) -> None:
    """Fill a fresh session with what the open tab kept; what was answered since stays.

    Parameters
    ----------
    kept : mapping
        Fact key to entry.
    epoch : object
        The epoch in which it was kept.
    """
    record = store()
    if not record["fresh"]:
        return
    back = clean(kept, guideline().facts)
    back = {key: entry for key, entry in back.items() if key not in record["touched"]}
    record.update(entries=back | record["entries"], also=(epoch, record["epoch"]), epoch=secrets.token_hex(4),
                  fresh=False)


def clear(notice: str = "") -> None:
    """Forget everything about this child."""
    replace({}, notice)


def replace(known: Mapping[str, dict], notice: str = "") -> None:
    """Put another case, read in full, in the place of this one."""
    st.session_state[STORE] = {"epoch": secrets.token_hex(4), "also": (), "entries": dict(known), "touched": set(),
                               "fresh": False, "notice": notice}


def current():
    """The case as the engine reads it."""
    facts = guideline().facts
    told, confirmed = as_facts(entries(), facts)
    return read_case(facts, told, confirmed=confirmed)


def route():
    """The walk of the case; a page works it out once a run and hands it on, so it is never kept."""
    return walk(guideline(), current())


def begun() -> list[str]:
    """Keys whose entry cannot be read yet: a unit is missing, or a number could mean two things."""
    return waiting(entries(), guideline().facts)
