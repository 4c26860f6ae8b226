"""Numbers as they stand in print: read out of `as_printed`, and looked for in prose."""
from __future__ import annotations

import re
from decimal import Decimal

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
POWERS = {"10^-4": Decimal("0.01"), "10^-3": Decimal("0.1")}
NUMBER = re.compile(r"10\^-[34]|x 10\^9/L|(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<![\w.])\.\d+|\b(?:"
                    + "|".join(WORDS) + r")\b")
LOOSE = re.compile(r"(?<![\w\-/.])\d+(?:[.,]\d+)*(?![\w])")
NAMED = re.compile(r"(?:days?|week|cycle|blocks?|grade|phase|cohort|arm|chromosomes?|category|CNS|PEDALL|Total|ages?)"
                   r" $", re.IGNORECASE)


def tokens(text: str) -> list[tuple[str, Decimal]]:
    """The numbers of a printed string, in order, each as printed and as a value.

    A power of ten of an MRD level is read in percent (10^-4 is 0.01), the unit x 10^9/L is no number, commas are
    thousands marks, and the words one to ten count.
    """
    found = []
    for match in NUMBER.finditer(text):
        token = match.group()
        if token in POWERS:
            found.append((token, POWERS[token]))
        elif token in WORDS:
            found.append((token, Decimal(WORDS[token])))
        elif token != "x 10^9/L":
            found.append((token, Decimal(token.replace(",", ""))))
    return found


def numbers(text: str) -> list[Decimal]:
    """The values of `tokens`."""
    return [value for _, value in tokens(text)]


def prose_numbers(text: str) -> list[str]:
    """Numbers that stand alone in a sentence of ours; those within a name (CD19, day 8, CNS-3) are none."""
    return [match.group() for match in LOOSE.finditer(text) if not NAMED.search(text[:match.start()])]
