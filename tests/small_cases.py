"""A few small valid cases in a folder of their own, for tests that break them."""
from __future__ import annotations

from pathlib import Path

from content.cases import load_cases
from pathways.lessons.lesson import Lesson, lessons
from pathways.load import guideline

SHOWN = """\
id: shown
title: A worked example
aims: See one decision solved.
level: basic
kind: worked
steps:
  - at: presentation
    story: A boy is pale.
    items:
      - {fact: age_at_diagnosis_years, value: 4}
      - {fact: lineage, value: B-ALL}
      - {fact: all_established_by_pathology, value: present}
      - {fact: bcr_abl1, value: absent}
      - {fact: wbc_10e9_per_l, value: 12}
      - {says: He coughs., distractor: true}
    solved: [front_line_route, nci_group]
"""
SMALL = """\
id: small
title: A small case
aims: Decide twice.
level: basic
fades: shown
steps:
  - at: presentation
    story: A girl is pale.
    items:
      - {fact: age_at_diagnosis_years, value: 6}
      - {fact: lineage, value: B-ALL}
      - {fact: all_established_by_pathology, value: present}
      - {fact: bcr_abl1, value: absent}
      - {fact: wbc_10e9_per_l, value: 20}
      - {says: She coughs., distractor: true}
    solved: [front_line_route]
    ask: [nci_group, nci]
  - at: end_of_induction
    story: Induction is over.
    items:
      - {fact: remission_after_induction, value: CR}
      - {says: She sings., distractor: true}
    retracts: [wbc_10e9_per_l]
    ask: [b_remission, b_eoi_mrd]
"""
FILES = {"shown.yaml": SHOWN, "small.yaml": SMALL, "_remarks.yaml": "- A cat sleeps.\n"}


def load_small(folder: Path, **changed: str | bytes) -> dict[str, Lesson]:
    """The small cases with some files replaced, read and held against the project's pathways."""
    for name, text in (FILES | changed).items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return lessons(guideline(), load_cases(folder))
