"""`xiaoer inspect` from a log to a report: every format, bad rows, killed workers, many messages."""

import csv
import json
import random
import subprocess
import sys
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from tests.inspection.killed import work
from xiaoer.cli.inspect import command
from xiaoer.cli.inspect_pool import spread

HEAD = ["会话ID", "发送时间", "角色", "客服", "消息内容", "咨询类型", "评分"]
TALK = [
    ("买家", "你好，耳机怎么申请退货？我的电话13812345678"),
    ("客服", "您好，我是客服小张，很高兴为您服务。请问您是说耳机想退货对吗？"),
    ("买家", "对的"),
    ("客服", "首先点击我的订单，然后选择申请售后，3天内退款到账，您看可以吗？"),
    ("机器人", "为您推荐：退货流程"),
    ("买家", "好的谢谢"),
    ("客服", "感谢您的咨询，还有其他问题随时联系我，祝您生活愉快，让您久等了"),
]


def rows(talk: str, agent: str = "小张", start: str = "2026-11-11 12:00:00") -> list[list[str]]:
    at = datetime.fromisoformat(start)
    return [
        [talk, (at + timedelta(seconds=20 * place)).isoformat(" "), role, agent, text, "退货", ""]
        for place, (role, text) in enumerate(TALK)
    ]


def written(path: Path, lines: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEAD, *lines])
    return path


def run(out: Path, *arguments: object) -> dict[str, Any]:
    """Inspect with one process and return the summary."""
    words = [*map(str, arguments), "--out", str(out), "--workers", "local", "1", "--json"]
    answer = CliRunner().invoke(command, words, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def results(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "inspections.jsonl").read_text("utf-8").splitlines()]


def bad(out: Path) -> list[tuple[int, str]]:
    lines = (out / "bad_rows.jsonl").read_text("utf-8").splitlines()
    return [(one["line"], one["reason"]) for one in map(json.loads, lines)]


def test_a_log_becomes_a_report_to_print(tmp_path: Path):
    mixed = rows("a") + rows("b", agent="小李")
    random.Random(3).shuffle(mixed)
    summary = run(tmp_path / "out", written(tmp_path / "log.csv", mixed))
    assert summary["whole"]["talks"] == 2
    assert summary["whole"]["messages"] == 14
    assert summary["whole"]["in_time_percent"] == 100
    assert set(summary["agents"]) == {"小张", "小李"}
    for found in results(tmp_path / "out"):
        assert [one["points"] for one in found["steps"]] == [2, 2, 2, 2, 2, 2]
        assert [one["version"] for one in found["turns"]] == [1, 3, 6]
        assert all(0 <= one["probability"] <= 1 and one["label"] for one in found["turns"])
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert page.startswith('<!doctype html><html lang="zh-Hans">')
    for word in ("客服会话质检报告", "礼貌开场", "计算方法", "小李", "<svg", "及时率"):
        assert word in page
    assert "13812345678" not in page
    assert not any(word in page for word in ("<script", "http://", 'src="', "report."))
    agents = (tmp_path / "out" / "agents.csv").read_text("utf-8-sig").splitlines()
    assert agents[0].startswith("客服,咨询人次,接待人次,未回复,有效接待,平均响应（秒）,3 分钟回复率 %")
    assert len(agents) == 3


def test_the_same_talk_gives_the_same_result_from_every_format(tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pytest.importorskip("pyarrow")
    log = rows("a")
    sources = [
        written(tmp_path / "utf8.csv", log),
        written(tmp_path / "gb.csv", log, "gb18030"),
        written(tmp_path / "excel.csv", log, "utf-8-sig", ";"),
        written(tmp_path / "unicode.csv", log, "utf-16", "\t"),
        tmp_path / "rows.jsonl",
        tmp_path / "rows.parquet",
    ]
    named = [dict(zip(HEAD, row, strict=True)) for row in log]
    sources[-2].write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in named), "utf-8")
    parquet.write_table(table.Table.from_pylist(named), sources[-1])
    found = []
    for place, source in enumerate(sources):
        run(tmp_path / str(place), source)
        found += results(tmp_path / str(place))
    assert len(found) == len(sources)
    assert all(one == found[0] for one in found)


