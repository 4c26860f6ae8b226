"""The condition language: one readable line becomes a small tree; words, values and cells come from that tree.

No text is ever evaluated: Python's own parser gives the syntax, a closed list of node kinds gives the meaning.
"""
from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pathways.facts import Fact, Value

MAX_LENGTH = 1000
FINDING = ("present", "absent")


class ConditionError(ValueError):
    """What is wrong with a condition, in one sentence."""


@dataclass(frozen=True)
class Number:
    """`fact op value`; the value in the fact's first unit. `unit` is how it was written ("" or "months")."""

    fact: str
    op: str
    value: Fraction
    unit: str = ""


@dataclass(frozen=True)
class OneOf:
    """The fact is one of these choices (or findings); `words` keeps == and != readable."""

    fact: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Positive:
    """MRD is positive: the laboratory's call where there is one, else 0.01 % or more."""

    fact: str


@dataclass(frozen=True)
class Pair:
    """Two facts compared with each other; only in constraints."""

    fact: str
    op: str
    other: str


@dataclass(frozen=True)
class Name:
    """A named definition."""

    name: str


@dataclass(frozen=True)
class And:
    parts: tuple


@dataclass(frozen=True)
class Or:
    parts: tuple


@dataclass(frozen=True)
class Not:
    part: object


