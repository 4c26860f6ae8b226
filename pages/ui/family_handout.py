"""What a family takes along on paper: chosen topics in short, questions, room to write; numbers only when ticked."""
from datetime import date

from content.families import families
from pages.ui import families_numbers, frame, handout, share
from pages.ui.panel import fold, text
from pages.ui.release import releases

MOST = 4                                                      # topics: so many fit two sides, whichever they are
TITLE = "About childhood leukemia (ALL)"
TEMPLATE = "family_handout.typ"
SIDES = 2                                                     # of paper
RIGHTS = f"No warranty. Current version for families: {frame.CURRENT_FOR_FAMILIES}"
MORE = "More numbers are on the page itself: {} of them, to look at with the team."
ASK, OWN, NURSE = "Questions to ask your team", "Our own questions", "Nurse line:"
ABOUT = "One or two pages: the topics in short, questions to ask, and room for your own."
FIGURES, OFF = "Print the numbers of these topics too", "Leave this off if you want words alone."
CHOICE = '<button type="button" role="checkbox" class="box" data-press="{}" aria-checked="{}"{}>{}</button>'


def toggled(chosen: list[str], name: str) -> list[str]:
    """The choice with a topic put in, or taken out; never more than `MOST`."""
    if name in chosen:
        return [one for one in chosen if one != name]
    return [*chosen, name] if name in families().topics and len(chosen) < MOST else chosen


def choices(chosen: list[str], figures: bool) -> str:
    """The fold in which topics are chosen, as markup; its buttons press `take:<id>`, `figures` and `paper:<size>`."""
    topics = families().topics.values()
    full = len(chosen) >= MOST
    boxes = "".join(f"<li>{_box(f'take:{topic.id}', topic.title, topic.id in chosen, full)}</li>" for topic in topics)
    said = f"Choose up to {MOST} topics." if not chosen else f"{len(chosen)} of at most {MOST} chosen."
    papers = "".join(f'<button type="button" class="take" data-press="paper:{name}"{"" if chosen else " disabled"}>'
                     f"PDF, {size}</button>" for name, size in share.PAPERS.items())
    return fold("handout", "Make a handout to take along", (
        f'<div class="share handout"><p>{ABOUT} <b aria-live="polite">{said}</b></p>'
        f'<ul class="boxes">{boxes}</ul>'
        f'<div class="also-numbers">{_box("figures", FIGURES, figures)}<p class="quiet small">{OFF}</p></div>'
        f'<div class="takes">{papers}</div><p class="small" role="status"></p></div>'))


def _box(press: str, words: str, on: bool, full: bool = False) -> str:
    off = " disabled" if full and not on else ""
    return CHOICE.format(text(press), "true" if on else "false", off, text(words))


def handed(chosen: list[str], figures: bool, paper: str) -> dict | None:
    """The pages for the browser; None when no topic is chosen or there is no such paper."""
    if not chosen or paper not in handout.PAPERS:
        return None
    return share.paper(pdf(chosen, figures, paper), "all-for-families", paper)


def pdf(chosen: list[str], figures: bool, paper: str, today: date | None = None) -> bytes:
    """The pages as a tagged PDF: the words always in full, and as many numbers as two sides hold.

    Parameters
    ----------
    chosen : list of str
        Ids of topics, at most `MOST`.
    figures : bool
        Whether the numbers of these topics stand on it.
    paper : str
        `a4` or `letter`.
    today : date or None
        Day that is printed; today when None.
    """
    made = [content(chosen, shown, today) | {"paper": handout.PAPERS[paper]} for shown in _counts(chosen, figures)]
    low, high = 0, len(made) - 1                              # the last, without numbers, needs no trial
    while low < high:
        middle = (low + high) // 2
        if handout.sides(made[middle], TEMPLATE) <= SIDES:
            high = middle
        else:
            low = middle + 1
    return handout.typeset(made[low], TEMPLATE)


def _counts(chosen: list[str], figures: bool) -> range:
    """How many numbers may stand on the pages, from all to none."""
    return range(len(_numbers(chosen)) if figures else 0, -1, -1)


def _numbers(chosen: list[str]) -> list[str]:
    """Numbers of the chosen topics, each once, in the order of the page."""
    topics = families().topics
    return list(dict.fromkeys(name for topic in topics.values() if topic.id in chosen for name in topic.numbers))


def content(chosen: list[str], shown: int = 0, today: date | None = None) -> dict:
    """All that may stand on the pages, as plain data.

    Parameters
    ----------
    chosen : list of str
        Ids of topics.
    shown : int
        How many of their numbers stand on it.
    today : date or None
        Day that is printed; today when None.
    """
    known, day = families(), today or date.today()
    version, (old, limits) = releases()["last_version"], frame.notice(for_families=True)
    numbers, all_of_them = _numbers(chosen)[:shown], _numbers(chosen)
    left = len(all_of_them) - shown if shown else 0
    return {
        "title": TITLE, "old": old, "limits": f"{limits} {RIGHTS}", "nurse": NURSE, "own": OWN, "ask": ASK,
        "written": f"Written 2020 guideline: NCCN Pediatric ALL, Version 2.2020. Explorer {version}. Printed {day}.",
        "general": known.fixed.general, "foot": f"2020 guideline. Explorer {version}. Printed {day}.",
        "topics": _topics(chosen, numbers), "more": MORE.format(left) if left else "",
    }


def _topics(chosen: list[str], numbers: list[str]) -> list[dict]:
    """The chosen topics, each number under the first of them that has it."""
    found, left = [], list(numbers)
    for topic in (one for one in families().topics.values() if one.id in chosen):
        mine = [name for name in topic.numbers if name in left]
        left = [name for name in left if name not in mine]
        found.append({"title": topic.title, "short": topic.short, "ask": topic.ask,
                      "numbers": [_number(name) for name in mine]})
    return found


def _number(name: str) -> dict:
    """A number as its third step shows it: the counted side, never the other."""
    told = families().told(name)
    sides = [{"sentence": side.sentence, "range": side.range, "alt": families_numbers.label(told, side),
              "dots": families_numbers.dots(side.n, "")} for side in told.sides]
    about = [told.difference, told.meaning, f"{told.study}: {told.people}.", told.joined, told.after]
    return {"title": told.title, "sides": sides, "after": [words for words in about if words]}