def test_dialogues_that_stand_whole_keep_their_places(tmp_path: Path):
    exchanges = [
        {"user": "在吗", "system": "", "sat": 1},
        {"user": "怎么退货", "system": "点击申请售后", "sat": None},
        {"user": "好的谢谢", "system": "不客气", "sat": 2},
    ]
    source = tmp_path / "dialogues.jsonl"
    source.write_text(json.dumps({"id": "d1", "exchanges": exchanges}, ensure_ascii=False) + "\n", "utf-8")
    run(tmp_path / "out", source)
    (found,) = results(tmp_path / "out")
    assert [(one["version"] - 1) // 2 for one in found["turns"]] == [0, 1, 2]
    assert found["conversation"] == "d1"


def test_bad_rows_are_told_with_line_and_reason_and_the_rest_goes_on(tmp_path: Path):
    log = written(tmp_path / "log.csv", rows("a"))
    with log.open("ab") as file:
        file.write("b,2026-11-11 12:00:00,买家,小张\n".encode())  # line 9: too few columns
        file.write("b,昨天,买家,小张,在吗,,\n".encode())
        file.write("b,2026-11-11 12:00:00,路人,小张,在吗,,\n".encode())
        file.write("b,2026-11-11 12:00:00,买家,小张,\xff\xfe,,\n".encode("latin-1", "replace"))
        file.write(",2026-11-11 12:00:00,买家,小张,在吗,,\n".encode())
        file.write("b,2026-11-11 12:00:00,买家,小张,,,\n".encode())
        file.write("c,2026-11-11 12:00:00,买家,小张,能退吗？,,1\n".encode())
    summary = run(tmp_path / "out", log)
    told = dict(bad(tmp_path / "out"))
    assert told[9] == "4 columns, not 7"
    assert "is no time" in told[10]
    assert "nobody is called" in told[11]
    assert told[13] == "no conversation"
    assert told[14] == "no text"
    assert summary["bad_rows"] == len(told)
    assert {one["conversation"] for one in results(tmp_path / "out")} >= {"a", "c"}
    assert "未能使用的行" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_columns_nobody_knows_anything_of_are_left_out(tmp_path: Path):
    exchanges = [{"user": "怎么退货", "system": "您好，首先点击我的订单，然后申请售后", "sat": None}]
    untimed = tmp_path / "dialogues.jsonl"
    untimed.write_text(json.dumps({"id": "d1", "exchanges": exchanges}, ensure_ascii=False) + "\n", "utf-8")
    timed = written(tmp_path / "log.csv", rows("a"))
    heads: list[str] = []
    for source in (untimed, timed):
        run(tmp_path / source.stem, source)
        page = (tmp_path / source.stem / "report.html").read_text("utf-8")
        heads.append(page[page.index("<thead>") : page.index("</thead>")])
        assert "内置模型" in page
        assert " · </p>" not in page
    for title in ("平均响应（秒）", "首次响应（秒）"):
        assert [title in head for head in heads] == [False, True]
    assert all("咨询人次" in head and "买家评分" not in head for head in heads)


def test_broken_json_lines_are_told(tmp_path: Path):
    log = tmp_path / "log.jsonl"
    good = json.dumps(dict(zip(HEAD, rows("a")[0], strict=True)), ensure_ascii=False)
    log.write_text(f'{good}\n{{"oops\n[1]\n{{"x": 1}}\n{{"id": 1, "exchanges": 7}}\n', "utf-8")
    summary = run(tmp_path / "out", log)
    assert [line for line, _ in sorted(bad(tmp_path / "out"))] == [2, 3, 4, 5]
    assert summary["whole"]["talks"] == 1


def test_columns_have_the_names_of_a_mapping(tmp_path: Path):
    log = tmp_path / "log.csv"
    log.write_text("k;w;t\n".replace(";", ",") + "1,甲方,您好\n1,乙方,能退吗？\n", "utf-8")
    refused = CliRunner().invoke(command, [str(log), "--out", str(tmp_path / "no")])
    assert refused.exit_code == 1
    assert "no column for conversation, text, role" in refused.output
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[columns]\nconversation = "k"\nrole = "w"\ntext = "t"\n'
        '[roles]\nagent = ["甲方"]\nbuyer = ["乙方"]\n',
        "utf-8",
    )
    run(tmp_path / "out", log, "--columns", mapping)
    (found,) = results(tmp_path / "out")
    assert (found["messages"], found["agent_messages"]) == (2, 1)
    mapping.write_text('[columns]\nnonsense = "k"\n', "utf-8")
    wrong = CliRunner().invoke(command, [str(log), "--out", str(tmp_path / "x"), "--columns", str(mapping)])
    assert wrong.exit_code == 2


