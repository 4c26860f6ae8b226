"""What is answered while the line to the server is down is not lost, and is not shown as if it had been heard."""
from __future__ import annotations

import re

from hands import route_of
from playwright.sync_api import expect

FEW = {"situation": "front_line", "age_at_diagnosis_years": "4 years", "lineage": "B-ALL"}
MEANWHILE = ("all_established_by_pathology", "present")
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'


def test_the_last_press_made_while_the_server_is_away_is_heard_when_it_is_back(open_tab, fresh_server):
    tab = open_tab("/walk", at=fresh_server)
    for key, value in FEW.items():
        tab.answer(key, value)
    fresh_server.kill()
    expect(tab.page.locator(CONNECTED)).to_have_count(0)
    folds = tab.page.locator("details[data-late]")
    folds.locator("> summary", has_text="Every statement so far").click()
    fresh_server.start()
    expect(tab.page.locator(CONNECTED)).to_have_count(1, timeout=30_000)
    expect(tab.page.locator("details[data-late='all'] .prose li").first).to_be_visible()
    expect(tab.field("lineage")).to_contain_class("known")


def test_an_answer_given_while_the_server_is_away_is_heard_when_it_is_back(open_tab, fresh_server):
    tab = open_tab("/walk", at=fresh_server)
    for key, value in FEW.items():
        tab.answer(key, value)
    key, value = MEANWHILE
    chip = tab.field(key).locator(f'label.chip:has(input[value="{value}"])')
    fresh_server.kill()
    expect(tab.page.locator(CONNECTED)).to_have_count(0)
    chip.click()
    fresh_server.start()
    expect(tab.page.locator(CONNECTED)).to_have_count(1, timeout=30_000)
    route = route_of(FEW | {key: value})
    page = route.guideline.nodes[route.current].page
    expect(tab.drawing).to_have_attribute("data-rev", re.compile(rf"^{page}\|"))
    tab.expect_drawn(route, page)
    for known in (*FEW, key):
        expect(tab.field(known)).to_contain_class("known")
