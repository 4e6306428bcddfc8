"""A body that arrives piece by piece: the raw bytes of one file, or the first file of a multipart form."""

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final, cast

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import CallerLeftError

_FIELD_MAX_BYTES: Final = 8 * 1024
_HEADERS_MAX_BYTES: Final = 8 * 1024
_FIELDS_MAX: Final = 50


class Upload:
    """One file on its way in.

    `name` and `media_type` are the sender's words and prove nothing; `fields` are the form's other fields
    before the file. `chunks` can be read once.
    """

    def __init__(
        self, name: str, media_type: str, fields: Mapping[str, str], chunks: AsyncIterator[bytes]
    ) -> None:
        self.name: Final = name
        self.media_type: Final = media_type
        self.fields: Final = fields
        self._chunks = chunks

    def chunks(self) -> AsyncIterator[bytes]:
        """The bytes as they arrive. Raises Refusal beyond the limit, CallerLeftError when the caller went."""
        return self._chunks

    async def read(self) -> bytes:
        """All of it at once; for small files only."""
        return b"".join([chunk async for chunk in self._chunks])


async def open_upload(
    receive: Callable[[], Awaitable[Any]], headers: Mapping[str, str], limit_bytes: int
) -> Upload:
    """Begin to read a body: up to the first byte of the file. Raises Refusal for a form without one."""
    media_type, options = parse_options_header(headers.get("content-type", ""))
    body = _body(receive, limit_bytes)
    if media_type != b"multipart/form-data":
        return Upload("", media_type.decode("latin-1"), {}, body)
    boundary = options.get(b"boundary")
    if not boundary or len(boundary) > 200:
        raise Refusal(_MALFORMED)
    form = _Form(boundary)
    async for chunk in body:
        form.feed(chunk)
        if form.file_found:
            return Upload(form.file_name, form.file_type, dict(form.fields), form.rest(body))
    form.close()
    raise Refusal(Refused("invalid", "plumbing.file_missing"))


_MALFORMED: Final = Refused("invalid", "plumbing.malformed_form")


async def _body(receive: Callable[[], Awaitable[Any]], limit_bytes: int) -> AsyncIterator[bytes]:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CallerLeftError
        chunk = cast("bytes", message.get("body", b""))
        size += len(chunk)
        if size > limit_bytes:
            raise Refusal(Refused("invalid", "plumbing.body_too_large", facts={"limit_bytes": limit_bytes}))
        if chunk:
            yield chunk
        more = bool(message.get("more_body", False))


class _Form:
    """The parser's callbacks: collects small fields, stops collecting at the first file."""

    def __init__(self, boundary: bytes) -> None:
        self.fields: dict[str, str] = {}
        self.file_found = False
        self.file_name = ""
        self.file_type = ""
        self._in_file = False
        self._ended = False
        self._waiting: deque[bytes] = deque()
        self._headers: dict[str, bytes] = {}
        self._header_name = b""
        self._header_value = b""
        self._field_name = ""
        self._field = bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begins,
                "on_header_field": self._header_name_part,
                "on_header_value": self._header_value_part,
                "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._part_data,
                "on_part_end": self._part_ends,
                "on_end": self._form_ends,
            },
        )

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except MultipartParseError as problem:
            raise Refusal(_MALFORMED) from problem

    def close(self) -> None:
        if not self._ended:
            raise Refusal(_MALFORMED)

    async def rest(self, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        while self._waiting:
            yield self._waiting.popleft()
        async for chunk in body:
            self.feed(chunk)
            while self._waiting:
                yield self._waiting.popleft()
        self.close()

    def _part_begins(self) -> None:
        self._headers, self._header_name, self._header_value = {}, b"", b""
        self._field = bytearray()

    def _header_name_part(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]
        self._refuse_long(len(self._header_name), _HEADERS_MAX_BYTES)

    def _header_value_part(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._refuse_long(len(self._header_value), _HEADERS_MAX_BYTES)

    def _header_ends(self) -> None:
        self._headers[self._header_name.decode("latin-1").lower()] = self._header_value
        self._refuse_long(len(self._headers), 20)
        self._header_name, self._header_value = b"", b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        self._field_name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options and not self.file_found:
            self.file_found = self._in_file = True
            self.file_name = options[b"filename"].decode("utf-8", "replace")
            self.file_type = self._headers.get("content-type", b"").decode("latin-1")

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._waiting.append(data[start:end])
        elif not self.file_found:
            self._field += data[start:end]
            self._refuse_long(len(self._field), _FIELD_MAX_BYTES)

    def _part_ends(self) -> None:
        if self._in_file:
            self._in_file = False
        elif not self.file_found:
            self.fields[self._field_name] = self._field.decode("utf-8", "replace")
            self._refuse_long(len(self.fields), _FIELDS_MAX)

    def _form_ends(self) -> None:
        self._ended = True

    @staticmethod
    def _refuse_long(length: int, limit: int) -> None:
        if length > limit:
            raise Refusal(_MALFORMED)
