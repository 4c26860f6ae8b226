"""Cases: an invented patient, one decision after another; the answer is shown when a choice was committed."""
import streamlit as st

from pages.ui import box, navigation, panel, pathway_graph
from pages.ui.around import SWITCH
from pages.ui.cases import decided, ended, listed, session, shown, told, turned
from pathways.lessons.lesson import project_lessons
from pathways.load import guideline


def render() -> None:
    """The list of cases; or the patient, the decision and the drawing beside one another."""
    session.follow_address()
    now = session.store()["course"]
    if now is None:
        with st.container(key="cases_all"):
            _list()
        return
    with st.container(key="cases_body"):
        with st.container(key="cases_told"), st.container(key="cases_told_end" if now.ended else "cases_told_on"):
            _show("cases_sheet", told.sheet(now, session.store()["said"]))
        with st.container(key="cases_ask"):
            _ask(now)
        if not now.ended or now.complete and not now.replayed:
            _drawing(now)


def _list() -> None:
    record, lessons = session.store(), project_lessons()
    _show("cases_doors", listed.cases(lessons, record["done"], session.begun(), record["problem"], record["left"]))
    _show("cases_forms", listed.forms())
    _show("cases_came", listed.came_of(record["said"], record["table"], record["done"].values(), lessons))


def _ask(now) -> None:
    letter = session.store()["turn"]
    if now.ended:
        said = ended.screen(now, session.code(now), session.dates(), session.store()["done"])
    elif letter:
        said = turned.screen(now, letter, now.screen.words(letter))
    else:
        said = decided.answered(now) if now.solved else decided.asked(now)
    _show("cases_decision", said, live=decided.live(now), hand=session.hand())


def _drawing(now) -> None:
    g, letter = guideline(), session.store()["turn"]
    page, open_boxes, chosen = shown.page(g, now), shown.passed(now), session.store()["box"]
    states = shown.states(g, now, turned.turned(now, letter)[0] if letter else None)
    here, steps = shown.current(now), shown.steps(g, now, states)
    seen = chosen or shown.answer(now, page, states)
    with st.container(key="cases_switch"):
        panel.show("cases_views", SWITCH)
    with st.container(key="cases_map"):
        _mount("drawing", shown.pictured(page, open_boxes), states, here, "cases_graph", seen, steps)
    with st.container(key="cases_list"):
        _mount("list", shown.listed(page, open_boxes), states, here, "cases_outline", chosen, steps)
    with st.container(key="cases_say"), st.container(key=f"cases_say_{'open' if chosen else 'none'}"):
        _show("cases_box", shown.said(chosen, box.detail if chosen and shown.tells(g, now, chosen) else shown.waits))


def _mount(view: str, page: dict, states, here: str | None, key: str, selected: str | None, steps) -> None:
    sent = pathway_graph.packed(view, page, key)
    pathway_graph.mount(page, sent, states, here, key, selected, steps, session.pick)


def _show(key: str, said: str, **more) -> None:
    panel.show(key, said, on_press=lambda: session.press(key), **more)


if __name__ == "__main__":
    navigation.enter()
