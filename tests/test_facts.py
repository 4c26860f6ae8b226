"""Reading what was entered: exact numbers, units, calls; what is refused or doubted, in which sentence."""
from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.facts import GROUPS, TIMES, plain_number, read_case
from pathways.load import guideline

FACTS = guideline().facts
WBC, AGE, MRD = "wbc_10e9_per_l", "age_at_diagnosis_years", "eoi_mrd_percent"


def read(key: str, entry: object, confirmed: tuple = ()) -> object:
    """The one value read, or the sentence of the one problem."""
    case = read_case(FACTS, {key: entry}, confirmed)
    if case.problems:
        assert len(case.problems) == 1 and case.problems[0].key == key
        return f"{case.problems[0].kind}: {case.problems[0].sentence}"
    return case.values[key]


# numbers and units --------------------------------------------------------------------------------------------------
EXACT = [
    (AGE, "9.99", Fraction(999, 100), "9.99 years"), (AGE, "10.0", Fraction(10), "10 years"),
    (AGE, 9.99, Fraction(999, 100), "9.99 years"), (AGE, Decimal("9.99"), Fraction(999, 100), "9.99 years"),
    (AGE, "12.0 months", Fraction(1), "12 months"), (AGE, "11.9 months", Fraction(119, 120), "11.9 months"),
    (AGE, "9.99999999", Fraction(999999999, 10**8), "9.99999999 years"),
    (AGE, "11 months", Fraction(11, 12), "11 months"), (AGE, "11 month", Fraction(11, 12), "11 months"),
    (AGE, "4 Years", Fraction(4), "4 years"), (AGE, 4, Fraction(4), "4 years"), (AGE, 0, Fraction(0), "0 years"),
    (AGE, " 4 ", Fraction(4), "4 years"), (AGE, "110", Fraction(110), "110 years"),
    ("months_to_relapse", "36.0 months", Fraction(36), "36 months"),
    ("months_to_relapse", "3 years", Fraction(36), "3 years"), ("months_to_relapse", 18, Fraction(18), "18 months"),
    (WBC, "50", Fraction(50), "50 x10^9/L (= 50,000 /uL)"),
    (WBC, "50 x10^9/L", Fraction(50), "50 x10^9/L (= 50,000 /uL)"),
    (WBC, "50 ×10^9/L", Fraction(50), "50 x10^9/L (= 50,000 /uL)"),
    (WBC, "50000 /uL", Fraction(50), "50,000 /uL (= 50 x10^9/L)"),
    (WBC, "50000/uL", Fraction(50), "50,000 /uL (= 50 x10^9/L)"),
    (WBC, "50000 /µL", Fraction(50), "50,000 /uL (= 50 x10^9/L)"),
    (WBC, "49999 /uL", Fraction(49999, 1000), "49,999 /uL (= 49.999 x10^9/L)"),
    (WBC, 0, Fraction(0), "0 x10^9/L (= 0 /uL)"), (WBC, "300", Fraction(300), "300 x10^9/L (= 300,000 /uL)"),
    ("blood_blasts_per_ul", "1 x10^9/L", Fraction(1000), "1 x10^9/L (= 1,000 /uL)"),
    ("chromosome_count", "46", Fraction(46), "46 chromosomes"),
    ("chromosome_count", "46.0", Fraction(46), "46 chromosomes"),
    ("dna_index", "1.16", Fraction(116, 100), "1.16"), ("marrow_blasts_percent", "20 %", Fraction(20), "20 %"),
    (MRD, "0.01", Fraction(1, 100), "0.01 %"), (MRD, 0.01, Fraction(1, 100), "0.01 %"),
    (MRD, "0.01 %", Fraction(1, 100), "0.01 %"), (MRD, "0.010%", Fraction(1, 100), "0.01 %"),
    (MRD, "0.0000001", Fraction(1, 10**7), "0.0000001 %"), (MRD, "0.0099999999", Fraction(99999999, 10**10),
                                                            "0.0099999999 %"),
    (MRD, 0, Fraction(0), "0 %"), (MRD, 100, Fraction(100), "100 %"),
]


@pytest.mark.parametrize(("key", "entry", "number", "text"), EXACT, ids=[f"{k} {e!r}" for k, e, _, _ in EXACT])
def test_number_is_read_exactly_and_keeps_its_unit(key, entry, number, text):
    value = read(key, entry)
    assert (value.low, value.high, value.text) == (number, number, text)


