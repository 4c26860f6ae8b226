"""Cases as a form holds them: generated entries, and the entries of the cases typed from the text."""
from __future__ import annotations

from hypothesis import strategies as st

from pages.ui.fields.entries import as_facts, clean
from pathways.expect import expected_cases
from pathways.facts import plain_number, read_case
from pathways.load import guideline
from pathways.walk import walk

G = guideline()
NUMBERS = ("0", "0.001", "0.01", "1", "4", "9.99", "10", "12,5", "49.9", "50", "50.000", "50000", "123.45")


def entry(key: str):
    """A strategy for the entry of one fact: complete, begun, or with a number that could mean two things."""
    fact, number = G.facts[key], st.sampled_from(NUMBERS)
    if fact.kind == "choice":
        return st.sampled_from(list(fact.choices)).map(lambda choice: {"choice": choice})
    if fact.kind == "finding":
        return st.sampled_from(("present", "absent")).map(lambda finding: {"finding": finding})
    if fact.kind == "mrd":
        percent = number.map(lambda value: {"call": "percent", "percent": value})
        called = st.sampled_from(("positive", "negative")).map(lambda call: {"call": call})
        return percent | called | st.builds(lambda call, value: call | {"sensitivity": value}, called, number)
    units = [unit for unit in fact.units if unit]
    plain = number.map(lambda value: {"value": value})
    if not units:
        return plain
    unit = st.sampled_from(["", *units]).map(lambda unit: {"unit": unit} if unit else {})
    sure = st.booleans().map(lambda sure: {"confirmed": True} if sure else {})
    return st.builds(lambda one, unit, sure: one | unit | sure, plain, unit, sure)


@st.composite
def cases(draw) -> dict[str, dict]:
    """What a form may hold, up to every fact."""
    keys = draw(st.lists(st.sampled_from(list(G.facts)), unique=True, max_size=len(G.facts)))
    return clean({key: draw(entry(key)) for key in keys}, G.facts)


def walked(entries: dict[str, dict]):
    """The walk of what a form holds."""
    told, confirmed = as_facts(entries, G.facts)
    return walk(G, read_case(G.facts, told, confirmed=confirmed))


def base_walks():
    """Name and walk of every case typed from the text."""
    return [(one.name, walk(G, one.case)) for one in expected_cases(G)]


def entered(case) -> dict[str, dict]:
    """A case of the tests as entries of the form; only those facts that a form can hold."""
    found = {}
    for key, value in case.values.items():
        fact = G.facts[key]
        if fact.kind in ("choice", "finding"):
            found[key] = {fact.kind: value.choice}
        elif fact.kind == "number":
            number = plain_number(value.low / fact.units[value.unit]).replace(",", "")
            found[key] = {"value": number} | ({"unit": value.unit} if value.unit else {})
    return clean(found, G.facts)
