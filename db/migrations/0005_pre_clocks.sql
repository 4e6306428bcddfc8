-- Clocks: every deadline of the product is a row here until it rings; calendars say when business time runs.

create schema clocks;

create table clocks.calendar (
    tenant     uuid        not null,
    id         uuid        not null,
    shop       uuid        not null,
    version    integer     not null,   -- 1, 2, 3 …; the newest is in force
    body       jsonb       not null,   -- zone, week, exceptions: see docs/calendars.md
    author     uuid        not null,
    created_at timestamptz not null,
    primary key (tenant, shop, version)
);

create table clocks.clock (
    tenant   uuid        not null,
    owner    uuid        not null,     -- what the deadline belongs to: a conversation, a scheduled message …
    name     text        not null,     -- which deadline: 'reply', 'snooze' …; main.TIMERS says what happens
    shop     uuid,
    due_at   timestamptz not null,
    warn_at  timestamptz,              -- null: no warning, or already given
    wake_at  timestamptz not null,     -- when to look next: warning, due time, or after a failed attempt
    attempts integer     not null default 0,
    body     jsonb       not null default '{}',
    set_at   timestamptz not null,
    primary key (tenant, owner, name)
) with (fillfactor = 80);
create index clock_wake on clocks.clock (wake_at);

select plumbing.isolate('clocks.calendar');
select plumbing.append_only('clocks.calendar');
select plumbing.isolate('clocks.clock', system => true);

-- Sets many clocks at once, replacing those of the same owner and name; a null warning gives none.
create function clocks.set_many(
    for_tenant uuid, shops uuid[], owners uuid[], names text[], due timestamptz[], warn timestamptz[],
    now_at timestamptz
) returns void
language sql
set search_path = pg_catalog
as $$
    insert into clocks.clock (tenant, owner, name, shop, due_at, warn_at, wake_at, set_at)
    select for_tenant, c.owner, c.name, c.shop, c.due_at, c.warn_at, least(c.warn_at, c.due_at), now_at
    from unnest(shops, owners, names, due, warn) as c (shop, owner, name, due_at, warn_at)
    order by c.owner, c.name
    on conflict (tenant, owner, name) do update
    set shop = excluded.shop, due_at = excluded.due_at, warn_at = excluded.warn_at, wake_at = excluded.wake_at,
        attempts = 0, body = '{}', set_at = excluded.set_at
$$;

-- Stops many clocks at once; those that do not run are passed over.
create function clocks.stop_many(for_tenant uuid, owners uuid[], names text[]) returns void
language sql
set search_path = pg_catalog
as $$
    delete from clocks.clock
    using unnest(owners, names) as c (owner, name)
    where clock.tenant = for_tenant and clock.owner = c.owner and clock.name = c.name
$$;
