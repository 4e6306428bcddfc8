"""The jury: willing people who know neither side, the first to enough votes, secret until the end."""

from typing import Any

from tests import make
from tests.disputes.court import Court


async def jurors(court: Court, count: int) -> list[str]:
    """So many who may sit: each has bought from another shop."""
    other, home = (await make.shop(court.database, court.tenant)).id, court.shop
    names: list[str] = []
    for number in range(count):
        name = f"juror{number}"
        person = await make.person(court.database, court.tenant, role="buyer", shops=[])
        court.people[name], court.tokens[name] = (
            person,
            await make.session(court.database, court.tenant, person),
        )
        court.shop = other
        await court.order("completed", who=name)
        court.shop = home
        names.append(name)
    await court.owner.execute("update identity.session set expires_at = now() + interval '30 years'")
    return names


async def opened(court: Court) -> None:
    for name, value in (
        ("disputes.jury_open", True), ("disputes.jury_size", 3), ("disputes.jury_win", 2),
        ("disputes.jury_orders", 1),
    ):  # fmt: skip
        await court.rule(name, value)


async def called(court: Court) -> tuple[str, list[str]]:
    """A dispute before a jury of three."""
    await opened(court)
    names = await jurors(court, 3)
    for name in names:
        mine = await court.client(name).put("/public/v1/me/jury", {"willing": True})
        assert (mine.json["willing"], mine.json["eligible"]) == (True, True)
    dispute = await court.in_hearing()
    await court.acted("officer", dispute["id"], "jury")
    return dispute["id"], names


async def votes(court: Court, name: str, dispute: str, favour: str) -> Any:
    return await court.client(name).post(f"/public/v1/me/jury/{dispute}/vote", {"favour": favour})


async def test_the_first_to_enough_votes_decides(court: Court) -> None:
    dispute, names = await called(court)
    brief = await court.client(names[0]).get(f"/public/v1/me/jury/{dispute}")
    assert brief.json["issue"] == "visible_quality"
    assert "claimant" not in {key for key in brief.json if key.endswith("votes")}
    first = await votes(court, names[0], dispute, "claimant")
    assert first.json["calls"] == [{"dispute": dispute, "issue": "visible_quality", "voted": True} | {
        "due_at": first.json["calls"][0]["due_at"]
    }]  # fmt: skip
    assert (await votes(court, names[0], dispute, "claimant")).json["error"][
        "code"
    ] == "disputes.voted_already"
    assert (await votes(court, "other_buyer", dispute, "claimant")).json["error"][
        "code"
    ] == "disputes.not_called"
    seen = await court.seen("buyer", dispute)
    assert (seen["state"], seen["turn"], seen["outcome"]) == ("jury", ["jury"], None)
    await votes(court, names[1], dispute, "claimant")
    ruled = await court.seen("buyer", dispute)
    assert (ruled["state"], ruled["ruling"]["by"], ruled["favour"]) == ("execution", "jury", "claimant")
    assert (await votes(court, names[2], dispute, "respondent")).status == 404
    await court.past(dispute)
    await court.settle()
    assert [amount for _, amount in await court.paid_out()] == [10_000]
    await court.prove_court()


async def test_without_enough_votes_in_time_an_officer_judges(court: Court) -> None:
    dispute, names = await called(court)
    await votes(court, names[0], dispute, "claimant")
    await court.past(dispute)
    assert (await court.seen("buyer", dispute))["state"] == "ruling"
    assert (await votes(court, names[1], dispute, "claimant")).status == 404


async def test_no_jury_where_it_is_not_meant_or_too_small(court: Court) -> None:
    dispute = await court.in_hearing()
    assert await court.refused("officer", dispute["id"], "jury") == "disputes.no_jury_here"
    await opened(court)
    fresh = await court.in_hearing()
    assert await court.refused("officer", fresh["id"], "jury") == "disputes.too_few_jurors"
    mine = await court.client("buyer").get("/public/v1/me/jury")
    assert (mine.json["eligible"], mine.json["code"]) == (False, "disputes.too_few_orders")
