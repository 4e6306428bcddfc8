-- Complaints: who complains of whom, what happened to it, what it is linked with, and calls at the hotline.

create schema complaints;
comment on schema complaints is 'Complaints of buyers and shops, from the first word to a ruling, an apology or a withdrawal.';

create table complaints.complaint (
    tenant           uuid        not null,
    id               uuid        not null,
    number           text        not null,
    type             text        not null,             -- a key of tables/types.toml
    complainant_kind text        not null check (complainant_kind in ('person', 'shop')),
    complainant      uuid        not null,
    accused_kind     text        not null check (accused_kind in ('person', 'shop', 'officer', 'marketplace')),
    accused          uuid,                              -- nobody in particular for the marketplace itself
    shop             uuid,
    buyer            uuid,
    purchase         uuid,
    order_number     text        not null default '',
    conversation     uuid,
    items            uuid[]      not null default '{}',
    about            uuid,                              -- the block or decision it is about
    text             text        not null,
    asks             text[]      not null default '{}',
    asked_minor      bigint      check (asked_minor >= 0),
    currency         text        not null default '',
    danger           text        not null default 'none',
    evidence         text[]      not null default '{}',
    state            text        not null,
    version          bigint      not null,
    rung             text        not null,              -- of the ladder D13
    urgent           boolean     not null default false,
    lodged_by        uuid        not null,
    intake           uuid,                              -- the call at the hotline it began with
    client_id        text,
    apology          jsonb,
    refusal          jsonb,
    dispute          uuid,
    merged_into      uuid,
    coaching         text        not null default 'none' check (coaching in ('none', 'due', 'done')),
    pressed          boolean     not null default false,
    clock            text,
    due_at           timestamptz,
    rules_at         timestamptz not null,
    rules_version    text        not null,
    lodged_at        timestamptz not null,
    moved_at         timestamptz not null,
    closed_at        timestamptz,
    primary key (tenant, id),
    check ((closed_at is null) = (clock is not null)),  -- every open complaint has its clock, no other has one
    check ((clock is null) = (due_at is null)),
    check (accused is not null or accused_kind in ('marketplace', 'officer'))
) with (fillfactor = 80);
create unique index complaint_by_number on complaints.complaint (tenant, number);
create unique index complaint_of_client on complaints.complaint (tenant, lodged_by, client_id)
    where client_id is not null;
create index complaint_by on complaints.complaint (tenant, complainant, lodged_at desc, id desc);
create index complaint_against on complaints.complaint (tenant, accused, lodged_at desc, id desc);
create index complaint_due on complaints.complaint (tenant, due_at, id) where closed_at is null;
create index complaint_newest on complaints.complaint (tenant, lodged_at desc, id desc);
create index complaint_of_purchase on complaints.complaint (tenant, purchase) where purchase is not null;
create index complaint_of_dispute on complaints.complaint (tenant, dispute) where dispute is not null;

create table complaints.happening (
    tenant     uuid        not null,
    complaint  uuid        not null,
    version    bigint      not null,
    id         uuid        not null,
    at         timestamptz not null,
    event      text        not null,
    side       text        not null check (side in ('complainant', 'accused', 'people', 'program')),
    person     uuid,
    from_state text        not null,
    state      text        not null,
    text       text        not null default '',
    evidence   text[]      not null default '{}',
    files      uuid[]      not null default '{}',
    body       jsonb       not null default '{}',
    primary key (tenant, complaint, version),
    foreign key (tenant, complaint) references complaints.complaint
);
comment on table complaints.happening is 'What happened in a complaint, line by line; nothing is ever changed.';

-- Both at fault, pressure on the complainant, the same matter again: said from either end.
create table complaints.link (
    tenant    uuid        not null,
    complaint uuid        not null,
    other     uuid        not null,
    kind      text        not null check (kind in ('counter', 'pressure', 'merged')),
    at        timestamptz not null,
    primary key (tenant, complaint, other),
    foreign key (tenant, complaint) references complaints.complaint,
    foreign key (tenant, other) references complaints.complaint
);

-- What an operator wrote down while somebody was on the telephone.
create table complaints.call (
    tenant     uuid        not null,
    id         uuid        not null,
    operator   uuid        not null,
    for_kind   text        not null check (for_kind in ('person', 'shop')),
    for_id     uuid        not null,
    type       text        not null,
    purchase   uuid,
    text       text        not null,
    caller     text        not null default '',
    expires_at timestamptz not null,
    complaint  uuid,
    at         timestamptz not null,
    primary key (tenant, id)
);
create index call_newest on complaints.call (tenant, at desc, id desc);

select plumbing.isolate('complaints.complaint');
select plumbing.isolate('complaints.happening');
select plumbing.append_only('complaints.happening');
select plumbing.isolate('complaints.link');
select plumbing.append_only('complaints.link');
select plumbing.isolate('complaints.call');
select plumbing.append_only('complaints.call', columns => '{complaint}');
