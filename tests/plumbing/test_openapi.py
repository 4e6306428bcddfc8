"""The API's description says what the handlers' signatures say."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest

from xiaoer.plumbing.http import Answer, Call, Page, Route
from xiaoer.plumbing.openapi import REFUSALS, describe, document
from xiaoer.plumbing.upload import Upload


class Wish(msgspec.Struct):
    """What is wished."""

    name: str
    size: int = 1


class Thing(msgspec.Struct):
    """What there is."""

    id: UUID
    note: str | None = None
    facts: dict[str, object] = {}
    mark: str | msgspec.UnsetType = msgspec.UNSET


async def list_things(
    call: Call,
    shop: UUID,
    q: Annotated[str, msgspec.Meta(min_length=1)] | None = None,
    state: Literal["open", "closed"] | None = None,
    limit: int = 50,
) -> Page[Thing]:
    """List the things of a shop.

    The newest come first.
    """
    raise NotImplementedError


async def post_thing(call: Call, shop: UUID, data: Wish) -> Thing:
    raise NotImplementedError


async def put_file(call: Call, data: Upload) -> None:
    raise NotImplementedError


async def get_file(call: Call) -> Answer:
    raise NotImplementedError


ROUTES = (
    Route("GET", "/shops/{shop}/things", list_things, "things.read"),
    Route("POST", "/shops/{shop}/things", post_thing, "things.write", status=201),
    Route("PUT", "/file", put_file, None),
    Route("GET", "/file", get_file, None, media_type="text/csv"),
    Route("GET", "/metrics", get_file, None, hidden=True),
)


@pytest.fixture
def api() -> dict[str, Any]:
    return msgspec.json.decode(msgspec.json.encode(document(ROUTES)))


def test_every_route_is_there_but_the_hidden_ones(api: dict[str, Any]):
    assert {path: sorted(doors) for path, doors in api["paths"].items()} == {
        "/shops/{shop}/things": ["get", "post"],
        "/file": ["get", "put"],
    }


def test_parameters_carry_place_type_and_default(api: dict[str, Any]):
    listed = api["paths"]["/shops/{shop}/things"]["get"]
    assert (listed["summary"], listed["description"]) == (
        "List the things of a shop.",
        "The newest come first.",
    )
    assert [(one["name"], one["in"], one["required"]) for one in listed["parameters"]] == [
        ("shop", "path", True),
        ("q", "query", False),
        ("state", "query", False),
        ("limit", "query", False),
    ]
    shop, q, state, limit = (one["schema"] for one in listed["parameters"])
    assert shop == {"type": "string", "format": "uuid"}
    assert q == {"type": "string", "minLength": 1}
    assert sorted(state["enum"]) == ["closed", "open"]
    assert limit == {"type": "integer", "default": 50}


def test_what_is_unset_is_not_promised(api: dict[str, Any]):
    thing = api["components"]["schemas"]["Thing"]
    assert "mark" in thing["properties"]
    assert "mark" not in thing["required"]


def test_what_is_taken_may_leave_out_and_what_is_said_does_not(api: dict[str, Any]):
    schemas = api["components"]["schemas"]
    assert schemas["Wish"]["required"] == ["name"]
    assert schemas["Thing"]["required"] == ["id", "note", "facts"]


def test_bodies_and_answers_have_their_media_types(api: dict[str, Any]):
    put, get = api["paths"]["/file"]["put"], api["paths"]["/file"]["get"]
    assert sorted(put["requestBody"]["content"]) == ["application/octet-stream", "multipart/form-data"]
    assert put["responses"]["204"] == {"description": "Done."}
    assert list(get["responses"]["200"]["content"]) == ["text/csv"]
    post = api["paths"]["/shops/{shop}/things"]["post"]
    assert post["responses"]["201"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Thing"
    }
    assert post["responses"]["422"] == {"$ref": "#/components/responses/Refused422"}
    assert list(post["responses"]) == ["201", *(str(one) for one in sorted(REFUSALS))]
    assert "409" not in get["responses"]


def test_a_deed_asks_for_a_sign_in(api: dict[str, Any]):
    assert api["paths"]["/shops/{shop}/things"]["get"]["x-deed"] == "things.read"
    assert api["paths"]["/shops/{shop}/things"]["get"]["security"] == [{"token": []}, {"session": []}]
    assert "security" not in api["paths"]["/file"]["get"]


def test_a_type_that_json_does_not_know_is_a_fault():
    with pytest.raises(TypeError):
        describe([], [complex])
