"""Outcomes without a browser: what is drawn is what was printed, and nothing is ranked, joined or computed."""
from __future__ import annotations

import ast
import html
import re
import tomllib
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from content import tables
from content.load import knowledge
from content.model import Figure, Spread, Time
from pages.ui import charts, outcome_panels, outcomes

ROOT = Path(__file__).parent.parent
SOURCES = [ROOT / "pages/outcomes.py", *(ROOT / "pages/ui" / f"{name}.py" for name in
                                         ("charts", "outcome_panels", "outcomes")), ROOT / "content/tables.py"]
EVERY = outcome_panels.every()
DRAWN = [panel for panel in EVERY if panel.marks]
AXES = (False, True)
ONE = {panel.key: panel for panel in EVERY}


def words(panel, zoomed=False) -> list[str]:
    """All text in a figure, line by line."""
    notes = charts.figure(panel, zoomed).layout.annotations
    return [html.unescape(line) for note in notes for line in note.text.split("<br>")]


def whole(panel, zoomed=False) -> str:
    """All text in a figure, as one line."""
    return " ".join(words(panel, zoomed))


def dots(panel, zoomed=False):
    """Every dot of a figure: id, whether it is a report's, value, lower and upper end (None where there is no line)."""
    for trace in charts.figure(panel, zoomed).data:
        bar = trace.error_x
        for i, name in enumerate(trace.customdata):
            low = trace.x[i] - bar.arrayminus[i] if bar.array is not None else None
            high = trace.x[i] + bar.array[i] if bar.array is not None else None
            yield name, trace.name.startswith("report"), trace.x[i], low, high


def ends(value: Decimal, spread) -> tuple[float | None, float | None]:
    """Where a line begins and ends, worked out from the stored figure."""
    if not isinstance(spread, Spread):
        return None, None
    if spread.value is None:
        return float(spread.low), float(spread.high)
    return float(value - spread.value), float(value + spread.value)


