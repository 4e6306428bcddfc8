-- Routing: the queues of a shop, its agents with their load, and who is connected right now.

create schema routing;

create table routing.queue (
    tenant           uuid        not null,
    shop             uuid        not null,
    id               uuid        not null,
    name             text        not null,
    position         integer     not null,             -- the order in which queues are tried
    skills           text[]      not null default '{}',
    languages        text[]      not null default '{}', -- empty: any language
    overflow_queue   uuid,                             -- where a consultation goes that has waited too long
    overflow_seconds integer,                          -- null: the rulebook's routing.overflow_seconds
    ignore_seconds   integer,                          -- null: the rulebook's routing.ignore_seconds
    archived_at      timestamptz,
    created_at       timestamptz not null,
    primary key (tenant, shop, id)
);
create unique index queue_name on routing.queue (tenant, shop, name) where archived_at is null;

create table routing.queue_member (
    tenant uuid not null,
    shop   uuid not null,
    queue  uuid not null,
    person uuid not null,
    primary key (tenant, shop, queue, person),
    foreign key (tenant, shop, queue) references routing.queue (tenant, shop, id)
);
create index queue_member_person on routing.queue_member (tenant, shop, person);

create table routing.agent (
    tenant           uuid        not null,
    shop             uuid        not null,
    person           uuid        not null,
    state            text        not null default 'offline' check (state in ('online', 'busy', 'away', 'offline')),
    wished_state     text        not null default 'online' check (wished_state in ('online', 'busy', 'away', 'offline')),
    capacity         integer     not null check (capacity between 0 and 200),
    load             integer     not null default 0 check (load >= 0),
    skills           text[]      not null default '{}',
    languages        text[]      not null default '{}',
    last_assigned_at timestamptz,
    changed_at       timestamptz not null,
    primary key (tenant, shop, person)
);

-- One line for each process in which an agent has a socket open; a killed process is noticed by its silence.
create table routing.presence (
    tenant  uuid        not null,
    shop    uuid        not null,
    person  uuid        not null,
    process uuid        not null,
    seen_at timestamptz not null,
    primary key (tenant, shop, person, process)
);
create index presence_seen on routing.presence (seen_at);
create index presence_process on routing.presence (process);

select plumbing.isolate('routing.queue');
select plumbing.isolate('routing.queue_member');
select plumbing.isolate('routing.agent');
select plumbing.isolate('routing.presence', system => true);
