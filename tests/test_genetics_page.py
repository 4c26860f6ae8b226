"""Genetics: what is drawn is what is printed, what a lesion does follows from the rules, and broken data is named."""
from __future__ import annotations

import ast
import csv
import html
import io
import re
import shutil
from pathlib import Path

import pytest

from content.care import KinaseClass
from content.load import HERE, knowledge, load
from content.reading import DataError
from pages.ui import genetics, genetics_chart
from pathways.evidence import collect
from pathways.load import guideline
from pathways.steering import steering

ROOT = Path(__file__).parent.parent
DOSE = re.compile(r"\bmg\b|\bmcg\b|µg|microgram|/m2|m²", re.IGNORECASE)
# Typed from the text, lines 174 to 274: lesion, its class there.
CLASSES = {
    "hyperdiploidy": "favorable", "etv6_runx1": "favorable", "erg_deletion": "favorable",
    "notch1_mutation": "favorable", "fbxw7_mutation": "favorable", "tcf3_pbx1": "intermediate",
    "hypodiploidy": "unfavorable", "low_hypodiploidy": "unfavorable", "near_haploidy": "unfavorable",
    "kmt2a_r": "unfavorable", "tcf3_hlf": "unfavorable", "iamp21": "unfavorable", "bcr_abl1": "unfavorable",
    "ikzf1_deletion": "unfavorable", "ph_like": "unfavorable",
}
# Typed from the text: lesion, whom, what is printed. [%]
PRINTED = [
    ("Hyperdiploidy", "Children with B-ALL", "25%"), ("Hyperdiploidy", "Adults with ALL", "7%"),
    ("ETV6-RUNX1", "Children with ALL", "25%"), ("ETV6-RUNX1", "Adults with ALL", "2%"),
    ("BCR-ABL1", "Children with ALL", "2%"), ("BCR-ABL1", "Adults with ALL", "25%"),
    ("Hypodiploidy", "Children with ALL", "1 to 2%"), ("KMT2A-r", "Children with ALL", "about 5%"),
    ("KMT2A-r", "Infants with ALL", "about 70 to 80%"), ("TCF3-HLF", "Children with ALL", "<1%"),
    ("TCF3-PBX1", "Children with ALL", "about 5%"), ("iAMP21", "Children with ALL", "about 2%"),
    ("IKZF1 deletion or mutation", "Children with B-ALL", "about 15 to 20%"),
    ("IKZF1 mutation", "Children with BCR-ABL1-positive B-ALL", ">75%"), ("Ph-like", "Children with ALL", "about 15%"),
    ("Cytokine receptor-activating or kinase-activating alteration", "Ph-like ALL", "≥80%"),
    ("TP53 alteration that is germline", "Low hypodiploidy with TP53 alterations", "about 50%"),
    ("NOTCH1 mutation", "Cases of T-ALL", ">50%"), ("FBXW7 mutation", "Cases of T-ALL", "about 10 to 15%"),
]
# Typed from the text, lines 383 to 469: lesion, decision, the way it leads to.
LEADS = [
    ("iamp21", "high_risk_lesion_found", {"high_risk_genetics"}), ("ph_like", "ph_like_found", {"ph_like_class"}),
    ("hypodiploidy", "high_risk_lesion_found", {"high_risk_genetics"}),
    ("near_haploidy", "high_risk_lesion_found", {"high_risk_genetics"}),
    ("low_hypodiploidy", "predisposition_check", {"tp53_testing"}),
    ("kmt2a_r", "unfavorable_lesion_found", {"unfavorable_genetics"}),
    ("kmt2a_r", "infant_kmt2a", {"infant_intensive_consolidation"}),
    ("tcf3_hlf", "unfavorable_lesion_found", {"unfavorable_genetics"}),
    ("etv6_runx1", "favorable_lesion_found", {"favorable_genetics"}),
    ("etv6_runx1", "ph_like_testing", {"array_cgh"}),
    ("tcf3_pbx1", "intermediate_lesion_found", {"intermediate_genetics"}),
    ("bcr_abl1", "front_line_route", {"to_pedall_5", "to_pedall_7"}),
    ("etp", "t_early_precursor", {"t_early_precursor_found"}),
    ("hyperdiploidy", "triple_trisomy_found", {"triple_trisomy", "intermediate_lesion_found"}),
]
GROUPS = [
    ("bcr_abl1", "cog_b", {"high"}), ("bcr_abl1", "st_jude", {"standard"}), ("iamp21", "st_jude", {"standard"}),
    ("tcf3_pbx1", "st_jude", {"standard"}), ("mef2d_r", "st_jude", {"standard"}), ("kmt2a_r", "st_jude", {"standard"}),
    ("kmt2a_r", "bfm_factors", {"factor_found"}), ("near_haploidy", "bfm_factors", {"factor_found"}),
    ("iamp21", "dfci", {"high", "very_high"}), ("tcf3_hlf", "dfci", {"high", "very_high"}),
    ("tcf3_hlf", "dfci_after", {"standard"}), ("etv6_runx1", "st_jude", {"low", "standard"}),
]


