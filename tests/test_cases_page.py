"""Cases without a browser: every screen of every patient, nothing of an answer before the choice, addresses, codes."""
from __future__ import annotations

import ast
import html
import re
from datetime import date
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from content.load import knowledge
from pages.ui import box
from pages.ui.cases import course, decided, ended, listed, session, shown, told, turned
from pages.ui.navigation import PAGES
from pages.ui.pathway_graph import edge_letters
from pathways.lessons.ask import ALWAYS, before, seen
from pathways.lessons.judge import solution
from pathways.lessons.lesson import project_lessons
from pathways.lessons.results import SEEDS, Choice, Result, encode
from pathways.lessons.review import replay, table

ROOT = Path(__file__).parent.parent
LESSONS = project_lessons()
SEED = 17
LONG = 18                     # from this length on a text is not found by accident [characters]
BARE = {"input", "br", "path", "wbr", "hr"}


class Balanced(HTMLParser):
    """Markup whose every tag is closed, in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(markup)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        if tag not in BARE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag


def opened(name: str) -> course.Course:
    return course.of_lesson(LESSONS[name], SEED, {})


def at(now: course.Course, number: int) -> course.Course:
    now.at = number
    return now


def plain(markup: str) -> str:
    """What people read of markup, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def right(screen: course.Screen) -> str:
    return solution(screen.lesson, screen.step, screen.point.id).answer


def drawn(g, now: course.Course) -> dict:
    """All that goes to the browser for the drawing and the list."""
    page, open_boxes = shown.page(g, now), shown.passed(now)
    return {"page": shown.pictured(page, open_boxes), "list": shown.listed(page, open_boxes),
            "states": shown.states(g, now), "current": shown.current(now),
            "edges": edge_letters(shown.pictured(page, open_boxes)["edges"], shown.states(g, now),
                                  shown.steps(g, now, shown.states(g, now)))}


def asked_screens():
    return [(name, number) for name in LESSONS for number, screen in enumerate(opened(name).screens) if screen.asked]


# every screen
@pytest.mark.parametrize("name", LESSONS)
def test_every_screen_of_a_case_renders_asked_answered_turned_and_at_the_end(g, name):
    now = opened(name)
    for number, screen in enumerate(now.screens):
        at(now, number)
        parts = [told.sheet(now)]
        if screen.asked:
            parts.append(decided.asked(now))
            for option in screen.options():
                now.choices[number] = Choice(option.id, 2)
                parts += [decided.answered(now), turned.screen(now, option.id, option.text)]
                assert len(decided.live(now).split()) <= 25
        else:
            parts.append(decided.answered(now))
        assert told.INVENTED in parts[0]
        for part in parts:
            Balanced(part)
        assert drawn(g, now)["page"]["page"] == shown.page(g, now)
    at(now, len(now.screens))
    assert now.complete and "visited" in shown.states(g, now).values()
    assert not [edge for edge in drawn(g, now)["page"]["edges"] if edge["lines"] == ["?"]]
    end = ended.screen(now, session.code(now), (date(2027, 3, 1),), {})
    Balanced(end)
    assert ("Result code" in end) == any(screen.asked for screen in now.screens)


def test_a_worked_example_shows_every_decision_solved_and_a_faded_case_shows_some_and_asks_the_rest():
    for lesson in LESSONS.values():
        asked = [screen.asked for screen in opened(lesson.id).screens]
        assert any(asked) == (lesson.kind == "case")
    faded = [lesson for lesson in LESSONS.values() if lesson.fades]
    mixed = [one for one in faded if {True, False} <= {screen.asked for screen in opened(one.id).screens}]
    assert len(mixed) >= 2
    now = at(opened(mixed[0].id), 0)
    screen = next(number for number, one in enumerate(now.screens) if not one.asked)
    said = plain(decided.answered(at(now, screen)))
    assert "Solved" in said and "You chose" not in said and "The rule:" in said


def test_a_case_takes_forty_interactions_at_most():
    for name in LESSONS:
        screens = opened(name).screens
        assert 1 + sum(4 if screen.asked else 1 for screen in screens) <= 40, name


