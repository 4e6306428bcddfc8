"""What the desk may do with a conversation: every cell of the table, and the deeds over HTTP."""

from datetime import timedelta
from itertools import product
from typing import Any, get_args
from uuid import UUID

import pytest
from msgspec import structs

from tests import world
from tests.client import Response
from tests.conversations.talk import Talk
from tests.conversations.test_standing import thread
from xiaoer.conversations.model.thread import Relation, Speaker, State
from xiaoer.conversations.queries import search
from xiaoer.conversations.rules.desk import DEEDS, DESK, deeds, may
from xiaoer.conversations.rules.search import Line
from xiaoer.conversations.rules.standing import standing
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.driver import Connection

TENANT, SHOP, ME = UUID(int=1), UUID(int=2), UUID(int=13)
OPEN = {"queued", "assigned", "snoozed"}
AGENT = Speaker(TENANT, ME, "agent", "", shops=frozenset({SHOP}))
MANAGER = Speaker(TENANT, ME, "manager", "", shops=frozenset({SHOP}), leads=frozenset({SHOP}))
FACTS: dict[str, tuple[Speaker, Relation, frozenset[str]]] = {
    "assignee": (AGENT, Relation(), frozenset({"assigned", "snoozed"})),
    "assignee*": (MANAGER, Relation(), frozenset({"assigned", "snoozed"})),
    "helper": (AGENT, Relation(shared=True), frozenset(get_args(State))),
    "queue": (AGENT, Relation(in_queue=True), frozenset(OPEN)),
    "queue*": (MANAGER, Relation(in_queue=True), frozenset({"queued"})),
    "last": (AGENT, Relation(served_last=True), frozenset({"closed"})),
    "lead": (MANAGER, Relation(), frozenset(get_args(State))),
    "stranger": (AGENT, Relation(), frozenset(get_args(State))),
}
"""Who stands how; with a star: and leads the shop."""
CELLS = [
    (deed, where, state)
    for deed, (where, (_, _, states)), state in product(DEEDS, FACTS.items(), get_args(State))
    if state in states
]
ALLOWED = """
take      : helper queue queue* lead @ queued
assign    : lead @ queued assigned snoozed | queue* @ queued | assignee* @ assigned snoozed
transfer  : assignee assignee* lead @ assigned snoozed
release   : assignee assignee* lead @ assigned snoozed
snooze    : assignee assignee* lead @ assigned snoozed
wake      : assignee assignee* lead @ snoozed
close     : assignee assignee* lead @ assigned snoozed | queue* lead @ queued
reopen    : last lead @ closed | lead @ idle
merge     : assignee assignee* lead last @ idle queued assigned snoozed closed | queue* @ queued
share     : assignee assignee* lead @ assigned snoozed
note      : assignee assignee* helper queue queue* last lead @ idle queued assigned snoozed closed
tag       : assignee assignee* helper queue queue* last lead @ idle queued assigned snoozed closed
whisper   : lead @ assigned snoozed
step_in   : lead @ queued assigned snoozed | queue* @ queued
"""


def allowed() -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for line in ALLOWED.strip().splitlines():
        deed, _, rest = line.partition(":")
        for part in rest.split("|"):
            who, _, states = part.partition("@")
            found |= set(product([deed.strip()], who.split(), states.split()))
    return found


@pytest.mark.parametrize(("deed", "where", "state"), CELLS)
def test_every_cell(deed: Any, where: str, state: State) -> None:
    speaker, relation, _ = FACTS[where]
    now = thread(state, ME if where.startswith("assignee") else None)
    refused = may(deed, speaker, now, relation)
    decision = DESK.decide(
        {"deed": deed, "standing": where.rstrip("*"), "state": state, "leads": speaker is MANAGER}
    )
    assert standing(speaker, now, relation) == where.rstrip("*")
    assert (refused is None) == ((deed, where, state) in allowed()) == (decision.word("answer") == "ok")
    if refused is not None:
        assert refused.code == f"conversations.{decision.word('answer')}"
        assert refused.row == decision.row
    [drawn] = [one for one in deeds(speaker, now, relation) if one.deed == deed]
    assert drawn.allowed == (refused is None)


