"""Four invented children, each known well enough to be walked to an end; what is expected was typed from the text."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Child:
    """What is answered, in this order, and what must be seen at the end."""

    answers: dict
    page: str
    end: str
    reached: tuple = ()
    offered: tuple = ()
    off: tuple = ()
    pages: tuple = ()
    says: tuple = ()


STANDARD_RISK = Child(
    answers={
        "situation": "front_line", "age_at_diagnosis_years": "4 years", "wbc_10e9_per_l": "12 x10^9/L",
        "lineage": "B-ALL", "all_established_by_pathology": "present", "sex": "female",
        "lymphoma_suspected": "absent", "neurologic_symptoms": "absent", "cardiac_history": "absent",
        "cns_status": "CNS-1", "testicular_disease": "absent", "steroid_pretreatment": "absent", "bcr_abl1": "absent",
        "kmt2a_r": "absent", "etv6_runx1": "present", "hyperdiploidy": "absent", "hypodiploidy": "absent",
        "karyotype_result": "no_aneuploidy", "iamp21": "absent", "tcf3_pbx1": "absent", "tcf3_hlf": "absent",
        "ph_like": "absent", "ikzf1_deletion": "absent", "tpmt": "normal", "nudt15": "normal",
        "remission_after_induction": "CR", "eoi_mrd_percent": "0.001", "eoc_mrd_percent": "0",
        "mrd_rising_eoi_to_eoc": "absent"},
    page="PEDALL-4", end="b_consolidation_way",
    reached=("b_treatment", "b_risk_stratified"), offered=("b_maintenance", "b_hsct"),
    off=("b_induction_failure", "b_intensified_consolidation", "b_blinatumomab", "b_tisagenlecleucel"),
    pages=("SITUATION", "PEDALL-1", "PEDALL-2", "ALONGSIDE", "PEDALL-3", "PEDALL-4"),
    says=("Otherwise induction with multiagent chemotherapy, by risk group.",
          "MRD negative after induction means therapy goes on by risk group."))

INFANT = Child(
    answers={
        "situation": "front_line", "age_at_diagnosis_years": "2 months", "wbc_10e9_per_l": "120 x10^9/L",
        "lineage": "B-ALL", "all_established_by_pathology": "present", "sex": "female",
        "lymphoma_suspected": "absent", "neurologic_symptoms": "absent", "cardiac_history": "absent",
        "bcr_abl1": "absent", "kmt2a_r": "present", "etv6_runx1": "absent", "chromosome_count": "46",
        "karyotype_result": "no_aneuploidy", "tpmt": "normal", "nudt15": "normal", "donor_available": "present"},
    page="PEDALL-7", end="infant_high_way",
    reached=("infant_treatment", "infant_intensive_consolidation"),
    offered=("infant_high_maintenance", "infant_high_hsct"),
    off=("infant_consolidation", "infant_risk_stratified", "infant_intermediate_maintenance"),
    pages=("SITUATION", "PEDALL-1", "PEDALL-2", "ALONGSIDE", "PEDALL-7"),
    says=("Otherwise Interfant-based chemotherapy.", "KMT2A-r means intensive Interfant-based consolidation."))

T_CNS_3 = Child(
    answers={
        "situation": "front_line", "age_at_diagnosis_years": "9 years", "lineage": "T-ALL",
        "all_established_by_pathology": "present", "sex": "male", "lymphoma_suspected": "absent",
        "neurologic_symptoms": "absent", "cardiac_history": "absent", "cns_status": "CNS-3",
        "testicular_disease": "absent", "steroid_pretreatment": "absent", "bcr_abl1": "absent",
        "chromosome_count": "46", "karyotype_result": "no_aneuploidy", "notch1_mutation": "absent",
        "fbxw7_mutation": "absent", "etp": "absent", "tpmt": "normal", "nudt15": "normal",
        "remission_after_induction": "CR", "eoi_mrd_percent": "0.005", "eoc_mrd_percent": "0.005"},
    page="PEDALL-6", end="t_high_consolidation",
    reached=("t_treatment", "t_high_consolidation"),
    off=("t_standard_consolidation", "t_very_high_way", "t_consider_hsct"),
    pages=("SITUATION", "PEDALL-1", "PEDALL-2", "ALONGSIDE", "PEDALL-6"),
    says=("High risk goes on with consolidation chemotherapy.",))

EARLY_RELAPSE = Child(
    answers={
        "situation": "first_relapse", "age_at_diagnosis_years": "4 years", "age_now_years": "6 years",
        "lineage": "B-ALL", "bcr_abl1": "absent", "months_to_relapse": "20 months",
        "relapse_marrow_involved": "present", "previous_hsct": "absent", "response_after_reinduction": "CR2",
        "relapse_mrd_percent": "0.1"},
    page="PEDALL-9", end="b_relapse_hsct",
    reached=("b_relapse_early", "b_relapse_treatment", "b_relapse_astct", "b_relapse_hsct"),
    offered=("b_relapse_blinatumomab", "b_relapse_tisagenlecleucel", "b_relapse_inotuzumab"),
    off=("b_relapse_late", "b_relapse_chemotherapy", "b_relapse_to_pedall_11"),
    pages=("SITUATION", "PEDALL-9"),
    says=("The agents are meant to lead to a first HSCT, or a second one where there was one before.",))

CHILDREN = {"standard risk": STANDARD_RISK, "infant": INFANT, "T-ALL, CNS-3": T_CNS_3, "early relapse": EARLY_RELAPSE}