def test_a_reveal_names_own_choice_rule_and_a_reason_for_each_other_option():
    for name, number in asked_screens():
        now = at(opened(name), number)
        wrong = next(one for one in now.screen.options() if one.id != right(now.screen))
        now.choices[number] = Choice(wrong.id, 3)
        said, v = plain(decided.answered(now)), now.screen.verdict(now.choices[number])
        assert "Not right" in said and f"You chose: {wrong.text}. Sure." in said and v.answer_text in said
        assert all(" ".join(reason.split()) in said for reason in v.wrong.values())
        assert len(v.wrong) == len(now.screen.options()) - 1
        now.choices[number] = Choice(v.answer, 1)
        assert plain(decided.answered(now)).count("Right") and "Not right" not in plain(decided.answered(now))


def test_studies_and_flags_at_a_decision_are_shown_after_the_choice():
    known, found = knowledge(), 0
    for name, number in asked_screens():
        now = at(opened(name), number)
        now.choices[number] = Choice(right(now.screen), 2)
        v, said = now.screen.verdict(now.choices[number]), plain(decided.answered(now))
        names = [known.trials[key].name for key in v.trials] + [known.later[key].title for key in v.later]
        found += len(names)
        assert all(" ".join(one.split()) in said for one in names)
    assert found > 50


# nothing before the choice
@pytest.mark.parametrize("name", [name for name in LESSONS if LESSONS[name].kind == "case"])
def test_before_the_choice_neither_question_nor_drawing_holds_a_reason_or_rule(g, name):
    now = opened(name)
    checked = 0
    for number, screen in enumerate(now.screens):
        at(now, number)
        if not screen.asked:
            continue
        said = plain(decided.asked(now)) + plain(told.sheet(now)) + plain(str(drawn(g, now)))
        v = solution(screen.lesson, screen.step, screen.point.id)
        earlier = " ".join(edge.label for edge in g.edges if edge.source in shown.passed(now))
        secret = [one for one in (v.because, *v.wrong.values()) if len(one) >= LONG and one not in earlier]
        checked += len(secret)
        assert [one for one in secret if " ".join(one.split()) in said] == []
        assert "distractor" not in said
        now.choices[number] = Choice(v.answer, 2)
        assert any(" ".join(one.split()) in plain(decided.answered(now)) for one in secret)
    assert checked >= 10


def test_what_is_said_of_one_decision_tells_no_reason_of_a_later_one(g):
    checked = 0
    for name, number in asked_screens():
        now = at(opened(name), number)
        now.choices.update({before_it: Choice("a", 1) for before_it in range(number + 1)})
        now.choices[number] = Choice(right(now.screen), 2)
        own = " ".join([now.screen.verdict(None).because, *now.screen.verdict(None).wrong.values(),
                        *(edge.label for edge in g.edges if edge.source in shown.passed(now))])
        said = plain(decided.answered(now)) + plain(str(drawn(g, now)))
        said += "".join(plain(turned.screen(now, option.id, option.text)) for option in now.screen.options())
        for screen in now.waiting():
            v = screen.verdict(None)
            secret = [one for one in (v.because, *v.wrong.values()) if len(one) >= LONG and one not in own]
            checked += len(secret)
            assert [one for one in secret if " ".join(one.split()) in said] == [], (name, number, screen.point.id)
    assert checked > 500


def test_boxes_that_may_be_looked_at_tell_no_reason_of_an_open_decision(g):
    looked = 0
    for name, number in asked_screens():
        now = at(opened(name), number)
        open_ones = [node for node in g.pages[shown.page(g, now)].nodes if shown.tells(g, now, node)]
        said = " ".join(plain(box.detail(g, node)) for node in open_ones)
        rules = " ".join(edge.label for edge in g.edges if edge.source in open_ones)
        looked += len(open_ones)
        for screen in now.waiting():
            v = screen.verdict(None)
            secret = [one for one in (v.because, *v.wrong.values()) if len(one) >= LONG and one not in rules]
            assert [one for one in secret if " ".join(one.split()) in said] == [], (name, number, screen.point.id)
    assert looked > 300


