"""Counts what becomes of the rows of an import, and keeps the first faults of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from xiaoer.kernel.refusal import Refused
from xiaoer.orders.model import ImportCounts, ImportFault, ImportSummary
from xiaoer.orders.rules.words import LIMITS

Outcome = Literal["created", "updated", "unchanged"] | Refused
"""What became of one row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row came from."""

    line: int
    kind: str | None = None
    file: str | None = None


class Tally:
    """The running count of one import; its memory stays bounded whatever is sent."""

    def __init__(self) -> None:
        self.kinds: Final[dict[str, ImportCounts]] = {}
        self._faults: Final[list[tuple[Place, Refused]]] = []
        self._left_out = 0
        self._files: Final[dict[str | None, int]] = {}
        self._unknown: Final[Counter[str]] = Counter()

    def count(self, place: Place, outcome: Outcome) -> None:
        """One row that went as far as the database."""
        if isinstance(outcome, Refused):
            self.fail(place, (outcome,))
            return
        counts = self._counts(place.kind)
        counts.rows += 1
        setattr(counts, outcome, getattr(counts, outcome) + 1)

    def fail(self, place: Place, faults: Sequence[Refused]) -> None:
        """One row that did not go in, with everything that was wrong with it."""
        counts = self._counts(place.kind)
        counts.rows += 1
        counts.failed += 1
        self._files.setdefault(place.file, len(self._files))
        for refused in faults:
            if len(self._faults) < LIMITS["errors_max"]:
                self._faults.append((place, refused))
            else:
                self._left_out += 1

    def meet_unknown(self, kind: str | None, fields: Iterable[str]) -> None:
        """Fields nobody knows; places in lists are not told apart."""
        for field in fields:
            name = ".".join(part.partition("[")[0] for part in f"{kind or 'row'}.{field}".split("."))[:200]
            if name in self._unknown or len(self._unknown) < LIMITS["unknown_fields_max"]:
                self._unknown[name] += 1

    @property
    def rows(self) -> int:
        """How many rows have been decided so far."""
        return sum(counts.rows for counts in self.kinds.values())

    @property
    def failed(self) -> int:
        """How many of them did not go in."""
        return sum(counts.failed for counts in self.kinds.values())

    def _order(self, place: Place) -> tuple[int, int]:
        return self._files.get(place.file, 0), place.line

    def _counts(self, kind: str | None) -> ImportCounts:
        return self.kinds.setdefault(kind or "row", ImportCounts())

    def summary(self, sentence: Callable[[Refused], str], seconds: float) -> ImportSummary:
        """The count as it is told, each fault in the words of its reader."""
        total = self.kinds.values()
        return ImportSummary(
            rows=self.rows,
            created=sum(counts.created for counts in total),
            updated=sum(counts.updated for counts in total),
            unchanged=sum(counts.unchanged for counts in total),
            failed=self.failed,
            kinds=self.kinds,
            errors=[
                _told(place, refused, sentence(refused))
                for place, refused in sorted(self._faults, key=lambda one: self._order(one[0]))
            ],
            errors_left_out=self._left_out,
            unknown_fields=dict(self._unknown),
            seconds=round(seconds, 3),
        )


def _told(place: Place, refused: Refused, message: str) -> ImportFault:
    field = refused.facts.get("field")
    return ImportFault(
        line=place.line,
        kind=place.kind,
        field=field if isinstance(field, str) else None,
        code=refused.code,
        message=message,
        file=place.file,
    )
