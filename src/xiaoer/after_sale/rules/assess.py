"""What is decided when somebody asks: may he, about what, for how much, and what happens first."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.after_sale.model import (
    CaseLine,
    CaseWish,
    Condition,
    Freight,
    Kind,
    LineWish,
    MoneyLine,
    Payer,
    PriceDifference,
)
from xiaoer.after_sale.rules import facts, money
from xiaoer.after_sale.rules.difference import difference_of
from xiaoer.after_sale.rules.facts import Known
from xiaoer.after_sale.rules.reasons import reasons
from xiaoer.after_sale.rules.ways import named_ways, open_ways, sellers_risk
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Decision
from xiaoer.orders.model import Item

WHOLE: Final[frozenset[Kind]] = frozenset({"refund_before_dispatch", "refund_only", "return_refund"})
"""Kinds whose sum follows from the lines."""

FREE: Final[frozenset[Kind]] = frozenset({"partial_refund", "price_difference", "freight_compensation"})
"""Kinds whose sum the buyer names, up to what was paid."""

BACK: Final[frozenset[Kind]] = frozenset({"return_refund", "exchange", "repair"})
"""Kinds in which goods come back."""

COUNTED: Final[frozenset[Kind]] = frozenset({*WHOLE, *BACK, "resend"})
"""Kinds that are about so many pieces, each of which can only go once."""


_GROUNDS: Final = {
    "exempt_goods": "not_eligible_exempt_goods",
    "confirmed_exempt": "not_eligible_confirmed_exempt",
    "late": "not_eligible_late",
    "not_intact": "not_eligible_not_intact",
    "not_consumer": "not_eligible_not_consumer",
    "asked_before": "not_eligible_asked_before",
    "not_delivered": "not_eligible_not_delivered",
}
"""How the grounds of D1 are said as refusals."""


class Assessment(Struct, frozen=True, kw_only=True):
    """What would be decided: the event it opens with, the lines, every sum, and the decisions that said so.

    `held_minor` is the part that counts against what was paid for the order; compensation does not.
    """

    kind: Kind
    reason: str
    condition: Condition
    path: str
    event: str
    lines: tuple[CaseLine, ...]
    money: tuple[MoneyLine, ...]
    asked_minor: int
    refund_minor: int
    held_minor: int
    freight: Freight
    ahead: bool
    inspect: bool
    decisions: tuple[Decision, ...]
    difference: PriceDifference | None = None


def assess(known: Known, wish: CaseWish) -> Assessment | Refused:
    """Decide what somebody asks of an order.

    Codes: after_sale.unknown_reason, unknown_line, too_many, nothing_left, more_than_paid, amount_needed, and
    those of the tables: the words of after_sale.request, not_eligible_… of D1, no_compensation.
    """
    if wish.reason not in reasons():
        return Refused("invalid", "after_sale.unknown_reason", facts={"reason": wish.reason})
    claim = facts.claims(known, wish) if facts.ground(wish.reason) == "fault" else None
    request = known.book.table("after_sale.request").decide(facts.request_facts(known, wish, claim))
    if request.word("answer") == "refuse":
        said = claim if claim is not None and request.word("refusal") == "too_late" else request
        return _refused(f"after_sale.{request.word('refusal')}", request, said)
    lines = chosen(known, wish)
    if isinstance(lines, Refused):
        return lines
    decisions: list[Decision] = [request] if claim is None else [claim, request]
    asked = facts.guarantee_facts(known, wish)
    if asked is not None:
        guarantee = known.book.table("after_sale.guarantee").decide(asked)
        if guarantee.word("answer") == "not_due":
            return _refused("after_sale.guarantee_not_due", guarantee)
        decisions.append(guarantee)
    event, inspect = request.word("path"), False
    if request.flag("no_reason_rules"):
        due = _no_reason(known, wish, lines, decisions)
        if isinstance(due, Refused):
            return due
        event, inspect = _first_event(event, due), due.flag("inspect")
    elif sellers_risk(known, wish, decisions):
        event = "agree_pay"
    return _priced(known, wish, lines, decisions, path=request.word("path"), event=event, inspect=inspect)


def chosen(known: Known, wish: CaseWish) -> tuple[CaseLine, ...] | Refused:
    """The lines of the order that are meant, each with its exact share; all that is left without a choice."""
    items = {item.id: item for item in known.purchase.items}
    room = money.left(known.purchase.items, known.history.taken)
    wanted = {line.item: line for line in wish.lines}
    if len(wanted) != len(wish.lines) or not wanted.keys() <= items.keys():
        return Refused("not_found", "after_sale.unknown_line")
    counts = {key: line.quantity for key, line in wanted.items()} or {
        key: left for key, left in room.items() if left
    }
    if not counts and wish.kind in COUNTED:
        return Refused("not_now", "after_sale.nothing_left")
    over = next((key for key, count in counts.items() if count > room[key] and wish.kind in COUNTED), None)
    if over is not None:
        return Refused(
            "refused", "after_sale.too_many", facts={"title": items[over].title, "left": room[over]}
        )
    return tuple(
        CaseLine(
            item=item.id,
            quantity=counts[item.id],
            amount_minor=money.share_minor(
                item.paid_minor, item.quantity, known.history.taken.get(item.id, 0), counts[item.id]
            )
            if wish.kind in COUNTED
            else 0,
            title=item.title,
            image_url=item.image_url,
            new_variant=wanted[item.id].new_variant if item.id in wanted else None,
            becomes=_becomes(known, wanted.get(item.id)),
        )
        for item in known.purchase.items
        if item.id in counts
    )


def _becomes(known: Known, wanted: LineWish | None) -> str:
    """The new form in words, so that who sends it knows what to send."""
    found = known.offers.get(wanted.new_variant) if wanted and wanted.new_variant else None
    return " ".join(found.options.values()) if found else ""


def _no_reason(
    known: Known, wish: CaseWish, lines: Sequence[CaseLine], decisions: list[Decision]
) -> Decision | Refused:
    items = _items(known, lines)
    goods = facts.goods_decision(known, items, wish.condition)
    found = known.book.table("after_sale.eligibility").decide(
        facts.eligibility_facts(known, wish, goods.word("goods"))
    )
    decisions += [goods, found]
    if found.word("answer") == "not_eligible":
        code = f"after_sale.{_GROUNDS[found.word('ground')]}"
        return _refused(code, found, ways=open_ways(known, wish, found))
    return found


def _first_event(asks: str, due: Decision) -> str:
    """Let through at once, asked of the seller, or looked at by people."""
    handling = due.word("handling")
    if handling == "at_once":
        return "agree_return"
    return "ask_people" if handling == "person" else asks


def _priced(
    known: Known,
    wish: CaseWish,
    lines: tuple[CaseLine, ...],
    decisions: list[Decision],
    *,
    path: str,
    event: str,
    inspect: bool,
) -> Assessment | Refused:
    if wish.kind in {"compensation", "fraud_claim"}:
        return _compensation(known, wish, lines, decisions)
    after = _after(known, lines)
    table = known.book.table("after_sale.freight")
    shipping = money.shipping(known.purchase, after, known.promotions)
    freight_row = table.decide(facts.freight_facts(wish.kind, wish.reason, shipping))
    decisions.append(freight_row)
    freight = _insured(known, wish, freight_of(freight_row), decisions)
    whole = money_lines(known, wish, lines, freight)
    full = min(money.total_minor(whole), known.history.free_minor)
    if wish.kind in FREE:
        if not wish.asked_minor:
            return Refused("invalid", "after_sale.amount_needed")
        full = known.history.free_minor
        whole = (MoneyLine("agreed", min(wish.asked_minor, full), basis="S-047"),)
    asked = full if wish.asked_minor is None else wish.asked_minor
    if asked > full:
        return money.more_than_paid(full, known.purchase.currency)
    if full == 0 and wish.kind in WHOLE:
        return Refused("not_now", "after_sale.nothing_left")
    ahead = False
    if wish.kind == "return_refund" and event != "ask_people":
        fast = known.book.table("after_sale.fast_refund").decide(facts.fast_facts(known, asked))
        decisions.append(fast)
        ahead = fast.flag("ahead")
    difference = difference_of(known, wish, lines, decisions)
    return Assessment(
        kind=wish.kind,
        reason=wish.reason,
        condition=wish.condition,
        path=path,
        event=event,
        lines=lines,
        money=_capped(whole, asked),
        asked_minor=asked,
        refund_minor=asked,
        held_minor=asked,
        freight=freight,
        ahead=ahead,
        inspect=inspect,
        decisions=tuple(decisions),
        difference=difference,
    )


def money_lines(
    known: Known, wish: CaseWish, lines: Sequence[CaseLine], freight: Freight
) -> tuple[MoneyLine, ...]:
    """What a refund of these lines is made of: shares, thresholds, kept gifts, outbound freight."""
    purchase = known.purchase
    before = money.left(purchase.items, known.history.taken)
    after = _after(known, lines)
    found = [MoneyLine("goods", line.amount_minor, item=line.item, basis="L-019") for line in lines]
    threshold = money.threshold_minor(purchase.items, before, after, known.promotions)
    if facts.ground(wish.reason) == "fault":
        threshold = max(threshold, 0)  # who is at fault does not gain by it
    if threshold:
        found.append(MoneyLine("threshold", threshold, basis="L-019"))
    for item, value in money.gift_minor(purchase.items, after, before).items():
        found.append(MoneyLine("gift", -value, item=item, basis="L-016, T-023"))
    if purchase.freight_minor and freight.outbound == "seller" and money.goes_back_whole(purchase, after):
        found.append(MoneyLine("outbound_freight", purchase.freight_minor, basis=freight.row))
    return tuple(found)


def _compensation(
    known: Known, wish: CaseWish, lines: tuple[CaseLine, ...], decisions: list[Decision]
) -> Assessment | Refused:
    case = "fraud" if wish.kind == "fraud_claim" else reasons()[wish.reason].compensation
    if case is None:
        return Refused("refused", "after_sale.no_compensation", facts={"still": ["partial_refund"]})
    found, amount = compensation(known, case)
    decisions.append(found)
    if found.word("decides") == "nobody":
        return _refused("after_sale.no_compensation", found)
    foreign = found.outcome.get("currency") not in {None, known.purchase.currency}
    people = found.word("decides") == "person" or foreign or wish.kind == "fraud_claim"
    asked = amount if wish.asked_minor is None else wish.asked_minor
    if asked > amount and not people:
        return money.more_than_paid(amount, known.purchase.currency, found.row)
    event = "ask_people" if people else "ask_money"
    return Assessment(
        kind=wish.kind,
        reason=wish.reason,
        condition=wish.condition,
        path=event,
        event=event,
        lines=lines,
        money=(MoneyLine("compensation", asked, basis=found.basis),),
        asked_minor=asked,
        refund_minor=asked,
        held_minor=0,
        freight=Freight(outbound="none", back="none"),
        ahead=False,
        inspect=False,
        decisions=tuple(decisions),
    )


def compensation(known: Known, case: str) -> tuple[Decision, int]:
    """What D6 gives in a case, and how much; the shop's own promise when it is the higher one (T-009)."""
    table = known.book.table("after_sale.compensation")
    asked: dict[str, object] = {
        "case": case,
        "promise": "none",
        "harmless_flaw": False,
        "dispatch_hours": known.book.integer("after_sale.dispatch_hours"),
        "bad_percent": 10,
    }
    found = table.decide(asked)
    amount = _amount(known, found)
    percent = known.book.integer("after_sale.promise_percent")
    if not percent:
        return found, amount
    promised = money.compensation_minor(
        known.purchase.paid_minor, percent=percent, least_minor=None, most_minor=None
    )
    found = table.decide(asked | {"promise": "higher" if promised > amount else "lower"})
    return found, promised if found.word("decides") == "promise" else amount


