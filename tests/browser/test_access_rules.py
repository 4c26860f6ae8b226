"""HTML_CodeSniffer on every page and inner screen, axe on the inner ones; headings; words and marks stand out."""
from __future__ import annotations

import pytest
from hands import Tab
from places import HERE, INNER, PLACES, everywhere, script, show_parts
from test_axe import ALLOWED, WIDTHS, violations

CHECKER = HERE.parents[1] / ".venv/node/node_modules/@pa11y/html_codesniffer/build/HTMLCS.js"
assert CHECKER.exists(), "HTML_CodeSniffer is missing: make .venv/test"
SNIFFER = CHECKER.read_text(encoding="utf-8")
FLAT = (HERE / "flat.js").read_text(encoding="utf-8")
SNIFF = """() => new Promise((done) => HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages()
  .filter((message) => message.type === HTMLCS.ERROR).map(({ code, msg, element }) =>
    [code.split('.').slice(3).join('.'), `${element.localName}.${element.className ?? ''}`, msg]))))"""
AXE = ("trials card", "pathways taught", "cases turned")   # the others: test_axe, test_cases, test_families
ROUNDS = (("light", 1280), ("dark", 390))


@pytest.fixture(scope="module", params=ROUNDS, ids=lambda each: f"{each[0]} {each[1]}")
def seen(request, chromium, server):
    """What was found on a tour of all places, in one theme and at one width."""
    scheme, width = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme,
                                   reduced_motion="reduce")
    context.set_default_timeout(15_000)
    return tour(context, server)


def tour(context, server) -> dict:
    """Look at each place once."""
    bare, tab = context.new_page(), Tab(context.new_page(), server.base)
    found = {}
    for place in everywhere(tab.go("/")):
        found[place] = {"heads": tab.page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
                            "(all) => all.map((h) => Number(h.tagName[1]))"),
                        "title": tab.page.title(), "lang": tab.page.locator("html").get_attribute("lang"),
                        "sniffed": sniffed(bare, tab), "texts": [], "marks": [], "count": 0}
        for part in show_parts(tab):
            found[place]["texts"] += [(part, weak) for weak in script(tab, "stands.texts")]
            count, weak = script(tab, "stands.marks")
            found[place]["marks"] += [(part, one) for one in weak]
            found[place]["count"] += count
    context.close()
    return found


def sniffed(bare, tab) -> list:
    """Errors of HTML_CodeSniffer on the page as it is, less what is allowed."""
    bare.set_content(tab.page.evaluate(FLAT))
    bare.evaluate(SNIFFER)
    return [one for one in bare.evaluate(SNIFF)
            if not any(one[0] == item["rule"] and item["target"] in one[1] for item in ALLOWED)]


def test_no_page_has_an_error_of_html_codesniffer(seen):
    assert {place: found["sniffed"] for place, found in seen.items() if found["sniffed"]} == {}
    assert tuple(seen) == PLACES


def test_words_stand_out_from_what_they_stand_on(seen):
    assert {place: found["texts"] for place, found in seen.items() if found["texts"]} == {}


def test_marks_and_edges_of_controls_stand_out(seen):
    assert {place: found["marks"] for place, found in seen.items() if found["marks"]} == {}
    assert all(seen[place]["count"] > 10 for place in ("walk answered", "outcomes", "genetics", "families numbers"))


def test_each_screen_has_one_first_heading_skips_no_level_and_says_its_language(seen):
    for place, found in seen.items():
        heads = found["heads"]
        assert heads.count(1) == 1 and heads[0] == 1, (place, heads)
        assert all(after <= before + 1 for before, after in zip(heads, heads[1:], strict=False)), (place, heads)
        assert found["lang"] == "en" and found["title"], place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens_behind_a_press_break_no_rule_of_axe(open_tab, scheme):
    tab, found = open_tab("/", scheme=scheme), []
    for name in AXE:
        INNER[name](tab)
        for width, height in WIDTHS:
            tab.page.set_viewport_size({"width": width, "height": height})
            found += violations(tab, (name, width))
        tab.page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []
