"""Walk the guideline for one child: what is known, the way, what it says there, what is missing."""
import streamlit as st

from pages.ui import (
    answer,
    box,
    case,
    fields,
    form,
    navigation,
    outline,
    panel,
    pathway_graph,
    share,
    statements,
    view,
)
from pathways.load import guideline
from pathways.questions import next_questions


def render() -> None:
    """Form on the left, drawing and answer on the right; on a phone one of them at a time."""
    g, w = guideline(), case.route()
    entries = case.entries()
    begun = case.begun()
    ranked = next_questions(w)
    with st.container(key="walk_body"):
        with st.container(key="walk_situation"):
            fields.show("walk_situation_fields", form.situation(entries), w, compact=True)
        with st.container(key="walk_switch"):
            panel.show("walk_views", view.views())
        with st.container(key="walk_ask"):
            ask = [question.fact for question in ranked if not question.later]
            fields.show("walk_fields", form.sections(g.facts, entries, ask), w, ask_next=next(iter(ask), None))
        with st.container(key="walk_head"):
            answer.show_head(g, w, begun, ranked, "walk_head_panel")
        selected = _drawing(g, w)
        with st.container(key="walk_say"):
            detail = box.detail(g, selected, statements.why_here(g, w, selected)) if selected else ""
            answer.show_body(g, w, "walk_body_panel", detail, view.opened(), lambda: view.press("walk_body_panel"),
                             share.block(), share.hand(g, w))


def _drawing(g, w) -> str | None:
    page = view.page(g, w)
    with st.container(key="walk_pages"):
        panel.show("walk_page_bar", view.pages(g, w, page), on_press=lambda: view.turn("walk_page_bar", w.current))
    with st.container(key="walk_map"):
        pathway_graph.show(page, w.states, w.current, "walk_graph", view.selected(), w.steps, view.pick)
    with st.container(key="walk_list"):
        outline.show(page, w.states, w.current, "walk_outline", view.selected(), w.steps, view.pick)
    return view.selected()


if __name__ == "__main__":
    navigation.enter()
