"""What a ruling does, it does once: asked twice at the same time, or killed in the middle."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.disputes.court import Court
from xiaoer.disputes.actions import clock, effects
from xiaoer.disputes.actions.known import ground
from xiaoer.disputes.model.court import Dispute
from xiaoer.disputes.queries import rulings

PICTURE = {"kind": "photo_video", "text": "裂纹", "shows": ["item", "label"]}


class Killed(Exception):
    """The process is gone."""


async def killed(court: Court, dispute: Dispute, ruling: UUID) -> None:
    """Everything is done, and then the process is gone before it is committed."""
    async with court.database.transaction(court.tenant) as tx:
        under = await ground(tx, dispute.shop, dispute.rules_at)
        await effects.perform(tx, dispute, await rulings.ruling(tx, ruling), under, now=court.now)
        raise Killed


async def ruled(court: Court) -> dict[str, Any]:
    dispute = await court.in_evidence()
    await court.acted("buyer", dispute["id"], "show", PICTURE)
    await court.past(dispute["id"])
    money = [{"kind": "test", "payer": "shop", "amount_minor": 700, "basis": "T-027"}]
    return await court.ruled(dispute["id"], money=money)


async def test_two_who_carry_it_out_at_once_do_it_once(court: Court) -> None:
    dispute = await ruled(court)
    answers = await asyncio.gather(
        *(
            court.acts(who, dispute["id"], "execute")
            for who in ("agent", "officer", "administrator", "manager")
        )
    )
    assert sorted(one.status for one in answers) == [200, 403, 409, 409]
    await court.settle()
    assert sorted(amount for _, amount in await court.paid_out()) == [700, 10_000]
    async with court.database.read(court.tenant) as tx:
        done = await rulings.effects(tx, UUID(dispute["ruling"]["id"]))
    assert [one.kind for one in done] == ["case", "grant"]
    await court.prove_court()


async def test_killed_in_the_middle_nothing_stays_and_the_clock_does_it_again(court: Court) -> None:
    dispute = await ruled(court)
    found = await court.dispute(dispute["id"])
    before = await court.written()
    assert found.due_at is not None
    with pytest.raises(Killed):
        await killed(court, found, UUID(dispute["ruling"]["id"]))
    assert await court.written() == before
    await court.past(dispute["id"])
    async with court.database.transaction(court.tenant) as tx:
        assert await clock.fell_due(tx, found.id, "disputes.execution", court.now) is None
    await court.settle()
    assert sorted(amount for _, amount in await court.paid_out()) == [700, 10_000]
    await court.prove_court()
