-- Disputes: what is quarrelled about, who must show what until when, what was shown, proposed, ruled and done.

create schema disputes;
comment on schema disputes is 'The marketplace judges: periods, burden of proof, rulings, what they did and undid.';

create table disputes.dispute (
    tenant            uuid        not null,
    id                uuid        not null,
    number            text        not null,
    kind              text        not null check (kind in ('after_sale', 'complaint')),
    shop              uuid        not null,
    claimant_kind     text        not null check (claimant_kind in ('person', 'shop', 'marketplace')),
    claimant          uuid        not null,
    respondent_kind   text        not null check (respondent_kind in ('person', 'shop', 'marketplace')),
    respondent        uuid        not null,
    buyer             uuid,
    purchase          uuid,
    order_number      text        not null default '',
    case_id           uuid,
    complaint         uuid,
    conversation      uuid,
    state             text        not null,
    version           bigint      not null,
    round             integer     not null default 1,
    opened_by         uuid,
    client_id         text,
    currency          text        not null,
    asked_minor       bigint      not null check (asked_minor >= 0),
    paid_minor        bigint      not null check (paid_minor >= 0),
    issue_kinds       text[]      not null,
    officer           uuid,
    second_reader     uuid,
    ruling            uuid,                                  -- the one in force or about to go out
    outcome           text,
    favour            text        check (favour in ('claimant', 'respondent', 'none')),
    ready_claimant    boolean     not null default false,
    ready_respondent  boolean     not null default false,
    evidence_until    timestamptz,                           -- how far the time for evidence may reach
    evidence_ended_at timestamptz,
    rest_seconds      bigint      not null default 0,        -- of the time for evidence, while suspended
    suspended_ground  text        check (suspended_ground in ('agreed', 'court', 'police')),
    clock             text,
    due_at            timestamptz,
    -- squawk-ignore prefer-bigint-over-smallint
    stage             smallint    not null default 0,        -- of the clock: 1 warned
    rules_at          timestamptz not null,                  -- it is judged by the rules in force then
    rules_version     text        not null,
    opened_at         timestamptz not null,
    moved_at          timestamptz not null,
    closed_at         timestamptz,
    primary key (tenant, id),
    check ((closed_at is null) = (clock is not null)),       -- every open dispute has its clock, no other has one
    check ((clock is null) = (due_at is null)),
    check (claimant_kind <> respondent_kind or claimant <> respondent)
) with (fillfactor = 80);
create unique index dispute_of_client on disputes.dispute (tenant, opened_by, client_id) where client_id is not null;
create unique index dispute_of_case on disputes.dispute (tenant, case_id)
    where case_id is not null and closed_at is null;
create index dispute_case on disputes.dispute (tenant, case_id, opened_at desc) where case_id is not null;
create index dispute_of_complaint on disputes.dispute (tenant, complaint) where complaint is not null;
create index dispute_due on disputes.dispute (tenant, due_at, id) where closed_at is null;
create index dispute_of_officer on disputes.dispute (tenant, officer, due_at, id) where closed_at is null;
create index dispute_of_shop on disputes.dispute (tenant, shop, opened_at desc, id desc);
create index dispute_due_of_shop on disputes.dispute (tenant, shop, due_at, id) where closed_at is null;
create index dispute_of_buyer on disputes.dispute (tenant, buyer, opened_at desc, id desc) where buyer is not null;
select plumbing.isolate('disputes.dispute');

create table disputes.issue (
    tenant       uuid    not null,
    dispute      uuid    not null,
    id           uuid    not null,
    place        integer not null,
    issue        text    not null,
    words        text    not null,
    remedy       text    not null default '',
    amount_minor bigint  check (amount_minor >= 0),
    items        uuid[]  not null default '{}',
    category     text    not null default '',
    stage        integer not null,
    standing     text    not null,
    rule_row     text    not null,
    holder       text    not null,
    must         text    not null,
    shown        text    not null,
    silent       text    not null,
    refused      text    not null,
    due_at       timestamptz,
    settled      boolean not null default false,
    favour       text    check (favour in ('claimant', 'respondent', 'none')),
    decided_by   text    check (decided_by in ('shown', 'silence', 'refusal')),
    primary key (tenant, dispute, id),
    unique (tenant, dispute, place),
    foreign key (tenant, dispute) references disputes.dispute,
    check (settled or due_at is not null)                    -- whoever must show something knows until when
);
select plumbing.isolate('disputes.issue');

