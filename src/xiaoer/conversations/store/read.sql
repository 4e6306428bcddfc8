-- name: language_of
select language from conversations.conversation where tenant = :tenant and id = :conversation;

-- name: entries_after
-- A stretch of the timeline in order, with names and with what was recalled.
select
    e.conversation, e.version, e.id, e.client_id, e.role, e.person, coalesce(p.display_name, '') as name, e.kind,
    coalesce(e.text, '') as text, coalesce(e.body, '{}') as body, e.at, e.consultation,
    r.version is not null as recalled, e.guard
from conversations.entry as e
left join identity.person as p on p.tenant = :tenant and p.id = e.person
left join conversations.entry as r
    on r.tenant = :tenant and r.conversation = e.conversation and r.recalls = e.version
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.version > :after
order by e.version
limit :limit;

-- name: entries_before
-- The stretch of the timeline before a version, the newest first.
select
    e.conversation, e.version, e.id, e.client_id, e.role, e.person, coalesce(p.display_name, '') as name, e.kind,
    coalesce(e.text, '') as text, coalesce(e.body, '{}') as body, e.at, e.consultation,
    r.version is not null as recalled, e.guard
from conversations.entry as e
left join identity.person as p on p.tenant = :tenant and p.id = e.person
left join conversations.entry as r
    on r.tenant = :tenant and r.conversation = e.conversation and r.recalls = e.version
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.version < :before
order by e.version desc
limit :limit;

-- name: desk_entries_after
select
    d.conversation, d.version, d.id, d.kind, d.person, coalesce(p.display_name, '') as name, d.text,
    d.mentions, d.after_version, d.body, d.at
from conversations.desk_entry as d
left join identity.person as p on p.tenant = :tenant and p.id = d.person
where d.tenant = :tenant and d.shop = :shop and d.conversation = :conversation and d.version > :after
order by d.version
limit :limit;

-- name: describe
-- What a list shows besides how the conversations stand.
select
    c.id, b.display_name as buyer_name, c.visitor, c.language, a.display_name as assignee_name,
    q.name as queue_name,
    coalesce(
        (select array_agg(t.name order by t.name) from conversations.tag as t
        where t.tenant = :tenant and t.conversation = c.id), '{}') as tags,
    c.closed_at, c.buyer_delivered, c.shop_delivered
from unnest(:conversations::uuid[]) as w (id)
join conversations.conversation as c on c.tenant = :tenant and c.id = w.id
left join identity.person as b on b.tenant = :tenant and b.id = c.buyer
left join identity.person as a on a.tenant = :tenant and a.id = c.assignee
left join routing.queue as q on q.tenant = :tenant and q.shop = c.shop and q.id = c.queue;

-- name: list_served
-- What somebody (or, for a manager, anybody) serves or has put aside, the oldest consultation first.
select c.id, c.opened_at as at
from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.state = :state
    and c.assignee is not null and (:assignee::uuid is null or c.assignee = :assignee)
    and (:tag::text is null or exists (
        select from conversations.tag as t
        where t.tenant = :tenant and t.conversation = c.id and t.name = :tag))
    and (:after_at::timestamptz is null or (c.opened_at, c.id) > (:after_at, :after_id::uuid))
order by c.opened_at, c.id
limit :limit;

-- name: list_queued
-- What waits in the queues, first come first served; for an agent in those he is a member of.
select c.id, c.queued_at as at
from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.state = 'queued'
    and (:queue::uuid is null or c.queue = :queue)
    and (:tag::text is null or exists (
        select from conversations.tag as t
        where t.tenant = :tenant and t.conversation = c.id and t.name = :tag))
    and (:member::uuid is null or c.queue is null
        or exists (
            select from routing.queue_member as m
            where m.tenant = :tenant and m.shop = :shop and m.queue = c.queue and m.person = :member)
        or not exists (
            select from routing.queue_member as m
            where m.tenant = :tenant and m.shop = :shop and m.queue = c.queue))
    and (:after_at::timestamptz is null or (c.queued_at, c.id) > (:after_at, :after_id::uuid))
order by c.queued_at, c.id
limit :limit;

-- name: list_all
-- Everything of the shop, the latest consultation first; for an agent what he may read.
select c.id, c.opened_at as at
from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.state <> 'merged' and c.opened_at is not null
    and (:assignee::uuid is null or c.assignee = :assignee)
    and (:queue::uuid is null or c.queue = :queue)
    and (:tag::text is null or exists (
        select from conversations.tag as t
        where t.tenant = :tenant and t.conversation = c.id and t.name = :tag))
    and (:member::uuid is null
        or c.assignee = :member
        or exists (
            select from conversations.share as s
            where s.tenant = :tenant and s.conversation = c.id and s.person = :member)
        or c.state in ('queued', 'assigned', 'snoozed') and (c.queue is null
            or exists (
                select from routing.queue_member as m
                where m.tenant = :tenant and m.shop = :shop and m.queue = c.queue and m.person = :member)
            or not exists (
                select from routing.queue_member as m
                where m.tenant = :tenant and m.shop = :shop and m.queue = c.queue))
        or c.state = 'closed' and exists (
            select from conversations.consultation as u
            where u.tenant = :tenant and u.shop = c.shop and u.conversation = c.id
                and u.number = c.consultation and u.assignee = :member))
    and (:after_at::timestamptz is null or (c.opened_at, c.id) < (:after_at, :after_id::uuid))
