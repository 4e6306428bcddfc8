-- name: texts_of
-- The words of some entries, for the search table: what a file or a card is called where nothing is said.
select w.shop, w.conversation, w.version, e.at,
       coalesce(nullif(e.text, ''), e.body -> 'card' ->> 'title', e.body -> 'file' ->> 'name') as text
from unnest(:shops::uuid[], :conversations::uuid[], :versions::bigint[]) as w (shop, conversation, version)
join conversations.entry as e
    on e.tenant = :tenant and e.shop = w.shop and e.conversation = w.conversation and e.version = w.version
where coalesce(nullif(e.text, ''), e.body -> 'card' ->> 'title', e.body -> 'file' ->> 'name') <> '';

-- name: insert_grams
insert into conversations.search (tenant, shop, conversation, version, at, grams)
select :tenant, w.shop, w.conversation, w.version, w.at, string_to_array(w.grams, e'\x1f')
from unnest(:shops::uuid[], :conversations::uuid[], :versions::bigint[], :ats::timestamptz[], :grams::text[])
    as w (shop, conversation, version, at, grams)
on conflict do nothing;

-- name: found
-- Newest first after a line: among the latest lines of the shop, in one conversation, or in all the shop ever said.
-- What was recalled is told as such, so that as many come back as there are up to the limit.
select f.conversation as conversation_id, f.version, f.at, e.role,
       coalesce(nullif(e.text, ''), e.body -> 'card' ->> 'title', e.body -> 'file' ->> 'name', '') as text,
       c.buyer as buyer_id,
       coalesce(p.display_name, '') as buyer_name, c.assignee, c.queue, c.state,
       exists (
           select from conversations.entry as r
           where r.tenant = :tenant and r.conversation = f.conversation and r.recalls = f.version
       ) as recalled
from (
    select * from conversations.found_lately(
        :shop, :grams::text[], :before::timestamptz, :after::uuid, :version::bigint, :lately::integer, :limit
    )
    where :lately::integer is not null
    union all
    select * from conversations.found_in_conversation(
        :shop, :grams::text[], :before::timestamptz, :after::uuid, :version::bigint, :conversation::uuid, :limit
    )
    where :lately::integer is null and :conversation::uuid is not null
    union all
    select * from conversations.found_in_slices(
        :shop, :grams::text[], :before::timestamptz, :after::uuid, :version::bigint, :limit
    )
    where :lately::integer is null and :conversation::uuid is null
) as f
join conversations.entry as e
    on e.tenant = :tenant and e.shop = :shop and e.conversation = f.conversation and e.version = f.version
join conversations.conversation as c on c.tenant = :tenant and c.shop = :shop and c.id = f.conversation
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
order by f.at desc, f.conversation, f.version;

-- name: name_of_buyer
select p.display_name from identity.person as p where p.tenant = :tenant and p.id = :buyer;

-- name: put_name
-- Line 0 of a conversation holds the pieces of its buyer's name.
insert into conversations.search (tenant, shop, conversation, version, at, grams)
values (:tenant, :shop, :conversation, 0, :at, :grams::text[])
on conflict (tenant, shop, conversation, version) do update set at = excluded.at, grams = excluded.grams;

-- name: named
-- Conversations with buyers whose names have all pieces, the latest first.
select c.id as conversation_id, c.buyer as buyer_id, p.display_name as buyer_name, '' as order_number, c.state,
       c.last_at
from conversations.named(:shop, :grams::text[], :limit) as f
join conversations.conversation as c
    on c.tenant = :tenant and c.shop = :shop and c.id = f.conversation and c.state <> 'merged'
join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
order by c.last_at desc nulls last, c.id;

-- name: numbered
-- Conversations with buyers of orders whose number begins so, with or without a leading #, and of this parcel.
with found as (
    (select o.buyer, o.external_id from orders.purchase as o
     where o.tenant = :tenant and o.shop = :shop and o.external_id >= :low and o.external_id < :high
     order by o.external_id limit :limit)
    union
    (select o.buyer, o.external_id from orders.purchase as o
     where o.tenant = :tenant and o.shop = :shop and o.external_id >= '#' || :low and o.external_id < '#' || :high
     order by o.external_id limit :limit)
    union
    (select o.buyer, o.external_id from orders.parcel as r
     join orders.purchase as o on o.tenant = r.tenant and o.shop = r.shop and o.id = r.purchase
     where r.tenant = :tenant and r.shop = :shop and r.tracking_number = :low
     limit :limit)
)
select distinct on (c.id) c.id as conversation_id, c.buyer as buyer_id, coalesce(p.display_name, '') as buyer_name,
       found.external_id as order_number, c.state, c.last_at
from found
join conversations.conversation as c
    on c.tenant = :tenant and c.shop = :shop and c.buyer = found.buyer and c.state <> 'merged'
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
order by c.id, found.external_id;
