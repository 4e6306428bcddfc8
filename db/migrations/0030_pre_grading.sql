-- Grading by people: what was drawn for them, what they gave, and appeals of agents against their scores.
-- Words stay in conversations.entry; a grade holds versions of messages, points and the grader's remarks.

create schema grading;

create table grading.draw (
    tenant        uuid        not null,
    shop          uuid        not null,
    id            uuid        not null,
    since         timestamptz not null,
    until         timestamptz not null,
    seed          text        not null,           -- with the period it draws the same again
    candidates    integer     not null,
    random        integer     not null,
    risk          integer     not null,
    drawn_by      uuid,                           -- null: the command line
    rules_version text        not null,
    at            timestamptz not null,
    primary key (tenant, shop, id),
    check (since < until)
);
select plumbing.isolate('grading.draw');
select plumbing.append_only('grading.draw');

create table grading.sample (
    tenant        uuid        not null,
    shop          uuid        not null,
    id            uuid        not null,
    draw          uuid        not null,
    score         uuid        not null,           -- inspection.score
    conversation  uuid        not null,
    consultation  integer     not null,
    agent         uuid,
    drawn_for     text        not null check (drawn_for in ('random', 'risk')),
    weight        integer     not null,
    rows          text[]      not null,           -- of grading.risk
    twice         boolean     not null,           -- a second grader reads it blind
    state         text        not null check (state in ('drawn', 'second', 'apart', 'settled', 'lapsed')),
    version       integer     not null,
    holder        uuid,                           -- who has it in hand now
    held_until    timestamptz,
    drawn_at      timestamptz not null,
    moved_at      timestamptz not null,
    clock         text,
    due_at        timestamptz,
    rules_at      timestamptz not null,
    rules_version text        not null,
    primary key (tenant, shop, id),
    check ((clock is null) = (due_at is null)),
    check ((holder is null) = (held_until is null))
);
create unique index sample_by_id on grading.sample (tenant, id);
create unique index sample_of_score on grading.sample (tenant, score);
create index sample_listed on grading.sample (tenant, state, id);
select plumbing.isolate('grading.sample');

create table grading.score_appeal (
    tenant        uuid        not null,
    shop          uuid        not null,
    id            uuid        not null,
    score         uuid        not null,
    conversation  uuid        not null,
    consultation  integer     not null,
    agent         uuid        not null,
    text          text        not null,
    state         text        not null check (state in ('lodged', 'kept', 'changed', 'set_aside', 'withdrawn')),
    version       integer     not null,
    decided_by    uuid,
    reason        text        not null default '',
    lodged_at     timestamptz not null,
    moved_at      timestamptz not null,
    clock         text,
    due_at        timestamptz,
    rules_at      timestamptz not null,
    rules_version text        not null,
    primary key (tenant, shop, id),
    check ((clock is null) = (due_at is null))
);
create unique index appeal_by_id on grading.score_appeal (tenant, id);
create unique index appeal_of_score on grading.score_appeal (tenant, score);
create index appeal_listed on grading.score_appeal (tenant, state, id);
select plumbing.isolate('grading.score_appeal');

-- One sheet as it was filled in: for a sample (first, second, third) or for an appeal that changes a score.
create table grading.grade (
    tenant       uuid        not null,
    subject      uuid        not null,            -- the sample or the appeal
    seat         text        not null check (seat in ('first', 'second', 'third', 'appeal')),
    id           uuid        not null,
    shop         uuid        not null,
    score        uuid        not null,
    person       uuid        not null,
    sheet        jsonb       not null,
    score_tenths integer              check (score_tenths between 0 and 1000),
    grade        text                 check (grade in ('excellent', 'good', 'fair', 'poor', 'failed')),
    parts        jsonb       not null,
    card         text        not null,
    at           timestamptz not null,
    primary key (tenant, subject, seat),
    check ((score_tenths is null) = (grade is null))
);
create index grade_in_time on grading.grade (tenant, shop, at);
select plumbing.isolate('grading.grade');
select plumbing.append_only('grading.grade');

create table grading.step (
    tenant     uuid        not null,
    subject    uuid        not null,
    version    integer     not null,
    event      text        not null,
    from_state text        not null,
    state      text        not null,
    person     uuid,                              -- null: a clock
    text       text        not null default '',
    at         timestamptz not null,
    primary key (tenant, subject, version)
);
select plumbing.isolate('grading.step');
select plumbing.append_only('grading.step');

-- What stands instead of the machine's score, added by people above; the newest holds, nothing is edited.
create table inspection.settlement (
    tenant       uuid        not null,
    shop         uuid        not null,
    score        uuid        not null,
    id           uuid        not null,
    source       text        not null check (source in ('graded', 'appealed', 'set_aside')),
    subject      uuid        not null,            -- the sample or the appeal it came from
    score_tenths integer              check (score_tenths between 0 and 1000),
    grade        text                 check (grade in ('excellent', 'good', 'fair', 'poor', 'failed')),
    steps        jsonb,                           -- as in a result; null where the score is set aside
    row          text        not null,
    rules        text        not null,
    at           timestamptz not null,
    primary key (tenant, shop, score, id),
    check ((score_tenths is null) = (grade is null))
);
select plumbing.isolate('inspection.settlement');
select plumbing.append_only('inspection.settlement');

-- Scores nobody but their agent sees while people grade blind.
create table inspection.veil (
    tenant    uuid        not null,
    shop      uuid        not null,
    score     uuid        not null,
    at        timestamptz not null,
    lifted_at timestamptz,
    primary key (tenant, shop, score)
);
select plumbing.isolate('inspection.veil');
select plumbing.append_only('inspection.veil', columns => '{lifted_at}');
