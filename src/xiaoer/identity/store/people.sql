-- name: people_by_ids
select p.id, p.kind, p.external_id, p.display_name, p.email, p.phone, p.language, p.merged_into,
       p.disabled_at, p.created_at,
       coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'shop_id', m.shop) order by m.shop nulls first)
                 from identity.membership m
                 where m.tenant = p.tenant and m.person = p.id), '[]'::jsonb) as memberships
from identity.person p
where p.tenant = :tenant and p.id = any(:ids::uuid[])
order by p.id;

-- name: lock_person
select p.id, p.kind, p.external_id, p.display_name, p.email, p.phone, p.language, p.merged_into,
       p.disabled_at, p.created_at,
       coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'shop_id', m.shop) order by m.shop nulls first)
                 from identity.membership m
                 where m.tenant = p.tenant and m.person = p.id), '[]'::jsonb) as memberships
from identity.person p
where p.tenant = :tenant and p.id = :person
for update of p;

-- name: ids_found
-- Anybody by what is exactly his: each way has an index of its own, also among a million buyers.
select id from identity.person where tenant = :tenant and email = :folded
union select id from identity.person where tenant = :tenant and phone = :phone
union select id from identity.person where tenant = :tenant and external_id = :q
union (select id from identity.person where tenant = :tenant and display_name = :q order by id limit 1000);

-- name: people_page
-- Staff are also found by a part of their name.
select p.id, p.kind, p.external_id, p.display_name, p.email, p.phone, p.language, p.merged_into,
       p.disabled_at, p.created_at,
       coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'shop_id', m.shop) order by m.shop nulls first)
                 from identity.membership m
                 where m.tenant = p.tenant and m.person = p.id), '[]'::jsonb) as memberships
from identity.person p
where p.tenant = :tenant
  and p.kind = :kind
  and (:after::uuid is null or p.id > :after)
  and (:found::uuid[] is null or p.id = any(:found)
       or (p.kind = 'staff' and position(lower(:q::text) in lower(p.display_name)) > 0))
  and (:role::text is null or exists (
       select from identity.membership r
       where r.tenant = p.tenant and r.person = p.id and r.role = :role))
  and (:shop::uuid is null or exists (
       select from identity.membership s
       where s.tenant = p.tenant and s.person = p.id and s.shop = :shop))
order by p.id
limit :limit;

-- name: insert_person
insert into identity.person (tenant, id, kind, external_id, display_name, email, phone, password_hash, language,
                             created_at)
values (:tenant, :id, :kind, :external_id, :display_name, :email, :phone, :password_hash, :language, :now);

-- name: change_person
update identity.person
set display_name = coalesce(:display_name::text, display_name),
    language = coalesce(:language::text, language)
where tenant = :tenant and id = :person;

-- name: disable_person
update identity.person
set disabled_at = case when :disabled::boolean then coalesce(disabled_at, :now) end
where tenant = :tenant and id = :person;

-- name: set_password
update identity.person set password_hash = :password_hash where tenant = :tenant and id = :person;

-- name: find_credentials
select id as person, kind, password_hash, disabled_at, merged_into
from identity.person
where tenant = :tenant and id = :person;

-- name: credentials_by_email
select id as person, kind, password_hash, disabled_at, merged_into
from identity.person
where tenant = :tenant and email = :login;

-- name: credentials_by_phone
select id as person, kind, password_hash, disabled_at, merged_into
from identity.person
where tenant = :tenant and phone = :login;

-- name: ensure_buyers
-- Buyers as the marketplace knows them: made when new, refreshed when something is said about them.
-- E-mail and phone are left alone when somebody else has them already.
with told as (
    select t.*, row_number() over (partition by t.email order by t.external_id) as email_place,
           row_number() over (partition by t.phone order by t.external_id) as phone_place
    from unnest(
        :ids::uuid[], :external_ids::text[], :display_names::text[], :emails::text[], :phones::text[],
        :addresses::jsonb[], :payment_methods::jsonb[]
    ) as t (id, external_id, display_name, email, phone, address, payment_methods)
), free as (
    select t.id, t.external_id, t.display_name, t.address, t.payment_methods,
           case when t.email_place = 1 and not exists (
               select from identity.person o
               where o.tenant = :tenant and o.email = t.email and o.external_id is distinct from t.external_id
           ) then t.email end as email,
           case when t.phone_place = 1 and not exists (
               select from identity.person o
               where o.tenant = :tenant and o.phone = t.phone and o.external_id is distinct from t.external_id
           ) then t.phone end as phone
    from told t
)
insert into identity.person as p (tenant, id, kind, external_id, display_name, email, phone, address,
                                  payment_methods, created_at)