def path(talk: Talk, rest: str) -> str:
    return f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/{rest}"


async def do(talk: Talk, who: str, deed: str, data: object = None) -> Response:
    return await talk.client(who).post(path(talk, deed), data)


def of(talk: Talk, who: str) -> dict[str, str]:
    return {"person_id": str(talk.people[who].id)}


async def test_a_day_at_the_desk(talk: Talk):
    """Taken, put aside, woken, handed over, shared, closed, opened again, taken over."""
    await talk.said("buyer", "在吗")
    steps: list[tuple[str, str, Any, str, str | None]] = [
        ("agent", "take", None, "assigned", "agent"),
        ("agent", "snooze", {"until": "2026-11-12T04:00:00Z"}, "snoozed", "agent"),
        ("agent", "wake", None, "assigned", "agent"),
        ("agent", "transfer", of(talk, "colleague") | {"note": "请接着看"}, "assigned", "colleague"),
        ("colleague", "share", of(talk, "agent"), "assigned", "colleague"),
        ("manager", "step-in", None, "assigned", "manager"),
        ("manager", "assign", of(talk, "agent"), "assigned", "agent"),
        ("manager", "assign", of(talk, "colleague"), "assigned", "colleague"),
        ("manager", "assign", of(talk, "agent"), "assigned", "agent"),
        ("manager", "whisper", {"text": "先道歉"}, "assigned", "agent"),
        ("agent", "close", None, "closed", None),
        ("agent", "reopen", None, "assigned", "agent"),
    ]
    for who, deed, data, state, assignee in steps:
        answer = await do(talk, who, deed, data)
        assert answer.status == 200, f"{deed}: {answer.body!r}"
        now = await talk.thread()
        expected = talk.people[assignee].id if assignee else None
        assert (now.state, now.assignee) == (state, expected), deed
        assert answer.json["state"] == state


async def test_refusals_write_nothing(talk: Talk, owner: Connection):
    await talk.said("buyer", "在吗")
    taken = await do(talk, "colleague", "take")
    assert taken.status == 200, taken.body
    await talk.said("colleague", "您好,请问有什么可以帮您?")
    await talk.react()
    refused: list[tuple[str, str, Any, str]] = [
        ("agent", "take", None, "conversations.with_colleague"),
        ("agent", "close", None, "conversations.with_colleague"),
        ("agent", "transfer", of(talk, "agent"), "conversations.with_colleague"),
        ("agent", "assign", of(talk, "agent"), "conversations.lead_only"),
        ("colleague", "take", None, "conversations.already_yours"),
        ("colleague", "wake", None, "conversations.not_snoozed"),
        ("colleague", "reopen", None, "conversations.still_open"),
        ("colleague", "snooze", {"until": "2026-11-11T03:00:00Z"}, "conversations.snooze_when"),
        ("colleague", "transfer", {}, "conversations.one_target"),
        ("colleague", "transfer", {"person_id": str(new_id())}, "routing.unknown_agent"),
        ("colleague", "transfer", {"queue_id": str(new_id())}, "routing.unknown_queue"),
        ("colleague", "share", {"person_id": str(new_id())}, "routing.unknown_agent"),
        ("colleague", "notes", {"text": "  "}, "conversations.text_empty"),
        ("colleague", "notes", {"text": "看", "mentions": [str(new_id())]}, "routing.unknown_agent"),
        ("colleague", "merge", {"into": str(talk.conversation)}, "conversations.merge_itself"),
        ("colleague", "merge", {"into": str(new_id())}, "conversations.not_found"),
    ]
    before = await world.state(owner, tenant=talk.tenant)
    for who, deed, data, code in refused:
        answer = await do(talk, who, deed, data)
        assert answer.status >= 400, deed
        assert answer.code == code, deed
        assert await world.state(owner, tenant=talk.tenant) == before, deed


