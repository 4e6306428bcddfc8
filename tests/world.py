"""A small whole marketplace: one of everybody, in two shops, with something in every drawer."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from tests import make
from xiaoer.identity.actions import programs
from xiaoer.identity.model import Person, TokenWish
from xiaoer.identity.rules import rights
from xiaoer.ledger.actions import payouts, posting
from xiaoer.ledger.model import Credit, PayoutWish
from xiaoer.measures.actions import impose as measures
from xiaoer.measures.model import MeasureStatement, MeasureWish
from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.model import PenaltyWish
from xiaoer.plumbing import clock
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook import queries as rulebook

ROLES = ("visitor", "buyer", "agent", "manager", "officer", "administrator")


@dataclass
class World:
    """`people` by role; `programs` are tokens with every scope, one for everything and one for a shop."""

    tenant: UUID
    slug: str
    shop: UUID
    second_shop: UUID
    people: dict[str, Person] = field(default_factory=dict)
    programs: dict[str, str] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    """One row of each table by the table's name, as `ids["queue"]`, and what addresses call otherwise."""

    async def credential(self, database: Database, who: str) -> str:
        """A fresh session of somebody in a role, or a program's token."""
        if who in self.programs:
            return self.programs[who]
        return await make.session(database, self.tenant, self.people[who])


async def build(database: Database, owner: Connection, *, mark: str = "") -> World:
    """Make it; `mark` goes into every name, so that it can be looked for elsewhere."""
    home = await make.marketplace(database)
    shop = await make.shop(database, home.tenant, name=f"{mark}店铺甲")
    second = await make.shop(database, home.tenant, name=f"{mark}店铺乙")
    world = World(home.tenant, home.slug, shop.id, second.id)
    for role in ROLES:
        shops = [shop.id] if role in {"agent", "manager"} else []
        world.people[role] = await make.person(
            database, home.tenant, role=role, shops=shops, name=f"{mark}{role}"
        )
    boss = make.actor_of(home.tenant, world.people["administrator"])
    for name, shops in (("integration", None), ("integration of one shop", [shop.id])):
        wish = TokenWish(name=f"{mark}{name}", scopes=sorted(rights().known_scopes()), shop_ids=shops)
        async with database.transaction(home.tenant) as tx:
            made = await programs.create_token(
                tx, boss, wish, token=new_id(), person=new_id(), now=clock.now()
            )
        world.programs[name] = made.secret
    await make.session(database, home.tenant, world.people["agent"])
    await _fill_drawers(owner, world, mark)
    await _fill_the_till(database, world, mark)
    await _fill_the_file(database, world, mark)
    found = await some_ids(owner, home.tenant)
    world.ids = found | {
        "buyer": world.people["buyer"].id,
        "marketplace": home.tenant,
        "top_up": found["posting"],
        "inspection": found["score"],
    }
    return world


