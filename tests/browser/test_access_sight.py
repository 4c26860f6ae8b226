"""Forced colors keep states and focus; inner screens are whole at 400 %, with spaced text, and calm."""
from __future__ import annotations

import pytest
from hands import Tab
from places import INNER, card, numbers, script, show_parts
from test_accessibility import DESK, PHONE, ZOOMED

from content.families import families

NEW = ("trials card", "pathways taught", "cases asked", "cases decided", "cases turned", "cases ended",
       "families numbers")
PARTS = {topic.part for topic in families().topics.values()}     # over the list of topics, then one press away
ROOM = 10                                                 # around what is pictured [px]
CLASS = "(e) => e.classList.remove('{}')"
STATE = "(e) => e.removeAttribute('{}')"
# A place, what is in a state there, and how the state is taken from it: the picture must change.
STATES = (
    ("walk", "svg.page g.node.visited:not(.current, .chosen)", CLASS.format("visited")),
    ("walk", "svg.page g.node.possible:not(.chosen)", CLASS.format("possible")),
    ("walk", "svg.page g.node.current", CLASS.format("current")),
    ("walk", "svg.page g.node.chosen", CLASS.format("chosen")),
    ("walk", ".chip:has(input:not([value='']):checked)", "(e) => { e.firstChild.checked = false; }"),
    ("walk", ".switch button[aria-pressed=true]", STATE.format("aria-pressed")),
    ("walk", ".page-bar [aria-current]", STATE.format("aria-current")),
    ("pathways", ".page-bar [aria-current]", STATE.format("aria-current")),
    ("pathways", ".take[aria-pressed=true]", STATE.format("aria-pressed")),
    ("genetics", ".class-of.favorable", CLASS.format("favorable")),
    ("therapy", ".months td.chosen", CLASS.format("chosen")),
    ("therapy", ".months .dot.both", "(e) => e.classList.replace('both', 'near')"),
    ("therapy", ".months .dot.near", "(e) => e.classList.replace('near', 'none')"),
    ("trials", ".studies [aria-current]", STATE.format("aria-current")),
    ("cases", ".option:has(input:checked)", "(e) => { e.firstChild.checked = false; }"),
    ("families", ".topic-list [aria-current]", STATE.format("aria-current")),
    ("families", ".box[aria-checked=true]", "(e) => e.setAttribute('aria-checked', 'false')"),
    ("families", ".hundred circle[fill=currentColor]", "(e) => e.setAttribute('fill', 'none')"),
)
FOCUS = {"walk": ("[data-testid=stTopNavLink]", "select", ".chip input", "summary", "svg.page g.node[tabindex='0']",
                  ".tools button", ".switch button", ".group-open"),
         "pathways": (".page-bar button", ".take"), "therapy": (".stSlider input",), "trials": (".studies button",),
         "cases": (".option input", ".act", ".goto"), "families": (".topic-list li button", ".act", ".box")}


def case(tab: Tab) -> None:
    """Cases, with an answer chosen and not committed."""
    INNER["cases asked"](tab)
    tab.page.locator('input[name="answer"]').first.check()


def topic(tab: Tab) -> None:
    """Families, with numbers open and a topic chosen for the handout."""
    numbers(tab)
    with tab.rerun():
        tab.page.locator(".box").first.click()


def walk(tab: Tab) -> None:
    """Walk, after two answers, with the next box looked at."""
    tab.go("/walk")
    for key, value in {"situation": "front_line", "age_at_diagnosis_years": "4 years"}.items():
        tab.answer(key, value)
    tab.page.get_by_role("button", name="Whole page").click()
    with tab.rerun():
        tab.page.locator("svg.page g.node.possible").first.click()


OPEN = {"walk": walk, "pathways": INNER["pathways taught"], "genetics": lambda tab: tab.go("/genetics"),
        "therapy": lambda tab: tab.go("/therapy"), "trials": card, "cases": case, "families": topic}


def picture(tab: Tab, target) -> bytes:
    """What is seen of an element and a little around it."""
    box = target.bounding_box()
    clip = {"x": max(box["x"] - ROOM, 0), "y": max(box["y"] - ROOM, 0), "width": box["width"] + 2 * ROOM,
            "height": box["height"] + 2 * ROOM}
    return tab.page.screenshot(clip=clip, caret="hide")


def unseen(tab: Tab, selector: str, change: str) -> bool:
    """Whether a change to the first such element that is shown leaves the picture as it was."""
    target = tab.page.locator(selector).locator("visible=true").first
    target.scroll_into_view_if_needed()
    handle = target.element_handle()
    before = picture(tab, handle)
    handle.evaluate(change)
    return picture(tab, handle) == before


@pytest.mark.parametrize("place", OPEN)
def test_states_and_focus_are_seen_in_forced_colors(open_tab, place):
    tab = open_tab("/", forced_colors="active")
    assert tab.page.evaluate("matchMedia('(forced-colors: active)').matches")
    OPEN[place](tab)
    lost = [selector for name, selector, change in STATES if name == place and unseen(tab, selector, change)]
    for selector in FOCUS.get(place, ()):
        tab.page.keyboard.press("Shift")                      # from now on the focus is seen
        tab.page.evaluate("document.activeElement.blur()")
        if unseen(tab, selector, "(e) => e.focus()"):
            lost.append(f"focus of {selector}")
    assert lost == []


@pytest.mark.parametrize("name", NEW)
def test_inner_screen_loses_nothing_when_it_is_enlarged_and_is_calm(open_tab, name):
    tab, found, texts = open_tab("/", **DESK), [], {}
    INNER[name](tab)
    for size in (DESK, ZOOMED, PHONE):
        tab.page.set_viewport_size(size)
        for part in show_parts(tab):
            script(tab, "look.open")
            found += [(size["width"], part, what) for what in script(tab, "look.cut") + script(tab, "look.moving")]
            texts.setdefault(size["width"], set()).update(script(tab, "look.texts"))
    assert found == []
    assert len(texts[DESK["width"]]) > 10
    if name != "trials card":                                 # there list and card take turns on a phone
        assert texts[DESK["width"]] - texts[ZOOMED["width"]] - PARTS == set()
    script(tab, "look.space")                                 # at the width of a phone
    assert script(tab, "look.cut") == []
    assert script(tab, "look.small", [24, "*"]) == []
