"""The frame of every page: how old the source is and what this is not, the title, and "New patient"."""
from datetime import date

import streamlit as st

from pages.ui import case, client, keeper, panel, search
from pages.ui.panel import text

GUIDELINE_YEAR = 2020
CURRENT = "https://www.nccn.org/guidelines"
NAME = "Pediatric ALL guideline explorer"
NOTICE = ("{year} guideline, {age} years old. Newer versions exist.",
          "Education and reference for health professionals; not for dosing, emergencies or as a treatment order. "
          "Not affiliated with or endorsed by NCCN.")
FOR_FAMILIES = ("General education for families, to read together with the care team. "
                "Not affiliated with or endorsed by NCCN.")
CURRENT_FOR_FAMILIES = "https://www.nccn.org/patients"
NEW_PATIENT = '<button type="button" class="act" data-press="new">New patient</button>'


def age() -> int:
    """How old the guideline is. [years]"""
    return date.today().year - GUIDELINE_YEAR


def notice(for_families: bool = False) -> tuple[str, str]:
    """The line of the frame, as text: how old, and for whom this is and what it is not."""
    first, second = NOTICE
    return first.format(year=GUIDELINE_YEAR, age=age()), FOR_FAMILIES if for_families else second


def begin(title: str, lead: str, walks: bool = False, for_families: bool = False) -> None:
    """Everything above the page's own content.

    Parameters
    ----------
    title : str
        The one first heading.
    lead : str
        The question the page answers.
    walks : bool
        Whether the page shows the case of one child, and so can clear it.
    for_families : bool
        Whether it is general education: then no search is on it, since that leads to pages for professionals.
    """
    keeper.show()
    client.load()
    if not for_families:
        with st.container(key="frame_search"):
            search.show()
    old, limits = notice(for_families)
    current = CURRENT_FOR_FAMILIES if for_families else CURRENT
    bar = (f'<div class="bar" role="note"><span><b>{text(old)}</b> {text(limits)} '
           f'<a href="{current}" target="_blank" rel="noreferrer noopener">'
           f"Current version{' for families' if for_families else ''}</a></span></div>")
    said = case.store()["notice"]
    status = f'<p class="note-line" role="status"><b>Cleared</b><span>{text(said)}</span></p>' if said and walks else ""
    about = f"<p>{text(lead)}</p>" if lead else ""
    clear = NEW_PATIENT if walks and case.entries() else ""
    arrive = f"{title} {said}" if status else title            # where the focus goes when what held it went away
    top = (f'<div class="top"><div class="headline"><h1 tabindex="-1" data-arrive="{text(arrive)}">{text(title)}</h1>'
           f"{clear}</div>{about}{status}</div>")
    panel.show("frame", bar, top, on_press=_pressed)


def _pressed() -> None:
    if panel.pressed("frame") == "new":
        case.clear("Everything about the patient was cleared.")
