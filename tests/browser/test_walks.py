"""Four children, each walked to an end on the real page, by mouse; one of them by keyboard alone."""
from __future__ import annotations

import re

import pytest
from children import CHILDREN, EARLY_RELAPSE
from hands import route_of
from playwright.sync_api import expect

from pathways.load import guideline

VISITED = """(svg) => {
  const view = svg.getBoundingClientRect();
  const scale = Number(svg.dataset.scale);
  return [...svg.querySelectorAll('g.node.visited text.title, g.edge.visited text.label')].map((t) => {
    const r = t.getBoundingClientRect();
    return { text: t.textContent, size: parseFloat(getComputedStyle(t).fontSize) * scale,
      inside: r.left >= view.left - 1 && r.right <= view.right + 1
        && r.top >= view.top - 1 && r.bottom <= view.bottom + 1 };
  });
}"""


def walked(tab, child):
    """Answer every question of a child."""
    for key, value in child.answers.items():
        tab.answer(key, value)
    return route_of(child.answers)


def look_at_the_end(tab, child, route):
    """The drawing, the answer panel and the statements at the end of a walk."""
    title = guideline().nodes[child.end].title
    assert (route.status, route.current) == ("ok", child.end)
    tab.expect_drawn(route, child.page)
    for names, state in ((child.reached, "visited"), (child.offered, "offered"), (child.off, "excluded")):
        for name in names:
            expect(tab.node(name)).to_contain_class(state)
    current = tab.drawing.locator('g.node[aria-current="step"]')
    expect(current).to_have_count(1)
    expect(current).to_have_attribute("data-node", child.end)
    expect(current).to_have_attribute("aria-label", re.compile(f"^{re.escape(title)}, .*reached, you are here$"))
    expect(tab.page.locator(".where h2")).to_contain_text(title)
    expect(tab.page.locator(".where")).to_contain_text("Nothing that decides this way is missing.")
    everything = tab.unfold("all")
    for sentence in child.says:
        expect(everything.get_by_text(sentence, exact=True)).to_be_visible()
    expect(everything.locator(".said > li")).to_have_count(len(route.statements))


def look_at_the_route(tab):
    """Every label of the way is at least 12 px tall and inside the drawing, on two screens."""
    for width, height in ((1920, 1080), (1280, 900)):
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        labels = tab.drawing.evaluate(VISITED)
        assert len(labels) > 3
        assert [(width, label["text"], label["size"]) for label in labels if label["size"] < 11.99] == []
        assert [(width, label["text"]) for label in labels if not label["inside"]] == []


@pytest.mark.parametrize("name", CHILDREN)
def test_child_is_walked_to_the_end_by_mouse(open_tab, name):
    child = CHILDREN[name]
    tab = open_tab("/walk")
    route = walked(tab, child)
    look_at_the_end(tab, child, route)
    look_at_the_route(tab)
    for page in child.pages:
        tab.turn_drawing(page)
        tab.expect_drawn(route, page)
    shown = tab.page.locator(".page-bar button").evaluate_all("(all) => all.map((b) => b.dataset.press)")
    assert shown == list(child.pages)


class Keys:
    """A person without a mouse. Each stop is seen, and is never the body of the page."""

    def __init__(self, tab):
        self.tab = tab

    def press(self, key):
        self.tab.page.keyboard.press(key)
        return self.tab.active()

    def look(self, here):
        assert here["tag"] not in ("body", "html"), here
        assert here["seen"], f"focus not visible: {here}"
        assert here["inView"], f"focus out of view: {here}"

    def tab_to(self, wanted, key="Tab", most=120):
        """Press Tab until the wanted stop."""
        here = self.tab.active()
        for _ in range(most):
            if wanted(here):
                self.look(here)
                return here
            here = self.press(key)
            self.look(here)
        raise AssertionError(f"not reached within {most} stops; last {here}")

    def answer(self, key, value, way="Tab"):
        """Answer one question; the focus stays on it while the page runs."""
        fact = guideline().facts[key]
        number, _, unit = str(value).partition(" ")
        typed = fact.kind == "number"
        here = self.tab_to(lambda at: at["field"] == key and (at["type"] == "text" or not typed), way)
        if typed:
            with self.tab.rerun():
                self.tab.page.keyboard.type(number)
                self.tab.page.keyboard.press("Enter")
            if len(fact.units) > 1:
                self.tab_to(lambda at: at["field"] == key and at["type"] == "radio", most=2)
                self.choose(unit)
        elif fact.kind == "mrd":
            self.choose("percent")
            self.tab_to(lambda at: at["field"] == key and at["type"] == "text", most=2)
            with self.tab.rerun():
                self.tab.page.keyboard.type(number)
                self.tab.page.keyboard.press("Enter")
        else:
            self.choose(value, here["tag"])
        assert self.tab.active()["field"] == key, f"focus left {key}: {self.tab.active()}"

    def choose(self, value, tag="input"):
        """Arrow keys to an answer; a first answer of none is taken with Space."""
        for _ in range(9):
            here = self.tab.active()
            if here["value"] == value and (tag == "select" or here["checked"]):
                return
            with self.tab.rerun():
                self.tab.page.keyboard.press("Space" if here["value"] == value else "ArrowDown")
        raise AssertionError(f"{value} not reached by arrow keys")


def test_child_is_walked_to_the_end_by_keyboard_alone(open_tab):
    tab = open_tab("/walk")
    keys = Keys(tab)
    first = keys.press("Tab")
    assert first["text"] == "Skip to main content"
    keys.look(first)
    answers = dict(EARLY_RELAPSE.answers)
    del answers["age_at_diagnosis_years"]                  # not needed for a relapse
    keys.answer("situation", answers["situation"])
    order = [key for key in guideline().facts if key in answers and key != "situation"]
    while order:                                           # as a person does: the form says what comes next
        shown = tab.page.locator(".field").evaluate_all("(all) => all.map((f) => f.dataset.key)")
        key = next(key for key in order if key in shown)
        at = shown.index(key)
        now = shown.index(tab.active()["field"]) if tab.active()["field"] in shown else 0
        keys.answer(key, answers[key], "Tab" if at >= now else "Shift+Tab")
        order.remove(key)
    route = route_of(answers)
    assert (route.status, route.current) == ("ok", EARLY_RELAPSE.end)
    tab.expect_drawn(route, "PEDALL-9")

    keys.tab_to(lambda here: here["node"] == EARLY_RELAPSE.end)
    up = keys.press("ArrowUp")
    keys.look(up)
    assert up["node"] not in ("", EARLY_RELAPSE.end)
    with tab.rerun():
        keys.press("Enter")
    expect(tab.page.locator(".detail h2")).to_have_text(guideline().nodes[up["node"]].title)
    assert tab.active()["node"] == up["node"]
    keys.tab_to(lambda here: here["text"] == "Source")
    keys.press("Enter")
    expect(tab.page.locator(".detail details.source[open]").first).to_contain_text("text lines")
    stops = 0
    while keys.press("Tab")["tag"] != "body":               # out at the end of the page: no trap
        stops += 1
        assert stops < 200
