"""Where a learner stands: choices in the session alone, the address with case, step and seed, and what a press does."""
from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from pages.ui import navigation, panel
from pages.ui.cases import course
from pages.ui.cases.course import Course
from pages.ui.cases.listed import LONGEST
from pages.ui.share import handed
from pathways.lessons.generate import DIFFICULTIES
from pathways.lessons.lesson import project_lessons
from pathways.lessons.results import SEEDS, SURE, Choice, encode
from pathways.lessons.review import replay, table
from pathways.load import guideline

STORE = "cases_store"
COPIED = "cases_copied"
MOST_RUNS = 100
CHOICE = ("", "", "")       # screen, option, how sure
NAMES = ("case", "step", "seed")
NOT_HERE = {"case": "The address names a case that is not here.",
            "step": "The address names a step that this case does not have.",
            "seed": f"The number of the order in the address is not one from 0 to {SEEDS - 1}."}
NO_CODE = "There is no result code in the field."
NONE_MISSED = "Nothing was missed: every decision in it is right."
NO_PATIENT = f"Choose a page and a kind of patient; the number, if any, goes from 0 to {SEEDS - 1}."


def store() -> dict:
    """The session's record. `runs`: choices by case and seed; `course`: what is shown, None for the list."""
    empty = {"runs": {}, "course": None, "address": None, "problem": "", "turn": "", "box": None, "left": None,
             "done": {}, "said": "", "table": None}
    return st.session_state.setdefault(STORE, empty)


# -------- the address

def follow_address() -> None:
    """Take over what an address says that is new, as a link and one step of Back do."""
    record, query = store(), st.query_params
    asked = record["address"] if query and "case" not in query else tuple(query.get(name) for name in NAMES)
    if asked is None or asked == record["address"]:
        return
    record.update(address=asked, problem="", turn="", box=None)
    leave()
    if asked[0] is not None:
        _follow(*asked)


def _follow(name: str, step: str | None, seed: str | None) -> None:
    order, at = _number(seed or "0", SEEDS), _number(step or "1", 100)
    one = course.lesson(name, order if order is not None else 0)
    wrong = "case" if one is None else "seed" if order is None else ""
    if not wrong and (at is None or not 1 <= at <= course.counted(one) + 1):
        wrong = "step"
    if wrong:
        store()["problem"] = NOT_HERE[wrong]
        return
    store()["course"] = _run(name, order)
    store()["course"].at = at - 1


def _number(typed: str, limit: int) -> int | None:
    short = typed.isascii() and typed.isdigit() and len(typed) <= len(str(limit))
    return int(typed) if short and int(typed) < limit else None


def _write_address() -> None:
    """Curated ids and whole numbers; a replay has no address, since its codes stay out of it."""
    record = store()
    now = record["course"]
    if now is None or now.replayed:
        record["address"] = (None,) * len(NAMES)
        st.query_params.clear()
        return
    screen = now.screens[0]
    record["address"] = (screen.lesson.id, str(now.at + 1), str(screen.seed))
    st.query_params.from_dict(dict(zip(NAMES, record["address"], strict=True)))


# -------- going

def _run(name: str, seed: int) -> Course:
    """A case in one order, with the choices already made in it."""
    runs = store()["runs"]
    choices = runs.pop((name, seed), {})
    runs[name, seed] = choices                                # the latest last, so that the oldest is forgotten first
    while len(runs) > MOST_RUNS:
        del runs[next(iter(runs))]
    return course.of_lesson(course.lesson(name, seed), seed, choices)


def leave() -> None:
    """Back to the list; the case that was open is where the focus goes."""
    record = store()
    now = record["course"]
    record.update(course=None, left=now.screens[0].lesson.id if now else None, said="")


def begin(name: str, seed: int | None = None) -> None:
    """Open a case: where it was left, else from the start, in an order of its own."""
    if seed is None:
        left = [key for key in store()["runs"] if key[0] == name and name not in store()["done"]]
        seed = left[-1][1] if left else secrets.randbelow(SEEDS)
    one = course.lesson(name, seed)
    if one is None:
        return
    now = _run(name, seed)
    answered = max(now.choices, default=-1)
    _show(now, answered + 1 if answered >= 0 and name not in store()["done"] else 0)


