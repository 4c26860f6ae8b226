"""Teaching from the drawing: answers hidden until they are pressed, large for an audience, an invented child's way."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

PAGE = "/pathways?node=b_eoi_mrd"


def switch(tab, name):
    """Press one of the switches above the drawing and wait until the drawing is made anew."""
    with tab.rerun():
        tab.page.get_by_role("button", name=name, exact=True).click()


def veils(tab):
    return tab.drawing.get_by_role("button", name="Answer hidden")


def labels(tab) -> list[str]:
    return tab.drawing.evaluate("svg => [...svg.querySelectorAll('.edges .label')].map((label) => label.textContent)")


@pytest.fixture
def tab(open_tab):
    return open_tab(PAGE, width=1280)


def test_answers_are_not_in_the_page_until_they_are_pressed(tab):
    known = [label for label in labels(tab) if label != "?"]
    assert known and not veils(tab).count()
    switch(tab, "Hide the answers")
    expect(veils(tab)).to_have_count(len(known))
    assert set(labels(tab)) == {"?"}
    assert not tab.drawing.locator(".edges title").count()
    assert not tab.page.locator(".st-key-pathways_list_place .answer").count()
    veils(tab).first.click()
    expect(veils(tab)).to_have_count(len(known) - 1)
    assert len([label for label in labels(tab) if label in known]) == 1
    tab.page.get_by_role("button", name="Show all answers of this page").click()
    assert sorted(labels(tab)) == sorted(known)
    switch(tab, "Hide the answers")
    assert sorted(labels(tab)) == sorted(known)


def test_hidden_answer_is_shown_by_keyboard_and_said_and_the_next_box_has_the_focus(tab):
    switch(tab, "Hide the answers")
    first = veils(tab).first
    first.focus()
    target = first.evaluate("veil => veil.parentElement.dataset.edge.split('--')[1]")
    tab.page.keyboard.press("Enter")
    assert tab.active()["node"] == target
    expect(tab.page.locator(".st-key-pathways_map_place").get_by_role("status")).not_to_be_empty()


def test_what_a_box_says_folds_its_answers_away_too(tab):
    switch(tab, "Hide the answers")
    said = tab.page.locator(".st-key-pathways_say")
    assert said.locator("details", has_text="Show the answer").count() == 2
    assert not said.locator("details[open]", has_text="Show the answer").count()


def test_list_hides_its_answers_too(open_tab):
    tab = open_tab(PAGE, width=390, height=844)
    switch(tab, "Hide the answers")
    hidden = tab.page.locator(".st-key-pathways_list_place").get_by_role("button", name="Show the answer")
    many = hidden.count()
    assert many
    hidden.first.click()
    expect(hidden).to_have_count(many - 1)


def test_before_an_audience_the_name_of_a_box_is_large_and_nothing_scrolls_sideways(open_tab):
    tab = open_tab(PAGE, width=853, height=480)                 # 1280x720 at 150 %
    switch(tab, "Large, for an audience")
    name = tab.drawing.locator('[data-node="b_eoi_mrd"] .title')
    size = name.evaluate("text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a")
    assert size >= 18
    expect(name).to_be_in_viewport(ratio=1)
    assert tab.page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


def test_invented_child_shows_its_way_over_pages_and_goes_again(tab):
    with tab.rerun():
        tab.page.get_by_role("button", name="Show me an invented child who comes here").click()
    box = tab.drawing.locator('[data-node="b_eoi_mrd"]')
    expect(box).to_have_attribute("aria-current", "step")
    told = tab.page.get_by_role("region", name="An invented child")
    expect(told).to_contain_text("Lineage: B-ALL")
    tab.turn_drawing("PEDALL-3")
    assert tab.drawing.locator(".node.visited").count()
    with tab.rerun():
        tab.page.get_by_role("button", name="Without the child").click()
    assert not tab.drawing.locator(".node.visited").count()
