-- Evidence: sealed stretches of conversations, who opened them, the root of every day, other things shown.
-- Words stay where they are, in conversations.entry; a seal keeps what proves them, so that an erasure has one
-- place to do its work.

create schema evidence;

create table evidence.seal (
    tenant       uuid        not null,
    id           uuid        not null,
    number       text        not null,
    shop         uuid        not null,
    conversation uuid        not null,
    buyer        uuid        not null,
    first        bigint      not null,
    last         bigint      not null,
    purpose      text        not null check (purpose in ('complaint', 'dispute', 'appeal', 'after_sale')),
    bound_to     uuid,                            -- the one case it opens for, once there is one
    asked_by     uuid        not null,
    asked_role   text        not null,
    sealed_at    timestamptz not null,
    statement    bytea       not null,
    signature    bytea       not null,
    inners       bytea       not null,            -- 32 bytes for each message
    names        jsonb       not null,            -- names and salts behind the signed commitments; erasable
    primary key (tenant, id),
    check (first between 1 and last),
    check (length(inners) = 32 * (last - first + 1))
);
create unique index seal_by_number on evidence.seal (tenant, number);
create index seal_asked_by on evidence.seal (tenant, asked_by, id);
create index seal_of_shop on evidence.seal (tenant, shop, id);
select plumbing.isolate('evidence.seal');
select plumbing.append_only('evidence.seal', columns => '{bound_to,names}');

create table evidence.opening (
    tenant  uuid        not null,
    seal    uuid        not null,
    id      uuid        not null,
    person  uuid        not null,
    role    text        not null,
    way     text        not null check (way in ('read', 'pack')),
    purpose text        not null,
    bound_to uuid,
    reason  text        not null,
    at      timestamptz not null,
    primary key (tenant, seal, id)
);
select plumbing.isolate('evidence.opening');
select plumbing.append_only('evidence.opening');

create table evidence.day (
    tenant    uuid   not null,
    day       date   not null,
    messages  bigint not null,
    root      bytea  not null,
    statement bytea  not null,
    signature bytea  not null,
    leaves    bytea  not null,                    -- the hashes of the day in order, 32 bytes each
    primary key (tenant, day)
);
alter table evidence.day alter column leaves set storage external; -- hashes do not compress
select plumbing.isolate('evidence.day');
select plumbing.append_only('evidence.day');

create table evidence.item (
    tenant     uuid        not null,
    seal       uuid        not null,
    id         uuid        not null,
    kind       text        not null,
    side       text        not null check (side in ('buyer', 'shop', 'officer')),
    person     uuid        not null,
    text       text        not null,
    files      uuid[]      not null,
    shows      text[]      not null,
    timing     text        not null,
    comparison jsonb       not null,
    weighed    jsonb       not null,
    at         timestamptz not null,
    primary key (tenant, seal, id)
);
select plumbing.isolate('evidence.item');

-- The messages of a day are found by time; rows arrive in its order, so this index is a few pages.
-- squawk-ignore require-concurrent-index-creation
create index entry_by_time on conversations.entry using brin (at);
