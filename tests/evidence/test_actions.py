"""Sealing, opening, days and packs against the database."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec import structs

from tests import make
from tests.conversations.talk import Talk
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.evidence import queries
from xiaoer.evidence.actions.days import close_next_day
from xiaoer.evidence.actions.items import show_item
from xiaoer.evidence.actions.open import open_number
from xiaoer.evidence.actions.pack import make_pack
from xiaoer.evidence.actions.seal import seal_stretch
from xiaoer.evidence.jobs import DayCloser
from xiaoer.evidence.model import ItemWish, OpenWish, Seal, SealWish
from xiaoer.evidence.rules.sign import Signer
from xiaoer.evidence.rules.verify import verify
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.files import FileStore
from xiaoer.plumbing.settings import Settings
from xiaoer.rulebook import queries as rulebook

SIGNER = Signer(b"s" * 32)
CASE, OTHER_CASE = UUID(int=1), UUID(int=2)


def settings(home: Path) -> Settings:
    return Settings(home=home, data=home, secret=make.SECRET)


async def seal(
    talk: Talk, who: str = "buyer", *, first: int = 1, last: int = 3, deed: str = "evidence.seal"
) -> Seal:
    wish = SealWish(first=first, last=last, purpose="complaint", reason="客服骂人")
    async with talk.database.transaction(talk.tenant) as tx:
        book = await rulebook.book(tx, None, talk.now)
        return await seal_stretch(
            tx, book, SIGNER, speaker_of(talk.actor(who), deed), conversation=talk.conversation, wish=wish,
            id=new_id(), shop=None, now=talk.now,
        )  # fmt: skip


async def refused(talk: Talk, who: str = "buyer", *, first: int = 1, last: int = 3) -> str:
    with pytest.raises(Refusal) as caught:
        await seal(talk, who, first=first, last=last)
    async with talk.database.read(talk.tenant) as tx:
        assert await tx.fetchval("select count(*) from evidence.seal") == 0
    return caught.value.refused.code


async def version(talk: Talk) -> int:
    return (await talk.thread()).version


async def open_it(talk: Talk, number: str, case: UUID = CASE, purpose: str = "complaint") -> Seal:
    wish = OpenWish(purpose=purpose, case=case, reason="审理")  # type: ignore[arg-type]
    async with talk.database.transaction(talk.tenant) as tx:
        return await open_number(
            tx, talk.actor("officer"), number, wish, way="read", id=new_id(), now=talk.now
        )


async def packed(talk: Talk, made: Seal, home: Path) -> bytes:
    files = FileStore.open(settings(home))
    return await make_pack(talk.database, files, talk.tenant, made, SIGNER, now=talk.now)


async def test_a_party_seals_and_a_stranger_does_not(talk: Talk) -> None:
    assert await refused(talk, "other_buyer") == "conversations.not_found"
    made = await seal(talk)
    async with talk.database.read(talk.tenant) as tx:
        kept = await queries.seal(tx, made.number)
        seen = await queries.opened(tx, kept)
    assert kept == made
    assert seen.fault is None
    assert next(line.text for line in seen.messages if line.role == "buyer") == "第1句：衣服破了"
    assert {one.name for one in seen.people} >= {talk.people["buyer"].display_name}


async def test_what_is_not_there_is_not_sealed(talk: Talk) -> None:
    assert await refused(talk, last=await version(talk) + 1) == "evidence.range_unknown"
    assert await refused(talk, first=3, last=2) == "evidence.range_unknown"


async def test_after_75_days_only_an_officer_seals(talk: Talk) -> None:
    talk.now += timedelta(days=76)
    assert await refused(talk) == "evidence.too_old"
    assert (await seal(talk, "officer", deed="evidence.seal_any")).asked_role == "officer"


async def test_a_number_opens_for_one_case_and_every_opening_is_written_down(talk: Talk) -> None:
    made = await seal(talk)
    assert (await open_it(talk, made.number)).case == CASE
    for number, case, purpose, code in (
        (made.number, OTHER_CASE, "complaint", "evidence.other_case"),
        (made.number, CASE, "after_sale", "evidence.other_purpose"),
        ("E20261111-NOSUCH", CASE, "complaint", "evidence.unknown_number"),
    ):
        with pytest.raises(Refusal) as caught:
            await open_it(talk, number, case, purpose)
        assert caught.value.refused.code == code
    await open_it(talk, made.number, CASE, "appeal")
    async with talk.database.read(talk.tenant) as tx:
        found = await queries.openings(tx, await queries.seal(tx, made.number), before=None, limit=9)
    assert [(one.purpose, one.case, one.reason) for one in found] == [
        ("appeal", CASE, "审理"), ("complaint", CASE, "审理")
    ]  # fmt: skip


async def test_a_pack_is_right_until_the_database_is_touched(
    talk: Talk, owner: Connection, tmp_path: Path
) -> None:
    made = await seal(talk)
    data = await packed(talk, made, tmp_path)
    report = verify(data, key=SIGNER.public)
    assert report.right, report.fault
    assert report.messages == 3
    assert b"%PDF" in data
    await owner.execute("update conversations.entry set text = text || '!' where version = 2")
    report = verify(await packed(talk, made, tmp_path))
    assert report.fault
    assert report.fault.message == 2
    with pytest.raises(Refusal) as caught:
        await seal(talk)
    assert caught.value.refused.code == "evidence.chain_broken"
    async with talk.database.read(talk.tenant) as tx:
        seen = await queries.opened(tx, made)
    assert seen.fault
    assert seen.fault.message == 2


async def test_after_an_erasure_the_pack_is_right(talk: Talk, owner: Connection, tmp_path: Path) -> None:
    made = await seal(talk)
    await owner.execute(
        "update conversations.entry set text = null, body = null, salt = null where version = 2"
    )
    report = verify(await packed(talk, made, tmp_path))
    assert report.right, report.fault
    assert report.erased == 1


async def test_every_day_gets_its_root_once(talk: Talk, tmp_path: Path) -> None:
    made = await seal(talk)
    closer = DayCloser(talk.database, settings(tmp_path), lambda: talk.now)
    assert await closer.close_due() == 0
    talk.now += timedelta(days=2)
    expected = await closer.close_due()
    assert expected >= 2
    assert await closer.close_due() == 0
    again = DayCloser(talk.database, settings(tmp_path), lambda: talk.now)
    assert await again.close_due() == 0
    async with talk.database.read(talk.tenant) as tx:
        days = await queries.days(tx, before=None, limit=9)
    counts = {one.day.isoformat(): one.messages for one in days}
    assert counts["2026-11-11"] == await version(talk)
    assert counts["2026-11-12"] == 0
    report = verify(await packed(talk, made, tmp_path))
    assert report.right, report.fault
    assert report.days == 1


async def test_two_processes_close_the_same_day(talk: Talk) -> None:
    later = talk.now + timedelta(days=1, hours=1)
    async with talk.database.transaction(talk.tenant) as tx:
        first = await close_next_day(tx, SIGNER, later)
    assert first
    async with talk.database.transaction(talk.tenant) as tx:
        await tx.execute("select 1")
        assert (await queries.days(tx, before=None, limit=5))[0].root == first.root.hex()


async def test_a_screenshot_is_held_against_the_server_copy(talk: Talk) -> None:
    made = await seal(talk)
    wishes = {
        "第1句：衣服破了": ("D7-2a", "same"),
        "第1句：衣服没破": ("D7-2b", "differs"),
    }
    for text, (row, matches) in wishes.items():
        async with talk.database.transaction(talk.tenant) as tx:
            item = await show_item(
                tx, await rulebook.book(tx, None, talk.now), made, ItemWish(kind="screenshot", text=text),
                person=talk.people["buyer"].id, side="buyer", ids=(new_id(), new_id()), now=talk.now,
            )  # fmt: skip
            assert (item.weighed.row, item.comparison.matches) == (row, matches)
            assert (await queries.items(tx, made))[-1] == item
            assert (await rulebook.decided(tx, "evidence", item.id))[0].row == row


async def test_only_own_files_are_shown(talk: Talk) -> None:
    made = await seal(talk)
    wish = structs.replace(ItemWish(kind="photo_video"), files=[new_id()])
    async with talk.database.transaction(talk.tenant) as tx:
        book = await rulebook.book(tx, None, talk.now)
        with pytest.raises(Refusal) as caught:
            await show_item(
                tx, book, made, wish, person=talk.people["buyer"].id, side="buyer",
                ids=(new_id(), new_id()), now=talk.now,
            )  # fmt: skip
        assert caught.value.refused.code == "evidence.unknown_file"
        assert await queries.items(tx, made) == []
