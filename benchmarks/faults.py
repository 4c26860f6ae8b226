"""What is survived: two replicas behind nginx, tabs of a real browser and websockets, and one fault after another.

`python -m benchmarks faults` prints a line for each fault with its figure; exit code 1 when one was not survived. Needs
nginx and Chromium. All on this machine; stops by itself.
"""
from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import websockets

from benchmarks.bad_disks import disks_and_clocks
from benchmarks.load import answering, opened, part
from benchmarks.relay import Relay
from benchmarks.session import Session
from benchmarks.tab import Tab, launched
from deploy.replicas import Replicas, free_ports

WEBSOCKETS, SECONDS = 17, 2.0                             # with three tabs: 20 sessions; they go on within this [s]
FIRST_TRY = 0.25, 0.5                                    # so long Streamlit's tabs wait before they try again [s]
SLOW = 100                                                # a slow line [kB/s]
BREAK_EVERY, BREAK_FOR, PRESS_EVERY = 5.0, 60.0, 2.0      # [s]
results: list[bool] = []


def report(name: str, passed: bool, figure: str) -> None:
    """One line of the table."""
    results.append(passed)
    print(f"{'pass' if passed else 'FAIL'}  {name:52} {figure}  (load {os.getloadavg()[0]:.1f})", flush=True)


# a replica is lost ----------------------------------------------------------------------------------------------------
async def seconds_to(began: float, *acts: Callable[[], Awaitable[object]]) -> float:
    """Seconds from a moment until all acts, one after the other, are done."""
    for act in acts:
        await act()
    return time.monotonic() - began


async def walking(session: Session, lost: asyncio.Event, moment: list[float], back: list[float]) -> None:
    """Answer without pause; when the line breaks, connect again and answer; note when all answers were there again."""
    while not back:
        known = session.facts()
        try:
            await session.answer()
        except (websockets.ConnectionClosed, OSError):
            await again(session)
            continue
        if lost.is_set():
            assert known <= session.facts(), f"lost: {known - session.facts()}"
            back.append(time.monotonic() - moment[0])
            return
        await session.line_lost(0.8)


async def again(session: Session) -> None:
    """Connect again as a tab does: after a quarter to half a second, then every quarter of a second."""
    await asyncio.sleep(random.uniform(*FIRST_TRY))
    while True:
        try:
            await session.resume()
            return
        except (OSError, websockets.InvalidHandshake, websockets.ConnectionClosed, TimeoutError):
            await asyncio.sleep(0.25)


async def lose(running: Replicas, tabs: dict[str, Tab], sessions: list[Session], crash: bool) -> None:
    """End the replica in use while everybody walks; each goes on with all answers, also from pages without the form."""
    lost, moment, backs = asyncio.Event(), [0.0], [[] for _ in sessions]
    walks = [asyncio.create_task(walking(one, lost, moment, back)) for one, back in zip(sessions, backs, strict=True)]
    await asyncio.sleep(2)
    replica = running.in_use()
    for tab in tabs.values():
        await tab.watch()
    moment[0] = time.monotonic()
    replica.process.kill() if crash else replica.process.terminate()
    lost.set()

    async def goes_on(title: str, tab: Tab) -> float:
        if title == "Walk":                               # presses at the worst moment, and not again
            return await seconds_to(moment[0], tab.next)
        return await seconds_to(moment[0], tab.back, lambda: tab.go("Walk"), tab.has_all)
    done = await asyncio.gather(*(goes_on(*one) for one in tabs.items()), *walks, return_exceptions=True)
    took = dict(zip(tabs, done, strict=False))
    slow = max([seconds for back in backs for seconds in back], default=99.0)
    whole = all(isinstance(one, float) and one <= SECONDS for one in took.values())
    problems = {f"{type(one).__name__}: {one}"[:90] for one in done if isinstance(one, BaseException)}
    said = ", ".join(f"{name} {one:.1f} s" for name, one in took.items() if isinstance(one, float))
    report("kill -9 of the replica in use" if crash else "orderly end of the replica in use",
           whole and not problems and slow <= SECONDS,
           f"tabs: {said}; {len(sessions)} websockets: last {slow:.1f} s; goal {SECONDS:.0f} s; "
           f"{'; '.join(problems) or 'no answer lost'}")
    await asyncio.to_thread(replica.process.wait)
    began = time.monotonic()
    await asyncio.to_thread(lambda: replica.start().until_ready())
    report("a replica started again", True, f"ready after {time.monotonic() - began:.1f} s")