order by c.opened_at desc, c.id desc
limit :limit;

-- name: list_closed
-- What is closed, the latest first; for an agent what he served last.
select c.id, c.closed_at as at
from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.state = 'closed'
    and (:tag::text is null or exists (
        select from conversations.tag as t
        where t.tenant = :tenant and t.conversation = c.id and t.name = :tag))
    and (:assignee::uuid is null or exists (
        select from conversations.consultation as u
        where u.tenant = :tenant and u.shop = c.shop and u.conversation = c.id
            and u.number = c.consultation and u.assignee = :assignee))
    and (:after_at::timestamptz is null or (c.closed_at, c.id) < (:after_at, :after_id::uuid))
order by c.closed_at desc, c.id desc
limit :limit;

-- name: list_mentioned
-- Conversations in which somebody was named and has not looked yet, the latest mention first.
select c.id, max(m.at) as at
from conversations.mention as m
join conversations.conversation as c on c.tenant = :tenant and c.shop = m.shop and c.id = m.conversation
where m.tenant = :tenant and m.person = :person and m.shop = :shop and m.read_at is null
group by c.id
having :after_at::timestamptz is null or (max(m.at), c.id) < (:after_at, :after_id::uuid)
order by max(m.at) desc, c.id desc
limit :limit;

-- name: list_of_buyer
select c.id, coalesce(c.last_at, c.created_at) as at
from conversations.conversation as c
where c.tenant = :tenant and c.buyer = :buyer and c.state <> 'merged'
    and (:after_at::timestamptz is null
        or (coalesce(c.last_at, c.created_at), c.id) < (:after_at, :after_id::uuid))
order by coalesce(c.last_at, c.created_at) desc, c.id desc
limit :limit;

-- name: find_of_buyer
select id from conversations.conversation
where tenant = :tenant and buyer = :buyer and shop = :shop and state <> 'merged';

-- name: create_conversation
-- Two at the same moment get the same one.
insert into conversations.conversation (tenant, shop, id, buyer, visitor, language, created_at)
values (:tenant, :shop, :id, :buyer, :visitor, :language, :now)
on conflict (tenant, buyer, shop) where state <> 'merged' do nothing
returning id;

-- name: place_in_line
-- How many wait before a conversation in its queue, and in which queue.
select c.queue, 1 + (
    select count(*) from conversations.conversation as o
    where o.tenant = :tenant and o.shop = c.shop and o.state = 'queued'
        and o.queue is not distinct from c.queue
        and (o.queued_at, o.id) < (c.queued_at, c.id)
) as place
from conversations.conversation as c
where c.tenant = :tenant and c.id = :conversation and c.state = 'queued';

-- name: handling_times
-- How long the latest closed consultations of a shop took once somebody answered, in seconds.
select extract(epoch from u.closed_at - u.first_reply_at)::float8
from conversations.consultation as u
where u.tenant = :tenant and u.shop = :shop and u.opened_at > :since
    and u.closed_at is not null and u.first_reply_at is not null
order by u.opened_at desc
limit 200;

-- name: known_since
-- Since when a shop and its buyer talk.
select c.created_at from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.id = :conversation;

-- name: past_consultations
-- The consultations of a conversation, the latest first, each with whoever served it.
select k.number, k.opened_at, k.closed_at, coalesce(p.display_name, '') as assignee_name, k.breached
from conversations.consultation as k
left join identity.person as p on p.tenant = k.tenant and p.id = k.assignee
where k.tenant = :tenant and k.shop = :shop and k.conversation = :conversation
order by k.number desc
limit :limit;

-- name: recall_target
-- The entry somebody wants to recall, and whether it is recalled already.
select e.role, e.person, e.kind, e.at, exists (
    select from conversations.entry as r
    where r.tenant = :tenant and r.conversation = e.conversation and r.recalls = e.version
) as recalled
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.version = :version;

-- name: chain
-- A conversation's entries as a verifier needs them.
select
    e.version, e.conversation, e.id, e.role, e.person, e.kind, e.text, e.body, e.at, e.salt, e.inner_hash, e.hash
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.version > :after
order by e.version
limit :limit;
