"""What a person does in a tab: open a page, answer a question, look. Waits for facts of the page, never for time."""
from __future__ import annotations

import re
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from pages.ui.form import TITLES
from pathways.facts import read_case
from pathways.load import guideline
from pathways.walk import walk

expect.set_options(timeout=15_000)
LETTERS = {"visited": "v", "offered": "o", "possible": "p", "excluded": "x"}
PATIENCE = 15                              # for what a page does [s]
PHONE = 768                                # below this width [px] the list of pages is behind a button
# Counts the ends of runs that the server reports (field 6 of its messages, after hash and metadata), two frames later.
COUNT_RUNS = """(() => {
  window.endedRuns = 0;
  const ends = (bytes) => {
    let at = 0;
    while (bytes[at] === 0x0a || bytes[at] === 0x12) {
      let [length, shift] = [0, 0];
      do { at += 1; length |= (bytes[at] & 0x7f) << shift; shift += 7; } while (bytes[at] & 0x80);
      at += 1 + length;
    }
    return bytes[at] === 0x30;
  };
  const later = (task) => requestAnimationFrame(() => requestAnimationFrame(task));
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (ends(new Uint8Array(data))) later(() => { window.endedRuns += 1; });
      });
    }
  };
})()"""
IDLE = """document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'"""
# The focused element, also inside the parts' own trees.
ACTIVE = """() => {
  let e = document.activeElement;
  while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  return e;
}"""
DESCRIBE = f"""() => {{
  const e = ({ACTIVE})();
  const s = getComputedStyle(e);
  const label = e.closest('label') ? getComputedStyle(e.closest('label')) : s;
  const ring = e.querySelector?.(':scope > .focus');
  const seen = [s, label].some((x) => x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) > 0)
    || s.boxShadow !== 'none'
    || (ring && getComputedStyle(ring).stroke !== 'none' && getComputedStyle(ring).opacity !== '0');
  const r = e.getBoundingClientRect();
  return {{ tag: e.tagName.toLowerCase(), type: e.type ?? '', checked: !!e.checked,
    text: (e.innerText ?? e.textContent ?? '').trim().slice(0, 60),
    value: e.value ?? '', field: e.closest?.('.field')?.dataset.key ?? '', node: e.dataset?.node ?? '',
    seen: !!seen,
    inView: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth }};
}}"""
# Two 404 answers while the client looks for the root of the app below a deep link, and what it says of a server that a
# test has ended: known, harmless.
EXCUSED = re.compile(r"Failed to load resource: .*404|_stcore/(health|host-config)|ERR_CONNECTION_REFUSED|WebSocket"
                     r"|Streamlit server is not responding")


