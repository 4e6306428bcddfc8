-- After-sale: cases between a buyer and a shop, what was offered in them and what happened.

create schema after_sale;
comment on schema after_sale is 'Refunds, returns, exchanges, re-sends, repairs and compensation.';

-- One row for each order that ever had a case: what was paid, what is held for open cases, what went back.
-- The check is the law "never more refunded than was paid"; the row is the lock of everything about the order.
create table after_sale.purchase_sum (
    tenant         uuid   not null,
    shop           uuid   not null,
    purchase       uuid   not null,
    paid_minor     bigint not null check (paid_minor >= 0),
    held_minor     bigint not null default 0 check (held_minor >= 0),
    refunded_minor bigint not null default 0 check (refunded_minor >= 0),
    primary key (tenant, shop, purchase),
    constraint never_more_than_paid check (held_minor + refunded_minor <= paid_minor)
) with (fillfactor = 80);
comment on column after_sale.purchase_sum.paid_minor is 'What the buyer paid, less what had been refunded before the first case.';

create table after_sale.case (
    tenant         uuid        not null,
    shop           uuid        not null,
    id             uuid        not null,
    purchase       uuid        not null,
    order_number   text        not null,
    buyer          uuid        not null,
    kind           text        not null,
    path           text        not null,             -- the event by which it is asked again
    reason         text        not null,
    condition      text        not null,
    text           text        not null default '',
    state          text        not null,
    version        bigint      not null,
    opened_by      uuid        not null,
    opened_side    text        not null check (opened_side in ('buyer', 'shop', 'officer', 'program')),
    client_id      text,
    currency       text        not null,
    asked_minor    bigint      not null check (asked_minor >= 0),
    refund_minor   bigint      not null check (refund_minor >= 0),
    refunded_minor bigint      not null check (refunded_minor >= 0),
    held_minor     bigint      not null check (held_minor >= 0),
    money          jsonb       not null default '[]',
    freight        jsonb       not null,
    payment_method text        not null default '',
    ahead          boolean     not null default false,  -- a trusted buyer is paid before the goods are back
    rounds         integer     not null default 0,      -- offers made so far
    repairs        integer     not null default 0,
    return_address jsonb,
    back           jsonb,                                -- the parcel to the shop
    out            jsonb,                                -- the parcel to the buyer
    back_number    text        generated always as (back ->> 'number') stored,
    out_number     text        generated always as (out ->> 'number') stored,
    payout         uuid,
    attempt        integer     not null default 0,
    conversation   uuid,
    clock          text,
    due_at         timestamptz,
    -- squawk-ignore prefer-bigint-over-smallint
    stage          smallint    not null default 0,       -- of the clock: 1 warned, 2 with the supervisor
    rules_at       timestamptz not null,                 -- it is decided by the rules in force then
    rules_version  text        not null,
    opened_at      timestamptz not null,
    moved_at       timestamptz not null,
    answered_at    timestamptz,
    closed_at      timestamptz,
    primary key (tenant, shop, id),
    check ((closed_at is null) = (clock is not null)),   -- every open case has its clock, no other has one
    check ((clock is null) = (due_at is null))
) with (fillfactor = 80);
create unique index case_by_id on after_sale.case (tenant, id);
create unique index case_of_client on after_sale.case (tenant, opened_by, client_id) where client_id is not null;
create index case_due on after_sale.case (tenant, shop, due_at, id) where closed_at is null;
create index case_of_shop on after_sale.case (tenant, shop, opened_at desc, id desc);
create index case_of_buyer on after_sale.case (tenant, buyer, opened_at desc, id desc);
create index case_of_purchase on after_sale.case (tenant, purchase);
create index case_with_people on after_sale.case (tenant, due_at, id) where state in ('with_people', 'payment_failed');
create index case_back on after_sale.case (tenant, back_number) where closed_at is null and back_number is not null;
create index case_out on after_sale.case (tenant, out_number) where closed_at is null and out_number is not null;

create table after_sale.line (
    tenant       uuid    not null,
    shop         uuid    not null,
    case_id      uuid    not null,
    place        integer not null,
    purchase     uuid    not null,
    item         uuid    not null,
    quantity     integer not null check (quantity > 0),
    amount_minor bigint  not null check (amount_minor >= 0),
    title        text    not null,
    image_url    text,
    new_variant  uuid,
    primary key (tenant, shop, case_id, place),
    unique (tenant, shop, case_id, item),
    foreign key (tenant, shop, case_id) references after_sale.case
);
create index line_of_purchase on after_sale.line (tenant, shop, purchase, item);

create table after_sale.offer (
    tenant       uuid        not null,
    shop         uuid        not null,
    case_id      uuid        not null,
    number       integer     not null check (number > 0),
    side         text        not null,
    person       uuid,
    settlement   text        not null,
    amount_minor bigint      not null check (amount_minor >= 0),
    back_payer   text        not null,
    text         text        not null default '',
    state        text        not null check (state in ('open', 'accepted', 'declined', 'lapsed', 'replaced')),
    expires_at   timestamptz not null,
    at           timestamptz not null,
    primary key (tenant, shop, case_id, number),
    foreign key (tenant, shop, case_id) references after_sale.case
);
create unique index offer_open on after_sale.offer (tenant, shop, case_id) where state = 'open';

create table after_sale.happening (
    tenant       uuid        not null,
    shop         uuid        not null,
    case_id      uuid        not null,
    version      bigint      not null,
    id           uuid        not null,
    at           timestamptz not null,
    event        text        not null,
    side         text        not null,
    person       uuid,
    from_state   text        not null,
    state        text        not null,
    text         text        not null default '',
    amount_minor bigint,
    files        uuid[]      not null default '{}',
    body         jsonb       not null default '{}',
    primary key (tenant, shop, case_id, version),
    foreign key (tenant, shop, case_id) references after_sale.case
);
comment on table after_sale.happening is 'What happened in a case, line by line; nothing is ever changed.';

-- Who repaid too late after a fast refund is not paid ahead again (O-011).
create table after_sale.fast_lost (
    tenant  uuid        not null,
    buyer   uuid        not null,
    case_id uuid        not null,
    at      timestamptz not null,
    primary key (tenant, buyer, case_id)
);

select plumbing.isolate('after_sale.purchase_sum');
select plumbing.isolate('after_sale.case');
select plumbing.isolate('after_sale.line');
select plumbing.isolate('after_sale.offer');
select plumbing.isolate('after_sale.happening');
select plumbing.append_only('after_sale.happening');
select plumbing.isolate('after_sale.fast_lost');
