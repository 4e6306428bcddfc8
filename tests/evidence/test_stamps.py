"""Time stamps by an authority outside: asked once a day, kept as they came, checked without a network."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from tests.conversations.talk import Talk
from tests.evidence.authority import NAME, Authority, Mood, open_to_all
from tests.evidence.samples import packed as pack_of
from tests.evidence.samples import talk_of
from tests.evidence.test_actions import packed, seal, settings
from xiaoer.evidence import queries
from xiaoer.evidence.jobs import DayCloser
from xiaoer.evidence.rules import stamp
from xiaoer.evidence.rules.verify import verify
from xiaoer.plumbing.driver import Connection

STATEMENT = b'{"day":"2026-11-11"}'
WRONG: list[tuple[Mood, str]] = [
    ("refuse", "refused"),
    ("other_statement", "another statement"),
    ("other_question", "another question"),
    ("nonsense", "cannot be read"),
]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def url(authority: Authority) -> Iterator[str]:
    authority.mood = "well"
    with open_to_all(authority) as address:
        yield address


def test_a_stamp_says_when_and_by_whom(authority: Authority) -> None:
    authority.mood = "well"
    asked = stamp.question(STATEMENT)
    said = stamp.read(authority.answer(asked.as_bytes()), STATEMENT, [authority.root], asked=asked)
    assert said == stamp.Stamp(authority.at, f"CN={NAME}")


@pytest.mark.parametrize(("mood", "why"), WRONG)
def test_what_is_no_stamp_of_it_is_told(authority: Authority, mood: Mood, why: str) -> None:
    authority.mood = mood
    asked = stamp.question(STATEMENT)
    with pytest.raises(stamp.NoStamp, match=why):
        stamp.read(authority.answer(asked.as_bytes()), STATEMENT, [authority.root], asked=asked)


def test_a_stamp_by_somebody_else_is_told_when_a_root_is_given(authority: Authority) -> None:
    asked = stamp.question(STATEMENT)
    answer = Authority().answer(asked.as_bytes())
    assert stamp.read(answer, STATEMENT, asked=asked).authority == f"CN={NAME}"
    with pytest.raises(stamp.NoStamp, match="root"):
        stamp.read(answer, STATEMENT, [authority.root], asked=asked)


async def closed(talk: Talk, home: Path, url: str | None, roots: bytes | None) -> DayCloser:
    """Days that are over, and whoever has them stamped."""
    file = home / "root.pem"
    if roots is not None:
        file.write_bytes(roots)
    given = structs.replace(settings(home), stamp_url=url, stamp_roots=file if roots else None)
    closer = DayCloser(talk.database, given, lambda: talk.now)
    talk.now += timedelta(days=2)
    assert await closer.close_due() >= 2
    return closer


async def test_each_day_is_stamped_once_and_the_stamp_travels(
    talk: Talk, tmp_path: Path, authority: Authority, url: str
) -> None:
    made = await seal(talk)
    closer = await closed(talk, tmp_path, url, authority.root_pem())
    before = authority.asked
    stamped = await closer.stamp_due()
    assert stamped == authority.asked - before >= 2
    assert await closer.stamp_due() == 0
    pack = await packed(talk, made, tmp_path)
    report = verify(pack)
    assert report.right, report.fault
    assert [(one.at, one.authority, one.trusted) for one in report.stamps] == [
        (authority.at, f"CN={NAME}", None)
    ]
    trusting = verify(pack, roots=[authority.root])
    assert trusting.right
    assert [one.trusted for one in trusting.stamps] == [True]
    stranger = verify(pack, roots=[Authority().root])
    assert stranger.fault
    assert stranger.fault.part == "days/2026-11-11.tsr"
    async with talk.database.read(talk.tenant) as tx:
        shown = await queries.days(tx, before=None, limit=9)
    assert all(one.stamp for one in shown)


@pytest.mark.parametrize("mood", ["refuse", "other_statement", "nonsense", "error", "endless"])
async def test_a_failing_authority_leaves_nothing_and_is_asked_again(  # noqa: PLR0917
    talk: Talk, tmp_path: Path, authority: Authority, url: str, owner: Connection, mood: Mood
) -> None:
    authority.mood = mood
    closer = await closed(talk, tmp_path, url, authority.root_pem())
    assert await closer.stamp_due() == 0
    assert await owner.fetchval("select count(*) from evidence.day_stamp") == 0
    authority.mood = "well"
    assert await closer.stamp_due() >= 2


async def test_an_authority_that_is_away_or_unknown_to_us_stamps_nothing(
    talk: Talk, tmp_path: Path, authority: Authority, url: str
) -> None:
    closer = await closed(talk, tmp_path, url, Authority().root_pem())
    assert await closer.stamp_due() == 0
    away = DayCloser(
        talk.database,
        structs.replace(settings(tmp_path), stamp_url="http://127.0.0.1:9/tsr"),
        lambda: talk.now,
    )
    assert await away.stamp_due() == 0
    none = DayCloser(talk.database, settings(tmp_path), lambda: talk.now)
    assert await none.stamp_due() == 0


def test_a_pack_without_stamps_is_right() -> None:
    report = verify(pack_of(talk_of(3)), roots=[Authority().root])
    assert report.right
    assert report.stamps == ()
