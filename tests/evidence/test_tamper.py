"""Whatever is changed in a pack, or in what is stored, the verifier names it."""

import random
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.evidence.samples import BUYER, SIGNER, chained, erased, packed, sealed, talk_of
from xiaoer.evidence.model import SealedLine
from xiaoer.evidence.rules import container, sign
from xiaoer.evidence.rules.sign import Signer
from xiaoer.evidence.rules.verify import verify

LINES = talk_of(12)
PACK = packed(LINES)


def test_a_pack_is_right_and_says_so():
    report = verify(PACK, key=SIGNER.public)
    assert report.right
    assert report.fault is None
    assert (report.messages, report.erased, report.attachments, report.days) == (12, 0, 1, 1)
    assert report.key_known is True
    assert report.key_fingerprint == sign.fingerprint(SIGNER.public)


def test_any_tool_opens_it():
    with zipfile.ZipFile(BytesIO(PACK)) as opened:
        assert opened.testzip() is None
        assert "messages.jsonl" in opened.namelist()


def test_another_key_is_named():
    report = verify(PACK, key=Signer(b"x" * 32).public)
    assert not report.right
    assert report.fault
    assert report.fault.part == "public-key.pem"
    assert report.key_known is False


def flipped(data: bytes, place: int, mask: int) -> bytes:
    return data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


def place_of(place: int) -> tuple[str, int | None]:
    """Which part, and which message, a byte of the pack belongs to."""
    for name, data in container.read(PACK).items():
        begins = PACK.index(data) if len(data) > 100 else -1
        if begins >= 0 and begins <= place < begins + len(data):
            message = data[: place - begins].count(b"\n") + 1 if name == "messages.jsonl" else None
            return name, message
    return "", None


@settings(max_examples=500, deadline=None)
@given(place=st.integers(0, len(PACK) - 1), mask=st.integers(1, 255))
def test_any_flipped_byte_is_named(place: int, mask: int):
    report = verify(flipped(PACK, place, mask))
    assert not report.right
    assert report.fault is not None
    part, message = place_of(place)
    if part == "messages.jsonl" and PACK[place] != 10 and mask ^ PACK[place] != 10:
        assert report.fault.message == message, report.fault
    if part:
        assert report.fault.part == part, (place, report.fault)


def test_every_single_byte_of_a_small_pack_matters():
    small = packed(talk_of(2))
    draw = random.Random(7)
    for place in range(0, len(small), 7):
        assert not verify(flipped(small, place, draw.randint(1, 255))).right, place


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PACK) - 1), st.binary(min_size=1, max_size=5))
def test_nothing_can_be_put_in_or_cut_off(place: int, more: bytes):
    assert not verify(PACK[:place] + more + PACK[place:]).right
    assert not verify(PACK[:place]).right


CHANGES = {
    "text": lambda line: structs.replace(line, text=(line.text or "") + "!"),
    "role": lambda line: structs.replace(line, role="system"),
    "person": lambda line: structs.replace(line, person=None),
    "kind": lambda line: structs.replace(line, kind="card"),
    "body": lambda line: structs.replace(line, body={"reply_to": 1}),
    "salt": lambda line: structs.replace(line, salt="00" * 16 + "01"),
    "inner": lambda line: structs.replace(line, inner="11" * 32),
    "hash": lambda line: structs.replace(line, hash="22" * 32),
    "text without salt": lambda line: structs.replace(line, salt=None),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("place", [0, 5, 11])
def test_a_changed_message_is_named_even_when_the_pack_is_made_anew(what: str, place: int):
    """Somebody changes the database and has the installation make and sign the pack."""
    change: Any = CHANGES[what]
    lines: list[SealedLine] = [*LINES]
    lines[place] = change(lines[place])
    report = verify(packed(lines, sealed(LINES)))
    assert not report.right
    assert report.fault
    assert report.fault.message == place + 1


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 11), st.text(min_size=1, max_size=20))
def test_a_whole_chain_written_anew_is_named_too(place: int, text: str):
    """Even when every hash after the changed words is computed again."""
    lines = [*LINES]
    lines[place] = structs.replace(lines[place], text=f"{text}。")
    report = verify(packed(chained(lines), sealed(LINES)))
    assert report.fault
    assert report.fault.message == place + 1


def test_a_message_left_out_or_doubled_is_named():
    for lines in ([*LINES[:4], *LINES[5:]], LINES[:-1], [*LINES, LINES[-1]]):
        report = verify(packed(lines, sealed(LINES)))
        assert report.fault
        assert report.fault.part == "messages.jsonl"


def test_after_an_erasure_it_is_still_right():
    lines = [erased(line) if line.version in {2, 7} else line for line in LINES]
    held = sealed(LINES)
    names = tuple(
        structs.replace(one, name=None, salt=None) if one.id == BUYER else one for one in held.names
    )
    report = verify(packed(lines, held, names=names, picture=None))
    assert report.right, report.fault
    assert (report.erased, report.attachments, report.attachments_missing) == (2, 0, 1)


def test_erased_words_cannot_be_put_back_otherwise():
    lines = [*LINES]
    lines[6] = structs.replace(erased(LINES[6]), text="别的话")
    report = verify(packed(lines, sealed(LINES)))
    assert report.fault
    assert report.fault.message == 7


def test_a_changed_name_and_a_changed_attachment_are_named():
    held = sealed(LINES)
    names = (structs.replace(held.names[0], name="李四"), *held.names[1:])
    report = verify(packed(LINES, held, names=names))
    assert report.fault
    assert report.fault.part == "people.json"
    report = verify(packed(LINES, held, picture=b"other"))
    assert report.fault
    assert report.fault.part.startswith("attachments/")
    assert report.fault.message == 2


def test_what_is_no_pack_is_refused():
    for data in (b"", b"PK", b"nonsense" * 100, container.written({}), container.written({"a": b"b"})):
        assert not verify(data).right