async def losses(running: Replicas, browser) -> None:
    """Both ways to lose a replica, one after the other."""
    tabs = {title: Tab(browser, running.base) for title in ("Walk", "Sources", "Trials")}
    for title, tab in tabs.items():
        await tab.open()
        await tab.answer_all()
        if title != "Walk":
            await tab.go(title)
    sessions = await opened(running.base, WEBSOCKETS)
    for crash in (True, False):
        await lose(running, tabs, sessions, crash)
        for title in ("Sources", "Trials"):
            await tabs[title].go(title)
    for one in sessions:
        await one.close()
    for tab in tabs.values():
        await tab.page.context.close()


# bad lines ------------------------------------------------------------------------------------------------------------
async def slow_line(running: Replicas, browser) -> None:
    """A tab on a slow line works, and holds nobody up."""
    sessions, alone, beside, failed = await opened(running.base, 5), [], [], []

    async def answers_of_others(seconds: float, took: list[float]) -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(answering(one, until, took, failed) for one in sessions))
    await answers_of_others(5, alone)
    relay = Relay(running.ports[0], SLOW)
    tab = Tab(browser, await relay.start())
    others = asyncio.create_task(answers_of_others(15, beside))
    opening = await tab.open()
    await tab.answer_all()
    began = time.monotonic()
    await tab.next()
    answer = time.monotonic() - began
    await others
    report(f"a line of {SLOW} kB/s", not failed and answer <= SECONDS,
           f"opened in {opening:.1f} s, an answer in {answer:.2f} s; others p95 {part(beside, 0.95) * 1e3:.0f} ms, "
           f"{part(alone, 0.95) * 1e3:.0f} ms without it")
    await tab.page.context.close()
    await relay.stop()
    for one in sessions:
        await one.close()


async def broken_line(running: Replicas, browser) -> None:
    """A line that breaks again and again: every answer arrives, at the latest with the next press."""
    idle = Session(running.base)
    await idle.open()
    relay = Relay(running.ports[0])
    tab = Tab(browser, await relay.start())
    await tab.open()
    await tab.answer_all()
    until, cuts, pressed, late = time.monotonic() + BREAK_FOR, 0, 0, 0

    async def breaking() -> None:
        nonlocal cuts
        while time.monotonic() < until:
            await asyncio.sleep(BREAK_EVERY)
            relay.cut()
            cuts += 1
    cutting = asyncio.create_task(breaking())
    while time.monotonic() < until:
        due = time.monotonic() + PRESS_EVERY
        pressed += 1
        try:
            await tab.next(SECONDS * 1e3)
        except Exception:
            late, tab.turn = late + 1, tab.turn + 1       # the other answer: a press that changes something
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    await cutting
    await tab.next()
    shown = await tab.page.locator('[data-testid="stException"]').count()
    report("a line that breaks every 5 s for a minute", not shown and late <= cuts,
           f"broken {cuts} times; {pressed - late} of {pressed} answers shown within {SECONDS:.0f} s, all at the end")
    await idle.turn_to("sources")
    report("a tab left alone for a minute", True, "its line still held")
    await idle.close()
    await tab.page.context.close()
    await relay.stop()


async def run(chosen: list[str]) -> None:
    """Every fault, or those that are named."""
    from playwright.async_api import async_playwright

    with tempfile.TemporaryDirectory() as scratch, Replicas(*free_ports(3)) as running:
        async with async_playwright() as playwright:
            browser = await launched(playwright, shutil.which("chromium"))
            for fault in (losses, slow_line, broken_line):
                if chosen and fault.__name__ not in chosen:
                    continue
                try:
                    await fault(running, browser)
                except Exception as error:
                    report(fault.__name__, False, f"{type(error).__name__}: {error}"[:300])
            await browser.close()
        if not chosen or "disks_and_clocks" in chosen:
            await disks_and_clocks(Path(scratch), report)


def main(chosen: list[str]) -> None:
    """Print the table; `chosen` names some of losses, slow_line, broken_line, disks_and_clocks."""
    if not shutil.which("chromium"):
        sys.exit("Chromium is missing; on Debian: apt-get install chromium")
    began = time.monotonic()
    asyncio.run(run(chosen))
    print(f"{sum(results)} of {len(results)} survived, {time.monotonic() - began:.0f} s")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
