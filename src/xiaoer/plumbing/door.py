"""A route made ready: its parameters read from the handler's signature, its answers turned into bytes."""

import inspect
import re
import typing
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, cast
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import invalid
from xiaoer.plumbing.http import Answer, Call, CallerLeftError, Route, StreamAnswer, header
from xiaoer.plumbing.upload import Upload

Ready = tuple[int, bytes, list[tuple[bytes, bytes]]]
"""Status, body and headers of an answer."""
BodyKind = Literal["none", "json", "bytes", "upload"]

_IN_PATH: Final = re.compile(r"\{([a-z_]+)\}")
_JSON_HEADERS: Final = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
_NOT_FOUND: Final = Refused("not_found", "plumbing.unknown_path")
_encoder: Final = msgspec.json.Encoder()


class Parameter(msgspec.Struct, frozen=True):
    """One query parameter of a handler; `from_` of the handler is `from` on the wire."""

    name: str
    argument: str
    type: Any
    default: Any
    required: bool
    many: bool


class Door:
    """One route, ready to be called."""

    def __init__(self, route: Route) -> None:
        self.route: Final = route
        self.shape: Final = shape_of(route)
        self._path_types = self.shape.path
        self._query = {parameter.name: parameter for parameter in self.shape.query}
        self._required = [parameter for parameter in self.shape.query if parameter.required]
        self._decode = (
            msgspec.json.Decoder(self.shape.body).decode if self.shape.body_kind == "json" else None
        )

    def read_path(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The typed parameters of the path. Raises Refusal (not found) for what cannot name anything."""
        typed: dict[str, Any] = {}
        for name, kind in self._path_types.items():
            text = values[name]
            try:
                if kind is UUID:
                    if len(text) != 36:
                        raise Refusal(_NOT_FOUND)
                    typed[name] = UUID(text)
                else:
                    typed[name] = msgspec.convert(_clean(text), kind, strict=False)
            except (ValueError, msgspec.ValidationError) as problem:
                raise Refusal(_NOT_FOUND) from problem
        return typed

    def read_query(self, query: bytes) -> dict[str, Any]:
        """The typed query parameters. Raises Refusal for one that is unknown, missing, doubled or wrong."""
        if not query:
            given: dict[str, list[str]] = {}
        else:
            given = _parse_query(query)
        typed: dict[str, Any] = {}
        for name, texts in given.items():
            parameter = self._query.get(name)
            if parameter is None:
                raise Refusal(
                    Refused("invalid", "plumbing.parameter_unknown", facts={"parameter": name[:100]})
                )
            typed[parameter.argument] = _typed(parameter, texts)
        for parameter in self._required:
            if parameter.argument not in typed:
                raise Refusal(
                    Refused("invalid", "plumbing.parameter_missing", facts={"parameter": parameter.name})
                )
        return typed

    def read_body(self, body: bytes) -> object:
        """The typed JSON body. Raises Refusal for what is not JSON or has another shape."""
        assert self._decode is not None
        try:
            data = self._decode(body)
        except msgspec.ValidationError as problem:
            raise Refusal(invalid.body(str(problem))) from problem
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise Refusal(Refused("invalid", "plumbing.malformed_json")) from problem
        if b"\\u0000" in body and invalid.NUL.search(body):
            raise Refusal(Refused("invalid", "plumbing.nul_character"))
        if invalid.LONG_NUMBER.search(body) and not invalid.fits(msgspec.json.decode(body)):
            raise Refusal(invalid.OUT_OF_RANGE)
        return data

    async def answer(self, call: Call, arguments: Mapping[str, Any]) -> object:
        """What the handler says."""
        return await self.route.handler(call, **arguments)


class Shape(msgspec.Struct, frozen=True):
    """What a handler's signature asks for."""

    path: dict[str, Any]
    query: tuple[Parameter, ...]
    body: Any
    body_kind: BodyKind
    answer: Any


@cache
def shape_of(route: Route) -> Shape:
    """Read a handler's signature. Raises TypeError for one that no request could satisfy."""
    handler = route.handler
    where = f"{route.method} {route.path}"
    hints = typing.get_type_hints(handler, include_extras=True)
    names = list(inspect.signature(handler).parameters.values())
    if not names or names[0].name != "call":
        raise TypeError(f"{where}: the first parameter of a handler is `call`")
    in_path = _IN_PATH.findall(route.path)
    path: dict[str, Any] = {}
    query: list[Parameter] = []
    body: Any = None
    for parameter in names[1:]:
        if parameter.name not in hints:
            raise TypeError(f"{where}: `{parameter.name}` has no type")
        kind = hints[parameter.name]
        if parameter.name in in_path:
            path[parameter.name] = kind
        elif parameter.name == "data":
            body = kind
        else:
            query.append(_query_parameter(parameter, kind))
    if missing := set(in_path) - set(path):
        raise TypeError(f"{where}: the handler does not take {', '.join(sorted(missing))}")
    return Shape(path, tuple(query), body, _body_kind(body), _said(hints.get("return")))


def _said(kind: Any) -> Any:
    """What a door says; beside a thing it may answer bytes with a status of their own."""
    if typing.get_origin(kind) not in {typing.Union, UnionType}:
        return kind
    rest = tuple(one for one in typing.get_args(kind) if one is not Answer)
    return typing.Union[rest]  # noqa: UP007 - made from what is there


def _body_kind(body: object) -> BodyKind:
    if body is None:
        return "none"
    if body is bytes:
        return "bytes"
    return "upload" if body is Upload else "json"


def _query_parameter(parameter: inspect.Parameter, kind: Any) -> Parameter:
    required = parameter.default is inspect.Parameter.empty
    return Parameter(
        name=parameter.name.removesuffix("_"),
        argument=parameter.name,
        type=_without_none(kind),
        default=None if required else parameter.default,
        required=required,
        many=_is_many(kind),
    )


def _without_none(kind: Any) -> Any:
    """A query has no null: the word `null` is a word like any other."""
    if typing.get_origin(kind) not in {typing.Union, UnionType}:
        return kind
    rest = tuple(one for one in typing.get_args(kind) if one is not NoneType)
    return typing.Union[rest]  # noqa: UP007 - made from what is there


def _is_many(kind: Any) -> bool:
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _is_many(typing.get_args(kind)[0])
    return origin in {list, tuple, set, frozenset}


def _parse_query(query: bytes) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as problem:
        raise Refusal(Refused("invalid", "plumbing.query_malformed")) from problem
    for name, text in pairs:
        given.setdefault(name, []).append(_clean(text))
    return given


def _clean(text: str) -> str:
    if "\x00" in text:
        raise Refusal(Refused("invalid", "plumbing.nul_character"))
    return text


def _typed(parameter: Parameter, texts: Sequence[str]) -> object:
    if not parameter.many and len(texts) > 1:
        raise Refusal(invalid.parameter(parameter.name, "given more than once"))
    try:
        typed: object = msgspec.convert(texts if parameter.many else texts[0], parameter.type, strict=False)
    except msgspec.ValidationError as problem:
        raise Refusal(invalid.parameter(parameter.name, str(problem))) from problem
    if not invalid.fits(typed):
        raise Refusal(invalid.OUT_OF_RANGE)
    return typed


def ready(said: object, status: int) -> Ready | StreamAnswer:
    """A handler's word as status, body and headers."""
    if isinstance(said, StreamAnswer):
        return said
    if isinstance(said, Answer):
        headers = [header("content-type", said.media_type)]
        headers.extend(header(name, value) for name, value in said.headers.items())
        return said.status or status, said.body, headers
    if said is None:
        return 204, b"", [(b"cache-control", b"no-store")]
    return status, _encoder.encode(said), list(_JSON_HEADERS)


async def read_all(receive: Callable[[], Awaitable[Any]], limit_bytes: int) -> bytes:
    """The whole body. Raises Refusal beyond the limit, CallerLeftError when the caller went."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise CallerLeftError
    first = cast("bytes", message.get("body", b""))
    if not message.get("more_body", False):
        if len(first) > limit_bytes:
            raise Refusal(too_large(limit_bytes))
        return first
    chunks, size = [first], len(first)
    while message.get("more_body", False):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CallerLeftError
        chunk = cast("bytes", message.get("body", b""))
        size += len(chunk)
        if size > limit_bytes:
            raise Refusal(too_large(limit_bytes))
        chunks.append(chunk)
    return b"".join(chunks)


def too_large(limit_bytes: int) -> Refused:
    """The refusal of a body beyond its limit."""
    return Refused("invalid", "plumbing.body_too_large", facts={"limit_bytes": limit_bytes})
