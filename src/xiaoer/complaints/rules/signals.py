"""Signs for people who decide: what is on record, held against table complaints.signals."""

from collections.abc import Mapping
from typing import Final, Literal, cast

from msgspec import Struct

from xiaoer.kernel.table import Table
from xiaoer.rulebook.rules.explain import said

TABLE: Final = "complaints.signals"
Level = Literal["none", "watch", "strong"]
Sign = Literal["malicious_complaints", "forged_evidence", "serial_returns"]
_NO_WORDS: Final[Mapping[str, str]] = {}
FEW_ORDERS: Final = 5
"""Below so many orders a share of returns says nothing."""


class Signal(Struct, frozen=True):
    """One sign: how many, out of how many, how weighty, and the sentence of its row."""

    signal: Sign
    level: Level
    many: int
    of: int
    row: str
    say: str


class Counted(Struct, frozen=True):
    """What was counted for one sign."""

    signal: Sign
    many: int
    of: int


def counted(*, complaints: int, failed: int, forged: int, orders: int, returns: int) -> tuple[Counted, ...]:
    """The counts of a year as the table asks for them; returns are a percentage of the orders."""
    share = returns * 100 // orders if orders >= FEW_ORDERS else 0
    return (
        Counted("malicious_complaints", failed, complaints),
        Counted("forged_evidence", forged, forged),
        Counted("serial_returns", share, 100),
    )


def signals(table: Table, counts: tuple[Counted, ...], language: str) -> list[Signal]:
    """Every sign with its level, in the reader's language."""
    found: list[Signal] = []
    for one in counts:
        decision = table.decide({"signal": one.signal, "many": one.many})
        words = next((row.say for row in table.rows if row.id == decision.row), _NO_WORDS)
        found.append(
            Signal(
                signal=one.signal,
                level=cast("Level", decision.word("level")),
                many=one.many,
                of=one.of,
                row=decision.row,
                say=said(words, language),
            )
        )
    return found


def strong(found: list[Signal]) -> bool:
    """Whether people should look before anything else happens."""
    return any(one.level == "strong" for one in found)
