"""What the doors to evidence share: keys, sealing, packs on their way out."""

from typing import Final
from uuid import UUID

from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.evidence import queries
from xiaoer.evidence.actions.pack import make_pack
from xiaoer.evidence.actions.seal import seal_stretch
from xiaoer.evidence.model import Seal, SealShown, SealWish
from xiaoer.evidence.rules.sign import Signer
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.file_names import disposition
from xiaoer.plumbing.files import FileStore
from xiaoer.plumbing.http import Answer, Call
from xiaoer.rulebook.queries import Books

PACK_TYPE: Final = "application/zip"


def signer_of(call: Call, tenant: UUID) -> Signer:
    """The marketplace's key: derived from the secret of this installation, kept nowhere."""
    return Signer(call.services.settings.key(f"evidence:{tenant}"))


async def seal(call: Call, conversation: UUID, wish: SealWish, *, deed: str, shop: UUID | None) -> SealShown:
    """Seal a stretch for whoever calls."""
    speaker, fresh = speaker_of(call.actor, deed), new_id()
    if shop is not None:
        speaker = within(speaker, shop)
    book = await call.service(Books).of(call.tenant, None, call.now)
    signer = signer_of(call, call.tenant)
    made = await call.database.run(
        call.tenant,
        lambda tx: seal_stretch(
            tx, book, signer, speaker, conversation=conversation, wish=wish, id=fresh, shop=shop, now=call.now
        ),
    )
    return queries.shown(made)


async def pack(call: Call, seal: Seal) -> Answer:
    """The pack of a seal, to take along."""
    signer = signer_of(call, call.tenant)
    data = await make_pack(call.database, call.service(FileStore), call.tenant, seal, signer, now=call.now)
    headers = {
        "content-disposition": disposition(f"{seal.number}.zip", inline=False),
        "cache-control": "private, no-store",
    }
    return Answer(data, PACK_TYPE, headers)
