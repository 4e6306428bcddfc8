"""What the ledger decides: who bears how much, what takes a posting back, when a provider is asked again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID, uuid5

from xiaoer.kernel.refusal import Refused
from xiaoer.ledger.machine import (
    COLLECTION,
    PAYOUT,
    CollectionEvent,
    CollectionState,
    Event,
    State,
)
from xiaoer.ledger.model import (
    AccountKind,
    AccountRef,
    Collection,
    CollectionWish,
    DaySum,
    Difference,
    DifferenceKind,
    Line,
    Payout,
    PayoutWish,
    ProviderLine,
    Reconciliation,
    Recorded,
    ShopFunds,
    Split,
)

NOT_BALANCED: Final = Refused("invalid", "ledger.not_balanced")
KEY_TAKEN: Final = Refused("not_now", "ledger.key_taken")
ALREADY_PAID: Final = Refused("not_now", "ledger.already_paid")
NOT_REFUSED: Final = Refused("not_now", "ledger.payout_not_refused")
SHOP_KINDS: Final[tuple[AccountKind, ...]] = ("shop_balance", "shop_deposit", "shop_debt")


def charge(funds: ShopFunds, amount_minor: int) -> Split:
    """Meet a charge from the balance, then the deposit; the rest is owed (T-031, J-011)."""
    balance_minor = min(amount_minor, funds.balance_minor)
    deposit_minor = min(amount_minor - balance_minor, funds.deposit_minor)
    return Split(balance_minor, deposit_minor, amount_minor - balance_minor - deposit_minor)


def credit(funds: ShopFunds, amount_minor: int, *, deposit_minor: int = 0) -> Split:
    """Share out what a shop gets: debt first, then up to `deposit_minor` to the deposit, then the balance.

    So a shop that owes anything has neither balance nor deposit (J-011: an advance is recovered first).
    """
    to_debt = min(amount_minor, funds.debt_minor)
    to_deposit = min(amount_minor - to_debt, deposit_minor)
    return Split(amount_minor - to_debt - to_deposit, to_deposit, to_debt)


def shop_lines(shop: UUID, split: Split, *, sign: int) -> list[Line]:
    """The lines of a charge (sign -1) or a credit (sign 1) of a shop."""
    parts = zip(SHOP_KINDS, (split.balance_minor, split.deposit_minor, split.debt_minor), strict=True)
    return [Line(AccountRef(kind, shop), sign * part_minor) for kind, part_minor in parts if part_minor]


def merged(lines: Iterable[Line]) -> list[Line] | Refused:
    """The lines with each account once and none that moves nothing; refused when they do not sum to zero."""
    sums: dict[AccountRef, int] = {}
    for line in lines:
        sums[line.account] = sums.get(line.account, 0) + line.amount_minor
    kept = [Line(account, amount_minor) for account, amount_minor in sums.items() if amount_minor]
    return kept if kept and sum(sums.values()) == 0 else NOT_BALANCED


def counter_lines(lines: Sequence[Line], funds: Mapping[UUID, ShopFunds]) -> list[Line]:
    """The lines that take a posting back, as the shops in it stand now.

    What a shop had gained is charged anew (it may have been spent), what it had lost is given back (its debt
    may have been paid meanwhile), so the counter-posting need not mirror it part by part, only in its sum.
    """
    found = [Line(line.account, -line.amount_minor) for line in lines if line.account.kind not in SHOP_KINDS]
    for shop, held in funds.items():
        of_shop = [line for line in lines if line.account.kind in SHOP_KINDS and line.account.owner == shop]
        gained_minor = sum(line.amount_minor for line in of_shop)
        taken_minor = -sum(line.amount_minor for line in of_shop if line.account.kind == "shop_deposit")
        if gained_minor > 0:
            found += shop_lines(shop, charge(held, gained_minor), sign=-1)
        elif gained_minor < 0:
            back = credit(held, -gained_minor, deposit_minor=max(taken_minor, 0))
            found += shop_lines(shop, back, sign=1)
    return found


def bearer_lines(wish: PayoutWish, tenant: UUID, funds: ShopFunds) -> list[Line]:
    """What those who bear a payout lose."""
    match wish.source:
        case "shop":
            return shop_lines(wish.shop, charge(funds, wish.amount_minor), sign=-1)
        case "marketplace" | "insurer":
            return [Line(AccountRef(wish.source, tenant), -wish.amount_minor)]
        case "held":
            return [Line(AccountRef("held", wish.subject), -wish.amount_minor)]


def same_wish(payout: Payout, wish: PayoutWish) -> Refused | None:
    """Whether a payout is what this wish asks for: one key stands for one wish."""
    agrees = (
        payout.shop == wish.shop
        and payout.buyer == wish.buyer
        and payout.purchase == wish.purchase
        and payout.amount_minor == wish.amount_minor
        and payout.currency == wish.currency
        and payout.source == wish.source
    )
    return None if agrees else KEY_TAKEN


def within_limit(wish: PayoutWish, given_minor: int) -> Refused | None:
    """Whether a purchase still has as much to give back as is asked for."""
    if wish.limit_minor is None or given_minor + wish.amount_minor <= wish.limit_minor:
        return None
    left_minor = max(wish.limit_minor - given_minor, 0)
    return Refused("refused", "ledger.more_than_paid", facts={"left_minor": left_minor})


def step(payout: Payout, event: Event) -> State:
    """Where an event leads this payout; raises IllegalStep."""
    return PAYOUT.step(State(payout.state), event)


def takes(payout: Payout, event: Event) -> bool:
    """Whether the payout's state takes an event."""
    return PAYOUT.takes(State(payout.state), event)


