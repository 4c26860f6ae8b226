"""Cases in a browser: by mouse and by keyboard, nothing of an answer before the choice, links, codes, a phone."""
from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hands import ACTIVE, Tab
from playwright.sync_api import expect
from test_axe import violations
from test_privacy import STORED

from pages.ui.cases.course import of_lesson
from pages.ui.cases.session import NOT_HERE
from pathways.lessons.ask import questions
from pathways.lessons.judge import solution, turn
from pathways.lessons.lesson import project_lessons
from pathways.lessons.results import decode

CASE, SEED = "fifty", 7
SHORT = "nineteen"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
MOST = 40                     # interactions a case
LONG = 18                     # from this length on a text is not found by accident [characters]


def lesson(name: str):
    return project_lessons()[name]


def screens(name: str, seed: int = SEED):
    return of_lesson(lesson(name), seed, {}).screens


def right(screen) -> str:
    return solution(screen.lesson, screen.step, screen.point.id).answer


def wrong(screen) -> str:
    return next(one.id for one in screen.options() if one.id != right(screen))


def link(name: str, step: int = 1, seed: int = SEED) -> str:
    return f"/cases?case={name}&step={step}&seed={seed}"


def press(tab: Tab, name: str) -> None:
    with tab.rerun():
        tab.page.get_by_role("button", name=name).first.click()


def commit(tab: Tab, option: str, sure: int = 2) -> None:
    tab.page.locator(f'.option:has(input[name="answer"][value="{option}"])').click()
    tab.page.locator(f'.option:has(input[name="sure"][value="{sure}"])').click()
    press(tab, "Commit")


def onward(tab: Tab) -> None:
    press(tab, re.compile("^(Next decision|To the end)$"))


def run(tab: Tab, name: str, *missed: int, seed: int = SEED) -> Tab:
    """A whole case, some decisions answered wrongly."""
    tab.go(link(name, 1, seed))
    for number, screen in enumerate(screens(name, seed)):
        if screen.asked:
            commit(tab, wrong(screen) if number in missed else right(screen), 3)
        onward(tab)
    expect(tab.page.get_by_role("heading", name=re.compile("^The end"))).to_be_visible()
    return tab


def heading(tab: Tab):
    return tab.page.locator(".st-key-cases_ask h2")


def arrived(tab: Tab) -> None:
    """The focus comes to a heading, of the decision or of what is new."""
    tab.until(f"['H2', 'H3'].includes(({ACTIVE})().tagName)")


def test_whole_case_by_mouse_from_the_list_to_the_end_in_forty_presses(open_tab):
    tab = open_tab("/cases")
    tab.page.evaluate("window.presses = 0; addEventListener('pointerdown', () => { presses += 1; }, true)")
    press(tab, lesson(CASE).title)
    expect(tab.page.locator(".invented")).to_contain_text("Invented patient")
    seed = int(parse_qs(urlsplit(tab.page.url).query)["seed"][0])
    for screen in screens(CASE, seed):
        expect(heading(tab)).to_have_text(screen.point.title)
        commit(tab, right(screen))
        expect(heading(tab)).to_contain_text("Right")
        arrived(tab)
        onward(tab)
        arrived(tab)
    expect(heading(tab)).to_have_text("The end: 8 of 8 decisions right")
    assert tab.page.evaluate("presses") <= MOST
    press(tab, "All cases")
    expect(tab.page.locator(f'[data-press="case:{CASE}"]')).to_contain_text("done")
    expect(tab.page.locator(f'[data-press="case:{CASE}"]')).to_be_focused()
    assert "?" not in tab.page.url


def test_whole_case_by_keyboard_with_focus_in_sight_at_each_stop(open_tab):
    tab = open_tab(link(SHORT))
    keys = []

    def key(name: str) -> dict:
        keys.append(name)
        tab.page.keyboard.press(name)
        active = tab.active()
        assert active["seen"] and active["inView"], (keys, active)
        return active

    def tab_to(test) -> dict:
        for _ in range(30):
            if test(active := key("Tab")):
                return active
        raise AssertionError(f"not reached by Tab: {tab.active()}")

    for number, screen in enumerate(screens(SHORT)):
        if number:
            arrived(tab)
        tab_to(lambda a: a["type"] == "radio")
        key(" ")
        for _ in [one.id for one in screen.options()][:[one.id for one in screen.options()].index(right(screen))]:
            key("ArrowDown")
        assert tab.active()["value"] == right(screen)
        tab_to(lambda a: a["type"] == "radio" and a["value"] == "1")
        key(" ")
        assert tab_to(lambda a: a["tag"] == "button")["text"] == "Commit"
        with tab.rerun():
            tab.page.keyboard.press("Enter")
        expect(heading(tab)).to_contain_text("Right")
        arrived(tab)
        assert "Right" in tab.active()["text"]
        tab_to(lambda a: a["text"] in ("Next decision", "To the end"))
        with tab.rerun():
            tab.page.keyboard.press("Enter")
    expect(heading(tab)).to_contain_text("3 of 3")
    acts = [name for name in keys if name not in ("Tab", "ArrowDown")]
    assert len(acts) + 2 * len(screens(SHORT)) <= MOST


