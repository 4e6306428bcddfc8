-- name: need
-- What decides who gets it: its language, who served the consultation before, who has just let it wait; not who was away
-- and has come back.
select
    c.language,
    (
        select k.assignee from conversations.consultation as k
        where k.tenant = c.tenant and k.shop = c.shop and k.conversation = c.id and k.number < c.consultation
            and k.assignee is not null and k.closed_at > :since::timestamptz
        order by k.number desc
        limit 1
    ) as last_agent,
    array(
        select d.person from conversations.desk_entry as d
        where d.tenant = c.tenant and d.shop = c.shop and d.conversation = c.id
            and d.kind in ('taken_back', 'released') and d.at > :asked_after::timestamptz and d.person is not null
            and d.body ->> 'why' is distinct from 'offline'
    ) as let_wait
from conversations.conversation as c
where c.tenant = :tenant and c.id = :conversation;

-- name: oldest_queued
-- The head of the line in some queues, leaving alone what somebody is just handing out.
select id from conversations.conversation
where tenant = :tenant and shop = :shop and state = 'queued' and (queue is null or queue = any(:queues::uuid[]))
order by queued_at, id
limit :limit
for no key update skip locked;

-- name: left_behind
-- What an agent serves while its buyer waits; everything when he is no agent of the shop any more.
select c.id from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.assignee = :person
    and (c.waiting_since is not null or not exists (
        select from routing.agent as a where a.tenant = :tenant and a.shop = :shop and a.person = :person
    ))
order by c.waiting_since, c.id;

-- name: served_by_absent
-- Of some conversations, those whose buyer waits for an agent who is offline.
select c.id
from conversations.conversation as c
left join routing.agent as a on a.tenant = c.tenant and a.shop = c.shop and a.person = c.assignee
where c.tenant = :tenant and c.id = any(:conversations::uuid[]) and c.state = 'assigned'
    and c.waiting_since is not null and coalesce(a.state, 'offline') = 'offline'
order by c.id;

-- name: count_breaches
update conversations.consultation as k set breached = k.breached + 1
from unnest(:shops::uuid[], :conversations::uuid[], :numbers::integer[]) as w (shop, conversation, number)
where k.tenant = :tenant and k.shop = w.shop and k.conversation = w.conversation and k.number = w.number;

-- name: insert_share
insert into conversations.share (tenant, shop, conversation, person, shared_by, at)
values (:tenant, :shop, :conversation, :person, :shared_by, :at)
on conflict do nothing;
