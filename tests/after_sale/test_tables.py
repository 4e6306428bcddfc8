"""D1, D2, D6 and D14 row by row, as shipped and in each profile: the case and what is due."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from xiaoer.kernel.table import Table
from xiaoer.kernel.table_proof import flaws
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import profiles, shelf, texts

Facts = Mapping[str, Any]
OURS = ("goods", "eligibility", "freight", "freight_leg", "test_cost", "compensation", "transit_risk")
SIX = {"zh", "zh-Hant", "en", "es", "ja", "ko"}


class Case(NamedTuple):
    """One case of one row: what differs from the table's plain case, and what must come out."""

    row: str
    basis: str
    facts: Facts
    due: Facts


PLAIN: dict[str, Facts] = {
    "goods": {"category": "ordinary", "shield": "none"},
    "eligibility": {
        "reason": "no_reason",
        "consumer": True,
        "goods": "free",
        "window": "within",
        "condition": "intact",
        "bad_faith": False,
        "asked_before": False,
    },
    "freight": {
        "ground": "no_reason",
        "shipping": "free",
        "first_at_fault": "none",
        "agreed": "none",
        "informed": True,
    },
    "freight_leg": {"payer": "buyer", "collect": "none", "dearer": False, "insured": False},
    "test_cost": {"asked": "platform", "defect": True},
    "compensation": {
        "case": "late_dispatch",
        "promise": "none",
        "harmless_flaw": False,
        "dispatch_hours": 48,
        "bad_percent": 0,
    },
    "transit_risk": {
        "leg": "outbound",
        "harm": "loss",
        "own_courier": False,
        "wrong_address": "none",
        "against_request": False,
        "fault": "none",
    },
}

YES = {"answer": "eligible", "refund": "full"}
SELLER3 = {"outbound": "seller", "return": "seller", "resend": "seller"}
BUYER3 = {"outbound": "buyer", "return": "buyer", "resend": "buyer"}


def no(ground: str) -> Facts:
    return {"answer": "not_eligible", "ground": ground, "handling": "none"}


def legs(outbound: str, back: str, resend: str) -> Facts:
    return {"outbound": outbound, "return": back, "resend": resend}


def sum_of(percent: int, least: int | None, most: int | None) -> Facts:
    return {
        "decides": "table",
        "percent": percent,
        "minimum_minor": least,
        "maximum_minor": most,
        "base": "paid",
    }


