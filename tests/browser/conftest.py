"""A server as the README starts it, a browser, and tabs that note every request and every complaint."""
from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from hands import Tab
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")


def pytest_collection_modifyitems(items):
    """Everything here needs the browser; each worker has one, and a server, of its own.

    A press may go astray on a machine that is too busy: what fails is tried once more, and the summary counts it.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


class Server:
    """The app of a folder on a free port of this machine; its output, home and temporary files lie in `scratch`."""

    def __init__(self, scratch: Path, root: Path = ROOT) -> None:
        self.scratch, self.root = scratch, root
        self.output = scratch / "output.txt"
        self.began = time.time()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self) -> Server:
        """Start it, and wait until it answers; no page has been asked for by then."""
        command = [sys.executable, "-m", "uvicorn", "asgi_app:app", "--host", "127.0.0.1", "--port", str(self.port)]
        place = {"HOME": str(self.scratch), "TMPDIR": str(self.scratch), "PYTHONDONTWRITEBYTECODE": "1"}
        with self.output.open("a") as output:
            self.process = subprocess.Popen(command, cwd=self.root, env=os.environ | place, stdout=output,
                                            stderr=output)
        until = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"{self.base}/_stcore/health", timeout=1).close()
                return self
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None and time.monotonic() < until, self.said()
                time.sleep(0.05)

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def said(self) -> str:
        """All it has written to its output."""
        return self.output.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for most tests."""
    server = Server(tmp_path_factory.mktemp("server")).start()
    yield server
    server.kill()


@pytest.fixture
def fresh_server(tmp_path):
    """A server that no browser has visited."""
    server = Server(tmp_path).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def server_of(tmp_path_factory):
    """Start a server of another folder: `server_of(folder)`."""
    servers = []

    def started(folder: Path) -> Server:
        servers.append(Server(tmp_path_factory.mktemp("server"), folder).start())
        return servers[-1]

    yield started
    for server in servers:
        server.kill()


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_tab(chromium, server):
    """Open a tab of its own browser context: `open_tab("/walk", width=390, scheme="dark")`.

    When the test is over, no tab may have asked another host, met an error, or shown or logged a traceback.
    """
    tabs = []

    def opened(path="/", width=1280, height=900, scheme="light", at=server, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                       reduced_motion="reduce", **options)
        context.set_default_timeout(15_000)
        tab = Tab(context.new_page(), at.base)
        tabs.append((tab, at))
        return tab.go(path) if path else tab

    yield opened
    for tab, at in tabs:
        shown = tab.page.locator('[data-testid="stException"]').count()
        tab.page.context.close()
        assert tab.foreign() == []
        assert [c for c in tab.complaints if not tab.excused(c)] == []
        assert not shown and "Traceback" not in at.said(), at.said()[-3000:]
