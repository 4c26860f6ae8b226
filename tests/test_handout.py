"""The page of paper: one page, the statements of the screen, tagged, and no data in it is ever read as markup."""
from __future__ import annotations

import html
import io
import json
import re
from collections import defaultdict
from datetime import date

import pytest
from pypdf import PdfReader
from typed import G, base_walks, walked

from pages.ui import answer, handout, handout_drawing
from pages.ui.standing import stands
from pages.ui.statements import STRENGTHS

SIZES = {"a4": (595, 842), "letter": (612, 792)}
SMALLEST = 9                                                 # of the drawing's letters [pt]
FULLEST = 2
BASE = base_walks()
TRICKS = ["#panic()", "*bold* _it_ `raw`", "$x^2$", "= Head", "]] #}", 'a "quoted" \\ word', "<b>&amp;</b>",
          "@ref <label>", "// gone", "#import \"x.typ\"", "\\u{41}", "~ -- ---"]


def fullest() -> list:
    """The walks with most to say, for each place and state."""
    groups = defaultdict(list)
    for name, w in BASE:
        groups[w.current, w.status].append((len(json.dumps(handout.content(G, w))), name, w))
    return [(name, w) for some in groups.values() for _, name, w in sorted(some, key=lambda one: -one[0])[:FULLEST]]


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(page: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(page))


def text_of(page: bytes) -> str:
    return squeezed("".join(one.extract_text() for one in read(page).pages))


def on_screen(w) -> list[str]:
    """The statements as the answer panel shows them."""
    found = re.findall(r'<li class="[^"]*"><p>(.*?)</p>', answer._said_here(G, w), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in found]


@pytest.fixture(scope="module")
def child():
    """A walk in the middle of things."""
    return next(w for name, w in BASE if w.current == "b_remission" and len(w.case.values) > 12)


def test_one_page_holds_the_statements_of_the_screen_in_their_order():
    seen = 0
    for number, (name, w) in enumerate(fullest()):
        paper = list(SIZES)[number % 2]
        page = handout.pdf(G, w, paper)
        assert len(read(page).pages) == 1, name
        text, at = text_of(page), 0
        shown = on_screen(w) if stands(G, w) else []
        here = len(handout.content(G, w)["here"])
        for index, say in enumerate(shown):
            found = text.find(squeezed(say), at)
            if index >= here and found < 0:
                left = re.search(r"and(\d+)moreopenstatement", text)
                assert left and int(left[1]) == len(shown) - index, (name, say)
                break
            assert found >= 0, (name, say)
            at, seen = found + 1, seen + 1
    assert seen > 200


def test_statement_stands_with_strength_category_and_place(child):
    text = text_of(handout.pdf(G, child, "a4"))
    for s in handout.said(G, child)[0]:
        after = text[text.index(squeezed(s.say)) + len(squeezed(s.say)):]
        tags = f"{STRENGTHS.get(s.strength, s.strength)},category{s.category}" if s.strength else "forinformation"
        assert after.startswith(squeezed(tags)), s.say
        assert f"{s.lines[0][0]}" in after[:80]


def test_page_says_where_on_which_entries_what_is_open_and_how_old_it_is(child):
    text = text_of(handout.pdf(G, child, "letter", today=date(2026, 11, 22)))
    statement = (handout.ROOT / "content/intended_use.md").read_text(encoding="utf-8")
    for words in (G.nodes[child.current].title, child.current, statement, "2020 guideline,", "years old",
                  "Version 2.2020", "Printed 2026-11-22", "not for dosing",
                  *[G.facts[key].label for key in child.waits_now[:3]],
                  *[step.because for step in child.steps if step.because][-2:],
                  *[trial["name"] for trial in handout.content(G, child)["trials"][:1]],
                  *[entry["title"] for entry in handout.content(G, child)["later"][:1]]):
        assert squeezed(words) in text, words


def test_walk_that_is_blocked_says_why_and_draws_nothing():
    w = walked({"situation": {"choice": "front_line"}, "age_at_diagnosis_years": {"value": "31", "unit": "years"}})
    assert w.status == "out_of_scope"
    assert handout.content(G, w)["drawings"] == [] and squeezed(w.reason) in text_of(handout.pdf(G, w, "a4"))


@pytest.mark.parametrize("paper", SIZES)
def test_paper_has_its_size(child, paper):
    box = read(handout.pdf(G, child, paper)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == SIZES[paper]


def test_page_is_tagged_with_title_language_headings_and_the_drawing_in_words(child):
    document = read(handout.pdf(G, child, "a4"))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("en") and root["/StructTreeRoot"]
    assert document.metadata.title == handout.TITLE and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in document.xmp_metadata.stream.get_data().decode()
    found, ends = defaultdict(list), [root["/StructTreeRoot"]]
    while ends:
        part = ends.pop().get_object()
        if not hasattr(part, "get"):
            continue
        found[part.get("/S")].append(part)
        kids = part.get("/K", [])
        kids = kids.get_object()
        ends += [kid for kid in (kids if isinstance(kids, list) else [kids]) if not isinstance(kid, int)]
    assert len(found["/H1"]) == 1 and len(found["/H2"]) >= 4 and found["/LI"]
    alt, = [part["/Alt"] for part in found["/Figure"]]
    assert f"{G.nodes[child.current].title} (the child stands here)" in alt


def test_letters_of_the_drawing_can_be_read(child):
    template = (handout.HERE / "handout.typ").read_text(encoding="utf-8")
    scale = float(re.search(r"scale-of-drawing = ([\d.]+)", template)[1])
    drawing = handout_drawing.drawings(G, child, handout.MOST["boxes"])[0]
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing.svg)]
    assert sizes and min(sizes) * scale >= SMALLEST
    assert all(float(size) >= 8 for size in re.findall(r"size: ([\d.]+)pt", template))


def test_only_walked_and_open_boxes_are_drawn():
    drawn = 0
    for name, w in fullest():
        if not stands(G, w):
            continue
        for one in handout_drawing.drawings(G, w, handout.MOST["boxes"]):
            drawn += 1
            titles = [html.unescape("".join(re.findall(r">([^<]+)</tspan>", part)))
                      for part in re.findall(r'<text [^>]*font-size="14"[^>]*>.*?</text>', one.svg)]
            known = {squeezed(G.nodes[key].title) for key in w.states if w.states[key] in ("visited", "offered")}
            assert len(titles) == one.boxes and {squeezed(title) for title in titles} <= known, name
    assert drawn > 100


def test_data_is_never_markup(child):
    data = handout.content(G, child)

    def tricky(part, trick):
        if isinstance(part, str):
            return f"{part} {trick}"
        if isinstance(part, list):
            return [tricky(one, trick) for one in part]
        return {key: tricky(one, trick) for key, one in part.items()} if isinstance(part, dict) else part

    kept = {key: data[key] for key in ("levels", "drawings")}
    for trick in TRICKS:
        small = {key: part[:2] if isinstance(part, list) else part for key, part in data.items()}
        text = text_of(handout.typeset(tricky(small, trick) | kept | {"paper": "a4"}))
        assert text.count(squeezed(trick)) > 10, trick


def test_words_in_the_drawing_are_text():
    svg = handout_drawing._words(["<script>", 'a & "b"'], 0, 0, 14, 18, 400)
    assert "<script>" not in svg and "&lt;script&gt;" in svg and "a &amp; " in svg
