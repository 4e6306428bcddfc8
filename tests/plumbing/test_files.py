import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from obstore.store import MemoryStore

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.files import FileStore, make_key
from xiaoer.plumbing.settings import Settings

KEY = make_key(UUID(int=1), UUID(int=2))


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """A disk and, in the place of a bucket, a store that is no disk."""
    if request.param == "memory":
        return FileStore(MemoryStore())
    return FileStore.open(Settings(home=tmp_path, data=tmp_path))


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def arriving(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        await asyncio.sleep(0)
        yield chunk


async def test_what_is_put_can_be_got(store: FileStore) -> None:
    chunks = [b"%PDF-1.7 ", b"x" * 6_000_000, b"", b"end"]
    stored = await store.put(KEY, arriving(*chunks), limit_bytes=10_000_000)
    whole = b"".join(chunks)
    assert (stored.size_bytes, stored.sha256) == (len(whole), hashlib.sha256(whole).digest())
    assert stored.head == whole[:4096]
    body = await store.get(KEY)
    assert body.size_bytes == len(whole)
    assert b"".join([chunk async for chunk in body.chunks]) == whole


async def test_too_much_is_refused_while_it_arrives_and_leaves_nothing(
    store: FileStore, tmp_path: Path
) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 100_000

    with pytest.raises(Refusal) as caught:
        await store.put(KEY, endless(), limit_bytes=250_000)
    assert (caught.value.refused.code, taken) == ("plumbing.file_too_large", 3)
    with pytest.raises(Refusal):
        await store.get(KEY)
    assert left_in(tmp_path) == []


async def test_a_sender_who_leaves_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * 100_000
        raise ConnectionError

    with pytest.raises(Exception):  # noqa: B017, PT011 - told in the store's own words
        await store.put(KEY, broken(), limit_bytes=1_000_000)
    with pytest.raises(Refusal):
        await store.get(KEY)
    assert left_in(tmp_path) == []


async def test_what_is_not_there_is_not_found(store: FileStore) -> None:
    with pytest.raises(Refusal) as caught:
        await store.read(KEY)
    assert (caught.value.refused.kind, caught.value.refused.code) == ("not_found", "plumbing.file_not_found")
    await store.delete(KEY)
    assert await store.works()


async def test_deleted_is_gone(store: FileStore) -> None:
    await store.put_bytes(KEY, b"words")
    assert await store.read(KEY) == b"words"
    await store.delete(KEY)
    with pytest.raises(Refusal):
        await store.get(KEY)


@pytest.mark.parametrize(
    "key", ["../secret", "/etc/passwd", "a/../b", "", "a//b", "名", "a\x00b", "a/.", "A"]
)
async def test_only_our_own_keys_are_used(store: FileStore, key: str) -> None:
    with pytest.raises(ValueError, match="no key of ours"):
        await store.put_bytes(key, b"x")
    with pytest.raises(ValueError, match="no key of ours"):
        await store.get(key)


async def test_a_store_that_is_away_is_a_refusal(tmp_path: Path) -> None:
    store = FileStore.open(Settings(home=tmp_path, data=tmp_path))
    (tmp_path / "files").rmdir()
    (tmp_path / "files").write_text("somebody put a file here")
    with pytest.raises(Refusal) as caught:
        await store.put_bytes(KEY, b"x")
    assert caught.value.refused.kind == "unavailable"


def test_files_are_for_the_program_only(tmp_path: Path) -> None:
    FileStore.open(Settings(home=tmp_path, data=tmp_path))
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0
