"""Contact frequency: what is known about the contact decides, not the words."""

from collections.abc import Iterator

from xiaoer.guard.kinds.case import Case, Draft


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft over the whole text, which blocks when the contact itself may not be made now."""
    context = case.context
    ruling = case.rule(
        "frequency",
        channel=context.channel,
        calls_today=context.calls_today,
        hour=-1 if context.hour is None else context.hour,
        after_bad_review=context.after_bad_review,
        opted_out=context.opted_out,
        stop_requested=context.stop_requested,
    )
    end = len(case.text)
    yield Draft("contact_frequency", ruling, 0, end, cut=(end, end))
