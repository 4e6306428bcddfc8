"""Evidence numbers and pictures somebody brings: his own, and from now on for this complaint alone."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.complaints.model import Complaint, Doer
from xiaoer.complaints.store import complaints as store
from xiaoer.evidence.actions.open import bind
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def bring(
    tx: Tx, doer: Doer, complaint: UUID, *, evidence: Sequence[str], files: Sequence[UUID]
) -> None:
    """Bind the numbers to the complaint, look at the files. Raises Refusal."""
    if doer.person is None:
        raise TypeError("the program brings no evidence")
    if {*files} - await store.known_files(tx, doer.person, files):
        raise Refusal(Refused("not_found", "complaints.unknown_file"))
    shop = doer.shop if doer.by == "shop" else None
    for number in evidence:
        await bind(tx, number, person=doer.person, shop=shop, case=complaint, purpose="complaint")


def joined(complaint: Complaint, evidence: Sequence[str]) -> tuple[str, ...]:
    """The numbers of a complaint with new ones, each once, in their order."""
    return tuple(dict.fromkeys((*complaint.evidence, *evidence)))
