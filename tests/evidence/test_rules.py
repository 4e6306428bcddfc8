"""Trees, tables, comparison, days: what evidence decides without a database."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.samples import AT, talk_of
from xiaoer.evidence.model import SealWish
from xiaoer.evidence.rules import container, days, merkle, seal, sign, weigh
from xiaoer.evidence.rules.compare import compare
from xiaoer.evidence.rules.sign import Signer
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import shelf

TABLE = parsed(weigh.TABLE, shelf()[weigh.TABLE].text)
hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


@given(hashes, st.data())
def test_a_leaf_proves_itself_and_nothing_else(leaves: list[bytes], data: st.DataObject):
    place = data.draw(st.integers(0, len(leaves) - 1))
    tree = merkle.levels(leaves)
    path = merkle.path(tree, place)
    assert merkle.climb(leaves[place], place, len(leaves), path) == merkle.root(leaves)
    assert merkle.climb(sha256(leaves[place]).digest(), place, len(leaves), path) != merkle.root(leaves)
    assert merkle.climb(leaves[place], place, len(leaves), [*path, bytes(32)]) is None
    assert merkle.climb(leaves[place], len(leaves), len(leaves), path) is None
    if path:
        assert merkle.climb(leaves[place], place, len(leaves), path[:-1]) is None


def test_the_root_of_nothing_and_of_one():
    assert merkle.root([]) == sha256(b"").digest()
    assert merkle.root([bytes(32)]) == sha256(b"\0" + bytes(32)).digest()


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.binary(max_size=50), max_size=5))
def test_a_container_is_read_as_it_was_written(files: dict[str, bytes]):
    data = container.written(files)
    assert container.read(data) == files
    assert container.first_difference(data, files) is None


def test_a_signature_tells_what_was_changed():
    signer = Signer(b"k" * 32)
    signature = signer.sign(b"statement")
    assert sign.check(b"statement", signature) == "right"
    assert sign.check(b"other", signature) == "statement"
    assert sign.check(b"statement", signature.replace(b"Ed25519", b"Ed25518")) == "signature"
    assert sign.check(b"statement", signature + b" ") == "signature"
    assert sign.pem(signer.public).startswith(b"-----BEGIN PUBLIC KEY-----")


D7: list[tuple[dict[str, Any], str, str, str]] = [
    ({"kind": "chat_range"}, "D7-1", "yes", "highest"),
    ({"kind": "screenshot"}, "D7-2c", "weak", "weak"),
    ({"kind": "screenshot", "matches": "same"}, "D7-2a", "yes", "high"),
    ({"kind": "screenshot", "matches": "differs"}, "D7-2b", "no", "none"),
    ({"kind": "photo_video", "shows": ["item", "label"]}, "D7-3a", "yes", "high"),
    ({"kind": "photo_video", "shows": ["item"]}, "D7-3b", "weak", "weak"),
    ({"kind": "carrier_record"}, "D7-4", "yes", "high"),
    ({"kind": "lab_report", "shows": ["accredited", "item_identity"]}, "D7-5a", "yes", "high"),
    ({"kind": "lab_report", "shows": ["item_identity"]}, "D7-5b", "no", "none"),
    ({"kind": "medical_certificate", "shows": ["class_2a", "unaltered"]}, "D7-6a", "yes", "high"),
    ({"kind": "medical_certificate"}, "D7-6b", "no", "none"),
    ({"kind": "phone_list"}, "D7-7", "yes", "ordinary"),
    ({"kind": "own_interest_statement"}, "D7-8", "yes", "high"),
    ({"kind": "statement"}, "D7-8b", "weak", "weak"),
    ({"kind": "off_platform_chat"}, "D7-9", "weak", "weak"),
    ({"kind": "carrier_record", "timing": "late"}, "D7-10", "no", "none"),
    ({"kind": "carrier_record", "timing": "late_new"}, "D7-4", "yes", "high"),
]


@pytest.mark.parametrize(("shown", "row", "accept", "weight"), D7)
def test_d7_row_by_row(shown: dict[str, Any], row: str, accept: str, weight: str):
    shows = shown.get("shows", [])
    facts = weigh.facts(
        shown["kind"], shows, shown.get("matches", "not_compared"), shown.get("timing", "in_time")
    )
    found = weigh.weighed(TABLE.decide(facts), shown["kind"], shows)
    assert (found.row, found.accept, found.weight) == (row, accept, weight)
    assert (found.flag == "forgery_suspected") == (row == "D7-2b")


def test_every_row_of_d7_is_tried():
    assert {row.id for row in TABLE.rows} == {one[1] for one in D7}


def test_a_screenshot_like_the_server_copy_is_the_same():
    lines = talk_of(5)
    text = "\n".join(f"买家：{line.text}" for line in lines[1:4])
    found = compare(text, lines)
    assert found.matches == "same"
    assert [one.version for one in found.lines] == [2, 3, 4]


def test_changed_words_are_shown_beside_what_was_said():
    lines = talk_of(5)
    found = compare("第2条：永远不发货？😀", lines)
    assert found.matches == "differs"
    assert found.lines[0].said != found.lines[0].given
    assert found.lines[0].version is not None


def test_what_was_left_out_in_between_is_shown():
    lines = talk_of(5)
    found = compare(f"{lines[0].text}\n{lines[2].text}", lines)
    assert found.matches == "differs"
    assert found.left_out == (2,)


def test_words_nobody_said_differ():
    found = compare("滚出去，你这个骗子，永远别再来我们店里买东西", talk_of(3))
    assert found.matches == "differs"
    assert found.lines[0].version is None


def test_nothing_to_compare():
    assert compare("", talk_of(2)).matches == "not_compared"
    assert compare("在吗", []).matches == "not_compared"


def test_days_begin_and_end_where_the_marketplace_is():
    since, until = days.bounds(date(2026, 11, 11), "Asia/Shanghai")
    assert since == datetime(2026, 11, 10, 16, tzinfo=UTC)
    assert until - since == timedelta(days=1)
    delay = timedelta(minutes=15)
    assert not days.is_due(date(2026, 11, 11), "Asia/Shanghai", until + timedelta(minutes=14), delay)
    assert days.is_due(date(2026, 11, 11), "Asia/Shanghai", until + delay, delay)
    assert days.next_day(None, None, "UTC") is None
    assert days.next_day(None, AT, "UTC") == AT.date()
    assert days.next_day(date(2026, 12, 31), AT, "UTC") == date(2027, 1, 1)


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_range_lies_in_the_conversation(first: int, last: int):
    wish = SealWish(first=first, last=last, purpose="dispute", reason="x")
    refused = seal.refused_range(wish, version=50, messages_max=30)
    if first > last or last > 50:
        assert refused
        assert refused.code == "evidence.range_unknown"
    elif last - first >= 30:
        assert refused
        assert refused.code == "evidence.range_too_long"
    else:
        assert refused is None


def test_oneself_one_goes_back_75_days():
    assert seal.refused_age(AT - timedelta(days=75), AT, 75) is None
    refused = seal.refused_age(AT - timedelta(days=75, seconds=1), AT, 75)
    assert refused
    assert refused.code == "evidence.too_old"


def test_numbers_look_alike_and_are_not():
    one, other = (seal.number_of("20261111", bytes([n] * 12)) for n in (1, 2))
    assert one != other
    assert len(one) == len("E20261111-") + 12
