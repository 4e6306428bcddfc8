"""What may be asked of a score's standing and of the appeals against scores."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.grading.model import GradeGiven, HistoryStep, Sample, ScoreAppeal
from xiaoer.grading.rules.deeds import ScoreDeed, appeal_until, may_appeal, may_decide, may_withdraw
from xiaoer.grading.store import appeals as store
from xiaoer.grading.store import samples
from xiaoer.identity import queries as identity
from xiaoer.inspection.model import InspectionScore, ScoreLine, Settlement
from xiaoer.inspection.queries import scores
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

BEING_GRADED = "grading.being_graded"
_NOBODY = UUID(int=0)


class Ground(Struct, frozen=True):
    """What an appeal stands on: the score as it stands, what was added to it, and until when to appeal."""

    score: InspectionScore
    sample: Sample | None
    appeal: ScoreAppeal | None
    settlements: Sequence[Settlement]
    until: datetime


class ScoreStanding(Struct, frozen=True, kw_only=True):
    """How a score stands: the machine's, what people gave, what was appealed, what may be done until when."""

    score: float | None
    machine: float | None
    rules: str
    being_graded: bool
    settlements: list[Settlement]
    grades: list[GradeGiven]
    sample: UUID | None
    appeal: ScoreAppeal | None
    history: list[HistoryStep]
    until: datetime
    deeds: list[ScoreDeed]


class ScoreAppealLine(Struct, frozen=True, kw_only=True):
    """An appeal in a list."""

    appeal: ScoreAppeal
    agent_name: str
    shop_name: str
    score: float | None
    deeds: list[ScoreDeed]


async def ground_of(tx: Tx, shop: UUID, score: UUID, now: datetime) -> Ground:
    """Everything an appeal of a score stands on. Raises Refusal(not_found)."""
    about = await scores.score(tx, score)
    if about.shop_id != shop:
        raise Refusal(scores.UNKNOWN)
    sample = await samples.sample_of_score(tx, score)
    settled = await scores.settlements(tx, shop, score)
    since = about.at
    for moment in (*(one.at for one in settled), *([sample.moved_at] if sample else [])):
        since = max(since, moment)
    until = appeal_until(since, await rulebook.book(tx, shop, now))
    return Ground(about, sample, await store.appeal_of_score(tx, score), settled, until)


async def standing(
    tx: Tx, shop: UUID, score: UUID, *, person: UUID, own: bool, decides: bool, now: datetime
) -> ScoreStanding:
    """How a score stands for a viewer; an agent (`own`) sees only his, and not who graded it."""
    ground = await ground_of(tx, shop, score, now)
    about, sample, appeal = ground.score, ground.sample, ground.appeal
    if own and about.agent_id != person:
        raise Refusal(scores.UNKNOWN)
    if about.veiled and about.agent_id != person:
        raise Refusal(scores.VEILED)
    subjects = [one.id for one in (sample, appeal) if one is not None]
    over = sample is None or sample.state in {"settled", "lapsed"}
    given = await samples.grades(tx, subjects) if over and subjects else ()
    return ScoreStanding(
        score=about.score,
        machine=about.result.score,
        rules=about.rules,
        being_graded=about.veiled,
        settlements=list(ground.settlements),
        grades=[_unnamed(one) for one in given] if own else list(given),
        sample=sample.id if sample else None,
        appeal=appeal,
        history=list(await samples.steps(tx, appeal.id)) if appeal else [],
        until=ground.until,
        deeds=await _deeds(tx, ground, person, decides=decides, now=now),
    )


async def appeal(tx: Tx, shop: UUID, id: UUID, *, agent: UUID | None) -> ScoreAppeal:
    """An appeal of a shop, for its agent or for whoever leads (`agent` None). Raises Refusal(not_found)."""
    found = await store.find_appeal(tx, shop, id)
    if found is None or (agent is not None and found.agent != agent):
        raise Refusal(Refused("not_found", "grading.unknown_appeal"))
    return found


async def page(
    tx: Tx,
    shop: UUID | None,
    *,
    person: UUID,
    agent: UUID | None,
    open: bool,
    before: UUID | None,
    limit: int,
) -> list[ScoreAppealLine]:
    """A page of appeals, the newest first."""
    found = await store.appeals_page(tx, shop, agent=agent, open=open, before=before, limit=limit)
    names = await identity.people(tx, list({one.agent for one in found}))
    shops = await identity.shops(tx, list({one.shop for one in found}))
    lines: list[ScoreAppealLine] = []
    for one in found:
        about: ScoreLine = await scores.score(tx, one.score)
        lines.append(
            ScoreAppealLine(
                appeal=one,
                agent_name=names[one.agent].display_name if one.agent in names else "",
                shop_name=shops[one.shop].name if one.shop in shops else "",
                score=about.score,
                deeds=await appeal_deeds(tx, one, person),
            )
        )
    return lines


async def appeal_deeds(tx: Tx, one: ScoreAppeal, person: UUID) -> list[ScoreDeed]:
    """What somebody may do with an appeal, and why not."""
    sample = await samples.sample_of_score(tx, one.score)
    graded = {grader.person for grader in await samples.graders(tx, [sample.id] if sample else [])}
    spoke = await samples.spoke(tx, one.shop, one.conversation, one.consultation)
    takes_back, decides = may_withdraw(one, person), may_decide(one, person, graded=graded, spoke=spoke)
    return [
        ScoreDeed("withdraw", takes_back is None, takes_back.code if takes_back else None),
        ScoreDeed("decide", decides is None, decides.code if decides else None),
    ]


async def _deeds(tx: Tx, ground: Ground, person: UUID, *, decides: bool, now: datetime) -> list[ScoreDeed]:
    about = ground.score
    refused = may_appeal(
        about.agent_id,
        person,
        score=about.score,
        appealed=ground.appeal is not None,
        until=ground.until,
        now=now,
    )
    code = BEING_GRADED if about.veiled else refused.code if refused else None
    found = [ScoreDeed("appeal", code is None, code)]
    if ground.appeal is not None:
        more = await appeal_deeds(tx, ground.appeal, person)
        found += [one for one in more if decides or one.deed != "decide"]
    return found


def _unnamed(one: GradeGiven) -> GradeGiven:
    """A grade as the agent sees it: without who gave it."""
    return structs.replace(one, person=_NOBODY, person_name="")
