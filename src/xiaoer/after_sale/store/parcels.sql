-- name: own_parcels
-- The orders of a shop a parcel of this number belongs to, while nobody has signed for it.
select distinct p.purchase
from orders.parcel as p
where p.tenant = :tenant and p.shop = :shop and p.tracking_number = :number and p.signed_at is null;

-- name: insert_harm
insert into after_sale.parcel_harm (tenant, shop, purchase, number, harm, bearer, text, at)
values (:tenant, :shop, :purchase, :number, :harm, :bearer, :text, :at)
on conflict do nothing;

-- name: harms
select distinct h.harm
from after_sale.parcel_harm as h
where h.tenant = :tenant and h.shop = :shop and h.purchase = :purchase;

-- name: harms_told
select h.number, h.harm, h.bearer, h.text, h.at
from after_sale.parcel_harm as h
where h.tenant = :tenant and h.shop = :shop and h.purchase = :purchase
order by h.at desc, h.number, h.harm;

-- name: open_cases
select c.id
from after_sale.case as c
where c.tenant = :tenant and c.purchase = :purchase and c.closed_at is null
order by c.id;
