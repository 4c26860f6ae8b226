"""The least a Streamlit page can be: one button, one text. Walk is measured against it.

`uvicorn benchmarks.empty_page:app` serves it with the project's own configuration.
"""
from pathlib import Path

import streamlit as st

if st.runtime.exists():
    count = st.session_state.get("count", 0)
    if st.button("Count"):
        count = st.session_state["count"] = count + 1
    st.text(f"Counted {count}")
else:
    app = st.App(Path(__file__))
