"""Outcomes in a browser: choices, charts in light and dark, tables, files made in the browser, phones."""
from __future__ import annotations

import csv
import io
import struct

import pytest
from playwright.sync_api import expect

from content.load import knowledge
from pages.ui import charts, outcome_panels, outcomes

DEFAULT = outcome_panels.panels("front_line", "efs")
FIRST = 3
TEXTS = """(plots) => plots.map((plot) => [...plot.querySelectorAll('text')].map((t) => t.textContent))"""
COLORS = """(plots) => [...new Set(plots.flatMap((plot) => [...plot.querySelectorAll('.point')])
  .map((point) => getComputedStyle(point).stroke))]"""
BEYOND = """(plots) => plots.flatMap((plot) => {
  const edge = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('text')].filter((t) => t.textContent && t.getBoundingClientRect().width)
    .filter((t) => { const r = t.getBoundingClientRect(); return r.left < edge.left - 1 || r.right > edge.right + 1; })
    .map((t) => t.textContent);
})"""
SMALL = """(buttons) => buttons.filter((b) => b.offsetParent)
  .map((b) => [b.textContent, b.getBoundingClientRect().height])
  .filter(([, height]) => height < 24)"""
PAD, SHARP = 20, 2


def plots(tab):
    """The charts of the page."""
    return tab.page.locator(".js-plotly-plot")


def see(tab, panels):
    """Wait for the studies of these panels, and for a chart of each that has one."""
    expect(tab.page.locator(".study-head h2")).to_have_text([panel.trial.name for panel in panels])
    expect(plots(tab)).to_have_count(len([panel for panel in panels if panel.marks]))
    expect(plots(tab).locator("svg.main-svg")).to_have_count(sum(3 for panel in panels if panel.marks))


def choose(tab, words):
    """Press a choice; wait for the page."""
    with tab.rerun():
        tab.page.get_by_role("button", name=words, exact=True).click()


def names_of(tab):
    """All words of all charts."""
    return plots(tab).evaluate_all(TEXTS)


def test_page_opens_calmly_with_front_line_efs_and_shows_more_on_request(open_tab):
    tab = open_tab("/outcomes")
    see(tab, DEFAULT[:FIRST])
    expect(tab.page.get_by_role("button", name="Front line")).to_have_attribute("aria-pressed", "true")
    expect(tab.page.locator(".modebar-container .modebar")).to_have_count(0)
    for panel in DEFAULT[:FIRST]:
        figure = tab.page.get_by_role("figure", name=charts.alt(panel))
        expect(figure).to_be_visible()
    choose(tab, f"Show 5 more of {len(DEFAULT)} panels")
    see(tab, DEFAULT[:FIRST + 5])


def test_choices_change_the_panels_and_keep_the_focus(open_tab):
    tab = open_tab("/outcomes")
    choose(tab, "DFS")
    see(tab, outcome_panels.panels("front_line", "dfs")[:FIRST])
    assert tab.active()["text"] == "DFS"
    shown = outcome_panels.panels("front_line", "dfs")
    expect(tab.page.locator(".live", has_text=outcomes.count(knowledge(), shown, "front_line"))).to_have_count(1)
    choose(tab, "Relapsed or refractory")
    see(tab, outcome_panels.panels("relapsed_refractory", "efs")[:FIRST])      # this setting prints no DFS
    choose(tab, "pEFS")
    see(tab, outcome_panels.panels("relapsed_refractory", "pefs"))
    assert {"0.17 (time not printed)", "0.17"} & set(names_of(tab)[0])


def test_zoomed_axis_says_where_it_starts(open_tab):
    tab = open_tab("/outcomes")
    see(tab, DEFAULT[:FIRST])
    choose(tab, "Zoomed, break marked")
    begins = [f"Axis starts at {charts.start(panel)}%" for panel in DEFAULT[:FIRST]]
    for number, words in enumerate(begins):
        expect(plots(tab).nth(number).locator("text", has_text=words)).to_have_count(1)
        expect(plots(tab).nth(number).locator("text").get_by_text(charts.BREAK, exact=True)).to_have_count(1)
    choose(tab, "From 0")
    expect(plots(tab).locator("text", has_text="Axis starts")).to_have_count(0)


