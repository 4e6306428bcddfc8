"""PostgreSQL stands still without failing: everything is refused soon, and afterwards everything goes on."""

import asyncio
import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests import make
from tests.faults.installation import Installation, Process
from tests.faults.stage import Stage


@contextmanager
def standing_still(postmaster: int) -> Generator[None]:
    """The server and all its backends take their connections and say nothing."""
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    everybody = [postmaster, *map(int, children)]
    for pid in everybody:
        _tell(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in everybody:
            _tell(pid, signal.SIGCONT)


def _tell(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return  # a worker that had just ended


async def test_while_it_stands_still_everything_is_refused_soon(
    installation: Installation, server: Process, stage: Stage
):
    account = stage.account(stage.conversations[0], "buyer")
    wish = {"client_id": "still", "text": "在吗"}
    talk = stage.talk
    fresh = await make.session(talk.database, talk.tenant, talk.people["agent"])
    unseen = {"Authorization": f"Bearer {fresh}"}
    async with account.http() as http, httpx.AsyncClient(base_url=server.url, timeout=10) as probe:
        assert (await http.post(account.entries, json=wish | {"client_id": "before"})).status_code == 201
        with standing_still(installation.postmaster):
            reading = asyncio.ensure_future(http.get(account.entries, timeout=60))
            sent = await http.post(account.entries, json=wish)
            assert (sent.status_code, sent.json()["error"]["code"]) == (503, "conversations.not_sent")
            assert sent.headers["retry-after"] == "1"
            assert (await probe.get("/health/live", headers=unseen)).status_code == 200
            assert (await probe.get("/health/live", headers={"Cookie": f"xiaoer_session={fresh}"})).is_success
            assert (await probe.get("/health/ready", headers=unseen)).status_code == 503
            unsure = await probe.get("/public/v1/me", headers=unseen)
            assert (unsure.status_code, unsure.json()["error"]["code"]) == (503, "plumbing.timed_out")
            read = await reading
            assert (read.status_code, read.json()["error"]["code"]) == (503, "plumbing.database_busy")
        await server.ready()
        assert (await http.post(account.entries, json=wish)).status_code == 201
    entries = await stage.whole(account.conversation)
    assert [entry.text for entry in entries if entry.role == "buyer"] == ["在吗", "在吗"]
