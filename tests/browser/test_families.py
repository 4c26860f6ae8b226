"""Families in a browser: from Start to a handout without one number; then step by step, and hidden again."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from test_axe import violations
from test_families_page import OUTCOME

from content.families import families
from pages.ui import families_numbers as numbers
from pages.ui.navigation import PAGES

KNOWN = families()
HEADINGS = {info.name: info.heading for info in PAGES}
TOPIC = max(KNOWN.topics.values(), key=lambda topic: len(topic.numbers))
SINGLE = next(name for name in TOPIC.numbers if len(KNOWN.told(name).sides) == 1)
PAIR = next(name for name in TOPIC.numbers if len(KNOWN.told(name).sides) == 2)
PHONE = {"width": 390, "height": 844}
# All words of the page in their order, also those inside its parts; styles and scripts are none.
WORDS = """() => {
  const said = [];
  const walk = (node) => {
    if (node.nodeType === 3) said.push(node.data);
    if (node.nodeType === 1 && /^(STYLE|SCRIPT)$/.test(node.tagName)) return;
    if (node.ariaLabel) said.push(node.ariaLabel);
    for (const kid of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]) walk(kid);
  };
  walk(document.querySelector('[data-testid="stMain"]'));
  return said.join(' ').replace(/\\s+/g, ' ');
}"""
COLORS = """() => {
  const parts = [...document.querySelectorAll('*')].map((n) => n.shadowRoot).filter(Boolean);
  const dot = parts.flatMap((part) => [...part.querySelectorAll('.hundred circle')])[0];
  return [getComputedStyle(dot).stroke, getComputedStyle(document.querySelector('.stApp')).backgroundColor];
}"""


def said(tab) -> str:
    return tab.page.evaluate(WORDS)


def block(tab, name):
    return tab.page.locator(f'.number[data-number="{name}"]')


def unfold_numbers(tab):
    fold = tab.page.locator(f'details[data-keep="numbers-{TOPIC.id}"]')
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    return fold


def further(tab, name, steps):
    """Ask for the next steps of a number."""
    for _ in range(steps):
        with tab.rerun():
            block(tab, name).locator(".act").click()


def expect_no_number(tab, where=""):
    words = said(tab)
    assert not OUTCOME.search(words) and "of 100 children had" not in words, where
    assert tab.page.locator(".hundred, .number .step").count() == 0, where


def open_topic(tab, name):
    with tab.rerun():
        tab.page.locator(f'[data-press="topic:{name}"]').locator("visible=true").first.click()
    expect(tab.page.locator(".topic-head h2")).to_have_text(KNOWN.topics[name].title)


def take_topic_along(tab):
    """A handout of the open topic, saved."""
    fold = tab.page.locator('details[data-keep="handout"]')
    fold.locator("> summary").click()
    with tab.rerun():
        fold.get_by_role("checkbox", name=TOPIC.title).click()
    with tab.page.expect_download() as saved:
        fold.get_by_role("button", name="PDF, A4").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    assert saved.value.suggested_filename.endswith("-a4.pdf")
    expect(fold.get_by_role("status")).to_have_text("PDF made.")


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_way_from_start_to_a_handout_shows_no_number_until_it_is_asked_for(open_tab, size):
    tab = open_tab("/", **size)
    with tab.rerun():
        tab.page.get_by_role("link", name="For families").click()
    expect(tab.page.locator("h1")).to_have_text(HEADINGS["families"])
    expect(tab.page.get_by_role("note").filter(has_text="General education for families")).to_be_visible()
    open_topic(tab, TOPIC.id)
    assert tab.page.url == f"{tab.base}/families?topic={TOPIC.id}"
    take_topic_along(tab)
    expect_no_number(tab)
    unfold_numbers(tab)
    expect_no_number(tab)
    told, part = KNOWN.told(SINGLE), block(tab, SINGLE)
    for step, shown in enumerate((told.meaning, told.words, told.sides[0].sentence, told.sides[0].others)):
        expect(part).not_to_contain_text(shown)
        expect(part.locator(".act")).to_contain_text(numbers.NEXT[step])
        further(tab, SINGLE, 1)
        expect(part).to_contain_text(shown)
    expect(part.locator(".act")).to_have_count(0)
    with tab.rerun():
        part.get_by_role("button", name=numbers.HIDE).click()
    expect_no_number(tab)
    expect(part.locator("h3")).to_be_focused()


def test_numbers_are_opened_and_hidden_by_the_keyboard_and_focus_follows(open_tab):
    tab = open_tab("/families")
    door = tab.page.locator(f'[data-press="topic:{TOPIC.id}"]')
    door.focus()
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".topic-head h2")).to_be_in_viewport()
    assert tab.active()["tag"] != "body"
    fold = tab.page.locator(f'details[data-keep="numbers-{TOPIC.id}"]')
    fold.locator("> summary").focus()
    tab.page.keyboard.press("Enter")
    part = block(tab, SINGLE)
    for step in range(4):
        if step == 0:
            part.locator(".act").focus()
        for _ in range(8):                                   # from what was revealed on to its next button
            if numbers.NEXT[step] in tab.active()["text"] and tab.active()["tag"] == "button":
                break
            tab.page.keyboard.press("Tab")
        assert tab.active()["seen"] and tab.active()["tag"] == "button"
        with tab.rerun():
            tab.page.keyboard.press("Enter")
        expect(part.locator(".step")).to_have_count(step + 1)
        expect(part.locator(".step").last).to_be_focused()
    tab.page.keyboard.press("Tab")
    assert numbers.HIDE in tab.active()["text"]
    with tab.rerun():
        tab.page.keyboard.press("Enter")
    expect_no_number(tab)
    expect(part.locator("h3")).to_be_focused()


def test_no_topic_shows_a_number_unasked(open_tab):
    tab = open_tab("/families")
    expect_no_number(tab, "all")
    for name in KNOWN.topics:
        open_topic(tab, name)
        expect_no_number(tab, name)
        tab.page.evaluate("""() => document.querySelectorAll('*').forEach((n) =>
          n.shadowRoot?.querySelectorAll('details').forEach((d) => { d.open = true; }))""")
        expect_no_number(tab, name)
        assert tab.page.locator("[data-testid=stMain]").locator("input, select, textarea").count() == 0


def test_two_quick_presses_open_one_step(open_tab):
    tab = open_tab(f"/families?topic={TOPIC.id}")
    unfold_numbers(tab)
    with tab.rerun():
        block(tab, SINGLE).locator(".act").dblclick()
    expect(block(tab, SINGLE).locator(".step")).to_have_count(1)


def test_another_topic_another_page_and_a_reload_close_every_number(open_tab):
    tab = open_tab(f"/families?topic={TOPIC.id}")
    other = next(name for name in KNOWN.topics if name != TOPIC.id)
    for leave in ("topic", "page", "reload", "all"):
        unfold_numbers(tab)
        further(tab, SINGLE, 4)
        expect(block(tab, SINGLE).locator(".hundred")).to_be_visible()
        if leave == "topic":
            open_topic(tab, other)
            open_topic(tab, TOPIC.id)
        elif leave == "page":
            tab.turn_to("Sources", HEADINGS["sources"])
            tab.turn_to("Families", HEADINGS["families"])
            expect(tab.page.locator(".doors").first).to_be_visible()
            open_topic(tab, TOPIC.id)
        elif leave == "reload":
            tab.page.reload()
            tab.ready()
        else:
            with tab.rerun():
                tab.page.get_by_role("button", name="All topics").click()
        expect_no_number(tab, leave)


def test_step_back_opens_the_topic_before(open_tab):
    tab = open_tab("/families")
    first, second = list(KNOWN.topics)[:2]
    open_topic(tab, first)
    open_topic(tab, second)
    tab.page.go_back()
    expect(tab.page.locator(".topic-head h2")).to_have_text(KNOWN.topics[first].title)
    expect(tab.page).to_have_url(f"{tab.base}/families?topic={first}")


def test_deep_link_and_unknown_topic_on_a_server_that_nobody_visited(open_tab, fresh_server):
    tab = open_tab(f"/families?topic={TOPIC.id}", at=fresh_server)
    expect(tab.page.locator(".topic-head h2")).to_have_text(TOPIC.title)
    tab.go("/families?topic=%3Cb%3Eno_such%27%22")
    expect(tab.page.get_by_text("The address names a topic that is not on this page.")).to_be_visible()
    expect(tab.page.locator(".doors").first).to_be_visible()


def test_what_is_entered_elsewhere_changes_no_word(open_tab):
    tab = open_tab(f"/families?topic={TOPIC.id}")
    before = said(tab)
    tab.turn_to("Walk", HEADINGS["walk"])
    for key, value in {"situation": "front_line", "age_at_diagnosis_years": "4 years", "lineage": "B-ALL",
                       "wbc_10e9_per_l": "60 x10^9/L"}.items():
        tab.answer(key, value)
    tab.turn_to("Families", HEADINGS["families"])
    open_topic(tab, TOPIC.id)
    assert said(tab) == before


def channels(color: str) -> list[float]:
    return [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]


def luminance(color: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dots_are_a_hundred_and_stand_out(open_tab, scheme):
    tab = open_tab(f"/families?topic={TOPIC.id}", scheme=scheme)
    unfold_numbers(tab)
    further(tab, SINGLE, 4)
    further(tab, PAIR, 3)
    for name in (SINGLE, PAIR):
        pictures = block(tab, name).locator(".hundred")
        expect(pictures).to_have_count(len(KNOWN.told(name).sides))
        for picture, side in zip(pictures.all(), KNOWN.told(name).sides, strict=True):
            fills = picture.locator("circle").evaluate_all("(all) => all.map((dot) => getComputedStyle(dot).fill)")
            assert len(fills) == 100 and fills.count("none") == side.rest
            assert side.sentence in picture.get_attribute("aria-label")
    dot, page = sorted(map(luminance, tab.page.evaluate(COLORS)))
    assert (page + 0.05) / (dot + 0.05) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_topic_breaks_no_rule_of_axe(open_tab, scheme):
    tab = open_tab(f"/families?topic={TOPIC.id}", scheme=scheme)
    unfold_numbers(tab)
    further(tab, SINGLE, 4)
    further(tab, PAIR, 3)
    tab.page.locator('details[data-keep="handout"] > summary').click()
    with tab.rerun():
        tab.page.get_by_role("checkbox", name=TOPIC.title).click()
    tab.page.locator('details[data-keep="words"] > summary').click()
    for place in tab.page.locator("details.source").all():
        place.locator("summary").click()
    for size in ({"width": 1280, "height": 900}, PHONE):
        tab.page.set_viewport_size(size)
        assert violations(tab, ("families", size["width"], scheme)) == []
        over = tab.page.locator('[data-testid="stMain"]').evaluate("(m) => m.scrollWidth - m.clientWidth")
        assert over <= 0
    heads = tab.page.locator("h1, h2, h3, h4").evaluate_all("(all) => all.map((h) => Number(h.tagName[1]))")
    assert heads.count(1) == 1 and all(b <= a + 1 for a, b in zip(heads, heads[1:], strict=False)), heads


def test_word_is_explained_in_place_and_leads_nowhere_else(open_tab):
    tab = open_tab(f"/families?topic={TOPIC.id}", **PHONE)
    word = tab.page.locator(".topic .term").first
    term = next(one for one in KNOWN.terms() if one.id == word.get_attribute("data-term"))
    word.click()
    tip = tab.page.locator(".explained")
    expect(tip).to_contain_text(term.plain)
    expect(tip).not_to_contain_text(term.short)
    assert tip.locator("button, a").count() == 0
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    tab.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(word).to_be_focused()
    tab.page.locator('details[data-keep="words"] > summary').click()      # all of them are one press away
    expect(tab.page.locator(".terms dt").first).to_be_visible()


def test_page_has_no_search_and_its_keys_do_nothing_there(open_tab):
    tab = open_tab("/glossary")
    expect(tab.page.get_by_role("button", name="Search", exact=True)).to_be_visible()
    tab.turn_to("Families", HEADINGS["families"])
    expect(tab.page.get_by_role("button", name="Search", exact=True)).to_have_count(0)
    tab.page.keyboard.press("Control+k")
    expect(tab.page.locator("dialog.finder[open]")).to_have_count(0)
    tab.turn_to("Glossary", HEADINGS["glossary"])
    tab.page.keyboard.press("Control+k")
    expect(tab.page.locator("dialog.finder")).to_be_visible()


def test_life_after_treatment_is_one_press_away(open_tab):
    tab = open_tab("/families", **PHONE)
    expect(tab.page.locator('.doors [data-press="topic:after_treatment"]')).to_be_visible()
    open_topic(tab, "after_treatment")
