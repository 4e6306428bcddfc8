"""A case the shop refused, over HTTP: dispute, evidence, hearing, ruling, and the money is paid."""

from tests.disputes.court import Court


async def test_refused_case_is_disputed_ruled_and_paid(court: Court) -> None:
    case = await court.contested()
    dispute = await court.disputes_case(case["id"])
    assert (dispute["state"], dispute["me"], dispute["then"]) == ("negotiation", "claimant", "evidence")
    assert (await court.case(case["id"], "officer"))["state"] == "with_people"

    await court.past(dispute["id"])
    seen = await court.seen("buyer", dispute["id"])
    assert seen["state"] == "evidence"
    burden = seen["issues_shown"][0]
    assert (burden["holder"], burden["must"], burden["silent"]) == ("claimant", "photo_video", "respondent")
    assert burden["due_at"] == seen["due_at"]
    assert "照片或视频" in burden["sentence"]

    shown = await court.acted(
        "buyer", dispute["id"], "show", {"kind": "photo_video", "text": "裂纹", "shows": ["item", "label"]}
    )
    assert shown["exhibits"][0]["accept"] == "yes"
    burden = shown["issues_shown"][0]
    assert (burden["holder"], burden["must"], burden["silent"]) == ("respondent", "explanation", "claimant")

    await court.past(dispute["id"])
    heard = await court.seen("agent", dispute["id"])
    assert heard["state"] == "hearing"
    assert (heard["issues_shown"][0]["favour"], heard["issues_shown"][0]["decided_by"]) == (
        "claimant",
        "silence",
    )

    bench = await court.seen("officer", dispute["id"])
    assert bench["officer"]["id"] == str(court.people["officer"].id)
    assert bench["claims"][0]["for_claimant"] == [bench["exhibits"][0]["id"]]
    assert {one["source"] for one in bench["line"]} >= {"order", "case", "dispute"}

    ruled = await court.ruled(dispute["id"])
    assert (ruled["state"], ruled["outcome"], ruled["favour"]) == ("execution", "refund", "claimant")
    assert {row["row"] for row in ruled["ruling"]["rows"]} == {"D3-1.2", "R-1"}

    await court.past(dispute["id"])
    await court.settle()
    decided = await court.seen("buyer", dispute["id"])
    assert decided["state"] == "decided"
    assert decided["ruling"]["executed_at"] is not None
    assert decided["ruling"]["appeal_until"] == decided["due_at"]
    assert (await court.case(case["id"]))["state"] == "settled"
    assert [amount for _, amount in await court.paid_out()] == [10_000]
    await court.prove_court()

    await court.past(dispute["id"])
    assert (await court.seen("buyer", dispute["id"]))["state"] == "closed"
    await court.prove_court()
