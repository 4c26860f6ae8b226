"""Figures for families: whole numbers of 100, ranges, words, differences; held against the text, typed by hand."""
from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_families import FILES, NUMBERS, read_families, small_knowledge

from content.families import families
from content.family_numbers import band, limits, out_of_100
from content.model import Spread

# Typed from the text, its lines beside them: of 100 (each group), years, range of the first group, years of joining.
TYPED = {
    "aall0331_efs": ([89], 5, None, "2005", "2010"),                 # 640-642
    "aall0331_os": ([96], 5, None, "2005", "2010"),                  # 640-642
    "aall0331_low_efs": ([95], 5, None, "2005", "2010"),             # 639-640
    "aall0232_efs": ([80, 75], 5, None, "2004", "2011"),             # 670-671
    "dfci_b_efs": ([87], 5, (84, 89), "2005", "2011"),               # 718-720
    "dfci_b_os": ([93], 5, (90, 94), "2005", "2011"),                # 718-720
    "dfci_t_efs": ([83], 4, None, "2005", "2011"),                   # 1408-1409
    "aall0434_dfs": ([92, 85], 5, None, "2007", "2014"),             # 1400: 91.5 and 85.3
    "aall0932_dfs": ([94, 95], 5, (92, 96), "2010", None),           # 661-663: 94.1 +- 1.0, 95.1 +- 0.9
    "aall0031_efs": ([80], 3, (64, 90), "2002", None),               # 1165-1168: 80.5 (64.5 to 89.8)
    "ukall_r3_os": ([69, 45], 3, None, "2003", "2013"),              # 874-876: 69 and 45.2
    "interfant_99_efs": ([47], 4, None, "1999", "2005"),             # 1525-1527
}
FOREIGN = re.compile(r"%|per ?cent|hazard|odds|relative|times more|\bP\b|1 in \d|one in \w+|p value", re.IGNORECASE)
DEATH = re.compile(r"\b(died?|dying|dead|deaths?|fatal)\b", re.IGNORECASE)


def all_told():
    return [families().told(name) for name in families().numbers]


def said(told) -> list[str]:
    """Every sentence of a number, on every tier."""
    sides = [words for side in told.sides for words in (side.sentence, side.range, side.others)]
    return [told.meaning, told.words, told.joined, *sides, *filter(None, (told.difference, told.after))]


# rounding, ranges, words ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("value", "whole"), [
    ("80", 80), ("80.4", 80), ("80.5", 80), ("81.5", 82), ("79.5", 80), ("80.51", 81), ("0.5", 0), ("99.5", 100)])
def test_halves_go_to_the_even_number(value, whole):
    assert out_of_100(Decimal(value)) == whole


@pytest.mark.parametrize(("value", "spread", "expected"), [
    ("94.1", {"kind": "se", "value": Decimal("1.0")}, (92, 96)),
    ("98.5", {"kind": "se", "value": 2}, (95, 100)),
    ("1", {"kind": "se", "value": 3}, (0, 7)),
    ("80.5", {"kind": "ci95", "low": Decimal("64.5"), "high": Decimal("89.8")}, (64, 90)),
    ("80", {"kind": "unlabelled", "value": 2}, None),
    ("60", {"kind": "sd", "value": 7}, None),
])
def test_range_rests_on_an_interval_or_a_standard_error_and_stays_within_0_and_100(value, spread, expected):
    figure = SimpleNamespace(value=Decimal(value), spread=Spread.model_validate(spread))
    assert limits(figure) == expected


def test_silence_of_a_study_has_no_range():
    assert limits(SimpleNamespace(value=Decimal(80), spread="none_reported")) is None


@given(st.decimals(0, 100, places=1), st.decimals(0, 40, places=1))
def test_number_lies_within_its_range_and_the_rest_makes_100(value, error):
    low, high = limits(SimpleNamespace(value=value, spread=Spread(kind="se", value=error)))
    assert 0 <= low <= out_of_100(value) <= high <= 100


@pytest.mark.parametrize(("n", "words"), [
    (100, "almost all children"), (95, "almost all children"), (94, "most children"), (65, "most children"),
    (64, "more than half of the children"), (55, "more than half of the children"),
    (54, "about half of the children"), (45, "about half of the children"),
    (44, "fewer than half of the children"), (0, "fewer than half of the children")])
