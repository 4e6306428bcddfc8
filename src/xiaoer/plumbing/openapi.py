"""The API in words machines read: OpenAPI 3.1 from the table of routes and the handlers' signatures."""

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, Final

import msgspec

from xiaoer.plumbing.auth import SESSION_COOKIE
from xiaoer.plumbing.door import Parameter, Shape, shape_of
from xiaoer.plumbing.http import Answer, ErrorBody, Route, SocketRoute, StreamAnswer

Schema = dict[str, Any]

REFERENCE: Final = "#/components/schemas/{name}"
REFUSALS: Final[Mapping[int, str]] = {
    400: "What was sent is not what this door takes (`invalid`).",
    401: "Nobody is signed in, or not any more (`unauthenticated`).",
    403: "He may not (`not_allowed`).",
    404: "There is no such thing, or none he may know of (`not_found`).",
    405: "This address does not take the method.",
    408: "The body came too slowly.",
    409: "Not in the present state (`not_now`).",
    413: "The body is too large.",
    415: "The body is not of the media type this door takes.",
    422: "A rule says no (`refused`); `row` names it.",
    429: "Too often (`too_many`); `Retry-After` says how long to wait.",
    500: "A fault of the program, with a number (`fault`).",
    503: "Not just now (`unavailable`): the same request may succeed a moment later.",
}
"""What each status says, whichever door it comes from."""
_SIGNED_IN: Final[Sequence[Mapping[str, Sequence[str]]]] = ({"token": ()}, {"session": ()})
_BYTES: Final[Schema] = {"type": "string", "format": "binary"}
_WAYS_IN: Final[Schema] = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token, or the secret of a session."},
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
}


def document(routes: Iterable[Route | SocketRoute], version: str = "1") -> Schema:
    """Describe every route that is not hidden. Raises TypeError for a type that JSON does not know."""
    shown = [(route, shape_of(route)) for route in routes if isinstance(route, Route) and not route.hidden]
    types = _Types(taken=list(_taken(shown)), said=[ErrorBody, *_said(shown)])
    paths: dict[str, Schema] = {}
    for route, shape in shown:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, shape, types)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Xiaoer", "version": version, "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": types.components,
            "responses": {
                f"Refused{status}": _content(said, types.of(ErrorBody)) for status, said in REFUSALS.items()
            },
            "securitySchemes": _WAYS_IN,
        },
    }


def describe(
    taken: Sequence[Any], said: Sequence[Any]
) -> tuple[list[Schema], list[Schema], dict[str, Schema]]:
    """Give the schemas of what is taken and of what is said, and the components they refer to.

    What is only ever said is said whole: there, fields with a default are required too.
    """
    found, components = msgspec.json.schema_components(
        [*taken, *said], schema_hook=_anything, ref_template=REFERENCE
    )
    _, told = msgspec.json.schema_components(list(taken), schema_hook=_anything, ref_template=REFERENCE)
    for name, schema in components.items():
        if name not in told and "properties" in schema:
            always = set(schema.get("required", ()))
            # what has neither is `UNSET` by default, and then not said at all
            schema["required"] = [
                field
                for field, shape in schema["properties"].items()
                if field in always or "default" in shape
            ]
    schemas = list(found)
    return schemas[: len(taken)], schemas[len(taken) :], components


class _Types:
    """The schemas of all types of the API, by type and direction."""

    def __init__(self, taken: list[Any], said: list[Any]) -> None:
        wishes, answers, self.components = describe(taken, said)
        pairs = [*zip(taken, wishes, strict=True), *zip(said, answers, strict=True)]
        self._schemas = {repr(kind): schema for kind, schema in pairs}

    def of(self, kind: Any) -> Schema:
        return self._schemas[repr(kind)]


def _taken(shown: Iterable[tuple[Route, Shape]]) -> Iterator[Any]:
    for _, shape in shown:
        yield from shape.path.values()
        yield from (parameter.type for parameter in shape.query)
        if shape.body_kind == "json":
            yield shape.body


