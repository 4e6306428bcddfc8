"""D11 row by row: which decisions may be appealed how long, and which appeals are taken."""

from datetime import UTC, datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from xiaoer.kernel.table import Table
from xiaoer.rulebook.model import RuleEntry
from xiaoer.rulebook.rules.book import in_force

AT = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
NOBODY = UUID(int=0)
BOOK = in_force([], None, AT)
UNION = in_force([RuleEntry(NOBODY, None, "rulebook.profile", 1, "eu", AT, NOBODY, "", AT)], None, AT)
DECISIONS: Table = BOOK.table("appeals.decisions")
RIGHTS: Table = BOOK.table("appeals.rights")

KINDS = [
    ("D11-1", "penalty", "shop", "penalty_days", "decision", False, "other_officer"),
    ("D11-2", "ruling", "shop", "dispute_days", "decision", True, "other_officer"),
    ("D11-2", "ruling", "person", "dispute_days", "decision", True, "other_officer"),
    ("D11-3", "block", "person", "block_days", "end", False, "other_person"),
    ("D11-3", "block", "shop", "block_days", "end", False, "other_person"),
    ("D11-4", "penalty", "person", "penalty_days", "decision", False, "other_officer"),
    ("D11-5", "complaint_refusal", "person", "refusal_days", "decision", False, "other_person"),
    ("D11-5", "complaint_refusal", "shop", "refusal_days", "decision", False, "other_person"),
]


@pytest.mark.parametrize("case", KINDS, ids=lambda case: f"{case[0]}-{case[1]}-of-{case[2]}")
def test_a_decision_and_its_window(case: tuple[Any, ...]) -> None:
    row, target, appellant, window, counted, new_facts, by = case
    found = DECISIONS.decide({"target": target, "appellant": appellant})
    assert found.row == row
    assert found.outcome == {
        "window": window, "counted": counted, "new_facts": new_facts, "by": by, "measure": "stays",
    }  # fmt: skip


def test_every_pair_is_said() -> None:
    asked = {(case[1], case[2]) for case in KINDS}
    assert asked == set(product(("penalty", "ruling", "block", "complaint_refusal"), ("shop", "person")))


def taken(*, party: bool, stands: bool, before: str, time: str, facts: str) -> tuple[str, str, str | None]:
    """D11 in words: the first thing that is wrong decides."""
    if not party:
        return "D11-A1", "refuse", "not_a_party"
    if not stands:
        return "D11-A2", "refuse", "nothing_stands"
    if before == "open":
        return "D11-A3", "refuse", "already_open"
    if before == "decided":
        return "D11-A4", "refuse", "only_once"
    if time == "late":
        return "D11-A5", "refuse", "too_late"
    if time == "late_with_reason":
        return "D11-A6", "look", None
    return ("D11-A7", "ask_more", None) if facts == "missing" else ("D11-A8", "accept", None)


EVERY = [
    {"party": party, "stands": stands, "before": before, "time": time, "facts": facts}
    for party, stands, before, time, facts in product(
        (True, False),
        (True, False),
        ("none", "open", "decided"),
        ("in_time", "late_with_reason", "late"),
        ("enough", "missing"),
    )
]


@pytest.mark.parametrize("asked", EVERY, ids=lambda asked: "-".join(str(one) for one in asked.values()))
def test_an_appeal_is_taken_or_not(asked: dict[str, Any]) -> None:
    found = RIGHTS.decide(asked)
    assert (found.row, found.outcome["answer"], found.outcome.get("code")) == taken(**asked)


@pytest.mark.parametrize(
    ("name", "taobao", "eu"),
    [("penalty_days", 15, 183), ("dispute_days", 7, 7), ("block_days", 183, 183), ("refusal_days", 7, 183)],
)
def test_the_windows_by_profile(name: str, taobao: int, eu: int) -> None:
    assert BOOK.integer(f"appeals.{name}") == taobao
    assert UNION.integer(f"appeals.{name}") == eu


def test_no_marketplace_in_the_union_goes_below_six_months() -> None:
    assert UNION["appeals.penalty_days"].parameter.floor == 183
