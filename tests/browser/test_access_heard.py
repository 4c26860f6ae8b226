"""After each kind of rerun the focus is where it was or at the result, and a result is said once, in few words."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hands import Tab
from places import CASE, TOPIC, asked, decided, show, topic
from playwright.sync_api import expect

from pages.ui.panel import LIVE_WORDS
from pathways.drawing import page_edges, page_name
from pathways.load import guideline

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
FEW = {"situation": "front_line", "age_at_diagnosis_years": "4 years"}
NUMBER = TOPIC.numbers[0]
# Notes each time a live region says something new; regions that come with new content count too.
LISTEN = """() => {
  const regions = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
  const said = window.said = [];
  const last = new Map();
  const hear = (region) => {
    const text = region.textContent.replace(/\\s+/g, ' ').trim();
    if (text && last.get(region) !== text) said.push([region.getAttribute('aria-live') ?? region.role, text]);
    last.set(region, text);
  };
  const changed = (records) => {
    const found = new Set();
    for (const { target, addedNodes } of records) {
      const near = (target.nodeType === 1 ? target : target.parentElement)?.closest?.(regions);
      if (near) found.add(near);
      for (const node of addedNodes) for (const one of node.querySelectorAll?.(regions) ?? []) found.add(one);
    }
    found.forEach(hear);
  };
  const watch = (root) => {
    new MutationObserver(changed).observe(root, { childList: true, characterData: true, subtree: true });
    for (const e of root.querySelectorAll('*')) {
      if (e.matches(regions)) last.set(e, e.textContent.replace(/\\s+/g, ' ').trim());
      if (e.shadowRoot) watch(e.shadowRoot);
    }
  };
  watch(document.body);
}"""


@dataclass(frozen=True)
class Act:
    """What a person does by key; which stop has the focus afterwards, and whether something is said."""

    ready: Callable[[Tab], object]
    stop: str
    key: str
    at: Callable[[dict], bool]
    said: str | None = None


def opened(path: str) -> Callable[[Tab], object]:
    return lambda tab: tab.go(path)


def begun(tab: Tab) -> None:
    """Walk, after two answers."""
    tab.go("/walk")
    for key, value in FEW.items():
        tab.answer(key, value)


def started(tab: Tab) -> None:
    """Start, with age known."""
    tab.go("/")
    for key, value in (FEW | {"wbc_10e9_per_l": "12 x10^9/L"}).items():
        tab.answer(key, value)


def one_step(tab: Tab) -> None:
    """Families, the first step of a number open."""
    topic(tab)
    with tab.rerun():
        tab.page.locator(f'.number[data-number="{NUMBER}"] .act').click()


def listed(tab: Tab) -> None:
    """Walk as a list, after two answers."""
    begun(tab)
    show(tab, "List")


def text(words: str) -> Callable[[dict], bool]:
    return lambda here: here["text"].startswith(words)


def tag(*names: str) -> Callable[[dict], bool]:
    return lambda here: here["tag"] in names


SITUATION = '.field[data-key="situation"] select'
CARD = 'button[data-press="open:aall0232"]'
ACTS = {
    "first answer on Walk": Act(opened("/walk"), SITUATION, "ArrowDown", tag("select"), "You are at"),
    "answer on Start": Act(started, '.field[data-key="lineage"] select', "ArrowDown", tag("select"), "NCI"),
    "answer on Risk groups": Act(opened("/risk_groups"), SITUATION, "ArrowDown", tag("select")),
    "page of the drawing": Act(begun, ".page-bar button:not([aria-current])", "Enter", tag("button")),
    "box of the drawing": Act(begun, 'svg.page g.node[tabindex="0"]', "Enter", lambda here: bool(here["node"])),
    "item of the list": Act(listed, "button.item:not(.current)", "Enter", lambda here: bool(here["node"])),
    "fold that comes late": Act(begun, 'details[data-late="why"] > summary', "Enter", text("Why")),
    "new patient": Act(begun, 'button[data-press="new"]', "Enter", tag("h1"), "Cleared"),
    "note": Act(begun, 'button[data-press="share:note"]', "Enter", text("Copy note"), "Note copied."),
    "page without a child": Act(opened("/pathways"), 'button[data-press="PEDALL-4"]', "Enter", text("PEDALL-4")),
    "answers hidden": Act(opened("/pathways"), 'button[data-press="how:teach"]', "Enter", text("Hide the answers")),
    "study": Act(opened("/trials"), CARD, "Enter", lambda here: "AALL0232" in here["text"]),
    "card closed": Act(opened("/trials?trial=aall0232"), 'button[data-press="close"]', "Enter", tag("button")),
    "filter": Act(opened("/trials"), 'select[name="setting"]', "ArrowDown", tag("select"), ""),
    "end point": Act(opened("/outcomes"), 'button[data-press="group:dfs"]', "Enter", text("DFS"), ""),
    "more panels": Act(opened("/outcomes"), 'button[data-press^="more"]', "Enter", tag("button")),
    "month": Act(opened("/therapy"), '.stSlider input[type="range"]', "ArrowLeft", tag("input"), "Month"),
    "case begun": Act(opened("/cases"), 'button[data-press="case:fifty"]', "Enter", tag("h2", "h3")),
    "choice committed": Act(asked, 'button[data-send^="commit"]', "Enter", tag("h2"), ""),
    "next decision": Act(decided, 'button[data-press^="go:"]', "Enter", tag("h2", "h3"), "Decision 2"),
    "other answer followed": Act(decided, 'button[data-press^="turn:"]', "Enter", tag("h2")),
    "case left": Act(opened(CASE.format(1)), 'button[data-press="all"]', "Enter", tag("button")),
    "topic": Act(opened("/families"), f'button[data-press="topic:{TOPIC.id}"]', "Enter", tag("h2", "button")),
    "step of a number": Act(topic, f'.number[data-number="{NUMBER}"] .act', "Enter", tag("div")),
    "number hidden": Act(one_step, f'button[data-press="hide:{NUMBER}"]', "Enter", tag("h3"), "Hidden"),
    "link to a page": Act(opened("/"), ".st-key-start_doors a", "Enter", tag("h1")),
    "link to a box": Act(opened("/trials?trial=aall0232"), 'button[data-press^="node:"]', "Enter", tag("h1", "h2")),
}


@pytest.fixture(scope="module")
def desk(chromium, server):
    """One tab for all; each act opens its page anew."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **CLIPBOARD)
    context.set_default_timeout(15_000)
    yield Tab(context.new_page(), server.base)
    context.close()


