"""What a person types into the form, and what the engine is told of it."""
from decimal import Decimal

import pytest

from pages.ui import form
from pages.ui.fields.entries import as_facts, clean, waiting
from pages.ui.fields.notes import notes
from pages.ui.fields.numbers import read_number
from pathways.facts import read_case
from pathways.load import guideline

WBC = "wbc_10e9_per_l"
WBC_HIGHEST = Decimal(1_500_000)


@pytest.mark.parametrize(("typed", "value", "options"), [
    ("50", "50", ()),
    (" 7.5 ", "7.5", ()),
    ("0.010", "0.010", ()),
    ("50.000", None, ("50", "50000")),
    ("50,000", None, ("50", "50000")),
    ("50 000", None, ("50000",)),
    ("1,234,567", None, ("1234567",)),
    ("7,5", None, ("7.5",)),
    ("5e4", None, ()),
    ("-3", None, ()),
    ("", None, ()),
    ("٣", None, ()),
    ("1" * 15, None, ()),
])
def test_typed_number_is_read_asked_back_or_refused(typed, value, options):
    read = read_number(typed, WBC_HIGHEST)
    assert (read.value, read.options) == (value, options)
    assert read.value is not None or read.sentence


def test_grouping_mark_that_would_lead_out_of_range_is_a_decimal_point():
    assert read_number("50.000", Decimal(100)).value == "50.000"


@pytest.mark.parametrize(("entry", "told"), [
    ({"value": "50", "unit": "x10^9/L"}, "50 x10^9/L"),
    ({"value": "50000", "unit": "/uL"}, "50000 /uL"),
    ({"value": "50"}, None),
    ({"unit": "/uL"}, None),
    ({"value": "50.000", "unit": "/uL"}, None),
])
def test_white_count_needs_number_unit_and_one_meaning(entry, told):
    facts = guideline().facts
    assert as_facts({WBC: entry}, facts)[0].get(WBC) == told
    assert waiting({WBC: entry}, facts) == ([] if told else [WBC])


def test_residual_disease_is_a_percentage_or_the_laboratorys_call():
    facts = guideline().facts
    entries = {"eoi_mrd_percent": {"call": "percent", "percent": "0.01"},
               "eoc_mrd_percent": {"call": "negative", "sensitivity": "0.01"},
               "day_15_mrd_percent": {"call": "percent"}}
    told, _ = as_facts(entries, facts)
    assert told == {"eoi_mrd_percent": "0.01", "eoc_mrd_percent": {"call": "negative", "sensitivity": "0.01"}}
    assert waiting(entries, facts) == []


def test_what_is_no_entry_of_a_known_fact_is_dropped():
    sent = {"lineage": {"choice": "B-ALL"}, "sex": {"choice": "other"}, "name": {"value": "x"}, WBC: "50",
            "bcr_abl1": {"finding": "present", "more": "x"}, "age_at_diagnosis_years": {"value": "4", "unit": "weeks"}}
    assert clean(sent, guideline().facts) == {"lineage": {"choice": "B-ALL"}, "bcr_abl1": {"finding": "present"}}


@pytest.mark.parametrize("around", [" ", "\t", "\x0b\x1f", "\x85\u2003", "\u00a0"])
def test_space_of_any_kind_around_a_number_is_no_part_of_it(around):
    facts = guideline().facts
    entries = clean({WBC: {"value": f"{around}50000{around}", "unit": "x10^9/L"}, "sex": {"choice": around}}, facts)
    assert entries == {WBC: {"value": "50000", "unit": "x10^9/L"}}
    note = notes(entries, facts, read_case(facts, as_facts(entries, facts)[0]))[WBC]
    assert note["options"] == [["It is 50,000 /uL", {"unit": "/uL"}]]


def test_out_of_range_count_offers_the_other_unit():
    facts = guideline().facts
    entries = {WBC: {"value": "50000", "unit": "x10^9/L"}}
    note = notes(entries, facts, read_case(facts, as_facts(entries, facts)[0]))[WBC]
    assert note["tone"] == "wrong"
    assert note["options"] == [["It is 50,000 /uL", {"unit": "/uL"}]]


def test_count_is_echoed_in_both_units():
    facts = guideline().facts
    entries = {WBC: {"value": "50", "unit": "x10^9/L"}}
    note = notes(entries, facts, read_case(facts, as_facts(entries, facts)[0]))[WBC]
    assert note["text"] == "50 x10^9/L = 50,000 /uL"


def test_form_never_shows_more_than_25_fields_unasked():
    facts = guideline().facts
    everything = {key: {"choice": "front_line"} for key in facts}
    shown = [key for section in form.sections(facts, everything, list(facts)) for key in section.shown]
    assert len(shown) + len(form.situation(everything)[0].keys) <= 25