def collecting(collection: Collection, event: CollectionEvent) -> CollectionState:
    """Where an event leads this collection; raises IllegalStep."""
    return COLLECTION.step(CollectionState(collection.state), event)


def collects(collection: Collection, event: CollectionEvent) -> bool:
    """Whether the collection's state takes an event."""
    return COLLECTION.takes(CollectionState(collection.state), event)


def same_collection(collection: Collection, wish: CollectionWish) -> bool:
    """Whether a collection is what this wish asks for: one key stands for one wish."""
    return (
        collection.buyer == wish.buyer
        and collection.subject == wish.subject
        and collection.amount_minor == wish.amount_minor
        and collection.currency == wish.currency
    )


def may_retry(payout: Payout) -> Refused | None:
    """Whether a person may have it tried again."""
    return _may(payout, Event.RETRY)


def may_cancel(payout: Payout) -> Refused | None:
    """Whether a person may call it off: never while only the provider knows whether it was paid."""
    return _may(payout, Event.CANCEL)


def _may(payout: Payout, event: Event) -> Refused | None:
    if payout.state == "paid":
        return ALREADY_PAID
    return None if takes(payout, event) else NOT_REFUSED


def pause_seconds(attempts: int, *, first_seconds: int, longest_seconds: int, call_seconds: int) -> int:
    """How long after attempt number `attempts` the provider is asked again; longer than a call may last."""
    grown = first_seconds * 2 ** min(max(attempts - 1, 0), 20)
    return max(min(grown, longest_seconds), call_seconds + 5)


def provider_key(key: str, round_: int) -> str:
    """What the provider knows a payout by: a new one for each round, because a refused key stays refused."""
    return key if round_ == 1 else f"{key}#{round_}"


def provider_keys(payout: Payout) -> list[str]:
    """Every key the provider may have paid this payout under, the newest first."""
    return [provider_key(payout.key, round_) for round_ in range(payout.round, 0, -1)]


def posting_id(payout: UUID, what: str) -> UUID:
    """The id of a payout's posting: a payout has one of each, whoever writes it and however often."""
    return uuid5(payout, what)


# ── comparing with the provider ──────────────────────────────────────────


def keys_meant(key: str) -> list[str]:
    """The keys of ours that a provider's key may belong to: with and without the number of a round."""
    stem, mark, number = key.rpartition("#")
    return [key, stem] if mark and number.isdigit() else [key]


def reconcile(
    day: str, ours: Sequence[Recorded], theirs: Sequence[ProviderLine], known: Sequence[Recorded]
) -> Reconciliation:
    """Compare a day: what we recorded as paid, what the provider lists, and whatever has the listed keys."""
    by_key = {key: one for one in (*known, *ours) for key in _all_keys(one)}
    met: dict[UUID, ProviderLine] = {}
    differences: list[Difference] = []
    for line in theirs:
        one = by_key.get(line.key)
        if one is None:
            differences.append(_difference("unknown_here", None, line))
            continue
        if one.id in met:
            differences.append(_difference("paid_twice", one, line))
            continue
        met[one.id] = line
        if one.state != "paid":
            differences.append(_difference("not_recorded", one, line))
        elif (one.amount_minor, one.currency) != (line.amount_minor, line.currency):
            differences.append(_difference("amount_differs", one, line))
    differences += [_difference("missing_there", one, None) for one in ours if one.id not in met]
    wrong = {one.payout for one in differences}
    return Reconciliation(
        day=day,
        agreed=sum(1 for one in ours if one.id not in wrong),
        sums=_sums(ours, theirs),
        differences=differences,
    )


def _all_keys(one: Recorded) -> list[str]:
    return [provider_key(one.key, round_) for round_ in range(1, one.round + 1)]


def _difference(kind: DifferenceKind, one: Recorded | None, line: ProviderLine | None) -> Difference:
    currency = line.currency if line else one.currency if one else ""
    return Difference(
        kind=kind,
        key=line.key if line else one.key if one else "",
        payout=one.id if one else None,
        shop=one.shop if one else None,
        state=one.state if one else None,
        ours_minor=one.amount_minor if one else None,
        theirs_minor=line.amount_minor if line else None,
        currency=currency,
        provider_ref=line.ref if line else one.provider_ref if one else None,
    )


def _sums(ours: Sequence[Recorded], theirs: Sequence[ProviderLine]) -> list[DaySum]:
    found: list[DaySum] = []
    for currency in sorted({one.currency for one in (*ours, *theirs)}):
        here = [one.amount_minor for one in ours if one.currency == currency]
        there = [one.amount_minor for one in theirs if one.currency == currency]
        found.append(DaySum(currency, len(here), sum(here), len(there), sum(there)))
    return found
