"""How the commands that stay listen, keep the loops running, and end."""

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Awaitable, Callable, Generator
from typing import Final

import click
import uvicorn
import uvloop

from xiaoer import main
from xiaoer.cli.answers import Answers
from xiaoer.cli.sockets import DirectSocket
from xiaoer.guard.rules import warm
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database, Sizes
from xiaoer.plumbing.health import Health
from xiaoer.plumbing.program import Closable, running, settle_memory
from xiaoer.plumbing.settings import Settings

END_SECONDS: Final = 10
SOCKET_FRAME_BYTES: Final = 256 * 1024
"""Far beyond what a frame may hold: the socket's own answer to a long one must still be possible."""
WAITING_CONNECTIONS: Final = 4096


class PortTaken(click.ClickException):
    """Somebody else listens there."""

    exit_code = 2


def listen(settings: Settings) -> socket.socket:
    """Take the port before anything else starts. Raises PortTaken with a sentence that helps."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((settings.host, settings.port))
        opened.listen(WAITING_CONNECTIONS)
    except OSError as fault:
        opened.close()
        if fault.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Port {settings.port} is taken by another program: choose another one, "
                f"for example PORT={settings.port + 1}."
            ) from fault
        if fault.errno == errno.EACCES:
            raise PortTaken(
                f"Port {settings.port} may not be used by this user: choose one above 1023."
            ) from fault
        raise PortTaken(
            f"{settings.host}:{settings.port} cannot be listened on: {fault.strerror}."
        ) from fault
    opened.setblocking(False)
    return opened


def run(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until the work ends, or until somebody asks for the end with Ctrl-C or SIGTERM."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_told(work))


async def _until_told(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, end.set)
    await work(end)


@contextlib.contextmanager
def terminable() -> Generator[None]:
    """Until the loop runs, SIGTERM ends the command as Ctrl-C does: with everything put away."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def serve(
    settings: Settings,
    url: str,
    listening: socket.socket,
    end: asyncio.Event,
    *,
    jobs: bool,
    ready: Callable[[main.Program], Awaitable[None]],
) -> None:
    """Answer requests until told to end; requests in hand are finished first."""
    database = await Database.open(url, sizes=Sizes(seconds=settings.statement_seconds))
    try:
        program = main.build(settings, database, jobs=jobs)
        warm()
        async with running(program.loops):
            await ready(program)
            settle_memory()
            await answer(settings, program, listening, end)
            await _close_services(program)
    finally:
        await database.close()


async def work(settings: Settings, url: str, end: asyncio.Event, *, ready: Callable[[], None]) -> None:
    """Do the work of the outbox and the clocks until told to end."""
    database = await Database.open(url, sizes=Sizes(seconds=settings.statement_seconds))
    try:
        program = main.build(settings, database, jobs=True)
        async with running(program.loops):
            ready()
            settle_memory()
            await end.wait()
            await _close_services(program)
    finally:
        await database.close()


async def answer(
    settings: Settings, program: main.Program, listening: socket.socket, end: asyncio.Event
) -> None:
    """Answer on a socket that listens already, until told to end; the loops are the caller's."""
    server = _Server(configuration(settings, program))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    ending = asyncio.create_task(end.wait())
    await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
    program.services.service(Health).stopping = True
    server.should_exit = True
    ending.cancel()
    await serving


def configuration(settings: Settings, program: main.Program) -> uvicorn.Config:
    """How uvicorn serves: uvloop, httptools, sans-io sockets without deflate (a third of the memory)."""
    return uvicorn.Config(
        program.app,
        loop="none",
        http=Answers,
        ws=DirectSocket,
        ws_per_message_deflate=False,
        ws_max_size=SOCKET_FRAME_BYTES,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_keep_alive=75,
        timeout_graceful_shutdown=END_SECONDS,
        backlog=WAITING_CONNECTIONS,
    )


class _Server(uvicorn.Server):
    """Leaves the signals to us: after the last request there is still something to put away."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


async def _close_services(program: main.Program) -> None:
    """What is in hand is finished, the newest service first."""
    for service in reversed([*program.services.others.values()]):
        if isinstance(service, Closable):
            try:
                async with asyncio.timeout(END_SECONDS):
                    await service.close()
            except Exception:  # noqa: BLE001 - the others must still be closed
                log.get("program").exception("service_not_closed", service=type(service).__name__)