Tree = Number | OneOf | Positive | Pair | Name | And | Or | Not
OPS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
COMPARE: dict[str, Callable[[object, object], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}


def parse(text: str, facts: Mapping[str, Fact], definitions: object = (), pairs: bool = False) -> Tree:
    """Read one condition.

    Parameters
    ----------
    text : str
        At most 1,000 characters.
    facts : mapping of fact key to Fact
    definitions : container of str
        Names that may stand for a condition.
    pairs : bool
        Whether two facts may be compared with each other.

    Raises
    ------
    ConditionError
        With one sentence that names what is wrong and what may stand there.
    """
    if not isinstance(text, str) or not text.strip():
        raise ConditionError("the condition is empty")
    if len(text) > MAX_LENGTH:
        raise ConditionError("the condition is longer than 1,000 characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")                    # "10or": Python would read it and only mutter
            body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ConditionError(f"'{text[:60]}' is not a condition; write comparisons joined by and, or, not") from None
    try:
        return _Reader(facts, definitions, pairs).read(body)
    except RecursionError:
        raise ConditionError("the condition is nested too deeply") from None


class _Reader:
    def __init__(self, facts: Mapping[str, Fact], definitions: object, pairs: bool) -> None:
        self.facts, self.definitions, self.pairs = facts, definitions, pairs

    def read(self, node: ast.AST) -> Tree:
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.read(value) for value in node.values)
            return And(parts) if isinstance(node.op, ast.And) else Or(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return Not(self.read(node.operand))
        if isinstance(node, ast.Name):
            if node.id in self.definitions:
                return Name(node.id)
            raise ConditionError(f"'{node.id}' is no definition; compare a fact with a value, or name a definition")
        if isinstance(node, ast.Call):
            return Positive(self._mrd(node))
        if isinstance(node, ast.Compare):
            return self._compare(node)
        raise ConditionError("only comparisons, in, and, or, not and named definitions may stand in a condition")

    def _mrd(self, node: ast.Call) -> str:
        named = isinstance(node.func, ast.Name) and node.func.id == "is_positive" and not node.keywords
        if not named or len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
            raise ConditionError("the only calls are is_positive(an MRD fact) and months(a number)")
        key = node.args[0].id
        if self._fact(key).kind != "mrd":
            raise ConditionError(f"is_positive is for MRD facts, and '{key}' is none")
        return key

    def _fact(self, key: str) -> Fact:
        if key not in self.facts:
            raise ConditionError(f"no fact is called '{key}'")
        return self.facts[key]

    def _compare(self, node: ast.Compare) -> Tree:
        terms = [node.left, *node.comparators]
        parts = [self._one(a, op, b) for a, op, b in zip(terms, node.ops, terms[1:], strict=False)]
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, left: ast.AST, op: ast.cmpop, right: ast.AST) -> Tree:
        if isinstance(op, ast.In):
            return self._in(left, right)
        if type(op) not in OPS:
            raise ConditionError("compare with <, <=, ==, !=, >=, > or in")
        sign = OPS[type(op)]
        if self._is_fact(right) and not self._is_fact(left):
            left, right, sign = right, left, FLIP[sign]
        if not self._is_fact(left):
            raise ConditionError(f"a comparison needs a fact, and '{ast.unparse(left)[:40]}' is none")
        fact = self._fact(left.id)
        if self._is_fact(right):
            return self._pair(fact, sign, self._fact(right.id))
        if fact.kind in ("number", "mrd"):
            value, unit = self._number(fact, right)
            return Number(fact.key, sign, value, unit)
        return self._choice(fact, sign, right)

    def _is_fact(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id not in FINDING

    def _pair(self, fact: Fact, sign: str, other: Fact) -> Pair:
        if not self.pairs:
            raise ConditionError("two facts may be compared with each other in constraints only")
        if fact.kind != other.kind or fact.kind not in ("number", "mrd") or fact.unit != other.unit:
            raise ConditionError(f"'{fact.key}' and '{other.key}' are not measured alike")
        return Pair(fact.key, sign, other.key)

    def _number(self, fact: Fact, node: ast.AST) -> tuple[Fraction, str]:
        unit, factor = "", Fraction(1)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
            unit = node.func.id
            if unit not in fact.units:
                raise ConditionError(f"'{fact.key}' has no unit '{unit}'")
            factor, node = fact.units[unit], node.args[0]
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            raise ConditionError(f"'{fact.key}' is compared with a number")
        infinite = isinstance(node.value, float) and not math.isfinite(node.value)
        if not isinstance(node.value, (int, float)) or infinite:
            raise ConditionError(f"'{fact.key}' is compared with a number")
        value = Fraction(repr(node.value)) * factor
        low, high = fact.range
        if not low <= value <= high:
            raise ConditionError(f"{node.value} is outside the range of '{fact.key}'")
        return value, unit

    def _choice(self, fact: Fact, sign: str, node: ast.AST) -> Tree:
        if sign not in ("==", "!="):
            raise ConditionError(f"'{fact.key}' has no order; use == or in")
        atom = OneOf(fact.key, (self._value(fact, node),))
        return atom if sign == "==" else Not(atom)

    def _value(self, fact: Fact, node: ast.AST) -> str:
        if fact.kind == "finding":
            if isinstance(node, ast.Name) and node.id in FINDING:
                return node.id
            raise ConditionError(f"'{fact.key}' is compared with present or absent")
        if isinstance(node, ast.Constant) and node.value in fact.choices:
            return node.value
        raise ConditionError(f"'{fact.key}' is one of {', '.join(fact.choices)}, in quotes")

    def _in(self, left: ast.AST, right: ast.AST) -> OneOf:
        if not self._is_fact(left) or not isinstance(right, (ast.List, ast.Tuple)) or not right.elts:
            raise ConditionError("write: fact in [\"choice\", \"choice\"]")
        fact = self._fact(left.id)
        if fact.kind != "choice":
            raise ConditionError(f"'{fact.key}' has no choices; use a comparison")
        return OneOf(fact.key, tuple(self._value(fact, item) for item in right.elts))


def atoms(tree: Tree, definitions: Mapping[str, Tree] | None = None) -> Iterator[Tree]:
    """Every atom of a condition, through its definitions where they are given."""
    if isinstance(tree, (And, Or)):
        for part in tree.parts:
            yield from atoms(part, definitions)
    elif isinstance(tree, Not):
        yield from atoms(tree.part, definitions)
    elif isinstance(tree, Name):
        if definitions is not None:
            yield from atoms(definitions[tree.name], definitions)
    else:
        yield tree


def facts_of(tree: Tree, definitions: Mapping[str, Tree]) -> list[str]:
    """Keys of the facts a condition leans on, in order of mention."""
    keys: dict[str, None] = {}
    for atom in atoms(tree, definitions):
        keys[atom.fact] = None
        if isinstance(atom, Pair):
            keys[atom.other] = None
    return list(keys)


Truth = Callable[[Tree], "bool | None"]


def kleene(tree: Tree, definitions: Mapping[str, Tree], truth: Truth) -> bool | None:
    """True, False or None (not known) of a condition; `truth` answers for each atom."""
    if isinstance(tree, Name):
        return kleene(definitions[tree.name], definitions, truth)
    if isinstance(tree, Not):
        inner = kleene(tree.part, definitions, truth)
        return None if inner is None else not inner
    if isinstance(tree, (And, Or)):
        stop = isinstance(tree, Or)
        found = [kleene(part, definitions, truth) for part in tree.parts]
        if stop in found:
            return stop
        return None if None in found else not stop
    return truth(tree)


def atom_truth(atom: Tree, values: Mapping[str, Value]) -> bool | None:
    """Three-valued truth of one atom."""
    value = values.get(atom.fact)
    if value is None:
        return None
    if isinstance(atom, OneOf):
        return value.choice in atom.choices
    if isinstance(atom, Positive):
        return value.positive
    if isinstance(atom, Pair):
        other = values.get(atom.other)
        if other is None:
            return None
        return pair_truth(value, atom.op, other)
    return _interval_truth(value, atom.op, atom.value)


def _interval_truth(value: Value, op: str, limit: Fraction) -> bool | None:
    if value.low == value.high:
        return COMPARE[op](value.low, limit)
    if op in ("==", "!="):
        if value.contains(limit):
            return None
        return op == "!="
    if op in (">", "<="):
        above = None if value.low <= limit < value.high else value.low > limit
        if value.high == limit:
            above = False
        return above if op == ">" or above is None else not above
    below = None if value.low < limit < value.high or (value.high == limit and value.closed) else value.high <= limit
    if value.low >= limit:
        below = False
    return below if op == "<" or below is None else not below


def pair_truth(a: Value, op: str, b: Value) -> bool | None:
    """Three-valued truth of two values compared with each other."""
    low, high = max(a.low, b.low), min(a.high, b.high)
    possible = [(a.high > b.low, 1), (a.low < b.high, -1),
                (low < high or (low == high and a.contains(low) and b.contains(low)), 0)]
    found = {COMPARE[op](sign, 0) for can_be, sign in possible if can_be}
    return found.pop() if len(found) == 1 else None


def unresolved(tree: Tree, definitions: Mapping[str, Tree], truth: Truth) -> list[str]:
    """Facts that still decide a condition whose value is not known; empty where it is known."""
    if kleene(tree, definitions, truth) is not None:
        return []
    if isinstance(tree, Name):
        return unresolved(definitions[tree.name], definitions, truth)
    if isinstance(tree, Not):
        return unresolved(tree.part, definitions, truth)
    if isinstance(tree, (And, Or)):
        keys: dict[str, None] = {}
        for part in tree.parts:
            keys.update(dict.fromkeys(unresolved(part, definitions, truth)))
        return list(keys)
    return [tree.fact]


def in_words(tree: Tree, facts: Mapping[str, Fact], labels: Mapping[str, str], negated: bool = False) -> str:
    """A condition as a clinician would say it; definitions by their label."""
    if isinstance(tree, Not):
        return in_words(tree.part, facts, labels, not negated)
    if isinstance(tree, Name):
        return f"not {labels[tree.name]}" if negated else labels[tree.name]
    if isinstance(tree, (And, Or)):
        chain = None if negated else _chain(tree, facts)
        if chain:
            return chain
        word = " and " if isinstance(tree, And) != negated else " or "
        parts = [in_words(part, facts, labels, negated) for part in tree.parts]
        inner = [f"({p})" if isinstance(part, (And, Or)) and type(part) is not type(tree) and not _chain(part, facts)
                 else p for p, part in zip(parts, tree.parts, strict=True)]
        return word.join(inner)
    return _atom_words(tree, facts, negated)


def _chain(tree: Tree, facts: Mapping[str, Fact]) -> str | None:
    """`1 <= age < 10` in one phrase."""
    if not isinstance(tree, And) or len(tree.parts) != 2:
        return None
    low, high = tree.parts
    if not (isinstance(low, Number) and isinstance(high, Number) and low.fact == high.fact):
        return None
    if low.op not in (">", ">=") or high.op not in ("<", "<="):
        return None
    fact = facts[low.fact]
    first = "from" if low.op == ">=" else "above"
    last = "to under" if high.op == "<" else "to"
    return f"{fact.label} {first} {amount(fact, low)} {last} {amount(fact, high)}"


WORDS = {"<": "under", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly", "!=": "not exactly"}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def amount(fact: Fact, atom: Number) -> str:
    """The number of an atom with its unit, as it was written."""
    unit = atom.unit or fact.unit
    number = atom.value / fact.units[unit]
    text = f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):g}"
    return f"{text} {unit}".strip()


