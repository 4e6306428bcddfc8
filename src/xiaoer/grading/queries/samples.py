"""What may be asked of drawn samples: the graders' work, and afterwards what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.grading.model import JUDGED, Draw, GradeGiven, HistoryStep, Sample, SampleState, Seat
from xiaoer.grading.rules.deeds import may_grade, seat_of
from xiaoer.grading.store import samples as store
from xiaoer.identity import queries as identity
from xiaoer.inspection.model import STEPS, PartName, StepName, TalkLine
from xiaoer.inspection.queries import scores
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

OVER: Final = frozenset({"settled", "lapsed"})


class SampleLine(Struct, frozen=True, kw_only=True):
    """A sample as graders see it in their list: nothing of the machine, of the agent, of other grades."""

    id: UUID
    shop: UUID
    shop_name: str
    state: SampleState
    seat: Seat | None
    drawn_at: datetime
    due_at: datetime | None
    in_hand: bool
    mine: bool
    allowed: bool
    code: str | None


class SampleWhole(Struct, frozen=True, kw_only=True):
    """A sample that is over: why it was drawn, every sheet, what the machine gave and what stands."""

    sample: Sample
    shop_name: str
    agent_name: str
    machine: float | None
    stands: float | None
    grades: list[GradeGiven]
    history: list[HistoryStep]


class Worksheet(Struct, frozen=True, kw_only=True):
    """What a grader has before him: masked words, what to fill in; a third person also the two sheets."""

    id: UUID
    shop: UUID
    seat: Seat
    held_until: datetime | None
    talk: list[TalkLine]
    steps: list[StepName]
    parts: list[PartName]
    earlier: list[GradeGiven]


async def draws(tx: Tx, shop: UUID, *, before: UUID | None, limit: int) -> Sequence[Draw]:
    """The draws of a shop, the newest first."""
    return await store.draws(tx, shop, before=before, limit=limit)


async def draw(tx: Tx, shop: UUID, id: UUID) -> Draw:
    """One draw. Raises Refusal(not_found)."""
    found = await store.draws(tx, shop, id=id)
    if not found:
        raise Refusal(Refused("not_found", "grading.unknown_draw"))
    return found[0]


async def page(
    tx: Tx, shop: UUID | None, *, person: UUID, open: bool, before: UUID | None, limit: int, now: datetime
) -> list[SampleLine]:
    """A page of samples as a grader sees them, the newest first."""
    found = await store.samples_page(tx, shop, open=open, before=before, limit=limit)
    ids = [one.id for one in found]
    shops = await identity.shops(tx, list({one.shop for one in found}))
    graders, spoke = await store.graders(tx, ids), await store.spoke_of_samples(tx, ids)
    lines: list[SampleLine] = []
    for one in found:
        refused = may_grade(
            one,
            person,
            graded={grader.person for grader in graders if grader.subject == one.id},
            spoke={speaker.person for speaker in spoke if speaker.subject == one.id},
            now=now,
        )
        held = one.held_until is not None and one.held_until > now
        lines.append(
            SampleLine(
                id=one.id,
                shop=one.shop,
                shop_name=shops[one.shop].name if one.shop in shops else "",
                state=one.state,
                seat=seat_of(one),
                drawn_at=one.drawn_at,
                due_at=one.due_at,
                in_hand=held,
                mine=held and one.holder == person,
                allowed=refused is None,
                code=refused.code if refused else None,
            )
        )
    return lines


async def whole(tx: Tx, shop: UUID, id: UUID) -> SampleWhole:
    """A sample that is over, with everything. Raises Refusal: not_found, or not_now while people grade it."""
    found = await over(tx, shop, id)
    about = await scores.score(tx, found.score)
    people = await identity.people(tx, [found.agent] if found.agent else [])
    shops = await identity.shops(tx, [shop])
    return SampleWhole(
        sample=found,
        shop_name=shops[shop].name if shop in shops else "",
        agent_name=next((one.display_name for one in people.values()), ""),
        machine=about.result.score,
        stands=about.score,
        grades=list(await store.grades(tx, [id])),
        history=list(await store.steps(tx, id)),
    )


async def over(tx: Tx, shop: UUID, id: UUID) -> Sample:
    """A sample that is over. Raises Refusal: not_found, or not_now while people grade it blind."""
    found = await store.find_sample(tx, shop, id)
    if found is None:
        raise Refusal(Refused("not_found", "grading.unknown_sample"))
    if found.state not in OVER:
        raise Refusal(Refused("not_now", "grading.blind"))
    return found


async def worksheet(tx: Tx, sample: Sample, talk: Sequence[TalkLine]) -> Worksheet:
    """What lies before a grader who has opened a sample."""
    seat = seat_of(sample)
    if seat is None:
        raise Refusal(Refused("not_now", "grading.settled"))
    return Worksheet(
        id=sample.id,
        shop=sample.shop,
        seat=seat,
        held_until=sample.held_until,
        talk=list(talk),
        steps=list(STEPS),
        parts=list(JUDGED),
        earlier=list(await store.grades(tx, [sample.id])) if seat == "third" else [],
    )
