"""What everybody may read: a marketplace's public key and the signed roots of its days."""

from datetime import date

import msgspec

from xiaoer.evidence import queries
from xiaoer.evidence.http.doors import signer_of
from xiaoer.evidence.model import DayShown
from xiaoer.evidence.rules import sign
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import Call, Limit, Page


class PublicKey(msgspec.Struct, frozen=True):
    """The key a marketplace signs evidence with; `key` in hexadecimal."""

    algorithm: str
    key: str
    fingerprint: str
    pem: str


async def get_key(call: Call, slug: str) -> PublicKey:
    """The public key a marketplace signs evidence with: compare it with the key in a pack."""
    async with call.database.system() as tx:
        home = await identity.marketplace_named(tx, slug)
    public = signer_of(call, home.tenant).public
    return PublicKey(sign.ALGORITHM, public.hex(), sign.fingerprint(public), sign.pem(public).decode())


async def list_days(
    call: Call, slug: str, limit: Limit = 50, starting_after: str | None = None
) -> Page[DayShown]:
    """The signed roots of a marketplace's days, the newest first; who keeps one can prove a change."""
    before = _day(starting_after)
    async with call.database.system() as tx:
        home = await identity.marketplace_named(tx, slug)
    async with call.database.read(home.tenant) as tx:
        found = await queries.days(tx, before=before, limit=limit + 1)
    more = len(found) > limit
    return Page(found[:limit], more, str(found[limit - 1].day) if more else None)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(Refused("invalid", "evidence.cursor_broken")) from None
