"""Tone, bad reviews, and what was said against what is known (S-003…S-006, S-013, S-015, S-090, R-007)."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from xiaoer.inspection.model import BadReview, FactClaim, GuardFound, Known, OrderFact, ToneFound
from xiaoer.inspection.rules.speech import Said, answers, pattern

ROBOTIC: Final = 3
"""From so many times on the same words, at some length, sound like a robot (S-015)."""
_LENGTH: Final = 10
_GUARD_TONE: Final = "tone"

Manner = Literal["warm", "sorry", "thanks", "cold", "impatient", "blaming", "robotic"]


def tone_of(messages: Sequence[Said], findings: Sequence[GuardFound]) -> tuple[ToneFound, ...]:
    """What the tone of each human message tells, for and against; one against outweighs those for."""
    brushed = {one.version for one in findings if one.kind == _GUARD_TONE}
    said_before: Counter[str] = Counter()
    found: list[ToneFound] = []
    for one in messages:
        if not one.is_human:
            continue
        manner = _against(one, brushed)
        if manner is None and len(one.plain) >= _LENGTH:
            said_before[one.plain] += 1
            if said_before[one.plain] >= ROBOTIC:
                manner = "robotic"
        manner = manner or _for(one)
        if manner is not None:
            found.append(ToneFound(one.version, manner))
    return tuple(found)


def _against(one: Said, brushed: set[int]) -> Manner | None:
    if "tone.blaming" in one.has:
        return "blaming"
    if "tone.impatient" in one.has:
        return "impatient"
    return "cold" if one.version in brushed else None


def _for(one: Said) -> Manner | None:
    if "agent.sorry" in one.has:
        return "sorry"
    if "agent.thanks" in one.has:
        return "thanks"
    return "warm" if "tone.warm" in one.has else None


# ── bad reviews ──────────────────────────────────────────────────────────

_SOLVED: Final = ("agent.done", "agent.solve")


def reviews_of(messages: Sequence[Said], findings: Sequence[GuardFound]) -> tuple[BadReview, ...]:
    """Every bad review a buyer speaks of, and how the shop met it until he spoke of it again.

    Pressing for a change or paying for it is against the rules whoever began (S-090, R-007).
    """
    solicited = {one.version for one in findings if one.kind == "review_solicitation"}
    found: list[BadReview] = []
    spoken = [place for place, one in enumerate(messages) if one.is_buyer and "review.bad" in one.has]
    for number, place in enumerate(spoken):
        end = spoken[number + 1] if number + 1 < len(spoken) else len(messages)
        found.append(_handled(messages[place], messages[place + 1 : end], solicited))
    if not spoken:
        found += [
            BadReview(one.version, "paid_for" if "review.pay" in one.has else "pressed", one.version)
            for one in messages
            if one.is_human and one.version in solicited
        ]
    return tuple(found)


def _handled(spoken: Said, later: Sequence[Said], solicited: set[int]) -> BadReview:
    heard = [one for one in later if one.is_human]
    for one in heard:
        if one.version in solicited or "review.press" in one.has:
            paid = "review.pay" in one.has
            return BadReview(spoken.version, "paid_for" if paid else "pressed", one.version)
    for one in heard:
        if answers(one) and one.any(*_SOLVED):
            return BadReview(spoken.version, "solved", one.version)
    for one in heard:
        if one.any("agent.sorry", "agent.empathy"):
            return BadReview(spoken.version, "soothed", one.version)
    return BadReview(spoken.version, "ignored", None)


# ── accuracy ─────────────────────────────────────────────────────────────


def claims_of(
    messages: Sequence[Said], order: OrderFact | None, knowledge: Sequence[Known]
) -> tuple[FactClaim, ...]:
    """What people of the shop said that can be held against the order and the knowledge base (S-004).

    Questions and conditions claim nothing. The order is that of the time of the talk.
    """
    found: list[FactClaim] = []
    asked = ""
    for one in messages:
        if one.is_buyer:
            asked = f"{asked} {one.folded}"[-400:]
        elif one.is_human:
            if order is not None:
                found += _about_order(one, order)
            found += _about_knowledge(one, asked, knowledge)
            if answers(one):
                asked = ""
    return tuple(found)


def _about_order(one: Said, order: OrderFact) -> list[FactClaim]:
    found: list[FactClaim] = []
    hedged = pattern("hedged").search(one.folded) is not None
    moments = (("dispatched", order.dispatched_at), ("signed", order.signed_at))
    for subject, at in () if hedged else moments:
        is_so = at is not None and (one.line.at is None or at <= one.line.at)
        no, yes = f"claim.not_{subject}" in one.has, f"claim.{subject}" in one.has
        if no or yes:
            said = "no" if no else "yes"
            right = is_so is not no
            name = "dispatched" if subject == "dispatched" else "signed"
            found.append(FactClaim(one.version, name, said, "yes" if is_so else "no", right))
    if order.paid_minor is not None and (amount := pattern("amount").search(one.folded)):
        minor = round(float(amount[1]) * 100)
        found.append(
            FactClaim(one.version, "amount", amount[1], str(order.paid_minor), minor <= order.paid_minor)
        )
    if order.parcels and (number := pattern("parcel").search(one.folded)):
        known = tuple(parcel.lower() for parcel in order.parcels)
        found.append(FactClaim(one.version, "parcel", number[1], known[0], number[1] in known))
    return found


def _about_knowledge(one: Said, asked: str, knowledge: Sequence[Known]) -> list[FactClaim]:
    found: list[FactClaim] = []
    for known in knowledge:
        if not known.about or not all(word in asked or word in one.folded for word in known.about):
            continue
        wrong = next((word for word in known.wrong if word in one.folded), None)
        right = next((word for word in known.right if word in one.folded), None)
        if wrong is not None or right is not None:
            found.append(FactClaim(one.version, "knowledge", wrong or right or "", known.id, wrong is None))
    return found
