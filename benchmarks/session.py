"""One session as the server sees it: a websocket that speaks Streamlit's protocol, and what an open tab remembers."""
from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
PATIENCE = 30                                             # an answer that takes longer counts as lost [s]
# Answers as they are given on Walk, one after the other: the fact, two entries in turn.
ANSWERS = (
    ("situation", {"choice": "front_line"}, {"choice": "front_line"}),
    ("lineage", {"choice": "B-ALL"}, {"choice": "T-ALL"}),
    ("age_at_diagnosis_years", {"value": "4", "unit": "years"}, {"value": "12", "unit": "years"}),
    ("wbc_10e9_per_l", {"value": "20", "unit": "x10^9/L"}, {"value": "80", "unit": "x10^9/L"}),
    ("bcr_abl1", {"finding": "absent"}, {"finding": "present"}),
    ("cns_status", {"choice": "CNS-1"}, {"choice": "CNS-3"}),
    ("testicular_disease", {"finding": "absent"}, {"finding": "present"}),
    ("steroid_pretreatment", {"finding": "absent"}, {"finding": "present"}),
)


class Session:
    """A tab on Walk. It keeps what a tab keeps: ids of the parts, messages seen before, and the case.

    Parameters
    ----------
    base : str
        Address of the server, `http://...`.
    source : str
        Address of this machine that the connection comes from; a balancer that goes by it tells tabs apart.
    """

    def __init__(self, base: str, source: str = "127.0.0.1") -> None:
        self.stream = f"ws://{urlsplit(base).netloc}/_stcore/stream"
        self.origin, self.source = base, source
        self.parts: dict[str, str] = {}
        self.sent: dict[str, object] = {}                 # what the server last told each part
        self.seen: dict[str, tuple[str, dict]] = {}       # messages by their hash: the part, and what it was told
        self.id = self.script = ""
        self.kept: dict[str, object] = {"session": None, "epoch": None, "entries": {}}
        self.giving, self.unread = False, {}              # whether the case is on its way back; news for the keeper
        self.silent = False                               # a tab that never says what it has kept
        self.number = 0
        self.socket = None

    async def open(self, page: str = "walk") -> None:
        """Connect, and show a page."""
        await self.connect()
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.widget_states.SetInParent()
        await self._run(message)

    async def connect(self) -> None:
        """Connect, or connect again under the same name."""
        known = ["streamlit", "none", self.id] if self.id else ["streamlit"]
        self.socket = await websockets.connect(
            self.stream, origin=self.origin, subprotocols=known, max_size=None, compression="deflate",
            local_addr=(self.source, 0), ping_interval=None, open_timeout=PATIENCE)

    async def close(self) -> None:
        """Leave as a closed tab does."""
        if self.socket:
            await self.socket.close()

    async def answer(self) -> float:
        """Give the next answer; seconds from sending it to the end of the run it causes."""
        fact, *entries = ANSWERS[self.number % len(ANSWERS)]
        entry = entries[self.number // len(ANSWERS) % 2]
        self.number += 1
        form = next(name for name, told in self.sent.items() if asks(told, fact))
        said = {"epoch": self.sent[form]["epoch"], "values": {fact: entry}}
        return await self._run(self._event(form, "entries", said))

    async def resume(self) -> float:
        """After the line was lost, connect again and ask for the page, as a tab does; seconds until it is whole."""
        await self.connect()
        message = BackMsg()
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.widget_states.SetInParent()
        return await self._run(message)

    async def line_lost(self, within: float) -> None:
        """Return when the line breaks, at the latest after some seconds: a tab notices at once."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.socket.wait_closed(), within)

    async def turn_to(self, page: str) -> float:
        """Follow the navigation to another page; seconds until it is shown."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.pages[page]
        message.rerun_script.widget_states.SetInParent()
        return await self._run(message)

    async def _run(self, message: BackMsg) -> float:
        """Send, and take over what comes until the page is whole; seconds that took."""
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await self._send(message)
            over = False
            while not over or self.giving:
                over = self._note(ForwardMsg.FromString(await self.socket.recv()))
                if self.unread:
                    await self._keep(self.unread)
        return time.perf_counter() - began

    async def _send(self, message: BackMsg) -> None:
        message.rerun_script.cached_message_hashes.extend(self.seen)
        message.rerun_script.context_info.url = self.origin
        await self.socket.send(message.SerializeToString())

    def _event(self, part: str, event: str, value: object) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = EVENTS.format(self.parts[part])
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        message.rerun_script.page_script_hash = self.script
        return message

    def _note(self, message: ForwardMsg) -> bool:
        """Take over one message; true when the run is over."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":                            # the same message as before
            self._told(*self.seen[message.ref_hash])
        elif kind == "new_session":
            self.id = message.new_session.initialize.session_id
        elif kind == "navigation":
            self.script = message.navigation.page_script_hash
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(element.exception.message)
            part = element.bidi_component                 # empty for other elements
            self._told(part.id, _data(part))
            if message.metadata.cacheable and message.hash:
                self.seen[message.hash] = part.id, _data(part)
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _told(self, part: str, data: dict) -> None:
        """Note what a part was given."""
        name = part.rsplit("-", 1)[-1]
        if name:
            self.parts[name], self.sent[name] = part, data
        if name == "keeper":
            self.unread = data

    async def _keep(self, told: dict) -> None:
        """What the keeper of a tab does: hand the case back to a session that has lost it, else take it over."""
        self.unread = {}
        lost = self.giving or self.kept["session"] not in (None, told["session"])
        self.kept["session"] = told["session"]
        self.giving = not self.silent and (told["asks"] or (lost and told["fresh"] and bool(self.kept["entries"])))
        if self.giving:
            given = {"epoch": self.kept["epoch"], "entries": self.kept["entries"]}
            await self._send(self._event("keeper", "kept", given))
        else:
            self.kept |= {"epoch": told["epoch"], "entries": told["entries"]}

    def facts(self) -> set[str]:
        """Facts the server holds an answer to, as it last told the keeper."""
        return set((self.sent.get("keeper") or {}).get("entries", {}))


async def every_page(base: str) -> dict[str, str]:
    """The frame that a session is shown on every page, after some answers; an error on a page raises."""
    session, shown = Session(base), {}
    await session.open()
    for _ in range(4):
        await session.answer()
    for page in session.pages:
        session.sent.pop("frame")
        await session.turn_to(page)
        shown[page] = session.sent["frame"]["html"]
    await session.close()
    return shown


def asks(told: dict, fact: str) -> bool:
    """Whether a part is the form that asks for a fact: the situation has a form of its own."""
    ids = {section["id"] for section in told.get("sections", ())}
    return "situation" in ids if fact == "situation" else bool(ids - {"situation"})


def _data(part) -> dict:
    """What a part of our own was given; empty for the parts that are given nothing."""
    return json.loads(part.bytes or b"{}")
