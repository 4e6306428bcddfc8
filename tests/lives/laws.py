"""What holds at any moment of a marketplace, and at the end of its life, whatever was done in it."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from tests.lives.market import ID, MATTERS, OFFICERS, Market
from xiaoer.conversations.queries.chain import links
from xiaoer.conversations.rules.chain import first_fault
from xiaoer.ledger import queries as ledger
from xiaoer.rulebook import queries as rulebook

CLOCKED: Final = ("cases", "complaints", "disputes", "appeals", "blocks", "compensation")
RESTING: Final = {
    "blocks": {"ended", "lifted_right", "lifted_wrong", "refused", "withdrawn"},
    "compensation": {"paying", "given", "used", "returned", "undone"},
}
"""Where one of a kind may stand without a clock; the others say by themselves when they were closed."""
PUBLISH_WITHIN: Final = timedelta(days=10)


async def hold(market: Market) -> None:
    """The cheap laws, after every step."""
    await one_clock_for_everything_open(market)
    await no_measure_without_reasons_and_notice(market)
    await nobody_judges_his_own_case(market)
    await every_sum_is_zero(market)
    await what_was_taken_back_binds_nobody(market)
    await what_was_taken_back_cost_nothing(market)


async def hold_in_the_end(market: Market) -> None:
    """The dear laws, once."""
    await hold(market)
    await every_decision_is_decided_so_again(market)
    await every_chain_holds(market)


async def one_clock_for_everything_open(market: Market) -> None:
    """Every open matter has the clock it says it has and no other, every closed one has none."""
    for family in CLOCKED:
        table, _ = MATTERS[family]
        closed = "null" if family in RESTING else "closed_at is null"
        rows = await market.owner.fetch(
            f"select m.id, m.state, m.clock, {closed} as open, (select array_agg(k.name || k.due_at) "
            "from clocks.clock k where k.tenant = m.tenant and k.owner = m.id) as running, "
            f"m.clock || m.due_at as said from {table} m where m.tenant = $1",
            market.tenant,
        )
        for row in rows:
            about = f"{family} {row['id']} in {row['state']}"
            assert (row["running"] or []) == ([row["said"]] if row["clock"] else []), about
            is_open = row["state"] not in RESTING[family] if family in RESTING else row["open"]
            assert is_open == (row["clock"] is not None), about


async def no_measure_without_reasons_and_notice(market: Market) -> None:
    """Facts, rule and basis stand in it, its subject knew before it began, the public soon after."""
    rows = await market.owner.fetch("select * from measures.measure where tenant = $1", market.tenant)
    for row in rows:
        why = row["statement"]
        assert why["facts"], row["id"]
        assert why["row"], row["id"]
        assert why["basis"], row["id"]
        assert row["told_at"] <= row["begins_at"], row["id"]
        if row["subject_kind"] == "shop" and row["state"] == "in_force":
            assert row["published_at"] or row["begins_at"] + PUBLISH_WITHIN > market.now, row["id"]
        has_clock = await market.owner.fetchval(
            "select count(*) from clocks.clock where owner = $1", row["id"]
        )
        if row["state"] == "ended":
            assert not has_clock, row["id"]
        elif row["ends_at"] is not None or row["state"] != "in_force":
            assert has_clock, row["id"]


async def nobody_judges_his_own_case(market: Market) -> None:
    """Neither at first, nor as a second pair of eyes, nor on appeal, nor for a block."""
    assert not await market.owner.fetch(
        "select d.id from disputes.dispute d join disputes.judge j on j.dispute = d.id left join "
        "disputes.ruling r on r.dispute = d.id where d.tenant = $1 and (j.person in (d.claimant, "
        "d.respondent, d.buyer) or r.officer in (d.claimant, d.respondent) or r.officer = r.second_reader "
        "or r.reversed_by in (j.person, r.officer, r.second_reader))",
        market.tenant,
    )
    assert not await market.owner.fetch(
        "select id from penalties.penalty p where tenant = $1 and reversed_by = decided_by "
        "and exists (select from appeals.appeal a where a.target = p.id and a.state = 'upheld')",
        market.tenant,
    )
    assert not await market.owner.fetch(
        "select a.id from appeals.appeal a where a.tenant = $1 and (a.judge = any (a.barred) or a.judge in "
        "(a.appellant, a.other, a.lodged_by) or a.judge in (select b.approved_by from blocks.block b where "
        "b.id = a.target union select b.proposed_by from blocks.block b where b.id = a.target union "
        "select p.decided_by from penalties.penalty p where p.id = a.target))",
        market.tenant,
    )
    assert not await market.owner.fetch(
        "select c.id from complaints.complaint c join complaints.happening h on h.complaint = c.id "
        "where c.tenant = $1 and h.side = 'people' and h.person in (c.accused, c.complainant, c.lodged_by)",
        market.tenant,
    )


async def every_sum_is_zero(market: Market) -> None:
    """In every currency, in every posting; points are the sum of their entries and never below zero."""
    async with market.database.read(market.tenant, snapshot=True) as tx:
        sums: dict[str, int] = {}
        for one in await ledger.totals(tx):
            sums[one.currency] = sums.get(one.currency, 0) + one.balance_minor
        assert not any(sums.values()), sums
        assert not await ledger.wrong_accounts(tx)
    assert not await market.owner.fetch(
        "select posting from ledger.line where tenant = $1 group by posting, currency "
        "having sum(amount_minor) <> 0",
        market.tenant,
    )
    assert not await market.owner.fetch(
        "select subject, track from penalties.entry where tenant = $1 group by subject, track "
        "having sum(points) < 0",
        market.tenant,
    )


async def what_was_taken_back_binds_nobody(market: Market) -> None:
    """A penalty or block found wrong leaves no measure, a penalty no points; each was corrected."""
    assert not await market.owner.fetch(
        "select m.id from measures.measure m left join penalties.penalty p on p.id = m.source "
        "left join blocks.block b on b.id = m.source where m.tenant = $1 and m.state <> 'ended' "
        "and (p.state = 'reversed' or b.state in ('lifted_wrong', 'lifted_right', 'ended', 'refused'))",
        market.tenant,
    )
    assert not await market.owner.fetch(
        "select penalty from penalties.entry e join penalties.penalty p on p.id = e.penalty "
        "where e.tenant = $1 and p.state = 'reversed' group by penalty having sum(e.points) <> 0",
        market.tenant,
    )
    assert not await market.owner.fetch(
        "select e.ruling from disputes.effect e join disputes.ruling r on r.id = e.ruling "
        "where e.tenant = $1 and (r.reversed_at is null) <> (e.undone_at is null)",
        market.tenant,
    )


async def what_was_taken_back_cost_nothing(market: Market) -> None:
    """The shop has what it put in and was given, less what stands: refunds, charges, what it gives itself."""
    [row] = await market.owner.fetch(MONEY, market.tenant, market.shop)
    has, put_in, got, refunds, charges, gives = row
    assert has == put_in + got - refunds - charges - gives, dict(row)


MONEY: Final = """
select
    (select coalesce(sum(balance_minor), 0)::bigint from ledger.account where tenant = $1 and owner = $2
        and kind like 'shop%' and currency = 'CNY') as has,
    (select coalesce(sum(l.amount_minor), 0)::bigint from ledger.line l
        join ledger.posting p on p.tenant = l.tenant and p.id = l.posting
        where l.tenant = $1 and l.owner = $2 and l.kind like 'shop%' and p.reason = 'top_up') as put_in,
    (select coalesce(sum(amount_minor), 0)::bigint from compensation."grant" where tenant = $1
        and to_kind = 'shop' and receiver = $2 and currency = 'CNY' and state in ('given', 'used')) as got,
    (select coalesce(sum(case when state = 'paying' then refund_minor else refunded_minor end), 0)::bigint
        from after_sale."case" where tenant = $1 and shop = $2) as refunds,
    (select coalesce(sum(e.amount_minor), 0)::bigint from disputes.effect e
        where e.tenant = $1 and e.kind = 'charge' and e.undone_at is null) as charges,
    (select coalesce(sum(amount_minor), 0)::bigint from compensation."grant" where tenant = $1
        and bearer = 'shop' and shop = $2
        and state not in ('undone', 'returned')) as gives
