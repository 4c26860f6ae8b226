"""The Trials page: what narrows the list, what stands on each card, and on Walk whether the child falls inside."""
from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from content import tables
from content.load import knowledge
from content.model import Erratum, Recruited
from pages.ui import box, outcome_panels, outcomes, studies, trial_card, trial_figures, trial_list, trial_words
from pathways.evidence import NO_AGES, evidence
from pathways.facts import read_case
from pathways.load import guideline
from pathways.walk import walk

ROOT = Path(__file__).parent.parent
TRIALS = knowledge().trials
FIELDS = ["Question", "Who", "Years of enrollment", "n", "Arms", "End points", "Results", "Caveats"]
SETTINGS = knowledge().vocabulary["settings"]
P_VALUE = re.compile(r"P ?[=<>.]")


def said(markup: str) -> str:
    """What a person reads of some markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def field(name: str, trial: str) -> str:
    """The markup of one field of a card."""
    part = trial_card.card(trial).split(f'data-field="{name}"')[1]
    return part.split('<div class="row-of')[0]


def rows(trial: str) -> dict[str, str]:
    """Figure id to the markup of its row."""
    found = re.findall(r'<tr role="row" data-figure="(\w+)">(.*?)</tr>', trial_card.card(trial))
    assert len(found) == len(dict(found))
    return dict(found)


def names(word="", **chosen):
    """Ids of the studies that match, in the order shown."""
    return [trial.id for trial in trial_list.matching(knowledge(), word, chosen).trials]


# cards ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("trial", TRIALS)
def test_card_has_the_eight_fields_in_order_and_none_is_empty(trial):
    shown = re.findall(r'data-field="([^"]+)"', trial_card.card(trial))
    assert shown[:8] == FIELDS
    for name in shown:
        assert said(field(name, trial).split("</h3>")[1]), name


@pytest.mark.parametrize("trial", TRIALS)
def test_card_shows_each_figure_as_printed_and_none_of_another_study(trial):
    shown = rows(trial)
    assert sorted(shown) == sorted(figure.id for figure in TRIALS[trial].figures)
    for figure in TRIALS[trial].figures:
        assert f"<q>{html.escape(figure.as_printed)}</q>" in shown[figure.id]


@pytest.mark.parametrize("trial", TRIALS)
def test_p_stands_only_in_the_comparisons_of_the_card(trial):
    card = trial_card.card(trial)
    compared = re.findall(r'<li data-comparison="(\w+)">(.*?)</li>', card)
    assert [name for name, _ in compared] == [comparison.id for comparison in TRIALS[trial].comparisons]
    for (_, shown), comparison in zip(compared, TRIALS[trial].comparisons, strict=True):
        assert ("randomized comparison" in shown) == comparison.randomised
        assert ("not randomized" in shown) != comparison.randomised
        assert ("subgroup" in shown) == comparison.subgroup
        if comparison.as_printed:
            assert f"<q>{html.escape(comparison.as_printed)}</q>" in shown
            assert card.count(f"<q>{html.escape(comparison.as_printed)}</q>") <= len(compared)
    assert not any(P_VALUE.search(said(row)) for row in rows(trial).values())


def test_sides_of_every_comparison_have_different_names():
    for trial in TRIALS.values():
        figures = {figure.id: figure for figure in trial.figures}
        for comparison in trial.comparisons:
            told = trial_figures.names(trial, [figures[name] for name in comparison.between])
            assert len(set(told)) == len(told), (trial.id, comparison.id, told)


@pytest.mark.parametrize("trial", TRIALS)
def test_result_without_an_uncertainty_says_so(trial):
    shown = rows(trial)
    for figure in TRIALS[trial].figures:
        if figure.spread == "none_reported":
            assert "none reported" in shown[figure.id]


def test_subgroups_are_labelled():
    marked = [(figure.subgroup, 'class="sub-group"' in rows(trial.id)[figure.id])
              for trial in TRIALS.values() for figure in trial.figures]
    assert len(marked) > 300 and all(subgroup == mark for subgroup, mark in marked)


def test_every_dose_is_marked_as_studied_and_stands_apart():
    known, seen = knowledge(), 0
    for trial in TRIALS.values():
        for figure in trial.figures:
            shown = said(rows(trial.id)[figure.id])
            marked = trial_figures.NOT_FOR_DOSING in shown
            assert marked == trial_words.is_dose(known, trial, figure), (trial.id, figure.id)
            assert marked or not re.search(r"mg/m|micrograms", shown), (trial.id, figure.id)
            seen += marked
    assert seen >= 9
    assert trial_figures.NOT_FOR_DOSING in said(rows("aall0232")["dexamethasone_days"])


@pytest.mark.parametrize("trial", [trial.id for trial in TRIALS.values() if trial.design.single_arm] + ["eliana"])
def test_single_arm_study_says_that_nothing_is_compared_and_whom_it_counts(trial):
    assert "no comparison group" in said(field("Arms", trial))
    if trial_words.results(knowledge(), TRIALS[trial]):
        assert re.search(r"count those|are counted", said(field("n", trial)))


def test_study_with_two_arms_is_not_called_without_comparison():
    assert "no comparison group" not in said(field("Arms", "aall0232"))


def test_years_are_said_only_where_the_text_a_register_or_a_report_names_them():
    for trial in TRIALS.values():
        years = [figure for figure in trial.figures if figure.unit == "year"]
        shown = said(field("Years of enrollment", trial.id))
        assert all(figure.as_printed in shown for figure in years)
        assert bool(years or trial.recruited) != (trial_card.NOT_STATED in shown)
        assert not re.search(r"\b(19|20)\d\d\b", shown) or years or trial.recruited


YEARS = {  # typed from the sentences in which they were seen, not from the content
    "aall0232": "2004 to 2011", "aall0331": "2005 to 2010", "aall0434": "2007 to 2014", "total_xv": "2000 to 2007",
    "aieop_bfm_all_2000": "2000 to 2006", "arico_ph_positive_hsct": "1995 to 2005", "dfci_05_001_b": "2005 to 2011",
    "dfci_05_001_t": "2005 to 2011", "esphall_2004": "2004 to 2009", "flag_ida": "1999 to 2005",
    "ino_vate": "2012 to 2015", "interfant_99": "1999 to 2005", "interfant_99_hsct": "1999 to 2005",
    "tower": "2014 to 2015", "ukall_r3": "2003 to 2013", "aall0031": "from 2002", "aall0622": "from 2008",
    "aall0631": "from 2008", "aall0932": "from 2010", "aall1131": "from 2012", "aall1521": "from 2016",
    "aall1731": "from 2019", "alcantara": "from 2014", "blast": "from 2010", "blinatumomab_pediatric": "from 2012",
    "ca180_372": "from 2012", "dfci_16_001": "from 2017", "eliana": "from 2015", "kte_c19": "from 2016",
    "nectar": "from 2010", "p9407": "from 1996", "ukall_xii_e2993": "from 1993",
}


def test_years_are_those_typed_from_their_sources():
    assert {trial.id: tables.years(trial) for trial in TRIALS.values() if trial.recruited} == YEARS


@pytest.mark.parametrize("trial", [trial.id for trial in TRIALS.values() if trial.recruited])
def test_years_from_outside_the_text_lead_to_their_source_and_say_that_the_text_has_none(trial):
    found, markup = TRIALS[trial].recruited, field("Years of enrollment", trial)
    assert f'href="{html.escape(found.address)}"' in markup and html.escape(found.source) in markup
    shown = said(markup)
    assert str(found.first) in shown and ("the last year was not found" in shown) == (found.last is None)
    assert ("the text prints no years" in shown) != any(figure.unit == "year" for figure in TRIALS[trial].figures)


def test_year_that_the_text_prints_is_the_last_year_of_the_report():
    printed = {trial.id: figure.value for trial in TRIALS.values() for figure in trial.figures if figure.unit == "year"}
    assert printed == {"esphall_2004": 2009} and TRIALS["esphall_2004"].recruited.last == 2009
    assert "Otherwise not stated" not in said(field("Years of enrollment", "esphall_2004"))


def test_years_stand_beside_every_outcome_in_the_table_and_above_its_panel():
    known = knowledge()
    for trial, figure in ((trial, trial.figures[0]) for trial in TRIALS.values() if trial.figures):
        assert tables.row(known, trial, figure)["years_enrolled"] == YEARS.get(trial.id, "")
        assert trial_words.years_words(trial) == (
            f"enrolled {YEARS[trial.id]}" if trial.recruited else trial_words.NO_YEARS)
    panels = {panel.trial.id: panel for panel in outcome_panels.every()}
    assert "enrolled 2004 to 2011" in said(outcomes.head(known, panels["aall0232"]))
    assert trial_words.NO_YEARS in said(outcomes.head(known, panels["interfant_06"]))


@pytest.mark.parametrize("trial", TRIALS)
def test_card_leads_to_registry_report_and_boxes(trial):
    card, one = trial_card.card(trial), TRIALS[trial]
    for entry in one.registry:
        assert f'href="{html.escape(entry.address)}"' in card and entry.id in said(card)
    for report in one.reports:
        assert not report.doi or f"https://doi.org/{html.escape(report.doi)}" in card
        assert not report.pmid or f"https://pubmed.ncbi.nlm.nih.gov/{report.pmid}/" in card
    assert set(one.bears_on.nodes) <= set(re.findall(r'data-press="node:(\w+)"', card))
    assert set(re.findall(r'data-press="node:(\w+)"', card)) <= set(guideline().nodes)


@pytest.mark.parametrize("trial", TRIALS)
def test_card_is_well_formed_and_starts_no_sentence_with_an_order(trial):
    card = trial_card.card(trial)
    for tag in ("section", "div", "table", "tbody", "tr", "ul", "li", "details", "p", "dl", "small"):
        assert len(re.findall(rf"<{tag}[ >]", card)) == card.count(f"</{tag}>"), tag
    assert not re.search(r"(?:^|[.!?] )(Give|Administer|Start|Prescribe|Infuse|Inject)\b", said(card))


def _erratum(**shown):
    return Erratum(id="made_up", heading="printed_wrongly", about="Patients enrolled", as_printed="2,154",
                   better="2,979", known="visible", severity="material", lines=[665, 665], shown=shown)


@pytest.mark.parametrize("shown", [{"trials": ["aall0232"], "figures": ["aall0232.enrolled"]},
                                   {"figures": ["aall0232.enrolled"]}])
def test_flag_stands_before_the_content_and_marks_the_row_it_names(shown):
    known = knowledge()
    held = type(known)(**{**vars(known), "errata": {"made_up": _erratum(**shown)}, "later": {}})
    card = trial_card.made(held, TRIALS["aall0232"])
    assert card.index('data-flag="made_up"') < card.index('data-field="Question"')
    marked = re.findall(r'data-figure="(\w+)">(?:(?!</tr>).)*see flag above', card)
    assert marked == ["enrolled"]
    assert "see flag above" not in trial_card.made(held, TRIALS["eliana"])


def test_every_figure_that_an_erratum_names_is_marked():
    errata = knowledge().errata.values()
    named = {tuple(name.split(".")) for entry in errata for name in entry.shown.figures if name.split(".")[0] in TRIALS}
    marked = {(trial, figure) for trial in TRIALS for figure, row in rows(trial).items() if "see flag above" in row}
    assert marked == named


def test_what_comes_from_data_is_escaped():
    years = Recruited(first=2004, source="<i>", address="https://<u>")
    trial = TRIALS["eliana"].model_copy(update={"name": "<b>x</b>", "question": "<script>", "caveats": ["<i>"],
                                                "also": ["<u>"], "recruited": years})
    card = trial_card.made(knowledge(), trial)
    assert not re.search(r"<(script|i|u)>|<b>x", card)


# list -----------------------------------------------------------------------------------------------------------------
def test_every_study_stands_once_in_the_list():
    known = knowledge()
    shown = trial_list.html(known, trial_list.matching(known, "", {}), None, None)
    assert sorted(re.findall(r'data-press="open:(\w+)"', shown)) == sorted(TRIALS)


@pytest.mark.parametrize(("word", "first"), [("AALL0232", "aall0232"), ("aall 0232", "aall0232"), ("eliana", "eliana"),
                                             ("interfant 06", "interfant_06"), ("NCT02435849", "eliana"),
                                             ("Arico", "arico_ph_positive_hsct"), ("Total XV", "total_xv")])
def test_search_finds_a_study_by_its_name_or_number(word, first):
    assert names(word)[0] == first


def test_search_finds_agents_and_words_of_the_question():
    assert set(names("nelarabine")) >= {"nelarabine_adult", "nelarabine_pediatric", "aall0434"}
    assert "interfant_06" in names("myeloid-style consolidation")


@pytest.mark.parametrize("key", trial_list.TRAITS)
def test_each_choice_narrows_to_the_studies_that_have_it(key):
    choice = next(choice for choice in trial_list.choices() if choice.key == key)
    assert len(choice.options) > 1
    for value, _ in choice.options:
        found = names(**{key: value})
        assert found and all(value in trial_list.TRAITS[key](TRIALS[name]) for name in found)
        assert sorted(found) == sorted(name for name in TRIALS if value in trial_list.TRAITS[key](TRIALS[name]))


def test_choices_and_search_narrow_together_and_nothing_left_is_said():
    assert names("blinatumomab", ages="adult") and set(names(ages="adult")) >= set(names("blinatumomab", ages="adult"))
    none = trial_list.matching(knowledge(), "", {"setting": "front_line", "agent": "inotuzumab", "page": "PEDALL-9"})
    assert none.trials == () and none.said == "No study matches."
    shown = trial_list.html(knowledge(), none, None, None)
    assert "No study matches" in said(shown) and 'data-press="clear"' in shown


# page -----------------------------------------------------------------------------------------------------------------
def open_page(**query):
    """The page alone, as on a deep link."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    app._page_hash = next(key for key, info in app._registered_pages.items() if info["url_pathname"] == "trials")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return [part.proto.SerializeToString().decode("utf-8", errors="replace") for part in app.get("bidi_component")]