class Table(HTMLParser):
    """The cells of a table, and the scopes of its heads."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.rows, self.scopes = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


# what is drawn --------------------------------------------------------------------------------------------------------
def test_there_are_panels_of_every_kind():
    assert len(EVERY) > 90 and len(DRAWN) > 75
    assert {panel.group.id for panel in EVERY} == set(outcome_panels.BY_ID)
    assert {panel.unit for panel in EVERY} == {"percent", "probability", "months", "weeks"}


@pytest.mark.parametrize("zoomed", AXES)
@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_every_dot_is_the_stored_figure(panel, zoomed):
    figures = {figure.id: figure for figure in panel.trial.figures}
    found = list(dots(panel, zoomed))
    for name, report, value, low, high in found:
        stored = figures[name].corrected if report else figures[name]
        assert Decimal(str(value)) == stored.value
        begin, end = ends(stored.value, stored.spread)
        assert (low is None) == (begin is None)
        if begin is not None:
            assert low == pytest.approx(max(begin, 0)) and high == pytest.approx(end)
    assert sorted(name for name, report, *_ in found if not report) == sorted(r.figure.id for r in panel.rows if r.mark)
    assert sorted(name for name, report, *_ in found if report) == sorted(r.figure.id for r in panel.rows if r.second)


@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_number_at_a_dot_has_the_precision_of_the_source(panel):
    text = words(panel)
    for row in panel.rows:
        if row.mark:
            printed = tables.number(row.figure.value)
            assert re.search(rf"(?<![\d.]){re.escape(printed)}(?![\d]|\.\d)", row.figure.as_printed)
            assert any(line.startswith(row.mark.amount) for line in text)
            assert row.mark.amount.lstrip("about ").startswith(printed)


def test_a_figure_is_drawn_unless_it_has_no_single_value_or_is_dangerously_wrong():
    known = knowledge()
    wrong = {name for one in known.errata.values() if one.severity == "dangerous" for name in one.shown.figures}
    for panel in EVERY:
        for row in panel.rows:
            point = row.figure.value is not None and row.figure.bound in ("exact", "about")
            name = f"{panel.trial.id}.{row.figure.id}"
            assert (row.mark is not None) == (point and name not in wrong), name
            assert bool(row.why_not) == (row.mark is None)


def test_value_known_to_be_wrong_stands_in_the_table_only():
    panel = ONE["ctl019_efs"]
    assert [row.mark for row in panel.rows] == [None]
    assert [(report, value) for _, report, value, *_ in dots(panel)] == [(True, 67.0)]
    assert outcome_panels.WRONG in whole(panel)
    assert outcomes.rows(panel)[0][3].startswith("78%") and outcome_panels.WRONG in outcomes.rows(panel)[0][3]
    assert any(one.id == "maude2014_efs6" for one in panel.errata)


def test_text_is_drawn_and_a_report_is_a_second_mark_of_another_shape():
    panel = ONE["aall0232_efs"]
    assert [(value, report) for _, report, value, *_ in dots(panel)] == [(80.0, False), (75.0, False), (79.6, True),
                                                                         (75.2, True)]
    shapes = {trace.name.split(",")[0]: trace.marker.symbol for trace in charts.figure(panel).data}
    assert shapes == {"text": "circle", "report": "diamond"}
    assert "Larsen et al., J Clin Oncol 2016" in whole(panel)


def test_every_report_that_says_otherwise_is_told_in_a_flag_of_the_study():
    known = knowledge()
    for panel in EVERY:
        for row in panel.rows:
            if row.second:
                told = " ".join([one.better for one in known.errata.values() if panel.trial.id in one.shown.trials]
                                + [" ".join(one.figures) for one in known.later.values()
                                   if panel.trial.id in one.shown.trials])
                assert str(row.second.value) in told, f"{panel.key}: {row.second.value}"


# lines and their names (F1, F4, F5) -----------------------------------------------------------------------------------
@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_nothing_joins_estimates_and_nothing_hides_behind_hover(panel):
    for trace in charts.figure(panel).data:
        assert trace.type == "scatter" and trace.mode == "markers" and trace.fill is None
        assert trace.line.shape is None and trace.hoverinfo == "skip"
    assert charts.CONFIG == {"displayModeBar": False, "staticPlot": True}


def test_kinds_of_uncertainty_are_never_mixed():
    kinds = set()
    for panel in DRAWN:
        rows = {row.figure.id: row for row in panel.rows}
        for trace in charts.figure(panel).data:
            kind = trace.name.split(", ")[1]
            kinds.add(kind)
            side = "second" if trace.name.startswith("report") else "mark"
            marks = [getattr(rows[name], side) for name in trace.customdata]
            assert {mark.kind for mark in marks} == {kind}
            assert all(mark.spread for mark in marks)
            assert (trace.error_x.array is None) == (kind == "none")
            if kind == "none":
                assert trace.marker.color == charts.PAPER and trace.marker.line.width > 0
            else:
                assert trace.error_x.width == (4 if kind == "ci95" else 0)
    assert kinds == {"none", "ci95", "se", "sd", "unlabelled", "range"}


def test_words_of_uncertainty_stand_at_the_row():
    assert "± 1.0 SE" in whole(ONE["aall0932_dfs"])
    assert "± 2.4 as printed, not named in the text" in whole(ONE["aall0932_dfs"])
    assert "± 7 labeled SD in the text" in whole(ONE["aall0622_efs"])
    assert "95% CI 84 to 89" in whole(ONE["dfci_05_001_b_efs"])
    assert outcome_panels.NONE_REPORTED in whole(ONE["total_xv_efs"])


def test_standard_error_is_drawn_as_one_standard_error():
    found = {name: (low, high) for name, _, _, low, high in dots(ONE["aall0932_dfs"])}
    assert found["dfs_pulses_frequent"] == (pytest.approx(93.1), pytest.approx(95.1))


def stretched(value: str, error: str):
    """A panel whose first row has another value and error."""
    panel = ONE["aall0932_dfs"]
    figure = panel.rows[0].figure.model_copy(update={
        "value": Decimal(value), "spread": Spread(kind="unlabelled", value=Decimal(error)), "corrected": None,
        "as_printed": f"{value}% ± {error}%"})
    trial = panel.trial.model_copy(update={"figures": [figure], "comparisons": []})
    return next(outcome_panels._panels(knowledge(), trial, panel.group))


@pytest.mark.parametrize(("value", "error", "low", "high"), [("98", "3", 95, 100), ("2", "3", 0, 5)])
def test_line_stops_at_the_end_of_the_scale_and_says_so(value, error, low, high):
    panel = stretched(value, error)
    assert [(begin, end) for *_, begin, end in dots(panel)] == [(low, high)]
    assert charts.STOP in whole(panel)
    assert charts.STOP not in whole(stretched("50", "3"))


# titles, axes, order (F6 to F9) ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_end_point_and_time_are_on_the_panel(panel):
    title = panel.title
    assert " ".join(words(panel)[:2]).startswith(title[:38].rsplit(" ", 1)[0])
    shared = {row.when for row in panel.rows}
    if len(shared) == 1 and shared != {""}:
        assert title.endswith(shared.pop())
    elif len(shared) > 1:
        assert title.endswith("time at each dot")
        for row in panel.rows:
            if row.mark:
                assert f"{row.mark.amount} {row.when or '(time not printed)'}" in words(panel)
    for row in panel.rows:
        if row.second and row.second.when != panel.time:
            assert f"{row.second.amount} {row.second.when}" in words(panel)


@pytest.mark.parametrize("panel", EVERY, ids=lambda panel: panel.key)
def test_panel_holds_one_study_in_the_order_of_the_text(panel):
    order = [figure.id for figure in panel.trial.figures]
    mine = [row.figure.id for row in panel.rows]
    assert mine == sorted(mine, key=order.index)
    assert len({row.figure.unit or knowledge().measures[row.figure.measure].unit for row in panel.rows}) == 1


def test_panels_stand_in_the_order_of_the_text():
    for setting in outcome_panels.settings(knowledge()):
        for group in outcome_panels.groups(setting):
            found = [panel.trial.in_text for panel in outcome_panels.panels(setting, group.id)]
            assert found and found == sorted(found)


def test_nothing_is_sorted_by_outcome_colored_by_outcome_or_put_together_over_studies():
    banned = re.compile(r"colorscale|coloraxis|statistics|\.mean\(|\.median\(|groupby|sort_values|\.agg|\bbest\b|"
                        r"rank\b", re.IGNORECASE)
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert not banned.search(text), f"{path.name}: {banned.search(text).group()}"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("sorted", "sum", "np.mean"):
                assert "in_text" in ast.unparse(node), f"{path.name}:{node.lineno}"
            assert not (isinstance(node, ast.Attribute) and node.attr == "sort"), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_scale_starts_at_zero_and_a_zoomed_one_says_where(panel):
    low, high = charts.figure(panel).layout.xaxis.range
    assert low == 0 and charts.BREAK not in words(panel)
    assert high == {"percent": 100, "probability": 1}.get(panel.unit, high)
    begin = charts.start(panel)
    low, _ = charts.figure(panel, True).layout.xaxis.range
    assert low == begin
    assert (charts.BREAK in words(panel, True)) == (f"Axis starts at {begin}%" in words(panel, True)) == (begin > 0)
    assert all(low <= min(filter(None, (value, end))) for *_, value, end, _ in dots(panel, True))


@pytest.mark.parametrize("zoomed", AXES)
@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_number_beside_a_dot_has_room_on_the_narrowest_phone(panel, zoomed):
    figure = charts.figure(panel, zoomed)
    low, high = figure.layout.xaxis.range
    amounts = tuple(mark.amount for mark in panel.marks)
    for note in figure.layout.annotations:
        if note.font.weight == 550 and note.text.startswith(amounts):
            place = (note.x - low) / (high - low) * charts.NARROWEST
            room = place if note.xanchor == "right" else charts.NARROWEST - place
            assert room >= len(note.text) * charts.SIGN, note.text


# comparisons (F10, F11) -----------------------------------------------------------------------------------------------
def test_p_stands_only_between_arms_randomized_against_each_other():
    for panel in EVERY:
        ids = {row.figure.id for row in panel.rows}
        here = [one for one in panel.trial.comparisons if len(ids & set(one.between)) > 1]
        assert len(panel.compared) == len(here)
        for said, one in zip(panel.compared, here, strict=True):
            if one.randomised:
                assert said.startswith(one.as_printed or "no P printed") and "randomized" in said
            else:
                assert said.startswith("Not randomized") and "P=" not in said and "P<" not in said
            assert one.subgroup == ("subgroup" in said)
        shown = re.findall(r"\bP[=<>]\.\d+", whole(panel)) if panel.marks else []
        assert set(shown) <= {one.as_printed for one in here if one.randomised}


def test_each_randomized_contrast_of_a_factorial_trial_stands_by_itself():
    assert [re.match(r"P=\.\d+", said).group() for said in ONE["aall0932_dfs"].compared] == ["P=.95", "P=.86"]
    assert len(ONE["aall0434_dfs"].compared) == 3


def test_subgroups_single_arms_and_sizes_are_named():
    for panel in DRAWN:
        for row in panel.rows:
            assert row.figure.subgroup == ("subgroup" in row.details)
            assert any("n = " in part or "not printed" in part or " of " in part for part in row.details)
        if panel.trial.design.single_arm:
            assert "No comparison group." in whole(panel)
    assert "n = 75" in whole(ONE["eliana_os"])
    assert "evaluable" in whole(ONE["total_xv_remission"])


# words beside, table (F13, F14, E9) -----------------------------------------------------------------------------------
@pytest.mark.parametrize("panel", EVERY, ids=lambda panel: panel.key)
def test_alt_says_study_end_point_and_finding_in_forty_words(panel):
    said = charts.alt(panel)
    assert len(said.split()) <= 40
    assert said.startswith(f"{panel.trial.name}: {panel.title}")
    if panel.marks:
        assert panel.marks[0].amount in said


@pytest.mark.parametrize("panel", EVERY, ids=lambda panel: panel.key)
def test_reading_and_caveat_are_one_sentence_each(panel):
    for said in (outcomes.reading(panel), outcomes.caveat(panel)):
        assert said.endswith(".") and len(outcomes.sentences(said)) == 1


@pytest.mark.parametrize("panel", DRAWN, ids=lambda panel: panel.key)
def test_source_and_version_stand_inside_the_figure(panel):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    for zoomed in AXES:
        assert f"explorer {version}." in whole(panel, zoomed)
        assert "NCCN Pediatric ALL v2.2020 discussion text, section " in whole(panel, zoomed)
        assert panel.trial.name in whole(panel, zoomed)


@pytest.mark.parametrize("panel", EVERY, ids=lambda panel: panel.key)
def test_table_holds_what_is_drawn_and_what_is_not(panel):
    table = Table(outcomes.table(panel))
    assert tuple(table.rows[0]) == outcomes.COLUMNS
    assert [tuple(row) for row in table.rows[1:]] == outcomes.rows(panel)
    assert table.scopes == ["col"] * len(outcomes.COLUMNS) + ["row"] * (len(table.rows) - 1)
    values = [row[3].split("%")[0].split(" ")[0].removeprefix("about ") for row in table.rows[1:]]
    kept = iter(values)
    for row in panel.rows:
        first = next(kept)
        if row.mark:
            assert Decimal(first) == row.figure.value
        if row.second:
            assert Decimal(next(kept)) == row.second.value
    assert all(row.figure.as_printed in {cells[6] for cells in table.rows} for row in panel.rows)


def test_table_of_everything_has_every_figure_once_and_no_dose():
    table = Table(outcomes.everything(knowledge(), {outcomes.ALL}))
    assert len(table.rows) - 1 == sum(len(panel.rows) for panel in EVERY)
    assert "<table" not in outcomes.everything(knowledge(), ())
    assert not any("mg/m2" in cell for row in table.rows for cell in row)
    wrong = [row for row in table.rows if row[0] == "CTL019, first studies" and "51%" in " ".join(row)]
    assert len(wrong) == 1 and outcome_panels.WRONG in wrong[0][-1]


def test_markup_escapes_what_comes_from_the_data():
    panel = ONE["aall0331_efs"]
    trial = panel.trial.model_copy(update={"name": "<i>x</i>", "finding": "EFS <b>rose</b>.", "caveats": ["<u>y</u>."]})
    said = outcome_panels.Panel(**{**vars(panel), "trial": trial})
    for markup in (outcomes.head(knowledge(), said), outcomes.foot(said)):
        assert "<i>" not in markup and "<u>" not in markup and "<b>rose" not in markup


# the same for everybody (D7), colors (E2, E3) -------------------------------------------------------------------------
def test_figures_know_nothing_of_a_child():
    known = {argument.arg for node in ast.walk(ast.parse(SOURCES[1].read_text(encoding="utf-8")))
             if isinstance(node, ast.FunctionDef) for argument in node.args.args}
    assert not known & {"case", "entries", "walk", "w", "route"}
    panel = ONE["aall0232_efs"]
    first = charts.figure(panel).to_json()
    charts.figure.cache_clear()
    assert charts.figure(panel).to_json() == first


def luminance(color: str) -> float:
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colors_can_be_told_from_the_paper(theme):
    colors = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][theme]
    assert len(colors["chartCategoricalColors"]) == 10
    paper = luminance(colors["backgroundColor"])
    least = (3, 3, 7, 4.5)                                     # the text's marks, a report's, ink, quiet words
    for color, needed in zip(colors["chartCategoricalColors"], least, strict=False):
        light, dark = sorted((paper, luminance(color)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= needed, color


# the field in which a report's value is kept --------------------------------------------------------------------------
BASE = {"id": "x", "measure": "efs", "population": "All", "value": 80, "spread": "none_reported", "as_printed": "80%",
        "lines": [1, 1]}


def test_report_keeps_out_of_what_was_printed():
    figure = Figure(**BASE, corrected={"reason": "later_report", "value": Decimal("79.6"), "spread": "not_seen",
                                       "year": 2021, "source": "A report"})
    assert figure.numbers() == [Decimal(80)]
    assert figure.corrected.at is None


@pytest.mark.parametrize("broken", [{"reason": "other"}, {"year": 1980}, {"source": ""}, {"spread": "none_reported"},
                                    {"extra": 1}])
def test_report_without_its_place_or_with_unknown_words_is_refused(broken):
    right = {"reason": "later_report", "value": 79, "spread": "not_seen", "year": 2021, "source": "A report"}
    with pytest.raises(ValueError):
        Figure(**BASE, corrected=right | broken)


def test_time_in_words_is_that_of_the_tables():
    assert outcome_panels._when(Time(value=Decimal(1), unit="years")) == "at 1 year"
    assert outcome_panels._when(None) == ""
