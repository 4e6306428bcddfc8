"""What is sealed of a stretch, and whether a stretch is still what was sealed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from xiaoer.conversations.rules import chain
from xiaoer.evidence.model import Commitment, EvidenceStatement, Fault, SealedLine, SealedName, SealWish
from xiaoer.kernel.refusal import Refused

HASH_BYTES: Final = 32
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MESSAGES: Final = "messages.jsonl"
INNERS: Final = "inners.bin"


def number_of(day: str, random: bytes) -> str:
    """An evidence number: the day and twelve letters nobody guesses, `E20261111-7Q2K0ZB4M8TX`."""
    return f"E{day}-" + "".join(_LETTERS[one % 32] for one in random[:12])


def refused_range(wish: SealWish, *, version: int, messages_max: int) -> Refused | None:
    """Why this stretch cannot be sealed; None when it can."""
    if not wish.first <= wish.last <= version:
        return Refused("invalid", "evidence.range_unknown", facts={"last": version})
    if wish.last - wish.first + 1 > messages_max:
        return Refused("refused", "evidence.range_too_long", facts={"messages": messages_max})
    return None


def refused_age(first_at: datetime, now: datetime, days: int) -> Refused | None:
    """Oneself, one seals what is not older than this (S-067); an officer goes back further."""
    if first_at < now - timedelta(days=days):
        return Refused(
            "not_allowed", "evidence.too_old", row="evidence.self_service_days", facts={"days": days}
        )
    return None


def commit_name(name: str, salt: bytes) -> str:
    """The salted hash that stands for a name in what is signed."""
    return sha256(salt + name.encode()).hexdigest()


def commitments(
    people: Iterable[tuple[UUID, str, str, bytes]],
) -> tuple[tuple[Commitment, ...], tuple[SealedName, ...]]:
    """People as (id, role, name, salt): what is signed of them, and what is kept beside it."""
    rows = list(people)
    signed = tuple(Commitment(who, role, commit_name(name, salt)) for who, role, name, salt in rows)
    return signed, tuple(SealedName(who, name, salt.hex()) for who, _, name, salt in rows)


def inner_of(line: SealedLine, conversation: UUID) -> bytes | None:
    """The inner hash that a message's words and salt give; None when something of it is missing."""
    if line.salt is None or line.id is None or line.role is None or line.kind is None:
        return None
    if line.at is None or line.text is None or line.body is None:
        return None
    said = chain.canonical(
        conversation=conversation,
        version=line.version,
        id=line.id,
        role=line.role,
        person=line.person,
        kind=line.kind,
        text=line.text,
        body=line.body,
        at=line.at,
    )
    return chain.close(bytes.fromhex(line.salt), said)


def first_fault(statement: EvidenceStatement, inners: bytes, lines: Sequence[SealedLine]) -> Fault | None:
    """The first thing in a stretch that is not as it was sealed, None when all is.

    `inners` is the sealed list of inner hashes. An erased message is held against its inner hash alone.
    """
    count = statement.last - statement.first + 1
    if sha256(inners).hexdigest() != statement.inners_sha256 or len(inners) != count * HASH_BYTES:
        return Fault(INNERS, "the list of sealed hashes is not the one that was signed")
    previous = bytes.fromhex(statement.previous)
    for place, version in enumerate(range(statement.first, statement.last + 1)):
        sealed = inners[place * HASH_BYTES : (place + 1) * HASH_BYTES]
        previous = chain.join(previous, sealed)
        why = "it is missing"
        if place < len(lines) and lines[place].version == version:
            why = _wrong(lines[place], sealed, previous, statement.conversation)
        if why is not None:
            return Fault(MESSAGES, f"message {version}: {why}", version)
    if len(lines) != count:
        return Fault(MESSAGES, "there is a message that was not sealed", lines[-1].version)
    if previous.hex() != statement.head:
        return Fault("seal.json", "the last hash is not the one that was signed", statement.last)
    return None


def _wrong(line: SealedLine, sealed: bytes, hash: bytes, conversation: UUID) -> str | None:
    if line.inner != sealed.hex():
        return "its inner hash is not the one that was sealed"
    if line.hash != hash.hex():
        return "its hash does not follow from the one before"
    if line.erased:
        shown = (line.id, line.role, line.person, line.kind, line.at, line.text, line.body)
        bare = all(one is None for one in shown)
        return None if bare else "it is said to be erased and still shows something"
    try:
        found = inner_of(line, conversation)
    except (TypeError, ValueError):
        found = None
    return None if found == sealed else "its words are not the words that were sealed"


def name_fault(statement: EvidenceStatement, names: Sequence[SealedName]) -> Fault | None:
    """A name that is not the one that was sealed; an erased one has neither name nor salt."""
    known = {one.id: one for one in names}
    for person in statement.people:
        named = known.get(person.id)
        if named is None or len(known) != len(statement.people):
            return Fault("people.json", f"the people are not those of the stretch: {person.id}")
        if named.name is None or named.salt is None:
            continue
        try:
            salt = bytes.fromhex(named.salt)
        except ValueError:
            salt = b""
        if commit_name(named.name, salt) != person.name_sha256:
            return Fault("people.json", f"the name of {person.id} is not the one that was sealed")
    return None
