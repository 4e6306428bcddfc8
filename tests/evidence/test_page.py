"""What the page of a pack shows of each kind of message."""

import msgspec
import pytest

from tests.evidence.samples import sealed, talk_of
from xiaoer.evidence.model import EvidenceStatement
from xiaoer.evidence.rules.page import facts_of

ORDER: dict[str, object] = {
    "kind": "order",
    "title": "71001",
    "lines": ["蓝牙耳机 A3", "耳塞"],
    "amount_minor": 49_900,
    "currency": "CNY",
    "state": "delivered",
}
CASE: dict[str, object] = {
    "kind": "case",
    "title": "蓝牙耳机 A3",
    "order_number": "71001",
    "state": "waiting",
}


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("text", {}, "你好"),
        ("image", {"file": {"id": "1", "name": "碎了.jpg"}}, "［图片：碎了.jpg］你好"),
        ("file", {"file": {"id": "1"}}, "［文件］你好"),
        ("recall", {}, "［撤回］你好"),
        ("card", {"card": ORDER}, "［订单：71001 · 蓝牙耳机 A3 · 耳塞 · ¥499.00］你好"),
        ("card", {"card": CASE}, "［售后：蓝牙耳机 A3 · 订单 71001］你好"),
        ("card", {"card": {"kind": "later"}}, "［卡片］你好"),
        ("card", {}, "［卡片］你好"),
    ],
)
def test_the_page_names_what_was_sent(kind: str, body: dict[str, object], shown: str):
    lines = talk_of(3)
    held = sealed(lines)
    statement = msgspec.json.decode(held.statement, type=EvidenceStatement)
    line = msgspec.structs.replace(lines[0], kind=kind, text="你好", body=body)
    facts = msgspec.json.decode(facts_of(statement, held.names, [line], "Asia/Shanghai", "key"))
    assert [one["text"] for one in facts["messages"]] == [shown]
