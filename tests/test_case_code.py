"""The case code: it comes back as it went, holds answers only, and no text whatever crashes its reader."""
from __future__ import annotations

import base64
import hashlib
import json
import random
import string
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed import G, cases, entered

from pages.ui import case_code, share
from pages.ui.case_code import decode, encode, shareable
from pathways.expect import expected_cases

LAW = settings(deadline=None, derandomize=True, max_examples=400, suppress_health_check=list(HealthCheck))
SMALL = {"situation": {"choice": "front_line"}, "age_at_diagnosis_years": {"value": "7.77", "unit": "years"},
         "eoi_mrd_percent": {"call": "negative", "sensitivity": "0.01"}, "bcr_abl1": {"finding": "absent"}}


def packed(plain: bytes, head: str = "PALL1-", wrong: int = 0) -> str:
    """A code around any content, with a true checksum."""
    body = zlib.compress(plain, 9)
    check = hashlib.sha256(body).digest()[:case_code.CHECK]
    check = bytes([check[0] ^ wrong]) + check[1:]
    return head + base64.urlsafe_b64encode(check + body).decode().rstrip("=")


def held(code: str) -> dict:
    """What stands inside a code."""
    text = code.partition("-")[2]
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))[case_code.CHECK:]))


@LAW
@given(cases())
def test_what_can_be_read_comes_back_as_it_went(entries):
    kept = shareable(entries, G.facts)
    code = encode(entries, G.facts)
    assert len(code) <= case_code.LONGEST and set(code) <= set(string.ascii_letters + string.digits + "-_")
    opened = decode(code, G.facts)
    assert opened.entries == kept and (not kept or not opened.problem)
    assert encode(opened.entries, G.facts) == code


def test_every_case_of_the_text_comes_back():
    some = [entered(one.case) for one in expected_cases(G) if not one.case.problems]
    assert len(some) > 900
    for entries in filter(None, some):
        assert decode(encode(entries, G.facts), G.facts).entries == entries


def test_white_space_of_a_mail_does_not_count():
    code = encode(SMALL, G.facts)
    assert decode(f"  {code[:20]}\r\n {code[20:60]}\t{code[60:]}\n", G.facts).entries == SMALL


@pytest.mark.parametrize("entries", [
    {"age_at_diagnosis_years": {"value": "Jane Roe", "unit": "years"}},
    {"age_at_diagnosis_years": {"value": "20190405", "unit": "years"}},
    {"eoi_mrd_percent": {"call": "negative", "sensitivity": "Jane"}},
    {"eoi_mrd_percent": {"call": "percent", "percent": "1", "sensitivity": "Jane"}},
    {"age_at_diagnosis_years": {"unit": "years"}},
])
def test_words_that_are_no_answer_do_not_go_along(entries):
    assert held(encode(SMALL | entries, G.facts)) == {key: entry for key, entry in SMALL.items() if key not in entries}


def test_parts_that_an_answer_does_not_have_do_not_go_along():
    code = encode(SMALL | {"lineage": {"choice": "B-ALL", "value": "Jane Roe"}}, G.facts)
    assert held(code)["lineage"] == {"choice": "B-ALL"}
    assert set(held(code)) == {*SMALL, "lineage"}


