"""Bad input, ten thousand of each: every entry point answers with a sentence, at once, and nothing breaks."""
from __future__ import annotations

import pytest
import yaml

from content.reading import DataError, parse_yaml
from tests.fuzz.entries import ENTRIES, Wrong, sentence
from tests.fuzz.inputs import KINDS, bad
from tests.fuzz.run import LIMIT, Entry, run

MANY = 10_000


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_ten_thousand_bad_inputs_are_refused_or_read_and_never_an_error(entry):
    tally = run(entry, MANY)
    assert tally.wrong == []
    assert tally.inputs == MANY and tally.slowest < LIMIT
    assert tally.kinds == set(KINDS)
    assert tally.refused > MANY / 10 and tally.taken > MANY / 100      # both sides were reached


def test_same_seed_gives_the_same_inputs():
    good = ("age >= 10", "lineage")
    one, again, other = ([*bad(good, good, 200, seed)] for seed in (4, 4, 5))
    assert one == again != other


def test_an_error_of_ours_is_found_and_told_with_its_place():
    def feed(texts):
        return len(texts) // (0 if "onload" in texts[0] else 1)

    tally = run(Entry("broken", feed, lambda: ("a",), lambda: ("b",)), 2_000)
    assert tally.wrong and all("ZeroDivisionError" in said and "test_fuzz.py:" in said for _, _, said in tally.wrong)


@pytest.mark.parametrize("said", ["", "  ", 'Traceback (most recent call last):\n  File "x.py"', 'see File "x.py", 3'])
def test_what_is_no_sentence_counts_as_an_error(said):
    with pytest.raises(Wrong):
        sentence(said)


# what grows when it is read -------------------------------------------------------------------------------------------
ROWS = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
GROWING = {
    "aliases of aliases": "\n".join(["a0: &a0 [x,x,x,x,x,x,x,x,x]", *ROWS]), "a list that holds itself": "a: &a [*a]",
    "a mapping that holds itself": "a: &a {b: *a}", "merged keys": "a: &a {b: 1}\nc: {<<: *a}",
    "deep brackets": "[" * 400_000, "deep mappings": "{a: " * 200_000, "deep dashes": "- " * 400_000,
    "deep indents": "\n".join(" " * n + "a:" for n in range(1_300)), "long number": "a: " + "9" * 900_000,
    "a tag of Python": "!!python/object/apply:os.system [id]", "many documents": "---\na: 1\n" * 50_000,
    "long key": "? " + "k" * 900_000, "one long line": "a: " + "b " * 450_000, "many anchors": "- &a x\n" * 120_000,
}


@pytest.mark.parametrize("name", GROWING)
def test_what_grows_when_it_is_read_is_refused_within_a_second(name):
    counted = []

    def feed(texts):
        try:
            parse_yaml(texts[0], "file.yaml")
        except DataError as error:
            counted.append(sentence(str(error)))
        return 1

    # one input as it stands: `run` keeps its time
    entry = Entry(name, feed, lambda: (GROWING[name],), lambda: ("",))
    tally = run(entry, 1)
    assert tally.wrong == [] and tally.slowest < LIMIT
    assert counted or name in ("long key", "one long line", "many anchors")


def test_bombs_are_refused_by_name():
    for name in ("aliases of aliases", "a list that holds itself", "a mapping that holds itself", "merged keys"):
        with pytest.raises(DataError, match="an alias"):
            parse_yaml(GROWING[name], "bomb.yaml")
    assert yaml.safe_load("a: &a {b: 1}\nc: *a")["c"] == {"b": 1}      # what the plain reader would have followed