def found(name: str):
    lesion = knowledge().lesions[name]
    return steering(guideline(), lesion.facts, "" if lesion.lineage == "both" else lesion.lineage)


def rows():
    return genetics_chart.rows(knowledge())


# the data
def test_classes_are_those_of_the_text():
    assert {key: one.prognosis for key, one in knowledge().lesions.items() if one.prognosis != "stated"} == CLASSES


def test_every_fact_of_the_genetics_group_that_is_a_lesion_has_its_entry():
    facts = {key for key, fact in guideline().facts.items() if fact.group == "genetics"}
    named = {fact for lesion in knowledge().lesions.values() for fact in lesion.facts}
    assert facts - named == {"chromosome_count", "karyotype_result", "tpmt", "nudt15", "high_risk_genetics_ph"}


def test_every_frequency_of_the_genetics_file_belongs_to_a_lesion():
    used = {name for lesion in knowledge().lesions.values() for name in lesion.figures()}
    left_out = {figure.id for figure in knowledge().facts["genetics"].figures if f"genetics.{figure.id}" not in used}
    assert left_out == {"who_provisional_b", "who_provisional_t", "ph_positive_younger_age"}


def test_genes_are_the_union_of_the_lists_of_the_text():
    genes = {key: {gene.name for gene in one.genes} for key, one in knowledge().kinase_classes.items()}
    assert genes == {"abl_class": {"ABL1", "ABL2", "PDGFRA", "PDGFRB", "CSF1R", "FGFR"}, "crlf2_r": {"CRLF2"},
                     "jak_stat": {"EPOR", "JAK1", "JAK2", "JAK3", "TYK2", "SH2B3", "IL7R"},
                     "other_kinase": {"FLT3", "NTRK3", "LYN", "PTK2B"}}
    assert {one.choice for one in knowledge().kinase_classes.values()} == set(
        guideline().facts["ph_like_lesion"].choices)
    printed = {gene.name: {mention.place.partition(",")[0] for mention in gene.mentions}
               for one in knowledge().kinase_classes.values() for gene in one.genes}
    assert "Genetic characterization" not in printed["PDGFRA"] and "Molecular subtypes" not in printed["CSF1R"]


# what a lesion does
@pytest.mark.parametrize(("lesion", "node", "targets"), LEADS)
def test_lesion_leads_where_the_text_says(lesion, node, targets):
    assert {one.node: set(one.targets) for one in found(lesion).nodes}[node] == targets


@pytest.mark.parametrize(("lesion", "scheme", "groups"), GROUPS)
def test_lesion_leaves_the_groups_that_the_text_names(lesion, scheme, groups):
    assert {one.scheme: set(one.groups) for one in found(lesion).schemes}[scheme] == groups


def test_lesion_counts_where_what_it_implies_counts():
    assert found("near_haploidy").implies == ("hypodiploidy",)
    assert found("iamp21").implies == ()


