"""A penalty is imposed, its measures run, the exam ends them, the year ends, it is taken back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests import make
from tests.penalties.samples import impose, wish
from xiaoer.kernel.refusal import Refusal
from xiaoer.measures.actions import clock as measure_clock
from xiaoer.measures.queries import measures
from xiaoer.penalties.actions import exam, reverse, year
from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.actions.settle import settle
from xiaoer.penalties.events import PenaltyImposed, PenaltyReversed
from xiaoer.penalties.queries import penalties
from xiaoer.penalties.rules.exam import questions
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook import queries as books

DAY = timedelta(days=1)
GOOD = {name: one.right for name, one in questions().items()}


@pytest.fixture
async def shop(tx: Tx, now: datetime) -> UUID:
    await make.marketplace_in(tx, now=now)
    return (await make.shop_in(tx, now=now)).id


async def kinds(tx: Tx, subject: UUID, at: datetime) -> set[str]:
    return {one.kind for one in await measures.in_force(tx, subject, at)}


async def points(tx: Tx, subject: UUID) -> dict[str, int]:
    return {one.track: one.points for one in await penalties.balance(tx, subject) if one.points}


async def undo(tx: Tx, penalty: UUID, at: datetime) -> None:
    await reverse.reverse(tx, penalty, id=new_id(), why="证据不足", by=new_id(), now=at)


async def test_twelve_points_shield_the_shop_with_reasons_and_a_notice(
    tx: Tx, shop: UUID, now: datetime
) -> None:
    made = await impose(tx, shop, now)
    assert (made.row_id, made.points, made.state) == ("D5-2", 12, "appealable")
    assert made.appeal_until == now + 15 * DAY
    assert await points(tx, shop) == {"B": 12}
    held = await measures.in_force(tx, shop, now)
    assert {one.kind for one in held} >= {"shield_shop", "limit_publishing", "public_warning"}
    for one in held:
        assert one.ends_at == now + 7 * DAY
        assert one.statement.facts == made.facts
        assert (one.statement.row, one.statement.appeal_until) == ("D5b-n12", made.appeal_until)
        assert one.told_at <= one.begins_at
        assert one.published_at is not None
    why = await books.why(tx, "penalty", made.id)
    assert [one.row for one in why] == ["D5-2", "D5b-n12"]
    assert [type(one) for one in tx.published if isinstance(one, PenaltyImposed)] == [PenaltyImposed]


async def test_the_same_wish_twice_is_one_penalty(tx: Tx, shop: UUID, now: datetime) -> None:
    one, book = wish(shop), await books.book(tx, None, now)
    assert await penalise(tx, one, book, now) == await penalise(tx, one, book, now)
    assert await points(tx, shop) == {"B": 12}


async def test_what_no_rule_names_is_not_penalised(tx: Tx, shop: UUID, now: datetime) -> None:
    for offence, grade in (("late_dispatch", "serious"), ("fake_goods", "withdrawn"), ("abuse", "minor")):
        with pytest.raises(Refusal, match="penalties.unlisted"):
            await impose(tx, shop, now, offence, grade)
    with pytest.raises(Refusal, match="penalties.no_facts"):
        await impose(tx, shop, now, facts="  ")
    assert await penalties.page(tx) == []
    assert await points(tx, shop) == {}


async def test_a_second_node_replaces_the_first(tx: Tx, shop: UUID, now: datetime) -> None:
    await impose(tx, shop, now)
    await impose(tx, shop, now + 2 * DAY)
    held = await measures.in_force(tx, shop, now + 2 * DAY)
    assert {one.ends_at for one in held} == {now + 16 * DAY}
    assert "take_down_goods" in {one.kind for one in held}
    assert len([one for one in held if one.kind == "shield_shop"]) == 1


async def test_forty_eight_points_seal_and_taking_it_back_opens_again(
    tx: Tx, shop: UUID, now: datetime
) -> None:
    first = await impose(tx, shop, now)
    grave = await impose(tx, shop, now + DAY, grade="especially_serious")
    assert (grave.points, grave.next) == (48, "police")
    assert await kinds(tx, shop, now + DAY) == {"seal_account", "public_warning"}
    await undo(tx, grave.id, now + 2 * DAY)
    assert await points(tx, shop) == {"B": 12}
    held = await measures.in_force(tx, shop, now + 2 * DAY)
    assert {one.source for one in held} == {first.id}
    assert {one.ends_at for one in held} == {now + 7 * DAY}, "what was put aside comes back for its rest"
    assert "seal_account" not in {one.kind for one in held}
    corrected = [one for one in await measures.of_sources(tx, [grave.id]) if one.ended_why == "reversed"]
    assert len(corrected) == 2
    assert isinstance(tx.published[-1], PenaltyReversed)


async def test_points_are_entries_and_counter_entries(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose(tx, shop, now)
    counter = new_id()
    await reverse.reverse(tx, made.id, id=counter, why="x", by=new_id(), now=now + DAY)
    await reverse.reverse(tx, made.id, id=new_id(), why="again", by=new_id(), now=now + DAY)
    lines = await penalties.entries(tx, shop)
    assert sorted((one.points, one.reason) for one in lines) == [(-12, "reversed"), (12, "imposed")]
    assert {one.id for one in lines if one.reason == "reversed"} == {counter}
    assert await points(tx, shop) == {}
    assert await kinds(tx, shop, now + DAY) == set()


async def test_whoever_decided_it_does_not_take_it_back(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose(tx, shop, now)
    with pytest.raises(Refusal, match="penalties.own_decision"):
        await reverse.reverse(tx, made.id, id=new_id(), why="x", by=made.decided_by, now=now)
    assert (await penalties.penalty(tx, made.id)).state == "appealable"
    assert await points(tx, shop) == {"B": 12}


async def test_a_repeat_that_was_none_is_decided_again(tx: Tx, shop: UUID, now: datetime) -> None:
    first = await impose(tx, shop, now, grade="general")
    second = await impose(tx, shop, now + DAY, grade="general")
    assert (first.row_id, second.row_id) == ("D5-1", "D5-2a")
    assert await points(tx, shop) == {"B": 12}
    await undo(tx, first.id, now + 2 * DAY)
    assert await points(tx, shop) == {}
    held = await measures.in_force(tx, shop, now + 2 * DAY)
    assert [(one.kind, one.ends_at) for one in held] == [("shield_shop", now + 8 * DAY)]


async def test_the_exam_ends_what_waits_for_it(tx: Tx, shop: UUID, now: datetime) -> None:
    await impose(tx, shop, now)
    book, later, person = await books.book(tx, None, now), now + 7 * DAY, new_id()
    for one in await measures.in_force(tx, shop, now):
        await measure_clock.end_rang(tx, one.id, later)
    assert await kinds(tx, shop, later) >= {"shield_shop"}
    failed = await exam.sit(tx, shop, {}, id=new_id(), person=person, book=book, now=later)
    assert not failed.passed
    with pytest.raises(Refusal, match="penalties.exam_too_soon"):
        await exam.sit(tx, shop, GOOD, id=new_id(), person=person, book=book, now=later)
    passed = await exam.sit(tx, shop, GOOD, id=new_id(), person=person, book=book, now=later + DAY)
    assert passed.passed
    assert await kinds(tx, shop, later + DAY) == set()


async def test_the_year_ends_and_fakes_are_carried_over(tx: Tx, shop: UUID, now: datetime) -> None:
    await impose(tx, shop, now)
    await impose(tx, shop, now, "fake_goods", "serious")
    after = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert await year.close_some(tx, None, after) is None
    assert await points(tx, shop) == {"C": 24}
    assert await year.close_some(tx, None, after + DAY) is None, "done twice it comes to the same"
    assert await points(tx, shop) == {"C": 24}
    assert await year.close_some(tx, None, datetime(2027, 12, 31, 16, 0, tzinfo=UTC)) is None
    assert await points(tx, shop) == {}


@pytest.mark.parametrize("missed", [1, 2, 3])
async def test_years_that_ended_while_nothing_ran_are_closed_in_order(
    tx: Tx, shop: UUID, now: datetime, missed: int
) -> None:
    """However many year ends were missed, points and years stand as if each had been closed on time."""
    on_time = (await make.shop_in(tx, now=now)).id
    for subject in (shop, on_time):
        await impose(tx, subject, now)
        await impose(tx, subject, now, "fake_goods", "serious")
    ends = [datetime(2026 + place, 12, 31, 16, 0, tzinfo=UTC) for place in range(missed)]
    for end in ends:
        await settle(tx, "shop", on_time, end, why="replaced", reason="year_end")
    back = ends[-1] + timedelta(days=20)
    years = await year.years_to_close(tx, back)
    assert list(years) == [2026 + place for place in range(missed)]
    assert await year.close_some(tx, None, back) is None
    assert await year.close_years(tx, years, back) == missed
    assert await points(tx, shop) == await points(tx, on_time) == ({"C": 24} if missed == 1 else {})
    assert await kinds(tx, shop, back) == await kinds(tx, on_time, back)
    assert list(await year.years_to_close(tx, back)) == []
    assert await year.close_years(tx, years, back) == 0


async def test_before_the_first_penalty_only_the_last_year_is_closed(tx: Tx, shop: UUID) -> None:
    after = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert list(await year.years_to_close(tx, after - timedelta(seconds=1))) == [2025]
    assert list(await year.years_to_close(tx, after)) == [2026]


async def test_taken_back_after_the_year_nothing_is_owed(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose(tx, shop, now)
    after = datetime(2027, 1, 2, tzinfo=UTC)
    await year.close_some(tx, None, after)
    await undo(tx, made.id, after + DAY)
    assert await points(tx, shop) == {}


async def test_three_strikes_seal(tx: Tx, shop: UUID, now: datetime) -> None:
    moments = [now, now + 60 * DAY, now + 120 * DAY]
    made = [await impose(tx, shop, at, "fake_goods", "general") for at in moments]
    assert "seal_account" in await kinds(tx, shop, moments[-1])
    await undo(tx, made[0].id, moments[-1] + DAY)
    assert "seal_account" not in await kinds(tx, shop, moments[-1] + DAY)


async def test_the_ladder_of_the_marketplace_is_a_rule(tx: Tx, shop: UUID, now: datetime) -> None:
    await rulebook.set_value(
        tx,
        shop=None,
        name="penalties.abuse_ladder",
        value="tmall_2022",
        reason="x",
        author=new_id(),
        now=now,
        effective_from=now + 30 * DAY,
    )
    made = await impose(tx, shop, now + 30 * DAY, grade="general")
    assert (made.row_id, made.points, made.pays_minor) == ("D5-U1", 2, 100_000)


async def test_a_buyer_is_limited_and_never_pointed(tx: Tx, now: datetime) -> None:
    await make.marketplace_in(tx, now=now)
    buyer = (await make.person_in(tx, now=now)).id
    made = await impose(tx, buyer, now, subject_kind="person")
    assert (made.points, made.row_id) == (0, "D5-8")
    assert await kinds(tx, buyer, now) == {"limit_messages", "limit_buying"}
    assert await measures.notices(tx, await books.book(tx, None, now), now) == []


async def test_the_appeal_window_closes(tx: Tx, shop: UUID, now: datetime) -> None:
    made = await impose(tx, shop, now)
    await reverse.window_over(tx, made.id, made.appeal_until)
    assert (await penalties.penalty(tx, made.id)).state == "final"


async def test_what_ran_out_is_left_to_its_clock(tx: Tx, shop: UUID, now: datetime) -> None:
    first = await impose(tx, shop, now, grade="general")
    await impose(tx, shop, now + 30 * DAY, "late_dispatch", "general")
    [shield] = await measures.of_sources(tx, [first.id])
    assert shield.state == "in_force"
    await measure_clock.end_rang(tx, shield.id, now + 30 * DAY)
    [shield] = await measures.of_sources(tx, [first.id])
    assert shield.ended_why == "over"
