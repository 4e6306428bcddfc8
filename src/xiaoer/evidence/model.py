"""The things of evidence: what is sealed, how it travels, what else is shown, and what a check found."""

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.guard.model import Overridden

FORMAT: Final = "xiaoer evidence 1"
PURPOSES: Final = ("complaint", "dispute", "appeal", "after_sale")
Purpose = Literal["complaint", "dispute", "appeal", "after_sale"]
"""What records of talk may be used for: settling a quarrel, nothing else (S-128)."""

Kind = Literal[
    "chat_range",
    "screenshot",
    "photo_video",
    "carrier_record",
    "lab_report",
    "medical_certificate",
    "phone_list",
    "own_interest_statement",
    "statement",
    "off_platform_chat",
]
Timing = Literal["in_time", "late_new", "late"]
Matches = Literal["same", "differs", "not_compared"]
Show = Literal[
    "item", "label", "unaltered", "accredited", "item_identity", "class_2a", "original_carrier", "parties"
]
"""What an evidence shows clearly; what each kind must show stands in tables/kinds.toml."""

Reason = Annotated[str, Meta(min_length=1, max_length=2000)]
Version = Annotated[int, Meta(ge=1, le=2**53 - 1)]


class SealWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Which stretch is to be sealed, both ends included, for what and why; `case` when there is one."""

    first: Version
    last: Version
    purpose: Purpose
    reason: Reason
    case: UUID | None = None


class OpenWish(Struct, frozen=True, forbid_unknown_fields=True):
    """For which case somebody opens a number, and for what."""

    purpose: Purpose
    case: UUID
    reason: Reason


class Commitment(Struct, frozen=True):
    """Somebody named in a stretch: his id, his role, and the salted hash of the name he had."""

    id: UUID
    role: str
    name_sha256: str


class SealedName(Struct, frozen=True):
    """The name behind a commitment; after an erasure name and salt are None."""

    id: UUID
    name: str | None
    salt: str | None


class Attachment(Struct, frozen=True):
    """A file of a message as it was when the stretch was sealed."""

    id: UUID
    version: int
    sha256: str
    size_bytes: int
    media_type: str


class EvidenceStatement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is signed when a stretch is sealed.

    `previous` is the hash before the first message, `head` that of the last; `inners_sha256` closes over the
    inner hash of every message in between. All hashes in hexadecimal.
    """

    format: str
    number: str
    marketplace: UUID
    shop: UUID
    shop_name: str
    buyer: UUID
    conversation: UUID
    first: int
    last: int
    since: datetime
    until: datetime
    previous: str
    head: str
    inners_sha256: str
    people: tuple[Commitment, ...]
    attachments: tuple[Attachment, ...]
    purpose: Purpose
    case: UUID | None
    reason: str
    asked_by: UUID
    asked_role: str
    rules: str
    sealed_at: datetime


class SealedLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One message of a pack. After an erasure only version, inner and hash remain: what cannot be proved is
    not shown.
    """

    version: int
    inner: str
    hash: str
    id: UUID | None = None
    role: str | None = None
    person: UUID | None = None
    kind: str | None = None
    at: datetime | None = None
    text: str | None = None
    body: dict[str, object] | None = None
    salt: str | None = None

    @property
    def erased(self) -> bool:
        """Whether its words are gone."""
        return self.salt is None


class Seal(Struct, frozen=True, kw_only=True):
    """A sealed stretch as it is kept; `case` is the one case it opens for, once there is one."""

    id: UUID
    number: str
    shop: UUID
    conversation: UUID
    buyer: UUID
    first: int
    last: int
    purpose: Purpose
    case: UUID | None
    asked_by: UUID
    asked_role: str
    sealed_at: datetime
    statement: bytes
    signature: bytes
    inners: bytes
    names: tuple[SealedName, ...]


class SealShown(Struct, frozen=True, kw_only=True):
    """A sealed stretch as it travels."""

    id: UUID
    number: str
    shop_id: UUID
    conversation_id: UUID
    first: int
    last: int
    messages: int
    purpose: Purpose
    case_id: UUID | None
    asked_by: UUID
    sealed_at: datetime
    head: str


class EvidenceOpening(Struct, frozen=True):
    """One opening of a number: who, when, for what, in which way."""

    id: UUID
    person: UUID
    role: str
    way: Literal["read", "pack"]
    purpose: Purpose
    case: UUID | None
    reason: str
    at: datetime


class ProvedLine(Struct, frozen=True):
    """A message that went out with proofs: words the guard would have held back, which proof, why."""

    version: int
    overridden: tuple[Overridden, ...]


class Opened(Struct, frozen=True, kw_only=True):
    """What an opened number shows: the statement, its people, its messages, and whether all is as sealed.

    `proved` stands beside the messages: it is no part of what was sealed.
    """

    seal: SealShown
    statement: EvidenceStatement
    people: tuple[SealedName, ...]
    messages: tuple[SealedLine, ...]
    fault: "Fault | None"
    proved: tuple[ProvedLine, ...] = ()


class DayStatement(Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed for a day: the root over the hashes of all its messages, and the root before."""

    format: str
    marketplace: UUID
    day: date
    time_zone: str
    messages: int
    root: str
    previous: str | None