create table disputes.exhibit (
    tenant      uuid        not null,
    dispute     uuid        not null,
    id          uuid        not null,
    number      integer     not null check (number > 0),
    side        text        not null,
    person      uuid,
    kind        text        not null,
    text        text        not null default '',
    files       uuid[]      not null default '{}',
    shows       text[]      not null default '{}',
    issues      uuid[]      not null default '{}',
    seal_number text,
    timing      text        not null,
    accept      text        not null check (accept in ('yes', 'weak', 'no')),
    weight      text        not null,
    rule_row    text        not null,
    flag        text,
    missing     text[]      not null default '{}',
    judged_by   uuid,
    judged_why  text,
    at          timestamptz not null,
    primary key (tenant, dispute, id),
    unique (tenant, dispute, number),
    foreign key (tenant, dispute) references disputes.dispute
);
select plumbing.isolate('disputes.exhibit');
select plumbing.append_only('disputes.exhibit', columns => '{accept,weight,judged_by,judged_why}');

create table disputes.proposal (
    tenant          uuid        not null,
    dispute         uuid        not null,
    number          integer     not null check (number > 0),
    side            text        not null,
    person          uuid,
    kind            text        not null check (kind in ('settlement', 'suspension')),
    outcome         text,
    amount_minor    bigint      check (amount_minor >= 0),
    back_payer      text        not null,
    text            text        not null default '',
    state           text        not null check (state in ('open', 'accepted', 'declined', 'expired')),
    claimant_said   boolean,
    respondent_said boolean,
    expires_at      timestamptz not null,
    at              timestamptz not null,
    primary key (tenant, dispute, number),
    foreign key (tenant, dispute) references disputes.dispute
);
create unique index proposal_open on disputes.proposal (tenant, dispute) where state = 'open';
select plumbing.isolate('disputes.proposal');

create table disputes.ruling (
    tenant        uuid        not null,
    id            uuid        not null,
    dispute       uuid        not null,
    round         integer     not null,
    by            text        not null check (by in ('officer', 'jury', 'settlement')),
    officer       uuid,
    second_reader uuid,
    issues        jsonb       not null,
    facts_found   text[]      not null,
    used          uuid[]      not null,
    refused       jsonb       not null,
    money         jsonb       not null,
    penalty       jsonb,
    given         jsonb,
    rows          jsonb       not null,
    rules_version text        not null,
    automated     boolean     not null,
    text          text        not null,
    outcome       text        not null,
    favour        text        not null,
    made_at       timestamptz not null,
    executed_at   timestamptz,
    appeal_until  timestamptz,
    dropped_at    timestamptz,                               -- the second reader objected: it never went out
    reversed_at   timestamptz,
    reversed_by   uuid,
    reversed_why  text,
    reversal      uuid,
    primary key (tenant, id),
    check (reversed_at is null or (executed_at is not null and reversed_why <> '')),
    foreign key (tenant, dispute) references disputes.dispute
);
create index ruling_of_dispute on disputes.ruling (tenant, dispute, made_at);
select plumbing.isolate('disputes.ruling');
select plumbing.append_only(
    'disputes.ruling',
    columns => '{second_reader,executed_at,appeal_until,dropped_at,reversed_at,reversed_by,reversed_why,reversal}'
);

-- What a ruling did in other domains, so that it can be undone, each once.
create table disputes.effect (
    tenant       uuid        not null,
    ruling       uuid        not null,
    place        integer     not null,
    kind         text        not null check (kind in ('case', 'payout', 'charge', 'penalty', 'grant')),
    target       uuid        not null,
    amount_minor bigint      not null default 0,
    undone_at    timestamptz,
    primary key (tenant, ruling, place),
    foreign key (tenant, ruling) references disputes.ruling
);
create index effect_of_target on disputes.effect (tenant, kind, target);
select plumbing.isolate('disputes.effect');
select plumbing.append_only('disputes.effect', columns => '{undone_at}');

