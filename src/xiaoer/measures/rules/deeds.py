"""What an officer may do with a measure now, and why not where he may not."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from xiaoer.measures.machine import MEASURE, Event, State
from xiaoer.measures.model import Measure

_EVENTS: Final[Mapping[str, Event]] = {
    "measures.suspend": Event.SUSPEND,
    "measures.resume": Event.RESUME,
    "measures.lift": Event.END,
}


class MeasureDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


def deeds(one: Measure) -> list[MeasureDeed]:
    """Every deed of an officer with its answer, in the order the buttons stand."""
    found: list[MeasureDeed] = []
    for deed, event in _EVENTS.items():
        allowed = MEASURE.takes(State(one.state), event)
        found.append(MeasureDeed(deed, allowed, None if allowed else "measures.not_now"))
    open_notice = one.publish_by is not None and one.published_at is None
    code = None if open_notice else "measures.nothing_to_publish"
    return [*found, MeasureDeed("measures.publish", open_notice, code)]
