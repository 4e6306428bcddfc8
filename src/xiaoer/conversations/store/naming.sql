-- name: begin
insert into conversations.name_walk (tenant) values (:tenant) on conflict do nothing;

-- name: walk
-- Where to go on; nothing when it is over, or when another process is at it.
select w.tenant, w.reached from conversations.name_walk as w
where w.tenant = :tenant and w.done_at is null
for update skip locked;

-- name: next_stretch
-- The next conversations by id, and which of them lack line 0.
select c.shop, c.id as conversation, coalesce(c.last_at, c.opened_at, to_timestamp(0)) as at,
       coalesce(p.display_name, '') as name, s.conversation is not null as kept
from conversations.conversation as c
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
left join conversations.search as s
    on s.tenant = c.tenant and s.shop = c.shop and s.conversation = c.id and s.version = 0
where c.tenant = :tenant and (:reached::uuid is null or c.id > :reached)
order by c.id
limit :limit;

-- name: reach
update conversations.name_walk set reached = :reached, done_at = :done_at where tenant = :tenant;