def _atom_words(atom: Tree, facts: Mapping[str, Fact], negated: bool) -> str:
    fact = facts[atom.fact]
    if isinstance(atom, Positive):
        return f"{fact.label} {'negative' if negated else 'positive'}"
    if isinstance(atom, Pair):
        op = OPPOSITE[atom.op] if negated else atom.op
        return f"{fact.label} {WORDS[op]} {facts[atom.other].label}"
    if isinstance(atom, Number):
        op = OPPOSITE[atom.op] if negated else atom.op
        return f"{fact.label} {WORDS[op]} {amount(fact, atom)}"
    if fact.kind == "finding":
        found = (atom.choices == ("present",)) != negated
        return f"{fact.label}: {fact.words['present' if found else 'absent']}"
    *most, last = [fact.short.get(choice, fact.choices[choice]) for choice in atom.choices]
    names = f"{', '.join(most)} or {last}" if most else last
    return f"{fact.label} {'is not' if negated else 'is'} {names}"


def rewrite(tree: Tree, change: Callable[[Tree], Tree | None]) -> Tree:
    """A copy of a condition in which `change` replaced the parts it answered for."""
    new = change(tree)
    if new is not None:
        return new
    if isinstance(tree, (And, Or)):
        return replace(tree, parts=tuple(rewrite(part, change) for part in tree.parts))
    if isinstance(tree, Not):
        return Not(rewrite(tree.part, change))
    return tree
