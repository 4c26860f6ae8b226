"""Numbers for patients made up by chance: clear of every limit or right beside one, as short as people write them."""
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from pathways.cells import Cell
from pathways.facts import MRD_POSITIVE, Fact, plain_number

MONTH = Fraction(1, 12)


def entry(rng: Random, fact: Fact, cell: Cell, near: bool) -> object:
    """A value out of one cell, as it is entered: a choice, or a number with its unit."""
    if cell.choice is not None:
        return cell.choice
    cell = as_called(fact, cell)
    number = _near(rng, fact, cell) if near else _clear(rng, fact, cell)
    unit = _unit(fact, number)
    return f"{plain_number(number / fact.units[unit]).replace(',', '')} {unit}".strip()


def as_called(fact: Fact, cell: Cell) -> Cell | None:
    """The part of an MRD cell whose numbers are called as the cell is, positive or negative; None where it has none."""
    if fact.kind != "mrd":
        return cell
    if cell.positive:
        part = replace(cell, low=MRD_POSITIVE, low_in=True) if cell.low < MRD_POSITIVE else cell
    else:
        part = replace(cell, high=MRD_POSITIVE, high_in=False) if cell.high >= MRD_POSITIVE else cell
    return part if part.low < part.high or part.has(part.low) else None


def _unit(fact: Fact, number: Fraction) -> str:
    """The unit in which a number is written: months for a first year, and one in which it is not unusual."""
    if fact.units.get("months") == MONTH and number < 1:
        return "months"
    for unit in fact.units:
        low, high = fact.plausible.get(unit, (number, number / fact.units[unit]))
        if low <= number / fact.units[unit] <= high:
            return unit
    return fact.unit


def _span(fact: Fact, cell: Cell) -> tuple[Fraction, Fraction]:
    """The ends of a cell; one that goes up to the highest value of all is cut short."""
    far = cell.low * (10 if fact.kind == "mrd" else 2)
    return cell.low, far if cell.high == fact.range[1] and 0 < far < cell.high else cell.high


def _clear(rng: Random, fact: Fact, cell: Cell) -> Fraction:
    """A number of the middle third of a cell."""
    low, high = _span(fact, cell)
    number = low + (high - low) * (Fraction(1, 3) + Fraction(rng.randrange(100), 300))
    return number if low == high else _short(fact, cell, number)


def _near(rng: Random, fact: Fact, cell: Cell) -> Fraction:
    """The limit itself where the cell is one, else a number right beside one of its limits."""
    low, high = _span(fact, cell)
    if low == high:
        return low
    up = low > fact.range[0] and (cell.high == fact.range[1] or rng.random() < 0.5)
    limit = low if up else high
    step = 1 if fact.whole else _scale(limit) / 100
    return _short(fact, cell, limit + step if up else limit - step)


def _scale(number: Fraction) -> Fraction:
    """The power of ten at or below a number above zero."""
    scale = Fraction(1)
    while scale > number:
        scale /= 10
    while scale * 10 <= number:
        scale *= 10
    return scale


def _short(fact: Fact, cell: Cell, number: Fraction) -> Fraction:
    """A number of the cell with as few digits as it takes, in the unit in which it is written."""
    factor = fact.units[_unit(fact, number)]
    scale = _scale(number / factor) if number else Fraction(1)
    for digits in range(0 if fact.whole else 1, 6):
        step = 1 if fact.whole else scale / 10 ** digits
        rounded = round(number / factor / step) * step * factor
        if cell.has(rounded):
            return rounded
    return cell.sample(fact.whole)
