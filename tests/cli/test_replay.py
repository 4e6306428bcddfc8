"""`xiaoer replay dialogues`: recorded talk played through the wire and compared with what was kept."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from tests.served import served
from xiaoer.cli import demo
from xiaoer.plumbing.db import Database

DIALOGUES: list[dict[str, Any]] = [
    {
        "exchanges": [
            {"user": "在吗", "system": "您好，我是客服小张，很高兴为您服务"},
            {"user": "茶什么时候发货", "system": "预计明天发出，发出后会给您发物流单号"},
            {"user": "好的", "system": ""},
            {"user": "谢谢", "system": "不客气，祝您生活愉快"},
        ]
    },
    {"exchanges": [{"user": "有现货吗", "system": "有的"}, {"user": "", "system": "加我微信转账更便宜"}]},
    {"exchanges": [{"user": "订单到哪了", "system": "正在派送中，请您留意电话"}]},
]
LINES_KEPT = sum(bool(line) for one in DIALOGUES for each in one["exchanges"] for line in each.values()) - 1


async def replay(file: Path, *arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "xiaoer.cli.main", "replay", "dialogues", str(file), *arguments),
        env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def written(folder: Path) -> Path:
    file = folder / "talk.jsonl"
    file.write_bytes(b"\n".join(msgspec.json.encode(one) for one in DIALOGUES))
    return file


async def test_what_was_said_is_there_once_and_in_order(
    database: Database, database_url: str, tmp_path: Path
):
    await demo.build(database)
    with served(database_url, tmp_path) as answering:
        code, out, err = await replay(written(tmp_path), "--server", answering.url, "--json")
    assert code == 0, err
    summary = json.loads(out)
    assert summary["dialogues"] == len(DIALOGUES)
    assert summary["messages"] == LINES_KEPT
    assert (summary["lost"], summary["duplicated"], summary["reordered"]) == (0, 0, 0)
    assert summary["guard_blocked"] == 1
    assert "outside_contact" in summary["guard_findings"]
    figures = summary["response"]["five_minutes"]
    assert figures["in_time"] == figures["of"]
    assert figures["of"] + figures["left_out"] == 5, "an answer within a second is left out of the figures"
    assert "3/3" in err


async def test_nobody_at_home_is_said_in_a_sentence(tmp_path: Path):
    code, out, err = await replay(written(tmp_path), "--server", "http://127.0.0.1:9")
    assert code == 1
    assert not out
    assert "No server answers at http://127.0.0.1:9" in err
    assert "Traceback" not in err


async def test_a_wrong_line_is_named(tmp_path: Path):
    file = tmp_path / "bad.jsonl"
    file.write_text('{"exchanges": []}\n{"exchanges": 1}\n')
    code, _, err = await replay(file, "--server", "http://127.0.0.1:9")
    assert code != 0
    assert "line 2" in err
    assert "Traceback" not in err
