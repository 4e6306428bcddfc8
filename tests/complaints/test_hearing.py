"""A complaint before the court: it opens a dispute, hears its ruling, and ends it when nothing is left."""

from typing import Any
from uuid import UUID

from tests.complaints.bar import Bar
from xiaoer.complaints.actions.ruled import ruled
from xiaoer.plumbing.clock import new_id


async def heard(bar: Bar, **more: Any) -> dict[str, Any]:
    """A complaint the shop has answered: it is before the court."""
    made = await bar.accepted(**more)
    said = {"text": "客服当时在解释规则", "evidence": [await bar.number("manager")]}
    await bar.stepped("manager", made["id"], "answer", said)
    await bar.settle()
    return await bar.look(made["id"], "buyer")


async def court(bar: Bar, complaint: dict[str, Any], who: str = "buyer") -> dict[str, Any]:
    """The dispute behind it."""
    place = {"buyer": "/public/v1/me", "officer": "/platform/v1"}[who]
    answer = await bar.client(who).get(f"{place}/disputes/{complaint['dispute_id']}")
    assert answer.status == 200, answer.body
    return answer.json


async def test_an_answer_brings_it_before_the_court(bar: Bar) -> None:
    """P-019: the complainant's number, the accused's statement and number, both in the dispute."""
    complaint = await heard(bar, asks=["penalty"])
    assert complaint["state"] == "in_hearing"
    dispute = await court(bar, complaint)
    assert (dispute["kind"], dispute["complaint_id"]) == ("complaint", complaint["id"])
    assert [one["issue"] for one in dispute["issues"]] == ["abuse_by_agent"]
    shown = [(one["side"], one["kind"]) for one in dispute["exhibits"]]
    assert ("claimant", "chat_range") in shown
    assert ("respondent", "chat_range") in shown
    assert ("respondent", "statement") in shown
    late = await bar.step("officer", complaint["id"], "decide", {"outcome": "upheld", "text": "x"})
    assert (late.status, late.code) == (409, "complaints.dispute_decides")
    await bar.clocked()


async def test_what_it_rules_is_what_became_of_it(bar: Bar) -> None:
    complaint = await heard(bar, asks=["penalty"])
    draft = await bar.client("officer").get(f"/platform/v1/disputes/{complaint['dispute_id']}/draft")
    assert draft.status == 200, draft.body
    async with bar.database.transaction(bar.tenant) as tx:
        dispute = UUID(complaint["dispute_id"])
        strange = await ruled(tx, UUID(complaint["id"]), "claimant", dispute=new_id(), now=bar.now)
        assert strange is None
        after = await ruled(tx, UUID(complaint["id"]), "claimant", dispute=dispute, now=bar.now)
        assert after is not None
        assert (after.state, after.rung, after.coaching) == ("upheld", "ruling", "due")
        again = await ruled(tx, after.id, "claimant", dispute=dispute, now=bar.now)
        assert again is None
        reversed_ = await ruled(tx, after.id, "respondent", dispute=dispute, now=bar.now)
        assert reversed_ is not None
        assert reversed_.state == "rejected"
    over = await bar.step("buyer", complaint["id"], "withdraw")
    assert (over.status, over.code) == (409, "complaints.over")
    await bar.clocked()


async def test_taken_back_in_the_hearing_nothing_is_left_to_judge(bar: Bar) -> None:
    complaint = await heard(bar)
    await bar.stepped("buyer", complaint["id"], "withdraw")
    await bar.settle()
    assert (await court(bar, complaint))["state"] == "withdrawn"
    assert (await bar.look(complaint["id"], "buyer"))["state"] == "withdrawn"


async def test_taken_back_before_the_court_it_is_withdrawn_here(bar: Bar) -> None:
    complaint = await heard(bar)
    path = f"/public/v1/me/disputes/{complaint['dispute_id']}/withdraw"
    assert (await bar.client("buyer").post(path, {"text": "算了"})).status == 200
    await bar.settle()
    assert (await bar.look(complaint["id"], "buyer"))["state"] == "withdrawn"
    await bar.clocked()


async def test_an_apology_ends_the_dispute_too(bar: Bar) -> None:
    complaint = await heard(bar)
    await bar.stepped("agent", complaint["id"], "apologise", {"text": "对不起"})
    await bar.stepped("buyer", complaint["id"], "accept-apology")
    await bar.settle()
    assert (await court(bar, complaint))["state"] == "settled"
    assert (await bar.look(complaint["id"], "buyer"))["state"] == "apology_accepted"