def test_address_opens_a_card():
    shown = " ".join(open_page(trial="eliana"))
    assert "Card of the study" in shown and "NCT02435849" in shown


@pytest.mark.parametrize("name", ["nothing_like_it", "<script>", "../eliana", ""])
def test_address_of_no_study_is_answered_in_a_plain_sentence(name):
    shown = " ".join(open_page(trial=name))
    assert "The address names a study that is not among these" in shown
    assert "Card of the study" not in shown and name not in shown if name else True


def test_page_without_an_address_opens_no_card():
    shown = " ".join(open_page())
    assert "No study open" in shown and "Card of the study" not in shown


# Walk and Pathways ----------------------------------------------------------------------------------------------------
def walked(g, **facts):
    return walk(g, read_case(g.facts, facts))


def test_walk_says_whether_the_child_falls_inside(g):
    child = walked(g, situation="first_relapse", lineage="B-ALL", age_now_years="6 years",
                   age_at_diagnosis_years="4 years", bcr_abl1="absent")
    told = {trial.id: studies.fit_words(trial, child) for trial in studies.at(["b_relapse_blinatumomab"])}
    assert told["blinatumomab_adult_confirmatory"] == f"This child: not known: {NO_AGES}"
    assert all(words.startswith(("This child: ", "Not a study")) for words in told.values())
    assert studies.fit_words(TRIALS["kte_c19"], child) == "This child: outside: age"
    assert studies.fit_words(TRIALS["ukall_r3"], child) == "This child: inside the studied population"
    empty = walked(g, situation="first_relapse")
    assert studies.fit_words(TRIALS["ukall_r3"], empty) == "This child: not known: lineage, age"


def test_child_is_never_called_inside_a_study_whose_ages_are_not_known(g):
    for situation, age in (("front_line", "age_at_diagnosis_years"), ("first_relapse", "age_now_years")):
        child = walked(g, situation=situation, lineage="B-ALL", bcr_abl1="absent", **{age: "6 years"})
        for trial in TRIALS.values():
            if "inside" in studies.fit_words(trial, child):
                assert trial.population.age or set(trial.age_groups) <= {"infant", "adult"}, trial.id


def test_study_that_treated_nobody_says_so(g):
    biology = next(trial for trial in TRIALS.values() if all("when" not in SETTINGS[name] for name in trial.setting))
    assert studies.fit_words(biology, walked(g)) == "Not a study of treatment in people"


def test_box_lists_its_studies_without_a_child(g):
    for node in g.nodes:
        bearing = evidence().trials.get(node, ())
        shown = box.detail(g, node)
        assert re.findall(r'data-press="trial:(\w+)"', shown) == [trial.id for trial in bearing]
        assert "This child" not in shown