DRAWERS = {
    "routing.queue": "(tenant, shop, id, name, position, created_at) values ($1, $2, $3, $6, 1, now())",
    "orders.product": "(tenant, shop, id, external_id, title, currency, available, created_at, updated_at) "
    "values ($1, $2, $3, 'p1', $6, 'CNY', true, now(), now())",
    "orders.purchase": "(tenant, shop, id, external_id, buyer, state, source_state, currency, total_minor, "
    "paid_minor, freight_minor, discount_minor, on_time_insurance, freight_insurance, free_shipping, "
    "listed_at, created_at, updated_at) "
    "values ($1, $2, $3, $6, $4, 'paid', 'paid', 'CNY', 1, 1, 0, 0, false, false, true, now(), now(), now())",
    "instructions.instruction": "(tenant, shop, id, buyer, key, kind, body, state, row_id, rules, "
    "subject_kind, subject, asked_at) "
    "values ($1, $2, $3, $4, $6, 'buyer_address', '{}', 'stuck', '1', '', 'buyer', $4, now())",
    "conversations.conversation": "(tenant, shop, id, buyer, state, assignee, last_text, created_at) "
    "values ($1, $2, $3, $4, 'assigned', $5, $6, now())",
    "conversations.canned": "(tenant, shop, id, title, text, created_at, changed_at) "
    "values ($1, $2, $3, $6, $6, now(), now())",
    "after_sale.case": "(tenant, shop, id, purchase, order_number, buyer, kind, path, reason, condition, "
    "text, state, version, opened_by, opened_side, currency, asked_minor, refund_minor, refunded_minor, "
    "held_minor, freight, clock, due_at, rules_at, rules_version, opened_at, moved_at) values "
    "($1, $2, $3, $3, $6, $4, 'refund_only', 'ask_money', 'quality', 'unknown', $6, 'asked_money', 1, $4, "
    "'buyer', 'CNY', 1, 1, 0, 0, "
    "'{}', 'after_sale.refund_shipped_only', now() + interval '5 days', now(), 'taobao.0', now(), now())",
    "complaints.complaint": "(tenant, id, number, type, complainant_kind, complainant, accused_kind, "
    "accused, shop, buyer, text, state, version, rung, lodged_by, clock, due_at, rules_at, rules_version, "
    "lodged_at, moved_at) values ($1, $3, $6, 'abuse', 'person', $4, 'shop', $2, $2, $4, $6, 'accepted', 1, "
    "'negotiation', $4, 'complaints.answer', now() + interval '3 days', now(), 'taobao.0', now(), now())",
    "compensation.grant": "(tenant, id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, "
    "purpose, subject_kind, subject, is_offer, state, version, rules_at, rules_version, made_at, moved_at) "
    "values ($1, $3, $6, 'money', 'shop', $2, 'person', $4, 1, 'CNY', 'ruling', 'ruling', $3, false, "
    "'given', 1, now(), 'taobao.0', now(), now())",
    "blocks.block": "(tenant, id, side, shop, subject_kind, subject, ground, facts, evidence, scope, danger, "
    "approval, fit_row, fit_basis, state, version, proposed_by, rules_at, rules_version, proposed_at, "
    "moved_at) values ($1, $3, 'shop', $2, 'person', $4, 'fraud', $6, array[$6], 'message', false, 'shop', "
    "'D8-F3', 'S-108', 'refused', 1, $5, now(), 'taobao.0', now(), now())",
    "evidence.item": "(tenant, seal, id, kind, side, person, text, files, shows, timing, comparison, "
    "weighed, at) values ($1, $3, $3, 'statement', 'buyer', $4, $6, '{}', '{}', 'in_time', "
    "jsonb_build_object('matches', 'not_compared'), jsonb_build_object('row', 'D7-9', 'accept', 'yes', "
    "'weight', 'ordinary', 'flag', null, 'missing', '[]'::jsonb), now())",
    "inspection.fact": "(tenant, shop, id, title, about, says, never, author, at) "
    "values ($1, $2, $3, $6, array[$6], array[$6], '{}', $5, now())",
    "inspection.score": "(tenant, id, shop, conversation, consultation, agent, cause, first, last, flags, "
    "turns, dissatisfied, rules, card, model, result, at) values ($1, $3, $2, $3, 1, $5, 'closed', 1, 1, "
    "'{}', 0, 0, '', '', '', jsonb_build_object('conversation', $6::text, 'consultation', 1, 'agent', '', "
    "'first', 1, 'last', 1, 'messages', 1, 'agent_messages', 0, 'started_at', null, 'ended_at', null, "
    "'score', null, 'grade', null, 'clocks', null, 'rules', '', 'card', '', 'model', '') || "
    '\'{"parts": [], "deductions": [], "steps": [], "findings": [], "questions": [], "promises": [], '
    '"tone": [], "claims": [], "reviews": [], "turns": [], "flags": []}\'::jsonb, now())',
    "disputes.dispute": "(tenant, id, number, kind, shop, claimant_kind, claimant, respondent_kind, "
    "respondent, buyer, state, version, currency, asked_minor, paid_minor, issue_kinds, clock, due_at, "
    "rules_at, rules_version, opened_at, moved_at) values ($1, $3, $6, 'after_sale', $2, 'person', $4, "
    "'shop', $2, $4, 'evidence', 1, 'CNY', 1, 1, '{not_received}', 'disputes.evidence', "
    "now() + interval '3 days', now(), 'taobao.0', now(), now())",
    "disputes.ruling": "(tenant, id, dispute, round, by, issues, facts_found, used, refused, money, rows, "
    "rules_version, automated, text, outcome, favour, made_at) values ($1, $3, (select id from "
    "disputes.dispute where tenant = $1 limit 1), 1, 'officer', '[]', '{}', '{}', '[]', '[]', '[]', "
    "'taobao.0', false, $6, 'dismissed', 'none', now())",
    "appeals.appeal": "(tenant, id, shop, target_kind, target, appellant_kind, appellant, lodged_by, text, "
    "human, state, version, left_seconds, summary, clock, due_at, rules_at, rules_version, lodged_at, "
    "moved_at) values ($1, $3, $2, 'penalty', $3, 'shop', $2, $5, $6, true, 'lodged', 1, 0, "
    "jsonb_build_object('title', $6::text, 'facts', '', 'rows', '[]'::jsonb, 'version', '', 'decided_at', "
    "'2026-01-01T00:00:00Z', 'automated', false, 'published', false), 'appeals.admission', "
    "now() + interval '3 days', now(), 'taobao.0', now(), now())",
    "appeals.alert": "(tenant, id, looked_at, subject, since, appeals, upheld, others_appeals, "
    "others_upheld, at) values ($1, $3, 'shop', $2, now(), 1, 1, 1, 0, now())",
    "learning.dialogue": "(tenant, shop, id, conversation, consultation, agent, state, version, row, "
    "signals, found_at, moved_at, clock, due_at, rules_at, rules_version) values ($1, $2, $3, $3, 1, $5, "
    "'found', 1, '1', '{}', now(), now(), 'learning.answer', now() + interval '7 days', now(), 'taobao.0')",
    "learning.lesson": "(tenant, shop, id, kind, state, title, talk, good_answer, author, at) "
    "values ($1, $2, $3, 'script', 'published', $6, '[]', $6, $5, now())",
    "learning.exam": "(tenant, shop, id, title, pass_percent, questions, author, at) "
    "values ($1, $2, $3, $6, 80, '[]', $5, now())",
    "grading.draw": "(tenant, shop, id, since, until, seed, candidates, random, risk, rules_version, at) "
    "values ($1, $2, $3, now() - interval '1 day', now(), $6, 1, 1, 0, 'taobao.0', now())",
    "grading.sample": "(tenant, shop, id, draw, score, conversation, consultation, agent, drawn_for, weight, "
    "rows, twice, state, version, drawn_at, moved_at, rules_at, rules_version) values ($1, $2, $3, $3, "
    "(select id from inspection.score where tenant = $1 limit 1), $3, 1, $5, 'random', 1, '{}', false, "
    "'lapsed', 2, now(), now(), now(), 'taobao.0')",
    "grading.score_appeal": "(tenant, shop, id, score, conversation, consultation, agent, text, state, "
    "version, lodged_at, moved_at, clock, due_at, rules_at, rules_version) values ($1, $2, $3, (select id "
    "from inspection.score where tenant = $1 limit 1), $3, 1, $5, $6, 'lodged', 1, now(), now(), "
    "'grading.appeal', now() + interval '7 days', now(), 'taobao.0')",
    "guard.proof": "(tenant, shop, id, sort, serves, kind, row, override_row, words, reference, reason, "
    "ends, person, at) values ($1, $2, $3, 'award', 'award', 'absolute_term', 'D9-10.award', 'V11.award', "
    "$6, $6, $6, now() + interval '7 days', $5, now())",
    "guard.answer": "(tenant, shop, day, person, kind, row, taken) "
    "values ($1, $2, current_date, $5, 'tone', 'D10-8', 1)",
    "objections.objection": "(tenant, shop, id, person, lodged_as, level, kind, row, text, findings, "
    "reason, state, version, lodged_at, moved_at) values ($1, $2, $3, $5, 'agent', 'shop', "
    "'absolute_term', 'C10', $6, '[]', $6, 'lodged', 1, now(), now())",
    "objections.proposal": "(tenant, shop, id, level, phrase, state, version, proposed_by, proposed_at, "
    "moved_at) values ($1, $2, (select id from objections.objection where tenant = $1 limit 1), 'shop', $6, "
    "'proposed', 1, $5, now(), now())",
    "conversations.file": "(tenant, shop, id, person, name, media_type, size_bytes, sha256, store_key, "
    "created_at) values ($1, $2, $3, $4, $6, 'text/plain', 1, '', 'none', now())",
}
"""One row of each thing that has an address, written as it lies in the database."""


