"""The card of one study: flags first, then the same eight fields for every study, then where all of it stands."""
from functools import cache

from content import tables
from content.load import Knowledge, knowledge
from content.model import Erratum, Lines, Trial
from pages.ui import flags, trial_figures, trial_words
from pages.ui.panel import listed, text
from pathways.drawing import page_name
from pathways.load import guideline

READ = {"read_once": "Read once", "read_twice": "Read twice"}
NOT_STATED = "Not stated in the text."
FIELDS = ("Question", "Who", "Years of enrollment", "n", "Arms", "End points", "Results", "Caveats")
BASES = {"eligibility": "who could enter", "observed": "who was in it",
         "not_stated": "the text does not say whether this was a limit or what was found"}
NO_COMPARISON = "no comparison group"
WEIGHT = ("dangerous", "material", "cosmetic")
HINT = ("Every card has the same fields: question, who, years, n, arms, end points, results, caveats. Numbers stand as "
        "the text prints them, with their uncertainty, or with the words that none was reported.")


@cache
def card(trial_id: str) -> str:
    """The card of a study as markup for a panel; its buttons press `close` and `node:<id>`."""
    return made(knowledge(), knowledge().trials[trial_id])


def hint() -> str:
    """What to do when no card is open."""
    return f'<section><h2>No study open</h2><p class="quiet">Press a study: its card opens here. {HINT}</p></section>'


def unknown() -> str:
    """For an address that names no study."""
    return ('<section role="status"><h2>No such study</h2><p>The address names a study that is not among these. '
            "Choose one from the list.</p></section>")


def made(known: Knowledge, trial: Trial) -> str:
    """The card of a study that need not be among those of the project."""
    errata = sorted((entry for entry in known.errata.values() if _concerns(entry, trial)),
                    key=lambda entry: WEIGHT.index(entry.severity))
    later = [entry for entry in known.later.values() if trial.id in entry.shown.trials]
    flagged = {name.partition(".")[2] for entry in errata for name in entry.shown.figures
               if name.partition(".")[0] == trial.id}
    numbers = trial_figures.everything(known, trial, flagged)
    eight = (f"<p>{text(trial.question)}</p>", _who(known, trial), _years(trial), _n(known, trial), _arms(trial),
             _end_points(known, trial), numbers, _caveats(trial))
    also = f'<p class="small quiet">Also called {text(listed(list(trial.also)))}</p>' if trial.also else ""
    state = "Under way when the text was written" if trial.status == "under_way" else "Study"
    return (f'<section class="study" aria-label="Card of the study">'
            f'<div class="detail-top"><p class="small quiet">{state}</p>'
            f'<button type="button" class="goto" data-press="close">Close</button></div>'
            f'<h2 tabindex="-1" data-arrive="{text(trial.id)}">{text(trial.name)}</h2>{also}'
            f'{flags.together(later, errata, f"study-{trial.id}")}'
            f'<div class="rows">{"".join(map(_row, FIELDS, eight))}</div>'
            f'<div class="rows after">{"".join(_row(name, said) for name, said in _after(known, trial) if said)}</div>'
            "</section>")


def _concerns(entry: Erratum, trial: Trial) -> bool:
    return trial.id in entry.shown.trials or any(name.partition(".")[0] == trial.id for name in entry.shown.figures)


def _row(name: str, said: str) -> str:
    broad = " broad" if name == "Results" else ""
    return f'<div class="row-of{broad}" data-field="{text(name)}"><h3>{text(name)}</h3><div>{said}</div></div>'


