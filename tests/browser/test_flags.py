"""In a browser: every erratum and every later result stands before the content of a box that it touches."""
from __future__ import annotations

import re

from playwright.sync_api import expect

from content.load import knowledge
from pathways.evidence import evidence
from pathways.load import guideline

ENTRIES = {**knowledge().errata, **knowledge().later}
# Goes to another address of the page as the browser's own back and forward do: the session stays.
GO = """(node) => {
  history.pushState({}, '', `/pathways?node=${node}`);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}"""
# Flags of the box that is open, in order, and whether each stands before everything that the box itself says.
LOOK = """(node) => {
  const flags = [...node.querySelectorAll('[data-flag]')];
  const own = [...node.querySelectorAll('p, h3, ul, .meta')]
    .filter((e) => !e.closest('.flags, .detail-top'));
  const before = (a, b) => !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  return { own: own.length, flags: flags.map((flag) => ({ name: flag.dataset.flag, said: flag.innerText.trim(),
    seen: flag.checkVisibility(), first: own.every((e) => before(flag, e)) })) };
}"""


def few_nodes() -> dict[str, list[str]]:
    """A few boxes at which all entries are shown, each with the entries it shows."""
    shown = {node: [entry.id for found in (evidence().later, evidence().errata) for entry in found.get(node, ())]
             for entry in ENTRIES.values() for node in entry.shown.nodes}
    left, chosen = set(ENTRIES), {}
    while left:
        best = max(shown, key=lambda node: len(left & set(shown[node])))
        assert left & set(shown[best]), f"shown at no box: {left}"
        chosen[best] = shown[best]
        left -= set(shown[best])
    return chosen


def test_every_error_and_every_later_result_is_flagged_before_the_content_it_touches(open_tab):
    nodes, tab, found = few_nodes(), None, set()
    for node, names in nodes.items():
        if tab is None:
            tab = open_tab(f"/pathways?node={node}")
        else:
            tab.page.evaluate(GO, node)
        tab.page.locator(f'.detail [data-keep="source-box-{node}"]').wait_for()
        looked = tab.page.locator(".detail").evaluate(LOOK)
        assert looked["own"], node
        assert [flag["name"] for flag in looked["flags"]] == names, node
        assert all(flag["first"] and flag["seen"] for flag in looked["flags"]), (node, looked["flags"])
        for flag in looked["flags"]:
            entry = ENTRIES[flag["name"]]
            title = entry.title if flag["name"] in knowledge().later else entry.about
            assert title in re.sub(r"\s+", " ", flag["said"]), flag["said"]
        found.update(names)
    assert found == set(ENTRIES) and len(nodes) < len(guideline().nodes)


def test_flag_opens_by_key_and_tells_what_is_printed_and_what_is_better(open_tab):
    entry = next(e for e in knowledge().errata.values() if e.severity == "dangerous" and e.heading == "printed_wrongly")
    tab = open_tab(f"/pathways?node={entry.shown.nodes[0]}", width=390, height=844)
    flag = tab.page.locator(f'.detail [data-flag="{entry.id}"]')
    expect(flag.locator("dl")).to_be_hidden()
    flag.locator("summary").press("Enter")
    expect(flag.locator("dl")).to_contain_text(entry.as_printed)
    expect(flag.locator("dl")).to_contain_text(entry.better)


def test_sources_lists_every_entry_and_leads_to_the_box_it_touches(open_tab):
    tab = open_tab("/sources")
    folds = [f"errata-{heading}" for heading in ("printed_wrongly", "left_out", "since_replaced", "damaged_copy")]
    folds += [f"later-{year}" for year in sorted({entry.published[:4] for entry in knowledge().later.values()})]
    listed = []
    for fold in folds:
        listed += tab.unfold(fold).locator("[data-entry]").evaluate_all("(all) => all.map((e) => e.dataset.entry)")
    assert sorted(listed) == sorted(ENTRIES)
    entry = next(e for e in knowledge().errata.values() if e.heading == "damaged_copy")
    node = entry.shown.nodes[0]
    tab.page.locator(f'[data-entry="{entry.id}"] button[data-press="box:{node}"]').click()
    expect(tab.page.locator(f'.detail [data-flag="{entry.id}"]')).to_be_visible()
    assert tab.page.url.endswith(f"/pathways?node={node}")
