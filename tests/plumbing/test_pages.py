"""What browsers get: the right file, kept as long as it may be, with headers that hold strangers off."""

import gzip
from pathlib import Path

import pytest

from tests import make
from tests.client import Client
from xiaoer.main import build
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "desk/index.html": "<!doctype html><title>desk</title>",
        "widget/index.html": "<!doctype html><title>widget</title>",
        "assets/desk-1a2b3c.js": "export default 1;" * 200,
        "widget.js": "(() => {})()",
        "favicon.svg": "<svg/>",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "assets/desk-1a2b3c.js.br").write_bytes(b"brotli")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def app(database: Database, folder: Path) -> App:
    return build(make.settings(), database, jobs=False, pages=folder, passwords=make.passwords()).app


@pytest.mark.parametrize("path", ["/desk", "/desk/", "/desk/conversations/1"])
async def test_every_address_of_a_page_is_its_page(app: App, path: str) -> None:
    answer = await Client(app).get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-cache"
    assert b"<title>desk" in answer.body
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_hashed_files_are_kept_for_ever_and_come_packed(app: App) -> None:
    client = Client(app, headers={"accept-encoding": "gzip, br;q=1.0"})
    answer = await client.get("/assets/desk-1a2b3c.js")
    assert "immutable" in answer.headers["cache-control"]
    assert (answer.headers["content-encoding"], answer.body) == ("br", b"brotli")
    zipped = await Client(app, headers={"accept-encoding": "gzip"}).get("/assets/desk-1a2b3c.js")
    assert gzip.decompress(zipped.body).startswith(b"export default")
    plain = await Client(app).get("/assets/desk-1a2b3c.js")
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "accept-encoding"


async def test_an_unchanged_page_is_not_sent_again(app: App) -> None:
    first = await Client(app).get("/desk")
    again = await Client(app, headers={"if-none-match": first.headers["etag"]}).get("/desk")
    assert (again.status, again.body) == (304, b"")
    head = await Client(app).request("HEAD", "/desk")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(first.body)))


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/assets/",
        "/assets/missing.js",
        "/../secret.txt",
        "/desk/../../secret.txt",
        "//etc/passwd",
    ],
)
async def test_nothing_else_is_served(app: App, path: str) -> None:
    answer = await Client(app).get(path)
    assert b"secret" not in answer.body
    assert answer.status == 404 or b"<title>desk" in answer.body


async def test_a_page_is_only_read(app: App) -> None:
    assert (await Client(app).post("/desk")).status == 404


async def test_the_entrance(app: App) -> None:
    answer = await Client(app).get("/")
    assert (answer.status, answer.headers["location"]) == (302, "/signin")


async def test_the_widget_may_stand_only_where_its_shop_says(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    shop = await make.shop(database, home.tenant, origins=["https://a.example", "https://b.example:8443"])

    async def ancestors(query: str) -> str:
        answer = await Client(app).request("GET", "/widget", query=query)
        return answer.headers["content-security-policy"].rpartition("frame-ancestors ")[2]

    assert await ancestors(f"shop={shop.id}") == "'self' https://a.example https://b.example:8443"
    assert await ancestors("shop=nonsense") == "'self'"
    assert await ancestors("") == "'self'"
    other = await make.shop(database, home.tenant)
    assert await ancestors(f"shop={other.id}") == "'self'"


async def test_a_shops_pages_may_call_from_its_origins_only(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    await make.shop(database, home.tenant, origins=["https://a.example"])
    for origin, allowed in (("https://a.example", True), ("https://evil.example", False)):
        answer = await Client(app, headers={"origin": origin}).get(f"/public/v1/marketplaces/{home.slug}")
        assert (answer.headers.get("access-control-allow-origin") == origin) is allowed
        assert "access-control-allow-credentials" not in answer.headers


async def test_without_pages_there_are_none(database: Database, tmp_path: Path) -> None:
    program = build(
        make.settings(), database, jobs=False, pages=tmp_path / "none", passwords=make.passwords()
    )
    assert not program.pages.built
    assert (await Client(program.app).get("/")).status == 404
