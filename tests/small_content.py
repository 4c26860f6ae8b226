"""A small valid content in a folder of its own, for tests that break it."""
from __future__ import annotations

from pathlib import Path

from content.load import Knowledge, load

SECTIONS = """\
- id: first
  title: First section
  lines: [1, 50]
- id: second
  title: Second section
  lines: [51, 100]
"""
MEASURES = """\
efs:
  name: Event-free survival
  short: EFS
  unit: percent
  kind: time_to_event
  definition: Share of people without an event at a time.
  plain: How many had no setback.
patients:
  name: Patients
  short: patients
  unit: patients
  kind: count
  definition: How many people.
  plain: How many people.
limit:
  name: Limit
  short: limit
  unit: x10^9/L
  kind: threshold
  definition: A limit that divides groups.
  plain: A limit.
"""
VOCABULARY = """\
settings:
  front_line: {label: Front line, when: 'situation == "front_line"'}
lineages:
  B-ALL: {label: B-ALL, when: 'lineage == "B-ALL"'}
ph:
  Ph-positive: {label: Ph-positive, when: bcr_abl1 == present}
age_groups:
  child: {label: Children}
groups:
  COG: {label: A group}
agents:
  methotrexate: {label: Methotrexate}
"""
TRIAL = """\
id: first_trial
name: First Trial
review: read_once
status: reported
setting: [front_line]
lineage: [B-ALL]
age_groups: [child]
groups: [COG]
agents: [methotrexate]
design:
  randomised: randomised
  phase: not_stated
question: Does more of it help?
population:
  who: Children with the disease.
  age:
    at_least: 1
    up_to: 18
    unit: years
    basis: eligibility
    as_printed: aged 1-18 years
    lines: [10, 10]
  n: enrolled
  criteria:
    - {what: KMT2A-r, when: kmt2a_r == absent, lines: [10, 10]}
arms:
  - id: more
    name: More of it
  - id: less
    name: Less of it
finding: It helped.
caveats:
  - One trial only.
in_text: [10, 20]
citations: [140]
bears_on:
  pages:
    - PEDALL-4
  nodes:
    - b_treatment
registry:
  - id: NCT00075725
    kind: nct
figures:
  - id: enrolled
    measure: patients
    population: All enrolled
    value: 120
    spread: not_applicable
    as_printed: 120 patients
    lines: [10, 10]
  - id: efs_more
    measure: efs
    population: All randomized
    arm: more
    at: {value: 5, unit: years}
    value: 80
    spread: {kind: ci95, low: 70, high: 90}
    as_printed: 80% (70-90)
    lines: [12, 12]
    citations: [140]
  - id: efs_less
    measure: efs
    population: All randomized
    arm: less
    at: {value: 5, unit: years}
    value: 75
    count: 45
    of: 60
    spread: none_reported
    as_printed: 45 (75%) of 60
    lines: [12, 13]
comparisons:
  - id: more_or_less
    between: [efs_more, efs_less]
    randomised: true
    verdict: better_first
    p: 0.008
    as_printed: P=.008
    lines: [13, 13]
"""
FACTS = """\
topic: limits
title: Limits of groups
review: read_once
figures:
  - id: count_limit
    measure: limit
    what: White cell count
    population: All
    low: 20
    high: 50
    spread: not_applicable
    as_printed: 20-50
    lines: [60, 60]
    nodes: [nci_group]
"""
ERRATA = """\
- id: wrong_count
  heading: printed_wrongly
  about: Patients enrolled
  as_printed: 120 patients
  better: 210 patients
  known: primary_report
  witnesses:
    - what: The report of the trial
      address: https://example.org/report
  severity: material
  lines: [[10, 10]]
  shown:
    trials: [first_trial]
    figures: [first_trial.enrolled]
    nodes:
      - b_treatment
"""
LATER = """\
- id: first_trial_final
  title: Final report of the first trial
  finding: The effect was smaller in the end.
  figures: [5-year EFS 78 v 76 %]
  topics: [methotrexate]
  published: 2024-12
  citation: Somebody et al. Journal 2024
  lines: [[10, 20]]
  shown:
    trials: [first_trial]
    nodes:
      - b_treatment
"""
GLOSSARY = """\
- id: mrd
  term: MRD
  full: Minimal residual disease
  short: Disease below what a microscope shows.
  plain: Tiny traces of leukemia.
  lines: [5, 5]
  origin: text
- id: efs
  term: EFS
  short: Survival without an event.
  plain: Living without a setback.
  origin: field
"""
CARD = """\
intended_user: Health professionals.
population: Children.
inputs: Facts.
exclusions: Others.
developer: The authors.
funding: Not declared.
source: the-text
release: once
revision: again
tested: [By tests.]
limits: [No clinician has reviewed it.]
age: Used.
sex: Used.
race: Not used.
"""
FILES = {
    "sections.yaml": SECTIONS,
    "measures.yaml": MEASURES,
    "vocabulary.yaml": VOCABULARY,
    "glossary.yaml": GLOSSARY,
    "source_card.yaml": CARD,
    "trials/first_trial.yaml": TRIAL,
    "facts/limits.yaml": FACTS,
    "errata/wrong.yaml": ERRATA,
    "since_2020/later.yaml": LATER,
}
PLACES = {name.rsplit("/", 1)[-1]: name for name in FILES}


def write_content(folder: Path, **changed: str | bytes) -> Path:
    """Write the small content, with some of its files in another version; for a name not there, a file of its own."""
    for name, text in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def load_content(folder: Path, **changed: str | bytes) -> Knowledge:
    """The small content as it is read from a folder."""
    return load(write_content(folder, **changed))