def _amount(known: Known, found: Decision) -> int:
    base = known.purchase.paid_minor
    if found.outcome.get("base") == "gift_value":
        base = sum(
            item.unit_price_minor * item.quantity for item in known.purchase.items if not item.paid_minor
        )
    amount = money.compensation_minor(
        base,
        percent=_number(found, "percent"),
        least_minor=_number(found, "minimum_minor"),
        most_minor=_number(found, "maximum_minor"),
    )
    ceiling = _number(found, "ceiling_percent")
    if ceiling is None:
        return amount
    most = money.compensation_minor(
        known.purchase.paid_minor, percent=ceiling, least_minor=None, most_minor=None
    )
    return min(amount, most)


def _number(found: Decision, name: str) -> int | None:
    return None if found.outcome.get(name) is None else found.number(name)


def _insured(known: Known, wish: CaseWish, freight: Freight, decisions: list[Decision]) -> Freight:
    """Whether the insurer pays the way back first: only while the receipt is not confirmed (O-012)."""
    if wish.kind != "return_refund" or freight.back not in {"buyer", "seller"}:
        return freight
    insured = known.purchase.freight_insurance and known.purchase.state != "completed"
    leg = known.book.table("after_sale.freight_leg").decide(
        {"payer": freight.back, "collect": "none", "dearer": False, "insured": insured}
    )
    decisions.append(leg)
    return structs.replace(freight, insured=leg.flag("insurer_first"))