def test_commit_waits_in_words_for_answer_and_confidence(open_tab):
    tab = open_tab(link(CASE))
    button, gaps = tab.page.get_by_role("button", name="Commit"), tab.page.locator("#gaps")
    assert not tab.page.locator(".option input:checked").count()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(gaps).to_have_text("Still to do: choose an answer and say how sure you are.")
    button.click(force=True)                                      # a press leads to what is missing
    assert tab.active()["type"] == "radio"
    tab.page.locator(".options .option").first.click()
    expect(gaps).to_have_text("Still to do: say how sure you are.")
    button.click(force=True)
    expect(tab.page.locator(".options")).to_be_visible()                             # nothing was sent
    tab.page.locator(".levels .option").last.click()
    expect(button).to_have_attribute("aria-disabled", "false")


def readable(frame: bytes | str) -> str:
    """A message to the browser as people would read what is in it."""
    said = frame if isinstance(frame, str) else frame.decode("utf-8", errors="replace")
    said = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), said).replace('\\"', '"')
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", said)).split())


def told_of(screen) -> list[str]:
    """What is said of a decision only after its choice: rule, reasons, and what the text says on the right way."""
    v = solution(screen.lesson, screen.step, screen.point.id)
    way = turn(screen.lesson, screen.step, screen.point.id, v.answer).way
    said = [v.because, *v.wrong.values(), *(line for box in way for line in box.says)]
    return [" ".join(one.split()) for one in said if len(one) >= LONG]


def test_no_message_holds_answer_or_reason_before_the_choice_is_committed(open_tab):
    tab = open_tab(None)
    frames: list[str] = []
    tab.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(readable(frame))))
    tab.go("/cases")
    known = " ".join(frames)                                             # terms and facts, the same for every case
    frames.clear()
    tab.go(link(CASE))
    before_any = 0
    for screen in screens(CASE):
        v = solution(screen.lesson, screen.step, screen.point.id)
        earlier = " ".join(frames)
        secret = [one for one in told_of(screen) if one not in known]
        reasons = [one for one in map(" ".join, map(str.split, v.wrong.values())) if one in secret]
        assert reasons
        assert [one for one in secret if one in earlier and one not in said_before(screen)] == [], screen.point.id
        shown = readable(tab.page.evaluate(EVERYTHING))
        assert [one for one in reasons if one in shown] == []
        before_any += len(secret)
        frames.clear()
        commit(tab, right(screen))
        after = " ".join(frames)
        assert all(one in after for one in reasons), screen.point.id      # so that the search itself is known to work
        onward(tab)
    assert before_any > 60


def said_before(screen) -> set[str]:
    """What was rightly told at earlier decisions of the case."""
    found = set()
    for one in screens(CASE):
        if one.point.id == screen.point.id and one.step == screen.step:
            return found
        v = solution(one.lesson, one.step, one.point.id)
        found |= {" ".join(text.split()) for text in (v.because, *v.wrong.values())}
    return found


# All markup of the page, also inside the parts' own trees.
EVERYTHING = """() => {
  const inner = (root) => [...root.querySelectorAll('*')].filter((e) => e.shadowRoot).map((e) => all(e.shadowRoot));
  const all = (root) => root.innerHTML + inner(root).join('');
  return all(document.body);
}"""


def test_before_the_choice_the_drawing_shows_the_way_up_to_the_decision_and_after_it_the_right_branch(open_tab):
    tab = open_tab(link(CASE, 7))
    screen = screens(CASE)[6]
    v = solution(screen.lesson, screen.step, screen.point.id)
    node = next(key for key, words in screen.point.answers.items() if words == v.answer_text)
    here = tab.node(screen.point.id)
    expect(here).to_have_attribute("aria-current", "step")
    visited = tab.drawing.locator("g.node.visited").evaluate_all("all => all.map(n => n.dataset.node)")
    assert node not in visited and screen.point.id in visited
    edges = tab.drawing.locator(f'.edge[data-edge^="{screen.point.id}--"]')
    assert set(edges.locator(".label").all_text_contents()) == {"?"}
    commit(tab, wrong(screen))
    expect(tab.node(node)).to_have_class(re.compile("visited"))
    expect(tab.node(node)).to_be_in_viewport()
    assert "?" not in edges.locator(".label").all_text_contents()


