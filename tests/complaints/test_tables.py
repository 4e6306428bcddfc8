"""D15, D13, the upper rows of D5 and the signals, row by row, with their basis."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from xiaoer.complaints.rules.types import types
from xiaoer.kernel.table import Table
from xiaoer.kernel.table_proof import flaws
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import profiles, shelf, texts

Facts = Mapping[str, Any]
OURS = ("acceptance", "ladder", "closing", "signals")


class Case(NamedTuple):
    """One case of one row: what differs from the table's plain case, and what must come out."""

    row: str
    basis: str
    facts: Facts
    due: Facts


PLAIN: dict[str, Facts] = {
    "acceptance": {
        "duplicate": False,
        "malice": "none",
        "deal": "real",
        "decided": "no",
        "settled": False,
        "only_damages": False,
        "timing": "in_time",
        "evidence": True,
    },
    "ladder": {"rung": "agent", "cause": "unsolved", "simple_fact": False},
    "closing": {"ending": "withdrawn", "conduct": True},
    "signals": {"signal": "malicious_complaints", "many": 0},
}


def no(reason: str) -> Facts:
    return {"answer": "refuse", "reason": reason}


def at(rung: str, cause: str) -> Facts:
    return {"rung": rung, "cause": cause}


def up(rung: str, **more: bool) -> Facts:
    return {
        "next": rung,
        "safety_team": False,
        "suspend": False,
        "by_platform": False,
        "report": False,
    } | more


def stays(**more: bool) -> Facts:
    return {"safety_team": False, "suspend": False, "by_platform": False, "report": False} | more


CASES: dict[str, tuple[Case, ...]] = {
    "acceptance": (
        Case("D15-accept", "D15, S-060", {}, {"answer": "accept"}),
        Case("D15-accept", "T-003", {"timing": "excused"}, {"answer": "accept"}),
        Case("D15-accept", "T-001", {"deal": "none"}, {"answer": "accept"}),
        Case("D15-accept", "JD-1 5", {"decided": "new_fact"}, {"answer": "accept"}),
        Case("D15-duplicate", "D15", {"duplicate": True}, {"answer": "merge"}),
        Case("D15-duplicate", "D15", {"duplicate": True, "timing": "late"}, {"answer": "merge"}),
        Case("D15-late", "P-019", {"timing": "late"}, no("late")),
        Case("D15-late", "P-019", {"timing": "late", "malice": "signs"}, no("late")),
        Case("D15-other-deal", "D15", {"deal": "different"}, no("other_deal")),
        Case("D15-settled", "T-008", {"settled": True}, no("settled")),
        Case("D15-fake-trade", "D15", {"deal": "fake"}, no("fake_trade")),
        Case("D15-damages", "D15", {"only_damages": True}, no("only_damages")),
        Case("D15-decided", "JD-1 5", {"decided": "no_new_fact"}, no("decided")),
        Case("D15-malicious", "S-082", {"malice": "shown"}, no("malicious")),
        Case("D15-malicious", "S-082", {"malice": "shown", "deal": "fake"}, no("malicious")),
        Case("D15-signs", "S-082", {"malice": "signs"}, {"answer": "look"}),
        Case("D15-no-evidence", "S-067", {"evidence": False}, {"answer": "look"}),
    ),
    "ladder": (
        Case("D13-1", "S-076", {}, up("supervisor")),
        Case("D13-1", "D13", {"cause": "insult"}, up("supervisor")),
        Case("D13-2", "D13", {"rung": "supervisor"}, up("negotiation")),
        Case("D13-3", "S-070", {"rung": "negotiation"}, up("mediation")),
        Case("D13-4", "S-071", {"rung": "mediation"}, up("ruling")),
        Case("D13-5", "O-014", {"rung": "mediation", "simple_fact": True}, up("jury")),
        Case("D13-6", "D11", {"rung": "jury"}, up("appeal")),
        Case("D13-6", "D11", at("ruling", "vip"), up("appeal")),
        Case("D13-7", "L-084", {"rung": "appeal"}, up("outside")),
        Case("D13-safety", "D13", {"cause": "food_poisoning"}, up("supervisor", safety_team=True)),
        Case(
            "D13-safety-on",
            "D13",
            at("negotiation", "threat_to_life"),
            stays(safety_team=True),
        ),
        Case("D13-authority", "T-030", at("ruling", "authority_document"), stays(suspend=True)),
        Case("D13-mass", "T-001", {"cause": "mass_claims"}, up("mediation", by_platform=True)),
        Case("D13-mass-on", "T-001", at("ruling", "mass_claims"), stays(by_platform=True)),
        Case("D13-prohibited", "D13", {"cause": "prohibited_goods"}, up("ruling", report=True)),
        Case("D13-prohibited-on", "D13", at("ruling", "prohibited_goods"), stays(report=True)),
    ),
    "closing": (
        Case("D5-withdrawn", "S-062", {}, {"points": "none", "coach": True, "keep": True}),
        Case("D5-apology", "S-064", {"ending": "apology_accepted"}, {"points": "none", "coach": True}),
        Case("D5-apology", "T-008", {"ending": "settled"}, {"points": "none", "coach": True}),
        Case("D5-none", "D5", {"ending": "rejected"}, {"points": "none", "coach": False}),
        Case("D5-none", "D5", {"ending": "not_proved"}, {"points": "none", "coach": False}),
        Case("D5-other", "D5", {"conduct": False}, {"points": "none", "coach": False, "keep": True}),
        Case("D5-upheld", "S-061", {"ending": "upheld", "conduct": False}, {"points": "by_ruling"}),
    ),
    "signals": (
        Case("SG-none", "S-082", {}, {"level": "none"}),
        Case("SG-complaints-few", "S-082", {"many": 2}, {"level": "none"}),
        Case("SG-complaints-watch", "S-082", {"many": 3}, {"level": "watch"}),
        Case("SG-complaints-strong", "S-082", {"many": 5}, {"level": "strong"}),
        Case("SG-forged-watch", "D7", {"signal": "forged_evidence", "many": 1}, {"level": "watch"}),
        Case("SG-forged-strong", "D7", {"signal": "forged_evidence", "many": 2}, {"level": "strong"}),
        Case("SG-returns-few", "S-109", {"signal": "serial_returns", "many": 39}, {"level": "none"}),
        Case("SG-returns-watch", "S-109", {"signal": "serial_returns", "many": 40}, {"level": "watch"}),
    ),
}


