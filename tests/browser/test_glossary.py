"""The glossary in a browser: narrowed, jumped in, linked into; and a term explained where it stands."""
from __future__ import annotations

from playwright.sync_api import expect
from test_axe import violations

from content.load import knowledge

BOX = "/pathways?node=b_blinatumomab"


def rows(tab):
    return tab.page.locator(".terms > div:visible")


def test_list_is_narrowed_by_names_and_synonyms_and_says_how_many_are_left(open_tab):
    tab = open_tab("/glossary")
    expect(rows(tab)).to_have_count(len(knowledge().terms))
    field = tab.page.get_by_label("Narrow the list")
    field.fill("spinal tap")
    expect(rows(tab).locator("dt")).to_have_text(["Lumbar puncture"])
    expect(tab.page.locator("[data-sifted]")).to_have_text("1 term")
    expect(tab.page.get_by_role("button", name="A", exact=True)).to_be_disabled()
    field.fill("qqqq")
    expect(rows(tab)).to_have_count(0)
    expect(tab.page.locator("[data-sifted]")).to_contain_text("No term holds these letters.")
    field.fill("")
    expect(rows(tab)).to_have_count(len(knowledge().terms))
    assert tab.page.url == tab.base + "/glossary"


def test_letter_jumps_to_its_heading(open_tab):
    tab = open_tab("/glossary")
    heading = tab.page.get_by_role("heading", name="T", exact=True)
    expect(heading).not_to_be_in_viewport()
    tab.page.get_by_role("button", name="T", exact=True).click()
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()


def test_address_of_a_term_brings_it_into_sight(open_tab, fresh_server):
    tab = open_tab("/glossary?term=tpmt", at=fresh_server)
    expect(tab.page.locator(".terms .here")).to_be_in_viewport()
    expect(tab.page.locator(".terms .here dt")).to_contain_text("TPMT")
    tab.go("/glossary?term=%3Cb%3Ex")
    expect(tab.page.get_by_text("The address names a term that is not in this glossary.")).to_be_visible()


def test_term_is_explained_in_place_by_one_press_and_nothing_moves(open_tab):
    tab = open_tab(BOX)
    term = tab.page.locator('.detail .term[data-term="mrd"]')
    tip = tab.page.locator(".explained")
    before = tab.page.locator(".detail").bounding_box()
    term.click()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(knowledge().terms["mrd"].short)
    expect(tip).to_contain_text(knowledge().terms["mrd"].plain)
    expect(term).to_have_attribute("aria-expanded", "true")
    after = tab.page.locator(".detail").bounding_box()
    assert (after["width"], after["height"]) == (before["width"], before["height"])
    assert tab.page.url == tab.base + BOX
    term.click()
    expect(tip).to_be_hidden()
    term.click()
    tab.page.locator("h1").click()
    expect(tip).to_be_hidden()
    expect(term).to_have_attribute("aria-expanded", "false")


def test_term_is_explained_by_the_keyboard_and_leads_to_the_glossary(open_tab):
    tab = open_tab(BOX)
    term = tab.page.locator('.detail .term[data-term="mrd"]')
    term.focus()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".explained")).to_be_visible()
    tab.page.keyboard.press("Tab")
    assert tab.active()["text"] == "In the glossary"
    tab.page.keyboard.press("Escape")
    expect(term).to_be_focused()
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    expect(tab.page).to_have_url(tab.base + "/glossary?term=mrd")
    expect(tab.page.locator(".terms .here")).to_be_focused()


def test_term_is_a_button_once_in_a_panel(open_tab):
    tab = open_tab("/walk")
    for key, value in {"situation": "front_line", "age_at_diagnosis_years": "4 years", "lineage": "B-ALL"}.items():
        tab.answer(key, value)
    tab.unfold("all")
    found = tab.page.evaluate("""() => [...document.querySelectorAll('*')].filter((n) => n.shadowRoot)
      .map((n) => [...n.shadowRoot.querySelectorAll('.panel .term')].map((t) => t.dataset.term))""")
    assert sum(map(len, found)) > 5
    assert all(len(set(names)) == len(names) for names in found)


def test_explained_term_breaks_no_rule_of_axe_and_stays_on_a_phone(open_tab):
    for width, scheme in ((390, "light"), (390, "dark"), (1280, "light")):
        tab = open_tab(BOX, width=width, height=844, scheme=scheme)
        tab.page.locator(".detail .said .term").last.click()
        tip = tab.page.locator(".explained")
        expect(tip).to_be_visible()
        box = tip.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0
        assert box["y"] + box["height"] <= 844
        assert violations(tab, ("tip", width, scheme)) == []
