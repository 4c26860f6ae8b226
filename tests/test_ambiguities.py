"""Where the text is silent or contradicts itself: every entry is honoured in the data it touches."""
from pathways.load import guideline

ON_TRIAL_CARDS = {"A-48", "A-52"}          # a trial's own limit, a trial's dose: neither stands on any page yet


def attached():
    g = guideline()
    found = {note for data in g.definition_data.values() for note in data.notes}
    for node in g.nodes.values():
        found |= {note.id for note in node.notes} | {opening.id for opening in node.ambiguous}
        found |= {branch.residual.note for branch in node.branches if branch.residual}
    for scheme in g.schemes.values():
        found |= {note.id for note in scheme.notes} | {opening.id for opening in scheme.ambiguous}
        found |= {group.residual.note for group in scheme.groups if group.residual}
    return found


def test_there_are_seventy_five_ambiguities():
    assert list(guideline().ambiguities) == [f"A-{number:02}" for number in range(1, 76)]


def test_every_ambiguity_stands_at_a_node_scheme_or_definition():
    assert set(guideline().ambiguities) - attached() == ON_TRIAL_CARDS


def test_every_open_ambiguity_has_a_cell_in_which_the_readings_stay_open():
    g = guideline()
    cells = {opening.id for node in g.nodes.values() for opening in node.ambiguous}
    cells |= {opening.id for scheme in g.schemes.values() for opening in scheme.ambiguous}
    assert {key for key, entry in g.ambiguities.items() if entry.effect == "open"} == cells


def test_no_page_prints_a_dose():
    g = guideline()
    words = [s.say for node in g.nodes.values() for s in node.statements]
    words += [node.say or "" for node in g.nodes.values()]
    assert not [text for text in words if "mg" in text.split() or "mg/m2" in text or "micrograms" in text]


def test_milliliter_and_wrong_expansion_of_csf_are_never_shown():
    g = guideline()
    shown = [s.say for node in g.nodes.values() for s in node.statements]
    shown += [data.label for data in g.definition_data.values()] + [fact.ask for fact in g.facts.values()]
    assert not [text for text in shown if "/ml" in text.lower() or "per milliliter" in text or "colony" in text.lower()]


def test_infant_high_risk_is_below_six_months_not_above():
    label = guideline().labels()["infant_high"]
    assert "under 6 months" in label and "over 6" not in label and "above 6" not in label
