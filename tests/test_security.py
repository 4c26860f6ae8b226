"""What the project leans on: bounded, locked whole, audited where that can be done; and texts of figures are plain."""
from __future__ import annotations

import re
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pages.ui.charts import plain
from tests.audit import ALLOWED, LOUD, allowed, judged

ROOT = Path(__file__).parents[1]
NO_PART = {"pip", "setuptools", "wheel"}
WEAK = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.2"]}


def lines(name: str) -> list[Requirement]:
    """The packages a file names."""
    words = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in words if line and not line.startswith(("#", "-"))]


LOCKED = {canonicalize_name(one.name): one for one in lines("requirements.lock")}


@pytest.mark.parametrize("one", [*lines("requirements.txt"), *lines("requirements-dev.txt")], ids=lambda one: one.name)
def test_package_has_a_lower_and_an_upper_bound(one):
    signs = [part.operator for part in one.specifier]
    assert ">=" in signs and "<" in signs and len(signs) == 2


def test_lock_names_one_version_of_each_package_inside_the_bounds():
    assert len(LOCKED) == len(lines("requirements.lock"))
    assert all(re.fullmatch(r"==[\w.]+", str(one.specifier)) for one in LOCKED.values())
    for one in lines("requirements.txt"):
        version = str(LOCKED[canonicalize_name(one.name)].specifier).removeprefix("==")
        assert one.specifier.contains(version), one.name


def test_lock_is_whole_and_is_what_is_installed():
    reached, waiting = set(), [(canonicalize_name(one.name), tuple(one.extras)) for one in lines("requirements.txt")]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in reached:
            continue
        reached.add((name, extras))
        found = distribution(name)
        assert f"=={found.version}" == str(LOCKED[name].specifier), name
        for need in map(Requirement, found.requires or ()):
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((canonicalize_name(need.name), tuple(need.extras)))
    assert {name for name, _ in reached} == set(LOCKED) - NO_PART


# the audit ------------------------------------------------------------------------------------------------------------
def found(**one: object) -> dict:
    return {"dependencies": [{"name": "some", "version": "1.0", **one}]}


def test_weakness_fails_the_audit_unless_it_is_accepted_for_that_day():
    told = found(vulns=[WEAK])
    assert judged(told, set()) == (["some 1.0: PYSEC-2026-1, mended in 1.2"], 0)
    for name in ("PYSEC-2026-1", "CVE-2026-1"):
        entry = {"package": "some", "id": name, "until": "2026-12-31", "why": "It is not used."}
        assert judged(told, allowed([entry], date(2026, 12, 31))) == ([], 0)
        assert judged(told, allowed([entry], date(2027, 1, 1)))[0]


def test_package_of_which_nothing_is_told_is_not_called_audited():
    assert judged(found(skip_reason="not found"), set()) == ([], 1)
    assert "NOT AUDITED" in LOUD


def test_accepted_weaknesses_are_named_with_package_day_and_reason():
    for entry in yaml.safe_load(ALLOWED.read_text(encoding="utf-8"))["allowed"]:
        assert set(entry) == {"id", "package", "until", "why"}
        assert date.fromisoformat(entry["until"]) >= date.today(), f"look at {entry['id']} again"
        assert canonicalize_name(entry["package"]) in LOCKED and len(entry["why"].split()) > 3


# texts of figures -----------------------------------------------------------------------------------------------------
def test_markup_in_the_texts_of_a_figure_stays_text():
    assert plain(["<a href='x'>go</a>", "P < .001 & <b>"]) == ("&lt;a href='x'&gt;go&lt;/a&gt;<br>"
                                                              "P &lt; .001 &amp; &lt;b&gt;")