async def test_tags_drafts_notes_and_mentions(talk: Talk):
    await talk.said("buyer", "在吗")
    agent, shop = talk.client("agent"), f"/api/v1/shops/{talk.shop}"
    tagged = await agent.put(path(talk, "tags"), {"tags": ["急", " 退款 ", "急"]})
    assert (tagged.status, tagged.json["tags"]) == (200, sorted(["急", "退款"]))
    assert {one["name"] for one in (await agent.get(f"{shop}/tags")).json["data"]} == {"急", "退款"}
    too_long = await agent.put(path(talk, "tags"), {"tags": ["字" * 41]})
    assert (too_long.status, too_long.code) == (422, "conversations.tags_limit")

    assert (await agent.put(path(talk, "draft"), {"text": "写到一半"})).status == 200
    assert (await agent.get(path(talk, "draft"))).json["text"] == "写到一半"
    assert (await talk.client("colleague").get(path(talk, "draft"))).json["text"] == ""

    named = str(talk.people["colleague"].id)
    assert (await agent.post(path(talk, "notes"), {"text": "请看", "mentions": [named]})).status == 200
    colleague = talk.client("colleague")
    [mention] = (await colleague.get(f"{shop}/mentions", unread="true")).json["data"]
    assert mention["text"] == "请看"
    assert (await colleague.post(path(talk, "mentions/read"))).status == 204
    assert (await colleague.get(f"{shop}/mentions", unread="true")).json["data"] == []
    seen = await talk.client("buyer").get(f"/public/v1/conversations/{talk.conversation}/entries")
    assert "请看" not in seen.body.decode()


async def test_prepared_answers(talk: Talk):
    manager, shop = talk.client("manager"), f"/api/v1/shops/{talk.shop}"
    made = await manager.post(f"{shop}/canned", {"title": "问候", "text": "您好 {{buyer}}", "shortcut": "hi"})
    assert made.status == 201, made.body
    wrong = await manager.post(f"{shop}/canned", {"title": "错", "text": "{{nonsense}}"})
    assert wrong.code == "conversations.unknown_place"
    taken = await manager.post(f"{shop}/canned", {"title": "又", "text": "x", "shortcut": "hi"})
    assert taken.code == "conversations.shortcut_taken"
    await talk.said("buyer", "在吗")
    filled = await talk.client("agent").post(
        f"{shop}/canned/{made.json['id']}/fill", {"conversation_id": str(talk.conversation)}
    )
    assert (filled.status, filled.json["text"]) == (200, "您好 buyer")
    assert (await manager.delete(f"{shop}/canned/{made.json['id']}")).status == 204
    assert (await manager.get(f"{shop}/canned")).json["data"] == []


async def test_words_are_found_by_who_may_read_them(talk: Talk):
    await talk.said("buyer", "龙井什么时候发货")
    await talk.react()
    talk.now += timedelta(seconds=1)
    address = f"/api/v1/shops/{talk.shop}/search"
    found = (await talk.client("manager").get(address, q="龙井")).json["data"]
    assert [one["excerpt"] for one in found] == ["龙井什么时候发货"]
    for words in ("发货 龙井", "龍井", "货 龙井"):
        assert len((await talk.client("manager").get(address, q=words)).json["data"]) == 1, words
    for words in ("红茶", "龙井 红茶", "井龙"):
        assert (await talk.client("manager").get(address, q=words)).json["data"] == [], words
    assert (await talk.client("manager").get(address, q="货")).code == "conversations.search_words"
    assert (await talk.client("buyer").get(address, q="龙井")).status == 403


async def test_what_is_often_said_is_found_once_and_newest_first(talk: Talk):
    """Page by page, however many of the latest lines are looked through first."""
    for number in range(5):
        await talk.said("buyer", f"第 {number} 个快递")
        await talk.said("buyer", "在吗")
        talk.now += timedelta(seconds=1)
    await talk.react()
    every = [f"第 {number} 个快递" for number in (4, 3, 2, 1, 0)]
    assert await pages_of_door(talk) == every
    for lines in (1, 3, 1_000):
        assert await pages_of_words(talk, lines) == every


async def pages_of_door(talk: Talk, **asked: str) -> list[str]:
    """What a search finds, page after page, as the desk asks for it."""
    client, address = talk.client("manager"), f"/api/v1/shops/{talk.shop}/search"
    found: list[str] = []
    before: dict[str, str] = {}
    while True:
        page = (await client.get(address, q="快递", limit=2, **asked, **before)).json
        found += [one["excerpt"] for one in page["data"]]
        if not page["has_more"]:
            return found
        before = {"before": page["next_cursor"]}


