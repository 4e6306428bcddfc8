-- Blocks: who is shut out of what, on which ground, who proposed and who approved, and what was made good.

create schema blocks;
comment on schema blocks is 'Blocks from their proposal to their end, and what was made good where they were wrong.';

create table blocks.block (
    tenant        uuid        not null,
    id            uuid        not null,
    side          text        not null check (side in ('shop', 'marketplace')),  -- who blocks
    shop          uuid,                          -- the shop that blocks, or where it was
    subject_kind  text        not null check (subject_kind in ('person', 'shop')),
    subject       uuid        not null,
    ground        text        not null,
    facts         text        not null check (facts <> ''),
    evidence      text[]      not null check (cardinality(evidence) > 0),  -- server evidence numbers
    score         jsonb,                         -- of a documented risk score
    scope         text        not null check (scope in ('message', 'one_shop', 'function', 'account')),
    stops         text        check ((scope = 'function') = (stops is not null)),  -- the measure of a function
    danger        boolean     not null,
    days          integer     check (days > 0),
    approval      text        not null check (approval in ('shop', 'marketplace')),
    fit_row       text        not null,          -- the row its scope stands on, and what that row stands on
    fit_basis     text        not null,
    state         text        not null,
    version       bigint      not null,
    proposed_by   uuid        not null,
    approved_by   uuid,
    decided_text  text        not null default '',
    statement     text        not null default '',
    heard_at      timestamptz,
    asks          integer     not null default 0,
    minutes       integer     not null default 0,
    contacts      integer     not null default 0,
    begins_at     timestamptz,
    ends_at       timestamptz,
    review_at     timestamptz,
    lifted_at     timestamptz,
    lifted_by     uuid,
    insult        text        not null default 'none' check (insult in ('none', 'shown', 'grave')),
    public        boolean     not null default false,
    good          jsonb       not null default '[]',
    client_id     text,
    clock         text,
    due_at        timestamptz,
    rules_at      timestamptz not null,
    rules_version text        not null,
    proposed_at   timestamptz not null,
    moved_at      timestamptz not null,
    primary key (tenant, id),
    constraint nobody_approves_his_own check (approved_by is null or approved_by <> proposed_by),
    constraint nobody_lifts_his_own_as_wrong check (
        state <> 'lifted_wrong' or lifted_by is null
        or (lifted_by <> proposed_by and lifted_by <> coalesce(approved_by, proposed_by))),
    constraint reasons_come_with_it check (begins_at is null or (approved_by is not null and decided_text <> '')),
    constraint an_end_or_a_review check (begins_at is null or ends_at is not null or review_at is not null),
    check ((clock is null) = (due_at is null))
) with (fillfactor = 80);
create index block_of_subject on blocks.block (tenant, subject_kind, subject, id);
create index block_of_shop on blocks.block (tenant, shop, id);
create index block_by_state on blocks.block (tenant, state, id);
create unique index block_of_client on blocks.block (tenant, proposed_by, client_id) where client_id is not null;
create index block_decided on blocks.block (tenant, begins_at) where begins_at is not null;

create table blocks.happening (
    tenant     uuid        not null,
    block      uuid        not null,
    version    bigint      not null,
    at         timestamptz not null,
    event      text        not null,
    side       text        not null check (side in ('subject', 'shop', 'marketplace', 'program')),
    person     uuid,
    from_state text        not null,
    state      text        not null,
    text       text        not null default '',
    primary key (tenant, block, version),
    foreign key (tenant, block) references blocks.block
);

-- What the blocked paid because of it: handed in by him, made good when the block was wrong.
create table blocks.receipt (
    tenant       uuid        not null,
    block        uuid        not null,
    id           uuid        not null,
    amount_minor bigint      not null check (amount_minor > 0),
    text         text        not null,
    files        uuid[]      not null default '{}',
    at           timestamptz not null,
    primary key (tenant, block, id),
    foreign key (tenant, block) references blocks.block
);

-- Who stood out by wrong blocks, said once in a while (watch over the watchers).
create table blocks.alert (
    tenant       uuid        not null,
    id           uuid        not null,
    looked_at    text        not null check (looked_at in ('proposer', 'approver', 'shop')),
    subject      uuid        not null,
    blocks       integer     not null,
    wrong        integer     not null,
    others       integer     not null,
    others_wrong integer     not null,
    since        timestamptz not null,
    at           timestamptz not null,
    primary key (tenant, id)
);
create index alert_of_subject on blocks.alert (tenant, looked_at, subject, at);

select plumbing.isolate('blocks.block');
select plumbing.isolate('blocks.happening');
select plumbing.append_only('blocks.happening');
select plumbing.isolate('blocks.receipt');
select plumbing.append_only('blocks.receipt');
select plumbing.isolate('blocks.alert');
select plumbing.append_only('blocks.alert');
