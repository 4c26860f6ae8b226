"""A line between a browser and a server of this machine that can be slow, or break."""
from __future__ import annotations

import asyncio
import contextlib


class Relay:
    """Passes connections on to a port of this machine.

    Parameters
    ----------
    port : int
        Where they are passed on to.
    speed : float or None
        At most this much towards the browser, over all its connections. [kB/s]
    """

    def __init__(self, port: int, speed: float | None = None) -> None:
        self.port, self.speed = port, speed
        self.open: set[asyncio.StreamWriter] = set()
        self.broken = 0
        self.turn = asyncio.Lock()

    async def start(self) -> str:
        """Begin; gives the address to ask instead of the server's."""
        self.server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Break every connection there is."""
        self.broken += len(self.open)
        for one in list(self.open):
            one.transport.abort()

    async def stop(self) -> None:
        """Break everything and take no more."""
        self.server.close()
        self.cut()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.add(writer)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.port)
            await asyncio.gather(self._copy(reader, back), self._copy(there, writer, self.speed))
        except OSError:
            pass
        finally:
            self.open.discard(writer)
            writer.close()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
                    speed: float | None = None) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(8_192 if speed else 65_536):
                if speed:
                    async with self.turn:
                        await asyncio.sleep(len(data) / 1_000 / speed)
                writer.write(data)
                await writer.drain()
        with contextlib.suppress(OSError):
            writer.close()
