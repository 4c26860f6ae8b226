"""The laws of a walk, on generated cases of the real pages. Law 2 is checked against a second, naive reading."""
from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from naive import Naive, as_entries, as_entry, fitted, plain_child
from small import AGAIN, SECOND, load_small

from pathways.conditions import kleene
from pathways.facts import read_case
from pathways.load import HERE, guideline
from pathways.walk import Walk, walk
from pathways.why import why_not

G, NAIVE = guideline(), Naive(HERE)
BASES = {
    "B-ALL": {}, "T-ALL": {"lineage": "T-ALL"}, "infant": {"age_at_diagnosis_years": Fraction("0.4")},
    "KMT2A-r infant": {"age_at_diagnosis_years": Fraction(1, 2), "kmt2a_r": "present"},
    "Ph-positive": {"bcr_abl1": "present"}, "completed": {"situation": "completed"},
    "suspected": {"situation": "relapse_suspected"}, "B relapse": {"situation": "first_relapse"},
    "T relapse": {"situation": "first_relapse", "lineage": "T-ALL"}, "further": {"situation": "further_relapse"},
    "young adult": {"age_at_diagnosis_years": Fraction(20), "age_now_years": Fraction(23)},
}
CHILDREN = {name: plain_child(NAIVE, **changes) for name, changes in BASES.items()}
LAW = settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=list(HealthCheck))


def is_consistent(value: object) -> bool:
    return not isinstance(value, tuple) or value[1] == (value[0] >= Fraction(1, 100))


def near(fact: str) -> list[object]:
    """Values of one fact: every cut point, just below and just above it, and one of each cell."""
    values = [value for value in NAIVE.samples(fact) if value is not None and is_consistent(value)]
    kind, (low, high) = NAIVE.facts[fact]["kind"], map(Fraction, NAIVE.facts[fact].get("range", (0, 0)))
    if kind == "mrd":
        values += [(Fraction(n), Fraction(n) >= Fraction("0.01")) for n in ("0", "0.0099", "0.01", "0.0101", "100")]
    step = Fraction(1 if NAIVE.facts[fact].get("whole") == "true" else "0.001")
    for cut in NAIVE.cuts[fact]:
        for value in (cut - step, cut + step):
            if low <= value <= high:
                values.append((value, value >= Fraction(1, 100)) if kind == "mrd" else value)
    return values


VALUES = {key: near(key) for key in NAIVE.facts}


def changed(child: dict, key: str, value: object) -> dict:
    """The child with one fact changed, or as it was if that cannot be."""
    new = fitted(NAIVE, child | {key: value})
    return new if NAIVE.keeps(new) else child


@st.composite
def children(draw, most: int = 14) -> dict:
    """A complete child that keeps the constraints."""
    child = CHILDREN[draw(st.sampled_from(list(CHILDREN)))]
    for key in draw(st.lists(st.sampled_from(list(VALUES)), max_size=most)):
        child = changed(child, key, draw(st.sampled_from(VALUES[key])))
    return child


@st.composite
def entered(draw, most_unknown: int = 12) -> dict:
    """A partial case as entries: a complete child with some facts not known, an MRD at times only called."""
    child = draw(children())
    left_out = draw(st.lists(st.sampled_from(list(child)), max_size=most_unknown, unique=True))
    entries = as_entries(child, left_out)
    for key in draw(st.lists(st.sampled_from([k for k in entries if G.facts[k].kind == "mrd"]), max_size=2)):
        entries[key] = draw(CALLS)
    return entries


CALLS = st.fixed_dictionaries({"call": st.sampled_from(["positive", "negative"])},
                              optional={"sensitivity": st.sampled_from(["0.001", "0.01", "0.05", "0.1", "1"])})


def run(entries: dict) -> Walk:
    """Walk entries with every doubt confirmed."""
    return walk(G, read_case(G.facts, entries, confirmed=entries))


def open_nodes(found: Walk) -> set[str]:
    return {key for key, state in found.states.items() if state != "excluded"}


