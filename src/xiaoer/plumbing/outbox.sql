-- The queue of reactions. These statements serve every tenant: they run as xiaoer_system.

-- name: take_events
-- The oldest events nobody else is working on; they are gone when this transaction commits.
with taken as materialized (
  select id from plumbing.outbox order by id for update skip locked limit :limit
)
delete from plumbing.outbox o using taken where o.id = taken.id
returning o.id, o.tenant, o.name, o.topic, o.version, o.body, o.at;

-- name: take_retries
-- Failed reactions whose time has come.
select id, tenant, reaction, name, topic, version, body, at, attempts
from plumbing.retry
where next_at <= :now
order by next_at
for update skip locked
limit :limit;

-- name: next_retry
select min(next_at) from plumbing.retry;

-- name: add_retry
insert into plumbing.retry (tenant, reaction, name, topic, version, body, at, attempts, next_at, fault)
values (:tenant, :reaction, :name, :topic, :version, :body, :at, 1, :next_at, :fault);

-- name: postpone_retry
update plumbing.retry set attempts = attempts + 1, next_at = :next_at, fault = :fault where id = :id;

-- name: drop_retry
delete from plumbing.retry where id = :id;

-- name: bury
-- Given up: from the list of retries to the dead letters.
with given_up as (
  delete from plumbing.retry where id = :id
  returning tenant, reaction, name, topic, version, body, at, attempts
)
insert into plumbing.dead_letter
  (tenant, reaction, name, topic, version, body, at, attempts, died_at, fault)
select tenant, reaction, name, topic, version, body, at, attempts + 1, :now, :fault from given_up;

-- name: bury_at_once
-- A reaction that cannot even read its event needs no second try.
insert into plumbing.dead_letter
  (tenant, reaction, name, topic, version, body, at, attempts, died_at, fault)
values (:tenant, :reaction, :name, :topic, :version, :body, :at, 1, :now, :fault);

-- name: list_dead
-- What was given up, of one tenant or of all, the newest first.
select id, tenant, reaction, name, topic, version, at, attempts, died_at, fault
from plumbing.dead_letter
where (:only::uuid is null or tenant = :only) and (:before::bigint is null or id < :before)
order by id desc
limit :limit;

-- name: count_dead
select count(*) from plumbing.dead_letter;

-- name: drop_dead
-- Nobody will try these again.
delete from plumbing.dead_letter where id = any(:ids::bigint[]) and (:only::uuid is null or tenant = :only);

-- name: revive
-- Back among the retries, to be tried at once.
with revived as (
  delete from plumbing.dead_letter
  where id = any(:ids::bigint[]) and (:only::uuid is null or tenant = :only)
  returning tenant, reaction, name, topic, version, body, at
)
insert into plumbing.retry (tenant, reaction, name, topic, version, body, at, attempts, next_at, fault)
select tenant, reaction, name, topic, version, body, at, 1, :now, 'revived' from revived;

-- name: count_waiting
-- How much waits: events, retries, dead letters, and since when the oldest event does.
select
  (select count(*) from plumbing.outbox) as events,
  (select count(*) from plumbing.retry) as retries,
  (select count(*) from plumbing.dead_letter) as dead,
  (select min(at) from plumbing.outbox) as oldest_at;
