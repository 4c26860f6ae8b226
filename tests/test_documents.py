"""Documents keep up with the project: the intended use stands in them word for word, links lead somewhere."""
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def words(text):
    return " ".join(text.split())


def test_readme_holds_the_statement_of_intended_use_word_for_word():
    statement = words((ROOT / "content" / "intended_use.md").read_text(encoding="utf-8"))
    assert statement in words((ROOT / "README.md").read_text(encoding="utf-8"))


def test_files_named_in_documents_exist():
    for document in ("README.md", "CONTRIBUTING.md", "pathways/README.md", "benchmarks/README.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for name in re.findall(r"`([\w./-]+/[\w./*-]+)`", text) + re.findall(r"\]\((docs/[\w./-]+)\)", text):
            near = (ROOT / document).parent
            assert list(ROOT.glob(name.rstrip("/"))) or list(near.glob(name.rstrip("/"))), f"{document}: {name}"


def test_commands_of_the_readme_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
