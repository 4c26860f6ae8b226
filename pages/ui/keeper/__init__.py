"""The keeper: the open tab remembers the case when a session is lost, and forgets it when nobody types."""
import time

import streamlit as st

from pages.ui import case, client

IDLE_SECONDS = 15 * 60
IDLE_NOTICE = "Nothing was entered for 15 minutes, so this case was cleared."
KEY = "keeper"
PATIENCE = 2.0                            # the longest wait for what a tab has kept [s]
LOOK_EVERY = 0.02                         # [s]


def show() -> None:
    """Mount the keeper; on every page, before all else.

    A tab that comes back from a lost server is asked first what it has kept: its answer ends this run, and the page is
    worked out and sent once, with the case, and not before that as for a new visitor.
    """
    asks = case.begins() and _comes_back()
    record = case.store()
    data = {"session": case.session(), "epoch": record["epoch"], "entries": record["entries"], "idle": IDLE_SECONDS,
            "fresh": record["fresh"], "asks": asks}
    client.mount("keeper", KEY, data, kept=_give_back, idle=_clear)
    until = time.monotonic() + PATIENCE
    while asks and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
        case.session()                    # a look into the session is where Streamlit ends a run for the next one


def _comes_back() -> bool:
    """Whether the tab had a session before: then it names it, as the third word of what it says first."""
    said = st.context.headers.get("Sec-Websocket-Protocol") or ""
    return len([word for word in said.split(",") if word.strip()]) > 2


def _give_back() -> None:
    kept = st.session_state[KEY].get("kept")
    if isinstance(kept, dict) and isinstance(kept.get("entries"), dict):
        case.give_back(kept["entries"], kept.get("epoch"))


def _clear() -> None:
    case.clear(IDLE_NOTICE)
