"""Sources: what it says of itself holds against the files it comes from, and little of it is sent at first."""
from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from content.load import knowledge
from content.model import SourceCard
from content.reading import read_yaml
from pages.ui import (
    provenance,
    sources_card,
    sources_errata,
    sources_hazards,
    sources_proof,
    sources_readings,
)
from pathways import record
from pathways.conditions import facts_of
from pathways.counting import Hole, Proof
from pathways.proof import prove, report

ROOT = Path(__file__).parents[1]
MOST_AT_FIRST = 20_000
ANY = type("Any", (), {"__contains__": lambda self, name: True})()


def words(markup: str) -> str:
    """Markup as people read it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def page(g, opened) -> str:
    return "".join([provenance.intended_use(), provenance.origin(), sources_readings.readings(g, opened),
                    sources_errata.errata(opened), sources_errata.later(opened), provenance.ambiguities(g, opened),
                    sources_card.card(g, opened), sources_proof.proof(opened), sources_hazards.hazards(opened),
                    provenance.rights()])


def test_little_is_sent_while_every_fold_is_shut(g):
    assert len(page(g, set())) < MOST_AT_FIRST < len(page(g, ANY)) / 5


def test_headings_skip_no_level_and_each_table_names_its_heads(g):
    levels = [int(level) for level in re.findall(r"<h(\d)", page(g, ANY))]
    assert levels[0] == 2 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    for table in re.findall(r"<table.*?</table>", page(g, ANY)):
        assert '<th scope="col"' in table and table.count('<th scope="row"') == table.count("<tr") - 1


def test_statement_of_intended_use_stands_word_for_word():
    said = " ".join((ROOT / "content/intended_use.md").read_text(encoding="utf-8").split())
    assert said in words(provenance.intended_use())


def test_no_clinician_has_reviewed_it_and_readings_are_counted(g):
    said = words(sources_readings.readings(g, set()))
    assert "No clinician has reviewed the content." in said
    trials = knowledge().trials.values()
    once, twice = (sum(trial.review == kind for trial in trials) for kind in ("read_once", "read_twice"))
    assert f"Studies {once} {twice}" in said


def test_every_study_topic_page_and_scheme_says_how_often_it_was_read(g):
    said = words(sources_readings.readings(g, ANY))
    entries = [(t.name, t.review) for t in knowledge().trials.values()]
    entries += [(scheme.name, scheme.review) for scheme in g.schemes.values()]
    assert all(name in said for name, _ in entries)
    assert len(re.findall(r"read (?:once|twice)\b", said)) >= len(entries) + len(g.pages) + len(knowledge().facts)


def test_rights_name_independence_no_warranty_the_current_version_and_the_need_for_permission():
    said = words(provenance.rights())
    for part in ("not affiliated with or endorsed by NCCN", "without any warranty", "nccn.org",
                 "Hosting this publicly needs that permission"):
        assert part in said


# the source card ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", SourceCard.model_fields)
def test_every_field_of_the_card_is_answered_on_the_page(g, field):
    assert set(sources_card.FIELDS) == set(SourceCard.model_fields)
    said = words("".join(sources_card.filled(g, field)))
    assert len(said) > 10 and "{" not in said
    assert said in words(sources_card.card(g, ANY))


def test_release_and_revision_are_those_of_the_changelog():
    headings = re.findall(r"(?m)^## .*$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    found = sources_card.releases()
    assert headings[0] == f"## {found['last_version']} - {found['last']}"
    assert headings[-1] == f"## {found['first_version']} - {found['first']}"


def test_card_says_read_twice_only_while_everything_was(g):
    assert any("figure was read twice" in said for said in knowledge().card.tested)
    entries = [*g.pages.values(), *g.schemes.values(), *knowledge().trials.values(), *knowledge().facts.values()]
    assert [entry for entry in entries if entry.review != "read_twice"] == []


def test_where_age_decides_is_every_rule_that_leans_on_it(g):
    places = sources_card.where_it_decides(g, sources_card.FACTS_OF["age"])
    for node in g.nodes.values():
        leans = any("age_now_years" in facts_of(o.tree, g.definitions) or "age_at_diagnosis_years"
                    in facts_of(o.tree, g.definitions) for o in g.outcomes.get(node.id, []))
        assert leans == any(place.startswith(f"{node.title} (") and sources_card.page_name(node.page) in place
                            for place in places), node.id


def test_sex_decides_examinations_and_refusals_only(g):
    places = sources_card.where_it_decides(g, ("sex",))
    assert {place.rpartition(" (")[2] for place in places} == {"PEDALL-2)", "entry refused)"}
    assert not any("risk scheme" in place for place in places)


def test_race_and_ethnicity_are_no_facts(g):
    spoken = " ".join(f"{key} {fact.label} {fact.ask} {' '.join(fact.synonyms)}" for key, fact in g.facts.items())
    assert not re.search(r"(?i)\b(race|ethnic\w*|ancestry|hispanic|black|asian)\b", spoken)


# errors and later results ---------------------------------------------------------------------------------------------
def test_each_entry_stands_once_with_print_better_knowledge_severity_and_links():
    said = sources_errata.errata(ANY)
    for key, entry in knowledge().errata.items():
        parts = said.split(f'data-entry="{key}"')
        assert len(parts) == 2, key
        own = parts[1].partition("data-entry=")[0]
        for part in (entry.as_printed, entry.better, sources_errata.SEVERITY[entry.severity],
                     sources_errata.flags.KNOWN[entry.known]):
            assert sources_errata.text(part) in own, key
        pressed = set(re.findall(r'data-press="(\w+:\w+)"', own))
        assert pressed == {f"box:{node}" for node in entry.shown.nodes} | {
            f"trial:{name}" for name in sources_errata.trials_of(knowledge(), entry.shown)}


def test_later_results_stand_by_year_with_reference_and_what_was_not_seen():
    for year in {entry.published[:4] for entry in knowledge().later.values()}:
        said = sources_errata.later({f"later-{year}"})
        mine = {key for key, entry in knowledge().later.items() if entry.published.startswith(year)}
        assert set(re.findall(r'data-entry="(\w+)"', said)) == mine
        for key in mine:
            entry = knowledge().later[key]
            assert sources_errata.text(entry.citation) in said
            assert all(sources_errata.text(part) in said for part in entry.not_seen)


# the proof and the hazards --------------------------------------------------------------------------------------------
def test_proof_on_the_page_is_the_proof_of_the_command_line(g):
    found = prove(g)
    assert report(sources_proof.proven()[1]) == report(found)
    said = words(sources_proof.proof(ANY))
    assert "All of it holds." in said and said.count("✓") == len(sources_proof.PROPERTIES) and "✗" not in said
    for one in found.pages:
        name = sources_proof.page_name(one["page"])
        numbers = rf"{name} {one['facts']} \d+ {one['nodes']} {one['decisions']} {one['routes']} {one['ends']} "
        assert re.search(numbers, said), numbers
    for end in found.ends:
        assert g.nodes[end].title in said


HOLES = [
    ("no child ever reaches 'x'", 2), ("'x' has no answer for this child", 3), ("'x' has two answers, a and b", 4),
    ("'x' has two answers by counting", 4), ("the answer a of 'x' is never taken", 5),
    ("'x' has no group for this child", 6), ("'x' has two groups, a and b", 6),
    ("the group ('a',) of 'x' is never given", 6), ("the constraint 'x' leaves no child", 7),
]


@pytest.mark.parametrize(("what", "number"), HOLES)
def test_a_hole_takes_the_check_mark_from_its_property(g, what, number):
    found = Proof(holes=[Hole("some.yaml", 1, what, {})])
    marks = [sources_proof.holds(found, phrases) for _, _, phrases in sources_proof.PROPERTIES]
    assert marks == [i != number for i in range(len(marks))]
    said = words(sources_proof._properties(g, found))
    assert said.startswith("Not proven") and said.count("✗") == 1 and what in said


def test_proof_is_worked_out_only_when_it_is_opened(monkeypatch):
    def never():
        raise AssertionError("the proof was run")

    monkeypatch.setattr(sources_proof, "proven", never)
    assert "details" in sources_proof.proof(set())
    with pytest.raises(AssertionError, match="the proof was run"):
        sources_proof.proof({"proof-pages"})


def test_every_hazard_stands_with_cause_effect_controls_and_tests():
    said = words(sources_hazards.hazards({"hazards"}))
    for hazard in read_yaml(ROOT / "docs/hazards.yaml"):
        for part in (hazard["hazard"], hazard["cause"], hazard["effect"], *hazard["control"]):
            assert " ".join(part.split()) in said, hazard["id"]
        for test in hazard["tests"]:
            assert test.rpartition("::test_")[2].replace("_", " ")[1:] in said, test


def test_silent_ends_are_listed_in_the_words_of_the_walk(g):
    said = words(sources_proof._silent(g, None))
    silent = [node for node in g.nodes.values() if node.kind == "silent"]
    assert silent and all(node.say in said and node.title in said for node in silent)
    assert f"{len(g.facts)} of {len(g.facts)} facts" in said


def test_last_run_of_mutate_is_shown_with_its_day_and_whether_the_rules_are_still_its_own(g, monkeypatch):
    shown = words(sources_proof.proof({"proof-mutants"}))
    run = record.last()
    caught = run.proof + run.case + len(run.equivalent) + len(run.survivors)
    assert caught == run.mutants and f"{run.mutants:,} changes, {run.cases:,} cases" in shown and str(run.day) in shown
    monkeypatch.setattr(record, "rules_version", lambda: "another")
    sources_proof.last_run.cache_clear()
    assert "The rules have changed since" in words(sources_proof.proof({"proof-mutants"}))
    sources_proof.last_run.cache_clear()


def test_version_of_the_rules_turns_with_any_file_that_holds_one(tmp_path, monkeypatch):
    for name in ("facts.yaml", "graphs/a.yaml", "schemes/b.yaml", "layout/c.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a", encoding="utf-8")
    monkeypatch.setattr(record, "HERE", tmp_path)
    first = record.rules_version()
    (tmp_path / "layout/c.json").write_text("b", encoding="utf-8")
    assert record.rules_version() == first
    (tmp_path / "schemes/b.yaml").write_text("b", encoding="utf-8")
    assert record.rules_version() != first
