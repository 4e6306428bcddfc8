"""What the cases of a shop come to."""

from datetime import timedelta

from tests.after_sale.counter import NOON, Counter


async def test_refusals_answers_and_people_are_counted(counter: Counter):
    place = f"/api/v1/shops/{counter.shop}/case-figures"
    empty = (await counter.client("manager").get(place)).json
    assert (empty["opened"], empty["kinds"], empty["intervention_basis_points"]) == (0, [], 0)
    refused = [
        (await counter.opened(await counter.order("delivered", signed=timedelta(days=1)), "refund_only",
                              reason="quality"))["id"]
        for _ in range(2)
    ]  # fmt: skip
    counter.now += timedelta(hours=2)
    for case, reason in zip(refused, ("used", "late"), strict=True):
        await counter.did("agent", case, "refuse", {"reason": reason, "text": "不同意"})
    counter.now += timedelta(days=3)
    await counter.did("buyer", refused[0], "call-people")
    silent = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    await counter.later(hours=49)
    await counter.did("buyer", silent["id"], "follow-up", {"settled": True})
    answer = await counter.client("manager").get(place)
    assert answer.status == 200, answer.body
    found = answer.json
    assert (found["opened"], found["closed"]) == (3, 1)
    assert (found["intervention_basis_points"], found["refusal_basis_points"]) == (3333, 6667)
    first, second = found["kinds"]
    assert (first["kind"], first["refused"], first["with_people"]) == ("refund_only", 2, 1)
    assert (first["answer_seconds"], first["close_seconds"]) == (7200, None)
    assert (second["silent"], second["refunded"], second["answer_seconds"]) == (1, 1, None)
    paid = silent["asked_minor"]
    assert [(one["currency"], one["refunded_minor"]) for one in found["kinds"]] == [("CNY", 0), ("CNY", paid)]
    assert [(one["reason"], one["refusals"], one["cases"]) for one in found["refusals"]] == [
        ("late", 1, 1),
        ("used", 1, 1),
    ]
    before = await counter.client("manager").get(place, to=NOON.isoformat())
    assert before.status == 200, before.body
    assert before.json["opened"] == 0
    too_long = await counter.client("manager").get(place, **{"from": "2020-01-01T00:00:00Z"})
    assert (too_long.status, too_long.code) == (400, "after_sale.span")
    assert (await counter.client("buyer").get(place)).status == 403
