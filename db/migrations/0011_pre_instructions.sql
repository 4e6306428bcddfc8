-- Instructions: what was asked of the side that owns the orders, and what it answered. An order keeps marks of
-- what was granted to it after it was placed.

alter table orders.purchase add column marks jsonb not null default '{}';
comment on column orders.purchase.marks is 'Cancel reason, items changed, return and exchange asked for: orders.model.Marks.';

create schema instructions;
comment on schema instructions is 'Changes of orders and of buyers'' addresses, asked of the order side, each once.';

create table instructions.instruction (
    tenant       uuid        not null,
    id           uuid        not null,
    key          text        not null,                 -- one key, one instruction: asking twice asks once
    shop         uuid,                                 -- null: about a buyer, not about an order
    purchase     uuid,
    buyer        uuid        not null,
    kind         text        not null check (kind in ('cancel', 'address', 'items', 'payment', 'buyer_address',
        'return_requested', 'exchange_requested', 'mark_refunded')),
    body         jsonb       not null,
    state        text        not null
        check (state in ('asked', 'retried', 'stuck', 'confirmed', 'refused', 'withdrawn')),
    row_id       text        not null,                 -- the row of the decision table that let it through
    rules        text        not null,                 -- the wording of that table
    subject_kind text        not null,                 -- for whom it is asked: 'order', 'case' …
    subject      uuid        not null,
    actor        uuid,
    answer       text,                                 -- the order side's own words where it refused
    attempts     integer     not null default 0,
    send_at      timestamptz,                          -- null: nothing to send
    asked_at     timestamptz not null,
    settled_at   timestamptz,
    primary key (tenant, id),
    unique (tenant, key),
    foreign key (tenant, shop, purchase) references orders.purchase
);
create index instruction_of_purchase on instructions.instruction (tenant, purchase, id);
create index instruction_of_subject on instructions.instruction (tenant, subject, id);
create index instruction_to_send on instructions.instruction (send_at) where send_at is not null;
create index instruction_stuck on instructions.instruction (tenant, shop, id) where state = 'stuck';
select plumbing.isolate('instructions.instruction', system => true);
