"""What the Genetics page says: how often, each lesion and what the rules do with it, classes of Ph-like lesions."""
from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from content import tables
from content.load import Knowledge, knowledge
from content.model import Figure
from pages.ui import flags, genetics_chart
from pages.ui.panel import fold, inside, listed, text, wide
from pages.ui.statements import source
from pages.ui.therapy import printed
from pathways.drawing import page_name
from pathways.evidence import evidence
from pathways.load import guideline
from pathways.steering import AtNode, InScheme, Steering, steering

CLASSES = {"favorable": "Favorable", "intermediate": "Intermediate", "unfavorable": "Unfavorable",
           "stated": "Named, without one of these words"}
OTHER = "A study"
PASSAGES = ("Molecular subtypes", "Genetic characterization", OTHER)
KINASE_NODE = "ph_like_class"
KINASE_NOTE = "A-56"
NOTHING = "No rule of the pathways or the risk schemes asks for it: the text names it and draws no consequence."


def figures(known: Knowledge) -> dict:
    """Name to source and figure, for every figure of the content."""
    return {f"{genetics_chart.home(source_)}.{figure.id}": (source_, figure) for source_, figure in known.figures()}


@cache
def frequency() -> str:
    """What stands above the chart."""
    return ('<section><h2>How often</h2><p class="prose">In children and adults where the text prints both, else in '
            "the population it names. A bar is a printed range, an arrow a printed limit.</p></section>")


@cache
def drawing() -> tuple[object, str]:
    """The chart and what it says in words; made once, since it is the same for everyone."""
    rows = genetics_chart.rows(knowledge())
    return genetics_chart.chart(rows), genetics_chart.alt(rows)


@cache
def behind() -> str:
    """Below the chart: how to read it, what it does not say, and its numbers as a table."""
    rows = genetics_chart.rows(knowledge())
    body = "".join(_table_row(row.name, mark) for row in rows for mark in row.marks)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Lesion", "Population", "As printed", "Text lines"))
    table = (f'<table class="frequencies"><caption class="hidden">Frequencies of lesions</caption><thead><tr>{head}'
             f"</tr></thead><tbody>{body}</tbody></table>")
    return (f'<section class="prose"><p>{text(genetics_chart.READING)}</p>'
            f'<p class="quiet">{text(genetics_chart.CAVEAT)}</p></section>'
            f'<div class="folds">{fold("frequencies", "The same as a table", wide("Frequencies", table))}</div>')


def _table_row(name: str, mark: genetics_chart.Mark) -> str:
    lines = listed([f"{low} to {high}" if high > low else f"{low}" for low, high in mark.figure.lines])
    return (f'<tr><th scope="row">{text(name)}</th><td>{text(mark.figure.population)}</td>'
            f"<td>{text(mark.words)}</td><td>{text(lines)}</td></tr>")


@cache
def csv() -> str:
    """The chart's numbers, one row a figure."""
    known = knowledge()
    marks = [mark for row in genetics_chart.rows(known) for mark in row.marks]
    return tables.table(known, [(mark.source, mark.figure) for mark in marks]).to_csv(index=False)


def lesions(opened: str | None) -> str:
    """Every lesion by its class, each with what the rules do with it; `opened` stands open and comes into sight.

    Its buttons press `node:<id>`.
    """
    known = knowledge()
    unknown = opened is not None and opened not in known.lesions
    said = ('<p role="status">The address names a lesion that is not among these.</p>' if unknown else
            '<p class="prose">Sorted by the words the text itself uses. What follows from a lesion is worked out from '
            "the rules of the pathways and the risk schemes, with nothing else known.</p>")
    groups = "".join(_group(known, name, title, opened) for name, title in CLASSES.items())
    return f'<section class="lesions"><h2>Lesions by outlook</h2>{said}{groups}</section>'


def _group(known: Knowledge, name: str, title: str, opened: str | None) -> str:
    rows = "".join(_lesion(known, lesion.id, lesion.id == opened) for lesion in known.lesions.values()
                   if lesion.prognosis == name)
    return f'<h3 class="class-of {name}">{title}</h3><div class="folds">{rows}</div>'


def _lesion(known: Knowledge, lesion_id: str, is_open: bool) -> str:
    lesion = known.lesions[lesion_id]
    at = figures(known)
    short = listed([f"{tables.amount(at[name][1], 'percent')} of {group}" for group, name in
                    (("children", lesion.children), ("adults", lesion.adults)) if name])
    state = f' open data-lesion="{text(lesion.id)}"' if is_open else f' data-lesion="{text(lesion.id)}"'
    mark = f' data-arrive="{text(lesion.id)}"' if is_open else ""
    head = f'<span><b>{text(lesion.name)}</b> <span class="small quiet">{text(short)}</span></span>'
    return (f'<details class="fold" data-keep="lesion-{text(lesion.id)}"{state}><summary{mark}>{head}</summary>'
            f'<div class="lesion">{_body(lesion_id)}</div></details>')


@cache
def _body(lesion_id: str) -> str:
    known, g = knowledge(), guideline()
    lesion = known.lesions[lesion_id]
    at = figures(known)
    also = f'<p class="small quiet">Also {text(listed(list(lesion.synonyms)))}</p>' if lesion.synonyms else ""
    numbers = "".join(f"<div><dt>{text(_about(at[name][1]))}</dt><dd>{text(printed(at[name][1]))}</dd></div>"
                      for name in lesion.figures())
    found = steering(g, lesion.facts, "" if lesion.lineage == "both" else lesion.lineage)
    return (f"<p>{text(lesion.say)}</p>{also}"
            + (f'<dl class="pairs">{numbers}</dl>' if numbers else "")
            + steers(g, found) + f'<div class="meta">{source(g, lesion.lines, None, f"lesion-{lesion.id}")}</div>')


