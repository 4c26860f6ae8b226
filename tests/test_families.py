"""The words for families: what they may not say, how easy they read, that each rests on what can be looked up."""
from __future__ import annotations

import re
from itertools import chain

import pytest
from readability import WORD, measured, sentences, syllables, without_terms

from content.families import families
from content.load import knowledge

TOPICS = tuple(families().topics.values())
EXPECTED = {
    "what_all_is", "how_it_is_found", "tests", "words", "risk_group", "phases", "spinal_fluid", "mrd", "transplant",
    "newer_treatments", "clinical_trials", "coming_back", "infants", "after_treatment", "school", "siblings",
    "feelings", "questions"}
BANNED = re.compile(r"\b(fail\w*|salvage|poor[- ]risk|poor prognosis|dismal|hopeless|battl\w*|victims?|fighter)\b",
                    re.IGNORECASE)
HIGH_RISK = re.compile(r"high[- ]risk", re.IGNORECASE)
COMPARED = re.compile(r"%|per ?cent\b|hazard|odds|relative risk|times (more|less|higher|as)|\bP value|\bout of \d|"
                      r"\b1 in \d|\bone in (two|three|four|five|ten)\b", re.IGNORECASE)
ABOUT_ONE = re.compile(r"your child(?=[^.?!]*(\d|chance|surviv|risk of dying))|(\d|chance|surviv)(?=[^.?!]*your child)",
                       re.IGNORECASE)
OUTCOME = re.compile(r"surviv|alive|relapse|\bdie|death|cure", re.IGNORECASE)
BRITISH = re.compile(r"leukaem|tumour|centre\b|randomis|colour|paediat|haem|behaviour|programme\b", re.IGNORECASE)
BANS = {"ban list": BANNED, "compared": COMPARED, "about one child": ABOUT_ONE, "British": BRITISH}
NAMES_WITH_DIGITS = re.compile(r"\b(2020|KMT2A)\b")


def by_id(topic):
    return topic.id


def every_string() -> list[str]:
    """Every word for families, with the plain meanings of its glossary and all that is told of its numbers."""
    known = families()
    fixed = known.fixed.model_dump_json()
    told = [f"{one.title} {one.people} {one.meaning} {one.words}" for one in map(known.told, known.numbers)]
    return [*chain.from_iterable(topic.strings() for topic in TOPICS), *(term.plain for term in known.terms()), *told,
            *chain.from_iterable(number.strings() for number in known.numbers.values()), fixed]


def names_of_terms(terms) -> list[str]:
    """Every way in which a term may be written."""
    return [name for term in terms for name in {term.term, *term.term.split(", "), term.full or "", *term.also} if name]


# what may not be said ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("pattern", BANS.values(), ids=BANS)
def test_no_string_for_families_holds_what_is_banned(pattern):
    assert [words for words in every_string() if pattern.search(words)] == []


def test_patterns_find_what_they_should():
    assert BANNED.search("after failed treatment") and COMPARED.search("20% lower") and BRITISH.search("leukaemia")
    assert ABOUT_ONE.search("Your child has an 80 of 100") and ABOUT_ONE.search("the chance that your child")
    assert not ABOUT_ONE.search("Ask for a chance to rest. Your child needs it.")


def test_high_risk_is_always_explained_at_once():
    note = families().fixed.plan_note
    found = [(words, match.start()) for words in every_string() for match in HIGH_RISK.finditer(words)]
    assert found
    for words, start in found:
        assert re.match(rf"high[- ]risk\W{{0,2}} ?{re.escape(note)}", words[start:], re.IGNORECASE), words


@pytest.mark.parametrize("topic", TOPICS, ids=by_id)
def test_topic_holds_no_number_but_a_year_and_names(topic):
    assert [words for words in topic.strings() if re.search(r"\d", NAMES_WITH_DIGITS.sub("", words))] == []


@pytest.mark.parametrize("topic", TOPICS, ids=by_id)
def test_topic_counts_nobody_beside_an_outcome(topic):
    counted = re.compile(r"\b(most (?!often)|half|few|many|\w+ of (ten|100|a hundred))\b", re.IGNORECASE)
    for sentence in chain.from_iterable(map(sentences, topic.strings())):
        assert not (OUTCOME.search(sentence) and counted.search(sentence)), sentence


def test_topics_speak_to_the_reader_and_never_of_your_child():
    said = chain.from_iterable(topic.strings() for topic in TOPICS)
    assert [words for words in said if "your child" in words.lower()] == []


# what has to be there -------------------------------------------------------------------------------------------------
def test_every_topic_that_was_asked_for_is_there_once_and_parts_hold_together():
    assert set(families().topics) == EXPECTED and len(TOPICS) == len(EXPECTED)
    parts = [topic.part for topic in TOPICS]
    assert len(set(parts)) == sum(one != other for one, other in zip([None, *parts], parts, strict=False))


