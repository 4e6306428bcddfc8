"""What sealing, packing and checking cost, in one run.

`python -m bench.evidence [--json] [--messages N] [--tamperings N]`: CPU seconds to seal and pack many
messages and to check a pack of a thousand, and how many of random changes are named. No database; the page to
read is made as for a real pack.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from msgspec import structs

from xiaoer.conversations.rules import chain
from xiaoer.evidence.model import FORMAT, EvidenceStatement, Seal, SealedLine
from xiaoer.evidence.rules import days, pack, page, seal, sign
from xiaoer.evidence.rules.sign import Signer
from xiaoer.evidence.rules.verify import verify
from xiaoer.plumbing import typeset

T = TypeVar("T")
AT: Final = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
ZONE: Final = "Asia/Shanghai"
TALK, BUYER, AGENT, SHOP, MARKET = (UUID(int=one) for one in range(1, 6))
SIGNER: Final = Signer(bytes(range(32)))
TEXT: Final = "您好，这件衣服收到时袖口已经破了，请问可以退货吗？照片已经发给您了。"
SMALL: Final = 1_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--tamperings", type=int, default=1_000)
    options = parser.parse_args()
    many = said(options.messages)
    sealed_seconds, held = timed(lambda: sealed(many))
    packed_seconds, _ = timed(lambda: packed(held, many))
    few = said(SMALL)
    small = packed(sealed(few), few)
    verified_seconds, report = timed(lambda: verify(small))
    if not report.right:
        raise SystemExit(f"a right pack was called altered: {report.fault}")
    found = {
        "messages": options.messages,
        "seal_seconds": round(sealed_seconds, 3),
        "pack_seconds": round(packed_seconds, 3),
        "seal_and_pack_target_seconds": 10.0,
        "verify_1000_seconds": round(verified_seconds, 3),
        "verify_1000_target_seconds": 1.0,
        "tamperings": options.tamperings,
        "named": tampered(options.tamperings),
    }
    print(json.dumps(found) if options.json else "\n".join(f"{key:<30} {one}" for key, one in found.items()))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of this process, all its threads, and what came of it."""
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


def said(count: int) -> list[SealedLine]:
    """A conversation of so many messages, as the database holds it."""
    previous, done = chain.GENESIS, list[SealedLine]()
    for version in range(1, count + 1):
        line = SealedLine(
            version=version, inner="", hash="", id=UUID(int=version), role="buyer", person=BUYER, kind="text",
            at=AT + timedelta(seconds=version % 3600), text=f"{TEXT}{version}", body={},
            salt=sha256(version.to_bytes(8, "big")).hexdigest()[:32],
        )  # fmt: skip
        inner = seal.inner_of(line, TALK) or b""
        previous = chain.join(previous, inner)
        done.append(structs.replace(line, inner=inner.hex(), hash=previous.hex()))
    return done


def sealed(lines: list[SealedLine]) -> Seal:
    """All of them under a number; the stretch is checked before, as the program does."""
    inners = b"".join(bytes.fromhex(line.inner) for line in lines)
    people, names = seal.commitments(
        [(BUYER, "buyer", "张三", b"1" * 16), (AGENT, "agent", "小美", b"2" * 16)]
    )
    statement = EvidenceStatement(
        format=FORMAT, number="E20261111-0123456789AB", marketplace=MARKET, shop=SHOP, shop_name="山间茶铺",
        buyer=BUYER, conversation=TALK, first=1, last=len(lines), since=AT, until=AT + timedelta(hours=1),
        previous=chain.GENESIS.hex(), head=lines[-1].hash, inners_sha256=sha256(inners).hexdigest(),
        people=people, attachments=(), purpose="complaint", case=None, reason="客服骂人", asked_by=BUYER,
        asked_role="buyer", rules="taobao.1", sealed_at=AT,
    )  # fmt: skip
    if fault := seal.first_fault(statement, inners, lines):
        raise SystemExit(f"the stretch does not hold: {fault}")
    words = sign.encode(statement)
    return Seal(
        id=UUID(int=7), number=statement.number, shop=SHOP, conversation=TALK, buyer=BUYER, first=1,
        last=len(lines), purpose="complaint", case=None, asked_by=BUYER, asked_role="buyer", sealed_at=AT,
        statement=words, signature=SIGNER.sign(words), inners=inners, names=names,
    )  # fmt: skip


def packed(held: Seal, lines: list[SealedLine]) -> bytes:
    """Their pack, with the root of the day and the page to read."""
    hashes = sorted(bytes.fromhex(line.hash) for line in lines)
    day = days.day_of(MARKET, days.local_day(AT, ZONE), ZONE, hashes, None, signer=SIGNER)
    facts = page.facts_of(_statement(held), held.names, lines, ZONE, sign.fingerprint(SIGNER.public))
    read = typeset.compiled(page.SOURCE, facts.decode())
    parts = pack.parts_of(held, lines, [day], names=held.names, attachments={}, page=read)
    return pack.closed(held.number, parts, [], signer=SIGNER, now=AT)


def tampered(count: int) -> int:
    """How many of so many random changes to a pack are named; half change bytes, half stored messages."""
    draw, lines = random.Random(7), said(20)
    held = sealed(lines)
    right = packed(held, lines)
    named = 0
    for number in range(count):
        if number % 2:
            place = draw.randrange(len(right))
            changed = bytes([right[place] ^ draw.randint(1, 255)])
            report = verify(right[:place] + changed + right[place + 1 :])
            named += report.fault is not None
        else:
            place = draw.randrange(len(lines))
            field, value = draw.choice(
                [
                    ("text", "别的话"),
                    ("role", "agent"),
                    ("person", None),
                    ("salt", "00" * 16),
                    ("hash", "11" * 32),
                ]
            )
            touched = [*lines]
            touched[place] = structs.replace(lines[place], **{field: value})
            fault = seal.first_fault(_statement(held), held.inners, touched)
            named += fault is not None and fault.message == place + 1
    return named


def _statement(held: Seal) -> EvidenceStatement:
    return msgspec.json.decode(held.statement, type=EvidenceStatement)


if __name__ == "__main__":
    main()
