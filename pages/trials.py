"""Trials: every study of the text, found by name or by kind; one card at a time, and the boxes it bears on."""
import streamlit as st

from content import search
from content.load import knowledge
from pages.ui import filters, navigation, panel, trial_card, trial_list

FILTERS, OPEN, BACK, ADDRESS = "trials_filters", "trials_open", "trials_back", "trials_address"
EMPTY = {"chosen": {}, "refused": "", "epoch": 0}


def render() -> None:
    """Filters above, the studies on the left, the open card on the right; on a phone one of the two."""
    known = knowledge()
    named = _follow_address(known)
    asked, now = st.session_state.setdefault(FILTERS, dict(EMPTY)), st.session_state.get(OPEN)
    matches = trial_list.matching(known, _typed(), asked["chosen"])
    with st.container(key="trials_body"):
        with st.container(key="trials_find"):
            record = {"word": _typed(), "chosen": asked["chosen"], "epoch": asked["epoch"]}
            filters.show("trials_choices", "Search by name, number, agent or question", trial_list.choices(),
                         asked["refused"] or matches.said, record, _narrow)
        with st.container(key="trials_list"):
            rows = trial_list.html(known, matches, now, st.session_state.pop(BACK, None))
            panel.show("trials_rows", rows, on_press=lambda: _pressed("trials_rows"))
        state = "open" if now else "none" if named else "unknown"
        with st.container(key="trials_say"), st.container(key=f"trials_say_{state}"):
            said = trial_card.card(now) if now else trial_card.hint() if named else trial_card.unknown()
            panel.show("trials_card", said, on_press=lambda: _pressed("trials_card"))


def _typed() -> str:
    return st.session_state.get(navigation.TYPED, "")


def _narrow(word: str, chosen: dict) -> None:
    refused = search.refusal(word)
    st.session_state[navigation.TYPED] = "" if refused else word
    st.session_state[FILTERS] |= {"chosen": chosen, "refused": refused}


def _pressed(bar: str) -> None:
    """Open a card, close it, clear the filters, or jump to a box of the drawings."""
    what, _, name = panel.pressed(bar).partition(":")
    if what == "node":
        navigation.go("pathways", node=name)
    elif what == "clear":
        st.session_state[navigation.TYPED] = ""
        st.session_state[FILTERS] = EMPTY | {"epoch": st.session_state[FILTERS]["epoch"] + 1}
    elif what == "open" and name in knowledge().trials:
        _look(name)
    elif what == "close":
        st.session_state[BACK] = st.session_state.get(OPEN)
        _look(None)


def _look(trial: str | None) -> None:
    """Open a card; `?trial=` names it, a curated id."""
    st.session_state[OPEN] = st.session_state[ADDRESS] = trial
    if trial:
        st.query_params["trial"] = trial
    else:
        st.query_params.pop("trial", None)


def _follow_address(known) -> bool:
    """Take over a study named by an address that is new; False when there is no such study."""
    asked = navigation.named("trial", st.session_state.get(ADDRESS))
    if asked != st.session_state.get(ADDRESS):
        st.session_state[ADDRESS] = asked
        st.session_state[OPEN] = asked if asked in known.trials else None
    return asked is None or asked in known.trials


if __name__ == "__main__":
    navigation.enter()
