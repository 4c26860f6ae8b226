"""The app with security headers: `uvicorn asgi_app:app`."""
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The interface needs inline styles, and evaluates the modules of its components from blobs.
POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
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


class SecurityHeaders:
    """Adds HEADERS to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to the start of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        names = {name for name, _ in self.headers}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": kept + self.headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _get_ready() -> None:
    """Read and work out the guideline. What this leaves stays for good, so collecting garbage meanwhile is in vain."""
    gc.disable()
    try:
        from pages.ui.navigation import PAGES
        from pathways.load import guideline
        from pathways.reach import reach

        reach(guideline())
        for info in PAGES:
            import_module(f"pages.{info.name}")
        gc.freeze()
    finally:
        gc.enable()


@asynccontextmanager
async def get_ready_early(_: st.App) -> AsyncIterator[None]:
    """Get ready while the first browser still loads the interface; the server answers at once."""
    threading.Thread(target=_get_ready, daemon=True).start()
    yield


app = st.App(Path(__file__).with_name("streamlit_app.py"), lifespan=get_ready_early,
             middleware=[Middleware(SecurityHeaders)])
