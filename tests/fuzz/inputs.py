"""Bad input, made by seeded chance out of good input: each kind of damage has a name, so that a table can list it."""
from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

HOSTILE = (
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "</style>", "[a](javascript:alert(1))", "{{7*7}}", "%s%n",
    "${x}", "../../../etc/passwd", "\x00", "\x1b[31m", "\u202e", "\u200f", "\ufeff", "\ud800", "\U0001f9ec", "\u0663",
    "\u00bd", "\u2028", "'; DROP TABLE x --", "__class__", "__import__('os')", "=1+1", "1e999", "-1", "NaN", "Infinity",
    "0x10", "1_000", "9" * 60, "\r\n", "\t", "&&", "||", "\\", "'", '"', "`", "# ", ": ", "- ", "? ", "| ", "> ",
    "!!python/object:os.system ", "&a ", "*a", "<<: *a", "%YAML 9.9\n", "---\n", "...\n", "null", "true", "yes", "~",
)
LONG = 30_000

Dice = random.Random
Maker = Callable[[Dice, str, Sequence[str], Sequence[str]], str]


def _place(dice: Dice, text: str) -> int:
    return dice.randrange(len(text) + 1)


def as_written(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    return text


def signs_replaced(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    signs = list(text)
    for _ in range(dice.randint(1, 4) if signs else 0):
        signs[dice.randrange(len(signs))] = chr(dice.choice((dice.randrange(32, 127), dice.randrange(1, 0xD7FF))))
    return "".join(signs)


def cut_out(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    start = _place(dice, text)
    return text[:start] + text[start + dice.randint(1, 12):]


def cut_off(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    return text[:_place(dice, text)]


def part_doubled(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    start, end = sorted((_place(dice, text), _place(dice, text)))
    return text[:end] + text[start:end] * dice.randint(1, 4) + text[end:]


def words_put_in(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    for _ in range(dice.randint(1, 3)):
        at = _place(dice, text)
        text = text[:at] + dice.choice(words) + text[at:]
    return text


def hostile_put_in(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    return words_put_in(dice, text, good, HOSTILE)


def two_joined(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    other = dice.choice(good)
    return text[:_place(dice, text)] + other[_place(dice, other):]


def words_only(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    return dice.choice(("", " ", "\n", ",")).join(dice.choices((*words, *HOSTILE), k=dice.randint(0, 12)))


def random_text(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    highest = dice.choice((0x7F, 0xFF, 0xD7FF, 0x10FFFF))
    return "".join(chr(dice.randrange(highest)) for _ in range(dice.randrange(80)))


def deep(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    opening = dice.choice(("(", "[", "{", "{a: ", "- ", "not ", "[[", '{"a":', "&a [", "(not "))
    return opening * dice.randint(10, 1_500) + dice.choice((text[:200], ""))


def long(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    return (text or "x") * dice.randint(2, 1 + LONG // max(1, len(text) or 1)) if len(text) < LONG else text * 2


def bombs(dice: Dice, text: str, good: Sequence[str], words: Sequence[str]) -> str:
    """Names that stand for more and more of themselves."""
    rows = [f"a0: &a0 [{','.join(['x'] * 9)}]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, dice.randint(2, 12))]
    return "\n".join((*rows, text[:200]))


KINDS: dict[str, Maker] = {maker.__name__.replace("_", " "): maker for maker in (
    as_written, signs_replaced, cut_out, cut_off, part_doubled, words_put_in, hostile_put_in, two_joined, words_only,
    random_text, deep, long, bombs)}
RARE = {"deep", "long", "bombs"}                           # costly, and soon all alike
TURN = [name for name in KINDS if name not in RARE] * 3 + list(RARE)


def bad(good: Sequence[str], words: Sequence[str], count: int, seed: int = 2020) -> Iterator[tuple[str, str]]:
    """So many inputs, each with the name of its kind; the same ones for the same seed."""
    dice, turn = random.Random(seed), sorted(TURN)
    for number in range(count):
        kind = turn[number % len(turn)]
        yield kind, KINDS[kind](dice, dice.choice(good), good, words)
