-- name: page_of_shop
-- Newest first; the page goes on behind (listed_at, id).
select p.id from orders.purchase p
where p.tenant = :tenant and p.shop = :shop
  and (p.listed_at, p.id) < (:before_at::timestamptz, :before_id::uuid)
order by p.listed_at desc, p.id desc
limit :limit;

-- name: page_of_buyer
select p.id from orders.purchase p
where p.tenant = :tenant and p.buyer = :buyer
  and (:shop::uuid is null or p.shop = :shop)
  and (p.listed_at, p.id) < (:before_at::timestamptz, :before_id::uuid)
order by p.listed_at desc, p.id desc
limit :limit;

-- name: page_of_number
-- Orders whose number begins so, with or without a leading #, and those with a parcel of this number.
with found as (
  (select p.id from orders.purchase p
   where p.tenant = :tenant and p.shop = :shop and p.external_id >= :low and p.external_id < :high
   order by p.external_id limit 500)
  union
  (select p.id from orders.purchase p
   where p.tenant = :tenant and p.shop = :shop and p.external_id >= '#' || :low and p.external_id < '#' || :high
   order by p.external_id limit 500)
  union
  select b.purchase from orders.parcel b
  where b.tenant = :tenant and b.shop = :shop and b.tracking_number = :low
)
select p.id from orders.purchase p
join found on found.id = p.id
where p.tenant = :tenant and p.shop = :shop
  and (:buyer::uuid is null or p.buyer = :buyer)
  and (p.listed_at, p.id) < (:before_at::timestamptz, :before_id::uuid)
order by p.listed_at desc, p.id desc
limit :limit;

-- name: place_of
-- Where a page goes on: behind this order.
select p.listed_at from orders.purchase p where p.tenant = :tenant and p.id = :id;

-- name: find_lines
-- Orders as lists show them, with their items, in one statement.
select p.id, p.shop as shop_id, s.name as shop_name, p.external_id, p.buyer as buyer_id,
  coalesce(w.display_name, '') as buyer_name, p.state, p.source_state, p.currency, p.total_minor, p.paid_minor,
  coalesce((
    select sum(y.amount_minor)::bigint from orders.payment y
    where y.tenant = p.tenant and y.shop = p.shop and y.purchase = p.id and y.kind = 'refund'
  ), 0) as refunded_minor,
  p.placed_at, p.listed_at,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', i.id, 'line', i.line, 'external_id', i.external_id, 'product_id', i.product,
      'variant_id', i.variant, 'title', i.title, 'image_url', g.image_url, 'options', i.options,
      'quantity', i.quantity, 'unit_price_minor', i.unit_price_minor, 'paid_minor', i.paid_minor,
      'flags', i.flags, 'confirmed_no_return', i.confirmed_no_return) order by i.line)
    from orders.item i
    left join orders.product g on g.tenant = i.tenant and g.shop = i.shop and g.id = i.product
    where i.tenant = p.tenant and i.shop = p.shop and i.purchase = p.id
  ), '[]') as items
from orders.purchase p
left join identity.shop s on s.tenant = p.tenant and s.id = p.shop
left join identity.person w on w.tenant = p.tenant and w.id = p.buyer
where p.tenant = :tenant and p.id = any (:ids::uuid[])
order by p.listed_at desc, p.id desc;