SHIPPED: dict[str, list[Case]] = {
    "goods": [
        Case("D1-3.goods", "L-009", {"category": "custom", "shield": "promised"}, {"goods": "promised"}),
        Case("D1-4.custom", "L-005", {"category": "custom"}, {"goods": "exempt"}),
        Case("D1-4.fresh", "L-005", {"category": "fresh"}, {"goods": "exempt"}),
        Case("D1-4.digital", "L-005", {"category": "digital_opened"}, {"goods": "exempt"}),
        Case(
            "D1-4.newspaper", "L-005", {"category": "newspaper", "shield": "confirmed"}, {"goods": "exempt"}
        ),
        Case("D1-4a", "J-021", {"category": "custom_stock"}, {"goods": "free"}),
        Case("D1-5", "L-006", {"category": "hygiene", "shield": "confirmed"}, {"goods": "confirmed"}),
        Case("D1-6", "L-007", {"category": "hygiene"}, {"goods": "unconfirmed"}),
        Case(
            "D1-6.preticked", "L-008", {"category": "flawed", "shield": "preticked"}, {"goods": "unconfirmed"}
        ),
        Case("D1-4.no_exemption", "L-008", {"category": "leisure"}, {"goods": "free"}),
        Case("D1-13.goods", "L-001", {"shield": "confirmed"}, {"goods": "free"}),
    ],
    "eligibility": [
        Case("D1-1", "L-040", {"reason": "quality", "window": "after"}, {"answer": "other_way"}),
        Case("D1-2", "7D 2", {"consumer": False}, {"answer": "by_agreement", "ground": "not_consumer"}),
        Case("D1-3", "L-009", {"window": "promised", "condition": "opened"}, YES),
        Case(
            "D1-3.inspect", "L-009", {"window": "promised", "condition": "unknown"}, {**YES, "inspect": True}
        ),
        Case("D1-3.goods", "L-009", {"goods": "promised"}, YES),
        Case("D1-4", "L-005", {"goods": "exempt", "bad_faith": True}, no("exempt_goods")),
        Case("D1-5", "L-006", {"goods": "confirmed"}, no("confirmed_exempt")),
        Case("D1-6", "L-007", {"goods": "unconfirmed"}, YES),
        Case("D1-7", "L-004", {"window": "after"}, no("late")),
        Case("D1-8", "T-017", {"window": "unsigned", "condition": "unknown"}, YES),
        Case("D1-9", "L-011", {"condition": "opened"}, {**YES, "inspect": False}),
        Case("D1-10", "L-010", {"condition": "incomplete"}, no("not_intact")),
        Case("D1-10.sealed", "L-012", {"condition": "seal_broken"}, no("not_intact")),
        Case("D1-10.electronics", "L-013", {"condition": "altered", "window": "promised"}, no("not_intact")),
        Case("D1-10.soft", "L-014", {"condition": "soiled"}, no("not_intact")),
        Case("D1-11", "7D 25", {"condition": "unknown"}, {**YES, "inspect": True}),
        Case("D1-12", "L-028", {"bad_faith": True}, {"answer": "review", "handling": "person"}),
        Case("D1-13", "L-001", {"asked_before": True}, YES),
    ],
    "freight": [
        Case("D2-1", "T-021", {}, legs("seller", "buyer", "none")),
        Case("D2-2", "T-021", {"shipping": "paid"}, legs("buyer", "buyer", "none")),
        Case("D2-2.threshold", "L-022", {"shipping": "threshold_lost"}, legs("buyer", "buyer", "none")),
        Case("D2-3", "T-021", {"ground": "abuse", "agreed": "all"}, BUYER3),
        Case("D2-4", "T-022", {"ground": "no_reason_exchange"}, BUYER3),
        Case("D2-5", "L-041", {"ground": "seller_fault", "shipping": "paid"}, SELLER3),
        Case("D2-6", "T-005", {"ground": "unclear", "shipping": "paid"}, legs("seller", "buyer", "none")),
        Case("D2-7", "T-019", {"ground": "settlement"}, legs("none", "seller", "seller")),
        Case("D2-8.seller", "T-019", {"ground": "both_at_fault", "first_at_fault": "seller"}, SELLER3),
        Case("D2-8.buyer", "T-019", {"ground": "both_at_fault", "first_at_fault": "buyer"}, BUYER3),
        Case("D2-12", "L-021", {"agreed": "return"}, legs("seller", "seller", "none")),
        Case(
            "D2-12.paid", "L-021", {"agreed": "return", "shipping": "paid"}, legs("buyer", "seller", "none")
        ),
        Case(
            "D2-12.unclear",
            "T-005",
            {"ground": "unclear", "agreed": "return", "shipping": "paid"},
            legs("seller", "seller", "none"),
        ),
        Case(
            "D2-12.exchange",
            "T-022",
            {"ground": "no_reason_exchange", "agreed": "return"},
            legs("buyer", "seller", "buyer"),
        ),
        Case(
            "D2-12.settlement",
            "T-019",
            {"ground": "settlement", "agreed": "return"},
            legs("none", "seller", "seller"),
        ),
        Case("D2-12.all", "L-021", {"agreed": "all", "shipping": "paid"}, SELLER3),
    ],
    "freight_leg": [
        Case("D2-9.seller", "T-020", {"collect": "seller", "insured": True}, {"pays": "seller"}),
        Case("D2-9.buyer", "T-020", {"payer": "seller", "collect": "buyer"}, {"pays": "buyer"}),
        Case("D2-10", "T-020", {"dearer": True}, {"pays": "buyer", "difference": "seller"}),
        Case("D2-11", "O-012", {"insured": True}, {"pays": "buyer", "insurer_first": True}),
        Case(
            "D2-11.dearer",
            "O-012",
            {"insured": True, "dearer": True},
            {"pays": "buyer", "insurer_first": True, "difference": "seller"},
        ),
        Case("D2-base.buyer", "L-021", {}, {"pays": "buyer", "difference": "none"}),
        Case("D2-base.seller", "L-041", {"payer": "seller", "dearer": True}, {"pays": "seller"}),
    ],
    "test_cost": [
        Case("D2-13.defect", "T-027", {}, {"pays": "seller"}),
        Case("D2-13.none", "J-015", {"defect": False}, {"pays": "buyer"}),
        Case("D2-13.parties", "T-027", {"asked": "parties"}, {"pays": "agreement"}),
    ],
    "compensation": [
        Case(
            "D6-1", "L-044", {"case": "fraud"}, {"decides": "person", "percent": 300, "minimum_minor": 50000}
        ),
        Case("D6-1.flaw", "L-046", {"case": "unsafe_food", "harmless_flaw": True}, {"decides": "nobody"}),
        Case("D6-10.law", "L-049", {"case": "fraud", "promise": "higher"}, {"decides": "promise"}),
        Case(
            "D6-2",
            "L-048",
            {"case": "unsafe_food"},
            {"decides": "person", "percent": 1000, "minimum_minor": 100000},
        ),
        Case(
            "D6-3", "L-045", {"case": "harmful_defect"}, {"decides": "person", "percent": 200, "base": "loss"}
        ),
        Case("D6-4", "O-010", {}, sum_of(5, 500, 5000)),
        Case("D6-4.longer", "O-010", {"dispatch_hours": 49}, sum_of(10, 500, 5000)),
        Case("D6-5", "O-010", {"case": "out_of_stock", "promise": "lower"}, sum_of(30, 500, 50000)),
        Case("D6-6", "T-028", {"case": "misleading_page"}, {"decides": "nobody", "with_return": True}),
        Case("D6-7", "T-023", {"case": "missing_gift"}, {"base": "gift_value", "percent": 100}),
        Case("D6-8", "S-047", {"case": "partly_bad", "bad_percent": 40}, {"decides": "person"}),
        Case("D6-10", "T-009", {"promise": "higher"}, {"decides": "promise", "payer": "seller"}),
        Case("D6-11", "P-017", {"case": "agent_abuse"}, {"decides": "person", "maximum_minor": 100000}),
        Case("D6-13", "L-156", {"case": "privacy_breach"}, {"decides": "person", "base": "loss"}),
        Case("D6-12", "S-101", {"case": "wrongful_block"}, {"decides": "person", "payer": "marketplace"}),
    ],
    "transit_risk": [
        Case("D14-1", "L-053", {}, {"bearer": "seller"}),
        Case("D14-2", "L-053", {"own_courier": True}, {"bearer": "buyer"}),
        Case("D14-3", "T-007", {"leg": "return", "harm": "breakage"}, {"bearer": "seller"}),
        Case(
            "D14-3.loss", "T-007", {"leg": "return", "fault": "minor"}, {"bearer": "buyer", "claims": "buyer"}
        ),
        Case(
            "D14-3.minor",
            "T-026",
            {"leg": "return", "harm": "breakage", "fault": "minor"},
            {"bearer": "seller"},
        ),
        Case("D14-4", "TB-DR 78", {"leg": "return", "fault": "grave"}, {"bearer": "seller"}),
        Case(
            "D14-5",
            "TB-DR 27",
            {"against_request": True, "own_courier": True, "wrong_address": "buyer"},
            {"bearer": "seller"},
        ),
        Case("D14-6", "T-015", {"wrong_address": "buyer"}, {"bearer": "buyer"}),
        Case("D14-6.return", "T-018", {"leg": "return", "wrong_address": "buyer"}, {"bearer": "buyer"}),
        Case("D14-7", "T-018", {"leg": "return", "wrong_address": "seller"}, {"bearer": "seller"}),
    ],
}

