"""The Families page without a browser: nothing of a number before it is asked for, then one step a press."""
from __future__ import annotations

import html
import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from test_handout import squeezed
from test_pages import ROOT, turn_to

from content.families import families
from content.load import knowledge
from pages.ui import families as words
from pages.ui import families_asked as asked
from pages.ui import families_numbers as numbers
from pages.ui import family_handout, frame, navigation

KNOWN = families()
TOPICS = list(KNOWN.topics)
NUMBERS = list(KNOWN.numbers)
WITH_NUMBERS = [(topic.id, name) for topic in KNOWN.topics.values() for name in topic.numbers]
FATE = r"(surviv|alive|relaps|\bdie|dying|death)"
SHARE = r"\d+(\.\d+)?\s*(%|percent|out of|of 100|in \d+)"
OUTCOME = re.compile(rf"({SHARE}.{{0,120}}{FATE})|({FATE}.{{0,120}}{SHARE})", re.IGNORECASE | re.DOTALL)
BANNED = re.compile(r"\bfail|salvage|poor.risk|dismal|hopeless|battle|victim|hazard ratio|times more|\bp value|1 in \d",
                    re.IGNORECASE)


def read(markup: str) -> str:
    """The words of markup, also those that only a screen reader says."""
    said = " ".join(re.findall(r'aria-label="([^"]*)"', markup))
    return html.unescape(f"{re.sub(r'<[^>]+>', ' ', markup)} {said}")


def closed(name: str) -> str:
    """A topic's whole page with nothing asked for."""
    topic = KNOWN.topics[name]
    parts = (words.beside(topic), words.article(name), numbers.blocks(topic, {}), words.questions(name),
             family_handout.choices([], False), words.words())
    return "".join(parts)


def opened(topic: str, name: str, step: int) -> str:
    return numbers.blocks(KNOWN.topics[topic], {name: step}, name)


def block(topic: str, name: str, step: int) -> str:
    """The part of one number alone."""
    return next(part for part in opened(topic, name, step).split('<div class="number" ') if f'"{name}"' in part[:60])


# nothing unasked ------------------------------------------------------------------------------------------------------
def test_outcome_pattern_finds_what_it_should():
    assert all(OUTCOME.search(said) for said in ("80% survived", "about 80 of 100 children were alive",
                                                 "relapse in 1 in 5", "died: 5 percent"))
    assert not OUTCOME.search("Children joined from 2004 to 2011. Relapse means that it came back.")


@pytest.mark.parametrize("name", TOPICS)
def test_closed_page_of_a_topic_holds_no_outcome(name):
    page = closed(name)
    assert not OUTCOME.search(read(page))
    assert "of 100" not in read(page) and "%" not in read(page) and "hundred" not in page


def test_list_of_topics_holds_no_outcome_and_every_topic_once():
    page = words.doors()
    assert not OUTCOME.search(read(page)) and "of 100" not in read(page)
    assert sorted(re.findall(r'data-press="topic:(\w+)"', page)) == sorted(TOPICS)


def test_page_has_no_field_to_write_in():
    for page in (words.doors(), *(closed(name) for name in TOPICS)):
        assert not re.search(r"<(input|select|textarea)\b|contenteditable", page)


@pytest.mark.parametrize(("topic", "name"), WITH_NUMBERS)
def test_step_says_its_part_and_nothing_of_the_next(topic, name):
    told = KNOWN.told(name)
    sides = [said for side in told.sides for said in (side.sentence, side.range)]
    parts = [[told.meaning], [told.words], [*sides, told.people, told.joined, told.after, told.difference or sides[0]],
             [side.others for side in told.sides]]
    for step in range(-1, 4):
        page = read(block(topic, name, step))
        for at, said in enumerate(parts):
            assert [one in page for one in said] == [at <= step] * len(said), (step, at)
        assert (told.study.partition(",")[0] in page) == (step >= 1) and (told.time in page) == (step >= 2)
        if step < 2:
            assert "<svg" not in block(topic, name, step)
            assert not OUTCOME.search(page.replace(numbers.NEXT[2], ""))


@pytest.mark.parametrize(("topic", "name"), WITH_NUMBERS)
def test_death_is_named_at_the_last_step_only(topic, name):
    for step in range(-1, 3):
        assert not re.search(r"\b(died|death|dead)\b", read(block(topic, name, step)))
    last = re.search(r"\b(died|death|dead)\b", read(block(topic, name, 3)))
    assert bool(last) == (KNOWN.told(name).measure.startswith("Overall"))


@pytest.mark.parametrize(("topic", "name"), WITH_NUMBERS)
def test_block_offers_the_next_step_by_name_and_a_way_back(topic, name):
    for step in range(-1, 4):
        part = block(topic, name, step)
        presses = re.findall(r'data-press="([^"]+)"', part)
        assert presses == ([f"step:{name}:{step + 1}"] if step < 3 else []) + ([f"hide:{name}"] if step >= 0 else [])
        assert [label for label in numbers.NEXT if label in part] == list(numbers.NEXT[step + 1:step + 2])
        assert (numbers.HIDE in part) == (step >= 0)
        assert len(re.findall("data-arrive", part)) == 1


