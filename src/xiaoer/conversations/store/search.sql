-- name: texts_of
-- The words of some entries, for the search table.
select w.shop, w.conversation, w.version, e.at, e.text
from unnest(:shops::uuid[], :conversations::uuid[], :versions::bigint[]) as w (shop, conversation, version)
join conversations.entry as e
    on e.tenant = :tenant and e.shop = w.shop and e.conversation = w.conversation and e.version = w.version
where e.text <> '';

-- name: insert_grams
insert into conversations.search (tenant, shop, conversation, version, at, grams)
select :tenant, w.shop, w.conversation, w.version, w.at, string_to_array(w.grams, e'\x1f')
from unnest(:shops::uuid[], :conversations::uuid[], :versions::bigint[], :ats::timestamptz[], :grams::text[])
    as w (shop, conversation, version, at, grams)
on conflict do nothing;

-- name: found
-- Newest first; recalled entries are not found.
select f.conversation as conversation_id, f.version, f.at, e.role, e.text, c.buyer as buyer_id,
       coalesce(p.display_name, '') as buyer_name, c.assignee, c.queue, c.state
from conversations.found(:shop, :grams::text[], :before::timestamptz, :conversation::uuid, :limit) as f
join conversations.entry as e
    on e.tenant = :tenant and e.shop = :shop and e.conversation = f.conversation and e.version = f.version
join conversations.conversation as c on c.tenant = :tenant and c.shop = :shop and c.id = f.conversation
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
where not exists (
    select from conversations.entry as r
    where r.tenant = :tenant and r.conversation = f.conversation and r.recalls = f.version
)
order by f.at desc, f.conversation, f.version;
