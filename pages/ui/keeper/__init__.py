"""The keeper: the open tab remembers the case when a session is lost, and forgets it when nobody types."""
import streamlit as st

from pages.ui import case, client

IDLE_SECONDS = 15 * 60
IDLE_NOTICE = "Nothing was entered for 15 minutes, so this case was cleared."
KEY = "keeper"


def show() -> None:
    """Mount the keeper; once on every page, after what may have changed the case."""
    record = case.store()
    data = {"session": case.session(), "epoch": record["epoch"], "entries": record["entries"], "idle": IDLE_SECONDS}
    client.mount("keeper", KEY, data, kept=_give_back, idle=_clear)


def _give_back() -> None:
    kept = st.session_state[KEY].get("kept")
    if isinstance(kept, dict) and isinstance(kept.get("entries"), dict):
        case.give_back(kept["entries"], kept.get("epoch"))


def _clear() -> None:
    case.clear(IDLE_NOTICE)
