"""Faults of disks, files and clocks: each on a replica of its own, started in a copy of the project."""
from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks import damage
from benchmarks.session import every_page
from deploy.replicas import PATIENCE, Replica, free_ports


async def verdict(act: Callable[[Replica], Awaitable[str]], **options: object) -> tuple[bool, str]:
    """Start a replica of its own; whether an act on it succeeds, and its figure."""
    replica = Replica(free_ports(1)[0], **options).start()
    try:
        await asyncio.to_thread(replica.until_ready)
        figure = await act(replica)
        return "Traceback" not in replica.said(), figure
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"[:300]
    finally:
        replica.stop()


async def disks_and_clocks(scratch: Path, report: Callable[[str, bool, str], None]) -> None:
    """Files that cannot be written, a clock of 2028, files that change under a running server, and at the start."""
    root = damage.copied(scratch)

    async def shows_all(replica: Replica) -> str:
        return f"{len(await every_page(replica.base))} pages shown"

    async def is_eight(replica: Replica) -> str:
        shown = await every_page(replica.base)
        assert all("8 years old" in html for html in shown.values()), "another age"
        return f"8 years old on {len(shown)} pages"

    async def reads_nothing_more(replica: Replica) -> str:
        before = await every_page(replica.base)
        count = damage.damage_all(root)
        assert await every_page(replica.base) == before, "another page"
        return f"{count} files damaged under it, {len(before)} pages as before"

    if damage.can_freeze():
        report("a disk that cannot be written to",
               *await verdict(shows_all, root=root, before=damage.frozen(root), HOME=str(root)))
    else:
        print("not run: a disk that cannot be written to (needs mount namespaces)")
    report("the clock shows 2028", *await verdict(is_eight, root=root, before=damage.in_the_year(2028)))
    report("files change under a running server", *await verdict(reads_nothing_more, root=root))
    damage.damage_all(root)
    report("a damaged file at the start", *await asyncio.to_thread(refused, root))


def refused(root: Path) -> tuple[bool, str]:
    """Whether the app ends at once in a folder with damaged files: one line, and exit code 2."""
    began, replica = time.monotonic(), Replica(free_ports(1)[0], root=root).start()
    try:
        code = replica.process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        replica.kill()
        return False, f"it still runs after {PATIENCE} s"
    said = [line for line in replica.said().splitlines() if ".yaml:" in line]
    passed = code == 2 and len(said) == 1 and "Traceback" not in replica.said()
    return passed, f"exit code {code} after {time.monotonic() - began:.1f} s: {' '.join(said)[:80]}"
