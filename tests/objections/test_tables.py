"""Table guard.override and table objections.review, row by row."""

from importlib.resources import files
from itertools import product

import pytest

from xiaoer.guard.model import KINDS, SORTS
from xiaoer.kernel.table import Table
from xiaoer.kernel.table_text import load


def table(domain: str, name: str) -> Table:
    return load((files(f"xiaoer.{domain}") / "tables" / f"{name}.toml").read_text("utf-8"))


OVERRIDE = table("guard", "override")
REVIEW = table("objections", "review")
NEVER = {
    "abuse": "V1 S-061, S-015",
    "payment_code": "V2 R-005",
    "outside_contact": "V3 R-004",
    "personal_data": "V4 L-140",
    "review_solicitation": "V5 R-007",
    "void_clause": "V6 L-050",
    "medical_claim": "V7 L-115, L-122",
    "investment_claim": "V7 L-115, L-122",
    "education_claim": "V7 L-115, L-122",
    "competitor": "V8 L-113",
    "contact_frequency": "V9 S-006",
    "tone": "V9 S-006",
}
PROVED = {
    ("absolute_term", "figures"): ("V11.figures", "self", "shop"),
    ("absolute_term", "grade"): ("V11.grade", "grade", "shop"),
    ("absolute_term", "name"): ("V11.name", "name", "shop"),
    ("absolute_term", "award"): ("V11.award", "award", "shop"),
    ("absolute_term", "source"): ("V11.source", "fact", "shop"),
    ("absolute_term", "insurance"): ("V12", "never", "nowhere"),
    ("delivery_promise", "insurance"): ("V13", "on_time", "conversation"),
}


@pytest.mark.parametrize(("kind", "basis"), NEVER.items(), ids=[f"{k} {b}" for k, b in NEVER.items()])
def test_what_no_proof_makes_sayable(kind: str, basis: str) -> None:
    for sort, sensitive in product(SORTS, (True, False)):
        decided = OVERRIDE.decide({"kind": kind, "sensitive": sensitive, "proof": sort})
        assert f"{decided.row} {decided.basis}" == basis
        assert (decided.word("serves"), decided.word("holds_in")) == ("never", "nowhere")


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(NEVER)))
def test_which_proof_answers_for_which_claim(kind: str, sort: str) -> None:
    decided = OVERRIDE.decide({"kind": kind, "sensitive": False, "proof": sort})
    found = (decided.row, decided.word("serves"), decided.word("holds_in"))
    assert found == PROVED.get((kind, sort), ("V14", "never", "nowhere"))


@pytest.mark.parametrize("sort", SORTS)
def test_v10_goods_of_special_care_are_never_the_best_l_115_l_122(sort: str) -> None:
    decided = OVERRIDE.decide({"kind": "absolute_term", "sensitive": True, "proof": sort})
    assert (decided.row, decided.word("serves")) == ("V10", "never")


CASES = {
    # level, by, lodged_as → row, may, refusal
    ("shop", "manager", "agent"): ("G2", True, None),
    ("shop", "manager", "manager"): ("G2", True, None),
    ("marketplace", "manager", "agent"): ("G3", False, "objections.review_marketplaces_list"),
    ("marketplace", "manager", "manager"): ("G3", False, "objections.review_marketplaces_list"),
    ("marketplace", "officer", "agent"): ("G4", True, None),
    ("marketplace", "officer", "manager"): ("G4", True, None),
    ("marketplace", "administrator", "agent"): ("G4", True, None),
    ("marketplace", "administrator", "manager"): ("G4", True, None),
    ("shop", "officer", "manager"): ("G5", True, None),
    ("shop", "administrator", "manager"): ("G5", True, None),
    ("shop", "officer", "agent"): ("G6", False, "objections.review_shops_list"),
    ("shop", "administrator", "agent"): ("G6", False, "objections.review_shops_list"),
}


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_who_reviews_c10(case: tuple[str, str, str]) -> None:
    facts = {**dict(zip(("level", "by", "lodged_as"), case, strict=True)), "overdue": False}
    decided = REVIEW.decide({**facts, "own": False})
    assert (decided.row, decided.flag("may"), decided.outcome["refusal"]) == CASES[case]
    own = REVIEW.decide({**facts, "own": True})
    assert (own.row, own.flag("may"), own.outcome["refusal"]) == ("G1", False, "objections.review_own")


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_g7_what_is_overdue_the_marketplaces_people_review_too_s_107(case: tuple[str, str, str]) -> None:
    facts = {**dict(zip(("level", "by", "lodged_as"), case, strict=True)), "overdue": True}
    decided = REVIEW.decide({**facts, "own": False})
    row, may, refusal = CASES[case]
    expected = ("G7", True, None) if row == "G6" else (row, may, refusal)
    assert (decided.row, decided.flag("may"), decided.outcome["refusal"]) == expected
    assert REVIEW.decide({**facts, "own": True}).row == "G1"
