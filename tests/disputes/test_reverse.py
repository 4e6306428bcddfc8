"""A ruling taken back: money, points, the case and the record stand as if it had never been."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests.disputes.court import Court
from xiaoer.disputes.actions import appeal
from xiaoer.disputes.actions.reverse import Reversal, reverse
from xiaoer.disputes.model.wishes import RulingWish
from xiaoer.disputes.queries import rulings
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import APP, SYSTEM, Connection, connect
from xiaoer.plumbing.pool import Pool

SHOW = {"kind": "photo_video", "text": "裂纹", "shows": ["item", "label"]}


async def decided(court: Court, **changes: Any) -> dict[str, Any]:
    """A dispute ruled for the buyer and carried out."""
    dispute = await court.in_evidence()
    await court.acted("buyer", dispute["id"], "show", SHOW)
    await court.past(dispute["id"])
    await court.ruled(dispute["id"], **changes)
    await court.acted("agent", dispute["id"], "execute")
    return await court.seen("officer", dispute["id"])


async def taken_back(
    court: Court, ruling: str, *, id: UUID | None = None, new_ruling: RulingWish | None = None
) -> Reversal:
    by = court.people.get("officer2")
    person = by.id if by else await court.another_officer()
    async with court.database.transaction(court.tenant) as tx:
        return await reverse(
            tx,
            UUID(ruling),
            id=id or new_id(),
            by=person,
            why="申诉成立",
            new_ruling=new_ruling,
            now=court.now,
        )  # fmt: skip


async def funds(court: Court) -> dict[str, int]:
    rows = await court.owner.fetch(
        "select kind, balance_minor from ledger.account where tenant = $1 and kind like 'shop%'", court.tenant
    )
    return {kind: amount for kind, amount in rows if amount}


async def explained(court: Court, ruling: str) -> None:
    """Why a ruling gave what it gave is told to its parties and the marketplace's people, to nobody else."""
    places = {"buyer": "/public/v1/me", "agent": f"/api/v1/shops/{court.shop}", "officer": "/platform/v1"}
    for who, place in places.items():
        why = await court.client(who).get(f"{place}/rulings/{ruling}/why")
        assert {"disputes.burden", "disputes.remedies"} <= {one["table"] for one in why.json}
    path = f"/public/v1/me/rulings/{ruling}/why"
    assert (await court.client("other_buyer").get(path)).status == 404
    assert (await court.client("officer").get(f"/platform/v1/rulings/{new_id()}/why")).status == 404


class Counting(Pool):
    """A pool that counts how often a connection is taken from it."""

    taken = 0

    async def acquire(self, tenant: UUID | None = None) -> Connection:
        self.taken += 1
        return await super().acquire(tenant)


@pytest.fixture
async def readers(database_url: str) -> AsyncIterator[Counting]:
    pool = Counting(lambda: connect(database_url, APP), 2)
    yield pool
    await pool.close()


async def test_why_a_ruling_gave_what_it_gave_is_read_at_once(
    database_url: str, owner: Connection, readers: Counting
) -> None:
    writers = Pool(lambda: connect(database_url, APP), 2)
    system = Pool(lambda: connect(database_url, SYSTEM), 2)
    watched = Database(database_url, writers=writers, readers=readers, system=system)
    court = await Court.open(watched, owner)
    ruling = (await decided(court))["ruling"]["id"]
    path = f"/platform/v1/rulings/{ruling}"
    await court.client("officer").get(path)  # who calls is remembered from here on
    before = readers.taken
    assert (await court.client("officer").get(path)).status == 200
    once = readers.taken - before
    assert (await court.client("officer").get(f"{path}/why")).status == 200
    assert readers.taken - before - once == once
    await watched.close()


async def test_before_the_money_moved_everything_is_as_before(court: Court) -> None:
    before = await funds(court)
    dispute = await decided(court)
    assert (await court.case(dispute["case_id"]))["state"] == "paying"
    assert await funds(court) != before
    done = await taken_back(court, dispute["ruling"]["id"])
    await court.settle()
    assert (done.effects, done.in_hand_minor) == (1, 0)
    assert await funds(court) == before
    assert await court.paid_out() == []
    assert (await court.case(dispute["case_id"]))["state"] == "with_people"
    after = await court.seen("buyer", dispute["id"])
    assert (after["state"], after["ruling"]) == ("closed", None)
    assert after["rulings"][0]["reversed_why"] == "申诉成立"
    await court.prove_court()


async def test_what_the_buyer_has_in_hand_the_marketplace_bears(court: Court) -> None:
    before = await funds(court)
    dispute = await decided(court)
    await court.settle()
    assert [amount for _, amount in await court.paid_out()] == [10_000]
    done = await taken_back(court, dispute["ruling"]["id"])
    await court.settle()
    assert done.in_hand_minor == 10_000
    assert await funds(court) == before
    assert (await court.case(dispute["case_id"]))["refunded_minor"] == 0
    await court.prove_court()