PEOPLE = [
    Case("D6-10", "T-009", {"case": "fraud", "promise": "lower"}, {"decides": "promise"}),
    Case("D6-1", "S-073", {"case": "fraud"}, {"decides": "person", "percent": None, "minimum_minor": None}),
    Case("D6-3", "S-073", {"case": "harmful_defect"}, {"decides": "person"}),
    Case("D6-4", "S-072", {}, {"decides": "person", "percent": None}),
    Case("D6-8", "S-047", {"case": "partly_bad"}, {"decides": "person"}),
    Case("D6-11", "S-047", {"case": "agent_abuse"}, {"decides": "person", "maximum_minor": None}),
    Case("D6-13", "S-127", {"case": "privacy_breach"}, {"decides": "person"}),
    Case("D6-12", "S-101", {"case": "wrongful_block"}, {"payer": "marketplace"}),
]

OF_PROFILES: dict[str, dict[str, list[Case]]] = {
    "eu": {
        "goods": [
            Case("D1-3.goods", "L-009", {"category": "fresh", "shield": "promised"}, {"goods": "promised"}),
            Case("D1-4.custom", "X-004", {"category": "custom"}, {"goods": "exempt"}),
            Case("D1-4.fresh", "X-004", {"category": "fresh"}, {"goods": "exempt"}),
            Case("D1-4.digital", "X-004", {"category": "digital_opened"}, {"goods": "exempt"}),
            Case("D1-4.newspaper", "X-004", {"category": "newspaper"}, {"goods": "exempt"}),
            Case("D1-4.hygiene", "X-004", {"category": "hygiene_opened"}, {"goods": "exempt"}),
            Case("D1-4.mixed", "X-004", {"category": "mixed"}, {"goods": "exempt"}),
            Case("D1-4.leisure", "X-004", {"category": "leisure"}, {"goods": "exempt"}),
            Case(
                "D1-5", "X-004", {"category": "digital_begun", "shield": "confirmed"}, {"goods": "confirmed"}
            ),
            Case("D1-6", "X-004", {"category": "digital_begun"}, {"goods": "unconfirmed"}),
            Case(
                "D1-4.no_exemption", "X-001", {"category": "flawed", "shield": "confirmed"}, {"goods": "free"}
            ),
            Case("D1-13.goods", "X-001", {}, {"goods": "free"}),
        ],
        "eligibility": [
            Case("D1-1", "L-040", {"reason": "fake"}, {"answer": "other_way"}),
            Case("D1-2", "X-001", {"consumer": False}, {"answer": "by_agreement"}),
            Case("D1-3", "X-001", {"window": "promised"}, YES),
            Case(
                "D1-3.worn",
                "X-001",
                {"window": "promised", "condition": "soiled"},
                {"answer": "eligible", "refund": "less_wear"},
            ),
            Case("D1-4", "X-004", {"goods": "exempt"}, no("exempt_goods")),
            Case("D1-5", "X-004", {"goods": "confirmed"}, no("confirmed_exempt")),
            Case("D1-7", "X-001", {"window": "after"}, no("late")),
            Case("D1-8", "X-001", {"window": "unsigned"}, YES),
            Case("D1-9", "X-001", {"condition": "opened"}, YES),
            Case("D1-10", "X-001", {"condition": "soiled"}, {"answer": "eligible", "refund": "less_wear"}),
            Case("D1-11", "X-002", {"condition": "unknown"}, {**YES, "inspect": True}),
            Case("D1-12", "S-082", {"bad_faith": True}, {"answer": "review"}),
            Case("D1-13", "X-001", {}, YES),
        ],
        "freight": [
            Case("D2-1", "X-002", {"shipping": "paid"}, legs("seller", "buyer", "none")),
            Case("D2-1.uninformed", "X-003", {"informed": False}, legs("seller", "seller", "none")),
            Case("D2-3", "T-021", {"ground": "abuse"}, BUYER3),
            Case("D2-4", "T-022", {"ground": "no_reason_exchange"}, BUYER3),
            Case("D2-5", "X-002", {"ground": "seller_fault"}, SELLER3),
            Case("D2-6", "T-005", {"ground": "unclear"}, legs("seller", "buyer", "none")),
            Case("D2-7", "T-019", {"ground": "settlement"}, legs("none", "seller", "seller")),
            Case("D2-8.seller", "T-019", {"ground": "both_at_fault", "first_at_fault": "seller"}, SELLER3),
            Case("D2-8.buyer", "T-019", {"ground": "both_at_fault", "first_at_fault": "buyer"}, BUYER3),
            Case(
                "D2-12", "X-003", {"agreed": "return", "shipping": "paid"}, legs("seller", "seller", "none")
            ),
            Case(
                "D2-12.exchange",
                "T-022",
                {"ground": "no_reason_exchange", "agreed": "return"},
                legs("buyer", "seller", "buyer"),
            ),
            Case(
                "D2-12.settlement",
                "T-019",
                {"ground": "settlement", "agreed": "return"},
                legs("none", "seller", "seller"),
            ),
            Case("D2-12.all", "L-021", {"agreed": "all"}, SELLER3),
        ],
        "compensation": PEOPLE,
    },
    "jd": {
        "compensation": [
            Case(
                "D6-1", "L-044", {"case": "fraud", "promise": "higher"}, {"decides": "person", "percent": 300}
            ),
            Case("D6-1.flaw", "L-046", {"case": "fraud", "harmless_flaw": True}, {"decides": "nobody"}),
            Case("D6-2", "L-048", {"case": "unsafe_food"}, {"percent": 1000, "minimum_minor": 100000}),
            Case("D6-3", "L-045", {"case": "harmful_defect"}, {"percent": 200}),
            Case("D6-4", "J-012", {"promise": "higher"}, sum_of(5, 500, 5000)),
            Case("D6-4.longer", "J-012", {"dispatch_hours": 72}, sum_of(10, 500, 5000)),
            Case("D6-5", "J-012", {"case": "false_dispatch"}, sum_of(30, 500, 50000)),
            Case("D6-6", "J-013", {"case": "misleading_page"}, sum_of(10, None, 20000)),
            Case("D6-7", "J-016", {"case": "missing_gift"}, {"base": "gift_value", "ceiling_percent": 30}),
            Case("D6-8.tenth", "J-019", {"case": "partly_bad", "bad_percent": 10}, {"percent": 10}),
            Case("D6-8.third", "J-019", {"case": "partly_bad", "bad_percent": 11}, {"percent": 30}),
            Case("D6-8.half", "J-019", {"case": "partly_bad", "bad_percent": 50}, {"percent": 50}),
            Case("D6-8.most", "J-019", {"case": "partly_bad", "bad_percent": 51}, {"percent": 70}),
            Case("D6-8.all", "J-019", {"case": "partly_bad", "bad_percent": 71}, {"percent": 100}),
            Case("D6-11", "P-018", {"case": "agent_abuse"}, {"maximum_minor": 100000}),
            Case("D6-13", "L-156", {"case": "privacy_breach"}, {"decides": "person"}),
            Case("D6-12", "D8", {"case": "wrongful_block"}, {"payer": "marketplace"}),
        ],
    },
    "retail": {
        "eligibility": [
            Case("D1-8", "S-054", {"window": "unsigned"}, no("not_delivered")),
            Case("D1-7", "S-025", {"asked_before": True}, no("asked_before")),
            Case(
                "D1-13", "S-053", {"goods": "exempt", "condition": "soiled"}, {**YES, "handling": "at_once"}
            ),
        ],
        "compensation": PEOPLE,
    },
}