def test_before_the_choice_lines_of_open_decisions_carry_no_rule_and_after_it_they_do(g):
    told_after = 0
    for name, number in asked_screens():
        now = at(opened(name), number)
        if now.screen.point.scheme:
            continue
        edges = [edge for edge in drawn(g, now)["page"]["edges"] if edge["source"] == now.screen.point.id]
        assert edges and not any(edge["label"] for edge in edges)
        now.choices[number] = Choice(right(now.screen), 2)
        after = drawn(g, now)
        closed = now.closed() - {now.screen.point.id}                    # asked again at a later step
        assert not [edge for edge in after["page"]["edges"] if edge["source"] in closed and edge["label"]]
        told_after += any(edge["label"] for edge in after["page"]["edges"] if edge["source"] == now.screen.point.id)
    assert told_after > 60


def test_before_the_choice_the_drawing_depends_on_the_way_alone(g):
    found: dict[tuple, set] = {}
    for name, number in asked_screens():
        now = at(opened(name), number)
        screen = now.screen
        way = seen(screen.lesson, screen.step, screen.point.id)
        states = shown.states(g, now)
        if not way:
            assert states is None
            continue
        beyond = {node for node, state in states.items() if node not in way}
        assert {states[node] for node in beyond} <= {"possible"}
        if not screen.point.scheme:
            assert beyond == {node for node in g.order if screen.point.id in before(g)[node]} - way
        key = (screen.point.id, screen.point.scheme, way)
        found.setdefault(key, set()).add((frozenset(states.items()), drawn(g, now)["edges"]))
    assert len(found) > 40 and all(len(pictures) == 1 for pictures in found.values())


def test_another_answer_tells_no_answer_of_a_decision_that_is_still_to_be_made():
    cut = shown_boxes = 0
    for name, number in asked_screens():
        now = at(opened(name), number)
        now.choices[number] = Choice(right(now.screen), 2)
        later = [one for one in now.screens[number + 1:] if one.asked and not one.point.scheme]
        answers = {node for one in later for node in one.point.answers}
        for option in now.screen.options():
            found, left_out = turned.turned(now, option.id)
            boxes = {box.node for box in (*found.way, *found.added, *found.lost)}
            assert not boxes & answers
            shown_boxes += len(boxes)
            cut += left_out
    assert cut and shown_boxes > 200


def test_every_case_has_three_wrong_turns_that_lead_somewhere():
    for lesson in LESSONS.values():
        if lesson.kind == "worked":
            continue
        now = opened(lesson.id)
        now.choices.update({number: Choice(right(one), 2) for number, one in enumerate(now.screens) if one.asked})
        turns = [(number, option.id) for number, one in enumerate(now.screens) if one.asked and not one.point.scheme
                 for option in one.options() if option.id != right(one)]
        leading = [turned.turned(at(now, number), letter)[0] for number, letter in turns]
        assert sum(bool(found.added or found.lost or found.changes) for found in leading) >= 3, lesson.id


def test_every_asked_decision_has_the_two_standing_answers_last():
    for name, number in asked_screens():
        assert [one.text for one in at(opened(name), number).screen.options()][-2:] == list(ALWAYS.values())


# what is told, and escaped --------------------------------------------------------------------------------------------
def test_what_is_known_so_far_holds_each_fact_once_with_its_latest_value():
    for lesson in LESSONS.values():
        now = opened(lesson.id)
        for number, screen in enumerate(now.screens):
            said = plain(told.sheet(at(now, number)))
            walk = lesson.steps[screen.step].walk
            for item in chain.from_iterable(step.items for step in lesson.steps[:screen.step + 1]):
                if item.fact in walk.case.values:
                    value = walk.case.text(item.fact).replace("x10^9/L", "×10⁹/L")
                    assert f"{item.label} {value}" in said, (lesson.id, item.fact)
            assert all(" ".join(step.story.split()) not in said for step in lesson.steps[screen.step + 1:])


def test_what_is_new_at_a_step_is_marked_with_a_word():
    now = opened("fifty")
    later = next(number for number, screen in enumerate(now.screens) if screen.step == 1)
    assert "New: End of induction" in plain(told.sheet(at(now, later)))
    assert "Known before" in plain(told.sheet(at(now, later)))