async def test_points_measures_and_gifts_are_undone(court: Court) -> None:
    shop = str(court.shop)
    penalty = {"subject_kind": "shop", "subject": shop, "offence": "improper_gain", "grade": "general"}
    gift = {"kind": "points", "bearer": "marketplace", "purpose": "ruling", "points": 300}
    money = [{"kind": "freight", "payer": "shop", "amount_minor": 1_200, "basis": "T-027"}]
    before = await funds(court)
    dispute = await decided(court, penalty=penalty, grant=gift, money=money)
    async with court.database.read(court.tenant) as tx:
        kinds = [one.kind for one in await rulings.effects(tx, UUID(dispute["ruling"]["id"]))]
    assert sorted(kinds) == ["case", "grant", "grant", "penalty"]
    await explained(court, dispute["ruling"]["id"])
    await court.settle()
    await taken_back(court, dispute["ruling"]["id"])
    await court.settle()
    assert await funds(court) == before
    points = "select coalesce(sum(points), 0) from penalties.entry where subject = $1"
    assert await court.owner.fetchval(points, court.shop) == 0
    standing = "select count(*) from measures.measure where subject = $1 and ended_at is null"
    assert await court.owner.fetchval(standing, court.shop) == 0
    undone = await court.owner.fetch("select undone_at is not null from disputes.effect")
    assert all(one for (one,) in undone)
    await court.prove_court()


async def test_a_new_ruling_does_not_pay_twice(court: Court) -> None:
    dispute = await decided(court)
    await court.settle()
    ruled = dispute["ruling"]
    issue = {"issue": ruled["issues"][0]["issue"], "outcome": "partial", "favour": "claimant"}
    wish = {
        "issues": [issue | {"amount_minor": 4_000}], "facts_found": ["只有一处划痕"],
        "used": ruled["used"], "text": "退一部分",
    }  # fmt: skip
    before = await funds(court)
    done = await taken_back(court, ruled["id"], new_ruling=msgspec.convert(wish, RulingWish))
    await court.settle()
    assert done.new_ruling is not None
    assert [amount for _, amount in await court.paid_out()] == [10_000]  # he has more than that in hand
    after = await funds(court)
    assert after["shop_balance"] - before["shop_balance"] == 6_000
    seen = await court.seen("buyer", dispute["id"])
    assert (seen["round"], seen["ruling"]["outcome"], seen["state"]) == (2, "partial", "closed")
    await court.prove_court()


async def test_money_under_way_is_undone_when_the_provider_has_spoken(court: Court) -> None:
    dispute = await decided(court)
    before = await funds(court)
    await court.owner.execute("update ledger.payout set state = 'paying'")
    await taken_back(court, dispute["ruling"]["id"])
    assert await funds(court) == before
    await court.owner.execute("update ledger.payout set state = 'ordered'")
    await court.settle()
    assert (await funds(court))["shop_balance"] - before["shop_balance"] == 10_000
    assert await court.owner.fetchval("select count(*) from disputes.effect where undone_at is null") == 0
    await court.prove_court()


async def test_the_same_reversal_twice_undoes_once(court: Court) -> None:
    dispute = await decided(court)
    await court.settle()
    key = new_id()
    await taken_back(court, dispute["ruling"]["id"], id=key)
    after = await funds(court)
    await taken_back(court, dispute["ruling"]["id"], id=key)
    assert await funds(court) == after
    with pytest.raises(Refusal, match="reversed_already"):
        await taken_back(court, dispute["ruling"]["id"])


async def test_nobody_reverses_what_he_ruled_or_what_was_not_done(court: Court) -> None:
    dispute = await decided(court)
    officer = court.people["officer"].id
    async with court.database.transaction(court.tenant) as tx:
        assert officer in await rulings.judges(tx, UUID(dispute["id"]))
        ruling = UUID(dispute["ruling"]["id"])
        with pytest.raises(Refusal, match="judged_it_before"):
            await reverse(tx, ruling, id=new_id(), by=officer, why="不", now=court.now)
    waiting = await court.in_hearing()
    ruled = await court.ruled(waiting["id"])
    with pytest.raises(Refusal, match="not_executed"):
        await taken_back(court, ruled["ruling"]["id"])


async def test_an_appeal_waits_and_ends(court: Court) -> None:
    dispute = await court.in_hearing()
    ruled = await court.ruled(dispute["id"])
    ruling, lodged = UUID(ruled["ruling"]["id"]), new_id()
    async with court.database.transaction(court.tenant) as tx:
        after = await appeal.lodged(tx, ruling, lodged, court.now)
    assert after.state == "under_appeal"
    await court.past(dispute["id"])
    assert (await court.dispute(dispute["id"])).state == "under_appeal"
    async with court.database.transaction(court.tenant) as tx:
        assert (await appeal.dismissed(tx, ruling, lodged, court.now)).state == "closed"
        assert (await appeal.dismissed(tx, ruling, lodged, court.now)).state == "closed"
    await court.later(days=1, seconds=timedelta(hours=1).total_seconds())
    await court.prove_court()