def everything(found: Walk) -> tuple:
    """All that a walk says."""
    return (found.status, dict(found.states), found.reason, found.steps, found.statements, found.schemes, found.notes,
            found.ask, found.waits_now, found.waits_later, found.pages, found.current, found.definitions, found.clash,
            [why_not(found, key) for key in ("b_hsct", "t_hsct_cr1", "infant_high_hsct") if key in found.states])


# Law 1 --------------------------------------------------------------------------------------------------------------
@LAW
@given(entered(most_unknown=25), st.data())
def test_law_1_one_more_fact_never_opens_a_node(entries, data):
    key = data.draw(st.sampled_from([key for key in G.facts if key not in entries] or ["sex"]))
    entry = data.draw(st.one_of(st.sampled_from(VALUES[key]).map(as_entry), CALLS if G.facts[key].kind == "mrd" else
                                st.nothing()))
    assume(key not in entries)
    before, after = run(entries), run(entries | {key: entry})
    assert open_nodes(after) <= open_nodes(before)
    assert {k for k, s in before.states.items() if s == "visited"} <= {
        k for k, s in after.states.items() if s == "visited"} or after.status in ("contradictory", "out_of_scope")


@LAW
@given(entered(), st.sampled_from(["eoi_mrd_percent", "eoc_mrd_percent"]), st.sampled_from(["positive", "negative"]),
       st.sampled_from(["0.001", "0.01", "0.05", "0.1", "1", "3"]))
def test_law_1_a_sensitivity_beside_the_call_never_opens_a_node(entries, key, call, sensitivity):
    before = run(entries | {key: {"call": call}})
    after = run(entries | {key: {"call": call, "sensitivity": sensitivity}})
    assert open_nodes(after) <= open_nodes(before)


@settings(LAW, max_examples=8)
@given(children(), st.randoms(use_true_random=False))
def test_law_1_holds_from_the_empty_case_to_the_complete_one(child, random):
    entries = list(as_entries(child).items())
    random.shuffle(entries)
    before = set(G.nodes)
    for number in range(0, len(entries) + 1, 3):
        after = open_nodes(run(dict(entries[:number])))
        assert after <= before
        before = after


# Law 2 --------------------------------------------------------------------------------------------------------------
def agree(child: dict, unknown: list[str], calls: dict | None = None, allowed: dict | None = None) -> Walk:
    """The walk says what the naive reading says over every completion."""
    unknown = with_guarded(unknown)
    full = list(NAIVE.completions(child, unknown, allowed or {}))
    status, states = NAIVE.walk(full)
    found = run(as_entries(child, unknown) | (calls or {}))
    assert found.status == status
    assert dict(found.states) == states
    if status not in ("contradictory", "out_of_scope"):
        for scheme, result in found.schemes.items():
            groups = [NAIVE.groups(scheme, one) for one in full]
            assert {r.group for r in result.groups} in (set.union(*groups), {"too_early"})
            sure = {r.group for r in result.groups if r.because != "unknown"}
            assert sure in (set.intersection(*groups), set())
    return found


def with_guarded(unknown: list[str]) -> list[str]:
    """Where a fact is not known, so is every fact that applies only for some of its values."""
    guarded = [key for key, fact in NAIVE.facts.items() if any(u in fact.get("only_when", "") for u in unknown)]
    return list(dict.fromkeys([*unknown, *guarded]))


