-- Orders: what shops sell and what buyers bought, as the marketplace says it. Written by imports only.
-- External ids are the sender's own; they sort by bytes, so that the beginning of a number finds its rows.

create schema orders;
comment on schema orders is 'Products, orders, payments and parcels of the shops, imported from the marketplace.';

create table orders.product (
    tenant      uuid        not null,
    shop        uuid        not null,
    id          uuid        not null,
    external_id text        collate "C" not null,
    title       text        not null,
    image_url   text,
    flags       text[]      not null default '{}',    -- category flags, see orders/tables/flags.toml
    price_minor bigint      check (price_minor >= 0),
    currency    text        not null,
    available   boolean     not null,
    details     jsonb       not null default '{}',
    digest      bytea,                                -- of the row as it was sent; null: import it again
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant, shop, id),
    unique (tenant, shop, external_id)
);
comment on column orders.product.price_minor is 'Minor units of the currency; the lowest of the variants when the shop names none.';
comment on column orders.product.digest is 'What an unchanged row is known by; whoever changes a row otherwise sets it to null.';

create unique index product_by_id on orders.product (tenant, id);

create table orders.variant (
    tenant      uuid    not null,
    shop        uuid    not null,
    id          uuid    not null,
    product     uuid    not null,
    external_id text    collate "C" not null,
    place       integer not null,
    options     jsonb   not null default '{}',
    price_minor bigint  not null check (price_minor >= 0),
    currency    text    not null,
    available   boolean not null,
    primary key (tenant, shop, id),
    unique (tenant, shop, external_id),
    foreign key (tenant, shop, product) references orders.product
);
create index variant_of_product on orders.variant (tenant, shop, product, place);

create table orders.purchase (
    tenant             uuid        not null,
    shop               uuid        not null,
    id                 uuid        not null,
    external_id        text        collate "C" not null,
    buyer              uuid        not null,
    state              text        not null
        check (state in ('pending', 'paid', 'dispatched', 'delivered', 'completed', 'cancelled')),
    source_state       text        not null,          -- the sender's own word
    currency           text        not null,
    total_minor        bigint      not null check (total_minor >= 0),
    paid_minor         bigint      not null check (paid_minor >= 0),
    freight_minor      bigint      not null check (freight_minor >= 0),
    discount_minor     bigint      not null check (discount_minor >= 0),
    on_time_insurance  boolean     not null,
    freight_insurance  boolean     not null,
    free_shipping      boolean     not null,
    address            jsonb       not null default '{}',
    placed_at          timestamptz,
    dispatched_at      timestamptz,
    signed_at          timestamptz,
    details            jsonb       not null default '{}',
    lists              text[]      not null default '{}',
    digest             bytea,
    listed_at          timestamptz not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    primary key (tenant, shop, id),
    unique (tenant, shop, external_id)
);
comment on table orders.purchase is 'An order of one buyer in one shop.';
comment on column orders.purchase.paid_minor is 'Sum of the payments where they are known, refunds not taken off.';
comment on column orders.purchase.lists is 'Which of items, payments, parcels came inside the order; a row of its own that changes such a list voids the digest.';
comment on column orders.purchase.listed_at is 'placed_at, or the first import where the sender does not know it: what lists are ordered by.';
create unique index purchase_by_id on orders.purchase (tenant, id);
create index purchase_of_shop on orders.purchase (tenant, shop, listed_at desc, id desc);
create index purchase_of_buyer on orders.purchase (tenant, buyer, listed_at desc, id desc);
-- The guard allows a delivery promise where the buyer is insured and still waits (D10).
create index purchase_insured on orders.purchase (tenant, shop, buyer)
    where on_time_insurance and signed_at is null and state in ('paid', 'dispatched');

create table orders.item (
    tenant              uuid    not null,
    shop                uuid    not null,
    purchase            uuid    not null,
    id                  uuid    not null,
    line                integer not null check (line > 0),
    external_id         text    collate "C",
    product             uuid,
    variant             uuid,
    title               text    not null,
    options             jsonb   not null default '{}',
    quantity            integer not null check (quantity > 0),
    unit_price_minor    bigint  not null check (unit_price_minor >= 0),
    paid_minor          bigint  not null check (paid_minor >= 0),
    flags               text[]  not null default '{}',
    confirmed_no_return boolean not null,
    primary key (tenant, shop, purchase, id),
    unique (tenant, shop, purchase, line),
    foreign key (tenant, shop, purchase) references orders.purchase
);
comment on column orders.item.paid_minor is 'What the buyer really paid for the whole line (L-019).';
comment on column orders.item.confirmed_no_return is 'The buyer confirmed for this purchase that it cannot be returned (L-007).';

create table orders.payment (
    tenant       uuid   not null,
    shop         uuid   not null,
    purchase     uuid   not null,
    id           uuid   not null,
    external_id  text   collate "C" not null,
    place        integer not null,
    kind         text   not null check (kind in ('payment', 'refund')),
    method       text   not null,
    amount_minor bigint not null check (amount_minor >= 0),
    currency     text   not null,
    at           timestamptz,
    primary key (tenant, shop, purchase, id),
    -- One payment of the provider may pay several orders, so its number is unique in each order only.
    unique (tenant, shop, purchase, external_id),
    foreign key (tenant, shop, purchase) references orders.purchase
);

create table orders.parcel (
    tenant          uuid    not null,
    shop            uuid    not null,
    purchase        uuid    not null,
    id              uuid    not null,
    external_id     text    collate "C" not null,
    place           integer not null,
    carrier         text,
    tracking_number text    collate "C",
    items           uuid[]  not null,
    dispatched_at   timestamptz,
    signed_at       timestamptz,
    events          jsonb   not null default '[]',
    primary key (tenant, shop, purchase, id),
    -- Orders sent in one parcel share its number.
    unique (tenant, shop, purchase, external_id),
    foreign key (tenant, shop, purchase) references orders.purchase
);
create index parcel_tracked on orders.parcel (tenant, shop, tracking_number);

select plumbing.isolate('orders.product');
select plumbing.isolate('orders.variant');
select plumbing.isolate('orders.purchase');
select plumbing.isolate('orders.item');
select plumbing.isolate('orders.payment');
select plumbing.isolate('orders.parcel');
