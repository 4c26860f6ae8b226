"""Trials in a browser: search, filters, one card at a time, the way to a box and back, a phone, the fold on Walk."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from content.load import knowledge
from pages.ui.trial_card import FIELDS
from pathways.load import guideline

WHOLE = len(knowledge().trials)
ADULTS = "FLAG alone or with idarubicin in adults"
CHILDREN = "UKALL R3"
TOO_WIDE = "(all) => all.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)"


def rows(tab):
    """The studies in the list."""
    return tab.page.locator(".studies button")


def found(tab):
    """The line that tells how many match."""
    return tab.page.locator(".found")


def search(tab):
    """The search box of the page, not that of the frame."""
    return tab.page.locator(".filters input[type=search]")


def narrow(tab, name, value):
    """Choose one option of one filter."""
    more = tab.page.locator(".more-choices")
    if more.is_visible() and more.get_attribute("aria-expanded") == "false":
        more.click()
    select = tab.page.locator(f'.filters select[name="{name}"]')
    select.focus()
    with tab.rerun():
        select.select_option(value)


def open_card(tab, name):
    """Press the row of a study."""
    rows(tab).filter(has=tab.page.get_by_text(name, exact=True)).click()
    expect(tab.page.locator(".study h2")).to_have_text(name)


def test_search_narrows_while_typing_and_clears_in_one_press(open_tab):
    tab = open_tab("/trials")
    expect(rows(tab)).to_have_count(WHOLE)
    expect(found(tab)).to_have_text(f"{WHOLE} studies")
    search(tab).press_sequentially("aall 0232", delay=20)
    expect(rows(tab).first).to_contain_text("COG AALL0232")
    expect(found(tab)).to_have_text(re.compile(rf"\d+ (of {WHOLE} )?stud"))
    assert tab.active()["tag"] == "input" and tab.active()["value"] == "aall 0232"
    tab.page.get_by_role("button", name="Clear filters").click()
    expect(rows(tab)).to_have_count(WHOLE)
    assert search(tab).input_value() == "" and tab.active()["tag"] == "input"
    assert all("0232" not in address.removeprefix(tab.base) for address in tab.addresses)


def test_filters_narrow_together_and_an_empty_list_offers_to_clear(open_tab):
    tab = open_tab("/trials")
    expect(rows(tab)).to_have_count(WHOLE)
    narrow(tab, "group", "Interfant")
    expect(rows(tab)).to_have_count(3)
    expect(found(tab)).to_have_text(f"3 of {WHOLE} studies")
    assert tab.active()["tag"] == "select"
    narrow(tab, "page", "PEDALL-9")
    expect(rows(tab)).to_have_count(0)
    expect(found(tab)).to_have_text("No study matches.")
    with tab.rerun():
        tab.page.get_by_role("button", name="Clear all filters").click()
    expect(rows(tab)).to_have_count(WHOLE)
    assert tab.page.locator('.filters select[name="group"]').input_value() == ""


def test_what_looks_like_a_record_number_is_not_searched(open_tab):
    tab = open_tab("/trials")
    search(tab).fill("12345678")
    expect(found(tab)).to_contain_text("Nothing about a patient belongs here")


def test_one_card_is_open_and_the_focus_stays_on_the_row(open_tab):
    tab = open_tab("/trials")
    for name in ("COG AALL0232", "ELIANA"):
        open_card(tab, name)
        expect(tab.page.locator(".study")).to_have_count(1)
        expect(tab.page.locator(".studies [aria-current]")).to_have_count(1)
        expect(tab.page.locator(".study h2")).to_be_in_viewport()
        assert tab.active()["tag"] == "button" and name in tab.active()["text"]
    heads = tab.page.locator(".study h3").all_inner_texts()
    assert heads[:len(FIELDS)] == list(FIELDS)
    assert tab.page.url.endswith("?trial=eliana")
    tab.page.get_by_role("button", name="Close", exact=True).click()
    expect(tab.page.locator(".study")).to_have_count(0)
    expect(rows(tab).filter(has_text="ELIANA")).to_be_focused()
    assert "trial=" not in tab.page.url


def test_card_leads_to_a_box_and_the_browser_leads_back(open_tab):
    tab = open_tab("/trials")
    open_card(tab, "ELIANA")
    button = tab.page.locator('.study [data-press="node:b_relapse_tisagenlecleucel"]')
    button.click()
    expect(tab.page.locator("h1")).to_have_text("Pathways")
    title = guideline().nodes["b_relapse_tisagenlecleucel"].title
    expect(tab.page.locator(".detail h2")).to_have_text(title)
    assert tab.page.url.endswith("/pathways?node=b_relapse_tisagenlecleucel")
    tab.page.locator(".detail details.fold", has_text="Studies that bear on this box").locator("summary").click()
    with tab.rerun():
        tab.page.locator('.detail [data-press="trial:eliana"]').click()
    expect(tab.page.locator(".study h2")).to_have_text("ELIANA")
    tab.page.go_back()
    expect(tab.page.locator(".detail h2")).to_have_text(title)


def test_back_from_a_box_shows_the_card_again(open_tab):
    tab = open_tab("/trials")
    open_card(tab, "ELIANA")
    tab.page.locator('.study [data-press="node:further_tisagenlecleucel"]').click()
    expect(tab.page.locator("h1")).to_have_text("Pathways")
    expect(tab.page.locator(".detail h2")).to_be_visible()
    tab.page.go_back()
    expect(tab.page.locator("h1")).to_have_text("Trials in the text")
    expect(tab.page.locator(".study h2")).to_have_text("ELIANA")


@pytest.mark.parametrize(("address", "heading"), [("/trials?trial=aall0232", "COG AALL0232"),
                                                  ("/trials?trial=no_such_study", "No such study")])
def test_address_on_a_fresh_server(open_tab, fresh_server, address, heading):
    tab = open_tab(address, at=fresh_server)
    expect(tab.page.locator("h1")).to_have_text("Trials in the text")
    expect(tab.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(rows(tab)).to_have_count(WHOLE)


def test_on_a_phone_card_and_list_take_turns(open_tab):
    tab = open_tab("/trials", width=390, height=844)
    expect(rows(tab)).to_have_count(WHOLE)
    open_card(tab, CHILDREN)
    expect(rows(tab).first).to_be_hidden()
    expect(tab.page.locator(".study h2")).to_be_in_viewport()
    expect(tab.page.locator(".study h2")).to_be_focused()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.page.locator(".study *:not(thead, thead *)").evaluate_all(TOO_WIDE) == []
    tab.page.get_by_role("button", name="Close", exact=True).click()
    row = rows(tab).filter(has_text=CHILDREN)
    expect(row).to_be_in_viewport()
    expect(row).to_be_focused()


def test_walk_says_whether_the_child_falls_inside_and_leads_to_the_card(open_tab):
    tab = open_tab("/walk")
    answers = {"situation": "first_relapse", "age_at_diagnosis_years": "4 years", "age_now_years": "6 years",
               "lineage": "B-ALL", "bcr_abl1": "absent", "months_to_relapse": "20 months",
               "relapse_marrow_involved": "present", "previous_hsct": "absent"}
    for key, value in answers.items():
        tab.answer(key, value)
    fold = tab.unfold("studies")
    listed = fold.locator(".bearing > li")
    assert listed.count() > 2
    title = fold.locator("summary").first.inner_text()
    assert title == f"Studies that bear on this point ({listed.count()})"
    told = dict(zip(listed.locator("button").all_inner_texts(), listed.locator(".fit").all_inner_texts(), strict=True))
    assert all(words.startswith(("This child: ", "Not a study")) for words in told.values())
    assert told[ADULTS] == "This child: outside: age"
    assert told[CHILDREN] == "This child: inside the studied population"
    first = next(iter(told))
    listed.first.locator("button").click()
    expect(tab.page.locator(".study h2")).to_have_text(first)
    tab.turn_to("Walk", "Walk one child")
    expect(tab.page.locator(".where h2")).to_contain_text("You are at")
    paths = [address.removeprefix(tab.base) for address in tab.addresses]       # without the port: any number
    assert not any(word in path for path in paths for word in ("20", "months", "B-ALL", "relapse="))