SLICES = [
    ("PEDALL-1", {}, ["lineage", "karyotype_result", "etv6_runx1", "bcr_abl1"]),
    ("PEDALL-1 blasts", {"all_established_by_pathology": "absent"},
     ["marrow_blasts_percent", "blood_blasts_per_ul", "blood_blasts_percent", "mass_lesion"]),
    ("PEDALL-1 T", {"lineage": "T-ALL"}, ["notch1_mutation", "fbxw7_mutation", "ras_mutation", "pten_mutation", "etp"]),
    ("PEDALL-2", {}, ["lineage", "bcr_abl1", "age_at_diagnosis_years", "sex"]),
    ("ALONGSIDE", {}, ["testicular_disease", "testicular_disease_resolved", "tpmt", "nudt15", "sex"]),
    ("PEDALL-3 risk", {}, ["age_at_diagnosis_years", "wbc_10e9_per_l", "iamp21"]),
    ("PEDALL-3 IKZF1", {"ikzf1_deletion": "present"},
     ["erg_deletion", "cdkn2a_deletion", "pax5_deletion", "par1_deletion", "kmt2a_r", "etv6_runx1"]),
    ("PEDALL-3 ploidy", {}, ["hyperdiploidy", "hypodiploidy", "low_hypodiploidy", "chromosome_count",
                             "karyotype_result"]),
    ("PEDALL-3 Ph-like", {}, ["ph_like", "ph_like_lesion", "bcr_abl1", "kmt2a_r"]),
    ("PEDALL-4", {"mrd_rising_eoi_to_eoc": "absent"}, ["remission_after_induction", "eoi_mrd_percent",
                                                       "eoc_mrd_percent"]),
    ("PEDALL-4 rising", {}, ["eoi_mrd_percent", "eoc_mrd_percent", "mrd_rising_eoi_to_eoc"]),
    ("PEDALL-5", {"bcr_abl1": "present"}, ["remission_after_induction", "eoc_mrd_percent", "high_risk_genetics_ph",
                                           "mrd_rising_eoi_to_eoc"]),
    ("PEDALL-6", {"lineage": "T-ALL"}, ["eoi_mrd_percent", "eoc_mrd_percent", "mrd_rising_eoi_to_eoc"]),
    ("PEDALL-6 standard", {"lineage": "T-ALL"}, ["eoi_mrd_percent", "cns_status", "testicular_disease",
                                                 "testicular_disease_resolved", "steroid_pretreatment"]),
    ("PEDALL-7", {"kmt2a_r": "present"}, ["age_at_diagnosis_years", "wbc_10e9_per_l",
                                          "mrd_after_intensive_consolidation_percent", "donor_available"]),
    ("PEDALL-7 standard", {"age_at_diagnosis_years": Fraction(1, 2)}, ["kmt2a_r", "lineage", "bcr_abl1",
                                                                       "eoi_mrd_percent"]),
    ("PEDALL-8", {"situation": "completed"}, ["months_since_completion", "bcr_abl1", "lineage"]),
    ("PEDALL-9 timing", {"situation": "first_relapse"}, ["months_to_relapse", "relapse_marrow_involved", "relapse_cns",
                                                         "previous_hsct", "response_after_reinduction"]),
    ("PEDALL-9", {"situation": "first_relapse"}, ["response_after_reinduction", "relapse_mrd_percent", "previous_hsct",
                                                  "bcr_abl1", "kinase_domain_mutation"]),
    ("PEDALL-9 ages", {"situation": "first_relapse", "previous_hsct": "present"}, ["age_now_years", "care_setting",
                                                                                   "lineage"]),
    ("PEDALL-10", {"situation": "first_relapse", "lineage": "T-ALL"},
     ["relapse_cns", "relapse_testes", "relapse_marrow_involved", "relapse_other_site", "months_to_relapse"]),
    ("PEDALL-11", {"situation": "further_relapse"}, ["lineage", "previous_regimens", "bcr_abl1",
                                                     "kinase_domain_mutation", "later_response"]),
    ("scope", {}, ["age_at_diagnosis_years", "age_now_years", "care_setting"]),
    ("young adults", BASES["young adult"], ["age_at_diagnosis_years", "care_setting", "lineage"]),
]


@pytest.mark.parametrize(("name", "changes", "unknown"), SLICES, ids=[one[0] for one in SLICES])
def test_law_2_walk_equals_every_completion_on_a_slice_of(name, changes, unknown):
    child = plain_child(NAIVE, **changes)
    agree(child, unknown)
    for key in unknown[:3]:
        agree(child, [other for other in unknown if other != key])


