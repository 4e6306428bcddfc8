-- Agents who say that words were held back wrongly, what was decided, and which words shall pass from now on.

create schema objections;

create table objections.objection (
    tenant       uuid        not null,
    shop         uuid        not null,
    id           uuid        not null,
    conversation uuid,
    person       uuid        not null,
    lodged_as    text        not null check (lodged_as in ('agent', 'manager')),
    level        text        not null check (level in ('shop', 'marketplace')),  -- whose list held it back
    kind         text        not null,
    row          text        not null,
    text         text        not null,
    findings     jsonb       not null,
    reason       text        not null,
    state        text        not null check (state in ('lodged', 'upheld', 'dismissed', 'withdrawn')),
    version      integer     not null,
    decided_by   uuid,
    decided_row  text,
    decision     text        not null default '',
    lodged_at    timestamptz not null,
    moved_at     timestamptz not null,
    primary key (tenant, shop, id)
);
create unique index objection_by_id on objections.objection (tenant, id);
create index objection_newest on objections.objection (tenant, lodged_at desc, id desc);
create index objection_of_shop_newest on objections.objection (tenant, shop, lodged_at desc, id desc);
select plumbing.isolate('objections.objection');

-- A phrase that shall pass, as an upheld objection proposes it; accepted, it stands in the rulebook.
create table objections.proposal (
    tenant       uuid        not null,
    shop         uuid        not null,
    id           uuid        not null,            -- the objection it came from
    level        text        not null check (level in ('shop', 'marketplace')),
    phrase       text        not null,
    state        text        not null check (state in ('proposed', 'accepted', 'declined')),
    version      integer     not null,
    proposed_by  uuid        not null,
    proposed_at  timestamptz not null,
    trial        jsonb,                           -- what last week would have been
    tried_at     timestamptz,
    decided_by   uuid,
    decision     text        not null default '',
    entry        integer,                         -- the version of guard.whitelist it stands in
    moved_at     timestamptz not null,
    primary key (tenant, shop, id),
    check ((trial is null) = (tried_at is null))
);
create unique index proposal_by_id on objections.proposal (tenant, id);
create index proposal_newest on objections.proposal (tenant, proposed_at desc, id desc);
select plumbing.isolate('objections.proposal');

create table objections.step (
    tenant     uuid        not null,
    subject    uuid        not null,              -- the objection, and the proposal it led to
    about      text        not null check (about in ('objection', 'proposal')),
    version    integer     not null,
    event      text        not null,
    from_state text        not null,
    state      text        not null,
    person     uuid        not null,
    text       text        not null default '',
    at         timestamptz not null,
    primary key (tenant, subject, about, version)
);
select plumbing.isolate('objections.step');
select plumbing.append_only('objections.step');