def _about(figure: Figure) -> str:
    return f"{figure.what or 'Frequency'}, {inside(figure.population)}"


def steers(g, found: Steering) -> str:
    """Where a lesion counts, in words, as markup."""
    if not found.nodes and not found.schemes:
        return f'<p class="quiet">{NOTHING}</p>'
    parts = []
    if found.implies:
        labels = listed([inside(g.facts[key].label) for key in found.implies])
        parts.append(f"<p>It counts as {text(labels)} too.</p>")
    if found.nodes:
        rows = "".join(_at_node(g, node) for node in found.nodes)
        parts.append(f'<h4>On the way</h4><ul class="bare">{rows}</ul>')
    if found.schemes:
        rows = "".join(_in_scheme(g, one) for one in found.schemes)
        parts.append(f'<h4>In the risk schemes</h4><ul class="bare">{rows}</ul>')
    return "".join(parts) + ambiguities(g, found.notes, "steers")


def _at_node(g, one: AtNode) -> str:
    node = g.nodes[one.node]
    ways = [g.nodes[target].title for target in one.targets]
    if not one.closed:
        said = "one of the answers it asks for"
    elif len(ways) == 1:
        said = f"leads to “{ways[0]}”"
    else:
        said = f"leaves {listed([f'“{way}”' for way in ways], 'or')}"
    return (f'<li><button type="button" class="goto" data-press="node:{text(node.id)}">{text(node.title)}</button> '
            f'<span class="small quiet">on {text(page_name(node.page))}</span><br>{text(said)}</li>')


def _in_scheme(g, one: InScheme) -> str:
    scheme = g.schemes[one.scheme]
    names = {group.id: group.name for group in scheme.groups}
    if not one.closed:
        said = "counts in its rules, but takes away no group by itself"
    else:
        said = listed([names[group] for group in one.groups], "or") or "no group"
        said = f"{said}; no longer {listed([names[group] for group in one.closed], 'or')}"
    return f"<li>{text(scheme.name)}<br>{text(said)}</li>"


def ambiguities(g, names: Iterable[str], keep: str) -> str:
    """What the text leaves open here, one fold each."""
    return "".join(f'<details class="note-line" data-keep="{text(keep)}-{text(name)}"><summary>'
                   f"{text(g.ambiguities[name].title)}</summary><p>{text(g.ambiguities[name].say)} "
                   f'<span class="quiet">({text(name)})</span></p></details>' for name in names)


@cache
def kinases() -> str:
    """The classes of Ph-like lesions: genes with the passages that print them, and what is under study."""
    known, g = knowledge(), guideline()
    rows = "".join(_kinase(known, g, one.id) for one in known.kinase_classes.values())
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Gene", *PASSAGES))
    wrong = flags.together([], [*evidence().errata.get(KINASE_NODE, ())], "kinases")
    return ('<section><h2>Ph-like: classes of kinase lesions</h2><p class="prose">The text lists the genes in passages '
            "that differ; here is their union, each gene with every passage that prints it. Agents are those under "
            f'study in this text, no advice.</p>{wrong}<div>{ambiguities(g, [KINASE_NOTE], "kinases")}</div>'
            + wide("Genes of Ph-like lesions by class and passage",
                   f'<table class="genes"><thead><tr>{head}</tr></thead>{rows}</table>') + "</section>")


def _kinase(known: Knowledge, g, name: str) -> str:
    one = known.kinase_classes[name]
    genes = "".join(f'<tr><th scope="row">{text(gene.name)}</th>{_mentions(gene.mentions)}</tr>' for gene in one.genes)
    agents = [f'<button type="button" class="goto" data-press="agent:{text(key)}">{text(known.agents[key].name)}'
              "</button>" for key in one.agents]
    trials = [f'<button type="button" class="goto" data-press="trial:{text(key)}">{text(known.trials[key].name)}'
              "</button>" for key in one.trials]
    studied = (f"Under study: {listed(agents)}, in {listed(trials)}." if trials else
               "Under study: nothing specific in this text.")
    return (f'<tbody><tr class="sort"><th scope="rowgroup" colspan="{len(PASSAGES) + 1}"><h3>{text(one.name)}</h3>'
            f"<p>{text(one.say)}</p><p>{studied}</p>"
            f'<div class="meta">{source(g, one.lines, None, f"kinase-{one.id}")}</div></th></tr>{genes}</tbody>')


def _mentions(mentions) -> str:
    """A cell for each passage of the text, empty where it does not print the gene."""
    cells: dict[str, list[str]] = {column: [] for column in PASSAGES}
    for one in mentions:
        place, _, detail = one.place.partition(", ")
        column, named = (place, detail) if place in cells else (OTHER, one.place)
        said = f"{one.change}, {named}" if named else one.change
        lines = f'{"line" if one.lines[0][0] == one.lines[0][1] else "lines"} {_span(one.lines)}'
        cells[column].append(f'{text(said)} <span class="quiet">({text(lines)})</span>')
    return "".join(f'<td data-column="{text(column)}">{"<br>".join(said)}</td>' for column, said in cells.items())


def _span(lines) -> str:
    return listed([f"{low} to {high}" if high > low else f"{low}" for low, high in lines])
