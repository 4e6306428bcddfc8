"""The doors that tell what the guard will say to words while they are typed, and what a new list would do."""

from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.conversations.actions import shadow
from xiaoer.conversations.actions.own import own_of
from xiaoer.conversations.actions.shadow import ShadowFound, ShadowWish
from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries import threads
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.conversations.rules.batch import reviewed
from xiaoer.conversations.rules.own import may_be_theirs
from xiaoer.guard.model import Review
from xiaoer.plumbing.http import Call


class ReviewWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, and for which conversation they are meant."""

    text: Annotated[str, msgspec.Meta(max_length=20_000)]
    conversation_id: UUID | None = None


async def post_review(call: Call, shop: UUID, data: ReviewWish) -> Review:
    """What the guard would say if the caller sent these words now.

    Places count code points of the text as given. Nothing is written; what is blocked here is held against
    nobody.
    """
    speaker = within(speaker_of(call.actor, "conversations.read"), shop)
    role = speaker.role_in(shop)
    rules = await call.service(KeptShops).of(call.tenant, shop, call.now)
    if data.conversation_id is None:
        return reviewed(data.text, speaker, role, on_time=False, book=rules.guard, at=call.now)
    async with call.database.read(call.tenant) as tx:
        facts = await threads.readable(tx, speaker, data.conversation_id, shop=shop)
        on_time = facts.relation.on_time
        review = reviewed(data.text, speaker, role, on_time=on_time, book=rules.guard, at=call.now)
        if review.findings and may_be_theirs(review, data.text):
            own = await own_of(tx, shop, facts.thread.buyer)
            return reviewed(data.text, speaker, role, on_time=on_time, book=rules.guard, at=call.now, own=own)
    return review


async def post_shadow(call: Call, shop: UUID, data: ShadowWish) -> ShadowFound:
    """What a list would have done with what the shop sent in the last days.

    Nothing is written and nothing held back; personal data in the examples are hidden.
    """
    rules = await call.service(KeptShops).of(call.tenant, shop, call.now)
    async with call.database.read(call.tenant) as tx:
        sent = await shadow.sent(tx, shop, data.days, call.now)
    return await shadow.tried(sent, rules.guard, data, call.now)
