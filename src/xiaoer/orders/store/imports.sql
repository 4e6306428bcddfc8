-- name: known_products
-- The products that a batch speaks of, by the sender's ids.
select p.shop, p.external_id, p.id, p.digest
from orders.product p
join unnest(:shops::uuid[], :external_ids::text[]) as asked (shop, external_id)
  on p.shop = asked.shop and p.external_id = asked.external_id
where p.tenant = :tenant;

-- name: known_variants
select v.shop, v.external_id, v.id, v.product
from orders.variant v
join unnest(:shops::uuid[], :external_ids::text[]) as asked (shop, external_id)
  on v.shop = asked.shop and v.external_id = asked.external_id
where v.tenant = :tenant;

-- name: put_products
insert into orders.product as p (
  tenant, shop, id, external_id, title, image_url, flags, price_minor, currency, available, details, digest,
  created_at, updated_at)
select :tenant, r.shop, r.id, r.external_id, r.title, r.image_url, r.flags, r.price_minor, r.currency,
  r.available, r.details, decode(r.digest, 'hex'), :now, :now
from jsonb_to_recordset(:rows::jsonb) as r (
  shop uuid, id uuid, external_id text, title text, image_url text, flags text[], price_minor bigint,
  currency text, available boolean, details jsonb, digest text)
on conflict (tenant, shop, external_id) do update set
  title = excluded.title, image_url = excluded.image_url, flags = excluded.flags,
  price_minor = excluded.price_minor, currency = excluded.currency, available = excluded.available,
  details = excluded.details, digest = excluded.digest, updated_at = excluded.updated_at
returning p.shop, p.external_id, p.id, (p.xmax = 0) as created;

-- name: put_variants
insert into orders.variant as v (
  tenant, shop, id, product, external_id, place, options, price_minor, currency, available)
select :tenant, r.shop, r.id, r.product, r.external_id, r.place, r.options, r.price_minor, r.currency,
  r.available
from jsonb_to_recordset(:rows::jsonb) as r (
  shop uuid, id uuid, product uuid, external_id text, place integer, options jsonb, price_minor bigint,
  currency text, available boolean)
on conflict (tenant, shop, external_id) do update set
  product = excluded.product, place = excluded.place, options = excluded.options,
  price_minor = excluded.price_minor, currency = excluded.currency, available = excluded.available;

-- name: retire_variants
-- Variants that a product no longer names can no longer be bought; orders still point at them.
update orders.variant as v set available = false
from unnest(:shops::uuid[], :products::uuid[]) as told (shop, product)
where v.tenant = :tenant and v.shop = told.shop and v.product = told.product and v.available
  and (v.shop, v.external_id) not in (
    select * from unnest(:kept_shops::uuid[], :kept_external_ids::text[]) as kept (shop, external_id));

-- name: known_purchases
select p.shop, p.external_id, p.id, p.digest, p.currency, p.placed_at
from orders.purchase p
join unnest(:shops::uuid[], :external_ids::text[]) as asked (shop, external_id)
  on p.shop = asked.shop and p.external_id = asked.external_id
where p.tenant = :tenant;

-- name: lock_purchases
select p.shop, p.external_id, p.id, p.digest, p.currency, p.placed_at
from orders.purchase p
join unnest(:shops::uuid[], :external_ids::text[]) as asked (shop, external_id)
  on p.shop = asked.shop and p.external_id = asked.external_id
where p.tenant = :tenant
order by p.shop, p.external_id
for update of p;

-- name: put_purchases
-- What has been paid stays the sum of the payments where there are some and this row does not bring its own.
insert into orders.purchase as p (
  tenant, shop, id, external_id, buyer, state, source_state, currency, total_minor, paid_minor, freight_minor,
  discount_minor, on_time_insurance, freight_insurance, free_shipping, address, placed_at, dispatched_at,
  signed_at, details, marks, lists, digest, listed_at, created_at, updated_at)
select :tenant, r.shop, r.id, r.external_id, r.buyer, r.state, r.source_state, r.currency, r.total_minor,
  r.paid_minor, r.freight_minor, r.discount_minor, r.on_time_insurance, r.freight_insurance, r.free_shipping,
  r.address, r.placed_at, r.dispatched_at, r.signed_at, r.details, r.marks, r.lists, decode(r.digest, 'hex'),
  coalesce(r.placed_at, :now), :now, :now
