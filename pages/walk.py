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
        fields.show("walk_situation", form.situation(entries), w, compact=True)
        panel.show("walk_switch", view.views())
        ask = [question.fact for question in ranked if not question.later]
        fields.show("walk_ask", form.sections(g.facts, entries, ask), w, ask_next=next(iter(ask), None))
        answer.show_head(g, w, begun, ranked, "walk_head")
        selected = _drawing(g, w)
        detail = box.detail(g, selected, statements.why_here(g, w, selected)) if selected else ""
        answer.show_body(g, w, "walk_say", detail, view.opened(), lambda: view.press("walk_say"),
                         share.block(), share.hand(g, w))


def _drawing(g, w) -> str | None:
    page, standing = view.page(g, w), w.current               # what a press keeps is its place, and not the walk
    panel.show("walk_pages", view.pages(g, w, page), on_press=lambda: view.turn("walk_pages", standing))
    pathway_graph.show(page, w.states, w.current, "walk_map", view.selected(), w.steps, view.pick)
    outline.show(page, w.states, w.current, "walk_list", view.selected(), w.steps, view.pick)
    return view.selected()


if __name__ == "__main__":
    navigation.enter()