def test_words_of_a_file_are_escaped():
    from dataclasses import replace

    bad = "<img src=x onerror=alert(1)>"
    lesson = LESSONS["fifty"]
    item = replace(lesson.steps[0].items[0], label=bad, text=bad)
    step = replace(lesson.steps[0], story=bad, at=bad, items=(item,))
    odd = replace(lesson, title=bad, aims=bad, steps=(step, *lesson.steps[1:]))
    now = course.of_lesson(odd, 0, {})
    markup = (told.sheet(now) + listed.cases({"fifty": odd}, {}, {}, bad, None)
              + listed.came_of(bad, table("<b>x</b>", LESSONS), (), LESSONS))
    assert "<img" not in markup and "<b>x" not in markup and markup.count("&lt;img") >= 7


# the list, codes, replay
def test_list_names_every_case_once_with_worked_examples_first():
    markup = listed.cases(LESSONS, {}, {}, "", None)
    Balanced(markup + listed.forms())
    names = re.findall(r'data-press="case:(\w+)"', markup)
    assert names == list(dict.fromkeys(names)) and set(names) == set(LESSONS)
    kinds = [LESSONS[name].kind for name in names]
    assert kinds == sorted(kinds, key=("worked", "case").index)
    assert markup.count("Invented patient") == len(LESSONS)


def results(name: str, *wrong: int) -> str:
    now = opened(name)
    for number, screen in enumerate(now.screens):
        if screen.asked:
            other = next(one.id for one in screen.options() if one.id != right(screen))
            now.choices[number] = Choice(other if number in wrong else right(screen), 3)
    return session.code(now)


def test_table_shows_choices_by_decision_where_learners_part_and_bad_codes_by_position():
    pasted = "\n".join([results("fifty"), "not a code", results("fifty", 2), results("nineteen"), "PALLR1.x.1"])
    markup = listed.came_of("", table(pasted, LESSONS), (), LESSONS)
    Balanced(markup)
    said = plain(markup)
    assert "Code 2:" in said and "Code 5:" in said and "Code 1:" not in said
    third = opened("fifty").screens[2].point.title
    assert f"2 codes. They first part at: {third}" in said
    first = markup[markup.index("first to part") - 400:markup.index("first to part")]
    assert html.escape(third) in first and markup.count("first to part") == 1
    assert "(codes 1 and 3)" in said and "(code 3)" in said


def test_replay_asks_only_what_was_missed_with_the_facts_of_its_step():
    now = course.of_replay(replay(results("fifty", 2, 6), LESSONS, 5, date(2026, 11, 22)))
    assert now.replayed and all(screen.asked and screen.first for screen in now.screens)
    wanted = {opened("fifty").screens[number].point.id for number in (2, 6)}
    assert {screen.point.id for screen in now.screens} == wanted
    Balanced(decided.asked(now))
    assert session.code(now) == ""
    now.choices.update({number: Choice(right(screen), 3) for number, screen in enumerate(now.screens)})
    now.at = len(now.screens)
    end = ended.screen(now, "", (date(2026, 11, 23),), {})
    assert "2 of 2 decisions right" in end and "Good days" not in end and "Result code" not in end


def test_end_scores_by_decision_and_leads_back_to_what_was_missed():
    now = opened("fifty")
    codes = results("fifty", 2)
    read = replay(codes, LESSONS, 0, date(2026, 11, 22)).missed
    assert [one.question for one in read] == [now.screens[2].point.id]
    for number, screen in enumerate(now.screens):
        other = next(one.id for one in screen.options() if one.id != right(screen))
        now.choices[number] = Choice(other if number == 2 else right(screen), 3)
    now.at = len(now.screens)
    markup = ended.screen(now, codes, (date(2026, 11, 23), date(2026, 11, 29), date(2026, 12, 22)), {})
    said = plain(markup)
    assert "7 of 8 decisions right" in said and "One answer was given as sure and not right." in said
    assert markup.count("✓ Right") == 7 and markup.count("✕ Missed") == 1
    assert 'data-press="go:2"' in markup and f'data-press="node:{now.screens[2].point.id}"' in markup
    assert "23 November 2026, 29 November 2026 and 22 December 2026" in said and codes in said
    assert not re.search(r"percentile|rank|seconds|minutes|\d ?%", ended.screen(now, "", (), {}))


