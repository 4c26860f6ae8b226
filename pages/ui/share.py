"""What can be taken along from a walk: note, case code, a page of paper. Made when asked for, handed over, not kept."""
import base64
import secrets
from datetime import date

import streamlit as st

from pages.ui import case, handout
from pages.ui.case_code import LONGEST, decode, encode, shareable
from pages.ui.note import note
from pages.ui.panel import text
from pathways.load import guideline

ASKED = "share_asked"
PAPERS = {"a4": "A4", "letter": "US Letter"}
COPY = '<button type="button" class="take" data-press="share:{}" data-copy>{}</button>'
FILE = '<button type="button" class="take" data-press="share:{}">{}</button>'
OPEN = ('<details class="fold" data-keep="code"><summary>Open a case code</summary><div class="code-row">'
        '<label for="code-in">Case code, beginning with PALL</label>'
        '<textarea id="code-in" class="code-in" rows="3" maxlength="{}" autocomplete="off" autocapitalize="off" '
        'spellcheck="false"></textarea>'
        '<p class="small quiet">It takes the place of the present case. It is read once and not stored.</p>'
        '<button type="button" class="act" data-press="code">Open</button></div></details>')
ABOUT = ("The note is text for a record; the code opens this case elsewhere. Neither holds a name or a date that tells "
         "who the child is. A code is not encrypted: whoever has it can read what was entered.")
STATUS = ('<p class="small" role="status"></p>'
          '<textarea class="handed" readonly hidden rows="6" aria-label="Text to copy"></textarea>')


def block() -> str:
    """The row of buttons, as markup; without a case only the field for a code."""
    buttons = ""
    if case.entries():
        copies = COPY.format("note", "Copy note") + COPY.format("code", "Copy case code")
        files = "".join(FILE.format(name, f"PDF, {size}") for name, size in PAPERS.items())
        buttons = f'<div class="takes">{copies}{files}</div><p class="small quiet">{text(ABOUT)}</p>'
    return (f'<section class="share" aria-label="Share"><h2 class="sub">Share</h2>'
            f"{buttons}{STATUS}{OPEN.format(LONGEST + 1)}</section>")


def follow(press: str) -> bool:
    """Note what was asked for by a press, to be made in the run that follows; False when it was something else."""
    what, _, rest = press.partition(":")
    if what == "share":
        st.session_state[ASKED] = {"what": rest}
    elif what == "code":
        st.session_state[ASKED] = _open(rest)
    return what in ("share", "code")


def hand(g, w) -> dict | None:
    """What was asked for, for the browser; None when nothing was. It is made here and forgotten here."""
    asked = st.session_state.pop(ASKED, None)
    if asked is None or "what" not in asked:
        return asked
    what = asked["what"]
    if not case.entries():
        return None
    if what == "note":
        return handed(copy=note(g, w, case.begun()), said="Note copied.")
    if what == "code":
        left = len(case.entries()) - len(shareable(case.entries(), g.facts))
        out = f" {left} {'entry' if left == 1 else 'entries'} that cannot be read left out." if left else ""
        return handed(copy=encode(case.entries(), g.facts), said=f"Case code copied.{out}")
    if what in PAPERS:
        return paper(handout.pdf(g, w, what, tuple(case.begun())), "pediatric-all-walk", what)
    return None


def _open(code: str) -> dict:
    """Open a code: the case changes only when all of it was read."""
    found = decode(code, guideline().facts)
    if found.problem:
        return handed(said=found.problem)
    case.replace(found.entries)
    answers = len(found.entries)
    return handed(said=f"Case opened: {answers} {'answer' if answers == 1 else 'answers'}.", opened=True)


def handed(**parts) -> dict:
    """Something for the browser to copy, save or say, once."""
    return {"id": secrets.token_hex(4), **parts}


def paper(pages: bytes, about: str, size: str) -> dict:
    """A PDF for the browser to save, once; its name says what it is about, the day and the size."""
    return handed(file=base64.b64encode(pages).decode(), name=f"{about}-{date.today()}-{size}.pdf", said="PDF made.")
