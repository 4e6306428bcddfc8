"""The model of dissatisfaction: what it looks at, what it says, and how it is learnt."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json as msgspec_json

from tests.conversations.talk import Talk
from tests.inspection.samples import lines
from xiaoer.cli.inspect import command
from xiaoer.cli.inspect_train import figures
from xiaoer.inspection.actions.models import keep_model
from xiaoer.inspection.queries.scores import mood_of
from xiaoer.inspection.rules import mood
from xiaoer.inspection.rules.speech import said

SIMPLE = mood.Mood(
    name="simple",
    bias=(0.0, 1.0, 0.0),
    grams={"骗": (40.0, 0.0, -40.0), "谢": (-40.0, 0.0, 40.0)},
    features={"again": (5.0, 0.0, 0.0)},
    dissatisfied_from=0.5,
    satisfied_from=0.5,
)


def labels(model: mood.Mood, *talk: str) -> list[str]:
    return [one.label for one in mood.turns(model, said(lines(*talk)))]


def test_a_turn_gets_the_label_its_words_weigh_for():
    assert labels(SIMPLE, "b:你们骗人", "a:抱歉", "b:多少钱", "b:谢谢") == [
        "dissatisfied",
        "neutral",
        "satisfied",
    ]
    assert labels(SIMPLE, "b:什么时候发货", "a:您好", "b:什么时候发货")[-1] == "dissatisfied"


def test_a_dissatisfied_turn_says_what_weighed_most():
    (turn,) = mood.turns(SIMPLE, said(lines("b:骗子")))
    assert turn.why[0] == "骗"
    assert turn.probability > 0.99
    assert turn.version == 1


@pytest.mark.parametrize(
    "text", ["投诉你们，太慢了", "什么态度，我要举报", "都等了好几天了怎么还没发货！", "垃圾店铺，骗人"]
)
def test_the_shipped_model_hears_an_open_complaint(text: str):
    assert labels(mood.shipped(), "b:在吗", "a:您好", f"b:{text}")[-1] == "dissatisfied"


@pytest.mark.parametrize("text", ["好的谢谢", "非常感谢，很满意", "这款有黑色吗", "订单号是61001"])
def test_the_shipped_model_hears_no_complaint_where_there_is_none(text: str):
    assert labels(mood.shipped(), "b:在吗", "a:您好", f"b:{text}")[-1] != "dissatisfied"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ba"), st.text(max_size=20)), max_size=10), st.data())
def test_a_turn_depends_on_nothing_said_later(talk: list[tuple[str, str]], data: st.DataObject):
    spoken = [f"{who}:{text}" for who, text in talk]
    end = data.draw(st.integers(0, len(spoken)))
    whole = mood.turns(SIMPLE, said(lines(*spoken)))
    part = mood.turns(SIMPLE, said(lines(*spoken[:end])))
    assert whole[: len(part)] == part
    assert all(0 <= one.probability <= 1 for one in whole)


def test_figures_are_those_of_the_books():
    told = figures([0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0])
    assert told["dissatisfied_f1"] == pytest.approx(0.5)
    assert told["neutral_f1"] == pytest.approx(0.8)
    assert told["satisfied_f1"] == pytest.approx(2 / 3)
    assert told["macro_f1"] == pytest.approx((0.5 + 0.8 + 2 / 3) / 3)
    assert told["uar"] == pytest.approx((0.5 + 1 + 0.5) / 3)
    assert told["two_uar"] == pytest.approx((0.5 + 0.75) / 2)


def made_up(path: Path, talks: int, *, rated: bool = False) -> Path:
    """Dialogues whose words tell the label, with some noise."""
    chance = random.Random(11)
    words = (
        ("你们骗人", "怎么还不退款", "太慢了投诉"),
        ("多少钱", "有黑色吗", "几号发货"),
        ("谢谢", "好的满意", "明白了"),
    )
    with path.open("w", encoding="utf-8") as file:
        for number in range(talks):
            kind = number % 3
            turns = [(chance.choice(words[kind]), kind) for _ in range(4)]
            if rated:
                told = [
                    one
                    for text, _ in turns
                    for one in ({"role": "user", "text": text}, {"role": "agent", "text": "好的"})
                ]
                file.write(
                    json.dumps({"messages": told, "rating": (1, 3, 5)[kind]}, ensure_ascii=False) + "\n"
                )
            else:
                told = [{"user": text, "system": "好的", "sat": sat} for text, sat in turns]
                file.write(json.dumps({"id": number, "exchanges": told}, ensure_ascii=False) + "\n")
    return path


@pytest.mark.parametrize("rated", [False, True])
def test_learning_from_labels_and_from_ratings(tmp_path: Path, rated: bool):
    pytest.importorskip("sklearn")
    source, test = made_up(tmp_path / "a.jsonl", 60, rated=rated), made_up(tmp_path / "b.jsonl", 12)
    out = tmp_path / "model.json"
    words = ["train", str(source), "--out", str(out), "--test", str(test), "--folds", "3", "--json"]
    answer = CliRunner().invoke(command, [*words, "--license", "ours"], catch_exceptions=False)
    told = json.loads(answer.stdout)
    assert told["cross_validation"]["macro_f1"] > 0.9
    assert told["test"]["dissatisfied_f1"] > 0.9
    model = mood.read_mood(out.read_bytes())
    assert (model.license, model.source) == ("ours", "a.jsonl")
    assert labels(model, "b:你们骗人", "a:抱歉", "b:谢谢") == ["dissatisfied", "satisfied"]


def test_too_few_labels_and_a_file_that_is_no_model_are_refused(tmp_path: Path):
    few = CliRunner().invoke(
        command, ["train", str(made_up(tmp_path / "few.jsonl", 3)), "--out", str(tmp_path / "m")]
    )
    assert few.exit_code == 1
    assert "too few labelled turns" in few.output
    assert not (tmp_path / "m").exists()
    wrong = CliRunner().invoke(
        command,
        [str(tmp_path / "few.jsonl"), "--out", str(tmp_path / "out"), "--model", str(tmp_path / "few.jsonl")],
    )
    assert wrong.exit_code == 2


async def test_a_marketplace_judges_by_its_newest_model(talk: Talk) -> None:
    async with talk.database.transaction(talk.tenant) as tx:
        assert (await mood_of(tx)).name == "by-hand"
        assert await keep_model(tx, msgspec_json.encode(SIMPLE), talk.now) == "simple"
        assert (await mood_of(tx)).name == "simple"
        with pytest.raises(ValueError, match="Object missing"):
            await keep_model(tx, b"{}", talk.now)
