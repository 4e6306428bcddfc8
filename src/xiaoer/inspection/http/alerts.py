"""The doors of alerts: what whoever leads should look at now, what he may do about it, what was done."""

from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries.live import AtBoard, at_board
from xiaoer.inspection.actions import alerts as actions
from xiaoer.inspection.queries import alerts as queries
from xiaoer.inspection.rules.alerts import Acknowledgement, Alert
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why


class OpenAlert(Struct, frozen=True):
    """An alert nobody has acknowledged, with the conversation it is about and what may be done with it."""

    alert: Alert
    conversation: AtBoard


class OpenAlerts(Struct, frozen=True):
    """What whoever leads should look at now, the greatest risk first."""

    data: list[OpenAlert]


async def list_open(call: Call, shop: UUID) -> OpenAlerts:
    """Running conversations somebody should look at now, the greatest risk first."""
    speaker = within(speaker_of(call.actor, "alerts.read"), shop)
    async with call.database.read(call.tenant) as tx:
        found = await queries.still_open(tx, shop)
        talks = await at_board(tx, shop, speaker, list({one.conversation for one in found}))
    shown = [OpenAlert(one, talks[one.conversation]) for one in found if one.conversation in talks]
    return OpenAlerts(shown)


async def list_all(
    call: Call, shop: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[Alert]:
    """Every alert of a shop with what was done about it, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.page(tx, shop, before=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def get_why(call: Call, shop: UUID, alert: UUID) -> list[Explained]:
    """Why an alert was raised: the row, what it was asked with, the rules it rests on."""
    async with call.database.read(call.tenant) as tx:
        await queries.find(tx, shop, alert)
        return list(await why(tx, actions.SUBJECT, alert, call.language))


async def post_acknowledge(call: Call, shop: UUID, alert: UUID, data: Acknowledgement) -> None:
    """Write down what was done about an alert; it is done with."""
    await call.database.run(
        call.tenant,
        lambda tx: actions.acknowledge(tx, shop, alert, data, person=call.actor.person, now=call.now),
    )
