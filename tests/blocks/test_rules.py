"""The tables of blocks, row by row, motives, scopes, and the watch with its guard against small numbers."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.blocks.model import WIDTH, WatchCount
from xiaoer.blocks.rules.propose import Sealed, is_party, motive_of, times, wider_not
from xiaoer.blocks.rules.watch import watched
from xiaoer.kernel.shares import at_least, stands_out
from xiaoer.plumbing.clock import new_id, now
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.rules.book import in_force


def book() -> Book:
    """The rulebook as it is shipped."""
    return in_force([], None, now(), {})


FINE = {
    "ground": "listed",
    "evidence": "server",
    "proposer": "neutral",
    "motive": "clean",
    "quarrel": False,
    "scope": "fits",
    "side": "shop",
}
PROPOSALS = [
    ("D8-P1", {"motive": "protected"}, "protected_reason"),
    ("D8-P2", {"motive": "revenge"}, "revenge_reason"),
    ("D8-P3", {"motive": "rivalry"}, "rival_reason"),
    ("D8-P4", {"ground": "score_low"}, "no_ground"),
    ("D8-P5", {"evidence": "none"}, "no_evidence"),
    ("D8-P6", {"evidence": "foreign"}, "evidence_not_about"),
    ("D8-P7", {"proposer": "party"}, "party_proposes"),
    ("D8-P8", {"scope": "too_wide"}, "scope_too_wide"),
    ("D8-P9", {}, "hear_shop"),
    ("D8-P10", {"quarrel": True}, "hear_marketplace"),
    ("D8-P11", {"side": "marketplace"}, "hear_marketplace"),
]


@pytest.mark.parametrize(("row", "facts", "answer"), PROPOSALS, ids=[one[0] for one in PROPOSALS])
def test_proposal_row_by_row(row: str, facts: dict[str, Any], answer: str):
    decision = book().table("blocks.proposal").decide(FINE | facts)
    assert (decision.row, decision.outcome["answer"]) == (row, answer)


def test_nothing_is_heard_without_ground_evidence_and_a_neutral_proposer():
    """Whatever the facts: every answer that goes on has all that D8 asks for."""
    table = book().table("blocks.proposal")
    columns = {
        "ground": ["listed", "score_high", "score_low"],
        "evidence": ["server", "foreign", "none"],
        "proposer": ["neutral", "party"],
        "motive": ["clean", "protected", "revenge", "rivalry"],
        "quarrel": [True, False],
        "scope": ["fits", "too_wide"],
        "side": ["shop", "marketplace"],
    }
    for values in product(*columns.values()):
        facts = dict(zip(columns, values, strict=True))
        if str(table.decide(facts).outcome["answer"]).startswith("hear"):
            assert facts["ground"] != "score_low"
            assert (facts["evidence"], facts["proposer"], facts["motive"], facts["scope"]) == (
                "server",
                "neutral",
                "clean",
                "fits",
            )


FITS = [
    ("D8-F1", "harassment", "shop", False, "message", "short"),
    ("D8-F2", "harassment", "shop", True, "one_shop", "middle"),
    ("D8-F3", "return_abuse", "shop", False, "one_shop", "middle"),
    ("D8-F4", "fraud", "shop", True, "one_shop", "long"),
    ("D8-F5", "fakes", "marketplace", False, "function", "middle"),
    ("D8-F6", "law_breach", "marketplace", True, "account", "long"),
    ("D8-F7", "risk_score", "shop", True, "message", "short"),
    ("D8-F8", "risk_score", "marketplace", True, "function", "short"),
]


@pytest.mark.parametrize(
    ("row", "ground", "side", "before", "widest", "term"), FITS, ids=[one[0] for one in FITS]
)
def test_fit_row_by_row(row: str, ground: str, side: str, *, before: bool, widest: str, term: str):
    decision = book().table("blocks.fit").decide({"ground": ground, "side": side, "before": before})
    assert (decision.row, decision.outcome["widest"], decision.outcome["term"]) == (row, widest, term)


@pytest.mark.parametrize(
    ("words", "motive"),
    [
        ("辱骂客服三次", "clean"),
        ("她怀孕了还来退货", "protected"),
        ("because he complained about us", "revenge"),
        ("他给了差评", "revenge"),
        ("同行来捣乱", "rivalry"),
        ("El comprador es musulmán y de otra religión", "protected"),
    ],
)
def test_words_give_the_motive_away_s_111(words: str, motive: str):
    assert motive_of(words, book()) == motive


def test_who_stands_in_the_evidence_is_a_party():
    me, buyer = new_id(), new_id()
    talk = Sealed(new_id(), buyer, frozenset({buyer, me}))
    assert is_party(me, buyer, [talk])
    assert is_party(buyer, buyer, [])
    assert not is_party(new_id(), buyer, [talk])


def test_scopes_have_an_order():
    for one, other in product(WIDTH, WIDTH):
        assert wider_not(one, other) == (WIDTH.index(one) <= WIDTH.index(other))


@given(st.one_of(st.none(), st.integers(1, 3650)), st.booleans())
def test_every_block_has_an_end_or_a_review(days: int | None, danger: bool):
    moment = now()
    ends_at, review_at = times(book(), days, danger=danger, now=moment)
    assert ends_at is not None or review_at is not None
    if danger:
        assert review_at is not None
        assert review_at - moment <= timedelta(days=1)


# ── the watch over the watchers ──────────────────────────────────────────


def test_one_wrong_of_one_says_nothing():
    few = [WatchCount(new_id(), 1, 1), WatchCount(new_id(), 100, 5)]
    assert not any(line.stands_out for line in watched(few, minimum=10))
    assert next(line for line in watched(few, minimum=10) if line.blocks == 1).small


def test_who_is_wrong_clearly_more_often_stands_out_and_comes_first():
    bad, good = new_id(), new_id()
    lines = watched([WatchCount(good, 100, 5), WatchCount(bad, 20, 12)], minimum=10)
    assert [(line.subject, line.stands_out) for line in lines] == [(bad, True), (good, False)]
    assert (lines[0].wrong_percent, lines[0].others_percent) == (60.0, 5.0)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_lower_bound_is_never_above_the_share(part: int, more: int):
    whole = part + more
    bound = at_least(part, whole)
    assert 0 <= bound <= (part / whole if whole else 0) + 1e-9


@given(st.integers(0, 9), st.integers(0, 50), st.integers(0, 50))
def test_below_the_minimum_nobody_stands_out(whole: int, others: int, wrong: int):
    assert not stands_out(whole, whole, min(wrong, others), others, minimum=10)
