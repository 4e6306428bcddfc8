"""What is written, told and clocked when a measure begins, rests and ends."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests import make
from tests.measures.samples import REASONS, wish
from xiaoer.clocks import queries as clocks
from xiaoer.kernel.refusal import Refusal
from xiaoer.measures.actions import clock, impose
from xiaoer.measures.events import MeasureBegan, MeasureEnded, NoticeLate
from xiaoer.measures.queries import measures
from xiaoer.measures.queries.standing import stopped_now
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook import queries as books

DAY = timedelta(days=1)


@pytest.fixture
async def shop(tx: Tx, now: datetime) -> UUID:
    await make.marketplace_in(tx, now=now)
    return (await make.shop_in(tx, now=now)).id


async def names(tx: Tx, measure: UUID) -> dict[str, datetime]:
    return {one.name: one.due_at for one in await clocks.running(tx, [measure])}


async def by_person(tx: Tx, now: datetime) -> None:
    await rulebook.set_value(
        tx,
        shop=None,
        name="measures.published_by",
        value="person",
        reason="x",
        author=new_id(),
        now=now,
    )


async def test_it_begins_with_its_reasons_its_notice_and_its_clock(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now), now)
    assert (made.state, made.statement, made.published_at) == ("in_force", REASONS, now)
    assert made.told_at <= made.begins_at
    assert await names(tx, made.id) == {"measures.end": now + 7 * DAY}
    assert [one.id for one in await measures.in_force(tx, shop, now)] == [made.id]
    told = [one for one in tx.published if isinstance(one, MeasureBegan)]
    assert [one.subject for one in told] == [shop]
    refused = await stopped_now(tx, "shop", shop, "shops", now, who="other")
    assert refused is not None
    assert (refused.code, refused.row) == ("measures.in_force", "shield_shop")
    assert await stopped_now(tx, "shop", shop, "message", now) is None
    assert await stopped_now(tx, "shop", shop, "running", now) is None


async def test_the_same_wish_twice_is_one_measure(tx: Tx, shop: UUID, now: datetime) -> None:
    one = wish(shop, now)
    assert await impose.begin(tx, one, now) == await impose.begin(tx, one, now)
    assert len(await measures.of_subject(tx, shop)) == 1


async def test_reasons_are_never_told_after_the_start(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now, begins_at=now - DAY), now)
    assert made.begins_at == now == made.told_at


@pytest.mark.parametrize("source", ["block", "officer"])
async def test_a_block_needs_an_end_or_a_review(tx: Tx, shop: UUID, now: datetime, source: str) -> None:
    with pytest.raises(Refusal, match="measures.needs_an_end"):
        await impose.begin(tx, wish(shop, now, source_kind=source, ends_at=None), now)
    assert await measures.of_subject(tx, shop) == []
    made = await impose.begin(
        tx, wish(shop, now, source_kind=source, ends_at=None, review_at=now + 30 * DAY), now
    )
    assert await names(tx, made.id) == {"measures.review": now + 30 * DAY}


async def test_its_time_runs_out(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now), now)
    assert not made.binds(now + 7 * DAY), "even when the clock is late"
    await clock.end_rang(tx, made.id, now + 7 * DAY)
    ended = await measures.measure(tx, made.id)
    assert (ended.state, ended.ended_why) == ("ended", "over")
    assert await names(tx, made.id) == {}
    assert isinstance(tx.published[-1], MeasureEnded)


async def test_it_waits_for_the_exam_and_ends_with_it(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now, exam=True), now)
    later = now + 7 * DAY
    await clock.end_rang(tx, made.id, later)
    waiting = await measures.measure(tx, made.id)
    assert waiting.state == "awaiting_exam"
    assert waiting.binds(later + DAY)
    assert (await names(tx, made.id)).keys() == {"measures.review"}
    ended = await impose.pass_exam(tx, made.id, new_id(), later + DAY)
    assert (ended.state, ended.ended_why) == ("ended", "over")


async def test_an_exam_passed_early_ends_it_on_time(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now, exam=True), now)
    passed = await impose.pass_exam(tx, made.id, new_id(), now + DAY)
    assert passed.state == "in_force"
    await clock.end_rang(tx, made.id, now + 7 * DAY)
    assert (await measures.measure(tx, made.id)).state == "ended"


async def test_while_it_is_set_aside_its_time_does_not_run(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now), now)
    officer = new_id()
    await impose.suspend(tx, made.id, officer, now + DAY)
    assert await stopped_now(tx, "shop", shop, "shops", now + DAY, who="other") is None
    assert (await names(tx, made.id)).keys() == {"measures.review"}
    await clock.end_rang(tx, made.id, now + 7 * DAY)  # a clock that was on its way
    assert (await measures.measure(tx, made.id)).state == "suspended"
    back = await impose.resume(tx, made.id, officer, now + 4 * DAY)
    assert back.ends_at == now + 10 * DAY
    assert await names(tx, made.id) == {"measures.end": now + 10 * DAY}
    assert [one.event for one in await measures.history(tx, made.id)] == ["begin", "suspend", "resume"]


async def test_one_that_has_ended_stays_as_it_ended(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose.begin(tx, wish(shop, now), now)
    lifted = await impose.end(tx, made.id, "lifted", now + DAY, by=new_id(), text="已经改正")
    assert await impose.end(tx, made.id, "reversed", now + 2 * DAY) == lifted
    with pytest.raises(Refusal, match="measures.not_now"):
        await impose.suspend(tx, made.id, None, now + 2 * DAY)
    assert len(await measures.history(tx, made.id)) == 2


async def test_a_person_publishes_within_a_working_day_or_the_alarm_rings(
    tx: Tx, shop: UUID, now: datetime
) -> None:
    await by_person(tx, now)
    made = await impose.begin(tx, wish(shop, now), now)
    assert made.published_at is None
    assert made.publish_by is not None
    assert (await names(tx, made.id))["measures.publish"] == made.publish_by
    await clock.publish_rang(tx, made.id, made.publish_by)
    assert [type(one) for one in tx.published if isinstance(one, NoticeLate)] == [NoticeLate]
    assert (await measures.page(tx, late=True))[0].late
    published = await impose.publish_notice(tx, made.id, made.publish_by + DAY)
    assert published.late, "it stays on record"
    assert "measures.publish" not in await names(tx, made.id)
    with pytest.raises(Refusal, match="measures.nothing_to_publish"):
        await impose.publish_notice(tx, made.id, made.publish_by + DAY)


async def test_the_public_reads_shops_never_people_and_corrections(tx: Tx, shop: UUID, now: datetime) -> None:
    buyer = await make.person_in(tx, now=now)
    made = await impose.begin(tx, wish(shop, now), now)
    hers = wish(buyer.id, now, subject_kind="person", kind="limit_messages")
    assert (await impose.begin(tx, hers, now)).publish_by is None
    book = await books.book(tx, None, now)
    [line] = await measures.notices(tx, book, now)
    assert (line.id, line.shop_name, line.corrected_at) == (made.id, "山间茶铺", None)
    await impose.end(tx, made.id, "reversed", now + DAY)
    [line] = await measures.notices(tx, book, now + 2 * DAY)
    assert line.corrected_at == now + DAY
    assert await measures.notices(tx, book, now + 40 * DAY) == []


async def test_one_in_a_single_shop_binds_there_alone(tx: Tx, shop: UUID, now: datetime) -> None:
    buyer = await make.person_in(tx, now=now)
    await impose.begin(tx, wish(buyer.id, now, subject_kind="person", kind="limit_messages", scope=shop), now)
    assert await stopped_now(tx, "person", buyer.id, "message", now, shop=shop) is not None
    assert await stopped_now(tx, "person", buyer.id, "message", now, shop=new_id()) is None
