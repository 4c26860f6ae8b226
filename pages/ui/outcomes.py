"""The markup of Outcomes: what is chosen, what stands beside each panel, its table, and the table of all figures."""
from __future__ import annotations

import re
from collections.abc import Collection

from content import tables
from content.load import Knowledge, knowledge
from content.model import Trial
from pages.ui import flags, trial_words
from pages.ui.outcome_panels import Panel, Row, every, groups, settings
from pages.ui.panel import fold, inside, late_fold, listed, text, wide

COLUMNS = ("End point", "Group", "Time", "Value", "Uncertainty", "People", "As printed", "Source")
RULE = ("One panel a study, in the order of the text. The studies took different people in different years: their "
        "numbers cannot be ranked against each other.")
AXES = (("full", "From 0"), ("zoom", "Zoomed, break marked"))
MORE = "Show {} more of {} panels"
NOTHING = "No single percentage is printed: nothing is drawn."
INSTEAD = "The printed value is known to be wrong and not drawn; the diamond is what a report gives."
UNSAID = "The explorer adds no caveat beyond the flags."
ABOUT = {"efs": r"\bEFS\b", "dfs": r"\bDFS\b|isease-free survival", "os": r"\bOS\b|verall survival|lived",
         "pfs_rfs": r"\b[PR]FS\b", "pefs": r"\bp?EFS\b", "remission": r"remission|\bCR|respon[sd]", "mrd": r"\bMRD\b",
         "course": r"relapse|die[ds]?\b|death|HSCT|transplant", "toxicity": r"toxic|adverse|events|effects",
         "times": r"median|mean|duration|longer"}
ALL = "all-figures"
LEFT_OUT = ["source", "figure", "citations"]
HEADINGS = {"name": "study", "years_enrolled": "years of enrollment", "as_printed": "as printed",
            "spread": "uncertainty", "spread_value": "±", "spread_low": "from", "spread_high": "to"}


def bar(known: Knowledge, setting: str, group: str, axis: str) -> str:
    """The choices: setting, end point and axis; each button presses its name and value."""
    return ('<div class="choices-bar">'
            + _choice("Setting", "setting", [(key, known.label("settings", key)) for key in settings(known)], setting)
            + _choice("End point", "group", [(one.id, one.label) for one in groups(setting)], group)
            + _choice("Axis", "axis", AXES, axis) + f'</div><p class="prose quiet">{RULE}</p>')


def _choice(label: str, name: str, options: Collection[tuple[str, str]], now: str) -> str:
    buttons = "".join(f'<li><button type="button" data-press="{name}:{text(value)}" '
                      f'aria-pressed="{"true" if value == now else "false"}">{text(words)}</button></li>'
                      for value, words in options)
    return (f'<div role="group" aria-label="{label}"><span class="small quiet">{label}</span>'
            f'<ul class="page-bar all">{buttons}</ul></div>')


def count(known: Knowledge, shown: Collection[Panel], setting: str) -> str:
    """How many panels there are, as one sentence."""
    name = next(iter(shown)).group.name
    studies = "study" if len(shown) == 1 else "studies"
    return f"{name}, {inside(known.label('settings', setting))}: {len(shown)} {studies}."


def head(known: Knowledge, panel: Panel) -> str:
    """What stands above a chart: the study, its people, how it was made, and the way to its card."""
    trial = panel.trial
    said = " · ".join((trial_words.size_words(trial), trial_words.ages_words(known, trial),
                       trial_words.years_words(trial), trial_words.design_words(trial)))
    nothing = "" if panel.marks else f'<p class="quiet">{NOTHING}</p>'
    return (f'<section class="study-head"><h2>{text(trial.name)}</h2><p>{text(trial.population.who)}</p>'
            f'<p class="small quiet">{text(said)}</p>{nothing}</section>')


def foot(panel: Panel) -> str:
    """What stands below a chart: how to read it, with what care, flags, and the same numbers as a table."""
    trial, name = panel.trial, f"outcomes_chart_{panel.key}"
    picture = f'<button type="button" class="goto" data-png="{text(name)}" data-name="{text(panel.key)}" ' \
              f'data-title="{text(trial.name)}">Picture (PNG)</button>' if panel.marks else ""
    card = f'<button type="button" class="goto" data-press="trial:{text(trial.id)}">Study card</button>'
    csv = f'<p><button type="button" class="goto" data-csv="{text(panel.key)}">Download CSV</button></p>'
    return ('<section class="study-foot">'
            f"<p>{text(reading(panel))}</p>"
            f'<p><b>Caveat:</b> {text(caveat(panel))}</p>'
            + flags.together(list(panel.later), list(panel.errata), panel.key)
            + f'<div class="meta">{card}{picture}</div>'
            + fold(f"table-{panel.key}", "The same numbers as a table", table(panel) + csv) + "</section>")


