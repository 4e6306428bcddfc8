"""Files, on disk or in an object store alike: written while they arrive, measured and hashed on the way."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store
from prometheus_client import Counter

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import log
from xiaoer.plumbing.file_names import HEAD_BYTES
from xiaoer.plumbing.settings import Settings

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*(?:[/.][a-z0-9][a-z0-9_-]*)*")
_UNAVAILABLE: Final = Refused("unavailable", "plumbing.files_unavailable")
_NOT_FOUND: Final = Refused("not_found", "plumbing.file_not_found")
_BYTES = Counter("xiaoer_files_bytes_total", "Bytes of files written and read", ["way"])
_log: Final = log.get("files")


class Stored(msgspec.Struct, frozen=True):
    """A file that is kept now."""

    key: str
    size_bytes: int
    sha256: bytes
    head: bytes
    """Its first bytes, enough for `file_names.media_type`."""


class Body(msgspec.Struct, frozen=True):
    """A file on its way out."""

    size_bytes: int
    chunks: AsyncIterator[bytes]


def make_key(tenant: UUID, file: UUID, variant: str = "original") -> str:
    """Where a file is kept: not more than a few thousand in one folder."""
    return f"{tenant}/{file.hex[-3:]}/{file}.{variant}"


class FileStore:
    """One folder or bucket. Keys are ours; names from strangers never become part of one."""

    def __init__(self, store: Any, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, settings: Settings) -> "FileStore":
        """The store of the settings; for `s3://…` the usual AWS_… variables give key, region, endpoint."""
        url = settings.files_url
        if url and url.startswith("s3://"):
            plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
            return cls(S3Store.from_url(url, client_options={"allow_http": plain}))
        folder = Path(url.removeprefix("file://")) if url else settings.home / "files"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder, mkdir=True), folder)

    async def put(self, key: str, chunks: AsyncIterable[bytes], *, limit_bytes: int) -> Stored:
        """Keeps what arrives; too much is refused while it arrives, and then nothing is kept.

        Raises Refusal(invalid, plumbing.file_too_large) and Refusal(unavailable).
        """
        seen = _Seen(limit_bytes)
        await self._write(key, seen.through(chunks))
        _BYTES.labels("in").inc(seen.size)
        return Stored(key, seen.size, seen.hash.digest(), bytes(seen.head))

    async def put_bytes(self, key: str, data: bytes) -> Stored:
        """Keeps bytes we made ourselves, a thumbnail for example."""
        await self._write(key, data)
        _BYTES.labels("in").inc(len(data))
        return Stored(key, len(data), hashlib.sha256(data).digest(), data[:HEAD_BYTES])

    async def get(self, key: str) -> Body:
        """A file, chunk by chunk. Raises Refusal(not_found) and Refusal(unavailable)."""
        try:
            found = await obstore.get_async(self._store, _checked(key))
        except FileNotFoundError as fault:
            raise Refusal(_NOT_FOUND) from fault
        except (BaseError, OSError) as fault:
            raise _unavailable(fault) from fault
        return Body(found.meta["size"], _sent(found))

    async def read(self, key: str) -> bytes:
        """A whole file; only where its size is known to be small."""
        body = await self.get(key)
        return b"".join([chunk async for chunk in body.chunks])

    async def delete(self, key: str) -> None:
        """Removes a file; one that is not there is no fault."""
        try:
            await obstore.delete_async(self._store, _checked(key))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as fault:
            raise _unavailable(fault) from fault

    async def works(self) -> bool:
        """Can it be reached? For the health check."""
        try:
            await obstore.head_async(self._store, "health")
        except FileNotFoundError:
            return True
        except (BaseError, OSError):
            return False
        return True

    async def _write(self, key: str, data: Any) -> None:
        try:
            await obstore.put_async(self._store, _checked(key), data)
            if self._folder is not None:
                await asyncio.to_thread(_sync, self._folder / key)
        except (BaseError, OSError) as fault:
            raise _unavailable(fault) from fault


class _Seen:
    """What has gone by: how much, its hash, its beginning."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.size = 0
        self.hash = hashlib.sha256()
        self.head = bytearray()

    async def through(self, chunks: AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
        async for chunk in chunks:
            self.size += len(chunk)
            if self.size > self.limit_bytes:
                facts = {"limit_bytes": self.limit_bytes}
                raise Refusal(Refused("invalid", "plumbing.file_too_large", facts=facts))
            self.hash.update(chunk)
            if len(self.head) < HEAD_BYTES:
                self.head += chunk[: HEAD_BYTES - len(self.head)]
            yield chunk


async def _sent(found: Any) -> AsyncGenerator[bytes]:
    try:
        async for chunk in found.stream(min_chunk_size=256 * 1024):
            data = bytes(chunk)
            _BYTES.labels("out").inc(len(data))
            yield data
    except (BaseError, OSError) as fault:
        raise _unavailable(fault) from fault


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key) or len(key) > 300:
        raise ValueError(f"{key!r} is no key of ours")
    return key


def _sync(file: Path) -> None:
    """A file that was acknowledged is on the disk, and so is its entry in the folder."""
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unavailable(fault: Exception) -> Refusal:
    _log.warning("files_unavailable", fault=f"{type(fault).__name__}: {fault}"[:300])
    return Refusal(_UNAVAILABLE)