def test_unit_is_kept_as_entered():
    assert read(WBC, "50000 /uL").unit == "/uL" and read(WBC, "50").unit == "x10^9/L"
    assert read(AGE, "11 months").unit == "months"


REFUSED = [
    (WBC, 50000, "WBC at diagnosis: 50,000 x10^9/L is outside the range 0 to 1,500 x10^9/L. Is 50,000 /uL meant?"),
    (WBC, "50000 x10^9/L",
     "WBC at diagnosis: 50,000 x10^9/L is outside the range 0 to 1,500 x10^9/L. Is 50,000 /uL meant?"),
    (WBC, "1500.001",
     "WBC at diagnosis: 1,500.001 x10^9/L is outside the range 0 to 1,500 x10^9/L. Is 1,500.001 /uL meant?"),
    (WBC, "1500001 /uL", "WBC at diagnosis: 1,500,001 /uL is outside the range 0 to 1,500,000 /uL."),
    (AGE, 111, "Age at diagnosis: 111 years is outside the range 0 to 110 years. Is 111 months meant?"),
    (AGE, "1321 months", "Age at diagnosis: 1,321 months is outside the range 0 to 1,320 months."),
    (MRD, "100.01", "EOI MRD: 100.01 % is outside the range 0 to 100 %."),
    ("chromosome_count", "46.5", "Chromosome count: 46.5 is not a whole number."),
    ("chromosome_count", 19, "Chromosome count: 19 chromosomes is outside the range 20 to 120 chromosomes."),
    (WBC, "50,000", "WBC at diagnosis: '50,000' is not a plain number. Is 50000 or 50 meant? "
                    "Write it without comma or space."),
    (WBC, "50 000 /uL", "WBC at diagnosis: '50 000 /uL' is not a plain number. Is 50000 or 50 meant? "
                        "Write it without comma or space."),
    (WBC, "-5", "WBC at diagnosis: '-5' is not a plain number. It cannot be negative."),
    (WBC, -5, "WBC at diagnosis: '-5' is not a plain number. It cannot be negative."),
    (WBC, "fifty", "WBC at diagnosis: 'fifty' is not a plain number. Use digits with at most one decimal point."),
    (WBC, "50 g/dL", "WBC at diagnosis: the unit 'g/dL' is not known here; units are x10^9/L, /uL."),
    (AGE, "4 weeks", "Age at diagnosis: the unit 'weeks' is not known here; units are years, months."),
    ("dna_index", "1.16 %", "DNA index: the unit '%' is not known here; units are none."),
    (WBC, True, "WBC at diagnosis: a number is needed."), (WBC, [50], "WBC at diagnosis: a number is needed."),
    (WBC, {"value": 50}, "WBC at diagnosis: a number is needed."),
    ("lineage", "B", "Lineage: 'B' is not one of B-ALL, T-ALL, mature B-ALL, mixed phenotype, AML."),
    ("lineage", True, "Lineage: 'True' is not one of B-ALL, T-ALL, mature B-ALL, mixed phenotype, AML."),
    ("bcr_abl1", "yes", "BCR-ABL1: 'yes' is not one of present, absent."),
    ("bcr_abl1", True, "BCR-ABL1: 'True' is not one of present, absent."),
    ("bcr_abl1", "", "BCR-ABL1: '' is not one of present, absent."),
    (MRD, {"call": "maybe"}, "EOI MRD: enter a percentage, or the laboratory's call (positive or negative)."),
    (MRD, {}, "EOI MRD: enter a percentage, or the laboratory's call (positive or negative)."),
    (MRD, {"call": "negative", "limit": 1},
     "EOI MRD: enter a percentage, or the laboratory's call (positive or negative)."),
    (MRD, {"call": "negative", "sensitivity": 0}, "EOI MRD: the sensitivity must be above 0 and at most 100 %."),
    (MRD, {"call": "negative", "sensitivity": 101}, "EOI MRD: the sensitivity must be above 0 and at most 100 %."),
    (MRD, "negative", "EOI MRD: 'negative' is not a plain number. Use digits with at most one decimal point."),
    (MRD, "1e-4", None), (MRD, "<0.01", None), (WBC, "1e3", None), (WBC, "5.5.5", None), (WBC, "+5", None),
    (WBC, "5.", None), (WBC, ".5", None), (WBC, "0x10", None), (WBC, float("nan"), None), (WBC, float("inf"), None),
    (WBC, 1e-7, None), (WBC, "9" * 40, None), (WBC, "٥٠", None), (WBC, "50 50", None), (WBC, "", None),
]