"""


async def every_decision_is_decided_so_again(market: Market) -> None:
    """Each decision record, put to the wording that decided it, comes to the same row."""
    async with market.database.read(market.tenant) as tx:
        rows = await market.owner.fetch(
            "select table_name, wording, row_id, inputs, outcome from rulebook.decision where tenant = $1",
            market.tenant,
        )
        kept = await rulebook.wordings(tx, sorted({row["wording"] for row in rows}))
    for row in rows:
        said = kept[row["wording"]].again(row["inputs"], row["row_id"])
        assert said.row == row["row_id"], (row["table_name"], row["inputs"])


async def every_chain_holds(market: Market) -> None:
    """No word between a buyer and a shop was changed."""
    rows = await market.owner.fetch(
        "select shop, id from conversations.conversation where tenant = $1", market.tenant
    )
    async with market.database.read(market.tenant) as tx:
        for shop, conversation in rows:
            fault = first_fault([one async for one in links(tx, shop, conversation)])
            assert fault is None, fault


# ── two side by side ─────────────────────────────────────────────────────


async def ids_of(market: Market) -> set[bytes]:
    """Every id that belongs to a marketplace and to no other."""
    tables = await market.owner.fetch(
        "select a.table_schema, a.table_name from information_schema.columns a "
        "join information_schema.columns b using (table_schema, table_name) "
        "join information_schema.tables using (table_schema, table_name) "
        "where table_type = 'BASE TABLE' and a.column_name = 'id' and a.data_type = 'uuid' "
        "and b.column_name = 'tenant'"
    )
    every = " union ".join(f'select id from {schema}."{table}" where tenant = $1' for schema, table in tables)
    return {str(row[0]).encode() for row in await market.owner.fetch(every, market.tenant)}


async def nothing_of_the_other_is_read(here: Market, there: Market) -> None:
    """Not one id of the other's came in any answer; its lists show nothing; its matters are not there."""
    theirs = await ids_of(there) - await ids_of(here)
    assert not here.heard & theirs
    everybody = ("buyer", "manager", *OFFICERS[:1], "administrator")
    for family in MATTERS:
        mine = {str(one).encode() for one in await here.matters(family)}
        known = await there.matters(family)
        for who in everybody:
            listed = await here.client(who).get(here.where(who, family), limit=100)
            assert listed.status in {200, 400, 403}, (family, who, listed.body)
            assert not set(ID.findall(listed.body)) & theirs
        for matter in known[:2]:
            await unknown(here, family, matter)
        assert mine.isdisjoint(str(one).encode() for one in known)


async def unknown(here: Market, family: str, matter: UUID) -> None:
    """Nobody here finds it, whatever his role."""
    for who in ("buyer", "manager", "officer"):
        asked = await here.client(who).get(f"{here.where(who, family)}/{matter}")
        assert asked.status in {403, 404}, (family, who, asked.body)
