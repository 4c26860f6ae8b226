"""Ask the walk: why a box is not on the way, what to find out next, what would change it, schemes as pictures."""
from __future__ import annotations

import re

import pytest
from hands import route_of
from playwright.sync_api import expect
from test_axe import violations

from pages.ui.schemes import ORDER
from pathways.load import guideline
from pathways.questions import next_questions, possible_ends
from pathways.side_by_side import maps
from pathways.why import why_not

NEAR = {"situation": "front_line", "age_at_diagnosis_years": "4 years", "wbc_10e9_per_l": "48 x10^9/L",
        "lineage": "B-ALL"}
GREYED = "t_subtypes"
MOST = 8                                       # interactions to a provisional risk group


def answered(tab, answers):
    """Answer every question; the walk they come to."""
    for key, value in answers.items():
        tab.answer(key, value)
    return route_of(answers)


def look_at_why_not(tab, route, node):
    """The lines under the box: decision, rule, what was entered, page and source."""
    lines = why_not(route, node)
    shown = tab.page.locator(".here-not .why-not > li")
    assert lines
    expect(shown).to_have_count(len(lines))
    for line, item in zip(lines, shown.all(), strict=True):
        expect(item.locator("button.goto")).to_have_text(guideline().nodes[line.decision].title)
        expect(item).to_contain_text(line.rule[1:])
        expect(item.locator("details.source")).to_have_count(1)
    return shown


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
@pytest.mark.parametrize("view", ["drawing", "list"])
def test_greyed_box_says_why_not_in(open_tab, view, hand):
    tab = open_tab("/walk")
    route = answered(tab, NEAR)
    assert route.states[GREYED] == "excluded"
    if view == "list":
        tab.page.locator('button[data-view="list"]').click()
        box = tab.page.locator(f'.list button.item[data-node="{GREYED}"]')
    else:
        tab.page.get_by_role("button", name="Whole page").click()
        box = tab.node(GREYED)
    with tab.rerun():
        if hand == "mouse":
            box.click()
        else:
            box.focus()
            tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".here-not")).to_contain_text("Not on this child's way.")
    shown = look_at_why_not(tab, route, GREYED)
    expect(shown.first).to_contain_text("Entered: Lineage: B-ALL")
    source = shown.first.locator("details.source summary")
    if hand == "mouse":
        source.click()
    else:
        source.focus()
        tab.page.keyboard.press("Enter")
    expect(shown.first.locator("details.source")).to_contain_text("text lines")
    decision = shown.first.locator("button.goto")
    with tab.rerun():
        if hand == "mouse":
            decision.click()
        else:
            decision.focus()
            tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".detail h2")).to_have_text(guideline().nodes["genetics_by_lineage"].title)


def test_every_greyed_box_of_a_page_says_why_not_on_a_phone(open_tab):
    tab = open_tab("/walk", width=390, height=844)
    tab.page.locator('button[data-view="questions"]').click()
    route = answered(tab, {**NEAR, "all_established_by_pathology": "present", "bcr_abl1": "absent"})
    tab.page.locator('button[data-view="list"]').click()
    tab.page.locator('.page-bar button[data-press="PEDALL-2"]').click()
    greyed = [node for node in guideline().pages["PEDALL-2"].nodes if route.states[node] == "excluded"]
    assert len(greyed) > 2
    for node in greyed:
        with tab.rerun():
            tab.page.locator(f'.list button.item[data-node="{node}"]').click()
        look_at_why_not(tab, route, node)


