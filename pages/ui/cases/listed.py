"""The list of cases, and below it free practice, trying again later, and what an instructor sees of pasted codes."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from pages.ui.cases.course import counted
from pages.ui.panel import fold, listed, text, wide
from pathways.drawing import page_name
from pathways.lessons.generate import DIFFICULTIES
from pathways.lessons.lesson import Lesson
from pathways.lessons.results import SEEDS, Result
from pathways.lessons.review import MOST_CODES, Group, Row, Table, score
from pathways.load import guideline
from pathways.model import Guideline

LEVELS = {"basic": "First cases", "limit": "At a limit", "unclear": "Open, missing or unclear"}
WORKED = "Worked examples"
HARD = {"plain": "Values clear of every limit", "limits": "Values on or next to a limit",
        "missing": "One result missing"}
LONGEST = 30_000             # of what is pasted [characters]
UNKNOWN = "Here are all cases."
LATER = ("Paste a result code, or several, one a line. Only the decisions that were missed are asked again, shuffled. "
         "Codes are read here and not stored.")
TEACH = (f"Paste the codes of your group, one a line, up to {MOST_CODES}. They are read here and not stored. "
         "A link to a case, as the address shows it, gives everyone the same patient and the same order.")


def cases(lessons: Mapping[str, Lesson], done: Mapping[str, Result], begun: Mapping[str, int], problem: str,
          left: str | None) -> str:
    """All written cases as doors that press `case:<id>`.

    Parameters
    ----------
    lessons : mapping
        Worked examples first.
    done, begun : mapping
        Cases finished in this session; and decisions made in those that are not.
    problem : str
        Why an address was not followed.
    left : str or None
        The case that was just left: its door takes the focus.
    """
    said = f'<p role="status">{text(problem)} {UNKNOWN}</p>' if problem else ""
    groups: dict[str, list[Lesson]] = {}
    for lesson in lessons.values():
        groups.setdefault(WORKED if lesson.kind == "worked" else LEVELS[lesson.level], []).append(lesson)
    parts = "".join(f'<section><h2>{title}</h2><ul class="doors">'
                    f'{"".join(_door(one, lessons, done, begun, one.id == left) for one in some)}</ul></section>'
                    for title, some in groups.items())
    count = sum(name in lessons for name in done)
    so_far = f'<p class="quiet">{count} of {len(lessons)} done in this session.</p>' if count else ""
    return f'{said}{so_far}<nav aria-label="Cases" class="door-parts">{parts}</nav>'


def _door(lesson: Lesson, lessons: Mapping, done: Mapping, begun: Mapping, was_left: bool) -> str:
    arrive = f' data-arrive="{text(lesson.id)}"' if was_left else ""
    many = counted(lesson)
    facts = [f"Invented patient, {many} {'decision' if many == 1 else 'decisions'}"]
    if lesson.fades:
        facts.append(f"goes on from “{lessons[lesson.fades].title}”")
    if lesson.id in done:
        facts.append("✓ done")
    elif begun.get(lesson.id):
        facts.append(f"{begun[lesson.id]} made so far")
    return (f'<li><button type="button" data-press="case:{text(lesson.id)}"{arrive}><b>{text(lesson.title)}</b>'
            f'<span>{text(lesson.aims)}</span><span class="small quiet">{text(" · ".join(facts))}</span></button>'
            "</li>")


@cache
def forms() -> str:
    """What stands below the list, folded. It never changes, so that what is typed in it stays."""
    folds = (fold("practice", "Free practice: a patient made up by chance", _practice(guideline())),
             fold("later", "Try again later: only what was missed", _paste("replay", "Try again", LATER)),
             fold("teach", "For instructors: what a group chose", _paste("table", "Show the table", TEACH)))
    return f'<div class="folds">{"".join(folds)}</div>'


def _practice(g: Guideline) -> str:
    pages = "".join(f'<option value="{text(name.lower().replace("-", "_"))}">{text(name)}: {text(page.title)}</option>'
                    for name, page in g.pages.items() if name.startswith("PEDALL"))
    hard = "".join(f'<option value="{name}">{HARD[name]}</option>' for name in DIFFICULTIES)
    return (f'<div data-form class="made"><label>Page of the guideline<select>{pages}</select></label>'
            f"<label>Kind of patient<select>{hard}</select></label>"
            f'<label>Number, if you want the same patient again<input type="text" inputmode="numeric" maxlength="6" '
            f'autocomplete="off" aria-describedby="numbers"></label><p id="numbers" class="small quiet">0 to '
            f'{SEEDS - 1}; left empty, it is drawn.</p><button type="button" class="act" data-send="practice">'
            "Make a patient</button></div>")


def _paste(name: str, button: str, about: str) -> str:
    return (f'<div data-form class="pasted"><label for="paste-{name}">Result codes, one a line</label><textarea '
            f'id="paste-{name}" rows="4" autocomplete="off" autocapitalize="off" spellcheck="false" '
            f'maxlength="{LONGEST}" aria-describedby="about-{name}"></textarea><p id="about-{name}" '
            f'class="small quiet">{text(about)}</p>'
            f'<button type="button" class="act" data-send="{name}">{button}</button></div>')


def came_of(said: str, table: Table | None, done: Iterable[Result], lessons: Mapping[str, Lesson]) -> str:
    """What came of a form, and what was done so far.

    Parameters
    ----------
    said : str
        A sentence on what was sent.
    table : Table or None
        What an instructor pasted.
    done : iterable of Result
        Cases finished in this session.
    lessons : mapping
        The written lessons.
    """
    status = f'<p role="status" tabindex="-1" data-arrive="{text(said)}">{text(said)}</p>' if said else ""
    scored = _scored(done, lessons)
    return (f'{status}{_table(table) if table else ""}'
            f'{fold("scored", "This session, decision by decision", scored) if scored else ""}')


def _table(table: Table) -> str:
    """What each learner chose, a patient at a time, and where they first part; codes go by their place in the list."""
    wrong = "".join(f"<li>{text(problem)}</li>" for problem in table.problems)
    problems = f'<ul class="dotted" aria-label="Codes that were not read">{wrong}</ul>' if wrong else ""
    groups = "".join(_group(group) for group in table.groups)
    places = "-".join(str(place) for group in table.groups for place in group.codes)
    return (f'<section class="learned" aria-label="What the group chose"><h2 tabindex="-1" '
            f'data-arrive="table-{places}">What the group chose</h2>{problems}{groups}</section>')


def _group(group: Group) -> str:
    many = len(group.codes)
    parts = f"They first part at: {group.parts.title}" if group.parts else "All chose the same." if many > 1 else ""
    rows = "".join(_table_row(group, row) for row in group.rows)
    table = ('<table class="sheet"><thead><tr><th scope="col">Decision</th><th scope="col">Right answer</th>'
             f'<th scope="col">Chosen</th></tr></thead><tbody>{rows}</tbody></table>')
    return (f'<h3>{text(group.lesson.title)}</h3><p>{many} {"code" if many == 1 else "codes"}. {text(parts)}</p>'
            f"{wide(f'Choices in {group.lesson.title}', table)}")


def _table_row(group: Group, row: Row) -> str:
    first = ' <span class="tag">first to part</span>' if group.parts is row else ""
    at = group.lesson.steps[row.step].at
    chosen = "".join(f'<li>{_mark(words, row.right)}{text(words)}: {count} '
                     f'<span class="quiet">({_places(group, row, words)})</span></li>'
                     for words, count in row.counts.items())
    return (f'<tr><th scope="row">{text(row.title)}<br><span class="small quiet">{text(at)}</span>{first}</th>'
            f'<td data-column="Right answer">{text(row.right)}</td><td data-column="Chosen"><ul class="bare">{chosen}'
            "</ul></td></tr>")


def _mark(words: str, right: str) -> str:
    return '<span aria-label="right">✓</span> ' if words == right else ""


def _places(group: Group, row: Row, words: str) -> str:
    places = [str(place) for place, answer in zip(group.codes, row.answers, strict=True) if answer == words]
    return f"code {places[0]}" if len(places) == 1 else f"codes {listed(places)}"


def _scored(done: Iterable[Result], lessons: Mapping[str, Lesson]) -> str:
    rows = "".join(f'<tr><th scope="row">{text(one.title)}<br><span class="small quiet">'
                   f'{text(page_name(one.page) if one.page else "Risk scheme")}</span></th>'
                   f'<td data-column="Right">{one.right} of {one.asked}</td>'
                   f'<td data-column="Sure and not right">{one.sure_and_wrong or ""}</td></tr>'
                   for one in score(done, lessons))
    head = '<tr><th scope="col">Decision</th><th scope="col">Right</th><th scope="col">Sure and not right</th></tr>'
    return f'<table class="sheet"><thead>{head}</thead><tbody>{rows}</tbody></table>' if rows else ""