def test_a_long_pause_begins_another_consultation(tmp_path: Path):
    log = rows("a") + rows("a", start="2026-11-12 12:00:00")
    run(tmp_path / "out", written(tmp_path / "log.csv", log))
    assert [one["consultation"] for one in results(tmp_path / "out")] == [1, 2]


def test_spreadsheets_take_no_name_for_a_formula(tmp_path: Path):
    run(tmp_path / "out", written(tmp_path / "log.csv", rows("a", agent="=cmd()")))
    assert "'=cmd()" in (tmp_path / "out" / "agents.csv").read_text("utf-8-sig")


def test_markup_in_words_stays_words(tmp_path: Path):
    log = [["<b>x", "2026-11-11 12:00:00", "客服", "<i>", "<script>alert(1)</script>", "<u>", ""]]
    run(tmp_path / "out", written(tmp_path / "log.csv", log))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


# ── workers ──────────────────────────────────────────────────────────────


def test_a_killed_worker_costs_its_job_another_go(tmp_path: Path):
    jobs = [b"one", b"dies once", b"two", b"three"]
    done = spread(work, str(tmp_path).encode(), jobs, engine="local", workers=2)
    assert sorted(done) == [b"DIES ONCE", b"ONE", b"THREE", b"TWO"]


def test_workers_that_are_killed_again_and_again_end_the_command(tmp_path: Path):
    with pytest.raises(click.ClickException, match="killed 3 times"):
        list(spread(work, str(tmp_path).encode(), [b"dies always", b"one"], engine="local", workers=2))


NO_RAY = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install ray")


@pytest.mark.parametrize("engine", ["local", "dask", pytest.param("ray", marks=NO_RAY)])
def test_two_workers_of_any_engine_find_what_one_finds(tmp_path: Path, engine: str):
    log = written(tmp_path / "log.csv", [row for talk in range(40) for row in rows(f"t{talk}")])
    alone = run(tmp_path / "one", log)
    words = [sys.executable, "-m", "xiaoer.cli.main", "inspect", str(log), "--out", str(tmp_path / "two")]
    answer = subprocess.run(
        [*words, "--workers", engine, "2", "--json"], capture_output=True, check=True, timeout=110
    )
    together = json.loads(answer.stdout)
    del alone["made_at"], together["made_at"]
    assert together == alone
    assert (tmp_path / "one/inspections.jsonl").read_bytes() == (
        tmp_path / "two/inspections.jsonl"
    ).read_bytes()


MANY = 100_000
MEMORY = """
import resource, sys
from xiaoer.cli.main import cli
cli.main(sys.argv[1:], standalone_mode=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_log(tmp_path: Path):
    def peak(name: str, messages: int) -> int:
        at, lines = datetime.fromisoformat("2026-11-01"), []
        for place in range(messages):
            talk, turn = f"t{place * 7919 % (messages // 10)}", place % 2
            stamp = (at + timedelta(seconds=place)).isoformat(" ")
            lines.append([talk, stamp, TALK[turn][0], f"客服{place % 30}", TALK[turn][1][:14], "退货", ""])
        log = written(tmp_path / f"{name}.csv", lines)
        words = ["inspect", str(log), "--out", str(tmp_path / name), "--workers", "local", "1"]
        answer = subprocess.run(
            [sys.executable, "-c", MEMORY, *words], capture_output=True, check=True, text=True, timeout=110
        )
        told, megabytes = answer.stdout.splitlines()
        assert f"{messages} messages" in told
        return int(megabytes)

    few, many = peak("few", MANY // 20), peak("many", MANY)
    assert many < few + 100
