"""The chain of hashes: what it proves, and that the page about it is true."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.rules import chain
from xiaoer.conversations.rules.chain import GENESIS, Link, canonical_of, first_fault, instant

PAGE = Path(__file__).parents[2] / "docs" / "hash-chain.md"
AT = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def entry(version: int, text: str, **more: object) -> Entry:
    base = Entry(
        conversation_id=UUID(int=1), version=version, id=UUID(int=version), client_id="c", role="buyer",
        person_id=UUID(int=2), name="", kind="text", text=text, body={}, at=AT, consultation=1,
    )  # fmt: skip
    return structs.replace(base, **more)


def sealed(entries: list[Entry]) -> list[Link]:
    links, previous = [], GENESIS
    for one in entries:
        salt = one.version.to_bytes(16, "big")
        inner = chain.close(salt, canonical_of(one))
        previous = chain.join(previous, inner)
        links.append(Link(one.version, one, salt, inner, previous))
    return links


@given(plain, st.text(max_size=50))
def test_canonical_is_what_any_language_can_write(body: object, text: str):
    """Sorted keys, no spaces, UTF-8: Python's own JSON module writes the same bytes."""
    held = {"thing": body}
    one = entry(1, text, body=held)
    try:
        expected = json.dumps(
            [str(one.conversation_id), 1, str(one.id), "buyer", str(one.person_id), "text", text, held,
             "2026-11-11T04:00:00.000000Z"],
            ensure_ascii=False, separators=(",", ":"), sort_keys=True,
        ).encode()  # fmt: skip
    except UnicodeEncodeError:
        return  # half a character: clean() has taken it out long before
    assert canonical_of(one) == expected


@given(plain)
def test_plain_bodies_survive_the_database(body: object):
    assert chain.is_plain(body)
    assert msgspec.json.decode(msgspec.json.encode(body)) == body


@pytest.mark.parametrize("body", [1.5, [0.1], {"a": {"b": 2.0}}, {1: "x"}, object()])
def test_what_has_two_spellings_is_not_plain(body: object):
    assert not chain.is_plain(body)


def test_moments_have_one_spelling():
    assert instant(AT) == "2026-11-11T04:00:00.000000Z"
    assert instant(AT.astimezone(timezone(timedelta(hours=8)))) == instant(AT)
    assert instant(AT + timedelta(microseconds=1)) == "2026-11-11T04:00:00.000001Z"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6), st.data())
def test_a_chain_holds_until_somebody_touches_it(texts: list[str], data: st.DataObject):
    links = sealed([entry(version, text) for version, text in enumerate(texts, 1)])
    assert first_fault(links) is None
    place = data.draw(st.integers(0, len(links) - 1))
    one = links[place]
    assert one.words is not None
    changed = structs.replace(one, words=structs.replace(one.words, text=one.words.text + "!"))
    assert "words" in (first_fault([*links[:place], changed, *links[place + 1 :]]) or "")
    without = [*links[:place], *links[place + 1 :]]
    if place < len(links) - 1:
        assert "missing" in (first_fault(without) or "")
    forged = structs.replace(one, hash=bytes(32))
    assert "hash" in (first_fault([*links[:place], forged, *links[place + 1 :]]) or "")


def test_after_an_erasure_the_chain_still_proves():
    links = sealed([entry(1, "我的电话是 13800138000"), entry(2, "好的")])
    erased = structs.replace(links[0], words=None, salt=None)
    assert first_fault([erased, links[1]]) is None
    assert first_fault([structs.replace(erased, inner=bytes(32)), links[1]]) is not None


def test_a_run_from_the_middle_is_checked_too():
    links = sealed([entry(version, str(version)) for version in range(1, 6)])
    assert first_fault(links[2:], after_version=2, previous=links[1].hash) is None
    assert first_fault(links[2:], after_version=2, previous=GENESIS) is not None


def test_the_worked_example_of_the_page_is_true():
    text = PAGE.read_text("utf-8")
    example = dict[str, str](re.findall(r"^    ([a-z ]+?) += (.+)$", text, re.MULTILINE))
    said = example["canonical"].encode()
    inner = sha256(bytes.fromhex(example["salt"]) + said).hexdigest()
    assert inner == example["inner"]
    assert sha256(bytes.fromhex(example["previous"]) + bytes.fromhex(inner)).hexdigest() == example["hash"]
    conversation, version, entry_id, role, person, kind, words, body, at = json.loads(said)
    one = Entry(
        conversation_id=UUID(conversation), version=version, id=UUID(entry_id), client_id=None, role=role,
        person_id=UUID(person), name="", kind=kind, text=words, body=body,
        at=datetime.fromisoformat(at), consultation=1,
    )  # fmt: skip
    assert canonical_of(one) == said
