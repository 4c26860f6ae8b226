"""Reading a number that a person typed: a closed grammar. What could mean two things is asked, never guessed."""
import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 14
PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
DOTS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")            # 50.000: fifty, or fifty thousand with a grouping dot
COMMAS = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")           # 50,000
SPACES = re.compile(r"[1-9][0-9]{0,2}([ \u00a0\u2009\u202f'][0-9]{3})+")
DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
REFUSED = "Please write digits with at most one decimal point, such as 7.5."


@dataclass(frozen=True)
class Reading:
    """What a typed text says: a value, or a sentence with the values it could mean."""

    value: str | None = None
    sentence: str = ""
    options: tuple[str, ...] = ()


def read_number(text: str, highest: Decimal | None = None) -> Reading:
    """Read a number typed into a field.

    Parameters
    ----------
    text : str
        As typed.
    highest : Decimal or None
        The largest value the field takes in any of its units; a grouping mark that would lead above it is not one.

    Returns
    -------
    Reading
        `value` in digits with at most one decimal point when the text has one meaning.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return Reading(sentence=REFUSED)
    grouped = next((rule for rule in (DOTS, COMMAS, SPACES) if rule.fullmatch(text)), None)
    if grouped is not None:
        return _grouped(text, grouped, highest)
    if PLAIN.fullmatch(text):
        return Reading(value=text)
    if DECIMAL_COMMA.fullmatch(text):
        option = text.replace(",", ".")
        return Reading(sentence=f"Is {option} meant?", options=(option,))
    return Reading(sentence=REFUSED)


def _grouped(text: str, rule: re.Pattern, highest: Decimal | None) -> Reading:
    whole = re.sub(r"\D", "", text)
    fraction = re.sub(r"[.,]0+$", "", text).replace(",", ".") if len(re.findall(r"[.,]", text)) == 1 else None
    if highest is not None and Decimal(whole) > highest:
        if rule is DOTS and fraction is not None:
            return Reading(value=text)
        return Reading(sentence=f"Is {fraction} meant?", options=(fraction,)) if fraction else Reading(sentence=REFUSED)
    if fraction is None:
        return Reading(sentence=f"Is {thousands(whole)} meant?", options=(whole,))
    return Reading(sentence=f"Is {fraction} meant, or {thousands(whole)}?", options=(fraction, whole))


def thousands(digits: str) -> str:
    """The digits with a comma before each group of three, as people read them."""
    whole, dot, rest = digits.partition(".")
    return f"{int(whole):,}{dot}{rest}"
