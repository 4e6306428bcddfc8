"""The proof that a timeline is whole."""

from tests.conversations.talk import Talk
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.queries.chain import links
from xiaoer.conversations.rules.chain import first_fault


async def whole(talk: Talk) -> list[Entry]:
    """The timeline, proved: no gap, a chain that holds, counters that are exact."""
    thread = await talk.thread()
    async with talk.database.read(talk.tenant) as tx:
        chain = [link async for link in links(tx, talk.shop, thread.id)]
    assert [link.version for link in chain] == list(range(1, thread.version + 1))
    assert first_fault(chain) is None
    assert not chain or chain[-1].hash == thread.last_hash
    entries = [link.words for link in chain if link.words is not None]
    messages = [one for one in entries if one.kind != "recall"]
    recalled = {one.body["recalls"] for one in entries if one.kind == "recall"}
    theirs = [one for one in messages if one.role == "buyer" and one.version not in recalled]
    ours = [one for one in messages if one.role != "buyer" and one.version not in recalled]
    assert thread.unread_shop == sum(one.version > thread.shop_read for one in theirs)
    assert thread.unread_buyer == sum(one.version > thread.buyer_read for one in ours)
    return entries