def _who(known: Knowledge, trial: Trial) -> str:
    age = trial.population.age
    if age:
        ages = f"Ages: <q>{text(age.as_printed)}</q> ({BASES[age.basis]})."
    else:
        groups = [known.label("age_groups", key).lower() for key in trial.age_groups]
        ages = "Ages: not stated in the text" + (f"; sorted here under {text(listed(groups))}." if groups else ".")
    kinds = [known.label("settings", key) for key in trial.setting] + trial_words.subtypes(known, trial)
    kinds += [known.label("groups", key) for key in trial.groups]
    asked = [criterion.what for criterion in trial.population.criteria]
    more = f"<p>Also asked for: {text('; '.join(asked))}.</p>" if asked else ""
    return f'<p>{text(trial.population.who)}</p><p>{ages}</p>{more}<p class="small quiet">{text(" · ".join(kinds))}</p>'


def _years(trial: Trial) -> str:
    """The years that the text prints, then those that a register or a report names; each says where it comes from."""
    named = [figure for figure in trial.figures if figure.unit == "year"]
    otherwise = "" if trial.recruited else " Otherwise not stated."
    said = "".join(f"<p>{text(figure.what or '')}: <q>{text(figure.as_printed)}</q>.{otherwise}</p>"
                   for figure in named)
    found = trial.recruited
    if found:
        years = tables.years(trial)
        open_end = "" if found.last else "the last year was not found; "
        silent = "the text prints only the one above" if named else "the text prints no years"
        said += (f"<p>{years[:1].upper()}{years[1:]} "
                 f"({flags.linked(found.source, found.address)}; {open_end}{silent}).</p>")
    return said or f"<p>{NOT_STATED}</p>"


def _n(known: Knowledge, trial: Trial) -> str:
    figure = trial_words.size(trial)
    if figure:
        meaning = text(figure.population[:1].lower() + figure.population[1:] if figure.population.startswith(
            ("All ", "Evaluable", "Received", "Infants", "Children")) else figure.population)
        said = f"<p><q>{text(figure.as_printed)}</q>: {meaning}.</p>"
    else:
        parts = any(other.measure == "patients" or other.n for other in trial.figures)
        said = f"<p>{'No total is printed; the sizes of groups stand among the numbers.' if parts else NOT_STATED}</p>"
    results = trial_words.results(known, trial)
    if not results or trial.comparisons or len(trial.arms) > 1:
        return said
    whom = list(trial_words.counted(results))
    found = list(dict.fromkeys(word for word in whom if word))
    last = "infused" if "car_t" in trial.agents else "treated"
    named = f"The results count those {text(listed([_those(word) for word in found]))}. " if found else ""
    silent = f"{'For some of them' if found else 'For the results'}, the text does not say whether those enrolled, " \
             f"evaluable or {last} are counted." if None in whom else ""
    return f'{said}<p class="small quiet">{named}{silent}</p>'


def _those(word: str) -> str:
    """A denominator as it stands after "those"."""
    return {"responders": "who responded", "all patients": "in the whole group",
            "efficacy analysis": "in the efficacy analysis",
            "received the recommended dose": "who received the recommended dose", "achieved CR": "who reached CR",
            "relapsed": "who relapsed"}.get(word, word)


def _arms(trial: Trial) -> str:
    how = trial_words.RANDOMISED[trial.design.randomised]
    phase = trial_words.PHASES.get(trial.design.phase)
    design = f'<p class="small quiet">{text(how[:1].upper() + how[1:] + (f", {phase}" if phase else ""))}.</p>'
    if trial.arms:
        rows = "".join(f"<li><b>{text(arm.name)}</b>{f'. {text(arm.what)}' if arm.what else ''}</li>"
                       for arm in trial.arms)
        said = f'<ul class="dotted">{rows}</ul>'
        said += f"<p>One arm: {NO_COMPARISON}.</p>" if trial.design.single_arm else ""
    elif trial.design.single_arm:
        said = f"<p>One arm: {NO_COMPARISON}.</p>"
    elif trial.comparisons:
        said = "<p>The text names no arms; the groups it compares stand under the results.</p>"
    elif trial.design.randomised in ("randomised", "partly"):
        said = "<p>The text does not name the arms.</p>"
    else:
        said = f"<p>No arms are named: {NO_COMPARISON} in the text.</p>"
    return said + design


