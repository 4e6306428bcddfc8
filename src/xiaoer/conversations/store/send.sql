-- piece: thread_columns
    c.id, c.shop, c.buyer, c.visitor, c.version, c.desk_version, c.last_hash, c.state, c.consultation,
    c.queue, c.assignee, c.answered, c.opened_at, c.queued_at, c.waiting_since, c.reply_due_at,
    c.reply_warn_at, c.snoozed_until, c.last_at, c.last_text, c.last_kind, c.last_role, c.last_version,
    c.unread_shop, c.unread_buyer, c.shop_read, c.buyer_read, c.merged_into

-- name: load_facts
-- Everything the committer must know about a batch of wishes, one row for each wish whose conversation exists:
-- the conversation as it stands, what its speaker is to it, and the entry he sent before under this client id.
select
    w.ordinality - 1 as place,
    {{thread_columns}},
    w.staff and c.state in ('queued', 'assigned', 'snoozed') and c.assignee is distinct from w.person
        and (c.queue is null or exists (
            select from routing.queue_member as m
            where m.tenant = :tenant and m.shop = c.shop and m.queue = c.queue and m.person = w.person
        ) or not exists (
            select from routing.queue_member as m
            where m.tenant = :tenant and m.shop = c.shop and m.queue = c.queue
        )) as in_queue,
    w.staff and c.assignee is distinct from w.person and exists (
        select from conversations.share as s
        where s.tenant = :tenant and s.conversation = c.id and s.person = w.person
    ) as shared,
    w.staff and c.state = 'closed' and exists (
        select from conversations.consultation as t
        where t.tenant = :tenant and t.shop = c.shop and t.conversation = c.id and t.number = c.consultation
            and t.assignee = w.person
    ) as served_last,
    exists (
        select from identity.person as p
        where p.tenant = :tenant and p.id = w.person and p.disabled_at is not null
    ) as disabled,
    w.staff or exists (
        select from identity.shop as h where h.tenant = :tenant and h.id = c.shop and h.state = 'active'
    ) as shop_active,
    w.staff and exists (
        select from orders.purchase as o
        where o.tenant = :tenant and o.shop = c.shop and o.buyer = c.buyer and o.on_time_insurance
            and o.signed_at is null and o.state in ('paid', 'dispatched')
    ) as on_time,
    d.version as first_version, d.id as first_id, d.role as first_role, d.person as first_person,
    d.kind as first_kind, d.text as first_text, d.body as first_body, d.at as first_at,
    d.consultation as first_consultation
from unnest(:questions::conversations.question[]) with ordinality as w
join conversations.conversation as c on c.tenant = :tenant and c.id = w.conversation
left join conversations.entry as d
    on d.tenant = :tenant and d.conversation = w.conversation and d.client_id = w.client_id;

-- name: lock_conversation
-- Nobody else writes here until the transaction ends.
select id from conversations.conversation
where tenant = :tenant and id = :conversation
for no key update;

-- name: lock_thread
-- A conversation as it stands once its lock is had.
select
    {{thread_columns}}
from conversations.conversation as c
where c.tenant = :tenant and c.id = :conversation
for no key update;

-- name: place_of_order
-- Where the buyer of an order speaks with its shop, as it stands once its lock is had; where he has not yet spoken with
-- it and it is open, the first conversation is made, in his own language.
with spoken as (
    select
        {{thread_columns}}
    from orders.purchase as p
    join conversations.conversation as c on c.tenant = :tenant and c.buyer = p.buyer and c.shop = p.shop
    where p.tenant = :tenant and p.id = :purchase and c.state <> 'merged'
    for no key update of c
), begun as (
    insert into conversations.conversation as c (tenant, shop, id, buyer, visitor, language, created_at)
    select :tenant, s.id, :id::uuid, w.id, false, w.language, :now::timestamptz
    from orders.purchase as p
    join identity.shop as s on s.tenant = :tenant and s.id = p.shop and s.state = 'active'
    join identity.person as w on w.tenant = :tenant and w.id = p.buyer
    where p.tenant = :tenant and p.id = :purchase and not exists (select from spoken)
    on conflict (tenant, buyer, shop) where state <> 'merged' do nothing
    returning
        {{thread_columns}}
)
select * from spoken
union all
select * from begun;

-- name: lock_threads
-- Of some conversations those that nobody else is writing in, as they stand once their locks are had.
select
    {{thread_columns}}
from conversations.conversation as c
where c.tenant = :tenant and c.id = any(:conversations::uuid[])
order by c.id
for no key update skip locked;

-- name: known
select c.id from conversations.conversation as c
where c.tenant = :tenant and c.id = any(:conversations::uuid[]);

-- name: announce
-- One line in a locked conversation in which nothing else changes: the same as a batch of one, without its arrays and
-- without the function's own statements, each of which is set up anew.
with stood as (
    update conversations.conversation
    set version = :version, last_hash = :hash
    where tenant = :tenant and shop = :shop and id = :conversation and version = :was_version
        and desk_version = :was_desk_version
    returning id
), announced as (
    insert into conversations.entry (
        tenant, shop, conversation, version, id, client_id, role, person, kind, consultation, at, recalls, text, body,
        guard, salt, inner_hash, hash)
    select
        :tenant, :shop, s.id, :version, :entry, :client_id, :role, :person, :kind, :consultation, :at, :recalls, :text,
        :body, :guard, :salt, :inner_hash, :hash
    from stood as s
)
select count(*)::integer from stood;

-- name: append
-- Writes a batch; see migration 0007.
select conversations.append(
    :tenant, :origin, :at, :changes::conversations.change[], :entries::conversations.new_entry[],
    :openings::conversations.opening[], :answers::conversations.answer[],
    :news::conversations.news[]);