def table_of(profile: str, table: str) -> Table:
    return parsed(f"after_sale.{table}", texts(profile)[f"after_sale.{table}"])


def every_case() -> Iterator[Any]:
    for profile, tables in {"taobao": SHIPPED, **OF_PROFILES}.items():
        for table, cases in tables.items():
            for case in cases:
                yield pytest.param(profile, table, case, id=f"{profile} {table} {case.row} ({case.basis})")


@pytest.mark.parametrize(("profile", "table", "case"), list(every_case()))
def test_row(profile: str, table: str, case: Case) -> None:
    said = table_of(profile, table).decide({**PLAIN[table], **case.facts})
    assert said.row == case.row
    assert {name: said.outcome[name] for name in case.due} == case.due
    assert case.basis in said.basis


@pytest.mark.parametrize("profile", profiles())
@pytest.mark.parametrize("table", OURS)
def test_every_row_has_its_case_its_authority_and_a_sentence_in_six_languages(
    profile: str, table: str
) -> None:
    own = f"after_sale.{table}" in profiles()[profile].tables
    cases = OF_PROFILES[profile][table] if own else SHIPPED[table]
    rows = table_of(profile, table).rows
    assert {row.id for row in rows} == {case.row for case in cases}
    assert not [row.id for row in rows if row.authority is None or set(row.say) != SIX]
    columns = [*table_of(profile, table).inputs, *table_of(profile, table).outputs]
    assert not [one.name for one in columns if set(one.label) != SIX]


@pytest.mark.parametrize("profile", profiles())
@pytest.mark.parametrize("name", shelf())
def test_every_table_of_every_profile_is_complete_and_unique(profile: str, name: str) -> None:
    assert flaws(parsed(name, texts(profile)[name])) == ()
