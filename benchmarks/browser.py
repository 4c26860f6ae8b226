"""A changed answer on Walk until it is repainted, beside an empty Streamlit page in the same run, and what it costs.

Clicks and cold starts of the two pages take turns, so that both meet the same machine. Needs Chromium and playwright.
"""
from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]
CLICKS, WARM, WEIGHED, COLD = 30, 4, 6, 5
LOOK_EVERY = 50                              # looking with each frame would itself slow what is measured [ms]
SETTLED = 400                                # a press begins when nothing of the one before moves any more [ms]
FORM = (("situation", "first_relapse", ""), ("age_now_years", "6", "years"), ("lineage", "B-ALL", ""),
        ("months_to_relapse", "20", "months"))
OPENED = {"Trials": ("/trials", "[data-press^='open:']"), "Outcomes, words": ("/outcomes", ".study-head"),
          "Outcomes, first chart": ("/outcomes", ".js-plotly-plot .main-svg"), "Sources": ("/sources", ".ledger")}
ANSWERS = ("present", "absent")              # marrow involved in a first relapse at 20 months: early, or late
# From the pointer to the first frame in which the page shows the change. `read` reads what must change.
WATCH = """(read) => {
  const now = new Function('return ' + read);
  document.addEventListener('pointerdown', (event) => {
    const [began, before] = [event.timeStamp, now()];
    window.took = new Promise((tell) => {
      const look = () => {
        if (now() !== before) tell(performance.now() - began); else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }, { capture: true });
}"""
SHADOWS = "[...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean)"
AT_REST = "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
DRAWING = f"{SHADOWS}.find((r) => r.querySelector('svg.page'))"      # looked for once: this costs what is measured
DRAWN = f"(window.drawing = window.drawing?.host.isConnected ? window.drawing : {DRAWING})" \
        "?.querySelector('svg.page')?.dataset.rev"
COUNTED = "document.querySelector('[data-testid=stText]')?.textContent"


@contextmanager
def serving(*app: str) -> Iterator[str]:
    """A server on a free port; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "uvicorn", *app, "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TMPDIR": scratch}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            base = f"http://127.0.0.1:{port}"
            _until_it_answers(base)
            yield base
        finally:
            process.kill()
            process.wait()


def _until_it_answers(base: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{base}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def row(name: str, values: list[float], unit: str = "ms") -> None:
    """One line of the table: median and p95."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:46} median {statistics.median(ordered):9.1f} {unit}   p95 {high:9.1f} {unit}")


def ratio(name: str, values: list[float], beside: list[float]) -> None:
    """One line of the table: how many times the other."""
    print(f"{name:46} {statistics.median(values) / statistics.median(beside):16.1f}")


class Page:
    """One tab, its clock and its count of bytes over the websocket."""

    def __init__(self, browser, address: str, read: str) -> None:
        self.tab = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
        self.bytes = 0
        self.tab.goto(address)
        self.read = read

    def weigh(self) -> None:
        """Begin to count bytes. It costs the browser time, so what is timed is not weighed."""
        wire = self.tab.context.new_cdp_session(self.tab)
        wire.send("Network.enable")
        for event in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            wire.on(event, self._count)

    def _count(self, event: dict) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        self.bytes += len(data) * 3 // 4 if frame["opcode"] == 2 else len(data.encode())

    def watch(self) -> None:
        """Begin to time each press."""
        self.tab.evaluate(WATCH, self.read)

    def press(self, target) -> tuple[float, int]:
        """Press, wait for the change; milliseconds and bytes."""
        before = self.bytes
        target.click()
        took = self.tab.evaluate("window.took")
        self.tab.wait_for_function(AT_REST, polling=LOOK_EVERY)
        self.tab.wait_for_timeout(SETTLED)
        return took, self.bytes - before

    def answer(self, key: str, value: str, unit: str) -> None:
        """Choose an answer, or type a number and press its unit."""
        field = self.tab.locator(f'.field[data-key="{key}"]')
        if unit:
            field.locator("input[type=text]").fill(value)
            field.locator("input[type=text]").press("Enter")
            self.chip(unit, key).click()
        else:
            field.locator("select").select_option(value)

    def chip(self, value: str, key: str):
        """An answer of a field of the form."""
        return self.tab.locator(f'.field[data-key="{key}"] label.chip:has(input[value="{value}"])')


