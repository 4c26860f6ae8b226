"""The commands: what they print, what they return, and one line without traceback for bad input."""
from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pathways.__main__ import main

ROOT = Path(__file__).parent.parent
STANDARD = {"name": "A", "facts": {"situation": "front_line", "lineage": "B-ALL", "age_at_diagnosis_years": 4,
                                   "wbc_10e9_per_l": "50000 /uL", "bcr_abl1": "absent",
                                   "all_established_by_pathology": "present"}}
FIELDS = ["name", "status", "reason", "problems", "waits_for", "pages", "nodes", "steps", "statements", "schemes",
          "definitions", "ask", "notes"]


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run a command on a case file with this content; returns exit code, output, errors."""

    def command(content: object = None, *options: str, name: str = "case.yaml") -> tuple[int, str, str]:
        text = content if isinstance(content, (str, bytes)) else json.dumps(content)
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["walk", str(path), *options])
        return code, *capsys.readouterr()

    return command


def python(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "pathways", *arguments], input=given, capture_output=True, cwd=ROOT,
                          timeout=60, check=False)


# walk -----------------------------------------------------------------------------------------------------------------
def test_walk_prints_every_field_of_the_contract_as_json(g, run):
    code, out, err = run(STANDARD, "--json")
    found = json.loads(out)
    assert (code, err) == (0, "") and list(found) == FIELDS
    assert found["status"] == "incomplete" and found["name"] == "A"
    assert found["nodes"].keys() == g.nodes.keys()
    assert set(found["nodes"].values()) <= {"visited", "offered", "possible", "excluded"}
    assert {"page", "node", "branch", "because", "source"} == found["steps"][0].keys()
    assert found["steps"][0] == {
        "page": "SITUATION", "node": "situation", "branch": "age_at_diagnosis_gate",
        "because": found["steps"][0]["because"],
        "source": {"sections": found["steps"][0]["source"]["sections"], "lines": [[79, 85], [616, 623], [1617, 1619]]}}
    assert found["steps"][0]["because"].startswith("Situation is ") and found["steps"][0]["source"]["sections"]
    assert {"id", "kind", "text", "strength", "category", "certainty", "page", "node", "source"} == (
        found["statements"][0].keys())
    assert {s["certainty"] for s in found["statements"]} <= {"applies", "offered", "possible"}
    assert found["schemes"]["nci"] == {"groups": [{"group": "high", "because": ""}], "separated_by": []}
    assert [g["group"] for g in found["schemes"]["cog_b"]["groups"]] == ["standard", "high"]
    assert "cns_status" in found["schemes"]["cog_b"]["separated_by"]
    assert found["definitions"]["infant"] is False and found["definitions"]["early_relapse"] in (None, False)
    assert found["ask"] == [waits["fact"] for waits in found["waits_for"]]
    assert {waits["when"] for waits in found["waits_for"]} <= {"now", "later"}
    assert all(set(note) == {"id", "text", "severity"} for note in found["notes"])


def test_walk_of_a_list_prints_a_list_and_of_a_course_its_snapshots(run):
    one, two = {"facts": {"situation": "completed"}}, {"facts": {"situation": "front_line"}}
    assert [w["name"] for w in json.loads(run([STANDARD, one], "--json")[1])] == ["A", ""]
    assert len(json.loads(run([one], "--json")[1])) == 1
    course = json.loads(run({"name": "C", "course": [two, one]}, "--json")[1])
    assert [w["name"] for w in course] == ["C (1)", "C (2)"]
    assert isinstance(json.loads(run(one, "--json")[1]), dict)


def test_walk_reads_yaml_and_json_alike(run):
    text = 'name: A\nfacts:\n  situation: front_line\n  lineage: B-ALL\n  age_at_diagnosis_years: 9.99\n'
    entries = {"name": "A", "facts": {"situation": "front_line", "lineage": "B-ALL", "age_at_diagnosis_years": "9.99"}}
    assert run(text, "--json")[1] == run(entries, "--json")[1]


def test_walk_without_json_prints_readable_lines(run):
    code, out, err = run(STANDARD)
    assert (code, err) == (0, "")
    assert out.startswith("A: incomplete\n") and "waits for: " in out and "nci: high" in out


@pytest.mark.parametrize(("facts", "status", "code"), [
    ({}, "incomplete", 0), ({"lineage": "AML", "situation": "front_line"}, "out_of_scope", 0),
    ({"sex": "female", "testicular_disease": "present"}, "contradictory", 0),
    ({"wbc_10e9_per_l": "50 /uL"}, "needs_confirmation", 0),
    ({"wbc_10e9_per_l": "50,000"}, "invalid", 2), ({"nonsense": 1}, "invalid", 2)])
def test_walk_exits_2_only_for_an_invalid_case(run, facts, status, code):
    found = run({"facts": facts}, "--json")
    assert found[0] == code and json.loads(found[1])["status"] == status
    assert len(found[2].splitlines()) == (1 if code else 0) and "Traceback" not in found[2]


def test_walk_names_file_fact_and_remedy_of_an_invalid_entry(run):
    assert run({"facts": {"wbc_10e9_per_l": "50,000"}})[2] == (
        "case.yaml: wbc_10e9_per_l: WBC at diagnosis: '50,000' is not a plain number. Is 50000 or 50 meant? "
        "Write it without comma or space.\n")


def test_confirmed_count_is_walked(run):
    case = {"facts": {"situation": "front_line", "wbc_10e9_per_l": "50 /uL"}, "confirmed": ["wbc_10e9_per_l"]}
    assert json.loads(run(case, "--json")[1])["status"] == "incomplete"


BAD = [
    ("", "case.yaml:1: the file is empty - add its content or remove it"),
    ("facts: {a: [", "case.yaml:2: broken YAML: "),
    ("facts:\n  lineage: B-ALL\n  lineage: T-ALL\n", "case.yaml:3: the key 'lineage' stands twice - keep one of them"),
    ("facts: [1, 2]", "case.yaml:1: the case has no 'facts' - write facts: {key: value}"),
    ("name: A\nfacts: none\n", "case.yaml:2: the case has no 'facts' - write facts: {key: value}"),
    ("name: A\n", "case.yaml:1: the case has no 'facts' - write facts: {key: value}"),
    ("facts: {}\ncolour: red\n", "case.yaml:2: a case has no 'colour' - use name, facts, confirmed"),
    ("facts: {}\nconfirmed: wbc\n", "case.yaml:2: 'confirmed' is no list - write confirmed: [key]"),
    ("just a word", "case.yaml:1: a case is missing here - write facts: {key: value}"),
    ("- facts: {}\n- 5\n", "case.yaml:2: a case is missing here - write facts: {key: value}"),
    ("facts:\n  bcr_abl1: no\n", "case.yaml:2: a bare 'no' stands here - quote it, or write true or false"),
    ("facts: {eoi_mrd_percent: 1.0e-4}", "case.yaml:1: '1.0e-4' is not a plain number - write it as 0.01, "
                                         "without exponent"),
    ("facts: &a {}\nconfirmed: *a\n", "case.yaml:2: an alias (*) stands here - write the value out"),
    ("facts: !!python/object/apply:os.getcwd []", "case.yaml:1: the tag "),
    (b"facts: {name: caf\xe9}", "case.yaml:1: cannot be read: it is not UTF-8 text - check the name and the encoding"),
    (b"\x00\x01\x02", "case.yaml:1: broken YAML: "),
    ("[" * 500, "case.yaml:1: the nesting is too deep - flatten it"),
    ("facts: {}\ncourse: []\n", "case.yaml:1: a course has no 'facts' - use name, course"),
    ("name: x\ncourse: 5\n", "case.yaml:2: 'course' is no list - write one case an item"),
    ("course:\n- facts: {}\n- 5\n", "case.yaml:3: a case is missing here - write facts: {key: value}"),
    ("facts: {}\nconfirmed: [[1], {}]\n", None), ("facts: {lineage: [B-ALL]}", None), ("facts: {'': 1}", None),
    ("facts: {eoi_mrd_percent: {call: {}}}", None), ("facts: {eoi_mrd_percent: {sensitivity: 1}}", None),
    ("name: [1]\nfacts: {}\n", None),
]


@pytest.mark.parametrize(("content", "message"), BAD, ids=[repr(one[0][:40]) for one in BAD])
def test_bad_case_file_is_one_line_without_traceback(run, content, message):
    code, out, err = run(content)
    if message:
        assert code == 2 and out == "" and err.startswith(message)
        assert len(err.splitlines()) == 1
    else:
        assert code in (0, 2) and len(err.splitlines()) == (1 if code else 0)


def test_missing_file_and_folder_are_one_line(capsys, tmp_path):
    for path, what in ((tmp_path / "none.yaml", "none.yaml:1: cannot be read: No such file or directory"),
                       (tmp_path, f"{tmp_path.name}:1: cannot be read: Is a directory")):
        assert main(["walk", str(path)]) == 2
        out, err = capsys.readouterr()
        assert out == "" and err.startswith(what) and len(err.splitlines()) == 1


# standard input -------------------------------------------------------------------------------------------------------
def standard_input(monkeypatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_walk_reads_standard_input(monkeypatch, capsys):
    standard_input(monkeypatch, json.dumps(STANDARD).encode())
    assert main(["walk", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "A"


@pytest.mark.parametrize(("content", "message"), [
    (b"\xff\xfe", "standard input:1: it is not UTF-8 text - send UTF-8"),
    (b"", "standard input:1: the file is empty - add its content or remove it"),
    (b"facts: {}\ncolour: red", "standard input:2: a case has no 'colour' - use name, facts, confirmed")])
def test_bad_standard_input_is_one_line(monkeypatch, capsys, content, message):
    standard_input(monkeypatch, content)
    assert main(["walk", "-"]) == 2
    assert capsys.readouterr() == ("", message + "\n")


# facts, prove, mutate -------------------------------------------------------------------------------------------------
def test_facts_prints_the_dictionary_as_json(g, capsys):
    assert main(["facts", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == list(g.facts)
    wbc = found["wbc_10e9_per_l"]
    assert wbc["units"] == {"x10^9/L": "1", "/uL": "1/1000"} and wbc["range"] == [0, 1500] and wbc["kind"] == "number"
    assert wbc["plausible"] == {"x10^9/L": [0, 300], "/uL": [1000, 1500000]} and wbc["known"] == "presentation"
    assert list(found["bcr_abl1"]["choices"]) == ["present", "absent"]
    assert "front_line" in found["situation"]["choices"] and "only_when" in found["months_to_relapse"]


def test_facts_prints_one_line_a_fact(g, capsys):
    assert main(["facts"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(g.facts)


@pytest.mark.parametrize("share", ["0", "-1", "1.5", "many", "nan", ""])
def test_share_of_mutants_outside_0_to_1_is_refused_in_one_line(capsys, share):
    assert main(["mutate", f"--share={share}"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and f"'{share}' is not a share" in err


def test_only_a_whole_run_of_mutate_is_kept(capsys):
    assert main(["mutate", "--share=0.5", "--record"]) == 2
    assert "only a whole run is kept" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["fly"], ["walk"], ["walk", "a", "b"], ["prove", "--fast"]])
def test_unknown_command_or_option_exits_2_with_the_usage(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m pathways" in capsys.readouterr().err


# as a process ---------------------------------------------------------------------------------------------------------
def test_process_walks_standard_input():
    done = python("walk", "-", "--json", given=json.dumps(STANDARD).encode())
    assert done.returncode == 0 and done.stderr == b"" and json.loads(done.stdout)["status"] == "incomplete"


def test_process_exits_2_with_one_line_for_a_missing_file():
    done = python("walk", "nowhere.yaml")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "nowhere.yaml:1: cannot be read: No such file or directory - check the name and the encoding"]


def test_process_proves_the_guideline():
    done = python("prove")
    assert done.returncode == 0 and done.stderr == b"" and b"\nproven: " in done.stdout


def test_process_prints_the_same_walk_twice():
    case = json.dumps(STANDARD).encode()
    assert python("walk", "-", "--json", given=case).stdout == python("walk", "-", "--json", given=case).stdout
