"""Start: which way in, and the short form at the bedside."""
import streamlit as st

from pages.ui import case, fields, form, navigation, panel, schemes
from pages.ui.panel import text
from pathways.load import guideline

SCHEMES = ("nci", "cog_b", "cog_t", "st_jude", "dfci", "bfm_factors")


def render() -> None:
    """The doors, the short form and what the schemes already say."""
    w = case.route()
    with st.container(key="start_doors", horizontal=True):
        navigation.link("walk", "Walk one child")
        navigation.link("pathways", "Look up pathways")
        navigation.link("families", "For families")
    with st.container(key="start_body"):
        with st.container(key="start_form"):
            panel.show("start_title", "<section><h2>At the bedside</h2>"
                       '<p class="quiet">Five facts for a provisional risk group.</p></section>')
            fields.show("start_fields", form.bedside(), w, compact=True)
        with st.container(key="start_answer"):
            _answer(w)


def _answer(w) -> None:
    if not w.case.values:
        panel.show("start_panel", '<section><h2>What the risk schemes say</h2>'
                   '<p class="quiet">After the first answers it stands here.</p></section>')
        return
    reason = f"<p>{text(w.reason)}</p>" if w.reason else ""
    said = schemes.summary(guideline(), w.schemes, SCHEMES)
    panel.show("start_panel", f"<section><h2>What the risk schemes say so far</h2>{reason}{said}</section>",
               live=schemes.live(w.schemes, SCHEMES))
    with st.container(key="start_next"):
        navigation.link("walk", "Go on with these answers")


if __name__ == "__main__":
    navigation.enter()
