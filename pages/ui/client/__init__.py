"""Our own parts of a page (form, panel, keeper): their code goes to the browser once, not with each click."""
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from pages.ui import terms
from pathways.facts import FINDING_WORDS
from pathways.load import guideline

HANDLED = "client_handled"
UI = Path(__file__).parent.parent
SCRIPTS = ("client/head.js", "keeper/keeper.js", "panel/panel.js", "panel/export.js", "panel/share.js",
           "fields/fields.js", "filters/filters.js", "terms/terms.js", "search/search.js",
           "cases/cases.js")
UNIT_WORDS = {"x10^9/L": "×10⁹/L", "/uL": "per µL"}
LOADER = (UI / "client/loader.js").read_text(encoding="utf-8")
MARKUP = {
    "fields": '<div class="form"></div>\n',
    "panel": '<div class="panel"></div>\n<div class="live hidden" aria-live="polite"></div>\n',
    "filters": '<div class="filters" role="search"></div>\n'
               '<div class="found-line"><p class="found" role="status"></p></div>\n',
    "keeper": "<span hidden></span>\n",
    "search": (UI / "search/search.html").read_text(encoding="utf-8"),
}

_parts = {name: st.components.v2.component(f"explorer_{name}", html=html, js=LOADER.replace("PART", name))
          for name, html in MARKUP.items()}


def mount(name: str, key: str, data: dict, **on_event: Callable[[], None]) -> None:
    """Show one of our own parts.

    Parameters
    ----------
    name : str
        `fields`, `panel` or `keeper`.
    key : str
        Key of this one on its page.
    data : dict
        What it shows. Small: it is sent with each change.
    **on_event : callable
        What to do on each event it reports; the event's value is in `st.session_state[key]`.
    """
    handled = st.session_state.setdefault(HANDLED, set())
    calls = {f"on_{event}_change": _noting(handled, (key, event), call) for event, call in on_event.items()}
    result = _parts[name](key=key, data=packed(data), **calls)
    # A session that has just taken over from a lost one does not know its parts yet, so it calls nothing by itself.
    missed = [call for event, call in on_event.items() if result.get(event) is not None and (key, event) not in handled]
    handled.difference_update({(key, event) for event in on_event})
    for call in missed:
        call()
    if missed:
        st.rerun()


def packed(data: dict) -> bytes:
    """Data as a part unpacks it. Streamlit passes bytes on as they are; values it would search, and write twice."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _noting(handled: set, event: tuple[str, str], call: Callable[[], None]) -> Callable[[], None]:
    def noted() -> None:
        handled.add(event)
        call()
    return noted


def load() -> None:
    """Mount the code of all parts; constant, so it is sent once a session."""
    code()(key="explorer_code")


@cache
def code() -> Callable[..., object]:
    """The code, with facts and styles written into it once: as `data` they would be written anew with each run."""
    around = "".join(style(name) for name in ("app.css", "pathways.css", "trials.css", "genetics.css", "therapy.css",
                                           "outcomes.css", "families.css", "cases.css"))
    inside = style("parts.css") + style("families_parts.css") + style("cases_parts.css")
    constants = {"FACTS": dictionary(), "TERMS": terms.dictionary(), "STYLE": inside, "AROUND": around}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in constants.items()]
    scripts = [(UI / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return st.components.v2.component("explorer_code", html="<span hidden></span>\n", js="\n".join(lines + scripts))


def style(name: str) -> str:
    """The styles inside the parts, or around them."""
    return (UI / "style" / name).read_text(encoding="utf-8")


def dictionary() -> dict[str, dict]:
    """What the form needs to know about each fact."""
    return {key: describe(fact) for key, fact in guideline().facts.items()}


def describe(fact) -> dict:
    """One fact for the form.

    Parameters
    ----------
    fact : Fact
        A fact of the guideline.
    """
    genetics = fact.group == "genetics"
    usual = ("Found", "Not found") if genetics else ("Yes", "No")
    answers = usual if fact.words == FINDING_WORDS else (fact.words["present"], fact.words["absent"])
    return {
        "kind": fact.kind,
        "group": fact.group,
        "label": fact.label,
        "ask": fact.ask if adds(fact.ask, fact.label) else "",
        "units": list(fact.units),
        "unit_words": {unit: UNIT_WORDS[unit] for unit in fact.units if unit in UNIT_WORDS},
        "choices": [[value, text] for value, text in fact.choices.items()],
        "answers": [answer[:1].upper() + answer[1:] for answer in answers],
        "unknown": "Not known" if genetics else "Not known yet",
        "empty": "Choose where this child stands" if fact.key == "situation" else None,
        "words": sorted({plain(word) for word in (fact.label, fact.ask, fact.key, *fact.synonyms)}),
    }


def adds(ask: str, label: str) -> bool:
    """Whether the question says clearly more than the label."""
    return len(set(ask.lower().split()) - set(label.lower().split())) > 2


def plain(text: str) -> str:
    """A text as the search box compares it; the browser does the same to what is typed."""
    return "".join(sign for sign in text.lower() if sign.isascii() and (sign.isalnum() or sign == "+"))
