-- Inspection: what every consultation came to, who read which words for it, and the models it judged with.
-- Words stay in conversations.entry; a result holds versions, rows and numbers.

create schema inspection;

create table inspection.score (
    tenant       uuid        not null,
    id           uuid        not null,
    shop         uuid        not null,
    conversation uuid        not null,
    consultation integer     not null,
    agent        uuid,                            -- who served it; null when nobody did
    cause        text        not null check (cause in ('closed', 'nightly', 'asked')),
    first        bigint      not null,
    last         bigint      not null,
    score_tenths integer              check (score_tenths between 0 and 1000), -- null: no human spoke
    grade        text                 check (grade in ('excellent', 'good', 'fair', 'poor', 'failed')),
    flags        text[]      not null,
    turns        integer     not null,
    dissatisfied integer     not null,
    rules        text        not null,            -- the version of the rulebook
    card         text        not null,            -- the wordings of the score card
    model        text        not null,
    result       jsonb       not null,
    at           timestamptz not null,
    primary key (tenant, id),
    check (first <= last),
    check (dissatisfied <= turns),
    check ((score_tenths is null) = (grade is null))
);
create unique index score_once on inspection.score (tenant, shop, conversation, consultation, last, card);
create index score_of_shop on inspection.score (tenant, shop, id);
create index score_of_agent on inspection.score (tenant, shop, agent, id);
select plumbing.isolate('inspection.score');
select plumbing.append_only('inspection.score');

-- Every reading for quality, its own purpose beside the settling of disputes (U-02): by the program or a person.
create table inspection.reading (
    tenant       uuid        not null,
    id           uuid        not null,
    shop         uuid        not null,
    conversation uuid        not null,
    first        bigint      not null,
    last         bigint      not null,
    purpose      text        not null check (purpose = 'quality'),
    person       uuid,                            -- null: the program
    role         text        not null,
    at           timestamptz not null,
    primary key (tenant, shop, conversation, id)
);
select plumbing.isolate('inspection.reading');
select plumbing.append_only('inspection.reading');

create table inspection.model (
    tenant uuid        not null,
    id     uuid        not null,
    name   text        not null,
    body   bytea       not null,                  -- what `xiaoer inspect train` wrote; the newest judges
    at     timestamptz not null,
    primary key (tenant, id)
);
select plumbing.isolate('inspection.model');
select plumbing.append_only('inspection.model');
