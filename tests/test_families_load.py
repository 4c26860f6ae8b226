"""Every way in which the words for families can be wrong: one mistake a file, its first line the message."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_families import FILES, read_families, small_knowledge
from strange import put, spots

from content.families import load_families
from content.reading import DataError

BROKEN = sorted((Path(__file__).parent / "broken_families").glob("*.yaml"))
FORM = re.compile(r"[\w.]+:\d+: \S.* - \S.+", re.DOTALL)
UNKIND = re.compile(r"(?i:value error|validation|type=|function-|pattern|invalid|traceback)|\bNone\b")
STRANGE = [None, 0, -1, 3.5, True, "", "x", "efs", [], ["x"], [[1, 2]], {}, {"x": "y"}, [None], [{}], "{", "{}", "{n}",
           {"id": None}, [{"id": 1}], 10**30, "80 %"]
PLACES = [(name, where) for name, text in FILES.items() for where in spots(yaml.safe_load(text))]


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


def first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def test_small_words_are_valid_and_in_order(tmp_path, known):
    found = read_families(tmp_path, known)
    assert list(found.topics) == ["first", "second"] and found.words == ("mrd", "efs")
    assert [term.id for term in found.terms()] == ["mrd", "efs"]


def test_topics_follow_their_order_and_not_their_names(tmp_path, known):
    late = FILES["first.yaml"].replace("order: 10", "order: 30")
    assert list(read_families(tmp_path, known, **{"first.yaml": late}).topics) == ["second", "first"]


def test_there_is_a_broken_file_for_each_sort_of_file():
    assert len(BROKEN) >= 40
    sorts = {first_line(path).partition(":")[0] for path in BROKEN}
    assert sorts == set(FILES)


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_broken_file_raises_exactly_its_message(path, tmp_path, known):
    name = first_line(path).partition(":")[0]
    with pytest.raises(DataError) as raised:
        read_families(tmp_path, known, **{name: path.read_bytes()})
    assert str(raised.value) == first_line(path)


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_message_holds_file_line_mistake_and_remedy_in_kind_words(path):
    message = first_line(path)
    assert FORM.fullmatch(message) and not UNKIND.search(message)
    assert 1 <= int(message.split(":")[1]) <= len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("_")])
def test_missing_file_is_named(name, tmp_path, known):
    read_families(tmp_path, known)
    (tmp_path / name).unlink()
    with pytest.raises(DataError, match=f"^{name}:1: cannot be read: .+ - check the name and the encoding"):
        load_families(tmp_path, known)


@settings(deadline=None, derandomize=True, max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES), st.sampled_from(STRANGE))
def test_anything_anywhere_in_a_file_is_read_or_refused_with_a_place(tmp_path_factory, known, spot, strange):
    name, where = spot
    text = yaml.safe_dump(put(yaml.safe_load(FILES[name]), where, strange), sort_keys=False)
    try:
        found = read_families(tmp_path_factory.getbasetemp() / "any_words", known, **{name: text})
    except DataError as error:
        assert FORM.fullmatch(str(error)) and error.line >= 1, str(error)
    else:
        assert all(found.told(number) for number in found.numbers)
