-- name: add_objection
insert into objections.objection (
    tenant, shop, id, conversation, person, lodged_as, level, kind, row, text, findings, reason, state, version,
    file, due_at, lodged_at, moved_at)
select
    :tenant, :shop, :id, :conversation::uuid, :person, :lodged_as, :level, :kind, :row, :text, :findings, :reason,
    :state, 1, :file::jsonb, :due_at::timestamptz, :lodged_at, :lodged_at
where not exists (
    select from objections.objection as o
    where o.tenant = :tenant and o.shop = :shop and o.person = :person and o.state in ('lodged', 'overdue')
        and o.text = :text and o.kind = :kind and o.row = :row
);

-- name: lock_objection
select
    o.id, o.shop, o.conversation, o.person, o.lodged_as, o.level, o.kind, o.row, o.text, o.findings, o.reason, o.state,
    o.version, o.decided_by, o.decided_row, o.decision, o.file, o.due_at, o.overdue_at, o.lodged_at, o.moved_at
from objections.objection as o
where o.tenant = :tenant and o.id = :id
for update;

-- name: objections_page
-- The newest first; of a shop or of all, of a person or of everybody; by whose it is to decide, what is overdue too.
select
    o.id, o.shop, o.conversation, o.person, o.lodged_as, o.level, o.kind, o.row, o.text, o.findings, o.reason, o.state,
    o.version, o.decided_by, o.decided_row, o.decision, o.file, o.due_at, o.overdue_at, o.lodged_at, o.moved_at
from objections.objection as o
where o.tenant = :tenant and (:shop::uuid is null or o.shop = :shop::uuid)
    and (:person::uuid is null or o.person = :person::uuid)
    and (:level::text is null or o.level = :level::text or o.lodged_as = 'manager' or o.overdue_at is not null)
    and (:open::boolean is null or :open::boolean = (o.state in ('lodged', 'overdue')))
    and (not :overdue::boolean or o.state = 'overdue')
    and (:before::uuid is null or (o.lodged_at, o.id) < (
        select b.lodged_at, b.id from objections.objection as b where b.tenant = :tenant and b.id = :before::uuid
    ))
order by o.lodged_at desc, o.id desc
limit :limit;

-- name: objections_by_id
select
    o.id, o.shop, o.conversation, o.person, o.lodged_as, o.level, o.kind, o.row, o.text, o.findings, o.reason, o.state,
    o.version, o.decided_by, o.decided_row, o.decision, o.file, o.due_at, o.overdue_at, o.lodged_at, o.moved_at
from objections.objection as o
where o.tenant = :tenant and o.id = any (:ids::uuid[]);

-- name: save_objection
update objections.objection
set state = :state, version = :version, decided_by = :decided_by::uuid, decided_row = :decided_row::text,
    decision = :decision, overdue_at = :overdue_at::timestamptz, moved_at = :moved_at
where tenant = :tenant and shop = :shop and id = :id and version = :version - 1;

-- name: add_proposal
insert into objections.proposal (
    tenant, shop, id, level, phrase, state, version, proposed_by, proposed_at, moved_at)
values (:tenant, :shop, :id, :level, :phrase, :state, 1, :proposed_by, :proposed_at, :proposed_at);

-- name: lock_proposals
-- All that are open, so that two who accept at once do not overwrite each other's list.
select p.id from objections.proposal as p
where p.tenant = :tenant and p.state = 'proposed'
order by p.id
for update;

-- name: proposals_by_id
select
    p.id, p.shop, p.level, p.phrase, p.state, p.version, p.proposed_by, p.proposed_at, p.trial, p.tried_at,
    p.decided_by, p.decision, p.entry, p.moved_at
from objections.proposal as p
where p.tenant = :tenant and p.id = any (:ids::uuid[]);

-- name: proposals_page
-- The newest first.
select
    p.id, p.shop, p.level, p.phrase, p.state, p.version, p.proposed_by, p.proposed_at, p.trial, p.tried_at,
    p.decided_by, p.decision, p.entry, p.moved_at
from objections.proposal as p
where p.tenant = :tenant and (:open::boolean is null or :open::boolean = (p.state = 'proposed'))
    and (:before::uuid is null or (p.proposed_at, p.id) < (
        select b.proposed_at, b.id from objections.proposal as b where b.tenant = :tenant and b.id = :before::uuid
    ))
order by p.proposed_at desc, p.id desc
limit :limit;

-- name: save_proposal
update objections.proposal
set state = :state, version = :version, trial = :trial::jsonb, tried_at = :tried_at::timestamptz,
    decided_by = :decided_by::uuid, decision = :decision, entry = :entry::integer, moved_at = :moved_at
where tenant = :tenant and shop = :shop and id = :id and version = :version - 1;

-- name: add_step
insert into objections.step (tenant, subject, about, version, event, from_state, state, person, text, at)
values (:tenant, :subject, :about, :version, :event, :from_state, :state, :person::uuid, :text, :at);
