"""Each risk scheme as a small picture of age by WBC with the child's place in it, drawn as our own SVG; and a table."""
from collections.abc import Sequence
from fractions import Fraction
from math import log10

from pages.ui.panel import fold, inside, listed, text, wide
from pages.ui.schemes import ORDER, named
from pathways.cells import Cell
from pathways.facts import plain_number
from pathways.side_by_side import AGE, WBC, Map, maps, span

LEFT, TOP, WIDE, HIGH, RIGHT, BELOW = 44, 22, 268, 150, 10, 36      # the picture's plot and its margins
LEAST, MOST = 1, 1000                                               # ends of the WBC axis, each ten times the last
LETTER, LINE = 6.6, 14                                              # width of a letter and height of a line of a label
PATTERNS = 6
NAMED = 3
RISING, FALLING = "M0,12L12,0M-3,3L3,-3M9,15L15,9", "M0,0L12,12M-3,9L3,15M9,-3L15,3"
HATCHES = (f'<path d="{RISING}" class="hatch"/>', f'<path d="{FALLING}" class="hatch"/>',
           '<path d="M0,3H12M0,9H12" class="hatch"/>',
           '<circle cx="3" cy="3" r="1.2" class="dots"/><circle cx="9" cy="9" r="1.2" class="dots"/>',
           '<path d="M3,0V12M9,0V12" class="hatch"/>', f'<path d="{RISING}{FALLING}" class="hatch"/>')
EMPTY = ((), ("not_applicable",))
NOBODY = "cannot be, with the other answers"


def pictures(g, w) -> dict[str, str]:
    """The picture of each scheme, as markup by id; the first brings the hatches that all share."""
    found = {one.scheme: picture(g, w, one) for one in maps(w)}
    first = next((key for key in ORDER if key in found), None)
    if first:
        found[first] = _patterns() + found[first]
    return found


def _patterns() -> str:
    made = "".join(f'<pattern id="hatch-{i}" width="12" height="12" patternUnits="userSpaceOnUse">{lines}</pattern>'
                   for i, lines in enumerate(HATCHES, 1))
    return f'<svg class="patterns" aria-hidden="true" width="0" height="0"><defs>{made}</defs></svg>'


def picture(g, w, one: Map) -> str:
    """One scheme: the picture, which area is what, the limits, and the same as a table.

    Parameters
    ----------
    g, w : Guideline, Walk
        The guideline and the walk of the case.
    one : Map
        The scheme by age and WBC.
    """
    sets = list(dict.fromkeys(cell for column in one.groups for cell in column))
    order = [group.id for group in g.schemes[one.scheme].groups]
    sets.sort(key=lambda some: (not some, len(some) > 1, [order.index(group) for group in some]))
    real = [some for some in sets if some not in EMPTY]
    fills = {some: min(real.index(some), PATTERNS) if some in real else "n" for some in sets}
    end = one.ages[-1].high
    areas = "".join(_area(one, some, fills[some], end) for some in sets)
    labels = "".join(_label(g, one, some, end) for some in sets)
    key = "".join(f'<li><svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">{_swatch(one, some, fills[some])}'
                  f"</svg>{text(_words(g, one, some))}</li>" for some in sets)
    svg = (f'<svg class="map" role="img" aria-label="{text(_alt(g, w, one, sets))}" viewBox="0 0 {LEFT + WIDE + RIGHT} '
           f'{TOP + HIGH + BELOW}">{areas}{_borders(one, end)}{_axes(one, end)}{labels}{_child(w, end)}</svg>')
    return (f'<figure class="map-figure">{svg}<figcaption><ul class="swatches">{key}</ul>{_edges(g, one)}</figcaption>'
            f'</figure>{fold(f"map-{one.scheme}", "The same as a table", _table(g, one, end))}')


def _x(age: object, end: object) -> float:
    return round(LEFT + float(age / end) * WIDE, 1)


def _y(count: object) -> float:
    share = log10(min(max(float(count), LEAST), MOST)) / log10(MOST / LEAST)
    return round(TOP + HIGH * (1 - share), 1)


def _area(one: Map, some: tuple, fill: int | str, end: object) -> str:
    """All rectangles of one set of groups, in one path."""
    boxes = "".join(f"M{_x(age.low, end)},{_y(count.high)}H{_x(age.high, end)}V{_y(count.low)}H{_x(age.low, end)}Z"
                    for i, age in enumerate(one.ages) for j, count in enumerate(one.counts)
                    if one.groups[i][j] == some and age.low < age.high and count.low < count.high)
    return f'<path class="area a{fill}" d="{boxes}"/>' if boxes else ""


