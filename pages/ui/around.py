"""What stands around a drawing without a patient: the pages, the ways to show it, and what a box says."""
from collections.abc import Collection

from pages.ui import box, example_child
from pages.ui.panel import text
from pathways.drawing import page_name

WAYS = {"teach": "Hide the answers", "stage": "Large, for an audience"}
SWITCH = ('<div class="switch" role="group" aria-label="Part of the page">'
          '<button type="button" data-view="list" data-default>List</button>'
          '<button type="button" data-view="drawing">Drawing</button></div>')


def bar(g, now: str, asked: Collection[str]) -> str:
    """The pages of the guideline, and the ways to show them of which some were `asked` for."""
    buttons = "".join(f'<li><button type="button" data-press="{text(name)}" title="{text(page.title)}"'
                      f'{" aria-current=true" if name == now else ""}>{text(page_name(name))}</button></li>'
                      for name, page in g.pages.items())
    ways = "".join(f'<button type="button" class="take" data-press="how:{name}" '
                   f'aria-pressed="{str(name in asked).lower()}">{said}</button>' for name, said in WAYS.items())
    return (f'<nav aria-label="Pages of the guideline"><ul class="page-bar all">{buttons}</ul></nav>'
            f'<div class="takes teach" role="group" aria-label="For teaching">{ways}</div>')


def said(g, chosen: str | None, child: str | None, known: bool, veiled: bool) -> str:
    """The box that is looked at, below the invented child where one was asked for.

    Parameters
    ----------
    chosen, child : str or None
        The box that is looked at, and the one whose child is shown.
    known : bool
        Whether the address named a box that exists.
    veiled : bool
        Whether answers are folded away.
    """
    told = example_child.told(child) if child else ""
    if not chosen:
        return told + (box.hint() if known else box.unknown())
    return box.detail(g, chosen, told, veiled) + ("" if told else example_child.offer(chosen))
