"""axe-core on every page, at two widths, light and dark, with a case entered and without: no violation."""
from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
import yaml
from children import EARLY_RELAPSE

from pages.ui.navigation import PAGES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => {
  const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
  const { violations } = await axe.run(document, options);
  const why = (node) => [...node.any, ...node.all].map((check) => check.message)[0] ?? '';
  return violations.map((v) => [v.id, v.nodes.map((node) => [node.target.flat().join(' '), why(node)])]);
}"""
WIDTHS = ((390, 844), (1280, 900))
ALLOWED = yaml.safe_load(Path(__file__).with_name("axe_allowed.yaml").read_text(encoding="utf-8"))["allowed"]


def violations(tab, where):
    """What axe finds on the page as it is, less what is allowed."""
    if not tab.page.evaluate("typeof axe !== 'undefined'"):
        tab.page.evaluate(AXE)
    tab.page.locator('[data-testid="stMain"]').evaluate("(main) => main.scrollTo(0, 0)")
    found = tab.page.evaluate(RUN, RULES)
    allowed = [(item["rule"], item["target"]) for item in ALLOWED]
    return [(where, rule, target, why) for rule, nodes in found for target, why in nodes
            if not any(rule == name and part in target for name, part in allowed)]


def look_at_all(tab, known, found):
    """Every page at both widths; on a phone every part of Walk."""
    for info in PAGES:
        for width, height in WIDTHS:
            tab.page.set_viewport_size({"width": width, "height": height})
            if tab.page.locator("h1").inner_text() != info.heading:
                tab.turn_to(info.title, info.heading)
            found += violations(tab, (info.name, width, known))
            if info.name == "walk" and known and width == WIDTHS[0][0]:
                for view in ("Questions", "Drawing", "List"):
                    tab.page.get_by_role("button", name=view, exact=True).click()
                    found += violations(tab, (info.name, width, view))
                tab.page.get_by_role("button", name="Answer", exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_axe(open_tab, scheme):
    tab = open_tab("/", scheme=scheme)
    found = []
    look_at_all(tab, False, found)
    tab.turn_to("Walk", PAGES[1].heading)
    for key, value in EARLY_RELAPSE.answers.items():
        tab.answer(key, value)
    tab.unfold("all")
    tab.open_box("b_relapse_late")
    look_at_all(tab, True, found)
    assert found == []


def test_list_of_what_is_allowed_is_short_and_dated():
    assert len(ALLOWED) <= 5
    assert all({"rule", "target", "since", "why"} <= set(item) for item in ALLOWED)
