from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.file_addresses import FileAddress, make_address, read_address

KEY = b"k" * 32
TENANT, FILE = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 11, 20, 30, tzinfo=UTC)


def opened(address: str, now: datetime = NOW, key: bytes = KEY, file: UUID = FILE) -> FileAddress | Refused:
    return read_address(key, file, dict(parse_qsl(urlsplit(address).query)), now)


def test_an_address_opens_its_file_for_a_while() -> None:
    address = make_address(KEY, TENANT, FILE, NOW, variant="thumbnail")
    found = opened(address)
    assert isinstance(found, FileAddress)
    assert (found.tenant, found.file, found.variant) == (TENANT, FILE, "thumbnail")
    assert isinstance(opened(address, NOW + timedelta(hours=2)), FileAddress)
    late = opened(address, NOW + timedelta(hours=3))
    assert isinstance(late, Refused)
    assert late.code == "plumbing.address_expired"


def test_within_an_hour_a_file_keeps_its_address() -> None:
    assert make_address(KEY, TENANT, FILE, NOW) == make_address(
        KEY, TENANT, FILE, NOW + timedelta(minutes=29)
    )


@pytest.mark.parametrize(
    "change", ["t=00000000", "v=thumbnail", "e=99999999999", "s=AAAA", "s=", "e=x", "t="]
)
def test_a_changed_address_opens_nothing(change: str) -> None:
    name, _, value = change.partition("=")
    query = dict(parse_qsl(urlsplit(make_address(KEY, TENANT, FILE, NOW)).query)) | {name: value}
    assert read_address(KEY, FILE, query, NOW) == Refused("not_allowed", "plumbing.address_invalid")


def test_another_file_or_key_opens_nothing() -> None:
    address = make_address(KEY, TENANT, FILE, NOW)
    assert isinstance(opened(address, file=UUID(int=3)), Refused)
    assert isinstance(opened(address, key=b"o" * 32), Refused)


@given(st.dictionaries(st.sampled_from("tves"), st.text(max_size=40)))
def test_nonsense_is_refused_and_breaks_nothing(query: dict[str, str]) -> None:
    assert isinstance(read_address(KEY, FILE, query, NOW), Refused)
