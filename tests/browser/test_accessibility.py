"""Targets for a finger, text that may be spaced out and enlarged, nothing that moves unasked, few steps on a phone."""
from __future__ import annotations

from pathlib import Path

import pytest
from children import EARLY_RELAPSE
from playwright.sync_api import expect

from pages.ui.navigation import PAGES

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 1024}
ZOOMED = {"width": 320, "height": 256}                  # the desk at 400 %
PARTS = {True: ("List", "Drawing", "Answer", "Questions"), False: ("Drawing", "List")}
LOOK = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
PRIMARY = ("label.chip, select, input, .act, .needs button, .switch button, .group-open, .tools button, .item, .pick, "
           "details.fold > summary, .st-key-start_doors a, .st-key-start_next a, g.node, "
           "[data-testid=stExpandSidebarButton], [data-testid=stSidebarNavLink]")
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def look(tab, what, *args):
    """What is amiss on the page as it is; see `accessibility.js`."""
    if not tab.page.evaluate("'look' in window"):
        tab.page.evaluate(LOOK)
    return tab.page.evaluate(f"(args) => look.{what}(args)", *args)


def entered(open_tab):
    """A child at the end of its walk, one box looked at, every statement unfolded."""
    tab = open_tab("/walk", **DESK)
    for key, value in EARLY_RELAPSE.answers.items():
        tab.answer(key, value)
    tab.unfold("all")
    tab.open_box("b_relapse_late")
    tab.turn_to("Start", PAGES[0].heading)
    return tab


def tour(tab, size):
    """Go through every page and each of its parts, everything opened; tell where."""
    tab.page.set_viewport_size(size)
    for info in PAGES:
        if tab.page.locator("h1").inner_text() != info.heading:
            tab.turn_to(info.title, info.heading)
        switch = tab.page.locator(".switch")
        parts = PARTS[size["width"] < 960] if info.name == "walk" else PARTS[False]
        for part in parts if switch.count() else ("",):
            if part:
                tab.page.get_by_role("button", name=part, exact=True).click()
            if info.name == "pathways":
                tab.page.locator("svg.page g.node, button.item").locator("visible=true").first.press("Enter")
                expect(tab.page.locator(".detail")).to_be_visible()
            look(tab, "open")
            tab.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            yield f"{info.name} {part}".strip()


def test_targets_are_large_enough_for_a_finger(open_tab):
    tab, found = entered(open_tab), []
    for size, least, kind in ((DESK, 24, "*"), (PHONE, 24, "*"), (PHONE, 44, PRIMARY)):
        for place in tour(tab, size):
            found += [(size["width"], place, what) for what in look(tab, "small", [least, kind])]
    tab.page.get_by_test_id("stExpandSidebarButton").click()
    expect(tab.page.get_by_test_id("stSidebarNavLink").first).to_be_in_viewport()
    found += [("menu", what) for what in look(tab, "small", [24, "*"]) + look(tab, "small", [44, PRIMARY])]
    assert found == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_spaced_text_is_not_cut(open_tab, size):
    tab, found = entered(open_tab), []
    for place in tour(tab, size):
        look(tab, "space")
        found += [(place, what) for what in look(tab, "cut")]
    assert found == []


def test_nothing_is_lost_at_four_times_the_size(open_tab):
    tab, found, texts = entered(open_tab), [], {}
    for size in (DESK, ZOOMED):
        for place in tour(tab, size):
            found += [(size["width"], place, what) for what in look(tab, "cut")]
            texts.setdefault((size["width"], place.split()[0]), set()).update(look(tab, "texts"))
    assert found == []
    for info in PAGES:
        assert len(texts[1280, info.name]) > 10
        assert texts[1280, info.name] - texts[320, info.name] == set(), info.name


def test_nothing_moves_where_less_motion_is_asked_for(open_tab):
    tab, found = entered(open_tab), []
    for size in (DESK, PHONE):
        for place in tour(tab, size):
            found += [(size["width"], place, what) for what in look(tab, "moving")]
            if tab.drawing.is_visible():
                assert look(tab, "jumps"), place
    assert found == []


def test_risk_group_takes_few_steps_and_one_screen_on_a_phone(open_tab):
    tab = open_tab("/", **PHONE)
    steps = []

    def step(action, *args):
        steps.append(action)
        with tab.rerun():
            action(*args)

    step(tab.field("situation").locator("select").select_option, "front_line")
    for key, number, unit in (("age_at_diagnosis_years", "4", "years"), ("wbc_10e9_per_l", "12", "x10^9/L")):
        step(lambda box, text: (box.fill(text), box.blur()), tab.field(key).locator("input[type=text]"), number)
        step(tab.field(key).locator(f'label.chip:has(input[value="{unit}"])').click)
    step(tab.field("lineage").locator("select").select_option, "B-ALL")
    said = tab.page.locator(".schemes > div").filter(has_text="NCI").locator("dd")
    said.scroll_into_view_if_needed()
    expect(said).to_contain_text("Standard", ignore_case=True)
    expect(said).to_be_in_viewport()
    assert len(steps) <= 8
    assert tab.page.evaluate(SCROLLED) <= PHONE["height"]
