"""The committer: every wish one answer, versions without gaps, nothing twice, nothing lost."""

from msgspec import structs

from tests.conversations.talk import Talk, together
from xiaoer.conversations.model.entry import Entry
from xiaoer.kernel.refusal import Refused


async def test_a_first_word_opens_a_consultation(talk: Talk):
    entry = await talk.said("buyer", "在吗")
    assert (entry.version, entry.consultation, entry.role) == (1, 1, "buyer")
    thread = await talk.thread()
    assert (thread.state, thread.version, thread.consultation) == ("queued", 1, 1)
    assert thread.waiting_since == talk.now
    assert thread.reply_due_at is not None
    assert (thread.unread_shop, thread.unread_buyer) == (1, 0)


async def test_an_answer_takes_the_conversation_and_stops_the_clock(talk: Talk):
    await talk.said("buyer", "在吗")
    entry = await talk.said("agent", "您好,我是客服,很高兴为您服务")
    assert (entry.version, entry.role, entry.name) == (2, "agent", "agent")
    thread = await talk.thread()
    assert (thread.state, thread.assignee) == ("assigned", talk.people["agent"].id)
    assert (thread.waiting_since, thread.reply_due_at, thread.answered) == (None, None, True)


async def test_the_same_client_id_gets_the_same_answer(talk: Talk):
    first = await talk.said("buyer", "在吗", client_id="a")
    again = await talk.said("buyer", "在吗", client_id="a")
    assert again == first
    assert (await talk.thread()).version == 1


async def test_the_same_client_id_in_one_batch_gets_the_same_answer(talk: Talk):
    answers = await together(*(talk.say("buyer", "在吗", client_id="a") for _ in range(5)))
    assert len({answer.id for answer in answers}) == 1
    assert (await talk.thread()).version == 1


async def test_a_client_id_cannot_carry_other_words(talk: Talk):
    await talk.said("buyer", "在吗", client_id="a")
    refused = await talk.refused("buyer", "退款", client_id="a")
    assert refused.code == "conversations.client_id_reused"
    together_refused = await together(
        talk.say("buyer", "一", client_id="b"), talk.say("buyer", "二", client_id="b")
    )
    assert [isinstance(answer, Entry) for answer in together_refused] == [True, False]
    assert (await talk.thread()).version == 2


async def test_one_bad_wish_spoils_no_neighbour(talk: Talk):
    answers = await together(
        talk.say("buyer", "一"),
        talk.say("buyer", "  "),
        talk.say("other_buyer", "这不是我的会话"),
        talk.say("buyer", "字" * 4001),
        talk.say("buyer", "二"),
    )
    codes = [answer.code if isinstance(answer, Refused) else answer.version for answer in answers]
    assert codes == [
        1,
        "conversations.text_empty",
        "conversations.not_found",
        "conversations.text_too_long",
        2,
    ]


async def test_what_changed_meanwhile_is_decided_again(talk: Talk):
    """A colleague takes the conversation between the facts and the write: new facts, new answer."""
    await talk.said("buyer", "在吗")

    async def take() -> None:
        await talk.bring(
            lambda was: structs.replace(was, state="assigned", assignee=talk.people["colleague"].id)
        )

    answer, _ = await together(talk.say("agent", "您好"), take())
    thread = await talk.thread()
    if isinstance(answer, Refused):
        assert answer.code == "conversations.with_colleague"
        assert thread.version == 1
    else:
        assert thread.version == 2
