"""A batch of wishes, decided one after the other: each knows what those before it made of its thread."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.conversations.model.entry import Body, Entry, Guarded, Role
from xiaoer.conversations.model.thread import Asked, Facts, Message, Relation, Speaker, Thread
from xiaoer.conversations.rules.judge import Ground, judged
from xiaoer.conversations.rules.own import may_be_theirs
from xiaoer.conversations.rules.speak import ReplyTime, Spoken, Words, speak
from xiaoer.conversations.rules.standing import NOT_FOUND, may_speak, standing
from xiaoer.conversations.rules.text import clean
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import FiledProof, Finding
from xiaoer.guard.rules import must_be_changed
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Table
from xiaoer.measures.model import Standing
from xiaoer.measures.rules import standing as measures

REUSED: Final = Refused("refused", "conversations.client_id_reused")
ABUSE: Final = "abuse"
OWN: Final = "own"


class ShopRules(Struct, frozen=True):
    """What holds in one shop now: limits of the rulebook, its response profile, its guard book, measures."""

    text_max: int
    recall_seconds: int
    timing: ReplyTime
    guard: GuardBook
    standing: Standing = measures.NOBODY
    stops: Table | None = None
    proofs: tuple[FiledProof, ...] = ()


class NeedsLock(Struct, frozen=True):
    """The wish takes the conversation, opens it from the shop's side, or says what may be the buyer's own
    data (deed `OWN`): done alone, under its lock.
    """

    deed: str


class Repeats(Struct, frozen=True):
    """The same wish stands earlier in the same batch, at this place: it gets the same answer."""

    place: int


Decision = Spoken | Entry | Refused | NeedsLock | Repeats


def decide_batch(
    asked: Sequence[Asked], facts: Sequence[Facts | None], rules: Mapping[UUID, ShopRules]
) -> list[Decision]:
    """Decide each wish, in order. An entry among the answers is what the same client id got before."""
    threads: dict[UUID, Thread] = {}
    said: dict[tuple[UUID, str], int] = {}
    decisions: list[Decision] = []
    for place, (one, known) in enumerate(zip(asked, facts, strict=True)):
        if known is None:
            decisions.append(NOT_FOUND)
            continue
        message = one.message
        key = (message.conversation, message.client_id) if message.client_id else None
        earlier = said.get(key) if key else None
        thread = threads.get(message.conversation, known.thread)
        shop_rules = rules[thread.shop]
        if earlier is not None:
            decisions.append(
                _repeated(one, cast("Spoken", decisions[earlier]).sealed.entry, shop_rules, earlier)
            )
            continue
        decision = decide(one, thread, known.relation, known.first, shop_rules)
        decisions.append(decision)
        if isinstance(decision, Spoken):
            threads[message.conversation] = decision.thread
            if key:
                said[key] = place
    return decisions


def decide(
    one: Asked,
    thread: Thread,
    relation: Relation,
    first: Entry | None,
    rules: ShopRules,
    *,
    deed: str | None = None,
    own: tuple[str, ...] | None = None,
) -> Spoken | Entry | Refused | NeedsLock:
    """Decide one wish against its thread; `deed` is given when somebody has made room for it before.

    `own` is what the buyer is known by; None when that has not been looked up.

    Codes: those of `may_speak`, `clean`, `speak`; `conversations.client_id_reused`; `guard.must_be_changed`.
    """
    speaker, message = one.speaker, one.message
    text = _words(message, rules.text_max)
    if isinstance(text, Refused):
        return text
    where = standing(speaker, thread, relation)
    if first is not None and where != "hidden":
        mine = same(first, speaker.person, message, text)
        return structs.replace(first, name=speaker.name) if mine else REUSED
    if deed is None:
        may = may_speak(where, thread, relation)
        if not isinstance(may, Refused):
            may = stopped_by_measure(speaker, thread.shop, rules, one.at) or may
        if isinstance(may, Refused):
            return may
        if may in {"take", "resume"}:
            return NeedsLock(may)
        deed = may
    role = speaker.role_in(thread.shop)
    guarded = _guarded(one, role, text, relation, rules, own) if text or message.body else None
    if isinstance(guarded, (Refused, NeedsLock)):
        return guarded
    words = Words(
        id=one.id,
        client_id=message.client_id,
        role=role,
        person=speaker.person,
        name=speaker.name,
        kind=message.kind,
        text=text,
        body=message.body,
        at=one.at,
        salt=one.salt,
        guard=guarded,
    )
    return speak(thread, deed, words, rules.timing)


def _guarded(  # noqa: PLR0917 - what the guard asks about a message
    one: Asked, role: Role, text: str, relation: Relation, rules: ShopRules, own: tuple[str, ...] | None
) -> Guarded | Refused | NeedsLock | None:
    """What the guard says to a message's words and to the name of its file; None for nothing."""
    guarded: Guarded | None = None
    for said in filter(None, (_file_name(one.message), text)):
        ground = Ground(one.message.conversation, rules.guard, relation.on_time, own or (), rules.proofs)
        found = judged(said, one.speaker, role, ground, one.at)
        review = found.review
        if own is None and review.findings and role != "buyer" and may_be_theirs(review, said):
            return NeedsLock(OWN)
        if not review.sendable:
            return must_be_changed(review)
        if (review.findings and said is text) or found.overridden:
            earlier = guarded.overridden if guarded else ()
            told = review.findings if said is text else ()
            guarded = Guarded(review.verdict, told, _marks(told), earlier + found.overridden)
    return guarded


