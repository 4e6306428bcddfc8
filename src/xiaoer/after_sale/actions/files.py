"""Photos and files that go with something said in a case."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.after_sale.store import cases as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def checked(tx: Tx, shop: UUID, person: UUID | None, files: Sequence[UUID]) -> None:
    """Everybody shows what he uploaded himself, for this shop. Raises Refusal."""
    if not files:
        return
    if person is None or {*files} - await store.known_files(tx, shop, person, files):
        raise Refusal(Refused("not_found", "after_sale.unknown_file"))