class Tab:
    """One tab of a browser, with all it asked for and complained about."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.asked: list[str] = []
        self.addresses: list[str] = []
        self.complaints: list[str] = []
        page.add_init_script(COUNT_RUNS)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("framenavigated", lambda frame: self.addresses.append(frame.url))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)

    def foreign(self) -> list[str]:
        """Requests that left the host."""
        own = urlsplit(self.base).netloc
        sites = [(url, urlsplit(url)) for url in self.asked]
        return [url for url, site in sites if site.scheme not in ("data", "blob") and site.netloc != own]

    @staticmethod
    def excused(complaint: str) -> bool:
        """Whether a line of the console is known to be harmless. Never one about the security policy."""
        return "Content Security Policy" not in complaint and bool(EXCUSED.search(complaint))

    # -------- going

    def go(self, path: str) -> Tab:
        """Open an address and wait for the page."""
        self.page.goto(self.base + path, wait_until="commit")
        return self.ready()

    def ready(self) -> Tab:
        """Wait until the page has a heading and is at rest."""
        expect(self.page.locator("h1")).to_be_visible()
        self.until(IDLE)
        return self

    def until(self, said: str) -> None:
        """Wait until an expression holds; asked from outside, since the policy lets no page evaluate words."""
        patience = time.monotonic() + PATIENCE
        while not self.page.evaluate(said):
            assert time.monotonic() < patience, f"still not so: {said}"
            self.page.wait_for_timeout(10)

    def turn_to(self, title: str, heading: str) -> Tab:
        """Follow the navigation to another page; the session stays."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        phone = self.page.viewport_size["width"] < PHONE
        if phone:                                             # there the list is behind a button
            opener.click()
        self.page.get_by_test_id("stSidebarNavLink" if phone else "stTopNavLink").filter(has_text=title).click()
        expect(self.page.locator("h1")).to_have_text(heading)
        if phone:
            expect(opener).to_be_visible()
        self.until(IDLE)
        return self

    @contextmanager
    def rerun(self):
        """What is done inside makes the server run the page; go on when that run has ended."""
        before = self.page.evaluate("window.endedRuns")
        yield
        self.until(f"window.endedRuns > {before} && {IDLE}")

    # -------- answering

    def field(self, key: str) -> Locator:
        """The field of a fact; unfolds its group when it is folded away."""
        field = self.page.locator(f'.field[data-key="{key}"]')
        self.page.locator(".field").first.wait_for()
        title = TITLES.get(guideline().facts[key].group)
        if field.count() == 0 and title:
            self.page.locator(".group-open", has_text=title).first.click()
        return field.first

    def answer(self, key: str, value: object) -> None:
        """Answer one question with the mouse (numbers with the keys).

        A number is `"9 years"` or, where there is one unit, `"85"`; residual disease is a percentage or
        `"negative"` or `"positive"`; "" takes an answer back.
        """
        fact, field = guideline().facts[key], self.field(key)
        if fact.kind == "number":
            number, _, unit = str(value).partition(" ")
            self.type_in(key, number)
            if len(fact.units) > 1 and unit:
                self.press_chip(key, unit)
        elif fact.kind == "mrd":
            called = value in ("", "negative", "positive")
            self.press_chip(key, str(value) if called else "percent")
            if not called:
                self.type_in(key, str(value))
        elif field.locator("select").count():
            with self.rerun():
                field.locator("select").select_option(str(value))
        else:
            self.press_chip(key, str(value))

    def press_chip(self, key: str, value: str) -> None:
        """Press one of the answers of a field."""
        chip = self.field(key).locator(f'label.chip:has(input[value="{value}"])')
        if chip.locator("input").is_checked():
            return
        with self.rerun():
            chip.click()

    def type_in(self, key: str, number: str) -> None:
        """Type a number into a field and press Enter."""
        box = self.field(key).locator("input[type=text]")
        with self.rerun():
            box.fill(number)
            box.press("Enter")

    def note(self, key: str) -> Locator:
        """What stands under a field."""
        return self.field(key).locator(".note")

    # -------- looking

    @property
    def drawing(self) -> Locator:
        """The drawing of a page."""
        return self.page.locator("svg.page")

    def node(self, name: str) -> Locator:
        """A box of the drawing."""
        return self.page.locator(f'svg.page g.node[data-node="{name}"]')

    def open_box(self, name: str) -> None:
        """Press a box, wherever it lies on the page."""
        self.page.get_by_role("button", name="Whole page").click()
        with self.rerun():
            self.node(name).click()

    def turn_drawing(self, page_name: str) -> None:
        """Show another page of the guideline in the drawing."""
        button = self.page.locator(f'.page-bar button[data-press="{page_name}"]')
        if button.get_attribute("aria-current") is None:
            button.click()
        expect(self.drawing).to_have_attribute("data-rev", re.compile(f"^{re.escape(page_name)}\\|"))

    def expect_drawn(self, route, page_name: str, chosen: str = "") -> None:
        """Every box of a page is drawn in the state that the walk gives it."""
        ids = self.drawing.locator("g.node").evaluate_all("(all) => all.map((node) => node.dataset.node)")
        assert sorted(ids) == sorted(guideline().pages[page_name].nodes)
        letters = "".join(LETTERS[route.states.get(name, "excluded")] for name in ids)
        current = route.current if route.current in ids else ""
        expect(self.drawing).to_have_attribute("data-rev", f"{page_name}|{letters}|{current}|{chosen}")

    def unfold(self, name: str) -> Locator:
        """Open a fold of the answer panel; its content may come from the server only now."""
        fold = self.page.locator(f'details.fold:is([data-late="{name}"], [data-keep="{name}"])')
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()
        expect(fold.locator("> div > *").first).to_be_visible()
        return fold

    def active(self) -> dict:
        """The focused element in a few words."""
        return self.page.evaluate(DESCRIBE)


def route_of(entries: dict):
    """The walk of what a test answers."""
    g = guideline()
    read = dict(entries)
    for key, value in entries.items():
        if g.facts[key].kind == "number" and " " not in value:
            read[key] = f"{value} {next(iter(g.facts[key].units))}"
    case = read_case(g.facts, read)
    assert not case.problems, case.problems
    return walk(g, case)
