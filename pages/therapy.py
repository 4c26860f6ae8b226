"""Therapy: phases, agents, CNS and testes, transplant by situation, thiopurine testing, surveillance. Never a dose."""
import streamlit as st

from pages.ui import navigation, panel, surveillance, therapy, therapy_care

VISITS = "therapy_visits"


def render() -> None:
    """One part below the other; the calendar follows a month that is chosen for the example."""
    with st.container(key="therapy_body"):
        _show("therapy_phases", therapy.phases())
        _show("therapy_agents", therapy.agents(st.query_params.get("agent"), st.session_state.get(VISITS, 0)))
        with st.container(key="therapy_abreast"):
            _show("therapy_extramedullary", therapy_care.extramedullary())
            _show("therapy_thiopurines", therapy_care.thiopurines())
        _show("therapy_transplant", therapy_care.transplant())
        with st.container(key="therapy_after"):
            _show("therapy_surveillance", surveillance.said())
            with st.container(key="therapy_example"):
                _calendar()


def _show(key: str, said: str) -> None:
    panel.show(key, said, on_press=lambda: _pressed(key))


def _pressed(bar: str) -> None:
    st.session_state[VISITS] = st.session_state.get(VISITS, 0) + 1
    navigation.follow(bar)


def _calendar() -> None:
    panel.show("therapy_calendar_head", surveillance.head())
    month = st.slider("Months since completion, for the example", 0, surveillance.LAST, surveillance.FIRST_SHOWN,
                      key="therapy_months")
    panel.show("therapy_calendar", surveillance.calendar(month), live=surveillance.live(month))


if __name__ == "__main__":
    navigation.enter()
