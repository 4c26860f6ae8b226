"""Colors from the tokens: text and marks stand out in both themes, and nothing is told by color alone."""
from __future__ import annotations

import re
from itertools import combinations, product

import pytest
from colors import BLIND, GRAPH, STYLES, THEMES, contrast, distance, resolved, rules, tokens

from pages.ui import charts, flags, genetics_chart, maps
from pages.ui.cases import decided, ended

INSIDE = [STYLES / "parts.css", GRAPH, *sorted(STYLES.glob("*_parts.css"))]        # all share the tokens of the parts
SHEETS = sorted({*STYLES.glob("*.css"), *INSIDE})
EVERY = list(product(("light", "dark"), (STYLES / "parts.css", GRAPH)))
FOR = {path: GRAPH if path == GRAPH else STYLES / "parts.css" for path in INSIDE}
TEXTS = {"--ink", "--quiet", "--link", "--st-link-color", "--accent", "--warn", "--pale-text"}
MARKS = {"--ink", "--quiet", "--accent", "--warn", "--control", "--edge", "--pale"}
SEPARATORS = {"--line", "--st-border-color"}               # part one thing from the next; nothing is known from them
SURFACES = {"--paper", "--soft", "--fill", "--accent"}
UNDER_THE_HAND = {("--pale-text", "--soft"), ("--pale", "--soft")}    # a box off the way: its words turn to ink there
# What is under the hand; pictures, which have a test of their own; and whole elements.
ELSEWHERE = re.compile(r":hover|:focus|:active|:disabled|^\.(map|area|dots|finder)|^\w+$")
STATES = ("", "visited", "offered", "possible", "excluded")
LEAST = 15                                                 # distance at which two colors are told apart [CIE 1976]
# Rules that change a color and nothing else: what else tells the same.
TOLD_BY = {
    "words before it": {
        ".verdict.right", ".verdict.right .word", ".verdict.wrong", ".verdict.wrong .word", ".sign.right",
        ".sign.wrong", "details.flag.later b", ".where.none", ".said > li.description, .said > li.possible",
        ".card.quiet-card"},
    "a sign of its own": {".note.ask, .note.wrong", ".here", ".dot .full", ".child"},
    "its place": {".needs li:first-child button", ".st-key-start_doors > :first-child a, .st-key-start_next a",
                  ".st-key-start_doors > :first-child a p, .st-key-start_next a p"},
    "a bar where others have none": {".studies [aria-current]"},
    "filled, half or empty": {".dot.both", ".dot.near", ".dot.far", ".class-of.favorable::before",
                              ".class-of.intermediate::before"},
    "light on dark where others are dark on light": {
        ".chosen > .shape", ".chosen > .fold, .chosen > .inner", ".item.chosen", ".item.chosen .icon .shape",
        ".item.chosen .icon :is(.fold, .inner)", ".chosen > .title, .chosen > .tag"},
    "the line, mark or words of its state": {
        ".visited > .fold, .visited > .inner", ".visited > .tip", ".offered > .fold, .offered > .inner",
        ".offered > .tip", ".excluded > .tip", ".answers > .way.offered"},
}
TELLS = re.compile(r"var\(--(?:explorer-)?(?:accent|warn|control|pale|soft|line|paper)\)|Highlight|currentColor")


def colored(path):
    """Each use of a token or a color in a sheet: selector, property, token."""
    for selector, body in rules(path):
        for name, value in body.items():
            if not name.startswith("--"):
                yield from ((selector, name, token) for token in re.findall(r"var\((--[\w-]+)", value))


def kinds(name):
    """Whether a property makes text, a mark or a surface."""
    if name == "color":
        return "text"
    if name in ("background", "background-color", "fill"):
        return "surface"
    return "mark" if re.match(r"border|outline|box-shadow|stroke|accent-color|text-decoration", name) else None


@pytest.mark.parametrize(("theme", "path"), EVERY, ids=lambda value: getattr(value, "stem", value))
def test_text_marks_and_focus_stand_out_from_what_they_stand_on(theme, path):
    known = tokens(path, theme)
    weak = []
    for names, least in ((TEXTS, 4.5), (MARKS, 3)):
        for name, ground in product(names & set(known), ("--paper", "--soft")):
            ratio = contrast(resolved(f"var({name})", known), resolved(f"var({ground})", known))
            if ratio < least and (name, ground) not in UNDER_THE_HAND:
                weak.append((name, ground, round(ratio, 2)))
    assert weak == []
    assert dict(rules(GRAPH))[".excluded:hover:not(.chosen) > :is(.title, .tag)"] == {"fill": "var(--ink)"}
    assert contrast(resolved("var(--paper)", known), resolved("var(--accent)", known)) >= 4.5