@pytest.mark.parametrize(("code", "sentence"), [
    ("", case_code.EMPTY), ("   \n", case_code.EMPTY), ("PALL", case_code.UNREADABLE), ("hello", case_code.UNREADABLE),
    ("PALL2-AAAA", case_code.NEWER), ("PALL0-AAAA", case_code.OLDER), ("PALL1-AAAA", case_code.UNREADABLE),
    ("PALL1-" + "A" * 2_000, case_code.TOO_LONG), ("P" * 3_000_000, case_code.TOO_LONG),
    ("PALL٣-AAAA", case_code.UNREADABLE),
    (packed(b"0" * 50_000), case_code.UNREADABLE), (packed(b"[" * 15_000), case_code.UNREADABLE),
    (packed(b"1" * 15_000), case_code.UNREADABLE), (packed(b"[]"), case_code.UNREADABLE),
    (packed(b"{}"), case_code.STRANGE),
    (packed(b'{"situation": {"choice": "front_line"}}', wrong=1), case_code.UNREADABLE),
    (packed(b'{"no_such_fact": {"choice": "front_line"}}'), case_code.STRANGE),
    (packed(b'{"situation": {"choice": "no_such_choice"}}'), case_code.STRANGE),
    (packed(b'{"situation": {"choice": "front_line"}, "sex": 5}'), case_code.STRANGE),
    (packed(b'{"situation": {"choice": ["front_line"]}}'), case_code.STRANGE),
    (packed(b'{"situation": {"choice": "front_line", "value": "Jane Roe"}}'), case_code.STRANGE),
    (packed(b'{"wbc_10e9_per_l": {"value": "12", "unit": "x10^9/L", "confirmed": 1}}'), case_code.STRANGE),
    (packed(b'{"wbc_10e9_per_l": {"value": "NaN", "unit": "x10^9/L"}}'), case_code.STRANGE),
])
def test_code_that_cannot_be_read_gets_a_sentence(code, sentence):
    opened = decode(code, G.facts)
    assert (opened.entries, opened.problem) == ({}, sentence)


def swapped(code: str, at: int) -> str:
    """A code with two neighbours swapped."""
    return code[:at] + code[at + 1] + code[at] + code[at + 2:]


def bad_codes(count: int):
    """Good codes with mistakes in them, and texts that never were one."""
    dice = random.Random(2020)
    letters = string.ascii_letters + string.digits + "-_"
    good = [encode(SMALL, G.facts), encode({"situation": {"choice": "front_line"}}, G.facts)]
    makers = (
        lambda code: "".join(dice.choice(letters) if dice.random() < 0.03 else sign for sign in code),
        lambda code: code[:dice.randrange(len(code))],
        lambda code: code + dice.choice(letters),
        lambda code: code[6:] if dice.random() < 0.5 else code.swapcase(),
        lambda code: swapped(code, dice.randrange(6, len(code) - 1)),
        lambda code: "".join(chr(dice.randrange(1, 0xD7FF)) for _ in range(dice.randrange(60))),
        lambda code: "PALL1-" + base64.urlsafe_b64encode(dice.randbytes(dice.randrange(1, 200))).decode(),
        lambda code: packed(dice.randbytes(dice.randrange(200))),
        lambda code: packed(json.dumps({dice.choice(list(G.facts)): dice.choice(ODD)}).encode()),
        lambda code: f"PALL{dice.randrange(-1, 99_999)}-{code[6:]}",
    )
    for number in range(count):
        code = dice.choice(good)
        yield code, makers[number % len(makers)](code)


ODD = (None, [], {}, "x", 7, True, {"value": None},
       {"value": {}}, {"value": [1]}, {"choice": "x" * 300}, {"finding": 1},
       {"call": "maybe"}, {"call": {"call": 1}}, {"percent": "1e9"}, {"unit": "years"}, {"confirmed": True}, {"": ""})


def test_ten_thousand_bad_codes_crash_nothing_and_change_nothing():
    refused = 0
    for good, bad in bad_codes(10_000):
        opened = decode(bad, G.facts)
        same = "".join(bad.split()) == good
        assert bool(opened.entries) != bool(opened.problem)
        assert same or opened.problem, bad
        assert "present case is unchanged" in opened.problem or opened.problem in ("", case_code.EMPTY)
        refused += not same
    assert refused > 9_000


@LAW
@given(st.text(max_size=3_000) | st.binary(max_size=400).map(packed) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda part: st.lists(part, max_size=4)
    | st.dictionaries(st.sampled_from([*list(G.facts)[:6], "value", "choice"]), part, max_size=4),
    max_leaves=9).map(lambda found: packed(json.dumps(found).encode())))
def test_reader_raises_for_nothing(code):
    opened = decode(code, G.facts)
    assert bool(opened.entries) != bool(opened.problem)
    assert opened.entries == shareable(opened.entries, G.facts)


def test_page_says_that_a_code_can_be_read_by_whoever_has_it():
    entries = {"lineage": {"choice": "B-ALL"}}
    assert decode(encode(entries, G.facts), G.facts).entries == entries        # no key was needed
    assert "not encrypted" in share.ABOUT and "whoever has it can read" in share.ABOUT
