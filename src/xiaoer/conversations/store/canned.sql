-- name: canned
select id, shortcut, title, text, language, topic, used, changed_at
from conversations.canned
where tenant = :tenant and shop = :shop and archived_at is null
order by topic, title, id
limit 2000;

-- name: find_canned
select id, shortcut, title, text, language, topic, used, changed_at
from conversations.canned
where tenant = :tenant and shop = :shop and id = :id and archived_at is null;

-- name: insert_canned
insert into conversations.canned (tenant, shop, id, shortcut, title, text, language, topic, created_by, created_at, changed_at)
values (:tenant, :shop, :id, :shortcut, :title, :text, :language, :topic, :person, :now, :now);

-- name: update_canned
update conversations.canned
set shortcut = :shortcut, title = :title, text = :text, language = :language, topic = :topic, changed_at = :now
where tenant = :tenant and shop = :shop and id = :id and archived_at is null;

-- name: archive_canned
update conversations.canned set archived_at = :now
where tenant = :tenant and shop = :shop and id = :id and archived_at is null;

-- name: count_use
update conversations.canned set used = used + 1 where tenant = :tenant and shop = :shop and id = :id;

-- name: shortcut_taken
select exists (
    select from conversations.canned
    where tenant = :tenant and shop = :shop and shortcut = :shortcut and archived_at is null and id <> :id
);

-- name: values_for
-- What a prepared answer may tell of the buyer and his newest order (or the one named).
select
    coalesce(p.display_name, '') as buyer, coalesce(h.name, '') as shop, o.external_id as order_number, o.state,
    o.total_minor, o.currency,
    (select i.title from orders.item as i
     where i.tenant = o.tenant and i.shop = o.shop and i.purchase = o.id order by i.line limit 1) as product,
    (select r.carrier from orders.parcel as r
     where r.tenant = o.tenant and r.shop = o.shop and r.purchase = o.id order by r.dispatched_at desc nulls last limit 1) as carrier,
    (select r.tracking_number from orders.parcel as r
     where r.tenant = o.tenant and r.shop = o.shop and r.purchase = o.id order by r.dispatched_at desc nulls last limit 1) as tracking
from conversations.conversation as c
join identity.shop as h on h.tenant = c.tenant and h.id = c.shop
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
left join lateral (
    select o.tenant, o.shop, o.id, o.external_id, o.state, o.total_minor, o.currency
    from orders.purchase as o
    where o.tenant = c.tenant and o.shop = c.shop and o.buyer = c.buyer
        and (:purchase::uuid is null or o.id = :purchase::uuid)
    order by o.placed_at desc nulls last, o.id desc
    limit 1
) as o on true
where c.tenant = :tenant and c.id = :conversation;
