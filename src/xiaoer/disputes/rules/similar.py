"""How much alike two quarrels are: the same burden, the same kind of goods, a sum of the same size."""

from typing import Protocol

from xiaoer.disputes.model.court import Issue


class Past(Protocol):
    """What is kept of an issue that was ruled."""

    @property
    def issue(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def standing(self) -> str: ...
    @property
    def asked_minor(self) -> int: ...


def similarity(past: Past, issue: Issue, asked_minor: int) -> int:
    """From 0 to 100; another kind of issue is never alike."""
    if past.issue != issue.issue:
        return 0
    score = 40
    score += 25 if past.row == issue.row else 0
    score += 15 if past.category == issue.category else 0
    score += 10 if past.standing == issue.standing else 0
    wanted = issue.amount_minor if issue.amount_minor is not None else asked_minor
    larger, smaller = max(past.asked_minor, wanted), min(past.asked_minor, wanted)
    return score + (10 if larger == 0 else 10 * smaller // larger)
