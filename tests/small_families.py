"""A small valid set of words for families, over the small content, for tests that break it."""
from __future__ import annotations

from pathlib import Path

from small_content import MEASURES, TRIAL, load_content

from content.families import Families, load_families
from content.load import HERE, Knowledge

RECRUITED = """\
recruited:
  first: 2004
  last: 2011
  source: register entry NCT00075725
  address: https://example.org/register
arms:
"""
MORE_FIGURES = """\
  - id: efs_months
    measure: efs
    population: All randomized
    arm: more
    at: {value: 18, unit: months}
    value: 85
    spread: none_reported
    as_printed: 85%
    lines: [12, 12]
  - id: efs_se
    measure: efs
    population: All randomized
    arm: more
    at: {value: 4, unit: years}
    value: 98.5
    spread: {kind: se, value: 2}
    as_printed: 98.5% ± 2%
    lines: [12, 12]
  - id: efs_mended
    measure: efs
    population: All randomized
    arm: less
    at: {value: 3, unit: years}
    value: 80
    spread: {kind: unlabelled, value: 2}
    as_printed: 80% ± 2%
    lines: [12, 12]
    corrected:
      reason: printed_wrongly
      value: 82
      spread: not_seen
      year: 2016
      source: The report
  - id: os_more
    measure: os
    population: All randomized
    arm: more
    at: {value: 5, unit: years}
    value: 90.5
    spread: none_reported
    as_printed: 90.5%
    lines: [12, 12]
  - id: os_less
    measure: os
    population: All randomized
    arm: less
    at: {value: 5, unit: years}
    value: 89.5
    spread: none_reported
    as_printed: 89.5%
    lines: [12, 12]
comparisons:
  - id: survival
    between: [os_more, os_less]
    randomised: true
    verdict: not_significant
    lines: [13, 13]
"""
FIRST = """\
id: first
title: A first topic
part: Understanding
order: 10
lead: What this is about.
short:
  - One thing to take home.
  - And one more.
passages:
  - heading: A heading
    paragraphs:
      - A plain sentence about MRD.
    lines: [10, 12]
  - heading: Another heading
    paragraphs:
      - A sentence from a page.
    sources: [a_page]
numbers: [efs_at_five]
ask:
  - What is it?
  - What comes next?
  - Whom do we call?
see: [second]
"""
SECOND = FIRST.replace("id: first", "id: second").replace("order: 10", "order: 20").replace("see: [second]", "see: []")
SOURCES = """\
- id: a_page
  title: A page
  publisher: A public office
  address: https://example.org/page
  seen: "2026-11-22"
"""
NUMBERS = """\
- id: efs_at_five
  title: More or less of it
  figure: first_trial.efs_more
  against: first_trial.efs_less
  people: Children with the disease
  group: more of it
  against_group: less of it
- id: efs_with_error
  title: More of it
  figure: first_trial.efs_se
  people: Children with the disease
"""
FILES = {
    "_fixed.yaml": (HERE / "families" / "_fixed.yaml").read_text(encoding="utf-8"),
    "_sources.yaml": SOURCES,
    "_numbers.yaml": NUMBERS,
    "_words.yaml": "- mrd\n- efs\n",
    "first.yaml": FIRST,
    "second.yaml": SECOND,
}


def small_knowledge(folder: Path) -> Knowledge:
    """The small content with the years of its study, more figures, and a study whose years are not known."""
    study = TRIAL.replace("arms:\n", RECRUITED, 1).replace("comparisons:\n", MORE_FIGURES, 1)
    efs = MEASURES.split("patients:")[0]
    other = TRIAL.replace("id: first_trial", "id: other_trial")
    return load_content(folder, **{"trials/first_trial.yaml": study, "trials/other_trial.yaml": other,
                                   "measures.yaml": MEASURES + efs.replace("efs:", "os:", 1)})


def read_families(folder: Path, known: Knowledge, **changed: str | bytes) -> Families:
    """The small words as they are read from a folder, with some of its files in another version."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **changed}.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_families(folder, known)
