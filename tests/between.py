"""A database that takes everything and says nothing, or does everything and says nothing."""

import asyncio
from pathlib import Path

SOCKET = ".s.PGSQL.5432"


class Between:
    """Stands between the program and the database and can keep everything, or every answer, to itself."""

    def __init__(self, upstream: Path) -> None:
        self._upstream = upstream
        self._flows = asyncio.Event()
        self._flows.set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._mute: set[asyncio.StreamReader] = set()
        self._answering: set[asyncio.StreamReader] = set()

    def hang(self) -> None:
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    def mute(self) -> None:
        """The connections of now are never answered again, though what they ask is done; later ones are."""
        self._mute |= self._answering

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(str(self._upstream))
        self._answering.add(there)
        for source, sink in ((reader, back), (there, writer)):
            pump = asyncio.create_task(self._pump(source, sink))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                await self._flows.wait()
                if source in self._mute:
                    continue
                sink.write(data)
                await sink.drain()
        except ConnectionError:
            pass
        finally:
            sink.close()

    async def end(self) -> None:
        for pump in list(self._pumps):
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