async def pages_of_words(talk: Talk, lines: int) -> list[str]:
    """The same without the door, which always looks through so many."""
    found: list[search.Found] = []
    who = talk.speaker("manager", "conversations.search")
    async with talk.database.read(talk.tenant) as tx:
        while True:
            page = await search.find_words(
                tx,
                who,
                talk.shop,
                "快递",
                after=line_of(found[-1]) if found else Line(talk.now),
                conversation=None,
                limit=2,
                lately=lines,
            )
            found += page[:2]
            if len(page) <= 2:
                return [one.excerpt for one in found]


def line_of(found: search.Found) -> Line:
    return Line(found.at, found.conversation_id, found.version)


async def test_what_was_said_in_one_moment_is_found_on_every_page(talk: Talk):
    every = [f"第 {number} 个快递" for number in range(5)]
    for text in every:
        await talk.said("buyer", text)
    talk.now += timedelta(seconds=1)
    await talk.react()
    assert await pages_of_door(talk) == every
    for lines in (1, 3, 1_000):
        assert await pages_of_words(talk, lines) == every


async def test_what_was_said_over_the_years_is_found_on_every_page(talk: Talk, owner: Connection):
    """However long nothing was said in between, and from however far ahead it is asked."""
    texts = [f"第 {number} 个快递" for number in range(5)]
    await said_before(talk, owner, dict(zip(texts, (446, 445, 405, 400, 1), strict=True)))
    every = [f"第 {number} 个快递" for number in (4, 3, 2, 1, 0)]
    assert await pages_of_door(talk) == every
    for lines in (1, 3, 1_000):
        assert await pages_of_words(talk, lines) == every
    address, ahead = f"/api/v1/shops/{talk.shop}/search", "9999-12-31T00:00:00+00:00"
    assert len((await talk.client("manager").get(address, q="快递", before=ahead)).json["data"]) == 5


async def test_words_of_many_pieces_are_found_over_the_years(talk: Talk, owner: Connection):
    whole, apart = "请把快递放在门口的柜子里", "门口的柜子里请把快递放在"
    await said_before(talk, owner, {whole: 500, apart: 300, f"{whole}吧": 200})
    address = f"/api/v1/shops/{talk.shop}/search"
    for words, texts in {
        "快递放在门口的柜子": [f"{whole}吧", whole],
        "门口的柜子": [f"{whole}吧", apart, whole],
        "放在门口 请把": [f"{whole}吧", whole],
        "里请把": [apart],
        "快递放在柜子": [],
    }.items():
        found = (await talk.client("manager").get(address, q=words)).json["data"]
        assert [one["excerpt"] for one in found] == texts, words


async def said_before(talk: Talk, owner: Connection, texts: dict[str, int]) -> None:
    """The buyer has said these, each so many days ago as the search knows it."""
    said = [await talk.said("buyer", text) for text in texts]
    await talk.react()
    await owner.executemany(
        "update conversations.search set at = $4 where tenant = $1 and conversation = $2 and version = $3",
        [
            (talk.tenant, talk.conversation, one.version, talk.now - timedelta(days=days))
            for one, days in zip(said, texts.values(), strict=True)
        ],
    )


async def test_what_was_recalled_does_not_end_a_search(talk: Talk):
    for number in range(6):
        said = await talk.said("buyer", f"第 {number} 个快递")
        if number in {2, 4}:
            mine = f"/public/v1/conversations/{talk.conversation}/entries/{said.version}/recall"
            assert (await talk.client("buyer").post(mine)).status == 200
        talk.now += timedelta(seconds=1)
    await talk.react()
    every = [f"第 {number} 个快递" for number in (5, 3, 1, 0)]
    assert await pages_of_door(talk) == every
    assert await pages_of_door(talk, conversation=str(talk.conversation)) == every
    for lines in (1, 3, 1_000):
        assert await pages_of_words(talk, lines) == every