def test_lesion_that_no_rule_asks_for_says_so():
    assert not found("il3_igh").nodes and not found("il3_igh").schemes
    assert genetics.NOTHING in genetics._body("il3_igh")
    assert genetics.NOTHING not in genetics._body("iamp21")


def test_every_decision_that_asks_for_a_lesion_is_named():
    asked = {one.node for name in knowledge().lesions for one in found(name).nodes}
    facts = {fact for lesion in knowledge().lesions.values() for fact in lesion.facts}
    from pathways.conditions import facts_of
    g = guideline()
    assert asked == {name for name, outcomes in g.outcomes.items()
                     if any(facts & set(facts_of(one.tree, g.definitions)) for one in outcomes)}


def test_ambiguities_are_those_that_the_lesion_meets():
    assert found("tcf3_pbx1").notes == ("A-39",) and "A-40" in found("kmt2a_r").notes
    assert "A-68" not in found("bcr_abl1").notes, "that one is of T lineage"


# the chart
def test_rows_hold_what_is_printed_for_whom():
    marks = [(row.name, mark.figure.population, mark.words) for row in rows() for mark in row.marks]
    assert sorted(marks) == sorted(PRINTED)


def test_every_mark_stands_where_its_figure_says():
    drawn = genetics_chart.chart(rows())
    points = sorted(float(x) for trace in drawn.data for x in trace.x)
    wanted = sorted(float(end) for row in rows() for mark in row.marks for end in {mark.low, mark.high})
    assert points == wanted
    for mark in (mark for row in rows() for mark in row.marks):
        figure = mark.figure
        assert {mark.low, mark.high} == ({figure.value} if figure.value is not None else {figure.low, figure.high})
    words = [html.unescape(note.text) for note in drawn.layout.annotations]
    assert all(any(mark.words in text for text in words) for row in rows() for mark in row.marks)


def test_only_lesions_printed_for_both_ages_are_dumbbells():
    pairs = {row.name: [mark.group for mark in row.marks] for row in rows() if len(row.marks) > 1}
    assert pairs == {name: ["children", "adults"] for name in ("Hyperdiploidy", "ETV6-RUNX1", "BCR-ABL1")}


def test_axis_goes_from_0_to_100_and_nothing_is_known_on_hover_only():
    drawn = genetics_chart.chart(rows())
    assert tuple(drawn.layout.xaxis.range) == (0, 100)
    assert drawn.layout.hovermode is False and {trace.mode for trace in drawn.data} == {"markers"}
    assert all(0 <= shape.x0 <= shape.x1 <= 100 for shape in drawn.layout.shapes)


def test_alt_text_has_the_finding_in_at_most_40_words():
    alt = genetics_chart.alt(rows())
    assert len(alt.split()) <= 40
    assert "BCR-ABL1 2% and 25%" in alt and "Hyperdiploidy 25% and 7%" in alt


def test_labels_fit_a_phone():
    assert all(len(re.sub("<[^>]+>", "", line)) <= genetics_chart.LONG + 2
               for row in rows() for line in genetics_chart._label(row))


def test_chart_knows_nothing_of_streamlit():
    for name in ("genetics_chart", "charts", "outcome_panels"):
        tree = ast.parse((ROOT / f"pages/ui/{name}.py").read_text(encoding="utf-8"))
        modules = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        modules += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not [module for module in modules if module.startswith("streamlit")]


def test_table_and_csv_hold_the_values_of_the_chart():
    table = genetics.behind()
    assert table.count('<th scope="row">') == len(PRINTED) and 'scope="col"' in table
    for name, whom, words in PRINTED:
        said = words.replace("<", "&lt;").replace(">", "&gt;")
        assert f'<th scope="row">{name}</th><td>{whom}</td><td>{said}</td>' in table
    lines = list(csv.DictReader(io.StringIO(genetics.csv())))
    assert len(lines) == len(PRINTED)
    assert {(line["population"], line["value"] or f"{line['low']}-{line['high']}") for line in lines} >= {
        ("Adults with ALL", "7"), ("Infants with ALL", "70-80"), ("Children with ALL", "1")}