def freight_of(found: Decision) -> Freight:
    """Who bears which freight, as D2 says."""
    return Freight(
        outbound=_payer(found, "outbound"),
        back=_payer(found, "return"),
        again=_payer(found, "resend"),
        row=found.row,
    )


def _payer(found: Decision, name: str) -> Payer:
    word = found.word(name)
    return "seller" if word == "seller" else ("buyer" if word == "buyer" else "none")


def _refused(
    code: str, found: Decision, because: Decision | None = None, *, ways: Sequence[str] | None = None
) -> Refused:
    """A refusal by a row, or because of that of another table it rests on; `ways` are still open."""
    because = because or found
    facts: dict[str, object] = {
        "still": list(named_ways(found) if ways is None else ways),
        "basis": because.basis,
        "authority": because.authority,
    }
    return Refused("refused", code, found.row, facts)


def _after(known: Known, lines: Sequence[CaseLine]) -> dict[UUID, int]:
    going = {line.item: line.quantity for line in lines}
    before = money.left(known.purchase.items, known.history.taken)
    return {key: count - going.get(key, 0) for key, count in before.items()}


def _items(known: Known, lines: Sequence[CaseLine]) -> list[Item]:
    meant = {line.item for line in lines}
    return [item for item in known.purchase.items if item.id in meant]


def _capped(lines: tuple[MoneyLine, ...], amount: int) -> tuple[MoneyLine, ...]:
    """The lines with one more that brings them to the sum that is asked."""
    rest = amount - sum(line.amount_minor for line in lines)
    return (*lines, MoneyLine("agreed", rest, basis="L-019")) if rest else lines
