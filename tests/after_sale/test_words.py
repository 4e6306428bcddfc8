"""What a shop says with a deed passes the guard as its messages do; the buyer's own number is no leak."""

from datetime import timedelta
from typing import Any

import pytest

from tests.after_sale.counter import Counter

INSULT = "你这个傻逼"


async def opened(counter: Counter) -> str:
    """A case the shop is to answer."""
    order = await counter.order("delivered", signed=timedelta(days=1))
    return str((await counter.opened(order, "return_refund", reason="quality"))["id"])


DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("refuse", {"reason": "used"}),
    ("offer", {"settlement": "refund", "amount_minor": 100}),
    ("agree", {}),
]


@pytest.mark.parametrize(("deed", "wish"), DEEDS, ids=[deed for deed, _ in DEEDS])
async def test_an_insult_is_held_back_and_nothing_is_written(
    counter: Counter, deed: str, wish: dict[str, Any]
):
    case = await opened(counter)
    before = await counter.owner.fetchval("select count(*) from after_sale.happening")
    answer = await counter.does("agent", case, deed, wish | {"text": INSULT})
    assert (answer.status, answer.code) == (422, "guard.must_be_changed"), answer.body
    assert answer.json["error"]["facts"]["kinds"] == ["abuse"]
    assert await counter.owner.fetchval("select count(*) from after_sale.happening") == before


async def test_the_buyers_own_number_may_be_repeated_to_him_and_no_other(counter: Counter):
    case = await opened(counter)
    await counter.owner.execute(
        "update identity.person set phone = '13812345678' where id = $1", counter.people["buyer"].id
    )
    wish = {"settlement": "refund", "amount_minor": 100}
    other = await counter.does("agent", case, "offer", wish | {"text": "请打13912345679联系"})
    assert (other.status, other.code) == (422, "guard.must_be_changed")
    own = await counter.does("agent", case, "offer", wish | {"text": "您登记的电话13812345678没错吧"})
    assert own.status == 200, own.body