def test_box_tells_its_rule_only_when_the_patient_has_passed(open_tab):
    tab = open_tab(link(CASE, 7))
    box = tab.page.locator(".st-key-cases_say .detail")
    tab.open_box(screens(CASE)[6].point.id)
    expect(box).to_contain_text("when the patient has come here")
    expect(box).to_be_in_viewport()
    tab.open_box(screens(CASE)[5].point.id)
    expect(box.get_by_role("heading", name="Answers, and where each leads")).to_be_attached()
    with tab.rerun():
        box.get_by_role("button", name="Close").click()
    expect(box).to_have_count(0)


def test_link_opens_the_same_case_step_and_order_in_a_fresh_browser_and_back_goes_to_the_earlier_step(open_tab):
    tab = open_tab(link(CASE, 2))
    first, second = screens(CASE)[1:3]
    commit(tab, right(first))
    onward(tab)
    address = tab.page.url
    assert parse_qs(urlsplit(address).query) == {"case": [CASE], "step": ["3"], "seed": [str(SEED)]}
    other = open_tab(address.removeprefix(tab.base))
    asked = next(one for one in questions(second.lesson, second.step, SEED) if one.id == second.point.id)
    order = [one.text for one in asked.options]
    for one in (tab, other):
        expect(heading(one)).to_have_text(second.point.title)
        expect(one.page.locator(".options .option")).to_have_text(order)
    tab.page.go_back()
    expect(heading(tab)).to_contain_text("Right")
    expect(tab.page.locator(".decision .eyebrow")).to_contain_text("Decision 2 of 8")
    tab.page.go_forward()
    expect(heading(tab)).to_have_text(second.point.title)


@pytest.mark.parametrize(("path", "said"), [("/cases?case=nobody", "case"), (link(CASE, 99), "step"),
                                            (link(CASE, 1, 99999), "seed")])
def test_address_that_names_nothing_is_answered_with_a_sentence_and_the_list(open_tab, path, said):
    tab = open_tab(path)
    expect(tab.page.get_by_role("status").filter(has_text=NOT_HERE[said])).to_be_visible()
    expect(tab.page.locator("[data-press^='case:']")).to_have_count(len(project_lessons()))


def test_wrong_answer_can_be_followed_to_where_it_leads_and_back(open_tab):
    tab = open_tab(link(CASE, 7))
    screen = screens(CASE)[6]
    boxes = screen.point.answers.values()
    other = next(one for one in screen.options() if one.id != right(screen) and one.text in boxes)
    commit(tab, other.id, 3)
    expect(heading(tab)).to_contain_text("Not right")
    press(tab, "See where this would lead")
    expect(heading(tab)).to_have_text(f"Where “{other.text}” would lead")
    expect(heading(tab)).to_be_focused()
    ask = tab.page.locator(".st-key-cases_ask")
    for title in ("It would add", "It would leave out", "What would make it right"):
        expect(ask.get_by_role("heading", name=title)).to_be_visible()
    node = next(key for key, words in screen.point.answers.items() if words == other.text)
    expect(tab.node(node)).to_have_class(re.compile("visited"))
    press(tab, "Back to the answer")
    expect(heading(tab)).to_contain_text("Not right")
    expect(tab.node(node)).not_to_have_class(re.compile("visited"))


def test_answers_reach_no_store_no_other_host_and_no_address(open_tab):
    tab = open_tab(link(SHORT))
    local = [json.loads(tab.page.evaluate(STORED))[0]]
    run(tab, SHORT, 1)
    stored = tab.page.evaluate(STORED)
    local.append(json.loads(stored)[0])
    assert local[0] == local[1] and "PALLR" not in stored + " ".join(tab.addresses)
    for url in [*tab.addresses, tab.page.url]:
        assert set(parse_qs(urlsplit(url).query)) <= {"case", "step", "seed"}
    assert tab.foreign() == []


