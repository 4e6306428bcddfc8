-- piece: clock_set
insert into clocks.clock (tenant, owner, name, shop, due_at, warn_at, wake_at, body, set_at)
values (:tenant, :owner, :name, :shop::uuid, :due_at::timestamptz, :warn_at::timestamptz,
        least(:warn_at::timestamptz, :due_at::timestamptz), :body::jsonb, :now)
on conflict (tenant, owner, name) do update
set shop = excluded.shop, due_at = excluded.due_at, warn_at = excluded.warn_at, wake_at = excluded.wake_at,
    attempts = 0, body = excluded.body, set_at = excluded.set_at

-- name: set_clock
-- A clock starts, or starts anew.
{{clock_set}};

-- name: set_clock_instead
-- The same, and another clock of the same owner gives way to it.
with stopped as (
    delete from clocks.clock where tenant = :tenant and owner = :owner and name = :instead_of::text
)
{{clock_set}};

-- name: stop_clock
delete from clocks.clock where tenant = :tenant and owner = :owner and name = :name;

-- name: running
select owner, name, shop, due_at, warn_at, body
from clocks.clock
where tenant = :tenant and owner = any(:owners::uuid[])
order by due_at;

-- name: awake
-- Every tenant: what should be looked at now, the longest overdue first, and behind it what comes next.
(select tenant, owner, name, wake_at from clocks.clock where wake_at <= :now order by wake_at limit :limit)
union all
(select tenant, owner, name, wake_at from clocks.clock where wake_at > :now order by wake_at limit 1);

-- name: lock_awake
-- Those of one tenant that still want to ring and that nobody else is ringing.
select c.owner, c.name, c.shop, c.due_at, c.warn_at, c.body
from clocks.clock c
join unnest(:owners::uuid[], :names::text[]) as w (owner, name) on c.owner = w.owner and c.name = w.name
where c.tenant = :tenant and c.wake_at <= :now
order by c.wake_at, c.owner, c.name
for update of c skip locked;

-- name: pass_over
-- What is due has rung and is gone; what has warned waits for its due time. A clock that was set anew is another.
with rung as (
    delete from clocks.clock as c
    using unnest(:rung::uuid[], :rung_names::text[], :rung_due::timestamptz[]) as w (owner, name, due_at)
    where c.tenant = :tenant and c.owner = w.owner and c.name = w.name and c.due_at = w.due_at
)
update clocks.clock as c
set warn_at = null, wake_at = c.due_at, attempts = 0
from unnest(:warned::uuid[], :warned_names::text[], :warned_due::timestamptz[]) as w (owner, name, due_at)
where c.tenant = :tenant and c.owner = w.owner and c.name = w.name and c.due_at = w.due_at;

-- name: put_off
-- The timer failed: look again later, the later the more often it failed.
update clocks.clock
set attempts = attempts + 1, wake_at = :now::timestamptz + least(interval '1 second' * (2 ^ attempts), interval '10 minutes')
where tenant = :tenant and owner = :owner and name = :name;

-- name: calendar
select body, version
from clocks.calendar
where tenant = :tenant and shop = :shop
order by version desc
limit 1;

-- name: calendar_at
select body, version
from clocks.calendar
where tenant = :tenant and shop = :shop and created_at <= :moment
order by version desc
limit 1;

-- name: insert_calendar
insert into clocks.calendar (tenant, id, shop, version, body, author, created_at)
select :tenant, :id, :shop::uuid, coalesce(max(version), 0) + 1, :body::jsonb, :author, :now
from clocks.calendar
where tenant = :tenant and shop = :shop::uuid
returning version;
