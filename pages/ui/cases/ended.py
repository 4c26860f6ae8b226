"""The end: each decision with what was chosen, what was missed, the result as a code, and when to try again."""
from __future__ import annotations

from datetime import date

from pages.ui.cases.course import Course, Screen, following
from pages.ui.cases.decided import SURE
from pages.ui.panel import inside, listed, text
from pages.ui.share import STATUS
from pathways.drawing import page_name
from pathways.lessons.results import SURE as SUREST
from pathways.lessons.results import Choice

CODE = ("The code says which decisions were answered how, and how sure. It holds no name. Whoever teaches can paste "
        "it, and you can paste it later to try again what was missed.")
SIGNS = {None: ("none", "Not answered"), True: ("right", "✓ Right"), False: ("wrong", "✕ Missed")}
ALL = '<button type="button" class="act{}" data-press="all">All cases</button>'


def screen(now: Course, code: str, dates: tuple[date, ...], done: dict) -> str:
    """The end of a case or of a replay, as markup.

    Parameters
    ----------
    now : Course
        Where the learner stands.
    code : str
        The result as a code; empty after a replay.
    dates : tuple of date
        When to try again.
    done : dict
        Ids of the cases that are done.
    """
    asked = [number for number, one in enumerate(now.screens) if one.asked]
    rows = "".join(_row(now.screens[number], number, now.choices.get(number)) for number in asked)
    scored = f'<h3>By decision</h3><ol class="scored">{rows}</ol>' if rows else ""
    return (f'<section class="decision the-end"><h2 tabindex="-1" data-arrive="end">{_headline(now, asked)}</h2>'
            f"{_sure(now)}{scored}{_when(now, asked, dates)}</section>{_code(code, asked)}{_onward(now, done)}")


def _right(screen: Screen, choice: Choice | None) -> bool:
    return choice is not None and screen.verdict(choice).right


def _headline(now: Course, asked: list[int]) -> str:
    if not asked:
        return "The end of the example"
    right = sum(_right(now.screens[number], now.choices.get(number)) for number in asked)
    return f"The end: {right} of {len(asked)} {'decision' if len(asked) == 1 else 'decisions'} right"


def _sure(now: Course) -> str:
    """Sure and wrong is what is worth a second look."""
    many = sum(choice.confidence == SUREST and not _right(now.screens[number], choice)
               for number, choice in now.choices.items())
    if not many:
        return ""
    return f"<p>{'One answer was' if many == 1 else f'{many} answers were'} given as sure and not right.</p>"


def _row(screen: Screen, number: int, choice: Choice | None) -> str:
    """One decision; a missed one leads back to its reasons and to its place in Pathways."""
    right = _right(screen, choice)
    sign, word = SIGNS[right if choice else None]
    place = page_name(screen.point.page) if screen.point.page else "Risk scheme"
    place = f"{place}, {inside(screen.lesson.steps[screen.step].at)}"
    head = (f'<p><span class="sign {sign}">{word}</span> <b>{text(screen.point.title)}</b> '
            f'<span class="small quiet">{text(place)}</span></p>')
    if choice is None:
        return f'<li>{head}<p>{_press(f"go:{number}", "Decide it now", screen)}</p></li>'
    own = (f'<p class="small">{text(screen.words(choice.option))}. '
           f'<span class="quiet">{SURE[choice.confidence]}.</span></p>')
    if right:
        return f"<li>{head}{own}</li>"
    answer = f'<p class="small"><span class="quiet">The answer:</span> {text(screen.verdict(choice).answer_text)}</p>'
    node = "" if screen.point.scheme else " " + _press(f"node:{screen.point.id}", "In Pathways", screen)
    return f'<li>{head}{own}{answer}<p class="links">{_press(f"go:{number}", "See why", screen)}{node}</p></li>'


def _press(press: str, words: str, screen: Screen) -> str:
    return (f'<button type="button" class="goto" data-press="{text(press)}">{words}<span class="hidden">: '
            f"{text(screen.point.title)}</span></button>")


def in_words(day: date) -> str:
    """A day as people write it: 3 March 2027."""
    return f"{day.day} {day:%B %Y}"


def _when(now: Course, asked: list[int], dates: tuple[date, ...]) -> str:
    if not dates or all(_right(now.screens[number], now.choices.get(number)) for number in asked):
        return ""
    return f"<p>Good days to try the missed ones again: {text(listed([in_words(day) for day in dates]))}.</p>"


def _code(code: str, asked: list[int]) -> str:
    if not code or not asked:
        return ""
    return (f'<section class="share" aria-label="Result code"><h3>Result code</h3><p class="code">{text(code)}'
            '</p><div class="takes"><button type="button" class="take" data-press="copy" data-copy>Copy result code'
            f'</button></div>{STATUS}<p class="small quiet">{CODE}</p></section>')


def _onward(now: Course, done: dict) -> str:
    if now.replayed:
        return f"<p>{ALL.format(' main')}</p>"
    one = now.screens[0].lesson
    again = "Again" if one.kind == "worked" else "Again with another order"
    if one.id.startswith("made_"):
        return ('<div class="takes"><button type="button" class="act main" data-press="again">Another such patient'
                f"</button>{ALL.format('')}</div>")
    return ('<div class="takes"><button type="button" class="act main" data-press="next-case">Next case: '
            f'{text(following(one, done).title)}</button><button type="button" class="act" data-press="again">{again}'
            f"</button>{ALL.format('')}</div>")
