"""The house: imports point one way, pages hold no numbers, nothing of a patient leaks, documents name everything."""
from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from pathways.model import Node

ROOT = Path(__file__).parent.parent
LEFT_OUT = {".git", ".venv", "node_modules", "__pycache__", ".hypothesis", ".ruff_cache", ".pytest_cache", "build"}
MAY_USE_STREAMLIT = ("pages", "streamlit_app.py", "asgi_app.py", "tests", "benchmarks/empty_page.py",
                     "benchmarks/session.py")
FORBIDDEN = {
    "content": {"pathways", "pages", "streamlit", "streamlit_app", "asgi_app", "tests", "benchmarks"},
    "pathways": {"pages", "streamlit", "streamlit_app", "asgi_app", "tests", "benchmarks"},
    "pages": {"streamlit_app", "asgi_app", "tests", "benchmarks"},
}
CONTENT_MAY_USE = {"content", "pydantic", "yaml", "pandas", "rapidfuzz"}
TOP = {"CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "Makefile", "README.md", "SECURITY.md", "asgi_app.py",
       "benchmarks", "content", "deploy", "docs", "pages", "pathways", "pyproject.toml", "requirements-dev.txt",
       "requirements.lock", "requirements.txt", "static", "streamlit_app.py", "tests"}
LARGEST = 200_000                          # [bytes] the picture in the README is 169 kB
PATIENT = {"case", "entries", "values", "route", "walk", "w", "found", "child", "facts_entered"}
MACHINE = [r"/(wor[k]|far[m]|bash_job[s])/", r"/tm[p]/(ven[v]|brie[f])", r"/hom[e]/\w+/", r"/Use[r]s/\w+/",
           r"/roo[t]/\w", r"https?://[\w.-]*(mirro[r]|prox[y]|artifactor[y]|intranet[.])"]


def files(*endings: str) -> list[Path]:
    """The project's own files."""
    found = [path for path in ROOT.rglob("*") if path.is_file() and not LEFT_OUT & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if not endings or path.suffix in endings)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def imported(path: Path) -> Iterator[str]:
    """Full names of all modules a file imports, at any depth of the code."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


CODE = files(".py")
PAGE_CODE = [path for path in CODE if name(path).startswith("pages/")]
PAGE_FILES = [path for path in PAGE_CODE if path.parent == ROOT / "pages" and path.stem != "__init__"]


# imports --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("package", FORBIDDEN)
def test_imports_of_package_point_one_way(package):
    checked = [path for path in CODE if name(path).startswith(f"{package}/")]
    wrong = [f"{name(path)}: {module}" for path in checked for module in imported(path)
             if module.split(".")[0] in FORBIDDEN[package]]
    assert checked and not wrong


def test_content_leans_on_the_standard_library_and_four_packages_only():
    used = {module.split(".")[0] for path in CODE if name(path).startswith("content/") for module in imported(path)}
    assert {"content", "pydantic", "yaml"} <= used
    assert used - CONTENT_MAY_USE - sys.stdlib_module_names == set()


def test_streamlit_is_imported_only_by_pages_and_the_two_entry_points():
    users = {name(path) for path in CODE if any(module.split(".")[0] == "streamlit" for module in imported(path))}
    assert "asgi_app.py" in users
    assert not [user for user in users if not user.startswith(MAY_USE_STREAMLIT)]


def test_parts_of_pages_import_no_page():
    pages = {f"pages.{path.stem}" for path in PAGE_FILES}
    parts = [path for path in PAGE_CODE if name(path).startswith("pages/ui/")]
    wrong = [f"{name(path)}: {module}" for path in parts for module in imported(path)
             if ".".join(module.split(".")[:2]) in pages]
    assert parts and not wrong


def test_no_page_imports_another_page():
    pages = {f"pages.{path.stem}" for path in PAGE_FILES}
    assert not [f"{name(path)}: {module}" for path in PAGE_FILES for module in imported(path)
                if ".".join(module.split(".")[:2]) in pages]


# pages hold no clinical numbers ---------------------------------------------------------------------------------------
UNIT = re.compile(r"\d\s*(%|percent|/uL|x10|months?\b|years?\b|weeks?\b|days?\b|chromosomes|mg|Gy\b)|[<>≥≤]\s*\d")
LOOSE = re.compile(r"(?<![\w#&./:-])\d+(\.\d+)?(?![\w;])")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every piece of text in a file, with its line; docstrings are left out."""
    tree = parsed(path)
    first = {id(node.body[0].value) for node in ast.walk(tree)
             if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body
             and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in first:
            yield node.lineno, node.value


def test_units_and_loose_numbers_are_recognized():
    assert all(UNIT.search(text) for text in ("MRD 0.01 %", "0.01%", "< 50", "10 years", "1,000 /uL"))
    assert LOOSE.search("up to 25 of them") and not LOOSE.search("PEDALL-4") and not UNIT.search("cog_b")


@pytest.mark.parametrize("path", PAGE_FILES, ids=[path.stem for path in PAGE_FILES])
def test_page_holds_no_clinical_number(path):
    wrong = [f"{line}: {text}" for line, text in texts(path) if UNIT.search(text) or LOOSE.search(text)]
    assert not wrong
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Compare):
            limits = [c.value for c in (node.left, *node.comparators)
                      if isinstance(c, ast.Constant) and isinstance(c.value, (int, float))]
            assert all(limit in (0, 1, 2, True, False) for limit in limits), f"line {node.lineno}"