def test_after_a_worked_example_comes_the_case_that_takes_it_up():
    for faded in (lesson for lesson in LESSONS.values() if lesson.fades):
        assert course.following(LESSONS[faded.fades], {}) is faded
        assert course.following(LESSONS[faded.fades], {faded.id: None}) is not faded
    assert course.following(LESSONS["fifty"], dict.fromkeys(LESSONS)).id != "fifty"


def test_session_table_counts_decisions_of_finished_cases():
    now = opened("nineteen")
    asked = [number for number, screen in enumerate(now.screens) if screen.asked]
    now.choices.update({number: Choice(right(now.screens[number]), 2) for number in asked})
    said = plain(listed.came_of("", None, [now.result()], LESSONS))
    assert sum(int(many) for right_ones, many in re.findall(r"(\d) of (\d)", said) if right_ones == many) == len(asked)


# addresses and presses
@pytest.fixture
def state(monkeypatch):
    """A session with an address of its own, without a browser."""

    class Query(dict):
        def from_dict(self, params):
            self.clear()
            self.update(params)

    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", Query())
    return st.session_state


def press(state, word: str) -> None:
    state["bar"] = {"press": word}
    session.press("bar")


def address(**query: str):
    st.query_params.from_dict(query)
    session.follow_address()
    return session.store()["course"]


def test_address_opens_case_step_and_order_and_what_came_before_counts_as_not_answered(state):
    now = address(case="fifty", step="3", seed="7")
    assert (now.at, now.choices, now.screen.seed) == (2, {}, 7)
    assert [one.id for one in now.screen.options()] == [
        one.id for one in course.of_lesson(LESSONS["fifty"], 7, {}).screens[2].options()]


@pytest.mark.parametrize(("query", "said"), [
    ({"case": "nobody"}, "case"), ({"case": "<b>"}, "case"), ({"case": "made_pedall_12_plain"}, "case"),
    ({"case": "fifty", "step": "0"}, "step"), ({"case": "fifty", "step": "10"}, "step"),
    ({"case": "fifty", "step": "x"}, "step"), ({"case": "fifty", "step": "9" * 400}, "step"),
    ({"case": "fifty", "seed": str(SEEDS)}, "seed"), ({"case": "fifty", "seed": "-1"}, "seed"),
    ({"case": "fifty", "seed": "٣"}, "seed"), ({"case": "made_pedall_6_plain", "seed": str(SEEDS)}, "seed")])
def test_address_that_names_nothing_is_answered_with_a_sentence_and_the_list(state, query, said):
    assert address(**query) is None
    record = session.store()
    assert record["problem"] == session.NOT_HERE[said]
    assert html.escape(record["problem"]) in listed.cases(LESSONS, {}, {}, record["problem"], None)


def test_address_with_a_case_alone_begins_it_and_one_of_another_page_changes_nothing(state):
    assert address(case="fifty").at == 0
    st.query_params.from_dict({"trial": "aall0232"})
    session.follow_address()
    assert session.store()["course"].screen.lesson.id == "fifty"


def test_patient_made_by_chance_opens_again_by_its_address(state):
    one, other = address(case="made_pedall_6_limits", seed="11"), address(case="made_pedall_6_limits", seed="12")
    assert one.screen.lesson.title != other.screen.lesson.title
    again = address(case="made_pedall_6_limits", seed="11")
    assert [item.text for item in again.screen.lesson.steps[0].items] == [
        item.text for item in one.screen.lesson.steps[0].items]


def test_a_case_is_run_by_presses_and_the_address_never_holds_an_answer(state):
    session.follow_address()
    press(state, "case:nineteen")
    now = session.store()["course"]
    for number, screen in enumerate(now.screens):
        press(state, f"commit:{number}:{right(screen)}:3")
        assert set(st.query_params) == {"case", "step", "seed"}
        assert st.query_params["case"] == "nineteen" and st.query_params["step"] == str(number + 1)
        press(state, f"go:{number + 1}")
    assert now.ended and "nineteen" in session.store()["done"]
    press(state, "copy")
    assert session.hand()["copy"] == encode(session.store()["done"]["nineteen"], LESSONS["nineteen"])
    assert session.hand() is None
    press(state, "next-case")
    assert session.store()["course"].screen.lesson.id != "nineteen"
    press(state, "all")
    assert session.store()["course"] is None and not st.query_params