@pytest.mark.parametrize(("key", "entry", "sentence"), REFUSED, ids=[f"{k} {str(e)[:30]!r}" for k, e, _ in REFUSED])
def test_entry_is_refused_with_a_sentence(key, entry, sentence):
    found = read(key, entry)
    assert found == f"invalid: {sentence}" if sentence else found.startswith(f"invalid: {FACTS[key].label}: ")
    assert not read_case(FACTS, {key: entry}).values


DOUBTED = [
    ("301", "WBC at diagnosis: 301 x10^9/L is unusually high. Is it x10^9/L, or 301 /uL? Confirm it or change the "
            "unit."),
    ("1500", "WBC at diagnosis: 1,500 x10^9/L is unusually high. Is it x10^9/L, or 1,500 /uL? Confirm it or change the "
             "unit."),
    ("50 /uL", "WBC at diagnosis: 50 /uL is unusually low. Is it /uL, or 50 x10^9/L? Confirm it or change the unit."),
    ("999 /uL", "WBC at diagnosis: 999 /uL is unusually low. Is it /uL, or 999 x10^9/L? Confirm it or change the "
                "unit."),
]


@pytest.mark.parametrize(("entry", "sentence"), DOUBTED, ids=[one[0] for one in DOUBTED])
def test_implausible_count_asks_for_confirmation_and_names_the_other_unit(entry, sentence):
    assert read(WBC, entry) == f"needs_confirmation: {sentence}"
    assert read(WBC, entry, (WBC,)).text.startswith(f"{plain_number(Fraction(entry.split()[0]))} ")
    assert read(WBC, entry, ("lineage",)) == f"needs_confirmation: {sentence}"


@pytest.mark.parametrize("entry", ["0", "300", "1000 /uL", "1500000 /uL", "300000 /uL"])
def test_count_at_the_edge_of_the_plausible_range_needs_no_confirmation(entry):
    assert not isinstance(read(WBC, entry), str)


# choices, findings, calls, keys -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("key", "entry", "choice"), [
    ("lineage", "B-ALL", "B-ALL"), ("lineage", "b-all", "B-ALL"), ("lineage", " T-ALL ", "T-ALL"),
    ("bcr_abl1", "present", "present"), ("bcr_abl1", "Absent", "absent"), ("cns_status", "cns-2", "CNS-2")])
def test_choice_is_read_whatever_its_case(key, entry, choice):
    assert read(key, entry).choice == choice


CALLS = [
    ({"call": "negative"}, 0, 100, False, "negative, sensitivity not stated"),
    ({"call": "positive"}, 0, 100, True, "positive, sensitivity not stated"),
    ({"call": "Negative", "sensitivity": None}, 0, 100, False, "negative, sensitivity not stated"),
    ({"call": "negative", "sensitivity": ""}, 0, 100, False, "negative, sensitivity not stated"),
    ({"call": "negative", "sensitivity": "0.01"}, 0, "0.01", False, "negative at a sensitivity of 0.01 %"),
    ({"call": "negative", "sensitivity": "0.01 %"}, 0, "0.01", False, "negative at a sensitivity of 0.01 %"),
    ({"call": "positive", "sensitivity": 0.1}, "0.1", 100, True, "positive at a sensitivity of 0.1 %"),
]


@pytest.mark.parametrize(("entry", "low", "high", "positive", "text"), CALLS, ids=[str(one[0]) for one in CALLS])
def test_call_is_an_interval_with_its_sensitivity(entry, low, high, positive, text):
    value = read(MRD, entry)
    assert (value.low, value.high, value.positive, value.text) == (Fraction(low), Fraction(high), positive, text)
    assert value.called
    if value.sensitivity:
        assert value.contains(value.sensitivity) is positive


@pytest.mark.parametrize(("entry", "positive"), [("0.0099", False), ("0.01", True), ("0.0101", True), ("0", False)])
def test_percentage_is_positive_from_the_default_threshold_on(entry, positive):
    assert read(MRD, entry).positive is positive and not read(MRD, entry).called


