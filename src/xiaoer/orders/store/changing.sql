-- name: lock_purchase
-- An order kept from others, imports included, until the end of the transaction.
select p.id from orders.purchase p
where p.tenant = :tenant and p.id = :id
  and (:shop::uuid is null or p.shop = :shop)
  and (:buyer::uuid is null or p.buyer = :buyer)
for update of p;

-- name: change_purchase
-- Its digest goes, so that the sender's next word is written again.
update orders.purchase as p set
  state = :state, source_state = :source_state, total_minor = :total_minor, address = :address::jsonb,
  marks = :marks::jsonb, digest = null, updated_at = :now,
  paid_minor = coalesce((
    select sum(y.amount_minor)::bigint from orders.payment y
    where y.tenant = p.tenant and y.shop = p.shop and y.purchase = p.id and y.kind = 'payment'
  ), p.paid_minor)
where p.tenant = :tenant and p.shop = :shop and p.id = :id;

-- name: change_items
update orders.item as i set
  external_id = r.external_id, variant = r.variant, options = r.options,
  unit_price_minor = r.unit_price_minor, paid_minor = r.paid_minor
from jsonb_to_recordset(:rows::jsonb) as r (
  id uuid, external_id text, variant uuid, options jsonb, unit_price_minor bigint, paid_minor bigint)
where i.tenant = :tenant and i.shop = :shop and i.purchase = :purchase and i.id = r.id;

-- name: add_payments
insert into orders.payment (
  tenant, shop, purchase, id, external_id, place, kind, method, amount_minor, currency, at)
select :tenant, :shop, :purchase, r.id, r.id::text, r.place, r.kind, r.method, r.amount_minor, r.currency, :now
from jsonb_to_recordset(:rows::jsonb) as r (
  id uuid, place integer, kind text, method text, amount_minor bigint, currency text);

-- name: variants_of
-- What the shop offers among these, by our ids.
select v.id, v.product, v.external_id, v.options, v.price_minor, v.currency, v.available
from orders.variant v
where v.tenant = :tenant and v.shop = :shop and v.id = any (:ids::uuid[]);
