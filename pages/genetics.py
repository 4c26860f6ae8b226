"""Genetics: how common each lesion is, what it means in the text, where the rules turn on it."""
import streamlit as st

from pages.ui import genetics, navigation, panel

PLAIN = {"displayModeBar": False, "staticPlot": True}


def render() -> None:
    """The chart and the lesions side by side, the classes of Ph-like lesions below."""
    chart, words = genetics.drawing()
    with st.container(key="genetics_body"):
        with st.container(key="genetics_often"):
            panel.show("genetics_above", genetics.frequency())
            st.plotly_chart(chart, key="genetics_chart", config=PLAIN, alt=words)
            panel.show("genetics_behind", genetics.behind())
            st.download_button("Download as CSV", genetics.csv(), "lesion_frequencies.csv", "text/csv",
                               key="genetics_csv", on_click="ignore")
        with st.container(key="genetics_lesions"):
            panel.show("genetics_list", genetics.lesions(st.query_params.get("lesion")),
                       on_press=lambda: navigation.follow("genetics_list"))
        with st.container(key="genetics_kinases"):
            panel.show("genetics_classes", genetics.kinases(),
                       on_press=lambda: navigation.follow("genetics_classes"))


if __name__ == "__main__":
    navigation.enter()
