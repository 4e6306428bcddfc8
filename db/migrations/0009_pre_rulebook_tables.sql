-- What the rulebook has decided: every outcome of a decision table with the wording that gave it.
-- Tables themselves are entries of rulebook.entry like parameters: their value is their text.

create table rulebook.wording (
    tenant     uuid        not null,
    table_name text        not null,    -- '<domain>.<table>'
    digest     text        not null,    -- of the canonical text: equal wording, equal digest
    text       text        not null,    -- canonical TOML
    since      timestamptz not null,    -- when it first decided something here
    primary key (tenant, table_name, digest)
);
comment on table rulebook.wording is 'Each wording of a decision table that ever decided something, kept for "why?".';
select plumbing.isolate('rulebook.wording');
select plumbing.append_only('rulebook.wording');

create table rulebook.decision (
    tenant        uuid        not null,
    id            uuid        not null,
    shop          uuid,                    -- null: about the marketplace itself
    table_name    text        not null,
    rules_version text        not null,    -- the book: profile and number of its edition, e.g. 'taobao.14'
    wording       text        not null,    -- digest of the table's text
    row_id        text        not null,
    inputs        jsonb       not null,
    outcome       jsonb       not null,
    basis         text        not null,
    authority     text,                    -- law, platform, promise, agreement or custom
    subject_kind  text        not null,    -- what it was about, e.g. 'case'
    subject       uuid        not null,
    actor         uuid,                    -- null: a clock or the program itself
    at            timestamptz not null,
    primary key (tenant, id)
);
create index decision_subject on rulebook.decision (tenant, subject_kind, subject, at, id);
create index decision_table on rulebook.decision (tenant, table_name, at, id);
comment on table rulebook.decision is 'What a decision table said, when, about what: explained by "why?", decided again by replay.';
select plumbing.isolate('rulebook.decision');
select plumbing.append_only('rulebook.decision');