class Day(Struct, frozen=True):
    """The root of a day as it is kept; `leaves` are the hashes one after the other, in order.

    `stamp` is what a time stamp authority answered for the statement, if one was asked.
    """

    day: date
    messages: int
    root: bytes
    statement: bytes
    signature: bytes
    leaves: bytes
    stamp: bytes | None = None


class DayStamp(Struct, frozen=True):
    """What a time stamp authority answered for a day: the answer itself, its time and who signed it."""

    day: date
    stamp: bytes
    at: datetime
    authority: str
    asked_at: datetime


class DayShown(Struct, frozen=True):
    """The root of a day as everybody may read it; `statement` is the signed text itself.

    `stamp` is the answer of a time stamp authority (RFC 3161, DER in base64), null where none was asked.
    """

    day: date
    messages: int
    root: str
    statement: str
    signature: str
    stamp: bytes | None


class Proof(Struct, frozen=True, forbid_unknown_fields=True):
    """That the hash of a message is among those of a day."""

    day: date
    version: int
    place: int
    path: tuple[str, ...]


class Fault(Struct, frozen=True):
    """The first thing found altered: which part of the pack, which message if any, and what is wrong."""

    part: str
    why: str
    message: int | None = None


class StampSeen(Struct, frozen=True):
    """The time stamp of a day in a pack. `trusted`: it leads to a root that was given; None without one."""

    day: date
    at: datetime
    authority: str
    trusted: Literal[True] | None


class Report(Struct, frozen=True, kw_only=True):
    """What a check of a pack found. `key_known`: it was compared with a key given from outside, or None."""

    right: bool
    number: str
    messages: int
    erased: int
    attachments: int
    attachments_missing: int
    days: int
    stamps: tuple[StampSeen, ...] = ()
    key: str
    key_fingerprint: str
    key_known: bool | None
    fault: Fault | None


class ItemWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Another evidence somebody shows; `text` is what it says, for a screenshot its words line by line."""

    kind: Kind
    text: Annotated[str, Meta(max_length=20_000)] = ""
    files: Annotated[list[UUID], Meta(max_length=20)] = []
    shows: Annotated[list[Show], Meta(max_length=8)] = []
    timing: Timing = "in_time"


class Weighed(Struct, frozen=True):
    """What table D7 says about an evidence."""

    row: str
    accept: Literal["yes", "weak", "no"]
    weight: Literal["highest", "high", "ordinary", "weak", "none"]
    flag: str | None
    missing: tuple[str, ...]


class Compared(Struct, frozen=True):
    """One line of a screenshot against the server copy: the nearest message, and whether it says the same."""

    given: str
    version: int | None
    said: str | None
    same: bool


class Comparison(Struct, frozen=True):
    """A screenshot against the server copy; `left_out` are messages between those it shows."""

    matches: Matches
    lines: tuple[Compared, ...] = ()
    left_out: tuple[int, ...] = ()


class CorrectWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an evidence shows or when it came, as an officer found it; None stays. With the reason."""

    purpose: Purpose
    case: UUID
    shows: Annotated[list[Show], Meta(max_length=8)] | None = None
    timing: Timing | None = None
    reason: Reason


class Correction(Struct, frozen=True):
    """Who corrected an evidence and why, and what was said of it before."""

    person: UUID
    reason: str
    shows: tuple[str, ...]
    timing: Timing
    row: str
    at: datetime


class EvidenceItem(Struct, frozen=True, kw_only=True):
    """An evidence as it is kept and travels."""

    id: UUID
    seal: UUID
    kind: Kind
    side: Literal["buyer", "shop", "officer"]
    person: UUID
    text: str
    files: tuple[UUID, ...]
    shows: tuple[str, ...]
    timing: Timing
    comparison: Comparison
    weighed: Weighed
    at: datetime
    corrected: Correction | None = None
