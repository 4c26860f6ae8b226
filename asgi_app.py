"""The app with security headers: `uvicorn asgi_app:app`. Bad data ends it at the start: one line, exit code 2."""
import asyncio
import gc
import os
import re
import sys
import traceback
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

from content.reading import DataError

# The interface's own page holds a script, which is allowed by its digest; no other script inside a page runs.
INTERFACE = (Path(st.__file__).parent / "static/index.html").read_text(encoding="utf-8")
INSIDE = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
          for script in re.findall(r"<script>(.*?)</script>", INTERFACE, re.DOTALL)]
# It needs inline styles, takes the modules of its components from blobs, and has a part in WebAssembly.
POLICY = "; ".join((
    "default-src 'self'",
    f"script-src 'self' {' '.join(INSIDE)} 'wasm-unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
BEGIN, READY = asyncio.Event(), asyncio.Event()          # all was read, sessions may begin; then a page was made


class SecurityHeaders:
    """Adds HEADERS to every answer over HTTP, also to one that refuses a websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to the start of its answer."""
        names = {name for name, _ in self.headers}

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": kept + self.headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OwnOriginOnly:
    """Refuses a websocket that a page of another origin opens. Streamlit's own check asks the internet who it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the origin against the host that was asked for; what names no origin is no page of a browser."""
        named = Headers(scope=scope) if scope["type"] == "websocket" else {}
        if "origin" in named and named["origin"].partition("://")[2] != named.get("host"):
            await PlainTextResponse("This page may not connect here.", status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class SessionsWait:
    """Lets no session begin before everything was read and found sound; the interface itself loads meanwhile."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a websocket back until then."""
        if scope["type"] == "websocket":
            await BEGIN.wait()
        await self.app(scope, receive, send)


async def ready(_: Request) -> PlainTextResponse:
    """For balancers and probes: whether a page was made, so that no visitor waits for what is done only once."""
    return PlainTextResponse("ready") if READY.is_set() else PlainTextResponse("reading", status_code=503)


def _get_ready() -> None:
    """Read and work out the guideline. What this leaves stays for good, so collecting garbage meanwhile is in vain."""
    gc.disable()
    try:
        from pages.ui import client
        from pages.ui import ready as files
        from pages.ui.navigation import PAGES
        from pathways.load import guideline
        from pathways.reach import reach

        files.read_all()
        reach(guideline())
        for info in PAGES:
            import_module(f"pages.{info.name}")
        client.code()
        import_module("PIL.Image")           # Streamlit loads it for the icon, else while somebody waits
        gc.freeze()
    finally:
        gc.enable()


def _ready_or_gone() -> None:
    """Get ready, or end the process: an app that lacks a part of its content is not to be served."""
    try:
        _get_ready()
    except DataError as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(2)
    except Exception:
        traceback.print_exc()
        os._exit(1)


@asynccontextmanager
async def get_ready_early(_: st.App) -> AsyncIterator[None]:
    """Get ready while the first browser still loads the interface; the server answers at once."""
    async def work() -> None:
        await asyncio.to_thread(_ready_or_gone)
        BEGIN.set()
        sound, problem = await Runtime.instance().does_script_run_without_error()
        if not sound:
            print(f"The first page could not be made: {problem}.", file=sys.stderr, flush=True)
            os._exit(1)
        READY.set()
    task = asyncio.create_task(work())
    yield
    await task


app = st.App(Path(__file__).with_name("streamlit_app.py"), lifespan=get_ready_early, routes=[Route("/ready", ready)],
             middleware=[Middleware(SecurityHeaders), Middleware(OwnOriginOnly), Middleware(SessionsWait)])