def _said(shown: Iterable[tuple[Route, Shape]]) -> Iterator[Any]:
    return (shape.answer for _, shape in shown if _is_json(shape))


def _is_json(shape: Shape) -> bool:
    return shape.answer not in {None, NoneType, Answer, StreamAnswer}


def _operation(route: Route, shape: Shape, types: _Types) -> Schema:
    domain, *rest = route.handler.__module__.removeprefix("xiaoer.").split(".")
    summary, _, details = (inspect.getdoc(route.handler) or "").partition("\n\n")
    name = ".".join(
        (domain, *(part for part in rest if part != "http"), getattr(route.handler, "__name__", ""))
    )
    if route.path.startswith("/platform/"):
        name = f"platform.{name}"  # a handler may stand behind a shop's door and behind the marketplace's
    said: Schema = {"operationId": name, "tags": [domain], "summary": " ".join(summary.split())}
    if details:
        said["description"] = details
    if route.deed:
        said |= {"x-deed": route.deed, "security": _SIGNED_IN}
    parameters = [*_path_parameters(shape, types), *_query_parameters(shape, types)]
    if parameters:
        said["parameters"] = parameters
    if shape.body_kind != "none":
        said["requestBody"] = {"required": True, "content": _body(shape, types)}
    refused = {
        str(status): {"$ref": f"#/components/responses/Refused{status}"} for status in statuses(route, shape)
    }
    return said | {"responses": {**_success(route, shape, types), **refused}}


def statuses(route: Route, shape: Shape) -> tuple[int, ...]:
    """Every status a route may refuse or fail with."""
    found = {400, 401, 403, 404, 405, 429, 500, 503}
    if route.method != "GET":
        found |= {409, 422}
    if shape.body_kind != "none":
        found |= {408, 413}
    if shape.body_kind == "json":
        found.add(415)
    return tuple(sorted(found))


def _path_parameters(shape: Shape, types: _Types) -> Iterator[Schema]:
    for name, kind in shape.path.items():
        yield {"name": name, "in": "path", "required": True, "schema": types.of(kind)}


def _query_parameters(shape: Shape, types: _Types) -> Iterator[Schema]:
    for parameter in shape.query:
        schema = _without_null(types.of(parameter.type)) | _default(parameter)
        yield {"name": parameter.name, "in": "query", "required": parameter.required, "schema": schema}


def _without_null(schema: Schema) -> Schema:
    """A query says nothing by leaving a parameter out; it has no null."""
    kept = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kept) == 1:
        return kept[0]
    if None in schema.get("enum", ()):
        return schema | {"enum": [one for one in schema["enum"] if one is not None]}
    return schema


def _default(parameter: Parameter) -> Schema:
    plain = isinstance(parameter.default, str | int | float | bool)
    return {"default": parameter.default} if plain else {}


def _body(shape: Shape, types: _Types) -> Schema:
    if shape.body_kind == "json":
        return {"application/json": {"schema": types.of(shape.body)}}
    whole = {"application/octet-stream": {"schema": _BYTES}}
    if shape.body_kind == "bytes":
        return whole
    form = {"type": "object", "properties": {"file": _BYTES}, "required": ["file"]}
    return whole | {"multipart/form-data": {"schema": form}}


def _success(route: Route, shape: Shape, types: _Types) -> dict[str, Schema]:
    if shape.answer in {None, NoneType}:
        return {"204": {"description": "Done."}}
    if not _is_json(shape):
        return {str(route.status): _content("Done.", _BYTES, route.media_type)}
    done = {str(route.status): _content("Done.", types.of(shape.answer))}
    if not route.may_wait:
        return done
    return done | {"202": _content("Taken; it is done later.", types.of(shape.answer))}


def _content(description: str, schema: Schema, media_type: str = "application/json") -> Schema:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _anything(kind: type) -> Schema:
    if kind is object:
        return {"description": "Any JSON."}
    raise NotImplementedError(kind)
