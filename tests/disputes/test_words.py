"""What the court says leaves no doubt when a time ends: on whose wall, and how far that is from UTC."""

from datetime import UTC, datetime

import pytest

from xiaoer.disputes.queries.words import Reader
from xiaoer.plumbing.language import LANGUAGES, Catalogue

ENDS = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)


def reader(language: str, zone: str) -> Reader:
    return Reader(Catalogue.shipped(), language, zone, "claimant")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh-Hans", "本阶段截止：2026-11-22 23:59（平台时间，UTC+08:00）"),
        ("en", "This period ends at 2026-11-22 23:59 (marketplace time, UTC+08:00)"),
    ],
)
def test_a_deadline_names_the_zone_of_the_marketplace(language: str, says: str):
    here = reader(language, "Asia/Shanghai")
    assert here.say("say.until", until=here.at(ENDS)) == says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("zone", "wall", "offset"),
    [
        ("Asia/Shanghai", "2026-11-22 23:59", "UTC+08:00"),
        ("America/St_Johns", "2026-11-22 12:29", "UTC-03:30"),
        ("UTC", "2026-11-22 15:59", "UTC+00:00"),
    ],
)
def test_a_moment_is_told_with_its_offset_in_every_language(language: str, zone: str, wall: str, offset: str):
    told = reader(language, zone).at(ENDS)
    assert wall in told
    assert offset in told
