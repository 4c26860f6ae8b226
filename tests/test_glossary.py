"""Terms: the glossary lists each once with two short meanings; in a sentence each is a button once."""
from __future__ import annotations

import html
import re

import pytest

from content.load import knowledge
from pages.ui import glossary, terms

PLAIN_WORDS = 20


@pytest.fixture(scope="module")
def markup():
    return glossary.listing()


def buttons(text: str) -> list[tuple[str, str]]:
    return terms.MARKED.findall(text)


def test_every_term_stands_once_with_both_meanings_and_its_place(markup):
    for term in knowledge().terms.values():
        assert f"<p>{html.escape(term.short)}</p>" in markup
        assert html.escape(term.plain) in markup
    assert markup.count("<dt>") == len(knowledge().terms) == markup.count("In plain words:")
    assert markup.count(glossary.ORIGINS["field"]) == sum(t.origin == "field" for t in knowledge().terms.values())


def test_plain_meaning_is_short():
    assert [term.id for term in knowledge().terms.values() if len(term.plain.split()) > PLAIN_WORDS] == []


def test_terms_are_sorted_and_each_letter_is_jumped_to_once(markup):
    letters = re.findall(r'data-jump="([^"]+)"', markup)
    assert letters == re.findall(r'data-letter="([^"]+)"', markup) == sorted(set(letters))
    assert letters[0] == glossary.NUMBERS


def test_named_term_is_the_one_that_comes_into_sight():
    shown = glossary.listing("mrd")
    assert re.findall(r'data-arrive="(\w+)"', shown) == ["mrd"]
    assert "not in this glossary" in glossary.listing("<b>")
    assert "<b>" not in glossary.listing("<b>")


@pytest.mark.parametrize(("sentence", "expected"), [
    ("MRD after induction.", [("mrd", "MRD"), ("induction", "induction")]),
    ("MRD below MRD", [("mrd", "MRD")]),
    ("BCR-ABL1-like ALL found", [("ph_like", "BCR-ABL1-like ALL")]),
    ("Blasts and TKIs", [("blast", "Blasts"), ("tki", "TKIs")]),
    ("a wide range on one arm", []),
    ("HSCT-related, t(12;21)", [("etv6_runx1", "t(12;21)")]),
    ("all of it", []),
])
def test_terms_in_a_sentence_are_buttons(sentence, expected):
    shown = terms.marked(sentence)
    assert buttons(shown) == expected
    assert re.sub(r"<[^>]+>", "", shown) == sentence


def test_everything_around_a_term_is_escaped():
    assert terms.marked('<b>"MRD"</b> & <i>') == (
        '&lt;b&gt;&quot;<button class="term" data-term="mrd">MRD</button>'
        "&quot;&lt;/b&gt; &amp; &lt;i&gt;")


def test_second_button_of_a_term_in_a_panel_is_plain_words_again():
    shown = terms.once(terms.marked("MRD") + "<p>" + terms.marked("no MRD in CR") + "</p>")
    assert buttons(shown) == [("mrd", "MRD"), ("cr", "CR")]
    assert "<p>no MRD in <button" in shown


def test_statements_of_the_guideline_keep_their_words(g):
    said = [s.say for node in g.nodes.values() for s in node.statements]
    shown = [terms.marked(words) for words in said]
    assert [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in shown] == said
    assert sum(bool(buttons(one)) for one in shown) > 0.8 * len(said)


def test_dictionary_holds_what_a_press_shows():
    assert set(terms.dictionary()) == set(knowledge().terms)
    assert all(len(words) == 4 and words[2] and words[3] for words in terms.dictionary().values())