def clicks(browser, walk_at: str, empty_at: str) -> None:
    """Clicks in turn on both pages; print the lines."""
    walk, empty = Page(browser, f"{walk_at}/walk", DRAWN), Page(browser, empty_at, COUNTED)
    for key, value, unit in FORM:
        walk.answer(key, value, unit)
    walk.tab.locator('svg.page[data-rev^="PEDALL-9|"]').wait_for()
    button = empty.tab.get_by_role("button", name="Count")
    button.wait_for()
    walk.watch()
    empty.watch()
    answers = cycle(ANSWERS)

    def in_turn(times: int) -> tuple[list[tuple[float, int]], list[tuple[float, int]]]:
        pairs = [(walk.press(walk.chip(next(answers), "relapse_marrow_involved")), empty.press(button))
                 for _ in range(times)]
        return [one for one, _ in pairs], [one for _, one in pairs]
    in_turn(WARM)
    on_walk, on_empty = ([took for took, _ in found] for found in in_turn(CLICKS))
    row("Walk, an answer changed to drawing repainted", on_walk)
    row("empty page, button to text", on_empty)
    ratio("ratio of the medians (goal <= 3)", on_walk, on_empty)
    walk.weigh()
    empty.weigh()
    on_walk, on_empty = ([size / 1000 for _, size in found] for found in in_turn(WEIGHED))
    row("Walk, bytes a click (goal <= 10 kB)", on_walk, "kB")
    row("empty page, bytes a click", on_empty, "kB")


def cold(browser, content: str, path: str, *app: str) -> float:
    """Milliseconds from starting a server to content on the screen of a new browser context."""
    began = time.perf_counter()
    with serving(*app) as base:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        tab = context.new_page()
        tab.goto(base + path, wait_until="commit")
        tab.locator(content).first.wait_for()
        took = (time.perf_counter() - began) * 1000
        context.close()
    return took


def opened(browser, content: str, address: str) -> float:
    """Milliseconds from asking a warm server for a page to its content in a new browser context."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    began = time.perf_counter()
    tab.goto(address, wait_until="commit")
    tab.locator(content).first.wait_for()
    took = (time.perf_counter() - began) * 1000
    context.close()
    return took


def openings(browser, app_at: str, empty_at: str) -> None:
    """Open pages on a warm server, the empty page in turn with each; print the lines."""
    times: dict[str, list[float]] = {name: [] for name in OPENED}
    empty: dict[str, list[float]] = {name: [] for name in OPENED}
    for number in range(1 + COLD):
        for name, (path, content) in OPENED.items():
            pair = (opened(browser, content, app_at + path), opened(browser, '[data-testid="stText"]', empty_at))
            if number:
                times[name].append(pair[0])
                empty[name].append(pair[1])
    for name in OPENED:
        row(f"{name}, opened on a warm server", times[name])
        ratio("ratio to the empty page (goal <= 2)", times[name], empty[name])


def main() -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        stack.callback(browser.close)
        with serving("asgi_app:app") as walk_at, serving("benchmarks.empty_page:app") as empty_at:
            clicks(browser, walk_at, empty_at)
            openings(browser, walk_at, empty_at)
        walk, empty = [], []
        for _ in range(COLD):
            walk.append(cold(browser, "svg.page g.node", "/walk", "asgi_app:app"))
            empty.append(cold(browser, '[data-testid="stText"]', "/", "benchmarks.empty_page:app"))
    row("Walk, cold server to content", walk)
    row("empty page, cold server to content", empty)
    ratio("ratio of the medians (goal <= 1.6)", walk, empty)


if __name__ == "__main__":
    main()
