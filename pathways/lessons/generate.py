"""Patients made up by chance from the rules of one page: drawn from the exact sets of children, checked by the walk."""
from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from random import Random

from content.cases import MOST_ASKED, Item, Step, TeachingCase, teaching_cases
from pathways.cells import Cell
from pathways.conditions import Pair
from pathways.diagrams import ALL
from pathways.drawing import page_name
from pathways.facts import TIMES, Case, read_case
from pathways.lessons.ask import before
from pathways.lessons.lesson import Lesson, lesson_of
from pathways.lessons.numbers import as_called, entry
from pathways.lessons.points import WAIT, leaned_on, leaning, on_way, point, standing
from pathways.load import guideline
from pathways.model import Guideline
from pathways.reach import reach
from pathways.walk import FRONT_LINE, Walk, walk

DIFFICULTIES = ("plain", "limits", "missing")
MADE = re.compile(r"made_(pedall_(?:[1-9]|1[01]))_(plain|limits|missing)")
AIMS = {"plain": "Follow one page with a patient whose values lie clear of every limit.",
        "limits": "Follow one page with a patient whose values lie on a limit or next to it.",
        "missing": "Follow one page as far as the results reach, and see where one is missing."}
LEVELS = {"plain": "basic", "limits": "limit", "missing": "unclear"}
OLDEST = 19                  # years; from here on the setting of care would have to be told too
TRIES = 40
RARE = 6                     # a finding is absent this many times as often as present, where both are possible


def remake(name: str, seed: int) -> Lesson:
    """The patient with this id, made again."""
    page, difficulty = MADE.fullmatch(name).groups()
    return generate(guideline(), page.upper().replace("_", "-"), difficulty, seed)


def generate(g: Guideline, page: str, difficulty: str, seed: int) -> Lesson:
    """A lesson of one step on one page, the same for the same seed.

    Parameters
    ----------
    g : Guideline
        The guideline.
    page : str
        PEDALL-1 to PEDALL-11.
    difficulty : str
        `plain`: every decision is settled, values lie clear of limits; `limits`: they lie on or next to them;
        `missing`: one result is left out, and one decision waits for it.
    seed : int
        From 0.
    """
    rng = Random(f"{page}/{difficulty}/{seed}")
    for _ in range(TRIES):
        facts = _facts(g, page, difficulty, rng)
        found = facts and _missing(g, page, facts, rng) if difficulty == "missing" else facts
        if found:
            return _lesson(g, page, difficulty, seed, found, rng)
    raise AssertionError(f"no patient was found for {page}, {difficulty}, {seed}")


def _facts(g: Guideline, page: str, difficulty: str, rng: Random) -> dict[str, object]:
    """What must be known for every decision of the page to be settled; empty where this draw does not go."""
    child = _Child(g, page, difficulty, rng)
    known: dict[str, object] = {"situation": child.entry("situation")}
    while True:
        w = walk(g, _case(g, known))
        if w.status in ("contradictory", "needs_confirmation"):
            return {}
        key = _wanted(w, page)
        if not key:
            return known if _asked(w, page) else {}
        known[key] = child.entry(key)
        if key == "age_now_years":
            child.grow_up(known)


def _wanted(w: Walk, page: str) -> str:
    """The first fact for which a decision of the page waits, or one on the way to it that may lead elsewhere."""
    g = w.guideline
    nodes = g.pages[page].nodes
    toward = set(nodes).union(*(before(g)[node] for node in nodes))
    for node, keys in w.waiting:
        elsewhere = any(target not in toward for taken in reach(g).taken[node] for target in taken.targets)
        if node in nodes or (node in toward and elsewhere):
            return keys[0]
    # A walk that stops waits for nothing, even where two ways of stopping are still open.
    stands = (standing(w, point(g, node)) for node in _asked(w, page))
    return next((one.missing[0] for one in stands if one.missing), "")


def _asked(w: Walk, page: str) -> list[str]:
    """Decisions of the page to which the walk comes."""
    g = w.guideline
    return [key for key in g.order if key in g.outcomes and g.nodes[key].page == page and on_way(w, key)][:MOST_ASKED]


def _missing(g: Guideline, page: str, facts: dict[str, object], rng: Random) -> dict[str, object]:
    """The same patient with one result left out for which a decision of the page then waits; empty where none does."""
    w = walk(g, _case(g, facts))
    keys = list(dict.fromkeys(key for node in _asked(w, page) for key in leaning(w, point(g, node))))
    rng.shuffle(keys)
    for key in keys:
        fewer = {name: value for name, value in facts.items() if name != key}
        w = walk(g, _case(g, fewer))
        stuck = [node for node in _asked(w, page) if standing(w, point(g, node)).answer == WAIT]
        if key != "situation" and stuck and key in w.ask:
            return fewer
    return {}


def _case(g: Guideline, facts: dict[str, object]) -> Case:
    return read_case(g.facts, facts)


