"""One box of a drawing without a patient: what it is, what it says, its rule in words, and where that stands."""
from pages.ui import flags, studies
from pages.ui.answer import source, statement_list
from pages.ui.panel import text
from pages.ui.terms import marked
from pathways.drawing import page_name

KINDS = {"decision": "Question", "action": "What the text says to do", "choice": "Ways the text leaves open",
         "link": "Goes on elsewhere", "silent": "The text stops here", "stop": "The way ends here"}
RULES = {"decision": "Answers, and where each leads", "choice": "The ways, in the order of the text"}


def detail(g, node_id: str, child: str = "", veiled: bool = False) -> str:
    """Everything about one box, as markup for a panel; its buttons press `box:<id>` and `close`.

    Parameters
    ----------
    g : Guideline
        The guideline.
    node_id : str
        Id of the node.
    child : str
        Markup that says why a child is led here, or not; it stands first.
    veiled : bool
        Each answer is folded away until it is pressed.
    """
    node = g.nodes[node_id]
    page = g.pages[node.page]
    parts = [f'<div class="detail-top"><p class="small quiet">{text(page_name(page.id))} · {text(KINDS[node.kind])}</p>'
             '<button type="button" class="goto" data-press="close">Close</button></div>',
             f"<h2>{marked(node.title)}</h2>", child, flags.at_node(node_id)]
    if node.say:
        parts.append(f"<p>{marked(node.say)}</p>")
    if node.statements:
        parts.append(statement_list(g, [graded(statement) for statement in node.statements]))
    parts.append(_ways_on(g, node, veiled))
    parts.append(_left_open(g, node))
    parts.append(studies.at_box(node_id))
    parts.append(f'<div class="meta">{source(g, node.lines, page.id, f"box-{node.id}")}</div>')
    return f'<section class="detail" aria-label="Selected box">{"".join(parts)}</section>'


def graded(statement):
    """Where the text gives a recommendation no category of its own, its general rule makes it 2A."""
    silent = statement.kind == "recommendation" and not statement.category
    return statement.model_copy(update={"category": "2A"}) if silent else statement


def hint() -> str:
    """What to do when no box is looked at."""
    return ('<section><h2>Nothing selected</h2><p class="quiet">Press a box: what the text says there, its rule in '
            'words and its place in the text appear here.</p></section>')


def unknown() -> str:
    """For an address that names no box."""
    return ('<section role="status"><h2>No such box</h2><p>The address names a box that is not in these drawings. '
            'Choose a page above, then a box in its drawing or list.</p></section>')


def _ways_on(g, node, veiled: bool) -> str:
    leaving = [edge for edge in g.edges if edge.source == node.id]
    if not leaving:
        return ""
    rows = []
    for edge in leaving:
        target = g.nodes[edge.target]
        away = f' <span class="quiet">on {text(page_name(target.page))}</span>' if target.page != node.page else ""
        rule = f"<p>{marked(edge.label[:1].upper() + edge.label[1:])}</p>" if edge.label else ""
        if rule and veiled:
            rule = (f'<details class="note-line" data-keep="veil-{text(node.id)}-{text(target.id)}">'
                    f"<summary>Show the answer</summary>{rule}</details>")
        rows.append(f'<li>{rule}<p><span class="quiet">then</span> <button type="button" class="goto" '
                    f'data-press="box:{text(target.id)}">{text(target.title)}</button>{away}</p></li>')
    return f'<h3>{RULES.get(node.kind, "Next")}</h3><ul class="steps">{"".join(rows)}</ul>'


def _left_open(g, node) -> str:
    names = dict.fromkeys([opening.id for opening in node.ambiguous] + [note.id for note in node.notes])
    found = {name: g.ambiguities[name] for name in names if name in g.ambiguities}
    if not found:
        return ""
    rows = "".join(f'<details class="note-line" data-keep="open-{text(node.id)}-{text(name)}"><summary>{text(a.title)}'
                   f'</summary><p>{text(a.say)} <span class="quiet">({text(name)})</span></p></details>'
                   for name, a in found.items())
    return f"<h3>Open or unclear in the text</h3><div>{rows}</div>"