@pytest.mark.parametrize("topic", TOPICS, ids=by_id)
def test_topic_ends_with_questions_and_has_sentences_to_take_home(topic):
    assert 3 <= len(topic.ask) <= 6 and all(question.endswith("?") for question in topic.ask)
    assert 2 <= len(topic.short) <= 5 and all(sentences(words) for words in topic.short)
    assert len(set(topic.ask)) == len(topic.ask) and topic.id not in topic.see


def test_the_line_below_each_topic_says_what_it_is_not():
    said = families().fixed.general
    assert "not about one child" in said and "do not replace the care team" in said


@pytest.mark.parametrize("topic", TOPICS, ids=by_id)
def test_every_passage_rests_on_lines_or_on_a_page_that_was_read(topic):
    for passage in topic.passages:
        assert passage.lines or passage.sources
        assert all(knowledge().section(((first, last),)) for first, last in passage.lines or ())


def test_every_page_and_every_number_is_used_and_says_when_it_was_read():
    known = families()
    used = {name for topic in TOPICS for passage in topic.passages for name in passage.sources}
    assert used == set(known.sources)
    assert {name for topic in TOPICS for name in topic.numbers} == set(known.numbers)
    assert all(page.seen == "2026-11-22" and page.publisher for page in known.sources.values())


def test_what_to_do_about_fever_can_be_taken_home():
    assert any("emergency" in words and "team" in words for words in families().topics["phases"].short)


def test_late_effects_and_life_after_treatment_have_a_topic_of_their_own():
    assert "late effects" in families().topics["after_treatment"].title.lower()


# words that are explained ---------------------------------------------------------------------------------------------
def test_at_least_thirty_terms_are_explained_in_at_most_20_words():
    terms = families().terms()
    assert len({term.id for term in terms}) == len(terms) >= 30
    assert [term.id for term in terms if len(term.plain.split()) > 20] == []


def test_every_term_of_the_list_is_said_somewhere_and_no_other_term_is_said():
    known = families()
    told = [words for one in map(known.told, known.numbers) for words in (one.meaning, one.words, one.measure)]
    said = " ".join([*chain.from_iterable(topic.strings() for topic in TOPICS), *told,
                     *(words for number in known.numbers.values() for words in number.strings())])
    changed = {term.id: without_terms(said, names_of_terms([term])) != said for term in knowledge().terms.values()}
    assert [name for name in known.words if not changed[name]] == []
    also = {name for name, found in changed.items() if found} - set(known.words)
    assert also - {"phase"} == set()                  # "phase" is an everyday word on these pages


def test_meanings_of_terms_read_easily():
    names = names_of_terms(knowledge().terms.values())
    reading = measured(without_terms(term.plain, names) for term in families().terms())
    assert reading.coleman_liau <= 8 and reading.flesch_kincaid <= 6


# how it reads ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("topic", TOPICS, ids=by_id)
def test_topic_reads_easily(topic, record_property):
    names = names_of_terms(families().terms())
    reading = measured(without_terms(words, names) for words in topic.strings())
    record_property("reading", f"{topic.id:18} Coleman-Liau {reading.coleman_liau:4.1f}   Flesch-Kincaid "
                    f"{reading.flesch_kincaid:4.1f}   words a sentence {reading.mean:4.1f}, up to {reading.longest:2}")
    assert reading.coleman_liau <= 8.0 and reading.flesch_kincaid <= 6.0
    assert reading.mean <= 15 and reading.longest <= 25


def test_formulas_agree_with_texts_of_known_grade():
    hard = "Acute lymphoblastic leukemia responds to induction chemotherapy and is monitored for residual disease."
    easy = "The cat sat on the mat. It was warm. The sun was out."
    assert measured([hard]).coleman_liau > 11 > 3 > measured([easy]).coleman_liau
    assert measured([hard]).flesch_kincaid > 11 > 2 > measured([easy]).flesch_kincaid
    # Counted by hand: 14 words, 49 letters, 2 sentences, 16 syllables.
    known = measured(["Four score and seven years ago they built it. We now meet on it."])
    assert known.coleman_liau == pytest.approx(0.0588 * 100 * 49 / 14 - 0.296 * 100 * 2 / 14 - 15.8)
    assert known.flesch_kincaid == pytest.approx(0.39 * 14 / 2 + 11.8 * 16 / 14 - 15.59)


@pytest.mark.parametrize(("word", "number"), [
    ("leukemia", 4), ("treatment", 2), ("needle", 2), ("used", 1), ("people", 2), ("science", 2), ("radiation", 4),
    ("area", 3), ("medicine", 3), ("phases", 2), ("the", 1), ("being", 2), ("special", 2), ("brother", 2)])
def test_syllables_are_guessed_well(word, number):
    assert syllables(word) == number


def test_terms_are_taken_out_whole_and_abbreviations_only_in_capitals():
    assert without_terms("All with ALL and B-ALL relapses", ["ALL", "B-ALL", "relapse"]) == (
        "All with leukemia and leukemia leukemia")
    assert len(WORD.findall(without_terms("Bone marrows", ["bone marrow"]))) == 1
