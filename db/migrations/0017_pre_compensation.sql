-- Compensation: what is given to make something good, and how far it has come. Its money lies in the ledger.

-- The three conditions become wider: no row that is there can break them.
-- squawk-ignore ban-drop-constraint
alter table ledger.account drop constraint account_kind_check;
alter table ledger.account add constraint account_kind_check check (
    kind in ('buyer', 'shop_balance', 'shop_deposit', 'shop_debt', 'marketplace', 'insurer', 'provider', 'held',
             'points')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table ledger.account validate constraint account_kind_check;
-- squawk-ignore ban-drop-constraint
alter table ledger.account drop constraint account_not_overdrawn;
alter table ledger.account add constraint account_not_overdrawn check (
    kind not in ('buyer', 'shop_balance', 'shop_deposit', 'held', 'points') or balance_minor >= 0) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table ledger.account validate constraint account_not_overdrawn;
-- squawk-ignore ban-drop-constraint
alter table ledger.payout drop constraint payout_source_check;
alter table ledger.payout add constraint payout_source_check check (
    source in ('shop', 'marketplace', 'insurer', 'held')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table ledger.payout validate constraint payout_source_check;

create schema compensation;
comment on schema compensation is 'Coupons, points, red packets and money given to make something good.';

create table compensation.grant (
    tenant        uuid        not null,
    id            uuid        not null,
    key           text        not null,          -- one wish of whoever gives it: a second one finds the first
    kind          text        not null check (kind in ('coupon', 'points', 'red_packet', 'money')),
    bearer        text        not null check (bearer in ('shop', 'marketplace')),
    shop          uuid,                          -- who bears it, or where it was; null: only the marketplace
    to_kind       text        not null check (to_kind in ('person', 'shop')),
    receiver      uuid        not null,
    amount_minor  bigint      not null check (amount_minor > 0),
    currency      text        not null,          -- PTS for points
    purpose       text        not null,
    purchase      uuid,
    subject_kind  text        not null,          -- what it makes good: 'block', 'ruling', 'order' …
    subject       uuid        not null,
    is_offer      boolean     not null,          -- may be contested before it is taken
    note          text        not null default '',
    state         text        not null,
    version       bigint      not null,
    contests      integer     not null default 0,
    attempt       integer     not null default 0,
    payout        uuid,
    postings      uuid[]      not null default '{}',  -- what put it aside, in order
    used_shop     uuid,
    used_purchase uuid,
    made_by       uuid,                          -- null: nobody's hand
    clock         text,
    due_at        timestamptz,
    rules_at      timestamptz not null,
    rules_version text        not null,
    made_at       timestamptz not null,
    moved_at      timestamptz not null,
    primary key (tenant, id),
    unique (tenant, key),
    check (bearer = 'marketplace' or shop is not null),
    check ((clock is null) = (due_at is null))
) with (fillfactor = 80);
create index grant_of_receiver on compensation.grant (tenant, to_kind, receiver, id);
create index grant_of_shop on compensation.grant (tenant, shop, id);
create index grant_of_subject on compensation.grant (tenant, subject_kind, subject);
create index grant_contested on compensation.grant (tenant, id) where state = 'contested';
create index grant_packets on compensation.grant (tenant, shop, made_at) where kind = 'red_packet';

create table compensation.happening (
    tenant       uuid        not null,
    grant_id     uuid        not null,
    version      bigint      not null,
    at           timestamptz not null,
    event        text        not null,
    side         text        not null check (side in ('receiver', 'shop', 'officer', 'program')),
    person       uuid,
    from_state   text        not null,
    state        text        not null,
    amount_minor bigint      not null,
    text         text        not null default '',
    primary key (tenant, grant_id, version),
    foreign key (tenant, grant_id) references compensation.grant
);

select plumbing.isolate('compensation.grant');
select plumbing.isolate('compensation.happening');
select plumbing.append_only('compensation.happening');
