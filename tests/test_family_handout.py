"""What a family takes along: two sides at most, large letters, the words of the screen, numbers only when ticked."""
from __future__ import annotations

import io
import re
from datetime import date
from itertools import combinations

import pytest
from pypdf import PdfReader
from test_families_page import KNOWN, OUTCOME, TOPICS, WITH_NUMBERS, read
from test_handout import TRICKS, squeezed, text_of

from pages.ui import families as words
from pages.ui import families_numbers as numbers
from pages.ui import family_handout, frame, handout

DAY = date(2026, 11, 22)


def pages_of(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def told_of_pictures(document: PdfReader) -> list[str]:
    """What the tagged document says in the place of each picture."""
    found, ends = [], [document.trailer["/Root"]["/StructTreeRoot"]]
    while ends:
        part = ends.pop().get_object()
        if not hasattr(part, "get"):
            continue
        found += [part["/Alt"]] if part.get("/S") == "/Figure" else []
        kids = part.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        ends += [kid for kid in (kids if isinstance(kids, list) else [kids]) if not isinstance(kid, int)]
    return found


def longest(count: int) -> list[str]:
    """The topics that take most room on paper."""
    room = {name: sum(len(said) + 60 for said in (*KNOWN.topics[name].short, *KNOWN.topics[name].ask))
            for name in TOPICS}
    return sorted(TOPICS, key=room.get, reverse=True)[:count]


def with_most_numbers() -> list[str]:
    return sorted(TOPICS, key=lambda name: -len(KNOWN.topics[name].numbers))[:family_handout.MOST]


@pytest.mark.parametrize("paper", handout.PAPERS)
def test_any_choice_fits_two_sides(paper):
    choices = [*combinations(longest(family_handout.MOST + 2), family_handout.MOST), with_most_numbers()]
    for chosen in choices:
        for figures in (False, True):
            sides = len(pages_of(family_handout.pdf(list(chosen), figures, paper)).pages)
            assert sides <= 2, (chosen, figures)


@pytest.mark.parametrize("figures", [False, True])
def test_paper_says_what_the_screen_says(figures):
    chosen = with_most_numbers()
    text = text_of(family_handout.pdf(chosen, figures, "letter", DAY))
    for topic in map(KNOWN.topics.__getitem__, chosen):
        screen = squeezed(read(words.article(topic.id) + words.questions(topic.id)))
        for said in (topic.title, *topic.short, *topic.ask):
            assert squeezed(said) in text and squeezed(said) in screen
    for said in (KNOWN.fixed.general, *frame.notice(for_families=True), "Written 2020 guideline", "Version 2.2020",
                 "Printed 2026-11-22", family_handout.NURSE, family_handout.OWN, frame.CURRENT_FOR_FAMILIES):
        assert squeezed(said) in text
    assert ("of100" in text) == figures


def test_paper_holds_no_number_unless_ticked_and_never_the_other_side():
    for name in TOPICS:
        text = " ".join(page.extract_text() for page in pages_of(family_handout.pdf([name], False, "a4")).pages)
        assert not OUTCOME.search(text) and "of 100" not in text
    for topic, name in WITH_NUMBERS:
        text = text_of(family_handout.pdf([topic], True, "a4"))
        assert not any(squeezed(side.others) in text for side in KNOWN.told(name).sides)


def test_numbers_that_do_not_fit_are_counted():
    chosen = with_most_numbers()
    text = text_of(family_handout.pdf(chosen, True, "a4"))
    every = family_handout._numbers(chosen)
    shown = [name for name in every if squeezed(KNOWN.told(name).sides[0].sentence) in text]
    left = re.search(squeezed(family_handout.MORE).format(r"(\d+)"), text)
    assert shown and (int(left[1]) if left else 0) + text.count(squeezed(KNOWN.fixed.after)) == len(every)


def test_letters_on_paper_are_large_enough_and_need_no_color():
    template = (handout.HERE / family_handout.TEMPLATE).read_text(encoding="utf-8")
    assert "rgb(" not in template and min(map(float, re.findall(r"size: ([\d.]+)pt", template))) >= 12
    sizes = []
    for page in pages_of(family_handout.pdf(with_most_numbers(), True, "letter")).pages:
        page.extract_text(visitor_text=lambda said, cm, tm, font, size: sizes.append(size * abs(tm[3] * cm[3]))
                          if said.strip() else None)
    assert len(sizes) > 20 and min(sizes) >= 12 - 0.01


def test_paper_is_tagged_in_its_size_and_tells_the_dots_in_words():
    topic, name = WITH_NUMBERS[0]
    for paper, size in (("a4", (595, 842)), ("letter", (612, 792))):
        document = pages_of(family_handout.pdf([topic], True, paper))
        box = document.pages[0].mediabox
        assert (round(box.width), round(box.height)) == size
        root = document.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("en") and root["/StructTreeRoot"]
        assert document.metadata.title == family_handout.TITLE
    sides = KNOWN.told(name).sides
    assert {numbers.label(KNOWN.told(name), side) for side in sides} <= set(told_of_pictures(document))


def test_words_on_paper_are_never_markup():
    data = family_handout.content([TOPICS[0]], 0, DAY)
    for trick in TRICKS:
        topic = {"title": f"T {trick}", "short": [f"S {trick}"], "ask": [f"A {trick}"], "numbers": []}
        tricky = data | {"paper": "a4", "topics": [topic]}
        assert text_of(handout.typeset(tricky, family_handout.TEMPLATE)).count(squeezed(trick)) >= 3


def test_nothing_is_made_without_a_topic_or_for_a_paper_that_does_not_exist():
    assert family_handout.handed([], True, "a4") is None
    assert family_handout.handed([TOPICS[0]], False, "a5") is None
    made = family_handout.handed([TOPICS[0]], False, "a4")
    assert made["name"].endswith("-a4.pdf") and made["said"] == "PDF made."
