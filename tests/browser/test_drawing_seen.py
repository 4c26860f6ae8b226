"""What is seen of the drawing, and how far a statement is from its source."""
from __future__ import annotations

import re
from collections import defaultdict

import pytest
from children import EARLY_RELAPSE, STANDARD_RISK
from hands import LETTERS
from playwright.sync_api import expect

from pages.ui.pathway_graph import edge_letters
from pathways.drawing import drawing
from pathways.expect import expected_cases
from pathways.load import guideline
from pathways.walk import walk

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

# Shows the states of a page one after the other as the server would send them, and looks at what opens: labels of the
# way that are too small, out of the view or crossed by a line that is not theirs; and whether the way fits at all.
OPENED = """async (states) => {
  const drawing = window[Symbol.for('guideline.explorer.graph')].shown.get('walk_map');
  const [svg, found] = [drawing.svg, []];
  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const within = (e, view) => {
    const r = e.getBoundingClientRect();
    return r.left >= view.left - 1 && r.right <= view.right + 1 && r.top >= view.top - 1 && r.bottom <= view.bottom + 1;
  };
  const crossed = (label) => {
    const [own, b] = [label.parentNode, label.getBBox()];
    const { e: x, f: y } = label.transform.baseVal.consolidate().matrix;
    const box = { left: x + b.x, right: x + b.x + b.width, top: y + b.y, bottom: y + b.y + b.height };
    return drawing.page.edges.some((edge, i) => drawing.edges[i] !== own && edge.paths.some((path) =>
      path.slice(1).some(([x1, y1], j) => Math.min(x1, path[j][0]) < box.right && Math.max(x1, path[j][0]) > box.left
        && Math.min(y1, path[j][1]) < box.bottom && Math.max(y1, path[j][1]) > box.top)));
  };
  for (const [letters, edges, current] of states) {
    drawing.update({ ...drawing.news, states: letters, edges, current, selected: null });
    await frames();
    const [view, scale] = [svg.getBoundingClientRect(), Number(svg.dataset.scale)];
    const labels = [...svg.querySelectorAll('g.node.visited text.title, g.edge.visited text.label')];
    const centre = current || drawing.page.start;
    const near = drawing.boxOf([centre, ...drawing.before.get(centre), ...drawing.next.get(centre)]);
    found.push({
      labels: labels.length,
      small: labels.filter((t) => parseFloat(getComputedStyle(t).fontSize) * scale < 11.99).map((t) => t.textContent),
      outside: labels.filter((t) => !within(t, view)).map((t) => t.textContent),
      crossed: labels.filter((t) => t.matches('.label') && crossed(t)).map((t) => t.textContent),
      wide: Math.max(...labels.map((t) => t.getBoundingClientRect().right))
        - Math.min(...labels.map((t) => t.getBoundingClientRect().left)) > view.width - 2 * 12,
      centred: within(drawing.byId.get(centre).querySelector('.shape'), view),
      near: (near.right - near.left) * scale <= view.width && (near.bottom - near.top) * scale <= view.height,
      neighbours: [...drawing.before.get(centre), ...drawing.next.get(centre)]
        .every((id) => within(drawing.byId.get(id).querySelector('.shape'), view)),
    });
  }
  return found;
}"""


def opened_states():
    """Every drawing that the cases produce: for each page the letters of its boxes and lines and where the child is."""
    g, found = guideline(), defaultdict(dict)
    for expected in expected_cases(g):
        route = walk(g, expected.case)
        for page in g.pages:
            ids = [node["id"] for node in drawing(page)["nodes"]]
            letters = "".join(LETTERS[route.states.get(name, "excluded")] for name in ids)
            if "v" in letters:
                edges = edge_letters(drawing(page)["edges"], route.states, route.steps)
                found[page][letters, edges, route.current if route.current in ids else None] = expected.name
    return found


# How many of these drawings hold a way that is wider than what stands beside the form, labels being 12 px: a child who
# is on another page by then.
TOO_WIDE = {1280: 13, 1920: 0}


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1920, 1080)])
def test_way_of_every_case_opens_readable_and_in_view(open_tab, width, height):
    tab = open_tab("/walk", width=width, height=height)
    tab.page.evaluate("document.fonts.ready")
    wrong, wide, count = [], [], 0
    for page, states in opened_states().items():
        tab.turn_drawing(page)
        for state, seen in zip(states, tab.drawing.evaluate(f"(svg, states) => ({OPENED})(states)", list(states)),
                               strict=True):
            count += 1
            at = (page, states[state])
            wrong += [(at, what, seen[what]) for what in ("small", "crossed") if seen[what]]
            if not seen["wide"]:
                wrong += [(at, "outside", seen["outside"])] if seen["outside"] else []
            else:
                wide.append(at)
                alone = state[2] is None and seen["centred"] and (seen["neighbours"] or not seen["near"])
                wrong += [] if alone else [(at, "neither the way nor the box where it begins is in view", seen)]
            assert seen["labels"], at
    print(f"{width} px: {count} drawings, {len(wide)} of them too wide")
    assert wrong == []
    assert (count > 250, len(wide)) == (True, TOO_WIDE[width])


@pytest.mark.parametrize("child", [STANDARD_RISK, EARLY_RELAPSE], ids=["standard risk", "early relapse"])
def test_phone_begins_with_the_list_and_the_drawing_with_where_the_child_stands(open_tab, child):
    tab = open_tab("/walk", width=1280, height=900)
    for key, value in child.answers.items():
        tab.answer(key, value)
    tab.page.set_viewport_size({"width": 390, "height": 844})
    where, listed = tab.page.locator(".where"), tab.page.locator('.item[aria-current="step"]')
    expect(where).to_be_visible()
    expect(listed).to_be_visible()
    expect(tab.drawing).to_be_hidden()
    assert where.bounding_box()["y"] < tab.page.locator(".list").bounding_box()["y"]
    tab.page.get_by_role("button", name="Drawing", exact=True).click()
    expect(listed).to_be_hidden()
    expect(tab.node(child.end)).to_be_in_viewport(ratio=0.9)
    assert float(tab.drawing.get_attribute("data-scale")) >= 1
    edges = drawing(child.page)["edges"]
    beside = {e["source"] for e in edges if e["target"] == child.end} | {
        e["target"] for e in edges if e["source"] == child.end}
    view = tab.drawing.bounding_box()
    boxes = [tab.node(name).locator(".shape").bounding_box() for name in beside]
    assert sum(view["x"] < box["x"] + box["width"] and box["x"] < view["x"] + view["width"]
               and view["y"] < box["y"] + box["height"] and box["y"] < view["y"] + view["height"] for box in boxes) > 1
    tab.page.get_by_role("button", name="List", exact=True).click()
    with tab.rerun():
        listed.click()
    detail = tab.page.locator(".detail")
    expect(detail).to_be_in_viewport()
    item = listed.bounding_box()
    assert item["y"] + item["height"] <= detail.bounding_box()["y"] + 1


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