# pressing -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def session(monkeypatch):
    """A session without Streamlit: what is pressed in it, and what it remembers."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})

    def press(what):
        st.session_state["bar"] = {"press": what}
        asked.press("bar")
        return st.session_state[navigation.SHOWN]

    return press


def test_number_opens_one_step_at_a_time(session):
    topic, name = WITH_NUMBERS[0]
    assert session(f"step:{name}:0")["steps"] == {}                  # no topic is open yet
    session(f"topic:{topic}")
    for jump in ("1", "2", "3", "-1", "x", "4"):
        assert session(f"step:{name}:{jump}")["steps"] == {}
    for step in range(4):
        assert session(f"step:{name}:{step}")["steps"] == {name: step}
        assert session(f"step:{name}:{step}")["steps"] == {name: step}, "a press by mistake shows no more"
    assert session(f"step:{name}:4")["steps"] == {name: 3}
    assert session(f"hide:{name}")["steps"] == {}


def test_another_topic_closes_every_number(session):
    topic, name = WITH_NUMBERS[0]
    session(f"topic:{topic}")
    session(f"step:{name}:0")
    other = next(one for one in TOPICS if one != topic)
    assert session(f"topic:{other}")["steps"] == {}
    assert session(f"step:{name}:0")["steps"] == ({name: 0} if name in KNOWN.topics[other].numbers else {})
    session(f"topic:{topic}")
    session(f"step:{name}:0")
    assert session("all")["steps"] == {}


def test_press_of_what_is_not_there_changes_nothing(session):
    before = dict(session("all"))
    for what in ("topic:<b>", "step:x:0", "hide:x", "take:x", "", "nonsense:1"):
        after = session(what)
        assert {key: after[key] for key in ("topic", "steps", "chosen")} == {
            key: before[key] for key in ("topic", "steps", "chosen")}


def test_choice_of_topics_is_bounded(session):
    for name in TOPICS:
        chosen = session(f"take:{name}")["chosen"]
    assert chosen == TOPICS[:family_handout.MOST]
    assert session(f"take:{TOPICS[0]}")["chosen"] == TOPICS[1:family_handout.MOST]
    page = family_handout.choices(TOPICS[:family_handout.MOST], False)
    assert page.count('aria-checked="true"') == family_handout.MOST
    assert page.count("disabled") == len(TOPICS) - family_handout.MOST


def test_numbers_on_paper_are_off_at_first(session):
    assert session("all")["figures"] is False
    assert 'data-press="figures" aria-checked="false"' in family_handout.choices([], False)


# the pages ------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def app():
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()


@pytest.mark.parametrize("name", [*TOPICS, "no_such_topic", "<b>"])
def test_address_opens_a_topic_or_says_that_there_is_none(app, name):
    turn_to(app, "start")
    app.query_params["topic"] = name
    turn_to(app, "families")
    assert not app.exception
    shown = "".join(str(part.proto) for part in app.get("bidi_component"))
    known = name in KNOWN.topics
    assert ('-families_topic"' in shown) == known and '-families_topics"' in shown
    assert (words.UNKNOWN in shown) != known


def test_what_was_asked_for_is_forgotten_with_the_page(app):
    turn_to(app, "start")
    turn_to(app, "families")
    app.session_state[navigation.SHOWN] |= {"steps": {NUMBERS[0]: 3}, "chosen": [TOPICS[0]], "figures": True}
    turn_to(app, "glossary")
    assert navigation.SHOWN not in app.session_state
    turn_to(app, "families")
    record = app.session_state[navigation.SHOWN]
    assert (record["steps"], record["chosen"], record["figures"]) == ({}, [], False)


def test_frame_says_for_whom_the_page_is():
    old, limits = frame.notice(for_families=True)
    assert old == frame.notice()[0]
    assert "families" in limits and "care team" in limits and "health professionals" not in limits
    assert [info.name for info in navigation.PAGES if info.for_families] == ["families"]


# what a topic says ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", TOPICS)
def test_topic_says_all_of_its_words_and_ends_with_questions_and_the_fixed_line(name):
    topic = KNOWN.topics[name]
    page, end = read(words.article(name)), read(words.questions(name))
    squeezed_page = squeezed(page)
    for said in (topic.title, topic.lead, *topic.short, *(p for part in topic.passages for p in part.paragraphs)):
        assert squeezed(said) in squeezed_page
    assert all(squeezed(one) in squeezed(end) for one in (*topic.ask, KNOWN.fixed.general))
    assert not BANNED.search(page + end)


@pytest.mark.parametrize("name", TOPICS)
def test_each_passage_tells_one_press_away_where_it_comes_from(name):
    topic = KNOWN.topics[name]
    parts = words.article(name).split("<h3>")[2:]                     # after the title and "In short"
    assert len(parts) == len(topic.passages)
    for part, passage in zip(parts, topic.passages, strict=True):
        place = html.unescape(part[part.index("Where this comes from"):])
        for source in map(KNOWN.sources.__getitem__, passage.sources):
            assert all(one in place for one in (source.publisher, source.title, source.address, source.seen))
        for first, last in passage.lines or ():
            assert f"{first} to {last}" in place or f"{first}" in place
        assert "<details open" not in part


@pytest.mark.parametrize("name", TOPICS)
def test_nothing_on_the_page_leads_to_a_page_for_professionals(name):
    page = closed(name)
    presses = set(re.findall(r'data-press="(\w+)', page))
    assert presses <= {"topic", "all", "step", "hide", "take", "figures", "paper"}
    assert set(re.findall(r'href="([^"]+)"', page)) <= {source.address for source in KNOWN.sources.values()}
    assert not re.search(r"data-(view|focus|jump|csv|png)", page)
    terms = [part for part in (words.article(name), words.questions(name), numbers.blocks(KNOWN.topics[name], {}))
             if "data-term" in part]
    assert all("data-plain" in part[:part.index("data-term")] for part in terms)


def test_words_of_the_list_are_buttons_where_they_first_stand():
    assert len(KNOWN.words) >= 30
    found = {term for name in TOPICS for term in re.findall(r'data-term="(\w+)"', words.article(name))}
    assert found <= set(KNOWN.words) and len(found) > 20
    for name in TOPICS:
        page = read(re.sub(r"<details.*?</details>", "", words.article(name)))
        for term in KNOWN.terms():
            if re.search(rf"(?<![\w-]){re.escape(term.term)}(?![\w-])", page):
                marked = words.article(name) + words.questions(name)
                longer = any(term.term in other.term and other is not term for other in KNOWN.terms())
                assert f'data-term="{term.id}"' in marked or longer, (name, term.id)


def test_every_word_is_explained_in_plain_words_alone():
    page = words.words()
    for term in KNOWN.terms():
        assert f"<dd>{html.escape(term.plain)}</dd>" in page
        assert html.escape(term.short) not in page or term.short in term.plain
    assert page.count("<dt>") == len(KNOWN.words)


def test_way_of_treatment_names_every_phase_without_a_number():
    way = words.way()
    assert way.count("<li>") == len(knowledge().phases)
    assert not re.search(r"\d", read(way)) and not BANNED.search(read(way))
    assert [name in way for name in ("Induction", "Consolidation", "Maintenance")] == [True] * 3


# dots, pairs, tables --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("filled", [0, 1, 50, 89, 99, 100])
def test_picture_has_a_hundred_dots_the_filled_ones_first(filled):
    picture = numbers.dots(filled, "said")
    fills = re.findall(r'<circle [^>]*fill="(\w+)"', picture)
    assert fills == ["currentColor"] * filled + ["none"] * (100 - filled)
    places = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', picture)
    assert len(set(places)) == 100 and len({x for x, _ in places}) == len({y for _, y in places}) == 10
    assert set(re.findall(r"<(\w+)", picture)) == {"svg", "circle"} and 'aria-label="said"' in picture
    assert set(re.findall(r'(?:fill|stroke)="(\w+)"', picture)) <= {"currentColor", "none"}


@pytest.mark.parametrize(("topic", "name"), WITH_NUMBERS)
@pytest.mark.parametrize("step", [2, 3])
def test_sentence_dots_and_table_hold_the_same_numbers(topic, name, step):
    told, part = KNOWN.told(name), block(topic, name, step)
    pictures = re.findall(r"<svg.*?</svg>", part, re.DOTALL)
    rows = re.findall(r'<tr role="row"><th scope="row".*?</tr>', part)
    assert len(pictures) == len(rows) == len(told.sides)
    for side, picture, row in zip(told.sides, pictures, rows, strict=True):
        assert picture.count('fill="currentColor"') == side.n == 100 - side.rest
        assert re.search(rf"\b{side.n} of 100\b", side.sentence) and html.escape(side.sentence) in picture
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
        assert cells == [str(side.n), *([str(side.rest)] if step == 3 else []), html.escape(side.range)]
        assert f"{side.n} filled dots" in part and (f"{side.rest} empty dots" in part) == (step == 3)
    if told.difference:
        first, second = told.sides
        assert f"{abs(first.n - second.n)} more of 100" in told.difference or first.n == second.n


def test_own_words_of_the_page_hold_nothing_that_is_banned():
    own = " ".join((words.UNKNOWN, *words.NAMES.values(), numbers.TITLE, numbers.ABOUT, *numbers.NEXT, numbers.HIDE,
                    numbers.HIDDEN, family_handout.ABOUT, family_handout.FIGURES, family_handout.OFF,
                    family_handout.TITLE, family_handout.MORE, frame.FOR_FAMILIES))
    assert not BANNED.search(own) and not re.search(r"your child", own, re.IGNORECASE)
