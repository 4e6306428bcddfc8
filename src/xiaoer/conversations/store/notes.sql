-- name: insert_mentions
insert into conversations.mention (tenant, person, id, shop, conversation, desk_version, mentioned_by, at)
select :tenant, m.person, m.id, :shop, :conversation, :desk_version, :mentioned_by, :at
from unnest(:people::uuid[], :ids::uuid[]) as m (person, id);

-- name: share_with
insert into conversations.share (tenant, shop, conversation, person, shared_by, at)
select :tenant, :shop, :conversation, person, :shared_by, :at from unnest(:people::uuid[]) as person
on conflict do nothing;

-- name: mentions
-- Newest first; a page goes on after the id of its last line.
select m.id, m.shop as shop_id, m.conversation as conversation_id, m.desk_version, d.text,
       coalesce(p.display_name, '') as mentioned_by, m.at, m.read_at
from conversations.mention as m
join conversations.desk_entry as d
    on d.tenant = m.tenant and d.shop = m.shop and d.conversation = m.conversation and d.version = m.desk_version
left join identity.person as p on p.tenant = m.tenant and p.id = m.mentioned_by
where m.tenant = :tenant and m.person = :person and m.shop = :shop
    and (:before::uuid is null or m.id < :before::uuid)
    and (not :unread::boolean or m.read_at is null)
order by m.id desc
limit :limit;

-- name: read_mentions
update conversations.mention set read_at = :now
where tenant = :tenant and person = :person and conversation = :conversation and read_at is null;

-- name: tags
select name from conversations.tag where tenant = :tenant and conversation = :conversation order by name;

-- name: delete_tags
delete from conversations.tag
where tenant = :tenant and conversation = :conversation and name <> all(:names::text[]);

-- name: insert_tags
insert into conversations.tag (tenant, shop, conversation, name, person, at)
select :tenant, :shop, :conversation, name, :person, :at from unnest(:names::text[]) as name
on conflict do nothing;

-- name: tags_of_shop
-- Every tag in use with how many conversations carry it.
select name, count(*)::integer as used
from conversations.tag
where tenant = :tenant and shop = :shop
group by name
order by count(*) desc, name
limit 500;

-- name: draft
select text, at from conversations.draft
where tenant = :tenant and conversation = :conversation and person = :person;

-- name: save_draft
insert into conversations.draft (tenant, shop, conversation, person, text, at)
values (:tenant, :shop, :conversation, :person, :text, :at)
on conflict (tenant, conversation, person) do update set text = excluded.text, at = excluded.at
where draft.at <= excluded.at;

-- name: delete_draft
delete from conversations.draft
where tenant = :tenant and conversation = :conversation and person = :person;
