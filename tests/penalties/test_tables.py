"""D5, the other offences, D5b and the end of the year, row by row with what each stands on."""

import pytest

from xiaoer.kernel.table import Table
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import texts


def table(name: str) -> Table:
    return parsed(name, texts("taobao")[name])


ABUSE = {"ladder": "brief", "side": "shop", "earlier": 0, "review": False, "apology": False}
D5 = [
    ("withdrawn before it was upheld: coaching, no points", {"grade": "withdrawn"}, "D5-0", None, 0, (), 0),
    ("harsh, no insult", {"grade": "none", "side": "person"}, "D5-0", None, 0, (), 0),
    ("S-061 general: shield 7 days", {"grade": "general"}, "D5-1", None, 0, ("shield_shop",), 7),
    (
        "L-173 because of a negative review: a bad record besides",
        {"grade": "general", "review": True},
        "D5-1r",
        None,
        0,
        ("shield_shop", "public_warning"),
        7,
    ),
    ("D5 repeated general is serious", {"grade": "general", "earlier": 1}, "D5-2a", "B", 12, (), 0),
    ("S-061 serious: 12 points each", {"grade": "serious"}, "D5-2", "B", 12, (), 0),
    ("S-061 especially serious: 48", {"grade": "especially_serious"}, "D5-3", "B", 48, (), 0),
    ("P-017 red packet", {"ladder": "tmall_2020", "grade": "general"}, "D5-T1", None, 0, (), 0),
    (
        "P-017 and L-173",
        {"ladder": "tmall_2020", "grade": "general", "review": True, "earlier": 2},
        "D5-T1r",
        None,
        0,
        ("public_warning",),
        7,
    ),
    (
        "P-017 more than three in a year",
        {"ladder": "tmall_2020", "grade": "general", "earlier": 3},
        "D5-T2",
        "B",
        12,
        (),
        0,
    ),
    ("P-017 serious 48", {"ladder": "tmall_2020", "grade": "serious"}, "D5-T3", "B", 48, (), 0),
    ("P-018 general 2", {"ladder": "tmall_2022", "grade": "general"}, "D5-U1", "B", 2, (), 0),
    (
        "P-018 and L-173",
        {"ladder": "tmall_2022", "grade": "general", "review": True},
        "D5-U1r",
        "B",
        2,
        ("public_warning",),
        7,
    ),
    ("P-018 repeated", {"ladder": "tmall_2022", "grade": "general", "earlier": 1}, "D5-U2", "B", 12, (), 0),
    ("P-018 serious", {"ladder": "tmall_2022", "grade": "serious"}, "D5-U3", "B", 12, (), 0),
    (
        "P-018 shop removed",
        {"ladder": "tmall_2022", "grade": "especially_serious"},
        "D5-U4",
        None,
        0,
        ("close_shop",),
        0,
    ),
    (
        "S-064 the buyer's apology ends it",
        {"side": "person", "grade": "serious", "apology": True},
        "D5-5",
        None,
        0,
        (),
        0,
    ),
    (
        "S-063 a buyer is warned",
        {"side": "person", "grade": "general"},
        "D5-6",
        None,
        0,
        ("public_warning",),
        7,
    ),
    (
        "S-063 a buyer again",
        {"side": "person", "grade": "general", "earlier": 2},
        "D5-7",
        None,
        0,
        ("limit_messages",),
        7,
    ),
    (
        "S-063 a buyer, serious",
        {"side": "person", "grade": "serious"},
        "D5-8",
        None,
        0,
        ("limit_messages", "limit_buying"),
        7,
    ),
    (
        "L-172 a buyer, especially serious",
        {"side": "person", "grade": "especially_serious"},
        "D5-9",
        None,
        0,
        ("limit_messages", "limit_buying"),
        30,
    ),
]


@pytest.mark.parametrize(
    ("facts", "row", "track", "points", "measures", "days"),
    [one[1:] for one in D5],
    ids=[one[0] for one in D5],
)
def test_d5(  # noqa: PLR0917 - a line of the table is its arguments
    facts: dict[str, object], row: str, track: str | None, points: int, measures: tuple[str, ...], days: int
) -> None:
    said = table("penalties.abuse").decide({**ABUSE, **facts})
    assert (said.row, said.outcome.get("track")) == (row, track)
    assert (said.number("points"), said.words("measures"), said.number("days")) == (points, measures, days)


def test_d5_every_row_is_tried() -> None:
    assert {row.id for row in table("penalties.abuse").rows} == {one[2] for one in D5}


