"""`xiaoer guard check`: one answer a line, in order, whatever the line."""

import json
import subprocess
import sys
from pathlib import Path

XIAOER = Path(sys.executable).parent / "xiaoer"
KEYS = {"kind", "row", "start", "end", "basis", "suggestion"}


def run(*options: str, lines: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([XIAOER, "guard", "check", *options], input=lines, capture_output=True, check=False)


def answers(lines: bytes, *options: str) -> list[dict[str, object]]:
    ended = run("--json", *options, lines=lines)
    assert ended.returncode == 0, ended.stderr.decode()
    return [json.loads(line) for line in ended.stdout.splitlines()]


def line(text: str, **more: object) -> bytes:
    return json.dumps({"text": text, **more}).encode() + b"\n"


def test_each_line_gets_its_answer_in_order():
    given = [
        (line("您好，请问有什么可以帮您"), "pass"),
        (line("这款是全网最低价"), "block"),
        (line("明天一定到", role="agent", context={"on_time_insurance": False}), "rewrite"),
        (line("明天一定到", context={"on_time_insurance": True}), "pass"),
        (line("明天一定到", context={"order": {"on_time_insurance": True}, "unknown": 1}), "pass"),
        (line("你是傻逼吗", role="buyer"), "pass"),
        (line("最有效的产品", context={"category": "保健品"}), "block"),
        (line("您好", context={"channel": "call", "hour": 23}), "block"),
    ]
    found = answers(b"".join(one for one, _ in given))
    assert [one["verdict"] for one in found] == [verdict for _, verdict in given]


def test_a_finding_names_kind_row_place_basis_and_suggestion():
    text = "亲，这款是全网最低价哦"
    (answer,) = answers(line(text))
    assert set(answer) == {"verdict", "findings"}
    (finding,) = answer["findings"]  # type: ignore[misc]
    assert set(finding) == KEYS
    assert text[finding["start"] : finding["end"]] == "全网最低价"
    assert (finding["kind"], finding["row"]) == ("absolute_term", "D9-13")
    assert "广告法" in finding["basis"]
    (english,) = answers(line(text), "--language", "en")
    assert "Advertising Law" in english["findings"][0]["basis"]  # type: ignore[index]


BAD = [
    b"oops\n",
    b"\n",
    b"[]\n",
    b'{"words":"x"}\n',
    b'{"text":5}\n',
    b"\xff\xfe\n",
    b'{"text":"x","role":"king"}\n',
    b'{"text":"x","context":5}\n',
    b'{"text":"x","context":{"calls_today":"many"}}\n',
    b'{"text":"\\ud800"}\n',
    b"[" * 100_000 + b"\n",
    b'{"text":"' + b"a" * 2_000_000 + b'"}\n',
]


def test_a_bad_line_stops_nothing():
    found = answers(b"".join(line("您好") + bad for bad in BAD) + line("国家级"))
    assert [one.get("verdict", "error") for one in found] == ["pass", "error"] * len(BAD) + ["block"]
    assert "line 2:" in str(found[1]["error"])


def test_a_thousand_lines_pass_through_in_one_call():
    found = answers(b"".join(line(f"第{number}条，明天一定到") for number in range(1000)))
    assert len(found) == 1000
    assert {one["verdict"] for one in found} == {"rewrite"}


def test_people_see_the_words_underlined():
    shown = run("--text", "这款是全网最低价").stdout.decode()
    assert "  这款是全网最低价\n        ~~~~~~~~~~\n" in shown
    assert "D9-13" in shown
    assert "改写后" in shown


def test_scripts_may_ask_for_an_exit_code():
    assert run("--text", "国家级").returncode == 0
    assert run("--text", "国家级", "--fail").returncode == 1
    assert run("--text", "您好", "--fail").returncode == 0
    assert run("--json", "--fail", lines=b"oops\n").returncode == 1
    assert run("--context", "oops", "--text", "x").returncode == 2


def test_the_reworded_text_comes_along_when_asked():
    (answer,) = answers(line("明天一定到"), "--rewritten")
    assert answer["text"] == "预计明天到，具体以物流更新为准"


def test_a_shop_brings_its_own_words(tmp_path: Path):
    file = tmp_path / "changes.json"
    file.write_text(
        json.dumps({"add": [{"kind": "abuse", "term": "小迷糊"}], "allow": ["国家级菜单"]}), "utf-8"
    )
    found = answers(line("你这小迷糊") + line("国家级菜单"), "--changes", str(file))
    assert [one["verdict"] for one in found] == ["block", "pass"]
    file.write_text('{"add": 5}', "utf-8")
    assert run("--changes", str(file), "--text", "x").returncode == 2
