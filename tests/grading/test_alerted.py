"""A talk somebody was alerted to while it ran is read by a person when it is over."""

from datetime import timedelta
from uuid import UUID

from tests.grading.desk import Desk

ANGRY = "你们太垃圾了，骗子，我要投诉！！！"


async def angry_talk(desk: Desk, who: str = "other_buyer") -> UUID:
    """Another buyer is angry, is served, and the talk is closed and inspected."""
    talk = desk.talk
    other = await talk.make_conversation(who)
    async with talk.page("manager") as page:
        await page.settled()
        for text in ("在吗", ANGRY):
            talk.now += timedelta(seconds=20)
            await talk.said(who, text, conversation=other)
        await talk.said("manager", "非常抱歉，马上为您处理", conversation=other)
        await talk.react()
        await desk.done("manager", "POST", f"/conversations/{other}/close")
        await talk.react()
    return other


async def test_it_waits_for_a_grade_and_its_score_is_veiled(desk: Desk):
    await desk.set("twice_percent", 0)  # whether it is read twice is drawn with it
    other = await angry_talk(desk)
    (line,) = (await desk.done("officer", "GET", "/grading-samples"))["data"]
    assert line["state"] == "drawn"
    shown = (await desk.done("manager", "GET", "/inspections"))["data"]
    (veiled,) = [one for one in shown if one["conversation_id"] == str(other)]
    assert veiled["veiled"] is True
    await desk.grades("officer", f"/grading-samples/{line['id']}")
    whole = await desk.done("manager", "GET", f"/grading-samples/{line['id']}")
    assert whole["sample"]["drawn_for"] == "alert"
    assert "R7" in whole["sample"]["rows"]
    why = await desk.done("manager", "GET", f"/grading-samples/{line['id']}/why")
    assert "R7" in {one["row"] for one in why}


async def test_beyond_the_most_of_a_day_it_waits_for_the_next_draw(desk: Desk):
    await desk.set("alerted_most", 0)
    await angry_talk(desk)
    assert await desk.count("grading.sample") == 0
    desk.talk.now += timedelta(minutes=1)
    made = await desk.done("manager", "POST", "/grading-draws", desk.days())
    assert (made["candidates"], made["random"] + made["risk"]) == (2, 2)


async def test_a_talk_without_an_alert_waits_for_a_draw(desk: Desk):
    assert await desk.count("inspection.alert") == 0
    assert await desk.count("grading.sample") == 0
