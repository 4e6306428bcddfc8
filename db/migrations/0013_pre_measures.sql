-- Measures: who may not do what, until when, and the reasons that were told.

create schema measures;
comment on schema measures is 'Measures in force against shops and people, with their reasons and public notices.';

create table measures.measure (
    tenant         uuid        not null,
    id             uuid        not null,
    subject_kind   text        not null check (subject_kind in ('shop', 'person')),
    subject        uuid        not null,
    kind           text        not null,
    shop           uuid,                             -- of a person's: only in this shop
    source_kind    text        not null check (source_kind in ('penalty', 'block', 'officer')),
    source         uuid        not null,
    reason         text        not null check (reason <> ''),
    statement      jsonb       not null,             -- facts, clause, rules, evidence, automated, appeal
    state          text        not null check (state in ('in_force', 'suspended', 'awaiting_exam', 'ended')),
    version        bigint      not null,
    begins_at      timestamptz not null,
    ends_at        timestamptz,                      -- null: without end
    review_at      timestamptz,
    exam           boolean     not null,             -- over only when the rule exam has been passed, too
    passed_at      timestamptz,
    suspended_at   timestamptz,
    ended_at       timestamptz,
    ended_why      text        check (ended_why in ('over', 'lifted', 'reversed', 'replaced')),
    publish_by     timestamptz,                      -- null: this one is not published
    published_at   timestamptz,
    late           boolean     not null default false, -- the alarm rang before it was published
    told_at        timestamptz not null,             -- when its subject was given the reasons
    changed_at     timestamptz not null,
    primary key (tenant, id),
    check ((state = 'ended') = (ended_at is not null)),
    check ((ended_at is null) = (ended_why is null)),
    check ((state = 'suspended') <= (suspended_at is not null)),
    check (ends_at is null or ends_at >= begins_at),
    check (told_at <= begins_at),                    -- reasons come before or with the start (L-091, X-006)
    check (statement ->> 'facts' <> '')
) with (fillfactor = 80);
create index measure_of_subject on measures.measure (tenant, subject, id desc);
create index measure_of_source on measures.measure (tenant, source);
create index measure_biting on measures.measure (tenant, subject) where state in ('in_force', 'awaiting_exam');
create index measure_public on measures.measure (tenant, id desc) where published_at is not null;
create index measure_unpublished on measures.measure (tenant, publish_by)
    where publish_by is not null and published_at is null;
create index measure_by_state on measures.measure (tenant, state, id desc);

create table measures.happening (
    tenant     uuid        not null,
    measure    uuid        not null,
    version    bigint      not null,
    at         timestamptz not null,
    event      text        not null,
    from_state text        not null,
    state      text        not null,
    person     uuid,
    text       text        not null default '',
    primary key (tenant, measure, version),
    foreign key (tenant, measure) references measures.measure
);
comment on table measures.happening is 'What happened to a measure, line by line; nothing is ever changed.';

select plumbing.isolate('measures.measure');
select plumbing.isolate('measures.happening');
select plumbing.append_only('measures.happening');
