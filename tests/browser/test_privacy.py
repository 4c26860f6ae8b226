"""What is entered about a child stays in the tab and the session; nothing leaves the host."""
from __future__ import annotations

import re
from pathlib import Path

from hands import Tab
from playwright.sync_api import expect

from benchmarks.damage import copied
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


def heard_by_another(open_tab) -> list[str]:
    """All that the server says to somebody else, on every page."""
    other, said = open_tab(None), []
    other.page.on("websocket", lambda line: line.on("framereceived", lambda frame: said.append(frame)))
    other.go("/")
    for info in PAGES[1:]:
        other.turn_to(info.title, info.heading)
    assert len(said) > len(PAGES)
    return [frame if isinstance(frame, str) else frame.decode("utf-8", errors="replace") for frame in said]


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
    with tab.rerun():
        tab.page.get_by_role("button", name="PDF, A4").click()
    seen += heard_by_another(open_tab)
    seen += [tab.page.evaluate("location.href"), tab.page.evaluate(STORED), server.said()]
    assert [text for text in seen + tab.addresses + tab.asked if SENTINELS.search(text)] == []
    assert all("?" not in address for address in seen[:len(PAGES) + 1])
    leaks = [path for folder in (ROOT, server.scratch) for path in files_since(folder, server.began)
             if SENTINELS.search(path.read_bytes().decode("utf-8", errors="replace"))]
    assert leaks == []


def test_error_shows_a_sentence_and_the_banner_and_its_log_holds_no_entered_value(chromium, server_of, tmp_path):
    page = copied(tmp_path / "project") / "pages/risk_groups.py"
    lines = page.read_text(encoding="utf-8").replace("g, w = guideline(), case.route()",
                                                     "g, w = guideline(), case.route()\n    raise ValueError('broken')")
    page.write_text(lines, encoding="utf-8")
    server = server_of(tmp_path / "project")
    tab = Tab(chromium.new_page(), server.base).go("/")
    tab.answer("age_at_diagnosis_years", "7.77 years")
    tab.answer("wbc_10e9_per_l", "123.45 x10^9/L")
    tab.page.get_by_test_id("stTopNavLink").filter(has_text="Risk groups").click()
    shown = tab.page.get_by_test_id("stException")
    expect(shown).to_be_visible()
    expect(tab.page.get_by_role("note").filter(has_text="Newer versions exist.")).to_be_visible()
    said, logged = shown.inner_text(), server.said()
    tab.page.close()
    assert not re.search(r"Traceback|File |\.py|ValueError|broken", said)
    assert "ValueError" in logged and "broken" in logged and not SENTINELS.search(logged)
    assert [path for folder in (tmp_path, server.scratch) for path in files_since(folder, server.began)
            if SENTINELS.search(path.read_bytes().decode("utf-8", errors="replace"))] == []


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