def test_same_numbers_in_light_and_dark_in_other_colors(open_tab):
    seen, colors = [], []
    for scheme in ("light", "dark"):
        tab = open_tab("/outcomes", scheme=scheme)
        see(tab, DEFAULT[:FIRST])
        seen.append(names_of(tab))
        colors.append(plots(tab).evaluate_all(COLORS))
        tab.page.emulate_media(media="print")
        assert names_of(tab) == seen[-1]
    assert seen[0] == seen[1]
    assert len(colors[0]) == len(colors[1]) == 2 and not set(colors[0]) & set(colors[1])
    for panel, words in zip(DEFAULT, seen[0], strict=False):
        assert {mark.amount for mark in panel.marks} <= {word.split(" at ")[0] for word in words}


def test_table_is_one_press_away_and_its_csv_is_the_same(open_tab):
    tab = open_tab("/outcomes")
    panel = DEFAULT[1]
    see(tab, DEFAULT[:FIRST])
    fold = tab.page.locator(f'details[data-keep="table-{panel.key}"]')
    fold.locator("summary").click()
    cells = fold.locator("tr").evaluate_all("(rows) => rows.map((r) => [...r.cells].map((c) => c.textContent))")
    assert [tuple(row) for row in cells] == [outcomes.COLUMNS, *outcomes.rows(panel)]
    assert fold.locator("th:not([scope])").count() == 0
    with tab.page.expect_download() as waiting:
        fold.get_by_role("button", name="Download CSV").click()
    assert waiting.value.suggested_filename == f"{panel.key}.csv"
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert [tuple(row) for row in csv.reader(io.StringIO(text))] == [outcomes.COLUMNS, *outcomes.rows(panel)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_is_made_of_the_chart_with_its_title(open_tab, scheme):
    tab = open_tab("/outcomes", scheme=scheme)
    see(tab, DEFAULT[:FIRST])
    size = plots(tab).first.locator("svg.main-svg").first.evaluate("(e) => [e.clientWidth, e.clientHeight]")
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name="Picture (PNG)").first.click()
    assert waiting.value.suggested_filename == f"{DEFAULT[0].key}.png"
    data = waiting.value.path().read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 20_000
    width, height = struct.unpack(">II", data[16:24])
    assert width == (size[0] + 2 * PAD) * SHARP
    assert height > (size[1] + 2 * PAD) * SHARP                # the title stands above the chart


def test_every_figure_is_in_one_table(open_tab):
    tab = open_tab("/outcomes")
    see(tab, DEFAULT[:FIRST])
    fold = tab.unfold(outcomes.ALL)
    expect(fold.locator("tbody tr")).to_have_count(sum(len(panel.rows) for panel in outcome_panels.every()))
    with tab.page.expect_download() as waiting:
        fold.get_by_role("button", name="Download CSV").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["as printed"] for row in rows] == [row.figure.as_printed for panel in outcome_panels.every()
                                                   for row in panel.rows]


def test_study_leads_to_its_card(open_tab):
    tab = open_tab("/outcomes")
    see(tab, DEFAULT[:FIRST])
    tab.page.get_by_role("button", name="Study card").nth(1).click()
    tab.page.wait_for_url(f"**/trials?trial={DEFAULT[1].trial.id}")
    expect(tab.page.locator("h1")).to_have_text("Trials in the text")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_cut_off_on_a_phone(open_tab, width):
    tab = open_tab("/outcomes", width=width, height=844)
    for words, setting, group in ((None, "front_line", "efs"), ("DFS", "front_line", "dfs"),
                                  ("Remission", "front_line", "remission")):
        if words:
            choose(tab, words)
        see(tab, outcome_panels.panels(setting, group)[:FIRST])
        assert plots(tab).evaluate_all(BEYOND) == []
    tab.page.locator("details[data-keep^=table-] > summary").first.click()
    tab.unfold(outcomes.ALL)
    assert tab.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert tab.page.locator('[data-testid="stMain"]').evaluate("(m) => m.scrollWidth - m.clientWidth") <= 0
    assert tab.page.locator('[class*="st-key-outcomes_"] button').evaluate_all(SMALL) == []