# the page
def test_address_opens_one_lesion_and_an_unknown_one_is_said():
    opened, shut = genetics.lesions("iamp21"), genetics.lesions(None)
    is_open = re.compile(r'<details [^>]*?data-keep="lesion-(\w+)" open')
    assert is_open.findall(opened) == ["iamp21"] and is_open.findall(shut) == []
    assert 'data-arrive="iamp21"' in opened and "data-arrive" not in shut
    assert 'role="status"' in genetics.lesions("no_lesion") and "no_lesion" not in genetics.lesions("no_lesion")


def test_no_dose_stands_on_the_page():
    said = "".join([genetics.frequency(), genetics.behind(), genetics.lesions(None), genetics.kinases()])
    assert "iAMP21" in said and DOSE.search("5 mg/m2")
    assert not DOSE.search(said)


def test_lists_of_genes_carry_their_errors_and_ambiguity():
    said = genetics.kinases()
    assert "A-56" in said and "flag error" in said
    assert said.count('scope="rowgroup"') == 4


# broken data
BROKEN = [
    ("lesions.yaml", "children: genetics.iamp21_children", "children: genetics.iamp12_children",
     "'genetics.iamp12_children' is no figure - write file.figure, e.g. genetics.iamp21_children"),
    ("lesions.yaml", "prognosis: intermediate", "prognosis: middling", "'prognosis' is not right"),
    ("lesions.yaml", "facts: [iamp21]", "facts: [iamp22]", "'iamp22' is no fact - use a key of facts.yaml"),
    ("lesions.yaml", "say: High-risk disease at every age.", "say: High-risk disease in 5 ages.",
     "'say' is not right: holds the number 5"),
    ("lesions.yaml", "- id: il3_igh", "- id: iamp21", "'iamp21' stands twice - rename one"),
    ("lesions.yaml", "lines: [1348, 1351]", "lines: [1348, 9351]", "lines 1348 to 9351 are not in the text"),
    ("kinase_classes.yaml", "choice: other", "choice: others",
     "'others' is no class of Ph-like lesion - use a choice of ph_like_lesion in facts.yaml"),
    ("kinase_classes.yaml", "trials: [aall1131, total_xvii]", "trials: [aall1131, total_xxvii]",
     "'total_xxvii' is no trial"),
    ("kinase_classes.yaml", "agents: [tki, dasatinib]", "agents: [tki, dasatinip]", "'dasatinip' is no agent"),
    ("agents.yaml", "nodes: [b_relapse_inotuzumab, further_inotuzumab]", "nodes: [b_relapse_ino]",
     "'b_relapse_ino' is no node"),
    ("agents.yaml", "family: cells", "family: cell", "'family' is not right"),
    ("agents.yaml", "figures: [approvals.inotuzumab]", "figures: [approvals.inotuzumap]",
     "'approvals.inotuzumap' is no figure"),
    ("phases.yaml", "during: [consolidation, maintenance]", "during: [consolidation, upkeep]", "'upkeep' is no phase"),
    ("phases.yaml", "nodes: [cns_prophylaxis]", "nodes: [cns_prophylaxes]", "'cns_prophylaxes' is no node"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "message"), BROKEN)
def test_broken_data_is_named_with_file_line_and_remedy(file, right, wrong, message, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.md"))
    path = folder / file
    words = path.read_text(encoding="utf-8")
    assert right in words
    path.write_text(words.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        collect(guideline(), load(folder))
    assert re.match(rf"{re.escape(file)}:\d+: .+ - .+", str(raised.value))
    assert message in str(raised.value)


def test_a_class_without_genes_is_refused():
    whole = next(iter(knowledge().kinase_classes.values())).model_dump(mode="json")
    KinaseClass.model_validate(whole)
    with pytest.raises(ValueError, match="genes"):
        KinaseClass.model_validate(whole | {"genes": []})
