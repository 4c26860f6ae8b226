"""Every way in which a case file can be wrong: one mistake a file, its first line the message it must raise."""
from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_cases import FILES, load_small
from strange import put, spots

from content.reading import DataError

BROKEN = sorted((Path(__file__).parent / "broken_cases").glob("*.yaml"))
FORM = re.compile(r"[\w.]+:\d+: \S.* - \S.+")
STRANGE = [None, 0, -1, 3.5, True, "", "x", [], ["x"], [[1, 2]], {}, {"x": "y"}, [None], [{}], "front_line", "nci",
           {"call": "negative"}, 10**30, "0.01 %"]
INSIDE = [(name, where) for name, text in FILES.items() for where in spots(yaml.safe_load(text))]


def first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def test_small_cases_are_valid(tmp_path):
    assert set(load_small(tmp_path)) == {"shown", "small"}


def test_there_is_a_broken_file_for_each_way_to_be_wrong():
    assert len(BROKEN) >= 30
    assert {first_line(path).partition(":")[0] for path in BROKEN} == set(FILES)


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_broken_file_raises_exactly_its_message(path, tmp_path):
    message = first_line(path)
    assert FORM.fullmatch(message)
    with pytest.raises(DataError) as raised:
        load_small(tmp_path, **{message.partition(":")[0]: path.read_bytes()})
    assert str(raised.value) == message


def refused_with_a_place(folder: Path, name: str, text: str) -> None:
    try:
        load_small(folder, **{name: text})
    except DataError as error:
        assert FORM.fullmatch(str(error)), str(error)
        assert error.line >= 1


@settings(deadline=None, derandomize=True, max_examples=400, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(INSIDE), st.sampled_from(STRANGE))
def test_anything_anywhere_in_a_file_is_read_or_refused_with_a_place(tmp_path_factory, spot, strange):
    name, where = spot
    folder = tmp_path_factory.getbasetemp() / "cases"
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(put(yaml.safe_load(FILES[name]), where, strange), sort_keys=False)
    refused_with_a_place(folder, name, text)


def test_any_line_may_be_lost_without_a_crash(tmp_path):
    cut = random.Random(7)
    for _ in range(120):
        name = cut.choice(list(FILES))
        lines = FILES[name].splitlines(keepends=True)
        del lines[cut.randrange(len(lines))]
        refused_with_a_place(tmp_path, name, "".join(lines))
