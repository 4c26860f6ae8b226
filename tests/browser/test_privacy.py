"""What is entered about a child stays in the tab and the session; nothing leaves the host."""
from __future__ import annotations

import re
from pathlib import Path

from hands import Tab
from playwright.sync_api import expect

from pages.ui.navigation import PAGES

ROOT = Path(__file__).parents[2]
SENTINELS = re.compile(r"(?<![\d.])(7\.77|123\.45|123450|123,450)(?!\d)")
NOT_OURS = {".git", ".venv", "tests", ".hypothesis", ".ruff_cache", "__pycache__"}
STORED = """async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state,
  (await indexedDB.databases()).map((d) => d.name), await caches.keys()])"""


def files_since(folder: Path, moment: float):
    """Files below a folder that were written since."""
    for path in folder.rglob("*"):
        if not NOT_OURS & set(path.relative_to(folder).parts) and path.is_file() and path.stat().st_mtime >= moment - 1:
            yield path


def test_entered_values_reach_no_address_no_output_no_file_and_no_store(open_tab, server):
    tab = open_tab("/")
    tab.answer("situation", "front_line")
    tab.answer("age_at_diagnosis_years", "7.77 years")
    tab.answer("wbc_10e9_per_l", "123.45 x10^9/L")
    seen = []
    for info in (*PAGES[1:], PAGES[0], PAGES[1]):
        tab.turn_to(info.title, info.heading)
        seen.append(tab.page.evaluate("location.href"))
        if info.walks:
            expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("7.77")
    tab.answer("wbc_10e9_per_l", "")
    tab.answer("wbc_10e9_per_l", "123.45 x10^9/L")
    tab.answer("lineage", "B-ALL")
    tab.page.locator("svg.page g.node").first.click()
    expect(tab.page.locator(".detail")).to_be_visible()
    seen += [tab.page.evaluate("location.href"), tab.page.evaluate(STORED), server.said()]
    assert [text for text in seen + tab.addresses + tab.asked if SENTINELS.search(text)] == []
    assert all("?" not in address for address in seen[:-2])
    leaks = [path for folder in (ROOT, server.scratch) for path in files_since(folder, server.began)
             if SENTINELS.search(path.read_bytes().decode("utf-8", errors="replace"))]
    assert leaks == []


def test_no_request_leaves_the_host_and_the_policy_is_kept_in_a_whole_session(open_tab):
    tab: Tab = open_tab("/")
    for info in PAGES[1:]:
        tab.turn_to(info.title, info.heading)
    tab.turn_to("Walk", PAGES[1].heading)
    tab.answer("situation", "first_relapse")
    tab.unfold("why")
    tab.page.evaluate("document.fonts.ready")
    assert len(tab.asked) > 10
    assert tab.foreign() == []
    assert [line for line in tab.complaints if not tab.excused(line)] == []
