"""Faults at the start and under a running server: damaged files, a disk that cannot be written to, another year."""
from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import websockets

from benchmarks import damage
from benchmarks.session import Session, every_page
from deploy.replicas import ROOT, Replica, Replicas, free_ports, has_nginx
from pages.ui.navigation import PAGES

MESSAGE = re.compile(r"(?m)^[\w.]+:\d+: \S.* - \S.+$")
SOME_FILES = ("content/trials/aall0232.yaml", "pathways/graphs/pedall_4.yaml", "pathways/layout/pedall_4.json",
                "docs/hazards.yaml")
NOT_SHOWN = re.compile(r"docs/(audit_allowed|tab_order)|(^|/)_template\.yaml$|\.md$")
OPENED = """
import os, sys
opened = set()
sys.addaudithook(lambda event, given: event == "open" and opened.add(os.path.abspath(os.fsdecode(given[0])))
                 if event == "open" and isinstance(given[0], (str, bytes)) else None)
from pages.ui.ready import read_all
read_all()
print(*opened, sep="\\n")
"""


def on_a_loop_of_its_own(work: Coroutine) -> object:
    """What it gives, run in another thread: where browser tests came before, this one has a running loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project, to be damaged."""
    return damage.copied(tmp_path_factory.mktemp("project"))


@pytest.fixture
def serve():
    """Start a server of its own: `serve(root, before=..., HOME=...)`; it is stopped after the test."""
    running = []

    def started(root: Path, **options: object) -> Replica:
        running.append(Replica(free_ports(1)[0], root=root, **options).start())
        return running[-1]

    yield started
    for replica in running:
        if replica.process.poll() is None:
            replica.stop()