def test_bands_of_words_begin_at_their_limits(n, words):
    assert band(n, families().fixed) == words


# what is told ---------------------------------------------------------------------------------------------------------
def test_numbers_are_those_typed_from_the_text():
    assert {told.id for told in all_told()} == set(TYPED)
    for told in all_told():
        numbers, years, reach, first, last = TYPED[told.id]
        assert ([side.n for side in told.sides], told.time) == (numbers, f"{years} years"), told.id
        assert f"from {first}" in told.joined and (f"to {last}" in told.joined if last else "not found" in told.joined)
        spoken = f"could be {reach[0]} to {reach[1]} of 100" if reach else "The study did not report a range."
        assert spoken in told.sides[0].range, told.id


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.id)
def test_number_has_all_that_must_stand_beside_it(told):
    assert all((told.study, told.people, told.joined, told.time, told.measure, told.meaning, told.after))
    for side in told.sides:
        assert side.n + side.rest == 100 and f"About {side.n} of 100 children" in side.sentence
        assert told.time in side.sentence and f"{side.rest} of 100" in side.others and side.range
    assert told.after == "This does not describe health after treatment."


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.id)
def test_words_name_the_study_and_hold_no_other_number(told):
    name = told.study.partition(",")[0]
    assert name in told.words
    assert not re.search(r"\d", told.words.replace(name, ""))


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.id)
def test_sentences_are_short_and_use_one_denominator(told):
    for sentence in (one for words in said(told) for one in re.split(r"(?<=\.) ", words)):
        assert len(sentence.split()) <= 25 + len(told.study.split()), sentence
        assert not FOREIGN.search(sentence), sentence
    assert len(told.meaning.split()) <= 25


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.id)
def test_death_is_named_only_for_survival_and_only_on_the_last_tier(told):
    survival = told.measure.endswith("(OS)")
    found = [words for words in (told.people, told.title, *said(told)) if DEATH.search(words)]
    assert found == ([side.others for side in told.sides] if survival else [])
    if not survival:
        assert all("leukemia came back, or another serious event" in side.others for side in told.sides)


@pytest.mark.parametrize("told", [one for one in all_told() if one.difference], ids=lambda told: told.id)
def test_difference_is_that_of_the_numbers_shown(told):
    one, other = (side.n for side in told.sides)
    assert f"That is {abs(one - other)} more of 100 with {max(told.sides, key=lambda side: side.n).group}." in (
        told.difference)


def test_at_least_two_pairs_are_told_and_only_pairs_have_a_difference():
    pairs = [told for told in all_told() if len(told.sides) == 2]
    assert len(pairs) >= 2 and {told.id for told in all_told() if told.difference} == {told.id for told in pairs}


def test_groups_that_a_study_could_not_tell_apart_are_called_the_same():
    told = families().told("aall0932_dfs")
    assert "both groups" in told.words and "almost all" not in told.words
    assert told.words.endswith(families().fixed.unclear) and told.difference.endswith(families().fixed.unclear)


def test_groups_that_differ_in_words_are_told_one_by_one():
    words = families().told("ukall_r3_os").words
    assert "most children who got mitoxantrone" in words and "about half of the children who got idarubicin" in words


def test_equal_whole_numbers_are_called_the_same(tmp_path):
    known = small_knowledge(tmp_path / "knowledge")
    numbers = NUMBERS.replace("efs_more", "os_more").replace("efs_less", "os_less")
    told = read_families(tmp_path / "words", known, **{"_numbers.yaml": numbers}).told("efs_at_five")
    assert [side.n for side in told.sides] == [90, 90]
    assert told.difference == "That is the same number of 100 in both groups. " + families().fixed.unclear


def test_the_error_of_the_small_study_becomes_a_clipped_range(tmp_path):
    told = read_families(tmp_path / "words", small_knowledge(tmp_path / "knowledge"), **FILES).told("efs_with_error")
    assert (told.sides[0].n, told.sides[0].range) == (98, "The true number could be 95 to 100 of 100.")
