"""A client that is told it asks too often waits and asks again; whatever else is refused stays refused."""

from typing import Any

import pytest

from xiaoer.cli.wire import PATIENT_SECONDS, ServerSaidNo, patiently


class Door:
    """Answers with refusals first."""

    def __init__(self, *refusals: dict[str, Any]) -> None:
        self.left = list(refusals)
        self.asked = 0

    async def ask(self) -> str:
        self.asked += 1
        if self.left:
            raise ServerSaidNo(429, self.left.pop(0))
        return "come in"


def often(seconds: float) -> dict[str, Any]:
    return {"code": "plumbing.too_many", "facts": {"retry_after_seconds": seconds}}


async def test_who_asks_too_often_is_let_in_later():
    door = Door(often(0), often(0))
    assert await patiently(door.ask) == "come in"
    assert door.asked == 3


@pytest.mark.parametrize(
    "error",
    [often(PATIENT_SECONDS + 1), {"code": "guard.must_be_changed", "facts": {"findings": []}}, {}],
    ids=["a-long-pause", "another-reason", "no-reason"],
)
async def test_everything_else_is_told_at_once(error: dict[str, Any]):
    door = Door(error)
    with pytest.raises(ServerSaidNo):
        await patiently(door.ask)
    assert door.asked == 1
