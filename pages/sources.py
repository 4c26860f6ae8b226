"""Sources: where this comes from, how old it is, what is wrong, open or newer, how it was checked, and rights."""
import streamlit as st

from pages.ui import (
    navigation,
    panel,
    provenance,
    sources_card,
    sources_errata,
    sources_hazards,
    sources_proof,
    sources_readings,
)
from pathways.load import guideline

FOLDS = "sources_folds"


def render() -> None:
    """One part below the other, each a panel of its own, so that a fold sends only its part."""
    g, opened = guideline(), st.session_state.setdefault(FOLDS, set())
    parts = {
        "use": provenance.intended_use(),
        "origin": provenance.origin(),
        "readings": sources_readings.readings(g, opened),
        "errata": sources_errata.errata(opened),
        "later": sources_errata.later(opened),
        "ambiguities": provenance.ambiguities(g, opened),
        "card": sources_card.card(g, opened),
        "proof": sources_proof.proof(opened),
        "hazards": sources_hazards.hazards(opened),
        "rights": provenance.rights(),
    }
    with st.container(key="sources_body"):
        for name, markup in parts.items():
            panel.show(f"sources_{name}", markup, on_press=lambda name=name: _pressed(f"sources_{name}"))


def _pressed(part: str) -> None:
    """Open or close a fold, or go to the study or the box that was pressed."""
    what, _, name = panel.pressed(part).partition(":")
    if what == "fold":
        st.session_state[FOLDS] = st.session_state[FOLDS] ^ {name}
    elif what == "trial":
        navigation.go("trials", trial=name)
    elif what == "box":
        navigation.go("pathways", node=name)


if __name__ == "__main__":
    navigation.enter()
