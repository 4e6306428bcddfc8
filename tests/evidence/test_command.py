"""`xiaoer evidence`: a pack is made on the machine of the installation and checked on any other."""

import asyncio
from pathlib import Path

import msgspec
from click.testing import CliRunner, Result

from tests.conversations.talk import Talk
from xiaoer.cli.main import cli
from xiaoer.identity import queries as identity

WISH = {"first": 1, "last": 3, "purpose": "complaint", "reason": "客服骂人"}


async def run(talk: Talk, home: Path, *words: str) -> Result:
    environ = {"XIAOER_DATABASE_URL": talk.database.url, "XIAOER_HOME": str(home)}
    return await asyncio.to_thread(CliRunner().invoke, cli, ["evidence", *words], env=environ)


async def slug_of(talk: Talk) -> str:
    async with talk.database.read(talk.tenant) as tx:
        return (await identity.marketplace(tx)).slug


async def test_a_pack_is_made_from_its_number_and_found_right(talk: Talk, tmp_path: Path) -> None:
    path = f"/public/v1/conversations/{talk.conversation}/evidence"
    number = (await talk.client("buyer").post(path, WISH)).json["number"]
    home = await slug_of(talk)
    made = await run(
        talk, tmp_path, "pack", number, "--marketplace", home, "--output", str(tmp_path / "a.zip")
    )
    assert made.exit_code == 0, made.output
    right = await run(talk, tmp_path, "verify", str(tmp_path / "a.zip"), "--json")
    assert right.exit_code == 0, right.output
    report = msgspec.json.decode(right.stdout)
    assert (report["right"], report["number"], report["messages"]) == (True, number, 3)

    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "b.zip").write_bytes(data)
    wrong = await run(talk, tmp_path, "verify", str(tmp_path / "b.zip"))
    assert wrong.exit_code == 1
    assert wrong.stdout.startswith("ALTERED")

    log = await talk.client("officer").get(f"/platform/v1/evidence/{number}/openings")
    assert [(one["role"], one["way"]) for one in log.json["data"]] == [("operator", "pack")]


async def test_a_number_nobody_made_is_told(talk: Talk, tmp_path: Path) -> None:
    home = await slug_of(talk)
    none = await run(talk, tmp_path, "pack", "E20261122-NONE", "--marketplace", home)
    assert none.exit_code == 1
    assert "evidence number" in none.output
    elsewhere = await run(talk, tmp_path, "pack", "E20261122-NONE", "--marketplace", "nowhere")
    assert elsewhere.exit_code == 1
    assert "nowhere" in elsewhere.output
