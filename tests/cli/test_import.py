"""`xiaoer import` as somebody at a keyboard or a script meets it."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import make
from tests.orders.test_actions import BASIS, ORDER
from xiaoer.plumbing.db import Database

LINES = b"".join(msgspec.json.encode(row) + b"\n" for row in (*BASIS, ORDER))


class Ended(msgspec.Struct):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.out)


@pytest.fixture
def environ(database: Database, database_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "XIAOER_DATABASE_URL": database_url,
        "XIAOER_HOME": str(tmp_path),
        "LANG": "en_US.UTF-8",
    }


async def run(environ: dict[str, str], *arguments: str | Path, sent: bytes = b"") -> Ended:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "xiaoer.cli.main",
        "import",
        *map(str, arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environ,
    )
    out, err = await process.communicate(sent)
    return Ended(process.returncode or 0, out.decode(), err.decode())


async def test_a_file_goes_in_once(database: Database, environ: dict[str, str], tmp_path: Path):
    home = await make.marketplace(database)
    file = tmp_path / "all.jsonl"
    file.write_bytes(LINES)
    first = await run(environ, file, "--json", "--marketplace", home.slug)
    assert (first.code, first.json["created"], first.err) == (0, 4, "")
    again = await run(environ, file)
    assert again.code == 0
    assert "together" in again.out
    assert again.out.split("together")[1].split()[:5] == ["4", "0", "0", "4", "0"]


async def test_wrong_rows_are_told_with_their_place(
    database: Database, environ: dict[str, str], tmp_path: Path
):
    await make.marketplace(database)
    (tmp_path / "basis.jsonl").write_bytes(LINES)
    table = (
        "订单号,店铺编号,买家编号,订单状态,订单金额\n"
        "C1,s1,b1,已付款,12.5\nC2,s1,b1,已付款,很多\nC3,s1,b9,已付款,1\n"
    )
    (tmp_path / "订单.csv").write_bytes(table.encode("gbk"))
    ended = await run({**environ, "LANG": "zh_CN.UTF-8"}, tmp_path)
    assert ended.code == 1
    assert "订单.csv, line 3, order, total: 金额应写成十进制数" in ended.out
    assert "订单.csv, line 4, order, buyer: 没有编号为 b9 的买家" in ended.out
    assert ended.out.split("together")[1].split()[:5] == ["7", "5", "0", "0", "2"]


async def test_standard_input_is_a_file_too(database: Database, environ: dict[str, str]):
    await make.marketplace(database)
    ended = await run(environ, "-", "--json", sent=LINES + b"{\n")
    assert ended.code == 1
    assert (ended.json["created"], ended.json["failed"]) == (4, 1)
    assert ended.json["errors"][0]["line"] == 5
    assert ended.json["errors"][0]["message"].startswith("This is no correct JSON")


async def test_what_cannot_be_done_ends_with_two(database: Database, environ: dict[str, str], tmp_path: Path):
    missing = await run(environ, tmp_path / "nothing.csv")
    assert (missing.code, missing.err) == (2, f"Error: There is no file {tmp_path}/nothing.csv.\n")
    empty = await run(environ, tmp_path, "--format", "retail")
    assert empty.code == 2
    nowhere = await run(environ, "-", "--marketplace", "nowhere")
    assert nowhere.code == 2
    assert "nowhere" in nowhere.err
    unreachable = await run({**environ, "XIAOER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "-")
    assert unreachable.code == 2
    assert unreachable.err.startswith("Error: ")
    assert "Traceback" not in unreachable.err
    assert (await run(environ, "-", "--format", "xml")).code == 2


async def test_a_marketplace_is_opened_when_asked_for(
    database: Database, environ: dict[str, str], tmp_path: Path
):
    refused = await run(environ, "-", sent=LINES)
    assert refused.code == 2
    made = await run(environ, "-", "--create", "--marketplace", "fresh", "--json", sent=LINES)
    assert (made.code, made.json["created"]) == (0, 4)
    again = await run(environ, "-", "--create", "--marketplace", "fresh", "--json", sent=LINES)
    assert again.json["unchanged"] == 4
