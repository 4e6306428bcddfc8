from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.events import (
    PAYLOAD_BYTES,
    Envelope,
    Event,
    envelope,
    event_names,
    payloads,
    read_payload,
    topic_of,
)

TENANT = UUID(int=1)
AT = datetime(2026, 11, 11, 12, tzinfo=UTC)


class LineAdded(Event, frozen=True):
    name: ClassVar[str] = "story.line_added"
    topic: ClassVar[str] = "story:{story}"
    story: UUID
    text: str


def test_the_topic_comes_from_the_events_own_fields() -> None:
    assert topic_of(LineAdded(tenant=TENANT, at=AT, story=UUID(int=7), text="")) == f"story:{UUID(int=7)}"


def test_a_frame_is_json_with_the_event_inside() -> None:
    one = envelope(LineAdded(tenant=TENANT, at=AT, version=3, story=UUID(int=7), text='你好 "小二"\n'))
    frame = msgspec.json.decode(one.frame)
    assert frame["t"] == "event"
    assert (frame["name"], frame["version"]) == ("story.line_added", 3)
    assert frame["body"]["text"] == '你好 "小二"\n'


def test_a_poke_says_where_to_look_and_nothing_else() -> None:
    frame = msgspec.json.decode(Envelope(TENANT, "story.line_added", "story:7", None, None).frame)
    assert frame == {"t": "poke", "topic": "story:7", "version": None}


def test_a_topic_that_names_a_missing_field_is_found_at_the_start() -> None:
    class Lost(Event, frozen=True):
        name: ClassVar[str] = "story.lost"
        topic: ClassVar[str] = "story:{chapter}"

    with pytest.raises(ValueError, match="story.lost needs chapter"):
        event_names([Lost])


def test_two_events_with_one_name_are_found_at_the_start() -> None:
    class Other(Event, frozen=True):
        name: ClassVar[str] = "story.line_added"

    with pytest.raises(ValueError, match="both called"):
        event_names([LineAdded, Other])


_texts = st.text(max_size=3000)


@given(st.lists(_texts, max_size=12))
def test_notifications_fit_and_lose_nothing_but_long_bodies(texts: list[str]) -> None:
    said = [
        envelope(LineAdded(tenant=TENANT, at=AT, version=place, story=UUID(int=7), text=text))
        for place, text in enumerate(texts)
    ]
    packed = payloads("me", said)
    assert all(len(one.encode()) <= PAYLOAD_BYTES for one in packed)
    heard = [one for payload in packed for one in read_payload(payload)[1]]
    assert [one.version for one in heard] == [one.version for one in said]
    for sent, got in zip(said, heard, strict=True):
        assert got.topic == sent.topic
        assert got == sent or (got.body is None and len((sent.body or "").encode()) > PAYLOAD_BYTES - 400)


def test_the_origin_is_kept() -> None:
    assert read_payload("me") == ("me", [])
    with pytest.raises(msgspec.DecodeError):
        read_payload("me\nnonsense")