from jsonb_to_recordset(:rows::jsonb) as r (
  shop uuid, id uuid, external_id text, buyer uuid, state text, source_state text, currency text,
  total_minor bigint, paid_minor bigint, freight_minor bigint, discount_minor bigint,
  on_time_insurance boolean, freight_insurance boolean, free_shipping boolean, address jsonb,
  placed_at timestamptz, dispatched_at timestamptz, signed_at timestamptz, details jsonb, marks jsonb,
  lists text[],
  digest text)
on conflict (tenant, shop, external_id) do update set
  buyer = excluded.buyer, state = excluded.state, source_state = excluded.source_state,
  currency = excluded.currency, total_minor = excluded.total_minor,
  paid_minor = case
    when 'payments' = any (excluded.lists) then excluded.paid_minor
    else coalesce((
      select sum(y.amount_minor)::bigint from orders.payment y
      where y.tenant = :tenant and y.shop = excluded.shop and y.purchase = p.id and y.kind = 'payment'
    ), excluded.paid_minor) end,
  freight_minor = excluded.freight_minor, discount_minor = excluded.discount_minor,
  on_time_insurance = excluded.on_time_insurance, freight_insurance = excluded.freight_insurance,
  free_shipping = excluded.free_shipping, address = excluded.address, placed_at = excluded.placed_at,
  dispatched_at = excluded.dispatched_at, signed_at = excluded.signed_at, details = excluded.details,
  marks = case when 'marks' = any (excluded.lists) then excluded.marks else p.marks end,
  lists = excluded.lists, digest = excluded.digest,
  listed_at = coalesce(excluded.placed_at, p.listed_at), updated_at = excluded.updated_at
returning p.shop, p.external_id, p.id, (p.xmax = 0) as created;

-- name: void_digests
-- A row of its own changed a list that came inside the order: the next order row is to be written again.
update orders.purchase as p set digest = null, updated_at = :now
from unnest(:shops::uuid[], :purchases::uuid[]) as touched (shop, purchase)
where p.tenant = :tenant and p.shop = touched.shop and p.id = touched.purchase and :list = any (p.lists);

-- name: settle_purchases
update orders.purchase as p set paid_minor = paid.sum_minor, updated_at = :now
from (
  select y.shop, y.purchase, sum(y.amount_minor)::bigint as sum_minor
  from orders.payment y
  join unnest(:shops::uuid[], :purchases::uuid[]) as touched (shop, purchase)
    on y.shop = touched.shop and y.purchase = touched.purchase
  where y.tenant = :tenant and y.kind = 'payment'
  group by y.shop, y.purchase
) as paid
where p.tenant = :tenant and p.shop = paid.shop and p.id = paid.purchase and p.paid_minor <> paid.sum_minor;

-- name: known_items
select i.purchase, i.id, i.line, i.external_id
from orders.item i
join unnest(:shops::uuid[], :purchases::uuid[]) as asked (shop, purchase)
  on i.shop = asked.shop and i.purchase = asked.purchase
where i.tenant = :tenant
order by i.purchase, i.line;

-- name: put_items
-- Title and flags that the sender leaves out are those the product has now.
insert into orders.item as i (
  tenant, shop, purchase, id, line, external_id, product, variant, title, options, quantity,
  unit_price_minor, paid_minor, flags, confirmed_no_return)
select :tenant, r.shop, r.purchase, r.id, r.line, r.external_id, r.product, r.variant,
  coalesce(r.title, g.title), r.options, r.quantity, r.unit_price_minor, r.paid_minor,
  coalesce(r.flags, g.flags, '{}'), r.confirmed_no_return
from jsonb_to_recordset(:rows::jsonb) as r (
  shop uuid, purchase uuid, id uuid, line integer, external_id text, product uuid, variant uuid, title text,
  options jsonb, quantity integer, unit_price_minor bigint, paid_minor bigint, flags text[],
  confirmed_no_return boolean)