async def _fill_drawers(owner: Connection, world: World, mark: str) -> None:
    buyer, agent = world.people["buyer"].id, world.people["agent"].id
    for table, row in DRAWERS.items():
        given = {
            "$1": world.tenant,
            "$2": world.shop,
            "$3": new_id(),
            "$4": buyer,
            "$5": agent,
            "$6": f"{mark}x",
        }
        used = [name for name in given if name in row]
        for place, name in enumerate(used, 1):
            row = row.replace(name, f"${place}")  # noqa: PLW2901 - only those it names
        await owner.execute(f"insert into {table} {row}", *(given[name] for name in used))


async def _fill_the_till(database: Database, world: World, mark: str) -> None:
    """A top-up and a payout: money lies in the ledger only as its actions put it there."""
    top_up = Credit(
        id=new_id(),
        shop=world.shop,
        account="balance",
        amount_minor=100,
        currency="CNY",
        reason="top_up",
        subject_kind="shop",
        subject=world.shop,
        note=f"{mark}x",
    )
    wish = PayoutWish(
        id=new_id(),
        key=f"{mark}case",
        shop=world.shop,
        buyer=world.people["buyer"].id,
        purchase=None,
        payment_ref=None,
        amount_minor=1,
        currency="CNY",
        subject_kind="case",
        subject=new_id(),
    )
    async with database.transaction(world.tenant) as tx:
        await posting.credit_shop(tx, top_up, clock.now())
        await payouts.order_payout(tx, wish, clock.now())


