"""Where the tests of accessibility look: every page as it opens, and the screens that lie behind presses."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from children import EARLY_RELAPSE
from hands import Tab
from playwright.sync_api import expect

from content.families import families
from pages.ui.navigation import PAGES

HERE = Path(__file__).parent
LOOK, CONTRAST = ((HERE / name).read_text(encoding="utf-8") for name in ("accessibility.js", "contrast.js"))
HEADINGS = {info.name: info.heading for info in PAGES}
TITLES = {info.name: info.title for info in PAGES}
CASE = "/cases?case=fifty&step={}&seed=3"
LAST = 9                                                   # the step after the case's last decision
TOPIC = max(families().topics.values(), key=lambda topic: len(topic.numbers))
STEPS = 4                                                  # of a number


def script(tab: Tab, call: str, *args: object) -> object:
    """What a function of `accessibility.js` or `contrast.js` says of the page as it is."""
    if not tab.page.evaluate("'stands' in window"):
        tab.page.evaluate(LOOK)
        tab.page.evaluate(CONTRAST)
    return tab.page.evaluate(f"(args) => {call}(args)", list(args))


def turn(tab: Tab, name: str) -> None:
    """To a page, by the navigation."""
    if tab.page.locator("h1").inner_text() != HEADINGS[name]:
        tab.turn_to(TITLES[name], HEADINGS[name])


def show(tab: Tab, part: str) -> None:
    """A part of the page, where it shows one at a time."""
    button = tab.page.locator(".switch").get_by_role("button", name=part, exact=True)
    if button.is_visible():
        button.click()


def walked(tab: Tab) -> None:
    """Walk, at the end of a child's way, one box looked at."""
    turn(tab, "walk")
    show(tab, "Questions")
    for key, value in EARLY_RELAPSE.answers.items():
        tab.answer(key, value)
    show(tab, "Answer")
    tab.unfold("all")
    show(tab, "Drawing")
    tab.open_box("b_relapse_late")


def card(tab: Tab) -> None:
    """Trials, with a card open."""
    tab.go("/trials?trial=aall0232")
    expect(tab.page.locator(".study h2")).to_be_visible()


def taught(tab: Tab) -> None:
    """Pathways with its answers hidden, and a box looked at."""
    tab.go("/pathways?node=b_eoi_mrd")
    with tab.rerun():
        tab.page.locator('[data-press="how:teach"]').click()


def asked(tab: Tab) -> None:
    """Cases, a decision that waits for an answer."""
    tab.go(CASE.format(1))
    expect(tab.page.get_by_role("button", name="Commit", exact=True)).to_be_visible()


def decided(tab: Tab, option: int = 0) -> None:
    """Cases, the first decision after a choice."""
    asked(tab)
    tab.page.locator('input[name="answer"]').nth(option).check()
    tab.page.locator('input[name="sure"]').first.check()
    with tab.rerun():
        tab.page.get_by_role("button", name="Commit", exact=True).click()
    expect(tab.page.locator(".verdict")).to_be_visible()


def turned(tab: Tab) -> None:
    """Cases, where another answer would have led."""
    decided(tab)
    with tab.rerun():
        tab.page.locator('[data-press^="turn:"]').first.click()


def ended(tab: Tab) -> None:
    """Cases, the end."""
    tab.go(CASE.format(LAST))
    expect(tab.page.locator(".the-end")).to_be_visible()


def topic(tab: Tab) -> None:
    """Families, a topic, its numbers still closed but one press away."""
    tab.go(f"/families?topic={TOPIC.id}")
    tab.page.locator(f'details[data-keep="numbers-{TOPIC.id}"] > summary').click()


def numbers(tab: Tab) -> None:
    """Families, a topic with all steps of its first two numbers open, the handout, words, and where it comes from."""
    topic(tab)
    for name in TOPIC.numbers[:2]:
        for _ in range(STEPS):
            with tab.rerun():
                tab.page.locator(f'.number[data-number="{name}"] .act').click()
    for name in ("handout", "words"):
        tab.page.locator(f'details[data-keep="{name}"] > summary').click()
    tab.page.locator("details.source summary").first.click()


INNER: dict[str, Callable[[Tab], None]] = {
    "walk answered": walked, "trials card": card, "pathways taught": taught, "cases asked": asked,
    "cases decided": decided, "cases turned": turned, "cases ended": ended, "families numbers": numbers}
PLACES = (*HEADINGS, *INNER)


def everywhere(tab: Tab) -> Iterator[str]:
    """Go to each page, then to each inner screen; tell where."""
    for name in HEADINGS:
        turn(tab, name)
        yield name
    for name, open_it in INNER.items():
        open_it(tab)
        yield name


def show_parts(tab: Tab) -> Iterator[str]:
    """Each part of the page that has parts; "" where it has none."""
    buttons = tab.page.locator(".switch button").locator("visible=true")
    names = buttons.all_inner_texts()
    for name in names:
        show(tab, name)
        yield name
    if not names:
        yield ""
