"""One process under many sessions: each walks with an answer a second; then what an hour of answers costs in memory.

The sessions are websockets that speak Streamlit's protocol from this process, so they share the machine's processors
with the server: on two cores the figures are worse than a server of its own would give. Stops by itself.
"""
from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path

from benchmarks.session import Session
from deploy.replicas import Replica, free_ports

STEPS = (20, 50, 100, 150)                                # sessions at a time
SECONDS = 10                                              # of answers at each step
KEPT = (20, 60, 100, 150)                                 # sessions open when memory is looked at
HOUR = 3_600                                              # answers of one session in an hour, one a second
AT_ONCE = 6                                               # sessions that share them, each as fast as it is served
WARM = 400                                                # answers before the hour that do not count
LONGEST = 90                                              # after this the hour stops where it is [s]


def megabytes(pid: int) -> float:
    """Memory of a process that is its own or shared, as the system counts it. [MB]"""
    fields = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split("VmRSS:")[1].split()
    return int(fields[0]) / 1024


def processor_seconds(pid: int) -> float:
    """Processor time of a process so far. [s]"""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def part(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def answering(session: Session, until: float, took: list[float], failed: list[str]) -> None:
    """An answer a second, beginning at any moment of the first; the next one waits until the one before was served."""
    due = time.monotonic() + random.random()
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        try:
            took.append(await session.answer())
        except Exception as error:
            failed.append(f"{type(error).__name__}: {error}")
        due = max(due + 1, time.monotonic())


async def opened(base: str, count: int) -> list[Session]:
    """Sessions on Walk, opened four at a time."""
    some, gate = [Session(base) for _ in range(count)], asyncio.Semaphore(4)

    async def one(session: Session) -> None:
        async with gate:
            await session.open()
    await asyncio.gather(*(one(session) for session in some))
    return some


async def steps(server: Replica) -> list[Session]:
    """Print a line for each number of sessions; those of the step before stay."""
    pid, sessions = server.process.pid, await opened(server.base, 1)
    for _ in range(16):                                   # what the first session costs once for all
        await sessions[0].answer()
    print(f"{'sessions':>8} {'answers/s':>10} {'median ms':>10} {'p95 ms':>8} {'failed':>7} {'of a core':>10} "
          f"{'MB':>7} {'load':>6}")
    for count in STEPS:
        sessions += await opened(server.base, count - len(sessions))
        took, failed, spent, began = [], [], processor_seconds(pid), time.monotonic()
        await asyncio.gather(*(answering(session, began + SECONDS, took, failed) for session in sessions))
        passed = time.monotonic() - began
        busy = (processor_seconds(pid) - spent) / passed
        print(f"{count:8} {len(took) / passed:10.1f} {part(took, 0.5) * 1e3:10.0f} {part(took, 0.95) * 1e3:8.0f} "
              f"{len(failed):7} {busy:10.0%} {megabytes(pid):7.0f} {os.getloadavg()[0]:6.1f}", flush=True)
        for line in sorted(set(failed))[:3]:
            print(f"{'':8} {line}")
    return sessions


async def memory(server: Replica) -> list[Session]:
    """Print what a session keeps: tabs that open and answer one after the other, so that nothing waits to be served."""
    pid, sessions, found = server.process.pid, [], []
    for count in KEPT:
        while len(sessions) < count:
            sessions.append(Session(server.base))
            await sessions[-1].open()
            for _ in range(6):
                await sessions[-1].answer()
        found.append(megabytes(pid))
    each = (found[-1] - found[0]) / (KEPT[-1] - KEPT[0])
    said = ", ".join(f"{count} sessions {size:.0f} MB" for count, size in zip(KEPT, found, strict=True))
    print(f"what sessions keep: {said}; {each:.2f} MB a session (goal <= 0.5)", flush=True)
    return sessions


async def hour(server: Replica) -> None:
    """Print how memory grows over as many answers as one session gives in an hour."""
    pid, sessions = server.process.pid, await opened(server.base, AT_ONCE)

    async def some(count: int) -> int:
        until = time.monotonic() + LONGEST

        async def one(session: Session) -> int:
            given = 0
            while given < count // AT_ONCE and time.monotonic() < until:
                await session.answer()
                given += 1
            return given
        return sum(await asyncio.gather(*(one(session) for session in sessions)))

    await some(WARM)
    before, began = megabytes(pid), time.monotonic()
    given = await some(HOUR)
    after, passed = megabytes(pid), time.monotonic() - began
    print(f"an hour of answers ({given} of {HOUR} in {passed:.0f} s, {given / passed:.0f} a second, {AT_ONCE} "
          f"sessions): {before:.0f} MB before, {after:.0f} MB after, growth {after / before - 1:+.1%} (goal <= 10 %)")
    for session in sessions:
        await session.close()


async def measure() -> None:
    """All parts, each on a server of its own."""
    for work in (steps, memory, hour):
        server = Replica(free_ports(1)[0]).start()
        try:
            server.until_ready()
            for session in await work(server) or []:
                await session.close()
        finally:
            server.stop()


def main() -> None:
    """Print the table."""
    print(f"one process, an answer a second each, {SECONDS} s a step (goal: 100 sessions, none failed, p95 <= 200 ms); "
          f"load average before {os.getloadavg()[0]:.1f}")
    asyncio.run(measure())


if __name__ == "__main__":
    main()
