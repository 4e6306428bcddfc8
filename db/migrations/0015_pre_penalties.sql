-- Penalties: what was imposed and why, the points as entries and counter-entries, exams, years that were closed.

create schema penalties;
comment on schema penalties is 'The points ledger, its penalties and exams; what is in force stands in measures.';

create table penalties.penalty (
    tenant        uuid        not null,
    id            uuid        not null,
    subject_kind  text        not null check (subject_kind in ('shop', 'person')),
    subject       uuid        not null,
    offence       text        not null,
    grade         text        not null,
    circumstances text[]      not null,
    facts         text        not null check (facts <> ''),
    evidence      text[]      not null,
    source_kind   text        not null,
    source        uuid        not null,
    decided_by    uuid,
    automated     boolean     not null,
    rules_version text        not null,
    table_name    text        not null,
    row_id        text        not null,
    basis         text        not null,
    track         text        check (track in ('A', 'B', 'C')),
    points        integer     not null check (points >= 0),
    strike        boolean     not null,
    measures      text[]      not null,             -- those it brings by itself; nodes bring their own
    days          integer     not null check (days >= 0),
    for_ever      boolean     not null,
    pays_minor    bigint      not null check (pays_minor >= 0),
    next          text,
    state         text        not null check (state in ('appealable', 'final', 'reversed')),
    at            timestamptz not null,
    appeal_until  timestamptz not null,
    reversed_at   timestamptz,
    reversed_by   uuid,
    reversed_why  text        not null default '',
    primary key (tenant, id),
    check ((points > 0) = (track is not null)),
    check ((state = 'reversed') = (reversed_at is not null)),
    check (decided_by is not null or automated)
);
create index penalty_of_subject on penalties.penalty (tenant, subject, id desc);
create index penalty_of_source on penalties.penalty (tenant, source);
create index penalty_by_time on penalties.penalty (tenant, at desc);

create table penalties.entry (
    tenant       uuid        not null,
    id           uuid        not null,
    subject_kind text        not null,
    subject      uuid        not null,
    track        text        not null check (track in ('A', 'B', 'C')),
    points       integer     not null check (points <> 0),
    reason       text        not null check (reason in ('imposed', 'reversed', 'year_end', 'corrected')),
    penalty      uuid,
    reverses     uuid,
    at           timestamptz not null,
    primary key (tenant, id),
    check ((reason in ('imposed', 'reversed')) = (penalty is not null)),
    check ((reason = 'reversed') = (reverses is not null))
);
comment on table penalties.entry is 'The points ledger: a balance is the sum of its entries, nothing is ever changed.';
create index entry_of_subject on penalties.entry (tenant, subject, id desc);
create unique index entry_imposed on penalties.entry (tenant, penalty) where reason = 'imposed';
create unique index entry_reversed on penalties.entry (tenant, reverses) where reverses is not null;

-- What a penalty asked of measures, as its rules say it: from when until when.
create table penalties.effect (
    tenant    uuid        not null,
    measure   uuid        not null,
    penalty   uuid        not null,
    kind      text        not null,
    node      text        not null,
    begins_at timestamptz not null,
    ends_at   timestamptz,
    primary key (tenant, measure),
    foreign key (tenant, penalty) references penalties.penalty
);
create index effect_of_penalty on penalties.effect (tenant, penalty);

create table penalties.exam_try (
    tenant  uuid        not null,
    subject uuid        not null,
    id      uuid        not null,
    person  uuid        not null,
    asked   integer     not null,
    good    integer     not null,
    passed  boolean     not null,
    answers jsonb       not null,
    at      timestamptz not null,
    primary key (tenant, subject, id)
);

create table penalties.closed_year (
    tenant uuid        not null,
    year   integer     not null,
    at     timestamptz not null,
    primary key (tenant, year)
);

select plumbing.isolate('penalties.penalty');
select plumbing.append_only('penalties.penalty', columns => '{state,reversed_at,reversed_by,reversed_why}');
select plumbing.isolate('penalties.entry');
select plumbing.append_only('penalties.entry');
select plumbing.isolate('penalties.effect');
select plumbing.append_only('penalties.effect');
select plumbing.isolate('penalties.exam_try');
select plumbing.append_only('penalties.exam_try');
select plumbing.isolate('penalties.closed_year');