def test_a_choice_is_taken_once_and_only_whole(state):
    now = address(case="fifty", step="1", seed="7")
    options = [one.id for one in now.screen.options()]
    for word in ("commit", "commit:0", f"commit:0:{options[0]}", "commit:0:zz:2", f"commit:0:{options[0]}:4",
                 f"commit:1:{options[0]}:2", f"commit:0:{options[0]}:2:3", "turn:a", "copy", "go:x", "go:-1", "", ":"):
        press(state, word)
        assert not now.choices and now.at == 0 and session.hand() is None and not session.store()["turn"], word
    press(state, f"commit:0:{options[0]}:2")
    press(state, f"commit:0:{options[1]}:3")
    assert now.choices == {0: Choice(options[0], 2)}
    press(state, f"turn:{options[1]}")
    assert session.store()["turn"] == options[1]
    press(state, "turn:")
    assert not session.store()["turn"]


def test_going_back_shows_the_choice_and_another_order_begins_anew(state):
    now = address(case="fifty", step="1", seed="7")
    press(state, f"commit:0:{right(now.screen)}:2")
    press(state, "go:1")
    assert address(case="fifty", step="1", seed="7").solved
    press(state, "again")
    fresh = session.store()["course"]
    assert fresh.screen.lesson.id == "fifty" and fresh.screen.seed != 7 and not fresh.choices


def test_a_case_that_was_left_goes_on_where_it_was_left(state):
    now = address(case="fifty", step="1", seed="7")
    press(state, f"commit:0:{right(now.screen)}:2")
    press(state, "all")
    assert session.begun() == {"fifty": 1}
    press(state, "case:fifty")
    again = session.store()["course"]
    assert (again.at, again.screen.seed) == (1, 7)


def test_forms_answer_nonsense_with_a_sentence(state):
    session.follow_address()
    for word, said in (("practice:pedall_6:plain:99999", session.NO_PATIENT), ("practice::", session.NO_PATIENT),
                       ("practice:pedall_6:deadly:1", session.NO_PATIENT), ("replay: ", session.NO_CODE),
                       ("table:", session.NO_CODE), (f"replay:{results('fifty')}", session.NONE_MISSED)):
        press(state, word)
        assert session.store()["said"] == said and session.store()["course"] is None, word
    press(state, "replay:nonsense")
    assert session.store()["said"].startswith("Code 1:")
    press(state, "table:" + "A" * 100_000)
    assert session.store()["table"].problems
    press(state, "practice:pedall_6:plain:12")
    assert session.store()["course"].screen.lesson.id == "made_pedall_6_plain"


def test_what_a_session_keeps_is_bounded(state):
    session.follow_address()
    for seed in range(session.MOST_RUNS + 20):
        session.begin("nineteen", seed)
    assert len(session.store()["runs"]) == session.MOST_RUNS


def test_cases_know_nothing_of_the_entered_patient():
    for path in [ROOT / "pages/cases.py", *(ROOT / "pages/ui/cases").glob("*.py")]:
        names = {f"{node.module}.{alias.name}" for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                 if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert not names & {"pages.ui.case", "pages.ui.keeper", "pages.ui.case_code"}, path


# the page itself ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def app():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    app._page_hash = next(key for key, info in app._registered_pages.items() if info["url_pathname"] == "cases")
    return app


def test_page_is_in_the_navigation_and_walks_nobody():
    info = next(info for info in PAGES if info.name == "cases")
    assert not info.walks and not info.for_families


@pytest.mark.parametrize("name", [None, "nobody", "made_pedall_9_missing", *LESSONS])
def test_page_renders_each_case_at_each_step_without_an_error(app, name):
    steps = course.counted(LESSONS[name]) + 1 if name in LESSONS else 1
    for step in sorted({1, (steps + 1) // 2, steps}):
        query = {"case": name, "step": str(step), "seed": "3"} if name else {}
        app.query_params.clear()
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        assert len(app.get("bidi_component")) >= 5


def test_result_is_one_choice_for_each_asked_decision():
    now = opened("second_course")
    assert len(now.result().choices) == len(list(LESSONS["second_course"].asked()))
    assert now.result() == Result("second_course", SEED, (Choice(),) * len(list(LESSONS["second_course"].asked())))
