"""A second, slow and obvious reading of the pathway files: one complete child, plain recursion, every way listed.

It shares nothing with the engine: it reads the YAML as plain text, lets Python's parser take a condition apart and
looks values up in a dictionary. A complete child is {fact: value}; a value is a choice as text, a number as a Fraction,
for MRD a pair (percent, called positive), or None where the fact does not apply.
"""
from __future__ import annotations

import ast
import operator
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from types import MappingProxyType

import yaml

COMPARE = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq}
Child = Mapping[str, object]


class Naive:
    """The guideline as plain dictionaries, with a walk for one complete child."""

    def __init__(self, folder: Path) -> None:
        self.facts = _read(folder / "facts.yaml")
        self.conditions = {key: one["when"] for key, one in _read(folder / "definitions.yaml").items()}
        self.must = [one["must"] for one in _read(folder / "constraints.yaml")]
        self.pages = {page["page"]: page for page in map(_read, sorted((folder / "graphs").glob("*.yaml")))}
        self.nodes = {key: node for page in self.pages.values() for key, node in page["nodes"].items()}
        self.schemes = {one["scheme"]: one for one in map(_read, sorted((folder / "schemes").glob("*.yaml")))}
        self.units = {key: {unit: Fraction(factor) for unit, factor in fact.get("units", {}).items()}
                      for key, fact in self.facts.items()}
        self.parsed: dict[str, ast.AST] = {}
        self.cuts: dict[str, set[Fraction]] = {key: set() for key in self.facts}
        self.pairs: set[tuple[str, str]] = set()
        for text in self._every_condition():
            self._note_numbers(self._tree(text))
        for one, two in self.pairs:
            self.cuts[one] = self.cuts[two] = self.cuts[one] | self.cuts[two]

    # conditions -----------------------------------------------------------------------------------------------------
    def _every_condition(self) -> Iterator[str]:
        yield from self.conditions.values()
        yield from self.must
        yield from (fact["only_when"] for fact in self.facts.values() if "only_when" in fact)
        for one in (*self.nodes.values(), *self.schemes.values()):
            for part in (*one.get("branches", []), *one.get("ambiguous", []), *one.get("groups", [])):
                yield part["when"]

    def _tree(self, text: str) -> ast.AST:
        if text not in self.parsed:
            self.parsed[text] = ast.parse(text, mode="eval").body
        return self.parsed[text]

    def _note_numbers(self, tree: ast.AST) -> None:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Compare):
                continue
            terms = [node.left, *node.comparators]
            for one, two in zip(terms, terms[1:], strict=False):
                names = [t.id for t in (one, two) if isinstance(t, ast.Name) and t.id in self.facts]
                if len(names) == 2:
                    self.pairs.add((names[0], names[1]))
                elif names and self.units[names[0]]:
                    limits = (term for term in (one, two) if not isinstance(term, ast.Name))
                    self.cuts[names[0]] |= {self._number(limit, names[0]) for limit in limits}

    def _number(self, node: ast.AST, key: str) -> Fraction:
        if isinstance(node, ast.Call):
            return Fraction(str(node.args[0].value)) * self.units[key][node.func.id]
        return Fraction(str(node.value))

    def holds(self, text: str, child: Child) -> bool:
        """Whether a condition is true of a complete child."""
        return self._true(self._tree(text), child)

    def _true(self, node: ast.AST, child: Child) -> bool:
        if isinstance(node, ast.BoolOp):
            answers = [self._true(value, child) for value in node.values]
            return all(answers) if isinstance(node.op, ast.And) else any(answers)
        if isinstance(node, ast.UnaryOp):
            return not self._true(node.operand, child)
        if isinstance(node, ast.Name):
            return self.holds(self.conditions[node.id], child)
        if isinstance(node, ast.Call):
            value = child[node.args[0].id]
            return value is not None and value[1]
        terms = [node.left, *node.comparators]
        return all(self._compare(a, op, b, child) for a, op, b in zip(terms, node.ops, terms[1:], strict=False))

    def _compare(self, a: ast.AST, op: ast.cmpop, b: ast.AST, child: Child) -> bool:
        key = next(t.id for t in (a, b) if isinstance(t, ast.Name) and t.id in self.facts)
        if isinstance(op, ast.In):
            return child[key] in [item.value for item in b.elts]
        left, right = self._value(a, key, child), self._value(b, key, child)
        if isinstance(op, ast.NotEq):
            return left != right
        return left is not None and right is not None and COMPARE[type(op)](left, right)

    def _value(self, node: ast.AST, key: str, child: Child) -> object:
        if isinstance(node, ast.Name) and node.id in self.facts:
            value = child[node.id]
            return value[0] if isinstance(value, tuple) else value
        if isinstance(node, ast.Name):
            return node.id
        return self._number(node, key) if self.units[key] else node.value

    # children -------------------------------------------------------------------------------------------------------
    def keeps(self, child: Child) -> bool:
        """Whether a complete child keeps every constraint; a fact has no value exactly where it does not apply."""
        for key, fact in self.facts.items():
            if (child[key] is None) == ("only_when" not in fact or self.holds(fact["only_when"], child)):
                return False
        return all(self.holds(text, child) for text in self.must)

    def samples(self, key: str, near: tuple[Fraction, ...] = ()) -> list[object]:
        """One value for each way in which any condition can see a fact; two between cuts, so that pairs differ."""
        fact = self.facts[key]
        if fact["kind"] == "finding":
            values: list[object] = ["present", "absent"]
        elif fact["kind"] == "choice":
            values = list(fact["choices"])
        else:
            values = list(self._numbers(key, near))
            if fact["kind"] == "mrd":
                values = [(value, positive) for value in values for positive in (False, True)]
        return values + ([None] if "only_when" in fact else [])

    def _numbers(self, key: str, near: tuple[Fraction, ...]) -> Iterator[Fraction]:
        low, high = (Fraction(limit) for limit in self.facts[key]["range"])
        points = sorted({low, high, *self.cuts[key], *near})
        double = any(key in pair for pair in self.pairs)
        for one, two in zip(points, [*points[1:], None], strict=True):
            if one in self.cuts[key] or one in near:
                yield one
            if two is None:
                return
            if self.facts[key].get("whole") == "true":
                if two - one > 1:
                    yield one + 1
            else:
                yield one + (two - one) / 4
                if double:
                    yield one + (two - one) * 3 / 4

    def completions(self, child: Child, unknown: list[str], called: Mapping[str, object] = MappingProxyType({}),
                    ) -> Iterator[dict[str, object]]:
        """Every complete child that agrees with `child` but for the unknown facts, and keeps the constraints.

        `called`: for an unknown MRD, what its laboratory's call still allows: {fact: allowed(percent, positive)}.
        """
        tied = {other: child[key] for pair in self.pairs for other, key in (pair, pair[::-1]) if key not in unknown}
        choices = []
        for key in unknown:
            values = self.samples(key, (self._plain(tied[key]),) if key in tied else ())
            choices.append([v for v in values if key not in called or (v is not None and called[key](*v))])
        for values in product(*choices):
            full = dict(child) | dict(zip(unknown, values, strict=True))
            if self.keeps(full):
                yield full

    @staticmethod
    def _plain(value: object) -> Fraction:
        return value[0] if isinstance(value, tuple) else value

    # the walk -------------------------------------------------------------------------------------------------------
    def targets(self, key: str, child: Child) -> list[str]:
        """Where a complete child goes on from a node."""
        node = self.nodes[key]
        if node["kind"] == "decision":
            opened = [one["open"] for one in node.get("ambiguous", []) if self.holds(one["when"], child)]
            if opened:
                assert len(opened) == 1, f"{key} has two ambiguous cells for one child"
                return opened[0]
            answers = [one["to"] for one in node["branches"] if self.holds(one["when"], child)]
            assert len(answers) == 1, f"{key} has {len(answers)} answers"
            return answers
        return [t for t in (node.get("next"), node.get("to"), *(way["to"] for way in node.get("ways", []))) if t]

    def ways(self, child: Child, key: str = "situation", known: dict[str, list[str]] | None = None,
             ) -> Iterator[list[str]]:
        """Every way from a node to where it ends, as lists of nodes."""
        known = {} if known is None else known
        if key not in known:
            known[key] = self.targets(key, child)
        if not known[key]:
            yield [key]
        for target in dict.fromkeys(known[key]):
            for rest in self.ways(child, target, known):
                yield [key, *rest]

    def on_and_may(self, child: Child) -> tuple[set[str], set[str]]:
        """Nodes on every way, and nodes on some way, of a complete child."""
        ways = [set(way) for way in self.ways(child)]
        return set.intersection(*ways), set.union(*ways)

    def walk(self, full: list[Child]) -> tuple[str, dict[str, str]]:
        """Status and the state of every node over all completions of a case, straight from their meaning."""
        if not full:
            return "contradictory", dict.fromkeys(self.nodes, "excluded")
        both = [self.on_and_may(child) for child in full]
        ended = [{self.nodes[key].get("status") for key in may} for _, may in both]
        if all("out_of_scope" in one for one in ended):
            return "out_of_scope", dict.fromkeys(self.nodes, "excluded")
        every_on = set.intersection(*(on for on, _ in both))
        every_may = set.intersection(*(may for _, may in both))
        some_may = set.union(*(may for _, may in both))
        states = {key: "visited" if key in every_on else "offered" if key in every_may
                  else "possible" if key in some_may else "excluded" for key in self.nodes}
        if all({"out_of_scope", "stopped"} & one for one in ended):
            return "stopped", states
        return self._waits(full, every_may), states

    def _waits(self, full: list[Child], open_nodes: set[str]) -> str:
        status = "ok"
        for key in open_nodes:
            if self.nodes[key]["kind"] != "decision":
                continue
            if len({tuple(self.targets(key, child)) for child in full}) > 1:
                return "incomplete"
            if all(self.holds_any(self.nodes[key].get("ambiguous", []), child) for child in full):
                status = "ambiguous"
        return status

    def holds_any(self, cells: list[dict], child: Child) -> bool:
        """Whether one of some declared ambiguous cells holds a complete child."""
        return any(self.holds(cell["when"], child) for cell in cells)

    def groups(self, scheme: str, child: Child) -> set[str]:
        """The groups of a risk scheme for a complete child."""
        one = self.schemes[scheme]
        opened = [cell["open"] for cell in one.get("ambiguous", []) if self.holds(cell["when"], child)]
        if opened:
            return set(opened[0])
        return {group["id"] for group in one["groups"] if self.holds(group["when"], child)}


