"""The pages without a browser: each renders, keeps the measured settings, and says nothing as an order."""
from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import client, frame
from pages.ui.navigation import PAGES
from pathways.walk import Walk

ROOT = Path(__file__).parent.parent
CASES = {
    "nothing": {},
    "t_all": {"situation": {"choice": "front_line"}, "age_at_diagnosis_years": {"value": "9", "unit": "years"},
              "lineage": {"choice": "T-ALL"}, "cns_status": {"choice": "CNS-3"},
              "all_established_by_pathology": {"finding": "present"}},
    "relapse": {"situation": {"choice": "first_relapse"}, "age_now_years": {"value": "6", "unit": "years"},
                "lineage": {"choice": "B-ALL"}, "months_to_relapse": {"value": "20", "unit": "months"},
                "relapse_marrow_involved": {"finding": "present"}},
    "invalid": {"situation": {"choice": "front_line"}, "wbc_10e9_per_l": {"value": "2000", "unit": "x10^9/L"}},
    "unusual": {"situation": {"choice": "front_line"}, "wbc_10e9_per_l": {"value": "500", "unit": "/uL"}},
    "contradictory": {"situation": {"choice": "front_line"}, "sex": {"choice": "female"},
                      "testicular_disease": {"finding": "present"}},
    "out_of_scope": {"situation": {"choice": "front_line"}, "age_at_diagnosis_years": {"value": "31", "unit": "years"}},
}
SETTINGS = {"runner.postScriptGC": False, "browser.gatherUsageStats": False, "client.toolbarMode": "minimal",
            "client.showErrorDetails": "none", "server.enableStaticServing": True, "server.maxUploadSize": 1,
            "server.fileWatcherType": "none"}
ORDERS = re.compile(r"(?:^|[.:;!?]\s+)(give|administer|start|prescribe|infuse|inject|treat)\b", re.IGNORECASE)
LONGEST_PAGE = 100


@pytest.fixture(scope="module")
def app():
    """A session on Start."""
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()


def turn_to(app, name):
    """Another page of the same session. `switch_page` knows pages that are files, not those that are functions."""
    where = "" if name == "start" else name
    app._page_hash = next(key for key, info in app._registered_pages.items() if info["url_pathname"] == where)
    return app.run()


def test_session_starts_on_start(app):
    assert not app.exception
    assert app.get("bidi_component")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", [info.name for info in PAGES])
def test_page_renders_without_an_error(app, name, case):
    app.session_state["case_store"] = {"epoch": case, "entries": dict(CASES[case]), "touched": set(), "fresh": False,
                                       "notice": ""}
    turn_to(app, name)
    assert not app.exception
    assert len(app.get("bidi_component")) >= 3


def held(call) -> list[object]:
    """What a callback keeps alive, also through callbacks in it."""
    inside = [cell.cell_contents for cell in getattr(call, "__closure__", None) or ()]
    return inside + [one for item in inside for one in held(item)]


@pytest.mark.parametrize("name", [info.name for info in PAGES if info.walks])
def test_callbacks_keep_no_walk(app, name, monkeypatch):
    """A session keeps its callbacks until the next run: memory, and somebody's case worked out in full."""
    mount, calls = client.mount, []

    def noted(*args, **on_event):
        calls.extend(on_event.values())
        mount(*args, **on_event)
    monkeypatch.setattr(client, "mount", noted)
    app.session_state["case_store"] = {"epoch": name, "entries": dict(CASES["t_all"]), "touched": set(),
                                       "fresh": False, "notice": ""}
    turn_to(app, name)
    assert not app.exception and len(calls) > 3
    assert [call for call in calls if any(isinstance(one, Walk) for one in held(call))] == []


@pytest.mark.parametrize("option", SETTINGS)
def test_measured_setting_is_in_force(option):
    assert st.get_option(option) == SETTINGS[option]


@pytest.mark.parametrize(("year", "age"), [(2026, 6), (2028, 8)])
def test_version_line_tells_the_age_of_the_source(monkeypatch, year, age):
    class Today(date):
        @classmethod
        def today(cls):
            return cls(year, 6, 1)

    monkeypatch.setattr(frame, "date", Today)
    assert frame.notice()[0] == f"2020 guideline, {age} years old. Newer versions exist."


def test_no_sentence_of_the_guideline_is_an_order(g):
    said = [(s.id, s.say) for node in g.nodes.values() for s in node.statements]
    said += [(node.id, text) for node in g.nodes.values() for text in (node.title, node.say) if text]
    assert len(said) > 200
    assert [pair for pair in said if ORDERS.search(pair[1])] == []


@pytest.mark.parametrize("name", [info.name for info in PAGES])
def test_page_module_is_short(name):
    lines = (ROOT / "pages" / f"{name}.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_PAGE
    assert not any("unsafe_allow_html" in line for line in lines)