def test_law_2_slices_leave_something_open():
    open_states = set()
    for _, changes, unknown in SLICES[:12]:
        open_states |= set(run(as_entries(plain_child(NAIVE, **changes), unknown)).states.values())
    assert open_states == {"visited", "offered", "possible", "excluded"}


@settings(LAW, max_examples=50)
@given(children(), st.data())
def test_law_2_walk_equals_every_completion_of_any_child(child, data):
    unknown = with_guarded(data.draw(st.lists(st.sampled_from(list(child)), max_size=4, unique=True)))
    size = 1
    for key in unknown:
        size *= len(NAIVE.samples(key))
    assume(size <= 400)
    agree(child, unknown)


@LAW
@given(entered(most_unknown=20), st.data())
def test_law_2_open_nodes_are_the_union_over_all_values_of_one_unknown_fact(entries, data):
    key = data.draw(st.sampled_from([key for key in G.facts if not G.facts[key].only_when]))
    entries.pop(key, None)
    values = [{"call": "positive"}, {"call": "negative"}] if G.facts[key].kind == "mrd" else [
        as_entry(value) for value in all_values(key, entries)]
    whole, parts = run(entries), [run(entries | {key: value}) for value in values]
    parts = [part for part in parts if part.status != "contradictory"]
    assume("out_of_scope" not in {part.status for part in (whole, *parts)})
    assert open_nodes(whole) == set().union(*(open_nodes(part) for part in parts))
    for state in ("visited", "excluded"):
        sure = [{k for k, s in part.states.items() if s == state} for part in parts]
        if parts:
            assert {k for k, s in whole.states.items() if s == state} == set.intersection(*sure)


def all_values(key: str, entries: dict) -> list[object]:
    """Samples of a fact, with the numbers around what is entered for a fact that it is compared with."""
    tied = [other for pair in NAIVE.pairs for one, other in (pair, pair[::-1]) if one == key]
    near = [Fraction(entries[other]) for other in tied if isinstance(entries.get(other), str)]
    return NAIVE.samples(key, tuple(near))


@pytest.mark.parametrize("base", ["B-ALL", "T-ALL", "Ph-positive", "infant", "KMT2A-r infant"])
@pytest.mark.parametrize(("eoi", "eoc"), list(product(
    [{"call": "negative"}, {"call": "positive"}, {"call": "negative", "sensitivity": "0.01"},
     {"call": "negative", "sensitivity": "0.1"}], [{"call": "positive", "sensitivity": "0.1"}, {"call": "negative"}])))
def test_law_2_walk_equals_every_completion_of_a_call(base, eoi, eoc):
    keys = ["eoi_mrd_percent", "eoc_mrd_percent", "mrd_after_intensive_consolidation_percent"]
    calls = dict(zip(keys, (eoi, eoc, {"call": "negative"}), strict=True))
    allowed = {key: allows(call) for key, call in calls.items()}
    agree(CHILDREN[base] | {"mrd_rising_eoi_to_eoc": "absent"}, keys, calls, allowed)


def allows(entry: dict) -> object:
    """Which percentages a laboratory's call leaves open: below the sensitivity when negative, from it on otherwise."""
    positive, limit = entry["call"] == "positive", entry.get("sensitivity")

    def allowed(number: Fraction, called: bool) -> bool:
        inside = limit is None or (number >= Fraction(limit) if positive else number < Fraction(limit))
        return called == positive and inside

    return allowed