select :tenant, f.id, 'buyer', f.external_id, coalesce(f.display_name, f.external_id), f.email, f.phone,
       f.address, f.payment_methods, :now
from free f
order by f.external_id
on conflict (tenant, external_id) do update set
    display_name = case when excluded.display_name = excluded.external_id then p.display_name
                        else excluded.display_name end,
    email = coalesce(excluded.email, p.email),
    phone = coalesce(excluded.phone, p.phone),
    address = coalesce(excluded.address, p.address),
    payment_methods = coalesce(excluded.payment_methods, p.payment_methods)
where (p.display_name, p.email, p.phone, p.address, p.payment_methods) is distinct from (
    case when excluded.display_name = excluded.external_id then p.display_name else excluded.display_name end,
    coalesce(excluded.email, p.email), coalesce(excluded.phone, p.phone),
    coalesce(excluded.address, p.address), coalesce(excluded.payment_methods, p.payment_methods))
returning p.external_id, (xmax = 0) as created;

-- name: ids_of_external
select external_id, id from identity.person
where tenant = :tenant and external_id = any(:external_ids::text[]);

-- name: merge_visitor
update identity.person
set merged_into = :buyer
where tenant = :tenant and id = :visitor and kind = 'visitor' and merged_into is null;

-- name: lock_members
-- Who leads a shop must not be taken away by two people at once.
select pg_advisory_xact_lock(hashtextextended(:tenant::uuid::text || coalesce(:shop::uuid::text, ''), 2));

-- name: count_role
select count(*) from identity.membership m
join identity.person p on p.tenant = m.tenant and p.id = m.person
where m.tenant = :tenant and m.shop is not distinct from :shop::uuid and m.role = :role
  and m.person <> :besides and p.disabled_at is null;

-- name: delete_memberships
delete from identity.membership
where tenant = :tenant and person = :person
  and (:everywhere::boolean or shop is not distinct from :shop::uuid);

-- name: put_membership
insert into identity.membership as m (tenant, person, role, shop, created_at)
values (:tenant, :person, :role, :shop, :now)
on conflict (tenant, person, shop) do update set role = excluded.role where m.role <> excluded.role;

-- name: team_page
select m.person as person_id, p.display_name, p.email, p.phone, m.role, p.disabled_at is not null as disabled,
       (select max(s.seen_at) from identity.session s where s.tenant = m.tenant and s.person = m.person) as seen_at
from identity.membership m
join identity.person p on p.tenant = m.tenant and p.id = m.person
where m.tenant = :tenant and m.shop = :shop
  and (:after::uuid is null or m.person > :after)
  and (:only::uuid is null or m.person = :only)
order by m.person
limit :limit;

-- name: find_profile
-- What a buyer has left with the marketplace: where he lives and how he pays.
select p.id, p.external_id, p.display_name, p.email, coalesce(p.address, '{}'::jsonb) as address,
       coalesce(p.payment_methods, '[]'::jsonb) as payment_methods
from identity.person p
where p.tenant = :tenant and p.id = :person and p.kind = 'buyer';

-- name: lock_profile
select p.id, p.external_id, p.display_name, p.email, coalesce(p.address, '{}'::jsonb) as address,
       coalesce(p.payment_methods, '[]'::jsonb) as payment_methods
from identity.person p
where p.tenant = :tenant and p.id = :person and p.kind = 'buyer'
for update of p;

-- name: change_profile
update identity.person
set address = coalesce(:address::jsonb, address),
    payment_methods = coalesce(:payment_methods::jsonb, payment_methods)
where tenant = :tenant and id = :person and kind = 'buyer';
