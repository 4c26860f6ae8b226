"""Outcomes: what was reported, one panel a study; estimates with their uncertainty, never ranked."""
import streamlit as st

from content.load import knowledge
from pages.ui import charts, navigation, outcome_panels, outcomes, panel

SETTING, GROUP, AXIS, MANY, FOLDS = (f"outcomes_{name}" for name in ("setting", "group", "axis", "many", "folds"))
FIRST, STEP = 3, 5


def render() -> None:
    """Choices, then a panel a study, then every figure as a table."""
    known = knowledge()
    setting, group, axis = outcomes.offered(known, *(st.session_state.get(key, "") for key in (SETTING, GROUP, AXIS)))
    shown = outcome_panels.panels(setting, group)
    many = st.session_state.get(MANY, FIRST)
    with st.container(key="outcomes_body"):
        panel.show("outcomes_bar", outcomes.bar(known, setting, group, axis), on_press=lambda: _pressed("outcomes_bar"),
                   live=outcomes.count(known, shown, setting))
        for one in shown[:many]:
            _study(known, one, axis == "zoom")
        rest = outcomes.more(len(shown) - many, len(shown), STEP) if len(shown) > many else ""
        last = rest + outcomes.everything(known, st.session_state.get(FOLDS, ()))
        panel.show("outcomes_last", last, on_press=lambda: _pressed("outcomes_last"))


def _study(known, one, zoomed: bool) -> None:
    foot = f"outcomes_foot_{one.key}"
    with st.container(key=f"outcomes_study_{one.key}"):
        panel.show(f"outcomes_head_{one.key}", outcomes.head(known, one))
        if one.marks:
            st.plotly_chart(charts.figure(one, zoomed), key=f"outcomes_chart_{one.key}", config=charts.CONFIG,
                            alt=charts.alt(one))
        panel.show(foot, outcomes.foot(one), on_press=lambda: _pressed(foot))


def _pressed(bar: str) -> None:
    """Follow a choice, show more, turn a fold, or go to the card of a study."""
    what, _, name = panel.pressed(bar).partition(":")
    if what == "trial" and name in knowledge().trials:
        navigation.go("trials", trial=name)
    elif what == "more":
        st.session_state[MANY] = st.session_state.get(MANY, FIRST) + STEP
    elif what == "fold":
        st.session_state[FOLDS] = set(st.session_state.get(FOLDS, ())) ^ {name}
    elif what in ("setting", "group", "axis"):
        st.session_state[f"outcomes_{what}"] = name
        if what != "axis":
            st.session_state[MANY] = FIRST


if __name__ == "__main__":
    navigation.enter()
