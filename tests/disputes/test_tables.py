"""Tables D3, J-017 and the remedies, row by row; each test is named by the row and what it stands on."""

from functools import cache
from typing import Any

import pytest

from xiaoer.kernel.table import Table
from xiaoer.kernel.table_proof import flaws
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import shelf


@cache
def table(name: str) -> Table:
    return parsed(f"disputes.{name}", shelf()[f"disputes.{name}"].text)


VISIBLE = ("visible_quality", "visible_description")
HIDDEN = ("invisible_quality", "invisible_description", "fake")
SURFACE = ("surface_mismatch", "missing_items")
ALL = ("usual", "lightened", "confirmed", "late", "merged")
NOT_LATE = ("usual", "lightened", "confirmed", "merged")

# row, basis, issues, stage, standings, who must show, what, then: shown / silent / withheld
BURDEN: list[tuple[str, str, tuple[str, ...], int, tuple[str, ...], str, str, str]] = [
    ("D3-1.1", "T-024, T-028", VISIBLE, 1, ("usual", "confirmed", "late", "merged"),
     "buyer", "photo_video", "next seller seller"),
    ("D3-1.1.light", "T-012, L-092", VISIBLE, 1, ("lightened",), "buyer", "photo_video", "next next seller"),
    ("D3-1.2", "T-024, T-028, L-178", VISIBLE, 2, ALL, "seller", "explanation", "next buyer buyer"),
    ("D3-1.3", "T-024, T-028", VISIBLE, 3, ALL, "buyer", "test_report", "buyer seller seller"),
    ("D3-2.1", "T-025, L-178", HIDDEN, 1, NOT_LATE, "seller", "source_proof", "next buyer buyer"),
    ("D3-2.1.late", "J-017", HIDDEN, 1, ("late",), "buyer", "photo_video", "next seller seller"),
    ("D3-2.2", "T-025", HIDDEN, 2, ("usual", "confirmed", "merged"), "buyer", "test_report",
     "buyer seller seller"),
    ("D3-2.2.light", "T-012, L-092", HIDDEN, 2, ("lightened",), "buyer", "test_report",
     "buyer people seller"),
    ("D3-2.2.late", "T-025, L-178", HIDDEN, 2, ("late",), "seller", "source_proof", "next buyer buyer"),
    ("D3-2.3.late", "T-025, J-017", HIDDEN, 3, ("late",), "buyer", "test_report", "buyer seller seller"),
    ("D3-2.end", "J-003", HIDDEN, 3, NOT_LATE, "nobody", "nothing", "people people people"),
    ("D3-3.1", "L-043", ("durable_goods",), 1, NOT_LATE, "seller", "later_cause_proof", "seller buyer buyer"),
    ("D3-3.1.late", "L-043", ("durable_goods",), 1, ("late",), "buyer", "photo_video", "next seller seller"),
    ("D3-3.2.late", "T-024, L-178", ("durable_goods",), 2, ("late",), "seller", "explanation",
     "people buyer buyer"),
    ("D3-3.end2", "J-003", ("durable_goods",), 2, NOT_LATE, "nobody", "nothing", "people people people"),
    ("D3-3.end3", "J-003", ("durable_goods",), 3, ALL, "nobody", "nothing", "people people people"),
    ("D3-4.1", "T-028, L-178", ("surface_mismatch",), 1, ("usual", "lightened", "merged"), "seller",
     "sign_for_proof", "next buyer buyer"),
    ("D3-4.1.missing", "T-028, T-029, L-178", ("missing_items",), 1, ("usual", "lightened"), "seller",
     "sign_for_proof", "next buyer buyer"),
    ("D3-5.1", "T-028, J-017", SURFACE, 1, ("confirmed", "late"), "buyer", "state_at_sign_for",
     "buyer seller seller"),
    ("D3-6.1", "TB-DR 26, L-178", ("missing_items",), 1, ("merged",), "seller", "completeness_proof",
     "seller buyer buyer"),
    ("D3-4.2", "T-028", ("surface_mismatch",), 2, ("usual", "lightened", "merged"), "buyer",
     "state_at_sign_for", "buyer seller seller"),
    ("D3-4.2.missing", "T-028, T-029", ("missing_items",), 2, ("usual", "lightened"), "buyer",
     "state_at_sign_for", "buyer seller seller"),
    ("D3-5.end", "J-003", SURFACE, 2, ("confirmed", "late"), "nobody", "nothing", "people people people"),
    ("D3-6.end", "J-003", ("missing_items",), 2, ("merged",), "nobody", "nothing", "people people people"),
    ("D3-4.end", "J-003", SURFACE, 3, ALL, "nobody", "nothing", "people people people"),
    ("D3-7.1", "T-016, L-178", ("not_received",), 1, ALL, "seller", "delivery_proof", "seller buyer buyer"),
    ("D3-8.1", "T-016", ("return_not_received",), 1, ALL, "buyer", "tracking", "buyer seller seller"),
    ("D3-9.1", "T-013", ("late_dispatch",), 1, ALL, "marketplace", "carrier_record", "next people people"),
    ("D3-9.2", "T-013, L-178", ("late_dispatch",), 2, ALL, "seller", "explanation", "people buyer buyer"),
    ("D3-10.1", "T-008", ("settlement_void",), 1, ALL, "claimant", "void_proof",
     "people respondent respondent"),
    ("D3-11.1", "P-019, E-001", ("abuse_by_agent", "abuse_by_buyer"), 1, ALL, "claimant", "evidence_number",
     "next respondent respondent"),
    ("D3-11.2", "P-019", ("abuse_by_agent", "abuse_by_buyer"), 2, ALL, "respondent", "statement",
     "next next next"),
    ("D3-11.3", "P-019, E-001", ("abuse_by_agent", "abuse_by_buyer"), 3, ALL, "marketplace", "reading",
     "people people people"),
    ("D3-12.1", "S-100, L-091", ("wrongful_block",), 1, ALL, "respondent", "ground_proof",
     "next claimant claimant"),
    ("D3-12.2", "S-100", ("wrongful_block",), 2, ALL, "claimant", "comment", "people people people"),
    ("D3-13.1", "L-120, L-178", ("advertising_word",), 1, ALL, "respondent", "truth_proof",
     "people claimant claimant"),
    ("D3-14.1", "T-006, J-003", ("other",), 1, ALL, "claimant", "statement", "next respondent respondent"),
    ("D3-14.2", "T-006, J-003, L-178", ("other",), 2, ALL, "respondent", "explanation",
     "people people claimant"),
    ("D3-end.1", "J-003", ("not_received", "return_not_received", "settlement_void", "advertising_word"), 2,
     ALL, "nobody", "nothing", "people people people"),
    ("D3-end.2", "J-003", ("late_dispatch", "wrongful_block", "other"), 3, ALL, "nobody", "nothing",
     "people people people"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["burden", "windows", "remedies"])
def test_a_table_answers_every_question_once(name: str) -> None:
    assert flaws(table(name)) == ()


@pytest.mark.parametrize("row", BURDEN, ids=lambda row: f"{row[0]} ({row[1]})")
def test_burden(row: tuple[Any, ...]) -> None:
    name, basis, issues, stage, standings, holder, must, follows = row
    for issue in issues:
        for standing in standings:
            found = table("burden").decide({"issue": issue, "stage": stage, "standing": standing})
            assert (found.row, found.basis) == (name, basis)
            shown, silent, refused = follows.split()
            assert found.outcome == {
                "holder": holder, "must": must, "shown": shown, "silent": silent, "refused": refused,
            }  # fmt: skip


def test_every_row_of_d3_is_tested() -> None:
    assert [one.id for one in table("burden").rows] == [row[0] for row in BURDEN]


WINDOWS = [
    ("J017-1", "electronics_portable", "visible", 48, None),
    ("J017-2", "electronics_fixed", "visible", 72, None),
    ("J017-3", "electronics_fixed", "hidden", 72, None),
    ("J017-4", "wear", "visible", 48, 15),
    ("J017-5", "household", "hidden", None, 15),
    ("J017-6", "ceramics", "visible", None, 7),
    ("J017-7", "cosmetics", "hidden", None, 60),
    ("J017-8", "tyres", "visible", None, 365),
    ("J017-9", "live_fresh", "visible", 12, None),
    ("J017-10", "fresh", "hidden", 48, None),
    ("J017-11", "pets", "visible", 24, None),
    ("J017-12", "pets", "hidden", None, 7),
    ("J017-13", "aquatic", "visible", 24, None),
    ("J017-14", "aquatic", "hidden", None, 3),
    ("J017-15", "other", "visible", None, None),
]


@pytest.mark.parametrize("row", WINDOWS, ids=lambda row: f"{row[0]} (J-017)")
def test_window(row: tuple[str, str, str, int | None, int | None]) -> None:
    name, category, sight, hours, days = row
    found = table("windows").decide({"category": category, "sight": sight})
    assert (found.row, found.basis) == (name, "J-017")
    assert (found.outcome.get("hours"), found.outcome.get("days")) == (hours, days)


def test_every_window_is_tested() -> None:
    assert [one.id for one in table("windows").rows] == [row[0] for row in WINDOWS]


REMEDIES = [
    ("R-1", "T-026", "invisible_quality", "buyer", "return_and_refund", "exchange"),
    ("R-2", "T-026, L-044", "fake", "buyer", "refund", "return_and_refund"),
    ("R-3", "L-043", "durable_goods", "buyer", "exchange", "return_and_refund"),
    ("R-4", "T-029", "missing_items", "buyer", "resend", "refund"),
    ("R-5", "T-016", "not_received", "buyer", "refund", "resend"),
    ("R-6", "T-016", "return_not_received", "buyer", "refund", "refund"),
    ("R-7", "T-013", "late_dispatch", "buyer", "compensate", "refund"),
    ("R-8", "T-005, T-008", "other", "buyer", "partial", "compensate"),
    ("R-9", "S-061, P-019", "abuse_by_agent", "buyer", "penalise", "compensate"),
    ("R-10", "S-063, P-019", "abuse_by_buyer", "seller", "penalise", "penalise"),
    ("R-11", "S-101", "wrongful_block", "buyer", "compensate", "penalise"),
    ("R-12", "T-028", "advertising_word", "buyer", "return_and_refund", "penalise"),
    ("R-20", "T-016, T-024, T-025", "fake", "seller", "pay_seller", "pay_seller"),
    ("R-21", "T-006", "abuse_by_agent", "seller", "dismissed", "dismissed"),
    ("R-22", "T-006", "abuse_by_buyer", "buyer", "dismissed", "dismissed"),
    ("R-30", "J-003", "visible_quality", "nobody", "not_proved", "partial"),
]


@pytest.mark.parametrize("row", REMEDIES, ids=lambda row: f"{row[0]} ({row[1]})")
def test_remedy(row: tuple[str, str, str, str, str, str]) -> None:
    name, basis, issue, winner, outcome, choice = row
    found = table("remedies").decide({"issue": issue, "winner": winner})
    assert (found.row, found.basis, found.outcome["outcome"]) == (name, basis, outcome)
    choices = found.outcome["choices"]
    assert isinstance(choices, tuple)
    assert choice in choices
    assert outcome in choices


def test_every_remedy_is_tested() -> None:
    assert [one.id for one in table("remedies").rows] == [row[0] for row in REMEDIES]
