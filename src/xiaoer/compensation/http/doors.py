"""What the doors of every side share."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.compensation.model import Grant, GrantSide, Text, Words
from xiaoer.compensation.queries import views
from xiaoer.compensation.queries.views import GrantShown, GrantWhole
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why


class ContestGrantWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why an offer is not enough, and what was lost."""

    text: Words


class GrantAnswerWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The people's answer to a contested offer; without an amount it stands."""

    text: Words
    amount_minor: Annotated[int, Meta(ge=1, le=10**12)] | None = None


class UseWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The order a coupon is spent on."""

    order: UUID


class UndoGrantWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why something given is taken back."""

    text: Text = ""


async def page(tx: Tx, found: Sequence[Grant], limit: int, side: GrantSide) -> Page[GrantShown]:
    """A page of grants from one more than it holds."""
    return page_of(await views.shown(tx, found, side), limit, lambda one: str(one.id))


async def reasons(call: Call, tx: Tx, found: Grant) -> list[Explained]:
    """Every decision about a grant and about what it makes good."""
    own = await why(tx, "grant", found.id, call.language)
    return [*own, *await why(tx, found.subject_kind, found.subject, call.language)]


async def done(call: Call, side: GrantSide, work: Callable[[Tx], Awaitable[Grant]]) -> GrantWhole:
    """Carry out a deed and answer with the grant as it stands after it."""

    async def both(tx: Tx) -> GrantWhole:
        return await views.whole(tx, await work(tx), side)

    return await call.database.run(call.tenant, both)