def reading(panel: Panel) -> str:
    """One sentence of the finding that speaks of this end point; where there is none, the numbers in words."""
    said = [one for one in sentences(panel.trial.finding) if _fits(panel, one) > 0]
    names = [row.name if row.figure.arm else inside(row.name) for row in panel.rows]
    times = ["" if panel.time else row.when for row in panel.rows]
    numbers = listed([f"{name} {row.amount} {time}".strip()
                      for name, row, time in zip(names, panel.rows, times, strict=True) if row.mark])
    return said[0] if said else f"{panel.title}: {numbers}." if numbers else INSTEAD if panel.marks else NOTHING


def caveat(panel: Panel) -> str:
    """One caveat of the study, rather one about this end point than about another."""
    said = [one for words in panel.trial.caveats for one in sentences(words)]
    return max(said, key=lambda one: _fits(panel, one), default=UNSAID)


def sentences(words: str) -> list[str]:
    """Some words, sentence by sentence."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", words)


def _fits(panel: Panel, words: str) -> int:
    """1 for words about this end point, -1 for words about others only, 0 for words about none."""
    about = {name for name, pattern in ABOUT.items() if re.search(pattern, words)}
    return 1 if panel.group.id in about else -1 if about else 0


def rows(panel: Panel) -> list[tuple[str, ...]]:
    """The cells of a panel's table: each estimate as printed, then what a report of the study gives instead."""
    found = []
    for row in panel.rows:
        found.append(_cells(row))
        if row.second:
            found.append(_report(row))
    return found


def _cells(row: Row) -> tuple[str, ...]:
    figure = row.figure
    drawn = "" if row.mark else f" ({row.why_not})"
    spread = row.spread or ("a count" if figure.value is None and figure.low is None else "")
    lines = ", ".join(f"{low}-{high}" if high > low else str(low) for low, high in figure.lines)
    return (_measure(row), "; ".join((row.name, *row.details)), row.when or "not printed", row.amount + drawn,
            spread, _people(figure.n, figure.count, figure.of), figure.as_printed, f"2020 text, lines {lines}")


def _report(row: Row) -> tuple[str, ...]:
    mark, one = row.second, row.figure.corrected
    return (_measure(row), f"{row.name}; {mark.report}", mark.when or "not printed", mark.amount, mark.spread,
            _people(one.n, None, None), "not in the 2020 text", one.source)


def _measure(row: Row) -> str:
    return knowledge().measures[row.figure.measure].short


def _people(n: int | None, part: int | None, whole: int | None) -> str:
    said = [f"{part:,} of {whole:,}" if whole is not None else f"{part:,} counted"] if part is not None else []
    return "; ".join(said + ([f"n = {n:,}"] if n is not None else [])) or "not printed"


def table(panel: Panel) -> str:
    """The numbers of a panel as a table of its own."""
    return _table(f"{panel.trial.name}: {panel.title}", COLUMNS, rows(panel), first=1)


def _table(label: str, columns: Collection[str], cells: Collection[Collection[str]], first: int) -> str:
    """A table that scrolls sideways in its own box; the column `first` names the row."""
    top = "".join(f'<th scope="col">{text(name)}</th>' for name in columns)
    body = "".join("<tr>" + "".join(
        f'<th scope="row">{text(cell)}</th>' if place == first else f"<td>{text(cell)}</td>"
        for place, cell in enumerate(row)) + "</tr>" for row in cells)
    return wide(label, f'<table class="outcome-table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>')


def more(left: int, whole: int, step: int) -> str:
    """The press that shows more panels."""
    return f'<p><button type="button" class="act" data-press="more:">{MORE.format(min(left, step), whole)}</button></p>'


def everything(known: Knowledge, opened: Collection[str]) -> str:
    """Every figure of this page, whatever is chosen above, behind one press."""
    figures = [(panel.trial, row) for panel in every() for row in panel.rows]
    return ('<section class="every"><h2>All figures</h2><div class="folds">'
            + late_fold(ALL, f"Every outcome of the text as one table ({len(figures)})",
                        lambda: _everything(known, figures), opened) + "</div></section>")


def _everything(known: Knowledge, figures: list[tuple[Trial, Row]]) -> str:
    frame = tables.table(known, ((trial, row.figure) for trial, row in figures)).drop(columns=LEFT_OUT)
    frame["note"] = [_note(row) for _, row in figures]
    columns = [HEADINGS.get(name, name) for name in frame.columns]
    csv = '<p><button type="button" class="goto" data-csv="all_outcomes">Download CSV</button></p>'
    return csv + _table("Every outcome of the text", columns, list(frame.itertuples(index=False, name=None)), first=0)


def _note(row: Row) -> str:
    """What the table says beside a value: why it is not drawn, and what a report gives instead."""
    second = f"{row.second.report}: {row.second.amount} {row.second.when}".strip() if row.second else ""
    return "; ".join(filter(None, (row.why_not, second)))


def offered(known: Knowledge, setting: str, group: str, axis: str) -> tuple[str, str, str]:
    """What was chosen, where it is on offer; else the first setting, its first end point, the whole axis."""
    asked = settings(known)
    setting = setting if setting in asked else asked[0]
    found = [one.id for one in groups(setting)]
    return setting, group if group in found else found[0], axis if axis in dict(AXES) else AXES[0][0]
