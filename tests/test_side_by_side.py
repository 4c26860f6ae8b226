"""Schemes side by side: each map equals walking a child of every cell, exact on its limits; and where schemes part."""
from __future__ import annotations

from fractions import Fraction

import pytest
from naive import as_entries
from test_laws import CHILDREN, G, run

from pathways.questions import answer
from pathways.side_by_side import AGE, WBC, maps, parting, separating, span

CASES = {
    "nothing": {"situation": "front_line"},
    "B, little known": {"situation": "front_line", "lineage": "B-ALL", AGE: "4", WBC: "48"},
    "B, no high-risk feature": {"situation": "front_line", "lineage": "B-ALL", "cns_status": "CNS-1",
                                "testicular_disease": "absent", "bcr_abl1": "absent",
                                "steroid_pretreatment": "absent"},
    "T": {"situation": "front_line", "lineage": "T-ALL", "reached": "presentation"},
    "relapse, age now known": {"situation": "first_relapse", "lineage": "B-ALL", "age_now_years": "6.5"},
    "adult setting": {"situation": "front_line", "lineage": "B-ALL", "care_setting": "adult_oncology"},
    "complete B": as_entries(CHILDREN["B-ALL"], ["age_now_years"]),
    "complete T": as_entries(CHILDREN["T-ALL"], ["age_now_years"]),
}


def child(entries, age, count):
    return run(entries | {AGE: f"{float(age):.6g}", WBC: f"{float(count):.6g}"})


@pytest.mark.parametrize("name", CASES)
def test_every_cell_of_a_map_is_what_walking_a_child_of_it_says(name):
    entries = CASES[name]
    found = maps(run(entries))
    assert found
    for age in [cell for cell in G.space.cells[AGE] if cell.sample() < 31]:
        for count in G.space.cells[WBC]:
            w = child(entries, age.sample(), count.sample())
            inside = w.status not in ("contradictory", "out_of_scope")
            said = dict(answer(w).groups) if inside else {}
            for one in found:
                shown = one.at(age.sample(), count.sample())
                assert shown == said.get(one.scheme, ()), (one.scheme, age, count)
                walked = {result.group for result in w.schemes[one.scheme].groups}
                assert not inside or walked in (set(shown), {"too_early"})


@pytest.mark.parametrize(("scheme", "age", "count", "groups"), [
    ("nci", "9.999", "49.9", {"standard"}), ("nci", "10", "49.9", {"high"}), ("nci", "9.999", "50", {"high"}),
    ("nci", "1", "10", {"standard"}), ("nci", "0.999", "10", {"high"}),
    ("cog_b", "9.999", "49.9", {"standard"}), ("cog_b", "9.999", "50", {"standard", "high"}),
    ("cog_b", "9.999", "50.001", {"high"}), ("cog_b", "10", "10", {"high"}),
    ("cog_b", "0.999", "10", {"not_applicable"}),
])
def test_limits_fall_where_the_text_says(scheme, age, count, groups):
    found = {one.scheme: one for one in maps(run(CASES["B, no high-risk feature"]))}
    assert set(found[scheme].at(Fraction(age), Fraction(count))) == groups


def test_limit_that_the_text_leaves_open_is_a_range_of_its_own():
    one = next(one for one in maps(run(CASES["B, no high-risk feature"])) if one.scheme == "cog_b")
    high = G.facts[WBC].range[1]
    assert [span(count, 0, high) for count in one.counts] == ["under 50", "exactly 50", "above 50"]
    assert [span(age, 0, one.ages[-1].high) for age in one.ages] == ["under 1", "1 to under 10", "10 or more"]


def test_no_neighbours_are_alike_and_ranges_touch():
    for name in CASES:
        for one in maps(run(CASES[name])):
            assert all(a != b for a, b in zip(one.groups, one.groups[1:], strict=False))
            rows = list(zip(*one.groups, strict=True))
            assert all(a != b for a, b in zip(rows, rows[1:], strict=False))
            for cells in (one.ages, one.counts):
                assert all(a.high == b.low and a.high_in != b.low_in for a, b in zip(cells, cells[1:], strict=False))


@pytest.mark.parametrize("entries", [
    {"situation": "front_line", WBC: "2000"}, {"situation": "front_line", AGE: "31"},
    {"situation": "front_line", "sex": "female", "testicular_disease": "present"}])
def test_no_map_and_no_parting_for_a_case_that_is_not_walked(entries):
    w = run(entries)
    assert maps(w) == [] and parting(w) == []


def test_schemes_part_on_white_cells_and_on_what_is_missing():
    w = run(CASES["B, little known"])
    found = {one.fact: one for one in parting(w)}
    assert set(found[WBC].decides) == {"nci", "cog_b", "dfci", "dfci_after"}
    assert "st_jude" in found[WBC].alone and not found[WBC].opens
    cns = found["cns_status"]
    assert set(cns.opens) == {"cog_b", "st_jude", "st_jude_after"} and "nci" in cns.alone
    for one in found.values():
        assert (one.fact in w.case.values) == bool(one.decides) or one.opens
        assert not set(one.alone) & {*one.decides, *one.opens}


def test_what_most_schemes_wait_for_is_asked_first():
    w = run({})
    asked = separating(w, w.schemes)
    waiting = [sum(key in result.separated_by for result in w.schemes.values()) for key in asked]
    assert waiting == sorted(waiting, reverse=True) and waiting[-1] >= 1
    assert asked[:3] == ["lineage", AGE, WBC]
    assert set(asked) == {key for result in w.schemes.values() for key in result.separated_by}


def test_a_scheme_that_is_left_out_asks_for_nothing():
    w = run({})
    assert set(separating(w, ["nci"])) == set(w.schemes["nci"].separated_by)