def _cases() -> Iterator[Any]:
    for table, cases in CASES.items():
        for case in cases:
            yield pytest.param(table, case, id=f"{case.row}-{case.basis}-{len(case.facts)}".replace(" ", "_"))


def _table(name: str, profile: str | None = None) -> Table:
    full = f"complaints.{name}"
    return parsed(full, texts(profile or next(iter(profiles())))[full])


@pytest.mark.parametrize(("table", "case"), [*_cases()])
def test_a_row(table: str, case: Case) -> None:
    said = _table(table).decide({**PLAIN[table], **case.facts})
    assert said.row == case.row
    assert case.due.items() <= dict(said.outcome).items()
    assert "next" in case.due or not said.outcome.get("next")


@pytest.mark.parametrize("table", OURS)
def test_every_row_is_named_here_and_no_case_is_missing(table: str) -> None:
    shipped = _table(table)
    assert flaws(shipped) == ()
    assert {case.row for case in CASES[table]} == {row.id for row in shipped.rows}
    for row in shipped.rows:
        assert row.basis
        assert row.say.keys() == {"zh", "zh-Hant", "en", "es", "ja", "ko"}


def test_every_refusal_names_its_other_ways() -> None:
    for row in _table("acceptance").rows:
        said = dict(row.then)
        if said["answer"] == "refuse":
            assert said["reason"]
            assert said["ways"]


def test_every_profile_ships_them() -> None:
    for profile in profiles():
        assert {f"complaints.{one}" for one in OURS} <= texts(profile).keys()
    assert {f"complaints.{one}" for one in OURS} <= shelf().keys()


def test_types_hold_together() -> None:
    """S-060…S-067, R-008: who complains of whom; people judge what no dispute can."""
    for word, one in types().items():
        assert one.basis, word
        assert one.by, word
        assert (one.judged == "people") == (one.of in {"officer", "marketplace"}), word
        assert one.asks, word
        assert "buyer" not in one.by or one.of != "buyer", word
        assert "shop" not in one.by or one.of != "shop", word
    assert {"abuse", "buyer_abuse", "review_threat", "malicious_orders", "wrongful_block", "officer"} <= {
        *types()
    }
