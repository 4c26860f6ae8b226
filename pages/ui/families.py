"""Topics for families as markup: the doors to them, one open topic, its questions, and the words explained."""
from functools import cache

from content.families import families
from content.family_shapes import Passage, Topic
from content.load import knowledge
from pages.ui.panel import fold, listed, text
from pages.ui.terms import marked
from pathways.load import guideline

UNKNOWN = "The address names a topic that is not on this page. Here are all topics."
# Parts of therapy whose term in the glossary has another id, and how they are called here.
TERMS = {"cns": "cns_prophylaxis"}
NAMES = {"cns": "Care for the brain and spine", "hsct": "Transplant, for some children"}


def by_part() -> dict[str, list[Topic]]:
    """Topics in their order, under the part they belong to."""
    parts: dict[str, list[Topic]] = {}
    for topic in families().topics.values():
        parts.setdefault(topic.part, []).append(topic)
    return parts


def doors(named: bool = True, left: str | None = None) -> str:
    """All topics with what each is about; its buttons press `topic:<id>`.

    Parameters
    ----------
    named : bool
        False when the address names a topic that does not exist.
    left : str or None
        The topic that was just left: its door takes the focus.
    """
    said = "" if named else f'<p role="status">{UNKNOWN}</p>'
    parts = "".join(f'<section><h2>{text(part)}</h2><ul class="doors">'
                    f'{"".join(_door(topic, topic.id == left) for topic in topics)}</ul></section>'
                    for part, topics in by_part().items())
    return f'{said}<nav aria-label="Topics" class="door-parts">{parts}</nav>'


def _door(topic: Topic, was_left: bool) -> str:
    arrive = f' data-arrive="{text(topic.id)}"' if was_left else ""
    return (f'<li><button type="button" data-press="topic:{text(topic.id)}"{arrive}><b>{text(topic.title)}</b>'
            f'<span class="quiet">{text(topic.lead)}</span></button></li>')


def beside(opened: Topic) -> str:
    """All topics in short, beside the one that is open; on a phone the way back to all."""
    parts = "".join(f'<div><p class="eyebrow">{text(part)}</p><ul>'
                    f'{"".join(_line(topic, topic is opened) for topic in topics)}</ul></div>'
                    for part, topics in by_part().items())
    return ('<nav aria-label="Topics" class="topic-list"><button type="button" class="act all-topics" '
            f'data-press="all">All topics</button>{parts}</nav>')


def _line(topic: Topic, is_open: bool) -> str:
    current = ' aria-current="true"' if is_open else ""
    return (f'<li><button type="button" data-press="topic:{text(topic.id)}"{current}>{text(topic.title)}</button></li>')


@cache
def article(name: str) -> str:
    """A topic up to its numbers: what it is about, in short, and each passage with where it comes from."""
    topic = families().topics[name]
    short = "".join(f"<li>{_plain(words)}</li>" for words in topic.short)
    passages = "".join(_passage(passage, f"{name}-{number}") for number, passage in enumerate(topic.passages))
    return (f'<article class="topic" data-plain><div class="topic-head"><p class="eyebrow">{text(topic.part)}</p>'
            f'<h2 tabindex="-1" data-arrive="{text(name)}">{text(topic.title)}</h2>'
            f'<p class="lead">{_plain(topic.lead)}</p></div>'
            f'<section class="in-short"><h3>In short</h3><ul>{short}</ul></section>{passages}</article>')


def _plain(words: str) -> str:
    return marked(words, families().words)


def _passage(passage: Passage, keep: str) -> str:
    words = "".join(f"<p>{_plain(paragraph)}</p>" for paragraph in passage.paragraphs)
    picture = way() if passage.picture == "phases" else ""
    return (f'<section><h3>{text(passage.heading)}</h3>{words}{picture}<details class="source" '
            f'data-keep="from-{text(keep)}"><summary>Where this comes from</summary>{_places(passage)}</details>'
            "</section>")


def _places(passage: Passage) -> str:
    """The part of the guideline, and each public page with its publisher, title, address and the day it was read."""
    g, known = guideline(), families()
    rows = []
    if passage.lines:
        parts = text(" / ".join(dict.fromkeys(g.section(first) for first, _ in passage.lines)))
        spans = [f"{first} to {last}" if first != last else f"{first}" for first, last in passage.lines]
        rows.append(f"The guideline of 2020, part “{parts}”, lines {text(listed(spans))} of its text.")
    for name in passage.sources:
        page = known.sources[name]
        copy, address = f" ({page.copy_read})" if page.copy_read else "", text(page.address)
        rows.append(f"{text(page.publisher)}: {text(page.title)}. Read on {text(page.seen)}{text(copy)}.<br>"
                    f'<a href="{address}" target="_blank" rel="noreferrer noopener">{address}</a>')
    return f'<ul class="places">{"".join(f"<li>{row}</li>" for row in rows)}</ul>'


def way() -> str:
    """The phases of treatment as a way with stops, in plain words; what runs beside it below. No number, no scale."""
    phases = knowledge().phases.values()
    stops = "".join(_stop(phase) for phase in phases if not phase.during)
    beside_it = "".join(_stop(phase) for phase in phases if phase.during)
    return (f'<ol class="way">{stops}</ol><p>Beside these phases:</p><ul class="way beside">{beside_it}</ul>')


def _stop(phase) -> str:
    meaning = knowledge().terms[TERMS.get(phase.id, phase.id)].plain
    return f"<li><b>{text(NAMES.get(phase.id, phase.name))}</b><span>{text(meaning)}</span></li>"


@cache
def questions(name: str) -> str:
    """How a topic ends: questions to ask, that it is not about one child, and what to read next."""
    known = families()
    topic = known.topics[name]
    asks = "".join(f"<li>{_plain(words)}</li>" for words in topic.ask)
    doors_on = "".join(_door(known.topics[other], False) for other in topic.see)
    more = f'<section><h3>Read next</h3><ul class="doors">{doors_on}</ul></section>' if doors_on else ""
    return (f'<div class="topic" data-plain><section class="asks"><h3>Questions to ask your team</h3><ul>{asks}</ul>'
            f'<p class="fixed">{text(known.fixed.general)}</p></section>{more}</div>')


@cache
def words() -> str:
    """Every word of the fixed list with its plain meaning, one press away; nothing here leads elsewhere."""
    terms = sorted(families().terms(), key=lambda term: term.term.lower())
    rows = "".join(f'<div><dt>{text(term.term)}{_full(term)}</dt><dd>{text(term.plain)}</dd></div>' for term in terms)
    return fold("words", "Words, explained", f'<dl class="terms">{rows}</dl>')


def _full(term) -> str:
    return f' <span class="full">{text(term.full)}</span>' if term.full and term.full != term.term else ""
