"""The learned judge: made from sentences alone, the same each time, with reasons, mild to ordinary talk."""

import json
from pathlib import Path

import pytest

from xiaoer.guard import book, learned, rules, training
from xiaoer.guard.model import Changes, Context
from xiaoer.guard.normal import fold
from xiaoer.guard.training import Example, Recipe

BOOK = book.shipped()
OWN = Path(__file__).parent / "labelled" / "abuse.jsonl"
LABELLED = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
UNSEEN = [json.loads(line) for line in OWN.with_name("abuse_unseen.jsonl").read_text("utf-8").splitlines()]
"""Service talk that the shipped weights have not learned from, as lists and judge together hold it."""
SMALL = Recipe(rounds=3, least=1, pieces=500)
EXAMPLES = [Example(one["text"], one["label"] == 1) for one in LABELLED]


@pytest.fixture(scope="module")
def weights() -> learned.Weights:
    return training.train(EXAMPLES, SMALL)


def test_the_same_sentences_give_the_same_weights(weights: learned.Weights):
    assert training.train(EXAMPLES, SMALL) == weights
    assert len(weights.pieces) <= SMALL.pieces


def test_what_was_learned_is_kept_in_a_file_and_read_back(weights: learned.Weights):
    again = learned.read(learned.written(weights))
    assert again.pieces == weights.pieces
    assert again.unit == pytest.approx(weights.unit, abs=1e-5)
    with pytest.raises(ValueError, match="no weights"):
        learned.read("something else\n")


def test_one_kind_of_sentence_teaches_nothing():
    with pytest.raises(ValueError, match="both"):
        training.train([Example("你好", abusive=False)], SMALL)


def test_abuse_is_likelier_than_courtesy(weights: learned.Weights):
    assert (
        training.scores([one.text for one in EXAMPLES], [one.abusive for one in EXAMPLES], weights).macro_f1
        > 0.8
    )
    assert learned.likelihood(fold("你这种垃圾买家"), weights) > learned.likelihood(
        fold("您好，请稍等"), weights
    )


def test_the_shipped_weights_know_our_own_sentences():
    shipped = learned.shipped()
    assert shipped is not None
    scores = training.scores([one.text for one in EXAMPLES], [one.abusive for one in EXAMPLES], shipped)
    assert scores.macro_f1 >= 0.95
    assert scores.calibration_error < 0.1


def test_nothing_hides_in_a_long_text():
    shipped = learned.shipped()
    assert shipped is not None
    long = "您好，您的包裹已经发出，预计后天送达，请注意查收。" * 60
    assert learned.likelihood(fold(long), shipped) < 0.5
    assert (
        learned.likelihood(
            fold(long + "就你这种穷鬼也配退货，滚回农村去吧，没文化真可怕，丢人现眼。" * 8 + long), shipped
        )
        > 0.5
    )


UNLISTED = "哟，还知道消费者权益呢，真了不起"


def test_a_finding_says_how_sure_it_is_and_what_weighed():
    (finding,) = rules.review(UNLISTED, Context(), BOOK).findings
    assert finding.kind == "abuse"
    assert finding.row == "D10-3"
    assert finding.likelihood is not None
    assert finding.likelihood >= 0.5
    assert finding.parts
    assert all(0 <= part.start < part.end <= len(UNLISTED) for part in finding.parts)
    assert finding.verdict in {"rewrite", "block"}


def test_a_buyer_is_marked_and_never_held_back():
    review = rules.review(UNLISTED, Context(role="buyer"), BOOK)
    assert review.verdict == "pass"
    assert [one.kind for one in review.findings] == ["abuse"]


def test_the_judge_can_be_left_out_and_its_limits_moved():
    assert rules.review(UNLISTED, Context(), BOOK.changed(Changes(learned=False))).verdict == "pass"
    assert rules.review(UNLISTED, Context(), BOOK.changed(Changes(abuse_likely=0.999))).verdict == "pass"
    strict = BOOK.changed(Changes(abuse_likely=0.5, abuse_sure=0.5))
    assert rules.review(UNLISTED, Context(), strict).verdict == "block"


@pytest.mark.parametrize(
    "text", [one["text"] for one in LABELLED if one["label"] == 0], ids=lambda text: text[:12]
)
def test_courteous_words_about_people_places_and_goods_are_no_abuse(text: str):
    assert "abuse" not in {one.kind for one in rules.review(text, Context(), BOOK).findings}


def test_service_talk_that_was_not_learned_from_is_told_apart():
    wrong = [
        one["text"]
        for one in UNSEEN
        if one["label"] != ("abuse" in {x.kind for x in rules.review(one["text"], Context(), BOOK).findings})
    ]
    assert not wrong
