"""What would change the answer, in words: nothing is said twice or left out, the nearest limit stands first."""
from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from test_laws import LAW, G, entered, run

from pages.ui.changes import brings, distance, grouped, listing
from pathways.questions import changes

NEAR = {"situation": "front_line", "age_at_diagnosis_years": "4", "wbc_10e9_per_l": "48", "lineage": "B-ALL"}


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def rises(change, value):
    return change.target.startswith("above") or change.limit > value


@settings(LAW, max_examples=40)
@given(entered(most_unknown=25))
def test_every_change_stands_in_a_row_or_brings_what_a_nearer_limit_of_its_side_brings(entries):
    w = run(entries)
    found = changes(w)
    rows = grouped(found, w.case.values)
    shown = [change for row in rows for change in row.changes]
    assert len(set(map(id, shown))) == len(shown)
    for change in found:
        if not any(change is one for one in shown):
            value = w.case.values[change.fact].low
            assert any(one.fact == change.fact and one.after == change.after and one.distance <= change.distance
                       and rises(one, value) == rises(change, value) for one in shown if one.limit is not None)
    for row in rows:
        assert all(brings(G, change, row.before) for change in row.changes)
        assert len({change.limit for change in row.changes}) == 1


def test_nearest_limit_is_named_with_its_distance():
    words = plain(listing(G, run(NEAR), ()))
    nearest = words.index("WBC at diagnosis 48 is 2 below the limit of 50 ×10⁹/L")
    assert nearest < words.index("Age at diagnosis 4 is 6")
    assert "NCI 1993 becomes high" in words and "At 31 years or more: leaves this guideline" in words


@pytest.mark.parametrize(("fact", "entry", "words"), [
    ("wbc_10e9_per_l", "48000 /uL", "WBC at diagnosis 48,000 is 2,000 below the limit of 50,000 /uL"),
    ("wbc_10e9_per_l", "50", "WBC at diagnosis 50 is exactly at the limit of 50 x10^9/L"),
    ("wbc_10e9_per_l", "50.5", "WBC at diagnosis 50.5 is 0.5 above the limit of 50 x10^9/L"),
    ("age_at_diagnosis_years", "14 months", "Age at diagnosis 14 is 2 above the limit of 12 months"),
    ("age_at_diagnosis_years", "1.5", "Age at diagnosis 1.5 is 0.5 above the limit of 1 year"),
])
def test_distance_is_told_in_the_unit_that_was_entered(fact, entry, words):
    w = run({**NEAR, "cns_status": "CNS-1", "testicular_disease": "absent", "bcr_abl1": "absent",
             "steroid_pretreatment": "absent", fact: entry})
    first = next(change for change in changes(w) if change.fact == fact)
    assert distance(G.facts[fact], w.case.values[fact], first) == words


def test_five_rows_are_shown_and_the_rest_only_when_asked_for():
    w = run(NEAR)
    rows = len(grouped(changes(w), w.case.values))
    assert rows > 5
    assert listing(G, w, ()).count("<li>") == 5
    assert listing(G, w, {"all_changes"}).count("<li>") == rows
