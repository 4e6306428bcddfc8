-- Appeals: a second look at a ruling, a penalty, a block or a refused complaint, and who stands out.

create schema appeals;
comment on schema appeals is 'A second look at decisions, by somebody who had no part in them.';

create table appeals.appeal (
    tenant         uuid        not null,
    id             uuid        not null,
    shop           uuid,
    target_kind    text        not null check (target_kind in ('ruling', 'penalty', 'block', 'complaint_refusal')),
    target         uuid        not null,
    appellant_kind text        not null check (appellant_kind in ('person', 'shop')),
    appellant      uuid        not null,
    other_kind     text        check (other_kind in ('person', 'shop')),
    other          uuid,
    lodged_by      uuid        not null,
    client_id      text,
    text           text        not null,
    wanted         text        not null default '',
    new_facts      text        not null default '',
    late_reason    text        not null default '',
    human          boolean     not null,
    state          text        not null,
    version        bigint      not null,
    judge          uuid,
    judges         uuid[]      not null default '{}',  -- who had decided what is appealed
    barred         uuid[]      not null default '{}',  -- who may not decide this appeal
    agent          uuid,
    suspended      boolean     not null default false,
    left_seconds   bigint      not null check (left_seconds >= 0),
    summary        jsonb       not null,
    statement      jsonb,
    clock          text,
    due_at         timestamptz,
    -- squawk-ignore prefer-bigint-over-smallint
    stage          smallint    not null default 0,
    rules_at       timestamptz not null,
    rules_version  text        not null,
    lodged_at      timestamptz not null,
    moved_at       timestamptz not null,
    closed_at      timestamptz,
    primary key (tenant, id),
    check ((closed_at is null) = (clock is not null)),   -- every open appeal has its clock, no other has one
    check ((clock is null) = (due_at is null)),
    check ((other is null) = (other_kind is null)),
    check ((statement is not null) = (state in ('upheld', 'dismissed', 'refused'))),
    check (judge is null or not judge = any (barred))    -- nobody judges what he judged before
) with (fillfactor = 80);
-- Once: a decision is appealed by a party one time; what was taken back or came too late does not count.
create unique index appeal_once on appeals.appeal (tenant, target_kind, target, appellant)
where state not in ('withdrawn', 'refused');
create unique index appeal_of_client on appeals.appeal (tenant, lodged_by, client_id) where client_id is not null;
create index appeal_due on appeals.appeal (tenant, due_at, id) where closed_at is null;
create index appeal_of_judge on appeals.appeal (tenant, judge, due_at, id) where closed_at is null;
create index appeal_of_appellant on appeals.appeal (tenant, appellant, id desc);
create index appeal_of_other on appeals.appeal (tenant, other, id desc) where other is not null;
create index appeal_of_target on appeals.appeal (tenant, target_kind, target);
create index appeal_closed on appeals.appeal (tenant, closed_at, id) where closed_at is not null;
select plumbing.isolate('appeals.appeal');

create table appeals.evidence (
    tenant    uuid        not null,
    appeal    uuid        not null,
    id        uuid        not null,
    side      text        not null check (side in ('appellant', 'other', 'people')),
    person    uuid        not null,
    kind      text        not null,
    number    text,
    opens_for uuid,
    text      text        not null,
    files     uuid[]      not null,
    shows     text[]      not null,
    weighed   jsonb       not null,
    at        timestamptz not null,
    primary key (tenant, appeal, id)
);
select plumbing.isolate('appeals.evidence');
select plumbing.append_only('appeals.evidence');

create table appeals.happening (
    tenant     uuid        not null,
    appeal     uuid        not null,
    version    bigint      not null,
    id         uuid        not null,
    at         timestamptz not null,
    event      text        not null,
    side       text        not null check (side in ('appellant', 'other', 'people', 'program')),
    person     uuid,
    from_state text        not null,
    state      text        not null,
    text       text        not null,
    primary key (tenant, appeal, version)
);
select plumbing.isolate('appeals.happening');
select plumbing.append_only('appeals.happening');

-- Somebody whose decisions are reversed clearly more often than those of the others.
create table appeals.alert (
    tenant         uuid        not null,
    id             uuid        not null,
    looked_at      text        not null check (looked_at in ('officer', 'agent', 'shop')),
    subject        uuid        not null,
    since          timestamptz not null,
    appeals        bigint      not null,
    upheld         bigint      not null,
    others_appeals bigint      not null,
    others_upheld  bigint      not null,
    at             timestamptz not null,
    seen_by        uuid,
    seen_at        timestamptz,
    primary key (tenant, id)
);
create index alert_of_subject on appeals.alert (tenant, looked_at, subject, at desc);
select plumbing.isolate('appeals.alert');
select plumbing.append_only('appeals.alert', columns => '{seen_by,seen_at}');
