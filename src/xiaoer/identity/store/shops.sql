-- name: find_marketplace
select tenant, slug, name, time_zone, currency, language, secret_number, secret_turned_at, created_at
from identity.marketplace
where tenant = :tenant;

-- name: marketplace_by_slug
-- System: who calls has not said yet where he belongs.
select tenant, slug, name, time_zone, currency, language, secret_number, secret_turned_at, created_at
from identity.marketplace
where slug = :slug;

-- name: marketplaces
-- System: an installation with one marketplace need not be told which.
select tenant, slug, name, time_zone, currency, language, secret_number, secret_turned_at, created_at
from identity.marketplace
order by created_at
limit :limit;

-- name: insert_marketplace
insert into identity.marketplace (tenant, slug, name, time_zone, currency, language, created_at)
values (:tenant, :slug, :name, :time_zone, :currency, :language, :now);

-- name: change_marketplace
update identity.marketplace
set name = coalesce(:name::text, name),
    time_zone = coalesce(:time_zone::text, time_zone),
    language = coalesce(:language::text, language)
where tenant = :tenant;

-- name: turn_key
update identity.marketplace
set secret_number = secret_number + 1, secret_turned_at = :now
where tenant = :tenant;

-- name: shops_page
select id, external_id, name, state, language, time_zone, allowed_origins, created_at
from identity.shop
where tenant = :tenant
  and (:after::uuid is null or id > :after)
  and (:state::text is null or state = :state)
  and (:q::text is null or external_id = :q or position(lower(:q) in lower(name)) > 0)
  and id <> all(:without::uuid[])
order by id
limit :limit;

-- name: shops_by_ids
select id, external_id, name, state, language, time_zone, allowed_origins, created_at
from identity.shop
where tenant = :tenant and id = any(:ids::uuid[])
order by id;

-- name: shop_by_external_id
select id, external_id, name, state, language, time_zone, allowed_origins, created_at
from identity.shop
where tenant = :tenant and external_id = :external_id;

-- name: insert_shop
insert into identity.shop (tenant, id, external_id, name, language, time_zone, allowed_origins, created_at)
values (:tenant, :id, :external_id, :name, :language, :time_zone, :allowed_origins, :now);

-- name: change_shop
update identity.shop
set name = coalesce(:name::text, name),
    state = coalesce(:state::text, state),
    language = coalesce(:language::text, language),
    time_zone = coalesce(:time_zone::text, time_zone),
    allowed_origins = coalesce(:allowed_origins::text[], allowed_origins)
where tenant = :tenant and id = :id;

-- name: tenant_of_shop
-- System: a visitor names the shop only.
select tenant from identity.shop where id = :shop and state = 'active';

-- name: frame_origins
-- System: the widget's frame names the shop only.
select unnest(allowed_origins) from identity.shop where id = :shop;

-- name: origin_known
-- System: a browser asks for a page of another website before it says for whom.
select exists (select from identity.shop where allowed_origins @> array[:origin::text]);
