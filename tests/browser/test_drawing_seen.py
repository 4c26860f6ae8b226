"""What is seen of the drawing, and how far a statement is from its source."""
from __future__ import annotations

import re

from children import EARLY_RELAPSE
from playwright.sync_api import expect

from pathways.load import guideline

OVERLAPS = """(svg) => {
  const box = (e, inset) => {
    const r = e.getBoundingClientRect();
    return { l: r.left + inset, r: r.right - inset, t: r.top + inset, b: r.bottom - inset };
  };
  const labels = [...svg.querySelectorAll('text.label')].map((t) => [t.textContent, box(t, 1)]);
  const boxes = [...svg.querySelectorAll('g.node')].map((n) => [n.dataset.node, n.querySelector('.shape'), n]);
  const nodes = boxes.map(([name, shape]) => [name, box(shape, 1)]);
  const titles = boxes.map(([name, shape, n]) => [name, box(shape, -1), box(n.querySelector('text.title'), 0)]);
  const cut = (a, b) => a.l < b.r && b.l < a.r && a.t < b.b && b.t < a.b;
  const found = [];
  labels.forEach(([name, a], i) => {
    labels.slice(i + 1).forEach(([other, b]) => cut(a, b) && found.push([name, other]));
    nodes.forEach(([other, b]) => cut(a, b) && found.push([name, other]));
  });
  nodes.forEach(([name, a], i) => nodes.slice(i + 1).forEach(([other, b]) => cut(a, b) && found.push([name, other])));
  titles.forEach(([name, shape, text]) => {
    if (text.l < shape.l || text.r > shape.r) found.push([name, 'title wider than its box']);
  });
  return found;
}"""


def test_no_text_of_any_page_lies_on_another_in_the_shipped_font(open_tab):
    tab = open_tab("/pathways")
    tab.page.evaluate("document.fonts.ready")
    found = {}
    for name in guideline().pages:
        tab.page.locator(f'.page-bar button[data-press="{name}"]').click()
        expect(tab.drawing).to_have_attribute("aria-label", re.compile(f"^Drawing of {re.escape(name)}: "))
        found[name] = tab.drawing.evaluate(OVERLAPS)
    assert {name: pairs for name, pairs in found.items() if pairs} == {}


def test_every_statement_reaches_its_source_in_one_press(open_tab):
    tab = open_tab("/walk")
    for key, value in EARLY_RELAPSE.answers.items():
        tab.answer(key, value)
    here = tab.page.locator(".st-key-walk_say .said > li")
    expect(here.first).to_be_visible()
    shown = here.count()
    for i in range(shown):
        item = here.nth(i)
        item.locator("details.source > summary").click()
        expect(item.get_by_text("text lines")).to_be_visible()
    everything = tab.unfold("all").locator(".said > li")
    assert everything.count() >= shown > 0
    without = everything.evaluate_all("(all) => all.filter((li) => !li.querySelector('details.source span')"
                                      "?.textContent.match(/text lines? \\d/)).map((li) => li.textContent)")
    assert without == []


def test_box_tells_why_the_child_is_not_led_to_it(open_tab):
    tab = open_tab("/walk")
    for key, value in EARLY_RELAPSE.answers.items():
        tab.answer(key, value)
    tab.open_box("b_relapse_late")
    detail = tab.page.locator(".st-key-walk_say")
    expect(detail.locator(".detail h2")).to_have_text(guideline().nodes["b_relapse_late"].title)
    expect(detail.get_by_text("Not on this child's way.")).to_be_visible()
    assert "node=" not in tab.page.url