left join orders.product g on g.tenant = :tenant and g.shop = r.shop and g.id = r.product
on conflict (tenant, shop, purchase, line) do update set
  external_id = excluded.external_id, product = excluded.product, variant = excluded.variant,
  title = excluded.title, options = excluded.options, quantity = excluded.quantity,
  unit_price_minor = excluded.unit_price_minor, paid_minor = excluded.paid_minor, flags = excluded.flags,
  confirmed_no_return = excluded.confirmed_no_return
where (i.external_id, i.product, i.variant, i.title, i.options, i.quantity, i.unit_price_minor, i.paid_minor,
    i.flags, i.confirmed_no_return)
  is distinct from (excluded.external_id, excluded.product, excluded.variant, excluded.title,
    excluded.options, excluded.quantity, excluded.unit_price_minor, excluded.paid_minor, excluded.flags,
    excluded.confirmed_no_return)
returning i.purchase, i.line::text as key, (i.xmax = 0) as created;

-- name: drop_items
delete from orders.item as i
using unnest(:shops::uuid[], :purchases::uuid[]) as told (shop, purchase)
where i.tenant = :tenant and i.shop = told.shop and i.purchase = told.purchase
  and (i.purchase, i.line) not in (
    select * from unnest(:kept_purchases::uuid[], :kept_lines::integer[]) as kept (purchase, line));

-- name: put_payments
insert into orders.payment as y (
  tenant, shop, purchase, id, external_id, place, kind, method, amount_minor, currency, at)
select :tenant, r.shop, r.purchase, r.id, r.external_id, r.place, r.kind, r.method, r.amount_minor, r.currency,
  r.at
from jsonb_to_recordset(:rows::jsonb) as r (
  shop uuid, purchase uuid, id uuid, external_id text, place integer, kind text, method text,
  amount_minor bigint, currency text, at timestamptz)
on conflict (tenant, shop, purchase, external_id) do update set
  place = excluded.place, kind = excluded.kind, method = excluded.method,
  amount_minor = excluded.amount_minor, currency = excluded.currency, at = excluded.at
where (y.place, y.kind, y.method, y.amount_minor, y.currency, y.at)
  is distinct from (excluded.place, excluded.kind, excluded.method, excluded.amount_minor, excluded.currency,
    excluded.at)
returning y.purchase, y.external_id as key, (y.xmax = 0) as created;

-- name: drop_payments
delete from orders.payment as y
using unnest(:shops::uuid[], :purchases::uuid[]) as told (shop, purchase)
where y.tenant = :tenant and y.shop = told.shop and y.purchase = told.purchase
  and (y.purchase, y.external_id) not in (
    select * from unnest(:kept_purchases::uuid[], :kept_external_ids::text[]) as kept (purchase, external_id));

-- name: put_parcels
insert into orders.parcel as b (
  tenant, shop, purchase, id, external_id, place, carrier, tracking_number, items, dispatched_at, signed_at,
  events)
select :tenant, r.shop, r.purchase, r.id, r.external_id, r.place, r.carrier, r.tracking_number, r.items,
  r.dispatched_at, r.signed_at, r.events
from jsonb_to_recordset(:rows::jsonb) as r (
  shop uuid, purchase uuid, id uuid, external_id text, place integer, carrier text, tracking_number text,
  items uuid[], dispatched_at timestamptz, signed_at timestamptz, events jsonb)
on conflict (tenant, shop, purchase, external_id) do update set
  place = excluded.place, carrier = excluded.carrier, tracking_number = excluded.tracking_number,
  items = excluded.items, dispatched_at = excluded.dispatched_at, signed_at = excluded.signed_at,
  events = excluded.events
where (b.place, b.carrier, b.tracking_number, b.items, b.dispatched_at, b.signed_at, b.events)
  is distinct from (excluded.place, excluded.carrier, excluded.tracking_number, excluded.items,
    excluded.dispatched_at, excluded.signed_at, excluded.events)
returning b.purchase, b.external_id as key, (b.xmax = 0) as created;

-- name: drop_parcels
delete from orders.parcel as b
using unnest(:shops::uuid[], :purchases::uuid[]) as told (shop, purchase)
where b.tenant = :tenant and b.shop = told.shop and b.purchase = told.purchase
  and (b.purchase, b.external_id) not in (
    select * from unnest(:kept_purchases::uuid[], :kept_external_ids::text[]) as kept (purchase, external_id));
