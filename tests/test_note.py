"""The note: plain, short, complete as far as it goes, and nothing in it tells who the child is."""
from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from typed import G, base_walks, cases, walked

from pages.ui.fields.entries import waiting
from pages.ui.note import LONGEST, ascii_only, note
from pages.ui.release import releases
from pathways.evidence import evidence
from pathways.facts import FINDING_WORDS

DAY = date(2026, 11, 22)
BASE = base_walks()
STANDS = re.compile(r"^Stands at (?:PEDALL-\d+|\w+): .+ \[(\w+)\]\. ", re.MULTILINE)
LAW = settings(deadline=None, derandomize=True, max_examples=300, suppress_health_check=list(HealthCheck))


def keeps_its_form(text: str) -> None:
    assert text.isascii() and len(text) <= LONGEST and text.strip() == text
    assert text.endswith(f"accessed {DAY}; not a treatment order.")
    assert "NCCN Pediatric ALL v2.2020 (2020), explorer v" in text


def whole_items(w, text: str) -> None:
    """Every entry that is named stands there in full: a value is never cut."""
    for line in text.splitlines():
        title, _, rest = line.partition(": ")
        if title == "Entered":
            allowed = {ascii_only(f"{G.facts[key].label} {words}") for key, value in w.case.values.items()
                       for words in (value.text.partition(" (= ")[0], G.facts[key].short.get(value.choice, ""))}
        elif title in ("Found", "Not found"):
            choice = "present" if title == "Found" else "absent"
            allowed = {fact.label for key, fact in G.facts.items() if fact.words == FINDING_WORDS
                       and key in w.case.values and w.case.values[key].choice == choice}
        else:
            continue
        if not rest.endswith(", see the explorer."):
            items = re.sub(r" and \d+ more$", "", rest.removesuffix(".")).split("; ")
            assert set(items) <= allowed, (items, allowed)


def test_every_case_of_the_text_has_a_note_that_fits_and_says_where_the_child_stands():
    for name, w in BASE:
        text = note(G, w, today=DAY)
        keeps_its_form(text)
        whole_items(w, text)
        found = STANDS.search(text)
        assert not found or found[1] == w.current, name
    assert sum(bool(STANDS.search(note(G, w))) for _, w in BASE) > 800


@LAW
@given(cases())
def test_generated_cases_have_a_note_that_fits(entries):
    w = walked(entries)
    text = note(G, w, waiting(entries, G.facts), DAY)
    keeps_its_form(text)
    whole_items(w, text)


def test_note_names_entries_with_units_what_is_unknown_and_the_flags():
    w = walked({"situation": {"choice": "front_line"}, "lineage": {"choice": "B-ALL"},
                "age_at_diagnosis_years": {"value": "4", "unit": "years"},
                "all_established_by_pathology": {"finding": "present"},
                "wbc_10e9_per_l": {"value": "12", "unit": "x10^9/L"}, "bcr_abl1": {"finding": "absent"}})
    text = note(G, w, ["cns_status"], DAY)
    assert "Age at diagnosis 4 years; WBC at diagnosis 12 x10^9/L; Lineage B-ALL" in text
    assert "Not found: BCR-ABL1." in text and "Not read yet: CNS status." in text
    unknown = re.search(r"^Not known, asked now: (.*)\.$", text, re.MULTILINE)[1]
    first, *_ = unknown.split("; ")
    assert first == G.facts[w.waits_now[0]].label
    assert "NCI standard" in text and "COG standard or high" in text


def test_note_counts_the_flags_of_the_point_reached():
    counted = 0
    for _, w in BASE:
        said = re.search(r"^(\d+) changes? since 2020", note(G, w), re.MULTILINE)
        here = len(evidence().later.get(w.current, ()))
        if said:
            counted += 1
            assert int(said[1]) >= here
        else:
            assert not here or not STANDS.search(note(G, w))
    assert counted > 100


def test_no_letter_of_the_project_is_lost_in_plain_ascii():
    texts = [node.title for node in G.nodes.values()] + [fact.label for fact in G.facts.values()]
    texts += [words for fact in G.facts.values()
              for words in (*fact.choices.values(), *fact.short.values(), *fact.units)]
    texts += [group.name for scheme in G.schemes.values() for group in scheme.groups]
    assert [text for text in texts if len(ascii_only(text)) < len(text)] == []


@pytest.mark.parametrize(("given_text", "plain"), [("≥ 50 ×10⁹/L", ">= 50 x10^9/L"), ("5–7 µL", "5-7 uL"),
                                                   ("naïve", "naive")])
def test_signs_become_plain(given_text, plain):
    assert ascii_only(given_text) == plain


def test_versions_of_the_changelog_and_the_package_are_one():
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{releases()["last_version"]}"' in project
