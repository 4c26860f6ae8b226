"""Every way in which a content file can be wrong: one mistake a file, its first line the message it must raise."""
from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_content import FILES, PLACES, load_content, write_content
from strange import put, spots

from content.load import load
from content.reading import DataError
from pathways.evidence import collect
from pathways.load import guideline

BROKEN = sorted((Path(__file__).parent / "broken_content").glob("*.yaml"))
FORM = re.compile(r"[\w.]+:\d+: \S.* - \S.+")
UNKIND = re.compile(r"(?i:value error|validation|type=|function-|invalid|illegal|traceback)|\bNone\b")


def first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def replaced(path: Path) -> dict[str, bytes]:
    """The place of the file that a broken file stands in for, named in its first line."""
    return {PLACES[first_line(path).partition(":")[0]]: path.read_bytes()}


def read(folder: Path, **changed: str | bytes) -> None:
    """Read the content and hold it against the project's pathways."""
    collect(guideline(), load_content(folder, **changed))


def test_small_content_is_valid(tmp_path):
    read(tmp_path)


def test_there_is_a_broken_file_for_each_way_to_be_wrong():
    assert len(BROKEN) >= 90
    assert {first_line(path).partition(":")[0] for path in BROKEN} == set(PLACES)


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_broken_file_raises_exactly_its_message(path, tmp_path):
    with pytest.raises(DataError) as raised:
        read(tmp_path, **replaced(path))
    assert str(raised.value) == first_line(path)


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_message_holds_file_line_mistake_and_remedy_in_kind_words(path):
    message = first_line(path)
    assert FORM.fullmatch(message) and not UNKIND.search(message)
    line = int(message.split(":")[1])
    assert 1 <= line <= len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", ["sections.yaml", "measures.yaml", "vocabulary.yaml", "source_card.yaml"])
def test_missing_file_is_named(name, tmp_path):
    write_content(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(DataError, match=f"^{name}:1: cannot be read: .+ - check the name and the encoding"):
        load(tmp_path)


def test_file_with_an_underscore_is_not_read(tmp_path):
    read(tmp_path, **{"trials/_template.yaml": "id: anything\n"})


# any part of a file replaced by anything ------------------------------------------------------------------------------
STRANGE = [None, 0, -1, 3.5, True, "", "x", "efs", "b_treatment", [], ["x"], [[1, 2]], [1, 2, 3], {}, {"x": "y"},
           [None], [{}], "age_years < 1", {"id": None}, [{"id": 1}], "1/0", 10**30, "80 %"]


PLACES_INSIDE = [(name, where) for name, text in FILES.items() for where in spots(yaml.safe_load(text))]


def refused_with_a_place(folder: Path, name: str, text: str) -> None:
    try:
        read(folder, **{name: text})
    except DataError as error:
        assert FORM.fullmatch(str(error)), str(error)
        assert error.line >= 1


@settings(deadline=None, derandomize=True, max_examples=500, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES_INSIDE), st.sampled_from(STRANGE))
def test_anything_anywhere_in_a_file_is_read_or_refused_with_a_place(tmp_path_factory, spot, strange):
    name, where = spot
    text = yaml.safe_dump(put(yaml.safe_load(FILES[name]), where, strange), sort_keys=False)
    refused_with_a_place(tmp_path_factory.getbasetemp() / "anything", name, text)


def test_any_line_may_be_lost_without_a_crash(tmp_path):
    cut = random.Random(7)
    for _ in range(200):
        name = cut.choice(list(FILES))
        lines = FILES[name].splitlines(keepends=True)
        del lines[cut.randrange(len(lines))]
        refused_with_a_place(tmp_path, name, "".join(lines))
