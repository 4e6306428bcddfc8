"""What people of the demonstration learn from: stars, unsatisfied dialogues, a nominated talk, an exam."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.cli.demo_desk import Cast, Ended
from xiaoer.cli.demo_grading import EARLIER
from xiaoer.identity.model import Person
from xiaoer.learning.actions import dialogues, find, lessons, ratings
from xiaoer.learning.actions.cases import cases
from xiaoer.learning.actions.read import Reader, words
from xiaoer.learning.model import (
    Dialogue,
    ExamWish,
    HintWish,
    LessonWish,
    PlanWish,
    RatingWish,
    Talked,
    TaskWish,
)
from xiaoer.learning.queries.dialogues import shared
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

FIRST: Final = 1
"""Whoever talked in the demonstration did so once."""


class Rated(Struct, frozen=True):
    """What a buyer said of his talk, and (where he was asked why) what the agent made of it."""

    buyer: str
    stars: Literal[1, 2, 3, 4, 5]
    words: str
    plan: PlanWish | None = None


RATED: Final = (
    Rated(
        "buyer-2",
        2,
        "问的是色差，绕到换码上去了，到最后也没说清楚。",
        PlanWish("information", "先答买家问的那一点，再说还能怎么办；色差备好自然光对比图。"),
    ),
    Rated("buyer-4", 1, "一问三不知，就会叫我等。"),
    Rated("buyer-10", 5, ""),
)
HINT: Final = "先复述买家的问题再回答，就不会答偏。可以看看小明那段推荐尺码的对话。"
MODEL: Final = LessonWish(
    "model", "推荐尺码：先说数据，再给结论", "报出裤长和买家身高体重的对应关系，一句话给结论，再发商品卡片。"
)
SCRIPT: Final = LessonWish(
    "script", "买家说有色差", "先请买家在自然光下看一眼，再说明七天内可以退换，由买家自己选。"
)
EXAM: Final = "十一月案例考试"
WEEK: Final = timedelta(days=7)


async def build(tx: Tx, ended: Sequence[Ended], cast: Cast, shop: UUID, now: datetime) -> None:
    """Buyers of one shop rate; of two unsatisfied dialogues one has its cause and what will change."""
    talks = {one.buyer: one for one in ended if one.shop == shop}
    boss = cast.people["manager@demo.xiaoer"]
    agent = cast.people["agent@demo.xiaoer"]
    for one in RATED:
        dialogue = await _rated(tx, talks[one.buyer], cast.people[one.buyer], one, now - EARLIER)
        if dialogue is not None and one.plan is not None:
            mine = dialogue.agent
            await dialogues.plan(tx, mine, shop, dialogue.id, one.plan, leads=False, now=now)
            await dialogues.hint(tx, boss.id, shop, dialogue.id, HintWish(HINT), leads=True, now=now)
    await _lessons(tx, talks["buyer-1"], boss=boss, agent=agent, now=now)


async def _rated(tx: Tx, talk: Ended, buyer: Person, said: Rated, at: datetime) -> Dialogue | None:
    talked = Talked(talk.shop, talk.conversation, FIRST)
    await ratings.ask(tx, talked, talk.agent, at)
    await ratings.rate(tx, buyer.id, talk.conversation, RatingWish(said.stars, said.words), at)
    return await find.look(tx, talked, at)


async def _lessons(tx: Tx, good: Ended, *, boss: Person, agent: Person, now: datetime) -> None:
    """The agent nominates a talk; whoever leads has a script read, an exam, and somebody to sit it."""
    shop = good.shop
    lines = await words(tx, shop, good.conversation, FIRST, reader=Reader(agent.id, "agent"), now=now)
    await lessons.propose(tx, shop, agent.id, MODEL, shared(lines), leads=False, now=now - EARLIER)
    await lessons.propose(tx, shop, boss.id, SCRIPT, (), leads=True, now=now - EARLIER)
    material = await cases(tx, shop, most=3, reader=Reader(boss.id, "manager"), now=now)
    percent = (await rulebook.book(tx, shop, now)).integer("learning.pass_percent")
    wish = ExamWish(EXAM, len(material))
    made = await lessons.set_exam(tx, shop, boss.id, wish, material, pass_percent=percent, now=now)
    task = TaskWish(agent.id, "exam", made.id, now + WEEK)
    await lessons.set_task(tx, shop, task, title=EXAM, name=agent.display_name, by=boss.id, now=now)