class _Child:
    """One child out of the set of those who come to a box of the page, one cell a fact; cells are drawn when needed."""

    def __init__(self, g: Guideline, page: str, difficulty: str, rng: Random) -> None:
        self.g, self.rng, self.near = g, rng, difficulty == "limits"
        self.masks = [self._mask(item, page) for item in g.space.order]
        goals = list(g.pages[page].nodes)
        rng.shuffle(goals)
        memo: dict[int, bool] = {}
        meets, may = g.space.diagrams.meets, reach(g).may
        who = next((may[goal] for goal in goals if meets(may[goal], self.masks, memo)), ALL)
        self.cells = self._draw(who, memo)

    def _mask(self, item: object, page: str) -> int:
        """Cells from which values are drawn: plain ones between the limits, MRD called as by its number, no adults."""
        if isinstance(item, Pair):
            return 0b11
        fact, mask = self.g.facts[item], 0
        for number, cell in enumerate(self.g.space.cells[item]):
            old = item.startswith("age_") and cell.high > OLDEST or cell.low == OLDEST
            called = not cell.na and as_called(fact, cell) is None
            limit = not self.near and fact.kind in ("number", "mrd") and cell.low == cell.high and not cell.na
            unproven = item == "all_established_by_pathology" and page != "PEDALL-1" and cell.choice == "absent"
            if not (old or called or limit and not fact.whole or unproven):
                mask |= 1 << number
        return mask

    def _draw(self, at: int, memo: dict[int, bool]) -> dict[int, int]:
        """A way through a diagram by chance, as cell by variable."""
        d, found = self.g.space.diagrams, {}
        while at > ALL:
            variable = d.variable[at]
            open_cells = [cell for cells, arc in d.groups[at] if d.meets(arc, self.masks, memo)
                          for cell in _bits(cells & self.masks[variable])]
            found[variable] = self._one(variable, open_cells)
            at = d.arcs[at][found[variable]]
        return found

    def _one(self, variable: int, cells: list[int]) -> int:
        return self.rng.choices(cells, [self._weight(variable, cell) for cell in cells])[0]

    def _weight(self, variable: int, cell: int) -> int:
        item = self.g.space.order[variable]
        one = None if isinstance(item, Pair) else self.g.space.cells[item][cell]
        if one is not None and one.choice is not None:
            return RARE if one.choice in ("absent", "CR") else 1
        return RARE if self.near and one is not None and one.low == one.high and not one.na else 1

    def cell(self, key: str) -> Cell:
        """The child's cell of a fact; one that matters to no rule on the way is drawn now."""
        variable = self.g.space.variable[key]
        if variable not in self.cells:
            self.cells[variable] = self._one(variable, list(_bits(self.masks[variable])))
        return self.g.space.cells[key][self.cells[variable]]

    def entry(self, key: str) -> object:
        """The fact's value as it is entered."""
        return entry(self.rng, self.g.facts[key], self.cell(key), self.near)

    def grow_up(self, known: dict[str, object]) -> None:
        """Today's age from the age at diagnosis and the time since, where both are known."""
        case = _case(self.g, known).values
        if "age_at_diagnosis_years" in case:
            months = case["months_to_relapse"].low if "months_to_relapse" in case else Fraction(30)
            known["age_now_years"] = f"{float(case['age_at_diagnosis_years'].low + months / 12):.1f}"


def _bits(mask: int) -> Iterator[int]:
    return (number for number in range(mask.bit_length()) if mask >> number & 1)


def _lesson(g: Guideline, page: str, difficulty: str, seed: int, facts: dict[str, object], rng: Random) -> Lesson:
    w = walk(g, _case(g, facts))
    asked = _asked(w, page)
    leaned = leaned_on(w, ())
    told = [Item(fact=key, value=facts[key], distractor=key not in leaned)
            for key in g.facts if key in facts and key != "situation"]
    idle = sum(item.distractor for item in told)
    remarks = rng.sample(teaching_cases().remarks, max(1, -(-(len(told) - idle) // 3) - idle))
    items = [*told, *(Item(says=says, distractor=True) for says in remarks)]
    name = f"made_{page.lower().replace('-', '_')}_{difficulty}"
    step = Step(at=_at(g, facts), story=f"This patient was made up by chance from the rules of {page_name(page)}.",
                items=items, ask=asked)
    case = TeachingCase(id=name, title=f"Made up by chance: {page_name(page)}, no. {seed}", aims=AIMS[difficulty],
                        level=LEVELS[difficulty], steps=[step])
    return lesson_of(g, case, {})


def _at(g: Guideline, facts: dict[str, object]) -> str:
    if facts["situation"] != "front_line":
        return facts["situation"]
    times = [TIMES.index(g.facts[key].known) for key in facts]
    return TIMES[max(1, *(time for time in times if time <= FRONT_LINE))]
