"""The figures of a study as one table, and the comparisons the text makes between them."""
from collections.abc import Collection

from content import tables
from content.load import Knowledge
from content.model import Comparison, Figure, Trial
from pages.ui import trial_words
from pages.ui.panel import text

COLUMNS = ("What", "Group", "Value", "Uncertainty", "n", "As printed")
NOT_FOR_DOSING = "as studied, not for dosing"
SORTS = {"results": "Outcomes", "other": "Other numbers of the text", "doses": f"Doses {NOT_FOR_DOSING}"}
COUNT = "a count"
NO_N = "not printed"


def everything(known: Knowledge, trial: Trial, flagged: Collection[str] = ()) -> str:
    """Every figure of a study, as printed: outcomes, what the text compares, then other numbers and doses.

    Parameters
    ----------
    known : Knowledge
        All that is known.
    trial : Trial
        The study.
    flagged : collection of str
        Ids of its figures that an erratum names.
    """
    if not trial.figures and not trial.comparisons:
        return '<p class="quiet">The text prints no numbers of this study.</p>'
    sorts: dict[str, list[Figure]] = {name: [] for name in SORTS}
    for figure in trial.figures:
        sort = "doses" if trial_words.is_dose(known, trial, figure) else \
            "results" if trial_words.is_result(known, figure) else "other"
        sorts[sort].append(figure)

    def table(*names: str) -> str:
        bodies = "".join(_body(known, trial, name, sorts[name], flagged) for name in names if sorts[name])
        label = " and ".join(SORTS[name].lower() for name in names if sorts[name])
        head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in COLUMNS)
        return (f'<table class="figures" role="table" aria-label="{text(trial.name)}: {text(label)}">'
                f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{bodies}</table>') if bodies else ""

    return table("results") + comparisons(known, trial) + table("other", "doses")


def _body(known: Knowledge, trial: Trial, sort: str, figures: list[Figure], flagged: Collection[str]) -> str:
    rows = "".join(_row(known, trial, figure, figure.id in flagged) for figure in figures)
    return (f'<tbody role="rowgroup"><tr role="row" class="sort"><th role="rowheader" scope="rowgroup" '
            f'colspan="{len(COLUMNS)}">{text(SORTS[sort])}</th></tr>{rows}</tbody>')


def _row(known: Knowledge, trial: Trial, figure: Figure, flagged: bool) -> str:
    measure = known.measures[figure.measure]
    result = trial_words.is_result(known, figure)
    mark = ' <span class="see">see flag above</span>' if flagged else ""
    dose = f'<small>{NOT_FOR_DOSING}</small>' if trial_words.is_dose(known, trial, figure) else ""
    first = f'<b title="{text(measure.name)}">{text(measure.short)}</b> {text(tables.when(figure))}{mark}'
    first += f"<small>{text(figure.what)}</small>" if figure.what else ""
    arms = {arm.id: arm.name for arm in trial.arms}
    group = text(figure.population)
    group = f"{text(arms[figure.arm])}<small>{group}</small>" if figure.arm else group
    group += '<small class="sub-group">subgroup</small>' if figure.subgroup else ""
    uncertainty = tables.spread(figure) or (COUNT if result else "")
    value = tables.amount(figure, figure.unit or measure.unit)
    said = (group, f'<span class="amount">{text(value)}</span>{dose}', text(uncertainty), _n(figure, result),
            f'<q>{text(figure.as_printed)}</q>')
    cells = "".join(f'<td role="cell" data-column="{name}">{part}</td>' if part else '<td role="cell"></td>'
                    for name, part in zip(COLUMNS[1:], said, strict=True))
    return f'<tr role="row" data-figure="{text(figure.id)}"><th scope="row" role="rowheader">{first}</th>{cells}</tr>'


def _n(figure: Figure, result: bool) -> str:
    """Out of how many, and whom it counts."""
    whole = figure.n if figure.n is not None else figure.of
    if whole is None and figure.denominator is None:
        return f'<span class="quiet">{NO_N}</span>' if result else ""
    number = f"{whole:,}" if whole is not None else f'<span class="quiet">{NO_N}</span>'
    return number + (f"<small>{text(figure.denominator)}</small>" if figure.denominator else "")


def comparisons(known: Knowledge, trial: Trial) -> str:
    """What the text compares, each with its P where one is printed, and whether by randomization."""
    if not trial.comparisons:
        return ""
    rows = "".join(_comparison(known, trial, comparison) for comparison in trial.comparisons)
    return f'<h4>What the text compares</h4><ul class="compared">{rows}</ul>'


def _comparison(known: Knowledge, trial: Trial, comparison: Comparison) -> str:
    figures = {figure.id: figure for figure in trial.figures}
    sides = [figures[name] for name in comparison.between]
    named = names(trial, sides)
    verdict = {"better_first": f"Better: {named[0]}" if named else "Better in the first named",
               "better_second": f"Better: {named[1]}" if named else "Better in the second named",
               "no_difference": "No difference", "not_significant": "Difference not significant",
               "stated_only": "No verdict in the text"}[comparison.verdict]
    if sides:
        measure = known.measures[sides[0].measure]
        what = f"<b>{text(measure.short)}</b> {text(tables.when(sides[0]))}: "
        what += " against ".join(f"{text(name)} <b>{text(tables.amount(figure, figure.unit or measure.unit))}</b>"
                                 for name, figure in zip(named, sides, strict=True))
    else:
        what = f"<b>{text(comparison.what)}</b>, no rates printed"
    said = [text(verdict), f"<q>{text(comparison.as_printed)}</q>" if comparison.p is not None else "no P printed"]
    said += [f"{comparison.sides}-sided"] if comparison.sides != "not_stated" else []
    said += ["randomized comparison" if comparison.randomised else "not randomized"]
    said += ["subgroup"] if comparison.subgroup else []
    return f'<li data-comparison="{text(comparison.id)}"><p>{what}</p><p class="small quiet">{"; ".join(said)}</p></li>'


def names(trial: Trial, figures: list[Figure]) -> list[str]:
    """What tells the sides of a comparison apart: their arms, else their groups, else what was measured."""
    arms = {arm.id: arm.name for arm in trial.arms}
    for told in ([arms.get(figure.arm) for figure in figures], [figure.population for figure in figures],
                 [figure.what for figure in figures]):
        if all(told) and len(set(told)) == len(told):
            return told
    return [", ".join(filter(None, (arms.get(figure.arm), figure.population, figure.what))) for figure in figures]
