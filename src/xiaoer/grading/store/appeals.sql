-- name: add_appeal
insert into grading.score_appeal (
    tenant, shop, id, score, conversation, consultation, agent, text, state, version, lodged_at, moved_at, clock,
    due_at, rules_at, rules_version)
values (
    :tenant, :shop, :id, :score, :conversation, :consultation, :agent, :text, :state, 1, :lodged_at, :lodged_at,
    :clock, :due_at, :rules_at, :rules_version)
on conflict (tenant, score) do nothing;

-- name: lock_appeal
select
    a.id, a.shop, a.score, a.conversation, a.consultation, a.agent, a.text, a.state, a.version, a.decided_by,
    a.reason, a.lodged_at, a.moved_at, a.clock, a.due_at, a.rules_at, a.rules_version
from grading.score_appeal as a
where a.tenant = :tenant and a.id = :id
for update;

-- name: find_appeal
select
    a.id, a.shop, a.score, a.conversation, a.consultation, a.agent, a.text, a.state, a.version, a.decided_by,
    a.reason, a.lodged_at, a.moved_at, a.clock, a.due_at, a.rules_at, a.rules_version
from grading.score_appeal as a
where a.tenant = :tenant and a.shop = :shop and a.id = :id;

-- name: appeal_of_score
select
    a.id, a.shop, a.score, a.conversation, a.consultation, a.agent, a.text, a.state, a.version, a.decided_by,
    a.reason, a.lodged_at, a.moved_at, a.clock, a.due_at, a.rules_at, a.rules_version
from grading.score_appeal as a
where a.tenant = :tenant and a.score = :score;

-- name: appeals_page
-- The newest first; of a shop or of all, of an agent or of everybody.
select
    a.id, a.shop, a.score, a.conversation, a.consultation, a.agent, a.text, a.state, a.version, a.decided_by,
    a.reason, a.lodged_at, a.moved_at, a.clock, a.due_at, a.rules_at, a.rules_version
from grading.score_appeal as a
where a.tenant = :tenant and (:shop::uuid is null or a.shop = :shop::uuid)
    and (:agent::uuid is null or a.agent = :agent::uuid)
    and (:open and a.state = 'lodged' or not :open and a.state <> 'lodged')
    and (:before::uuid is null or a.id < :before::uuid)
order by a.id desc
limit :limit;

-- name: save_appeal
update grading.score_appeal
set state = :state, version = :version, decided_by = :decided_by::uuid, reason = :reason, moved_at = :moved_at,
    clock = :clock::text, due_at = :due_at::timestamptz
where tenant = :tenant and shop = :shop and id = :id and version = :version - 1;
