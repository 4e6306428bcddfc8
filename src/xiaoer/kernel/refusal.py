"""A refusal is an answer with a code and a row; only a fault of the program is an exception."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar, get_args

Kind = Literal[
    "invalid",
    "unauthenticated",
    "not_allowed",
    "not_found",
    "not_now",
    "refused",
    "too_many",
    "unavailable",
]
"""Why something was refused, coarsely; the border maps each kind to one status."""

KINDS: Final[frozenset[str]] = frozenset(get_args(Kind))
_CODE: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """The value a rule returns when the answer is no.

    `code` is `domain.words_with_underscores`; its sentence stands in the catalogue under `refused.<words>`.
    `row` names the row of the decision table that said no; `facts` fill the sentence's placeholders and
    travel to the caller, so they hold nothing he may not see. Raises ValueError for a malformed kind or code.
    """

    kind: Kind
    code: str
    row: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of refusal {self.kind!r}; known: {', '.join(sorted(KINDS))}")
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"the code of a refusal is `domain.words_with_underscores`, not {self.code!r}")

    @property
    def domain(self) -> str:
        """The first half of the code: the catalogue file that holds the sentence."""
        return self.code.partition(".")[0]


class Refusal(Exception):
    """Carries a `Refused` up to the border, undoing the transaction on its way."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused)
        self.refused: Final = refused

    def __str__(self) -> str:
        row = f" (row {self.refused.row})" if self.refused.row else ""
        return f"{self.refused.kind}: {self.refused.code}{row}"


def granted(answer: T | Refused) -> T:
    """The answer itself, or the refusal raised: `case = granted(rules.open_case(...))`."""
    if isinstance(answer, Refused):
        raise Refusal(answer)
    return answer
