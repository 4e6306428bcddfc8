-- Learning: what buyers said of consultations, unsatisfied dialogues and what came of them, lessons, exams.
-- Words of conversations are not copied, except masked lines that were shared as a lesson or asked in an exam.

create schema learning;

create table learning.request (
    tenant       uuid        not null,
    shop         uuid        not null,
    id           uuid        not null,
    conversation uuid        not null,
    consultation integer     not null,
    buyer        uuid        not null,
    agent        uuid,
    state        text        not null check (state in ('asked', 'reminded', 'rated', 'lapsed')),
    asked_at     timestamptz not null,
    until        timestamptz not null,
    primary key (tenant, shop, id)
);
create unique index request_of_consultation on learning.request (tenant, conversation, consultation);
create unique index request_by_id on learning.request (tenant, id);
select plumbing.isolate('learning.request');

create table learning.rating (
    tenant       uuid        not null,
    shop         uuid        not null,
    id           uuid        not null,
    conversation uuid        not null,
    consultation integer     not null,
    buyer        uuid        not null,
    agent        uuid,
    stars        bigint      not null check (stars between 1 and 5),
    words        text        not null,
    at           timestamptz not null,
    primary key (tenant, shop, id)
);
-- A buyer may think again: the last one counts.
create index rating_of_consultation on learning.rating (tenant, conversation, consultation, id);
create index rating_in_time on learning.rating (tenant, shop, at);
select plumbing.isolate('learning.rating');
select plumbing.append_only('learning.rating', columns => '{words}');

create table learning.dialogue (
    tenant        uuid        not null,
    shop          uuid        not null,
    id            uuid        not null,
    conversation  uuid        not null,
    consultation  integer     not null,
    agent         uuid        not null,
    state         text        not null check (state in (
        'found', 'returned', 'overdue', 'planned', 'contested', 'improved', 'came_back', 'set_aside', 'lapsed')),
    version       integer     not null,
    row           text        not null,
    signals       jsonb       not null,
    cause         text        check (cause in ('operation', 'information', 'attitude', 'outside')),
    plan          text        not null default '',
    contest       text        not null default '',
    found_at      timestamptz not null,
    moved_at      timestamptz not null,
    planned_at    timestamptz,
    clock         text,
    due_at        timestamptz,
    rules_at      timestamptz not null,
    rules_version text        not null,
    primary key (tenant, shop, id),
    check ((clock is null) = (due_at is null))
);
create unique index dialogue_by_id on learning.dialogue (tenant, id);
create unique index dialogue_of_consultation on learning.dialogue (tenant, conversation, consultation);
create index dialogue_of_shop on learning.dialogue (tenant, shop, id desc);
create index dialogue_of_agent on learning.dialogue (tenant, agent, id desc);
create index dialogue_found on learning.dialogue (tenant, shop, found_at);
select plumbing.isolate('learning.dialogue');

create table learning.step (
    tenant     uuid        not null,
    dialogue   uuid        not null,
    version    integer     not null,
    event      text        not null,
    from_state text        not null,
    state      text        not null,
    person     uuid,
    text       text        not null default '',
    at         timestamptz not null,
    primary key (tenant, dialogue, version)
);
select plumbing.isolate('learning.step');
select plumbing.append_only('learning.step');

create table learning.hint (
    tenant   uuid        not null,
    dialogue uuid        not null,
    id       uuid        not null,
    author   uuid        not null,
    text     text        not null,
    at       timestamptz not null,
    primary key (tenant, dialogue, id)
);
select plumbing.isolate('learning.hint');
select plumbing.append_only('learning.hint');

create table learning.lesson (
    tenant      uuid        not null,
    shop        uuid        not null,
    id          uuid        not null,
    kind        text        not null check (kind in ('lesson', 'model', 'script')),
    state       text        not null check (state in ('proposed', 'published', 'withdrawn')),
    title       text        not null,
    talk        jsonb       not null,
    good_answer text        not null,
    cause       text        check (cause in ('operation', 'information', 'attitude', 'outside')),
    author      uuid        not null,
    at          timestamptz not null,
    decided_by  uuid,
    decided_at  timestamptz,
    primary key (tenant, shop, id)
);
create index lesson_listed on learning.lesson (tenant, shop, state, id desc);
select plumbing.isolate('learning.lesson');

create table learning.lesson_read (
    tenant uuid        not null,
    person uuid        not null,
    lesson uuid        not null,
    at     timestamptz not null,
    primary key (tenant, person, lesson)
);
select plumbing.isolate('learning.lesson_read');

create table learning.exam (
    tenant       uuid        not null,
    shop         uuid        not null,
    id           uuid        not null,
    title        text        not null,
    pass_percent bigint      not null check (pass_percent between 1 and 100),
    questions    jsonb       not null,
    author       uuid        not null,
    at           timestamptz not null,
    retired_at   timestamptz,
    primary key (tenant, shop, id)
);
select plumbing.isolate('learning.exam');
select plumbing.append_only('learning.exam', columns => '{retired_at}');

create table learning.sitting (
    tenant  uuid        not null,
    shop    uuid        not null,
    id      uuid        not null,
    exam    uuid        not null,
    person  uuid        not null,
    "right" integer     not null,
    total   integer     not null,
    percent integer     not null,
    passed  boolean     not null,
    answers jsonb       not null,
    wrong   uuid[]      not null,
    at      timestamptz not null,
    primary key (tenant, shop, id)
);
create index sitting_of_person on learning.sitting (tenant, person, exam, id desc);
select plumbing.isolate('learning.sitting');
select plumbing.append_only('learning.sitting');

create table learning.task (
    tenant  uuid        not null,
    shop    uuid        not null,
    id      uuid        not null,
    person  uuid        not null,
    kind    text        not null check (kind in ('lesson', 'exam')),
    item    uuid        not null,
    title   text        not null,
    set_by  uuid        not null,
    set_at  timestamptz not null,
    due_at  timestamptz not null,
    done_at timestamptz,
    primary key (tenant, shop, id)
);
create index task_of_person on learning.task (tenant, person, id desc);
create index task_open on learning.task (tenant, person, kind, item) where done_at is null;
select plumbing.isolate('learning.task');
