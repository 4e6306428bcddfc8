-- What carriers said about an order's own parcels before they were signed for: lost or broken, and whose risk that is.

create table after_sale.parcel_harm (
    tenant   uuid        not null,
    shop     uuid        not null,
    purchase uuid        not null,
    number   text        not null,
    harm     text        not null check (harm in ('loss', 'breakage')),
    bearer   text        not null check (bearer in ('seller', 'buyer')),
    text     text        not null default '',
    at       timestamptz not null,
    primary key (tenant, shop, purchase, number, harm)
);
comment on table after_sale.parcel_harm is 'Harm to parcels of orders before sign-for, decided by after_sale.transit_risk when it was told.';

select plumbing.isolate('after_sale.parcel_harm');
select plumbing.append_only('after_sale.parcel_harm');
