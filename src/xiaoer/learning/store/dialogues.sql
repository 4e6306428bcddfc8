-- name: add_dialogue
insert into learning.dialogue (
    tenant, shop, id, conversation, consultation, agent, state, version, row, signals, found_at, moved_at,
    clock, due_at, rules_at, rules_version)
values (
    :tenant, :shop, :id, :conversation, :consultation, :agent, :state, 1, :row, :signals, :found_at, :found_at,
    :clock, :due_at, :rules_at, :rules_version)
on conflict (tenant, conversation, consultation) do nothing;

-- name: lock_dialogue
select
    d.id, d.shop, d.conversation, d.consultation, d.agent, d.state, d.version, d.row, d.signals, d.cause, d.plan,
    d.contest, d.found_at, d.moved_at, d.planned_at, d.clock, d.due_at, d.rules_at, d.rules_version
from learning.dialogue as d
where d.tenant = :tenant and d.id = :id
for update;

-- name: find_dialogue
select
    d.id, d.shop, d.conversation, d.consultation, d.agent, d.state, d.version, d.row, d.signals, d.cause, d.plan,
    d.contest, d.found_at, d.moved_at, d.planned_at, d.clock, d.due_at, d.rules_at, d.rules_version
from learning.dialogue as d
where d.tenant = :tenant and d.shop = :shop and d.id = :id;

-- name: dialogues_page
-- The newest first; those of an agent, or of the whole shop.
select
    d.id, d.shop, d.conversation, d.consultation, d.agent, d.state, d.version, d.row, d.signals, d.cause, d.plan,
    d.contest, d.found_at, d.moved_at, d.planned_at, d.clock, d.due_at, d.rules_at, d.rules_version
from learning.dialogue as d
where d.tenant = :tenant and d.shop = :shop
    and (:agent::uuid is null or d.agent = :agent::uuid)
    and (:state::text is null or d.state = :state::text)
    and (:before::uuid is null or d.id < :before::uuid)
order by d.id desc
limit :limit;

-- name: save_dialogue
update learning.dialogue
set state = :state, version = :version, cause = :cause::text, plan = :plan, contest = :contest, moved_at = :moved_at,
    planned_at = :planned_at::timestamptz, clock = :clock::text, due_at = :due_at::timestamptz
where tenant = :tenant and shop = :shop and id = :id and version = :version - 1;

-- name: add_step
insert into learning.step (tenant, dialogue, version, event, from_state, state, person, text, at)
values (:tenant, :dialogue, :version, :event, :from_state, :state, :person::uuid, :text, :at);

-- name: steps
select
    s.version, s.event, s.from_state, s.state, s.person, coalesce(p.display_name, '') as person_name, s.text, s.at
from learning.step as s
left join identity.person as p on p.tenant = s.tenant and p.id = s.person
where s.tenant = :tenant and s.dialogue = :dialogue
order by s.version;

-- name: add_hint
insert into learning.hint (tenant, dialogue, id, author, text, at)
values (:tenant, :dialogue, :id, :author, :text, :at);

-- name: hints
select h.id, h.author, coalesce(p.display_name, '') as author_name, h.text, h.at
from learning.hint as h
left join identity.person as p on p.tenant = h.tenant and p.id = h.author
where h.tenant = :tenant and h.dialogue = :dialogue
order by h.id;

-- name: same_cause_since
-- How many dialogues of an agent were found after a moment and traced to the same cause.
select count(*)::int
from learning.dialogue as d
where d.tenant = :tenant and d.shop = :shop and d.agent = :agent and d.cause = :cause and d.found_at > :since
    and d.id <> :id and d.state <> 'set_aside';

-- name: told_causes
-- Dialogues whose cause their agent has named, the latest first.
select d.id, d.conversation, d.consultation, d.cause
from learning.dialogue as d
where d.tenant = :tenant and d.shop = :shop and d.state in ('planned', 'improved', 'came_back')
order by d.id desc
limit :limit;

-- name: served
-- Whether a consultation was a shop's, and somebody's if he is named.
select exists (
    select from conversations.consultation as s
    where s.tenant = :tenant and s.shop = :shop and s.conversation = :conversation and s.number = :consultation
        and (:agent::uuid is null or s.assignee = :agent::uuid));
