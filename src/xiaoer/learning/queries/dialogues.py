"""What may be asked of unsatisfied dialogues; their words are shown masked."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from xiaoer.identity import queries as identity
from xiaoer.identity.model import Person
from xiaoer.inspection.model import TalkLine
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.learning.model import Dialogue, DialogueState, DialogueStep, Hint, Said
from xiaoer.learning.rules.deeds import DialogueDeed, deeds
from xiaoer.learning.store import dialogues as store
from xiaoer.plumbing.db import Tx

AGENT_SIDE = frozenset({"agent", "manager", "officer", "bot", "auto"})


class DialogueLine(Struct, frozen=True, kw_only=True):
    """An unsatisfied dialogue in a list."""

    dialogue: Dialogue
    agent_name: str
    deeds: list[DialogueDeed]


class DialogueWhole(Struct, frozen=True, kw_only=True):
    """One dialogue with its masked words, its history, the advice given and what the viewer may do now."""

    dialogue: Dialogue
    agent_name: str
    deeds: list[DialogueDeed]
    talk: list[TalkLine]
    hints: list[Hint]
    history: list[DialogueStep]


async def dialogue(tx: Tx, shop: UUID, id: UUID, *, agent: UUID | None) -> Dialogue:
    """A dialogue of a shop, for its agent or for whoever leads (`agent` None). Raises Refusal(not_found)."""
    found = await store.find_dialogue(tx, shop, id)
    if found is None or (agent is not None and found.agent != agent):
        raise Refusal(Refused("not_found", "learning.unknown_dialogue"))
    return found


async def page(
    tx: Tx,
    shop: UUID,
    *,
    person: UUID,
    leads: bool,
    agent: UUID | None,
    state: DialogueState | None,
    before: UUID | None,
    limit: int,
) -> list[DialogueLine]:
    """A page of dialogues, the newest first."""
    found = await store.dialogues_page(tx, shop, agent=agent, state=state, before=before, limit=limit)
    names = await identity.people(tx, list({one.agent for one in found}))
    return [
        DialogueLine(dialogue=one, agent_name=_name(names, one.agent), deeds=deeds(one, person, leads=leads))
        for one in found
    ]


async def whole(
    tx: Tx, found: Dialogue, talk: Sequence[TalkLine], *, person: UUID, leads: bool
) -> DialogueWhole:
    """A dialogue with everything around it."""
    names = await identity.people(tx, [found.agent])
    return DialogueWhole(
        dialogue=found,
        agent_name=_name(names, found.agent),
        deeds=deeds(found, person, leads=leads),
        talk=list(talk),
        hints=await store.hints(tx, found.id),
        history=await store.steps(tx, found.id),
    )


async def served(tx: Tx, shop: UUID, conversation: UUID, consultation: int, *, agent: UUID | None) -> bool:
    """Whether a consultation was a shop's, and an agent's if he is named."""
    return await store.served(tx, shop, conversation, consultation, agent)


def _name(names: Mapping[UUID, Person], id: UUID) -> str:
    found = names.get(id)
    return found.display_name if found else ""


def shared(talk: Sequence[TalkLine]) -> tuple[Said, ...]:
    """The masked lines of a talk without names, as they go into a lesson or an exam."""
    return tuple(
        Said("agent" if line.role in AGENT_SIDE else "buyer", line.text)
        for line in talk
        if line.role != "system" and line.text
    )
