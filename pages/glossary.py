"""Glossary: the terms of the field, each with a short and a plain meaning."""
import streamlit as st

from pages.ui import glossary, navigation, panel


def render() -> None:
    """One list; `?term=` names the term that comes into sight."""
    panel.show("glossary_panel", glossary.listing(st.query_params.get("term")))


if __name__ == "__main__":
    navigation.enter()