@pytest.mark.parametrize("known", list(product([None, "present", "absent"], [None, "0.5", "1", "4"])), ids=str)
def test_law_2_holds_where_one_unknown_fact_is_asked_twice(known, tmp_path):
    small = load_small(tmp_path, **{"graphs/pedall_2.yaml": AGAIN})
    plain = Naive(tmp_path)
    entries = {"situation": "front_line", "lineage": "B-ALL", "later_age_years": "4", "mrd_percent": "0"}
    entries |= {k: v for k, v in zip(("fever", "age_years"), known, strict=True) if v is not None}
    child = {"situation": "front_line", "lineage": "B-ALL", "later_age_years": Fraction(4),
             "mrd_percent": (Fraction(0), False), "fever": known[0], "age_years": known[1] and Fraction(known[1])}
    full = list(plain.completions(child, [key for key in small.facts if key not in entries]))
    found = walk(small, read_case(small.facts, entries))
    assert (found.status, dict(found.states)) == plain.walk(full)
    if known == (None, None):
        assert found.states["meeting"] == "possible" and found.states["last_question"] == "visited"


def test_walk_does_not_wait_for_a_fact_whose_answers_lead_to_the_same_node(tmp_path):
    second = SECOND.replace("        to: ways\n", "        to: treat\n").replace("infant, open: [treat, ways]",
                                                                               "infant, open: [ways, treat]")
    small = load_small(tmp_path, **{"graphs/pedall_2.yaml": second})
    found = walk(small, read_case(small.facts, {"situation": "front_line", "age_years": "4"}))
    assert found.status == "ok" and found.ask == [] and found.states["treat"] == "visited"
    young = walk(small, read_case(small.facts, {"situation": "front_line", "age_years": "0.5"}))
    assert young.status == "incomplete" and young.ask == ["lineage"]


# Law 3 --------------------------------------------------------------------------------------------------------------
@settings(LAW, max_examples=25)
@given(entered(), st.randoms(use_true_random=False))
def test_law_3_order_of_entry_and_earlier_walks_do_not_matter(entries, random):
    first = everything(run(entries))
    turned = list(entries.items())
    random.shuffle(turned)
    run({"situation": "further_relapse", "lineage": "T-ALL"})
    assert everything(run(dict(turned))) == first


def test_law_3_walking_changes_neither_the_case_nor_the_entries():
    entries = as_entries(CHILDREN["B-ALL"])
    copy = dict(entries)
    case = read_case(G.facts, entries)
    values = dict(case.values)
    everything(walk(G, case))
    assert entries == copy and case.values == values


# Law 4 --------------------------------------------------------------------------------------------------------------
ORDERS = {"nci": ["standard", "high"], "cog_b": ["standard", "high"], "cog_t": ["intermediate", "very_high"],
          "st_jude": ["low", "standard"], "st_jude_after": ["low", "standard", "high"],
          "dfci": ["standard", "high", "very_high"], "dfci_after": ["low", "standard"],
          "bfm_factors": ["no_factor_found", "factor_found"]}
PANEL = {"PEDALL-4": ["b_risk_stratified", "b_intensified_consolidation"], "PEDALL-5": ["ph_consolidation",
         "ph_high_options"], "PEDALL-6": ["t_standard_consolidation", "t_high_consolidation", "t_very_high_way"],
         "PEDALL-7": ["infant_intermediate_maintenance", "infant_high_way"]}
MRDS = [key for key, fact in G.facts.items() if fact.kind == "mrd"]


def ranks(order: list[str], names: set[str]) -> list[int]:
    return [order.index(name) for name in order if name in names]


def test_law_4_covers_every_scheme_that_orders_its_groups():
    for scheme in G.schemes.values():
        named = [group.id for group in scheme.groups if group.id not in ("not_stated", "not_applicable")]
        assert sorted(named) == sorted(ORDERS.get(scheme.id, []))


def never_lower(low: Walk, high: Walk) -> None:
    """No group, and no risk group of the panel, is lower in the second walk than in the first."""
    pairs = [(order, {r.group for r in low.schemes[scheme].groups}, {r.group for r in high.schemes[scheme].groups})
             for scheme, order in ORDERS.items()]
    pairs += [(order, open_nodes(low), open_nodes(high)) for order in PANEL.values()]
    for order, before, after in pairs:
        one, other = ranks(order, before), ranks(order, after)
        if one and other:
            assert min(one) <= min(other) and max(one) <= max(other), order