def test_page_before_the_present_situation_and_a_case_out_of_scope_say_so(open_tab):
    tab = open_tab("/walk")
    answered(tab, {"situation": "first_relapse"})
    tab.turn_drawing("SITUATION")
    tab.open_box("age_at_diagnosis_gate")
    expect(tab.page.locator(".here-not .why-not")).to_contain_text("Entered: Situation: First relapse")
    tab.answer("situation", "front_line")
    tab.answer("age_at_diagnosis_years", "31 years")
    expect(tab.page.locator(".here-not")).to_contain_text("No way is drawn.")


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_next_question_leads_to_its_field(open_tab, hand):
    tab = open_tab("/walk")
    route = answered(tab, {key: NEAR[key] for key in ("situation", "age_at_diagnosis_years")})
    ranked = [question for question in next_questions(route) if not question.later]
    first, second = ranked[:2]
    buttons = tab.page.locator(".needs button")
    expect(buttons.first).to_contain_text(f"at most {first.worst} of {first.now} ends would remain")
    expect(tab.page.locator(".asked")).to_contain_text(f"{first.now} ends still possible")
    assert tab.page.locator(".asked [data-focus]").evaluate_all("(all) => all.map((b) => b.dataset.focus)"
                                                                ) == [question.fact for question in ranked[:8]]
    for question in (first, second):
        button = tab.page.locator(f'.needs button[data-focus="{question.fact}"]')
        if hand == "mouse":
            button.click()
        else:
            button.focus()
            tab.page.keyboard.press("Enter")
        tab.until(f"({ACTIVE_FIELD})() === '{question.fact}'")


ACTIVE_FIELD = """() => {
  let e = document.activeElement;
  while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  return e?.closest?.('.field')?.dataset.key;
}"""


def test_what_cannot_be_known_yet_stands_under_later(open_tab):
    tab = open_tab("/walk")
    route = answered(tab, {**NEAR, "reached": "presentation"})
    later = [guideline().facts[question.fact].label for question in next_questions(route) if question.later]
    assert "Remission after induction" in later
    said = tab.page.locator(".asked p", has_text=re.compile("^Later: "))
    for label in later:
        expect(said).to_contain_text(label[1:])
        expect(tab.page.locator(".needs button", has_text=label)).to_have_count(0)


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_folds_tell_the_ends_and_what_would_change_the_answer(open_tab, hand):
    tab = open_tab("/walk")
    route = answered(tab, NEAR)

    def unfold(name):
        fold = tab.page.locator(f'details.fold[data-late="{name}"]')
        assert fold.locator("> div").inner_html() == ""                    # nothing is worked out before
        with tab.rerun():
            if hand == "mouse":
                fold.locator("> summary").click()
            else:
                fold.locator("> summary").focus()
                tab.page.keyboard.press("Enter")
        expect(fold).to_have_attribute("open", "")
        return tab.page.locator(f'details.fold[data-late="{name}"]')

    ends = unfold("ends")
    expect(ends.locator("summary")).to_have_text(f"Ends still possible ({len(possible_ends(route))})")
    expect(ends.locator(".steps > li")).to_have_count(len(possible_ends(route)))
    expect(ends.locator(".steps > li").first).to_contain_text("could rule it out")
    changes = unfold("changes")
    rows = changes.locator(".changes").first.locator("> li")
    expect(rows).to_have_count(5)
    expect(rows.first.locator(".to")).to_have_text("WBC at diagnosis 48 is 2 below the limit of 50 ×10⁹/L")
    expect(rows.first).to_contain_text("At exactly 50 ×10⁹/L: ")
    expect(rows.first).to_contain_text("NCI 1993 becomes high")
    more = unfold("all_changes")
    expect(more.locator(".changes > li").first).to_be_visible()
    if hand == "keyboard":
        assert tab.active()["text"].startswith("All ")


# A press, a number confirmed with Enter, a choice from a list.
COUNT_HANDS = """() => {
  window.hands = 0;
  const count = (counts) => (event) => { if (counts(event)) window.hands += 1; };
  document.addEventListener('pointerdown', count(() => true), true);
  document.addEventListener('keydown', count((event) => event.key === 'Enter'), true);
  document.addEventListener('input', count((event) => event.composedPath()[0].tagName === 'SELECT'), true);
}"""


