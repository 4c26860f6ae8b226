"""Sources: how often each page and file was read against the text, and that no clinician has reviewed any of it."""
from collections.abc import Collection, Iterable

from content.load import knowledge
from pages.ui.panel import late_fold
from pages.ui.provenance import READ, row, table
from pathways.drawing import page_name
from pathways.model import Guideline


def readings(g: Guideline, opened: Collection[str]) -> str:
    """What no one has reviewed, and how often what is here was read."""
    known = knowledge()
    counts = [["Pages of the drawings", *_counts(g.pages.values())],
              ["Risk schemes", *_counts(g.schemes.values())],
              ["Studies", *_counts(known.trials.values())], ["Topics of figures", *_counts(known.facts.values())],
              ["Errors and gaps", len(known.errata), 0], ["Later results", len(known.later), 0],
              ["Terms", len(known.terms), 0]]
    folds = (late_fold("read-pages", "Page by page, scheme by scheme", lambda: _pages(g), opened)
             + late_fold("read-studies", "Study by study, topic by topic", _studies, opened))
    counted = table(("What", "Read once", "Read twice"), counts, "numbers")
    return row("What no one has reviewed", "<p><b>No clinician has reviewed the content.</b> No user has been asked "
               "yet. What was done instead: files were typed from the text and, where it says twice, typed again by "
               f'readers who had not seen the first reading.</p>{counted}<div class="folds">{folds}</div>')


def _counts(entries: Iterable) -> list[int]:
    reviews = [entry.review for entry in entries]
    return [reviews.count(review) for review in READ]


def _pages(g: Guideline) -> str:
    rows = [[page_name(page.id), page.title, READ[page.review]] for page in g.pages.values()]
    rows += [[scheme.name, "risk scheme", READ[scheme.review]] for scheme in g.schemes.values()]
    return table(("Page or scheme", "About", "Against the text"), rows)


def _studies() -> str:
    known = knowledge()
    rows = [[trial.name, len(trial.figures), READ[trial.review]] for trial in known.trials.values()]
    rows += [[topic.title, len(topic.figures), READ[topic.review]] for topic in known.facts.values()]
    return table(("Study or topic", "Figures", "Against the text"), rows)
