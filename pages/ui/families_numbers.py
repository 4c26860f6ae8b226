"""Numbers that a family may ask for: closed at first, then one step a press, each named before; and hidden again.

A step: 0 what is counted, 1 the result in words, 2 the counted side out of 100, 3 both sides. What a later step says is
not in the markup before it was asked for. Every sentence comes from the content; nothing is worked out here.
"""
from collections.abc import Mapping

from content.families import families
from content.family_numbers import Side, Told, figure_of
from content.family_shapes import Topic
from pages.ui.panel import fold, text
from pages.ui.provenance import table
from pages.ui.terms import marked

TITLE = "Numbers from studies, only if you ask"
ABOUT = ("Some families want numbers. Some do not. Both are fine. Nothing is shown until you press. "
         "You can hide it again.")
NEXT = ("Say what is counted, without a number", "Say the result in words, without a number",
        "Show the number: so many of 100 children, with dots", "Show both sides: also what happened to the others")
HIDE = "Hide numbers again"
HIDDEN = "Hidden again. Nothing of it is shown."
ACROSS, GAP, RADIUS = 10, 12, 4.25                            # dots in a row, their distance and size [px]


def blocks(topic: Topic, steps: Mapping[str, int], last: str | None = None) -> str:
    """The numbers of a topic, as far as each was asked for; buttons press `step:<number>:<step>` and `hide:<number>`.

    Parameters
    ----------
    topic : Topic
        The open topic; nothing is shown where it has no numbers.
    steps : mapping
        Number id to the last step that is open; absent where nothing is.
    last : str or None
        The number that was pressed: what it shows takes the focus.
    """
    if not topic.numbers:
        return ""
    rows = "".join(_block(families().told(name), steps.get(name, -1), name == last) for name in topic.numbers)
    body = f'<div class="topic numbers" data-plain><p>{ABOUT}</p><div class="number-list">{rows}</div></div>'
    return fold(f"numbers-{topic.id}", TITLE, body)


def live(steps: Mapping[str, int], last: str | None) -> str:
    """What is read out: that a number was hidden. What was opened takes the focus instead."""
    return HIDDEN if last and last not in steps else ""


def _block(told: Told, step: int, pressed: bool) -> str:
    said = (_meaning, _words, _counted, _both)
    parts = "".join(f'<div class="step" tabindex="-1"{_arrive(told, at, step, pressed)}>{say(told, step)}</div>'
                    for at, say in enumerate(said[:step + 1]))
    head = f'<h3 tabindex="-1"{_arrive(told, -1, step, pressed)}>{text(told.title)} {_measure(told.id)}</h3>'
    return f'<div class="number" data-number="{text(told.id)}">{head}{parts}{_buttons(told, step)}</div>'


def _measure(name: str) -> str:
    """What is counted, as its short name: two numbers of a study differ by it alone."""
    known = families()
    short = figure_of(known.known, known.numbers[name].figure)[1].measure.upper()
    return f'<span class="tag">{marked(short, known.words)}</span>'


def _arrive(told: Told, at: int, step: int, pressed: bool) -> str:
    return f' data-arrive="{text(told.id)} {step}"' if pressed and at == step else ""


def _buttons(told: Told, step: int) -> str:
    name, of_it = text(told.id), f'<span class="hidden">: {text(told.title)}</span>'
    further = (f'<button type="button" class="act" data-press="step:{name}:{step + 1}"><span>{NEXT[step + 1]}{of_it}'
               "</span></button>" if step + 1 < len(NEXT) else "")
    hide = f'<button type="button" class="take" data-press="hide:{name}">{HIDE}{of_it}</button>' if step >= 0 else ""
    return f'<div class="takes">{further}{hide}</div>'


def _meaning(told: Told, _: int) -> str:
    return f"<p><b>{text(told.measure)}.</b> {text(told.meaning)}</p>"


def _words(told: Told, _: int) -> str:
    return f"<p>{text(told.words)}</p>"


def _counted(told: Told, step: int) -> str:
    both = step > 2
    sides = "".join(_side(told, side, both) for side in told.sides)
    more = f'<p class="counted">{text(told.difference)}</p>' if told.difference else ""
    facts = {"Study": told.study, "Who was in it": told.people, "When": told.joined, "Counted after": told.time}
    pairs = "".join(f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in facts.items())
    return (f'<div class="sides">{sides}</div>{more}<dl class="pairs">{pairs}</dl><p>{text(told.after)}</p>'
            f'<details class="source" data-keep="table-{text(told.id)}"><summary>The same as a table</summary>'
            f"{_table(told, both)}</details>")


def _side(told: Told, side: Side, both: bool) -> str:
    return (f'<figure class="side"><p class="counted">{text(side.sentence)}</p>{dots(side.n, label(told, side, both))}'
            f"<figcaption>{_caption(told, side, both)}<p>{text(side.range)}</p></figcaption></figure>")


def _both(told: Told, _: int) -> str:
    return "".join(f"<p>{text(f'{side.group}: ' if side.group else '')}{text(side.others)}</p>" for side in told.sides)


def _caption(told: Told, side: Side, both: bool) -> str:
    rest = f"{side.rest} empty dots" if both else f"Empty dots: {told.not_in_group}"
    return (f'<p class="key"><span class="dot both"></span>{side.n} filled dots</p>'
            f'<p class="key"><span class="dot near"></span>{text(rest)}</p>')


def label(told: Told, side: Side, both: bool = False) -> str:
    """What a picture of dots says, in words."""
    return f"{side.sentence} {side.others if both else f'Empty dots: {told.not_in_group}.'}"


def dots(filled: int, words: str) -> str:
    """A hundred dots in rows, the filled ones first, as SVG; the same on the page and on paper.

    Parameters
    ----------
    filled : int
        How many of 100 are filled.
    words : str
        What the picture says.
    """
    size = ACROSS * GAP
    circles = "".join(
        f'<circle cx="{at % ACROSS * GAP + GAP / 2}" cy="{at // ACROSS * GAP + GAP / 2}" r="{RADIUS}" '
        f'fill="{"currentColor" if at < filled else "none"}"/>' for at in range(ACROSS * ACROSS))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="hundred" role="img" aria-label="{text(words)}" '
            f'viewBox="0 0 {size} {size}" stroke="currentColor" stroke-width="1.4">{circles}</svg>')


def _table(told: Told, both: bool) -> str:
    columns = ["Group", f"Of 100 children, after {told.time}", *(["The others, of 100"] if both else []), "Range"]
    return table(columns, [[side.group or "All in this study", side.n, *([side.rest] if both else []), side.range]
                           for side in told.sides])
