"""Read all pathway files, check them, and put the guideline together. Bad data fails here: file, line, remedy."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from content.reading import Block, DataError, read_yaml
from content.shapes import build, in_text, listing, mapping, notes
from pathways.cells import Space
from pathways.conditions import And, ConditionError, Name, Not, Or, Tree, atoms, in_words, parse
from pathways.dictionary import read_facts
from pathways.model import (
    Ambiguity,
    Constraint,
    Definition,
    Edge,
    Guideline,
    Node,
    Opening,
    Outcome,
    Page,
    Scheme,
)

HERE = Path(__file__).parent
CONTENT = HERE.parent / "content"
FIELDS = {
    "decision": {"branches"}, "action": {"next"}, "choice": {"ways"}, "link": set(), "silent": {"say"},
    "stop": {"say", "status"},
}
ALLOWED = {
    "decision": {"branches", "ambiguous", "risk"}, "action": {"next", "statements"}, "choice": {"ways", "statements"},
    "link": {"to", "situation"}, "silent": {"say"}, "stop": {"say", "status"},
}
COMMON = {"kind", "title", "lines", "notes"}


@lru_cache(maxsize=1)
def guideline() -> Guideline:
    """The project's guideline, read once a process.

    Raises
    ------
    DataError
        The first mistake found in a data file.
    """
    return load(HERE, CONTENT)


def load(folder: Path, content: Path) -> Guideline:
    """Read a guideline from `folder` (facts.yaml, graphs/, schemes/ ...) and the sections from `content`."""
    return Loader(folder, content).load()


class Loader:
    """One reading of all files. Keeps where everything stands, for messages."""

    def __init__(self, folder: Path, content: Path) -> None:
        self.folder, self.content = folder, content
        self.names: set[str] = set()
        self.statement_ids: set[str] = set()
        self.conditions_of_notes: dict[str, Tree] = {}

    def load(self) -> Guideline:
        self.sections = _sections(self.content / "sections.yaml")
        self.facts = read_facts(self.folder / "facts.yaml")
        self.definitions, self.definition_data = self._definitions()
        self.ambiguities = self._table("ambiguities.yaml", Ambiguity)
        self._check_definition_notes()
        self.constraints = self._constraints()
        self.pages, self.files = self._pages()
        self.nodes = {node.id: node for page in self.pages.values() for node in page.nodes.values()}
        if "situation" not in self.nodes:
            raise DataError("situation.yaml", 1, "no node is called 'situation'", "every walk starts there: add it")
        self.schemes = self._schemes()
        self.outcomes, self.conditions = {}, {}
        for node in self.nodes.values():
            self._check_node(node)
        edges = self._edges()
        order = self._order(edges)
        every = [atom for tree in self._trees() for atom in atoms(tree, self.definitions)]
        return Guideline(
            facts=self.facts, pages=self.pages, nodes=self.nodes, schemes=self.schemes, definitions=self.definitions,
            definition_data=self.definition_data, constraints=self.constraints, ambiguities=self.ambiguities,
            sections=self.sections, outcomes=self.outcomes, scheme_outcomes=self.scheme_outcomes, edges=edges,
            space=Space(self.facts, self.definitions, every, self._split_first()), order=order,
            conditions=self.conditions)

    def _split_first(self) -> list[str]:
        """Facts on which diagrams split first; those that are not named follow."""
        path = self.folder / "order.yaml"
        keys = listing(read_yaml(path), path, 1)
        for key, line in zip(keys, keys.item_lines, strict=True):
            if not isinstance(key, str) or key not in self.facts:
                raise DataError(path, line, f"'{key}' is no fact", "remove it; any order of any facts will do")
        return list(keys)

    def _trees(self) -> Iterable[Tree]:
        for _, tree in self.constraints.values():
            yield tree
        for outcomes in (*self.outcomes.values(), *self.scheme_outcomes.values()):
            for outcome in outcomes:
                yield outcome.tree
        yield from self.definitions.values()
        yield from self.only_when.values()

    def _table(self, name: str, model: type[BaseModel]) -> dict:
        path = self.folder / name
        data = mapping(read_yaml(path), path)
        return {key: build(model, block, path, data.line_of(key)) for key, block in data.items()}

    def _definitions(self) -> tuple[dict[str, Tree], dict[str, Definition]]:
        path = self.folder / "definitions.yaml"
        data = mapping(read_yaml(path), path)
        models = {key: build(Definition, block, path, data.line_of(key)) for key, block in data.items()}
        self.names = set(models)
        self.definition_lines = {key: (path, data.line_of(key)) for key in data}
        trees = {key: self._parse(model.when, path, data[key].line_of("when")) for key, model in models.items()}
        _check_circles(trees, path, data)
        self.only_when = {key: self._parse(fact.only_when, self.folder / "facts.yaml", fact.line)
                          for key, fact in self.facts.items() if fact.only_when}
        return trees, models

    def _check_definition_notes(self) -> None:
        for key, model in self.definition_data.items():
            path, line = self.definition_lines[key]
            for note in model.notes:
                self._ambiguity(note, path, line)
            self._lines(model.lines, path, line)

    def _constraints(self) -> dict[str, tuple[Constraint, Tree]]:
        path = self.folder / "constraints.yaml"
        found: dict[str, tuple[Constraint, Tree]] = {}
        blocks = listing(read_yaml(path), path, 1)
        for number, block in enumerate(blocks):
            model = build(Constraint, block, path, blocks.item_lines[number])
            if model.id in found:
                raise DataError(path, block.line, f"the constraint '{model.id}' stands twice", "rename one")
            found[model.id] = (model, self._parse(model.must, path, block.line_of("must"), pairs=True))
        for key, tree in self.only_when.items():
            fact = self.facts[key]
            known = Constraint(id=f"{key}_only_when", must=fact.only_when,
                               reason=f"{fact.label} has a value only when: {fact.only_when}.")
            found[known.id] = (known, tree)
        return found

    def _parse(self, text: str, path: Path, line: int, pairs: bool = False) -> Tree:
        try:
            return parse(text, self.facts, self.names, pairs)
        except ConditionError as error:
            raise DataError(path, line, f"in '{str(text)[:80]}': {error}", "mend the condition") from None

    def _ambiguity(self, key: str, path: Path, line: int) -> None:
        if key not in self.ambiguities:
            raise DataError(path, line, f"no ambiguity is called '{key}'", "use an id of ambiguities.yaml")

    def _lines(self, ranges: tuple, path: Path, line: int) -> None:
        in_text(ranges, self.sections[-1][1], path, line)
        for low, high in ranges:
            if high - low > 80:
                raise DataError(path, line, f"lines {low} to {high} are too wide a place", "name the passage")

    def _pages(self) -> tuple[dict[str, Page], dict[str, Path]]:
        pages, files, seen = {}, {}, {}
        for path in sorted((self.folder / "graphs").glob("*.yaml"), key=_page_order):
            data = mapping(read_yaml(path), path)
            for key, block in mapping(data.get("nodes"), path, data.line_of("nodes")).items():
                if key in seen:
                    raise DataError(path, data["nodes"].line_of(key), f"the node '{key}' stands in {seen[key]} too",
                                    "ids are unique over all pages: rename one")
                seen[key] = path.name
                line = data["nodes"].line_of(key)
                mapping(block, path, line).update(id=key, page=data.get("page"), line=line)
                block["notes"] = notes(block, path)
            data["file"] = path.name
            page = build(Page, data, path, 1)
            if page.start not in page.nodes:
                raise DataError(path, data.line_of("start"), f"the start '{page.start}' is no node here", "name a node")
            pages[page.page], files[page.page] = page, path
            self._check_statements(page, data, path)
        return pages, files

    def _check_statements(self, page: Page, data: Block, path: Path) -> None:
        for key, node in page.nodes.items():
            given = set(data["nodes"][key]) - {"id", "page", "line"} - COMMON
            line = node.line
            for name in sorted(FIELDS[node.kind] - given):
                raise DataError(path, line, f"the {node.kind} '{key}' has no '{name}'", f"add '{name}:'")
            for name in sorted(given - ALLOWED[node.kind] - {"notes"}):
                raise DataError(path, data["nodes"][key].line_of(name), f"a {node.kind} has no '{name}'", "remove it")
            if node.kind == "link" and (node.to is None) == (node.situation is None):
                raise DataError(path, line, f"the link '{key}' needs either 'to' or 'situation'", "keep one of them")
            for number, statement in enumerate(node.statements):
                at = data["nodes"][key]["statements"].item_lines[number]
                self._check_statement(statement, path, at)

    def _check_statement(self, statement, path: Path, line: int) -> None:
        if statement.id in self.names or statement.id in self.statement_ids:
            raise DataError(path, line, f"the statement id '{statement.id}' stands twice", "rename one")
        self.statement_ids = self.statement_ids | {statement.id}
        if statement.kind == "recommendation" and statement.strength is None:
            raise DataError(path, line, f"the recommendation '{statement.id}' has no strength", "add 'strength:'")
        if statement.kind == "description" and (statement.strength or statement.category):
            raise DataError(path, line, f"the description '{statement.id}' has a strength or category", "remove it")
        self._lines(statement.lines, path, line)

    def _check_node(self, node: Node) -> None:
        path = self.files[node.page]
        self._lines(node.lines, path, node.line)
        for note in node.notes:
            self._ambiguity(note.id, path, node.line)
            if note.when:
                self.conditions[note.when] = self._parse(note.when, path, node.line)
        for target in [node.next, node.to, *(way.to for way in node.ways), *(b.to for b in node.branches),
                       *(t for opening in node.ambiguous for t in opening.open)]:
            self._target(node, target, path)
        if node.situation and node.situation not in self.facts["situation"].choices:
            raise DataError(path, node.line, f"'{node.situation}' is no situation", "use one of facts.yaml")
        if node.kind == "decision":
            answers = [(b.when, (b.to,), "") for b in node.branches]
            self.outcomes[node.id] = self._outcomes(answers, node.ambiguous, path, node.line)

    def _target(self, node: Node, target: str | None, path: Path) -> None:
        if target is None:
            return
        if target not in self.nodes:
            raise DataError(path, node.line, f"'{node.id}' leads to '{target}', which is no node", "name a node")
        crosses = self.nodes[target].page != node.page
        if crosses and node.kind != "link":
            raise DataError(path, node.line, f"'{node.id}' leads to '{target}' on another page", "go through a link")
        if node.kind == "link" and not crosses:
            raise DataError(path, node.line, f"the link '{node.id}' stays on its page", "use 'next' of an action")

    def _outcomes(self, answers: list, openings: list[Opening], path: Path, line: int) -> list[Outcome]:
        cells = []
        for opening in openings:
            self._ambiguity(opening.id, path, line)
            cells.append(Outcome(self._parse(opening.when, path, line), tuple(opening.open), opening.id))
        without = tuple(cell.rule for cell in cells)
        found = [Outcome(self._parse(when, path, line), targets, "", number, without)
                 for number, (when, targets, _) in enumerate(answers)]
        return found + cells

    def _schemes(self) -> dict[str, Scheme]:
        schemes, self.scheme_outcomes = {}, {}
        for path in sorted((self.folder / "schemes").glob("*.yaml")):
            data = mapping(read_yaml(path), path)
            data["file"] = path.name
            data["notes"] = notes(data, path)
            scheme = build(Scheme, data, path, 1)
            self._check_groups(scheme, data, path)
            for note in scheme.notes:
                self._ambiguity(note.id, path, 1)
                if note.when:
                    self.conditions_of_notes[note.when] = self._parse(note.when, path, 1)
            groups = {group.id for group in scheme.groups}
            for opening in scheme.ambiguous:
                for name in set(opening.open) - groups:
                    raise DataError(path, 1, f"'{name}' is no group of '{scheme.id}'", "name one of its groups")
            answers = [(group.when, (group.id,), "") for group in scheme.groups]
            self.scheme_outcomes[scheme.id] = self._outcomes(answers, scheme.ambiguous, path, 1)
            schemes[scheme.id] = scheme
        return schemes

    def _check_groups(self, scheme: Scheme, data: Block, path: Path) -> None:
        self._lines(scheme.lines, path, data.line_of("lines"))
        for number, group in enumerate(scheme.groups):
            line = data["groups"].item_lines[number]
            self._lines(group.lines, path, line)
            if group.id in [other.id for other in scheme.groups[:number]]:
                raise DataError(path, line, f"the group '{group.id}' stands twice", "rename one")

    def _edges(self) -> list[Edge]:
        self.conditions.update(self.conditions_of_notes)
        labels = {name: data.label for name, data in self.definition_data.items()}
        edges = []
        for node in self.nodes.values():
            for branch, outcome in zip(node.branches, self.outcomes.get(node.id, []), strict=False):
                words = "otherwise" if _is_rest(branch) else in_words(outcome.rule, self.facts, labels)
                edges.append(Edge(node.id, branch.to, outcome.tree, words, node.page, branch.residual is not None))
            branch_targets = {branch.to for branch in node.branches}
            for opening in node.ambiguous:
                for target in dict.fromkeys(opening.open):
                    if target not in branch_targets:
                        edges.append(Edge(node.id, target, None, f"left open by the text ({opening.id})", node.page))
            for target in [node.next, node.to, *(way.to for way in node.ways)]:
                if target:
                    edges.append(Edge(node.id, target, None, "", node.page))
        return edges

    def _order(self, edges: list[Edge]) -> list[str]:
        """Nodes in an order in which every edge leads on; a circle is an error."""
        after: dict[str, list[str]] = {key: [] for key in self.nodes}
        waiting = dict.fromkeys(self.nodes, 0)
        for edge in edges:
            after[edge.source].append(edge.target)
            waiting[edge.target] += 1
        rank = {key: number for number, key in enumerate(self.nodes)}
        ready = sorted((key for key, count in waiting.items() if not count), key=rank.get, reverse=True)
        order = []
        while ready:
            key = ready.pop()
            order.append(key)
            for target in reversed(after[key]):
                waiting[target] -= 1
                if not waiting[target]:
                    ready.append(target)
        if len(order) < len(self.nodes):
            key = next(key for key in self.nodes if waiting[key])
            node = self.nodes[key]
            raise DataError(self.files[node.page], node.line, f"'{key}' lies on a circle", "a page must lead onward")
        return order


def _is_rest(branch) -> bool:
    return branch.residual is not None and branch.when.startswith("not ") and len(branch.when) > 60


def _page_order(path: Path) -> tuple:
    stem = path.stem
    number = stem.rsplit("_", 1)[-1]
    place = {"situation": 0, "alongside": 2.5}.get(stem)
    return (place if place is not None else int(number) if number.isdigit() else 99, stem)


def _sections(path: Path) -> list[tuple[int, int, str]]:
    return [(item["lines"][0], item["lines"][1], item["title"]) for item in read_yaml(path)]


def _check_circles(trees: Mapping[str, Tree], path: Path, data: Block) -> None:
    def names(tree: Tree) -> set[str]:
        if isinstance(tree, Name):
            return {tree.name}
        if isinstance(tree, (And, Or)):
            return set().union(*(names(part) for part in tree.parts))
        return names(tree.part) if isinstance(tree, Not) else set()

    for start in trees:
        seen, stack = set(), [start]
        while stack:
            for name in names(trees[stack.pop()]) - seen:
                if name == start:
                    raise DataError(path, data.line_of(start), f"'{start}' leans on itself", "break the circle")
                seen.add(name)
                stack.append(name)
