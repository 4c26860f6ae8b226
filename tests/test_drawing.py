"""The drawing and the list: committed positions fit the graphs, no line crosses a label, both show the same graph."""
from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from pages.ui import outline
from pages.ui.pathway_graph import edge_letters
from pathways import drawing
from pathways.load import guideline

PAGES = list(guideline().pages)


def test_committed_positions_belong_to_the_graphs_as_they_are(g):
    assert drawing.stale_layouts(g) == [], "run: python -m pathways layout"


@pytest.mark.parametrize("page", PAGES)
def test_no_line_touches_a_label_or_a_box_that_is_not_its_end(page):
    assert drawing.collisions(drawing.drawing(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_drawing_has_the_nodes_and_edges_of_the_graph(g, page):
    drawn = drawing.drawing(page)
    nodes = g.pages[page].nodes
    inner = [(e.source, e.target, e.label) for e in drawing.page_edges(g, page) if e.target in nodes]
    assert [node["id"] for node in drawn["nodes"]] == list(nodes)
    assert Counter((e["source"], e["target"], e["label"]) for e in drawn["edges"]) == Counter(inner)


@pytest.mark.parametrize("page", PAGES)
def test_every_title_is_drawn_in_full(page):
    for node in drawing.drawing(page)["nodes"]:
        assert " ".join(node["lines"]) == node["title"]
        assert node["h"] >= 44
        assert all(drawing.text_width(line, drawing.NODE_FONT) <= node["w"] - 20 for line in node["lines"])


@pytest.mark.parametrize("page", PAGES)
def test_ways_of_a_choice_stand_in_the_order_of_the_text(g, page):
    drawn = {node["id"]: node for node in drawing.drawing(page)["nodes"]}
    for row in drawing._level(g, g.pages[page].nodes):
        assert [drawn[node]["x"] for node in row] == sorted(drawn[node]["x"] for node in row)
        assert len({drawn[node]["y"] for node in row}) == 1


def test_a_changed_label_makes_positions_stale(g):
    page = g.pages["PEDALL-6"]
    edges = [SimpleNamespace(source=e.source, target=e.target, label=e.label + "!") for e in g.edges]
    changed = SimpleNamespace(pages={"PEDALL-6": page}, nodes=g.nodes, edges=edges)
    assert drawing.stale_layouts(changed) == ["PEDALL-6"]


class Marks(HTMLParser):
    """Counts the nodes and edges that markup carries."""

    def __init__(self):
        super().__init__()
        self.nodes, self.edges, self.here = Counter(), Counter(), []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "data-node" in found:
            self.nodes[found["data-node"]] += 1
            if found.get("aria-current") == "step":
                self.here.append(found["data-node"])
        if "data-edge" in found:
            self.edges[found["data-edge"]] += 1


@pytest.mark.parametrize("page", PAGES)
def test_list_has_each_node_once_and_each_edge_once(g, page):
    marks = Marks()
    marks.feed(outline.html(page, None, g.pages[page].start))
    assert marks.nodes == Counter(g.pages[page].nodes.keys())
    assert marks.edges == Counter(f"{e.source}--{e.target}" for e in drawing.page_edges(g, page))
    assert marks.here == [g.pages[page].start]


def test_list_escapes_every_word(monkeypatch, g):
    bad = '<img src=x onerror="x">&'
    node = SimpleNamespace(id="a", kind="action", title=bad, page="P", to=None)
    fake = SimpleNamespace(pages={"P": SimpleNamespace(id="P", title=bad, start="a", nodes={"a": node, "b": node})},
                           nodes={"a": node, "b": node}, edges=[SimpleNamespace(source="a", target="b", label=bad)])
    monkeypatch.setattr(outline, "guideline", lambda: fake)
    assert "<img" not in outline.html("P", {"a": "visited"}, "a", "a")


def test_labels_leave_out_only_what_the_question_says():
    short = ["Complete remission", "Less than complete remission"]
    asked = [f"Remission after induction is {words}" for words in short]
    assert drawing.short_labels("Remission after induction?", asked) == short
    assert drawing.short_labels("Which page?", asked) == asked
    two = ["TPMT is Normal and NUDT15 is Normal", "TPMT is Deficient or NUDT15 is Deficient"]
    assert drawing.short_labels("TPMT and NUDT15?", two) == two


def test_labels_keep_brackets_that_group():
    label = "(NOTCH1 mutation: found or FBXW7 mutation: found) and (RAS mutation: found or PTEN mutation: found)"
    assert drawing.short_labels("Mutated?", [label]) == [label]
    long = "not infant high risk (under 3 months, or WBC 300 x10^9/L and more) and Lineage is B-ALL"
    assert drawing.short_labels("Which?", [long]) == ["not infant high risk and Lineage is B-ALL"]


def test_wrapping_keeps_words_and_width():
    lines = drawing.wrap("Extramedullary disease and response", 14, 172)
    assert " ".join(lines) == "Extramedullary disease and response"
    assert all(drawing.text_width(line, 14) <= 172 for line in lines)


EDGES = [{"source": "ask", "target": "left", "label": "yes"}, {"source": "ask", "target": "end", "label": "no"},
         {"source": "left", "target": "end", "label": ""}]


def test_an_unanswered_question_has_no_walked_line():
    states = {"ask": "visited", "left": "possible", "end": "visited"}
    assert edge_letters(EDGES, states) == "ppp"


def test_only_the_answer_given_is_walked():
    states = {"ask": "visited", "left": "visited", "end": "visited"}
    step = SimpleNamespace(node="ask", branch="left", because="yes")
    assert edge_letters(EDGES, states, [step]) == "vxv"


def test_without_a_child_no_line_has_a_state():
    assert edge_letters(EDGES, None) == ""


def test_scripts_of_the_drawing_write_no_markup():
    for path in drawing.FOLDER.parents[1].glob("pages/ui/pathway_graph/*.js"):
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", code), path
