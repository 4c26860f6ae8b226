"""The frame of every page, on a deep link too; widths; "New patient"; the tab gives back what a lost session knew."""
from __future__ import annotations

import re
from datetime import date

import pytest
from children import EARLY_RELAPSE
from hands import route_of
from playwright.sync_api import expect

from pages.ui.navigation import PAGES

HEADINGS = {info.name: info.heading for info in PAGES}
PATHS = {name: "/" if name == "start" else f"/{name}" for name in HEADINGS}
VERSION = f"2020 guideline, {date.today().year - 2020} years old. Newer versions exist."
FEW = {"situation": "front_line", "age_at_diagnosis_years": "4 years", "lineage": "B-ALL"}
AFTER = ("all_established_by_pathology", "present")
VIEWS = ("Answer", "Questions", "Drawing", "List")


def look_at_the_frame(tab, heading):
    """Version line and one first heading."""
    expect(tab.page.get_by_role("note").filter(has_text=VERSION)).to_be_visible()
    expect(tab.page.get_by_role("note").filter(has_text="Not affiliated with or endorsed by NCCN")).to_be_visible()
    expect(tab.page.locator("h1")).to_have_text(heading)


@pytest.mark.parametrize(("path", "page", "content"), [
    ("/walk", "walk", "svg.page g.node[data-node=situation]"),
    ("/pathways?node=t_consider_hsct", "pathways", ".detail h2:has-text('Consider HSCT in consolidation')"),
    ("/risk_groups", "risk_groups", ".cards .card"),
    ("/sources", "sources", "h2:has-text('Intended use')"),
])
def test_deep_link_is_whole_on_a_server_that_nobody_visited(open_tab, fresh_server, path, page, content):
    tab = open_tab(path, at=fresh_server)
    look_at_the_frame(tab, HEADINGS[page])
    expect(tab.page.locator(content).first).to_be_visible()
    expect(tab.page.get_by_role("navigation", name="App pages").get_by_role("link")).to_have_count(len(HEADINGS))
    assert tab.page.url == fresh_server.base + path


def test_address_of_no_box_gets_a_plain_sentence(open_tab):
    tab = open_tab("/pathways?node=%3Cb%3Eno_such_box%27%22")
    expect(tab.page.get_by_text("The address names a box that is not in these drawings.")).to_be_visible()
    look_at_the_frame(tab, HEADINGS["pathways"])


def test_every_page_has_the_frame_one_heading_and_a_title_of_its_own(open_tab):
    tab = open_tab("/")
    titles = set()
    for info in PAGES:
        if info.name != "start":
            tab.turn_to(info.title, info.heading)
        look_at_the_frame(tab, info.heading)
        expect(tab.page.locator("h1")).to_have_count(1)
        heads = tab.page.locator("h1, h2, h3, h4, h5, h6")
        levels = heads.evaluate_all("(all) => all.map((h) => Number(h.tagName[1]))")
        assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False)), (info.name, levels)
        titles.add(tab.page.title())
        assert tab.page.locator("html").get_attribute("lang") == "en"
    assert len(titles) == len(PAGES)


@pytest.mark.parametrize("name", PATHS)
def test_skip_link_comes_first(open_tab, name):
    tab = open_tab(PATHS[name])
    tab.page.keyboard.press("Tab")
    first = tab.active()
    assert first["text"] == "Skip to main content" and first["seen"] and first["inView"]


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone(open_tab, width):
    tab = open_tab("/", width=width, height=844)
    wide = []

    def measure(where):
        over = tab.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        main = tab.page.locator('[data-testid="stMain"]').evaluate("(m) => m.scrollWidth - m.clientWidth")
        if over > 0 or main > 0:
            wide.append((where, over, main))

    for known in (False, True):
        for info in PAGES:
            if info.name != "start" or known:
                tab.turn_to(info.title, info.heading)
            measure((info.name, known))
            if info.name == "walk" and not known:
                tab.page.get_by_role("button", name="Questions", exact=True).click()
                for key, value in EARLY_RELAPSE.answers.items():
                    tab.answer(key, value)
            if info.name == "walk":
                for view in VIEWS:
                    tab.page.get_by_role("button", name=view, exact=True).click()
                    measure((info.name, view))
    assert wide == []


