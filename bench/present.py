"""Agents who stay at their desks for a whole run: whoever leaves loses his conversations after a while.

`python -m bench.present PORT` reads credentials from standard input, one a line up to an empty one, says
`here` when all are greeted, and leaves when its input ends.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Generator, Sequence

import msgspec

from bench.place import HOST, ROOT, Served
from bench.wire import Socket


@contextlib.contextmanager
def present(served: Served, tokens: Sequence[str]) -> Generator[None]:
    """They are there until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.present", str(served.port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{one}\n" for one in [*tokens, ""]).encode())
        process.stdin.flush()
        process.stdout.readline()
        try:
            yield
        finally:
            process.stdin.close()


async def stay(port: int, tokens: Sequence[str]) -> None:
    """Greet, and stay until standard input ends."""
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    for token in tokens:
        socket = await Socket.open(HOST, port, lambda _socket, text: heard.put_nowait(text))
        socket.say(msgspec.json.encode({"t": "hello", "token": token}))
        await heard.get()
    print("here", flush=True)
    await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Credentials in, presence out."""
    tokens: list[str] = []
    while token := sys.stdin.readline().strip():
        tokens.append(token)
    asyncio.run(stay(int(sys.argv[1]), tokens))


if __name__ == "__main__":
    main()