async def test_a_search_in_one_conversation_finds_no_other(talk: Talk):
    await talk.said("buyer", "第一个快递")
    other = await talk.make_conversation("other_buyer")
    await talk.said("other_buyer", "第二个快递", conversation=other)
    talk.now += timedelta(seconds=1)
    await talk.react()
    assert await pages_of_door(talk, conversation=str(talk.conversation)) == ["第一个快递"]
    assert await pages_of_door(talk, conversation=str(other)) == ["第二个快递"]


@pytest.mark.parametrize("wrong", ["yesterday", "2026-01-01T00:00:00", "2026-01-01T00:00:00+00:00~x~1"])
async def test_a_place_that_nobody_gave_is_refused(talk: Talk, wrong: str):
    address = f"/api/v1/shops/{talk.shop}/search"
    answer = await talk.client("manager").get(address, q="快递", before=wrong)
    assert (answer.status, answer.json["error"]["code"]) == (400, "conversations.cursor_invalid")


async def test_a_search_begins_before_a_moment(talk: Talk):
    await talk.said("buyer", "一个快递")
    await talk.react()
    address = f"/api/v1/shops/{talk.shop}/search"
    for before, number in ((talk.now, 0), (talk.now + timedelta(seconds=1), 1)):
        page = (await talk.client("manager").get(address, q="快递", before=before.isoformat())).json
        assert len(page["data"]) == number


async def test_a_buyer_is_found_by_name_and_number_by_who_may_read(talk: Talk, owner: Connection):
    address, number = f"/api/v1/shops/{talk.shop}/search/buyers", "SC2026-77"
    buyer = talk.people["buyer"].id
    await owner.execute(
        "insert into orders.purchase (tenant, shop, id, external_id, buyer, state, source_state, currency, "
        "total_minor, paid_minor, freight_minor, discount_minor, on_time_insurance, freight_insurance, "
        "free_shipping, listed_at, created_at, updated_at) "
        "values ($1, $2, $3, $6, $4, 'paid', 'paid', 'CNY', 1, 1, 0, 0, false, false, true, $5, $5, $5)",
        *(talk.tenant, talk.shop, new_id(), buyer, talk.now, number),
    )
    await talk.said("buyer", "在吗")
    await talk.react()
    await talk.assign("agent")
    for words, of_order in (("buyer", ""), ("UYE", ""), (number, number), ("sc20", number)):
        for who in ("agent", "manager"):
            [found] = (await talk.client(who).get(address, q=words)).json["data"]
            assert found["conversation_id"] == str(talk.conversation), words
            assert found["order_number"] == of_order
    for words in ("nobody", "buyer xx", f"{number}9", "C2026", "sc"):
        assert (await talk.client("manager").get(address, q=words)).json["data"] == [], words
    assert (await talk.client("colleague").get(address, q="buyer")).json["data"] == []
    assert (await talk.client("buyer").get(address, q="buyer")).status == 403
    async with talk.database.transaction(talk.tenant) as tx:
        await tx.execute("update identity.person set display_name = '王小明' where id = $1", buyer)
    await talk.bring(lambda was: structs.replace(was, state="closed", assignee=None, queue=None))
    await talk.said("buyer", "还在吗")
    await talk.react()
    assert len((await talk.client("manager").get(address, q="小明")).json["data"]) == 1
    assert (await talk.client("manager").get(address, q="buyer")).json["data"] == []


async def test_the_desk_sees_since_when_a_buyer_is_known_and_who_served_him(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.react()
    await talk.assign("agent")
    async with talk.database.transaction(talk.tenant) as tx:
        agent = talk.people["agent"].id
        await tx.execute("update identity.person set display_name = '林小满' where id = $1", agent)
    found = (await talk.client("agent").get(path(talk, "buyer"))).json
    [latest] = found["consultations"]
    assert found["since"] <= latest["opened_at"]
    assert (latest["number"], latest["closed_at"], latest["breached"]) == (1, None, 0)
    assert latest["assignee_name"] == "林小满"
    stranger = await talk.client("buyer").get(path(talk, "buyer"))
    assert stranger.status == 403
    unknown = await talk.client("agent").get(f"/api/v1/shops/{talk.shop}/conversations/{new_id()}/buyer")
    assert (unknown.status, unknown.code) == (404, "conversations.not_found")
