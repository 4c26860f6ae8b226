"""A table of children gives row by row what `walk` gives; a row's mistake stops nothing, a file's is one line."""
from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws import LAW, entered

from content.reading import DataError
from pathways import batch
from pathways.__main__ import main
from pathways.facts import read_case
from pathways.load import guideline
from pathways.questions import answer
from pathways.walk import walk

G = guideline()
WRONG = {"wbc_10e9_per_l": ["abc", "2000", "500 /uL", "50.000,1"], "lineage": ["C-ALL"],
         "eoi_mrd_percent": ["maybe", "101"],
         "age_at_diagnosis_years": ["-1", "31", "12/3"], "situation": ["", "somewhere"]}


def as_cell(entry: object) -> str:
    """An entry as it stands in a table."""
    if isinstance(entry, dict):
        return f"{entry['call']} {entry.get('sensitivity', '')}".strip()
    return str(entry)


def as_rows(cases: list[dict]) -> tuple[list[str], list[list[str]]]:
    columns = list(dict.fromkeys(["situation", *(key for case in cases for key in case)]))
    return columns, [[as_cell(case.get(key, "")) for key in columns] for case in cases]


def one_by_one(case: dict) -> dict[str, object]:
    """What a row must say, from the walk."""
    w = walk(G, read_case(G.facts, {key: entry for key, entry in case.items() if entry != ""}))
    found = {"status": w.status}
    if w.status in batch.LATER:
        a = answer(w)
        found |= {"ends": " ".join(a.ends), "panel": " ".join(a.panel)}
        found |= {f"group_{key}": " ".join(groups) for key, groups in a.groups}
    return found


@settings(LAW, max_examples=40)
@given(st.lists(st.tuples(entered(most_unknown=25), st.sampled_from([None, *WRONG]), st.integers(0, 9)), min_size=1,
                max_size=12))
def test_every_row_gives_what_the_walk_gives(drawn):
    cases = []
    for entries, key, pick in drawn:
        cases.append(entries | ({key: WRONG[key][pick % len(WRONG[key])]} if key else {}))
    columns, rows = as_rows(cases)
    for case, result in zip(cases, batch.run(G, "cases.csv", rows, columns), strict=True):
        wanted = one_by_one(case)
        assert {key: result[key] for key in wanted} == wanted


def test_rows_over_several_chunks_keep_their_order(monkeypatch):
    monkeypatch.setattr(batch, "CHUNK", 3)
    rows = [[f"c{n}", "front_line", str(n)] for n in range(40)]
    found = list(batch.run(G, "cases.csv", rows, ["id", "situation", "age_at_diagnosis_years"]))
    assert [result["row"] for result in found] == list(range(2, 42))
    assert [result["id"] for result in found] == [f"c{n}" for n in range(40)]
    assert [result["status"] for result in found] == ["incomplete"] * 31 + ["out_of_scope"] * 9


def test_confirmed_value_goes_on():
    rows = [["front_line", "400", said] for said in ("", "wbc_10e9_per_l")]
    found = list(batch.run(G, "cases.csv", rows, ["situation", "wbc_10e9_per_l", "confirmed"]))
    assert [result["status"] for result in found] == ["needs_confirmation", "incomplete"]
    assert "unusually high" in found[0]["problem"]


def write(path, head, *rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def test_command_writes_one_line_a_row_and_names_bad_rows(tmp_path, capsys):
    source = write(tmp_path / "cases.csv", ["situation", "lineage"], ["front_line", "B-ALL"], ["front_line", "C-ALL"],
                   ["front_line"], ["first_relapse", ""])
    assert main(["batch", str(source), "-o", str(tmp_path / "out.csv")]) == 0
    with (tmp_path / "out.csv").open() as file:
        found = list(csv.DictReader(file))
    assert [row["status"] for row in found] == ["incomplete", "invalid", "invalid", "incomplete"]
    said = capsys.readouterr()
    assert "cases.csv: row 3: Lineage" in said.err and "row 4: " + batch.UNEVEN in said.err
    assert "4 rows" in said.out and "2  incomplete" in said.out


@pytest.mark.parametrize(("head", "message"), [
    (["situation", "colour"], "the column 'colour' is no fact"), (["lineage"], "no column 'situation'"),
    (["situation", "lineage", "lineage"], "a column stands twice")])
def test_wrong_columns_are_named(tmp_path, capsys, head, message):
    source = write(tmp_path / "cases.csv", head, ["front_line"] * len(head))
    assert main(["batch", str(source), "-o", str(tmp_path / "out.csv")]) == 2
    error = capsys.readouterr().err
    assert message in error and "Traceback" not in error and error.count("\n") == 1


def test_missing_empty_and_unwritable_files_are_one_line(tmp_path, capsys):
    empty = tmp_path / "empty.csv"
    empty.touch()
    good = write(tmp_path / "good.csv", ["situation"], ["front_line"])
    for source, output in ((tmp_path / "none.csv", "out.csv"), (empty, "out.csv"), (good, "no/such/out.csv")):
        assert main(["batch", str(source), "-o", str(tmp_path / output)]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1 and "Traceback" not in error


def test_bytes_that_are_no_text_are_one_line(tmp_path):
    source = tmp_path / "cases.csv"
    source.write_bytes(b"situation\n" + b"front_line\n" * 2000 + b"\xff\xfe\n")
    with pytest.raises(DataError, match="UTF-8"):
        columns, rows = batch.read(source)
        list(batch.run(G, source, rows, columns))
