"""A list in shadow: told what it would have done, and nothing is done."""

import json
from pathlib import Path

from click.testing import CliRunner

from xiaoer.cli.guard import command
from xiaoer.guard import book, rules
from xiaoer.guard.model import Addition, Changes, Context

MESSAGES = ["亲亲您好", "您好，已经发货", "亲亲稍等", "全网最低价"]


def test_another_book_is_compared_message_by_message():
    after = book.shipped().changed(Changes(add=(Addition("tone", "亲亲", "rewrite"),), allow=("全网最低价",)))
    compared = rules.shadow([(text, Context()) for text in MESSAGES], book.shipped(), after, kept=2)
    assert (compared.messages, compared.held_before, compared.held_after) == (4, 1, 2)
    assert compared.changed_count == 3
    assert [(one.before, one.after) for one in compared.changed] == [("pass", "rewrite")] * 2


def test_the_command_reads_every_form_of_messages(tmp_path: Path):
    (tmp_path / "new.json").write_text('{"add": [{"kind": "tone", "term": "亲亲", "verdict": "rewrite"}]}')
    lines = [
        "亲亲您好",
        json.dumps({"text": "亲亲稍等"}),
        json.dumps({"exchanges": [{"system": "亲亲"}, {"system": ""}]}),
    ]
    (tmp_path / "sent.txt").write_text("\n".join([*lines, "", "{broken"]))
    arguments = ["shadow", str(tmp_path / "sent.txt"), "--changes", str(tmp_path / "new.json"), "--json"]
    told = json.loads(CliRunner().invoke(command, arguments).output)
    assert (told["messages"], told["held_before"], told["held_after"]) == (4, 0, 3)


def test_training_writes_weights_and_measures_them(tmp_path: Path):
    own = Path(__file__).parent / "labelled" / "abuse.jsonl"
    table = tmp_path / "more.csv"
    table.write_text("TEXT,label\n你真是个蠢货,1\n您的快递到了,0\n", encoding="utf-8-sig")
    out = tmp_path / "weights.tsv"
    arguments = [
        "train",
        str(own),
        str(table),
        "--dev",
        str(own),
        "--rounds",
        "2",
        "--out",
        str(out),
        "--json",
    ]
    result = CliRunner().invoke(command, arguments)
    figures = json.loads(result.output)
    assert figures["sentences"] == len(own.read_text("utf-8").splitlines()) + 2
    assert figures["macro_f1"] > 0.8
    assert out.read_text("utf-8").startswith("unit\tbias")


def test_a_file_without_labels_is_told(tmp_path: Path):
    (tmp_path / "bare.csv").write_text("words\nhello\n")
    result = CliRunner().invoke(command, ["train", str(tmp_path / "bare.csv")])
    assert result.exit_code == 2
    assert "no labelled sentences" in result.output