def test_result_code_is_copied_makes_the_instructors_table_and_replays_what_was_missed(open_tab):
    tab = run(open_tab("/cases", **CLIPBOARD), CASE, 2, 6)
    expect(heading(tab)).to_have_text("The end: 6 of 8 decisions right")
    press(tab, "Copy result code")
    expect(tab.page.locator('.share [role="status"]')).to_have_text("Result code copied.")
    code = tab.page.evaluate("navigator.clipboard.readText()")
    assert len(code) <= 200 and decode(code, project_lessons()).result.seed == SEED
    other = run(open_tab("/cases"), CASE, 6, seed=SEED + 1)
    second = other.page.locator(".code").inner_text()
    press(other, "All cases")
    other.page.locator("summary", has_text="For instructors").click()
    other.page.locator("#paste-table").fill(f"{code}\nnot a code\n{second}")
    press(other, "Show the table")
    group = other.page.get_by_role("region", name="What the group chose")
    expect(group).to_contain_text("Code 2: This is no result code")
    expect(group).to_contain_text(f"2 codes. They first part at: {screens(CASE)[2].point.title}")
    expect(group.locator("tbody tr")).to_have_count(8)
    assert other.page.locator("#paste-table").input_value().startswith("PALLR1")      # to mend what was not read
    assert "PALLR" not in other.page.url
    other.page.locator("summary", has_text="Try again later").click()
    other.page.locator("#paste-replay").fill(code)
    with other.rerun():
        other.page.get_by_role("button", name="Try again", exact=True).click()
    expect(other.page.locator(".decision .eyebrow")).to_contain_text("Decision 1 of 2")
    assert "?" not in other.page.url
    wanted = {screens(CASE)[number].point.title: screens(CASE)[number] for number in (2, 6)}
    for _ in range(2):
        commit(other, right(wanted.pop(heading(other).inner_text())))
        onward(other)
    expect(heading(other)).to_have_text("The end: 2 of 2 decisions right")


def test_patient_made_by_chance_is_the_same_by_its_number(open_tab):
    tab = open_tab("/cases")
    tab.page.locator("summary", has_text="Free practice").click()
    tab.page.get_by_label("Page of the guideline").select_option("pedall_9")
    tab.page.get_by_label("Kind of patient").select_option("missing")
    tab.page.get_by_label("Number, if you want").fill("42")
    press(tab, "Make a patient")
    expect(tab.page.locator(".patient h2")).to_contain_text("no. 42")
    known = tab.page.locator(".patient .known").first.inner_text()
    other = open_tab(tab.page.url.removeprefix(tab.base))
    assert other.page.locator(".patient .known").first.inner_text() == known


def test_cases_leave_the_entered_patient_alone(open_tab):
    tab = open_tab("/walk")
    tab.answer("situation", "front_line")
    tab.answer("age_at_diagnosis_years", "7.77 years")
    tab.turn_to("Cases", "Cases to decide")
    press(tab, lesson(SHORT).title)
    assert "7.77" not in readable(tab.page.evaluate(EVERYTHING))
    tab.turn_to("Walk", "Walk one child")
    expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("7.77")


def test_worked_example_is_shown_one_press_at_a_time(open_tab):
    tab = open_tab(link("worked_relapse"))
    for screen in screens("worked_relapse"):
        v = solution(screen.lesson, screen.step, screen.point.id)
        expect(heading(tab)).to_contain_text(v.answer_text)
        assert not tab.page.locator(".option").count()
        onward(tab)
    expect(heading(tab)).to_have_text("The end of the example")


def test_trials_are_one_press_away_and_back_returns_to_the_decision(open_tab):
    tab = open_tab(link(CASE, 7))
    commit(tab, right(screens(CASE)[6]))
    tab.page.locator("summary", has_text="Studies that bear").click()
    with tab.rerun():
        tab.page.locator(".bearing .goto").first.click()
    expect(tab.page.locator("h1")).to_have_text("Trials in the text")
    tab.page.go_back()
    expect(heading(tab)).to_contain_text("Right")


def test_on_a_phone_nothing_scrolls_sideways_and_the_drawing_is_one_press_away(open_tab):
    for path, width in (("/cases", 320), (link(CASE, 7), 320), (link(CASE, 7), 390)):
        tab = open_tab(path, width=width, height=844)
        assert tab.page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    expect(tab.page.locator(".st-key-cases_list")).to_be_visible()
    expect(tab.drawing).to_be_hidden()
    tab.page.get_by_role("button", name="Drawing", exact=True).click()
    expect(tab.node(screens(CASE)[6].point.id)).to_be_in_viewport()
    tab.page.get_by_role("button", name="List", exact=True).click()
    commit(tab, wrong(screens(CASE)[6]))
    expect(heading(tab)).to_be_in_viewport()
    assert tab.page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_list_question_answer_and_end_break_no_rule_of_axe(open_tab, scheme, width):
    tab = open_tab("/cases", width=width, scheme=scheme)
    for title in ("Free practice", "Try again later", "For instructors"):
        tab.page.locator("summary", has_text=title).click()
    found = violations(tab, ("list", width))
    tab.go(link(SHORT))
    found += violations(tab, ("question", width))
    commit(tab, wrong(screens(SHORT)[0]))
    found += violations(tab, ("answer", width))
    press(tab, "See where this would lead")
    found += violations(tab, ("turn", width))
    press(tab, "Back to the answer")
    onward(tab)
    for screen in screens(SHORT)[1:]:
        commit(tab, right(screen))
        onward(tab)
    found += violations(tab, ("end", width))
    assert found == []
