"""What is written when something is decided or changed, and that a refusal writes nothing."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests import make
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions, queries
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import shelf

TABLE = "after_sale.freight_leg"
FACTS = {"payer": "buyer", "collect": "none", "dearer": True, "insured": False}
AUTHOR = UUID(int=3)


async def decide(tx: Tx, subject: UUID, now: datetime) -> str:
    book = await queries.book(tx, None, now)
    said = await actions.decide(
        tx,
        book,
        TABLE,
        FACTS,
        id=new_id(),
        shop=None,
        subject_kind="case",
        subject=subject,
        actor=AUTHOR,
        now=now,
    )
    return said.row


async def test_a_decision_is_kept_and_explained_in_the_readers_language(tx: Tx, now: datetime) -> None:
    subject = new_id()
    assert await decide(tx, subject, now) == "D2-10"
    [kept] = await queries.decided(tx, "case", subject)
    assert (kept.table, kept.version, kept.row, kept.authority) == (TABLE, "taobao.0", "D2-10", "platform")
    assert (kept.inputs, kept.actor, kept.at) == (FACTS, AUTHOR, now)
    assert kept.outcome == {"pays": "buyer", "difference": "seller", "insurer_first": False}
    [english] = await queries.why(tx, "case", subject, "en")
    [korean] = await queries.why(tx, "case", subject, "ko")
    assert english.sentence.startswith("The address is dearer")
    assert korean.title == "반품 배송비를 실제로 누가 내는가"
    assert [one.label for one in english.inputs][:2] == ["Who is to pay", "Sent collect without consent by"]


async def test_why_shows_the_wording_that_decided_after_the_table_has_changed(tx: Tx, now: datetime) -> None:
    before, after = new_id(), new_id()
    await decide(tx, before, now)
    text = shelf()[TABLE].text.replace("The address is dearer than the one shown", "It costs more")
    await actions.set_table(
        tx, shop=None, name=TABLE, text=text, reason="plainer", author=AUTHOR, now=now + timedelta(hours=1)
    )
    await decide(tx, after, now + timedelta(hours=2))
    [old] = await queries.why(tx, "case", before, "en")
    [new] = await queries.why(tx, "case", after, "en")
    assert old.sentence.startswith("The address is dearer")
    assert new.sentence.startswith("It costs more")
    assert (old.version, new.version) == ("taobao.0", "taobao.1")


async def test_after_the_first_shop_a_change_is_announced_before_it_begins(tx: Tx, now: datetime) -> None:
    await make.marketplace_in(tx)
    await make.shop_in(tx)
    change = {"shop": None, "name": TABLE, "text": shelf()[TABLE].text, "reason": "same", "author": AUTHOR}
    for days in (0, 6):
        with pytest.raises(Refusal) as caught:
            await actions.set_table(tx, **change, now=now, effective_from=now + timedelta(days=days))
        assert caught.value.refused.code == "rulebook.notice_too_short"
    assert await queries.history(tx, TABLE, None, None, 10) == []
    held = await actions.set_table(tx, **change, now=now, effective_from=now + timedelta(days=7))
    assert (held.source, held.next_from) == ("shipped", now + timedelta(days=7))
    with pytest.raises(Refusal):
        await actions.set_value(
            tx,
            shop=None,
            name="rulebook.profile",
            value="eu",
            reason="we move",
            author=AUTHOR,
            now=now,
            effective_from=now + timedelta(days=14),
        )


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        (TABLE, ('[[row]]\nid = "D2-9.buyer"', '[[row]]\nid = "D2-9.seller"'), "rulebook.flawed_table"),
        (
            TABLE,
            ('when = { collect = "seller" }', 'when = { collect = "seller", dearer = true }'),
            "rulebook.flawed_table",
        ),
        (TABLE, ("insured = {", "covered = {"), "rulebook.flawed_table"),
        ("guard.tone", ("", ""), "rulebook.fixed_table"),
        ("no.such", ("", ""), "rulebook.unknown_table"),
    ],
)
async def test_what_is_not_fit_is_not_kept(
    tx: Tx, now: datetime, name: str, change: tuple[str, str], code: str
) -> None:
    text = shelf()[TABLE].text.replace(*change)
    with pytest.raises(Refusal) as caught:
        await actions.set_table(tx, shop=None, name=name, text=text, reason="x", author=AUTHOR, now=now)
    assert caught.value.refused.code == code
    assert await queries.history(tx, name, None, None, 10) == []


async def test_law_may_not_be_changed_against_the_buyer(tx: Tx, now: datetime) -> None:
    name = "after_sale.freight"
    row = 'then = { outbound = "seller", return = "seller", resend = "seller" }\nbasis = "S-041'
    assert row in shelf()[name].text
    text = shelf()[name].text.replace(row, row.replace('return = "seller"', 'return = "buyer"'))
    with pytest.raises(Refusal) as caught:
        await actions.set_table(tx, shop=None, name=name, text=text, reason="x", author=AUTHOR, now=now)
    assert caught.value.refused.row == "D2-5"
    assert "worse for the buyer than law" in str(caught.value.refused.facts["first"])


async def test_what_a_collecting_table_told_is_told_again(tx: Tx, now: datetime) -> None:
    name = "inspection.alerts"
    book = await queries.book(tx, None, now)
    facts = {"mood": "upset", "lately": 4, "unanswered": 0, "insult": "none"}
    for decision in book.table(name).collect(facts):
        kept = actions.recorded(
            book, decision, id=new_id(), shop=None, subject_kind="alert", subject=new_id(), actor=None, at=now
        )
        await actions.record(tx, [kept])
    span = queries.Span(name, now, now + timedelta(days=1))
    own = await queries.what_if(tx, span)
    assert (own.decisions, own.changed) == (2, 0)
    assert [(one.row, one.before, one.after) for one in own.rows] == [("A1", 1, 1), ("A2", 1, 1)]
    stricter = parsed(
        name, shelf()[name].text.replace('when = { mood = "upset" }', 'when = { mood = "calm" }')
    )
    other = await queries.what_if(tx, span, stricter)
    assert (other.changed, [one.row_after for one in other.differences]) == (1, [None])


async def test_decided_again_by_its_own_wording_nothing_differs(tx: Tx, now: datetime) -> None:
    await decide(tx, new_id(), now)
    text = shelf()[TABLE].text.replace(
        'pays = "buyer", difference = "seller"', 'pays = "buyer", difference = "none"'
    )
    await actions.set_table(
        tx, shop=None, name=TABLE, text=text, reason="x", author=AUTHOR, now=now + timedelta(hours=1)
    )
    await decide(tx, new_id(), now + timedelta(hours=2))
    span = queries.Span(TABLE, now, now + timedelta(days=1))
    own = await queries.what_if(tx, span)
    assert (own.decisions, own.changed) == (2, 0)
    book = await queries.book(tx, None, now)
    shipped = await queries.what_if(tx, span, book.table(TABLE))
    assert (shipped.decisions, shipped.changed) == (2, 1)
    [difference] = shipped.differences
    assert (difference.outcome_before["difference"], difference.outcome_after["difference"]) == (
        "none",
        "seller",
    )
