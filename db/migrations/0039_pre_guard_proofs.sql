-- Documents on file that make a claim lawful until they end, and what became of the guard's suggestions.

create schema guard;

-- What an agent stands by when he says what the guard would hold back (table guard.override says where he may).
create table guard.proof (
    tenant       uuid        not null,
    shop         uuid        not null,
    id           uuid        not null,
    conversation uuid,                            -- null: holds in the whole shop
    sort         text        not null check (sort in ('figures', 'grade', 'name', 'award', 'source', 'insurance')),
    serves       text        not null check (serves in ('self', 'grade', 'name', 'award', 'fact', 'on_time')),
    kind         text        not null,            -- what the guard found
    row          text        not null,            -- by which row
    override_row text        not null,            -- the row that allows it
    words        text        not null,            -- of the claim
    reference    text        not null,            -- number or address of the document
    reason       text        not null,
    ends         timestamptz not null,
    person       uuid        not null,
    at           timestamptz not null,
    ended_at     timestamptz,                     -- put away before its time
    ended_by     uuid,
    ended_why    text,
    primary key (tenant, shop, id),
    check (ends > at),
    check ((ended_at is null) = (ended_by is null))
);
create index proof_holding on guard.proof (tenant, ends) where ended_at is null;
create index proof_newest on guard.proof (tenant, shop, at desc, id desc);
select plumbing.isolate('guard.proof');
select plumbing.append_only('guard.proof', columns => '{ended_at, ended_by, ended_why}');

-- How often a suggestion was taken, the words changed otherwise, or nothing done; one line a person and day.
create table guard.answer (
    tenant  uuid    not null,
    shop    uuid    not null,
    day     date    not null,
    person  uuid    not null,
    kind    text    not null,
    row     text    not null,
    taken   integer not null default 0,
    edited  integer not null default 0,
    ignored integer not null default 0,
    primary key (tenant, shop, day, person, kind, row)
);
create index answer_of_day on guard.answer (tenant, day);
select plumbing.isolate('guard.answer');
