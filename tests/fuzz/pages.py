"""Addresses and presses as a hostile browser sends them: what each page makes of them, without a browser."""
from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from unittest.mock import patch
from urllib.parse import parse_qs

import streamlit as st

from content.load import knowledge
from pages import outcomes, pathways, sources, therapy, trials
from pages.ui import (
    case,
    families_asked,
    fields,
    filters,
    genetics,
    glossary,
    keeper,
    navigation,
    search,
    share,
    view,
)
from pages.ui import therapy as agents
from pages.ui.cases import session as lesson
from pathways.load import guideline

ADDRESSES = (
    "pathways?node=t_consider_hsct", "trials?trial=aall0232", "genetics?lesion=hyperdiploidy",
    "therapy?agent=methotrexate", "families?topic=newer_treatments", "glossary?term=efs", "trials?trial=a&trial=b",
    "cases?case=made_pedall_3_plain&step=1&seed=9", "pathways?node=<script>alert(1)</script>", "families?topic=",
    "cases?case=fifty&step=2&seed=17")
PRESSES = (
    "all", "topic:newer_treatments", "step:interfant_99_efs:0", "hide:interfant_99_efs", "take:newer_treatments",
    "paper:a4", "figures", "fold:errata", "trial:aall0232", "node:t_consider_hsct", "box:t_consider_hsct",
    "open:aall0232", "close", "clear", "how:teach", "child:b_after_therapy", "setting:front_line", "more", "share:pdf",
    "share:a4", "code:PALL1-AAAA", "PEDALL-3", "case:fifty", "practice:pedall_3:plain:9", "next-case",
    "replay:PALLR1.fifty.17.3f2a.a3.9c41d0", "table:PALLR1.fifty", "commit:0:a:3", "go:3", "turn:b", "again", "copy",
    '{"values": {"lineage": {"choice": "B-ALL"}}, "epoch": "x"}',
    '{"entries": {"wbc_10e9_per_l": {"value": "5", "unit": "/uL"}}, "epoch": null}',
    '{"word": "AALL", "chosen": {"setting": "front_line"}}', '{"text": "methotrexate", "n": 4}',
    '{"kind": "trial", "id": "aall0232"}', "5", "true", '["fold:errata", 1]', '[["PEDALL-3"]]', '{"press": {}}')
CASE = "fifty"
BAR = "fuzz_bar"


class Session(dict):
    """What a page finds in its session: nothing yet, and in every part the browser's report."""

    def __init__(self, reported: Mapping[str, object]) -> None:
        super().__init__({trials.FILTERS: dict(trials.EMPTY), sources.FOLDS: set()})
        self.reported = reported

    def __missing__(self, part: str) -> Mapping[str, object]:
        return self.reported


class Address(dict):
    """What stands after the `?`; a page may write it anew."""

    def from_dict(self, values: Mapping[str, str]) -> None:
        self.clear()
        self.update(values)


def session(reported: Mapping[str, object], asked: Mapping[str, str]) -> AbstractContextManager:
    """A session that knows nothing yet, at an address."""
    return patch.multiple(st, session_state=Session(reported), query_params=Address(asked))


def visit(address: str) -> int:
    """Open a page at an address; 1 where it names nothing that is known."""
    page, _, query = address.partition("?")
    try:
        parsed = parse_qs(query, keep_blank_values=True, errors="replace")
    except ValueError:                                        # more than the server itself takes
        return 1
    asked = {key: values[-1] for key, values in parsed.items()}
    with session({}, asked):
        if page == "genetics":
            return "data-arrive" not in genetics.lesions(asked.get("lesion"))
        if page == "therapy":
            return "data-arrive" not in agents.agents(asked.get("agent"), 0)
        if page == "glossary":
            return "data-arrive" not in glossary.listing(asked.get("term"))
        if page == "cases":
            lesson.follow_address()
            return bool(lesson.store()["problem"])
        return not all((pathways._follow_address(guideline()), trials._follow_address(knowledge()),
                        families_asked.follow_address()))


def press(said: str) -> int:
    """Let every part hear what a browser reports; 1 where it is no mapping."""
    try:
        sent = json.loads(said)
    except (ValueError, RecursionError):
        sent = said
    for reported in (said,) if sent == said else (said, sent):  # as text, and as whatever else it may be
        with session({"press": reported}, {}):
            _press_panels(said)
        for begun in (None, CASE):
            with session({"press": reported}, {}):
                _press_cases(begun)
    with session({"entries": sent, "values": sent, "kept": sent}, {}):
        _change_parts(sent)
        if case.entries():
            case.route()
    return not isinstance(sent, dict)


@cache
def nobody():
    """The walk of a child of whom nothing is known."""
    return case.route()


def _press_panels(said: str) -> None:
    families_asked.press(BAR)
    families_asked.hand()
    pathways._turn()
    pathways._pressed()
    pathways._look(said)
    for page in (trials, outcomes, sources, therapy):
        page._pressed(BAR)
    view.turn(BAR, None)
    view.press(BAR)
    view.page(guideline(), nobody())
    share.hand(guideline(), nobody())
    navigation.follow(BAR)


def _press_cases(begun: str | None) -> None:
    if begun:
        lesson.begin(begun, 0)
    lesson.press(BAR)
    lesson.hand()


def _change_parts(sent: object) -> None:
    fields._change(BAR)
    filters._change(BAR, (), lambda word, chosen: None)
    keeper._give_back()
    search._answer(sent)
    search.place(sent)