def stopped_by_measure(speaker: Speaker, shop: UUID, rules: ShopRules, at: datetime) -> Refused | None:
    """The refusal of a message by a measure against who speaks, or against the shop he speaks for."""
    person, held = speaker.person, rules.standing.held
    if not held or rules.stops is None or person is None:
        return None
    mine = held.get(person, ())
    theirs = held.get(shop, ()) if speaker.role in {"agent", "manager"} else ()
    return measures.stopped(rules.stops, [*mine, *theirs], "message", "self", shop=shop, now=at)


def is_blocked_abuse(refused: Refused) -> bool:
    """Whether the guard held back abuse: then somebody who leads the shop should know."""
    kinds = refused.facts.get("kinds", ())
    return refused.facts.get("verdict") == "block" and isinstance(kinds, list) and ABUSE in kinds


def same(first: Entry, person: UUID | None, message: Message, text: str) -> bool:
    """Whether a wish is the one that was answered before: same person, same words, same things."""
    return (
        first.person_id == person
        and first.kind == message.kind
        and first.text == text
        and _things(first.body) == _things(message.body)
    )


def _repeated(one: Asked, first: Entry, rules: ShopRules, place: int) -> Refused | Repeats:
    text = _words(one.message, rules.text_max)
    if isinstance(text, Refused) or not same(first, one.speaker.person, one.message, text):
        return REUSED
    return Repeats(place)


def _words(message: Message, limit: int) -> str | Refused:
    """Text is required of a text; of a picture, file or card it is a caption."""
    if message.kind != "text" and not message.text:
        return ""
    return clean(message.text, limit=limit)


def _file_name(message: Message) -> str:
    """What a file is called: words too, which the buyer reads."""
    file = message.body.get("file")
    name = cast("Mapping[str, object]", file).get("name") if isinstance(file, Mapping) else None
    return name if isinstance(name, str) else ""


def _things(body: Body) -> list[object]:
    found: list[object] = [body.get("reply_to")]
    for name in ("file", "card"):
        thing = body.get(name)
        if isinstance(thing, Mapping):
            held = cast("Mapping[str, object]", thing)
            found += [held.get("kind"), str(held.get("id"))]
    return found


def _marks(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.kind for finding in findings}))
