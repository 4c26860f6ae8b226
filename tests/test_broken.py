"""Every way in which a pathway file can be wrong: one mistake a file, its first line the message it must raise."""
from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import FILES, PLACES, load_small, write_small
from strange import put, spots

import pathways.load
from content.reading import DataError, parse_yaml, read_yaml
from pathways.__main__ import main
from pathways.load import load
from pathways.proof import prove, report

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
MISTAKES = [path for path in BROKEN if not path.name.startswith("hole_")]
HOLES = [path for path in BROKEN if path.name.startswith("hole_")]
NO_CHILD = ("is never taken", "no child ever reaches", "leaves no child")


def first_line(path: Path) -> str:
    return path.read_bytes().split(b"\n", 1)[0].decode("utf-8").removeprefix("# ")


def replaced(path: Path) -> dict[str, bytes]:
    """The place of the file that a broken file stands in for, named in its first line."""
    name = re.match(r"(?:HOLE )?([\w.]+):\d+: ", first_line(path)).group(1)
    return {PLACES[name]: path.read_bytes()}


def test_small_guideline_is_valid_and_proven(tmp_path):
    g = load_small(tmp_path)
    assert not prove(g).holes
    assert {place.rsplit("/", 1)[-1] for place in FILES} == set(PLACES)


def test_there_is_a_broken_file_for_each_way_to_be_wrong():
    assert len(MISTAKES) >= 90 and len(HOLES) >= 10
    messages = [first_line(path) for path in BROKEN]
    assert all(re.match(r"(HOLE )?[\w.]+:\d+: \S.+", message) for message in messages)
    assert all(" - " in message for path, message in zip(BROKEN, messages, strict=True) if path in MISTAKES)


@pytest.mark.parametrize("path", MISTAKES, ids=[path.stem for path in MISTAKES])
def test_broken_file_raises_exactly_its_message(path, tmp_path):
    with pytest.raises(DataError) as raised:
        load_small(tmp_path, **replaced(path))
    assert str(raised.value) == first_line(path)


@pytest.mark.parametrize("path", HOLES, ids=[path.stem for path in HOLES])
def test_hole_is_a_concrete_child_with_file_and_line_and_exit_code_1(path, tmp_path, monkeypatch, capsys):
    g = load_small(tmp_path, **replaced(path))
    hole = prove(g).holes[0]
    message = first_line(path)
    assert f"HOLE {hole.file}:{hole.line}: {hole.what}" == message
    assert bool(hole.child) is not any(phrase in message for phrase in NO_CHILD)
    monkeypatch.setattr(pathways.load, "guideline", lambda: g)
    assert main(["prove"]) == 1
    shown = capsys.readouterr().out
    assert f"{message}: {hole.child}" in shown and shown.rstrip().endswith("not proven")
    assert shown.rstrip() == report(prove(g))


@pytest.mark.parametrize("path", [p for p in HOLES if "gap" in p.name or "overlap" in p.name],
                         ids=lambda path: path.stem)
def test_hole_of_a_decision_is_found_by_both_methods(path, tmp_path):
    g = load_small(tmp_path, **replaced(path))
    assert any("by counting" in hole.what for hole in prove(g).holes)
    assert not any("by counting" in hole.what for hole in prove(g, by_counting=False).holes)
    assert prove(g, by_counting=False).holes


@pytest.mark.parametrize("name", [place for place in FILES if "graphs" not in place and "schemes" not in place])
def test_missing_file_is_named(name, tmp_path):
    write_small(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(DataError) as raised:
        load(tmp_path, tmp_path / "content")
    file = name.rsplit("/", 1)[-1]
    assert str(raised.value) == (f"{file}:1: cannot be read: No such file or directory - "
                                 "check the name and the encoding")


def test_dictionary_without_the_situation_is_refused_where_it_is_first_asked(tmp_path):
    with pytest.raises(DataError) as raised:
        load_small(tmp_path, **{"facts.yaml": FILES["facts.yaml"].replace("situation:\n", "place:\n", 1)})
    assert str(raised.value) == ("situation.yaml:6: in 'situation == \"front_line\"': no fact is called 'situation' - "
                                 "mend the condition")


def test_file_that_is_too_large_is_refused():
    with pytest.raises(DataError, match="the file is larger than 1 MB - split it"):
        parse_yaml("a: " + "x" * 1_000_001, "large.yaml")


def test_numbers_are_read_exactly_and_text_stays_text(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text("a: 0.01\nb: 1_000\nc: 2020-01-02\nd: true\ne:\nf: 007\ng: 'yes'\n", encoding="utf-8")
    read = read_yaml(path)
    assert str(read["a"]) == "0.01" and read["c"] == "2020-01-02" and read["d"] is True and read["e"] is None
    assert read["b"] == "1_000" and read["g"] == "yes" and read["f"] == 7
    assert [read.line_of(key) for key in "abc"] == [1, 2, 3]


def test_ten_thousand_brackets_are_refused_without_a_crash():
    for text in ("[" * 10_000, "a: " + "{b: " * 10_000, "- " * 10_000):
        with pytest.raises(DataError):
            parse_yaml(text, "deep.yaml")


# any part of a file replaced by anything ------------------------------------------------------------------------------
STRANGE = [None, 0, -1, 3.5, True, "", "x", "A-01", "treat", [], ["x"], [[1, 2]], [1, 2, 3], {}, {"x": "y"}, [None],
           [{}], "age_years < 1", {"id": None}, [{"id": 1}], "1/0", 10**30]


PLACES_INSIDE = [(name, where) for name, text in FILES.items() if not name.startswith("content")
                 for where in spots(yaml.safe_load(text))]


@settings(deadline=None, derandomize=True, max_examples=500, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES_INSIDE), st.sampled_from(STRANGE))
def test_anything_anywhere_in_a_file_is_read_or_refused_with_a_place(tmp_path_factory, spot, strange):
    name, where = spot
    text = yaml.safe_dump(put(yaml.safe_load(FILES[name]), where, strange), sort_keys=False)
    folder = tmp_path_factory.getbasetemp() / "anything"
    try:
        load_small(folder, **{name: text})
    except DataError as error:
        assert re.match(r"[\w.]+:\d+: .+ - .+", str(error)), str(error)
        assert error.line >= 1


def test_any_cut_of_a_file_is_read_or_refused_with_a_place(tmp_path):
    cut = random.Random(7)
    for _ in range(150):
        name = cut.choice([place for place in FILES if not place.startswith("content")])
        lines = FILES[name].splitlines(keepends=True)
        del lines[cut.randrange(len(lines))]
        try:
            load_small(tmp_path, **{name: "".join(lines)})
        except DataError as error:
            assert re.match(r"[\w.]+:\d+: .+ - .+", str(error)), str(error)
