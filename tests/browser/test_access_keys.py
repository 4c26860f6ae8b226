"""By keyboard alone: stops in the order of `docs/tab_order.yaml`, each one seen, no trap; a whole way over pages."""
from __future__ import annotations

from itertools import groupby

import pytest
import yaml
from hands import Tab
from places import HEADINGS, HERE, script
from playwright.sync_api import expect
from test_walks import Keys

STOPS = (HERE / "stops.js").read_text(encoding="utf-8")
WRITTEN = yaml.safe_load((HERE.parents[1] / "docs/tab_order.yaml").read_text(encoding="utf-8"))
SHORTENED = 5                      # of a longer list of stops only the first and the last are written down
MOST = 600                         # stops on a page
CHILD = {"situation": "front_line", "age_at_diagnosis_years": "4 years", "wbc_10e9_per_l": "60 x10^9/L",
         "lineage": "B-ALL"}
STUDY = "AALL0232"
SOMEWHERE = "!!document.activeElement && document.activeElement !== document.body"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def desk(chromium, server):
    """One tab at 1280 px for all pages, each opened anew by its address."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield Tab(context.new_page(), server.base)
    context.close()


def stops(tab: Tab) -> tuple[list[dict], list[tuple]]:
    """Every stop of the page by Tab, out at its end; and what is amiss at them."""
    found, wrong = [], []
    while len(found) < MOST:
        tab.page.keyboard.press("Tab")
        here = tab.page.evaluate(STOPS)
        if here is None or found and here["name"] == found[0]["name"]:
            return found, wrong
        found.append(here)
        active, ring = tab.active(), script(tab, "stands.ring")
        if not active["seen"] or not active["inView"] or ring < 3 or here["upward"]:
            wrong.append((here["name"], active["seen"], active["inView"], round(ring, 2), here["upward"]))
    raise AssertionError(f"no end of the page within {MOST} stops")


def shortened(found: list[dict]) -> list[str]:
    """The names of stops; of a long list the first and the last."""
    names, runs = [], []
    for stop in found:
        if not (stop["sameList"] and runs):
            runs.append([])
        runs[-1].append(stop["name"])
    for run in runs:
        names += run if len(run) <= SHORTENED else [f"{run[0]} ... {run[-1]}"]
    return [name for name, _ in groupby(names)]


@pytest.mark.parametrize("name", HEADINGS)
def test_stops_of_a_page_are_in_the_written_order_and_seen(desk, name):
    desk.go("/" if name == "start" else f"/{name}")
    for there in (WRITTEN["ready"][name], ".find-open") if name != "families" else (WRITTEN["ready"][name],):
        expect(desk.page.locator(there).first).to_be_visible()
    found, wrong = stops(desk)
    assert shortened(found) == [*(one for one in WRITTEN["first"] if (name, one) != ("start", WRITTEN["home"])),
                                *WRITTEN["pages"][name]]
    assert wrong == []


def reached(keys: Keys, words: str, key: str = "Tab") -> dict:
    """Tab on to the stop whose text begins with the words."""
    return keys.tab_to(lambda here: here["text"].startswith(words), key, MOST)


def pressed(keys: Keys, words: str, key: str = "Tab") -> None:
    """Tab on to a stop and press Enter; the focus is then somewhere on the page."""
    reached(keys, words, key)
    with keys.tab.rerun():
        keys.tab.page.keyboard.press("Enter")
    keys.tab.until(SOMEWHERE)
    keys.look(keys.tab.active())


def came_to(keys: Keys, name: str, words: str, key: str = "Tab") -> None:
    """Take a link to a page."""
    pressed(keys, words, key)
    expect(keys.tab.page.locator("h1")).to_have_text(HEADINGS[name])
    keys.tab.ready()


def test_risk_group_study_note_and_paper_are_reached_by_keyboard_alone(open_tab):
    tab = open_tab("/", **CLIPBOARD)
    keys = Keys(tab)
    for key, value in CHILD.items():
        keys.answer(key, value)
    expect(tab.page.locator(".schemes > div").filter(has_text="NCI").locator("dd")).to_contain_text("high")
    came_to(keys, "walk", "Go on with these answers")
    pressed(keys, "Risk groups in each scheme")
    expect(tab.page.locator('details[data-late="schemes"] dd').first).to_have_text("NCI high")
    came_to(keys, "trials", "Trials", "Shift+Tab")
    reached(keys, "AIEOP", "Tab")                              # past the filters, each of them a stop
    keys.tab_to(lambda here: here["type"] == "search", "Shift+Tab")
    with tab.rerun():
        tab.page.keyboard.type(STUDY)
        tab.page.keyboard.press("Enter")
    assert tab.active()["type"] == "search"
    pressed(keys, f"COG {STUDY}")
    expect(tab.page.locator(".study h2")).to_contain_text(STUDY)
    came_to(keys, "walk", "Walk", "Shift+Tab")
    pressed(keys, "Copy note")
    expect(tab.page.locator(".share [role=status]")).to_have_text("Note copied.")
    assert "NCI high" in tab.page.evaluate("navigator.clipboard.readText()")
    assert tab.active()["text"] == "Copy note"
    reached(keys, "PDF, A4")
    with tab.page.expect_download() as saved:
        tab.page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith("-a4.pdf")
    assert tab.active()["text"] == "PDF, A4"