@pytest.mark.parametrize("name", SOME_FILES)
def test_a_damaged_file_ends_the_start_with_one_line_and_exit_code_2(name, project, serve):
    path = project / name
    sound = path.read_bytes()
    try:
        path.write_bytes(sound[: len(sound) // 2] + b"\n: [")
        replica = serve(project)
        assert replica.process.wait(60) == 2
        said = MESSAGE.findall(replica.said())
        assert len(said) == 1 and said[0].startswith(path.name) and "Traceback" not in replica.said(), replica.said()
    finally:
        path.write_bytes(sound)


def test_a_missing_file_ends_the_start_in_the_same_way(project, serve):
    path = project / "content/intended_use.md"
    sound = path.read_bytes()
    try:
        path.unlink()
        replica = serve(project)
        assert replica.process.wait(60) == 2
        assert MESSAGE.findall(replica.said()) == [
            "intended_use.md:1: cannot be read: No such file or directory - check the name and the encoding"]
    finally:
        path.write_bytes(sound)


def test_a_first_page_that_cannot_be_made_ends_the_start(project, serve):
    path = project / "pages/start.py"
    sound = path.read_text(encoding="utf-8")
    try:
        path.write_text(sound.replace("    w = case.route()\n", "    raise OSError('no page')\n", 1), encoding="utf-8")
        replica = serve(project)
        assert replica.process.wait(60) == 1
        assert "The first page could not be made: error." in replica.said()
    finally:
        path.write_text(sound, encoding="utf-8")


def test_first_visitor_of_a_ready_replica_is_shown_the_page_in_one_run(project, serve):
    async def play(base: str) -> list[str]:
        session, kinds = Session(base), []
        note = session._note
        session._note = lambda message: (kinds.append(message.WhichOneof("type")), note(message))[1]
        await session.open()
        await session.close()
        return kinds
    kinds = on_a_loop_of_its_own(play(serve(project).until_ready().base))
    assert (kinds.count("new_session"), kinds.count("script_finished")) == (1, 1)


def test_everything_shown_is_read_at_the_start():
    found = subprocess.run([sys.executable, "-c", OPENED], cwd=ROOT, capture_output=True, text=True, check=True)
    opened = set(found.stdout.splitlines())
    files = [path for path in damage.data_files(ROOT) if not NOT_SHOWN.search(path.as_posix())]
    assert len(files) > 100
    assert [path.relative_to(ROOT).as_posix() for path in files if str(path) not in opened] == []
    assert {str(ROOT / "content" / name) for name in ("intended_use.md", "origin.md", "rights.md")} <= opened


def test_files_damaged_under_a_running_server_change_nothing(project, serve, tmp_path):
    root = damage.copied(tmp_path / "copy")
    replica = serve(root).until_ready()
    before = on_a_loop_of_its_own(every_page(replica.base))
    assert damage.damage_all(root) > 100
    assert on_a_loop_of_its_own(every_page(replica.base)) == before and len(before) == len(PAGES)
    assert "Traceback" not in replica.said(), replica.said()[-2000:]


def test_a_disk_that_cannot_be_written_to_is_enough(project, serve):
    if not damage.can_freeze():
        pytest.skip("this machine gives a process no view of its disks of its own")
    replica = serve(project, before=damage.frozen(project), HOME=str(project)).until_ready()
    seen = Path(f"/proc/{replica.process.pid}/root{project}")
    with pytest.raises(OSError, match="Read-only"):
        (seen / "written").write_text("x", encoding="utf-8")
    assert len(on_a_loop_of_its_own(every_page(replica.base))) == len(PAGES)
    assert "Traceback" not in replica.said(), replica.said()[-2000:]


def test_log_without_addresses_where_that_is_asked_for(serve, tmp_path):
    quiet = damage.copied(tmp_path / "project")
    config = quiet / ".streamlit/config.toml"
    setting = '[logger]\nlevel = "warning"\n'                 # as deploy/README.md says
    assert setting.strip().replace("\n", " ") in (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    address = re.compile(r"\d+\.\d+\.\d+\.\d+:\d+")
    told = {}
    for name, more in (("usual", ""), ("quiet", setting)):
        config.write_text(config.read_text(encoding="utf-8") + f"\n{more}", encoding="utf-8")
        replica = serve(quiet).until_ready()
        on_a_loop_of_its_own(every_page(replica.base))
        replica.stop()
        told[name] = replica.said()
    assert len(address.findall(told["usual"])) > 2
    assert [one for one in address.findall(told["quiet"]) if not one.endswith(f":{replica.port}")] == []


def test_in_2028_every_page_says_eight_years(project, serve):
    replica = serve(project, before=damage.in_the_year(2028)).until_ready()
    shown = on_a_loop_of_its_own(every_page(replica.base))
    assert len(shown) == len(PAGES)
    assert [page for page, html in shown.items() if "2020 guideline, 8 years old." not in html] == []


def listening(session: Session) -> list[tuple[str, set[str]]]:
    """From now on: each part the session is shown, with the facts it had been told of before."""
    shown, told = [], session._told
    session.sent.pop("keeper")

    def note(part: str, data: dict) -> None:
        shown.append((part.rsplit("-", 1)[-1], session.facts()))
        told(part, data)
    session._told = note
    return shown


def test_a_tab_that_is_asked_for_its_case_and_says_nothing_gets_the_page_as_a_new_one(serve, project):
    async def play(base: str) -> None:
        new = Session(base)
        new.silent = True
        await new.open()
        assert not new.sent["keeper"]["asks"]                 # a first visit is not asked, and does not wait
        back = Session(base)
        back.id, back.silent = "of-a-lost-server", True
        await back.open()
        assert back.sent["keeper"]["asks"] and not back.facts() and back.sent["walk_head"]["html"]
        await back.answer()                                   # and it works
        assert back.facts() == {"situation"}
        await new.close()
        await back.close()
    on_a_loop_of_its_own(play(serve(project).until_ready().base))


@pytest.mark.skipif(not has_nginx(), reason="nginx is missing; make test installs it")
def test_a_session_goes_on_with_its_answers_at_the_other_replica():
    async def play(running: Replicas) -> None:
        session = Session(running.base)
        await session.open()
        for _ in range(4):
            await session.answer()
        before = session.facts()
        running.in_use().kill()
        with pytest.raises(websockets.ConnectionClosed):
            await session.answer()
        shown = listening(session)
        await session.resume()
        assert len(before) == 4 and session.facts() == before
        assert [facts for name, facts in shown if name == "walk_head"] == [before]       # drawn once, with the case
        await session.turn_to("sources")                      # a page without the form
        await session.turn_to("walk")
        assert session.facts() == before
        with urllib.request.urlopen(f"{running.base}/sources", timeout=10) as page:
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        await session.close()

    with Replicas(*free_ports(3)) as running:
        on_a_loop_of_its_own(play(running))
        processes = [running.nginx, *(replica.process for replica in running.replicas)]
    assert all(process.poll() is not None for process in processes)


def test_no_session_begins_before_everything_was_read(monkeypatch):
    import asgi_app

    heard = []

    async def inner(scope, receive, send):
        heard.append(scope["type"])

    async def play():
        for name in ("BEGIN", "READY"):
            monkeypatch.setattr(asgi_app, name, asyncio.Event())
        waits = asgi_app.SessionsWait(inner)
        assert (await asgi_app.ready(None)).status_code == 503
        await waits({"type": "http"}, None, None)
        session = asyncio.create_task(waits({"type": "websocket"}, None, None))
        await asyncio.sleep(0.05)
        assert heard == ["http"]
        asgi_app.BEGIN.set()
        await session
        assert heard == ["http", "websocket"]
        assert (await asgi_app.ready(None)).status_code == 503
        asgi_app.READY.set()
        assert (await asgi_app.ready(None)).status_code == 200

    on_a_loop_of_its_own(play())
