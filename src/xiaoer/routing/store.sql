-- name: queues
select q.id, q.name, q.position, q.skills, q.languages, q.overflow_queue, q.overflow_seconds, q.ignore_seconds,
       q.archived_at,
       coalesce((select array_agg(m.person order by m.person) from routing.queue_member m
                 where m.tenant = q.tenant and m.shop = q.shop and m.queue = q.id), '{}'::uuid[]) as members
from routing.queue q
where q.tenant = :tenant and q.shop = :shop and (:archived::boolean or q.archived_at is null)
order by q.position, q.id;

-- name: lock_queues
-- Writers of a shop's queues go one after the other.
select pg_advisory_xact_lock(hashtextextended(:tenant::uuid::text || :shop::uuid::text, 6));

-- name: insert_queue
insert into routing.queue (tenant, shop, id, name, position, skills, languages, overflow_queue, overflow_seconds,
                           ignore_seconds, created_at)
values (:tenant, :shop, :id, :name, :position, :skills, :languages, :overflow_queue, :overflow_seconds,
        :ignore_seconds, :now);

-- name: update_queue
update routing.queue
set name = :name, position = :position, skills = :skills, languages = :languages, overflow_queue = :overflow_queue,
    overflow_seconds = :overflow_seconds, ignore_seconds = :ignore_seconds, archived_at = :archived_at
where tenant = :tenant and shop = :shop and id = :id;

-- name: delete_members
delete from routing.queue_member where tenant = :tenant and shop = :shop and queue = :queue;

-- name: insert_members
insert into routing.queue_member (tenant, shop, queue, person)
select :tenant, :shop, :queue, person from unnest(:people::uuid[]) as person
on conflict do nothing;

-- name: agents
select person, state, wished_state, capacity, load, skills, languages, last_assigned_at, changed_at
from routing.agent
where tenant = :tenant and shop = :shop
order by person;

-- name: find_agent
select person, state, wished_state, capacity, load, skills, languages, last_assigned_at, changed_at
from routing.agent
where tenant = :tenant and shop = :shop and person = :person;

-- name: lock_agent
select person, state, wished_state, capacity, load, skills, languages, last_assigned_at, changed_at
from routing.agent
where tenant = :tenant and shop = :shop and person = :person
for update;

-- name: insert_agent
insert into routing.agent (tenant, shop, person, capacity, changed_at)
values (:tenant, :shop, :person, :capacity, :now)
on conflict do nothing;

-- name: update_agent
update routing.agent
set state = :state, wished_state = :wished_state, capacity = :capacity, skills = :skills, languages = :languages,
    changed_at = :now
where tenant = :tenant and shop = :shop and person = :person;

-- name: delete_agent
delete from routing.agent where tenant = :tenant and shop = :shop and person = :person;

-- name: delete_memberships
delete from routing.queue_member where tenant = :tenant and shop = :shop and person = :person;

-- name: take
-- One consultation more in an agent's hands, if he may have it: checked and counted in one step.
update routing.agent
set load = load + 1, last_assigned_at = :now
where tenant = :tenant and shop = :shop and person = :person
  and (:whatever_load::boolean or (state = 'online' and load < capacity))
returning person, state, wished_state, capacity, load, skills, languages, last_assigned_at, changed_at;

-- name: release
update routing.agent
set load = greatest(load - 1, 0)
where tenant = :tenant and shop = :shop and person = :person
returning person, state, wished_state, capacity, load, skills, languages, last_assigned_at, changed_at;

-- name: arrive
insert into routing.presence (tenant, shop, person, process, seen_at)
values (:tenant, :shop, :person, :process, :now)
on conflict (tenant, shop, person, process) do update set seen_at = excluded.seen_at;

-- name: leave
delete from routing.presence
where tenant = :tenant and shop = :shop and person = :person and process = :process;

-- name: is_present
select exists (
    select from routing.presence where tenant = :tenant and shop = :shop and person = :person and seen_at > :since
);

-- name: beat
-- Every tenant: one process says that it is alive.
update routing.presence set seen_at = :now where process = :process;

-- name: sweep
-- Every tenant: lines of processes that have gone silent.
delete from routing.presence where seen_at < :before
returning tenant, shop, person;
