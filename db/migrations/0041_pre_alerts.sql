-- Alerts of running consultations: what made whoever leads the shop look, and what he did about it. Words stay
-- in conversations.entry; `why` holds the pieces of the message that weighed, masked.
create table inspection.alert (
    tenant          uuid        not null,
    shop            uuid        not null,
    id              uuid        not null,
    conversation    uuid        not null,
    consultation    integer     not null,
    reason          text        not null check (reason in ('upset', 'lasting', 'unanswered', 'insult', 'insult_held')),
    agent           uuid,                         -- who served then; null when nobody did
    version         bigint      not null,         -- the message it was raised at
    risk            integer     not null check (risk between 0 and 100),
    percent         integer              check (percent between 0 and 100), -- how dissatisfied the buyer seems
    amount          integer     not null,         -- dissatisfied turns, or unanswered questions, at that moment
    why             text[]      not null,
    "row"           text        not null,
    basis           text        not null,
    rules_version   text        not null,
    model           text        not null,
    at              timestamptz not null,
    acknowledged_by uuid,
    acknowledged_at timestamptz,
    did             text                 check (did in ('watched', 'whispered', 'stepped_in', 'reassigned', 'nothing')),
    note            text        not null default '',
    primary key (tenant, shop, id),
    check ((acknowledged_by is null) = (acknowledged_at is null) and (acknowledged_by is null) = (did is null))
);
-- squawk-ignore require-concurrent-index-creation
create unique index alert_once on inspection.alert (tenant, shop, conversation, consultation, reason);
-- squawk-ignore require-concurrent-index-creation
create index alert_open on inspection.alert (tenant, shop, id) where acknowledged_at is null;
select plumbing.isolate('inspection.alert');
select plumbing.append_only('inspection.alert', columns => '{acknowledged_by,acknowledged_at,did,note}');

-- A talk an alert was raised in is read by a person, too.
-- squawk-ignore ban-drop-constraint
alter table grading.sample drop constraint sample_drawn_for_check;
alter table grading.sample add constraint sample_drawn_for_check
    check (drawn_for in ('random', 'risk', 'alert')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table grading.sample validate constraint sample_drawn_for_check;