def _read(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def as_entries(child: Child, leave_out: list[str] = ()) -> dict[str, object]:
    """A complete child as entries of a case, without the facts that do not apply."""
    return {key: as_entry(value) for key, value in child.items() if value is not None and key not in leave_out}


def as_entry(value: object) -> object:
    """One value as an entry; an MRD whose call contradicts its number can only be entered as the call."""
    if isinstance(value, tuple):
        number, positive = value
        if positive != (number >= Fraction(1, 100)):
            return {"call": "positive" if positive else "negative"}
        value = number
    if isinstance(value, Fraction):
        assert (value * 10**12).denominator == 1, "samples are decimals"
        return _decimal(value)
    return value


def _decimal(value: Fraction) -> str:
    whole, rest = divmod(int(value * 10**12), 10**12)
    return f"{whole}.{rest:012d}".rstrip("0").rstrip(".")


PLAIN = {
    "reached": "maintenance", "age_at_diagnosis_years": Fraction(4), "age_now_years": Fraction(7), "sex": "male",
    "wbc_10e9_per_l": Fraction(20), "all_established_by_pathology": "present", "marrow_blasts_percent": Fraction(80),
    "blood_blasts_per_ul": Fraction(5000), "blood_blasts_percent": Fraction(50), "chromosome_count": Fraction(46),
    "dna_index": Fraction(1), "day_8_blood_blasts_per_ul": Fraction(100), "day_15_marrow_blasts_percent": Fraction(2),
    "donor_available": "present", "months_since_completion": Fraction(5), "months_to_relapse": Fraction(40),
    "relapse_marrow_involved": "present", "previous_regimens": Fraction(1),
}


def plain_child(naive: Naive, **changes: object) -> dict[str, object]:
    """A complete child with nothing special but the changes; facts that do not apply are None."""
    child: dict[str, object] = {}
    for key, fact in naive.facts.items():
        usual = {"finding": "absent", "mrd": (Fraction(0), False), "number": PLAIN.get(key)}
        child[key] = PLAIN.get(key) or usual.get(fact["kind"]) or next(iter(fact["choices"]))
    child = fitted(naive, child | changes)
    assert naive.keeps(child), "the plain child keeps every constraint"
    return child


def fitted(naive: Naive, child: Child) -> dict[str, object]:
    """A child whose facts have a value exactly where they apply."""
    child = dict(child)
    for key, fact in naive.facts.items():
        if "only_when" not in fact:
            continue
        if not naive.holds(fact["only_when"], child):
            child[key] = None
        elif child[key] is None:
            child[key] = (Fraction(0), False) if fact["kind"] == "mrd" else PLAIN.get(key) or naive.samples(key)[0]
    return child
