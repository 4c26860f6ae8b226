"""What a person may get wrong: a sentence at the field, no answer; and what changing an answer takes back."""
from __future__ import annotations

import pytest
from children import STANDARD_RISK
from hands import route_of
from playwright.sync_api import expect

START = {"situation": "front_line", "lineage": "B-ALL", "all_established_by_pathology": "present"}

# Where a field's section stands in the form.
PLACE = """(key) => { for (const host of document.querySelectorAll('*')) {
  const section = host.shadowRoot?.querySelector(`.field[data-key="${key}"]`)?.closest('section');
  if (section) return [...section.parentElement.children].indexOf(section);
} }"""


def begin(open_tab, answers=START):
    """A child on the way, at age 4."""
    tab = open_tab("/walk")
    for key, value in (answers | {"age_at_diagnosis_years": "4 years"}).items():
        tab.answer(key, value)
    return tab


def no_answer(tab, heading):
    """The panel gives no answer and nothing of it is left."""
    expect(tab.page.locator(".where h2")).to_have_text(heading)
    expect(tab.page.locator("h3", has_text="What the guideline says here")).to_have_count(0)
    expect(tab.drawing.locator('g.node[aria-current="step"]')).to_have_count(0)


@pytest.mark.parametrize(("entry", "sentence"), [
    ("2000 x10^9/L", "1,500"), ("abc x10^9/L", "Please write digits"), ("-5 x10^9/L", "Please write digits")])
def test_invalid_entry_is_named_at_its_field_and_nothing_is_answered(open_tab, entry, sentence):
    tab = begin(open_tab)
    tab.answer("wbc_10e9_per_l", entry)
    expect(tab.note("wbc_10e9_per_l")).to_contain_text(sentence)
    if sentence == "1,500":
        no_answer(tab, "One entry cannot be read")
    expect(tab.field("age_at_diagnosis_years").locator("input[type=text]")).to_have_value("4")


def test_implausible_entry_asks_and_goes_on_when_confirmed(open_tab):
    tab = begin(open_tab)
    tab.answer("wbc_10e9_per_l", "500 /uL")
    expect(tab.note("wbc_10e9_per_l")).to_contain_class("ask")
    no_answer(tab, "One entry is unusual and needs your confirmation")
    with tab.rerun():
        tab.note("wbc_10e9_per_l").get_by_role("button", name="500").first.click()
    expect(tab.page.locator(".where .eyebrow")).to_have_text("You are at")


def test_number_with_two_meanings_is_asked_and_never_guessed(open_tab):
    tab = begin(open_tab)
    tab.answer("wbc_10e9_per_l", "50.000 /uL")
    expect(tab.note("wbc_10e9_per_l")).to_contain_text("50,000")
    with tab.rerun():
        tab.note("wbc_10e9_per_l").get_by_role("button", name="50,000").click()
    expect(tab.note("wbc_10e9_per_l")).to_contain_text("50 x10^9/L")
    tab.expect_drawn(route_of(START | {"age_at_diagnosis_years": "4 years", "wbc_10e9_per_l": "50000 /uL"}), "PEDALL-2")


def test_number_without_its_unit_is_not_read(open_tab):
    tab = begin(open_tab)
    tab.answer("wbc_10e9_per_l", "50")
    expect(tab.note("wbc_10e9_per_l")).to_contain_text("In which unit?")
    tab.expect_drawn(route_of(START | {"age_at_diagnosis_years": "4 years"}), "PEDALL-2")


def test_contradiction_is_named_at_the_field_and_nothing_is_answered(open_tab):
    tab = begin(open_tab, START | {"sex": "female"})
    tab.answer("testicular_disease", "present")
    no_answer(tab, "Two entries cannot both be true")
    expect(tab.page.locator(".where")).to_contain_text("Testicular disease is entered for a girl.")
    for key in ("sex", "testicular_disease"):
        expect(tab.note(key)).to_contain_text("Testicular disease is entered for a girl.")


@pytest.mark.parametrize(("key", "value", "reason"), [
    ("age_at_diagnosis_years", "31 years", "up to age 30"), ("lineage", "mature B-ALL", "not covered")])
def test_out_of_scope_gives_the_reason_and_highlights_nothing(open_tab, key, value, reason):
    tab = begin(open_tab)
    tab.answer(key, value)
    no_answer(tab, "Outside this guideline")
    expect(tab.page.locator(".where")).to_contain_text(reason)
    expect(tab.drawing.locator("g.node:is(.visited, .offered)")).to_have_count(0)


def test_changing_the_lineage_takes_back_what_leaned_on_it(open_tab):
    answers = dict(list(STANDARD_RISK.answers.items())[:5]) | {"bcr_abl1": "absent", "remission_after_induction": "CR"}
    tab = open_tab("/walk")
    for key, value in answers.items():
        tab.answer(key, value)
    bar = tab.page.locator(".page-bar")
    expect(bar.locator('button[data-press="PEDALL-4"]')).to_have_count(1)
    tab.answer("lineage", "T-ALL")
    expect(bar.locator('button[data-press="PEDALL-6"]')).to_have_count(1)
    for gone in ("PEDALL-3", "PEDALL-4", "PEDALL-5"):
        expect(bar.locator(f'button[data-press="{gone}"]')).to_have_count(0)
    route = route_of(answers | {"lineage": "T-ALL"})
    tab.turn_drawing("PEDALL-2")
    tab.expect_drawn(route, "PEDALL-2")
    expect(tab.node("to_pedall_3")).to_contain_class("excluded")
    tab.turn_drawing("PEDALL-6")
    tab.expect_drawn(route, "PEDALL-6")
    steps = tab.unfold("why")
    expect(steps.get_by_text("PEDALL-6").first).to_be_visible()
    expect(steps.get_by_text("PEDALL-4")).to_have_count(0)


def test_later_result_moves_what_was_reached_forward_and_the_person_is_told(open_tab):
    tab = open_tab("/walk")
    for key, value in {"situation": "front_line", "reached": "day_8", "remission_after_induction": "CR"}.items():
        tab.answer(key, value)
    expect(tab.note("reached")).to_contain_text("read as reached end of induction")


def test_what_is_being_typed_stays_when_the_form_puts_its_questions_in_another_order(open_tab):
    tab = open_tab("/walk")
    typed = tab.page.locator('.field[data-key="age_now_years"] input[type=text]')
    typed.press_sequentially("6")
    place = tab.page.evaluate(PLACE, "age_now_years")
    tab.page.locator('.field[data-key="situation"] select').evaluate(      # as a slow answer would change the form
        "(one) => { one.value = 'first_relapse'; one.dispatchEvent(new Event('change')); }")
    expect(tab.page.locator('.field[data-key="response_after_reinduction"]')).to_be_visible()
    assert tab.page.evaluate(PLACE, "age_now_years") != place
    expect(typed).to_be_focused()
    tab.page.keyboard.type("1")
    tab.page.keyboard.press("Enter")
    expect(typed).to_have_value("61")
    expect(tab.page.locator("#note-age_now_years")).not_to_be_empty()