def _swatch(one: Map, some: tuple, fill: int | str) -> str:
    """The sign of a set of groups in the key: an area, or a thick line where it lies on limits only."""
    wide = any(one.groups[i][j] == some and age.low < age.high and count.low < count.high
               for i, age in enumerate(one.ages) for j, count in enumerate(one.counts))
    return (f'<rect class="area a{fill}" width="24" height="16"/>' if wide else
            '<path class="edge-own" d="M0,8H24"/>')


def _borders(one: Map, end: object) -> str:
    """Lines where two areas meet; a thick one where the limit itself has groups that neither side has."""
    thin, thick = [], []
    for turned, along, across in ((False, one.ages, one.counts), (True, one.counts, one.ages)):
        wide = [n for n, cell in enumerate(across) if cell.low < cell.high]
        for i, cell in enumerate(along):
            row = [one.groups[n][i] for n in range(len(across))] if turned else one.groups[i]
            for before, after in zip(wide, wide[1:], strict=False):
                at, ends = across[after].low, (cell.low, cell.high)
                d = (f"M{_x(at, end)},{_y(ends[0])}V{_y(ends[1])}" if turned else
                     f"M{_x(ends[0], end)},{_y(at)}H{_x(ends[1], end)}")
                if any(row[n] not in (row[before], row[after]) for n in range(before + 1, after)):
                    thick.append(d)
                elif row[before] != row[after]:
                    thin.append(d)
    return f'<path class="border" d="{"".join(thin)}"/>' + (f'<path class="edge-own" d="{"".join(thick)}"/>'
                                                          if thick else "")


def _label(g, one: Map, some: tuple, end: object) -> str:
    """The name of an area inside its largest rectangle, where it fits."""
    names = named(g.schemes[one.scheme], some) if some else []
    lines = [names[0], *(f"or {name}" for name in names[1:])] if names else []
    best = max(((_x(a.high, end) - _x(a.low, end)) * (_y(b.low) - _y(b.high)), i, j) for i, a in enumerate(one.ages)
               for j, b in enumerate(one.counts) if one.groups[i][j] == some)
    a, b = one.ages[best[1]], one.counts[best[2]]
    wide, high = _x(a.high, end) - _x(a.low, end), _y(b.low) - _y(b.high)
    if not lines or max(map(len, lines)) * LETTER > wide - 6 or len(lines) * LINE > high - 6:
        return ""
    x, y = (_x(a.low, end) + _x(a.high, end)) / 2, (_y(b.low) + _y(b.high)) / 2 - (len(lines) - 1) * LINE / 2
    spans = "".join(f'<tspan x="{x:g}" y="{y + i * LINE:g}" dy="0.35em">{text(line)}</tspan>'
                    for i, line in enumerate(lines))
    return f'<text class="name">{spans}</text>'


def _axes(one: Map, end: object) -> str:
    """Both axes; beside their ends the limits that part areas carry a number."""
    ages = dict.fromkeys([0, *(age.low for age in one.ages), end])
    counts = dict.fromkeys([LEAST, *(count.low for count in one.counts if count.low), 10, 100, MOST])
    shown: list[float] = []
    parts = []
    for count in counts:
        if all(abs(_y(count) - other) >= LINE for other in shown):
            shown.append(_y(count))
            parts.append(f'<text class="tick" x="{LEFT - 6}" y="{_y(count)}" dy="0.35em" text-anchor="end">'
                         f"{text(plain_number(Fraction(count)))}</text>")
    last = None
    for age in ages:
        if last is None or _x(age, end) - last >= 2 * LETTER or age == one.ages[0].high:
            last = _x(age, end)
            anchor = "start" if age == 0 and len(one.ages) == 1 else "middle"
            parts.append(f'<text class="tick" x="{last}" y="{TOP + HIGH + 14}" text-anchor="{anchor}">'
                         f"{text(plain_number(Fraction(age)))}</text>")
    parts.append(f'<path class="axis" d="M{LEFT},{TOP}V{TOP + HIGH}H{LEFT + WIDE}"/>')
    parts.append(f'<text class="tick" x="{LEFT}" y="{TOP + HIGH + 31}">Age at diagnosis, years</text>'
                 '<text class="tick" x="2" y="11">WBC at diagnosis, 10⁹/L</text>')
    return "".join(parts)


