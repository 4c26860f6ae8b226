"""Search in a browser: opened by button and keys, walked by arrows, closed by Esc; what is typed leaves no trace."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from test_axe import violations
from test_privacy import STORED

SENTINEL = "zqxsentinel"
KEYS = ("Control+k", "Meta+k")
# From a letter typed to the answer that belongs to it. [ms]
TIMED = """(letter) => new Promise((done) => {
  const roots = [...document.querySelectorAll('*')].map((n) => n.shadowRoot);
  const root = roots.find((r) => r?.querySelector('dialog.finder'));
  const input = root.querySelector('input');
  const began = performance.now();
  new MutationObserver((_, o) => { o.disconnect(); requestAnimationFrame(() => done(performance.now() - began)); })
    .observe(root.querySelector('.finder-results'), { childList: true });
  input.value += letter;
  input.dispatchEvent(new Event('input', { bubbles: true }));
})"""
INSTANT = 250                                                 # the machine of the tests is shared [ms]


def dialog(tab):
    return tab.page.locator("dialog.finder")


def type_in(tab, words):
    """Type into the open search and wait until the answer belongs to all of it."""
    tab.page.keyboard.type(words)
    expect(dialog(tab).get_by_role("option").first).to_be_visible()
    expect(dialog(tab).get_by_role("listbox")).to_have_attribute("aria-busy", "false")


def options(tab):
    return dialog(tab).get_by_role("option")


@pytest.mark.parametrize("path", ["/", "/walk", "/pathways", "/glossary"])
def test_button_opens_the_search_on_a_page(open_tab, path):
    tab = open_tab(path)
    tab.page.get_by_role("button", name="Search", exact=True).click()
    expect(dialog(tab)).to_be_visible()
    expect(tab.page.get_by_role("combobox", name="Search trials")).to_be_focused()


@pytest.mark.parametrize("keys", KEYS)
def test_keys_open_the_search_and_escape_gives_the_focus_back(open_tab, keys):
    tab = open_tab("/walk")
    field = tab.field("situation").locator("select")
    field.focus()
    tab.page.keyboard.press(keys)
    expect(dialog(tab)).to_be_visible()
    tab.page.keyboard.type("mrd")
    tab.page.keyboard.press("Escape")
    expect(dialog(tab)).to_be_hidden()
    expect(field).to_be_focused()
    tab.page.keyboard.press(keys)
    expect(dialog(tab).locator("input")).to_have_value("")
    expect(options(tab)).to_have_count(0)


def test_escape_gives_the_focus_back_to_the_button(open_tab):
    tab = open_tab("/")
    opener = tab.page.get_by_role("button", name="Search", exact=True)
    opener.focus()
    tab.page.keyboard.press("Enter")
    expect(dialog(tab)).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_arrows_and_enter_open_what_is_marked(open_tab):
    tab = open_tab("/walk")
    tab.page.keyboard.press("Control+k")
    type_in(tab, "pregnancy test")
    expect(dialog(tab).get_by_role("status")).to_have_text(re.compile(r"^\d+ results?\.$"))
    marked = dialog(tab).locator('[aria-selected="true"]')
    tab.page.keyboard.press("ArrowUp")
    expect(marked).to_have_text(options(tab).last.inner_text().replace("\n", ""))
    tab.page.keyboard.press("ArrowDown")
    expect(marked).to_contain_text("Pregnancy test")
    expect(dialog(tab).locator("input")).to_have_attribute("aria-activedescendant", marked.get_attribute("id"))
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".detail h2")).to_have_text("Pregnancy test")
    assert tab.page.url.endswith("/pathways?node=pregnancy_test")
    assert tab.active()["tag"] != "body"


@pytest.mark.parametrize(("words", "address"), [
    ("PEDALL-4", "/pathways?node=b_treatment"),
    ("eliana car t", "/trials?trial=eliana"),
    ("day 29 mrd", "/glossary?term=eoi"),
    ("hypodiploidy", "/genetics?lesion=hypodiploidy"),
    ("kymriah", "/therapy?agent=tisagenlecleucel"),
])
def test_enter_alone_opens_the_first(open_tab, words, address):
    tab = open_tab("/")
    tab.page.keyboard.press("Control+k")
    tab.page.keyboard.type(words)
    tab.page.keyboard.press("Enter")
    expect(tab.page).to_have_url(tab.base + address)
    expect(dialog(tab)).to_be_hidden()


def test_result_is_opened_by_a_press_on_a_phone(open_tab):
    tab = open_tab("/walk", width=390, height=844)
    tab.page.get_by_role("button", name="Search", exact=True).click()
    type_in(tab, "blinatumamab")
    row = options(tab).filter(has_text="Glossary").first
    assert row.bounding_box()["height"] >= 44
    row.click()
    expect(tab.page).to_have_url(tab.base + "/glossary?term=blinatumomab")
    expect(tab.page.locator(".terms .here dt")).to_have_text("Blinatumomab")
    expect(tab.page.locator(".terms .here")).to_be_in_viewport()


def test_nothing_found_is_said_with_the_nearest_and_enter_opens_none_of_them(open_tab):
    tab = open_tab("/")
    tab.page.keyboard.press("Control+k")
    type_in(tab, "xqzvw")
    expect(dialog(tab).get_by_role("status")).to_have_text("Nothing here has that name. The nearest:")
    expect(options(tab)).to_have_count(3)
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_timeout(300)
    expect(dialog(tab)).to_be_visible()
    assert tab.page.url == tab.base + "/"


def test_date_is_refused_with_a_sentence(open_tab):
    tab = open_tab("/")
    tab.page.keyboard.press("Control+k")
    tab.page.keyboard.type("12/03/2015")
    expect(dialog(tab).get_by_role("status")).to_contain_text("That looks like a date or a record number.")
    expect(options(tab)).to_have_count(0)
    expect(dialog(tab).locator("input")).to_have_attribute("maxlength", "60")


def test_what_is_typed_leaves_no_trace(open_tab, server):
    tab = open_tab("/walk")
    tab.answer("situation", "front_line")
    tab.page.keyboard.press("Control+k")
    type_in(tab, SENTINEL + " mrd")
    with_it = tab.page.evaluate(STORED)
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Control+k")
    type_in(tab, SENTINEL)
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    expect(dialog(tab)).to_be_hidden()
    tab.until("location.search.length > 1")
    inner = """() => [...document.querySelectorAll('*')].map((n) => (n.shadowRoot?.innerHTML ?? '')
      + [...(n.shadowRoot?.querySelectorAll('input') ?? [])].map((i) => i.value)).join(' ') + document.body.innerHTML"""
    seen = [with_it, tab.page.evaluate(STORED), tab.page.evaluate(inner), tab.page.url, server.said(), *tab.addresses,
            *tab.asked]
    assert [text[:200] for text in seen if SENTINEL in text] == []
    leaks = [path for path in server.scratch.rglob("*") if path.is_file()
             and SENTINEL.encode() in path.read_bytes()]
    assert leaks == []


def test_answer_to_a_letter_comes_at_once(open_tab):
    tab = open_tab("/walk")
    for key, value in {"situation": "front_line", "age_at_diagnosis_years": "4 years", "lineage": "B-ALL"}.items():
        tab.answer(key, value)
    tab.page.keyboard.press("Control+k")
    times = sorted(tab.page.evaluate(TIMED, letter) for letter in "blinatumomab")
    assert times[len(times) // 2] < INSTANT, times


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_open_search_breaks_no_rule_of_axe(open_tab, scheme, width):
    tab = open_tab("/", width=width, scheme=scheme)
    tab.page.keyboard.press("Control+k")
    type_in(tab, "relapse")
    tab.page.keyboard.press("ArrowDown")
    assert violations(tab, ("search", width)) == []
