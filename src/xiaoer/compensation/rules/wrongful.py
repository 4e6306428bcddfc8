"""What a wrong block or penalty costs: each harm by the table, sums by parameters (D8, S-101…S-105)."""

from collections.abc import Sequence

from xiaoer.compensation.model import Good, Harm, Remedy, Shown, Wrong
from xiaoer.kernel.money import share_minor
from xiaoer.kernel.table import Decision
from xiaoer.rulebook.model import Book

TABLE = "compensation.wrongful_block"


def facts_of(wrong: Wrong, harm: Harm) -> dict[str, object]:
    """What the table is asked for one harm."""
    return {
        "harm": harm,
        "shown": shown(wrong, harm),
        "public": wrong.public,
        "who": wrong.who,
        "bearer": wrong.bearer,
    }


def shown(wrong: Wrong, harm: Harm) -> Shown:
    """Whether a harm is there: loss by orders or receipts, time by hours or contacts, distress by insult."""
    match harm:
        case "economic":
            return "shown" if wrong.orders or wrong.receipts_minor else "none"
        case "time":
            return "shown" if wrong.minutes or wrong.contacts else "none"
        case "distress":
            return wrong.insult
        case "reputation":
            return "shown"


def made_good(book: Book, wrong: Wrong) -> Sequence[tuple[Decision, Good]]:
    """How each of its harms is made good, in their order; the sums are never below zero."""
    found: list[tuple[Decision, Good]] = []
    for harm in wrong.harms:
        decision = book.table(TABLE).decide(facts_of(wrong, harm))
        remedy: Remedy = _remedy(str(decision.outcome["remedy"]))
        amount_minor, inputs = _amount(book, wrong, harm, remedy)
        found.append(
            (
                decision,
                Good(
                    harm=harm,
                    remedy=remedy,
                    row=decision.row,
                    amount_minor=amount_minor,
                    legal_way=bool(decision.outcome["legal_way"]),
                    inputs=inputs,
                ),
            )
        )
    return found


def _remedy(word: str) -> Remedy:
    known: dict[str, Remedy] = {
        "nothing": "nothing",
        "money": "money",
        "coupon": "coupon",
        "points": "points",
        "apology": "apology",
        "public_apology": "public_apology",
        "apology_and_money": "apology_and_money",
    }
    return known[word]


def _amount(book: Book, wrong: Wrong, harm: Harm, remedy: Remedy) -> tuple[int, dict[str, int]]:
    if remedy not in {"money", "coupon", "points", "apology_and_money"}:
        return 0, {}
    match harm:
        case "economic":
            return _loss(book, wrong)
        case "time":
            return _time(book, wrong)
        case "distress":
            name = "distress_grave_sum" if wrong.insult == "grave" else "distress_sum"
            return book.minor(f"compensation.{name}"), {}
        case "reputation":
            return 0, {}


def _loss(book: Book, wrong: Wrong) -> tuple[int, dict[str, int]]:
    """Receipts in full; of each order a share, by what became of it."""
    percent = {
        "cancelled": book.integer("compensation.cancelled_percent"),
        "late": book.integer("compensation.late_percent"),
    }
    by_orders = sum(share_minor(one.amount_minor, percent[one.outcome] * 100) for one in wrong.orders)
    inputs = {
        "cancelled": sum(1 for one in wrong.orders if one.outcome == "cancelled"),
        "late": sum(1 for one in wrong.orders if one.outcome == "late"),
        "orders_minor": by_orders,
        "receipts_minor": wrong.receipts_minor,
    }
    return by_orders + wrong.receipts_minor, inputs


def _time(book: Book, wrong: Wrong) -> tuple[int, dict[str, int]]:
    """Minutes by the hour's sum, contacts each, up to a most."""
    by_minutes = book.minor("compensation.hour_sum") * wrong.minutes // 60
    by_contacts = book.minor("compensation.contact_sum") * wrong.contacts
    amount = min(by_minutes + by_contacts, book.minor("compensation.time_max"))
    return amount, {"minutes": wrong.minutes, "contacts": wrong.contacts}