-- Rulings as others look for them: what was quarrelled about, under which burden, with which end.
create table disputes.precedent (
    tenant       uuid        not null,
    ruling       uuid        not null,
    issue        uuid        not null,
    dispute      uuid        not null,
    shop         uuid        not null,
    kind         text        not null,
    category     text        not null,
    standing     text        not null,
    stage        integer     not null,
    rule_row     text        not null,
    outcome      text        not null,
    favour       text        not null,
    asked_minor  bigint      not null,
    amount_minor bigint      not null,
    made_at      timestamptz not null,
    reversed     boolean     not null default false,
    primary key (tenant, ruling, issue)
);
create index precedent_of_row on disputes.precedent (tenant, kind, rule_row, made_at desc);
create index precedent_of_kind on disputes.precedent (tenant, kind, made_at desc);
create index precedent_of_shop on disputes.precedent (tenant, shop, kind, made_at desc);
select plumbing.isolate('disputes.precedent');
select plumbing.append_only('disputes.precedent', columns => '{reversed}');

create table disputes.happening (
    tenant     uuid        not null,
    dispute    uuid        not null,
    version    bigint      not null,
    id         uuid        not null,
    at         timestamptz not null,
    event      text        not null,
    side       text        not null,
    person     uuid,
    from_state text        not null,
    state      text        not null,
    text       text        not null default '',
    files      uuid[]      not null default '{}',
    body       jsonb       not null default '{}',
    primary key (tenant, dispute, version),
    foreign key (tenant, dispute) references disputes.dispute
);
comment on table disputes.happening is 'What happened in a dispute, line by line; nothing is ever changed.';
select plumbing.isolate('disputes.happening');
select plumbing.append_only('disputes.happening');

-- Who judges: what he can, whether he does now, and whom he never may.
create table disputes.officer (
    tenant uuid    not null,
    person uuid    not null,
    skills text[]  not null default '{}',
    active boolean not null default true,
    primary key (tenant, person)
);
select plumbing.isolate('disputes.officer');

create table disputes.conflict (
    tenant     uuid not null,
    person     uuid not null,
    party_kind text not null check (party_kind in ('person', 'shop')),
    party      uuid not null,
    reason     text not null,
    primary key (tenant, person, party_kind, party)
);
select plumbing.isolate('disputes.conflict');

-- Everybody who ever sat in a dispute, and why he left: nobody of them judges it again.
create table disputes.judge (
    tenant  uuid        not null,
    dispute uuid        not null,
    person  uuid        not null,
    part    text        not null check (part in ('officer', 'second_reader', 'juror')),
    at      timestamptz not null,
    left_at timestamptz,
    why     text        check (why in ('recused', 'challenged', 'reassigned')),
    reason  text        not null default '',
    primary key (tenant, dispute, person, part),
    foreign key (tenant, dispute) references disputes.dispute
);
select plumbing.isolate('disputes.judge');

create table disputes.willing (
    tenant uuid        not null,
    person uuid        not null,
    since  timestamptz not null,
    primary key (tenant, person)
);
comment on table disputes.willing is 'Buyers who would sit in juries.';
select plumbing.isolate('disputes.willing');

-- A juror's vote; how many found for whom is nobody's before the end.
create table disputes.vote (
    tenant  uuid        not null,
    dispute uuid        not null,
    round   integer     not null,
    juror   uuid        not null,
    due_at  timestamptz not null,
    favour  text        check (favour in ('claimant', 'respondent')),
    at      timestamptz,
    primary key (tenant, dispute, round, juror),
    check ((favour is null) = (at is null)),
    foreign key (tenant, dispute) references disputes.dispute
);
create index vote_of_juror on disputes.vote (tenant, juror, due_at desc);
select plumbing.isolate('disputes.vote');
select plumbing.append_only('disputes.vote', columns => '{favour,at}');