# nothing of a patient leaks -------------------------------------------------------------------------------------------
def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_widget_binds_its_value_to_the_address():
    assert not [f"{name(path)}:{call.lineno}" for path in PAGE_CODE for _, call in calls(path)
                if any(keyword.arg == "bind" for keyword in call.keywords)]


def test_graphviz_chart_is_used_nowhere():
    word = "graphviz" + "_chart"
    assert not [name(path) for path in files(".py", ".js", ".toml") if path.name != "test_house.py"
                and word in path.read_text(encoding="utf-8")]


def test_pages_use_no_cache_data():
    word = "cache" + "_data"
    assert not [name(path) for path in [*PAGE_CODE, ROOT / "streamlit_app.py"]
                if word in path.read_text(encoding="utf-8")]


def test_nothing_cached_in_pages_takes_a_patients_values():
    wrong = []
    for path in PAGE_CODE:
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.FunctionDef):
                continue
            if any("cache" in ast.unparse(decorator) for decorator in node.decorator_list):
                taken = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
                wrong += [f"{name(path)}: {node.name}({key})" for key in taken & PATIENT]
    assert not wrong


def test_pages_write_neither_files_nor_logs():
    banned = {"open", "print"}
    wrong = [f"{name(path)}:{call.lineno} {called}" for path in PAGE_CODE for called, call in calls(path)
             if called in banned or called.endswith((".write_text", ".write_bytes"))]
    assert not wrong
    assert not [name(path) for path in PAGE_CODE if "logging" in set(imported(path))]


def test_privacy_settings_stand_in_the_configuration():
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert re.search(r"gatherUsageStats\s*=\s*false", text)


def test_scripts_and_styles_load_nothing_from_outside():
    outside = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE)
    wrong = []
    for path in files(".js", ".css", ".html"):
        if name(path).startswith(("pages/", "static/")):
            text = re.sub(r"(?m)^\s*//.*$", "", path.read_text(encoding="utf-8"))
            wrong += [f"{name(path)}: {found}" for found in outside.findall(text)]
    assert not wrong


def test_scripts_of_the_parts_share_no_name():
    from pages.ui.client import SCRIPTS

    # They become one module, in which a name given twice breaks every page.
    scripts = [(ROOT / "pages" / "ui" / script).read_text(encoding="utf-8") for script in SCRIPTS]
    names = [found for text in scripts for found in re.findall(r"(?m)^(?:const|let|class|function) (\w+)", text)]
    assert names and sorted(names) == sorted(set(names))


# documents and names --------------------------------------------------------------------------------------------------
def test_every_page_is_in_the_navigation():
    tree = parsed(ROOT / "pages" / "ui" / "navigation.py")
    listed = [node.args[0].value for node in ast.walk(tree)
              if isinstance(node, ast.Call) and ast.unparse(node.func) == "PageInfo"]
    assert sorted(listed) == sorted(path.stem for path in PAGE_FILES)


def test_readme_exists():
    assert (ROOT / "README.md").is_file()


@pytest.mark.skipif(not (ROOT / "README.md").is_file(), reason="test_readme_exists says so")
def test_readme_names_every_page():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    titles = re.findall(r'PageInfo\("\w+", "([^"]+)"', (ROOT / "pages/ui/navigation.py").read_text(encoding="utf-8"))
    assert titles and not [title for title in titles if title not in text]


def test_pathways_readme_names_every_node_kind_and_field():
    text = (ROOT / "pathways" / "README.md").read_text(encoding="utf-8")
    kinds = get_args(Node.model_fields["kind"].annotation)
    assert len(kinds) == 6
    assert not [kind for kind in kinds if not re.search(rf"(?m)^\| `{kind}` ", text)]
    fields = set(Node.model_fields) - {"id", "page", "line"}
    assert not [field for field in fields if not re.search(rf"\b{field}\b", text)]


def test_nothing_lies_about_that_the_house_does_not_know():
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - LEFT_OUT == TOP
    assert not [name(path) for path in files() if path.stat().st_size > LARGEST]


def test_no_file_speaks_of_a_machine():
    wrong = []
    for path in files():
        if path.suffix in (".png", ".woff2", ".ttf", ".otf", ".pdf", ".ico", ".jpg", ".gz"):
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        wrong += [f"{name(path)}: {found.group()}" for pattern in MACHINE for found in re.finditer(pattern, text)]
    assert not wrong


def test_machine_patterns_find_what_they_should():
    samples = ["/".join(("", "work", "x")), "/".join(("", "home", "one", "x")), "https://pypi." + "mirror.example/x"]
    assert all(any(re.search(pattern, sample) for pattern in MACHINE) for sample in samples)


def test_every_module_says_what_it_is():
    silent = [name(path) for path in CODE if path.read_text(encoding="utf-8").strip() and not
              ast.get_docstring(parsed(path))]
    assert not silent


def test_data_files_of_the_pathways_are_all_read():
    from pathways.load import guideline

    g = guideline()
    graphs = {path.name for path in (ROOT / "pathways" / "graphs").iterdir()}
    assert graphs == {page.file for page in g.pages.values()}
    assert {path.name for path in (ROOT / "pathways" / "schemes").iterdir()} == {s.file for s in g.schemes.values()}
    for page in g.pages.values():
        assert page.file == page.id.lower().replace("-", "_") + ".yaml"
