"""Genetics in a browser: the chart with its words, the table behind it, one lesion by address, the way to its box."""
from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from content.load import knowledge
from pages.ui import genetics_chart
from pathways.load import guideline


def rows():
    return genetics_chart.rows(knowledge())


@pytest.mark.parametrize("width", [390, 1280])
def test_chart_has_its_words_and_its_numbers_without_hovering(open_tab, width):
    page = open_tab("/genetics", width=width).page
    chart = page.locator(".st-key-genetics_chart")
    expect(chart.locator("svg.main-svg").first).to_be_visible()
    expect(chart.get_by_role("figure", name=genetics_chart.alt(rows()))).to_be_visible()
    for row in rows():
        for mark in row.marks:
            expect(chart.locator(".annotation-text", has_text=mark.words).first).to_be_visible()
    box = chart.bounding_box()
    for words in chart.locator(".annotation-text").all():
        here = words.bounding_box()
        assert here["x"] >= box["x"] and here["x"] + here["width"] <= box["x"] + box["width"] + 1, words.text_content()
    ticks = chart.locator(".xtick text")
    assert [ticks.nth(i).text_content() for i in (0, ticks.count() - 1)] == ["0%", "100%"]
    expect(page.locator(".modebar-btn")).to_have_count(0)


def test_table_behind_the_chart_is_one_press_away_and_says_the_same(open_tab):
    tab = open_tab("/genetics")
    table = tab.unfold("frequencies").locator("table")
    wanted = [(row.name, mark.words) for row in rows() for mark in row.marks]
    assert table.locator('tbody th[scope="row"]').all_inner_texts() == [name for name, _ in wanted]
    assert table.locator("tbody td:nth-child(3)").all_inner_texts() == [words for _, words in wanted]
    assert table.locator('thead th[scope="col"]').count() == 4


def test_csv_holds_every_mark(open_tab, tmp_path):
    page = open_tab("/genetics", accept_downloads=True).page
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    saved.value.save_as(tmp_path / "saved.csv")
    with (tmp_path / "saved.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == sum(len(row.marks) for row in rows())


@pytest.mark.parametrize("width", [390, 1280])
def test_address_of_a_lesion_opens_it_in_sight(open_tab, width):
    tab = open_tab("/genetics?lesion=iamp21", width=width)
    fold = tab.page.locator('details[data-lesion="iamp21"]')
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator("summary").first).to_be_in_viewport()
    expect(tab.page.locator("details[data-lesion][open]")).to_have_count(1)
    expect(fold).to_contain_text("leads to “High- or very-high-risk feature”")
    expect(fold).to_contain_text("St. Jude standard; no longer St. Jude low")


def test_unknown_lesion_is_said_and_opens_nothing(open_tab):
    page = open_tab("/genetics?lesion=<b>x").page
    expect(page.get_by_role("status").filter(has_text="not among these")).to_be_visible()
    expect(page.locator("details[data-lesion][open]")).to_have_count(0)


def test_lesion_leads_to_its_box_and_the_entered_case_stays(open_tab):
    tab = open_tab("/walk")
    tab.answer("situation", "front_line")
    tab.turn_to("Genetics", "Genetics of ALL")
    fold = tab.page.locator('details[data-lesion="kmt2a_r"]')
    fold.locator("> summary").click()
    fold.locator('button[data-press="node:infant_kmt2a"]').click()
    expect(tab.page.locator("h1")).to_have_text("Pathways")
    expect(tab.page.locator(".detail h2")).to_have_text(guideline().nodes["infant_kmt2a"].title)
    expect(tab.page).to_have_url(re.compile(r"/pathways\?node=infant_kmt2a$"))
    tab.turn_to("Walk", "Walk one child")
    expect(tab.field("situation").locator("select")).to_have_value("front_line")


def test_kinase_class_leads_to_agent_and_trial(open_tab):
    tab = open_tab("/genetics")
    tab.page.locator('button[data-press="agent:dasatinib"]').first.click()
    expect(tab.page.locator('details[data-agent="dasatinib"]')).to_have_attribute("open", "")
    tab.turn_to("Genetics", "Genetics of ALL")
    tab.page.locator('button[data-press="trial:aall1521"]').first.click()
    expect(tab.page).to_have_url(re.compile(r"/trials\?trial=aall1521$"))


@pytest.mark.parametrize("path", ["/genetics?lesion=bcr_abl1", "/therapy?agent=blinatumomab"])
def test_nothing_is_lost_at_320_px(open_tab, path):
    page = open_tab(path, width=320, height=700).page
    expect(page.locator("details[open]").first).to_be_visible()
    wide = page.evaluate("""() => {
      const main = document.querySelector('[data-testid="stMain"]');
      return [main.scrollWidth, document.documentElement.scrollWidth];
    }""")
    assert max(wide) <= 320
