"""What each measure stops, cell by cell; the working day; how long what is set aside goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import pytest

from tests.measures.samples import wish
from xiaoer.identity.rules import rights
from xiaoer.kernel.table import Table
from xiaoer.measures.model import KINDS, Group, Held, MeasureKind
from xiaoer.measures.rules import notices
from xiaoer.measures.rules.standing import group_of, groups, stopped
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import texts

GROUPS: tuple[Group, ...] = get_args(Group)
ALL = frozenset(GROUPS) - {"running"}
SELF: dict[str, set[str]] = {
    "limit_publishing": {"publish"},
    "limit_new_shop": {"new_shop"},
    "limit_site_mail": {"site_mail"},
    "limit_community": {"community"},
    "limit_buying": {"buy"},
    "limit_dispatch": {"dispatch"},
    "limit_messages": {"message", "site_mail"},
    "limit_login": {*ALL},
    "close_shop": {"publish", "new_shop", "site_mail", "community"},
    "seal_account": {*ALL},
}
OTHER: dict[str, set[str]] = {
    "shield_shop": {"shops", "new_consultation"},
    "close_shop": {"shops", "new_consultation", "goods", "buy"},
    "take_down_goods": {"goods", "buy"},
    "seal_account": {"shops", "new_consultation", "goods", "buy"},
}
NOW = datetime(2026, 11, 11, 12, tzinfo=UTC)
SHOP, ELSEWHERE = UUID(int=1), UUID(int=2)


def table() -> Table:
    return parsed("measures.stops", texts("taobao")["measures.stops"])


def held(kind: MeasureKind = "limit_messages", **more: Any) -> Held:
    given: dict[str, Any] = {
        "id": UUID(int=9),
        "subject": SHOP,
        "kind": kind,
        "scope": None,
        "reason": "abuse",
        "begins_at": NOW,
        "ends_at": NOW + timedelta(days=7),
        "exam": False,
        "passed": False,
    }
    return Held(**(given | more))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["self", "other"])
def test_every_cell_of_what_stops_whom(kind: str, who: str) -> None:
    wanted = (SELF if who == "self" else OTHER).get(kind, set())
    said = {
        group
        for group in GROUPS
        if table().decide({"kind": kind, "group": group, "who": who}).word("effect") == "stopped"
    }
    assert said == wanted


def test_running_business_stands_on_law() -> None:
    [row] = [row for row in table().rows if row.id == "ST-0"]
    assert (row.authority, row.then["effect"], row.basis) == ("law", "open", "L-050, L-146")


def test_only_deeds_that_exist_can_be_stopped() -> None:
    assert groups().keys() <= rights().deeds.keys()
    for deed in ("my_orders.read", "my_cases.ask", "cases.answer", "evidence.seal", "me.write", "a.new_deed"):
        assert group_of(deed) == "running"


@pytest.mark.parametrize(
    ("more", "at", "shop", "stops"),
    [
        ({}, NOW, SHOP, True),
        ({}, NOW - timedelta(seconds=1), SHOP, False),
        ({}, NOW + timedelta(days=7), SHOP, False),
        ({"ends_at": None}, NOW + timedelta(days=4000), SHOP, True),
        ({"exam": True}, NOW + timedelta(days=8), SHOP, True),
        ({"exam": True, "passed": True}, NOW + timedelta(days=8), SHOP, False),
        ({"scope": SHOP}, NOW, SHOP, True),
        ({"scope": SHOP}, NOW, ELSEWHERE, False),
        ({"scope": SHOP}, NOW, None, False),
        ({"kind": "limit_buying"}, NOW, SHOP, False),
    ],
)
def test_when_and_where_it_binds(more: dict[str, Any], at: datetime, shop: UUID | None, stops: bool) -> None:
    refused = stopped(table(), [held(**more)], "message", "self", shop=shop, now=at)
    assert (refused is not None) is stops


def test_the_one_that_lasts_longest_is_named() -> None:
    short, long = held(), held("seal_account", id=UUID(int=8), ends_at=None)
    for order in ([short, long], [long, short]):
        refused = stopped(table(), order, "message", "self", shop=None, now=NOW)
        assert refused is not None
        assert (refused.row, refused.facts["until"]) == ("seal_account", None)


DAYS = [
    ("on a Wednesday: the end of Thursday", "2026-11-11 12:00", 1, [], "2026-11-13 00:00"),
    ("on a Friday: the end of Monday", "2026-11-13 12:00", 1, [], "2026-11-17 00:00"),
    ("before a holiday", "2026-11-11 12:00", 1, ["2026-11-12"], "2026-11-14 00:00"),
    ("late in the evening it is still that day", "2026-11-11 23:59", 1, [], "2026-11-13 00:00"),
    ("on the day itself", "2026-11-11 12:00", 0, [], "2026-11-12 00:00"),
]


@pytest.mark.parametrize(("at", "days", "off", "by"), [one[1:] for one in DAYS], ids=[one[0] for one in DAYS])
def test_l_076_one_working_day(at: str, days: int, off: list[str], by: str) -> None:
    local = datetime.fromisoformat(f"{at}+08:00")
    found = notices.publish_by(local, days, "Asia/Shanghai", notices.days_off([*off, "no date"]))
    assert found == datetime.fromisoformat(f"{by}+08:00")


def test_people_are_never_put_on_show() -> None:
    assert notices.is_public(wish(SHOP, NOW))
    assert not notices.is_public(wish(SHOP, NOW, subject_kind="person"))
