"""Therapy: every agent of the text, approvals as stated, transplant by situation, the example calendar; no dose."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from content.care import Agent
from content.load import knowledge
from content.model import Later, Shown
from pages.ui import surveillance, therapy, therapy_care
from pathways.load import guideline

ROOT = Path(__file__).parent.parent
DOSE = re.compile(r"\d\s*mg\b|\bmcg\b|µg|microgram|/m2|m²|\bmg/", re.IGNORECASE)
ORDERS = re.compile(r"(?:^|[.:;!?]\s+)(give|administer|start|prescribe|infuse|inject|treat)\b", re.IGNORECASE)
# Typed from the text: agents it names that no list may lose (lines 486 to 615, 755 to 1099, 1361 to 1567).
NAMED = {
    "vincristine", "anthracycline", "cyclophosphamide", "cytarabine", "methotrexate", "mercaptopurine", "thioguanine",
    "etoposide", "idarubicin", "mitoxantrone", "clofarabine", "fludarabine", "nelarabine", "prednisone",
    "dexamethasone", "asparaginase", "pegaspargase", "erwinia_asparaginase", "calaspargase_pegol", "tki", "imatinib",
    "dasatinib", "jak_inhibitors", "ruxolitinib", "lestaurtinib", "bortezomib", "blinatumomab", "inotuzumab",
    "rituximab", "epratuzumab", "moxetumomab", "tisagenlecleucel", "car_t", "hsct", "radiation",
    "testicular_irradiation", "total_body_irradiation", "tocilizumab", "leucovorin", "g_csf",
}
# Typed from the text: agent, what is printed of its approvals.
APPROVED = [
    ("blinatumomab", ["March 2018", "≥0.1%", "July 2017"]), ("inotuzumab", ["August 2017"]),
    ("tisagenlecleucel", ["August 2017", "up to age 25 years", "aged <26 years", "July 2017"]),
    ("clofarabine", ["aged 1 to 21 years", "at least 2 previous regimens"]),
    ("nelarabine", ["at least 2 chemotherapy regimens"]),
]
# Typed from the text: where it speaks of transplant, and how strongly; None where it only describes.
TRANSPLANT = {
    "b_hsct_every_case": "consider", "b_hsct_criteria": None, "b_hsct_hypodiploid": None,
    "ph_hsct_alternative": "consider", "ph_hsct_recommended": "recommended", "ph_tki_after_hsct": "consider",
    "ph_hsct_not_required": None, "t_hsct_cr1": "consider", "t_mrd_before_hsct": "recommended",
    "t_hsct_contemporary": None, "infant_hsct_every_case": "consider", "infant_standard_hsct_unclear": None,
    "infant_high_hsct_consider": "consider", "infant_hsct_evidence": None, "infant_no_tbi": "preferred",
    "infant_six_months": "preferred", "b_early_hsct_only": None, "b_relapse_astct_recommends": None,
    "b_relapse_hsct_by_risk": "option", "b_relapse_hsct_follows": None, "t_relapse_consolidation_hsct": "should",
    "t_relapse_hsct_curative": None, "further_hsct_after_response": "may",
}


def everything() -> str:
    months = "".join(surveillance.calendar(month) for month in range(surveillance.LAST + 1))
    return "".join([therapy.phases(), therapy.agents(None), therapy_care.extramedullary(), therapy_care.transplant(),
                    therapy_care.thiopurines(), surveillance.said(), surveillance.head(), months])


def test_no_dose_stands_anywhere_on_the_page():
    said = everything()
    assert "Inotuzumab" in said and all(DOSE.search(words) for words in ("15 mg/m2/day", "5 micrograms", "m²"))
    assert not DOSE.search(re.sub(r"<[^>]+>", " ", said))


def test_no_sentence_of_agents_and_phases_is_an_order():
    known = knowledge()
    said = [part.say for agent in known.agents.values() for part in (*agent.roles, *agent.caveats)]
    said += [agent.what for agent in known.agents.values()]
    said += [words for phase in known.phases.values() for words in (phase.aim, phase.what)]
    assert len(said) > 100
    assert [words for words in said if ORDERS.search(words)] == []


def test_every_agent_that_the_text_names_has_its_entry():
    assert set(knowledge().agents) == NAMED
    assert set(knowledge().vocabulary["agents"]) <= NAMED


def test_every_agent_is_shown_once_and_belongs_to_a_family():
    said = therapy.agents(None)
    assert sorted(re.findall(r'data-agent="(\w+)"', said)) == sorted(NAMED)


@pytest.mark.parametrize(("agent", "printed"), APPROVED)
def test_approvals_are_those_of_the_text(agent, printed):
    figures = therapy.at(knowledge())
    found = [therapy.printed(figures[name]) for one in knowledge().agents[agent].approvals for name in one.figures]
    assert found == printed
    card = therapy._card(agent)
    assert all(words.replace("<", "&lt;") in card for words in printed)


def test_only_these_agents_have_an_approval_in_the_text():
    assert {key for key, agent in knowledge().agents.items() if agent.approvals} == {name for name, _ in APPROVED}


def test_every_approval_figure_is_shown_with_an_agent():
    used = {name for agent in knowledge().agents.values() for one in agent.approvals for name in one.figures}
    every = {f"approvals.{figure.id}" for figure in knowledge().facts["approvals"].figures}
    assert every - used == {"approvals.nelarabine_regimens_front_line_section"}, "the same limit, printed twice"


def test_maintenance_methotrexate_is_weekly():
    said = " ".join(role.say for role in knowledge().agents["methotrexate"].roles if role.when == "maintenance")
    assert "once a week" in said and "never daily" in said


def test_phases_carry_what_is_printed_of_their_length():
    said = therapy.phases()
    assert all(words in said for words in ("4 to 6 cycles", "up to 8 months", "2 to 3 years", "4-drug", "3-drug"))
    assert [phase.id for phase in knowledge().phases.values() if not phase.during] == [
        "induction", "consolidation", "maintenance"]
    assert knowledge().phases["cns"].during == ["induction", "consolidation", "maintenance"]
    assert "--first: 1; --last: 4" in said and "--first: 2; --last: 4" in said


# from the boxes
def test_transplant_shows_every_place_with_its_strength():
    shown = {s.id: s.strength for some in therapy_care.transplant_nodes(guideline()).values() for s in some}
    assert shown == TRANSPLANT


def test_nothing_said_of_transplant_is_left_out():
    g = guideline()
    shown = {s.id for some in therapy_care.transplant_nodes(g).values() for s in some}
    speaks = {s.id for node in g.nodes.values() for s in node.statements if re.search("HSCT|transplant", s.say)}
    assert {name for name in speaks - shown if not re.search("blinatumomab|tisagenlecleucel|inotuzumab", name)} == {
        "phases"}


def test_transplant_names_page_strength_category_and_source():
    said = therapy_care.transplant()
    assert said.count("data-keep=\"hsct-") == 7
    assert all(page in said for page in ("PEDALL-4", "PEDALL-5", "PEDALL-6", "PEDALL-7", "PEDALL-9", "PEDALL-10"))
    assert "category 2A" in said and "printed page 87" in said and "A-22" in said
    assert "category None" not in said


def test_thiopurine_testing_shows_both_strengths_and_no_dose():
    said = therapy_care.thiopurines()
    assert ">consider<" in said and ">recommended<" in said and "A-06" in said
    assert "5%–10%" in said and therapy_care.NO_DOSES in said


def test_cns_and_testes_come_from_their_boxes():
    said = therapy_care.extramedullary()
    g = guideline()
    for name in ("cns_prophylaxis", "testicular_radiation"):
        assert f'data-press="node:{name}"' in said
        # terms of the glossary are marked inside the sentences
        plain = re.sub(r"<[^>]+>", "", said)
        assert all(s.say.replace("'", "&#x27;") in plain for s in g.nodes[name].statements)


# later results
def later(title: str, nodes: tuple[str, ...] = (), **more: object) -> Later:
    fields = {"id": "made_up", "title": title, "finding": "Longer survival.", "published": "2024", "citation": "X",
              "lines": [[700, 700]], "shown": Shown(nodes=list(nodes))}
    return Later.model_validate(fields | more)


def test_later_results_stand_with_the_agent_they_name_at_its_boxes():
    agent = knowledge().agents["blinatumomab"]
    about = later("Approved", ("t_treatment",), topics=["blinatumomab in children"])
    here = later("A trial", ("b_blinatumomab",), finding="Better with blinatumomab.")
    elsewhere = later("A trial", ("t_treatment",), finding="Unlike blinatumomab.")
    other = later("Nelarabine approved", ("b_blinatumomab",))
    assert therapy.concerning([about, here, elsewhere, other], agent) == [about, here]


def test_later_approvals_stand_with_their_agents():
    found = {key: {entry.id for entry in therapy.concerning(knowledge().later.values(), agent)}
             for key, agent in knowledge().agents.items()}
    assert "fda_ino_ped_2024" in found["inotuzumab"] and "aall1731_2024" in found["blinatumomab"]
    assert "fda_blina_2024" in found["blinatumomab"] and "aall0434_final" in found["nelarabine"]
    first = therapy.concerning(knowledge().later.values(), knowledge().agents["blinatumomab"])[:therapy.SHOWN]
    assert [entry.id for entry in first] == ["fda_blina_2024", "fda_blina_mrd_full_2023"]
    assert not found["vincristine"] & found["inotuzumab"]


def test_later_results_are_flags_at_the_agent_where_there_are_some():
    found = {key: therapy.concerning(knowledge().later.values(), agent) for key, agent in knowledge().agents.items()}
    for key, entries in found.items():
        card = therapy._card(key)
        assert all(f'data-flag="{entry.id}"' in card for entry in entries)
        assert bool(entries) == ("Changed since 2020" in card)


def test_doses_of_later_results_are_left_out():
    entry = later("Dasatinib against imatinib", finding="It won at 80 mg/m2/day. The study stopped early.",
                  figures=["80 mg/m2 against 300 mg/m2", "71% against 49%"])
    shown = therapy.without_doses(entry)
    assert shown.finding == f"The study stopped early. {therapy.WITHHELD}"
    assert shown.figures == ["71% against 49%"]
    plain = later("Dasatinib")
    assert therapy.without_doses(plain) is plain


# the calendar: typed from lines 1620 to 1629, and A-51
@pytest.mark.parametrize(("month", "node", "first", "last"), [
    (0, "surveillance_first_year", 1, 4), (11, "surveillance_first_year", 12, 15),
    (12, "surveillance_second_year", 15, 18), (14, "surveillance_second_year", 17, 20),
    (23, "surveillance_second_year", 26, 29), (24, "surveillance_later", 30, 36), (60, "surveillance_later", 66, 72)])
def test_intervals_hold_by_month(month, node, first, last):
    assert surveillance.year(month).node.id == node
    assert surveillance.following(month) == (first, last)
    assert f"from month {first} to month {last}" in surveillance.calendar(month)


def test_example_visits_follow_the_printed_intervals():
    assert surveillance.visits(False) == (*range(1, 13), 15, 18, 21, 24, 30, 36, 42, 48, 54, 60)
    assert surveillance.visits(True) == (4, 8, 12, 18, 24, 36, 48, 60)


def test_calendar_says_what_it_is_and_where_a_year_turns():
    assert surveillance.NOT_A_SCHEDULE in surveillance.head()
    assert "With month 12, “Second year, every 3 to 6 months” begins" in surveillance.calendar(10)
    assert "” begins" not in surveillance.calendar(14)
    assert "A-51" in surveillance.calendar(12) and "A-49" in surveillance.calendar(12)
    assert "Liver function" in surveillance.calendar(3) and "Liver function" not in surveillance.calendar(14)


def test_calendar_is_a_table_with_every_month_once():
    said = surveillance.calendar(30)
    assert re.findall(r'data-month="(\d+)"', said) == [str(month) for month in range(1, 61)]
    assert re.findall(r'class="chosen" data-month="(\d+)"', said) == ["30"]
    assert said.count('scope="row"') == 5 and said.count('scope="col"') == 13


def test_address_opens_one_agent_again_and_an_unknown_one_is_said():
    opened = therapy.agents("imatinib", 2)
    assert re.findall(r'data-agent="(\w+)" open', opened) == ["imatinib"]
    assert 'data-arrive="imatinib 2"' in opened
    assert 'role="status"' in therapy.agents("nothing") and "nothing" not in therapy.agents("nothing")


def test_an_agent_without_a_family_is_refused():
    whole = knowledge().agents["vincristine"].model_dump(mode="json")
    Agent.model_validate(whole)
    with pytest.raises(ValueError, match="family"):
        Agent.model_validate(whole | {"family": "poison"})


def test_month_of_the_example_changes_the_calendar_and_stays_out_of_the_address():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    app._page_hash = next(key for key, info in app._registered_pages.items() if info["url_pathname"] == "therapy")
    app.run()
    assert app.slider(key="therapy_months").value == surveillance.FIRST_SHOWN
    app.slider(key="therapy_months").set_value(30).run()
    assert not app.exception
    assert not app.query_params
