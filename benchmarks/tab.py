"""A tab of a real browser, as far as faults need one: it answers on Walk, turns pages, and says what it shows."""
from __future__ import annotations

import time

from benchmarks.browser import AT_REST, DRAWN, FLAGS, LOOK_EVERY

ANSWERS = (("situation", "first_relapse", ""), ("lineage", "B-ALL", ""), ("age_now_years", "6", "years"),
           ("months_to_relapse", "20", "months"))
TURNING = ("relapse_marrow_involved", ("present", "absent"))    # at 20 months one is early, the other late
PATIENCE = 20_000                                               # [ms]
WATCH_THE_LINE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  let lost = false;
  window.lineIsBack = false;
  new MutationObserver(() => {
    const up = app.dataset.testConnectionState === 'CONNECTED';
    lost ||= !up;
    if (lost && up) window.lineIsBack = true;
  }).observe(app, { attributes: true, attributeFilter: ['data-test-connection-state'] });
}"""
ALL_KNOWN = """(keys) => { const roots = [document, ...[...document.querySelectorAll('*')].map((e) => e.shadowRoot)];
  return keys.every((key) => roots.some((r) => r?.querySelector(`.field.known[data-key="${key}"]`))); }"""


async def launched(playwright, program: str):
    """The system's Chromium, without a window."""
    return await playwright.chromium.launch(executable_path=program, args=FLAGS)


class Tab:
    """One tab in a browser context of its own."""

    def __init__(self, browser, base: str) -> None:
        self.browser, self.base, self.turn = browser, base, 0

    async def open(self, path: str = "/walk") -> float:
        """Open a page; seconds until it shows its content."""
        context = await self.browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        context.set_default_timeout(PATIENCE * 3)
        self.page, began = await context.new_page(), time.monotonic()
        await self.page.goto(self.base + path, wait_until="commit")
        await self.page.locator("svg.page g.node").first.wait_for()
        context.set_default_timeout(PATIENCE)
        return time.monotonic() - began

    async def answer_all(self) -> None:
        """Give the answers of one child."""
        for key, value, unit in ANSWERS:
            field = self.page.locator(f'.field[data-key="{key}"]')
            if unit:
                await field.locator("input[type=text]").fill(value)
                await field.locator("input[type=text]").press("Enter")
                await self.until(AT_REST)
                if await self.chip(key, unit).count():
                    await self.chip(key, unit).click()
            elif await field.locator("select").count():
                await field.locator("select").select_option(value)
            else:
                await self.chip(key, value).click()
            await self.until(AT_REST)
        await self.next()

    async def until(self, shown: str, told: object = None, patience: float = PATIENCE) -> None:
        """Wait until the page shows something; look now and then only, since looking costs the machine too."""
        await self.page.wait_for_function(shown, arg=told, polling=LOOK_EVERY, timeout=patience)

    def chip(self, key: str, value: str):
        """An answer of a field."""
        return self.page.locator(f'.field[data-key="{key}"] label.chip:has(input[value="{value}"])')

    async def next(self, patience: float = PATIENCE) -> None:
        """Change the last answer, and wait until the drawing shows it and every answer is still there."""
        key, values = TURNING
        before = await self.drawn()
        await self.chip(key, values[self.turn % len(values)]).click(timeout=patience)
        await self.until(f"(before) => {DRAWN} !== before", before, patience)
        self.turn += 1
        await self.has_all(patience)

    async def drawn(self) -> str:
        """What the drawing shows."""
        return await self.page.evaluate(DRAWN)

    async def has_all(self, patience: float = PATIENCE) -> None:
        """Wait until every answer that was given stands in the form."""
        keys = [key for key, _, _ in ANSWERS] + [TURNING[0]]
        await self.until(ALL_KNOWN, keys, patience)

    async def watch(self) -> None:
        """From now on notice when the line to the server is lost and back."""
        await self.page.evaluate(WATCH_THE_LINE)

    async def back(self) -> None:
        """Wait until the line was lost and is back, since `watch`."""
        await self.until("window.lineIsBack")

    async def go(self, title: str) -> None:
        """Follow the navigation."""
        await self.page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
        await self.until("(path) => location.pathname === path", f"/{title.lower()}")
        await self.until(AT_REST)
