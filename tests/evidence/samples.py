"""Sealed stretches and packs without a database, made by the program's own rules."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.rules import chain
from xiaoer.evidence.model import FORMAT, Attachment, EvidenceStatement, Seal, SealedLine, SealedName
from xiaoer.evidence.rules import days, pack, seal, sign
from xiaoer.evidence.rules.sign import Signer

AT = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
TALK, BUYER, AGENT, SHOP, MARKET = (UUID(int=one) for one in range(1, 6))
FILE = UUID(int=99)
PICTURE = b"\xff\xd8\xff picture"
SIGNER = Signer(bytes(range(32)))
ZONE = "Asia/Shanghai"


def message(version: int, text: str) -> SealedLine:
    """A message with its salt, not yet in the chain."""
    body: dict[str, object] = {"file": {"id": str(FILE), "name": "裂口.jpg"}} if version == 2 else {}
    return SealedLine(
        version=version,
        inner="",
        hash="",
        id=UUID(int=1000 + version),
        role="buyer" if version % 2 else "agent",
        person=BUYER if version % 2 else AGENT,
        kind="image" if body else "text",
        at=AT + timedelta(minutes=version),
        text=text,
        body=body,
        salt=(version % 256).to_bytes(16, "big").hex(),
    )


def chained(lines: list[SealedLine]) -> list[SealedLine]:
    """The same messages, each closing over those before."""
    previous, done = chain.GENESIS, list[SealedLine]()
    for line in lines:
        inner = seal.inner_of(line, TALK)
        assert inner is not None
        previous = chain.join(previous, inner)
        done.append(structs.replace(line, inner=inner.hex(), hash=previous.hex()))
    return done


def talk_of(count: int) -> list[SealedLine]:
    """A conversation of so many messages."""
    return chained([message(version, f"第{version}条：什么时候发货？😀") for version in range(1, count + 1)])


def sealed(lines: list[SealedLine], signer: Signer = SIGNER) -> Seal:
    """All of them under a number."""
    inners = b"".join(bytes.fromhex(line.inner) for line in lines)
    people, names = seal.commitments(
        [(BUYER, "buyer", "张三", b"\x01" * 16), (AGENT, "agent", "小美", b"\x02" * 16)]
    )
    assert lines[0].at
    assert lines[-1].at
    statement = EvidenceStatement(
        format=FORMAT,
        number="E20261111-0123456789AB",
        marketplace=MARKET,
        shop=SHOP,
        shop_name="山间茶铺",
        buyer=BUYER,
        conversation=TALK,
        first=lines[0].version,
        last=lines[-1].version,
        since=lines[0].at,
        until=lines[-1].at,
        previous=chain.GENESIS.hex(),
        head=lines[-1].hash,
        inners_sha256=sha256(inners).hexdigest(),
        people=people,
        attachments=(Attachment(FILE, 2, sha256(PICTURE).hexdigest(), len(PICTURE), "image/jpeg"),),
        purpose="complaint",
        case=None,
        reason="客服骂人",
        asked_by=BUYER,
        asked_role="buyer",
        rules="taobao.1",
        sealed_at=AT + timedelta(days=1),
    )
    words = sign.encode(statement)
    return Seal(
        id=UUID(int=7),
        number=statement.number,
        shop=SHOP,
        conversation=TALK,
        buyer=BUYER,
        first=statement.first,
        last=statement.last,
        purpose="complaint",
        case=None,
        asked_by=BUYER,
        asked_role="buyer",
        sealed_at=statement.sealed_at,
        statement=words,
        signature=signer.sign(words),
        inners=inners,
        names=names,
    )


def packed(
    lines: list[SealedLine],
    held: Seal | None = None,
    *,
    names: tuple[SealedName, ...] | None = None,
    picture: bytes | None = PICTURE,
) -> bytes:
    """The pack of a stretch as it stands, with the root of its day."""
    held = held or sealed(lines)
    hashes = sorted([*(bytes.fromhex(one.hash) for one in lines), *(bytes([n]) * 32 for n in range(5))])
    day = days.day_of(MARKET, days.local_day(AT, ZONE), ZONE, hashes, None, signer=SIGNER)
    parts = pack.parts_of(
        held,
        lines,
        [day],
        names=held.names if names is None else names,
        attachments={f"attachments/{FILE}.jpg": picture} if picture else {},
        page=b"%PDF-1.7 page",
    )
    return pack.closed(held.number, parts, [] if picture else [FILE], signer=SIGNER, now=AT)


def erased(line: SealedLine) -> SealedLine:
    """What an erasure leaves."""
    return SealedLine(version=line.version, inner=line.inner, hash=line.hash)
