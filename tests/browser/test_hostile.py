"""Content with markup in every text, and addresses with anything in them: shown as text, never run, never an error."""
from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hands import Tab
from hostile import PAYLOADS, copied_and_spoiled
from playwright.sync_api import expect

from benchmarks.damage import copied
from pages.ui.navigation import PAGES

HEADINGS = {info.name: info.heading for info in PAGES}
# Whatever runs, is planted, or is against the policy is noted from the first line on.
WATCH = """(() => {
  window.hits = [];
  window.hit = () => { window.hits.push('run'); };
  document.addEventListener('securitypolicyviolation',
    (e) => window.hits.push(`policy: ${e.violatedDirective}`));
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => window.hits.push(name);
})()"""
PLANTED = """() => {
  const found = [...window.hits];
  const bad = 'hit-me, iframe[srcdoc], img[onerror], svg[onload], [onfocus], [onmouseover], a[href^="javascript"], '
    + 'math, .js-plotly-plot svg a';
  const look = (root) => {
    for (const e of root.querySelectorAll(bad)) found.push(e.outerHTML.slice(0, 200));
    for (const e of root.querySelectorAll('script')) if (e.textContent.includes('hit(')) found.push('script');
    for (const e of root.querySelectorAll('*')) if (e.shadowRoot) look(e.shadowRoot);
  };
  look(document);
  return found;
}"""
TEXT = """() => {
  const words = [];
  const look = (root) => {
    words.push(root.textContent);
    for (const e of root.querySelectorAll('*')) if (e.shadowRoot) look(e.shadowRoot);
  };
  look(document.body);
  return words.join(' ');
}"""
CHILD = {"situation": "front_line", "age_at_diagnosis_years": "4 years", "lineage": "B-ALL"}
WAYS = {"pathways": "?node=t_consider_hsct", "trials": "?trial=aall0232", "genetics": "?lesion=hyperdiploidy",
        "therapy": "?agent=methotrexate", "families": "?topic=newer_treatments", "glossary": "?term=efs",
        "cases": "?case=fifty&step=1&seed=3"}


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory, server_of):
    """A server of a copy of the project with markup in every text."""
    return server_of(copied_and_spoiled(copied, tmp_path_factory.mktemp("spoiled")))


def watched(open_tab, at, path: str) -> Tab:
    tab = open_tab(None, at=at)
    tab.page.add_init_script(WATCH)
    return tab.go(path)


def look(tab: Tab) -> list[str]:
    """What ran, or was planted."""
    assert tab.page.get_by_test_id("stException").count() == 0
    return tab.page.evaluate(PLANTED)


def unfold(tab: Tab) -> None:
    """Open every fold that is there; those whose content comes late, one after the other."""
    tab.page.evaluate("""() => { const look = (root) => {
      for (const d of root.querySelectorAll('details:not([data-late])')) d.open = true;
      for (const e of root.querySelectorAll('*')) if (e.shadowRoot) look(e.shadowRoot); }; look(document); }""")
    late = tab.page.locator("details[data-late]:not([open]) > summary")
    for _ in range(late.count()):
        with tab.rerun():
            late.first.click()


@pytest.mark.parametrize("name", [info.name for info in PAGES if info.name not in ("start", "walk")])
def test_markup_in_the_content_is_shown_as_text_on_the_page(open_tab, spoiled, name):
    tab = watched(open_tab, spoiled, f"/{name}{WAYS.get(name, '')}")
    expect(tab.page.locator("h1")).to_have_text(HEADINGS[name])
    unfold(tab)
    assert look(tab) == []
    words = tab.page.evaluate(TEXT)
    assert sum(payload in words for payload in PAYLOADS[:-4]) > len(PAYLOADS) / 2


def test_markup_in_the_content_is_shown_as_text_on_a_walk_and_in_all_that_is_taken_along(open_tab, spoiled):
    tab = watched(open_tab, spoiled, "/")
    assert look(tab) == []
    tab.turn_to("Walk", HEADINGS["walk"])
    for key, value in CHILD.items():
        tab.answer(key, value)
    unfold(tab)
    tab.open_box(tab.page.locator("svg.page g.node").first.get_attribute("data-node"))
    expect(tab.page.locator(".detail")).to_be_visible()
    for press, said in (("Copy note", "copied"), ("PDF, A4", "PDF made.")):
        with tab.rerun():
            tab.page.get_by_role("button", name=press, exact=True).click()
        expect(tab.page.locator(".share [role=status]")).to_contain_text(re.compile(f"{said}|copy it"))
    assert look(tab) == []
    words = tab.page.evaluate(TEXT)
    assert sum(payload in words for payload in PAYLOADS[:-4]) > len(PAYLOADS) / 2
    tab.page.get_by_role("button", name="Search", exact=True).click()
    tab.page.keyboard.type("methotrexate")
    expect(tab.page.get_by_role("option").first).to_be_visible()
    assert look(tab) == []


# addresses ------------------------------------------------------------------------------------------------------------
SCRIPT = quote("<script>hit()</script><img src=x onerror=hit()>\"' onload=\"hit()")
HUGE = "x%3Chit-me%3E" * 1_600                                  # 20 kB
NAMES = {"pathways": "node", "trials": "trial", "genetics": "lesion", "therapy": "agent", "families": "topic",
         "glossary": "term", "cases": "case"}
SAID = {"pathways": "The address names a box that is not in these drawings.",
        "cases": "The address names a case that is not here."}


@pytest.mark.parametrize("name", [info.name for info in PAGES])
def test_address_with_anything_in_it_is_no_error(open_tab, name):
    tab = open_tab(None)
    tab.page.add_init_script(WATCH)
    word, path = NAMES.get(name, "node"), "/" if name == "start" else f"/{name}"
    addresses = [f"{word}={SCRIPT}&{word}={SCRIPT}&seed=-1&step=1e9&%00=%ff&embed=true&=&&{SCRIPT}", f"{word}={HUGE}"]
    for query in addresses if name in NAMES else addresses[:1]:
        tab.go(f"{path}?{query}")
        expect(tab.page.locator("h1")).to_have_text(HEADINGS[name])
        if name in SAID:
            expect(tab.page.get_by_text(SAID[name])).to_be_visible()
        assert look(tab) == []


def test_last_of_repeated_names_in_an_address_counts(open_tab):
    tab = open_tab("/pathways?node=no_such_box&node=t_consider_hsct")
    expect(tab.page.locator(".detail h2").first).to_contain_text("Consider HSCT")
