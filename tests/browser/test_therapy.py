"""Therapy in a browser: from a phase to its agents, transplant by situation, and the example calendar by keyboard."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pages.ui import surveillance
from pathways.load import guideline

DOSE = re.compile(r"\d\s*mg\b|\bmcg\b|µg|microgram|/m2|m²|\bmg/", re.IGNORECASE)


def agent(tab, name):
    return tab.page.locator(f'details[data-agent="{name}"]')


def test_phase_leads_to_its_agent_each_time(open_tab):
    tab = open_tab("/therapy")
    link = tab.page.locator('.timeline button[data-press="agent:vincristine"]').first
    for _ in range(2):
        with tab.rerun():
            link.click()
        expect(agent(tab, "vincristine")).to_have_attribute("open", "")
        expect(agent(tab, "vincristine").locator("summary").first).to_be_in_viewport()
        expect(agent(tab, "vincristine").locator("summary").first).to_be_focused()
        agent(tab, "vincristine").locator("summary").first.click()
        expect(agent(tab, "vincristine")).not_to_have_attribute("open", "")
    expect(tab.page).to_have_url(re.compile(r"/therapy\?agent=vincristine$"))


@pytest.mark.parametrize("width", [390, 1280])
def test_address_of_an_agent_opens_it_with_approval_and_caveats(open_tab, width):
    tab = open_tab("/therapy?agent=inotuzumab", width=width)
    expect(agent(tab, "inotuzumab")).to_have_attribute("open", "")
    expect(agent(tab, "inotuzumab").locator("summary").first).to_be_in_viewport()
    expect(agent(tab, "inotuzumab")).to_contain_text("August 2017")
    expect(agent(tab, "inotuzumab")).to_contain_text("52% (11 of 21")
    expect(tab.page.locator("details[data-agent][open]")).to_have_count(1)


def test_agent_leads_to_its_box(open_tab):
    tab = open_tab("/therapy?agent=nelarabine")
    agent(tab, "nelarabine").locator('button[data-press="node:further_nelarabine_approved"]').click()
    expect(tab.page.locator("h1")).to_have_text("Pathways")
    expect(tab.page.locator(".detail h2")).to_have_text(guideline().nodes["further_nelarabine_approved"].title)


def test_phases_stand_side_by_side_where_there_is_room_and_below_each_other_on_a_phone(open_tab):
    tab = open_tab("/therapy")
    steps = tab.page.locator(".timeline:not(.alongside) > .phase")
    boxes = [steps.nth(i).bounding_box() for i in range(3)]
    assert len({round(box["y"]) for box in boxes}) == 1 and boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    through = tab.page.locator(".timeline.alongside > .phase")
    cns, hsct = through.nth(0).bounding_box(), through.nth(1).bounding_box()
    assert abs(cns["x"] - boxes[0]["x"]) < 2 and abs(hsct["x"] - boxes[1]["x"]) < 2
    tab.page.set_viewport_size({"width": 390, "height": 844})
    expect(steps.nth(2)).to_be_visible()
    narrow = [steps.nth(i).bounding_box() for i in range(3)]
    assert narrow[0]["y"] < narrow[1]["y"] < narrow[2]["y"]
    expect(through.nth(0).locator(".span")).to_be_visible()


def test_transplant_by_situation_names_strength_category_and_source(open_tab):
    tab = open_tab("/therapy")
    fold = tab.unfold("hsct-PEDALL-5")
    expect(fold).to_contain_text("Consolidation with HSCT for high risk.")
    expect(fold).to_contain_text("category 2A")
    expect(fold.locator("details.source").first).to_be_visible()


def test_example_calendar_follows_the_keyboard(open_tab):
    tab = open_tab("/therapy")
    thumb = tab.page.get_by_role("slider")
    expect(thumb).to_have_value(str(surveillance.FIRST_SHOWN))
    thumb.focus()
    for _ in range(3):
        with tab.rerun():
            tab.page.keyboard.press("ArrowLeft")
    due = tab.page.locator(".due")
    expect(due).to_contain_text("Month 11: First year, every 1 to 4 months")
    expect(due).to_contain_text("from month 12 to month 15")
    expect(tab.page.locator(".months td.chosen")).to_have_attribute("data-month", "11")
    expect(thumb).to_be_focused()
    expect(tab.page.get_by_role("heading", name=surveillance.NOT_A_SCHEDULE)).to_be_visible()
    assert tab.page.url.endswith("/therapy")


@pytest.mark.parametrize("path", ["/therapy", "/genetics"])
def test_no_dose_is_seen_with_everything_open(open_tab, path):
    tab = open_tab(path)
    page = tab.page
    page.locator(".fold").first.wait_for()
    said = page.evaluate("""() => {
      const roots = [...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean);
      roots.forEach((root) => root.querySelectorAll('details').forEach((d) => { d.open = true; }));
      return roots.map((root) => root.querySelector('.panel')?.innerText ?? '').join(' ');
    }""")
    assert len(said) > 5000
    assert not DOSE.search(said), DOSE.search(said)