async def _fill_the_file(database: Database, world: World, mark: str) -> None:
    """A penalty of three points and a warning against the shop: neither stops anybody."""
    now, officer = clock.now(), world.people["officer"].id
    wish = PenaltyWish(
        id=new_id(),
        subject_kind="shop",
        subject=world.shop,
        offence="late_dispatch",
        grade="general",
        facts=f"{mark}x",
        source_kind="officer",
        source=new_id(),
        decided_by=officer,
    )
    async with database.transaction(world.tenant) as tx:
        made = await penalise(tx, wish, await rulebook.book(tx, None, now), now)
        await measures.begin(
            tx,
            MeasureWish(
                id=new_id(),
                subject_kind="shop",
                subject=world.shop,
                kind="public_warning",
                source_kind="penalty",
                source=made.id,
                reason="late_dispatch",
                statement=MeasureStatement(
                    facts=f"{mark}x",
                    table=made.table_name,
                    row=made.row_id,
                    basis=made.basis,
                    rules_version=made.rules_version,
                    decided_by=officer,
                ),
                begins_at=now,
                ends_at=now + timedelta(days=7),
            ),
            now,
        )


async def some_ids(owner: Connection, tenant: UUID) -> dict[str, UUID]:
    """One row's id of each table that has any for this marketplace, by the table's name."""
    tables = await owner.fetch(
        "select a.table_schema, a.table_name from information_schema.columns a "
        "join information_schema.columns b using (table_schema, table_name) "
        "where a.column_name = 'id' and a.data_type = 'uuid' and b.column_name = 'tenant' order by 1, 2"
    )
    found: dict[str, UUID] = {}
    for schema, table in tables:
        row = await owner.fetchrow(
            f'select id from {schema}."{table}" where tenant = $1 order by id limit 1', tenant
        )
        if row is not None:
            found.setdefault(table, row[0])
    return found


async def state(owner: Connection, *, tenant: UUID | None = None) -> dict[str, tuple[int, str]]:
    """Every table's rows and the newest transactions that touched them: the same before and after = no write.

    The buckets that count requests are not looked at: counting a refused request is not doing it.
    """
    tables = await owner.fetch(
        "select table_schema, table_name, bool_or(column_name = 'tenant') "
        "from information_schema.columns join information_schema.tables using (table_schema, table_name) "
        "where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') "
        "and (table_schema, table_name) not in (('plumbing', 'bucket'), ('plumbing', 'migration')) "
        "group by 1, 2 order by 1, 2"
    )
    where = " where tenant = $1" if tenant else ""
    parts = [
        f"select '{schema}.{table}' as name, count(*) as rows, "
        f"coalesce(sum(xmin::text::numeric), 0) || ':' || coalesce(max(xmin::text::bigint), 0) as touched "
        f'from {schema}."{table}"{where}'
        for schema, table, has_tenant in tables
        if has_tenant or tenant is None
    ]
    rows = await owner.fetch(" union all ".join(parts), *([tenant] if tenant else []))
    return {name: (count, touched) for name, count, touched in rows}
