"""The border: whatever arrives is answered, in the caller's language, and nothing of ours shows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from uuid import UUID

import msgspec
import pytest

from tests.client import Client
from xiaoer.kernel.actor import Actor, Reach, Role
from xiaoer.kernel.refusal import KINDS, Refusal, Refused
from xiaoer.plumbing.app import App
from xiaoer.plumbing.http import STATUS, Answer, Call, Limit, Page, Route, Services, StreamAnswer
from xiaoer.plumbing.language import LANGUAGES, Catalogue
from xiaoer.plumbing.limits import Budget, Budgets, Limits
from xiaoer.plumbing.settings import Settings
from xiaoer.plumbing.upload import Upload

NOW = datetime(2026, 11, 11, 8, 0, tzinfo=UTC)
TENANT, PERSON, SHOP = UUID(int=1), UUID(int=2), UUID(int=3)
CATALOGUE = Catalogue.shipped()


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=10)]
    kind: Literal["text", "card"] = "text"
    amount_minor: int = 0
    tags: list[str] = []


class Echo(msgspec.Struct):
    shop: UUID
    text: str
    by: str
    reach: str


@dataclass
class FakeGate:
    """Knows two credentials: `agent` of SHOP and `buyer`."""

    asked: list[str] = field(default_factory=list)

    def remembered(self, credential: str) -> Actor | None:
        return None

    async def actor_of(self, credential: str) -> Actor | None:
        self.asked.append(credential)
        if credential not in {"agent", "buyer", "spanish"}:
            return None
        role = cast("Role", "buyer" if credential == "buyer" else "agent")
        return Actor(TENANT, PERSON, role, (SHOP,), language="es" if credential == "spanish" else "")

    def check(self, actor: Actor, deed: str, path: str, shop: UUID | None) -> Reach | Refused:
        if actor.role == "buyer":
            return Refused("not_allowed", "plumbing.cross_site")
        return "team"

    def reach(self, actor: Actor, deed: str, shop: UUID | None = None) -> Reach:
        return "team"

    async def shop_exists(self, tenant: UUID, shop: UUID) -> bool:
        return shop == SHOP

    async def origin_allowed(self, origin: str) -> bool:
        return origin == "https://shop.example"

    async def frame_origins(self, shop: UUID) -> tuple[str, ...]:
        return ()


async def echo(call: Call, shop: UUID, data: Wish) -> Echo:
    """Say it back."""
    return Echo(shop, data.text, call.actor.role, call.reach)


async def numbers(
    call: Call,
    limit: Limit = 50,
    *,
    after: int = 0,
    tag: tuple[str, ...] = (),
    live: bool = False,
) -> Page[str]:
    """Repeat the parameters."""
    return Page([str(limit), str(after), *tag, str(live)])


async def needed(call: Call, since: datetime, before: UUID | None = None) -> dict[str, str]:
    return {"since": since.isoformat()}


async def refuse(call: Call, kind: str) -> None:
    raise Refusal(Refused(cast("Any", kind), "plumbing.too_many", row="R1", facts={"retry_after_seconds": 7}))


async def break_down(call: Call) -> None:
    raise ZeroDivisionError("secret internals")


async def slow(call: Call) -> None:
    await asyncio.Event().wait()


async def slow_body(call: Call, data: Wish) -> None:
    raise AssertionError("never called")


async def nothing(call: Call) -> None:
    call.set_cookie("xiaoer_session", "abc", max_age_seconds=60)


async def picture(call: Call) -> Answer:
    return Answer(b"\x89PNG", "image/png", {"Content-Disposition": "inline"})


async def split(call: Call) -> Answer:
    return Answer(b"", "text/plain", {"Content-Disposition": "inline; filename=a\r\nX-Evil: 1"})


async def stream(call: Call) -> StreamAnswer:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"one\n"
        yield b"two\n"

    return StreamAnswer(chunks(), "application/x-ndjson")


async def upload(call: Call, data: Upload) -> dict[str, Any]:
    body = await data.read()
    return {"name": data.name, "type": data.media_type, "fields": dict(data.fields), "size": len(body)}


ROUTES = (
    Route("POST", "/api/v1/shops/{shop}/echo", echo, "conversations.send", status=201, body_max_bytes=1000),
    Route("GET", "/public/v1/numbers", numbers, None),
    Route("GET", "/public/v1/needed", needed, None),
    Route("GET", "/public/v1/refuse/{kind}", refuse, None),
    Route("GET", "/public/v1/broken", break_down, None),
    Route("GET", "/public/v1/slow", slow, None, timeout_seconds=0.01),
    Route("POST", "/public/v1/slow-body", slow_body, None, timeout_seconds=0.05),
    Route("POST", "/public/v1/nothing", nothing, None),
    Route("GET", "/public/v1/picture", picture, None),
    Route("GET", "/public/v1/stream", stream, None),
    Route("GET", "/public/v1/split", split, None),
    Route("POST", "/public/v1/upload", upload, None, body_max_bytes=100_000),
)
ECHO = f"/api/v1/shops/{SHOP}/echo"


def app_with(budgets: Budgets | None = None) -> App:
    services = Services(
        settings=Settings(home=Path(), data=Path(), public_url="https://desk.example"),
        database=cast("Any", None),
        hub=cast("Any", None),
        gate=FakeGate(),
        limits=Limits(cast("Any", None), lambda: NOW),
        budgets=budgets or Budgets.shipped(),
        catalogue=CATALOGUE,
        clock=lambda: NOW,
    )
    return App(services, ROUTES)


@pytest.fixture
def client() -> Client:
    return Client(app_with(), token="agent")


async def test_a_wish_reaches_its_handler_typed(client: Client) -> None:
    answer = await client.post(ECHO, {"text": "您好"})
    assert answer.status == 201
    assert answer.json == {"shop": str(SHOP), "text": "您好", "by": "agent", "reach": "team"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "code", "facts"),
    [
        (b"", "plumbing.malformed_json", {}),
        (b"{", "plumbing.malformed_json", {}),
        (b"\xff\xfe", "plumbing.malformed_json", {}),
        (b'{"text":"\\ud800"}', "plumbing.malformed_json", {}),
        (b'{"text":"a\\u0000"}', "plumbing.nul_character", {}),
        (b"[]", "plumbing.field_invalid", {"field": "$"}),
        (b"{}", "plumbing.field_missing", {"field": "text"}),
        (b'{"text":1}', "plumbing.field_invalid", {"field": "text"}),
        (b'{"text":""}', "plumbing.field_invalid", {"field": "text"}),
        (b'{"text":"12345678901"}', "plumbing.field_invalid", {"field": "text"}),
        (b'{"text":"a","kind":"x"}', "plumbing.field_invalid", {"field": "kind"}),
        (b'{"text":"a","nope":1}', "plumbing.field_unknown", {"field": "nope"}),
        (b'{"text":"a","tags":["a",2]}', "plumbing.field_invalid", {"field": "tags[1]"}),
        (b'{"text":"a","amount_minor":99999999999999999999}', "plumbing.value_out_of_range", {}),
        (b'{"text":"a","tags":' + b"[" * 900, "plumbing.field_invalid", {}),
    ],
)
async def test_a_wrong_body_is_refused_with_its_place(
    client: Client, body: bytes, code: str, facts: dict[str, str]
) -> None:
    answer = await client.request("POST", ECHO, body=body, headers={"content-type": "application/json"})
    assert (answer.status, answer.code) == (400, code)
    assert answer.json["error"]["facts"].items() >= facts.items()
    assert "{{" not in answer.json["error"]["message"]


async def test_a_backslash_before_u0000_is_only_text(client: Client) -> None:
    answer = await client.request(
        "POST", ECHO, body=b'{"text":"\\\\u0000"}', headers={"content-type": "application/json"}
    )
    assert answer.json["text"] == "\\u0000"


async def test_a_long_number_inside_text_is_only_text(client: Client) -> None:
    app = app_with()
    wish = b'{"text":"a","tags":["99999999999999999999999"]}'
    answer = await Client(app, token="agent").request(
        "POST", ECHO, body=wish, headers={"content-type": "application/json"}
    )
    assert answer.status == 201


@pytest.mark.parametrize(
    ("limit_bytes", "told"), [(1023, "1023 B"), (65536, "64 kB"), (20 << 20, "20 MB"), (1536 << 20, "1.5 GB")]
)
def test_a_refusal_tells_a_size_as_people_say_it(limit_bytes: int, told: str) -> None:
    refused = Refused("invalid", "plumbing.file_too_large", facts={"limit_bytes": limit_bytes})
    assert CATALOGUE.sentence(refused, "en") == f"The file is too large: at most {told}."


async def test_other_media_types_and_large_bodies_are_refused(client: Client) -> None:
    as_form = await client.request("POST", ECHO, body=b"text=a", headers={"content-type": "text/plain"})
    assert (as_form.status, as_form.code) == (415, "plumbing.media_type")
    large = await client.post(ECHO, {"text": "x" * 2000})
    assert (large.status, large.code) == (413, "plumbing.body_too_large")
    assert "1000 B" in large.json["error"]["message"]

    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    dripped = await client.request("POST", ECHO, body=unannounced())
    assert (dripped.status, dripped.code) == (413, "plumbing.body_too_large")


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/public/v1/numbers", "limit=0", 400, "plumbing.parameter_invalid"),
        ("/public/v1/numbers", "limit=x", 400, "plumbing.parameter_invalid"),
        ("/public/v1/needed", "since=2026-11-11T00:00:00Z&before=null", 400, "plumbing.parameter_invalid"),
        ("/public/v1/numbers", "limit=1&limit=2", 400, "plumbing.parameter_invalid"),
        ("/public/v1/numbers", "after=99999999999999999999", 400, "plumbing.value_out_of_range"),
        ("/public/v1/numbers", "lmit=1", 400, "plumbing.parameter_unknown"),
        ("/public/v1/numbers", "tag=%00", 400, "plumbing.nul_character"),
        ("/public/v1/numbers", "tag=%ff", 400, "plumbing.query_malformed"),
        ("/public/v1/needed", "", 400, "plumbing.parameter_missing"),
        ("/public/v1/needed", "since=yesterday", 400, "plumbing.parameter_invalid"),
        ("/public/v1/nowhere", "", 404, "plumbing.unknown_path"),
        ("/public/v1/numbers/", "", 404, "plumbing.unknown_path"),
        ("/public/v1/slow", "", 503, "plumbing.timed_out"),
    ],
)
async def test_a_wrong_address_is_refused(
    client: Client, path: str, query: str, status: int, code: str
) -> None:
    answer = await client.request("GET", path, query=query)
    assert (answer.status, answer.code) == (status, code)


async def test_parameters_are_typed_and_have_defaults(client: Client) -> None:
    assert (await client.get("/public/v1/numbers")).json["data"] == ["50", "0", "False"]
    answer = await client.get("/public/v1/numbers", limit=7, after=9, tag=["a", "b"], live="true")
    assert answer.json["data"] == ["7", "9", "a", "b", "True"]


async def test_a_shop_must_be_an_id_that_exists(client: Client) -> None:
    for shop in ("x", "1" * 32, UUID(int=77)):
        answer = await client.post(f"/api/v1/shops/{shop}/echo", {"text": "a"})
        assert answer.status == 404


async def test_who_is_nobody_or_has_no_right_is_refused_before_his_body_is_read() -> None:
    app = app_with()
    nobody = await Client(app).request("POST", ECHO, body=b"{")
    assert (nobody.status, nobody.code) == (401, "plumbing.sign_in_needed")
    assert nobody.headers["www-authenticate"] == "Bearer"
    ended = await Client(app, token="old").request("POST", ECHO, body=b"{")
    assert (ended.status, ended.code) == (401, "plumbing.session_ended")
    buyer = await Client(app, token="buyer").request("POST", ECHO, body=b"{")
    assert buyer.status == 403


async def test_a_cookie_needs_the_header_of_our_pages_and_our_origin() -> None:
    app = app_with()
    proxied = Client(app, cookie="agent", headers={"origin": "https://desk.example"})
    assert (await proxied.post(ECHO, {"text": "a"})).status == 201
    bare = Client(app, headers={"cookie": "xiaoer_session=agent"})
    assert (await bare.post(ECHO, {"text": "a"})).code == "plumbing.header_missing"
    page = Client(app, cookie="agent")
    assert (await page.post(ECHO, {"text": "a"})).status == 201
    foreign = Client(app, cookie="agent", headers={"origin": "https://evil.example"})
    assert (await foreign.post(ECHO, {"text": "a"})).code == "plumbing.cross_site"
    fetched = Client(app, cookie="agent", headers={"sec-fetch-site": "cross-site"})
    assert (await fetched.post(ECHO, {"text": "a"})).code == "plumbing.cross_site"
    ours = Client(
        app, cookie="agent", headers={"origin": "http://xiaoer.test", "sec-fetch-site": "same-origin"}
    )
    assert (await ours.post(ECHO, {"text": "a"})).status == 201


async def test_methods(client: Client) -> None:
    wrong = await client.delete("/public/v1/numbers")
    assert (wrong.status, wrong.code) == (405, "plumbing.method_not_allowed")
    assert wrong.headers["allow"] == "GET, HEAD, OPTIONS"
    asked = await client.request("OPTIONS", "/public/v1/numbers")
    assert (asked.status, asked.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    head = await client.request("HEAD", "/public/v1/numbers")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) > 0


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_every_kind_of_refusal_has_one_status(client: Client, kind: str) -> None:
    answer = await client.get(f"/public/v1/refuse/{kind}")
    assert answer.status == STATUS[cast("Any", kind)]
    assert answer.json["error"]["kind"] == kind
    assert answer.json["error"]["row"] == "R1"
    assert answer.headers["retry-after"] == "7"


async def test_a_fault_shows_a_number_and_nothing_else(client: Client) -> None:
    answer = await client.get("/public/v1/broken")
    assert answer.status == 500
    error = answer.json["error"]
    assert (error["kind"], error["code"]) == ("fault", "plumbing.fault")
    assert UUID(error["facts"]["fault_id"])
    assert b"secret internals" not in answer.body
    assert b"ZeroDivision" not in answer.body


@pytest.mark.parametrize("language", LANGUAGES)
async def test_refusals_speak_the_callers_language(language: str) -> None:
    client = Client(app_with(), headers={"accept-language": f"{language},en;q=0.1"})
    answer = await client.get("/public/v1/nowhere")
    expected = CATALOGUE.text(language, "plumbing", "refused.unknown_path")
    assert answer.json["error"]["message"] == expected
    assert sum(CATALOGUE.text(one, "plumbing", "refused.unknown_path") == expected for one in LANGUAGES) == 1


async def test_a_persons_own_language_outranks_the_browsers() -> None:
    client = Client(app_with(), token="spanish", headers={"accept-language": "ja"})
    answer = await client.post(ECHO, {"text": ""})
    assert answer.json["error"]["message"].startswith("El campo")


async def test_a_body_that_never_ends_is_not_waited_for(client: Client) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    answer = await client.request(
        "POST", "/public/v1/slow-body", body=trickle(), headers={"content-type": "application/json"}
    )
    assert (answer.status, answer.code) == (408, "plumbing.body_slow")


async def test_other_answers(client: Client) -> None:
    said = await client.post("/public/v1/nothing")
    assert (said.status, said.body, said.cookies) == (204, b"", {"xiaoer_session": "abc"})
    assert said.headers["set-cookie"].endswith("HttpOnly; SameSite=Lax; Secure")
    shown = await client.get("/public/v1/picture")
    assert (shown.headers["content-type"], shown.body) == ("image/png", b"\x89PNG")
    streamed = await client.get("/public/v1/stream")
    assert (streamed.headers["content-type"], streamed.body) == ("application/x-ndjson", b"one\ntwo\n")


async def test_a_header_cannot_hold_a_line_break(client: Client) -> None:
    answer = await client.get("/public/v1/split")
    assert (answer.status, answer.code) == (500, "plumbing.fault")
    assert "x-evil" not in answer.headers


async def test_pages_of_shops_may_call_with_a_bearer_token() -> None:
    app = app_with()
    allowed = Client(app, token="agent", headers={"origin": "https://shop.example"})
    answer = await allowed.get("/public/v1/numbers")
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    asked = await allowed.request(
        "OPTIONS", "/public/v1/numbers", headers={"access-control-request-method": "GET"}
    )
    assert "authorization" in asked.headers["access-control-allow-headers"]
    foreign = Client(app, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in (await foreign.get("/public/v1/numbers")).headers


async def test_who_asks_too_often_waits() -> None:
    now = [NOW]
    app = app_with(Budgets(**dict.fromkeys(Budgets.__struct_fields__, Budget(3, 0.5))))
    object.__setattr__(app.services, "clock", lambda: now[0])
    client = Client(app)
    statuses = [(await client.get("/public/v1/numbers")).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = await client.get("/public/v1/numbers")
    assert (refused.code, refused.headers["retry-after"]) == ("plumbing.too_many", "2")
    assert (await Client(app, address="203.0.113.8").get("/public/v1/numbers")).status == 200
    now[0] += timedelta(seconds=2)
    assert (await client.get("/public/v1/numbers")).status == 200


async def test_an_address_that_guesses_tokens_stops_reaching_the_database() -> None:
    app = app_with(msgspec.structs.replace(Budgets.shipped(), unknown=Budget(5, 0.1)))
    gate = cast("FakeGate", app.services.gate)
    answers = [await Client(app, token=f"guess{n}").get("/public/v1/numbers") for n in range(20)]
    assert answers[-1].status == 429
    assert len(gate.asked) <= 6


FORM = (
    b'--B\r\nContent-Disposition: form-data; name="conversation"\r\n\r\nc1\r\n'
    b'--B\r\nContent-Disposition: form-data; name="file"; filename="\xe5\x9b\xbe.png"\r\n'
    b"Content-Type: image/png\r\n\r\n" + b"\x89" * 5000 + b"\r\n--B--\r\n"
)
FORM_TYPE = {"content-type": "multipart/form-data; boundary=B"}


def pieces(body: bytes, size: int) -> Callable[[], AsyncIterator[bytes]]:
    async def cut() -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    return cut


@pytest.mark.parametrize("size", [1, 7, 100, 100_000])
async def test_a_form_brings_a_file_whatever_its_pieces(client: Client, size: int) -> None:
    answer = await client.request("POST", "/public/v1/upload", body=pieces(FORM, size)(), headers=FORM_TYPE)
    assert answer.json == {
        "name": "图.png",
        "type": "image/png",
        "fields": {"conversation": "c1"},
        "size": 5000,
    }


async def test_a_raw_body_is_a_file_too(client: Client) -> None:
    answer = await client.request(
        "POST", "/public/v1/upload", body=b"abc", headers={"content-type": "text/csv"}
    )
    assert answer.json == {"name": "", "type": "text/csv", "fields": {}, "size": 3}


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (FORM[:-10], FORM_TYPE, "plumbing.malformed_form"),
        (b"nonsense", FORM_TYPE, "plumbing.malformed_form"),
        (FORM, {"content-type": "multipart/form-data"}, "plumbing.malformed_form"),
        (b"--B--\r\n", FORM_TYPE, "plumbing.file_missing"),
        (None, {"content-type": "image/png"}, "plumbing.body_missing"),
        (b"x" * 200_000, {"content-type": "image/png"}, "plumbing.body_too_large"),
        (FORM.replace(b"c1", b"c" * 10_000), FORM_TYPE, "plumbing.malformed_form"),
    ],
)
async def test_wrong_uploads_are_refused(
    client: Client, body: bytes | None, headers: dict[str, str], code: str
) -> None:
    sent = pieces(body, 999)() if body else b""
    answer = await client.request("POST", "/public/v1/upload", body=sent, headers=headers)
    assert answer.code == code


def test_a_handler_no_request_could_satisfy_is_found_at_the_start() -> None:
    async def forgets_shop(call: Call) -> None: ...

    async def untyped(call: Call, shop) -> None: ...

    for handler in (forgets_shop, untyped):
        with pytest.raises(TypeError, match="shop"):
            App(
                app_with().services,
                (Route("GET", "/x/{shop}", cast("Callable[..., Awaitable[None]]", handler), None),),
            )
    with pytest.raises(ValueError, match="twice"):
        App(app_with().services, (ROUTES[1], ROUTES[1]))