def _show(now: Course, at: int) -> None:
    now.at = max(0, min(at, len(now.screens)))
    store().update(course=now, problem="", turn="", box=None)
    if now.ended and not now.replayed and now.complete:
        store()["done"][now.screens[0].lesson.id] = now.result()
    _write_address()


# -------- presses

def press(bar: str) -> None:
    """Follow what was pressed in the panel `bar`: the word before the colon says what, the rest which."""
    what, _, rest = panel.pressed(bar).partition(":")
    if what in PRESSES:
        PRESSES[what](rest)
    elif what in IN_COURSE and store()["course"] is not None:
        IN_COURSE[what](store()["course"], rest)
    else:
        navigation.follow(bar)


def _open(name: str) -> None:
    if name in project_lessons():
        begin(name)


def _all(_: str) -> None:
    leave()
    _write_address()


def _practice(rest: str) -> None:
    """A patient made up by chance: page, difficulty and, if one was typed, a number."""
    page, difficulty, typed = (*rest.split(":", 2), "", "")[:3]
    seed = _number(typed.strip(), SEEDS) if typed.strip() else secrets.randbelow(SEEDS)
    name = f"made_{page}_{difficulty}"
    if seed is None or difficulty not in DIFFICULTIES or course.lesson(name, seed) is None:
        store().update(said=NO_PATIENT, table=None)
    else:
        begin(name, seed)


def _replay(pasted: str) -> None:
    found = replay(pasted[:LONGEST], project_lessons(), secrets.randbelow(SEEDS), date.today())
    if found.missed:
        _show(course.of_replay(found), 0)
    nothing = "" if found.missed else NO_CODE if not pasted.strip() else "" if found.problems else NONE_MISSED
    store().update(said=nothing or " ".join(found.problems), table=None)


def _table(pasted: str) -> None:
    found = table(pasted[:LONGEST], project_lessons()) if pasted.strip() else None
    store().update(table=found, said="" if found else NO_CODE)


def _commit(now: Course, rest: str) -> None:
    """Take a choice once: a press that comes late, or for another screen, changes nothing."""
    number, option, sure = parts if len(parts := rest.split(":")) == len(CHOICE) else CHOICE
    if now.ended or number != str(now.at) or now.solved:
        return
    if now.screen.words(option) and sure in {str(level) for level in range(1, SURE + 1)}:
        now.choices[now.at] = Choice(option, int(sure))


def _go(now: Course, rest: str) -> None:
    number = _number(rest, 100)
    if number is not None:
        _show(now, number)


def _turn(now: Course, letter: str) -> None:
    store()["turn"] = letter if not now.ended and now.solved and now.screen.words(letter) else ""


def _again(now: Course, _: str) -> None:
    screen = now.screens[0]
    name = screen.lesson.id
    if name not in project_lessons():                         # another number makes another patient
        begin(name, (screen.seed + 1) % SEEDS)
        return
    begin(name, (screen.seed + 1 + secrets.randbelow(SEEDS - 1)) % SEEDS)


def _next_case(now: Course, _: str) -> None:
    begin(course.following(now.screens[0].lesson, store()["done"]).id)


def _copy(now: Course, _: str) -> None:
    if now.ended:
        st.session_state[COPIED] = code(now)


def pick(node: str | None) -> None:
    """Look at a box of the drawing."""
    store()["box"] = node if node in guideline().nodes else None


def begun() -> dict[str, int]:
    """Decisions made so far in each case that is not done."""
    record = store()
    return {name: len(choices) for (name, _), choices in record["runs"].items() if name not in record["done"]}


def dates() -> tuple[date, ...]:
    """When to try again what is missed today."""
    return replay("", project_lessons(), 0, date.today()).dates


def code(now: Course) -> str:
    """The result of a case as a code; a replay and a worked example have none."""
    asked = any(screen.asked for screen in now.screens)
    return encode(now.result(), now.screens[0].lesson) if asked and not now.replayed else ""


def hand() -> dict | None:
    """The result code, when it was asked for: once."""
    asked = st.session_state.pop(COPIED, None)
    return handed(copy=asked, said="Result code copied.") if asked else None


PRESSES = {"case": _open, "all": _all, "practice": _practice, "replay": _replay, "table": _table}
IN_COURSE = {"commit": _commit, "go": _go, "turn": _turn, "again": _again, "next-case": _next_case, "copy": _copy,
             "box": lambda _, node: pick(node), "close": lambda _, __: pick(None)}
