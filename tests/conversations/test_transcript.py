"""A timeline to take along: complete, in the shop's time, without what only staff see."""

import json
from datetime import timedelta

from tests.conversations.talk import Talk
from xiaoer.conversations.queries import transcript as queries

SCRIPT = '<script>alert("x")</script>'


async def fetch(talk: Talk, form: str, who: str = "agent"):
    return await talk.client(who).get(
        f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/transcript", format=form
    )


async def prepare(talk: Talk) -> None:
    await talk.said("buyer", SCRIPT)
    await talk.said("agent", "您好,请问有什么可以帮您?")
    await talk.said("agent", "发错了")
    shop = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}"
    recalled = await talk.client("agent").post(f"{shop}/entries/3/recall")
    assert recalled.status == 200, recalled.body
    noted = await talk.client("agent").post(f"{shop}/notes", {"text": "内部备注"})
    assert noted.status == 200, noted.body


async def test_json_is_whole(talk: Talk):
    await prepare(talk)
    answer = await fetch(talk, "json")
    assert answer.status == 200, answer.body
    found = json.loads(answer.body)
    assert found["time_zone"] == "Asia/Shanghai"
    assert [entry["version"] for entry in found["entries"]] == [1, 2, 3, 4]
    assert [entry["recalled"] for entry in found["entries"]] == [False, False, True, False]
    assert found["entries"][0]["text"] == SCRIPT
    assert found["entries"][0]["at"] == (talk.now + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S+08:00")
    assert "内部备注" not in answer.body.decode()


async def test_html_is_escaped_and_needs_nothing_else(talk: Talk):
    await prepare(talk)
    answer = await fetch(talk, "html")
    page = answer.body.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<article>") == 4
    assert 'class="recalled"' in page
    assert "src=" not in page
    assert "href=" not in page
    assert "内部备注" not in page
    assert page.endswith("</body></html>\n")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_text_names_everybody_and_marks_what_was_recalled(talk: Talk):
    await prepare(talk)
    page = (await fetch(talk, "text")).body.decode()
    assert "buyer" in page
    assert "agent" in page
    assert "12:00:00+08:00" in page
    assert page.count("发错了") == 1
    assert "内部备注" not in page


async def test_a_long_timeline_is_sent_in_stretches_without_a_gap(talk: Talk):
    many = queries.AT_ONCE + 3
    for number in range(many):
        await talk.said("buyer", f"第{number}句")
    found = json.loads((await fetch(talk, "json", "manager")).body)
    assert [entry["version"] for entry in found["entries"]] == list(range(1, many + 1))


async def test_a_stranger_gets_nothing(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.said("colleague", "您好")
    shop = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}"
    await talk.client("colleague").post(f"{shop}/close")
    refused = await fetch(talk, "html")
    assert (refused.status, refused.code) == (403, "conversations.not_yours")
    assert (await fetch(talk, "html", "buyer")).status == 403
    assert (await fetch(talk, "pdf", "manager")).status == 400
