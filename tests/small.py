"""A small valid guideline in a folder of its own, for tests that break it or that need an odd shape."""
from __future__ import annotations

from pathlib import Path

from pathways.load import load
from pathways.model import Guideline

FACTS = """\
situation:
  kind: choice
  label: Situation
  ask: Where is the child?
  plain: Where we are
  choices: {front_line: Front line, completed: Therapy completed}
  group: situation
  known: always
  from: history
age_years:
  kind: number
  label: Age
  ask: Age at diagnosis
  plain: Age
  units: {years: 1, months: 1/12}
  range: [0, 110]
  group: presentation
  known: presentation
  from: history
later_age_years:
  kind: number
  label: Age today
  ask: Age today
  plain: Age today
  units: {years: 1, months: 1/12}
  range: [0, 110]
  group: presentation
  known: presentation
  from: history
fever:
  kind: finding
  label: Fever
  ask: Fever?
  plain: Fever
  group: presentation
  known: presentation
  from: history
lineage:
  kind: choice
  label: Lineage
  ask: Lineage?
  plain: Kind of cell
  choices: {B-ALL: B-ALL, T-ALL: T-ALL}
  group: presentation
  known: presentation
  from: flow_cytometry
mrd_percent:
  kind: mrd
  label: MRD
  ask: MRD
  plain: Traces
  units: {"%": 1}
  range: [0, 100]
  group: end_of_induction
  known: end_of_induction
  from: flow_cytometry
"""
DEFINITIONS = """\
infant:
  when: age_years < 1
  label: infant
  lines: [3, 4]
old_infant:
  when: infant and age_years >= months(6)
  label: infant from 6 months on
  lines: [3, 4]
  notes: [A-01]
"""
CONSTRAINTS = """\
- id: older_later
  must: later_age_years >= age_years
  reason: Nobody grows younger.
"""
AMBIGUITIES = """\
A-01:
  effect: open
  title: An open question
  say: The text leaves this open.
  lines: [5, 6]
  severity: info
"""
SITUATION = """\
page: SITUATION
title: Where the child stands
review: read_once
start: situation
nodes:
  situation:
    kind: decision
    title: Where?
    lines: [1, 2]
    branches:
      - when: situation == "front_line"
        to: to_second
      - when: situation == "completed"
        to: stop_completed
  stop_completed:
    kind: stop
    title: Not covered
    status: out_of_scope
    say: Completed therapy is not covered.
    lines: [1, 2]
  to_second:
    kind: link
    title: The second page
    to: lineage_found
    lines: [3, 4]
"""
SECOND = """\
page: PEDALL-2
title: Second page
review: read_once
start: lineage_found
nodes:
  lineage_found:
    kind: decision
    title: Lineage?
    lines: [10, 11]
    branches:
      - when: lineage == "B-ALL"
        to: treat
      - when: lineage == "T-ALL"
        to: ways
    ambiguous:
      - {id: A-01, when: lineage == "T-ALL" and infant, open: [treat, ways]}
  treat:
    kind: action
    title: Treat
    lines: [12, 13]
    statements:
      - id: treat_it
        kind: recommendation
        strength: should
        say: Treat it.
        lines: [12, 13]
    notes:
      - {id: A-01, when: is_positive(mrd_percent)}
    next: end
  ways:
    kind: choice
    title: Two ways
    lines: [14, 15]
    ways:
      - to: end
      - to: other_end
  end:
    kind: silent
    title: The end
    say: The page says no more.
    lines: [14, 15]
  other_end:
    kind: link
    title: Afterwards
    situation: completed
    lines: [14, 15]
"""
SCHEME = """\
scheme: age
name: By age
made: initial
review: read_once
lines: [20, 21]
groups:
  - id: young
    name: Young
    when: infant
    lines: [20, 21]
  - id: old
    name: Old
    when: not infant
    residual: {lines: [20, 21], note: A-01}
    lines: [20, 21]
"""
SECTIONS = """\
- {title: Beginning, lines: [1, 10]}
- {title: End, lines: [11, 100]}
"""
FILES = {
    "facts.yaml": FACTS, "definitions.yaml": DEFINITIONS, "constraints.yaml": CONSTRAINTS,
    "ambiguities.yaml": AMBIGUITIES, "graphs/situation.yaml": SITUATION, "graphs/pedall_2.yaml": SECOND,
    "schemes/age.yaml": SCHEME, "order.yaml": "- lineage\n- fever\n",
    "content/sections.yaml": SECTIONS,
}
PLACES = {name.rsplit("/", 1)[-1]: name for name in FILES}
AGAIN = """\
page: PEDALL-2
title: The same unknown fact asked twice, once behind a choice
review: read_once
start: lineage_found
nodes:
  lineage_found:
    kind: choice
    title: Two ways
    lines: [10, 11]
    ways:
      - to: first_question
      - to: right
  right:
    kind: action
    title: Right
    lines: [10, 11]
    next: second_question
  first_question:
    kind: decision
    title: Fever?
    lines: [10, 11]
    branches:
      - {when: fever == present, to: meeting}
      - {when: fever == absent, to: only_first}
  second_question:
    kind: decision
    title: Fever, once more?
    lines: [10, 11]
    branches:
      - {when: fever == present, to: meeting}
      - {when: fever == absent, to: only_second}
  only_first: {kind: action, title: Only by the first question, lines: [10, 11], next: last_question}
  only_second: {kind: action, title: Only by the second question, lines: [10, 11], next: last_question}
  meeting: {kind: action, title: Both meet here, lines: [10, 11], next: last_question}
  last_question:
    kind: decision
    title: Fever or young?
    lines: [10, 11]
    branches:
      - {when: fever == present and infant, to: treat}
      - {when: fever == present and not infant, to: end}
      - {when: fever == absent, to: other_end}
    ambiguous:
      - {id: A-01, when: fever == absent and age_years == 1, open: [other_end, treat]}
  treat:
    kind: action
    title: Treat
    lines: [12, 13]
    statements:
      - {id: treat_it, kind: recommendation, strength: should, say: Treat it., lines: [12, 13]}
    next: end
  end: {kind: silent, title: The end, say: The page says no more., lines: [14, 15]}
  other_end: {kind: link, title: Afterwards, situation: completed, lines: [14, 15]}
"""


def write_small(folder: Path, **changed: str | bytes) -> Path:
    """Write the files; `changed` maps a place such as "facts.yaml" (dots and slashes as they are) to other content."""
    for name, text in (FILES | changed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def load_small(folder: Path, **changed: str | bytes) -> Guideline:
    """Write and read the small guideline."""
    write_small(folder, **changed)
    return load(folder, folder / "content")