@pytest.mark.parametrize(("key", "sentence"), [
    ("wbc", "No fact is called 'wbc'."),
    ("wbc_10e9_per_ul", "No fact is called 'wbc_10e9_per_ul'; the nearest is 'wbc_10e9_per_l'."),
    ("eoi_mrd", "No fact is called 'eoi_mrd'; the nearest is 'eoi_mrd_percent'."),
    ("months_from_end_of_therapy",
     "Relapse is timed from the first diagnosis, not from the end of therapy; enter months_to_relapse.")])
def test_unknown_key_is_named_with_the_nearest(key, sentence):
    assert read(key, "5") == f"invalid: {sentence}"


def test_missing_and_none_are_not_known():
    case = read_case(FACTS, {"lineage": None, "bcr_abl1": "absent"})
    assert list(case.values) == ["bcr_abl1"] and not case.problems
    assert case.text("lineage") == "not known" and case.text("bcr_abl1") == "looked for, not found"


def test_every_bad_entry_is_named_and_the_good_ones_stay():
    case = read_case(FACTS, {"lineage": "X", WBC: "50,000", "sex": "male", "zzz": 1})
    assert [p.key for p in case.problems] == ["lineage", WBC, "zzz"] and list(case.values) == ["sex"]


# the dictionary itself ----------------------------------------------------------------------------------------------
def test_dictionary_is_in_the_order_of_care():
    assert set(GROUPS) >= {fact.group for fact in FACTS.values()}
    assert {fact.known for fact in FACTS.values()} <= set(TIMES)
    assert next(iter(FACTS)) == "situation"


@pytest.mark.parametrize("fact", FACTS.values(), ids=list(FACTS))
def test_fact_key_ends_with_its_unit_and_labels_are_short(fact):
    endings = {"years": "_years", "%": "_percent", "x10^9/L": "_10e9_per_l", "/uL": "_per_ul"}
    assert not fact.unit or fact.unit not in endings or fact.key.endswith(endings[fact.unit])
    assert 0 < len(fact.label) <= 48 and fact.ask and fact.plain
    if fact.kind == "choice":
        assert len(fact.choices) >= 2
    if fact.kind in ("number", "mrd"):
        assert fact.range[0] < fact.range[1] and next(iter(fact.units.values())) == 1


# fuzz ---------------------------------------------------------------------------------------------------------------
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.decimals(),
              st.from_regex(r"\A[ ]?[0-9]{1,7}([.,][0-9]{1,3})?[ ]?(%|/uL|years|months|x10\^9/L|e5)?\Z")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["call", "sensitivity", "value", ""]) | st.text(max_size=4), inner, max_size=3), max_leaves=5)


@settings(deadline=None, derandomize=True, max_examples=600)
@given(st.sampled_from([*FACTS, "wbc", ""]), anything)
def test_any_entry_is_read_or_refused_in_a_sentence(key, entry):
    case = read_case(FACTS, {key: entry})
    for problem in case.problems:
        assert problem.kind in ("invalid", "needs_confirmation") and problem.sentence.endswith((".", "unit."))
    if key in case.values:
        value, fact = case.values[key], FACTS[key]
        assert value.text
        if fact.kind == "number":
            assert fact.range[0] <= value.low == value.high <= fact.range[1]
            number = str(entry).strip().split()[0]
            assert not isinstance(entry, (bool, list, dict)) and "," not in number
            digits = "".join(c for c in number if c.isdigit() or c == ".").split("e")[0]
            assert value.low in {Fraction(digits) * factor for factor in fact.units.values()} or "10^9" in number
        json.dumps(value.text)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.integers(0, 1499), st.sampled_from([",", " ", ".", "'", "\u00a0", "\u202f", "’", "_"]),
       st.sampled_from(["", " /uL", "/uL", " x10^9/L"]))
def test_thousands_mark_is_never_taken_for_a_decimal_point_or_an_end(number, mark, unit):
    found = read(WBC, f"{number}{mark}000{unit}", (WBC,))
    if mark == ".":
        assert found.low == Fraction(number) / (1000 if "uL" in unit else 1)
    else:
        assert isinstance(found, str) and found.startswith("invalid")


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.decimals(0, 110, places=3))
def test_age_reads_alike_as_text_decimal_and_float(number):
    text = format(number, "f")
    assert read(AGE, text).low == read(AGE, number).low == Fraction(text)
    if number == 0 or number >= Decimal("0.001"):
        assert read(AGE, float(number)).low == Fraction(text)