def _end_points(known: Knowledge, trial: Trial) -> str:
    found: dict[str, dict[str, None]] = {}
    for figure in trial_words.results(known, trial):
        measure = known.measures[figure.measure]
        short = f" ({measure.short})" if measure.short.lower() not in measure.name.lower() else ""
        name = f"{measure.name}{short}"
        if measure.kind == "share" and figure.what:
            name = figure.what if figure.measure == "share" else f"{name}: {figure.what}"
        found.setdefault(name, {})[_time(figure) or "no time printed"] = None
    if not found:
        return "<p>The text prints no results.</p>"
    rows = "".join(f'<li>{text(name)} <span class="quiet">{text(listed(list(times)))}</span></li>'
                   for name, times in found.items())
    return f'<ul class="dotted">{rows}</ul>'


def _time(figure) -> str:
    start = figure.at.counted_from if figure.at else "not_stated"
    after = "" if start == "not_stated" else f" from {'the start' if start == 'start' else start}"
    return tables.when(figure) + after


def _caveats(trial: Trial) -> str:
    rows = "".join(f"<li>{text(caveat)}</li>" for caveat in trial.caveats)
    return f'<ul class="dotted">{rows}</ul>' if rows else "<p>None noted.</p>"


def _after(known: Knowledge, trial: Trial) -> list[tuple[str, str]]:
    """What stands below the eight fields."""
    cited = listed([str(number) for number in trial.citations])
    registry = "".join(f"<li>{flags.linked(entry.id, entry.address)}</li>" for entry in trial.registry)
    reports = "".join(f"<li>{_report(report)}</li>" for report in trial.reports)
    own = '<p class="small quiet">In our own words, from the 2020 text.</p>'
    return [("Finding", f"<p>{text(trial.finding)}</p>{own}"),
            ("Bears on", _bears_on(trial)),
            ("In the text", f"<p>{text(_place(known, trial.in_text))}.</p>"
             + (f"<p>Reference numbers there: {cited}.</p>" if cited else "")),
            ("Registry", f'<ul class="bare">{registry}</ul>' if registry else f"<p>{NOT_STATED}</p>"),
            ("Reports", f'<ul class="bare">{reports}</ul>' if reports else "<p>None found.</p>"),
            ("Reading", f"<p>{READ[trial.review]} against the text; no clinician has reviewed it.</p>")]


def _place(known: Knowledge, lines: Lines) -> str:
    sections: dict[str, list[str]] = {}
    for low, high in lines:
        sections.setdefault(known.section(((low, high),)), []).append(f"{low} to {high}" if high > low else f"{low}")
    return "; ".join(f"{title}, lines {listed(spans)}" for title, spans in sections.items())


def _bears_on(trial: Trial) -> str:
    g = guideline()
    nodes = list(trial.bears_on.nodes)
    seen = {g.nodes[name].page for name in nodes}
    nodes += [g.pages[page].start for page in trial.bears_on.pages if page not in seen]
    rows = "".join(f'<li><button type="button" class="goto" data-press="node:{text(node.id)}">{text(node.title)}'
                   f'</button> <span class="quiet">on {text(page_name(node.page))}</span></li>'
                   for node in map(g.nodes.get, nodes))
    return f'<ul class="bare">{rows}</ul>' if rows else "<p>No box of the drawings.</p>"


def _report(report) -> str:
    links = [flags.linked(f"doi {report.doi}", f"https://doi.org/{report.doi}")] if report.doi else []
    if report.pmid:
        links.append(flags.linked(f"PubMed {report.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{report.pmid}/"))
    if report.address and not any(part in report.address for part in ("doi.org/", "pubmed.ncbi")):
        links.append(flags.linked("Report", report.address))
    note = f" {text(report.note)}" if report.note else ""
    return f'<p>{text(report.citation)}.{note}</p><p class="small links">{" ".join(links)}</p>'