@pytest.mark.parametrize("base", ["B-ALL", "T-ALL", "Ph-positive", "infant", "KMT2A-r infant"])
def test_law_4_raising_mrd_step_by_step_never_lowers_a_group(base):
    for key in MRDS:
        entries = as_entries(CHILDREN[base], ["mrd_rising_eoi_to_eoc", key])
        walks = [run(entries | {key: as_entry(value)}) for value in sorted(set(VALUES[key]))]
        for low, high in zip(walks, walks[1:], strict=False):
            never_lower(low, high)


@settings(LAW, max_examples=80)
@given(children(), st.sampled_from(MRDS), st.data())
def test_law_4_raising_mrd_never_lowers_a_group(child, key, data):
    two = data.draw(st.lists(st.sampled_from(VALUES[key]), min_size=2, max_size=2, unique=True).map(sorted))
    low, high = (run(as_entries(child, ["mrd_rising_eoi_to_eoc"]) | {key: as_entry(value)}) for value in two)
    assume("contradictory" not in (low.status, high.status))
    never_lower(low, high)


def test_law_4_raising_mrd_does_raise_groups():
    t = as_entries(CHILDREN["T-ALL"], ["mrd_rising_eoi_to_eoc"])
    low, high = run(t | {"eoi_mrd_percent": "0.01"}), run(t | {"eoi_mrd_percent": "0.01", "eoc_mrd_percent": "0.2"})
    assert [r.group for r in low.schemes["cog_t"].groups] == ["intermediate"]
    assert [r.group for r in high.schemes["cog_t"].groups] == ["very_high"]
    assert low.states["t_high_consolidation"] == "visited" and high.states["t_very_high_way"] == "visited"


# Law 5 --------------------------------------------------------------------------------------------------------------
B_ONLY = {key for key, node in G.nodes.items() if node.page in ("PEDALL-3", "PEDALL-4", "PEDALL-5")} | {
    "b_subtypes", "ph_like_testing", "to_pedall_3", "to_pedall_5", "b_relapse_agent_way", "further_ph", "further_b_way"}
T_ONLY = {key for key, node in G.nodes.items() if node.page in ("PEDALL-6", "PEDALL-10")} | {
    "t_subtypes", "to_pedall_6", "to_pedall_10", "further_t_chemotherapy", "further_nelarabine"}


@LAW
@given(entered())
def test_law_5_changing_the_lineage_takes_back_every_step_of_the_other(entries):
    b, t = run(entries | {"lineage": "B-ALL"}), run(entries | {"lineage": "T-ALL"})
    assert not open_nodes(b) & T_ONLY
    assert not open_nodes(t) & B_ONLY


def test_law_5_lineage_only_nodes_are_reached_by_their_own_lineage():
    reached = set()
    for situation, lineage in product(G.facts["situation"].choices, ("B-ALL", "T-ALL")):
        reached |= open_nodes(run({"situation": situation, "lineage": lineage}))
    assert reached >= B_ONLY | T_ONLY


@LAW
@given(entered(), st.data())
def test_law_5_no_step_leans_on_a_rule_that_is_no_longer_true(entries, data):
    key = data.draw(st.sampled_from(list(entries)))
    found = run(entries | {key: as_entry(data.draw(st.sampled_from(VALUES[key])))})
    for step in found.steps:
        for outcome in G.outcomes.get(step.node, []):
            if outcome.targets == (step.branch,) and len({o.targets for o in G.outcomes[step.node]}) > 1:
                told = [o for o in G.outcomes[step.node] if o.targets == outcome.targets]
                assert any(kleene(o.tree, G.definitions, found.truth) is not False for o in told)
        others = [o for o in G.outcomes.get(step.node, []) if step.branch and o.targets != (step.branch,)]
        assert not any(kleene(o.tree, G.definitions, found.truth) for o in others)


