"""What the Therapy page draws from the boxes of the pathways: CNS therapy, testes, transplant, thiopurines."""
from __future__ import annotations

import re
from functools import cache

from content.load import knowledge
from pages.ui.box import graded
from pages.ui.panel import text
from pages.ui.statements import source, statement_list
from pages.ui.therapy import printed
from pathways.drawing import page_name
from pathways.load import guideline
from pathways.model import Guideline, Node

EXTRAMEDULLARY = {"CNS prophylaxis and therapy": ("cns_prophylaxis",), "Testicular disease": ("testicular_radiation",)}
AT_WORKUP = ("lumbar_puncture", "first_intrathecal")
TRANSPLANT = re.compile(r"hsct|transplant|astct")
THIOPURINES = ("thiopurine_testing", "thiopurine_reduced")
AT_THIOPURINE_WORKUP = ("pharmacogenomics_workup",)
THIOPURINE_NOTE = "A-06"
FACTS = ("therapy.tpmt_heterozygosity", "therapy.mercaptopurine_enzymes")
NO_DOSES = "How doses follow from the result is not in this text, and not here."


def _statements(g: Guideline, names, nodes=()):
    """Statements of whole boxes, and single ones by their id."""
    found = [s for node in g.nodes.values() for s in node.statements if s.id in names]
    return found + [s for name in nodes for s in g.nodes[name].statements]


def _list(g: Guideline, statements) -> str:
    return statement_list(g, [graded(one) for one in statements])


def _box(node: Node) -> str:
    return (f'<button type="button" class="goto" data-press="node:{text(node.id)}">{text(node.title)}</button> '
            f'<span class="small quiet">on {text(page_name(node.page))}</span>')


@cache
def extramedullary() -> str:
    """CNS-directed therapy for everyone, and the testes."""
    g = guideline()
    parts = []
    for title, nodes in EXTRAMEDULLARY.items():
        first = AT_WORKUP if nodes == ("cns_prophylaxis",) else ()
        boxes = " · ".join(_box(g.nodes[name]) for name in nodes)
        parts.append(f"<h3>{title}</h3>{_list(g, _statements(g, first, nodes))}<p>{boxes}</p>")
    return f'<section><h2>CNS and testes</h2>{"".join(parts)}</section>'


def transplant_nodes(g: Guideline) -> dict[str, list]:
    """Box to its statements about transplant: all of a transplant's own box, else those that are named for it."""
    found = {}
    for node in g.nodes.values():
        some = [s for s in node.statements if TRANSPLANT.search(node.id) or TRANSPLANT.search(s.id)]
        if some:
            found[node.id] = some
    return found


@cache
def transplant() -> str:
    """HSCT by situation: what each page of the pathways says, with strength, category and source."""
    g = guideline()
    found = transplant_nodes(g)
    parts = []
    for page in g.pages.values():
        here = [(g.nodes[name], some) for name, some in found.items() if g.nodes[name].page == page.id]
        if not here:
            continue
        rows = "".join(f'<div class="situation"><p>{_box(node)}</p>{_list(g, some)}</div>' for node, some in here)
        notes = dict.fromkeys(note.id for node, _ in here for note in node.notes)
        left_open = "".join(ambiguity(g, name, page.id) for name in notes)
        parts.append(f'<details class="fold" data-keep="hsct-{text(page.id)}"><summary><span>{text(page.title)} '
                     f'<span class="small quiet">{text(page_name(page.id))}, printed page {page.printed_page}</span>'
                     "</span></summary>"
                     f'<div class="situations">{rows}{left_open}</div></details>')
    return ('<section><h2>Transplant by situation</h2><p class="prose">Every place where the pathways speak of HSCT, '
            "with its strength and category. Which child it is, the walk says; where the text leaves it open, both "
            f'readings stand.</p><div class="folds">{"".join(parts)}</div></section>')


def ambiguity(g: Guideline, name: str, keep: str) -> str:
    """What the text leaves open, one fold."""
    one = g.ambiguities[name]
    return (f'<details class="note-line" data-keep="open-{text(keep)}-{text(name)}">'
            f"<summary>{text(one.title)}</summary>"
            f'<p>{text(one.say)} <span class="quiet">({text(name)})</span></p></details>')


@cache
def thiopurines() -> str:
    """TPMT and NUDT15: both strengths with their places, and how common; never a dose."""
    g, known = guideline(), knowledge()
    figures = {f"{name}.{figure.id}": figure for name, home in known.facts.items() for figure in home.figures}
    numbers = "".join(f"<div><dt>{text(figures[name].what)}</dt><dd>{text(printed(figures[name]))}</dd></div>"
                      for name in FACTS)
    boxes = " · ".join(_box(g.nodes[name]) for name in THIOPURINES)
    lines = tuple(span for name in FACTS for span in figures[name].lines)
    return (f'<section><h2>Thiopurine testing</h2><p class="prose">{NO_DOSES}</p>'
            f"{ambiguity(g, THIOPURINE_NOTE, 'thiopurines')}"
            f"{_list(g, _statements(g, AT_THIOPURINE_WORKUP, THIOPURINES))}"
            f'<dl class="pairs">{numbers}</dl><p>{boxes}</p>'
            f'<div class="meta">{source(g, lines, None, "thiopurines")}</div></section>')
