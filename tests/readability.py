"""How hard a text is to read, by published formulas, without any package; and medical terms taken out before measuring.

Coleman-Liau counts letters and sentences only. Flesch-Kincaid needs syllables, guessed here from the spelling.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
HIATUS = re.compile(r"(?<![ct])ia|i[ou](?!ns?$|us$)|(?<!p)eo|ua(?!r)|(?<=[aeiou])ing$|(?<=[dr])ea$|ie(?=nc|t$)")
SILENT = re.compile(r"(?<![aeiouy])(?<!l)e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzhg])es$")


@dataclass(frozen=True)
class Reading:
    """Grades and lengths of a text."""

    coleman_liau: float
    flesch_kincaid: float
    mean: float
    longest: int
    sentences: int


def sentences(text: str) -> list[str]:
    """The sentences of a text; what ends without a mark (a heading) is none."""
    return [one for one in re.split(r"(?<=[.?!])\s+", text.strip()) if one.endswith((".", "?", "!"))]


def syllables(word: str) -> int:
    """Syllables of a word, guessed from its spelling."""
    letters = re.sub("[^a-z]", "", word.lower())
    return max(1, len(re.findall("[aeiouy]+", letters)) + len(HIATUS.findall(letters)) - len(SILENT.findall(letters)))


def measured(texts: Iterable[str]) -> Reading:
    """The grades of all sentences of `texts` together."""
    found = [WORD.findall(sentence) for text in texts for sentence in sentences(text)]
    words = [word for sentence in found for word in sentence]
    letters = sum(len(re.sub("[^A-Za-z0-9]", "", word)) for word in words)
    per_word, per_sentence = letters / len(words), len(words) / len(found)
    syllables_per_word = sum(map(syllables, words)) / len(words)
    return Reading(5.88 * per_word - 29.6 / per_sentence - 15.8,
                   0.39 * per_sentence + 11.8 * syllables_per_word - 15.59,
                   per_sentence, max(map(len, found)), len(found))


def without_terms(text: str, names: Iterable[str]) -> str:
    """The text with each term, also in the plural, replaced by "leukemia"; an abbreviation counts in capitals only."""
    for name in sorted(names, key=len, reverse=True):
        loose = 0 if sum(letter.isupper() for letter in name) > 1 else re.IGNORECASE
        first = f"[{name[0]}{name[0].lower()}]" if name[1:2].islower() else re.escape(name[0])
        text = re.sub(rf"(?<!\w){first}{re.escape(name[1:])}s?(?!\w)", "leukemia", text, flags=loose)
    return text