OFFENCES = [
    ("P-010", "fake_goods", "minor", "C", 2),
    ("P-010", "fake_goods", "general", "C", 12),
    ("P-010", "fake_goods", "serious", "C", 24),
    ("P-010", "fake_goods", "especially_serious", "C", 48),
    ("P-010", "helping_fakes", "general", "C", 2),
    ("P-010", "helping_fakes", "serious", "C", 12),
    ("P-020", "improper_information_use", "general", "B", 2),
    ("P-020", "improper_information_use", "serious", "B", 6),
    ("P-020", "improper_information_use", "especially_serious", "B", 48),
    ("P-021", "property_fraud", "general", "B", 48),
    ("P-021", "account_theft", "serious", "B", 48),
    ("P-021", "disturbing_order", "serious", "B", 24),
    ("P-021", "disturbing_order", "especially_serious", "B", 48),
    ("P-021", "improper_gain", "minor", "B", 12),
    ("P-021", "improper_gain", "general", "B", 48),
    ("P-021", "prohibited_goods", "minor", "B", 2),
    ("P-021", "prohibited_goods", "general", "B", 6),
    ("P-021", "prohibited_goods", "serious", "B", 12),
    ("P-021", "prohibited_goods", "especially_serious", "B", 48),
    ("P-021", "spam_information", "general", "A", 4),
    ("P-021", "spam_information", "serious", "A", 6),
    ("P-021", "spam_information", "especially_serious", "A", 12),
    ("P-022", "late_dispatch", "general", "A", 3),
]


@pytest.mark.parametrize(("basis", "offence", "grade", "track", "points"), OFFENCES)
def test_points_of_other_offences(basis: str, offence: str, grade: str, track: str, points: int) -> None:
    said = table("penalties.offences").decide({"offence": offence, "side": "shop", "grade": grade})
    assert (said.word("track"), said.number("points")) == (track, points)
    assert basis in said.basis


def test_what_no_rule_names_brings_nothing() -> None:
    for row in table("penalties.offences").rows:
        if row.then["verdict"] == "unlisted":
            assert (row.then["points"], row.then["measures"]) == (0, ())


NODES = [
    ("P-003", "B", 0, 12, "n12", 7, True),
    ("P-004", "B", 12, 24, "n24", 14, True),
    ("P-005", "B", 24, 36, "n36", 21, True),
    ("P-006", "B", 36, 48, "n48", 0, False),
    ("P-007 several nodes at once: the heaviest alone", "B", 0, 48, "n48", 0, False),
    ("P-007 still at the same node", "B", 12, 14, "none", 0, False),
    ("P-003 no node", "C", 0, 11, "none", 0, False),
    ("P-001 every 12", "A", 0, 12, "n12", 12, True),
    ("P-001 again", "A", 12, 24, "n24", 12, True),
]


@pytest.mark.parametrize(
    ("track", "before", "after", "node", "days", "exam"),
    [one[1:] for one in NODES],
    ids=[one[0] for one in NODES],
)
def test_d5b(track: str, before: int, after: int, node: str, days: int, exam: bool) -> None:  # noqa: PLR0917
    said = table("penalties.nodes").decide(
        {"track": track, "before": before, "after": after, "strikes": False}
    )
    assert (said.word("node"), said.number("days"), said.flag("exam")) == (node, days, exam)


@pytest.mark.parametrize("before", [0, 12, 24])
def test_p_010_three_strikes_seal(before: int) -> None:
    said = table("penalties.nodes").decide(
        {"track": "C", "before": before, "after": before + 12, "strikes": True}
    )
    assert said.words("measures") == ("seal_account", "public_warning")
    assert said.flag("for_ever")


YEAR_END = [
    ("P-011", "A", 60, False, 60, "nothing", 0),
    ("P-011", "B", 47, False, 47, "nothing", 0),
    ("P-012", "B", 48, False, 48, "all", 0),
    ("P-013", "C", 23, False, 23, "nothing", 0),
    ("P-013", "C", 24, False, 24, "some", 24),
    ("P-013", "C", 47, False, 47, "some", 24),
    ("P-013", "C", 48, False, 0, "all", 0),
    ("P-013", "C", 47, True, 23, "nothing", 0),
    ("P-013", "C", 48, True, 24, "all", 0),
]


@pytest.mark.parametrize(("basis", "track", "points", "carried", "fresh", "keep", "left"), YEAR_END)
def test_the_end_of_the_year(  # noqa: PLR0917
    basis: str, track: str, points: int, carried: bool, fresh: int, keep: str, left: int
) -> None:
    said = table("penalties.year_end").decide(
        {"track": track, "points": points, "carried": carried, "fresh": fresh}
    )
    assert (said.word("keep"), said.number("points_kept")) == (keep, left)
    assert basis in said.basis
