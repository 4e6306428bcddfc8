-- name: windows
-- The last lines of the last consultation of some conversations, each from the line that was read last on; a
-- recall stands among them.
select
    a.conversation, a.shop, u.number, u.assignee, u.closed_at, e.version, e.role, e.person, e.kind,
    coalesce(e.text, '') as text, e.at, e.guard, e.recalls
from unnest(:shops::uuid[], :conversations::uuid[], :read::bigint[]) as a (shop, conversation, read)
join lateral (
    select c.number, c.assignee, c.closed_at, c.opened_version
    from conversations.consultation as c
    where c.tenant = :tenant and c.shop = a.shop and c.conversation = a.conversation
    order by c.number desc
    limit 1
) as u on true
join lateral (
    select l.version, l.role, l.person, l.kind, l.text, l.at, l.guard, l.recalls
    from conversations.entry as l
    where l.tenant = :tenant and l.shop = a.shop and l.conversation = a.conversation
        and l.version >= greatest(u.opened_version, a.read) and l.consultation = u.number
        and l.kind in ('text', 'image', 'file', 'card', 'recall')
    order by l.version desc
    limit :lines
) as e on true
order by a.conversation, e.version;

-- name: guarded
-- Which of some lines the guard said something about.
select a.conversation, a.version
from unnest(:shops::uuid[], :conversations::uuid[], :versions::bigint[]) as a (shop, conversation, version)
join conversations.entry as e
    on e.tenant = :tenant and e.shop = a.shop and e.conversation = a.conversation and e.version = a.version
where e.guard is not null;

-- name: add_alert
insert into inspection.alert (
    tenant, shop, id, conversation, consultation, reason, agent, version, risk, percent, amount, why, "row", basis,
    rules_version, model, at)
values (
    :tenant, :shop, :id, :conversation, :consultation, :reason, :agent::uuid, :version, :risk, :percent::integer,
    :amount, :why, :row, :basis, :rules_version, :model, :at)
on conflict (tenant, shop, conversation, consultation, reason) do nothing;

-- name: open_alerts
-- What nobody has acknowledged and still runs, the greatest risk first.
select
    a.id, a.shop, a.conversation, a.consultation, a.reason, a.agent, a.version, a.risk, a.percent, a.amount, a.why,
    a."row", a.basis, a.rules_version, a.model, a.at, a.acknowledged_by, a.acknowledged_at, a.did, a.note
from inspection.alert as a
where a.tenant = :tenant and a.shop = :shop and a.acknowledged_at is null
    and exists (
        select from conversations.consultation as u
        where u.tenant = :tenant and u.shop = :shop and u.conversation = a.conversation
            and u.number = a.consultation and u.closed_at is null
    )
order by a.risk desc, a.id desc
limit :limit;

-- name: alerts_page
-- Every alert of a shop, or of one consultation, the newest first.
select
    a.id, a.shop, a.conversation, a.consultation, a.reason, a.agent, a.version, a.risk, a.percent, a.amount, a.why,
    a."row", a.basis, a.rules_version, a.model, a.at, a.acknowledged_by, a.acknowledged_at, a.did, a.note
from inspection.alert as a
where a.tenant = :tenant and a.shop = :shop
    and (:conversation::uuid is null or a.conversation = :conversation::uuid)
    and (:consultation::integer is null or a.consultation = :consultation::integer)
    and (:before::uuid is null or a.id < :before::uuid)
order by a.id desc
limit :limit;

-- name: find_alert
select
    a.id, a.shop, a.conversation, a.consultation, a.reason, a.agent, a.version, a.risk, a.percent, a.amount, a.why,
    a."row", a.basis, a.rules_version, a.model, a.at, a.acknowledged_by, a.acknowledged_at, a.did, a.note
from inspection.alert as a
where a.tenant = :tenant and a.shop = :shop and a.id = :id;

-- name: acknowledge
update inspection.alert set acknowledged_by = :person, acknowledged_at = :at, did = :did, note = :note
where tenant = :tenant and shop = :shop and id = :id and acknowledged_at is null;