@pytest.mark.parametrize("name", ACTS)
def test_focus_stays_or_goes_to_the_result_and_the_result_is_said_once_after(desk, name):
    act = ACTS[name]
    act.ready(desk)
    if name == "choice committed":
        for field in ("answer", "sure"):
            desk.page.locator(f'input[name="{field}"]').first.check()
    stop = desk.page.locator(act.stop).locator("visible=true").first
    stop.focus()
    desk.page.evaluate(LISTEN)
    with desk.rerun():
        desk.page.keyboard.press(act.key)
    desk.until("document.activeElement !== document.body")
    desk.page.wait_for_timeout(50)
    here = desk.active()
    assert act.at(here), here
    said = desk.page.evaluate("window.said")
    assert all(how != "assertive" and len(words.split()) <= LIVE_WORDS for how, words in said), said
    if act.said is not None:
        assert len(said) == 1 and said[0][1].startswith(act.said), said
    else:
        assert len(said) <= 1, said


def test_where_the_child_stands_is_said_and_marked_in_drawing_and_list(desk):
    begun(desk)
    where = desk.page.locator(".where h2").inner_text().removeprefix("You are at").strip()
    live = desk.page.locator(".live").filter(has_text="You are at")
    expect(live).to_have_count(1)
    assert live.text_content().startswith(f"You are at {where}, because ")
    for place in ("svg.page g.node", ".list button.item"):
        current = desk.page.locator(f'{place}[aria-current="step"]')
        expect(current).to_have_count(1)
        show(desk, "Drawing" if "svg" in place else "List")
        name = current.get_attribute("aria-label") or current.text_content()
        assert name.startswith(where) and "you are here" in name
    show(desk, "Drawing")
    box = desk.page.locator('svg.page g.node[aria-current="step"]')
    for sign in (".ring", ".here"):                            # a second outline and a pointer, not a color alone
        expect(box.locator(sign)).to_be_visible()


EDGES = "(all) => all.map((e) => e.dataset.edge)"
NODES = "(all) => all.map((e) => e.dataset.node)"


def test_list_and_drawing_of_every_page_hold_the_same_boxes_and_ways(desk):
    g = guideline()
    desk.go("/pathways")
    for name, page in g.pages.items():
        desk.turn_drawing(name)
        expect(desk.page.locator(f'.list[aria-label^="{name} "]')).to_have_count(1)
        listed_boxes = desk.page.locator(".list button.item").evaluate_all(NODES)
        assert sorted(desk.drawing.locator("g.node").evaluate_all(NODES)) == sorted(listed_boxes) == sorted(page.nodes)
        edges = page_edges(g, name)
        within = sorted(f"{edge.source}--{edge.target}" for edge in edges if edge.target in page.nodes)
        leaving = [edge for edge in edges if edge.target not in page.nodes]
        assert sorted(desk.drawing.locator("g.edge[data-edge]").evaluate_all(EDGES)) == within
        ways = desk.page.locator(".list .way").evaluate_all(EDGES)
        assert sorted(ways) == sorted([*within, *(f"{edge.source}--{edge.target}" for edge in leaving)])
        for edge in leaving:                                   # in the drawing a box says where it goes on
            label = desk.node(edge.source).get_attribute("aria-label")
            assert page_name(g.nodes[edge.target].page) in label, (edge, label)
