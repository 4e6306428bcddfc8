"""Contact frequency: what is known about the contact decides, not the words."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft

NIGHT: Final = (22, 8)
"""From when to when nobody is called (U-16)."""


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft over the whole text when the contact itself may not be made now."""
    context = case.context
    night = context.hour is not None and (context.hour >= NIGHT[0] or context.hour < NIGHT[1])
    decision = case.book.decide(
        "frequency",
        channel=context.channel,
        calls_today=context.calls_today,
        night=night,
        after_bad_review=context.after_bad_review,
        opted_out=context.opted_out,
        stop_requested=context.stop_requested,
    )
    end = len(case.passage.text)
    yield Draft(
        "contact_frequency",
        decision.row,
        decision.word("verdict"),
        decision.word("reason"),
        0,
        end,
        "",
        (end, end),
    )  # type: ignore[arg-type]