-- name: find_purchase
-- One order with everything that belongs to it, in one statement.
select p.id, p.shop as shop_id, s.name as shop_name, p.external_id, p.buyer as buyer_id,
  coalesce(w.display_name, '') as buyer_name, p.state, p.source_state, p.currency, p.total_minor, p.paid_minor,
  m.refunded_minor,
  p.freight_minor, p.discount_minor, p.on_time_insurance, p.freight_insurance, p.free_shipping, p.address,
  p.marks, p.placed_at, p.dispatched_at, p.signed_at, p.listed_at,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', i.id, 'line', i.line, 'external_id', i.external_id, 'product_id', i.product,
      'variant_id', i.variant, 'title', i.title, 'image_url', g.image_url, 'options', i.options,
      'quantity', i.quantity, 'unit_price_minor', i.unit_price_minor, 'paid_minor', i.paid_minor,
      'flags', i.flags, 'confirmed_no_return', i.confirmed_no_return) order by i.line)
    from orders.item i
    left join orders.product g on g.tenant = i.tenant and g.shop = i.shop and g.id = i.product
    where i.tenant = p.tenant and i.shop = p.shop and i.purchase = p.id
  ), '[]') as items,
  m.payments,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', b.id, 'external_id', b.external_id, 'carrier', b.carrier, 'tracking_number', b.tracking_number,
      'items', b.items, 'dispatched_at', b.dispatched_at, 'signed_at', b.signed_at, 'events', b.events)
      order by b.place, b.id)
    from orders.parcel b
    where b.tenant = p.tenant and b.shop = p.shop and b.purchase = p.id
  ), '[]') as parcels
from orders.purchase p
left join identity.shop s on s.tenant = p.tenant and s.id = p.shop
left join identity.person w on w.tenant = p.tenant and w.id = p.buyer
cross join lateral (
  select coalesce(sum(y.amount_minor) filter (where y.kind = 'refund'), 0)::bigint as refunded_minor,
    coalesce(jsonb_agg(jsonb_build_object(
      'id', y.id, 'kind', y.kind, 'method', y.method, 'amount_minor', y.amount_minor, 'currency', y.currency,
      'at', y.at) order by y.at nulls first, y.place, y.id), '[]') as payments
  from orders.payment y
  where y.tenant = p.tenant and y.shop = p.shop and y.purchase = p.id
) m
where p.tenant = :tenant and p.id = :id
  and (:shop::uuid is null or p.shop = :shop)
  and (:buyer::uuid is null or p.buyer = :buyer);

-- name: products_page
select g.id, g.shop as shop_id, g.external_id, g.title, g.image_url, g.flags, g.price_minor, g.currency,
  g.available,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', v.id, 'external_id', v.external_id, 'options', v.options, 'price_minor', v.price_minor,
      'currency', v.currency, 'available', v.available) order by v.available desc, v.place, v.id)
    from orders.variant v
    where v.tenant = g.tenant and v.shop = g.shop and v.product = g.id
  ), '[]') as variants
from orders.product g
where g.tenant = :tenant and g.shop = :shop
  and (not :on_sale::boolean or g.available)
  and (:after::uuid is null or g.id > :after)
  and (:q::text is null or position(lower(:q) in lower(g.title)) > 0 or g.external_id = :q)
order by g.id
limit :limit;

-- name: find_product
select g.id, g.shop as shop_id, g.external_id, g.title, g.image_url, g.flags, g.price_minor, g.currency,
  g.available,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', v.id, 'external_id', v.external_id, 'options', v.options, 'price_minor', v.price_minor,
      'currency', v.currency, 'available', v.available) order by v.available desc, v.place, v.id)
    from orders.variant v
    where v.tenant = g.tenant and v.shop = g.shop and v.product = g.id
  ), '[]') as variants
from orders.product g
where g.tenant = :tenant and g.shop = :shop and g.id = :id;

-- name: awaits_insured
-- Whether a buyer still waits for an order of this shop that is insured to arrive on time (D10).
select exists (
  select from orders.purchase p
  where p.tenant = :tenant and p.shop = :shop and p.buyer = :buyer
    and p.on_time_insurance and p.signed_at is null and p.state in ('paid', 'dispatched'));

-- name: ids_of
-- Our ids of products and orders of a shop, by the sender's.
select p.external_id, p.id from orders.purchase p
where p.tenant = :tenant and p.shop = :shop and p.external_id = any (:external_ids::text[])
union all
select g.external_id, g.id from orders.product g
where g.tenant = :tenant and g.shop = :shop and g.external_id = any (:external_ids::text[]);
