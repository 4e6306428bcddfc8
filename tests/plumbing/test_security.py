"""What must hold everywhere: logs without people, secrets as hashes, uploads by their bytes, safe headers."""

import io
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import make
from tests.client import Client, Response
from tests.conversations.talk import Talk, begin
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.kernel.refusal import Refusal
from xiaoer.main import build
from xiaoer.plumbing import log
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.outbound import is_public, pinned, public_address
from xiaoer.plumbing.settings import Settings

PHONE = "13812345678"
SESSION_COOKIE = "xiaoer_session"


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    made = await begin(database)
    yield made
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()


@pytest.fixture(params=["json", "console"])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything the program logs, most talkative, in either form."""
    stream = io.StringIO()
    log.configure(level="debug", json=request.param == "json", stream=stream)
    yield stream
    log.configure(level="info")


# ── logs ─────────────────────────────────────────────────────────────────


async def test_a_phone_number_reaches_the_other_side_and_no_log(talk: Talk, lines: io.StringIO):
    await talk.said("buyer", f"我的电话 {PHONE},请回电")
    refused = await talk.refused("agent", f"加我微信 {PHONE}")
    assert refused.code in {"guard.must_be_changed", "conversations.not_yours"}
    agent = talk.client("agent")
    await agent.get(f"/api/v1/shops/{talk.shop}/search", q=PHONE)
    wish = {"login": PHONE, "password": "wrong", "marketplace": "nowhere"}
    await Client(talk.app).post("/public/v1/sign-in", wish)
    await talk.react()
    seen = await talk.client("manager").get(
        f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/entries"
    )
    assert PHONE in seen.body.decode()
    assert PHONE not in lines.getvalue()


def test_what_a_fault_says_is_masked_however_deep(lines: io.StringIO):
    logger = log.get("trial")
    logger.info(
        "called", number=f"+86 {PHONE}", who=[PHONE], about={"phone": PHONE, "token": "s3cret", "n": 1}
    )
    try:
        raise ValueError(f"cannot reach {PHONE}")
    except ValueError:
        logger.exception("failed")
    written = lines.getvalue()
    assert "failed" in written
    assert "ValueError" in written
    assert "138" in written, "a person is still told apart"
    assert PHONE not in written
    assert "s3cret" not in written


# ── secrets at rest ──────────────────────────────────────────────────────


async def test_no_table_holds_a_secret_as_it_is(database: Database, owner: Connection):
    home = await make.marketplace(database)
    boss, session = await make.signed_in(database, home.tenant, role="administrator")
    app = await make.app(database)
    client = Client(app, token=session)
    made = await client.post("/platform/v1/tokens", {"name": "ERP", "scopes": ["orders:read"]})
    key = (await client.get("/platform/v1/marketplace/widget-key")).json["key"]
    assert boss.email is not None
    wish = {"login": boss.email, "password": make.PASSWORD, "marketplace": home.slug}
    signed = await Client(app).post("/public/v1/sign-in", wish)
    secrets = [session, made.json["secret"], key, make.PASSWORD, signed.cookies[SESSION_COOKIE]]
    tables = await owner.fetch(
        "select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE' "
        "and table_schema not in ('pg_catalog', 'information_schema')"
    )
    assert len(tables) > 20
    for schema, table in tables:
        for row in await owner.fetch(f'select t::text from {schema}."{table}" t'):
            assert not [secret for secret in secrets if secret in row[0]], f"{schema}.{table}"


# ── uploads ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "body", "kept"),
    [
        ("photo.jpg", b"<html><script>alert(1)</script></html>", "text/plain"),
        ("logo.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "text/plain"),
        ("notes.txt", b"MZ\x90\x00\x03" + b"\x00" * 60, None),
        ("doc.pdf", b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
    ],
)
async def test_an_upload_is_what_its_bytes_say(
    talk: Talk, tmp_path: Path, name: str, body: bytes, kept: str | None
):
    app = make.program(talk.database, home=tmp_path, now=lambda: talk.now).app
    buyer = Client(app, token=talk.tokens["buyer"])
    answer = await buyer.request(
        "POST",
        "/public/v1/files",
        body=body,
        query={"conversation_id": str(talk.conversation), "name": name},
        headers={"content-type": "image/jpeg"},
    )
    if kept is None:
        assert answer.status == 422, answer.body
        return
    assert (answer.status, answer.json["media_type"]) == (201, kept)
    path, _, query = answer.json["url"].partition("?")
    opened = await Client(app).request("GET", path, query=query)
    assert opened.status == 200
    assert opened.headers["content-type"].partition(";")[0] == kept
    assert opened.headers["content-disposition"].startswith("attachment")
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in opened.headers["content-security-policy"]
    changed = query.replace("s=", "s=x")
    assert (await Client(app).request("GET", path, query=changed)).status in {403, 404}


# ── headers and cookies ──────────────────────────────────────────────────


async def test_answers_and_pages_tell_browsers_to_be_careful(database: Database, tmp_path: Path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "index.html").write_text("<!doctype html>")
    (tmp_path / "index.html").write_text("<!doctype html>")
    app = build(make.settings(), database, jobs=False, pages=tmp_path, passwords=make.passwords()).app
    answers = [await Client(app).get(path) for path in ("/public/v1/me", "/health/live", "/desk", "/nowhere")]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "content-security-policy" in answer.headers
    rules = _policy(answers[2])
    assert (rules["script-src"], rules["object-src"], rules["base-uri"]) == (
        ["'self'"],
        ["'none'"],
        ["'none'"],
    )
    assert rules["frame-ancestors"] in (["'none'"], ["'self'"])
    assert _policy(answers[0])["default-src"] == ["'none'"]


async def test_a_transcript_may_style_itself_and_nothing_else(talk: Talk):
    await talk.said("buyer", "在吗")
    path = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/transcript"
    answer = await talk.client("manager").get(path, format="html")
    assert answer.status == 200, answer.body
    rules = _policy(answer)
    assert (rules["default-src"], rules["style-src"], rules["sandbox"]) == (
        ["'none'"],
        ["'unsafe-inline'"],
        [],
    )


def _policy(answer: Response) -> dict[str, list[str]]:
    rules = [rule.split() for rule in answer.headers["content-security-policy"].split(";")]
    return {rule[0]: rule[1:] for rule in rules if rule}


@pytest.mark.parametrize(("public_url", "secure"), [("https://desk.example", True), ("", False)])
async def test_the_session_cookie_is_for_our_server_only(database: Database, public_url: str, secure: bool):
    home = await make.marketplace(database)
    person = await make.person(database, home.tenant, role="administrator")
    settings: Settings = make.settings()
    if public_url:
        settings = msgspec.structs.replace(settings, public_url=public_url)
    app: App = build(settings, database, jobs=False, passwords=make.passwords()).app
    wish: dict[str, Any] = {"login": person.email, "password": make.PASSWORD, "marketplace": home.slug}
    answer = await Client(app).post("/public/v1/sign-in", wish)
    flags = {part.strip() for part in answer.headers["set-cookie"].split(";")}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags
    assert ("Secure" in flags) is secure
    assert not any(flag.startswith("Domain") for flag in flags)


# ── requests that leave the house ────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_what_lies_inside(address: str, public: bool):
    assert is_public(address) is public


async def test_only_a_public_address_is_asked():
    known = {"shop.example": ["93.184.216.34"], "inside.example": ["93.184.216.34", "10.0.0.1"], "none": []}

    async def resolve(host: str, port: int) -> Sequence[str]:
        assert port in {80, 443, 8443}
        if host not in known:
            raise OSError(host)
        return known[host]

    assert await public_address("https://shop.example/hook", resolve) == "93.184.216.34"
    assert pinned("https://shop.example:8443/hook?a=1", "93.184.216.34") == (
        "https://93.184.216.34:8443/hook?a=1",
        "shop.example:8443",
    )
    assert pinned("http://shop.example/", "2606::1") == ("http://[2606::1]/", "shop.example")
    assert pinned("http://[2606::1]:80/", "2606::1") == ("http://[2606::1]:80/", "[2606::1]:80")
    wrong = [
        "https://inside.example/",
        "https://unknown.example/",
        "https://none/",
        "https://user@shop.example/",
        "https://shop.example:99999/",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "https:///hook",
        "shop.example",
    ]
    for url in wrong:
        with pytest.raises(Refusal, match=r"plumbing\.address_forbidden"):
            await public_address(url, resolve)
    with pytest.raises(Refusal):
        await public_address("http://localhost:5432/")
    assert await public_address("http://127.0.0.1:5432/", local=True) == "127.0.0.1"
    with pytest.raises(Refusal):
        await public_address("https://inside.example/", resolve, local=True)