def test_every_color_is_a_token_that_was_tried():
    odd = []
    for path in INSIDE:
        known = tokens(FOR[path], "light")
        for selector, name, token in colored(path):
            kind = kinds(name)
            allowed = {"text": TEXTS | {"--paper"}, "mark": MARKS | SEPARATORS | {"--paper", "--soft"},
                       "surface": SURFACES | TEXTS | MARKS, None: set(known)}[kind]
            if token.startswith("--") and token not in allowed and token in known:
                odd.append((path.name, selector, name, token))
    assert odd == []


def test_no_color_is_written_but_as_a_token():
    loose = [(path.name, selector, value) for path in SHEETS for selector, body in rules(path)
             for name, value in body.items() if not name.startswith("--") and kinds(name)
             and re.search(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?)\((?!0 0 0 /)", value)]
    assert loose == []


def test_colors_around_the_parts_are_those_of_the_theme():
    around = next(body for selector, body in rules(STYLES / "app.css") if selector == ".stApp")
    for token, name in (("line", "borderColor"), ("accent", "primaryColor"), ("paper", "backgroundColor")):
        pair = around[f"--explorer-{token}"]
        assert pair == f"light-dark({THEMES['light'][name]}, {THEMES['dark'][name]})"


def test_focus_ring_is_thick_and_of_a_color_that_stands_out():
    rings = [body["outline"] for path in SHEETS for selector, body in rules(path)
             if "focus-visible" in selector and "outline" in body]
    assert rings and all(re.match(r"3px solid var\(--(explorer-)?accent\)$", ring) for ring in rings)
    drawn = dict(rules(GRAPH))
    assert (drawn[".focus"]["stroke"], drawn[".focus"]["stroke-width"]) == ("var(--ink)", "3")


# not by color alone ---------------------------------------------------------------------------------------------------
def test_rule_that_changes_a_color_alone_is_told_by_something_else():
    found = set()
    for selector, body in (rule for path in SHEETS for rule in rules(path)):
        only = body and all(re.search(r"color$|^fill$|^stroke$|^background$", name) for name in body)
        if only and TELLS.search(" ".join(body.values())) and not ELSEWHERE.search(selector):
            found.add(selector)
    known = set().union(*TOLD_BY.values())
    assert found - known == set(), "what else tells it? Add it to TOLD_BY, or give it a second sign"
    assert known - found == set(), "no longer in a style sheet"


def bare(value):
    """A value of a style sheet with no color in it."""
    return re.sub(r"var\([^)]*\)|currentColor", "color", value)


def looks(path, selectors, wanted):
    """What the rules give that is not a color: line widths, dashes, weights, marks that are shown."""
    said = {}
    for selector, body in rules(path):
        for part in (one.strip() for one in selector.split(",")):
            if part in selectors:
                said |= {(wanted(part), name): bare(value) for name, value in body.items()}
    return said


def test_states_of_the_drawing_differ_in_line_or_mark():
    signs = {}
    for state in STATES:
        before = f".{state} > " if state else ""
        own = looks(GRAPH, {f"{before}{part}" for part in (".shape", ".line", ".title", ".check", ".dot")},
                    lambda part: part.rsplit(" ", 1)[-1])
        signs[state] = looks(GRAPH, {".shape", ".line", ".title"}, str) | own
    for one, other in combinations(STATES, 2):
        lines = {key for key in signs[one].keys() | signs[other].keys() if signs[one].get(key) != signs[other].get(key)
                 and key[1] in ("stroke-width", "stroke-dasharray", "display")}
        assert lines, (one, other)
    here = dict(rules(GRAPH))
    assert here[".current > .ring, .current > .here"]["display"] == "inline"      # a ring and a pointer of their own
    for theme in ("light", "dark"):                        # the chosen box is filled: light on dark
        known = tokens(GRAPH, theme)
        assert contrast(resolved("var(--accent)", known), resolved("var(--soft)", known)) >= 3


@pytest.mark.parametrize("names", [(".dot.both", ".dot.near", ".dot.far", ".dot.none"),
                                   (".class-of::before", ".class-of.favorable::before",
                                    ".class-of.intermediate::before", ".class-of.stated::before"),
                                   (".note.ask::before, .note.wrong::before", ".note.wrong::before"),
                                   (".said > li", ".said > li.offered"),
                                   (".phase", ".phase.through")], ids=lambda names: names[0])
def test_signs_differ_without_their_color(names):
    seen = []
    for name in names:
        own = {key: bare(value) for selector, body in rules(STYLES / "parts.css") if selector == name
               for key, value in body.items()}
        assert own, name
        seen.append({key: value for key, value in own.items() if not key.endswith("-color") or value == "transparent"})
    assert all(one != other for one, other in combinations(seen, 2))


def test_areas_of_a_picture_differ_in_their_hatch_and_are_parted_by_a_line():
    fills = [body["fill"] for selector, body in rules(STYLES / "parts.css") if re.fullmatch(r"\.area\.a\w", selector)]
    assert len(fills) == len(set(fills)) == maps.PATTERNS + 2
    assert len(set(maps.HATCHES)) == maps.PATTERNS
    assert dict(rules(STYLES / "parts.css"))[".border"]["stroke"] == "var(--ink)"


def test_what_is_right_wrong_changed_or_printed_wrongly_says_so_in_words():
    for signs in (decided.SIGNS, {key: words for key, (_, words) in ended.SIGNS.items()},
                  flags.HEADINGS | {"later": flags.LATER}):
        assert len(set(signs.values())) == len(signs)


def test_marks_of_charts_differ_in_shape_where_they_differ_in_color():
    assert charts.TEXT != charts.REPORT
    shapes = {(charts._trace("none", report, [])["marker"]["symbol"],
               charts._trace("none", report, [])["marker"]["line"]["color"]) for report in (False, True)}
    assert len({shape for shape, _ in shapes}) == len({color for _, color in shapes}) == 2
    assert len(set(genetics_chart.SIGNS.values())) == len(set(genetics_chart.COLOURS.values())) == 3
    kinds_of_spread = [charts._trace(kind, False, []) for kind in ("ci95", "se", "none")]
    assert len({(trace.get("error_x", {}).get("width"), trace["marker"]["color"]) for trace in kinds_of_spread}) == 3


@pytest.mark.parametrize("sight", BLIND)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colors_that_are_told_apart_stay_apart_for_color_blind_people(theme, sight):
    known, colors = tokens(GRAPH, theme), THEMES[theme]["chartCategoricalColors"]
    parts = tokens(STYLES / "parts.css", theme)
    drawing = {name: resolved(f"var({name})", known) for name in ("--accent", "--edge", "--pale", "--ink", "--paper")}
    chart = {name: resolved(colors[at], known) for at, name in enumerate(("text", "report", "ink", "quiet"))}
    page = {name: resolved(f"var({name})", parts) for name in ("--accent", "--warn", "--ink", "--control", "--paper")}
    close = []
    for group in (drawing, chart | {"paper": drawing["--paper"]}, page):
        for one, other in combinations(group, 2):
            if distance(group[one], group[other]) >= LEAST > distance(group[one], group[other], sight):
                close.append((one, other, round(distance(group[one], group[other], sight), 1)))
    assert close == []
    for one, other in (("text", "report"), ("text", "quiet"), ("report", "quiet")):
        assert distance(chart[one], chart[other], sight) >= LEAST
    for name in ("--edge", "--pale", "--paper"):
        assert distance(drawing["--accent"], drawing[name], sight) >= LEAST
    assert distance(page["--accent"], page["--warn"], sight) >= LEAST


def test_distance_and_contrast_agree_with_known_values():
    white, black, red, green = (resolved(value, {}) for value in ("#ffffff", "#000000", "#ff0000", "#00ff00"))
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(white, resolved("#767676", {})) == pytest.approx(4.54, abs=0.01)
    assert distance(white, black) == pytest.approx(100, abs=0.1)
    assert distance(red, green, "deuteranopia") < distance(red, green) / 2
    assert all(distance(white, white, sight) == 0 for sight in BLIND)