def test_provisional_risk_group_takes_at_most_eight_interactions(open_tab):
    tab = open_tab("/walk")
    tab.page.evaluate(COUNT_HANDS)
    answered(tab, NEAR)
    expect(tab.unfold("schemes").locator("dd").first).to_have_text("NCI standard")
    assert len(NEAR) < tab.page.evaluate("window.hands") <= MOST


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_risk_groups_shows_each_scheme_as_a_picture_with_this_child(open_tab, width, scheme):
    tab = open_tab("/risk_groups", width=width, scheme=scheme)
    route = answered(tab, NEAR)
    drawn = {one.scheme: one for one in maps(route)}
    shown = tab.page.locator("svg.map")
    expect(shown).to_have_count(len([name for name in ORDER if name in drawn]))
    names = shown.evaluate_all("(all) => all.map((svg) => svg.getAttribute('aria-label'))")
    assert shown.first.get_attribute("role") == "img"
    assert all(len(name.split()) <= 60 for name in names)
    assert names[0] == "NCI 1993 by age and WBC. This child: Standard. Areas: Standard; High."
    expect(shown.first.locator("circle.child")).to_have_count(1)
    expect(shown.first.locator("text.name")).to_have_text(["standard", "high"])
    expect(tab.page.locator(".swatches").first.locator("li")).to_have_text(["Standard", "High"])
    expect(tab.page.locator(".map-figure").first).to_contain_text("1 and 10 years count with the older")
    expect(tab.page.locator(".map-figure").first).to_contain_text("WBC 50 ×10⁹/L counts with the higher")
    box = shown.first.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] >= 240
    tab.unfold("map-nci")
    table = tab.page.locator('details[data-keep="map-nci"] table')
    expect(table.locator("thead th")).to_have_text(["WBC, x10^9/L, by age in years", "under 1", "1 to under 10",
                                                    "10 or more"])
    expect(table.locator("tbody tr").last).to_have_text(re.compile("under 50.*High.*Standard.*High"))


def test_point_lies_in_the_area_of_its_group_and_one_known_fact_is_a_line(open_tab):
    tab = open_tab("/risk_groups")
    answered(tab, {"situation": "front_line", "age_at_diagnosis_years": "4 years"})
    first = tab.page.locator("svg.map").first
    expect(first.locator("circle.child")).to_have_count(0)
    expect(first.locator("path.child-line")).to_have_count(1)
    expect(tab.page.locator(".lead")).to_contain_text("The line in each picture is this child: age is known.")
    answered(tab, {"lineage": "B-ALL", "wbc_10e9_per_l": "48 x10^9/L"})
    inside = """(svg) => { const at = svg.querySelector('circle.child');
      const point = new DOMPoint(Number(at.getAttribute('cx')), Number(at.getAttribute('cy')));
      return [...svg.querySelectorAll('path.area')].map((area) => area.isPointInFill(point)); }"""
    expect(first.locator("circle.child")).to_have_count(1)
    assert first.evaluate(inside) == [True, False]                        # standard, high
    tab.answer("wbc_10e9_per_l", "52 x10^9/L")
    expect(first).to_have_attribute("aria-label", re.compile("This child: High"))
    assert first.evaluate(inside) == [False, True]


def test_risk_groups_tells_where_the_schemes_part_and_on_which_fact(open_tab):
    tab = open_tab("/risk_groups")
    answered(tab, NEAR)
    row = tab.page.locator("table.parting tbody tr").first
    expect(row.locator("th")).to_contain_text("WBC at diagnosis")
    expect(row.locator("td").first).to_contain_text("NCI 1993; COG, B-ALL, initial")
    expect(row.locator("td").first).not_to_contain_text("St. Jude")
    expect(tab.page.locator(".lead")).to_contain_text("the schemes part on WBC at diagnosis")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_what_is_asked_breaks_no_rule_of_axe(open_tab, width, scheme):
    tab = open_tab("/walk", width=width, scheme=scheme)
    if width < 900:
        tab.page.locator('button[data-view="questions"]').click()
    answered(tab, {**NEAR, "reached": "presentation"})
    if width < 900:
        tab.page.locator('button[data-view="answer"]').click()
    for name in ("ends", "changes", "all_changes"):
        tab.unfold(name)
    found = violations(tab, ("walk", width))
    if width < 900:
        tab.page.locator('button[data-view="list"]').click()
        with tab.rerun():
            tab.page.locator(f'.list button.item[data-node="{GREYED}"]').click()
    else:
        tab.open_box(GREYED)
    expect(tab.page.locator(".here-not .why-not")).to_be_visible()
    found += violations(tab, ("why not", width))
    tab.turn_to("Risk groups", "Risk groups side by side")
    for name in ("map-nci", "more-partings"):
        tab.unfold(name)
    assert found + violations(tab, ("risk groups", width)) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
