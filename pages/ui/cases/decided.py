"""One decision: asked, with its options; or answered, with the rule, the reasons and what bears on it."""
from __future__ import annotations

from content.load import knowledge
from pages.ui import flags, studies
from pages.ui.cases.course import Course
from pages.ui.panel import fold, text
from pages.ui.statements import source
from pages.ui.terms import marked
from pathways.drawing import page_name
from pathways.lessons.judge import Verdict
from pathways.lessons.results import Choice
from pathways.load import guideline

SURE = {1: "Unsure", 2: "Fairly sure", 3: "Sure"}
SIGNS = {"solved": "", "right": '<span aria-hidden="true">✓</span> ', "wrong": '<span aria-hidden="true">✕</span> '}
GAPS = "choose an answer", "say how sure you are"
READY = "Nothing of the answer is shown before you commit."


def asked(now: Course) -> str:
    """The question: nothing here tells which option is right. Its button sends `commit:<screen>:<option>:<sure>`."""
    question = now.screen.question()
    options = "".join(_radio("answer", one.id, text(one.text)) for one in question.options)
    levels = "".join(_radio("sure", level, words) for level, words in SURE.items())
    return (f'<section class="decision">{_place(now)}<h2{_arrive(now)}>{marked(question.title)}</h2>'
            f'<div data-form data-ready="{READY}"><fieldset class="options" data-gap="{GAPS[0]}">'
            f'<legend>Your answer</legend>{options}</fieldset><fieldset class="levels" data-gap="{GAPS[1]}">'
            f'<legend>How sure are you?</legend><div>{levels}</div></fieldset><div class="commit">'
            f'<button type="button" class="act main" data-send="commit:{now.at}" aria-disabled="true" '
            f'aria-describedby="gaps">Commit</button><p id="gaps" class="gaps small quiet">Still to do: '
            f'{" and ".join(GAPS)}.</p></div></div></section>')


def _radio(name: str, value: object, words: str) -> str:
    return (f'<label class="option"><input type="radio" name="{name}" value="{text(value)}"><span>{words}</span>'
            "</label>")


def _place(now: Course, title: str = "") -> str:
    page = f" · {text(page_name(now.screen.point.page))}" if now.screen.point.page else " · Risk scheme"
    what = f" · {text(title)}" if title else ""
    return f'<p class="eyebrow">Decision {now.at + 1} of {len(now.screens)}{page}{what}</p>'


def _arrive(now: Course, word: str = "ask") -> str:
    """The heading takes the focus, unless new facts come first."""
    first = now.screen.first and now.at not in now.choices
    return "" if first else f' tabindex="-1" data-arrive="{word}-{now.at}"'


def answered(now: Course) -> str:
    """The decision with its answer: own choice, rule, facts, why each other option is wrong, and what bears on it."""
    choice = now.choices.get(now.at)
    v = now.screen.verdict(choice)
    because = f"{v.because[:1].upper()}{v.because[1:].rstrip('.')}."
    return (f'<section class="decision">{_place(now, now.screen.point.title)}{_headline(now, v, choice)}'
            f'{_flags(now, v)}<p><span class="quiet">The rule:</span> {marked(because)}</p>'
            f"{_facts(v)}{_onward(now)}{_others(now, v, choice)}{_notes(now, v)}{_bearing(now, v)}"
            f'<div class="meta">{source(guideline(), v.lines, now.screen.point.page or None, f"case-{now.at}")}</div>'
            f"{_elsewhere(now)}</section>")


def live(now: Course) -> str:
    """What is read out: the verdict, or which decision this is; at most 25 words."""
    if now.ended:
        return "The end."
    if not now.solved:
        return f"Decision {now.at + 1} of {len(now.screens)}."
    choice = now.choices.get(now.at)
    v = now.screen.verdict(choice)
    words = f"{_word(v, choice)}: {v.answer_text}".split()
    return " ".join(words[:25])


def _word(v: Verdict, choice: Choice | None) -> str:
    return "Solved" if choice is None else "Right" if v.right else "Not right"


def _headline(now: Course, v: Verdict, choice: Choice | None) -> str:
    kind = "solved" if choice is None else "right" if v.right else "wrong"
    word = f'{SIGNS[kind]}{_word(v, choice)}{"" if v.right and choice else ". The answer is"}'
    own = ""
    if choice is not None:
        own = (f'<p><span class="quiet">You chose:</span> {text(now.screen.words(choice.option))}. '
               f"{SURE[choice.confidence]}.</p>")
    return (f'<h2 class="verdict {kind}"{_arrive(now, "told")}><span class="word">{word}</span> '
            f"<span>{text(v.answer_text)}</span></h2>{own}")


def _facts(v: Verdict) -> str:
    known = "".join(f"<li>{marked(fact)}</li>" for fact in v.facts)
    missing = "".join(f"<li>{marked(label)}: not known</li>" for label in v.missing)
    if not known and not missing:
        return ""
    return f'<div class="deciding"><p class="quiet">What decides here</p><ul class="known">{known}{missing}</ul></div>'


def _onward(now: Course) -> str:
    last = now.at + 1 == len(now.screens)
    return (f'<p><button type="button" class="act main" data-press="go:{now.at + 1}">'
            f'{"To the end" if last else "Next decision"}</button></p>')


def _others(now: Course, v: Verdict, choice: Choice | None) -> str:
    """Why each other option is wrong, in the order in which they were asked; each can be followed to where it leads."""
    rows = []
    for letter, words in ((one.id, one.text) for one in now.screen.options() if one.id != v.answer):
        own = ' <span class="tag">your answer</span>' if choice and choice.option == letter else ""
        lead = "See where this would lead" if own else "Where it would lead"
        rows.append(f'<li><p><b>{text(words)}</b>{own}</p><p>{marked(v.wrong[letter])}</p><p>'
                    f'<button type="button" class="goto" data-press="turn:{letter}">{lead}<span class="hidden">: '
                    f"{text(words)}</span></button></p></li>")
    return f'<h3>Why not the others</h3><ul class="steps">{"".join(rows)}</ul>'


def _flags(now: Course, v: Verdict) -> str:
    """The first of each sort in sight, the others one press away."""
    known, keep = knowledge(), f"case-{now.at}"
    later, errata = [known.later[key] for key in v.later], [known.errata[key] for key in v.errata]
    many = len(later[1:]) + len(errata[1:])
    more = fold(f"{keep}-flags", f"{many} more such notes", flags.together(later[1:], errata[1:], keep)) if many else ""
    return flags.together(later[:1], errata[:1], keep) + more


def _notes(now: Course, v: Verdict) -> str:
    rows, kept_back = [], now.kept_back()
    for key in (one for one in v.ambiguities if one not in kept_back):
        note = guideline().ambiguities[key]
        rows.append(f'<details class="note-line" data-keep="case-{now.at}-{text(key)}"><summary>{text(note.title)}'
                    f'</summary><p>{text(note.say)} <span class="quiet">({text(key)})</span></p></details>')
    return f"<h3>Open or unclear in the text</h3><div>{''.join(rows)}</div>" if rows else ""


def _bearing(now: Course, v: Verdict) -> str:
    known = knowledge()
    trials = [known.trials[key] for key in v.trials]
    title = f"Studies that bear on this decision ({len(trials)})"
    return fold(f"case-studies-{now.at}", title, studies.listing(trials)) if trials else ""


def _elsewhere(now: Course) -> str:
    if now.screen.point.scheme:
        return ""
    return (f'<p><button type="button" class="goto" data-press="node:{text(now.screen.point.id)}">'
            "This decision in Pathways</button></p>")
