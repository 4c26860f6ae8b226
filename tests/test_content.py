"""What is known: figures as printed, ranges, sums, references; and every number of the text claimed by something."""
from __future__ import annotations

import csv
import json
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from content import audit
from content.__main__ import main
from content.load import knowledge
from content.model import Spread
from content.printed import numbers
from pathways.evidence import evidence
from pathways.load import guideline

HERE = Path(__file__).parent
BESIDE = HERE.parents[1] / "shared/source/guideline-discussion.txt"
SOURCE = Path(os.environ.get("GUIDELINE_TEXT", BESIDE))
REASONS = {"citation", "name", "place", "list", "sign", "unit"}


def rows() -> list[dict[str, str]]:
    with (HERE / "number_map.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def source_text() -> list[str] | None:
    """The reader's own copy; None, said aloud, where there is none."""
    if SOURCE.is_file():
        return audit.read_text(SOURCE)
    print("NOT AUDITED: no copy of the guideline text (GUIDELINE_TEXT)")
    return None


def figure(name: str):
    source, _, key = name.partition(".")
    known = knowledge()
    home = known.trials.get(source) or known.facts[source]
    return next(f for f in home.figures if f.id == key)


# as printed: digits typed here from the text, held against the content's value and spread
PRINTED = [
    ("1.38 per 100,000", Decimal("1.38")), ("88.9% ± 1.2%", Decimal("88.9")), ("P=.008", Decimal("0.008")),
    ("<10^-4", Decimal("0.01")), ("≥10^-3", Decimal("0.1")), ("50 x 10^9/L", Decimal(50)), ("5,311", Decimal(5311)),
    ("one of 16", Decimal(1)),
]


@pytest.mark.parametrize(("text", "first"), PRINTED)
def test_printed_numbers_are_read_with_their_marks(text, first):
    assert numbers(text)[0] == first


def test_every_figure_says_what_kind_of_spread_it_has():
    for source, one in knowledge().figures():
        kind = knowledge().measures[one.measure].kind
        if kind == "time_to_event":
            assert one.spread != "not_applicable", f"{source.file}: {one.id} is an estimate; say its spread"


def test_citation_numbers_of_the_map_lie_from_1_to_226():
    for row in rows():
        if row["claimed_by"].endswith("citation"):
            tail = re.split(r"[.,]", row["token"])[-1]
            assert int(tail) >= 1 and (int(tail) <= 226 or len(row["token"]) > len(tail)), row


def test_every_number_of_the_map_is_claimed_by_something_that_exists():
    known, e = knowledge(), evidence()
    places = set(known.places)
    places |= {f"{t.id}.{c.id}" for t in known.trials.values() for c in t.comparisons}
    places |= {f"{t.id}.age" for t in known.trials.values() if t.population.age}
    assert e.trials
    for row in rows():
        claimants = row["claimed_by"].split()
        assert claimants, f"line {row['line']}: {row['token']} is claimed by nothing"
        for name in claimants:
            assert name in REASONS or name in places, f"line {row['line']}: {name} does not exist"


def test_map_is_what_the_text_and_the_content_give():
    text = source_text()
    if text is None:
        assert len(rows()) > 1000
        return
    now = [(str(n.line), n.token, n.by) for n in audit.numbers_of_text(knowledge(), text)]
    assert now == [(row["line"], row["token"], row["claimed_by"]) for row in rows()], "run: python -m content map"


def test_every_number_of_the_content_stands_in_its_lines():
    text = source_text()
    if text is None:
        assert list(audit.claims(knowledge()))
        return
    assert [f"{c.by}: {c.printed} {c.lines}" for c in audit.not_found(knowledge(), text)] == []


def test_audit_finds_a_wrong_digit_and_a_lost_number():
    text = source_text()
    if text is None:
        text = [""] * 1672
        assert audit.not_found(knowledge(), text)
        return
    line = figure("aall0232.enrolled").lines[0][0] - 1
    broken = [*text[:line], text[line].replace("2,154", "2,155"), *text[line + 1:]]
    assert [c.by for c in audit.not_found(knowledge(), broken)] == ["aall0232.enrolled"]
    assert [n.token for n in audit.numbers_of_text(knowledge(), broken) if not n.by] == ["2,155"]


def test_studies_bear_on_pages_and_nodes_that_exist_and_belong_together():
    g = guideline()
    for trial in knowledge().trials.values():
        pages = {g.nodes[node].page for node in trial.bears_on.nodes}
        assert pages <= set(trial.bears_on.pages) | {"ALONGSIDE", "SITUATION"}, f"{trial.id}: {pages}"


def test_spreads_stay_with_what_the_text_calls_them():
    named = [one for _, one in knowledge().figures() if isinstance(one.spread, Spread)]
    assert {one.spread.kind for one in named} >= {"se", "sd", "unlabelled", "ci95"}


# Sums and shares that the text's own numbers must give: typed from its lines, read from the content.
SUMS = [
    ("all_rez_bfm_90", ["cr2:count", "death_in_induction:count", "no_response:count"], 525),
    ("ukall_r3", ["hsct_in_remission:count", "hsct_death:count", "hsct_relapse:count"], 92),
    ("ukall_r3", ["chemotherapy_in_remission:count", "chemotherapy_death:count", "chemotherapy_relapse:count"], 70),
    ("aall07p1", ["cr2_b_all:n", "cr2_t_all:n", "lymphoma:value"], 135),
    ("flag_ida", ["relapsed_all:value", "refractory_all:value", "relapsed_aml:value", "refractory_aml:value",
                  "secondary_aml:value"], 32),
    ("flag_ida", ["hsct_aml:count", "hsct_all:count"], 22),
    ("ctl019", ["cr_first:count", "no_response_first:count", "under_evaluation_first:value"], 20),
    ("ctl019", ["children_first:value", "adults_first:value"], 20),
    ("tower", ["os_median_blinatumomab:n", "os_median_chemotherapy:n"], 405),
    ("interfant_99", ["cr_standard_risk:count", "cr_high_risk:count"], 445),
    ("interfant_06", ["low_risk:value", "high_risk:value", "medium_risk:value"], 651),
    ("ukall_xii_e2993", ["os_sibling:n", "os_unrelated:n", "os_chemotherapy:n"], 162),
]
SHARES = [
    ("total_xv.cr_all", "98.8"), ("blinatumomab_pediatric.cr", "39"), ("blinatumomab_pediatric.mrd_response", "52"),
    ("ctl019.cr_follow_up", "90"), ("aall01p2.mrd_reduced", "71"), ("inotuzumab_pediatric.sos_after_hsct", "52"),
    ("aall0631.cr_cohort_2", "94"), ("aall0631.cr_cohort_1", "68"), ("flag_ida.cr", "71.9"),
    ("flag_ida.cr_relapsed_all", "76.9"), ("ukall_r3.hsct_in_remission", "63"),
]


@pytest.mark.parametrize(("trial", "parts", "whole"), SUMS)
def test_parts_of_a_study_add_up(trial, parts, whole):
    found = [getattr(figure(f"{trial}.{name}"), field) for name, _, field in (part.partition(":") for part in parts)]
    assert sum(found) == whole


@pytest.mark.parametrize(("name", "percent"), SHARES)
def test_printed_share_is_that_of_its_counts(name, percent):
    one = figure(name)
    digits = len(percent.partition(".")[2])
    assert str(one.value) == percent
    assert abs(Decimal(one.count) * 100 / one.of - one.value) <= Decimal("0.6") * Decimal(10) ** -digits


def test_clofarabine_response_is_that_of_its_remissions():
    counts = [figure(f"clofarabine_combination.{name}") for name in ("cr", "cr_partial_recovery", "response")]
    assert Decimal(counts[0].count + counts[1].count) * 100 / counts[2].n == counts[2].value == 44


def test_commands_print_every_study_and_every_figure(capsys):
    assert main(["trials", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["id"] for one in told} == set(knowledge().trials)
    assert main(["figures", "--csv"]) == 0
    lines = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(lines) == sum(1 for _ in knowledge().figures())
    assert next(one for one in lines if one["figure"] == "enrolled" and one["source"] == "aall0232")["value"] == "2154"


def test_audit_without_a_copy_says_so_and_with_a_wrong_one_names_it(tmp_path, capsys):
    assert main(["audit"]) == 0
    assert "NOT AUDITED" in capsys.readouterr().out
    (tmp_path / "short.txt").write_text("one line")
    assert main(["audit", "--source", str(tmp_path / "short.txt")]) == 2
    assert "1672" in capsys.readouterr().err
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe")
    assert main(["audit", "--source", str(tmp_path / "bytes.txt")]) == 2
    assert main(["map", "--source", str(tmp_path / "none.txt")]) == 2


def test_audit_of_the_text_finds_everything(capsys):
    if source_text() is None:
        assert main(["audit", "--source", "none"]) == 2
        return
    assert main(["audit", "--source", str(SOURCE)]) == 0
    assert "0 not found" in capsys.readouterr().out