# Law 6 --------------------------------------------------------------------------------------------------------------
AGENTS = ("blinatumomab", "tisagenlecleucel", "inotuzumab")


@LAW
@given(entered())
def test_law_6_every_recommendation_has_category_strength_and_source(entries):
    for statement in run(entries).statements:
        if statement.kind == "recommendation":
            assert statement.category in ("2A", "2B") and statement.strength and statement.lines
            assert all(G.section(low) for low, _ in statement.lines)
        else:
            assert statement.category is None and statement.strength is None and statement.lines


def test_law_6_category_2b_is_only_tisagenlecleucel_on_two_pages():
    second = {s.id: node.page for node in G.nodes.values() for s in node.statements if s.category not in (None, "2A")}
    assert second == {"b_tisagenlecleucel_option": "PEDALL-4", "ph_tisagenlecleucel_option": "PEDALL-5"}
    assert {s.category for node in G.nodes.values() for s in node.statements} == {None, "2B"}


@pytest.mark.parametrize("situation", list(G.facts["situation"].choices))
def test_law_6_no_t_lineage_way_meets_a_cd19_or_cd22_agent(situation):
    for lineage, expected in (("T-ALL", False), ("B-ALL", situation not in ("completed", "relapse_suspected"))):
        found = run({"situation": situation, "lineage": lineage})
        recommended = {s.id for s in found.statements if s.kind == "recommendation"}
        assert any(agent in name for name in recommended for agent in AGENTS) is expected


@LAW
@given(entered())
def test_law_6_no_t_lineage_child_meets_a_cd19_or_cd22_agent(entries):
    found = run(entries | {"lineage": "T-ALL"})
    named = [s.id for s in found.statements if any(agent in (s.id + s.say).lower() for agent in AGENTS)]
    assert not named


# Law 7 --------------------------------------------------------------------------------------------------------------
BAD = [
    ("invalid", {"wbc_10e9_per_l": "50,000"}), ("invalid", {"age_at_diagnosis_years": -1}),
    ("invalid", {"no_such_fact": "present"}), ("invalid", {"lineage": "B"}),
    ("needs_confirmation", {"wbc_10e9_per_l": "900"}), ("needs_confirmation", {"wbc_10e9_per_l": "50 /uL"}),
    ("contradictory", {"sex": "female", "testicular_disease": "present"}),
    ("contradictory", {"age_now_years": "1", "age_at_diagnosis_years": "2"}),
    ("contradictory", {"ph_like": "present", "bcr_abl1": "present"}),
    ("out_of_scope", {"lineage": "AML"}), ("out_of_scope", {"age_at_diagnosis_years": "31", "age_now_years": "40"}),
    ("out_of_scope", {"age_at_diagnosis_years": "20", "age_now_years": "25", "care_setting": "adult_oncology"}),
]


@pytest.mark.parametrize(("status", "entry"), BAD, ids=[f"{s} {e}" for s, e in BAD])
def test_law_7_nothing_is_recommended_for_a_case_that_cannot_be_walked(status, entry):
    clear = [key for key in ("age_now_years", "sex") if key not in entry]
    found = walk(G, read_case(G.facts, as_entries(CHILDREN["B-ALL"], clear) | entry))
    assert found.status == status and found.reason
    assert not found.statements and not open_nodes(found) and not found.steps and not found.pages
    if status != "out_of_scope":
        assert not any(result.groups for result in found.schemes.values())


@settings(LAW, max_examples=30)
@given(entered(), st.sampled_from(list(VALUES)), st.one_of(st.text(max_size=6), st.integers(), st.booleans()))
def test_law_7_a_bad_entry_takes_every_recommendation_away(entries, key, bad):
    case = read_case(G.facts, entries | {key: bad})
    found = walk(G, case)
    assert (found.status in ("invalid", "needs_confirmation", "contradictory", "out_of_scope")) >= bool(case.problems)
    if case.problems:
        assert not found.statements and not open_nodes(found)