def test_menu_of_a_phone_closes_when_a_page_was_chosen(open_tab):
    tab = open_tab("/", width=390, height=844)
    tab.page.get_by_test_id("stExpandSidebarButton").click()
    tab.page.get_by_test_id("stSidebarNavLink").filter(has_text="Sources").click()
    expect(tab.page.locator("h1")).to_have_text(HEADINGS["sources"])
    expect(tab.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


@pytest.mark.parametrize("name", PATHS)
def test_version_is_seen_without_scrolling_on_a_phone(open_tab, name):
    tab = open_tab(PATHS[name], width=390, height=844)
    expect(tab.page.get_by_text(VERSION)).to_be_in_viewport()


def test_new_patient_empties_everything(open_tab):
    tab = open_tab("/walk")
    for key, value in FEW.items():
        tab.answer(key, value)
    tab.turn_to("Risk groups", HEADINGS["risk_groups"])
    expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("4")
    tab.turn_to("Start", HEADINGS["start"])
    expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("4")
    with tab.rerun():
        tab.page.get_by_role("button", name="New patient").click()
    expect(tab.page.get_by_text("Everything about the patient was cleared.")).to_be_visible()
    for title, name in (("Start", "start"), ("Risk groups", "risk_groups"), ("Walk", "walk")):
        tab.turn_to(title, HEADINGS[name])
        if name == "walk":
            expect(tab.drawing.locator("g.node.visited")).to_have_count(1)      # the first question alone
        expect(tab.field("situation").locator("select")).to_have_value("")
        expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("")
        assert [key for key in FEW if tab.field(key).locator("input:checked:not([value=''])").count()] == []
        expect(tab.page.get_by_role("button", name="New patient")).to_have_count(0)


def test_answers_come_back_when_the_server_was_lost(open_tab, fresh_server):
    tab = open_tab("/walk", at=fresh_server)
    for key, value in FEW.items():
        tab.answer(key, value)
    fresh_server.kill()
    connected = tab.page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')
    expect(connected).to_have_count(0)
    fresh_server.start()
    expect(connected).to_have_count(1, timeout=30_000)
    tab.answer(*AFTER)                                         # the first answer after the loss
    route = route_of(FEW | dict([AFTER]))
    page = route.guideline.nodes[route.current].page
    expect(tab.drawing).to_have_attribute("data-rev", re.compile(rf"^{page}\|"))
    tab.expect_drawn(route, page)
    expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("4")
    expect(tab.field("lineage").locator('input[value="B-ALL"], select')).to_be_visible()
    tab.turn_to("Risk groups", HEADINGS["risk_groups"])
    for key in (*FEW, AFTER[0]):
        expect(tab.field(key)).to_contain_class("known")
    tab.turn_to("Walk", HEADINGS["walk"])
    expect(tab.drawing).to_have_attribute("data-rev", re.compile(rf"^{page}\|"))
    tab.expect_drawn(route, page)
    for key in (*FEW, AFTER[0]):
        expect(tab.field(key)).to_contain_class("known")


def test_case_is_cleared_after_a_quarter_of_an_hour_without_input(open_tab):
    tab = open_tab(path=None)
    tab.page.clock.install()
    tab.go("/walk")
    for key, value in FEW.items():
        tab.answer(key, value)
    tab.page.clock.fast_forward("15:10")
    expect(tab.page.get_by_text("Nothing was entered for 15 minutes, so this case was cleared.")).to_be_visible()
    expect(tab.field("situation").locator("select")).to_have_value("")