def _known(w, key: str):
    value = w.case.values.get(key)
    return value.low if value and value.low == value.high else None


def _child(w, end: object) -> str:
    """The child's place: a point, or a line where only one of the two is known."""
    age, count = _known(w, AGE), _known(w, WBC)
    if age is not None and age > end:
        return ""
    if age is None and count is None:
        return ""
    if count is None:
        d = f"M{_x(age, end)},{TOP}V{TOP + HIGH}"
    elif age is None:
        d = f"M{LEFT},{_y(count)}H{LEFT + WIDE}"
    else:
        place = f'cx="{_x(age, end)}" cy="{_y(count)}"'
        return f'<circle class="halo" {place} r="8"/><circle class="child" {place} r="5"/>'
    return f'<path class="halo-line" d="{d}"/><path class="child-line" d="{d}"/>'


def lead(g, w, partings: Sequence) -> str:
    """What the mark in the pictures is, and on which facts the schemes part, as one paragraph."""
    age, count = _known(w, AGE), _known(w, WBC)
    said = []
    if age is not None and count is not None:
        said.append("The point in each picture is this child.")
    elif age is not None or count is not None:
        said.append(f"The line in each picture is this child: {'age' if count is None else 'WBC'} is known.")
    for words, some in (("Of what is known, the schemes part on", [one for one in partings if one.decides]),
                        ("Missing, and the schemes may part on it:", [one for one in partings if one.opens])):
        labels = [inside(g.facts[one.fact].label) for one in some[:NAMED]]
        more = [f"{len(some) - NAMED} more"] if len(some) > NAMED else []
        said += [f"{words} {listed(labels + more)}."] if labels else []
    return f'<p class="lead">{text(" ".join(said))}</p>' if said else ""


def _words(g, one: Map, some: tuple) -> str:
    if not some:
        return NOBODY[:1].upper() + NOBODY[1:]
    said = listed(named(g.schemes[one.scheme], some), "or")
    return said[:1].upper() + said[1:]


def _alt(g, w, one: Map, sets: Sequence[tuple]) -> str:
    age, count = _known(w, AGE), _known(w, WBC)
    here = ""
    if age is not None and count is not None and one.at(age, count):
        here = f" This child: {_words(g, one, one.at(age, count))}."
    areas = "; ".join(_words(g, one, some) for some in sets)
    return f"{g.schemes[one.scheme].name} by age and WBC.{here} Areas: {areas}."


def _edges(g, one: Map) -> str:
    """On which side each limit counts; the groups of one that is an area of its own."""
    said = [*_limits(one.ages, "", " years", "older"), *_limits(one.counts, "WBC ", f" {g.facts[WBC].unit}", "higher")]
    said += [f"WBC of exactly {plain_number(count.low)} {g.facts[WBC].unit} is a thick line where it has groups of its "
             "own" for count in one.counts if count.low == count.high]
    return f'<p class="small quiet">On the lines: {text("; ".join(said))}.</p>' if said else ""


def _limits(cells: Sequence[Cell], before: str, unit: str, side: str) -> list[str]:
    """Limits that count with what lies above, then those that count with what lies below."""
    pairs = [(cell, after) for cell, after in zip(cells, cells[1:], strict=False)
             if cell.low != cell.high and after.low != after.high]
    said = []
    for above, word in ((True, side), (False, {"older": "younger"}.get(side, "lower"))):
        numbers = [plain_number(after.low) for _, after in pairs if after.low_in == above]
        if numbers:
            unit = " year" if numbers == ["1"] and unit == " years" else unit
            count = "counts" if len(numbers) == 1 else "count"
            said.append(f"{before}{listed(numbers)}{unit} {count} with the {word}")
    return said


def _table(g, one: Map, end: object) -> str:
    high = g.facts[WBC].range[1]
    heads = "".join(f'<th scope="col">{text(span(age, 0, end))}</th>' for age in one.ages)
    rows = []
    for j in range(len(one.counts) - 1, -1, -1):
        cells = "".join(f"<td>{text(_words(g, one, column[j]))}</td>" for column in one.groups)
        rows.append(f'<tr><th scope="row">{text(span(one.counts[j], 0, high))}</th>{cells}</tr>')
    return wide(f"{g.schemes[one.scheme].name}: table",
                '<table class="map-table"><thead><tr><th scope="col">WBC, x10^9/L, by age in years</th>'
                f"{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>")
