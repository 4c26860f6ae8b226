"""Risk groups: the same child through every scheme of the text, side by side."""
import streamlit as st

from pages.ui import case, fields, form, maps, navigation, panel, schemes
from pages.ui.panel import text
from pathways.load import guideline
from pathways.side_by_side import parting, separating


def render() -> None:
    """What is known on the left, a card for each scheme."""
    g, w = guideline(), case.route()
    with st.container(key="risk_body"):
        with st.container(key="risk_form"):
            fields.show("risk_situation", form.situation(case.entries()), w, compact=True)
            fields.show("risk_fields", form.sections(g.facts, case.entries(), separating(w, w.schemes)), w)
        with st.container(key="risk_answer"):
            reason = f"<p>{text(w.reason)}</p>" if w.reason else ""
            found = parting(w)
            panel.show("risk_panel", reason, maps.lead(g, w, found),
                       schemes.cards(g, w.schemes, maps.pictures(g, w)), schemes.parted(g, w, found),
                       live=schemes.live(w.schemes))


if __name__ == "__main__":
    navigation.enter()
