-- name: shops_by_keys
-- A shop may be called by the marketplace's id or by ours.
select asked.key, s.id
from unnest(:keys::text[]) as asked (key)
join identity.shop s on s.external_id = asked.key
where s.tenant = :tenant
union all
select asked.id::text as key, s.id
from unnest(:ids::uuid[]) as asked (id)
join identity.shop s on s.id = asked.id
where s.tenant = :tenant;

-- name: add_shops
insert into identity.shop (
  tenant, id, external_id, name, state, language, time_zone, allowed_origins, created_at)
select :tenant, r.id, r.external_id, coalesce(r.name, r.external_id), coalesce(r.state, 'active'),
  coalesce(r.language, m.language), coalesce(r.time_zone, m.time_zone), coalesce(r.allowed_origins, '{}'), :now
from jsonb_to_recordset(:rows::jsonb) as r (
  id uuid, external_id text, name text, state text, language text, time_zone text, allowed_origins text[])
join identity.marketplace m on m.tenant = :tenant
order by r.external_id
on conflict (tenant, external_id) do nothing
returning id, external_id;

-- name: update_shops
update identity.shop as s
set name = coalesce(r.name, s.name), state = coalesce(r.state, s.state),
  language = coalesce(r.language, s.language), time_zone = coalesce(r.time_zone, s.time_zone),
  allowed_origins = coalesce(r.allowed_origins, s.allowed_origins)
from jsonb_to_recordset(:rows::jsonb) as r (
  external_id text, name text, state text, language text, time_zone text, allowed_origins text[])
where s.tenant = :tenant and s.external_id = r.external_id
  and (s.name, s.state, s.language, s.time_zone, s.allowed_origins) is distinct from (
    coalesce(r.name, s.name), coalesce(r.state, s.state), coalesce(r.language, s.language),
    coalesce(r.time_zone, s.time_zone), coalesce(r.allowed_origins, s.allowed_origins))
returning s.id, s.external_id;

-- name: known_people
-- Who is called so already, and who has one of these e-mail addresses or phone numbers. Joined and not compared
-- with `any`: a plan made while the table was empty would compare every person with every id.
select p.id, p.kind, p.external_id, p.email, p.phone, p.merged_into
from unnest(:external_ids::text[]) as asked (external_id)
join identity.person p on p.external_id = asked.external_id
where p.tenant = :tenant
union
select p.id, p.kind, p.external_id, p.email, p.phone, p.merged_into
from unnest(:emails::text[]) as asked (email)
join identity.person p on p.email = asked.email
where p.tenant = :tenant
union
select p.id, p.kind, p.external_id, p.email, p.phone, p.merged_into
from unnest(:phones::text[]) as asked (phone)
join identity.person p on p.phone = asked.phone
where p.tenant = :tenant;

-- name: add_buyers
insert into identity.person (
  tenant, id, kind, external_id, display_name, email, phone, language, address, payment_methods, created_at)
select :tenant, r.id, 'buyer', r.external_id, coalesce(r.display_name, r.external_id), r.email, r.phone,
  coalesce(r.language, ''), r.address, r.payment_methods, :now
from jsonb_to_recordset(:rows::jsonb) as r (
  id uuid, external_id text, display_name text, email text, phone text, language text, address jsonb,
  payment_methods jsonb)
order by r.external_id
on conflict (tenant, external_id) do nothing
returning id, external_id;

-- name: changed_buyers
-- The buyers of whom something new is told.
select p.id, p.external_id
from identity.person p
join jsonb_to_recordset(:rows::jsonb) as r (
  external_id text, display_name text, email text, phone text, language text, address jsonb,
  payment_methods jsonb) on p.external_id = r.external_id
where p.tenant = :tenant and p.kind = 'buyer'
  and (p.display_name, p.email, p.phone, p.language, p.address, p.payment_methods) is distinct from (
    coalesce(r.display_name, p.display_name), coalesce(r.email, p.email), coalesce(r.phone, p.phone),
    coalesce(r.language, p.language), coalesce(r.address, p.address),
    coalesce(r.payment_methods, p.payment_methods))
order by p.external_id
for update of p;

-- name: update_buyers
update identity.person as p
set display_name = coalesce(r.display_name, p.display_name), email = coalesce(r.email, p.email),
  phone = coalesce(r.phone, p.phone), language = coalesce(r.language, p.language),
  address = coalesce(r.address, p.address), payment_methods = coalesce(r.payment_methods, p.payment_methods)
from jsonb_to_recordset(:rows::jsonb) as r (
  external_id text, display_name text, email text, phone text, language text, address jsonb,
  payment_methods jsonb)
where p.tenant = :tenant and p.external_id = r.external_id and p.kind = 'buyer';
