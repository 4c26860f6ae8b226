"""Which facts a form asks for: what matters on this way, everything else folded by group, in the order of care."""
from collections.abc import Mapping, Sequence

from pages.ui.fields import Section

TITLES = {
    "presentation": "At presentation",
    "genetics": "Genetics",
    "early_response": "Early response",
    "end_of_induction": "End of induction",
    "end_of_consolidation": "End of consolidation",
    "after_therapy": "After therapy",
    "relapse": "Relapse",
}
SITUATION = ("situation", "reached")
AFTERWARDS = ("after_therapy", "relapse")
BEDSIDE = ("situation", "age_at_diagnosis_years", "wbc_10e9_per_l", "lineage", "all_established_by_pathology")
ASKED = 6
MOST = 22


def situation(entries: dict) -> list[Section]:
    """The one question that is always shown; how far therapy has come only where therapy is under way."""
    under_way = entries.get("situation", {}).get("choice") == "front_line"
    keys = SITUATION if under_way else SITUATION[:1]
    return [Section("situation", "", keys, keys)]


def bedside() -> list[Section]:
    """The short form."""
    return [Section("bedside", "", BEDSIDE, BEDSIDE)]


def _order(entries: Mapping[str, dict]) -> list[str]:
    """The groups in the order of care; after first-line therapy what belongs to now comes before the history."""
    situation = entries.get("situation", {}).get("choice")
    now = [] if situation in (None, "front_line") else [group for group in TITLES if group in AFTERWARDS]
    return now + [group for group in TITLES if group not in now]


def sections(facts, entries: Mapping[str, dict], ask: Sequence[str]) -> list[Section]:
    """The blocks of the long form.

    Parameters
    ----------
    facts : mapping
        All facts, in the order of care.
    entries : mapping of str to dict
        What was entered.
    ask : sequence of str
        Keys that matter now, most useful first.

    Returns
    -------
    list of Section
        One for each group.
    """
    always = BEDSIDE if entries.get("situation", {}).get("choice") == "front_line" else ()
    wanted = {*entries, *always, *list(ask)[:ASKED]}
    shown = [key for key in facts if key in wanted][:MOST]
    blocks = []
    for group in _order(entries):
        keys = tuple(key for key, fact in facts.items() if fact.group == group)
        if keys:
            now = tuple(key for key in keys if key in shown)
            blocks.append(Section(group, TITLES[group], keys, now, group == "genetics"))
    return blocks
